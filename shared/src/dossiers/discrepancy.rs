//! What the official records say beside what the visit says, and where they differ.
//!
//! It compares numbers and states. Names are shown, not compared: each registry spells them in its own way, and the officer sees
//! the cédula.

use super::Item;
use super::item::words;
use crate::identifiers::{EmployerIdentifier, RepresentativeId};
use crate::registries::{
    Appointment, EmployerRecord, Person, Registry, Taxpayer, TaxpayerKind, TaxpayerStatus,
};
use crate::time::{CivilDate, Timestamp};
use serde::{Deserialize, Serialize};

words!(
    /// Which record differs.
    FoundIn {
        /// The Registro Civil does not know the representative's cédula.
        Person "person",
        /// The SRI does not know the RUC.
        Taxpayer "taxpayer",
        /// The SRI says that the employer is not active.
        Status "status",
        /// The cédula in a natural person's RUC, or the household's, is another one.
        Holder "holder",
        /// The registered appointment names somebody else.
        Appointment "appointment",
        /// The institute has no record of this employer and branch.
        Employer "employer",
        /// The institute's record names somebody else.
        Representative "representative",
        /// The visit's appointment was booked for another employer or person.
        Booking "booking",
    }
);

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Discrepancy {
    /// The item it speaks against.
    pub item: Item,
    /// Where it was found.
    pub found_in: FoundIn,
    /// What the visit says.
    pub typed: String,
    /// What the record says; `None` where there is no record.
    pub found: Option<String>,
}

/// What the registries answered, as far as a dossier keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Found {
    /// When they were asked.
    pub at: Timestamp,
    /// Which did not answer; what they would say is unknown.
    pub silent: Vec<Registry>,
    /// The employer's name at the SRI, or at the institute where the SRI has none.
    pub employer_name: Option<String>,
    /// The employer's state at the SRI.
    pub status: Option<TaxpayerStatus>,
    /// The representative's name at the Registro Civil, as it stands on the cédula.
    pub person_name: Option<String>,
    /// Who the registered appointment names.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub appointed: Option<RepresentativeId>,
    /// Since when.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub appointed_on: Option<CivilDate>,
    /// Who the institute's record names.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub recorded: Option<RepresentativeId>,
    /// The cédula that the employer's number is made of, where the employer is a person.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub holder: Option<RepresentativeId>,
    /// Where they differ from what the visit says.
    pub discrepancies: Vec<Discrepancy>,
}

/// What one registry answered: its record or that it has none; `Err` where it did not answer.
pub type Told<T> = Result<Option<T>, Registry>;

/// What all of them answered.
#[derive(Debug)]
pub struct Asked {
    /// The SRI; not asked about a household.
    pub taxpayer: Told<Taxpayer>,
    /// The Registro Civil; not asked about a foreigner's code.
    pub person: Told<Person>,
    /// The Superintendencia.
    pub appointment: Told<Appointment>,
    /// The institute.
    pub employer: Told<EmployerRecord>,
}

impl Found {
    /// Compares what was answered with what the visit says.
    pub fn of(
        employer: EmployerIdentifier,
        representative: &RepresentativeId,
        asked: &Asked,
        at: Timestamp,
    ) -> Self {
        let taxpayer = asked.taxpayer.as_ref().ok().and_then(Option::as_ref);
        let person = asked.person.as_ref().ok().and_then(Option::as_ref);
        let appointment = asked.appointment.as_ref().ok().and_then(Option::as_ref);
        let record = asked.employer.as_ref().ok().and_then(Option::as_ref);
        let mut found = Self {
            at,
            silent: asked.silent(),
            employer_name: taxpayer
                .map(|one| one.name.clone())
                .or_else(|| record.map(|one| one.name.clone())),
            status: taxpayer.map(|one| one.status),
            person_name: person.map(|one| format!("{} {}", one.surnames, one.given_names)),
            appointed: appointment.map(|one| one.representative.clone()),
            appointed_on: appointment.and_then(|one| one.registered_on),
            recorded: record.map(|one| one.representative.clone()),
            holder: holder(employer, taxpayer),
            discrepancies: Vec::new(),
        };
        found.discrepancies = found.differences(employer, representative, asked);
        found
    }

