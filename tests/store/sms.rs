//! Text messages through the outbox to a gateway over a real socket that misbehaves.

use crate::notifications::{ADDRESS, Notebook, PHONE, Prepares, TICK};
use rstest::rstest;
use server::app::App;
use server::config::Config;
use server::notifications::mailer::SendError;
use server::notifications::service::{self, LEASE, Step};
use server::notifications::sms::{Doubt, Gateway as Client, Refused, TextMessage};
use server::notifications::{
    Address, Channel, Content, Mailbox, Mailer, NewMessage, Outcome, Recipient, Texter,
};
use server::store::StoreError;
use server::{changed, on};
use shared::i18n::Language;
use shared::identifiers::{AccountId, UnlockId};
use shared::notifications::gsm;
use shared::time::Timestamp;
use std::path::Path;
use std::time::Duration;
use tests::gateway::{Gateway, Turn};
use tests::hostile::answer;
use tests::{Engine, Setup, World};

const MINUTE: Duration = Duration::from_mins(1);

/// The configuration of a gateway that answers in JSON.
fn section(gateway: &Gateway, more: &str) -> Config {
    let url = gateway.url();
    let text = format!(
        "[sms]\nurl = \"{url}/v1/send\"\nsender = \"Clavero\"\ntimeout_seconds = 1\nanswer_kib = 1\n\
         body = '{{\"to\":\"{{number}}\",\"from\":\"{{sender}}\",\"text\":\"{{text}}\"}}'\n\
         success = {{ pointer = \"/status\", equals = \"queued\" }}\n{more}"
    );
    Config::parse(&text, Path::new("/nonexistent")).unwrap()
}

fn through(setup: &mut Setup, gateway: &Gateway) {
    setup.config.sms = section(gateway, "").sms;
    setup.texter = Texter::of(&setup.config, Mailbox::new()).unwrap();
}

async fn scene(engine: Engine) -> (Gateway, World, Notebook) {
    let gateway = Gateway::start().await;
    let world = World::with(engine, |setup| through(setup, &gateway)).await;
    (gateway, world, Notebook::default())
}

fn link(world: &World, to: &str) -> NewMessage {
    NewMessage {
        content: Content::UnlockLink {
            unlock: UnlockId::new(world.now(), [1; 10]),
            reference: "KX4T".parse().unwrap(),
            employer: "17•••••••3001".into(),
            at: world.now(),
        },
        ..news(world, to)
    }
}

fn news(world: &World, to: &str) -> NewMessage {
    NewMessage {
        content: Content::PasswordReplaced {
            employer: "17•••••••3001".into(),
            at: world.now(),
            source: None,
        },
        recipient: Recipient::Typed {
            address: Address::Phone(to.parse().unwrap()),
            account: None,
        },
        case: None,
        language: Language::Es,
        expires_at: world.now().after(Duration::from_mins(15)),
    }
}

