//! The endpoint of the installation's settings.

use crate::endpoint;
use crate::i18n::Language;
use crate::passwords::Rules;
use crate::policy::Window;
use crate::settings::institution::LogoId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

endpoint!(
    /// What every page needs to know of this installation. Nothing in it depends on who asks.
    ShowSettings, Get "/settings", "Show what the browser must know of this installation.", () => Settings
);

/// What the browser must know of this installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settings {
    /// Who runs it.
    pub institution: Institution,
    /// The institution's logo, if it has one.
    #[serde(default)]
    pub logo: Option<LogoId>,
    /// Whether mails end in the built-in mailbox, at `/mailbox`.
    pub demo_mailbox: bool,
    /// Where mails come from, to be let through by filters.
    pub sender: String,
    /// The rules of a new password.
    pub password: Rules,
    /// The link's time in seconds.
    pub link_seconds: u32,
    /// What the link's time covers.
    pub link_window: Window,
    /// How many questions are asked; 0 where the policy asks none.
    pub questions: u8,
    /// Failed attempts that suspend.
    pub attempts: u8,
    /// How long the online recovery pauses then.
    pub suspension_hours: u32,
    /// The most that a signed request may weigh, in bytes.
    pub document_bytes: u32,
    /// The languages of the pages and mails.
    pub languages: Vec<Language>,
    /// The server's time when it answered.
    pub now: Timestamp,
}

/// Who runs this installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// Its name.
    pub name: String,
    /// Where people turn: a telephone number, an address, a page.
    pub contact: String,
    /// Whether it is the institution itself; otherwise every page says that it is not.
    pub official: bool,
}
