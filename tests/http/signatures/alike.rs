//! What a stranger can learn before a signature passed: nothing.

use super::people::*;
use rstest::rstest;
use shared::signatures::api::SignatureView;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use tests::{Engine, Reply};

/// An answer without what is random by itself.
fn outline(reply: &Reply) -> String {
    let view: SignatureView = reply.json();
    let body = reply.text().replace(view.reference.as_str(), "…");
    let mut headers: Vec<String> = Vec::new();
    for (name, value) in &reply.headers {
        let value = value.to_str().unwrap();
        headers.push(match name.as_str() {
            "x-request-id" => format!("{name}: {} letters", value.len()),
            "set-cookie" => {
                let (pair, attributes) = value.split_once(';').unwrap();
                let (cookie, secret) = pair.split_once('=').unwrap();
                format!("{name}: {cookie}={} letters;{attributes}", secret.len())
            }
            _ => format!("{name}: {value}"),
        });
    }
    headers.sort();
    format!("{}\n{}\n\n{body}", reply.status, headers.join("\n"))
}

#[rstest]
#[tokio::test]
async fn every_identification_is_answered_alike(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let conditions = [
        Some(Condition::Good),
        Some(Condition::NoEmail),
        Some(Condition::Blocked),
        Some(Condition::Frozen),
        Some(Condition::Inactive),
        Some(Condition::NoAccount),
        None,
    ];
    for purpose in purposes() {
        let mut all = BTreeSet::new();
        for condition in conditions {
            let world = world(engine).await;
            if let Some(condition) = condition {
                COMPANY.settle(&world, condition).await;
            }
            let mut browser = world.browser();
            let asked = asked(COMPANY, &mut browser, purpose.clone()).await;
            let body = serde_json::to_string(&asked).unwrap();
            let mut told = outline(&browser.post("/api/v1/signatures", body).await);
            told += &outline(&browser.get("/api/v1/signature").await);
            // Every way to fail, too.
            let file = with_behind(&mut browser, "by another").await;
            told += &outline(&send(&mut browser, file).await);
            let pdf = fetch(&mut browser).await;
            write!(told, "{} {:?}", pdf.status, pdf.header("content-type")).unwrap();
            all.insert(told);
            assert_eq!(world.registries.asked(), 0);
        }
        assert_eq!(all.len(), 1, "{all:#?}");
    }
}
