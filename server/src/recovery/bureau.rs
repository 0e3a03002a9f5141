//! What the outbox's worker asks of this slice: a fresh link at each send, and what became of it.

use super::carry::{self, Means, Undone, store_error};
use super::{Call, store, topic};
use crate::accounts::MadeFreezeLink;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::keys::Purpose;
use crate::notifications::{Desk, Fresh, Outcome, Outgoing, Prepared, Recipient};
use crate::store::{StoreError, Tx};
use crate::token;
use shared::audit::Message;
use shared::identifiers::{CaseId, Email, LinkId};
use shared::recovery::{Event, Refusal, Refused, StageName};
use shared::secrets::Secret;

/// The recovery slice's side of the outbox.
#[derive(Clone, Copy, Debug)]
pub struct Bureau;

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
    let way = match carry::barrier(&account, record.case.route()) {
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

impl Desk for Bureau {
    async fn prepare(&self, app: &App, message: &Outgoing) -> Result<Prepared, StoreError> {
        let account = match &message.recipient {
            Recipient::Address(address) => {
                return Ok(Prepared::Ready {
                    address: address.clone(),
                    fresh: Fresh::Nothing,
                });
            }
            Recipient::Account(account) => *account,
        };
        if message.content.kind() == Message::RecoveryLink {
            let Some(case) = message.case else {
                return Ok(Prepared::Obsolete);
            };
            return Ok(match make_link(app, case).await? {
                Some(link) => Prepared::Ready {
                    address: link.address,
                    fresh: Fresh::Link {
                        id: link.id,
                        token: link.token,
                        seconds: link.seconds,
                    },
                },
                None => Prepared::Obsolete,
            });
        }
        let mut tx = app.store.read().await?;
        let owner = accounts::by_id(&mut tx, account).await?;
        drop(tx);
        let Some(address) = owner.and_then(|owner| owner.email) else {
            return Ok(Prepared::Obsolete);
        };
        let fresh = match message.content.kind() {
            Message::PasswordChanged | Message::PasswordReplaced => {
                let MadeFreezeLink { token, deadline } =
                    accounts::make_freeze_link(app, account, app.clock.now()).await?;
                Fresh::Freeze { token, deadline }
            }
            Message::RecoveryLink
            | Message::RecoverySuspended
            | Message::AccountFrozen
            | Message::AccountBlocked
            | Message::DeliverabilityTest => Fresh::Nothing,
        };
        Ok(Prepared::Ready { address, fresh })
    }

    async fn record(
        &self,
        app: &App,
        tx: &mut Tx,
        message: &Outgoing,
        outcome: Outcome,
    ) -> Result<(), StoreError> {
        match (message.content.kind(), message.case) {
            (Message::RecoveryLink, Some(case)) => record_delivery(app, tx, case, outcome).await,
            (
                Message::RecoveryLink
                | Message::RecoverySuspended
                | Message::PasswordChanged
                | Message::AccountFrozen
                | Message::AccountBlocked
                | Message::PasswordReplaced
                | Message::DeliverabilityTest,
                _,
            ) => Ok(()),
        }
    }

    fn announce(&self, app: &App, message: &Outgoing) {
        if let Some(case) = message.case {
            app.live.publish(&topic(case));
        }
    }
}
