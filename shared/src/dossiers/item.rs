//! The five items of a dossier, how each can be presented, and what a verdict needs.

use crate::appointments::{Bring, Errand, Paper, ToBring};

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $text:tt),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As it stands in rows and on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::dossiers::item::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text).ok_or($crate::dossiers::item::UnknownWord)
            }
        }
    };
}

pub(super) use words;

/// A stored word that is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a word of dossiers")]
pub struct UnknownWord;

words!(
    /// What is looked at, in this order: by the list of what to bring and by the dossier alike.
    Item {
        /// The representative's cédula, or the document of a foreigner: the original, in the person's hand.
        Identity "identity",
        /// The RUC, which has to be active.
        Ruc "ruc",
        /// The appointment for this visit ("turno"), or the walk-in that was let in.
        Appointment "appointment",
        /// The signed letter of request.
        Letter "letter",
        /// That the person is the representative, by the registered appointment.
        Representation "representation",
    }
);

words!(
    /// How an item was presented.
    Way {
        /// The person showed the original.
        Original "original",
        /// The official records were asked, here.
        LookedUp "looked_up",
        /// A file was uploaded.
        Uploaded "uploaded",
    }
);

words!(
    /// What the officer found.
    Verdict {
        /// Nothing yet.
        Open "open",
        /// It holds.
        Accepted "accepted",
        /// It does not.
        Rejected "rejected",
    }
);

words!(
    /// Whether a dossier asks for an item at all.
    Need {
        /// It does.
        Required "required",
        /// Only for something else than what the person has come for, whose request is here already.
        OnFile "on_file",
        /// This kind of employer has no such thing.
        NotApplicable "not_applicable",
    }
);

impl Item {
    /// Whether a dossier asks for it: exactly where the list of what to bring has it.
    pub fn need(self, errand: Errand<'_>) -> Need {
        match errand.paper(self) {
            None => Need::NotApplicable,
            Some(Paper::SignedRequest) => Need::OnFile,
            Some(
                Paper::Cedula
                | Paper::ForeignDocument
                | Paper::Ruc
                | Paper::Code
                | Paper::Letter
                | Paper::CompanyAppointment
                | Paper::PublicAppointment
                | Paper::Power,
            ) => Need::Required,
        }
    }
}

