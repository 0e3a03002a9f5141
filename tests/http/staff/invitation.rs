//! Invitations: a password and a second factor, both compulsory, once, within their time.

use super::people::*;
use rstest::rstest;
use server::desk::Bureau;
use server::notifications::service as outbox;
use server::staff::service::{self as staff, Delivery, Wanted};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::i18n::Language;
use shared::passkeys::browser::CreationOptions;
use shared::recovery::api::Empty;
use shared::secrets::Secret;
use shared::staff::api::{
    AcceptStaffInvitation, BeginCodeEnrolment, BeginPasskeyEnrolment, BeginStaffPasskey, CodeEnrolment,
    InspectStaffInvitation, LockStaffSession, SecondFactorChosen, SignInWithPasskey, StaffAcceptance,
    StaffInvitationToken, StaffInvitationView, StaffPasskeyShown, UnlockWithPasskey,
};
use shared::staff::{Role, SecondFactor, Standing};
use tests::authenticator::{Device, Lie};
use tests::{Browser, Engine, World};
use totp_rs::{Builder, Secret as CodeSecret};

fn wanted(name: &str) -> Wanted {
    Wanted {
        name: name.parse().unwrap(),
        email: address(name).parse().unwrap(),
        role: Role::Agent,
        centre: None,
        language: Language::Es,
    }
}

/// The token of an invitation, as `clavero staff add` prints it.
async fn invited(world: &World, name: &str) -> Secret<String> {
    let member = staff::add_by_keeper(&world.app, wanted(name), Delivery::Shown)
        .await
        .unwrap();
    again(world, member.id).await
}

async fn again(world: &World, id: shared::identifiers::StaffId) -> Secret<String> {
    let made = staff::make_invitation(&world.app, id, world.now()).await.unwrap();
    made.unwrap().token
}

fn shown(token: &Secret<String>) -> StaffInvitationToken {
    StaffInvitationToken { token: token.clone() }
}

async fn inspect(world: &World, token: &Secret<String>) -> Result<StaffInvitationView, ErrorCode> {
    let mut browser = world.browser();
    browser
        .call::<InspectStaffInvitation>(&shown(token))
        .await
        .map_err(told)
}

async fn codes(world: &World, token: &Secret<String>) -> CodeEnrolment {
    let mut browser = world.browser();
    browser.call::<BeginCodeEnrolment>(&shown(token)).await.unwrap()
}

/// The present code of a secret, as an app shows it.
fn code(world: &World, codes: &CodeEnrolment) -> Secret<String> {
    let secret = CodeSecret::try_from_base32(codes.secret.expose()).unwrap();
    let app = Builder::new()
        .with_secret(secret)
        .with_account_name("x")
        .build()
        .unwrap();
    let seconds = u64::try_from(world.now().as_millis() / 1000).unwrap();
    Secret::new(app.generate(seconds).to_string())
}

async fn accept(
    browser: &mut Browser,
    token: &Secret<String>,
    password: &str,
    second: SecondFactorChosen,
) -> Result<Empty, Problem> {
    let asked = StaffAcceptance {
        token: token.clone(),
        password: password.into(),
        second,
    };
    browser.call::<AcceptStaffInvitation>(&asked).await
}

fn with_code(code: Secret<String>) -> SecondFactorChosen {
    SecondFactorChosen::Code { code }
}

async fn with_passkey(device: &mut Device, options: &CreationOptions) -> SecondFactorChosen {
    SecondFactorChosen::Passkey {
        name: "Llave del escritorio".parse().unwrap(),
        credential: Box::new(device.create(options).await),
    }
}

async fn offered(world: &World, token: &Secret<String>) -> CreationOptions {
    let mut browser = world.browser();
    let begun = browser
        .call::<BeginPasskeyEnrolment>(&shown(token))
        .await
        .unwrap();
    begun.options
}

