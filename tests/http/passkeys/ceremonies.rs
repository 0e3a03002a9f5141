//! What the fuzzing of passkeys begins with, made anew.

use super::{CASE, ask, enrolled};
use crate::sessions::people::{self, COMPANY};
use serde_json::{Value, json};
use std::path::Path;
use tests::authenticator::{Device, begin, link};
use tests::{Engine, World};

async fn text(world: &World, query: &'static str) -> Value {
    let mut tx = world.app.store.read().await.unwrap();
    let (text,): (String,) = server::on!(&mut tx, |conn| sqlx::query_as(query).fetch_one(conn)).unwrap();
    Value::String(text)
}

fn written(path: &str, value: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    std::fs::write(path, format!("{value:#}\n")).unwrap();
}

/// Writes what a device made and signed, the challenges that were waiting for it, and what is kept of it.
#[tokio::test]
#[ignore = "writes server/src/passkeys/ceremonies.json and the corpus of `assertion` and `registration` anew"]
async fn the_ceremonies_of_the_fuzz_targets() {
    const STATE: &str = "SELECT state FROM passkey_ceremonies";
    let world = people::world(Engine::Sqlite).await;
    COMPANY.settle(&world).await;
    let begun = begin(&world, &link(&world, COMPANY.0).await).await.unwrap();
    let creation = text(&world, STATE).await;
    let made = Device::of(&world).create(&begun.options).await;
    written("fuzz/corpus/registration/genuine.json", &json!(made));

    let (world, _, mut device) = enrolled(Engine::Sqlite).await;
    let asked = ask(&world, CASE).await;
    let request = text(&world, STATE).await;
    let answer = device.sign(&asked).await;
    written("fuzz/corpus/assertion/genuine.json", &json!(answer));
    let credential = text(&world, "SELECT credential FROM passkeys").await;
    let ceremonies = json!({
        "creation": creation,
        "challenge": begun.options.challenge.to_text(),
        "request": request,
        "credential": serde_json::from_str::<Value>(credential.as_str().unwrap()).unwrap(),
        "answer": answer,
    });
    written("server/src/passkeys/ceremonies.json", &ceremonies);
}
