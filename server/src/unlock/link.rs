//! The link: made at the send, followed to its acceptance, looked at, confirmed.

use super::carry::{self, Means, Undone, store_error};
use super::store::{self, LINKS, Record};
use super::{Call, now, topic};
use crate::accounts::{Account, State};
use crate::app::App;
use crate::http::Failure;
use crate::keys::Purpose;
use crate::links::LinkRecord;
use crate::notifications::{Address, Channel, Outcome};
use crate::store::{StoreError, Tx};
use crate::telemetry;
use crate::token;
use shared::api::ErrorCode;
use shared::identifiers::{LinkId, UnlockId};
use shared::links::{LinkRefused, LinkState};
use shared::secrets::Secret;
use shared::unlock::api::{UnlockDone, UnlockLinkView};
use shared::unlock::{Event, Refused, Stage, UnlockCase, UnlockRefusal};

/// A link that was just made: the only moment at which its token is known.
#[derive(Debug)]
pub struct MadeLink {
    /// Its row.
    pub id: LinkId,
    /// Where its message goes.
    pub address: Address,
    /// The token in base64url, for the message and nothing else.
    pub token: Secret<String>,
    /// How long it lives once the message was accepted, in seconds.
    pub seconds: u32,
}

/// Makes a link for a case that waits for one on this channel. The account's other links end here, of whichever procedure.
/// `None` when the case waits no longer; one whose account was unblocked or frozen meanwhile, or has lost the contact, ends
/// with that reason.
pub async fn make_link(app: &App, case: UnlockId, channel: Channel) -> Result<Option<MadeLink>, StoreError> {
    let (secret, digest) = token::draw(app, Purpose::UnlockLink);
    let mut tx = app.store.write().await?;
    let Some(found) = store::by_id(&mut tx, case).await? else {
        return Ok(None);
    };
    let Some((mut record, Some(account))) = carry::lock(&mut tx, &found).await? else {
        return Ok(None);
    };
    if sending_by(&record.case) != Some(channel) {
        return Ok(None);
    }
    let call = Call::own(app.clock.now());
    let id = LinkId::new(call.at, app.entropy.bytes());
    let way = match carry::barrier(app, &account, channel) {
        Some(reason) => Err(reason),
        None => contact(&account, channel).ok_or(UnlockRefusal::NoContact),
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
    case: UnlockId,
    channel: Channel,
    outcome: Outcome,
) -> Result<(), StoreError> {
    let Some(mut record) = store::lock(tx, case).await? else {
        return Ok(());
    };
    // The person went on to the other channel: this message's fate moves nothing any more.
    if sending_by(&record.case) != Some(channel) {
        return Ok(());
    }
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

/// Shows what a link is good for. It changes nothing: scanners come this far.
pub async fn inspect(app: &App, shown: &Secret<String>, call: Call) -> Result<UnlockLinkView, Failure> {
    let mut tx = app.store.read().await?;
    let (link, record) = find(app, &mut tx, shown).await?;
    let owner = carry::owner(&mut tx, &record).await?;
    usable(&link, &owner, call)?;
    Ok(UnlockLinkView {
        reference: record.case.reference().clone(),
        now: call.at,
        deadline: link.link.expires(),
        total: record.case.terms().link_seconds,
        employer: owner.employer.masked(),
    })
}

/// Uses the link up and unblocks the account: exactly once, whoever else tries at the same moment.
///
/// An account that was unblocked or frozen since the link was made stays as it is, and so does the link: whoever holds it is
/// told.
pub async fn confirm(app: &App, shown: &Secret<String>, call: Call) -> Result<UnlockDone, Failure> {
    let mut tx = app.store.read().await?;
    let (_, found) = find(app, &mut tx, shown).await?;
    drop(tx);
    let mut tx = app.store.write().await?;
    let (mut record, account) = carry::lock(&mut tx, &found)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let owner = account.ok_or(StoreError::Corrupt("a link without an account"))?;
    let call = now(app, call);
    let (mut link, _) = find(app, &mut tx, shown).await?;
    usable(&link, &owner, call)?;
    let consumed = link.link.consume(call.at).map_err(refused)?;
    let event = Event::Confirmed { consumed };
    carry::apply(app, &mut tx, &mut record, event, Means::None, call).await?;
    tx.commit().await?;
    app.notifications.wake();
    app.live.publish(&topic(record.id));
    Ok(UnlockDone {
        reference: record.case.reference().clone(),
        employer: owner.employer.masked(),
        at: call.at,
    })
}

/// By which way a case waits for its message to be sent.
const fn sending_by(case: &UnlockCase) -> Option<Channel> {
    match case.stage() {
        Stage::Sending { to, .. } => Some(to.channel()),
        Stage::Passkey { .. }
        | Stage::PasskeyRefused { .. }
        | Stage::AwaitingSignature { .. }
        | Stage::AwaitingOfficer { .. }
        | Stage::Refused { .. }
        | Stage::Channel { .. }
        | Stage::LinkSent { .. }
        | Stage::Unblocked { .. }
        | Stage::Ended { .. } => None,
    }
}

fn contact(account: &Account, channel: Channel) -> Option<Address> {
    match channel {
        Channel::Email => account.email.clone().map(Address::Email),
        Channel::Sms => account.phone.clone().map(Address::Phone),
    }
}

async fn find(app: &App, tx: &mut Tx, shown: &Secret<String>) -> Result<(LinkRecord, Record), Failure> {
    let digest = token::digest(app, Purpose::UnlockLink, shown).ok_or(ErrorCode::LinkInvalid)?;
    let link = LINKS.by_token(tx, &digest).await?.ok_or(ErrorCode::LinkInvalid)?;
    let record = store::by_id(tx, UnlockId::from_uuid(link.case))
        .await?
        .ok_or(StoreError::Corrupt("a link without a case"))?;
    telemetry::about(record.id);
    Ok((link, record))
}

/// Whether the link would unblock the account now. A freeze closes links: who holds one of those is told of the freeze.
fn usable(link: &LinkRecord, owner: &Account, call: Call) -> Result<(), ErrorCode> {
    let is_frozen = match owner.state {
        State::Frozen { .. } => true,
        State::Active | State::Blocked { .. } => false,
    };
    match (link.link.state(), link.link.present(call.at)) {
        (LinkState::Closed { .. } | LinkState::Open, _) if is_frozen => return Err(ErrorCode::AccountFrozen),
        (_, Err(reason)) => return Err(refused(reason)),
        (_, Ok(_)) => {}
    }
    match owner.state {
        State::Blocked { .. } => Ok(()),
        State::Active => Err(ErrorCode::AccountNotBlocked),
        State::Frozen { .. } => Err(ErrorCode::AccountFrozen),
    }
}

const fn refused(reason: LinkRefused) -> ErrorCode {
    match reason {
        LinkRefused::Expired => ErrorCode::LinkExpired,
        LinkRefused::Used => ErrorCode::LinkUsed,
        LinkRefused::Replaced => ErrorCode::LinkReplaced,
    }
}