impl ToBring {
    /// How it can be presented, the usual way first: the one that the person was told of.
    ///
    /// Whoever comes is seen: an identity is never only looked up, and filed only where the policy asks for a copy. What the State
    /// holds (RUC, registered appointment) can be looked up whatever was brought, and shown where a registry does not answer or is behind.
    pub const fn ways(self) -> &'static [Way] {
        match (self.item, self.bring) {
            (Item::Appointment, _) => &[Way::LookedUp, Way::Original],
            (Item::Identity | Item::Letter, Bring::OriginalAndCopy) => &[Way::Uploaded, Way::Original],
            (
                Item::Identity,
                Bring::Original | Bring::ShowToCamera | Bring::LookedUp | Bring::OnFile | Bring::Code,
            ) => &[Way::Original],
            (
                Item::Letter,
                Bring::Original | Bring::ShowToCamera | Bring::LookedUp | Bring::OnFile | Bring::Code,
            ) => &[Way::Original, Way::Uploaded],
            (Item::Ruc | Item::Representation, Bring::LookedUp | Bring::OnFile | Bring::Code) => {
                &[Way::LookedUp, Way::Original, Way::Uploaded]
            }
            (Item::Ruc | Item::Representation, Bring::Original | Bring::ShowToCamera) => {
                &[Way::Original, Way::LookedUp, Way::Uploaded]
            }
            (Item::Ruc | Item::Representation, Bring::OriginalAndCopy) => {
                &[Way::Uploaded, Way::Original, Way::LookedUp]
            }
        }
    }

    /// Whether it can be presented this way.
    pub fn takes(self, way: Way) -> bool {
        self.ways().contains(&way)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::appointments::{Papers, Presented, Shown, what_to_bring};
    use crate::centres::{Mode, Procedure};
    use crate::identifiers::{EmployerIdentifier, RepresentativeId};

    fn errand<'a>(employer: &str, representative: &'a RepresentativeId) -> Errand<'a> {
        Errand {
            procedure: Procedure::Recovery,
            mode: Mode::InPerson,
            employer: employer.parse().unwrap(),
            representative,
        }
    }

    fn need(employer: &str, representative: &str, item: Item) -> Need {
        item.need(errand(employer, &representative.parse().unwrap()))
    }

    /// A company, a public body, a person, a household, and numbers that leave it open.
    const EMPLOYERS: [&str; 6] = [
        "1790016919001",
        "1760001550001",
        "1710034065001",
        "1710034065",
        "1790085783001",
        "0990000000001",
    ];

    const POLICIES: [Papers; 3] = [
        Papers::Y2026,
        Papers {
            identity: Shown::OriginalAndCopy,
            ruc: Presented::OriginalAndCopy,
            letter: Shown::OriginalAndCopy,
            representation: Presented::OriginalAndCopy,
        },
        Papers {
            identity: Shown::Original,
            ruc: Presented::Original,
            letter: Shown::Original,
            representation: Presented::Original,
        },
    ];

    fn errands(mut look: impl FnMut(Errand<'_>)) {
        for employer in EMPLOYERS {
            let employer: EmployerIdentifier = employer.parse().unwrap();
            let own = employer.cedula().map(RepresentativeId::Cedula);
            let others = ["1710034065", "1700000019", "EXT2041"].map(|number| number.parse().unwrap());
            for representative in others.iter().chain(&own) {
                for procedure in Procedure::ALL.iter().copied() {
                    for mode in [Mode::InPerson, Mode::Video] {
                        look(Errand {
                            procedure,
                            mode,
                            employer,
                            representative,
                        });
                    }
                }
            }
        }
    }

    #[test]
    fn the_list_and_the_dossier_are_one_table() {
        let mut seen = 0;
        errands(|errand| {
            for papers in POLICIES {
                let list = what_to_bring(errand, papers);
                for item in Item::ALL.iter().copied() {
                    let line = list.iter().find(|line| line.item == item);
                    assert_eq!(
                        line.is_none(),
                        item.need(errand) == Need::NotApplicable,
                        "{item:?} {errand:?}"
                    );
                    let Some(line) = line else { continue };
                    let usual = line.ways()[0];
                    match line.bring {
                        Bring::Original | Bring::ShowToCamera => assert_eq!(usual, Way::Original, "{line:?}"),
                        Bring::OriginalAndCopy => assert_eq!(usual, Way::Uploaded, "{line:?}"),
                        Bring::LookedUp | Bring::Code => assert_eq!(usual, Way::LookedUp, "{line:?}"),
                        Bring::OnFile => assert_eq!(item.need(errand), Need::OnFile, "{line:?}"),
                    }
                    assert!(line.takes(Way::Original), "whoever has it can show it: {line:?}");
                    seen += 1;
                }
            }
        });
        assert!(seen > 1000, "{seen}");
    }

    #[test]
    fn representation_is_asked_of_everybody_but_the_employer_itself() {
        errands(|errand| {
            let own = errand.employer.own_representative();
            let is_own = own.is_some() && own == errand.representative.cedula();
            assert_eq!(
                Item::Representation.need(errand) == Need::NotApplicable,
                is_own,
                "{errand:?}"
            );
        });
    }

    #[test]
    fn a_company_is_asked_for_all_five() {
        for item in Item::ALL {
            assert_eq!(
                need("1790016919001", "1710034065", *item),
                Need::Required,
                "{item:?}"
            );
        }
    }

    #[test]
    fn a_household_has_no_ruc_and_whoever_is_the_employer_no_appointment() {
        for (employer, required) in [("1710034065", 3), ("1710034065001", 4)] {
            let own = Item::ALL
                .iter()
                .filter(|item| need(employer, "1710034065", **item) == Need::Required)
                .count();
            assert_eq!(own, required, "{employer}");
        }
        assert_eq!(need("1710034065", "1710034065", Item::Ruc), Need::NotApplicable);
    }

    #[test]
    fn somebody_else_who_comes_for_a_person_shows_why() {
        for representative in ["1700000019", "EXT2041"] {
            assert_eq!(
                need("1710034065", representative, Item::Representation),
                Need::Required
            );
            assert_eq!(
                need("1710034065001", representative, Item::Representation),
                Need::Required
            );
        }
    }

    #[test]
    fn a_file_is_never_the_only_way_and_one_of_a_cedula_only_where_a_copy_is_asked_for() {
        errands(|errand| {
            for papers in POLICIES {
                for line in what_to_bring(errand, papers) {
                    assert!(line.ways().iter().any(|way| *way != Way::Uploaded), "{line:?}");
                    let copied = line.bring == Bring::OriginalAndCopy;
                    if line.item == Item::Identity {
                        assert_eq!(line.takes(Way::Uploaded), copied, "{line:?}");
                        assert!(!line.takes(Way::LookedUp), "{line:?}");
                    }
                }
            }
        });
    }

    #[test]
    fn words_read_back() {
        for item in Item::ALL {
            assert_eq!(item.as_str().parse(), Ok(*item));
            assert_eq!(serde_json::to_value(item).unwrap(), item.as_str());
        }
        assert_eq!("copy".parse::<Way>(), Err(UnknownWord));
    }
}
