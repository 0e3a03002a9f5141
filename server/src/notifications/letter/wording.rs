//! Which words each kind of message has.

use super::{Action, Fact, Letter, Unwritable, freeze, link, moment, pages};
use crate::app::App;
use crate::notifications::{Channel, Content, Fresh, FrozenBy, TeamChange};
use shared::contacts::Asked;
use shared::data_requests::DataRequestKind;
use shared::i18n::Text;
use shared::signatures::Rejection;
use shared::staff::{Role, StaffName};
use shared::time::Timestamp;
use std::net::IpAddr;

/// The table of what happened, one line after the other.
#[derive(Debug)]
struct Facts(Text, Vec<Fact>);

impl Facts {
    fn of(text: Text, employer: &str) -> Self {
        Self(text, Vec::new()).with(text.notifications_employer(), employer)
    }

    fn with(mut self, label: &'static str, value: impl ToString) -> Self {
        let value = value.to_string();
        self.1.push(Fact { label, value });
        self
    }

    fn at(self, at: Timestamp) -> Self {
        let (label, value) = (self.0.notifications_when(), moment(self.0, at));
        self.with(label, value)
    }

    fn from(self, source: Option<IpAddr>) -> Self {
        let label = self.0.notifications_source();
        match source {
            Some(source) => self.with(label, source),
            None => self,
        }
    }
}

/// Who of the staff was changed, and by whom.
fn team_facts(
    text: Text,
    member: &StaffName,
    role: Role,
    by: Option<&StaffName>,
    at: Timestamp,
) -> Vec<Fact> {
    let fact = |label, value: String| Fact { label, value };
    let role = match role {
        Role::Agent => text.staff_role_agent(),
        Role::Supervisor => text.staff_role_supervisor(),
        Role::Auditor => text.staff_role_auditor(),
        Role::Administrator => text.staff_role_administrator(),
    };
    let by = by.map_or_else(
        || text.notifications_team_keeper().to_owned(),
        ToString::to_string,
    );
    vec![
        fact(text.notifications_team_member(), member.to_string()),
        fact(text.notifications_team_role(), role.to_owned()),
        fact(text.notifications_team_by(), by),
        fact(text.notifications_when(), moment(text, at)),
    ]
}

