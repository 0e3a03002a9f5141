//! The five items of a dossier, how each can be presented, and what a verdict needs.

use crate::identifiers::{EmployerIdentifier, RepresentativeId};

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $text:literal),+ $(,)? }) => {
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
    /// What a dossier asks for: the same five things as the list of what to bring.
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
        /// This kind of employer has no such thing.
        NotApplicable "not_applicable",
    }
);

impl Item {
    /// Whether it is asked for: a household has no RUC, and whoever is the employer needs no appointment as its representative.
    pub fn need(self, employer: EmployerIdentifier, representative: &RepresentativeId) -> Need {
        let applies = match self {
            Self::Identity | Self::Appointment | Self::Letter => true,
            Self::Ruc => match employer {
                EmployerIdentifier::Ruc(_) => true,
                EmployerIdentifier::Household(_) => false,
            },
            // Somebody else who comes for a person has to show why.
            Self::Representation => {
                employer.own_representative().is_none()
                    || employer.own_representative() != representative.cedula()
            }
        };
        if applies {
            Need::Required
        } else {
            Need::NotApplicable
        }
    }

    /// How it can be presented, the usual way first.
    ///
    /// A cédula is seen, never only filed. What the State holds (RUC, appointment of the representative) is looked up; an
    /// original is the way where a registry does not answer or is behind.
    pub const fn ways(self) -> &'static [Way] {
        match self {
            Self::Identity => &[Way::Original],
            Self::Ruc | Self::Representation => &[Way::LookedUp, Way::Original, Way::Uploaded],
            Self::Appointment => &[Way::LookedUp, Way::Original],
            Self::Letter => &[Way::Original, Way::Uploaded],
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

    fn need(employer: &str, representative: &str, item: Item) -> Need {
        item.need(employer.parse().unwrap(), &representative.parse().unwrap())
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
    fn a_file_is_never_the_only_way_and_never_one_for_a_cedula() {
        for item in Item::ALL {
            assert!(item.ways().iter().any(|way| *way != Way::Uploaded), "{item:?}");
        }
        assert!(!Item::Identity.takes(Way::Uploaded));
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
