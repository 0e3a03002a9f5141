//! Every kind of employer, each the whole way.

use crate::people::{BY_CODE, Employer, FOREIGNER, HOUSEHOLD, NATURAL, PUBLIC};
use crate::recovery::{self, Answering, ES};
use crate::scene::Scene;
use shared::identifiers::EmployerIdentifier;

/// The whole way, until the result is shown; its text.
async fn recovers(scene: &Scene, employer: &Employer) -> String {
    let before = scene.mail.received().len();
    let (page, mail) = scene.ask_for_link(employer).await;
    assert_eq!(mail.to, [employer.email.expect("an address")]);
    scene.set_password(&page, &mail.link()).await;
    page.reads(ES.reset_done_title()).await;
    // The confirmation has arrived too.
    scene.mail.mail(before + 2).await;
    assert_eq!(page.complaints().await, [""; 0]);
    scene.forget_cookies().await;
    page.text().await
}

#[tokio::test]
async fn a_public_body_recovers() {
    let scene = Scene::open().await;
    let told = recovers(&scene, &PUBLIC).await;
    assert!(told.contains(&masked(&PUBLIC)), "{told}");
}

#[tokio::test]
async fn a_company_recovers_by_its_foreign_representative() {
    let scene = Scene::open().await;
    let told = recovers(&scene, &BY_CODE).await;
    assert!(told.contains(&masked(&BY_CODE)), "{told}");
}

#[tokio::test]
async fn a_foreigner_with_third_digit_six_recovers_as_a_person() {
    let scene = Scene::open().await;
    let told = recovers(&scene, &FOREIGNER).await;
    assert!(told.contains(&masked(&FOREIGNER)), "{told}");
}

#[tokio::test]
async fn a_person_and_the_same_persons_household_recover_and_are_linked() {
    let scene = Scene::open().await;
    let told = recovers(&scene, &NATURAL).await;
    assert!(told.contains(&masked(&HOUSEHOLD)), "{told}");
    // A household types the cédula, also with 000 behind it, and is told about the other key.
    let page = scene.page();
    page.open(&scene.portal.url("/recuperar")).await;
    for typed in [HOUSEHOLD.number.to_owned(), format!("{}000", HOUSEHOLD.number)] {
        page.fill(ES.identifiers_employer_label(), &typed).await;
        page.shows(ES.identifiers_person_household()).await;
        page.lacks(ES.identifiers_representative_label()).await;
    }
    let told = recovers(&scene, &HOUSEHOLD).await;
    assert!(told.contains(&masked(&NATURAL)), "{told}");
}

#[tokio::test]
async fn the_account_that_is_debited_must_be_the_right_one() {
    let scene = Scene::open().await;
    let page = scene.page();
    recovery::identify(&page, &scene.portal, &NATURAL).await;
    page.shows(ES.challenges_debit_account_hint()).await;
    recovery::answer(&page, Answering::Wrong).await;
    page.shows(&ES.recovery_questions_attempts(2)).await;
    recovery::answer(&page, Answering::Right).await;
    page.reads(ES.recovery_link_title()).await;
}

/// The number as pages show it.
pub fn masked(employer: &Employer) -> String {
    let number: EmployerIdentifier = employer.number.parse().expect("an employer");
    number.masked()
}
