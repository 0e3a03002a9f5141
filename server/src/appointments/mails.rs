//! Mails to whoever has an appointment: queued with the change, given their link when they are sent.

use super::Call;
use super::carry;
use super::store::{self, Record};
use super::view;
use crate::app::App;
use crate::centres::Centre;
use crate::centres::service as centres;
use crate::keys::Purpose;
use crate::notifications::{Address, Content, NewMessage, Recipient, service as notifications};
use crate::store::{StoreError, Tx};
use crate::token;
use serde::{Deserialize, Serialize};
use shared::appointments::{AppointmentCode, CancelledBy, News, Place, Stage, ToBring};
use shared::audit::{self, Actor};
use shared::centres::{Mode, Procedure, Zone};
use shared::identifiers::{AppointmentId, LinkId};
use shared::secrets::Secret;
use shared::time::Deadline;
use std::time::Duration;

/// How long the link of a mail works after the end of its place: somebody may want to look what became of it.
const AFTERWARDS: Duration = Duration::from_hours(24);

/// How long a mail is tried that tells what has happened already.
const LATE_NEWS: Duration = Duration::from_hours(24);

/// What an appointment's mail tells: everything that is no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which appointment.
    pub appointment: AppointmentId,
    /// What to quote.
    pub code: AppointmentCode,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
    /// The employer, masked.
    pub employer: String,
    /// The centre's name.
    pub centre: String,
    /// Where it is: address, canton, province.
    pub address: String,
    /// A map.
    pub map: Option<String>,
    /// Its clocks.
    pub zone: Zone,
    /// The place.
    pub place: Place,
    /// What to bring.
    pub bring: Vec<ToBring>,
    /// Goes up with every change, so that a calendar knows which of two files is newer.
    pub sequence: u32,
}

/// Why a mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Something happened.
    News(News),
    /// The appointment is near.
    Reminder,
}

impl From<News> for Occasion {
    fn from(news: News) -> Self {
        Self::News(news)
    }
}

/// A link that was just made: the only moment at which its token is known.
#[derive(Debug)]
pub struct MadeLink {
    /// Its row.
    pub id: LinkId,
    /// Where its mail goes.
    pub address: Address,
    /// The token in base64url, for the mail and nothing else.
    pub token: Secret<String>,
    /// When it ends.
    pub deadline: Deadline,
}

/// Queues a mail about an appointment, in the transaction of what it tells of. Somebody who gave no address is told nothing.
pub(super) async fn queue(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    occasion: Occasion,
    call: Call,
) -> Result<(), StoreError> {
    let (Some(email), Some(place)) = (&record.email, record.appointment.stage().place()) else {
        return Ok(());
    };
    let centre = centres::by_id(tx, place.centre)
        .await?
        .ok_or(StoreError::Corrupt("appointments.centre_id"))?;
    let Some(notice) = Notice::of(app, record, &centre, place) else {
        return Ok(());
    };
    let (content, message) = content(occasion, notice, record);
    let message_expires = match occasion {
        // Of no use afterwards.
        Occasion::Reminder => place.starts_at,
        Occasion::News(News::Offered) => record
            .appointment
            .deadline()
            .map_or(place.starts_at, Deadline::instant),
        Occasion::News(News::Booked | News::Moved) => place.ends_at,
        Occasion::News(News::Cancelled | News::CancelledByCentre | News::CancelledByOfficer) => {
            call.at.after(LATE_NEWS)
        }
    };
    let new = NewMessage {
        content,
        recipient: Recipient::Typed {
            address: Address::Email(email.clone()),
            account: None,
        },
        case: None,
        language: record.language,
        expires_at: message_expires,
    };
    notifications::queue(app, tx, &new, call.at).await?;
    let event = audit::Event::MessageQueued { message };
    carry::tell(app, tx, record, &event, Actor::System, Call::own(call.at)).await
}

fn content(occasion: Occasion, notice: Notice, record: &Record) -> (Content, audit::Message) {
    use audit::Message;
    let until = record
        .appointment
        .deadline()
        .map_or(notice.place.starts_at, Deadline::instant);
    match occasion {
        Occasion::News(News::Booked) => (Content::AppointmentBooked { notice }, Message::AppointmentBooked),
        Occasion::News(News::Moved) => (Content::AppointmentMoved { notice }, Message::AppointmentMoved),
        Occasion::News(News::Cancelled) => cancelled(notice, CancelledBy::Person),
        Occasion::News(News::CancelledByCentre) => cancelled(notice, CancelledBy::Centre),
        Occasion::News(News::CancelledByOfficer) => cancelled(notice, CancelledBy::Officer),
        Occasion::News(News::Offered) => (Content::PlaceOffered { notice, until }, Message::PlaceOffered),
        Occasion::Reminder => (
            Content::AppointmentReminder { notice },
            Message::AppointmentReminder,
        ),
    }
}

