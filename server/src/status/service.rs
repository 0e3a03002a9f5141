//! Looking at the parts.

use super::{FRESH, PATIENCE};
use crate::app::App;
use crate::centres::service as centres;
use crate::notifications::{Channel, service as notifications};
use crate::pulse::{Pulse, Strength, Trouble};
use crate::registries::SourceName;
use crate::store::StoreError;
use shared::status::api::{PartView, StatusView};
use shared::status::{Condition, Part};
use shared::time::Timestamp;
use std::time::Duration;

/// A message that is due longer than this waits for a worker that does not come.
const OVERDUE: Duration = Duration::from_mins(2);

/// What works: as it was found [`FRESH`] ago at most.
pub async fn look(app: &App) -> StatusView {
    let mut found = app.status.0.lock().await;
    let now = app.clock.now();
    if let Some(view) = &*found
        && view.at <= now
        && now.since(view.at) < FRESH
    {
        return view.clone();
    }
    let view = StatusView {
        at: now,
        parts: parts(app, now).await,
    };
    *found = Some(view.clone());
    view
}

/// What rows tell.
#[derive(Debug)]
struct Rows {
    email_due: Option<Timestamp>,
    sms_due: Option<Timestamp>,
    has_centres: bool,
}

async fn parts(app: &App, now: Timestamp) -> Vec<PartView> {
    let rows = tokio::time::timeout(PATIENCE, rows(app)).await;
    let rows = rows.ok().and_then(Result::ok);
    if rows.is_some() {
        app.reached.works();
    } else {
        app.reached.fails(now);
    }
    let offered = offered(app, rows.as_ref());
    let Some(rows) = rows else {
        // Everything needs the database.
        let since = app.reached.trouble(now).map(|trouble| trouble.since);
        let down = |part| PartView {
            part,
            condition: Condition::Down,
            since,
        };
        return offered.into_iter().map(down).collect();
    };
    let mut views: Vec<PartView> = offered
        .into_iter()
        .filter(|part| *part != Part::Recovery)
        .map(|part| look_at(app, part, &rows, now))
        .collect();
    let recovery = recovery(&views, app.policy.challenges.enabled);
    views.insert(0, recovery);
    views
}

async fn rows(app: &App) -> Result<Rows, StoreError> {
    let email_due = notifications::next_due(app, Channel::Email).await?;
    let sms_due = notifications::next_due(app, Channel::Sms).await?;
    let mut tx = app.store.read().await?;
    let has_centres = !centres::list(&mut tx).await?.is_empty();
    tx.commit().await?;
    Ok(Rows {
        email_due,
        sms_due,
        has_centres,
    })
}

/// The parts that there are here, in the order in which they are told.
fn offered(app: &App, rows: Option<&Rows>) -> Vec<Part> {
    let is_offered = |part: &Part| match part {
        Part::Sms => app.notifications.has(Channel::Sms),
        Part::Appointments => rows.is_none_or(|rows| rows.has_centres),
        Part::Signatures => app.notary.has_anchors(),
        Part::Recovery
        | Part::Email
        | Part::CivilRegistry
        | Part::Sri
        | Part::Superintendencia
        | Part::Iess => true,
    };
    let all = [
        Part::Recovery,
        Part::Email,
        Part::Sms,
        Part::CivilRegistry,
        Part::Sri,
        Part::Superintendencia,
        Part::Iess,
        Part::Signatures,
        Part::Appointments,
    ];
    all.into_iter().filter(is_offered).collect()
}

fn look_at(app: &App, part: Part, rows: &Rows, now: Timestamp) -> PartView {
    let source = |name| match app.registries.open_since(name) {
        Some(since) => (Condition::Down, Some(since)),
        None => (Condition::Works, None),
    };
    let (condition, since) = match part {
        Part::Email => channel(app, Channel::Email, rows.email_due, now),
        Part::Sms => channel(app, Channel::Sms, rows.sms_due, now),
        Part::CivilRegistry => source(SourceName::CivilRegistry),
        Part::Sri => source(SourceName::Sri),
        Part::Superintendencia => source(SourceName::Superintendencia),
        Part::Iess => source(SourceName::Iess),
        Part::Signatures => pulse(&app.examinations, now),
        Part::Recovery | Part::Appointments => (Condition::Works, None),
    };
    PartView {
        part,
        condition,
        since,
    }
}

fn pulse(pulse: &Pulse, now: Timestamp) -> (Condition, Option<Timestamp>) {
    match pulse.trouble(now) {
        None => (Condition::Works, None),
        Some(Trouble { since, strength }) => {
            let condition = match strength {
                Strength::Passing => Condition::Disturbed,
                Strength::Lasting => Condition::Down,
            };
            (condition, Some(since))
        }
    }
}

/// How sends went lately; and where none went, whether what is due is taken up at all.
fn channel(
    app: &App,
    channel: Channel,
    due: Option<Timestamp>,
    now: Timestamp,
) -> (Condition, Option<Timestamp>) {
    let found = pulse(app.notifications.pulse(channel), now);
    match due {
        Some(due) if found.0 == Condition::Works && now.since(due) > OVERDUE => {
            (Condition::Disturbed, Some(due))
        }
        Some(_) | None => found,
    }
}

/// Online a recovery needs the mail, and what questions are made of: two of the registries know everybody, the others some.
fn recovery(parts: &[PartView], asks: bool) -> PartView {
    let mut worst = PartView {
        part: Part::Recovery,
        condition: Condition::Works,
        since: None,
    };
    for part in parts {
        let condition = match part.part {
            Part::Email => part.condition,
            Part::CivilRegistry | Part::Iess if asks => part.condition,
            Part::Sri | Part::Superintendencia if asks => part.condition.min(Condition::Disturbed),
            Part::Recovery
            | Part::CivilRegistry
            | Part::Iess
            | Part::Sri
            | Part::Superintendencia
            | Part::Sms
            | Part::Signatures
            | Part::Appointments => Condition::Works,
        };
        if condition > worst.condition {
            worst = PartView {
                part: Part::Recovery,
                condition,
                since: part.since,
            };
        }
    }
    worst
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(part: Part, condition: Condition) -> (Condition, Condition) {
        let view = PartView {
            part,
            condition,
            since: None,
        };
        (
            recovery(&[view], true).condition,
            recovery(&[view], false).condition,
        )
    }

    #[test]
    fn a_recovery_is_as_what_it_hangs_on() {
        use Condition::{Disturbed, Down, Works};
        assert_eq!(told(Part::Email, Down), (Down, Down));
        assert_eq!(told(Part::Email, Disturbed), (Disturbed, Disturbed));
        assert_eq!(told(Part::CivilRegistry, Down), (Down, Works));
        assert_eq!(told(Part::Iess, Down), (Down, Works));
        assert_eq!(told(Part::Sri, Down), (Disturbed, Works));
        assert_eq!(told(Part::Superintendencia, Down), (Disturbed, Works));
        for part in [Part::Sms, Part::Signatures, Part::Appointments] {
            assert_eq!(told(part, Down), (Works, Works));
        }
    }
}
