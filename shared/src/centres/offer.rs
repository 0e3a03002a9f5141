//! What a centre offers: procedures, ways of meeting, counters.

use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// Why a list or a word of what is offered was refused. Each text is the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoneOffered {
    /// The list is empty.
    #[error("missing")]
    Missing,
    /// A word is not one of those that exist.
    #[error("not_offered")]
    Unknown,
}

impl From<NoneOffered> for FieldCode {
    fn from(reason: NoneOffered) -> Self {
        match reason {
            NoneOffered::Missing => Self::Missing,
            NoneOffered::Unknown => Self::NotOffered,
        }
    }
}

macro_rules! offered {
    ($(#[$meta:meta])* $name:ident, $(#[$set_meta:meta])* $set:ident of $list:literal { $($(#[$doc:meta])* $variant:ident $text:tt),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every one of them, in the order in which pages list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in files, bodies and columns.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl FromStr for $name {
            type Err = NoneOffered;

            fn from_str(text: &str) -> Result<Self, NoneOffered> {
                let text = text.trim_matches(' ');
                Self::ALL.iter().copied().find(|one| one.as_str() == text).ok_or(NoneOffered::Unknown)
            }
        }

        $(#[$set_meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = $list, into = $list)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<$name>))]
        pub struct $set(Vec<$name>);

        impl $set {
            /// Every one there is.
            pub fn all() -> Self {
                Self($name::ALL.to_vec())
            }

            /// Those offered: at least one, each once, in the order of their list.
            pub fn iter(&self) -> impl Iterator<Item = $name> + '_ {
                self.0.iter().copied()
            }

            /// Whether it is offered.
            pub fn offers(&self, one: $name) -> bool {
                self.0.contains(&one)
            }
        }

        impl TryFrom<Vec<$name>> for $set {
            type Error = NoneOffered;

            fn try_from(mut list: Vec<$name>) -> Result<Self, NoneOffered> {
                list.sort_unstable();
                list.dedup();
                if list.is_empty() { Err(NoneOffered::Missing) } else { Ok(Self(list)) }
            }
        }

        impl From<$set> for Vec<$name> {
            fn from(set: $set) -> Self {
                set.0
            }
        }

        /// Words with commas between them.
        impl FromStr for $set {
            type Err = NoneOffered;

            fn from_str(text: &str) -> Result<Self, NoneOffered> {
                if text.trim_matches(' ').is_empty() {
                    return Err(NoneOffered::Missing);
                }
                let list: Vec<$name> = text.split(',').map(str::parse).collect::<Result<_, _>>()?;
                list.try_into()
            }
        }

        impl fmt::Display for $set {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                for (at, one) in self.0.iter().enumerate() {
                    f.write_str(if at == 0 { "" } else { "," })?;
                    f.write_str(one.as_str())?;
                }
                Ok(())
            }
        }
    };
}

offered!(
    /// What people come to a centre for.
    Procedure,
    /// The procedures of a centre.
    Procedures of "Vec<Procedure>" {
        /// A new password.
        Recovery "recovery",
        /// Lifting a block.
        Unlock "unlock",
        /// Another registered e-mail address or telephone number.
        Contact "contact",
        /// Enrolling a passkey, supervised.
        Passkey "passkey",
        /// A signed request that a person is to decide about.
        Signature "signature",
    }
);

offered!(
    /// How the person and the officer meet.
    Mode,
    /// The ways of meeting that a centre offers.
    Modes of "Vec<Mode>" {
        /// At a counter of the centre.
        InPerson "in_person",
        /// By video, with an officer of the centre.
        Video "video",
    }
);

impl Modes {
    /// At counters only.
    pub fn at_counters() -> Self {
        Self(vec![Mode::InPerson])
    }
}

/// How many counters a centre has: 1 to 60. They are numbered from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = u8))]
pub struct Counters(u8);

/// A number of counters that no centre has. Its text is the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("out_of_range")]
pub struct InvalidCounters;

impl From<InvalidCounters> for FieldCode {
    fn from(_: InvalidCounters) -> Self {
        Self::OutOfRange
    }
}

impl Counters {
    /// The most that a centre has.
    pub const MOST: u8 = 60;

    /// How many.
    pub const fn count(self) -> u8 {
        self.0
    }

    /// One lane for each counter.
    pub fn lanes(self) -> impl DoubleEndedIterator<Item = Lane> {
        (1..=self.0).map(Lane)
    }

    /// Whether there is a counter of that number.
    pub const fn has(self, number: u8) -> bool {
        1 <= number && number <= self.0
    }
}

impl TryFrom<u8> for Counters {
    type Error = InvalidCounters;

    fn try_from(count: u8) -> Result<Self, InvalidCounters> {
        if (1..=Self::MOST).contains(&count) {
            Ok(Self(count))
        } else {
            Err(InvalidCounters)
        }
    }
}

impl From<Counters> for u8 {
    fn from(counters: Counters) -> Self {
        counters.0
    }
}

impl FromStr for Counters {
    type Err = InvalidCounters;

    fn from_str(text: &str) -> Result<Self, InvalidCounters> {
        let text = text.trim_matches(' ');
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidCounters);
        }
        text.parse::<u8>().map_err(|_| InvalidCounters)?.try_into()
    }
}

/// One of the places of a slot, from 1 to the number of counters. It says how many fit, not at which counter somebody is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lane(u8);

impl Lane {
    /// The lane of a stored number.
    pub const fn of_number(number: u8) -> Self {
        Self(number)
    }

    /// Its number, from 1.
    pub const fn number(self) -> u8 {
        self.0
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn a_list_is_in_order_and_has_each_once() {
        let procedures: Procedures = " unlock,recovery, unlock".parse().unwrap();
        assert_eq!(procedures.to_string(), "recovery,unlock");
        assert!(procedures.offers(Procedure::Unlock));
        assert!(!procedures.offers(Procedure::Contact));
        assert_eq!(
            serde_json::to_string(&procedures).unwrap(),
            r#"["recovery","unlock"]"#
        );
        assert_eq!(Modes::all().to_string(), "in_person,video");
    }

    #[rstest]
    #[case("", NoneOffered::Missing)]
    #[case("recovery,", NoneOffered::Unknown)]
    #[case("recovery;unlock", NoneOffered::Unknown)]
    #[case("Recovery", NoneOffered::Unknown)]
    fn other_words_are_refused(#[case] text: &str, #[case] reason: NoneOffered) {
        assert_eq!(text.parse::<Procedures>(), Err(reason));
        assert_eq!(FieldCode::of_message(&reason.to_string()), Some(reason.into()));
    }

    #[test]
    fn an_empty_list_is_refused_in_a_body() {
        assert!(serde_json::from_str::<Modes>("[]").is_err());
        assert!(serde_json::from_str::<Modes>(r#"["video"]"#).is_ok());
    }

    #[rstest]
    #[case("1", true)]
    #[case("60", true)]
    #[case("0", false)]
    #[case("61", false)]
    #[case("256", false)]
    #[case("+1", false)]
    #[case("", false)]
    fn a_centre_has_one_to_sixty_counters(#[case] text: &str, #[case] valid: bool) {
        assert_eq!(text.parse::<Counters>().is_ok(), valid);
    }

    #[test]
    fn counters_are_numbered_from_one() {
        let three = Counters::try_from(3).unwrap();
        assert_eq!(three.lanes().map(Lane::number).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(!three.has(0) && three.has(1) && three.has(3) && !three.has(4));
    }
}
