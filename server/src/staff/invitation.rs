//! Invitations to the staff: made at the send, looked at without a trace, used up once, with a password and a second factor.

use super::attempts::{By, tell};
use super::code::CodeSecret;
use super::store::invitations::{self, Invitation};
use super::store::passkeys;
use super::store::{self, Joining, sessions};
use super::{Member, passkey};
use crate::accounts::{self, Judged, NewPassword};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::http::Failure;
use crate::keys::Purpose;
use crate::sessions::Caller;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::audit::Event;
use shared::identifiers::{Email, LinkId, StaffId};
use shared::passkeys::api::EnrolmentBegun;
use shared::passwords::Personal;
use shared::policy;
use shared::secrets::Secret;
use shared::sessions::api::PasswordRules;
use shared::staff::SecondFactor;
use shared::staff::api::{
    CodeEnrolment, SecondFactorChosen, StaffAcceptance, StaffInvitationView, StaffState,
};
use shared::time::{Deadline, Timestamp};

/// The page that an invitation opens; the token stands behind it, in the fragment.
pub const PAGE: &str = "/personal/invitacion";

/// An invitation that was just made: the only moment at which its token is known.
#[derive(Debug)]
pub struct MadeInvitation {
    /// Its row.
    pub id: LinkId,
    /// Where it goes.
    pub address: Email,
    /// The token in base64url, for the mail or the terminal and nothing else.
    pub token: Secret<String>,
    /// When it ends.
    pub deadline: Deadline,
}

/// Makes an invitation that is about to be sent or shown; those before it are worth nothing from then on. `None` when the
/// member has a password or left.
pub async fn make(app: &App, id: StaffId, at: Timestamp) -> Result<Option<MadeInvitation>, StoreError> {
    let (token, digest) = token::draw(app, Purpose::StaffInvitation);
    let mut tx = app.store.write().await?;
    let Some(member) = store::lock(&mut tx, id).await?.filter(is_expected) else {
        return Ok(None);
    };
    let deadline = Deadline::after(at, app.policy.staff.invitation_lifetime());
    let link = LinkId::new(at, app.entropy.bytes());
    invitations::replace(&mut tx, id, at).await?;
    invitations::insert(&mut tx, link, id, &digest, at, deadline).await?;
    let event = Event::StaffInvitationMade { member: id };
    let entry = Entry::by_system(&event, at, Subject::default());
    audit::service::append(app, &mut tx, &entry).await?;
    tx.commit().await?;
    Ok(Some(MadeInvitation {
        id: link,
        address: member.email,
        token,
        deadline,
    }))
}

/// Shows what an invitation is good for. It changes nothing.
pub(super) async fn inspect(
    app: &App,
    shown: &Secret<String>,
    now: Timestamp,
) -> Result<StaffInvitationView, Failure> {
    let mut tx = app.store.read().await?;
    let (invitation, member) = find(app, &mut tx, shown, now).await?;
    Ok(StaffInvitationView {
        now,
        deadline: invitation.expires,
        password: PasswordRules {
            rules: policy::Staff::password_rules(),
            personal: member.personal_pieces(),
        },
        name: member.name,
        email: member.email,
        role: member.role,
    })
}

/// Draws the secret of one-time codes. One that was shown before is worth nothing.
pub(super) async fn offer_codes(
    app: &App,
    shown: &Secret<String>,
    now: Timestamp,
) -> Result<CodeEnrolment, Failure> {
    let mut tx = app.store.write().await?;
    let (invitation, member) = find(app, &mut tx, shown, now).await?;
    let secret = CodeSecret::draw(&app.entropy);
    let sealed = secret.seal(&app.keys.in_force(app.clock.now()), &app.entropy, member.id)?;
    invitations::offer_codes(&mut tx, invitation.id, &sealed).await?;
    tx.commit().await?;
    let owner = member.email.to_string();
    secret
        .enrolment(&app.institution.institution().name, &owner)
        .ok_or_else(|| Failure::fault("the secret of one-time codes cannot be shown"))
}

/// Draws the challenge of a new passkey. One that was drawn before is worth nothing.
pub(super) async fn offer_passkey(
    app: &App,
    shown: &Secret<String>,
    now: Timestamp,
) -> Result<EnrolmentBegun, Failure> {
    let mut tx = app.store.write().await?;
    let (invitation, member) = find(app, &mut tx, shown, now).await?;
    let (subject, ends) = (invitation.id.as_uuid(), invitation.expires);
    let drawn = passkey::offer(app, &mut tx, subject, &member, ends, now).await?;
    tx.commit().await?;
    Ok(EnrolmentBegun {
        now,
        deadline: drawn.deadline,
        options: drawn.options,
    })
}