async fn queue(world: &World, message: NewMessage) {
    let mut tx = world.app.store.write().await.unwrap();
    service::queue(&world.app, &mut tx, &message, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn step(app: &App, desk: &Notebook) -> Step {
    service::step(app, desk, Channel::Sms).await.unwrap()
}

async fn due(world: &World) -> Option<Timestamp> {
    service::next_due(&world.app, Channel::Sms).await.unwrap()
}

/// State, tries and last code of the only message.
async fn row(world: &World) -> Result<(String, i64, Option<i64>), StoreError> {
    let mut tx = world.app.store.read().await?;
    Ok(on!(&mut tx, |conn| sqlx::query_as(
        "SELECT state, attempts, last_code FROM outbox"
    )
    .fetch_one(conn))?)
}

fn text(request: &tests::gateway::Request) -> String {
    let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    body["text"].as_str().unwrap().to_owned()
}

#[rstest]
#[tokio::test]
async fn a_message_is_sent_once_and_its_clock_starts_at_the_acceptance(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (gateway, world, desk) = scene(engine).await;
    queue(&world, link(&world, PHONE)).await;
    assert_eq!(step(&world.app, &desk).await, Step::Worked);
    assert_eq!(step(&world.app, &desk).await, Step::Idle);
    world.advance(LEASE + LEASE);
    assert_eq!(step(&world.app, &desk).await, Step::Idle);

    let requests = gateway.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].line, "POST /v1/send");
    assert!(
        requests[0]
            .headers
            .iter()
            .any(|header| header == "content-type: application/json")
    );
    assert!(
        !requests[0]
            .headers
            .iter()
            .any(|header| header.starts_with("cookie"))
    );
    let body: serde_json::Value = serde_json::from_str(&requests[0].body).unwrap();
    assert_eq!((&body["to"], &body["from"]), (&PHONE.into(), &"Clavero".into()));
    let text = text(&requests[0]);
    assert!(
        text.ends_with(" http://localhost:8080/desbloqueo#token-1"),
        "{text}"
    );
    assert!(
        text.starts_with("KX4T: ") && text.contains("17...3001") && text.contains("3 minutos"),
        "{text}"
    );
    assert!(gsm::septets(&text).unwrap() < gsm::SEPTETS, "{text}");
    let heard = desk.heard();
    let Outcome::Accepted { at, link: Some(_) } = heard[0] else {
        panic!("{heard:?}");
    };
    assert_eq!((heard.len(), at), (1, world.now().before(LEASE + LEASE)));
    assert_eq!(row(&world).await.unwrap(), ("accepted".into(), 1, Some(250)));
    let rows = world.everything().await;
    assert!(!rows.contains(PHONE), "the number is forgotten");
    assert!(!rows.contains("token-1"), "no token is stored");
}

/// A way to fail: what the gateway does, whether it is tried again, with which code, and whether the number's turn is used
/// up by it.
struct Failure {
    turn: Turn,
    again: bool,
    code: i64,
    doubt: Doubt,
}

