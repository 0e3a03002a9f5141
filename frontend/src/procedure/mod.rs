//! What recovering, unlocking, signing and booking have in common, so that nobody has to learn it twice: what to have at hand, who asks for
//! whom, news of the case, the link on its way, going on elsewhere, leaving.
//!
//! Words: a *procedure* is what a person came for; its *case* is the one that this browser has. Each procedure brings its own
//! endpoints and its own words; the parts know of it at most its name. What may follow what is decided by the server.

mod at_hand;
mod elsewhere;
mod form;
mod greeting;
mod leaving;
mod link;
mod live;
mod prepare;
mod reference;

pub use at_hand::{AtHand, at_hand};
pub use elsewhere::{
    Awaited, Elsewhere, ElsewhereProps, OtherRoutes, OtherRoutesProps, RecordsDisagree, route_links,
};
pub use form::{Before, Identified, IdentifyForm, IdentifyFormProps};
pub use greeting::Greeting;
pub use leaving::{Leaving, LeavingProps, LeavingWords};
pub use link::{LinkSent, LinkSentProps, link_title, sending};
pub use live::{Line, Listen, use_live, use_refresh};
pub use prepare::{PrepareRequest, PrepareRequestProps};
pub use reference::{reference_entry, reference_line};

use shared::captcha::Subject;
use shared::identifiers::EmployerIdentifier;

/// What a person came for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Procedure {
    /// Recovering the password.
    Recovery,
    /// Unblocking the account.
    Unlock,
    /// A request that is signed electronically.
    Signature,
    /// An appointment at a counter or by video, or the wait for one.
    Appointment,
}

impl Procedure {
    /// What the captcha of its identification is solved for.
    const fn subject(self, employer: EmployerIdentifier) -> Subject {
        match self {
            Self::Recovery => Subject::Recovery { employer },
            Self::Unlock => Subject::Unlock { employer },
            Self::Signature => Subject::Signature { employer },
            Self::Appointment => Subject::Appointment { employer },
        }
    }
}
