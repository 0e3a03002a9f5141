//! Acting with a dossier: what is sent, and what the officer watches of it.

use super::people::*;
use crate::recovery::people::{COMPANY, Condition, Employer, GOOD, OTHER, deliver, inspect, reset, token};
use rstest::rstest;
use shared::accounts::Progress;
use shared::dossiers::api::{AccountState, DossierView, UnderWay};
use shared::dossiers::{Action, ActionName, Standing};
use shared::notifications::Channel;
use shared::passkeys::api::{EnrolmentToken, InspectEnrolment};
use shared::secrets::Secret;
use tests::Engine;
use tests::authenticator::{self, Device};

fn under_way(view: &DossierView) -> &UnderWay {
    view.done[0].under_way.as_ref().unwrap()
}

async fn look(counter: &mut Counter) -> DossierView {
    open(&mut counter.agent, counter.visit).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn the_link_goes_to_the_registered_address_and_the_officer_sees_how_far_it_has_come(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let view = counter.act(send_link()).await.unwrap().dossier;
    let sent = under_way(&view);
    assert_eq!(sent.progress, Some(Progress::Queued));
    assert_eq!(sent.to.as_deref(), Some("ma•••@em•••.example"));
    assert_eq!(view.done[0].officer, "Ana Paz");
    deliver(&counter.world).await;
    let mail = counter.world.mails().remove(0);
    assert_eq!(mail.to.to_string(), "maria@empresa.example");
    let view = look(&mut counter).await;
    assert!(matches!(
        under_way(&view).progress,
        Some(Progress::HandedOver { .. })
    ));

    // The person, on a telephone of their own.
    let mut phone = counter.world.browser();
    let link = token(&counter.world);
    inspect(&mut phone, &link).await.unwrap();
    reset(&mut phone, &link, GOOD).await.unwrap();
    let view = look(&mut counter).await;
    assert!(matches!(under_way(&view).progress, Some(Progress::Done { .. })));
}

#[rstest]
#[tokio::test]
async fn an_unlock_link_is_sent_for_a_blocked_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = accepted(engine, COMPANY, Condition::Blocked).await;
    let view = look(&mut counter).await;
    assert_eq!(view.account.as_ref().unwrap().state, AccountState::Blocked);
    let action = Action::SendUnlockLink {
        reference: None,
        channel: Channel::Email,
    };
    let view = counter.act(action).await.unwrap().dossier;
    assert_eq!(under_way(&view).progress, Some(Progress::Queued));
    deliver(&counter.world).await;
    assert_eq!(counter.world.mails().len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_passkeys_link_is_shown_once_and_stands_nowhere(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let acted = counter.act(Action::EnrolPasskey).await.unwrap();
    let shown = acted.enrolment.unwrap();
    let (page, token) = shown.link.expose().split_once('#').unwrap();
    assert!(page.ends_with("/registrar-huella"));
    let rows: Vec<&str> = shown.qr.expose().lines().collect();
    assert!(rows.len() >= 21 && rows.iter().all(|row| row.chars().count() == rows.len()));
    let mut phone = counter.world.browser();
    let link = EnrolmentToken {
        token: Secret::from(token),
    };
    phone.call::<InspectEnrolment>(&link).await.unwrap();
    let view = look(&mut counter).await;
    let told = serde_json::to_string(&view).unwrap();
    assert!(!told.contains(token));
    assert_eq!(view.done[0].action, ActionName::EnrolPasskey);
}

#[rstest]
#[tokio::test]
async fn the_officer_sees_when_the_passkey_is_enrolled(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let acted = counter.act(Action::EnrolPasskey).await.unwrap();
    let deadline = acted.enrolment.as_ref().unwrap().deadline;
    let shown = Progress::HandedOver { deadline };
    assert_eq!(under_way(&acted.dossier).progress, Some(shown));
    let link = |acted: &shared::dossiers::api::Acted| {
        let shown = acted.enrolment.as_ref().unwrap();
        let (_, token) = shown.link.expose().split_once('#').unwrap();
        EnrolmentToken {
            token: Secret::from(token),
        }
    };
    let begun = authenticator::begin(&counter.world, &link(&acted)).await.unwrap();
    let opened = Progress::Opened { deadline };
    assert_eq!(under_way(&look(&mut counter).await).progress, Some(opened));
    let mut device = Device::of(&counter.world);
    let made = device.create(&begun.options).await;
    authenticator::finish(&counter.world, &link(&acted), "Huella", made)
        .await
        .unwrap();
    let at = counter.world.now();
    assert_eq!(
        under_way(&look(&mut counter).await).progress,
        Some(Progress::Done { at })
    );

    // A newer link ends an older one, and one that nobody used ends by itself.
    counter.world.advance(TICK);
    counter.act(Action::EnrolPasskey).await.unwrap();
    counter.world.advance(TICK);
    let view = counter.act(Action::EnrolPasskey).await.unwrap().dossier;
    let progress = |view: &DossierView, place: usize| {
        let under_way = view.done[place].under_way.clone();
        under_way.and_then(|under_way| under_way.progress)
    };
    assert_eq!(progress(&view, 1), Some(Progress::Stopped));
}

#[rstest]
#[tokio::test]
async fn a_freeze_and_its_end_are_two_acts(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = ready(engine).await;
    let frozen = counter.act(Action::Freeze).await.unwrap().dossier;
    assert_eq!(frozen.account.as_ref().unwrap().state, AccountState::Frozen);
    assert_eq!(action(&frozen, ActionName::Freeze).standing, Standing::Withheld);
    counter.world.advance(TICK);
    let thawed = counter.act(Action::Unfreeze).await.unwrap().dossier;
    assert_eq!(thawed.account.as_ref().unwrap().state, AccountState::Active);
    let names: Vec<ActionName> = thawed.done.iter().map(|done| done.action).collect();
    assert_eq!(names, [ActionName::Unfreeze, ActionName::Freeze]);
}

#[rstest]
#[tokio::test]
async fn every_act_and_every_look_is_in_the_audit_log_with_the_officer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    counter.act(send_link()).await.unwrap();
    let deeds = deeds(&counter).await;
    for deed in [
        "dossier_opened",
        "looked_up",
        "item_recorded",
        "recovery_link_sent",
    ] {
        assert!(deeds.iter().any(|one| one == deed), "{deed} in {deeds:?}");
    }
}

/// What the officers did, by the names in their acts.
async fn deeds(counter: &Counter) -> Vec<String> {
    let mut tx = counter.world.app.store.read().await.unwrap();
    let rows: Vec<(String,)> = server::on!(&mut tx, |conn| sqlx::query_as("SELECT deed FROM staff_acts")
        .fetch_all(conn))
    .unwrap();
    rows.into_iter().map(|(deed,)| deed).collect()
}

#[rstest]
#[tokio::test]
async fn another_employers_dossier_reaches_no_other_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let employer: Employer = OTHER;
    let mut counter = accepted(engine, employer, Condition::Good).await;
    COMPANY.settle(&counter.world, Condition::Good).await;
    counter.act(Action::Freeze).await.unwrap();
    let account = |employer: Employer| {
        let app = counter.world.app.clone();
        async move {
            let mut tx = app.store.read().await.unwrap();
            let branch = shared::identifiers::Branch::default();
            let found = server::accounts::service::find(&mut tx, employer.identifier(), branch).await;
            found.unwrap().unwrap().state
        }
    };
    assert_eq!(account(COMPANY).await, server::accounts::State::Active);
    assert!(matches!(
        account(OTHER).await,
        server::accounts::State::Frozen { .. }
    ));
}
