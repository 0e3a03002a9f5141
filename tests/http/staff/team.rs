//! The list of the staff: who may keep it, and what nobody may do to it.

use super::people::*;
use rstest::rstest;
use server::desk::Bureau;
use server::notifications::service as outbox;
use server::staff::service as staff;
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::i18n::Language;
use shared::identifiers::{CentreId, StaffId};
use shared::staff::Role;
use shared::staff::api::{
    ChangeStaff, EndStaff, InviteStaff, ListStaff, NewStaff, ResetStaff, StaffChange, StaffChoice, StaffList,
    StaffState,
};
use tests::{Browser, Engine, World};

fn newcomer(name: &str, role: Role) -> NewStaff {
    NewStaff {
        name: name.parse().unwrap(),
        email: address(name).parse().unwrap(),
        role,
        centre: None,
        language: Language::Es,
        reason: "contrato 12 de 2026".parse().unwrap(),
    }
}

fn chosen(staff: StaffId) -> StaffChoice {
    StaffChoice {
        staff,
        reason: "ya no trabaja aquí".parse().unwrap(),
    }
}

fn becomes(staff: StaffId, role: Role) -> StaffChange {
    StaffChange {
        staff,
        role,
        centre: None,
        reason: "cambio de puesto".parse().unwrap(),
    }
}

async fn end(browser: &mut Browser, staff: StaffId) -> Result<StaffList, Problem> {
    browser.call::<EndStaff>(&chosen(staff)).await
}

async fn acts(world: &World) -> Vec<(String, Option<String>, Option<uuid::Uuid>)> {
    let mut tx = world.app.store.read().await.unwrap();
    server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT deed, reason, member_id FROM staff_acts ORDER BY deed"
    )
    .fetch_all(conn))
    .unwrap()
}

#[rstest]
#[tokio::test]
async fn an_administrator_invites_and_every_look_and_deed_is_written_down(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    let mut browser = delia.sit(&world).await;
    let list = browser.call::<ListStaff>(&()).await.unwrap();
    assert!(list.members[0].yourself && list.members.len() == 1);
    let asked = newcomer("Ana Vega", Role::Agent);
    let list = browser.call::<InviteStaff>(&asked).await.unwrap();
    let ana = list.members.iter().find(|member| !member.yourself).unwrap();
    assert_eq!(
        (ana.state, ana.invited_until),
        (StaffState::Invited, None),
        "the mail is under way"
    );
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    let list = browser.call::<ListStaff>(&()).await.unwrap();
    assert!(list.members.iter().any(|member| member.invited_until.is_some()));

    let twice = browser.call::<InviteStaff>(&asked).await.unwrap_err();
    assert_eq!(twice.fields[0].code, FieldCode::AlreadyStaff);
    let nowhere = NewStaff {
        centre: Some(CentreId::new(world.now(), [1; 10])),
        ..newcomer("Luis Mora", Role::Agent)
    };
    let refused = browser.call::<InviteStaff>(&nowhere).await.unwrap_err();
    assert_eq!(refused.fields[0].code, FieldCode::NotOffered);

    let written = acts(&world).await;
    let deeds: Vec<&str> = written.iter().map(|(deed, ..)| deed.as_str()).collect();
    assert_eq!(deeds, ["staff_invited", "staff_seen", "staff_seen"]);
    assert_eq!(written[0].1.as_deref(), Some("contrato 12 de 2026"));
    assert!(written[0].2.is_some());
    let mut tx = world.app.store.read().await.unwrap();
    let (about,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM audit_events WHERE detail LIKE '%contrato%'"
    )
    .fetch_one(conn))
    .unwrap();
    assert_eq!(about, 0, "the words stay out of the log");
}

#[rstest]
#[tokio::test]
async fn whoever_is_ended_is_out_at_once_and_may_come_back_as_somebody_new(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    let (mut desk, mut hers) = (delia.sit(&world).await, ana.sit(&world).await);
    let list = end(&mut desk, ana.id).await.unwrap();
    assert_eq!(list.members.last().unwrap().state, StaffState::Ended);
    assert_eq!(current(&mut hers).await, Err(ErrorCode::SessionMissing));
    assert!(
        sign_in(&mut world.browser(), &ana.credentials(RIGHT))
            .await
            .is_err()
    );
    assert_eq!(
        end(&mut desk, ana.id).await.unwrap_err().code,
        ErrorCode::StaffUnknown
    );
    let again = newcomer("Ana", Role::Agent);
    assert_eq!(desk.call::<InviteStaff>(&again).await.unwrap().members.len(), 3);
}

