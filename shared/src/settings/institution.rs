//! The endpoints with which administrators keep the institution's words, and look at the policy. Each needs a member of the staff
//! with [`Right::KeepInstitution`](crate::staff::Right).
//!
//! What it does not do: whether the installation is the institution's own is its operator's to say, in the configuration.

use crate::endpoint;
use crate::lines::lines;
use crate::policy::Profile;
use crate::staff::ActReason;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

endpoint!(
    /// The institution's words as they are.
    ShowInstitution, Get "/staff/institution", "Show the institution's words.", () => InstitutionView
);
endpoint!(
    /// Gives the institution other words, or another logo: on every page and in every mail and document from then on.
    SaveInstitution, Post "/staff/institution/save", "Change the institution's words.",
    InstitutionToSave => InstitutionView
);
endpoint!(
    /// The policy in force, as a table. There is no way to change it here: it is a file of the operator's.
    ShowPolicy, Get "/staff/policy", "Show the policy in force.", () => PolicyView
);

/// Where a logo is sent, as the whole body: a PNG or JPEG of up to [`LARGEST_LOGO`] bytes; the answer is a [`LogoTaken`].
pub const LOGO_UPLOAD: &str = "/staff/institution/logo";

/// Where a logo is fetched by anybody: a PNG, the same for ever.
pub const LOGO: &str = "/institution/logo/{logo}";

/// The most bytes of a file that becomes a logo.
pub const LARGEST_LOGO: u32 = 512 * 1024;

/// The width and height in pixels within which a logo is kept; a larger one is made smaller.
pub const LOGO_BOX: (u32, u32) = (480, 96);

crate::id!(
    /// A logo: names its pixels for ever.
    LogoId,
);

lines!(
    /// The institution's name, up to 120 characters.
    InstitutionName = line up to 120;
    /// Where people turn: a telephone number, an address, a page; up to 200 characters.
    InstitutionContact = line up to 200;
);

/// The path of a logo below [`crate::api::BASE`].
pub fn logo_path(logo: LogoId) -> String {
    LOGO.replace("{logo}", &logo.to_string())
}

/// The institution's words, for those who keep them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstitutionView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// Its name.
    pub name: String,
    /// Where people turn.
    pub contact: String,
    /// Its logo, if it has one.
    pub logo: Option<LogoId>,
    /// Whether the installation is the institution's own.
    pub official: bool,
    /// When the words were changed last; nothing where they are still the configuration's.
    pub changed_at: Option<Timestamp>,
}

/// Other words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InstitutionToSave {
    /// Its name.
    pub name: InstitutionName,
    /// Where people turn.
    pub contact: InstitutionContact,
    /// Its logo: the one it has, or one that was sent before; nothing for none.
    pub logo: Option<LogoId>,
    /// When the words that the form showed had been changed, as [`InstitutionView::changed_at`] told. Where they were changed
    /// again since, nothing is changed, and the answer is `details_changed`.
    pub seen: Option<Timestamp>,
    /// Why.
    pub reason: ActReason,
}

/// A logo that was taken in, and is shown nowhere until it is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogoTaken {
    /// Names it, to look at it and to save it.
    pub logo: LogoId,
}

/// The policy in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The profile's name: `2026` or `standards`.
    pub profile: String,
    /// Every value, in the order of the document.
    pub values: Vec<PolicyValue>,
}

/// A value of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyValue {
    /// Where it stands in the policy's file: `link.seconds`.
    pub path: String,
    /// What it is, as the file would say it.
    pub value: String,
    /// What the profile says, where the operator's file says otherwise.
    pub profiles: Option<String>,
}

impl Profile {
    /// Its name, as a policy file writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Y2026 => "2026",
            Self::Standards => "standards",
        }
    }
}
