//! What keys are for, and what a rotation does to each.

use shared::policy::Policy;
use std::time::Duration;

/// What a key is for. A digest made for one purpose never equals one made for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Tokens of links.
    Link,
    /// The cookie of a case.
    Case,
    /// Identifiers under which attempts, limits and question sets are counted.
    Subject,
    /// Expected answers.
    Answer,
    /// The captcha's signature.
    Captcha,
    /// The pepper of passwords.
    Pepper,
    /// The chain of audit events.
    Audit,
    /// Decoys that must look the same every time for an unknown identifier.
    Decoy,
    /// Tokens of links with which an owner freezes the account.
    Freeze,
    /// The cookie of a session.
    Session,
    /// The cookie of a browser that an account knows.
    Device,
    /// Tokens of invitations.
    Invitation,
    /// Tokens of links to the new and the old contacts of an account.
    Contact,
    /// Tokens of links with which a passkey is enrolled.
    Enrolment,
    /// The cookie of a case of unblocking.
    UnlockCase,
    /// Tokens of links that unblock.
    UnlockLink,
    /// The cookie of a case of a signed request.
    SignatureCase,
    /// The cookie of a browser that looks after an appointment.
    Appointment,
    /// Tokens of links to an appointment.
    AppointmentLink,
    /// The names of rooms for appointments by video.
    VideoRoom,
    /// Whose passkey it is: the representative's number.
    PasskeyHolder,
    /// Wraps the keys of documents; nothing is digested with it.
    Document,
    /// Digests of documents, and the name of the key that wraps theirs.
    DocumentDigest,
    /// The cookie of a session of the staff.
    StaffSession,
    /// Tokens of invitations to the staff.
    StaffInvitation,
    /// Seals the secrets of the staff's one-time codes; nothing is digested with it.
    StaffCode,
    /// Passwords and secrets of the demo's staff.
    Demo,
    /// The seal of backups, and the name of the key that they need.
    Backup,
}

