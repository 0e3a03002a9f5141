//! The desk, asked by everybody: who gets through which door. The endpoints are those that are mounted, so none is forgotten.

use super::bodies::{FILES, body, concrete};
use super::people::*;
use crate::sessions::people::COMPANY;
use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use server::centres::import as centres;
use server::compose;
use server::http::Operation;
use shared::api::{BASE, ErrorCode, Method, Problem};
use shared::recovery::api::Empty;
use shared::staff::api::{EndStaff, LockStaffSession, StaffChoice};
use shared::staff::{Right, Role};
use std::fmt::Write as _;
use tests::{Browser, Engine, World};

/// What anybody may ask: how one gets in. This list may only shrink.
const OPEN: &[&str] = &[
    "/staff/sign-in",
    "/staff/sign-in/code",
    "/staff/sign-in/passkey",
    "/staff/passkey/begin",
    "/staff/session/end",
    "/staff/invitation/inspect",
    "/staff/invitation/code",
    "/staff/invitation/passkey",
    "/staff/invitation/accept",
];

/// What whoever is signed in may ask of their own session, whatever their role. This list may only shrink.
const OWN: &[&str] = &[
    "/staff/session",
    "/staff/session/extend",
    "/staff/session/lock",
    "/staff/session/unlock",
    "/staff/session/unlock/passkey",
];

/// What a locked desk opens: whose it is, and its own lock.
const WHILE_LOCKED: &[&str] = &[
    "/staff/session",
    "/staff/session/lock",
    "/staff/session/unlock",
    "/staff/session/unlock/passkey",
];

