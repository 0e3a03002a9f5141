//! The desk: where a message gets what only the moment of its send may know, and where its fate is told.
//!
//! It knows every kind of message and no rule: each kind's slice makes its link and writes down what became of it, through
//! its `service.rs`.
//!
//! Invariants: nothing is made here that a slice did not ask for when it queued the message; an arm a kind, none for the
//! rest, so that a new kind does not compile before somebody has decided who prepares it.

use crate::accounts::MadeFreezeLink;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::notifications::{Desk, Fresh, Outcome, Outgoing, Prepared, Recipient};
use crate::recovery::service as recovery;
use crate::store::{StoreError, Tx};
use shared::audit::Message;

/// The outbox's way to the slices.
#[derive(Clone, Copy, Debug)]
pub struct Bureau;

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
            return Ok(match recovery::make_link(app, case).await? {
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
            (Message::RecoveryLink, Some(case)) => recovery::record_delivery(app, tx, case, outcome).await,
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
            recovery::announce(app, case);
        }
    }
}
