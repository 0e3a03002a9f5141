//! The list of the staff: what administrators do with it, and what whoever keeps the server does from the command line.
//!
//! Nobody changes or ends themselves, and whoever changes others is asked again, in the same transaction, whether they are
//! still an administrator. Both rows are locked first, in one order. So of two administrators who end each other at the same
//! moment one finds their own access ended, and one administrator stays.

use super::code::CodeSecret;
use super::invitation::prepare_password;
use super::store::{self, Joining, invitations, passkeys, sessions};
use super::{About, Deed, Member, Officer, act, news};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::centres::service as centres;
use crate::challenges::Call;
use crate::dossiers::service as dossiers;
use crate::http::Failure;
use crate::notifications::{self, Address, Content, NewMessage, Recipient, TeamChange};
use crate::store::{StoreError, Tx};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::audit::Event;
use shared::i18n::Language;
use shared::identifiers::{CentreId, Email, StaffId};
use shared::secrets::Secret;
use shared::staff::api::{NewStaff, StaffChange, StaffChoice, StaffList, StaffMember, StaffState};
use shared::staff::{DeedName, Role, StaffName};
use shared::time::{Deadline, Timestamp};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long an invitation is tried to be sent.
const SENT_WITHIN: Duration = Duration::from_hours(24);

/// The list, as an administrator sees it.
pub(super) async fn list(app: &App, officer: &Officer, call: Call) -> Result<StaffList, Failure> {
    let deed = Deed::seen(DeedName::StaffSeen, About::default());
    act::record_view(app, officer, &deed, call).await?;
    let mut tx = app.store.read().await?;
    Ok(listed(&mut tx, officer.id(), call.at).await?)
}

async fn listed(tx: &mut Tx, asker: StaffId, now: Timestamp) -> Result<StaffList, StoreError> {
    let open: BTreeMap<StaffId, Deadline> = invitations::open(tx, now).await?.into_iter().collect();
    let members = store::all(tx).await?;
    let members = members
        .into_iter()
        .map(|member| StaffMember {
            id: member.id,
            state: member.state(),
            invited_until: open.get(&member.id).copied(),
            last_sign_in: member.signed_in_at,
            yourself: member.id == asker,
            name: member.name,
            email: member.email,
            role: member.role,
            centre: member.centre,
        })
        .collect();
    Ok(StaffList { now, members })
}

/// Invites somebody.
pub(super) async fn invite(
    app: &App,
    officer: &Officer,
    asked: &NewStaff,
    call: Call,
) -> Result<StaffList, Failure> {
    let mut tx = app.store.write().await?;
    let now = app.clock.now();
    let wanted = Wanted {
        name: asked.name.clone(),
        email: asked.email.clone(),
        role: asked.role,
        centre: asked.centre,
        language: asked.language,
    };
    is_a_centre(&mut tx, asked.centre).await?;
    let member = add(app, &mut tx, wanted, now)
        .await?
        .ok_or_else(|| Problem::field("email", FieldCode::AlreadyStaff))?;
    queue(app, &mut tx, &member, now).await?;
    news::tell(app, &mut tx, TeamChange::Invited, &member, Some(officer), now).await?;
    let about = about(member.id);
    let deed = Deed::for_reason(DeedName::StaffInvited, &asked.reason, about);
    finish(app, tx, officer, &deed, Call { at: now, ..call }).await
}

/// Gives somebody another role and centre. Where the role is another their sessions end: a page that is open shows what the
/// old one was for.
pub(super) async fn change(
    app: &App,
    officer: &Officer,
    asked: &StaffChange,
    call: Call,
) -> Result<StaffList, Failure> {
    let mut tx = app.store.write().await?;
    let member = lock_other(&mut tx, officer, asked.staff).await?;
    is_a_centre(&mut tx, asked.centre).await?;
    let now = app.clock.now();
    store::change(&mut tx, member.id, asked.role, asked.centre).await?;
    if member.role != asked.role {
        sessions::end_all(&mut tx, member.id).await?;
    }
    if member.role != asked.role || member.centre != asked.centre {
        dossiers::lapse_of(app, &mut tx, member.id, now).await?;
    }
    let changed = Member {
        role: asked.role,
        ..member
    };
    news::tell(app, &mut tx, TeamChange::Changed, &changed, Some(officer), now).await?;
    let about = About {
        centre: asked.centre,
        ..about(changed.id)
    };
    let deed = Deed::for_reason(DeedName::StaffChanged, &asked.reason, about);
    finish(app, tx, officer, &deed, Call { at: now, ..call }).await
}

/// Ends somebody's access for good.
pub(super) async fn end(
    app: &App,
    officer: &Officer,
    asked: &StaffChoice,
    call: Call,
) -> Result<StaffList, Failure> {
    let mut tx = app.store.write().await?;
    let member = lock_other(&mut tx, officer, asked.staff).await?;
    let now = app.clock.now();
    end_access(app, &mut tx, &member, now).await?;
    news::tell(app, &mut tx, TeamChange::Ended, &member, Some(officer), now).await?;
    let deed = Deed::for_reason(DeedName::StaffEnded, &asked.reason, about(member.id));
    finish(app, tx, officer, &deed, Call { at: now, ..call }).await
}

