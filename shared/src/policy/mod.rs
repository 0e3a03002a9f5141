//! The policy: every number and switch an institution may set, in one typed document with two profiles.
//!
//! A TOML file names a profile and overrides single values; it is validated as a whole at the start. Durations are
//! whole seconds (`_seconds`), hours (`_hours`) or milliseconds (`_millis`), as their names say.
//!
//! Invariants: the profile `2026` has exactly the institution's numbers, `standards` differs only where OWASP ASVS 5 and
//! NIST SP 800-63B-4 do; a policy that was read has every number within its range.

mod appointments;
mod dossiers;
mod file;
mod ranges;
mod staff;
mod step_up;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use appointments::Appointments;
pub use dossiers::Dossiers;
pub use file::{Defect, InvalidPolicy, Reason, Zero};
pub use staff::Staff;
pub use step_up::{ContactChanged, ManyWorkers, OftenSuspended, RecoveryRepeated, SourceFailing, StepUp};

use crate::passwords::Rules;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// The whole policy in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Which profile it started from.
    pub profile: Profile,
    /// Identification and the case.
    pub recovery: Recovery,
    /// The questions.
    pub challenges: Challenges,
    /// The link.
    pub link: Link,
    /// The password's rules.
    pub password: Rules,
    /// How passwords are hashed.
    pub hashing: Hashing,
    /// The captcha's work.
    pub captcha: Captcha,
    /// Limits on requests.
    pub limits: Limits,
    /// Signing in.
    pub sessions: Sessions,
    /// When a recovery asks for more than the link.
    pub step_up: StepUp,
    /// Passkeys.
    pub passkeys: Passkeys,
    /// Changing contacts.
    pub contacts: Contacts,
    /// Delegates.
    pub delegates: Delegates,
    /// What is due.
    pub obligations: Obligations,
    /// Appointments.
    pub appointments: Appointments,
    /// Centres.
    pub centres: Centres,
    /// Unblocking.
    pub unlock: Unlock,
    /// How long what is kept is kept.
    pub retention: Retention,
    /// Requests that are signed.
    pub signatures: Signatures,
    /// Signing in to the desk.
    pub staff: Staff,
    /// What is presented at a counter.
    pub dossiers: Dossiers,
}

/// Where the numbers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Profile {
    /// The institution's rules of 2026.
    #[serde(rename = "2026")]
    Y2026,
    /// OWASP ASVS 5 and NIST SP 800-63B-4 where they differ.
    #[serde(rename = "standards")]
    Standards,
}

/// Identification and the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// No answer before the identity proof comes faster than this.
    pub time_floor_millis: u32,
    /// How long an untouched case stays open before the proof.
    pub case_seconds: u32,
    /// How long a case waits for an officer, so that an appointment can be waited for; a request that a person is to decide
    /// about waits as long. The same for unblocking.
    pub officer_days: u32,
}

/// The questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Challenges {
    /// Whether questions prove the identity at all; off, only signature, passkey or counter do.
    pub enabled: bool,
    /// How many are drawn.
    pub questions: u8,
    /// Failed attempts within the window that suspend.
    pub attempts: u8,
    /// The window in which failures count.
    pub window_hours: u32,
    /// How long the online recovery is suspended.
    pub suspension_hours: u32,
    /// How long the same set is asked.
    pub set_hours: u32,
    /// Advice after a registry did not answer.
    pub registry_retry_seconds: u32,
}

/// What the link's time covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Window {
    /// Click and new password within the link's time.
    Complete,
    /// The link's time to open it, then `redeem_seconds` for the password.
    Redeem,
}

/// The link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What the time covers.
    pub window: Window,
    /// The link's time, from the mail server's acceptance.
    pub seconds: u32,
    /// The time for the password after opening, with `window = "redeem"`.
    pub redeem_seconds: u32,
    /// From the proof, when everything ends whatever the mail server does.
    pub cap_seconds: u32,
    /// How long the "no fui yo" link in a mail freezes the account.
    pub freeze_hours: u32,
}

/// Argon2id for passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hashing {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
    /// Hashes at the same time, each keeping its memory; 0 for one a processor core.
    pub slots: u8,
}

