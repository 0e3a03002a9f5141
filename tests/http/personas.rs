//! Every endpoint of the API, asked by everybody: one table. An endpoint that is mounted and not here fails the test.

use crate::sessions::people::*;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use server::compose;
use shared::api::{BASE, Method, Problem};
use shared::captcha::{Solution, Subject};
use shared::recovery::api::Identification;
use shared::sessions::SessionId;
use shared::sessions::api::{PasswordChange, SessionChoice};
use std::fmt::Write as _;
use tests::{Browser, Engine, World};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Persona {
    /// Nobody is signed in.
    Anonymous,
    /// The owner, signed in.
    Employer,
    /// The owner, signed in before strangers had the account blocked.
    Blocked,
    /// The owner, signed in before the account was frozen.
    Frozen,
    /// The owner, with a session whose time is over.
    Late,
    /// Another employer, signed in, who names what belongs to the first one.
    Other,
    /// The owner's browser, on a page of another site. (Reads are answered to that browser; that site may not see them, and
    /// a `SameSite=Strict` cookie does not even come along.)
    OtherSite,
}

const PERSONAS: [Persona; 7] = [
    Persona::Anonymous,
    Persona::Employer,
    Persona::Blocked,
    Persona::Frozen,
    Persona::Late,
    Persona::Other,
    Persona::OtherSite,
];

/// A well-formed body for each endpoint that takes one. What can be refused for its content is: so that one cell leaves
/// the next one as it was, and the reason shows that the door before it was open.
fn body(path: &str, session: SessionId) -> Value {
    let token = json!({ "token": "A".repeat(43) });
    let solution = || Solution {
        challenge: "x".to_owned(),
        nonces: vec![1],
    };
    match path {
        "/captchas" => of(&Subject::Recovery {
            employer: COMPANY.0.parse().unwrap(),
        }),
        "/recoveries" => of(&Identification {
            employer: COMPANY.0.parse().unwrap(),
            branch: shared::identifiers::Branch::default(),
            representative: "1710034065".parse().unwrap(),
            language: shared::i18n::Language::Es,
            captcha: solution(),
        }),
        "/recovery/answers" => json!({ "answers": [] }),
        "/recovery/route" => json!({ "route": "counter" }),
        "/deliverability-tests" => json!({
            "address": "maria@empresa.example", "language": "es", "captcha": of(&solution()),
        }),
        "/reset/inspect" | "/reset/redeem" | "/freeze/inspect" | "/freeze" => token,
        "/reset" => json!({ "token": "A".repeat(43), "password": NEXT }),
        "/sessions" => of(&COMPANY.credentials(WRONG)),
        "/account/sessions/end" => of(&SessionChoice { session }),
        "/account/password" => of(&PasswordChange {
            current: RIGHT.into(),
            password: "x".into(),
        }),
        "/recovery/resume"
        | "/recovery/abandon"
        | "/session/extend"
        | "/session/end"
        | "/account/sessions/end-others"
        | "/account/history" => json!({}),
        path => panic!("{path} has no body here: every endpoint is asked by every persona"),
    }
}

fn of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

async fn ask(
    browser: &mut Browser,
    persona: Persona,
    method: Method,
    path: &str,
    sent: Option<Value>,
) -> String {
    let origin = if persona == Persona::OtherSite {
        "https://elsewhere.example"
    } else {
        browser.origin()
    };
    let request = Request::builder()
        .method(format!("{method:?}").to_uppercase().as_str())
        .uri(format!("{BASE}{path}"))
        .header("origin", origin)
        .header("content-type", "application/json")
        .body(sent.map_or_else(Body::empty, |sent| Body::from(sent.to_string())))
        .unwrap();
    let response = browser.open(request).await;
    let status = response.status().as_u16();
    if status == 200 {
        return "200".to_owned();
    }
    let read = axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap();
    let problem: Problem = serde_json::from_slice(&read).unwrap();
    assert_eq!(problem.status, status);
    format!("{status} {}", problem.code.as_str())
}

/// A world in which the persona is who it is, with a browser for each endpoint, and a session of the first employer's.
async fn scene(persona: Persona, endpoints: usize) -> (World, Vec<Browser>, SessionId) {
    let world = world(Engine::Sqlite).await;
    let id = COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let mut browsers = Vec::new();
    for _ in 0..endpoints {
        browsers.push(match persona {
            Persona::Anonymous => world.browser(),
            Persona::Other => OTHER.known(&world).await,
            Persona::Employer | Persona::Blocked | Persona::Frozen | Persona::Late | Persona::OtherSite => {
                COMPANY.known(&world).await
            }
        });
    }
    let mut owner = COMPANY.known(&world).await;
    let list = sessions(&mut owner).await;
    let named = list.sessions.iter().find(|session| session.current).unwrap().id;
    match persona {
        Persona::Anonymous | Persona::Employer | Persona::Other | Persona::OtherSite => {}
        Persona::Blocked => COMPANY.strangers_fail(&world, 5).await,
        Persona::Frozen => freeze(&world, id).await,
        Persona::Late => world.advance(world.app.policy.sessions.idle()),
    }
    (world, browsers, named)
}