/// Takes somebody's password, second factor and sessions away and invites them again.
pub(super) async fn reset(
    app: &App,
    officer: &Officer,
    asked: &StaffChoice,
    call: Call,
) -> Result<StaffList, Failure> {
    let mut tx = app.store.write().await?;
    let member = lock_other(&mut tx, officer, asked.staff).await?;
    let now = app.clock.now();
    reset_access(app, &mut tx, &member, now).await?;
    queue(app, &mut tx, &member, now).await?;
    news::tell(app, &mut tx, TeamChange::Reset, &member, Some(officer), now).await?;
    let deed = Deed::for_reason(DeedName::StaffReset, &asked.reason, about(member.id));
    finish(app, tx, officer, &deed, Call { at: now, ..call }).await
}

/// Refuses a centre that there is not.
async fn is_a_centre(tx: &mut Tx, centre: Option<CentreId>) -> Result<(), Failure> {
    match centre {
        Some(id) if centres::by_id(tx, id).await?.is_none() => {
            Err(Problem::field("centre", FieldCode::NotOffered).into())
        }
        Some(_) | None => Ok(()),
    }
}

/// Writes the deed down, and shows the list as it is then.
async fn finish(
    app: &App,
    mut tx: Tx,
    officer: &Officer,
    deed: &Deed<'_>,
    call: Call,
) -> Result<StaffList, Failure> {
    act::record(app, &mut tx, officer, deed, call).await?;
    let list = listed(&mut tx, officer.id(), call.at).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(list)
}

/// Whoever acts and whom they act on, both locked; refused for oneself and for those who left.
async fn lock_other(tx: &mut Tx, officer: &Officer, other: StaffId) -> Result<Member, Failure> {
    if other == officer.id() {
        return Err(ErrorCode::StaffStays.into());
    }
    let (first, second) = (officer.id().min(other), officer.id().max(other));
    let locked = [store::lock(tx, first).await?, store::lock(tx, second).await?];
    Ok(locked
        .into_iter()
        .flatten()
        .find(|member| member.id == other)
        .filter(works_here)
        .ok_or(ErrorCode::StaffUnknown)?)
}

fn works_here(member: &Member) -> bool {
    match member.state() {
        StaffState::Invited | StaffState::Active | StaffState::Blocked => true,
        StaffState::Ended => false,
    }
}

fn about(member: StaffId) -> About {
    About {
        member: Some(member),
        ..About::default()
    }
}

/// Somebody who is to be of the staff.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Their name.
    pub name: StaffName,
    /// Where the invitation goes.
    pub email: Email,
    /// What they are.
    pub role: Role,
    /// Where they work; nothing for all centres.
    pub centre: Option<CentreId>,
    /// The language of messages to them.
    pub language: Language,
}

/// Makes somebody a member who is invited; `None` when the address is somebody's already.
async fn add(app: &App, tx: &mut Tx, wanted: Wanted, now: Timestamp) -> Result<Option<Member>, StoreError> {
    let member = Member {
        id: StaffId::new(now, app.entropy.bytes()),
        name: wanted.name,
        email: wanted.email,
        language: wanted.language,
        role: wanted.role,
        centre: wanted.centre,
        password_set_at: None,
        totp: None,
        totp_step: None,
        second_factor_failures: 0,
        blocked_at: None,
        invited_at: Some(now),
        signed_in_at: None,
        ended_at: None,
    };
    let added = store::insert(tx, &member, now).await?;
    Ok((added == 1).then_some(member))
}

async fn end_access(app: &App, tx: &mut Tx, member: &Member, now: Timestamp) -> Result<(), StoreError> {
    store::end(tx, member.id, now).await?;
    take_away(app, tx, member, now).await
}

async fn reset_access(app: &App, tx: &mut Tx, member: &Member, now: Timestamp) -> Result<(), StoreError> {
    store::reset(tx, member.id, now).await?;
    take_away(app, tx, member, now).await
}

/// Ends what somebody had in their hands: sessions, passkeys, invitations, and what they asked a second officer for.
async fn take_away(app: &App, tx: &mut Tx, member: &Member, now: Timestamp) -> Result<(), StoreError> {
    sessions::end_all(tx, member.id).await?;
    dossiers::lapse_of(app, tx, member.id, now).await?;
    passkeys::remove_all(tx, member.id, now).await?;
    invitations::replace(tx, member.id, now).await
}

/// Puts the mail with the invitation into the outbox.
async fn queue(app: &App, tx: &mut Tx, member: &Member, now: Timestamp) -> Result<(), StoreError> {
    let message = NewMessage {
        content: Content::StaffInvitation {
            member: member.id,
            at: now,
        },
        recipient: Recipient::Typed {
            address: Address::Email(member.email.clone()),
            account: None,
        },
        case: None,
        language: member.language,
        expires_at: now.after(SENT_WITHIN),
    };
    notifications::service::queue(app, tx, &message, now).await?;
    Ok(())
}

