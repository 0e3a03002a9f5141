//! Recovering the password: the case, its stages, what moves it and what follows. (The machine is being written.)

pub mod api;

use serde::{Deserialize, Serialize};

/// Four characters to recognise a case by: on the page, in the mail, on the telephone. Letters and digits that cannot
/// be confused (no 0 O 1 I L). Not a secret and not unique for ever.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseReference(String);

/// The way in which the identity is proved. All ways end in the same link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Route {
    /// Questions from official records, in the browser.
    Online,
    /// A request signed electronically.
    Signature,
    /// An officer at a counter.
    Counter,
}

/// Why the way online ends after the identity proof. Each has its exact words on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Refusal {
    /// "Usuario no tiene correo registrado".
    NoEmail,
    /// "Cuenta bloqueada".
    AccountBlocked,
    /// "RUC no activo".
    RucInactive,
    /// The owner froze the account ("no fui yo"): only the counter can go on.
    AccountFrozen,
}

/// Why a case ended without a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Ending {
    /// Nobody answered in time.
    Lapsed,
    /// The link was not used in time.
    LinkExpired,
    /// The mail server never took the message over in time.
    Undelivered,
    /// The mail server refused the message for good.
    Rejected,
    /// A newer case of the same account took over.
    Superseded,
    /// The person ended it.
    Abandoned,
}
