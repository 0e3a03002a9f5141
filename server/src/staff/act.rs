//! Writing down what an officer did or looked at.

use super::{Officer, store};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::challenges::Call;
use crate::http::Failure;
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use shared::audit::{Actor, Event};
use shared::identifiers::{
    AccountId, AppointmentId, CaseId, CentreId, DataRequestId, DocumentId, DossierId, StaffActId, StaffId,
    VisitId,
};
use shared::staff::{ActReason, DeedName};
use std::time::Duration;

/// Something that an officer did or looked at.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// What.
    pub name: DeedName,
    /// Why, where the deed asks for it.
    pub reason: Option<&'a ActReason>,
    /// What it was about.
    pub about: About,
}

/// What a deed was about, as far as it was about one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The account.
    pub account: Option<AccountId>,
    /// The case: of a recovery, an unlocking or a signed request, as the audit log names them.
    pub case: Option<CaseId>,
    /// The dossier.
    pub dossier: Option<DossierId>,
    /// The visit.
    pub visit: Option<VisitId>,
    /// The appointment.
    pub appointment: Option<AppointmentId>,
    /// The centre.
    pub centre: Option<CentreId>,
    /// Another member of the staff.
    pub member: Option<StaffId>,
    /// The document.
    pub document: Option<DocumentId>,
    /// The data request.
    pub data_request: Option<DataRequestId>,
    /// The keyed digest of employer and branch, where somebody was named that may have no account.
    pub subject: Option<Digest>,
}

impl Deed<'_> {
    /// A look at something, which asks for no reason.
    pub const fn seen(name: DeedName, about: About) -> Self {
        Self {
            name,
            reason: None,
            about,
        }
    }
}

impl<'a> Deed<'a> {
    /// A deed and why.
    pub const fn for_reason(name: DeedName, reason: &'a ActReason, about: About) -> Self {
        Self {
            name,
            reason: Some(reason),
            about,
        }
    }
}

/// Writes a deed down: its words beside the audit log, its event into it, in the transaction of the deed. Refused with
/// [`SessionMissing`](shared::api::ErrorCode::SessionMissing) when the officer's access ended meanwhile.
pub async fn record(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    deed: &Deed<'_>,
    call: Call,
) -> Result<StaffActId, Failure> {
    if deed.name.needs_reason() && deed.reason.is_none() {
        return Err(StoreError::Corrupt("staff_acts.reason").into());
    }
    officer.still(tx).await?;
    let act = StaffActId::new(call.at, app.entropy.bytes());
    store::insert_act(tx, act, officer.id(), deed, call.at).await?;
    let entry = Entry {
        event: &Event::StaffActed { act, deed: deed.name },
        at: call.at,
        actor: Actor::Officer,
        subject: Subject {
            account: deed.about.account,
            case: deed.about.case,
            identifier: deed.about.subject,
            ..Subject::default()
        },
        source: call.source,
        device: call.device,
        staff: Some(officer.id()),
    };
    audit::service::append(app, tx, &entry).await?;
    Ok(act)
}

/// How long a look at a centre's list is one look, however often the page asks.
const LOOK: Duration = Duration::from_hours(1);

/// Writes a look at what a centre has down, unless this officer looked within the hour: a page that is loaded again is no other look.
/// The line comes an hour apart at the earliest, whatever the method of the request, and changes nothing that anybody can ask for.
pub async fn record_look(app: &App, officer: &Officer, deed: &Deed<'_>, call: Call) -> Result<(), Failure> {
    let mut tx = app.store.read().await?;
    if let Some(centre) = deed.about.centre {
        let since = call.at.before(LOOK);
        if store::has_looked(&mut tx, officer.id(), deed.name, centre, since).await? {
            return Ok(());
        }
    }
    drop(tx);
    record_view(app, officer, deed, call).await?;
    Ok(())
}

/// The same in a transaction of its own: for what only looks.
pub async fn record_view(
    app: &App,
    officer: &Officer,
    deed: &Deed<'_>,
    call: Call,
) -> Result<StaffActId, Failure> {
    let mut tx = app.store.write().await?;
    let act = record(app, &mut tx, officer, deed, call).await?;
    tx.commit().await?;
    Ok(act)
}
