//! The links of a change of contact: the new address confirms, the old one cancels or lets a day pass. Looking at either
//! changes nothing.

use crate::access::{in_every_look, in_few_looks};
use crate::chrome::Chrome;
use crate::kinds::masked;
use crate::page::Page;
use crate::people::GOOD;
use crate::recovery::ES;
use crate::scene::{PASSWORD, Scene};
use crate::sign_in::{sign_in, with_password};
use shared::identifiers::Email;
use std::time::Duration;

/// The new address.
const NEW: &str = "direccion@tresrios.example";

const HELD: &str = "SELECT COUNT(*) FROM contact_changes WHERE state = 'held'";
const UNCONFIRMED: &str = "SELECT COUNT(*) FROM contact_changes WHERE state = 'requested'";
const MOVED: &str = "SELECT COUNT(*) FROM accounts WHERE email = 'direccion@tresrios.example'";

/// How long the job that applies changes may take: it looks every 15 seconds.
const PATIENCE: Duration = Duration::from_secs(40);
const LOOK: Duration = Duration::from_millis(200);

/// How long a change is held.
const HOLD: Duration = Duration::from_hours(24);

/// Waits until the new address is the account's: nobody asks for it, the job comes by itself.
async fn applied(scene: &Scene) {
    let mut looks = tokio::time::interval(LOOK);
    let applied = async {
        while scene.count(MOVED).await == 0 {
            looks.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, applied)
        .await
        .expect("the change is applied");
}

fn old() -> &'static str {
    GOOD.email.expect("an address")
}

/// An address as pages show it.
fn covered(address: &str) -> String {
    let address: Email = address.parse().expect("an address");
    address.masked().to_string()
}

/// Signs in and opens the page of the contacts.
async fn open_contacts(scene: &Scene) -> Page {
    let page = scene.page();
    sign_in(&page, &scene.portal, &GOOD).await;
    page.press(ES.account_nav_contacts()).await;
    page.reads(ES.account_contacts_title()).await;
    page
}

/// Signs in and asks for the new address; the page, and the link that the new address got.
async fn ask(scene: &Scene) -> (Page, String) {
    let page = open_contacts(scene).await;
    page.press(ES.account_contacts_change_email()).await;
    page.fill(ES.account_contacts_new_email(), NEW).await;
    page.fill(ES.account_current(), PASSWORD).await;
    page.press(ES.account_contacts_ask()).await;
    page.shows(ES.account_contacts_asked_email()).await;
    (page, scene.link(NEW, "/contacto#", 0).await)
}

/// Looks at the link of the new address, and then confirms; ends at the result. What axe found, and the result's page.
async fn confirm(scene: &Scene, reader: &Chrome, link: &str) -> (Vec<String>, Page) {
    let page = Page::of(reader.driver());
    page.open(link).await;
    page.reads(ES.contacts_confirm_title()).await;
    page.shows(&ES.contacts_confirm_lead_email(covered(NEW), masked(&GOOD)))
        .await;
    assert!(
        page.address().await.ends_with("/contacto"),
        "the token leaves the address bar"
    );
    let mut found = in_every_look(reader, &page, "confirming a contact").await;
    assert_eq!(scene.count(UNCONFIRMED).await, 1, "looking confirms nothing");
    page.press(ES.contacts_confirm_act()).await;
    page.reads(ES.contacts_confirm_done_title()).await;
    found.extend(in_few_looks(reader, &page, "a contact is confirmed").await);
    assert_eq!(scene.count(HELD).await, 1);
    assert_eq!(scene.count(MOVED).await, 0);
    (found, page)
}

