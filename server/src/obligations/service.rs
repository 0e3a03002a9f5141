//! What is due, as a page shows it.

use crate::app::App;
use crate::sessions::Session;
use shared::api::ErrorCode;
use shared::delegates::Permission;
use shared::obligations::api::{DueView, NextDue, ObligationsView, RecordState};
use shared::time::{CivilDate, Timestamp};

/// What the employer of a session owes and by when.
pub async fn obligations(app: &App, session: &Session, now: Timestamp) -> Result<ObligationsView, ErrorCode> {
    session.require(Permission::SeeObligations)?;
    let account = session.account();
    let answer = app
        .registries
        .obligations(&account.employer, &account.branch)
        .await;
    let (source, record) = match answer {
        Ok(Some(record)) => (RecordState::Known, Some(record)),
        Ok(None) => (RecordState::Unknown, None),
        Err(_) => (RecordState::Unavailable, None),
    };
    let record = record.as_ref();
    Ok(ObligationsView {
        now,
        due: next_due(app, now),
        source,
        standing: record.map(|record| record.standing),
        debt: record
            .filter(|_| session.may(Permission::SeeDebt))
            .and_then(|record| record.debt),
        unpaid_since: record.and_then(|record| record.unpaid_since),
        counted_on: record.and_then(|record| record.counted_on),
    })
}

/// By when the next contributions are due: the same for everybody.
pub fn due(app: &App, now: Timestamp) -> DueView {
    DueView {
        now,
        due: next_due(app, now),
    }
}

fn next_due(app: &App, now: Timestamp) -> NextDue {
    NextDue::of(CivilDate::in_ecuador(now), app.policy.obligations.due_day)
}
