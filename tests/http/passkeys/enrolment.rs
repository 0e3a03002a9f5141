//! The link from the counter: what it is good for, and when it is not any more.

use super::{enrolled, reasons};
use crate::sessions::people::{self, COMPANY, OTHER, TICK, UNKNOWN};
use rstest::rstest;
use server::desk::Bureau;
use server::notifications::service as outbox;
use server::passkeys::{EnrolmentAsked, NoEnrolmentLink, service};
use shared::accounts::api::{Freeze, FreezeToken};
use shared::api::{ErrorCode, Problem};
use shared::passkeys::Backup;
use shared::passkeys::api::{EnrolmentToken, EnrolmentView, InspectEnrolment, ListPasskeys};
use shared::passkeys::browser::Requirement;
use shared::secrets::Secret;
use std::time::Duration;
use tests::authenticator::{self, Device, Lie, begin, finish, link};
use tests::{Engine, World};

async fn inspect(world: &World, link: &EnrolmentToken) -> Result<EnrolmentView, Problem> {
    world.browser().call::<InspectEnrolment>(link).await
}

fn lifetime(world: &World) -> Duration {
    world.app.policy.passkeys.enrolment_lifetime()
}

#[rstest]
#[tokio::test]
async fn a_device_is_enrolled_and_its_owner_is_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let account = COMPANY.settle(&world).await;
    let link = link(&world, COMPANY.0).await;
    let view = inspect(&world, &link).await.unwrap();
    assert_eq!((view.passkeys, view.most), (0, 10));
    assert!(view.employer.contains('•'), "{}", view.employer);
    assert_eq!(view.deadline.remaining(view.now), lifetime(&world));

    let begun = begin(&world, &link).await.unwrap();
    let options = &begun.options;
    assert_eq!(options.rp.id, "localhost");
    assert_eq!(options.user.id.as_slice(), account.as_uuid().as_bytes());
    assert_eq!(options.user.name, view.employer);
    let selection = options.authenticator_selection;
    assert_eq!(selection.user_verification, Requirement::Required);
    assert_eq!(selection.resident_key, Requirement::Required);
    assert!(options.exclude_credentials.is_empty());

    let mut device = Device::of(&world);
    let made = device.create(options).await;
    let done = finish(&world, &link, "  Huella del celular ", made)
        .await
        .unwrap();
    assert_eq!(done.name.as_str(), "Huella del celular");
    assert_eq!((done.passkeys, done.at), (1, world.now()));

    let mut browser = COMPANY.known(&world).await;
    let list = browser.call::<ListPasskeys>(&()).await.unwrap();
    assert_eq!(list.passkeys.len(), 1);
    assert_eq!(list.passkeys[0].name, done.name);
    assert_eq!(list.passkeys[0].used_at, None);
    assert_eq!(list.passkeys[0].backup, Backup::BackedUp);
    assert_eq!(
        people::mails(&world).await,
        ["Se registró una huella en su cuenta de empleador"]
    );
    assert_eq!(people::events(&world, "enrolment_link_made").await, 1);
    assert_eq!(people::events(&world, "passkey_enrolled").await, 1);
}

#[rstest]
#[tokio::test]
async fn looking_at_a_link_writes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    let link = link(&world, COMPANY.0).await;
    let before = people::facts(&world).await;
    for _ in 0..3 {
        inspect(&world, &link).await.unwrap();
    }
    assert_eq!(people::facts(&world).await, before);
}

#[rstest]
#[tokio::test]
async fn a_link_enrols_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    let link = link(&world, COMPANY.0).await;
    let begun = begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    finish(&world, &link, "Uno", made.clone()).await.unwrap();

    let again = Device::of(&world).create(&begun.options).await;
    for credential in [made, again] {
        let problem = finish(&world, &link, "Dos", credential).await.unwrap_err();
        assert_eq!(problem.code, ErrorCode::LinkUsed);
    }
    assert_eq!(begin(&world, &link).await.unwrap_err().code, ErrorCode::LinkUsed);
    assert_eq!(
        inspect(&world, &link).await.unwrap_err().code,
        ErrorCode::LinkUsed
    );
}

#[rstest]
#[tokio::test]
async fn a_link_ends_at_its_deadline(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    let link = link(&world, COMPANY.0).await;
    world.advance(lifetime(&world).saturating_sub(TICK));
    inspect(&world, &link).await.unwrap();
    let begun = begin(&world, &link).await.unwrap();
    assert_eq!(begun.deadline.remaining(begun.now), TICK);
    let made = Device::of(&world).create(&begun.options).await;
    world.advance(TICK);
    let late = [
        inspect(&world, &link).await.unwrap_err(),
        begin(&world, &link).await.unwrap_err(),
        finish(&world, &link, "Tarde", made).await.unwrap_err(),
    ];
    for problem in late {
        assert_eq!(problem.code, ErrorCode::LinkExpired);
    }
}