/// The captcha's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Captcha {
    /// Memory of one try in KiB.
    pub memory_kib: u32,
    /// Passes of one try.
    pub passes: u32,
    /// Parts of the work; each needs its own nonce.
    pub parts: u8,
    /// Leading zero bits of each part without recent failures.
    pub base_bits: u8,
    /// Leading zero bits at most.
    pub max_bits: u8,
    /// How long a challenge lives.
    pub seconds: u32,
    /// How long a failure of a source or an identifier makes its challenges harder.
    pub failure_seconds: u32,
}

/// Limits on requests, as (how many, in how many seconds).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Writes from one source address: those of a desk at which an officer is signed in are the desk's.
    pub per_source: Rate,
    /// Writes of one desk.
    pub per_desk: Rate,
    /// Identifications of one identifier from one network, and tries of one case. Beyond this from all networks together the
    /// identifier's captchas become harder.
    pub per_identifier: Rate,
    /// Mails to one address.
    pub per_destination: Rate,
    /// Mails of all kinds that leave in a window.
    pub mail_budget: Rate,
    /// How many of the mail budget only links that somebody waits for may use: to recover, to unblock.
    pub mail_reserve: u32,
    /// Text messages to one number.
    pub sms_per_destination: Rate,
    /// Text messages of all kinds that leave in a window; each is paid for.
    pub sms_budget: Rate,
    /// How many of that budget only links that somebody waits for may use.
    pub sms_reserve: u32,
    /// Sign-ins from one source address.
    pub sign_ins_per_source: Rate,
    /// Sign-ins to one account: of all browsers that it does not know together, and of each that it knows.
    pub sign_ins_per_account: Rate,
    /// Changes of contacts that are asked for by one account.
    pub contact_changes_per_account: Rate,
    /// Signed requests that come from one source address.
    pub uploads_per_source: Rate,
    /// Invitations of delegates that one account has sent.
    pub invitations_per_account: Rate,
}

/// Signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    /// A session that nobody uses ends after this.
    pub idle_seconds: u32,
    /// Every session ends after this.
    pub absolute_seconds: u32,
    /// Failed sign-ins within the window that block.
    pub failures: u8,
    /// The window in which failures count.
    pub failure_seconds: u32,
    /// How long a browser with a successful sign-in stays known to the account.
    pub device_days: u32,
    /// From when on a new password is advised, not forced; 0 for never.
    pub password_reminder_days: u32,
}

/// Passkeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passkeys {
    /// How many an account can have.
    pub most: u8,
    /// How long a link with which one is enrolled lives.
    pub enrolment_seconds: u32,
    /// How long a device may take to answer a challenge.
    pub ceremony_seconds: u32,
}

/// Changing contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// How long a new contact can be confirmed, from when it was asked for.
    pub confirm_minutes: u32,
    /// How long a change is held, so that the old contacts can cancel it.
    pub hold_hours: u32,
    /// How long a new contact can be confirmed after the hold, where a signed request asked for it.
    pub signed_confirm_hours: u32,
}

/// Delegates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegates {
    /// How many an account has at most.
    pub per_account: u8,
    /// How long an invitation can be used, from when its mail was made.
    pub invitation_hours: u32,
    /// How many days ahead an end date lies at most.
    pub most_days: u16,
}

/// Centres: which of their times can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Centres {
    /// How long a slot is.
    pub slot_minutes: u16,
    /// How long before it begins a slot can be booked at the latest.
    pub lead_minutes: u16,
    /// How many days ahead slots can be booked; 0 for today only.
    pub horizon_days: u16,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligations {
    /// The day of the month by which the contributions of the month before are due.
    pub due_day: u8,
}

/// Unblocking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// Refused passkeys of one case that close the way by passkey.
    pub attempts: u8,
}

/// Requests that are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatures {
    /// How long a request can come back signed, from when it was issued.
    pub request_minutes: u32,
    /// How long a case lasts in which a request may be issued anew, from when it was opened. A recovery or an unlocking
    /// waits for a signature as long.
    pub case_minutes: u32,
    /// How many files of one case are judged.
    pub uploads: u8,
    /// The most bytes of one file.
    pub most_bytes: u32,
}