#[rstest]
#[tokio::test]
async fn somebody_joins_with_a_code_and_the_invitation_is_used_up(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let token = invited(&world, "Ana Vega").await;
    let view = inspect(&world, &token).await.unwrap();
    assert_eq!((view.name.as_str(), view.role), ("Ana Vega", Role::Agent));
    let rules = &view.password.rules;
    assert_eq!(
        (rules.min_length, rules.max_length, rules.composition),
        (15, 64, false)
    );
    let codes = codes(&world, &token).await;
    let mut browser = world.browser();
    accept(&mut browser, &token, RIGHT, with_code(code(&world, &codes)))
        .await
        .unwrap();
    assert_eq!(
        current(&mut browser).await,
        Err(ErrorCode::SessionMissing),
        "nobody is signed in by it"
    );
    assert_eq!(inspect(&world, &token).await, Err(ErrorCode::LinkUsed));
    // The code that joined is used up; the next one signs in.
    let member = staff::all(&world.app).await.unwrap().remove(0);
    let credentials = shared::staff::api::StaffCredentials {
        email: member.email,
        password: RIGHT.into(),
    };
    sign_in(&mut browser, &credentials).await.unwrap();
    assert!(show_code(&mut browser, code(&world, &codes)).await.is_err());
    world.advance(STEP);
    show_code(&mut browser, code(&world, &codes)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn neither_a_weak_password_nor_a_wrong_code_uses_the_invitation_up(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let token = invited(&world, "Ana Vega").await;
    let mut browser = world.browser();
    let none = accept(&mut browser, &token, RIGHT, with_code("123456".into())).await;
    assert_eq!(
        none.unwrap_err().fields[0].code,
        FieldCode::WrongCode,
        "no secret was drawn"
    );
    let codes = codes(&world, &token).await;
    for weak in ["cuatro", "ana.vega@instituto.example!", "aaaaaaaaaaaaaaaaaaaa"] {
        let refused = accept(&mut browser, &token, weak, with_code(code(&world, &codes))).await;
        assert_eq!(refused.unwrap_err().code, ErrorCode::PasswordRefused, "{weak}");
    }
    let wrong = accept(&mut browser, &token, RIGHT, with_code("000000".into())).await;
    let field = &wrong.unwrap_err().fields[0];
    assert_eq!(
        (field.field.as_str(), field.code),
        ("second.code", FieldCode::WrongCode)
    );
    assert!(inspect(&world, &token).await.is_ok());
    // A secret that was drawn later takes its place.
    let newer = self::codes(&world, &token).await;
    assert_ne!(newer.secret, codes.secret);
    assert!(
        accept(&mut browser, &token, RIGHT, with_code(code(&world, &codes)))
            .await
            .is_err()
    );
    accept(&mut browser, &token, RIGHT, with_code(code(&world, &newer)))
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn an_invitation_ends_at_its_instant_and_a_newer_one_takes_its_place(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let old = invited(&world, "Ana Vega").await;
    let id = staff::all(&world.app).await.unwrap()[0].id;
    let token = again(&world, id).await;
    assert_eq!(inspect(&world, &old).await, Err(ErrorCode::LinkReplaced));
    world.advance(
        world
            .app
            .policy
            .staff
            .invitation_lifetime()
            .checked_sub(TICK)
            .unwrap(),
    );
    assert!(inspect(&world, &token).await.is_ok());
    world.advance(TICK);
    assert_eq!(inspect(&world, &token).await, Err(ErrorCode::LinkExpired));
    assert_eq!(
        inspect(&world, &"A".repeat(43).as_str().into()).await,
        Err(ErrorCode::LinkInvalid)
    );
}

#[rstest]
#[tokio::test]
async fn somebody_joins_with_a_passkey_signs_in_and_unlocks_with_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let token = invited(&world, "Ana Vega").await;
    let mut device = Device::of(&world);
    let options = offered(&world, &token).await;
    let lying = with_passkey(&mut device.lying(Lie::Unverified), &options).await;
    let mut browser = world.browser();
    let refused = accept(&mut browser, &token, RIGHT, lying).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::PasskeyRefused);
    let options = offered(&world, &token).await;
    let second = with_passkey(&mut device, &options).await;
    accept(&mut browser, &token, RIGHT, second).await.unwrap();

    let credentials = shared::staff::api::StaffCredentials {
        email: address("Ana Vega").parse().unwrap(),
        password: RIGHT.into(),
    };
    let asked = sign_in(&mut browser, &credentials).await.unwrap();
    assert_eq!(asked.ways, [SecondFactor::Passkey]);
    let begun = browser.call::<BeginStaffPasskey>(&Empty {}).await.unwrap();
    let credential = device.sign(&begun.options).await;
    let answer = StaffPasskeyShown { credential };
    // Without the session whose challenge it is, it is worth nothing.
    let stranger = world.browser().call::<SignInWithPasskey>(&answer).await;
    assert_eq!(stranger.unwrap_err().code, ErrorCode::SessionMissing);
    let view = browser.call::<SignInWithPasskey>(&answer).await.unwrap();
    assert_eq!(view.standing, Standing::Open);

    browser.call::<LockStaffSession>(&Empty {}).await.unwrap();
    let again = browser.call::<UnlockWithPasskey>(&answer).await;
    assert_eq!(
        again.unwrap_err().code,
        ErrorCode::StaffSignInRefused,
        "a used answer opens nothing"
    );
    let begun = browser.call::<BeginStaffPasskey>(&Empty {}).await.unwrap();
    let forged = StaffPasskeyShown {
        credential: device.lying(Lie::Signature).sign(&begun.options).await,
    };
    assert!(browser.call::<UnlockWithPasskey>(&forged).await.is_err());
    let begun = browser.call::<BeginStaffPasskey>(&Empty {}).await.unwrap();
    let credential = device.sign(&begun.options).await;
    let opened = browser
        .call::<UnlockWithPasskey>(&StaffPasskeyShown { credential })
        .await;
    assert_eq!(opened.unwrap().standing, Standing::Open);
}

#[rstest]
#[tokio::test]
async fn another_members_passkey_is_no_second_factor(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut devices = Vec::new();
    for name in ["Ana Vega", "Luis Mora"] {
        let token = invited(&world, name).await;
        let mut device = Device::of(&world);
        let options = offered(&world, &token).await;
        let second = with_passkey(&mut device, &options).await;
        accept(&mut world.browser(), &token, RIGHT, second).await.unwrap();
        devices.push(device);
    }
    let mut browser = world.browser();
    let credentials = shared::staff::api::StaffCredentials {
        email: address("Ana Vega").parse().unwrap(),
        password: RIGHT.into(),
    };
    sign_in(&mut browser, &credentials).await.unwrap();
    let begun = browser.call::<BeginStaffPasskey>(&Empty {}).await.unwrap();
    let credential = devices[1].sign(&begun.options).await;
    let refused = browser
        .call::<SignInWithPasskey>(&StaffPasskeyShown { credential })
        .await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::StaffSignInRefused);
}

#[rstest]
#[tokio::test]
async fn an_invitation_that_goes_by_mail_has_its_link_in_the_mail_and_nowhere_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    staff::add_by_keeper(&world.app, wanted("Ana Vega"), Delivery::Mail)
        .await
        .unwrap();
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    let mails = world.mails();
    assert_eq!(mails.len(), 1);
    let (_, rest) = mails[0].text.split_once("/personal/invitacion#").unwrap();
    let token: String = rest.chars().take_while(|one| !one.is_whitespace()).collect();
    assert!(inspect(&world, &token.as_str().into()).await.is_ok());
}