fn failures() -> Vec<Failure> {
    let says = |status: &str, body: &str| Turn::Says(answer(status, "application/json", body));
    let failure = |turn, again, code, doubt| Failure {
        turn,
        again,
        code,
        doubt,
    };
    let flood = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n";
    let endless = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
    let cut = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{\"status\":";
    let moved = b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n";
    vec![
        failure(says("500 Internal Server Error", "{}"), true, 500, Doubt::Refused),
        failure(says("429 Too Many Requests", "{}"), true, 429, Doubt::Refused),
        failure(says("408 Request Timeout", "{}"), true, 408, Doubt::Refused),
        failure(says("400 Bad Request", "{}"), false, 400, Doubt::Refused),
        failure(says("401 Unauthorized", "{}"), false, 401, Doubt::Refused),
        failure(Turn::Says(moved.to_vec()), false, 302, Doubt::Refused),
        failure(
            says("200 OK", r#"{"status":"failed"}"#),
            false,
            200,
            Doubt::Silent,
        ),
        failure(says("200 OK", "<html>"), false, 200, Doubt::Silent),
        failure(Turn::Floods(flood.to_vec()), false, 200, Doubt::Silent),
        failure(Turn::Floods(endless.to_vec()), false, 200, Doubt::Silent),
        failure(Turn::Says(cut.to_vec()), true, 200, Doubt::Silent),
        failure(Turn::HangsUp, true, 0, Doubt::Silent),
        failure(Turn::Silent, true, 0, Doubt::Silent),
        failure(Turn::Says(b"SSH-2.0\r\n".to_vec()), true, 0, Doubt::Silent),
    ]
}

#[tokio::test]
async fn each_refusal_is_final_or_not_and_leaves_a_doubt_or_not() {
    for failure in failures() {
        let gateway = Gateway::start().await;
        gateway.then([failure.turn.clone()]);
        let world = World::with(Engine::Sqlite, |setup| through(setup, &gateway)).await;
        let desk = Notebook::default();
        let told = format!("{:?} {}", failure.turn, failure.code);
        queue(&world, link(&world, PHONE)).await;
        assert_eq!(step(&world.app, &desk).await, Step::Worked, "{told}");
        let state = if failure.again { "queued" } else { "rejected" };
        assert_eq!(
            row(&world).await.unwrap(),
            (state.into(), 1, Some(failure.code)),
            "{told}"
        );
        assert_eq!(
            gateway.requests().len(),
            1,
            "nothing is tried twice at once: {told}"
        );
        // Whether the number's turn is free at once.
        queue(&world, link(&world, PHONE)).await;
        assert_eq!(step(&world.app, &desk).await, Step::Worked, "{told}");
        let sent = match failure.doubt {
            Doubt::Refused => 2,
            Doubt::Silent => 1,
        };
        assert_eq!(gateway.requests().len(), sent, "{told}");
    }
}

#[rstest]
#[tokio::test]
async fn a_retry_carries_a_fresh_token(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (gateway, world, desk) = scene(engine).await;
    gateway.then([
        Turn::Says(answer("503 Busy", "application/json", "{}")),
        Turn::HangsUp,
    ]);
    queue(&world, link(&world, PHONE)).await;
    step(&world.app, &desk).await;
    let first = due(&world).await.unwrap();
    assert!(first > world.now() && first <= world.now().after(Duration::from_secs(2)));

    // Refused without doubt: the number's turn is free, and the next try comes at its time.
    world.advance(first.since(world.now()));
    step(&world.app, &desk).await;
    assert_eq!(gateway.requests().len(), 2);

    // In doubt: the number had its message of this minute, so the third try waits for the next, and makes no link before.
    let second = due(&world).await.unwrap();
    world.advance(second.since(world.now()));
    step(&world.app, &desk).await;
    assert_eq!(gateway.requests().len(), 2, "the number waits");
    let third = due(&world).await.unwrap();
    // To the next whole second.
    assert!(third >= first.after(MINUTE) && third < first.after(MINUTE + Duration::from_secs(1)));
    world.advance(third.since(world.now()));
    step(&world.app, &desk).await;
    let texts: Vec<_> = gateway.requests().iter().map(text).collect();
    assert!(
        texts[0].ends_with("#token-1") && texts[1].ends_with("#token-2"),
        "{texts:?}"
    );
    assert!(texts[2].ends_with("#token-3") && texts.len() == 3, "{texts:?}");
    assert!(matches!(desk.heard().last(), Some(Outcome::Accepted { .. })));
}

#[rstest]
#[tokio::test]
async fn a_gateway_that_wants_to_be_left_alone_is(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(("300", 300), ("1", 2), ("999999999999999999999", 900))] wish: (&str, u64),
) {
    let (gateway, world, desk) = scene(engine).await;
    let busy = format!(
        "HTTP/1.1 429 Busy\r\nretry-after: {}\r\ncontent-length: 2\r\n\r\n{{}}",
        wish.0
    );
    gateway.then([Turn::Says(busy.into_bytes())]);
    queue(&world, link(&world, PHONE)).await;
    step(&world.app, &desk).await;
    let due = due(&world).await.unwrap();
    let longest = world.now().after(Duration::from_secs(wish.1));
    assert!(due <= longest, "{}", wish.0);
    if wish.1 > 2 {
        assert_eq!(due, longest);
    }
}

#[rstest]
#[tokio::test]
async fn a_number_gets_one_message_a_minute(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (gateway, world, desk) = scene(engine).await;
    let began = world.now();
    for to in [PHONE, PHONE, "+593987654321"] {
        queue(&world, link(&world, to)).await;
    }
    while step(&world.app, &desk).await == Step::Worked {}
    assert_eq!(gateway.requests().len(), 2, "one to each number");
    assert_eq!(due(&world).await, Some(began.after(MINUTE)));

    world.advance(MINUTE.saturating_sub(TICK));
    assert_eq!(step(&world.app, &desk).await, Step::Idle);
    world.advance(TICK);
    assert_eq!(step(&world.app, &desk).await, Step::Worked);
    let texts: Vec<_> = gateway.requests().iter().map(text).collect();
    assert_eq!(texts.len(), 3);
    // What waited made no link meanwhile: the tokens are numbered as they were sent.
    for (number, text) in texts.iter().enumerate() {
        assert!(text.ends_with(&format!("#token-{}", number + 1)), "{text}");
    }
}

#[rstest]
#[tokio::test]
async fn what_is_never_sent_leaves_its_number_free(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values((Prepares::Nothing, "dropped"), (Prepares::Badly, "queued"))] first: (Prepares, &str),
) {
    let (gateway, world, desk) = scene(engine).await;
    queue(&world, link(&world, PHONE)).await;
    let (prepares, state) = first;
    step(&world.app, &Notebook::that_prepares(prepares)).await;
    assert_eq!(row(&world).await.unwrap(), (state.into(), 1, Some(0)));
    queue(&world, news(&world, PHONE)).await;
    step(&world.app, &desk).await;
    assert_eq!(
        gateway.requests().len(),
        1,
        "the number had nothing in this minute"
    );
}

