//! The proof that a request comes from somebody of the staff whose desk is open and whose role has the right.

use super::store::sessions::{self, SessionRow};
use super::{COOKIE, Member, store};
use crate::app::App;
use crate::challenges::Call;
use crate::http::{Ctx, Failure};
use crate::keys::Purpose;
use crate::sessions::Use;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::identifiers::{CentreId, StaffId};
use shared::secrets::Secret;
use shared::sessions::Ends;
use shared::staff::{Right, Role, StaffEnds, StaffName, Standing};
use shared::time::Timestamp;

/// An officer whose desk was open when the request came, with a role that has the right that was asked for:
/// [`Officer::authenticate`] is the only way to one, and what needs it takes it as a parameter.
#[derive(Debug)]
pub struct Officer(Seat);

/// A session of the staff that is not over: both factors were right. Its desk may be locked.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) row: SessionRow,
    pub(super) member: Member,
    pub(super) ends: StaffEnds,
}

impl Officer {
    /// The officer of a request: refused with [`ErrorCode::SessionMissing`] where nobody is signed in, with
    /// [`ErrorCode::StaffLocked`] where the desk is locked, with [`ErrorCode::NotYourRight`] where the role has not the right.
    pub async fn authenticate(ctx: &Ctx, right: Right, how: Use) -> Result<Self, Failure> {
        // After the body was read, however slowly it came.
        let now = ctx.app.clock.now();
        let mut seat = Seat::find(&ctx.app, ctx.cookie(COOKIE), now).await?;
        seat.open(now)?;
        if !seat.member.role.may(right) {
            return Err(ErrorCode::NotYourRight.into());
        }
        if how == Use::Note {
            seat.note(&ctx.app, now).await?;
        }
        Ok(Self(seat))
    }

    /// Who.
    pub const fn id(&self) -> StaffId {
        self.0.member.id
    }

    /// Their name.
    pub const fn name(&self) -> &StaffName {
        &self.0.member.name
    }

    /// Their role.
    pub const fn role(&self) -> Role {
        self.0.member.role
    }

    /// Where they work; nothing for all centres.
    pub const fn centre(&self) -> Option<CentreId> {
        self.0.member.centre
    }

    /// Whether they work at a centre, or at all of them.
    pub fn works_at(&self, centre: CentreId) -> bool {
        self.centre().is_none_or(|own| own == centre)
    }

    /// Who made a request, with the officer's name to it.
    pub fn call(&self, ctx: &Ctx) -> Call {
        Call {
            staff: Some(self.id()),
            ..Call::of(ctx)
        }
    }

    /// Refuses with [`ErrorCode::SessionMissing`] when the officer's session was ended since, or the role is another: in the
    /// transaction that relies on it.
    pub(super) async fn still(&self, tx: &mut Tx) -> Result<(), Failure> {
        let row = sessions::by_id(tx, self.0.row.id).await?;
        let member = store::by_id(tx, self.id()).await?;
        let same =
            row.is_some() && member.is_some_and(|member| member.has_access() && member.role == self.role());
        if same {
            Ok(())
        } else {
            Err(ErrorCode::SessionMissing.into())
        }
    }
}

impl Seat {
    /// The session of a cookie, if both factors were right and it is not over at `now`.
    pub(super) async fn find(
        app: &App,
        cookie: Option<&Secret<String>>,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let digest = cookie
            .and_then(|cookie| token::digest(app, Purpose::StaffSession, cookie))
            .ok_or(ErrorCode::SessionMissing)?;
        let mut tx = app.store.read().await?;
        let row = sessions::by_token(&mut tx, &digest)
            .await?
            .filter(|row| row.proved_at.is_some() && !row.expires.has_passed(now))
            .ok_or(ErrorCode::SessionMissing)?;
        let member = store::by_id(&mut tx, row.staff)
            .await?
            .filter(Member::has_access)
            .ok_or(ErrorCode::SessionMissing)?;
        Ok(Self {
            ends: StaffEnds::of(app.policy.staff, row.used_at, row.expires),
            row,
            member,
        })
    }

    /// Whether the desk is open at `now`.
    pub(super) fn standing(&self, now: Timestamp) -> Standing {
        if self.row.locked_at.is_some() || self.ends.locks.has_passed(now) {
            Standing::Locked
        } else {
            Standing::Open
        }
    }

    /// Refuses a locked desk with [`ErrorCode::StaffLocked`].
    pub(super) fn open(&self, now: Timestamp) -> Result<(), ErrorCode> {
        match self.standing(now) {
            Standing::Open => Ok(()),
            Standing::Locked => Err(ErrorCode::StaffLocked),
        }
    }

    /// Writes down that the open desk is used, at most once a minute.
    pub(super) async fn note(&mut self, app: &App, now: Timestamp) -> Result<(), StoreError> {
        if !Ends::is_to_be_noted(self.row.used_at, now) {
            return Ok(());
        }
        let mut tx = app.store.write().await?;
        sessions::note_use(&mut tx, self.row.id, now).await?;
        tx.commit().await?;
        self.row.used_at = now;
        self.ends = StaffEnds::of(app.policy.staff, now, self.row.expires);
        Ok(())
    }
}