/// What a rotation does to a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Tokens of links and cookies. New ones are made with the generation in force and say which one it was; each is accepted with the
    /// generation that it was made with, until it ends by itself: after this at most.
    Carried(Duration),
    /// Rows say which generation they were made with, and are brought to the one in force in time.
    Noted,
    /// The few generations that there are are tried, one after the other.
    Tried,
    /// It stays with the first generation: this is why.
    Stays(&'static str),
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 28] = [
        Self::Link,
        Self::Case,
        Self::Subject,
        Self::Answer,
        Self::Captcha,
        Self::Pepper,
        Self::Audit,
        Self::Decoy,
        Self::Freeze,
        Self::Session,
        Self::Device,
        Self::Invitation,
        Self::Contact,
        Self::Enrolment,
        Self::UnlockCase,
        Self::UnlockLink,
        Self::SignatureCase,
        Self::Appointment,
        Self::AppointmentLink,
        Self::VideoRoom,
        Self::PasskeyHolder,
        Self::Document,
        Self::DocumentDigest,
        Self::StaffSession,
        Self::StaffInvitation,
        Self::StaffCode,
        Self::Demo,
        Self::Backup,
    ];

    /// What is derived differs by this.
    pub(super) const fn label(self) -> &'static [u8] {
        match self {
            Self::Link => b"clavero link",
            Self::Case => b"clavero case",
            Self::Subject => b"clavero subject",
            Self::Answer => b"clavero answer",
            Self::Captcha => b"clavero captcha",
            Self::Pepper => b"clavero pepper",
            Self::Audit => b"clavero audit",
            Self::Decoy => b"clavero decoy",
            Self::Freeze => b"clavero freeze",
            Self::Session => b"clavero session",
            Self::Device => b"clavero device",
            Self::Invitation => b"clavero invitation",
            Self::Contact => b"clavero contact",
            Self::Enrolment => b"clavero enrolment",
            Self::UnlockCase => b"clavero unlock case",
            Self::UnlockLink => b"clavero unlock link",
            Self::SignatureCase => b"clavero signature case",
            Self::Appointment => b"clavero appointment",
            Self::AppointmentLink => b"clavero appointment link",
            Self::VideoRoom => b"clavero video room",
            Self::PasskeyHolder => b"clavero passkey holder",
            Self::Document => b"clavero document",
            Self::DocumentDigest => b"clavero document digest",
            Self::StaffSession => b"clavero staff session",
            Self::StaffInvitation => b"clavero staff invitation",
            Self::StaffCode => b"clavero staff code",
            Self::Demo => b"clavero demo",
            Self::Backup => b"clavero backup",
        }
    }

    /// What a rotation does to it.
    pub fn fate(self, policy: &Policy) -> Fate {
        let (seconds, minutes) = (
            |count: u32| Duration::from_secs(count.into()),
            |count: u32| Duration::from_mins(count.into()),
        );
        let hours = |count: u32| Duration::from_hours(count.into());
        let days = |count: u32| Duration::from_hours(24 * u64::from(count));
        match self {
            Self::Link | Self::UnlockLink => {
                Fate::Carried(seconds(policy.link.cap_seconds) + seconds(policy.link.redeem_seconds))
            }
            // A case waits for an officer, or for its signature, longer than for anything else.
            Self::Case | Self::UnlockCase | Self::SignatureCase => Fate::Carried(
                days(policy.recovery.officer_days)
                    + minutes(policy.signatures.case_minutes)
                    + seconds(policy.recovery.case_seconds),
            ),
            Self::Freeze => Fate::Carried(hours(policy.link.freeze_hours)),
            Self::Session => Fate::Carried(seconds(policy.sessions.absolute_seconds)),
            Self::Device => Fate::Carried(days(policy.sessions.device_days)),
            Self::Invitation => Fate::Carried(hours(policy.delegates.invitation_hours)),
            Self::Contact => Fate::Carried(
                minutes(policy.contacts.confirm_minutes)
                    + hours(policy.contacts.hold_hours)
                    + hours(policy.contacts.signed_confirm_hours),
            ),
            Self::Enrolment => Fate::Carried(seconds(policy.passkeys.enrolment_seconds)),
            // Booked as far ahead as can be, after waiting as long as can be; moved as far ahead as often as may be; and looked at as
            // long as it is kept.
            Self::Appointment | Self::AppointmentLink => Fate::Carried(days(
                u32::from(policy.centres.horizon_days) * (1 + u32::from(policy.appointments.moves))
                    + u32::from(policy.appointments.waiting_days)
                    + u32::from(policy.appointments.kept_days),
            )),
            Self::StaffSession => Fate::Carried(policy.staff.absolute()),
            Self::StaffInvitation => Fate::Carried(hours(policy.staff.invitation_hours)),
            Self::Pepper | Self::Document => Fate::Noted,
            Self::Captcha | Self::StaffCode => Fate::Tried,
            Self::Subject => Fate::Stays(
                "what was counted for an identifier must be found again: another key would give everybody fresh attempts",
            ),
            Self::Answer => Fate::Stays(
                "answers that are expected are compared within hours, and belong to counted attempts",
            ),
            Self::Decoy => {
                Fate::Stays("what is shown of an unknown identifier must look the same before and after")
            }
            Self::Audit => Fate::Stays("the log is verified from its first event on"),
            Self::VideoRoom => Fate::Stays("the room of an appointment is the one that its mail names"),
            Self::PasskeyHolder => Fate::Stays("the holder of a passkey is looked up for years"),
            Self::DocumentDigest => Fate::Stays("the digest of a document is compared as long as it is kept"),
            Self::Demo => Fate::Stays("the demonstration's staff is made from it"),
            Self::Backup => {
                Fate::Stays("a backup is recognised by it, and names the generations that it needs")
            }
        }
    }

    /// How long anything that a browser or a mail carries may be waited for at most. A browser that an account knows is not waited for,
    /// since that may take more than a year: without its generation it is asked as an unknown one, and known again.
    pub fn longest(policy: &Policy) -> Duration {
        let waited_for = Self::ALL.into_iter().filter(|purpose| *purpose != Self::Device);
        let lives = waited_for.filter_map(|purpose| match purpose.fate(policy) {
            Fate::Carried(life) => Some(life),
            Fate::Noted | Fate::Tried | Fate::Stays(_) => None,
        });
        lives.max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::policy::Profile;
    use std::collections::BTreeSet;

    #[test]
    fn every_purpose_has_a_label_of_its_own() {
        let labels: BTreeSet<_> = Purpose::ALL.into_iter().map(Purpose::label).collect();
        assert_eq!(labels.len(), Purpose::ALL.len());
    }

    #[test]
    fn an_appointment_is_carried_as_far_ahead_as_it_may_be_moved() {
        let mut policy = Policy::of(Profile::Y2026);
        let mut life = |moves| {
            policy.appointments.moves = moves;
            match Purpose::Appointment.fate(&policy) {
                Fate::Carried(life) => life,
                Fate::Noted | Fate::Tried | Fate::Stays(_) => Duration::ZERO,
            }
        };
        let (never, thrice) = (life(0), life(3));
        let horizon = Duration::from_hours(24) * u32::from(policy.centres.horizon_days);
        assert_eq!(thrice, never + 3 * horizon);
    }

    #[test]
    fn the_inventory_names_every_purpose() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/CRYPTOGRAPHY.md");
        let inventory = std::fs::read_to_string(path).unwrap();
        for purpose in Purpose::ALL {
            let named = format!("`{purpose:?}`");
            let row = inventory
                .lines()
                .find(|line| line.starts_with('|') && line.contains(&named));
            assert!(
                row.is_some(),
                "{named} is not in the inventory of docs/CRYPTOGRAPHY.md"
            );
        }
    }

    #[test]
    fn the_documentation_says_what_becomes_of_each_purpose() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/OPERATIONS.md");
        let documentation = std::fs::read_to_string(path).unwrap();
        for purpose in Purpose::ALL {
            let fate = match purpose.fate(&Policy::of(Profile::Y2026)) {
                Fate::Carried(_) => "says its generation",
                Fate::Noted => "its row says its generation",
                Fate::Tried => "generations are tried",
                Fate::Stays(_) => "stays with the first",
            };
            let named = format!("`{purpose:?}`");
            let row = documentation
                .lines()
                .find(|line| line.starts_with('|') && line.contains(&named));
            let row = row.unwrap_or_else(|| panic!("{named} is not in the table of docs/OPERATIONS.md"));
            assert!(row.contains(fate), "{named}: {fate}, but: {row}");
        }
    }
}
