//! Carrying out a step: the appointment, its effects and their audit events, in the caller's transaction.

use super::Call;
use super::mails;
use super::offers;
use super::store::{self, Record};
use crate::app::App;
use crate::audit::service::append;
use crate::audit::{Entry, Subject};
use crate::challenges;
use crate::http::Failure;
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::appointments::{Effect, Event, Refused, Step, first_reminder};
use shared::audit::{self, Actor};
use shared::identifiers::{AppointmentId, CaseId};

/// Why a step was not carried out.
#[derive(Debug, thiserror::Error)]
pub(super) enum Undone {
    /// The machine refused it.
    #[error("the appointment does not allow it")]
    Refused(#[from] Refused),
    /// The database, or a defect.
    #[error("cannot be written")]
    Store(#[from] StoreError),
}

impl From<Undone> for Failure {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Store(error) => error.into(),
            Undone::Refused(refused) => told(refused).into(),
        }
    }
}

/// What somebody is told whose step the machine refused: to look where the appointment stands.
pub(super) const fn told(refused: Refused) -> ErrorCode {
    match refused {
        Refused::OtherStage { .. }
        | Refused::Overdue { .. }
        | Refused::NotDue
        | Refused::Begun
        | Refused::NotBegun
        | Refused::NoMovesLeft
        | Refused::SamePlace => ErrorCode::AppointmentAtOtherStage,
    }
}

/// Applies an event to a locked record and carries the step out.
pub(super) async fn apply(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    event: Event,
    call: Call,
) -> Result<(), Undone> {
    let step = record.appointment.apply(event, call.at)?;
    record.appointment = step.appointment.clone();
    if let Some(place) = record.appointment.stage().place() {
        record.centre = place.centre;
    }
    plan(app, record, &step, call);
    store::save(tx, record, call.at).await?;
    record.version += 1;
    Ok(write(app, tx, record, step, call).await?)
}

/// Writes down that a deadline has passed, if it has: whoever looks gets what time has done, and so does everybody else. Whether it
/// had.
pub(super) async fn pass_time(
    app: &App,
    tx: &mut Tx,
    appointment: AppointmentId,
    call: Call,
) -> Result<bool, StoreError> {
    let Some(mut record) = store::lock(tx, appointment).await? else {
        return Ok(false);
    };
    let own = Call::own(call.at);
    match apply(app, tx, &mut record, Event::TimePassed, own).await {
        Ok(()) => Ok(true),
        // Somebody moved it in the meantime.
        Err(Undone::Refused(_)) => Ok(false),
        Err(Undone::Store(error)) => Err(error),
    }
}

/// When the next reminder goes, as a column of the record that is about to be written.
pub(super) fn plan(app: &App, record: &mut Record, step: &Step, call: Call) {
    for effect in &step.effects {
        match effect {
            Effect::Remind { place } => {
                record.remind_at = first_reminder(&app.policy, place.starts_at, call.at);
            }
            Effect::RemindNoMore => record.remind_at = None,
            Effect::KeepUntil { .. }
            | Effect::KeepPlace { .. }
            | Effect::FreePlace { .. }
            | Effect::FreePerson
            | Effect::Tell { .. } => {}
        }
    }
}

/// Writes what follows from a step whose record is written, with the audit events.
pub(super) async fn write(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    step: Step,
    call: Call,
) -> Result<(), StoreError> {
    tell(app, tx, record, &step.event, step.actor, call).await?;
    for effect in step.effects {
        match effect {
            Effect::KeepUntil { place, deadline } => {
                store::keep(tx, &place, record.id, Some(deadline)).await?;
            }
            Effect::KeepPlace { place } => store::keep(tx, &place, record.id, None).await?,
            Effect::FreePlace { place } => {
                if store::free(tx, &place, record.id).await? {
                    // Boxed: offering a place is a step of another appointment.
                    Box::pin(offers::offer(app, tx, &place, call)).await?;
                }
            }
            Effect::FreePerson => store::free_number(tx, record.id).await?,
            Effect::Tell { news } => mails::queue(app, tx, record, news.into(), call).await?,
            Effect::Remind { .. } | Effect::RemindNoMore => {}
        }
    }
    Ok(())
}

/// Appends an audit event about an appointment.
pub(super) async fn tell(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    event: &audit::Event,
    actor: Actor,
    call: Call,
) -> Result<(), StoreError> {
    let identifier = record
        .asked
        .as_ref()
        .map(|identity| challenges::Subject::of(&app.keys, identity.employer, identity.branch).0);
    let entry = Entry {
        event,
        at: call.at,
        actor,
        subject: Subject {
            case: Some(CaseId::from_uuid(record.id.as_uuid())),
            identifier,
            ..Subject::default()
        },
        source: call.source,
        device: call.device,
        staff: call.staff,
    };
    append(app, tx, &entry).await
}
