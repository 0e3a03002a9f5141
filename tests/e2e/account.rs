//! What somebody does who is signed in: another password, sessions, history, contacts, secondary users; and leaving for a
//! coffee.

use crate::access::{in_every_look, in_few_looks};
use crate::chrome::Chrome;
use crate::narrow::{NARROW, in_every_language};
use crate::page::Page;
use crate::people::GOOD;
use crate::recovery::ES;
use crate::scene::{PASSWORD, Scene};
use crate::sign_in::{send, sign_in, with_password};
use serde_json::Value;
use std::time::Duration;
use tests::smtp::Received;

/// Another password that keeps every rule.
const OTHER: &str = "Rm5!xGw8pB";
/// A secondary user, made up.
const CEDULA: &str = "3000000095";
const DELEGATE: &str = "Ana Lucía Ejemplo";
const MAILBOX: &str = "ana@tresrios.example";

/// Waits for the next mail to an address; the ones before `from` have been read.
async fn mail_to(scene: &Scene, address: &str, from: usize) -> Received {
    for number in from + 1.. {
        let mail = scene.mail.mail(number).await;
        if mail.to.iter().any(|to| to == address) {
            return mail;
        }
    }
    unreachable!("mails are numbered without end")
}

#[tokio::test]
async fn another_password_ends_the_other_browser_and_the_history_shows_it() {
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    sign_in(&page, &scene.portal, &GOOD).await;
    let other = Chrome::start().await;
    let second = Page::of(other.driver());
    sign_in(&second, &scene.portal, &GOOD).await;

    page.press(ES.account_nav_sessions()).await;
    page.reads(ES.sessions_title()).await;
    page.shows(ES.sessions_this_one()).await;
    assert_eq!(page.texts(".item").await.len(), 2);

    page.press(ES.account_nav_password()).await;
    page.field(ES.account_current()).await;
    page.fill(ES.account_current(), OTHER).await;
    page.fill(ES.reset_password_label(), OTHER).await;
    page.fill(ES.reset_repeat_label(), OTHER).await;
    page.press(ES.account_password_change()).await;
    page.shows(ES.errors_current_password_wrong_what()).await;
    let mut found = in_few_looks(&scene.chrome, &page, "another password, refused").await;
    page.fill(ES.account_current(), PASSWORD).await;
    page.press(ES.account_password_change()).await;
    page.shows(ES.account_password_changed()).await;
    found.extend(in_few_looks(&scene.chrome, &page, "another password, done").await);

    // The other browser hears of it at its next step, and is back where it was after signing in with the new password.
    second.press(ES.account_nav_history()).await;
    second.arrives("/ingresar").await;
    second.shows(ES.sessions_over_title()).await;
    send(&second, &GOOD, PASSWORD).await;
    second.shows(ES.errors_sign_in_refused_title()).await;
    send(&second, &GOOD, OTHER).await;
    second.reads(ES.sessions_history_title()).await;
    second.shows(ES.sessions_happened_password_changed()).await;
    second.shows(ES.sessions_happened_password_check_failed()).await;

    // The first browser ends the second by hand.
    page.press(ES.account_nav_sessions()).await;
    page.press(ES.sessions_end_others()).await;
    page.shows(ES.sessions_end_others_title()).await;
    page.press(ES.sessions_end_others_confirm()).await;
    page.shows(ES.sessions_ended_others()).await;
    assert_eq!(page.texts(".item").await.len(), 1);
    second.press(ES.account_nav_sessions()).await;
    second.arrives("/ingresar").await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn who_does_nothing_is_warned_can_stay_and_is_told_when_it_is_over() {
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    sign_in(&page, &scene.portal, &GOOD).await;
    scene.portal.advance(Duration::from_secs(12 * 60 + 30)).await;
    page.reload().await;
    page.reads(ES.account_title()).await;
    assert!(
        !page.text().await.contains(ES.account_idle_title()),
        "two and a half minutes are far"
    );
    scene.portal.advance(Duration::from_mins(1)).await;
    page.reload().await;
    page.shows(ES.account_idle_title()).await;
    let found = in_dialog(&scene).await;
    // The focus is at the harmless way, and Escape takes it too.
    assert_eq!(page.focus().await.name, ES.account_idle_stay());
    page.press(ES.account_idle_stay()).await;
    page.says_no_more(ES.account_idle_title()).await;
    scene.portal.advance(Duration::from_mins(10)).await;
    page.reload().await;
    page.reads(ES.account_title()).await;

    // A form that was begun is named, before and after.
    page.press(ES.account_nav_password()).await;
    page.fill(ES.account_current(), PASSWORD).await;
    scene.portal.advance(Duration::from_mins(20)).await;
    page.fill(ES.reset_password_label(), OTHER).await;
    page.fill(ES.reset_repeat_label(), OTHER).await;
    page.press(ES.account_password_change()).await;
    page.arrives("/ingresar").await;
    page.shows(ES.sessions_unsent()).await;
    send(&page, &GOOD, PASSWORD).await;
    page.reads(ES.account_password_title()).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What axe finds in the dialog, as it is shown.
async fn in_dialog(scene: &Scene) -> Vec<String> {
    crate::access::as_it_is(&scene.chrome, "idle warning").await
}

#[tokio::test]
async fn a_secondary_user_is_invited_gets_in_sees_less_and_is_ended() {
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    sign_in(&page, &scene.portal, &GOOD).await;
    page.press(ES.account_nav_delegates()).await;
    page.reads(ES.delegates_title()).await;
    page.shows(ES.delegates_none()).await;
    let mut found = in_every_look(&scene.chrome, &page, "no secondary users").await;
    page.press(ES.delegates_create()).await;
    page.press(ES.delegates_create_do()).await;
    page.shows(ES.errors_summary_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "a secondary user with errors").await);
    let before = scene.mail.received().len();
    page.fill(ES.delegates_name(), DELEGATE).await;
    page.fill(ES.delegates_cedula(), CEDULA).await;
    page.fill(ES.delegates_email(), MAILBOX).await;
    page.choose(ES.delegates_scopes(), ES.delegates_scope_registrations())
        .await;
    let year = page
        .run("arguments[1](new Date().getFullYear())", Value::Null)
        .await;
    let year = u16::try_from(year.as_u64().expect("a year")).expect("a year");
    page.fill_date(ES.delegates_until_label(), year, &[("day", 31), ("month", 12)])
        .await;
    page.fill(ES.account_current(), PASSWORD).await;
    page.press(ES.delegates_create_do()).await;
    page.shows(ES.delegates_created()).await;
    page.shows(DELEGATE).await;
    found.extend(in_every_look(&scene.chrome, &page, "a secondary user").await);

    let invitation = mail_to(&scene, MAILBOX, before).await;
    let other = Chrome::start().await;
    let second = Page::of(other.driver());
    second.open(&invitation.link()).await;
    second.reads(ES.delegates_invitation_title()).await;
    second.arrives("/invitacion").await;
    second.shows(ES.delegates_scope_registrations()).await;
    found.extend(in_few_looks(&other, &second, "an invitation").await);
    second.fill(ES.reset_password_label(), OTHER).await;
    second.fill(ES.reset_repeat_label(), OTHER).await;
    second.press(ES.reset_send()).await;
    second.reads(ES.delegates_joined_title()).await;
    found.extend(in_few_looks(&other, &second, "an accepted invitation").await);

    second.open(&scene.portal.url("/ingresar")).await;
    second.reads(ES.sessions_sign_in_title()).await;
    second.fill(ES.identifiers_employer_label(), GOOD.number).await;
    second.tick(ES.sessions_secondary()).await;
    second.fill(ES.sessions_delegate_label(), CEDULA).await;
    second.fill(ES.sessions_password_own(), OTHER).await;
    second.press(ES.sessions_sign_in()).await;
    second.reads(ES.account_title()).await;
    second.shows(&ES.account_delegate_title(DELEGATE)).await;
    assert!(
        !second.text().await.contains(ES.account_nav_contacts()),
        "contacts are the owner's"
    );
    found.extend(in_few_looks(&other, &second, "a secondary user's overview").await);
    second.open(&scene.portal.url("/cuenta/contactos")).await;
    second.shows(ES.account_owner_only_title()).await;
    second.open(&scene.portal.url("/cuenta/obligaciones")).await;
    second.shows(ES.account_debt_hidden()).await;

    // What they did is in the owner's history, by name.
    page.press(ES.account_nav_history()).await;
    page.shows(&ES.sessions_history_by(DELEGATE)).await;
    page.press(ES.account_nav_delegates()).await;
    page.press_beginning(ES.delegates_end()).await;
    page.fill(ES.account_current(), PASSWORD).await;
    page.press(ES.delegates_end_do()).await;
    page.shows(ES.delegates_ended()).await;
    second.press(ES.account_nav_sessions()).await;
    second.arrives("/ingresar").await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_new_contact_is_confirmed_held_and_only_then_counts() {
    const NEW: &str = "direccion@tresrios.example";
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    sign_in(&page, &scene.portal, &GOOD).await;
    page.press(ES.account_nav_contacts()).await;
    page.reads(ES.account_contacts_title()).await;
    page.press(ES.account_contacts_change_email()).await;
    page.press(ES.account_contacts_ask()).await;
    page.shows(ES.account_contacts_email_missing()).await;
    let mut found = in_every_look(&scene.chrome, &page, "a new contact with errors").await;
    let before = scene.mail.received().len();
    page.fill(ES.account_contacts_new_email(), NEW).await;
    page.fill(ES.account_current(), PASSWORD).await;
    page.press(ES.account_contacts_ask()).await;
    page.shows(ES.account_contacts_asked_email()).await;
    page.shows(ES.account_contacts_requested()).await;
    found.extend(in_every_look(&scene.chrome, &page, "a contact that is not confirmed").await);

    let mail = mail_to(&scene, NEW, before).await;
    let other = Chrome::start().await;
    let second = Page::of(other.driver());
    second.open(&mail.link()).await;
    second.press(ES.contacts_confirm_act()).await;
    second.shows(ES.contacts_confirm_done_title()).await;
    page.reload().await;
    page.shows(ES.account_contacts_held()).await;
    found.extend(in_few_looks(&scene.chrome, &page, "a contact that is held").await);
    page.press(ES.account_contacts_withdraw()).await;
    page.shows(ES.account_contacts_withdrawn()).await;
    page.press(ES.account_nav_history()).await;
    page.shows(ES.sessions_happened_contact_change_cancelled()).await;
    page.shows(ES.sessions_happened_contact_confirmed()).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn every_page_of_the_area_can_be_used_by_everybody_and_fits_on_a_small_screen() {
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    sign_in(&page, &scene.portal, &GOOD).await;
    let mut found = Vec::new();
    let pages = [
        ("/cuenta", ES.account_title()),
        ("/cuenta/obligaciones", ES.account_obligations_title()),
        ("/cuenta/clave", ES.account_password_title()),
        ("/cuenta/sesiones", ES.sessions_title()),
        ("/cuenta/historial", ES.sessions_history_title()),
        ("/cuenta/contactos", ES.account_contacts_title()),
        ("/cuenta/llaves", ES.account_passkeys_title()),
        ("/cuenta/delegados", ES.delegates_title()),
    ];
    for (path, title) in pages {
        page.open(&scene.portal.url(path)).await;
        page.reads(title).await;
        page.says_no_more(ES.account_loading()).await;
        found.extend(in_every_look(&scene.chrome, &page, path).await);
    }
    scene.chrome.narrow(NARROW).await;
    for (path, title) in pages {
        page.open(&scene.portal.url(path)).await;
        page.reads(title).await;
        page.says_no_more(ES.account_loading()).await;
        found.extend(in_every_language(&page, path).await);
    }
    // On a phone the pages of the area are behind a button, and folded up again behind who chose one.
    page.press(ES.account_places()).await;
    found.extend(in_few_looks(&scene.chrome, &page, "the places on a phone").await);
    page.press(ES.account_nav_history()).await;
    page.reads(ES.sessions_history_title()).await;
    page.says_no_more(ES.account_nav_passkeys()).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(page.complaints().await, [""; 0]);
}
