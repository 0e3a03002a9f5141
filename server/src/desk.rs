//! The desk: where a message gets what only the moment of its send may know, and where its fate is told.
//!
//! It knows every kind of message and no rule: each kind's slice makes its link and writes down what became of it, through
//! its `service.rs`.
//!
//! Invariants: nothing is made here that a slice did not ask for when it queued the message; an arm a kind, none for the
//! rest, so that a new kind does not compile before somebody has decided who prepares it. Every mail to the owner carries a
//! link that freezes the account, but the one that says that it is frozen.

use crate::accounts::service as accounts;
use crate::app::App;
use crate::appointments::service as appointments;
use crate::contacts::service as contacts;
use crate::delegates::service as delegates;
use crate::notifications::{
    Address, Channel, Content, Desk, Fresh, Life, Outcome, Outgoing, Prepared, Recipient,
};
use crate::recovery::service as recovery;
use crate::staff::service as staff;
use crate::store::{StoreError, Tx};
use crate::unlock::service as unlock;

/// The outbox's way to the slices.
#[derive(Clone, Copy, Debug)]
pub struct Bureau;

impl Desk for Bureau {
    async fn address(&self, app: &App, message: &Outgoing) -> Result<Option<Address>, StoreError> {
        let (account, channel) = match &message.recipient {
            Recipient::Typed { address, account: _ } => return Ok(Some(address.clone())),
            Recipient::Owner { account, channel } => (*account, *channel),
        };
        let mut tx = app.store.read().await?;
        let owner = accounts::by_id(&mut tx, account).await?;
        Ok(owner.and_then(|owner| match channel {
            Channel::Email => owner.email.map(Address::Email),
            Channel::Sms => owner.phone.map(Address::Phone),
        }))
    }

    async fn prepare(&self, app: &App, message: &Outgoing) -> Result<Prepared, StoreError> {
        match &message.content {
            Content::RecoveryLink { .. } => {
                let Some(case) = message.case else {
                    return Ok(Prepared::Obsolete);
                };
                let Some(link) = recovery::make_link(app, case).await? else {
                    return Ok(Prepared::Obsolete);
                };
                let fresh = Fresh::link(link.id, link.token, Life::FromAcceptance(link.seconds));
                self.freezing(app, message, Address::Email(link.address), fresh)
                    .await
            }
            Content::ContactConfirmation { change, .. } => {
                Ok(match contacts::make_confirm_link(app, *change).await? {
                    Some(link) => Prepared::Ready {
                        address: link.address,
                        fresh: Fresh::link(link.id, link.token, Life::Until(link.deadline)),
                    },
                    None => Prepared::Obsolete,
                })
            }
            Content::ContactChangeHeld { change, .. } => {
                let Some(link) = contacts::make_cancel_link(app, *change).await? else {
                    return Ok(Prepared::Obsolete);
                };
                let fresh = Fresh::link(link.id, link.token, Life::Until(link.deadline));
                self.with_freeze(app, message, fresh).await
            }
            Content::UnlockLink { unlock: case, .. } => {
                let channel = message.recipient.channel();
                let Some(link) = unlock::make_link(app, *case, channel).await? else {
                    return Ok(Prepared::Obsolete);
                };
                let fresh = Fresh::link(link.id, link.token, Life::FromAcceptance(link.seconds));
                self.freezing(app, message, link.address, fresh).await
            }
            Content::StaffInvitation { member, .. } => {
                let now = app.clock.now();
                Ok(match staff::make_invitation(app, *member, now).await? {
                    Some(made) => Prepared::Ready {
                        address: Address::Email(made.address),
                        fresh: Fresh::link(made.id, made.token, Life::Until(made.deadline)),
                    },
                    None => Prepared::Obsolete,
                })
            }
            Content::DelegateInvitation { delegate, .. } => {
                let now = app.clock.now();
                Ok(match delegates::make_invitation(app, *delegate, now).await? {
                    Some(made) => Prepared::Ready {
                        address: Address::Email(made.address),
                        fresh: Fresh::link(made.id, made.token, Life::Until(made.deadline)),
                    },
                    None => Prepared::Obsolete,
                })
            }
            Content::PasswordChanged { .. }
            | Content::PasswordReplaced { .. }
            | Content::PasswordReminder { .. }
            | Content::RecoverySuspended { .. }
            | Content::AccountBlocked { .. }
            | Content::AccountUnlocked { .. }
            | Content::ContactChanged { .. }
            | Content::ContactChangeCancelled { .. }
            | Content::DelegateAdded { .. }
            | Content::DelegateBlocked { .. }
            | Content::DelegateEnded { .. }
            | Content::PasskeyAdded { .. }
            | Content::PasskeyRemoved { .. }
            | Content::PasskeySuspected { .. }
            | Content::SignatureReferred { .. }
            | Content::SignatureDecided { .. }
            | Content::AccountThawed { .. }
            | Content::DataRequestDone { .. } => self.with_freeze(app, message, Fresh::nothing()).await,
            Content::AppointmentBooked { .. }
            | Content::AppointmentMoved { .. }
            | Content::AppointmentCancelled { .. }
            | Content::AppointmentReminder { .. }
            | Content::PlaceOffered { .. } => {
                Ok(match appointments::make_link(app, &message.content).await? {
                    Some(link) => Prepared::Ready {
                        address: link.address,
                        fresh: Fresh::link(link.id, link.token, Life::Until(link.deadline)),
                    },
                    None => Prepared::Obsolete,
                })
            }
            Content::AccessBlocked { .. }
            | Content::AccountFrozen { .. }
            | Content::TeamChanged { .. }
            | Content::DeliverabilityTest => Ok(self.at_address(app, message, Fresh::nothing()).await?),
        }
    }