#[rstest]
#[tokio::test]
async fn a_link_waits_behind_no_heap_of_news(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (gateway, world, desk) = scene(engine).await;
    for number in 0..300 {
        queue(&world, news(&world, &format!("+593987654{number:03}"))).await;
    }
    world.advance(TICK);
    queue(&world, link(&world, PHONE)).await;
    step(&world.app, &desk).await;
    let requests = gateway.requests();
    assert_eq!(requests.len(), 1);
    assert!(text(&requests[0]).ends_with("#token-1"));
}

#[rstest]
#[tokio::test]
async fn a_link_has_the_next_turn_of_its_number(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (gateway, world, desk) = scene(engine).await;
    for _ in 0..3 {
        queue(&world, news(&world, PHONE)).await;
    }
    while step(&world.app, &desk).await == Step::Worked {}
    // Late in the minute, and between two seconds: its wait is rounded up.
    world.advance(Duration::from_millis(30_500));
    queue(&world, link(&world, PHONE)).await;
    while gateway.requests().len() < 2 {
        world.advance(due(&world).await.unwrap().since(world.now()));
        step(&world.app, &desk).await;
    }
    assert!(text(&gateway.requests()[1]).ends_with("#token-1"));
}

#[rstest]
#[tokio::test]
async fn two_nodes_send_a_number_one_message(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (gateway, world, desk) = scene(engine).await;
    let other = world.node(2).await;
    for _ in 0..2 {
        queue(&world, link(&world, PHONE)).await;
    }
    tokio::join!(step(&world.app, &desk), step(&other, &desk));
    assert_eq!(gateway.requests().len(), 1);
}

#[rstest]
#[tokio::test]
async fn the_budget_keeps_room_for_links(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let gateway = Gateway::start().await;
    let world = World::with(engine, |setup| {
        through(setup, &gateway);
        let limits = &mut setup.config.policy.limits;
        (limits.sms_budget.count, limits.sms_reserve) = (3, 1);
    })
    .await;
    let desk = Notebook::default();
    let number = |number: u32| format!("+5939912345{number:02}");
    let send = async |message: NewMessage| {
        let before = gateway.requests().len();
        queue(&world, message).await;
        service::send_due(&world.app, &desk).await.unwrap();
        gateway.requests().len() - before
    };
    assert_eq!(send(news(&world, &number(1))).await, 1);
    assert_eq!(
        send(news(&world, &number(2))).await,
        1,
        "the last before the reserve"
    );
    assert_eq!(
        send(news(&world, &number(3))).await,
        0,
        "the first into the reserve"
    );
    assert_eq!(send(link(&world, &number(4))).await, 1, "a link may");
    assert_eq!(
        send(link(&world, &number(5))).await,
        0,
        "and no more than the budget"
    );
    // Mails have a budget of their own.
    let mail = NewMessage {
        recipient: Recipient::Typed {
            address: Address::Email(ADDRESS.parse().unwrap()),
            account: None,
        },
        ..news(&world, PHONE)
    };
    queue(&world, mail).await;
    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(world.mails().len(), 1);
}

