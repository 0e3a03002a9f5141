//! The mails of appointments.

use super::{Action, Fact, Letter, Unwritable, address, duration, moment, pages};
use crate::app::App;
use crate::appointments::Notice;
use crate::appointments::words;
use crate::notifications::{Content, Fresh, Life};
use shared::appointments::CancelledBy;
use shared::centres::{Mode, Zone};
use shared::i18n::Text;

/// The letter of a message about an appointment.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "every other kind of message has its words elsewhere"
)]
pub(super) fn letter(app: &App, text: Text, content: &Content, fresh: &Fresh) -> Result<Letter, Unwritable> {
    let made = fresh.link.as_ref().ok_or(Unwritable::NoLink)?;
    // Unlike others it can be used as often as somebody likes.
    let note = match made.life {
        Life::FromAcceptance(seconds) => text.notifications_link_validity(duration(text, seconds)),
        Life::Until(deadline) => text.notifications_appointment_link_until(moment(text, deadline.instant())),
    };
    let open = |label| Action {
        label,
        url: address(&app.config.public_url, pages::APPOINTMENT, &made.token),
        note: note.clone(),
    };
    let look_after = text.notifications_appointment_action();
    let usual = |notice: &Notice| Letter {
        action: Some(open(look_after)),
        facts: facts(text, notice),
        not_you: text.notifications_appointment_not_you(),
        ..Letter::default()
    };
    Ok(match content {
        Content::AppointmentBooked { notice } => Letter {
            subject: text.notifications_appointment_booked_subject(&notice.code),
            title: text.appointments_booked_title(),
            paragraphs: told(
                app,
                text,
                notice,
                text.notifications_appointment_booked(&notice.employer),
            ),
            ..usual(notice)
        },
        Content::AppointmentMoved { notice } => Letter {
            subject: text.notifications_appointment_moved_subject(&notice.code),
            title: text.notifications_appointment_moved_title(),
            paragraphs: told(
                app,
                text,
                notice,
                text.notifications_appointment_moved(&notice.employer),
            ),
            ..usual(notice)
        },
        Content::AppointmentReminder { notice } => Letter {
            subject: text.notifications_appointment_reminder_subject(&notice.code),
            title: text.notifications_appointment_reminder_title(),
            paragraphs: told(
                app,
                text,
                notice,
                text.notifications_appointment_reminder(&notice.employer),
            ),
            ..usual(notice)
        },
        Content::AppointmentCancelled { notice, by } => Letter {
            subject: text.notifications_appointment_cancelled_subject(&notice.code),
            title: text.appointments_cancelled_title(),
            paragraphs: vec![match by {
                CancelledBy::Person => text.notifications_appointment_cancelled(&notice.employer),
                CancelledBy::Centre => {
                    text.notifications_appointment_cancelled_by_centre(&notice.centre, &notice.employer)
                }
                CancelledBy::Officer => text.notifications_appointment_cancelled_by_officer(&notice.employer),
            }],
            action: Some(open(text.notifications_appointment_again())),
            facts: place(text, notice),
            not_you: text.notifications_appointment_not_you(),
            not_you_action: None,
        },
        Content::PlaceOffered { notice, until } => Letter {
            subject: text.notifications_appointment_offered_subject(&notice.code),
            title: text.appointments_offered_title(),
            paragraphs: vec![text.notifications_appointment_offered(&notice.employer, moment(text, *until))],
            action: Some(open(text.notifications_appointment_offered_action())),
            facts: place(text, notice),
            not_you: text.notifications_appointment_not_you(),
            not_you_action: None,
        },
        _ => return Err(Unwritable::NoLink),
    })
}

/// What a mail about an appointment that takes place says.
fn told(app: &App, text: Text, notice: &Notice, intro: String) -> Vec<String> {
    let minutes = i64::from(app.policy.appointments.video_before_minutes);
    vec![
        intro,
        match notice.mode {
            Mode::InPerson => text.appointments_booked_early().to_owned(),
            Mode::Video => text.notifications_appointment_video(minutes),
        },
    ]
}

/// The place, and what to bring.
fn facts(text: Text, notice: &Notice) -> Vec<Fact> {
    let mut facts = place(text, notice);
    facts.extend(notice.bring.iter().map(|line| {
        let (label, value) = line.told(text);
        Fact {
            label,
            value: value.to_owned(),
        }
    }));
    facts
}

/// Code, time, place and procedure.
fn place(text: Text, notice: &Notice) -> Vec<Fact> {
    let fact = |label, value: String| Fact { label, value };
    let zone = match notice.zone {
        Zone::Mainland => text.appointments_zone_mainland(),
        Zone::Galapagos => text.appointments_zone_galapagos(),
    };
    let there = match notice.mode {
        Mode::InPerson => format!("{}. {}", notice.centre, notice.address),
        Mode::Video => text.appointments_where_video(&notice.centre),
    };
    vec![
        fact(text.appointments_code_label(), notice.code.to_string()),
        fact(
            text.appointments_when_label(),
            format!("{}. {zone}", words::when(text, notice.zone, &notice.place)),
        ),
        fact(text.appointments_where_label(), there),
        fact(
            text.appointments_procedure_term(),
            words::procedure(text, notice.procedure).to_owned(),
        ),
    ]
}
