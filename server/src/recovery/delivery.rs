//! What the desk asks of this slice: a fresh link at each send, and what became of it.

use super::carry::{self, Means, Undone, store_error};
use super::{Call, store, topic};
use crate::app::App;
use crate::keys::Purpose;
use crate::notifications::Outcome;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::identifiers::{CaseId, Email, LinkId};
use shared::recovery::{Event, Refusal, Refused, StageName};
use shared::secrets::Secret;

/// A link that was just made: the only moment at which its token is known.
#[derive(Debug)]
pub struct MadeLink {
    /// Its row.
    pub id: LinkId,
    /// Where its mail goes.
    pub address: Email,
    /// The token in base64url, for the mail and nothing else.
    pub token: Secret<String>,
    /// How long it lives once the mail server has the message, in seconds.
    pub seconds: u32,
}

/// Makes a link for a case that waits for one. The account's other links end here. `None` when the case waits no longer;
/// one whose account was blocked or frozen meanwhile, or has lost its address, ends with that reason.
pub async fn make_link(app: &App, case: CaseId) -> Result<Option<MadeLink>, StoreError> {
    let (secret, digest) = token::draw(app, Purpose::Link);
    let mut tx = app.store.write().await?;
    let Some(found) = store::by_id(&mut tx, case).await? else {
        return Ok(None);
    };
    let Some((mut record, Some(account))) = carry::lock(&mut tx, &found).await? else {
        return Ok(None);
    };
    if record.case.stage().name() != StageName::Sending {
        return Ok(None);
    }
    let call = Call::own(app.clock.now());
    let id = LinkId::new(call.at, app.entropy.bytes());
    let way = match carry::barrier(&account) {
        Some(reason) => Err(reason),
        None => account.email.ok_or(Refusal::NoEmail),
    };
    let (event, means) = match &way {
        Ok(_) => (Event::LinkMade { link: id }, Means::Token(digest)),
        Err(reason) => (Event::Barred { reason: *reason }, Means::None),
    };
    match carry::apply(app, &mut tx, &mut record, event, means, call).await {
        Ok(()) => {}
        Err(Undone::Refused(_)) => return Ok(None),
        Err(undone) => return Err(store_error(undone)),
    }
    tx.commit().await?;
    Ok(way.ok().map(|address| MadeLink {
        id,
        address,
        token: secret,
        seconds: record.case.terms().link_seconds,
    }))
}

/// Writes down what became of a link's message, in the transaction that records its send.
pub async fn record_delivery(
    app: &App,
    tx: &mut Tx,
    case: CaseId,
    outcome: Outcome,
) -> Result<(), StoreError> {
    let Some(mut record) = store::lock(tx, case).await? else {
        return Ok(());
    };
    let (event, at) = match outcome {
        Outcome::Accepted { at, link: Some(link) } => (Event::Accepted { link }, at),
        Outcome::Accepted { link: None, .. } => {
            return Err(StoreError::Corrupt("a link's message without a link"));
        }
        Outcome::Delayed(at) => (Event::Delayed, at),
        Outcome::Rejected(at) => (Event::Rejected, at),
        // The case's own deadline says so.
        Outcome::Expired(at) => (Event::TimePassed, at),
    };
    let call = Call::own(at);
    match carry::apply(app, tx, &mut record, event, Means::None, call).await {
        // The person was quicker, or the case ended meanwhile: there is nothing to write down.
        Ok(()) | Err(Undone::Refused(Refused::OtherStage { .. } | Refused::OtherLink | Refused::NotDue)) => {
            Ok(())
        }
        Err(Undone::Refused(Refused::Overdue { .. })) => {
            carry::apply(app, tx, &mut record, Event::TimePassed, Means::None, call)
                .await
                .map_err(store_error)
        }
        Err(undone) => Err(store_error(undone)),
    }
}

/// Tells the pages that show a case that its message moved on.
pub fn announce(app: &App, case: CaseId) {
    app.live.publish(&topic(case));
}
