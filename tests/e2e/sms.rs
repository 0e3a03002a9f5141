//! Text messages: unblocking by telephone through a gateway, a gateway that refuses, a telephone that is registered.

use crate::access::in_every_look;
use crate::chrome::Chrome;
use crate::devices::Device;
use crate::page::Page;
use crate::passkeys::enrol;
use crate::people::{GOOD, REACHED};
use crate::recovery::ES;
use crate::scene::{PASSWORD, Scene, block};
use crate::sign_in::sign_in;
use crate::unlock::{STILL_BLOCKED, identify};
use serde_json::Value;
use shared::identifiers::Phone;
use std::time::Duration;
use tests::gateway::{Gateway, Turn};
use tests::hostile::answer;

/// How long a message may take to the gateway.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(50);

/// A number gets one message in this time.
const TURN: Duration = Duration::from_secs(61);

/// A telephone that no record has.
const NEW: &str = "+593987654321";

/// A text message as the gateway was asked to send it.
struct Message {
    to: String,
    text: String,
}

impl Message {
    /// Its link.
    fn link(&self) -> &str {
        let link = self.text.split_whitespace().find(|word| word.starts_with("http"));
        link.expect("a link in the message")
    }
}

/// A portal that sends text messages through a gateway.
async fn with_gateway() -> (Scene, Gateway) {
    let gateway = Gateway::start().await;
    let section = format!(
        "[sms]\nurl = \"{}/send\"\nbody = '{{\"to\":\"{{number}}\",\"text\":\"{{text}}\"}}'\n\
         success = {{ pointer = \"/status\", equals = \"queued\" }}",
        gateway.url()
    );
    let scene = Scene::with("profile = \"2026\"", |installation| {
        installation.configure(&section);
    })
    .await;
    (scene, gateway)
}

/// The gateway's message of this number, from 1 on, once it is there.
async fn message(gateway: &Gateway, number: usize) -> Message {
    let mut looks = tokio::time::interval(LOOK);
    let arrived = async {
        loop {
            looks.tick().await;
            if let Some(request) = gateway.requests().get(number - 1) {
                return request.clone();
            }
        }
    };
    let request = tokio::time::timeout(PATIENCE, arrived)
        .await
        .expect("the gateway is asked");
    let body: Value = serde_json::from_str(&request.body).expect("JSON");
    let field = |name: &str| body[name].as_str().expect("a text").to_owned();
    Message {
        to: field("to"),
        text: field("text"),
    }
}

fn covered(phone: &str) -> String {
    let phone: Phone = phone.parse().expect("a telephone");
    phone.masked().to_string()
}

fn number() -> &'static str {
    REACHED.phone.expect("a telephone")
}

/// A blocked account with a passkey and both contacts, up to the question by which of them. The gateway has sent one
/// message, about the passkey, and may send the next.
async fn ask_by_which_way() -> (Scene, Gateway, Page) {
    let (scene, gateway) = with_gateway().await;
    block(scene.portal.installation(), &REACHED).await;
    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &REACHED).await;
    let told = message(&gateway, 1).await;
    assert_eq!(told.to, number());
    assert!(told.link().contains("/no-fui-yo#"));
    scene.portal.advance(TURN).await;
    let page = identify(&scene, &REACHED).await;
    page.press(ES.unlock_passkey_act()).await;
    page.reads(ES.unlock_channel_title()).await;
    (scene, gateway, page)
}

