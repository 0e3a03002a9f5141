//! What a stranger can learn before a passkey was shown: nothing.

use super::people::*;
use rstest::rstest;
use serde_json::Value;
use shared::api::ErrorCode;
use shared::unlock::api::{CurrentUnlock, RenewUnlockChallenge, UnlockStageView};
use std::collections::BTreeSet;
use tests::authenticator::{self, Device};
use tests::{Browser, Engine, Reply, World};

/// Every class of employers between which a stranger must not tell.
const CLASSES: [&str; 10] = [
    "blocked",
    "active",
    "frozen",
    "inactive",
    "mismatch",
    "contradicted",
    "not enrolled",
    "no contact",
    "no account",
    "unknown",
];

/// Where a value is, of what kind, and how long a text is; not what it is.
fn shape(value: &Value, path: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, field)| shape(field, &format!("{path}.{name}"), into)),
        Value::Array(items) => {
            into.insert(format!("{path}: {} items", items.len()));
            for item in items {
                shape(item, &format!("{path}[]"), into);
            }
        }
        Value::Null => drop(into.insert(format!("{path}: null"))),
        Value::Bool(_) => drop(into.insert(format!("{path}: bool"))),
        Value::Number(_) => drop(into.insert(format!("{path}: number"))),
        Value::String(text) => drop(into.insert(format!("{path}: string of {}", text.len()))),
    }
}

/// What of an answer must not differ: status, headers but their random parts, and the body's shape with what is the same for
/// all.
fn seen(reply: &Reply) -> String {
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    let mut shapes = BTreeSet::new();
    shape(&body, "", &mut shapes);
    let fixed = [
        "/stage/stage",
        "/stage/attempts_left",
        "/routes",
        "/stage/options/rpId",
        "/stage/options/timeout",
    ];
    let fixed: Vec<_> = fixed.iter().map(|path| body.pointer(path)).collect();
    let headers: BTreeSet<_> = reply.headers.keys().map(ToString::to_string).collect();
    format!("{} {headers:?} {shapes:#?} {fixed:?}", reply.status)
}

/// A world in which the employer of this class stands beside another one, whose passkey is given.
async fn settled(engine: Engine, class: &str) -> (World, Employer, Device) {
    let world = world(engine).await;
    let (_, stranger) = settle(&world, OTHER, Condition::Blocked).await;
    let employer = match class {
        "unknown" => UNKNOWN,
        "no account" => {
            COMPANY.settle(&world, Condition::NoAccount).await;
            COMPANY
        }
        "not enrolled" => {
            COMPANY.settle(&world, Condition::Blocked).await;
            COMPANY
        }
        "mismatch" => {
            settle(&world, COMPANY, Condition::Blocked).await;
            Employer {
                representative: OTHER.representative,
                ..COMPANY
            }
        }
        class => {
            let condition = match class {
                "active" => Condition::Good,
                "frozen" => Condition::Frozen,
                "inactive" => Condition::Inactive,
                _ => Condition::Blocked,
            };
            let (account, _) = settle(&world, COMPANY, condition).await;
            if class == "contradicted" {
                COMPANY.record_as(&world, OTHER.representative).await;
            }
            if class == "no contact" {
                register_phone(&world, account, None).await;
                forget_email(&world, account).await;
            }
            COMPANY
        }
    };
    (world, employer, stranger)
}

async fn identified(browser: &mut Browser, employer: Employer) -> Reply {
    let captcha = captcha(employer, browser).await;
    let asked = serde_json::to_string(&employer.identification(captcha)).unwrap();
    browser.post("/api/v1/unlocks", asked).await
}

#[rstest]
#[tokio::test]
async fn every_identification_is_answered_alike(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut all = BTreeSet::new();
    for class in CLASSES {
        let (world, employer, _) = settled(engine, class).await;
        let mut browser = world.browser();
        let mut told = seen(&identified(&mut browser, employer).await);
        for path in ["", "/challenge"] {
            let reply = if path.is_empty() {
                browser.get("/api/v1/unlock").await
            } else {
                browser.post(&format!("/api/v1/unlock{path}"), "{}").await
            };
            told.push_str(&seen(&reply));
        }
        all.insert(told);
    }
    assert_eq!(all.len(), 1, "{all:#?}");
}