#[rstest]
#[tokio::test]
async fn neither_way_waits_behind_the_other(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (gateway, world, desk) = scene(engine).await;
    gateway.then([Turn::Silent]);
    queue(&world, link(&world, PHONE)).await;
    let (app, waiting) = (world.app.clone(), desk.clone());
    let stuck = tokio::spawn(async move { step(&app, &waiting).await });
    let mail = NewMessage {
        recipient: Recipient::owner_by_email(AccountId::new(world.now(), [1; 10])),
        ..news(&world, PHONE)
    };
    queue(&world, mail).await;
    let worked = service::step(&world.app, &desk, Channel::Email).await.unwrap();
    assert_eq!((worked, world.mails().len()), (Step::Worked, 1));
    assert_eq!(stuck.await.unwrap(), Step::Worked);
}

#[rstest]
#[tokio::test]
async fn a_message_to_a_typed_number_expires_and_forgets_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (gateway, world, desk) = scene(engine).await;
    queue(&world, link(&world, PHONE)).await;
    world.advance(Duration::from_mins(15));
    step(&world.app, &desk).await;
    assert_eq!(gateway.requests().len(), 0);
    assert_eq!(desk.heard(), [Outcome::Expired(world.now())]);
    assert!(!world.everything().await.contains(PHONE));
}

#[rstest]
#[tokio::test]
async fn a_row_of_an_unknown_way_is_never_taken_up(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (_, world, desk) = scene(engine).await;
    queue(&world, link(&world, PHONE)).await;
    let mut tx = world.app.store.write().await.unwrap();
    async {
        Ok::<_, StoreError>(changed!(
            &mut tx,
            sqlx::query("UPDATE outbox SET channel = 'fax'")
        )?)
    }
    .await
    .unwrap();
    tx.commit().await.unwrap();
    for channel in Channel::ALL {
        let step = service::step(&world.app, &desk, channel).await.unwrap();
        assert_eq!(step, Step::Idle);
    }
}

fn message(text: &str) -> TextMessage {
    TextMessage {
        to: PHONE.parse().unwrap(),
        id: "018f.2".into(),
        date: Timestamp::from_micros(0),
        text: text.into(),
        language: Language::Es,
    }
}

#[tokio::test]
async fn a_gateway_is_asked_as_its_section_says() {
    let gateway = Gateway::start().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("token"), "s3cr3t\n").unwrap();
    let url = gateway.url();
    let read = |text: &str| {
        let config = Config::parse(&format!("[sms]\n{text}"), folder.path()).unwrap();
        Client::new(config.sms.as_ref().unwrap()).unwrap()
    };
    let nasty = "a\"b&c=d <e> ñ+";
    let get = read(&format!(
        "method = \"GET\"\nurl = \"{url}/send?to={{number}}&t={{text}}&key={{token}}\"\n\
         token_file = \"token\"\nnumber = \"digits\""
    ));
    let form = read(&format!(
        "method = \"PUT\"\nurl = \"{url}/form\"\ncontent_type = \"application/x-www-form-urlencoded\"\n\
         body = \"to={{number}}&t={{text}}\"\ntoken_file = \"token\"\n\
         headers = {{ Authorization = \"Bearer {{token}}\", Idempotency-Key = \"{{id}}\" }}"
    ));
    let xml = read(&format!(
        "url = \"{url}/xml\"\ncontent_type = \"text/xml; charset=utf-8\"\n\
         body = \"<m to='{{number}}'>{{text}}</m>\"\nsuccess = {{ status = \"200\", matches = \"queued\" }}"
    ));
    for client in [&get, &form, &xml] {
        client
            .send(&message(nasty), Timestamp::from_micros(0))
            .await
            .unwrap();
        assert_eq!(format!("{client:?}"), "Gateway", "no secret is shown");
    }
    let requests = gateway.requests();
    assert_eq!(
        requests[0].line,
        "GET /send?to=593991234567&t=a%22b%26c%3Dd%20%3Ce%3E%20%C3%B1%2B&key=s3cr3t"
    );
    assert_eq!(requests[1].line, "PUT /form");
    assert_eq!(
        requests[1].body,
        "to=%2B593991234567&t=a%22b%26c%3Dd%20%3Ce%3E%20%C3%B1%2B"
    );
    for header in ["authorization: Bearer s3cr3t", "idempotency-key: 018f.2"] {
        assert!(requests[1].headers.iter().any(|sent| sent == header), "{header}");
    }
    assert_eq!(
        requests[2].body,
        "<m to='+593991234567'>a&quot;b&amp;c=d &lt;e&gt; ñ+</m>"
    );
}