#[tokio::test]
async fn an_account_is_unblocked_by_a_text_message() {
    let (scene, gateway, page) = ask_by_which_way().await;
    // With two contacts nothing is chosen beforehand.
    page.press(ES.unlock_channel_act()).await;
    page.shows(ES.errors_summary_title()).await;
    let mut found = in_every_look(&scene.chrome, &page, "no contact is chosen").await;
    page.choose(
        ES.unlock_channel_label(),
        &ES.unlock_channel_sms(covered(number())),
    )
    .await;
    page.press(ES.unlock_channel_act()).await;
    page.reads(ES.unlock_sms_title()).await;
    page.shows(&covered(number())).await;
    page.shows(ES.unlock_sms_handed_over()).await;
    found.extend(in_every_look(&scene.chrome, &page, "a link by text message").await);

    let sent = message(&gateway, 2).await;
    assert_eq!(sent.to, number());
    assert!(sent.link().starts_with(&scene.portal.url("/desbloqueo#")));
    let reference = sent.text.split(':').next().expect("a reference");
    page.shows(&ES.unlock_sms_reference(reference)).await;
    assert_eq!(scene.count(STILL_BLOCKED).await, 2);

    page.open(sent.link()).await;
    page.reads(ES.unlock_confirm_title()).await;
    assert_eq!(scene.count(STILL_BLOCKED).await, 2, "looking unblocks nothing");
    page.press(ES.unlock_confirm_act()).await;
    page.reads(ES.unlock_done_title()).await;
    assert_eq!(scene.count(STILL_BLOCKED).await, 1);

    // The owner is told by both ways: by mail as of the passkey before, by telephone when it is its turn.
    let to = REACHED.email.expect("an address");
    let mails = scene.mail.received();
    let linked = mails.iter().any(|mail| mail.text().contains("/desbloqueo#"));
    assert!(!linked, "the link goes by one way");
    scene.portal.advance(TURN).await;
    let told = message(&gateway, 3).await;
    assert_eq!(told.to, number());
    assert!(told.link().contains("/no-fui-yo#"));
    scene.link(to, "/no-fui-yo#", 1).await;
    let log = scene.portal.log();
    let token = sent.link().rsplit('#').next().expect("a token");
    for secret in [token, number(), &number()[4..]] {
        assert!(!log.contains(secret), "the log has a token or a number");
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_telephone_that_takes_no_messages_leads_to_the_mail() {
    let (scene, gateway, page) = ask_by_which_way().await;
    gateway.then([
        Turn::Says(answer("503 Service Unavailable", "text/plain", "")),
        Turn::Says(answer("400 Bad Request", "text/plain", "")),
    ]);
    page.choose(
        ES.unlock_channel_label(),
        &ES.unlock_channel_sms(covered(number())),
    )
    .await;
    page.press(ES.unlock_channel_act()).await;
    // Once it is late, and tried again by itself; then it is refused for good.
    page.shows(ES.unlock_sms_delayed()).await;
    let mut found = in_every_look(&scene.chrome, &page, "a text message is late").await;
    scene.portal.advance(TURN).await;
    page.reads(ES.unlock_channel_title()).await;
    page.shows(&ES.unlock_channel_failed(covered(number()))).await;
    found.extend(in_every_look(&scene.chrome, &page, "a telephone takes no messages").await);
    assert_eq!(page.texts("input[type=radio]").await.len(), 1);

    let before = scene.mail.received().len();
    page.press(ES.unlock_channel_act()).await;
    page.reads(ES.recovery_link_title()).await;
    let to = REACHED.email.expect("an address");
    let link = scene.link(to, "/desbloqueo#", before).await;
    // What the gateway was asked to send was closed with its refusal.
    let late = message(&gateway, 3).await;
    page.open(late.link()).await;
    page.reads(ES.errors_link_expired_title()).await;
    page.open("about:blank").await;
    page.open(&link).await;
    page.press(ES.unlock_confirm_act()).await;
    page.reads(ES.unlock_done_title()).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_telephone_is_registered_with_the_link_of_a_text_message() {
    let (scene, gateway) = with_gateway().await;
    let (page, mail) = scene.ask_for_link(&GOOD).await;
    scene.set_password(&page, &mail.link()).await;
    page.reads(ES.reset_done_title()).await;
    sign_in(&page, &scene.portal, &GOOD).await;
    page.press(ES.account_nav_contacts()).await;
    page.press(ES.account_contacts_add_phone()).await;
    page.press(ES.account_contacts_ask()).await;
    page.shows(ES.account_contacts_phone_missing()).await;
    let mut found = in_every_look(&scene.chrome, &page, "no telephone is written").await;
    // As people write it here.
    page.fill(ES.account_contacts_new_phone(), "098 765 4321").await;
    page.fill(ES.account_current(), PASSWORD).await;
    page.press(ES.account_contacts_ask()).await;
    page.shows(ES.account_contacts_asked_phone()).await;

    let sent = message(&gateway, 1).await;
    assert_eq!(sent.to, NEW);
    let reader = Chrome::start().await;
    let second = Page::of(reader.driver());
    second.open(sent.link()).await;
    second.reads(ES.contacts_confirm_title()).await;
    found.extend(in_every_look(&reader, &second, "confirming a telephone").await);
    second.press(ES.contacts_confirm_act()).await;
    second.reads(ES.contacts_confirm_done_title()).await;

    scene
        .portal
        .advance(Duration::from_hours(24) + Duration::from_mins(1))
        .await;
    // The job applies it by itself, and the new telephone is told.
    let told = message(&gateway, 2).await;
    assert_eq!(told.to, NEW);
    sign_in(&page, &scene.portal, &GOOD).await;
    page.press(ES.account_nav_contacts()).await;
    page.shows(&covered(NEW)).await;
    page.shows(ES.account_contacts_remove_phone()).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
