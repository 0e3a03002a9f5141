//! What happens at the same moment: one code in many hands, one invitation, administrators who end each other.

use super::people::*;
use futures_util::future::join_all;
use rstest::rstest;
use server::staff::service::{self as staff, Delivery, Wanted};
use shared::api::ErrorCode;
use shared::i18n::Language;
use shared::staff::Role;
use shared::staff::api::{
    AcceptStaffInvitation, BeginCodeEnrolment, EndStaff, SecondFactorChosen, StaffAcceptance, StaffChoice,
    StaffInvitationToken, StaffState,
};
use tests::Engine;
use totp_rs::{Builder, Secret as CodeSecret};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_show_one_code_at_once_one_is_let_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.staff.second_factor_failures = 50).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    let mut browsers = Vec::new();
    for _ in 0..8 {
        browsers.push(ana.begin(&world).await);
    }
    let code = ana.code(&world);
    let shown = browsers
        .iter_mut()
        .map(|browser| show_code(browser, code.clone()));
    let outcomes = join_all(shown).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let refused = outcomes.into_iter().filter_map(Result::err);
    assert!(
        refused
            .into_iter()
            .all(|code| code == ErrorCode::StaffSignInRefused)
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_many_wrong_passwords_at_once_no_more_are_compared_than_allowed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    let wrong = ana.credentials(WRONG);
    let mut browsers: Vec<_> = (0..20).map(|_| world.browser()).collect();
    let tried = browsers.iter_mut().map(|browser| sign_in(browser, &wrong));
    let outcomes = join_all(tried).await;
    assert!(outcomes.iter().all(Result::is_err));
    let failed = kinds(&world).await;
    let compared = failed
        .iter()
        .filter(|kind| *kind == "staff_sign_in_failed")
        .count();
    assert_eq!(compared, usize::from(world.app.policy.staff.failures));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_use_one_invitation_at_once_one_joins(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let wanted = Wanted {
        name: "Ana Vega".parse().unwrap(),
        email: address("Ana Vega").parse().unwrap(),
        role: Role::Agent,
        centre: None,
        language: Language::Es,
    };
    let member = staff::add_by_keeper(&world.app, wanted, Delivery::Shown)
        .await
        .unwrap();
    let made = staff::make_invitation(&world.app, member.id, world.now())
        .await
        .unwrap();
    let token = made.unwrap().token;
    let shown = StaffInvitationToken { token: token.clone() };
    let codes = world.browser().call::<BeginCodeEnrolment>(&shown).await.unwrap();
    let secret = CodeSecret::try_from_base32(codes.secret.expose()).unwrap();
    let app = Builder::new()
        .with_secret(secret)
        .with_account_name("x")
        .build()
        .unwrap();
    let seconds = u64::try_from(world.now().as_millis() / 1000).unwrap();
    let asked = StaffAcceptance {
        token,
        password: RIGHT.into(),
        second: SecondFactorChosen::Code {
            code: app.generate(seconds).to_string().as_str().into(),
        },
    };
    let mut browsers: Vec<_> = (0..6).map(|_| world.browser()).collect();
    let accepted = browsers
        .iter_mut()
        .map(|browser| browser.call::<AcceptStaffInvitation>(&asked));
    let outcomes = join_all(accepted).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter_map(Result::err) {
        assert_eq!(refused.code, ErrorCode::LinkUsed);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_administrators_who_end_each_other_at_once_one_stays(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for _ in 0..4 {
        let world = world(engine).await;
        let (delia, dario) = (
            hire(&world, "Delia", Role::Administrator).await,
            hire(&world, "Dario", Role::Administrator).await,
        );
        let (mut one, mut other) = (delia.sit(&world).await, dario.sit(&world).await);
        let choice = |staff| StaffChoice {
            staff,
            reason: "uno de los dos".parse().unwrap(),
        };
        let (first, second) = (choice(dario.id), choice(delia.id));
        let (ended, ended_too) = tokio::join!(one.call::<EndStaff>(&first), other.call::<EndStaff>(&second));
        assert!(ended.is_ok() != ended_too.is_ok(), "one of them was first");
        let refused = ended.err().or(ended_too.err()).unwrap();
        assert!(
            matches!(refused.code, ErrorCode::SessionMissing | ErrorCode::StaffUnknown),
            "{refused:?}"
        );
        let all = staff::all(&world.app).await.unwrap();
        let active = all.iter().filter(|member| member.state() == StaffState::Active);
        assert_eq!(active.count(), 1);
    }
}
