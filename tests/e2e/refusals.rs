//! Where the way online ends, in the words that the institution prescribes; and what a stranger learns: nothing.

use crate::people::{BLOCKED, Employer, GOOD, INACTIVE, UNKNOWN, WITHOUT_EMAIL};
use crate::recovery::{self, Answering, ES};
use crate::scene::{Scene, block};
use shared::recovery::api::{CaseView, StageView};
use std::time::Duration;
use tests::smtp::Turn;
use thirtyfour::Key;

#[tokio::test]
async fn a_proved_identity_is_told_why_there_is_no_link() {
    let scene = Scene::open().await;
    let cases: [(&Employer, &str, &str); 3] = [
        (
            &WITHOUT_EMAIL,
            ES.recovery_no_email_title(),
            "Usuario no tiene correo registrado",
        ),
        (&INACTIVE, ES.recovery_inactive_title(), "RUC no activo"),
        (&BLOCKED, ES.recovery_blocked_title(), "Cuenta bloqueada"),
    ];
    for (employer, title, prescribed) in cases {
        assert_eq!(title, prescribed);
        let page = scene.prove(employer).await;
        page.reads(title).await;
        scene.forget_cookies().await;
    }
    assert!(scene.mail.received().is_empty(), "no link leaves");
}

#[tokio::test]
async fn three_wrong_sets_of_answers_suspend_known_and_unknown_alike() {
    let scene = Scene::open().await;
    let page = scene.page();
    let mut seen = Vec::new();
    // Nobody has the right answers to the questions about an unknown number.
    for (employer, best) in [(&GOOD, Answering::Right), (&UNKNOWN, Answering::Wrong)] {
        recovery::identify(&page, &scene.portal, employer).await;
        for left in [2, 1] {
            recovery::answer(&page, Answering::Wrong).await;
            page.shows(&ES.recovery_questions_attempts(left)).await;
        }
        recovery::answer(&page, Answering::Wrong).await;
        page.reads(ES.recovery_suspended_title()).await;
        let view: CaseView =
            serde_json::from_value(page.run(FETCH_CASE, serde_json::Value::Null).await).expect("a case");
        seen.push(without_what_differs(
            &page.text().await,
            &view.reference.to_string(),
        ));
        scene.forget_cookies().await;

        // The best answers do not help while it lasts.
        recovery::identify(&page, &scene.portal, employer).await;
        recovery::answer(&page, best).await;
        page.reads(ES.recovery_suspended_title()).await;
        scene.forget_cookies().await;
    }
    assert_eq!(seen[0], seen[1], "a stranger sees no difference");
    // Only the owner is told, by mail.
    let told = scene.mail.mail(1).await;
    assert_eq!(told.to, [GOOD.email.expect("an address")]);
    assert_eq!(scene.mail.received().len(), 1);
}

#[tokio::test]
async fn an_unknown_number_looks_like_any_other_until_the_answers() {
    let scene = Scene::open().await;
    let page = scene.page();
    let mut shapes = Vec::new();
    for employer in [&GOOD, &UNKNOWN, &BLOCKED] {
        recovery::identify(&page, &scene.portal, employer).await;
        let view: CaseView =
            serde_json::from_value(page.run(FETCH_CASE, serde_json::Value::Null).await).expect("a case");
        let StageView::Questions {
            questions,
            failures,
            attempts_left,
            ..
        } = view.stage
        else {
            panic!("not at the questions: {:?}", view.stage)
        };
        shapes.push((questions.len(), failures, attempts_left));
        scene.forget_cookies().await;
    }
    assert_eq!(shapes, [(3, 0, 3); 3]);
}

#[tokio::test]
async fn a_suspension_outlives_the_server_and_ends_by_itself() {
    let mut scene = Scene::open().await;
    let page = scene.page();
    recovery::identify(&page, &scene.portal, &GOOD).await;
    for _ in 0..3 {
        recovery::answer(&page, Answering::Wrong).await;
    }
    page.reads(ES.recovery_suspended_title()).await;
    let before = page.text().await;
    let said = |text: &str| assert!(before.contains(text), "{text}: {before}");
    said("hora de Ecuador continental");
    said(ES.recovery_suspended_told());
    said(ES.recovery_way_signature());
    said(ES.recovery_way_counter());
    said(ES.recovery_print());
    assert_eq!(scene.mail.mail(1).await.to, [GOOD.email.expect("an address")]);

    scene.portal.restart();
    page.reload().await;
    page.reads(ES.recovery_suspended_title()).await;
    assert_eq!(page.text().await, before, "the same hour as before");
    // Another browser does not help, and neither do the right answers.
    scene.forget_cookies().await;
    scene
        .prove(&GOOD)
        .await
        .reads(ES.recovery_suspended_title())
        .await;

    scene.portal.advance(Duration::from_hours(24)).await;
    scene.forget_cookies().await;
    scene.prove(&GOOD).await.reads(ES.recovery_link_title()).await;
}

#[tokio::test]
async fn a_suspended_case_goes_on_at_a_counter_with_its_reference() {
    let scene = Scene::open().await;
    let page = scene.page();
    recovery::identify(&page, &scene.portal, &UNKNOWN).await;
    for _ in 0..3 {
        recovery::answer(&page, Answering::Wrong).await;
    }
    page.reads(ES.recovery_suspended_title()).await;
    let reference = page.texts(".reference").await;
    // With the keyboard alone; the new heading takes the focus.
    page.tab_to(ES.recovery_way_counter()).await;
    page.key(Key::Enter).await;
    page.reads(ES.recovery_officer_title()).await;
    assert_eq!(page.focus().await.name, ES.recovery_officer_title());
    page.shows(ES.help_counter_bring()).await;
    assert_eq!(page.texts(".reference").await, reference);
    // It waits there, also after a reload, and can be given up.
    page.reload().await;
    page.reads(ES.recovery_officer_title()).await;
    page.press(ES.recovery_abandon()).await;
    page.press(ES.recovery_abandon_confirm()).await;
    page.reads(ES.recovery_title()).await;
}

#[tokio::test]
async fn an_account_that_is_blocked_before_its_mail_has_left_gets_none() {
    let scene = Scene::open().await;
    scene.mail.next(Turn::RefuseRecipient(451));
    let page = scene.prove(&GOOD).await;
    page.shows(ES.recovery_delivery_delayed()).await;
    block(scene.portal.installation(), &GOOD).await;
    scene.portal.advance(Duration::from_mins(5)).await;
    page.reads(ES.recovery_blocked_title()).await;
    assert!(scene.mail.received().is_empty(), "no link leaves");
}

const FETCH_CASE: &str = "const done = arguments[1]; fetch('/api/v1/recovery').then(answer => answer.json()).then(done).catch(error => done(String(error)));";

/// A page without its reference and its time of day.
fn without_what_differs(text: &str, reference: &str) -> String {
    text.replace(reference, "")
        .chars()
        .filter(|letter| !letter.is_ascii_digit())
        .collect()
}
