//! Every body that names something by its id, tried with another employer's: as unknown as one that never was, and nothing
//! happens to it. The list is compared with the API's description, so that a new reference fails until it is tried here.

use super::Belongings;
use crate::sessions::people::*;
use rstest::rstest;
use serde_json::{Value, json};
use shared::api::{BASE, Problem};
use shared::sessions::api::{History, HistoryPage, ShowHistory};
use std::collections::BTreeSet;
use tests::{Engine, World};

/// Where a reference stands, by path and field; what names something in that field; and how it is unknown.
fn references(named: &Belongings) -> Vec<(&'static str, &'static str, Value, &'static str)> {
    let (current, delegate) = (RIGHT, "delegate_unknown");
    let change = json!({
        "delegate": named.changed, "scopes": ["read_only"], "until": "2026-11-26", "current": current,
    });
    let removal = json!({ "passkey": named.removed, "current": current });
    let rename = json!({ "passkey": named.renamed, "name": "Otra" });
    let ending = json!({ "delegate": named.ended, "current": current });
    let session = json!({ "session": named.session });
    vec![
        (
            "/account/contacts/withdraw",
            "change",
            json!({ "change": named.change }),
            "contact_change_unknown",
        ),
        ("/account/delegates/change", "delegate", change, delegate),
        ("/account/delegates/end", "delegate", ending, delegate),
        (
            "/account/delegates/invite-again",
            "delegate",
            json!({ "delegate": named.invited }),
            delegate,
        ),
        ("/account/passkeys/remove", "passkey", removal, "passkey_unknown"),
        ("/account/passkeys/rename", "passkey", rename, "passkey_unknown"),
        ("/account/sessions/end", "session", session, "session_unknown"),
    ]
}

/// The reference that is a place in a list and not a thing: it is compared, never looked up.
const CURSOR: (&str, &str) = ("/account/history", "before");

/// Every field of a body that is an id, or holds one, by the API's description. The desk's are left out: officers are told what
/// there is, and `staff/roles.rs` asks who is an officer. A centre is nobody's.
async fn described(world: &World) -> BTreeSet<(String, String)> {
    let document: Value = world.browser().get("/api/v1/openapi.json").await.json();
    let mut found = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let body = &item["post"]["requestBody"]["content"]["application/json"]["schema"];
        let schema = resolve(&document, body);
        let fields = schema["properties"].as_object();
        for (field, value) in fields.into_iter().flatten() {
            let public = field == "centre" || path.starts_with(&format!("{BASE}/staff/"));
            if !public && names_something(&document, value, 0) {
                let path = path.trim_start_matches(BASE).to_owned();
                found.insert((path, field.clone()));
            }
        }
    }
    found
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

/// Whether a schema is one of our ids (`SessionId` and the like), or is made of some.
fn names_something(document: &Value, schema: &Value, depth: u8) -> bool {
    assert!(depth < 20, "schemas do not go so deep");
    let is_id = |name: &str| name.ends_with("Id") && name != "RepresentativeId" && name != "CredentialId";
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return is_id(name) || names_something(document, resolve(document, schema), depth + 1);
    }
    let inner = ["oneOf", "anyOf", "allOf"]
        .iter()
        .filter_map(|of| schema[of].as_array())
        .flatten();
    let fields = schema["properties"].as_object();
    inner
        .chain(fields.into_iter().flat_map(serde_json::Map::values))
        .chain(schema.get("items"))
        .any(|schema| names_something(document, schema, depth + 1))
}

#[rstest]
#[tokio::test]
async fn what_belongs_to_another_employer_is_as_unknown_as_what_never_was(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let named = Belongings::of(&world, &mut owner).await;
    let references = references(&named);
    let mut listed: BTreeSet<_> = references
        .iter()
        .map(|(path, field, ..)| ((*path).to_owned(), (*field).to_owned()))
        .collect();
    listed.insert((CURSOR.0.to_owned(), CURSOR.1.to_owned()));
    assert_eq!(described(&world).await, listed);

    let mut other = OTHER.known(&world).await;
    for (path, field, theirs, unknown) in references {
        let mut never = theirs.clone();
        never[field] = json!("0199ffff-ffff-7fff-bfff-ffffffffffff");
        let before = facts(&world).await;
        for sent in [theirs, never] {
            let reply = other.post(&format!("{BASE}{path}"), sent.to_string()).await;
            let problem: Problem = reply.json();
            assert_eq!((problem.status, problem.code.as_str()), (404, unknown), "{path}");
        }
        assert!(facts(&world).await == before, "{path} changed something");
    }
}

#[rstest]
#[tokio::test]
async fn another_employers_place_in_the_history_leads_to_ones_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    for _ in 0..25 {
        COMPANY.known(&world).await;
    }
    let mut other = OTHER.known(&world).await;
    let newest: History = owner.call::<ShowHistory>(&HistoryPage::default()).await.unwrap();
    let theirs = HistoryPage { before: newest.next };
    let own: History = other.call::<ShowHistory>(&HistoryPage::default()).await.unwrap();
    let shown: History = other.call::<ShowHistory>(&theirs).await.unwrap();
    assert!(newest.next.is_some());
    assert!(shown.entries.iter().all(|entry| own.entries.contains(entry)));
}
