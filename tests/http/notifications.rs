//! The test of deliverability, and the demo's mailbox.

use rstest::rstest;
use server::accounts::{NewAccount, service as accounts};
use server::desk::Bureau;
use server::notifications::{
    Address, Channel, Content, Mailbox, Mailer, NewMessage, Recipient, Texter, service,
};
use shared::accounts::api::{Freeze, FreezeToken};
use shared::api::ErrorCode;
use shared::captcha::{Solution, Subject};
use shared::i18n::Language;
use shared::identifiers::Email;
use shared::notifications::api::{DeliverabilityTest, ListMailbox, TestDeliverability};
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::time::Duration;
use tests::captcha::effortless;
use tests::smtp::SmtpServer;
use tests::{Browser, Engine, Setup, World};

const ADDRESS: &str = "gerencia@empresa.example";

fn easy(setup: &mut Setup) {
    effortless(&mut setup.config.policy.captcha);
}

fn email(address: &str) -> Email {
    address.parse().unwrap()
}

async fn solve(browser: &mut Browser, address: &str) -> Solution {
    let address = email(address);
    browser.solve(&Subject::MailTest { address }).await.unwrap()
}

fn request(address: &str, language: Language, captcha: Solution) -> DeliverabilityTest {
    DeliverabilityTest {
        address: email(address),
        language,
        captcha,
    }
}

async fn deliver(world: &World) {
    service::send_due(&world.app, &Bureau).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_test_mail_has_a_fixed_text_in_the_language_asked_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values((Language::Es, "Los mensajes llegan"), (Language::En, "The messages arrive"))] asked: (
        Language,
        &str,
    ),
) {
    let world = World::with(engine, easy).await;
    let mut browser = world.browser();
    let captcha = solve(&mut browser, ADDRESS).await;
    let answer = browser
        .call::<TestDeliverability>(&request(ADDRESS, asked.0, captcha))
        .await
        .unwrap();
    assert_eq!(answer.sender, world.app.config.sender());
    assert!(world.mails().is_empty(), "nothing leaves inside a request");
    assert!(
        world.everything().await.contains(ADDRESS),
        "it waits in the outbox"
    );

    deliver(&world).await;
    let mails = world.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, email(ADDRESS));
    assert!(mails[0].text.starts_with(asked.1), "{}", mails[0].text);
    assert!(!mails[0].text.contains("http"), "it carries no link");
    assert!(
        !world.everything().await.contains(ADDRESS),
        "the address is forgotten"
    );
}

#[rstest]
#[tokio::test]
async fn a_captcha_buys_one_mail_to_its_own_address(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::with(engine, easy).await;
    let mut browser = world.browser();
    let captcha = solve(&mut browser, ADDRESS).await;
    let other = request("otra@empresa.example", Language::Es, captcha.clone());
    assert_eq!(
        browser.call::<TestDeliverability>(&other).await.unwrap_err().code,
        ErrorCode::CaptchaRefused
    );
    let own = request(ADDRESS, Language::Es, captcha);
    browser.call::<TestDeliverability>(&own).await.unwrap();
    assert_eq!(
        browser.call::<TestDeliverability>(&own).await.unwrap_err().code,
        ErrorCode::CaptchaRefused
    );
    deliver(&world).await;
    assert_eq!(world.mails().len(), 1);
}

#[rstest]
#[tokio::test]
async fn beyond_the_limit_of_its_destination_the_answer_is_the_same_and_nothing_is_sent(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::with(engine, easy).await;
    let limit = world.app.policy.limits.per_destination.count as usize;
    let mut answers = Vec::new();
    for number in 0..limit + 3 {
        // From everywhere, and however the address is spelt.
        let mut browser = world.browser().at(&format!("198.51.{number}.7"));
        let address = match number % 3 {
            0 => ADDRESS.to_owned(),
            1 => "GERENCIA@Empresa.Example".to_owned(),
            _ => format!("gerencia+{number}@empresa.example"),
        };
        let captcha = solve(&mut browser, &address).await;
        answers.push(
            browser
                .call::<TestDeliverability>(&request(&address, Language::Es, captcha))
                .await,
        );
        deliver(&world).await;
    }
    assert!(
        answers
            .iter()
            .all(|answer| *answer == answers[0] && answer.is_ok())
    );
    assert_eq!(world.mails().len(), limit);

    world.advance(Duration::from_secs(
        world.app.policy.limits.per_destination.seconds.into(),
    ));
    let mut browser = world.browser();
    let captcha = solve(&mut browser, ADDRESS).await;
    browser
        .call::<TestDeliverability>(&request(ADDRESS, Language::Es, captcha))
        .await
        .unwrap();
    deliver(&world).await;
    assert_eq!(world.mails().len(), limit + 1, "the next window is open");
}

