//! Signed requests that a machine could not judge, shown to whoever is to decide about them: what they ask for, and what was found.
//!
//! Nobody decides about one that they have not looked at in the dossier: what it replaces a contact with is compared with what the
//! person says. A second officer sees the same with what they are asked.

use super::access::{about, serving};
use super::act::not_done;
use super::eyes::{self, Touched};
use super::store::Record;
use super::store::referrals as store;
use super::view;
use crate::accounts::CounterError;
use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::signatures::referrals::Referral;
use crate::signatures::service as signatures;
use crate::staff::{Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use shared::accounts::NotDone;
use shared::api::ErrorCode;
use shared::dossiers::api::{ReferralNamed, ReferralShown, ReferralView};
use shared::dossiers::{Action, ActionName};
use shared::signatures::{Purpose, ReferralNumber};
use shared::staff::DeedName;

/// Shows a request to whoever serves the visit. Looking is an act.
///
/// # Errors
/// [`ErrorCode::DossierClosed`]; [`ErrorCode::ActionWithheld`] where no such request of this employer and person waits.
pub async fn show(
    app: &App,
    officer: &Officer,
    asked: ReferralNamed,
    call: Call,
) -> Result<ReferralShown, Failure> {
    let mut tx = app.store.write().await?;
    let record = serving(app, &mut tx, officer, asked.dossier, call.at).await?;
    let referral = waiting(app, &mut tx, &record, &asked.number, call).await?;
    store::see(&mut tx, (record.id, &asked.number), officer.id(), call.at).await?;
    let deed = Deed::seen(DeedName::ReferralSeen, about(&mut tx, &record).await?);
    staff::record(app, &mut tx, officer, &deed, call).await?;
    let account = eyes::lock_account(&mut tx, &record).await?;
    let touched = Touched::load(app, &mut tx, &record, account.as_ref(), call.at).await?;
    let reach = ActionName::AcceptSignature.reach(Some(referral.asked.purpose.name()));
    let accepting = view::accepting(&mut tx, &record, account.as_ref(), touched.eyes(reach)).await?;
    tx.commit().await?;
    Ok(ReferralShown {
        referral: of(app, referral),
        accepting,
    })
}

/// Refuses to decide about a request that this officer has not looked at here.
pub(super) async fn is_seen(
    tx: &mut Tx,
    officer: &Officer,
    record: &Record,
    action: &Action,
) -> Result<(), Failure> {
    let number = match action {
        Action::AcceptSignature { number } | Action::DeclineSignature { number, .. } => number,
        Action::SendRecoveryLink { .. }
        | Action::SendUnlockLink { .. }
        | Action::ChangeContact { .. }
        | Action::EnrolPasskey
        | Action::Freeze
        | Action::Unfreeze => return Ok(()),
    };
    if store::is_seen(tx, (record.id, number), officer.id()).await? {
        Ok(())
    } else {
        Err(ErrorCode::ReferralUnseen.into())
    }
}

/// The request that an action accepts, for whoever is to agree; nothing where it waits no more.
pub(super) async fn accepted(
    app: &App,
    tx: &mut Tx,
    action: &Action,
) -> Result<Option<ReferralView>, StoreError> {
    let Action::AcceptSignature { number } = action else {
        return Ok(None);
    };
    let found = signatures::referral(tx, number).await?;
    Ok(found.map(|referral| of(app, referral)))
}

/// A request of this dossier's employer and person that waits.
async fn waiting(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    number: &ReferralNumber,
    call: Call,
) -> Result<Referral, Failure> {
    match signatures::waiting(app, tx, number, call).await {
        Ok(referral) if referral.asked.identity == record.identity => Ok(referral),
        // Of somebody else's nothing is told, not even that it was decided.
        Ok(_) => Err(not_done(NotDone::NoReferral)),
        Err(CounterError::NotDone(because)) => {
            let found = signatures::referral(tx, number).await?;
            let own = found.is_some_and(|referral| referral.asked.identity == record.identity);
            Err(not_done(if own { because } else { NotDone::NoReferral }))
        }
        Err(CounterError::Store(error)) => Err(error.into()),
    }
}

fn of(app: &App, referral: Referral) -> ReferralView {
    let deadline = referral.deadline(app);
    ReferralView {
        number: referral.number,
        purpose: referral.asked.purpose.name(),
        contact: match referral.asked.purpose {
            Purpose::Email(email) => Some(email.to_string()),
            Purpose::Phone(phone) => Some(phone.to_string()),
            Purpose::Recovery | Purpose::Unlock => None,
        },
        at: referral.at,
        deadline,
        verdict: referral.verdict,
    }
}
