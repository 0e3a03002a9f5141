//! Every endpoint of the API, asked by everybody: one table, made of what is mounted. An endpoint that is mounted and has no
//! body in `bodies.rs` fails the test, and so does one that is not in the table. What is below `/staff/` is asked by everybody in
//! `staff/roles.rs`.

mod bodies;
mod fields;
mod references;

use crate::contacts::people::{email, pending};
use crate::delegates::people::{ANA, LUIS, NOBODY, Person, create};
use crate::sessions::people::*;
use crate::staff::bodies::concrete;
use axum::body::Body;
use axum::http::Request;
use bodies::body;
pub(crate) use bodies::{assertion, registration};
use serde_json::Value;
use server::compose;
use shared::api::{BASE, Method, Problem};
use shared::contacts::api::{ContactRequest, RequestContactChange};
use shared::delegates::{DelegateId, Scope};
use shared::identifiers::ContactChangeId;
use shared::passkeys::PasskeyId;
use shared::passkeys::api::{EnrolmentToken, ListPasskeys};
use shared::secrets::Secret;
use shared::sessions::SessionId;
use shared::signatures::api::DOCUMENT_PATH;
use std::fmt::Write as _;
use tests::authenticator::{self, Device};
use tests::{Browser, Engine, World};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Persona {
    /// Nobody is signed in.
    Anonymous,
    /// The owner, signed in.
    Employer,
    /// A delegate for the payroll, signed in.
    Payroll,
    /// A delegate for registrations, signed in.
    Registrations,
    /// A delegate who only reads, signed in.
    ReadOnly,
    /// A delegate who was signed in when the owner ended the delegation.
    Ended,
    /// The owner, signed in before strangers had the account blocked.
    Blocked,
    /// The owner, signed in before the account was frozen.
    Frozen,
    /// The owner, with a session whose time is over.
    Late,
    /// Another employer, signed in, who names what belongs to the first one.
    Other,
    /// Whoever has the link that an officer made: until staff sign in, the only power of a counter.
    EnrolmentLink,
    /// The owner's browser, on a page of another site. (Reads are answered to that browser; that site may not see them, and
    /// a `SameSite=Strict` cookie does not even come along.)
    OtherSite,
}

const PERSONAS: [Persona; 12] = [
    Persona::Anonymous,
    Persona::Employer,
    Persona::Payroll,
    Persona::Registrations,
    Persona::ReadOnly,
    Persona::Ended,
    Persona::Blocked,
    Persona::Frozen,
    Persona::Late,
    Persona::Other,
    Persona::EnrolmentLink,
    Persona::OtherSite,
];

impl Persona {
    /// What the delegate may do, where it is one.
    const fn scope(self) -> Option<Scope> {
        match self {
            Self::Payroll | Self::Ended => Some(Scope::Payroll),
            Self::Registrations => Some(Scope::Registrations),
            Self::ReadOnly => Some(Scope::ReadOnly),
            Self::Anonymous
            | Self::Employer
            | Self::Blocked
            | Self::Frozen
            | Self::Late
            | Self::Other
            | Self::EnrolmentLink
            | Self::OtherSite => None,
        }
    }
}

/// What belongs to the first employer, by its names. One of each for every endpoint that takes it away.
struct Belongings {
    session: SessionId,
    renamed: PasskeyId,
    removed: PasskeyId,
    change: ContactChangeId,
    changed: DelegateId,
    invited: DelegateId,
    ended: DelegateId,
    /// A link for another passkey of the employer's.
    enrolment: EnrolmentToken,
}

