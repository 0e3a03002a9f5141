//! Enrolling: the link that an officer makes, and the passkey that is made with it.

use super::store::{self, Done, EnrolmentLink, NewEnrolmentLink, NewPasskey};
use super::{Ceremony, holder};
use crate::accounts::service as accounts;
use crate::accounts::{Account, CounterError, State};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::challenges::{Call, Identity, now};
use crate::http::Failure;
use crate::keys::Purpose as Key;
use crate::notifications::Content;
use crate::staff::Officer;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::accounts::NotDone;
use shared::api::ErrorCode;
use shared::audit::{Actor, Event};
use shared::identifiers::{AccountId, Branch, EmployerIdentifier};
use shared::passkeys::api::{Enrolment, EnrolmentBegun, EnrolmentDone, EnrolmentView};
use shared::passkeys::{EnrolmentId, PasskeyId, Purpose, RefusedBecause};
use shared::secrets::Secret;
use shared::staff::ActReason;
use shared::time::{Deadline, Timestamp};
use webauthn_rs::prelude::Credential;

/// Who makes a link, for whom, and why.
#[derive(Clone, Debug)]
pub struct EnrolmentAsked {
    /// The employer at the counter.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// The officer's name, in the same form.
    pub officer: ActReason,
    /// Why.
    pub reason: ActReason,
}

/// A link that was just made: the only moment at which its token is known.
#[derive(Debug)]
pub struct MadeEnrolmentLink {
    /// Its row: how far the enrolment has come is told by it.
    pub link: EnrolmentId,
    /// The token in base64url, for the person at the counter and nobody else.
    pub token: Secret<String>,
    /// When it ends.
    pub deadline: Deadline,
    /// The employer, masked.
    pub employer: String,
}

