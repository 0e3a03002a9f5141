//! What to bring: the five items that the counter looks at, for this procedure, this employer and this way of meeting.
//!
//! One table for all: the page, the mails and the sheet list it, and a dossier asks for the same, no more and no less: see
//! [`ToBring::ways`](crate::dossiers) and [`Need`](crate::dossiers::Need). What the State holds already is looked up and never asked
//! for as a copy: the policy says so for each item. What no registry here knows, a public body's appointment and a power of
//! attorney, is asked for as an original.

use crate::centres::{Mode, Procedure};
use crate::identifiers::{EmployerIdentifier, Kind, RepresentativeId};
use serde::{Deserialize, Serialize};

pub use crate::dossiers::Item;

/// What the policy says of an item that is shown, always: the person is compared with one, and nobody but the person has the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Shown {
    /// The original is shown, and given back.
    Original,
    /// The original is shown and a copy stays.
    OriginalAndCopy,
}

/// What the policy says of an item that the State may hold.
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
    pub identity: Shown,
    /// The RUC.
    pub ruc: Presented,
    /// The letter.
    pub letter: Shown,
    /// The registered appointment of a company's representative.
    pub representation: Presented,
}

impl From<Shown> for Presented {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Original => Self::Original,
            Shown::OriginalAndCopy => Self::OriginalAndCopy,
        }
    }
}

impl Papers {
    /// The institution's answers: no copy of what the State holds (Ley Orgánica para la Optimización y Eficiencia de Trámites
    /// Administrativos, art. 11 and 23).
    pub const Y2026: Self = Self {
        identity: Shown::Original,
        ruc: Presented::LookedUp,
        letter: Shown::Original,
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
    /// A power of attorney of the person who is the employer.
    Power,
}

/// What somebody comes for, how, and for whom: what the items follow from.
#[derive(Clone, Copy, Debug)]
pub struct Errand<'a> {
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
    /// For whom.
    pub employer: EmployerIdentifier,
    /// Who comes.
    pub representative: &'a RepresentativeId,
}

impl Errand<'_> {
    /// Which paper an item is here; nothing where it does not apply: a household employer has no RUC, and whoever is the employer needs
    /// nothing to represent it.
    pub fn paper(self, item: Item) -> Option<Paper> {
        match item {
            Item::Identity => Some(match self.representative {
                RepresentativeId::Cedula(_) => Paper::Cedula,
                RepresentativeId::ForeignerCode(_) => Paper::ForeignDocument,
            }),
            Item::Ruc => match self.employer {
                EmployerIdentifier::Ruc(_) => Some(Paper::Ruc),
                EmployerIdentifier::Household(_) => None,
            },
            Item::Appointment => Some(Paper::Code),
            // What somebody signed electronically is here already; every other procedure begins with a letter.
            Item::Letter => Some(match self.procedure {
                Procedure::Signature => Paper::SignedRequest,
                Procedure::Recovery | Procedure::Unlock | Procedure::Contact | Procedure::Passkey => {
                    Paper::Letter
                }
            }),
            Item::Representation => self.representation(),
        }
    }

    /// What is to be done about an item; nothing where it does not apply.
    pub fn to_bring(self, item: Item, papers: Papers) -> Option<ToBring> {
        let paper = self.paper(item)?;
        let bring = match paper {
            Paper::Cedula | Paper::ForeignDocument => brought(papers.identity.into(), self.mode),
            Paper::Ruc => brought(papers.ruc, self.mode),
            Paper::Code => Bring::Code,
            Paper::Letter => brought(papers.letter.into(), self.mode),
            Paper::SignedRequest => Bring::OnFile,
            Paper::CompanyAppointment => brought(papers.representation, self.mode),
            Paper::PublicAppointment | Paper::Power => brought(unknown(papers.representation), self.mode),
        };
        Some(ToBring { item, bring, paper })
    }

    /// By which paper somebody shows that they represent the employer. Where the number leaves the kind of employer in doubt, whoever acts
    /// under their own number is in the registries one way or the other, and a public body's paper is asked for wherever it may be one:
    /// nobody comes twice because a registry knew less than was hoped.
    fn representation(self) -> Option<Paper> {
        let (employer, person) = (self.employer, self.representative.cedula());
        if let Some(own) = employer.own_representative() {
            return (person != Some(own)).then_some(Paper::Power);
        }
        let own_number = person.is_some() && employer.cedula() == person;
        Some(if employer.kinds().contains(Kind::Public) && !own_number {
            Paper::PublicAppointment
        } else {
            Paper::CompanyAppointment
        })
    }
}

/// The list for one errand, in the order of the items. What does not apply is left out.
pub fn what_to_bring(errand: Errand<'_>, papers: Papers) -> Vec<ToBring> {
    Item::ALL
        .iter()
        .filter_map(|item| errand.to_bring(*item, papers))
        .collect()
}

/// What no registry here knows is shown, whatever the policy says of the others.
const fn unknown(presented: Presented) -> Presented {
    match presented {
        Presented::Original | Presented::LookedUp => Presented::Original,
        Presented::OriginalAndCopy => Presented::OriginalAndCopy,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn list(procedure: Procedure, mode: Mode, employer: &str, representative: &str) -> Vec<(Item, Bring)> {
        let representative = representative.parse().unwrap();
        let errand = Errand {
            procedure,
            mode,
            employer: employer.parse().unwrap(),
            representative: &representative,
        };
        what_to_bring(errand, Papers::Y2026)
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
    fn somebody_else_who_comes_for_a_person_brings_a_power_of_attorney() {
        for employer in [PERSON, HOUSEHOLD] {
            for representative in ["1700000019", "EXT2041"] {
                let list = list(Procedure::Unlock, Mode::InPerson, employer, representative);
                assert_eq!(
                    list.last(),
                    Some(&(Item::Representation, Bring::Original)),
                    "{employer} {representative}"
                );
            }
        }
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
