//! Messages to people and how far they have come. Wording is in `locales`, sending is the server's.

pub mod api;
pub mod gsm;

use serde::{Deserialize, Serialize};

/// By which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Channel {
    /// To the registered mail address.
    Email,
    /// A text message to the registered telephone.
    Sms,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];

    /// As it is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

/// How far a message has come, as its mail server tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Delivery {
    /// Waits to be sent.
    Queued,
    /// The mail server has taken it over.
    HandedOver,
    /// A temporary error: it will be tried again.
    Delayed,
    /// A permanent error: it will not be tried again.
    Rejected,
}