#[rstest]
#[tokio::test]
async fn the_last_moment_of_a_link_is_good(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    let link = link(&world, COMPANY.0).await;
    world.advance(lifetime(&world).saturating_sub(TICK));
    let begun = begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    finish(&world, &link, "Justo a tiempo", made).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_challenge_ends_at_its_deadline_and_the_link_goes_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    let link = link(&world, COMPANY.0).await;
    let begun = begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    world.advance(world.app.policy.passkeys.ceremony_lifetime());
    let problem = finish(&world, &link, "Tarde", made).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::PasskeyRefused);
    assert_eq!(reasons(&world).await, ["late"]);
    let begun = begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    finish(&world, &link, "A tiempo", made).await.unwrap();
}

#[rstest]
#[case(Lie::Origin("https://clavero.evil.example"), "other_origin")]
#[case(Lie::Origin("https://localhost:8080"), "other_origin")]
#[case(Lie::Origin("http://localhost:8081"), "other_origin")]
#[case(Lie::Origin("http://sub.localhost:8080"), "other_origin")]
#[case(Lie::Site("evil.example"), "other_site")]
#[case(Lie::Unverified, "user_not_verified")]
#[case(Lie::Framed, "other_origin")]
#[case(Lie::Type("webauthn.get"), "invalid")]
#[case(Lie::NotDiscoverable, "not_discoverable")]
#[tokio::test]
async fn a_lie_enrols_nothing_and_spends_only_its_challenge(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] lie: Lie,
    #[case] reason: &str,
) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    let link = link(&world, COMPANY.0).await;
    let begun = begin(&world, &link).await.unwrap();
    let mut device = Device::of(&world);
    let made = device.lying(lie).create(&begun.options).await;
    let problem = finish(&world, &link, "Mentira", made).await.unwrap_err();
    assert_eq!(problem, Problem::new(ErrorCode::PasskeyRefused));
    assert_eq!(reasons(&world).await, [reason]);
    assert_eq!(inspect(&world, &link).await.unwrap().passkeys, 0);

    // The same challenge serves nobody any more; a new one does.
    world.advance(TICK);
    let honest = device.create(&begun.options).await;
    let problem = finish(&world, &link, "Tarde", honest).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::PasskeyRefused);
    assert_eq!(reasons(&world).await, [reason, "no_ceremony"]);
    let begun = begin(&world, &link).await.unwrap();
    let honest = device.create(&begun.options).await;
    finish(&world, &link, "Verdad", honest).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_newer_challenge_takes_the_place_of_an_older_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    let link = link(&world, COMPANY.0).await;
    let old = begin(&world, &link).await.unwrap();
    begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&old.options).await;
    finish(&world, &link, "Viejo", made).await.unwrap_err();
    assert_eq!(reasons(&world).await, ["other_challenge"]);
}

#[rstest]
#[tokio::test]
async fn a_challenge_of_another_link_is_worth_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let (ours, theirs) = (link(&world, COMPANY.0).await, link(&world, OTHER.0).await);
    begin(&world, &ours).await.unwrap();
    let begun = begin(&world, &theirs).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    finish(&world, &ours, "Ajeno", made).await.unwrap_err();
    assert_eq!(reasons(&world).await, ["other_challenge"]);
}

#[rstest]
#[tokio::test]
async fn a_credential_is_enrolled_once_whoever_asks(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let first = link(&world, COMPANY.0).await;
    let begun = begin(&world, &first).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    finish(&world, &first, "Mío", made.clone()).await.unwrap();

    for employer in [COMPANY, OTHER] {
        let link = link(&world, employer.0).await;
        let begun = begin(&world, &link).await.unwrap();
        assert_eq!(
            begun.options.exclude_credentials.len(),
            usize::from(employer.0 == COMPANY.0)
        );
        let problem = finish(&world, &link, "Otra vez", made.clone()).await.unwrap_err();
        assert_eq!(problem.code, ErrorCode::PasskeyRefused);
    }
    assert_eq!(reasons(&world).await, ["enrolled_already", "enrolled_already"]);
}

#[rstest]
#[tokio::test]
async fn what_is_no_link_is_told_alike(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    let unknown = "A".repeat(43);
    for token in ["", "x", unknown.as_str(), &"A".repeat(4000)] {
        let token = EnrolmentToken {
            token: Secret::from(token),
        };
        assert_eq!(
            inspect(&world, &token).await.unwrap_err().code,
            ErrorCode::LinkInvalid
        );
        assert_eq!(
            begin(&world, &token).await.unwrap_err().code,
            ErrorCode::LinkInvalid
        );
    }
}

