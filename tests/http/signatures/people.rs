//! Who brings signed requests.

pub use crate::recovery::people::{COMPANY, Condition, Employer, OTHER, deliver};

use crate::recovery::people;
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use notary::Opinion;
use server::notary::{Asked, no_opinion, sound};
use server::on;
use shared::api::Problem;
use shared::captcha::Subject;
use shared::i18n::Language;
use shared::policy::Policy;
use shared::signatures::api::{
    Check, Continuation, ContinueBySignature, Continued, CurrentSignature, DOCUMENT_PATH, Empty, Finding,
    Line, Next, OpenSignature, REQUEST_PATH, Reason, RenewSignature, SignatureAsked, SignatureStageView,
    SignatureView,
};
use shared::signatures::{Findings, Purpose};
use std::time::Duration;
use tests::{Browser, Engine, Reply, World};

pub const TICK: Duration = Duration::from_micros(1);

/// How long a request can come back.
pub const LIFE: Duration = Duration::from_hours(1);

/// A world with quick captchas in which nothing of this procedure is limited. Its notary finds every file sound that is the
/// request as it was issued and a word more.
pub async fn world(engine: Engine) -> World {
    with(engine, |_| ()).await
}

/// The same, under a policy that differs in what is tested.
pub async fn with(engine: Engine, change: impl FnOnce(&mut Policy)) -> World {
    let world = people::with(engine, |policy| {
        policy.limits.uploads_per_source.count = 100_000;
        policy.limits.sms_per_destination.count = 100_000;
        policy.limits.sms_budget.count = 100_000;
        change(policy);
    })
    .await;
    judging(&world);
    world
}

/// Gives a world such a notary.
pub fn judging(world: &World) {
    world.notary.always(judge);
}

/// As a notary would: the issued bytes are a prefix, and what follows is a signature.
fn judge(asked: &Asked) -> Opinion {
    let issued = asked.expectation.issued.as_ref().expect("a request of a case");
    let other = |reason| Opinion {
        findings: Findings {
            request: Finding::Failed(reason),
            ..sound().findings
        },
        ..no_opinion()
    };
    match asked.file.strip_prefix(issued.bytes.as_slice()) {
        Some(b"signed") => sound(),
        Some(b"by another") => Opinion {
            findings: Findings {
                holder: Finding::Failed(Reason::OtherHolder),
                ..sound().findings
            },
            ..sound()
        },
        Some(b"unsure") => server::notary::undecided(),
        Some(_) => other(Reason::NotOurs),
        None => other(Reason::OtherRequest),
    }
}

pub fn purposes() -> [Purpose; 4] {
    [
        Purpose::Recovery,
        Purpose::Unlock,
        Purpose::Email("nueva@empresa.example".parse().unwrap()),
        Purpose::Phone("0991234567".parse().unwrap()),
    ]
}

/// The first page: captcha, identifiers and what it is for.
pub async fn open(
    employer: Employer,
    browser: &mut Browser,
    purpose: Purpose,
) -> Result<SignatureView, Problem> {
    let asked = asked(employer, browser, purpose).await;
    browser.call::<OpenSignature>(&asked).await
}

pub async fn asked(employer: Employer, browser: &mut Browser, purpose: Purpose) -> SignatureAsked {
    let of = employer.identifier();
    SignatureAsked {
        purpose,
        employer: of,
        branch: shared::identifiers::Branch::default(),
        representative: employer.representative.parse().unwrap(),
        language: Language::Es,
        captcha: browser.solve(&Subject::Signature { employer: of }).await.unwrap(),
    }
}

pub async fn go_on(browser: &mut Browser, of: Continued) -> Result<SignatureView, Problem> {
    browser.call::<ContinueBySignature>(&Continuation { of }).await
}

pub async fn current(browser: &mut Browser) -> SignatureView {
    browser.call::<CurrentSignature>(&()).await.unwrap()
}

pub async fn renew(browser: &mut Browser) -> Result<SignatureView, Problem> {
    browser.call::<RenewSignature>(&Empty {}).await
}

/// The request, fetched as the page does.
pub async fn fetch(browser: &mut Browser) -> Reply {
    browser.get(&format!("/api/v1{REQUEST_PATH}")).await
}

/// The request that is out, with this behind it.
pub async fn with_behind(browser: &mut Browser, word: &str) -> Vec<u8> {
    let fetched = fetch(browser).await;
    assert_eq!(fetched.status, 200, "{}", fetched.text());
    [fetched.body.as_slice(), word.as_bytes()].concat()
}

/// Sends a file, whatever it is.
pub async fn send(browser: &mut Browser, file: impl Into<Body>) -> Reply {
    let origin = browser.origin().to_owned();
    let request = Request::post(format!("/api/v1{DOCUMENT_PATH}"))
        .header(ORIGIN, origin)
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "application/octet-stream")
        .body(file.into());
    browser.send(request.unwrap()).await
}

/// Sends a file and reads the verdict.
pub async fn upload(browser: &mut Browser, file: Vec<u8>) -> Result<SignatureView, Problem> {
    let reply = send(browser, file).await;
    if reply.status == 200 {
        Ok(reply.json())
    } else {
        Err(reply.problem())
    }
}

/// Signs the request that is out, and sends it.
pub async fn sign(browser: &mut Browser) -> Result<SignatureView, Problem> {
    let file = with_behind(browser, "signed").await;
    upload(browser, file).await
}

pub fn line(view: &SignatureView, check: Check) -> Finding {
    let verdict = view.verdict.as_ref().expect("a verdict");
    let found = verdict.lines.iter().find(|line: &&Line| line.check == check);
    found.expect("every check has a line").finding
}

pub fn left(view: &SignatureView) -> u8 {
    match view.stage {
        SignatureStageView::Issued { uploads_left, .. } => uploads_left,
        SignatureStageView::Expired { .. }
        | SignatureStageView::Referred { .. }
        | SignatureStageView::Passed { .. }
        | SignatureStageView::Declined { .. }
        | SignatureStageView::Ended { .. } => panic!("{:?}", view.stage),
    }
}

pub fn next(view: &SignatureView) -> Next {
    match view.stage {
        SignatureStageView::Passed { next, .. } => next,
        SignatureStageView::Issued { .. }
        | SignatureStageView::Expired { .. }
        | SignatureStageView::Referred { .. }
        | SignatureStageView::Declined { .. }
        | SignatureStageView::Ended { .. } => panic!("{:?}", view.stage),
    }
}

/// How often something stands in the audit log.
pub async fn audited(world: &World, kind: &'static str) -> i64 {
    crate::sessions::people::events(world, kind).await
}

/// How many rows a table has.
pub async fn rows(world: &World, count: &'static str) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (rows,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(count).fetch_one(conn)).unwrap();
    rows
}
