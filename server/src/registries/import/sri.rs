//! The SRI's open RUC files: one row an establishment.
//!
//! What decides about a recovery (number, name, state) must be readable, else the row is rejected. A date, a type or an
//! establishment that cannot be read costs only itself: the row is kept without it and the rejects file says so.

use super::fields::{Column, Fields, Header};
use super::reject::{Reason, Refused};
use super::{Format, MissingColumn};
use shared::identifiers::Ruc;
use shared::registries::{Registry, TaxpayerKind, TaxpayerStatus};
use shared::time::CivilDate;

/// The columns that we read. Others may be there, in any order.
pub(in crate::registries) struct Sri {
    ruc: Column,
    name: Column,
    status: Column,
    kind: Column,
    started_on: Column,
    updated_on: Column,
    number: Column,
    trade_name: Column,
    establishment_status: Column,
    province: Column,
    canton: Column,
    parish: Column,
    activity_code: Column,
    activity: Column,
}

/// A taxpayer and one of its establishments.
#[derive(Clone)]
pub(in crate::registries) struct SriRow {
    pub(in crate::registries) ruc: Ruc,
    pub(in crate::registries) name: String,
    pub(in crate::registries) status: TaxpayerStatus,
    pub(in crate::registries) kind: Option<TaxpayerKind>,
    pub(in crate::registries) started_on: Option<CivilDate>,
    pub(in crate::registries) updated_on: Option<CivilDate>,
    pub(in crate::registries) establishment: Option<Establishment>,
}

/// An establishment.
#[derive(Clone)]
pub(in crate::registries) struct Establishment {
    /// 1 to 999.
    pub(in crate::registries) number: u16,
    pub(in crate::registries) status: Option<EstablishmentStatus>,
    pub(in crate::registries) trade_name: Option<String>,
    pub(in crate::registries) province: Option<String>,
    pub(in crate::registries) canton: Option<String>,
    pub(in crate::registries) parish: Option<String>,
    pub(in crate::registries) activity_code: Option<String>,
    pub(in crate::registries) activity: Option<String>,
}

/// Whether an establishment works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::registries) enum EstablishmentStatus {
    Open,
    Closed,
}

impl EstablishmentStatus {
    /// The word in the database.
    pub(in crate::registries) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

impl Format for Sri {
    type Row = SriRow;
    const REGISTRY: Registry = Registry::Sri;

    fn columns(header: &Header) -> Result<Self, MissingColumn> {
        Ok(Self {
            ruc: header.column("NUMERO_RUC")?,
            name: header.column("RAZON_SOCIAL")?,
            status: header.column("ESTADO_CONTRIBUYENTE")?,
            kind: header.optional("TIPO_CONTRIBUYENTE")?,
            started_on: header.optional("FECHA_INICIO_ACTIVIDADES")?,
            updated_on: header.optional("FECHA_ACTUALIZACION")?,
            number: header.optional("NUMERO_ESTABLECIMIENTO")?,
            trade_name: header.optional("NOMBRE_FANTASIA_COMERCIAL")?,
            establishment_status: header.optional("ESTADO_ESTABLECIMIENTO")?,
            province: header.optional("DESCRIPCION_PROVINCIA_EST")?,
            canton: header.optional("DESCRIPCION_CANTON_EST")?,
            parish: header.optional("DESCRIPCION_PARROQUIA_EST")?,
            activity_code: header.optional("CODIGO_CIIU")?,
            activity: header.optional("ACTIVIDAD_ECONOMICA")?,
        })
    }

    fn row(&self, fields: &Fields<'_>, gaps: &mut Vec<Refused>) -> Result<SriRow, Refused> {
        Ok(SriRow {
            ruc: self.ruc.parsed(fields)?,
            name: self.name.required(fields)?.to_owned(),
            status: status(self.status.required(fields)?).ok_or(self.status.refuse(Reason::Word))?,
            kind: or_gap(self.kind(fields), gaps),
            started_on: or_gap(day(self.started_on, fields), gaps),
            updated_on: or_gap(day(self.updated_on, fields), gaps),
            establishment: or_gap(self.establishment(fields, gaps), gaps),
        })
    }
}

impl Sri {
    fn kind(&self, fields: &Fields<'_>) -> Result<Option<TaxpayerKind>, Refused> {
        let Some(text) = self.kind.text(fields)? else {
            return Ok(None);
        };
        let is = |words: [&str; 2]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if is(["PERSONA NATURAL", "PERSONAS NATURALES"]) {
            Ok(Some(TaxpayerKind::NaturalPerson))
        } else if is(["SOCIEDAD", "SOCIEDADES"]) {
            Ok(Some(TaxpayerKind::LegalEntity))
        } else {
            Err(self.kind.refuse(Reason::Word))
        }
    }

    fn establishment(
        &self,
        fields: &Fields<'_>,
        gaps: &mut Vec<Refused>,
    ) -> Result<Option<Establishment>, Refused> {
        let Some(text) = self.number.text(fields)? else {
            return Ok(None);
        };
        let digits = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = if digits { text.parse().unwrap_or(0) } else { 0 };
        if number == 0 {
            return Err(self.number.refuse(Reason::Number));
        }
        let mut text = |column: Column| or_gap(column.text(fields).map(|text| text.map(str::to_owned)), gaps);
        let (trade_name, province) = (text(self.trade_name), text(self.province));
        let (canton, parish) = (text(self.canton), text(self.parish));
        let (activity_code, activity) = (text(self.activity_code), text(self.activity));
        let status = or_gap(self.establishment_status(fields), gaps);
        Ok(Some(Establishment {
            number,
            status,
            trade_name,
            province,
            canton,
            parish,
            activity_code,
            activity,
        }))
    }

    fn establishment_status(&self, fields: &Fields<'_>) -> Result<Option<EstablishmentStatus>, Refused> {
        let Some(text) = self.establishment_status.text(fields)? else {
            return Ok(None);
        };
        let is = |words: [&str; 2]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if is(["ABI", "ABIERTO"]) {
            Ok(Some(EstablishmentStatus::Open))
        } else if is(["CER", "CERRADO"]) {
            Ok(Some(EstablishmentStatus::Closed))
        } else {
            Err(self.establishment_status.refuse(Reason::Word))
        }
    }
}

fn status(text: &str) -> Option<TaxpayerStatus> {
    let is = |words: [&str; 2]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["ACTIVO", "ACTIVOS"]) {
        Some(TaxpayerStatus::Active)
    } else if is(["SUSPENDIDO", "SUSPENDIDOS"]) {
        Some(TaxpayerStatus::Suspended)
    } else if is(["PASIVO", "PASIVOS"]) {
        Some(TaxpayerStatus::Passive)
    } else {
        None
    }
}

/// The day of `YYYY-MM-DD hh:mm:ss`; the time says nothing to us.
fn day(column: Column, fields: &Fields<'_>) -> Result<Option<CivilDate>, Refused> {
    let Some(text) = column.text(fields)? else {
        return Ok(None);
    };
    let day = text.split_once(' ').map_or(text, |(day, _)| day);
    day.parse()
        .map(Some)
        .map_err(|reason| column.refuse(Reason::Date(reason)))
}

/// The value, or nothing and a remark.
fn or_gap<T>(read: Result<Option<T>, Refused>, gaps: &mut Vec<Refused>) -> Option<T> {
    read.unwrap_or_else(|refused| {
        gaps.push(refused);
        None
    })
}
