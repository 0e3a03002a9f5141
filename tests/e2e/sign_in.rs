//! Signing in, as people do it: with the keyboard alone, wrongly, blocked, on the way to another page.

use crate::access::{in_every_look, in_few_looks};
use crate::chrome::Chrome;
use crate::page::Page;
use crate::people::{Employer, GOOD};
use crate::portal::Portal;
use crate::recovery::ES;
use crate::scene::{self, PASSWORD, Scene};
use thirtyfour::Key;

/// A password that nobody has.
const WRONG: &str = "Zq9!mLd4wR";

/// A world in which an employer has a password, and where nobody is signed in.
pub(crate) async fn with_password(employer: &Employer) -> Scene {
    let scene = Scene::open().await;
    let (page, mail) = scene.ask_for_link(employer).await;
    scene.set_password(&page, &mail.link()).await;
    page.reads(ES.reset_done_title()).await;
    scene
}

/// Fills the form in and sends it; does not wait for what comes of it.
pub(crate) async fn send(page: &Page, employer: &Employer, password: &str) {
    page.reads(ES.sessions_sign_in_title()).await;
    page.fill(ES.identifiers_employer_label(), employer.number).await;
    page.fill(ES.sessions_password(), password).await;
    page.press(ES.sessions_sign_in()).await;
}

/// Signs in, to the overview.
pub(crate) async fn sign_in(page: &Page, portal: &Portal, employer: &Employer) {
    page.open(&portal.url("/ingresar")).await;
    send(page, employer, PASSWORD).await;
    page.reads(ES.account_title()).await;
}

#[tokio::test]
async fn somebody_signs_in_and_out_with_the_keyboard_alone() {
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    page.open(&scene.portal.url("/")).await;
    page.reads(ES.home_title()).await;
    page.tab_to(ES.home_sign_in()).await;
    page.key(Key::Enter).await;
    page.reads(ES.sessions_sign_in_title()).await;
    assert_eq!(page.focus().await.name, ES.sessions_sign_in_title());
    page.tab_to(ES.identifiers_employer_label()).await;
    page.types(GOOD.number).await;
    page.tab_to(ES.sessions_password()).await;
    page.types(PASSWORD).await;
    page.key(Key::Enter).await;
    page.reads(ES.account_title()).await;
    page.arrives("/cuenta").await;
    assert_eq!(page.focus().await.name, ES.account_title());
    page.shows(ES.account_state_active()).await;

    // Every page of the area is one press from every other; the focus is at its heading.
    page.tab_to(ES.account_nav_history()).await;
    page.key(Key::Enter).await;
    page.reads(ES.sessions_history_title()).await;
    assert_eq!(page.focus().await.name, ES.sessions_history_title());
    page.shows(ES.sessions_happened_signed_in_from_new_device()).await;

    page.tab_to(ES.account_leave()).await;
    page.key(Key::Enter).await;
    page.reads(ES.sessions_sign_in_title()).await;
    page.shows(ES.sessions_left_title()).await;
    // What was behind is not shown to whoever presses the back button.
    page.back().await;
    page.reads(ES.sessions_sign_in_title()).await;
    assert_eq!(page.complaints().await, [""; 0]);
}

#[tokio::test]
async fn wrong_is_one_message_whatever_was_wrong_and_right_goes_in() {
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    page.open(&scene.portal.url("/ingresar")).await;
    page.reads(ES.sessions_sign_in_title()).await;
    page.press(ES.sessions_sign_in()).await;
    page.shows(ES.errors_summary_title()).await;
    page.shows(ES.sessions_password_missing()).await;
    let mut found = in_every_look(&scene.chrome, &page, "sign-in with errors").await;

    send(&page, &GOOD, WRONG).await;
    page.shows(ES.errors_sign_in_refused_title()).await;
    let wrong_password = page.text().await;
    // What was typed is still there; the branch can be opened and is what was wrong now.
    page.press(ES.sessions_branch_other()).await;
    assert_eq!(page.focus().await.name, ES.identifiers_branch_label());
    page.fill(ES.identifiers_branch_label(), "0009").await;
    page.fill(ES.sessions_password(), PASSWORD).await;
    page.press(ES.sessions_sign_in()).await;
    page.shows(ES.errors_sign_in_refused_title()).await;
    assert!(wrong_password.contains(ES.errors_sign_in_refused_what()));
    found.extend(in_every_look(&scene.chrome, &page, "sign-in refused").await);

    page.fill(ES.identifiers_branch_label(), "0001").await;
    page.fill(ES.sessions_password(), PASSWORD).await;
    page.press(ES.sessions_sign_in()).await;
    page.reads(ES.account_title()).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_blocked_account_leads_to_unblocking_and_a_known_browser_still_gets_in() {
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    sign_in(&page, &scene.portal, &GOOD).await;
    page.press(ES.account_leave()).await;
    page.shows(ES.sessions_left_title()).await;
    scene::block(scene.portal.installation(), &GOOD).await;

    let other = Chrome::start().await;
    let stranger = Page::of(other.driver());
    stranger.open(&scene.portal.url("/ingresar")).await;
    send(&stranger, &GOOD, PASSWORD).await;
    stranger.shows(ES.errors_sign_in_blocked_title()).await;
    let found = in_few_looks(&other, &stranger, "sign-in blocked").await;
    stranger.press(ES.sessions_to_unlock_now()).await;
    stranger.arrives("/desbloquear").await;

    sign_in(&page, &scene.portal, &GOOD).await;
    page.shows(ES.account_blocked_title()).await;
    page.shows(ES.account_state_blocked()).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn who_is_not_signed_in_comes_back_to_where_they_were_going_and_nowhere_else() {
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    page.open(&scene.portal.url("/cuenta/sesiones")).await;
    page.arrives("/ingresar").await;
    page.shows(ES.sessions_first()).await;
    send(&page, &GOOD, PASSWORD).await;
    page.reads(ES.sessions_title()).await;
    page.arrives("/cuenta/sesiones").await;
    // Somebody who is signed in is not asked again.
    page.open(&scene.portal.url("/ingresar")).await;
    page.reads(ES.account_title()).await;
    page.press(ES.account_leave()).await;
    page.shows(ES.sessions_left_title()).await;

    for elsewhere in [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/ayuda",
        "/ingresar",
        "/mailbox",
    ] {
        let keep =
            "const [path, done] = arguments; sessionStorage.setItem('clavero.going', path); done(path);";
        page.run(keep, elsewhere.into()).await;
        page.open(&scene.portal.url("/ingresar")).await;
        send(&page, &GOOD, PASSWORD).await;
        page.reads(ES.account_title()).await;
        page.arrives("/cuenta").await;
        page.press(ES.account_leave()).await;
        page.shows(ES.sessions_left_title()).await;
    }
}