/// How long documents, cases and what else is personal are kept.
#[expect(
    clippy::struct_field_names,
    reason = "the names are those of the policy's file, where each says its unit"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// What a signature that passed, or that a person is to judge, rests on: the file, the verdict and its evidence.
    pub signature_days: u32,
    /// Requests that never came back, and files that failed.
    pub request_days: u32,
    /// Dossiers and their files, from the last change on.
    pub dossier_days: u32,
    /// What was typed of somebody who came to a centre.
    pub visit_days: u32,
    /// What figures are made of: visits without what was typed.
    pub figures_days: u32,
    /// Cases of recovery, unblocking and signed requests that are over, and changes of contacts that came to nothing.
    pub case_days: u32,
    /// Changes of contacts that came into force.
    pub contact_change_days: u32,
    /// People's requests about their data, from their end on.
    pub data_request_days: u32,
    /// Why officers did what they did, in their words. What they did stays in the audit log.
    pub words_days: u32,
}

/// How many in how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// How many.
    pub count: u32,
    /// Within how many seconds.
    pub seconds: u32,
}

impl Policy {
    /// The profile's values.
    #[expect(clippy::too_many_lines, reason = "a table of values, section by section")]
    pub fn of(profile: Profile) -> Self {
        let y2026 = Self {
            profile,
            recovery: Recovery {
                time_floor_millis: 300,
                case_seconds: 1800,
                officer_days: 14,
            },
            challenges: Challenges {
                enabled: true,
                questions: 3,
                attempts: 3,
                window_hours: 24,
                suspension_hours: 24,
                set_hours: 24,
                registry_retry_seconds: 3600,
            },
            link: Link {
                window: Window::Complete,
                seconds: 180,
                redeem_seconds: 600,
                cap_seconds: 900,
                freeze_hours: 168,
            },
            password: Rules {
                min_length: 8,
                max_length: 12,
                composition: true,
                personal_piece: 4,
                run: 4,
                min_score: 3,
                history: 5,
            },
            hashing: Hashing {
                memory_kib: 19_456,
                passes: 2,
                lanes: 1,
                slots: 0,
            },
            captcha: Captcha {
                memory_kib: 1024,
                passes: 1,
                parts: 2,
                base_bits: 6,
                max_bits: 11,
                seconds: 600,
                failure_seconds: 3600,
            },
            limits: Limits::Y2026,
            sessions: Sessions::Y2026,
            step_up: StepUp::Y2026,
            passkeys: Passkeys {
                most: 10,
                enrolment_seconds: 1800,
                ceremony_seconds: 300,
            },
            contacts: Contacts {
                confirm_minutes: 30,
                hold_hours: 24,
                signed_confirm_hours: 72,
            },
            delegates: Delegates {
                per_account: 20,
                invitation_hours: 72,
                most_days: 365,
            },
            obligations: Obligations { due_day: 15 },
            centres: Centres {
                slot_minutes: 20,
                lead_minutes: 30,
                horizon_days: 30,
            },
            unlock: Unlock { attempts: 5 },
            signatures: Signatures::Y2026,
            appointments: Appointments::Y2026,
            staff: Staff::Y2026,
            dossiers: Dossiers::Y2026,
            retention: Retention {
                signature_days: 3650,
                request_days: 30,
                dossier_days: 3650,
                visit_days: 30,
                figures_days: 1095,
                case_days: 30,
                contact_change_days: 400,
                data_request_days: 1825,
                words_days: 1095,
            },
        };
        match profile {
            Profile::Y2026 => y2026,
            Profile::Standards => Self {
                challenges: Challenges {
                    enabled: false,
                    ..y2026.challenges
                },
                link: Link {
                    window: Window::Redeem,
                    ..y2026.link
                },
                password: Rules {
                    min_length: 15,
                    max_length: 64,
                    composition: false,
                    ..y2026.password
                },
                sessions: Sessions {
                    password_reminder_days: 0,
                    ..y2026.sessions
                },
                ..y2026
            },
        }
    }
}

impl Recovery {
    /// How long a case, or a request that was referred, waits for an officer.
    pub fn officer_wait(self) -> Duration {
        Duration::from_hours(u64::from(self.officer_days) * 24)
    }
}

impl Retention {
    /// How long the evidence of a signature is kept.
    pub fn signature(self) -> Duration {
        Duration::from_hours(u64::from(self.signature_days) * 24)
    }

    /// How long a dossier is kept.
    pub fn dossier(self) -> Duration {
        Duration::from_hours(u64::from(self.dossier_days) * 24)
    }

    /// How long it is kept who came.
    pub fn visit(self) -> Duration {
        Duration::from_hours(u64::from(self.visit_days) * 24)
    }

    /// How long it is kept that somebody came.
    pub fn figures(self) -> Duration {
        Duration::from_hours(u64::from(self.figures_days) * 24)
    }

