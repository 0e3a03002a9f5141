//! What to bring: the five items that the counter looks at, for this procedure, this employer and this way of meeting.
//!
//! The same list stands on the page, in the mails, on the PDF and, as what is to be checked, in the dossier. What the State
//! holds already is looked up and never asked for as a copy: the policy says so for each item, and a public body's
//! appointments are the one thing that no registry here knows.

use crate::centres::{Mode, Procedure};
use crate::identifiers::{EmployerIdentifier, Kind, RepresentativeId};
use serde::{Deserialize, Serialize};

/// What is looked at at the counter, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Item {
    /// The representative's cédula or, for a foreigner without one, the passport.
    Identity,
    /// The RUC, which has to be active.
    Ruc,
    /// The appointment itself.
    Appointment,
    /// The letter in which the representative asks for the procedure, signed.
    Letter,
    /// That the representative was appointed, as it is registered.
    Representation,
}

impl Item {
    /// Every item, in the order of the list.
    pub const ALL: &'static [Self] = &[
        Self::Identity,
        Self::Ruc,
        Self::Appointment,
        Self::Letter,
        Self::Representation,
    ];
}

/// What the policy says of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Presented {
    /// The original is shown, and given back.
    Original,
    /// The original is shown and a copy stays.
    OriginalAndCopy,
    /// The counter looks it up: nothing is to be brought.
    LookedUp,
}

/// The policy of every item that it is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    /// The cédula or passport.
    pub identity: Presented,
    /// The RUC.
    pub ruc: Presented,
    /// The letter.
    pub letter: Presented,
    /// The registered appointment of a company's representative.
    pub representation: Presented,
}

impl Papers {
    /// The institution's answers: no copy of what the State holds (Ley Orgánica para la Optimización y Eficiencia de Trámites
    /// Administrativos, art. 11 and 23).
    pub const Y2026: Self = Self {
        identity: Presented::Original,
        ruc: Presented::LookedUp,
        letter: Presented::Original,
        representation: Presented::LookedUp,
    };
}

/// What is to be done about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Bring {
    /// Bring the original; it is given back.
    Original,
    /// Bring the original and a copy that stays.
    OriginalAndCopy,
    /// Have the original at hand and show it to the camera.
    ShowToCamera,
    /// Nothing: the counter looks it up.
    LookedUp,
    /// Nothing: it was sent with the signed request.
    OnFile,
    /// The code is enough, on paper or on a telephone.
    Code,
}

/// An item, what it is in this case, and what is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ToBring {
    /// The item.
    pub item: Item,
    /// What is to be done.
    pub bring: Bring,
    /// Which paper it is, where that depends on the person.
    pub paper: Paper,
}

/// Which paper an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Paper {
    /// A cédula.
    Cedula,
    /// A foreigner's passport or other document with the institute's code.
    ForeignDocument,
    /// The RUC.
    Ruc,
    /// The code of the appointment.
    Code,
    /// The letter of request.
    Letter,
    /// The signed request that a person is to judge.
    SignedRequest,
    /// A company's appointment of its representative, as registered.
    CompanyAppointment,
    /// A public body's appointment of whoever represents it.
    PublicAppointment,
}

/// The list for one case. An item that does not apply is left out: a household employer has no RUC, and whoever is the employer
/// needs no appointment as its representative.
pub fn what_to_bring(
    procedure: Procedure,
    mode: Mode,
    employer: EmployerIdentifier,
    representative: &RepresentativeId,
    papers: Papers,
) -> Vec<ToBring> {
    Item::ALL
        .iter()
        .filter_map(|item| {
            let (paper, presented) = match item {
                Item::Identity => (identity(representative), Some(papers.identity)),
                Item::Ruc => (ruc(employer)?, Some(papers.ruc)),
                Item::Appointment => (Paper::Code, None),
                Item::Letter => letter(procedure, papers.letter),
                Item::Representation => representation(employer, representative, papers.representation)?,
            };
            let bring = match (paper, presented) {
                (Paper::Code, _) => Bring::Code,
                (_, Some(presented)) => brought(presented, mode),
                (_, None) => Bring::OnFile,
            };
            Some(ToBring {
                item: *item,
                bring,
                paper,
            })
        })
        .collect()
}

/// How something is presented in a mode: nothing can be handed over by video.
const fn brought(presented: Presented, mode: Mode) -> Bring {
    match (presented, mode) {
        (Presented::LookedUp, Mode::InPerson | Mode::Video) => Bring::LookedUp,
        (Presented::Original, Mode::InPerson) => Bring::Original,
        (Presented::OriginalAndCopy, Mode::InPerson) => Bring::OriginalAndCopy,
        (Presented::Original | Presented::OriginalAndCopy, Mode::Video) => Bring::ShowToCamera,
    }
}

