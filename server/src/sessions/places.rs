//! From where and with what a request came, as far as it is remembered.

use super::Principal;
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::http::{Ctx, Source};
use crate::store::{StoreError, Tx};
use shared::audit::{Actor, Event};
use shared::sessions::{Device, Network};
use shared::time::Timestamp;

/// When, from where and with what somebody came.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// When the request was read.
    pub at: Timestamp,
    /// From where.
    pub source: Source,
    /// With what.
    pub device: Device,
}

impl Caller {
    /// Who made a request, after its body was read: a slow one buys no time.
    pub fn of(ctx: &Ctx) -> Self {
        Self {
            at: ctx.app.clock.now(),
            source: ctx.source,
            device: Device::of_user_agent(ctx.user_agent()),
        }
    }

    /// The part of the address that is kept with a session.
    pub const fn network(self) -> Network {
        Network::of(self.source.address())
    }

    /// Appends an event that somebody made happen who proved their password.
    pub async fn tell(
        self,
        app: &App,
        tx: &mut Tx,
        event: &Event,
        who: Principal,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.tell_of(app, tx, event, who.actor(), who.subject(), at).await
    }

    /// The same in another quality, or about a subject that may be no account.
    pub async fn tell_of(
        self,
        app: &App,
        tx: &mut Tx,
        event: &Event,
        actor: Actor,
        subject: Subject,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let entry = Entry {
            event,
            at,
            actor,
            subject,
            source: Some(self.source.address()),
            device: Some(self.device),
            staff: None,
        };
        audit::service::append(app, tx, &entry).await
    }
}