    /// How long a case that is over is kept.
    pub fn case(self) -> Duration {
        Duration::from_hours(u64::from(self.case_days) * 24)
    }

    /// How long a change of a contact that came into force is kept.
    pub fn contact_change(self) -> Duration {
        Duration::from_hours(u64::from(self.contact_change_days) * 24)
    }

    /// How long a data request that is over is kept.
    pub fn data_request(self) -> Duration {
        Duration::from_hours(u64::from(self.data_request_days) * 24)
    }

    /// How long the words of officers are kept.
    pub fn words(self) -> Duration {
        Duration::from_hours(u64::from(self.words_days) * 24)
    }

    /// How long a request that brought nothing is kept.
    pub fn request(self) -> Duration {
        Duration::from_hours(u64::from(self.request_days) * 24)
    }
}

impl Delegates {
    /// How long an invitation can be used.
    pub fn invitation_lifetime(self) -> Duration {
        Duration::from_secs(u64::from(self.invitation_hours) * 3600)
    }
}

impl Limits {
    /// The institution's numbers.
    const Y2026: Self = Self {
        per_source: Rate {
            count: 60,
            seconds: 60,
        },
        per_desk: Rate {
            count: 120,
            seconds: 60,
        },
        per_identifier: Rate {
            count: 20,
            seconds: 3600,
        },
        per_destination: Rate {
            count: 5,
            seconds: 3600,
        },
        mail_budget: Rate {
            count: 6000,
            seconds: 3600,
        },
        mail_reserve: 2000,
        sms_per_destination: Rate {
            count: 1,
            seconds: 60,
        },
        sms_budget: Rate {
            count: 1200,
            seconds: 3600,
        },
        sms_reserve: 600,
        sign_ins_per_source: Rate {
            count: 60,
            seconds: 900,
        },
        sign_ins_per_account: Rate {
            count: 30,
            seconds: 900,
        },
        contact_changes_per_account: Rate {
            count: 10,
            seconds: 86_400,
        },
        uploads_per_source: Rate {
            count: 60,
            seconds: 3600,
        },
        invitations_per_account: Rate {
            count: 40,
            seconds: 86_400,
        },
    };
}

impl Signatures {
    /// The institution's numbers.
    const Y2026: Self = Self {
        request_minutes: 60,
        case_minutes: 120,
        uploads: 5,
        most_bytes: 5_242_880,
    };
}

impl Sessions {
    /// The institution's numbers.
    const Y2026: Self = Self {
        idle_seconds: 900,
        absolute_seconds: 28_800,
        failures: 5,
        failure_seconds: 900,
        device_days: 400,
        password_reminder_days: 90,
    };

    /// After how long without use a session ends.
    pub fn idle(self) -> Duration {
        Duration::from_secs(self.idle_seconds.into())
    }

    /// After how long it ends in any case.
    pub fn absolute(self) -> Duration {
        Duration::from_secs(self.absolute_seconds.into())
    }

    /// How long a failed sign-in counts.
    pub fn failure_window(self) -> Duration {
        Duration::from_secs(self.failure_seconds.into())
    }

    /// From which age on a new password is advised; `None` for never.
    pub fn password_reminder(self) -> Option<Duration> {
        (self.password_reminder_days > 0)
            .then(|| Duration::from_hours(u64::from(self.password_reminder_days) * 24))
    }

    /// How long a browser stays known.
    pub fn device_lifetime(self) -> Duration {
        Duration::from_hours(u64::from(self.device_days) * 24)
    }
}

impl Passkeys {
    /// How long an enrolment link lives.
    pub fn enrolment_lifetime(self) -> Duration {
        Duration::from_secs(self.enrolment_seconds.into())
    }

    /// How long a challenge waits for its answer.
    pub fn ceremony_lifetime(self) -> Duration {
        Duration::from_secs(self.ceremony_seconds.into())
    }
}

impl Link {
    /// The link's time.
    pub fn lifetime(self) -> Duration {
        Duration::from_secs(self.seconds.into())
    }

    /// How long a "no fui yo" link freezes the account.
    pub fn freeze_lifetime(self) -> Duration {
        Duration::from_hours(self.freeze_hours.into())
    }

    /// The hard cap from the proof.
    pub fn cap(self) -> Duration {
        Duration::from_secs(self.cap_seconds.into())
    }
}