    fn differences(
        &self,
        employer: EmployerIdentifier,
        representative: &RepresentativeId,
        asked: &Asked,
    ) -> Vec<Discrepancy> {
        let mut all = Vec::new();
        let mut note = |item, found_in, typed: String, found: Option<String>| {
            all.push(Discrepancy {
                item,
                found_in,
                typed,
                found,
            });
        };
        let person = representative.to_string();
        if representative.cedula().is_some() && matches!(asked.person, Ok(None)) {
            note(Item::Identity, FoundIn::Person, person.clone(), None);
        }
        match (employer, &asked.taxpayer) {
            (EmployerIdentifier::Ruc(_), Ok(None)) => {
                note(Item::Ruc, FoundIn::Taxpayer, employer.to_string(), None);
            }
            (EmployerIdentifier::Ruc(_), Ok(Some(taxpayer))) => match taxpayer.status {
                TaxpayerStatus::Active => {}
                status @ (TaxpayerStatus::Suspended | TaxpayerStatus::Passive) => note(
                    Item::Ruc,
                    FoundIn::Status,
                    TaxpayerStatus::Active.as_str().to_owned(),
                    Some(status.as_str().to_owned()),
                ),
            },
            (EmployerIdentifier::Ruc(_), Err(_)) | (EmployerIdentifier::Household(_), _) => {}
        }
        for (found_in, named) in [
            (FoundIn::Holder, &self.holder),
            (FoundIn::Appointment, &self.appointed),
            (FoundIn::Representative, &self.recorded),
        ] {
            if let Some(named) = named.as_ref().filter(|named| *named != representative) {
                note(
                    Item::Representation,
                    found_in,
                    person.clone(),
                    Some(named.to_string()),
                );
            }
        }
        if matches!(asked.employer, Ok(None)) {
            note(
                Item::Representation,
                FoundIn::Employer,
                employer.to_string(),
                None,
            );
        }
        all
    }

    /// Whether the records bear an item out: they say so, and nothing speaks against it. What did not answer says nothing.
    pub fn bears_out(&self, item: Item) -> bool {
        let said = match item {
            Item::Ruc => self.status == Some(TaxpayerStatus::Active),
            // The institute's own record alone is what the visit wants to act on; somebody else has to say it too.
            Item::Representation => {
                (self.appointed.is_some() || self.holder.is_some())
                    && !self.silent.contains(&Registry::Superintendencia)
                    && !self.silent.contains(&Registry::Iess)
            }
            Item::Identity | Item::Appointment | Item::Letter => false,
        };
        said && !self.discrepancies.iter().any(|one| one.item == item)
    }
}

impl Asked {
    fn silent(&self) -> Vec<Registry> {
        let registries = [
            self.person.as_ref().err(),
            self.taxpayer.as_ref().err(),
            self.appointment.as_ref().err(),
            self.employer.as_ref().err(),
        ];
        registries.into_iter().flatten().copied().collect()
    }
}

/// Whose number the employer's is: a natural person and a household represent themselves.
fn holder(employer: EmployerIdentifier, taxpayer: Option<&Taxpayer>) -> Option<RepresentativeId> {
    let natural = taxpayer.is_some_and(|one| one.kind == Some(TaxpayerKind::NaturalPerson));
    let cedula = match employer {
        EmployerIdentifier::Ruc(ruc) if natural => ruc.cedula(),
        EmployerIdentifier::Ruc(_) => employer.own_representative(),
        EmployerIdentifier::Household(cedula) => Some(cedula),
    };
    cedula.map(RepresentativeId::Cedula)
}