/// The right that a path needs. A path without one is in one of the lists above, or fails the test.
fn right(path: &str) -> Option<Right> {
    let below = |folder: &str| path == folder || path.starts_with(&format!("{folder}/"));
    Some(match path {
        _ if OPEN.contains(&path) || OWN.contains(&path) => return None,
        "/staff/dossiers/act" | "/staff/dossiers/referral" => Right::ActOnAccounts,
        "/staff/institution/save" | "/staff/policy" => Right::KeepInstitution,
        _ if below("/staff/members") => Right::KeepStaff,
        "/staff/search" | "/staff/appointments/cancel" => Right::ServeQueue,
        _ if below("/staff/queue") => Right::ServeQueue,
        _ if below("/staff/dossiers") || below("/staff/papers") => Right::KeepDossiers,
        _ if below("/staff/approvals") => Right::Approve,
        _ if below("/staff/reports") => Right::SeeReports,
        _ if below("/staff/audit") => Right::ReadAudit,
        _ if below("/staff/documents") => Right::HoldDocuments,
        _ if below("/staff/data-requests") => Right::AnswerDataRequests,
        _ if below("/staff/centres") => Right::KeepCentres,
        _ if below("/staff/institution") => Right::KeepInstitution,
        path => panic!("{path} is no path of the desk that this test knows: name the right that it needs"),
    })
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Persona {
    /// Nobody is signed in.
    Anonymous,
    /// An employer, signed in to their account.
    Employer,
    /// A member whose password was right, before the second factor.
    Waiting,
    /// Somebody with a role, whose desk is open.
    Officer(Role),
    /// An administrator whose desk is locked.
    Locked,
    /// A supervisor who was signed in when their access was ended.
    Ended,
    /// An administrator, on a page of another site.
    OtherSite,
}

const PERSONAS: &[Persona] = &[
    Persona::Anonymous,
    Persona::Employer,
    Persona::Waiting,
    Persona::Officer(Role::Agent),
    Persona::Officer(Role::Supervisor),
    Persona::Officer(Role::Auditor),
    Persona::Officer(Role::Administrator),
    Persona::Locked,
    Persona::Ended,
    Persona::OtherSite,
];

/// Why somebody was not let through a door; nothing where they were, whatever came after.
type Refusal = Option<ErrorCode>;

/// The browser of a persona.
async fn browser(world: &World, persona: Persona) -> Browser {
    match persona {
        Persona::Anonymous => world.browser(),
        Persona::Employer => {
            COMPANY.settle(world).await;
            COMPANY.known(world).await
        }
        Persona::Waiting => hire(world, "Ana", Role::Administrator).await.begin(world).await,
        Persona::Officer(role) => hire(world, "Ana", role).await.sit(world).await,
        Persona::OtherSite => hire(world, "Ana", Role::Administrator).await.sit(world).await,
        Persona::Locked => {
            let mut browser = hire(world, "Ana", Role::Administrator).await.sit(world).await;
            browser.call::<LockStaffSession>(&Empty {}).await.unwrap();
            browser
        }
        Persona::Ended => {
            let susana = hire(world, "Susana", Role::Supervisor).await;
            let browser = susana.sit(world).await;
            let mut desk = hire(world, "Delia", Role::Administrator).await.sit(world).await;
            let ended = StaffChoice {
                staff: susana.id,
                reason: "ya no trabaja aquí".parse().unwrap(),
            };
            desk.call::<EndStaff>(&ended).await.unwrap();
            browser
        }
    }
}

async fn ask(browser: &mut Browser, persona: Persona, operation: &Operation, details: &Value) -> Refusal {
    let (path, method) = (operation.path, operation.method);
    let file = FILES.contains(&path);
    let content = match method {
        Method::Get => Body::empty(),
        Method::Post if file => Body::from("no file"),
        Method::Post => Body::from(body(path, details).to_string()),
    };
    let origin = match persona {
        Persona::OtherSite => "https://elsewhere.example",
        Persona::Anonymous
        | Persona::Employer
        | Persona::Waiting
        | Persona::Officer(_)
        | Persona::Locked
        | Persona::Ended => browser.origin(),
    };
    let request = Request::builder()
        .method(format!("{method:?}").to_uppercase().as_str())
        .uri(format!("{BASE}{}", concrete(path)))
        .header("origin", origin)
        .header(
            "content-type",
            if file {
                "application/octet-stream"
            } else {
                "application/json"
            },
        )
        .body(content)
        .unwrap();
    let response = browser.open(request).await;
    if response.status().is_success() {
        return None;
    }
    let status = response.status();
    let read = axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap();
    let problem: Problem = serde_json::from_slice(&read)
        .unwrap_or_else(|_| panic!("{path} {status} {}", String::from_utf8_lossy(&read)));
    assert!(
        !matches!(problem.code, ErrorCode::MalformedBody | ErrorCode::Internal),
        "{path}: {problem:?}"
    );
    let is_door = matches!(
        problem.code,
        ErrorCode::SessionMissing
            | ErrorCode::StaffLocked
            | ErrorCode::NotYourRight
            | ErrorCode::OriginRefused
    );
    is_door.then_some(problem.code)
}

/// What a persona has to be told at a door.
fn expected(persona: Persona, operation: &Operation) -> Refusal {
    let path = operation.path;
    let (open, own) = (OPEN.contains(&path), OWN.contains(&path));
    // Nobody has a passkey to be asked for, or a second factor to show, without a session of some kind.
    let takes_session = matches!(
        path,
        "/staff/sign-in/code" | "/staff/sign-in/passkey" | "/staff/passkey/begin"
    );
    match persona {
        Persona::OtherSite if operation.method == Method::Post => Some(ErrorCode::OriginRefused),
        Persona::Anonymous | Persona::Employer | Persona::Ended => {
            (!open || takes_session).then_some(ErrorCode::SessionMissing)
        }
        Persona::Waiting => (!open).then_some(ErrorCode::SessionMissing),
        // A session that is open waits for no second factor.
        _ if takes_session && path != "/staff/passkey/begin" => Some(ErrorCode::SessionMissing),
        Persona::Locked => (!open && !WHILE_LOCKED.contains(&path)).then_some(ErrorCode::StaffLocked),
        Persona::Officer(role) => {
            let may = open || own || right(path).is_some_and(|right| role.may(right));
            (!may).then_some(ErrorCode::NotYourRight)
        }
        Persona::OtherSite => {
            let may = open || own || right(path).is_some_and(|right| Role::Administrator.may(right));
            (!may).then_some(ErrorCode::NotYourRight)
        }
    }
}

#[tokio::test]
async fn everybody_asks_everything_of_the_desk() {
    let routes = compose::routes();
    let mut operations: Vec<_> = routes
        .operations()
        .iter()
        .filter(|operation| operation.path.starts_with("/staff/"))
        .collect();
    operations.sort_by_key(|operation| (operation.path, format!("{:?}", operation.method)));
    // Last, because they close the desk for what comes after.
    operations.sort_by_key(|operation| match operation.path {
        "/staff/session/end" => 2,
        "/staff/session/lock" => 1,
        _ => 0,
    });
    let mut wrong = String::new();
    for persona in PERSONAS {
        let world = world(Engine::Sqlite).await;
        let details = details(&world).await;
        let browser = browser(&world, *persona).await;
        for operation in &operations {
            // A copy, so that no cookie of one answer goes along with the next request.
            let told = ask(&mut browser.clone(), *persona, operation, &details).await;
            let expected = expected(*persona, operation);
            if told != expected {
                let (method, path) = (operation.method, operation.path);
                writeln!(
                    wrong,
                    "{persona:?} {method:?} {path}: {told:?} instead of {expected:?}"
                )
                .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_lists_of_endpoints_without_a_right_only_shrink() {
    assert_eq!((OPEN.len(), OWN.len(), WHILE_LOCKED.len()), (9, 5, 4));
    let routes = compose::routes();
    let mounted: Vec<&str> = routes
        .operations()
        .iter()
        .map(|operation| operation.path)
        .collect();
    for path in [OPEN, OWN, WHILE_LOCKED].concat() {
        assert!(mounted.contains(&path), "{path} is not mounted any more");
    }
    for right in Right::ALL {
        let guarded = mounted.iter().filter(|path| path.starts_with("/staff/"));
        assert!(
            guarded.copied().any(|path| self::right(path) == Some(*right)),
            "{right:?} opens nothing"
        );
    }
}

/// A centre, and what is said of it.
pub async fn details(world: &World) -> Value {
    const CENTRES: &str = "code,name,province,canton,address,latitude,longitude,hours,counters,procedures,modes,holidays\n\
        UIO-1,Centro de prueba,17,Quito,Calle Inventada N1-23,-0.100000,-78.480000,mon-fri 08:00-16:40,4,\
        recovery,in_person,\n";
    let rows = centres::read(CENTRES.as_bytes()).expect("a file of centres");
    centres::write(&world.app, rows, 0).await.unwrap();
    let mut tx = world.app.store.read().await.unwrap();
    let centres = server::centres::service::list(&mut tx).await.unwrap();
    serde_json::to_value(&centres[0].details).unwrap()
}