    async fn record(
        &self,
        app: &App,
        tx: &mut Tx,
        message: &Outgoing,
        outcome: Outcome,
    ) -> Result<(), StoreError> {
        match &message.content {
            Content::RecoveryLink { .. } => match message.case {
                Some(case) => recovery::record_delivery(app, tx, case, outcome).await,
                None => Ok(()),
            },
            Content::UnlockLink { unlock: case, .. } => {
                unlock::record_delivery(app, tx, *case, message.recipient.channel(), outcome).await
            }
            Content::ContactConfirmation { .. }
            | Content::ContactChangeHeld { .. }
            | Content::DelegateInvitation { .. }
            | Content::StaffInvitation { .. }
            | Content::TeamChanged { .. }
            | Content::PasswordChanged { .. }
            | Content::PasswordReplaced { .. }
            | Content::RecoverySuspended { .. }
            | Content::AccountBlocked { .. }
            | Content::AccountUnlocked { .. }
            | Content::ContactChanged { .. }
            | Content::ContactChangeCancelled { .. }
            | Content::DelegateAdded { .. }
            | Content::DelegateBlocked { .. }
            | Content::AccessBlocked { .. }
            | Content::DelegateEnded { .. }
            | Content::PasskeyAdded { .. }
            | Content::PasskeyRemoved { .. }
            | Content::PasskeySuspected { .. }
            | Content::SignatureReferred { .. }
            | Content::SignatureDecided { .. }
            | Content::AccountThawed { .. }
            | Content::DataRequestDone { .. }
            | Content::AccountFrozen { .. }
            | Content::PasswordReminder { .. }
            | Content::AppointmentBooked { .. }
            | Content::AppointmentMoved { .. }
            | Content::AppointmentCancelled { .. }
            | Content::AppointmentReminder { .. }
            | Content::PlaceOffered { .. }
            | Content::DeliverabilityTest => Ok(()),
        }
    }

    fn announce(&self, app: &App, message: &Outgoing) {
        if let Some(case) = message.case {
            recovery::announce(app, case);
        }
        if let Content::UnlockLink { unlock: case, .. } = &message.content {
            unlock::announce(app, *case);
        }
    }
}

impl Bureau {
    /// Ready, where there is an address.
    async fn at_address(self, app: &App, message: &Outgoing, fresh: Fresh) -> Result<Prepared, StoreError> {
        Ok(match self.address(app, message).await? {
            Some(address) => Prepared::Ready { address, fresh },
            None => Prepared::Obsolete,
        })
    }

    /// Ready with a link that freezes the account, where there is an account and an address.
    async fn with_freeze(self, app: &App, message: &Outgoing, fresh: Fresh) -> Result<Prepared, StoreError> {
        match self.address(app, message).await? {
            Some(address) => self.freezing(app, message, address, fresh).await,
            None => Ok(Prepared::Obsolete),
        }
    }

    /// The same, where the address is known. A text message that has a link of its own has no place for another (ADR 96).
    async fn freezing(
        self,
        app: &App,
        message: &Outgoing,
        address: Address,
        fresh: Fresh,
    ) -> Result<Prepared, StoreError> {
        let Some(account) = message.recipient.account() else {
            return Ok(Prepared::Obsolete);
        };
        if address.channel() == Channel::Sms && fresh.link.is_some() {
            return Ok(Prepared::Ready { address, fresh });
        }
        let made = accounts::make_freeze_link(app, account, app.clock.now()).await?;
        Ok(Prepared::Ready {
            address,
            fresh: fresh.with_freeze(made),
        })
    }
}
