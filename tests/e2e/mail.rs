//! People are told whom our mails come from, before they wait for one: an address that a filter can be told.

use crate::chrome::Chrome;
use crate::page::Page;
use crate::portal::{Installation, SENDER};
use crate::recovery::ES;
use tests::smtp::SmtpServer;

#[tokio::test]
async fn the_sender_that_is_told_is_the_one_that_sends() {
    let mail = SmtpServer::start().await;
    let portal = Installation::new(mail.port(), "profile = \"2026\"").serve();
    let chrome = Chrome::start().await;
    let page = Page::of(chrome.driver());
    page.open(&portal.url("/recuperar")).await;
    page.unfold(ES.recovery_mail_summary()).await;
    page.shows(&ES.recovery_mail_sender(SENDER)).await;
    let (_, domain) = SENDER.split_once('@').expect("a domain");
    page.shows(&ES.recovery_mail_it(domain)).await;
    page.open(&portal.url("/ayuda/correo")).await;
    page.reads(ES.help_mail_title()).await;
    page.shows(&ES.help_mail_sender(SENDER)).await;

    page.open(&portal.url("/prueba-de-correo")).await;
    page.fill(ES.mail_test_label(), "persona@empresa.example").await;
    page.press(ES.mail_test_send()).await;
    page.reads(ES.mail_test_done_title()).await;
    page.shows(&ES.mail_test_done_what("persona@empresa.example", SENDER))
        .await;
    assert_eq!(mail.mail(1).await.from, SENDER);
}
