//! Somebody of the staff, as their row says.

use shared::i18n::Language;
use shared::identifiers::{CentreId, Email, StaffId};
use shared::secrets::Secret;
use shared::staff::api::StaffState;
use shared::staff::{Role, StaffName};
use shared::time::Timestamp;

/// Somebody of the staff.
#[derive(Clone, Debug)]
pub struct Member {
    /// Their row.
    pub id: StaffId,
    /// Their name.
    pub name: StaffName,
    /// Where invitations go, and with what they sign in.
    pub email: Email,
    /// The language of messages to them.
    pub language: Language,
    /// What they are.
    pub role: Role,
    /// Where they work; nothing for all centres.
    pub centre: Option<CentreId>,
    /// When their password was set; nothing where they have none.
    pub password_set_at: Option<Timestamp>,
    /// The sealed secret of their one-time codes.
    pub totp: Option<Vec<u8>>,
    /// The last half minute whose code was used.
    pub totp_step: Option<i64>,
    /// Wrong second factors in a row.
    pub second_factor_failures: i64,
    /// When too many of them failed.
    pub blocked_at: Option<Timestamp>,
    /// When they were invited, as long as that stands.
    pub invited_at: Option<Timestamp>,
    /// The last sign-in.
    pub signed_in_at: Option<Timestamp>,
    /// When their access was ended.
    pub ended_at: Option<Timestamp>,
}

impl Member {
    /// How they stand.
    pub const fn state(&self) -> StaffState {
        if self.ended_at.is_some() {
            StaffState::Ended
        } else if self.blocked_at.is_some() {
            StaffState::Blocked
        } else if self.password_set_at.is_some() {
            StaffState::Active
        } else {
            StaffState::Invited
        }
    }

    /// Whether they may sign in, and stay signed in.
    pub fn has_access(&self) -> bool {
        match self.state() {
            StaffState::Active => true,
            StaffState::Invited | StaffState::Blocked | StaffState::Ended => false,
        }
    }

    /// What their password must have no piece of.
    pub fn personal_pieces(&self) -> Vec<Secret<String>> {
        [self.name.to_string(), self.email.to_string()]
            .map(Secret::new)
            .into()
    }
}