const fn identity(representative: &RepresentativeId) -> Paper {
    match representative {
        RepresentativeId::Cedula(_) => Paper::Cedula,
        RepresentativeId::ForeignerCode(_) => Paper::ForeignDocument,
    }
}

const fn ruc(employer: EmployerIdentifier) -> Option<Paper> {
    match employer {
        EmployerIdentifier::Ruc(_) => Some(Paper::Ruc),
        EmployerIdentifier::Household(_) => None,
    }
}

/// A request that somebody signed electronically is here already; every other procedure begins with a letter.
const fn letter(procedure: Procedure, presented: Presented) -> (Paper, Option<Presented>) {
    match procedure {
        Procedure::Signature => (Paper::SignedRequest, None),
        Procedure::Recovery | Procedure::Unlock | Procedure::Contact | Procedure::Passkey => {
            (Paper::Letter, Some(presented))
        }
    }
}

/// Where the number leaves the kind of employer in doubt, whoever acts under their own number needs nothing, and a public body's paper is
/// asked for wherever it may be one: nobody comes twice because a registry knew less than was hoped.
fn representation(
    employer: EmployerIdentifier,
    representative: &RepresentativeId,
    presented: Presented,
) -> Option<(Paper, Option<Presented>)> {
    let kinds = employer.kinds();
    let own = |kind| {
        kinds.contains(kind)
            && employer
                .cedula()
                .is_some_and(|own| representative.cedula() == Some(own))
    };
    if kinds
        .only()
        .is_some_and(|kind| matches!(kind, Kind::Natural | Kind::Household))
        || own(Kind::Natural)
    {
        None
    } else if kinds.contains(Kind::Public) {
        Some((Paper::PublicAppointment, Some(Presented::Original)))
    } else {
        Some((Paper::CompanyAppointment, Some(presented)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(procedure: Procedure, mode: Mode, employer: &str, representative: &str) -> Vec<(Item, Bring)> {
        what_to_bring(
            procedure,
            mode,
            employer.parse().unwrap(),
            &representative.parse().unwrap(),
            Papers::Y2026,
        )
        .into_iter()
        .map(|line| (line.item, line.bring))
        .collect()
    }

    const COMPANY: &str = "1790011674001";
    const PUBLIC: &str = "1760001550001";
    const PERSON: &str = "1710034065001";
    const HOUSEHOLD: &str = "1710034065";

    #[test]
    fn a_company_brings_two_papers_and_the_rest_is_looked_up() {
        assert_eq!(
            list(Procedure::Recovery, Mode::InPerson, COMPANY, HOUSEHOLD),
            [
                (Item::Identity, Bring::Original),
                (Item::Ruc, Bring::LookedUp),
                (Item::Appointment, Bring::Code),
                (Item::Letter, Bring::Original),
                (Item::Representation, Bring::LookedUp),
            ]
        );
    }

    #[test]
    fn a_public_body_brings_the_appointment_that_no_registry_knows() {
        let list = list(Procedure::Unlock, Mode::InPerson, PUBLIC, HOUSEHOLD);
        assert_eq!(list.last(), Some(&(Item::Representation, Bring::Original)));
    }

    #[test]
    fn whoever_is_the_employer_needs_no_appointment_and_a_household_no_ruc() {
        let items = |employer| {
            list(Procedure::Contact, Mode::InPerson, employer, HOUSEHOLD)
                .into_iter()
                .map(|(item, _)| item)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            items(PERSON),
            [Item::Identity, Item::Ruc, Item::Appointment, Item::Letter]
        );
        assert_eq!(
            items(HOUSEHOLD),
            [Item::Identity, Item::Appointment, Item::Letter]
        );
    }

    #[test]
    fn by_video_nothing_is_handed_over() {
        for (_, bring) in list(Procedure::Passkey, Mode::Video, COMPANY, HOUSEHOLD) {
            assert!(!matches!(bring, Bring::Original | Bring::OriginalAndCopy));
        }
    }

    #[test]
    fn a_signed_request_is_here_already() {
        let list = list(Procedure::Signature, Mode::InPerson, COMPANY, HOUSEHOLD);
        assert!(list.contains(&(Item::Letter, Bring::OnFile)));
    }

    #[test]
    fn copies_are_asked_for_only_where_the_policy_says_so() {
        for procedure in [
            Procedure::Recovery,
            Procedure::Unlock,
            Procedure::Contact,
            Procedure::Passkey,
            Procedure::Signature,
        ] {
            for (_, bring) in list(procedure, Mode::InPerson, COMPANY, HOUSEHOLD) {
                assert_ne!(bring, Bring::OriginalAndCopy);
            }
        }
    }
}