#[rstest]
#[tokio::test]
async fn every_refused_passkey_is_answered_alike_to_the_last_attempt(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut all = BTreeSet::new();
    for class in CLASSES {
        let (world, employer, mut stranger) = settled(engine, class).await;
        let mut browser = world.browser();
        let mut view = identified(&mut browser, employer).await.json();
        let mut told = String::new();
        for attempt in 1..=5 {
            // The passkey of another employer, whose owner may well try numbers that are not theirs.
            let assertion = signed(&mut stranger, &view).await;
            let body = serde_json::to_string(&assertion).unwrap();
            let reply = browser.post("/api/v1/unlock/assertion", body).await;
            told.push_str(&seen(&reply));
            view = reply.json();
            let left = if let UnlockStageView::Passkey { attempts_left, .. } = view.stage {
                attempts_left
            } else {
                let stage = &view.stage;
                assert!(
                    matches!(stage, UnlockStageView::PasskeyRefused { .. }),
                    "{class}: {stage:?}"
                );
                0
            };
            assert_eq!(left, 5 - attempt, "{class}");
        }
        assert_eq!(
            world
                .mails()
                .iter()
                .filter(|mail| mail.text.contains("/desbloqueo"))
                .count(),
            0
        );
        all.insert(told);
    }
    assert_eq!(all.len(), 1, "{all:#?}");
}

#[rstest]
#[tokio::test]
async fn an_outage_is_told_alike_and_costs_nobody_an_attempt(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for class in CLASSES {
        let (world, employer, mut stranger) = settled(engine, class).await;
        let registry = shared::registries::Registry::Sri;
        world.registries.fail(registry);
        let mut browser = world.browser();
        let opened = open(employer, &mut browser).await.unwrap();
        let assertion = signed(&mut stranger, &opened).await;
        let problem = assert_with(&mut browser, &assertion).await.unwrap_err();
        assert_eq!(problem.code, ErrorCode::RegistryUnavailable, "{class}");
        assert_eq!(
            (problem.registry, problem.retry_after),
            (Some(registry), Some(3600)),
            "{class}"
        );
        assert_eq!(
            browser.call::<CurrentUnlock>(&()).await.unwrap(),
            opened,
            "{class}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn whoever_no_registry_names_is_refused_with_the_right_passkey_too(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut device) = blocked(engine).await;
    let mismatch = Employer {
        representative: OTHER.representative,
        ..COMPANY
    };
    OTHER.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(mismatch, &mut browser).await.unwrap();
    let view = show(&mut browser, &mut device).await.unwrap();
    assert!(
        matches!(view.stage, UnlockStageView::Passkey { attempts_left: 4, .. }),
        "{view:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_household_is_answered_like_a_company(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use crate::recovery::people::HOUSEHOLD;
    let world = world(engine).await;
    let (_, mut device) = settle(&world, HOUSEHOLD, Condition::Blocked).await;
    let mut browser = world.browser();
    let household = seen(&identified(&mut browser, HOUSEHOLD).await);
    assert_eq!(seen(&identified(&mut world.browser(), UNKNOWN).await), household);
    let view = show(&mut browser, &mut device).await.unwrap();
    assert!(matches!(view.stage, UnlockStageView::Channel { .. }), "{view:?}");
}

#[rstest]
#[tokio::test]
async fn refused_passkeys_make_the_next_captcha_harder_for_known_and_unknown(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use shared::captcha::{Challenge, Subject, api::IssueCaptcha};
    let mut all = BTreeSet::new();
    for class in ["blocked", "unknown"] {
        let (world, employer, mut stranger) = settled(engine, class).await;
        let mut browser = world.browser();
        let mut bits = Vec::new();
        open(employer, &mut browser).await.unwrap();
        for _ in 0..3 {
            show(&mut browser, &mut stranger).await.unwrap();
            let subject = Subject::Unlock {
                employer: employer.identifier(),
            };
            let issued = world.browser().call::<IssueCaptcha>(&subject).await.unwrap();
            let challenge: Challenge = issued.challenge.parse().unwrap();
            bits.push(challenge.difficulty().bits());
        }
        assert!(bits.is_sorted(), "{bits:?}");
        all.insert(bits);
        browser
            .call::<RenewUnlockChallenge>(&shared::unlock::api::Empty {})
            .await
            .unwrap();
    }
    assert_eq!(all.len(), 1, "{all:?}");
}

#[rstest]
#[tokio::test]
async fn an_enrolment_shows_nothing_either(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Blocked).await;
    let before = seen(&identified(&mut world.browser(), COMPANY).await);
    let mut device = Device::of(&world);
    authenticator::enrol(&world, &mut device, COMPANY.number).await;
    assert_eq!(seen(&identified(&mut world.browser(), COMPANY).await), before);
}
