//! What four eyes look at: what an action touches, what was touched for the account lately, and who froze it.

use super::act::not_done;
use super::store::Record;
use super::store::deeds;
use crate::accounts::service as accounts;
use crate::accounts::{Account, CounterError, State};
use crate::app::App;
use crate::contacts::service as contacts;
use crate::http::Failure;
use crate::passkeys::service as passkeys;
use crate::signatures::service as signatures;
use crate::store::{StoreError, Tx};
use shared::accounts::{FrozenBy, NotDone};
use shared::dossiers::{Action, Eyes, Reach, eyes};
use shared::signatures::{PurposeName, ReferralNumber};
use shared::time::Timestamp;

/// What was touched for an account, and who froze it.
#[derive(Clone, Debug)]
pub(super) struct Touched {
    reaches: Vec<Reach>,
    frozen: Option<FrozenBy>,
}

impl Touched {
    /// Of the account of a dossier: what was done in this dossier, or lately in any; a contact that is about to be another one, or
    /// became one lately, however that was asked for; and a passkey that was made lately, or a link for one.
    pub(super) async fn load(
        app: &App,
        tx: &mut Tx,
        record: &Record,
        account: Option<&Account>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let since = now.before(app.policy.dossiers.four_eyes_window());
        let subject = record.identity.subject(&app.keys);
        let mut reaches = deeds::touched(tx, &subject.0, record.id, since).await?;
        let Some(account) = account else {
            return Ok(Self {
                reaches,
                frozen: None,
            });
        };
        let is_lately = |at: Option<Timestamp>| at.is_some_and(|at| at > since);
        if contacts::is_changing(tx, account.id, now).await?
            || is_lately(contacts::last_change(tx, account.id).await?)
        {
            reaches.push(Reach::Contact);
        }
        if is_lately(passkeys::last_enrolment(tx, account.id).await?) {
            reaches.push(Reach::Passkey);
        }
        let frozen = match account.state {
            State::Frozen { by, .. } => Some(by),
            State::Active | State::Blocked { .. } => None,
        };
        Ok(Self { reaches, frozen })
    }

    /// How many officers what reaches so far needs.
    pub(super) fn eyes(&self, reach: Reach) -> Eyes {
        eyes(reach, &self.reaches, self.frozen)
    }
}

/// The account, locked before anything is read that two dossiers of it share.
pub(super) async fn lock_account(tx: &mut Tx, record: &Record) -> Result<Option<Account>, Failure> {
    match accounts::at_counter(tx, &record.identity).await {
        Ok(account) => Ok(Some(account)),
        Err(CounterError::NotDone(_)) => Ok(None),
        Err(CounterError::Store(error)) => Err(error.into()),
    }
}

/// What an action touches. A signed request is of this dossier's employer and person, or there is none.
pub(super) async fn reach(tx: &mut Tx, record: &Record, action: &Action) -> Result<Reach, Failure> {
    let purpose = match action {
        Action::AcceptSignature { number } | Action::DeclineSignature { number, .. } => {
            Some(purpose(tx, record, number).await?)
        }
        Action::SendRecoveryLink { .. }
        | Action::SendUnlockLink { .. }
        | Action::ChangeContact { .. }
        | Action::EnrolPasskey
        | Action::Freeze
        | Action::Unfreeze => None,
    };
    Ok(action.name().reach(purpose))
}

async fn purpose(tx: &mut Tx, record: &Record, number: &ReferralNumber) -> Result<PurposeName, Failure> {
    let referral = signatures::referral(tx, number).await?;
    let own = referral.filter(|referral| referral.asked.identity == record.identity);
    let own = own.ok_or_else(|| not_done(NotDone::NoReferral))?;
    Ok(own.asked.purpose.name())
}