#[tokio::test]
async fn everybody_asks_everything() {
    let routes = compose::routes();
    let mut operations: Vec<_> = routes.operations().iter().collect();
    operations.sort_by_key(|operation| (operation.path, format!("{:?}", operation.method)));
    // Last, because it ends the sessions of the other browsers.
    operations.sort_by_key(|operation| operation.path.ends_with("/end-others"));
    let mut columns = Vec::new();
    for persona in PERSONAS {
        let (_world, browsers, named) = scene(persona, operations.len()).await;
        let mut column = vec![format!("{persona:?}")];
        for (operation, mut browser) in operations.iter().zip(browsers) {
            let sent = match operation.method {
                Method::Get => None,
                Method::Post => Some(body(operation.path, named)),
            };
            column.push(ask(&mut browser, persona, operation.method, operation.path, sent).await);
        }
        columns.push(column);
    }
    let mut rows: Vec<String> = vec!["-".to_owned()];
    rows.extend(
        operations
            .iter()
            .map(|operation| format!("{:?} {}", operation.method, operation.path)),
    );
    columns.insert(0, rows);
    let mut table = String::new();
    for row in 0..=operations.len() {
        for column in &columns {
            let width = column.iter().map(String::len).max().unwrap_or_default();
            write!(table, "{:width$} | ", column[row]).unwrap();
        }
        table = table.trim_end().to_owned();
        table.push('\n');
    }
    insta::assert_snapshot!(table, @r"
    -                                 | Anonymous           | Employer             | Blocked              | Frozen              | Late                | Other                | OtherSite          |
    Post /account/history             | 401 session_missing | 200                  | 200                  | 401 session_missing | 401 session_missing | 200                  | 403 origin_refused |
    Post /account/password            | 401 session_missing | 422 password_refused | 422 password_refused | 401 session_missing | 401 session_missing | 422 password_refused | 403 origin_refused |
    Get /account/password/rules       | 401 session_missing | 200                  | 200                  | 401 session_missing | 401 session_missing | 200                  | 200                |
    Get /account/sessions             | 401 session_missing | 200                  | 200                  | 401 session_missing | 401 session_missing | 200                  | 200                |
    Post /account/sessions/end        | 401 session_missing | 200                  | 200                  | 401 session_missing | 401 session_missing | 404 session_unknown  | 403 origin_refused |
    Post /captchas                    | 200                 | 200                  | 200                  | 200                 | 200                 | 200                  | 403 origin_refused |
    Post /deliverability-tests        | 403 captcha_refused | 403 captcha_refused  | 403 captcha_refused  | 403 captcha_refused | 403 captcha_refused | 403 captcha_refused  | 403 origin_refused |
    Post /freeze                      | 404 link_invalid    | 404 link_invalid     | 404 link_invalid     | 404 link_invalid    | 404 link_invalid    | 404 link_invalid     | 403 origin_refused |
    Post /freeze/inspect              | 404 link_invalid    | 404 link_invalid     | 404 link_invalid     | 404 link_invalid    | 404 link_invalid    | 404 link_invalid     | 403 origin_refused |
    Get /mailbox                      | 200                 | 200                  | 200                  | 200                 | 200                 | 200                  | 200                |
    Post /recoveries                  | 403 captcha_refused | 403 captcha_refused  | 403 captcha_refused  | 403 captcha_refused | 403 captcha_refused | 403 captcha_refused  | 403 origin_refused |
    Get /recovery                     | 404 case_missing    | 404 case_missing     | 404 case_missing     | 404 case_missing    | 404 case_missing    | 404 case_missing     | 404 case_missing   |
    Post /recovery/abandon            | 404 case_missing    | 404 case_missing     | 404 case_missing     | 404 case_missing    | 404 case_missing    | 404 case_missing     | 403 origin_refused |
    Post /recovery/answers            | 404 case_missing    | 404 case_missing     | 404 case_missing     | 404 case_missing    | 404 case_missing    | 404 case_missing     | 403 origin_refused |
    Get /recovery/events              | 404 case_missing    | 404 case_missing     | 404 case_missing     | 404 case_missing    | 404 case_missing    | 404 case_missing     | 404 case_missing   |
    Post /recovery/resume             | 404 case_missing    | 404 case_missing     | 404 case_missing     | 404 case_missing    | 404 case_missing    | 404 case_missing     | 403 origin_refused |
    Post /recovery/route              | 404 case_missing    | 404 case_missing     | 404 case_missing     | 404 case_missing    | 404 case_missing    | 404 case_missing     | 403 origin_refused |
    Post /reset                       | 404 link_invalid    | 404 link_invalid     | 404 link_invalid     | 404 link_invalid    | 404 link_invalid    | 404 link_invalid     | 403 origin_refused |
    Post /reset/inspect               | 404 link_invalid    | 404 link_invalid     | 404 link_invalid     | 404 link_invalid    | 404 link_invalid    | 404 link_invalid     | 403 origin_refused |
    Post /reset/redeem                | 404 link_invalid    | 404 link_invalid     | 404 link_invalid     | 404 link_invalid    | 404 link_invalid    | 404 link_invalid     | 403 origin_refused |
    Get /session                      | 401 session_missing | 200                  | 200                  | 401 session_missing | 401 session_missing | 200                  | 200                |
    Post /session/end                 | 200                 | 200                  | 200                  | 200                 | 200                 | 200                  | 403 origin_refused |
    Post /session/extend              | 401 session_missing | 200                  | 200                  | 401 session_missing | 401 session_missing | 200                  | 403 origin_refused |
    Post /sessions                    | 403 sign_in_refused | 403 sign_in_refused  | 403 sign_in_refused  | 403 sign_in_refused | 403 sign_in_refused | 403 sign_in_refused  | 403 origin_refused |
    Get /settings                     | 200                 | 200                  | 200                  | 200                 | 200                 | 200                  | 200                |
    Post /account/sessions/end-others | 401 session_missing | 200                  | 200                  | 401 session_missing | 401 session_missing | 200                  | 403 origin_refused |
    ");
}