#[rstest]
#[tokio::test]
async fn one_source_cannot_mail_the_whole_world(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::with(engine, |setup| {
        easy(setup);
        setup.config.policy.limits.per_identifier.count = 2;
    })
    .await;
    let mut browser = world.browser();
    let mut codes = Vec::new();
    for number in 0..3 {
        let address = format!("buzon{number}@empresa.example");
        let captcha = solve(&mut browser, &address).await;
        let answer = browser
            .call::<TestDeliverability>(&request(&address, Language::Es, captcha))
            .await;
        codes.push(answer.err().map(|problem| problem.code));
    }
    assert_eq!(codes, [None, None, Some(ErrorCode::RateLimited)]);
}

#[rstest]
#[tokio::test]
async fn no_more_test_mails_are_queued_than_may_leave(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::with(engine, |setup| {
        easy(setup);
        let limits = &mut setup.config.policy.limits;
        (limits.mail_budget.count, limits.mail_reserve) = (8, 4);
        limits.per_destination.count = 1;
    })
    .await;
    let ask = async |address: &str| {
        let mut browser = world.browser();
        let captcha = solve(&mut browser, address).await;
        let asked = request(address, Language::Es, captcha);
        browser.call::<TestDeliverability>(&asked).await.unwrap()
    };
    let first = ask("uno@empresa.example").await;
    for _ in 0..5 {
        assert_eq!(ask("uno@empresa.example").await, first);
    }
    assert_eq!(
        ask("dos@empresa.example").await,
        first,
        "one mailbox takes its own share only"
    );
    assert_eq!(ask("tres@empresa.example").await, first, "the answer is the same");
    let outbox = world.everything().await;
    for (mailbox, times) in [("uno@", 1), ("dos@", 1), ("tres@", 0)] {
        assert_eq!(outbox.matches(mailbox).count(), times, "{mailbox}");
    }
}