fn cancelled(notice: Notice, by: CancelledBy) -> (Content, audit::Message) {
    (
        Content::AppointmentCancelled { notice, by },
        audit::Message::AppointmentCancelled,
    )
}

impl Notice {
    /// What a mail tells of an appointment at a place; nothing once what was typed is forgotten.
    pub(super) fn of(app: &App, record: &Record, centre: &Centre, place: Place) -> Option<Self> {
        let asked = record.asked.as_ref()?;
        let details = &centre.details;
        Some(Self {
            appointment: record.id,
            code: record.appointment.code().clone(),
            procedure: record.appointment.procedure(),
            mode: record.appointment.mode(),
            employer: asked.employer.masked(),
            centre: details.name.to_string(),
            address: format!(
                "{}, {}, {}",
                details.address,
                details.canton,
                details.province.name()
            ),
            map: centre.map_link().map(|map| map.to_string()),
            zone: centre.zone(),
            place,
            bring: view::bring(app, record, asked),
            sequence: u32::try_from(record.version).unwrap_or(u32::MAX),
        })
    }
}

/// Makes the link for a mail that is about to be sent. `None` where the mail has nothing to tell any more: the appointment was moved or
/// cancelled meanwhile, or the offer is over.
pub async fn make_link(app: &App, content: &Content) -> Result<Option<MadeLink>, StoreError> {
    let Some((notice, still)) = notice(content) else {
        return Ok(None);
    };
    let at = app.clock.now();
    let mut tx = app.store.write().await?;
    let Some(record) = store::lock(&mut tx, notice.appointment).await? else {
        return Ok(None);
    };
    let current = record.appointment.as_of(at);
    let (Some(email), true) = (&record.email, still.holds(current.stage(), &notice.place)) else {
        return Ok(None);
    };
    let (secret, digest) = token::draw(app, Purpose::AppointmentLink);
    let id = LinkId::new(at, app.entropy.bytes());
    let deadline = Deadline::after(notice.place.ends_at.max(at), AFTERWARDS);
    store::link(&mut tx, (id, &digest), record.id, at, deadline).await?;
    let event = audit::Event::AppointmentLinkMade;
    carry::tell(app, &mut tx, &record, &event, Actor::System, Call::own(at)).await?;
    let made = MadeLink {
        id,
        address: Address::Email(email.clone()),
        token: secret,
        deadline,
    };
    tx.commit().await?;
    Ok(Some(made))
}

/// What has to be so for a mail to be sent.
#[derive(Clone, Copy, Debug)]
enum Still {
    Booked,
    Offered,
    Cancelled,
}

impl Still {
    fn holds(self, stage: &Stage, told: &Place) -> bool {
        match (self, stage) {
            (Self::Booked, Stage::Booked { place }) | (Self::Offered, Stage::Offered { place, .. }) => {
                place == told
            }
            (Self::Cancelled, Stage::Cancelled { place, .. }) => *place == Some(*told),
            (
                Self::Booked | Self::Offered | Self::Cancelled,
                Stage::Held { .. }
                | Stage::Booked { .. }
                | Stage::CheckedIn { .. }
                | Stage::Attended { .. }
                | Stage::NoShow { .. }
                | Stage::Cancelled { .. }
                | Stage::Lapsed { .. }
                | Stage::Waiting { .. }
                | Stage::Offered { .. },
            ) => false,
        }
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "every other kind of message is another slice's, and the desk does not ask here about it"
)]
fn notice(content: &Content) -> Option<(&Notice, Still)> {
    match content {
        Content::AppointmentBooked { notice }
        | Content::AppointmentMoved { notice }
        | Content::AppointmentReminder { notice } => Some((notice, Still::Booked)),
        Content::AppointmentCancelled { notice, by: _ } => Some((notice, Still::Cancelled)),
        Content::PlaceOffered { notice, until: _ } => Some((notice, Still::Offered)),
        _ => None,
    }
}