/// The letter of one message.
#[expect(clippy::too_many_lines, reason = "one arm a message, and nothing else")]
pub(super) fn letter(app: &App, text: Text, content: &Content, fresh: &Fresh) -> Result<Letter, Unwritable> {
    let made = || fresh.link.as_ref().ok_or(Unwritable::NoLink);
    let reference = |reference: &dyn ToString| {
        vec![Fact {
            label: text.notifications_reference(),
            value: reference.to_string(),
        }]
    };
    let facts = |employer: &str| Facts::of(text, employer);
    let page = |label, page, note: &str| Action {
        label,
        url: app.config.public_url.join(page),
        note: note.to_owned(),
    };
    // What every mail to the owner says last: whatever it is about can be stopped at once, by freezing the account.
    let news = |letter: Letter| -> Result<Letter, Unwritable> {
        Ok(Letter {
            not_you: text.notifications_freeze_steps(),
            not_you_action: Some(freeze(app, text, fresh)?),
            ..letter
        })
    };
    Ok(match content {
        Content::RecoveryLink {
            reference: case,
            employer,
            at,
        } => Letter {
            not_you: text.notifications_link_not_you(),
            ..news(Letter {
                subject: text.notifications_link_subject(case),
                title: text.notifications_link_title(),
                paragraphs: vec![text.notifications_link_intro(employer)],
                action: Some(link(
                    app,
                    text,
                    text.notifications_link_action(),
                    pages::RESET,
                    made()?,
                )),
                facts: [reference(case), facts(employer).at(*at).1].concat(),
                ..Letter::default()
            })?
        },
        Content::PasswordChanged {
            reference: case,
            employer,
            at,
            source,
        } => news(Letter {
            subject: text.notifications_changed_subject(case),
            title: text.notifications_changed_title(),
            paragraphs: vec![text.notifications_changed_intro(employer)],
            facts: [reference(case), facts(employer).at(*at).from(*source).1].concat(),
            ..Letter::default()
        })?,
        Content::RecoverySuspended {
            reference: case,
            employer,
            at,
            until,
            source,
        } => Letter {
            not_you: text.notifications_suspended_not_you(),
            ..news(Letter {
                subject: text.notifications_suspended_subject(case),
                title: text.notifications_suspended_title(),
                paragraphs: vec![
                    text.notifications_suspended_intro(employer, moment(text, *until)),
                    text.notifications_suspended_open().to_owned(),
                ],
                facts: [reference(case), facts(employer).at(*at).from(*source).1].concat(),
                ..Letter::default()
            })?
        },
        Content::AccountFrozen { employer, at, by } => Letter {
            subject: text.notifications_frozen_subject().to_owned(),
            title: text.notifications_frozen_title(),
            paragraphs: vec![
                match by {
                    FrozenBy::Owner => text.notifications_frozen_intro(employer),
                    FrozenBy::Officer => text.notifications_frozen_officer_intro(employer),
                },
                text.notifications_frozen_next().to_owned(),
            ],
            action: None,
            facts: facts(employer).at(*at).1,
            not_you: match by {
                FrozenBy::Owner => text.notifications_frozen_not_you(),
                FrozenBy::Officer => text.notifications_frozen_officer_not_you(),
            },
            not_you_action: None,
        },
        Content::AccountThawed { employer, at } => news(Letter {
            subject: text.notifications_thawed_subject().to_owned(),
            title: text.notifications_thawed_title(),
            paragraphs: vec![
                text.notifications_thawed_intro(employer),
                text.notifications_thawed_next().to_owned(),
            ],
            facts: facts(employer).at(*at).1,
            ..Letter::default()
        })?,
        Content::DataRequestDone {
            employer,
            at,
            request,
        } => news(Letter {
            subject: text.notifications_data_subject().to_owned(),
            title: text.notifications_data_title(),
            paragraphs: vec![match request {
                DataRequestKind::Access => text.notifications_data_given(employer),
                DataRequestKind::Deletion => text.notifications_data_deleted(employer),
            }],
            facts: facts(employer).at(*at).1,
            ..Letter::default()
        })?,
        Content::AccountBlocked { employer, at, source } => Letter {
            not_you: text.notifications_blocked_not_you(),
            ..news(Letter {
                subject: text.notifications_blocked_subject().to_owned(),
                title: text.notifications_blocked_title(),
                paragraphs: vec![
                    text.notifications_blocked_intro(employer),
                    text.notifications_blocked_known().to_owned(),
                    text.notifications_blocked_next().to_owned(),
                ],
                action: Some(page(
                    text.notifications_blocked_action(),
                    pages::UNLOCK,
                    text.notifications_blocked_note(),
                )),
                facts: facts(employer).at(*at).from(*source).1,
                ..Letter::default()
            })?
        },
        Content::PasswordReplaced { employer, at, source } => news(Letter {
            subject: text.notifications_replaced_subject().to_owned(),
            title: text.notifications_replaced_title(),
            paragraphs: vec![text.notifications_replaced_intro(employer)],
            facts: facts(employer).at(*at).from(*source).1,
            ..Letter::default()
        })?,
        Content::PasswordReminder {
            employer,
            since,
            days,
        } => Letter {
            not_you: text.notifications_reminder_not_you(),
            ..news(Letter {
                subject: text.notifications_reminder_subject().to_owned(),
                title: text.notifications_reminder_title(),
                paragraphs: vec![
                    text.notifications_reminder_intro(i64::from(*days), employer, moment(text, *since)),
                    text.notifications_reminder_free().to_owned(),
                ],
                action: Some(page(
                    text.notifications_reminder_action(),
                    pages::PASSWORD,
                    text.notifications_reminder_note(),
                )),
                ..Letter::default()
            })?
        },
        Content::UnlockLink {
            unlock: _,
            reference: case,
            employer,
            at,
        } => Letter {
            not_you: text.notifications_unlock_not_you(),
            ..news(Letter {
                subject: text.notifications_unlock_subject(case),
                title: text.notifications_unlock_title(),
                paragraphs: vec![text.notifications_unlock_intro(employer)],
                action: Some(link(
                    app,
                    text,
                    text.notifications_unlock_action(),
                    pages::UNLOCK_LINK,
                    made()?,
                )),
                facts: [reference(case), facts(employer).at(*at).1].concat(),
                ..Letter::default()
            })?
        },
        Content::AccountUnlocked {
            reference: case,
            employer,
            at,
            source,
        } => news(Letter {
            subject: text.notifications_unlocked_subject(case),
            title: text.notifications_unlocked_title(),
            paragraphs: vec![text.notifications_unlocked_intro(employer)],
            facts: [reference(case), facts(employer).at(*at).from(*source).1].concat(),
            ..Letter::default()
        })?,
        Content::ContactConfirmation {
            change: _,
            employer,
            at,
        } => Letter {
            subject: text.notifications_contact_confirm_subject().to_owned(),
            title: text.notifications_contact_confirm_title(),
            paragraphs: vec![text.notifications_contact_confirm_intro(employer)],
            action: Some(link(
                app,
                text,
                text.notifications_contact_confirm_action(),
                pages::CONTACT,
                made()?,
            )),
            facts: facts(employer).at(*at).1,
            not_you: text.notifications_contact_confirm_not_you(),
            not_you_action: None,
        },
        Content::ContactChangeHeld {
            change: _,
            employer,
            contact,
            masked,
            asked,
            at,
            until,
            source,
        } => news(Letter {
            subject: text.notifications_contact_held_subject().to_owned(),
            title: text.notifications_contact_held_title(),
            paragraphs: vec![
                match (contact, masked, asked) {
                    (_, None, _) => text.notifications_contact_held_no_phone(employer, moment(text, *until)),
                    // A counter holds nothing.
                    (Channel::Email, Some(masked), Asked::Session | Asked::Counter) => {
                        text.notifications_contact_held_email(employer, masked, moment(text, *until))
                    }
                    (Channel::Sms, Some(masked), Asked::Session | Asked::Counter) => {
                        text.notifications_contact_held_phone(employer, masked, moment(text, *until))
                    }
                    (Channel::Email, Some(masked), Asked::Signature) => {
                        text.notifications_contact_held_signed_email(employer, masked, moment(text, *until))
                    }
                    (Channel::Sms, Some(masked), Asked::Signature) => {
                        text.notifications_contact_held_signed_phone(employer, masked, moment(text, *until))
                    }
                },
                text.notifications_contact_held_cancel().to_owned(),
            ],
            action: Some(link(
                app,
                text,
                text.notifications_contact_held_action(),
                pages::CONTACT_CANCEL,
                made()?,
            )),
            facts: facts(employer).at(*at).from(*source).1,
            ..Letter::default()
        })?,
        Content::ContactChanged {
            employer,
            contact,
            masked,
            asked,
            at,
        } => news(Letter {
            subject: text.notifications_contact_changed_subject().to_owned(),
            title: text.notifications_contact_changed_title(),
            paragraphs: [
                Some(match (contact, masked) {
                    (_, None) => text.notifications_contact_changed_no_phone(employer),
                    (Channel::Email, Some(masked)) => {
                        text.notifications_contact_changed_email(employer, masked)
                    }
                    (Channel::Sms, Some(masked)) => {
                        text.notifications_contact_changed_phone(employer, masked)
                    }
                }),
                match (asked, masked) {
                    (Asked::Counter, Some(_)) => {
                        Some(text.notifications_contact_changed_counter().to_owned())
                    }
                    (Asked::Counter, None) | (Asked::Session | Asked::Signature, _) => None,
                },
            ]
            .into_iter()
            .flatten()
            .collect(),
            facts: facts(employer).at(*at).1,
            ..Letter::default()
        })?,
        Content::ContactChangeCancelled {
            employer,
            contact,
            masked,
            at,
            source,
        } => news(Letter {
            subject: text.notifications_contact_cancelled_subject().to_owned(),
            title: text.notifications_contact_cancelled_title(),
            paragraphs: vec![match (contact, masked) {
                (_, None) => text.notifications_contact_cancelled_no_phone(employer),
                (Channel::Email, Some(masked)) => {
                    text.notifications_contact_cancelled_email(employer, masked)
                }
                (Channel::Sms, Some(masked)) => text.notifications_contact_cancelled_phone(employer, masked),
            }],
            facts: facts(employer).at(*at).from(*source).1,
            ..Letter::default()
        })?,
        Content::DelegateInvitation {
            delegate: _,
            employer,
            at,
        } => Letter {
            subject: text.notifications_invitation_subject().to_owned(),
            title: text.notifications_invitation_title(),
            paragraphs: vec![
                text.notifications_invitation_intro(employer),
                text.notifications_invitation_own().to_owned(),
            ],
            action: Some(link(
                app,
                text,
                text.notifications_invitation_action(),
                pages::INVITATION,
                made()?,
            )),
            facts: facts(employer).at(*at).1,
            not_you: text.notifications_invitation_not_you(),
            not_you_action: None,
        },
        Content::TeamChanged {
            change,
            member,
            role,
            by,
            at,
        } => Letter {
            subject: text.notifications_team_subject(&app.institution.institution().name),
            title: match change {
                TeamChange::Invited => text.notifications_team_invited(),
                TeamChange::Changed => text.notifications_team_changed(),
                TeamChange::Reset => text.notifications_team_reset(),
                TeamChange::Ended => text.notifications_team_ended(),
            },
            paragraphs: vec![text.notifications_team_why().to_owned()],
            action: None,
            facts: team_facts(text, member, *role, by.as_ref(), *at),
            not_you: text.notifications_team_not_you(),
            not_you_action: None,
        },
        Content::StaffInvitation { member: _, at } => Letter {
            subject: text.notifications_staff_invitation_subject(&app.institution.institution().name),
            title: text.notifications_staff_invitation_title(),
            paragraphs: vec![
                text.notifications_staff_invitation_intro(&app.institution.institution().name),
                text.notifications_staff_invitation_own().to_owned(),
            ],
            action: Some(link(
                app,
                text,
                text.notifications_staff_invitation_action(),
                pages::STAFF_INVITATION,
                made()?,
            )),
            facts: vec![Fact {
                label: text.notifications_when(),
                value: moment(text, *at),
            }],
            not_you: text.notifications_staff_invitation_not_you(),
            not_you_action: None,
        },
        Content::DelegateAdded {
            employer,
            delegate,
            at,
            source,
        } => news(Letter {
            subject: text.notifications_delegate_added_subject().to_owned(),
            title: text.notifications_delegate_added_title(),
            paragraphs: vec![text.notifications_delegate_added_intro(delegate, employer)],
            facts: facts(employer).at(*at).from(*source).1,
            ..Letter::default()
        })?,
        Content::DelegateBlocked {
            employer,
            delegate,
            at,
            source,
        } => news(Letter {
            subject: text.notifications_delegate_blocked_subject().to_owned(),
            title: text.notifications_delegate_blocked_title(),
            paragraphs: vec![
                text.notifications_delegate_blocked_intro(delegate, employer),
                text.notifications_delegate_blocked_next().to_owned(),
            ],
            facts: facts(employer).at(*at).from(*source).1,
            ..Letter::default()
        })?,
        Content::AccessBlocked { employer, at, source } => Letter {
            subject: text.notifications_access_blocked_subject().to_owned(),
            title: text.notifications_access_blocked_title(),
            paragraphs: vec![
                text.notifications_access_blocked_intro(employer),
                text.notifications_access_blocked_next().to_owned(),
            ],
            facts: facts(employer).at(*at).from(*source).1,
            not_you: text.notifications_access_blocked_not_you(),
            ..Letter::default()
        },
        Content::DelegateEnded {
            employer,
            delegate,
            at,
            source,
        } => news(Letter {
            subject: text.notifications_delegate_ended_subject().to_owned(),
            title: text.notifications_delegate_ended_title(),
            paragraphs: vec![text.notifications_delegate_ended_intro(delegate, employer)],
            facts: facts(employer).at(*at).from(*source).1,
            ..Letter::default()
        })?,
        Content::PasskeyAdded { employer, at, source } => news(Letter {
            subject: text.notifications_passkey_added_subject().to_owned(),
            title: text.notifications_passkey_added_title(),
            paragraphs: vec![text.notifications_passkey_added_intro(employer)],
            facts: facts(employer).at(*at).from(*source).1,
            ..Letter::default()
        })?,
        Content::PasskeyRemoved { employer, at, source } => news(Letter {
            subject: text.notifications_passkey_removed_subject().to_owned(),
            title: text.notifications_passkey_removed_title(),
            paragraphs: vec![text.notifications_passkey_removed_intro(employer)],
            facts: facts(employer).at(*at).from(*source).1,
            ..Letter::default()
        })?,
        Content::PasskeySuspected { employer, at, source } => news(Letter {
            subject: text.notifications_passkey_suspected_subject().to_owned(),
            title: text.notifications_passkey_suspected_title(),
            paragraphs: vec![text.notifications_passkey_suspected_intro(employer)],
            facts: facts(employer).at(*at).from(*source).1,
            ..Letter::default()
        })?,
        Content::SignatureReferred {
            reference: case,
            employer,
            number,
            at,
            source,
        } => news(Letter {
            subject: text.notifications_referred_subject(case),
            title: text.notifications_referred_title(),
            paragraphs: vec![text.notifications_referred_intro(employer, number)],
            facts: [reference(case), facts(employer).at(*at).from(*source).1].concat(),
            ..Letter::default()
        })?,
        Content::SignatureDecided {
            reference: case,
            employer,
            number,
            because,
            at,
        } => news(Letter {
            subject: text.notifications_decided_subject(case),
            title: text.notifications_decided_title(),
            paragraphs: match because {
                None => vec![text.notifications_decided_accepted(employer, number)],
                Some(because) => vec![
                    text.notifications_decided_declined(employer, number),
                    match because {
                        Rejection::SignerUnproved => text.notifications_decided_signer(),
                        Rejection::NotRepresentative => text.notifications_decided_representative(),
                        Rejection::CertificateInvalid => text.notifications_decided_certificate(),
                        Rejection::Withdrawn => text.notifications_decided_withdrawn(),
                    }
                    .to_owned(),
                ],
            },
            facts: [reference(case), facts(employer).at(*at).1].concat(),
            ..Letter::default()
        })?,
        Content::AppointmentBooked { .. }
        | Content::AppointmentMoved { .. }
        | Content::AppointmentCancelled { .. }
        | Content::AppointmentReminder { .. }
        | Content::PlaceOffered { .. } => super::appointments::letter(app, text, content, fresh)?,
        Content::DeliverabilityTest => Letter {
            subject: text.notifications_test_subject().to_owned(),
            title: text.notifications_test_title(),
            paragraphs: vec![
                text.notifications_test_intro().to_owned(),
                text.notifications_test_allow(app.config.sender()),
                text.notifications_test_nothing().to_owned(),
            ],
            action: None,
            facts: Vec::new(),
            not_you: text.notifications_test_not_you(),
            not_you_action: None,
        },
    })
}