#[tokio::test]
async fn a_confirmed_address_counts_after_a_day_and_a_recovery_then_asks_for_more() {
    let scene = with_password(&GOOD).await;
    let (page, link) = ask(&scene).await;
    let reader = Chrome::start().await;
    let (found, second) = confirm(&scene, &reader, &link).await;
    page.reload().await;
    page.shows(ES.account_contacts_held()).await;
    let cancel = scene.link(old(), "/contacto/cancelar#", 0).await;

    // A minute before, the old one is in force; a minute after, the new one.
    scene
        .portal
        .advance(HOLD.saturating_sub(Duration::from_mins(1)))
        .await;
    let page = open_contacts(&scene).await;
    page.shows(ES.account_contacts_held()).await;
    page.shows(&covered(old())).await;
    assert_eq!(scene.count(MOVED).await, 0);
    scene.portal.advance(Duration::from_mins(2)).await;
    applied(&scene).await;
    page.reload().await;
    page.shows(&covered(NEW)).await;
    page.says_no_more(ES.account_contacts_held()).await;
    assert!(!page.text().await.contains(&covered(old())));

    // Neither link is of any use now, and both say so.
    second.open(&link).await;
    second.shows(ES.contacts_used_what()).await;
    second.open(&cancel).await;
    second.shows(ES.contacts_cancel_expired_what()).await;
    assert_eq!(scene.count(MOVED).await, 1);

    // Both addresses are told, and for a while the link is not enough for whoever has the new one.
    for address in [old(), NEW] {
        scene.link(address, "/no-fui-yo#", 0).await;
    }
    scene.forget_cookies().await;
    let page = scene.prove(&GOOD).await;
    page.reads(ES.step_up_title()).await;
    page.shows(ES.step_up_contact_changed()).await;
    page.shows(ES.step_up_recovery_repeated()).await;
    page.shows(ES.step_up_without()).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn the_old_address_cancels_with_one_press_and_looking_cancels_nothing() {
    let scene = with_password(&GOOD).await;
    let (page, link) = ask(&scene).await;
    let reader = Chrome::start().await;
    let (mut found, second) = confirm(&scene, &reader, &link).await;

    let cancel = scene.link(old(), "/contacto/cancelar#", 0).await;
    second.open(&cancel).await;
    second.reads(ES.contacts_cancel_title()).await;
    second
        .shows(&ES.contacts_cancel_lead_email(covered(NEW), masked(&GOOD)))
        .await;
    second.arrives("/contacto/cancelar").await;
    found.extend(in_every_look(&reader, &second, "cancelling a change of contact").await);
    assert_eq!(scene.count(HELD).await, 1, "looking cancels nothing");
    second.press(ES.contacts_cancel_act()).await;
    second.reads(ES.contacts_cancel_done_title()).await;
    found.extend(in_few_looks(&reader, &second, "a change of contact is cancelled").await);
    assert_eq!(scene.count(HELD).await, 0);

    page.reload().await;
    page.reads(ES.account_contacts_title()).await;
    page.shows(&covered(old())).await;
    assert!(!page.text().await.contains(ES.account_contacts_held()));
    page.press(ES.account_nav_history()).await;
    page.shows(ES.sessions_happened_contact_change_cancelled()).await;

    // What was cancelled stays so, whatever link is pressed and however much time passes.
    second.open(&cancel).await;
    second.shows(ES.contacts_used_what()).await;
    second.open(&link).await;
    second.shows(ES.contacts_confirm_expired_what()).await;
    scene.portal.advance(HOLD + Duration::from_mins(1)).await;
    let page = open_contacts(&scene).await;
    page.shows(&covered(old())).await;
    assert_eq!(scene.count(MOVED).await, 0);
    let log = scene.portal.log();
    for link in [&link, &cancel] {
        let token = link.rsplit('#').next().expect("a token");
        assert!(!log.contains(token), "the log has a secret");
    }
    assert!(!log.contains(NEW), "the log has an address");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_link_that_nobody_opened_in_time_confirms_nothing() {
    let scene = with_password(&GOOD).await;
    let (_, link) = ask(&scene).await;
    scene.portal.advance(Duration::from_mins(30)).await;
    let reader = Chrome::start().await;
    let page = Page::of(reader.driver());
    page.open(&link).await;
    page.shows(ES.contacts_confirm_expired_what()).await;
    let mut found = in_few_looks(&reader, &page, "a link to a contact, too late").await;
    // A reload has lost the token, and says so.
    page.reload().await;
    page.reads(ES.contacts_no_token_title()).await;
    found.extend(in_few_looks(&reader, &page, "a link to a contact without its token").await);
    assert_eq!(scene.count(HELD).await, 0);
    let page = open_contacts(&scene).await;
    page.shows(&covered(old())).await;
    assert!(!page.text().await.contains(ES.account_contacts_requested()));
    assert!(found.is_empty(), "{}", found.join("\n"));
}