#[rstest]
#[tokio::test]
async fn a_newer_link_ends_an_older_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    let old = link(&world, COMPANY.0).await;
    let new = link(&world, COMPANY.0).await;
    assert_eq!(
        inspect(&world, &old).await.unwrap_err().code,
        ErrorCode::LinkReplaced
    );
    assert_eq!(
        begin(&world, &old).await.unwrap_err().code,
        ErrorCode::LinkReplaced
    );
    inspect(&world, &new).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_blocked_account_enrols_and_a_frozen_one_does_not(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let account = COMPANY.settle(&world).await;
    people::block(&world, account).await;
    let link = link(&world, COMPANY.0).await;
    let begun = begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    people::freeze(&world, account).await;
    for problem in [
        inspect(&world, &link).await.unwrap_err(),
        begin(&world, &link).await.unwrap_err(),
        finish(&world, &link, "Congelada", made).await.unwrap_err(),
    ] {
        assert_eq!(problem.code, ErrorCode::LinkExpired);
    }
    assert!(matches!(
        refusal(&world, COMPANY.0).await,
        NoEnrolmentLink::Frozen
    ));
}

/// The token of the newest mail's link "no fui yo".
async fn no_fui_yo(world: &World) -> FreezeToken {
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    let text = world.mails().remove(0).text;
    let (_, rest) = text.split_once("/no-fui-yo#").unwrap();
    FreezeToken {
        token: Secret::from(rest.split_whitespace().next().unwrap()),
    }
}

#[rstest]
#[tokio::test]
async fn a_link_from_before_a_freeze_stays_dead_after_the_thaw(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, account, _) = enrolled(engine).await;
    let freeze = no_fui_yo(&world).await;
    world.advance(TICK);
    let link = link(&world, COMPANY.0).await;
    let begun = begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    world.browser().call::<Freeze>(&freeze).await.unwrap();
    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(
        &mut tx,
        sqlx::query("UPDATE accounts SET frozen_at = NULL WHERE id = $1").bind(account.as_uuid())
    )
    .unwrap();
    tx.commit().await.unwrap();
    for problem in [
        inspect(&world, &link).await.unwrap_err(),
        begin(&world, &link).await.unwrap_err(),
        finish(&world, &link, "Descongelada", made).await.unwrap_err(),
    ] {
        assert_eq!(problem.code, ErrorCode::LinkExpired);
    }
    // A new one works.
    authenticator::enrol(&world, &mut Device::of(&world), COMPANY.0).await;
}

#[rstest]
#[tokio::test]
async fn an_account_has_so_many_passkeys_and_no_more(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::with(engine, |policy| policy.passkeys.most = 2).await;
    COMPANY.settle(&world).await;
    authenticator::enrol(&world, &mut Device::of(&world), COMPANY.0).await;
    let link = link(&world, COMPANY.0).await;
    let begun = begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    finish(&world, &link, "Último", made).await.unwrap();
    assert!(matches!(refusal(&world, COMPANY.0).await, NoEnrolmentLink::Full));
    assert!(matches!(
        refusal(&world, UNKNOWN.0).await,
        NoEnrolmentLink::NoAccount
    ));
}

#[rstest]
#[tokio::test]
async fn the_officer_and_the_reason_are_kept_and_not_in_the_audit_log(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, _, _) = enrolled(engine).await;
    let everything = world.everything().await;
    assert!(everything.contains("Lucía Paz"));
    let events: Vec<&str> = everything
        .lines()
        .filter(|line| line.contains("enrolment_link_made"))
        .collect();
    assert!(!events.is_empty());
    assert!(
        events
            .iter()
            .all(|event| !event.contains("Lucía") && !event.contains("cédula"))
    );
}

#[rstest]
#[tokio::test]
async fn the_officers_words_go_a_year_after_the_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    link(&world, COMPANY.0).await;
    let year = Duration::from_hours(24 * 365);
    world.advance((lifetime(&world) + year).saturating_sub(TICK));
    assert_eq!(service::purge(&world.app, world.now()).await.unwrap(), 0);
    assert!(world.everything().await.contains("Lucía Paz"));
    world.advance(TICK);
    assert_eq!(service::purge(&world.app, world.now()).await.unwrap(), 1);
    assert!(!world.everything().await.contains("Lucía Paz"));
    assert_eq!(people::events(&world, "enrolment_link_made").await, 1);
}

async fn refusal(world: &World, employer: &str) -> NoEnrolmentLink {
    let asked = EnrolmentAsked {
        employer: employer.parse().unwrap(),
        branch: shared::identifiers::Branch::default(),
        officer: "Lucía Paz".parse().unwrap(),
        reason: "cédula original".parse().unwrap(),
    };
    service::make_enrolment_link(&world.app, &asked)
        .await
        .unwrap_err()
}