/// A password and a secret of one-time codes that are there already.
#[derive(Debug)]
pub struct Ready<'a> {
    /// The password: it has to meet the rules, like any other.
    pub password: &'a Secret<String>,
    /// The secret of the codes.
    pub code: &'a Secret<[u8; 20]>,
}

/// Adds somebody who needs no invitation, for the demo; how many that were: none where the address is somebody's already.
pub async fn add_ready(app: &App, wanted: Wanted, ready: &Ready<'_>) -> Result<u64, Failure> {
    let mut tx = app.store.read().await?;
    if store::by_email(&mut tx, &wanted.email).await?.is_some() {
        return Ok(0);
    }
    drop(tx);
    let personal = [wanted.name.to_string(), wanted.email.to_string()];
    let hashed = prepare_password(app, &personal, ready.password).await?;
    let mut tx = app.store.write().await?;
    let now = app.clock.now();
    let Some(member) = add(app, &mut tx, wanted, now).await? else {
        return Ok(0);
    };
    let sealed = CodeSecret::of(ready.code.clone()).seal(
        &app.keys.in_force(app.clock.now()),
        &app.entropy,
        member.id,
    )?;
    let joining = Joining {
        hash: &hashed.hash(),
        totp: Some(&sealed),
        step: None,
    };
    store::join(&mut tx, member.id, &joining, now).await?;
    tell_keeper(app, &mut tx, &Event::StaffAdded { member: member.id }, now).await?;
    tx.commit().await?;
    Ok(1)
}

/// What whoever keeps the server can do without being of the staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The invitation goes by mail.
    Mail,
    /// It is made at once and shown at the terminal.
    Shown,
}

/// Why whoever keeps the server could not do it.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// Somebody has the address already.
    #[error("somebody of the staff has this address already")]
    Taken,
    /// Nobody has the address.
    #[error("nobody of the staff has this address")]
    Unknown,
    /// It is the last administrator.
    #[error("this is the last administrator: add another one first")]
    LastAdministrator,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds somebody from the command line.
pub async fn add_by_keeper(app: &App, wanted: Wanted, delivery: Delivery) -> Result<Member, NotDone> {
    let mut tx = app.store.write().await?;
    let now = app.clock.now();
    let member = add(app, &mut tx, wanted, now).await?.ok_or(NotDone::Taken)?;
    tell_keeper(app, &mut tx, &Event::StaffAdded { member: member.id }, now).await?;
    news::tell(app, &mut tx, TeamChange::Invited, &member, None, now).await?;
    deliver(app, tx, member, delivery, now).await
}

/// Resets somebody from the command line: the way back for an administrator who lost the second factor.
pub async fn reset_by_keeper(app: &App, email: &Email, delivery: Delivery) -> Result<Member, NotDone> {
    let mut tx = app.store.write().await?;
    let member = find(&mut tx, email).await?;
    let now = app.clock.now();
    reset_access(app, &mut tx, &member, now).await?;
    tell_keeper(app, &mut tx, &Event::StaffReset { member: member.id }, now).await?;
    news::tell(app, &mut tx, TeamChange::Reset, &member, None, now).await?;
    deliver(app, tx, member, delivery, now).await
}

/// Ends somebody's access from the command line.
pub async fn end_by_keeper(app: &App, email: &Email) -> Result<Member, NotDone> {
    let mut tx = app.store.write().await?;
    let member = find(&mut tx, email).await?;
    if store::administrators(&mut tx).await? == [member.id] {
        return Err(NotDone::LastAdministrator);
    }
    let now = app.clock.now();
    end_access(app, &mut tx, &member, now).await?;
    tell_keeper(app, &mut tx, &Event::StaffRemoved { member: member.id }, now).await?;
    news::tell(app, &mut tx, TeamChange::Ended, &member, None, now).await?;
    tx.commit().await?;
    Ok(member)
}

/// Everybody, those who left last.
pub async fn all(app: &App) -> Result<Vec<Member>, StoreError> {
    let mut tx = app.store.read().await?;
    store::all(&mut tx).await
}

async fn find(tx: &mut Tx, email: &Email) -> Result<Member, NotDone> {
    let found = store::by_email(tx, email).await?.ok_or(NotDone::Unknown)?;
    store::lock(tx, found.id)
        .await?
        .filter(works_here)
        .ok_or(NotDone::Unknown)
}

async fn deliver(
    app: &App,
    mut tx: Tx,
    member: Member,
    delivery: Delivery,
    now: Timestamp,
) -> Result<Member, NotDone> {
    match delivery {
        Delivery::Mail => queue(app, &mut tx, &member, now).await?,
        Delivery::Shown => {}
    }
    tx.commit().await?;
    Ok(member)
}

async fn tell_keeper(app: &App, tx: &mut Tx, event: &Event, at: Timestamp) -> Result<(), StoreError> {
    let entry = Entry::by_system(event, at, Subject::default());
    audit::service::append(app, tx, &entry).await
}
