//! The link in the person's hands: looking at it, opening it, and the new password.

use super::carry::{self, Means};
use super::store::{self, LinkRecord, Record};
use super::{Call, now, topic};
use crate::accounts::Account;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::http::Failure;
use crate::keys::Purpose;
use crate::store::{StoreError, Tx};
use crate::telemetry;
use crate::token;
use shared::api::{ErrorCode, Problem};
use shared::recovery::api::{LinkView, ResetDone};
use shared::recovery::{Event, LinkRefused, Refused};
use shared::secrets::Secret;

/// Shows what a link is good for. It changes nothing: scanners come this far.
pub async fn inspect(app: &App, shown: &Secret<String>, call: Call) -> Result<LinkView, Failure> {
    let mut tx = app.store.read().await?;
    let (link, record) = find(app, &mut tx, shown).await?;
    link.link.present(call.at).map_err(refused)?;
    view(app, &mut tx, &link, &record, call).await
}

/// Opens a link by a click, where the policy asks for that; elsewhere it shows it.
pub async fn redeem(app: &App, shown: &Secret<String>, call: Call) -> Result<LinkView, Failure> {
    let mut tx = app.store.write().await?;
    let (found, _) = find(app, &mut tx, shown).await?;
    let mut record = store::lock(&mut tx, found.case)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let call = now(app, call);
    let link = again(&mut tx, &found).await?;
    let presented = link.link.present(call.at).map_err(refused)?;
    match carry::apply(
        app,
        &mut tx,
        &mut record,
        Event::Redeemed { presented },
        Means::None,
        call,
    )
    .await
    {
        Ok(()) | Err(carry::Undone::Refused(Refused::NothingToRedeem)) => {}
        Err(undone) => return Err(undone.into()),
    }
    let link = again(&mut tx, &found).await?;
    let view = view(app, &mut tx, &link, &record, call).await?;
    tx.commit().await?;
    app.live.publish(&topic(record.id));
    Ok(view)
}

/// Sets the new password and uses the link up: exactly once, whoever else tries at the same moment.
///
/// The rules are checked and the password is hashed before the transaction; a password that the rules refuse leaves the
/// link as it was, and so does an account that was blocked or frozen since the link was made.
pub async fn reset(
    app: &App,
    shown: &Secret<String>,
    password: &Secret<String>,
    call: Call,
) -> Result<ResetDone, Failure> {
    let mut tx = app.store.read().await?;
    let (link, record) = find(app, &mut tx, shown).await?;
    link.link.present(call.at).map_err(refused)?;
    if record.case.must_redeem() {
        return Err(ErrorCode::CaseAtOtherStage.into());
    }
    let owner = owner(&mut tx, &record).await?;
    drop(tx);
    let hashed = accounts::prepare_password(app, &owner, password)
        .await?
        .map_err(|violations| {
            let mut problem = Problem::new(ErrorCode::PasswordRefused);
            problem.violations = violations;
            problem
        })?;

    let mut tx = app.store.write().await?;
    let (mut record, account) = carry::lock(&mut tx, &record)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let owner = account.ok_or(StoreError::Corrupt("a link without an account"))?;
    let call = now(app, call);
    let mut link = again(&mut tx, &link).await?;
    let consumed = link.link.consume(call.at).map_err(refused)?;
    if carry::barrier(&owner).is_some() {
        return Err(ErrorCode::LinkExpired.into());
    }
    let event = Event::PasswordSet { consumed };
    carry::apply(app, &mut tx, &mut record, event, Means::Password(&hashed), call).await?;
    let linked = accounts::linked(&mut tx, &owner).await?;
    tx.commit().await?;
    app.notifications.wake();
    app.live.publish(&topic(record.id));
    Ok(ResetDone {
        reference: record.case.reference().clone(),
        employer: owner.employer.masked(),
        at: call.at,
        linked,
    })
}

async fn find(app: &App, tx: &mut Tx, shown: &Secret<String>) -> Result<(LinkRecord, Record), Failure> {
    let digest = token::digest(app, Purpose::Link, shown).ok_or(ErrorCode::LinkInvalid)?;
    let link = store::link_by_token(tx, &digest)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let record = store::by_id(tx, link.case)
        .await?
        .ok_or(StoreError::Corrupt("a link without a case"))?;
    telemetry::about(record.id);
    Ok((link, record))
}

/// The link as it stands now that its case is locked.
async fn again(tx: &mut Tx, found: &LinkRecord) -> Result<LinkRecord, Failure> {
    Ok(store::link(tx, found.link.id())
        .await?
        .ok_or(ErrorCode::LinkInvalid)?)
}

fn refused(reason: LinkRefused) -> ErrorCode {
    match reason {
        LinkRefused::Expired => ErrorCode::LinkExpired,
        LinkRefused::Used => ErrorCode::LinkUsed,
        LinkRefused::Replaced => ErrorCode::LinkReplaced,
    }
}

async fn view(
    app: &App,
    tx: &mut Tx,
    link: &LinkRecord,
    record: &Record,
    call: Call,
) -> Result<LinkView, Failure> {
    let owner = owner(tx, record).await?;
    Ok(LinkView {
        reference: record.case.reference().clone(),
        now: call.at,
        deadline: link.link.expires(),
        total: record.case.link_total(),
        must_redeem: record.case.must_redeem(),
        employer: owner.employer.masked(),
        rules: app.policy.password.clone(),
        personal: owner.personal_pieces(),
    })
}

async fn owner(tx: &mut Tx, record: &Record) -> Result<Account, StoreError> {
    let account = record
        .account
        .ok_or(StoreError::Corrupt("a link without an account"))?;
    accounts::by_id(tx, account)
        .await?
        .ok_or(StoreError::Corrupt("a link without an owner"))
}
