//! Who a certificate names, and where an authority writes it: the layouts of Ecuador's accredited authorities.
//!
//! The arcs and policies stand here once more, written down apart from the notary's table, so that a mistake in one of them
//! shows.

use super::certificate::{Extension, id, name};
use super::der;
use notary::Role;

/// An authority whose certificates are imitated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Authority {
    /// Banco Central del Ecuador.
    BancoCentral,
    /// Security Data.
    SecurityData,
    /// Uanataca.
    Uanataca,
    /// ANFAC.
    Anfac,
    /// Registro Civil.
    RegistroCivil,
}

/// Where the holder's data are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layout {
    /// In private extensions.
    A,
    /// In alternative names.
    B,
    /// In the subject.
    C,
}

/// Who a certificate names. What is `None` is left out.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The number, without a prefix.
    pub identification: Option<String>,
    /// The prefix that layout C writes before it.
    pub prefix: &'static str,
    /// Given names.
    pub given_names: String,
    /// The first surname.
    pub surname: String,
    /// The second one.
    pub second_surname: Option<String>,
    /// The position.
    pub position: Option<String>,
    /// The employer's name.
    pub organisation: Option<String>,
    /// The employer's RUC.
    pub ruc: Option<String>,
    /// In which quality.
    pub role: Role,
}

impl Holder {
    /// A company's legal representative.
    pub fn representative(cedula: &str, ruc: &str) -> Self {
        Self {
            position: Some("GERENTE GENERAL".to_owned()),
            organisation: Some("EMPRESA DE PRUEBA S.A.".to_owned()),
            ruc: Some(ruc.to_owned()),
            role: Role::LegalRepresentative,
            ..Self::person(cedula)
        }
    }

    /// A natural person.
    pub fn person(cedula: &str) -> Self {
        Self {
            identification: Some(cedula.to_owned()),
            prefix: "IDCEC-",
            given_names: "MARÍA DE PRUEBA".to_owned(),
            surname: "ÑACATO".to_owned(),
            second_surname: Some("INVENTADA".to_owned()),
            position: None,
            organisation: None,
            ruc: None,
            role: Role::NaturalPerson,
        }
    }
}

impl Authority {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::BancoCentral,
        Self::SecurityData,
        Self::Uanataca,
        Self::Anfac,
        Self::RegistroCivil,
    ];

    /// The name that its own certificates have (`O`).
    pub const fn organisation(self) -> &'static str {
        match self {
            Self::BancoCentral => "BANCO CENTRAL DEL ECUADOR",
            Self::SecurityData => "SECURITY DATA S.A. 2",
            Self::Uanataca => "UANATACA ECUADOR S.A.",
            Self::Anfac => "ANFAC AUTORIDAD DE CERTIFICACION ECUADOR C.A.",
            Self::RegistroCivil => "DIRECCION GENERAL DE REGISTRO CIVIL",
        }
    }

    /// The policy of such a certificate, if the authority has one for it; else of the nearest that it has.
    pub fn policy(self, layout: Layout, role: Role) -> String {
        let private = |number: &str| format!("1.3.6.1.4.1.{number}");
        let natural = matches!(role, Role::NaturalPerson);
        let member = matches!(role, Role::Member);
        private(match (self, layout) {
            (Self::BancoCentral, _) if natural => "37947.2.1.1",
            (Self::BancoCentral, _) => "37947.2.2.1",
            (Self::SecurityData, Layout::A | Layout::B) if natural => "37746.2.7",
            (Self::SecurityData, Layout::A | Layout::B) if member => "37746.2.10",
            (Self::SecurityData, Layout::A | Layout::B) => "37746.2.9",
            (Self::SecurityData, Layout::C) if natural => "37746.2.1.1",
            (Self::SecurityData, Layout::C) if member => "37746.2.2.1",
            (Self::SecurityData, Layout::C) => "37746.2.3.1",
            (Self::Uanataca, Layout::A | Layout::B) if natural => "47286.102.2.1.2",
            (Self::Uanataca, Layout::A | Layout::B) if member => "47286.102.2.2.2",
            (Self::Uanataca, Layout::A | Layout::B) => "47286.102.2.3.2",
            (Self::Uanataca, Layout::C) if natural => "65311.2.1.1",
            (Self::Uanataca, Layout::C) if member => "65311.2.2.1",
            (Self::Uanataca, Layout::C) => "65311.2.3.1",
            (Self::Anfac, Layout::A | Layout::B) if natural => "37442.3.4.1.2.22",
            (Self::Anfac, Layout::A | Layout::B) => "37442.2.5.1.3",
            (Self::Anfac, Layout::C) if natural => "37442.2.1.1",
            (Self::Anfac, Layout::C) if member => "37442.2.2.1",
            (Self::Anfac, Layout::C) => "37442.2.3.1",
            (Self::RegistroCivil, _) => "55519.1.1.1.5.3.2",
        })
    }

    /// Under which identifier a field is in layouts A and B. The Registro Civil has two fields only.
    fn field(self, field: u8) -> Option<String> {
        let base = match self {
            Self::BancoCentral => "37947.3",
            Self::SecurityData => "37746.3",
            Self::Uanataca => "47286.102.3",
            Self::Anfac => "37442.3",
            Self::RegistroCivil => {
                return match field {
                    1 => Some("1.3.6.1.4.1.55519.1.1.1.5.2.1".to_owned()),
                    11 => Some("1.3.6.1.4.1.55519.1.1.1.5.2.4".to_owned()),
                    _ => None,
                };
            }
        };
        Some(format!("1.3.6.1.4.1.{base}.{field}"))
    }
}

