//! Fields that nobody offers, put into every object of every body: each is refused by its name, and nothing is done. Whoever says that they
//! are an administrator, that they are verified, or at which stage their case is, has said something that no endpoint takes.

use super::{Belongings, Persona, body};
use crate::sessions::people::*;
use crate::staff;
use serde_json::{Value, json};
use server::compose;
use shared::api::{BASE, ErrorCode, FieldCode, Method};
use tests::{Browser, Engine};

/// What somebody would like to say of themselves.
const PRIVILEGED: [&str; 15] = [
    "role",
    "verified",
    "stage",
    "account",
    "state",
    "admin",
    "is_admin",
    "scopes",
    "cookie",
    "now",
    "proved",
    "link",
    "attempts",
    "__proto__",
    "constructor",
];

/// What a device says of a passkey, and browsers add to: WebAuthn asks that unknown members are ignored, and what is signed stands inside.
const DEVICES: [&str; 2] = ["credential", "assertion"];

/// The address of each object in a value, the outermost first, and what it is called in a refusal.
fn objects(value: &Value, pointer: &str, name: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            found.push((pointer.to_owned(), name.to_owned()));
            for (key, inner) in map {
                if !DEVICES.contains(&key.as_str()) {
                    objects(
                        inner,
                        &format!("{pointer}/{key}"),
                        &format!("{name}{key}."),
                        found,
                    );
                }
            }
        }
        Value::Array(list) => {
            for (at, inner) in list.iter().enumerate() {
                let outer = name.trim_end_matches('.');
                objects(
                    inner,
                    &format!("{pointer}/{at}"),
                    &format!("{outer}[{at}]."),
                    found,
                );
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Says something more in every object of a body, one thing at a time; how often.
async fn say_more(browser: &mut Browser, path: &str, body: &Value, wrong: &mut Vec<String>) -> usize {
    let mut places = Vec::new();
    objects(body, "", "", &mut places);
    let mut said = 0;
    for (pointer, name) in places {
        let taken = body.pointer(&pointer).unwrap();
        for field in PRIVILEGED.into_iter().filter(|field| taken.get(field).is_none()) {
            let mut more = body.clone();
            more.pointer_mut(&pointer).unwrap()[field] = json!(true);
            let reply = browser.post(&format!("{BASE}{path}"), more.to_string()).await;
            let named = (reply.status == 422)
                .then(|| reply.problem())
                .is_some_and(|problem| {
                    problem.code == ErrorCode::InvalidInput
                        && problem.fields.iter().any(|refused| {
                            refused.code == FieldCode::Malformed && refused.field == format!("{name}{field}")
                        })
                });
            if !named {
                wrong.push(format!(
                    "{path} with {name}{field}: {} {}",
                    reply.status,
                    reply.text()
                ));
            }
            said += 1;
        }
    }
    said
}

#[tokio::test]
async fn no_body_takes_a_field_that_is_not_its_own() {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let named = Belongings::of(&world, &mut owner).await;
    let details = staff::roles::details(&world).await;
    let before = facts(&world).await;
    let (mut wrong, mut bodies, mut said) = (Vec::new(), 0, 0);
    for operation in compose::routes().operations() {
        let path = operation.path;
        let file = path == super::DOCUMENT_PATH || staff::bodies::FILES.contains(&path);
        if operation.method == Method::Get || file {
            continue;
        }
        let body = if path.starts_with("/staff/") {
            staff::bodies::body(path, &details)
        } else {
            body(path, Persona::Employer, &named)
        };
        said += say_more(&mut owner, path, &body, &mut wrong).await;
        bodies += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(bodies > 100 && said > 1500, "{bodies} bodies, {said} fields");
    assert!(facts(&world).await == before, "nothing was done");
}