#[rstest]
#[tokio::test]
async fn another_role_ends_the_sessions_of_the_old_one_and_another_centre_does_not(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    let (mut desk, mut hers) = (delia.sit(&world).await, ana.sit(&world).await);
    desk.call::<ChangeStaff>(&becomes(ana.id, Role::Agent))
        .await
        .unwrap();
    assert!(current(&mut hers).await.is_ok());
    desk.call::<ChangeStaff>(&becomes(ana.id, Role::Supervisor))
        .await
        .unwrap();
    assert_eq!(current(&mut hers).await, Err(ErrorCode::SessionMissing));
    world.advance(STEP);
    assert_eq!(
        current(&mut ana.sit(&world).await).await.unwrap().role,
        Role::Supervisor
    );
}

#[rstest]
#[tokio::test]
async fn a_reset_takes_both_factors_away_and_lifts_a_block(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    let mut browser = ana.begin(&world).await;
    for _ in 0..world.app.policy.staff.second_factor_failures {
        assert!(show_code(&mut browser, "000000".into()).await.is_err());
    }
    let mut desk = delia.sit(&world).await;
    let list = desk.call::<ResetStaff>(&chosen(ana.id)).await.unwrap();
    let member = list.members.iter().find(|member| member.id == ana.id).unwrap();
    assert_eq!(member.state, StaffState::Invited);
    assert!(
        sign_in(&mut world.browser(), &ana.credentials(RIGHT))
            .await
            .is_err()
    );
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    assert!(world.mails()[0].text.contains("/personal/invitacion#"));
}

#[rstest]
#[tokio::test]
async fn nobody_does_it_to_themselves(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    hire(&world, "Dario", Role::Administrator).await;
    let mut desk = delia.sit(&world).await;
    let own = [
        end(&mut desk, delia.id).await.unwrap_err().code,
        desk.call::<ResetStaff>(&chosen(delia.id)).await.unwrap_err().code,
        desk.call::<ChangeStaff>(&becomes(delia.id, Role::Agent))
            .await
            .unwrap_err()
            .code,
    ];
    assert_eq!(own, [ErrorCode::StaffStays; 3]);
    assert!(current(&mut desk).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn whoever_keeps_the_server_cannot_end_the_last_administrator(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    hire(&world, "Ana", Role::Agent).await;
    let refused = staff::end_by_keeper(&world.app, &delia.email).await.unwrap_err();
    assert!(matches!(refused, staff::NotDone::LastAdministrator));
    hire(&world, "Dario", Role::Administrator).await;
    staff::end_by_keeper(&world.app, &delia.email).await.unwrap();
    let gone = staff::end_by_keeper(&world.app, &delia.email).await.unwrap_err();
    assert!(matches!(gone, staff::NotDone::Unknown));
}

/// Who was told of a change to the staff since the last time, by address.
async fn told(world: &World, before: usize) -> Vec<String> {
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    let mails = world.mails();
    let new = &mails[..mails.len() - before];
    let news = new
        .iter()
        .filter(|mail| mail.subject.starts_with("Cambio en el personal"));
    let mut to: Vec<_> = news.map(|mail| mail.to.to_string()).collect();
    to.sort_unstable();
    to
}

#[rstest]
#[tokio::test]
async fn whoever_could_undo_it_hears_of_every_change(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    for (name, role) in [
        ("Dario", Role::Administrator),
        ("Aura", Role::Auditor),
        ("Saul", Role::Supervisor),
    ] {
        hire(&world, name, role).await;
    }
    let ana = hire(&world, "Ana", Role::Agent).await;
    let watching = vec![address("Aura"), address("Dario")];
    let mut desk = delia.sit(&world).await;

    let asked = newcomer("Eva Ruiz", Role::Agent);
    desk.call::<InviteStaff>(&asked).await.unwrap();
    assert_eq!(told(&world, 0).await, watching);
    let mail = &world
        .mails()
        .into_iter()
        .find(|mail| mail.to.to_string() == address("Aura"));
    let text = &mail.as_ref().unwrap().text;
    assert!(text.contains("Eva Ruiz") && text.contains("Delia"), "{text}");

    let before = world.mails().len();
    desk.call::<ChangeStaff>(&becomes(ana.id, Role::Supervisor))
        .await
        .unwrap();
    assert_eq!(told(&world, before).await, watching);
    let before = world.mails().len();
    desk.call::<ResetStaff>(&chosen(ana.id)).await.unwrap();
    assert_eq!(told(&world, before).await, watching);
    let before = world.mails().len();
    end(&mut desk, ana.id).await.unwrap();
    assert_eq!(told(&world, before).await, watching);

    // What comes from the command line has nobody's name: everybody who watches hears of it.
    let before = world.mails().len();
    staff::end_by_keeper(&world.app, &address("Saul").parse().unwrap())
        .await
        .unwrap();
    let everybody = vec![address("Aura"), address("Dario"), address("Delia")];
    assert_eq!(told(&world, before).await, everybody);
}
