//! Why reading a file stops.

use shared::signatures::Reason;

/// Why reading a file stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It breaks the rules of its format.
    Malformed,
    /// It asks for more than the limits.
    TooComplex,
    /// It is encrypted.
    Encrypted,
    /// It has places that one reader sees and another does not.
    Hidden,
}

impl From<Fault> for Reason {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Malformed => Self::Malformed,
            Fault::TooComplex => Self::TooComplex,
            Fault::Encrypted => Self::Encrypted,
            Fault::Hidden => Self::HiddenContent,
        }
    }
}