#[rstest]
#[case::not_an_address("nadie")]
#[case::two_lines("a@b.ec\\r\\nBcc: c@d.ec")]
#[case::with_a_name("Ana <ana@b.ec>")]
#[case::empty("")]
#[tokio::test]
async fn what_is_no_address_is_refused_by_its_field(#[case] address: &str) {
    let world = World::with(Engine::Sqlite, easy).await;
    let body =
        format!(r#"{{"address":"{address}","language":"es","captcha":{{"challenge":"x","nonces":[1]}}}}"#);
    let problem = world
        .browser()
        .post("/api/v1/deliverability-tests", body)
        .await
        .problem();
    assert_eq!(problem.code, ErrorCode::InvalidInput);
    assert_eq!(problem.fields[0].field, "address");
}

/// Queues a mail whose facts try to be more than text.
async fn queue_evil(world: &World) {
    let message = NewMessage {
        content: Content::AccountFrozen {
            employer: "</pre><script>alert(1)</script>\r\nhttp://localhost:8080/ \"onmouseover=x".into(),
            at: Timestamp::from_millis(1_795_446_000_000),
            by: server::notifications::FrozenBy::Owner,
        },
        recipient: Recipient::Typed {
            address: Address::Email(email(ADDRESS)),
            account: None,
        },
        case: None,
        language: Language::Es,
        expires_at: world.now().after(Duration::from_hours(1)),
    };
    let mut tx = world.app.store.write().await.unwrap();
    service::queue(&world.app, &mut tx, &message, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    deliver(world).await;
}

#[tokio::test]
async fn the_mailbox_says_that_nothing_is_sent_and_escapes_what_it_shows() {
    let world = World::new(Engine::Sqlite).await;
    let mut browser = world.browser();
    let empty = browser.get("/mailbox").await;
    assert!(empty.text().contains("Todavía no hay mensajes"));
    queue_evil(&world).await;

    let page = browser.get("/mailbox").await;
    assert_eq!(
        (page.status.as_u16(), page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert!(page.text().contains("no se envía nada"), "{}", page.text());
    assert!(page.text().contains(ADDRESS));
    assert!(!page.text().contains("<script"), "{}", page.text());
    assert_eq!(page.text().matches("</pre>").count(), 1);
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    let html = &browser.call::<ListMailbox>(&()).await.unwrap().mails[0].html;
    assert!(!html.expose().contains("<script"));

    let english = world.browser().speaking("en").get("/mailbox").await;
    assert!(english.text().contains("nothing is sent"));
}

#[tokio::test]
async fn with_a_mail_server_there_is_no_mailbox() {
    let server = SmtpServer::start().await;
    let world = World::with(Engine::Sqlite, |setup| {
        let text = format!(
            "[smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nfrom = \"a@b.ec\"",
            server.port()
        );
        setup.config.smtp = server::config::Config::parse(&text, std::path::Path::new("/nonexistent"))
            .unwrap()
            .smtp;
        setup.mailer = Mailer::of(&setup.config, Mailbox::new()).unwrap();
        setup.texter = Texter::of(&setup.config, Mailbox::new()).unwrap();
    })
    .await;
    let mut browser = world.browser();
    assert_eq!(
        browser.call::<ListMailbox>(&()).await.unwrap_err().code,
        ErrorCode::NotFound
    );
    assert_eq!(browser.get("/mailbox").await.status.as_u16(), 404);
}

const PHONE: &str = "+593991234567";

/// The news of a changed password, to an account with this phone.
async fn tell(world: &World, phone: Option<&str>) {
    let account = NewAccount {
        employer: "1790011674001".parse().unwrap(),
        branch: "0001".parse().unwrap(),
        email: Some(email(ADDRESS)),
        phone: phone.map(|phone| phone.parse().unwrap()),
        language: Language::Es,
        name: "Comercial Andina".into(),
        representative: "1710034065".parse().unwrap(),
        representative_name: "Ana Torres".into(),
    };
    let mut tx = world.app.store.write().await.unwrap();
    let id = accounts::open(&world.app, &mut tx, &account, world.now())
        .await
        .unwrap();
    let account = accounts::by_id(&mut tx, id).await.unwrap().unwrap();
    let news = Content::PasswordReplaced {
        employer: account.employer.masked(),
        at: world.now(),
        source: None,
    };
    accounts::tell_owner(&world.app, &mut tx, &account, news, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    deliver(world).await;
}

#[rstest]
#[tokio::test]
async fn the_owner_is_told_at_every_contact_and_each_message_freezes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    tell(&world, Some(PHONE)).await;
    let (mails, texts) = (world.mails(), world.texts());
    assert_eq!((mails.len(), texts.len()), (1, 1));
    assert_eq!(texts[0].to.to_string(), PHONE);
    let token = |text: &str| {
        let (_, rest) = text.split_once("/no-fui-yo#").unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    };
    let tokens = [token(&mails[0].text), token(&texts[0].text)];
    assert_ne!(tokens[0], tokens[1], "each message has a link of its own");
    // Either freezes.
    let mut browser = world.browser();
    let frozen = FreezeToken {
        token: Secret::new(tokens[1].clone()),
    };
    browser.call::<Freeze>(&frozen).await.unwrap();
    deliver(&world).await;
    assert_eq!(world.mails().len(), 2, "the freeze is told");
}

#[rstest]
#[tokio::test]
async fn where_no_text_message_is_sent_none_is_queued(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::with(engine, |setup| setup.texter = Texter::Off).await;
    tell(&world, Some(PHONE)).await;
    assert_eq!((world.mails().len(), world.texts().len()), (1, 0));
    assert_eq!(service::next_due(&world.app, Channel::Sms).await.unwrap(), None);
}

#[tokio::test]
async fn the_mailbox_shows_text_messages_with_their_link() {
    let world = World::new(Engine::Sqlite).await;
    tell(&world, Some(PHONE)).await;
    let mut browser = world.browser();
    let view = browser.call::<ListMailbox>(&()).await.unwrap();
    assert_eq!((view.mails.len(), view.texts.len()), (1, 1));
    assert_eq!(view.texts[0].to.to_string(), PHONE);
    let text = world.texts().remove(0).text;
    assert_eq!(view.texts[0].text.expose(), &text);

    let page = browser.get("/mailbox").await.text();
    let (_, link) = text.split_once("http").unwrap();
    assert!(page.contains(&format!("<a href=\"http{link}\">")), "{page}");
    assert!(
        page.contains("Mensaje de texto (SMS)") && page.contains(PHONE),
        "{page}"
    );
}