/// Uses an invitation up: the member has a password and a second factor from now on. Nobody is signed in.
///
/// The password is judged and hashed before the transaction; one statement decides who uses the invitation. A second factor
/// that does not hold leaves the invitation as it was.
pub(super) async fn accept(app: &App, asked: &StaffAcceptance, caller: Caller) -> Result<(), Failure> {
    let mut tx = app.store.read().await?;
    let (_, member) = find(app, &mut tx, &asked.token, caller.at).await?;
    drop(tx);
    let pieces = [member.name.to_string(), member.email.to_string()];
    let hashed = prepare_password(app, &pieces, &asked.password).await?;
    let mut tx = app.store.write().await?;
    store::lock(&mut tx, member.id).await?;
    let now = app.clock.now();
    // Asked again, now that nothing else moves.
    let (invitation, member) = find(app, &mut tx, &asked.token, now).await?;
    let chosen = match choose(app, &mut tx, &invitation, &member, &asked.second, now).await? {
        Ok(chosen) => chosen,
        Err(problem) => {
            // A challenge that was answered wrong is spent.
            tx.commit().await?;
            return Err(problem.into());
        }
    };
    if invitations::use_up(&mut tx, invitation.id, now).await? == 0 {
        return Err(ErrorCode::LinkUsed.into());
    }
    let joining = Joining {
        hash: &hashed.hash(),
        totp: chosen.totp.as_deref(),
        step: chosen.step,
    };
    if store::join(&mut tx, member.id, &joining, now).await? == 0 {
        return Err(ErrorCode::LinkReplaced.into());
    }
    sessions::end_all(&mut tx, member.id).await?;
    let event = Event::StaffJoined { way: chosen.way };
    tell(app, &mut tx, &event, By::Holder(member.id), caller, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Judges a password of the staff by every rule and hashes it. Call it outside of any transaction.
pub(super) async fn prepare_password(
    app: &App,
    personal: &[String],
    password: &Secret<String>,
) -> Result<NewPassword, Failure> {
    let judged = Judged {
        personal: Personal::new(personal),
        // A reset takes the password away, and nothing is kept of it.
        earlier: Vec::new(),
        rules: policy::Staff::password_rules(),
    };
    let prepared = accounts::service::prepare_password_for(app, judged, password).await?;
    Ok(prepared.map_err(|violations| {
        let mut problem = Problem::new(ErrorCode::PasswordRefused);
        problem.violations = violations;
        problem
    })?)
}

/// The second factor that somebody has from now on.
struct Chosen {
    way: SecondFactor,
    totp: Option<Vec<u8>>,
    step: Option<i64>,
}

/// Verifies the second factor that was chosen; the inner error is told to whoever holds the invitation.
async fn choose(
    app: &App,
    tx: &mut Tx,
    invitation: &Invitation,
    member: &Member,
    second: &SecondFactorChosen,
    now: Timestamp,
) -> Result<Result<Chosen, Problem>, StoreError> {
    match second {
        SecondFactorChosen::Code { code } => {
            let wrong = || Problem::field("second.code", FieldCode::WrongCode);
            let Some(sealed) = &invitation.totp else {
                return Ok(Err(wrong()));
            };
            let secret = CodeSecret::open(&app.keys, sealed, member.id)?;
            Ok(secret.step_of(code, now).ok_or_else(wrong).map(|step| Chosen {
                way: SecondFactor::Code,
                totp: Some(sealed.clone()),
                step: Some(step),
            }))
        }
        SecondFactorChosen::Passkey { name, credential } => {
            passkeys::remove_all(tx, member.id, now).await?;
            let subject = invitation.id.as_uuid();
            let enrolled = passkey::enrol(app, tx, subject, member.id, (name, credential), now).await?;
            Ok(enrolled
                .map(|_| Chosen {
                    way: SecondFactor::Passkey,
                    totp: None,
                    step: None,
                })
                .map_err(|_| Problem::new(ErrorCode::PasskeyRefused)))
        }
    }
}

/// Whether somebody is to set a password.
fn is_expected(member: &Member) -> bool {
    match member.state() {
        StaffState::Invited => member.invited_at.is_some(),
        StaffState::Active | StaffState::Blocked | StaffState::Ended => false,
    }
}

/// An invitation that still works, and whom it is for.
async fn find(
    app: &App,
    tx: &mut Tx,
    shown: &Secret<String>,
    now: Timestamp,
) -> Result<(Invitation, Member), Failure> {
    let digest = token::digest(app, Purpose::StaffInvitation, shown).ok_or(ErrorCode::LinkInvalid)?;
    let invitation = invitations::by_token(tx, &digest)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    if invitation.used_at.is_some() {
        return Err(ErrorCode::LinkUsed.into());
    }
    if invitation.expires.has_passed(now) {
        return Err(ErrorCode::LinkExpired.into());
    }
    // Whoever was ended is told the same as one who got a newer link: whoever invited them knows.
    let member = store::by_id(tx, invitation.staff)
        .await?
        .filter(is_expected)
        .filter(|_| invitation.replaced_at.is_none())
        .ok_or(ErrorCode::LinkReplaced)?;
    Ok((invitation, member))
}