/// What is written about a holder: the subject and the extensions.
pub fn written(holder: &Holder, authority: Authority, layout: Layout) -> (Vec<u8>, Vec<Extension>) {
    let fields = [
        (1, &holder.identification),
        (2, &Some(holder.given_names.clone())),
        (3, &Some(holder.surname.clone())),
        (4, &holder.second_surname),
        (5, &holder.position),
        (10, &holder.organisation),
        (11, &holder.ruc),
    ];
    let mut extensions = vec![Extension::policies(&[authority.policy(layout, holder.role)])];
    let numbered = || {
        fields
            .iter()
            .filter_map(|(number, text)| Some((authority.field(*number)?, text.as_deref()?)))
    };
    match layout {
        Layout::A => {
            for (field, text) in numbered() {
                // Digits come as PrintableString from some of them, names as UTF8String.
                let value = if text.bytes().all(|byte| byte.is_ascii_digit()) {
                    der::printable(text)
                } else {
                    der::utf8(text)
                };
                extensions.push(Extension::ordinary(&field, value));
            }
            (plain_subject(holder, authority), extensions)
        }
        Layout::B => {
            let names: Vec<Vec<u8>> = numbered()
                .map(|(field, text)| {
                    let value = der::context(0, &der::utf8(text));
                    der::context(0, &[der::oid(&field), value].concat())
                })
                .collect();
            extensions.push(Extension::ordinary(id::SUBJECT_NAMES, der::seq(&names)));
            (plain_subject(holder, authority), extensions)
        }
        Layout::C => (telling_subject(holder), extensions),
    }
}

/// A subject that names the person and has a number which is none of the person's.
fn plain_subject(holder: &Holder, authority: Authority) -> Vec<u8> {
    name(&[
        ("2.5.4.6", der::printable("EC")),
        ("2.5.4.10", der::utf8(authority.organisation())),
        ("2.5.4.5", der::printable("0000424242")),
        ("2.5.4.3", der::utf8(&common_name(holder))),
    ])
}

/// The subject of layout C.
fn telling_subject(holder: &Holder) -> Vec<u8> {
    let surnames = match &holder.second_surname {
        Some(second) => format!("{} {second}", holder.surname),
        None => holder.surname.clone(),
    };
    let mut attributes = vec![("2.5.4.6", der::printable("EC"))];
    if let Some(organisation) = &holder.organisation {
        attributes.push(("2.5.4.10", der::utf8(organisation)));
    }
    if let Some(ruc) = &holder.ruc {
        attributes.push(("2.5.4.97", der::utf8(&format!("VATEC-{ruc}"))));
    }
    if let Some(position) = &holder.position {
        attributes.push(("2.5.4.12", der::utf8(position)));
    }
    attributes.push(("2.5.4.4", der::utf8(&surnames)));
    attributes.push(("2.5.4.42", der::utf8(&holder.given_names)));
    if let Some(identification) = &holder.identification {
        let number = format!("{}{identification}", holder.prefix);
        attributes.push(("2.5.4.5", der::printable(&number)));
    }
    attributes.push(("2.5.4.3", der::utf8(&common_name(holder))));
    name(&attributes)
}

fn common_name(holder: &Holder) -> String {
    format!("{} {}", holder.given_names, holder.surname)
}