#[tokio::test]
async fn a_refusal_in_the_body_can_be_for_now_only() {
    let gateway = Gateway::start().await;
    let config = section(
        &gateway,
        "retry = { status = \"503\", pointer = \"/error\", equals = \"throttled\" }",
    );
    let client = Client::new(config.sms.as_ref().unwrap()).unwrap();
    let says = |status: &str, body: &str| Turn::Says(answer(status, "application/json", body));
    gateway.then([
        says("200 OK", r#"{"error":"throttled"}"#),
        says("400 Bad Request", r#"{"error":"throttled"}"#),
        says("503 Busy", "{}"),
        says("500 Internal Server Error", "{}"),
    ]);
    let mut codes = Vec::new();
    for _ in 0..4 {
        let refused = client
            .send(&message("x"), Timestamp::from_micros(0))
            .await
            .unwrap_err();
        codes.push(match refused {
            Refused {
                error: SendError::Temporary { code, .. },
                ..
            } => (code, true),
            Refused {
                error: SendError::Permanent { code },
                ..
            } => (code, false),
        });
    }
    assert_eq!(codes, [(200, true), (400, true), (503, true), (500, false)]);
}

#[tokio::test]
async fn a_gateway_that_is_not_there_was_not_asked() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let text = format!(
        "[sms]\nmethod = \"GET\"\nurl = \"http://127.0.0.1:{port}/?to={{number}}&t={{text}}\"\ntimeout_seconds = 1"
    );
    let config = Config::parse(&text, Path::new("/nonexistent")).unwrap();
    let client = Client::new(config.sms.as_ref().unwrap()).unwrap();
    let refused = client
        .send(&message("x"), Timestamp::from_micros(0))
        .await
        .unwrap_err();
    assert_eq!(refused.doubt, Doubt::Refused);
    assert!(matches!(refused.error, SendError::Temporary { code: 0, .. }));
}

#[test]
fn where_messages_go_follows_from_the_sections() {
    let texter = |text: &str| {
        let config = Config::parse(text, Path::new("/nonexistent")).unwrap();
        let mailer = Mailer::of(&config, Mailbox::new()).unwrap();
        (Texter::of(&config, Mailbox::new()).unwrap(), mailer)
    };
    let smtp = "[smtp]\nhost = \"localhost\"\ntls = \"none\"\nfrom = \"a@b.example\"\n";
    let sms = "[sms]\nmethod = \"GET\"\nurl = \"https://g.example/?n={number}&t={text}\"\n";
    assert!(matches!(texter(""), (Texter::Mailbox(_), Mailer::Mailbox(_))));
    assert!(matches!(texter(smtp), (Texter::Off, Mailer::Smtp(_))));
    assert!(matches!(texter(sms), (Texter::Gateway(_), Mailer::Mailbox(_))));
    let both = texter(&format!("{smtp}{sms}"));
    assert!(matches!(both, (Texter::Gateway(_), Mailer::Smtp(_))));
}