impl Belongings {
    /// Makes them in the owner's name.
    async fn of(world: &World, owner: &mut Browser) -> Self {
        for _ in 0..2 {
            authenticator::enrol(world, &mut Device::of(world), COMPANY.0).await;
        }
        let passkeys = owner.call::<ListPasskeys>(&()).await.unwrap().passkeys;
        let asked = ContactRequest {
            wanted: email("nueva@empresa.example"),
            current: Secret::from(RIGHT),
        };
        owner.call::<RequestContactChange>(&asked).await.unwrap();
        let list = sessions(owner).await;
        Self {
            session: list.sessions.iter().find(|session| session.current).unwrap().id,
            renamed: passkeys[0].id,
            removed: passkeys[1].id,
            change: pending(owner).await.change,
            changed: made(owner, LUIS).await,
            invited: made(owner, NOBODY).await,
            ended: made(owner, Person("1700000019")).await,
            enrolment: authenticator::link(world, COMPANY.0).await,
        }
    }
}

/// A delegate of the first employer's.
async fn made(owner: &mut Browser, person: Person) -> DelegateId {
    let list = create(owner, &person.asked()).await.unwrap().delegates;
    let masked = person.asked().cedula.masked();
    list.iter().find(|delegate| delegate.cedula == masked).unwrap().id
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
    let content_type = if path == DOCUMENT_PATH {
        "application/octet-stream"
    } else {
        "application/json"
    };
    let request = Request::builder()
        .method(format!("{method:?}").to_uppercase().as_str())
        .uri(format!("{BASE}{}", concrete(path)))
        .header("origin", origin)
        .header("content-type", content_type)
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

/// A world in which the persona is who it is, with a browser for each endpoint, and what belongs to the first employer.
async fn scene(persona: Persona, endpoints: usize) -> (World, Vec<Browser>, Belongings) {
    let world = world(Engine::Sqlite).await;
    let id = COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let delegate = match persona.scope() {
        Some(scope) => Some(ANA.join(&world, &mut owner, &[scope]).await),
        None => None,
    };
    let belongings = Belongings::of(&world, &mut owner).await;
    let mut browsers = Vec::new();
    for _ in 0..endpoints {
        browsers.push(match persona {
            Persona::Anonymous | Persona::EnrolmentLink => world.browser(),
            Persona::Other => OTHER.known(&world).await,
            Persona::Payroll | Persona::Registrations | Persona::ReadOnly | Persona::Ended => {
                ANA.known(&world).await
            }
            Persona::Employer | Persona::Blocked | Persona::Frozen | Persona::Late | Persona::OtherSite => {
                COMPANY.known(&world).await
            }
        });
    }
    match persona {
        Persona::Anonymous
        | Persona::Employer
        | Persona::Payroll
        | Persona::Registrations
        | Persona::ReadOnly
        | Persona::Other
        | Persona::EnrolmentLink
        | Persona::OtherSite => {}
        Persona::Ended => {
            let delegate = delegate.expect("this persona is a delegate");
            crate::delegates::people::end(&mut owner, delegate).await.unwrap();
        }
        Persona::Blocked => COMPANY.strangers_fail(&world, 5).await,
        Persona::Frozen => freeze(&world, id).await,
        Persona::Late => world.advance(world.app.policy.sessions.idle()),
    }
    (world, browsers, belongings)
}

#[tokio::test]
async fn everybody_asks_everything() {
    let routes = compose::routes();
    // The desk has a table of its own, with people of its own.
    let mut operations: Vec<_> = routes
        .operations()
        .iter()
        .filter(|operation| !operation.path.starts_with("/staff/"))
        .collect();
    operations.sort_by_key(|operation| (operation.path, format!("{:?}", operation.method)));
    // Last, because it ends the sessions of the other browsers.
    operations.sort_by_key(|operation| operation.path.ends_with("/end-others"));
    let mut columns = Vec::new();
    for persona in PERSONAS {
        let (_world, browsers, belongings) = scene(persona, operations.len()).await;
        let mut column = vec![format!("{persona:?}")];
        for (operation, mut browser) in operations.iter().zip(browsers) {
            let sent = match operation.method {
                Method::Get => None,
                Method::Post => Some(body(operation.path, persona, &belongings)),
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
    insta::assert_snapshot!(table);
}