/// Why no link was made. For staff, who may know.
#[derive(Debug, thiserror::Error)]
pub enum NoEnrolmentLink {
    /// There is no such account.
    #[error("there is no account of this employer and branch")]
    NoAccount,
    /// The owner froze the account.
    #[error("the account is frozen: its owner has to be seen first")]
    Frozen,
    /// It has as many passkeys as it can have.
    #[error("the account has as many passkeys as it can have: one must be removed first")]
    Full,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the link with which one passkey can be enrolled. An older one that is still open ends.
pub async fn make(app: &App, asked: &EnrolmentAsked) -> Result<MadeEnrolmentLink, NoEnrolmentLink> {
    let mut tx = app.store.write().await?;
    let found = accounts::find(&mut tx, asked.employer, asked.branch).await?;
    let Some(account) = found else {
        return Err(NoEnrolmentLink::NoAccount);
    };
    let account = accounts::lock(&mut tx, account.id)
        .await?
        .ok_or(NoEnrolmentLink::NoAccount)?;
    let words = (asked.officer.as_str(), asked.reason.as_str());
    let made = make_for(app, &mut tx, &account, words, Call::own(app.clock.now())).await?;
    tx.commit().await?;
    Ok(made)
}

/// The same for whoever stands at a counter, in the caller's transaction: the officer shows the link to that person, under whose
/// eyes the passkey is made. A passkey alone opens no account: it proves, and the link goes to a registered contact all the same;
/// that nobody changes that contact and makes a passkey alone is the dossier's to see to (ADR 134).
pub async fn make_by_officer(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    reason: &ActReason,
    identity: &Identity,
    call: Call,
) -> Result<MadeEnrolmentLink, CounterError> {
    let account = accounts::at_counter(tx, identity).await?;
    let call = now(app, call).by(officer.id());
    make_for(
        app,
        tx,
        &account,
        (officer.name().as_str(), reason.as_str()),
        call,
    )
    .await
    .map_err(|refused| match refused {
        NoEnrolmentLink::NoAccount => NotDone::NoAccount.into(),
        NoEnrolmentLink::Frozen => NotDone::AccountFrozen.into(),
        NoEnrolmentLink::Full => NotDone::PasskeysFull.into(),
        NoEnrolmentLink::Store(error) => CounterError::Store(error),
    })
}

/// Makes the link for a locked account.
async fn make_for(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    (officer, reason): (&str, &str),
    call: Call,
) -> Result<MadeEnrolmentLink, NoEnrolmentLink> {
    let (token, digest) = token::draw(app, Key::Enrolment);
    match account.state {
        State::Frozen { .. } => return Err(NoEnrolmentLink::Frozen),
        State::Active | State::Blocked { .. } => {}
    }
    let holder = holder(app, account);
    if store::count(tx, account.id, &holder).await? >= app.policy.passkeys.most {
        return Err(NoEnrolmentLink::Full);
    }
    let at = call.at;
    let deadline = Deadline::after(at, app.policy.passkeys.enrolment_lifetime());
    let link = EnrolmentId::new(at, app.entropy.bytes());
    store::replace_links(tx, account.id, at).await?;
    let row = NewEnrolmentLink {
        id: link,
        account: account.id,
        holder: &holder,
        token: &digest,
        officer,
        reason,
        at,
        expires: deadline,
    };
    store::insert_link(tx, &row).await?;
    let event = Event::EnrolmentLinkMade {
        link,
        expires: deadline,
    };
    tell(app, tx, &event, Actor::Officer, account.id, call).await?;
    Ok(MadeEnrolmentLink {
        link,
        token,
        deadline,
        employer: account.employer.masked(),
    })
}

/// Shows what a link is good for. It changes nothing.
pub async fn inspect(app: &App, shown: &Secret<String>) -> Result<EnrolmentView, Failure> {
    let mut tx = app.store.read().await?;
    let link = find(app, &mut tx, shown).await?;
    let account = accounts::by_id(&mut tx, link.account)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let now = app.clock.now();
    present(app, &link, &account, now)?;
    Ok(EnrolmentView {
        employer: account.employer.masked(),
        now,
        deadline: link.expires,
        passkeys: store::count(&mut tx, account.id, &link.holder).await?,
        most: app.policy.passkeys.most,
    })
}

/// Draws the challenge of the new passkey. An older one of the link is worth nothing from then on.
pub async fn begin(app: &App, shown: &Secret<String>, call: Call) -> Result<EnrolmentBegun, Failure> {
    let mut tx = app.store.write().await?;
    let (link, account, now) = locked(app, &mut tx, shown).await?;
    let passkeys = store::of_holder(&mut tx, account.id, &link.holder).await?;
    if passkeys.len() >= usize::from(app.policy.passkeys.most) {
        return Err(ErrorCode::PasskeysFull.into());
    }
    let existing: Vec<Credential> = passkeys.into_iter().map(|row| row.credential).collect();
    let drawn = app.passkeys.create(&account, &existing)?;
    let lifetime = app.policy.passkeys.ceremony_lifetime();
    let deadline = Deadline::after(now, lifetime).earlier(link.expires);
    store::begin(&mut tx, Ceremony::Enrolment(link.id), &drawn.state, deadline).await?;
    let event = Event::PasskeyCeremonyBegun {
        purpose: Purpose::Enrolment,
    };
    tell(
        app,
        &mut tx,
        &event,
        Actor::Holder,
        account.id,
        Call { at: now, ..call },
    )
    .await?;
    tx.commit().await?;
    Ok(EnrolmentBegun {
        now,
        deadline,
        options: drawn.options,
    })
}

/// Stores the passkey that the device made, and uses the link up: exactly once, whoever else tries at the same moment. An
/// answer that is refused spends its challenge and leaves the link as it was.
pub async fn finish(app: &App, asked: &Enrolment, call: Call) -> Result<EnrolmentDone, Failure> {
    let mut tx = app.store.write().await?;
    let (link, account, now) = locked(app, &mut tx, &asked.token).await?;
    if store::count(&mut tx, account.id, &link.holder).await? >= app.policy.passkeys.most {
        return Err(ErrorCode::PasskeysFull.into());
    }
    let (passkey, credential) = match enrol(app, &mut tx, &link, asked, now).await? {
        Ok(enrolled) => enrolled,
        Err(reason) => {
            let purpose = Purpose::Enrolment;
            let event = Event::PasskeyRefused { purpose, reason };
            tell(
                app,
                &mut tx,
                &event,
                Actor::Holder,
                account.id,
                Call { at: now, ..call },
            )
            .await?;
            tx.commit().await?;
            return Err(ErrorCode::PasskeyRefused.into());
        }
    };
    if store::use_link(&mut tx, link.id, now).await? == Done::No {
        return Err(ErrorCode::LinkUsed.into());
    }
    let event = Event::PasskeyEnrolled {
        passkey,
        backup: store::backup(&credential),
    };
    tell(
        app,
        &mut tx,
        &event,
        Actor::Holder,
        account.id,
        Call { at: now, ..call },
    )
    .await?;
    let news = Content::PasskeyAdded {
        employer: account.employer.masked(),
        at: now,
        source: call.source,
    };
    accounts::tell_owner(app, &mut tx, &account, news, now).await?;
    let passkeys = store::count(&mut tx, account.id, &link.holder).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(EnrolmentDone {
        employer: account.employer.masked(),
        name: asked.name.clone(),
        at: now,
        passkeys,
    })
}

/// Takes the challenge, judges the answer and stores the passkey.
async fn enrol(
    app: &App,
    tx: &mut Tx,
    link: &EnrolmentLink,
    asked: &Enrolment,
    now: Timestamp,
) -> Result<Result<(PasskeyId, Credential), RefusedBecause>, StoreError> {
    let Some(begun) = store::take(tx, Ceremony::Enrolment(link.id)).await? else {
        return Ok(Err(RefusedBecause::NoCeremony));
    };
    if begun.expires.has_passed(now) {
        return Ok(Err(RefusedBecause::Late));
    }
    let named = asked.credential.raw_id.as_slice();
    if store::by_credential(tx, named).await?.is_some() {
        return Ok(Err(RefusedBecause::EnrolledAlready));
    }
    let credential = match app.passkeys.created(&begun.state, &asked.credential) {
        Ok(credential) => credential,
        Err(reason) => return Ok(Err(reason)),
    };
    let id = PasskeyId::new(now, app.entropy.bytes());
    let passkey = NewPasskey {
        id,
        account: link.account,
        holder: &link.holder,
        credential: &credential,
        name: &asked.name,
        at: now,
    };
    match store::insert(tx, &passkey).await? {
        Done::Yes => Ok(Ok((id, credential))),
        Done::No => Ok(Err(RefusedBecause::EnrolledAlready)),
    }
}

async fn find(app: &App, tx: &mut Tx, shown: &Secret<String>) -> Result<EnrolmentLink, Failure> {
    let digest = token::digest(app, Key::Enrolment, shown).ok_or(ErrorCode::LinkInvalid)?;
    Ok(store::link_by_token(tx, &digest)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?)
}

/// The link as it stands now that its account is locked, if it is good for anything.
async fn locked(
    app: &App,
    tx: &mut Tx,
    shown: &Secret<String>,
) -> Result<(EnrolmentLink, Account, Timestamp), Failure> {
    let found = find(app, tx, shown).await?;
    let account = accounts::lock(tx, found.account)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let link = find(app, tx, shown).await?;
    let now = app.clock.now();
    present(app, &link, &account, now)?;
    Ok((link, account, now))
}

/// Whether a link is good for anything. A freeze ends it like its deadline does, and so does another representative.
fn present(app: &App, link: &EnrolmentLink, account: &Account, now: Timestamp) -> Result<(), ErrorCode> {
    if link.used_at.is_some() {
        return Err(ErrorCode::LinkUsed);
    }
    if link.replaced_at.is_some() {
        return Err(ErrorCode::LinkReplaced);
    }
    if link.expires.has_passed(now) || link.holder != holder(app, account) {
        return Err(ErrorCode::LinkExpired);
    }
    match account.state {
        State::Frozen { .. } => Err(ErrorCode::LinkExpired),
        State::Active | State::Blocked { .. } => Ok(()),
    }
}

async fn tell(
    app: &App,
    tx: &mut Tx,
    event: &Event,
    actor: Actor,
    account: AccountId,
    call: Call,
) -> Result<(), StoreError> {
    let subject = Subject {
        account: Some(account),
        ..Subject::default()
    };
    let entry = Entry {
        event,
        at: call.at,
        actor,
        subject,
        source: call.source,
        device: call.device,
        staff: call.staff,
    };
    audit::service::append(app, tx, &entry).await
}
