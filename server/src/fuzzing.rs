//! Doors to what reads strangers' bytes, for fuzzing and nothing else: each takes any bytes and must come back.
//!
//! What it does not do: it tells nobody what was found. The invariants that it asserts hold for every input.

use crate::compose;
use crate::config::Config;
use crate::http::body::PATH_LIMIT;
use crate::http::{Failure, Reader};
use crate::passkeys::Verifier;
use crate::{centres, notifications, registries};
use serde::Deserialize;
use serde_json::Value;
use shared::api::ErrorCode;
use shared::passkeys::browser::{AuthenticationResponse, RegistrationResponse};
use shared::policy::Policy;
use std::path::Path;
use std::sync::LazyLock;
use webauthn_rs::prelude::Credential;

/// What the passkey in the corpus was made and used with: the challenges that were waiting, and what was kept of it.
const CEREMONIES: &str = include_str!("passkeys/ceremonies.json");

static READERS: LazyLock<Vec<Reader>> = LazyLock::new(|| {
    let routes = compose::routes();
    let operations = routes.operations();
    operations
        .iter()
        .filter_map(|operation| operation.reader)
        .collect()
});

static CEREMONY: LazyLock<Ceremonies> =
    LazyLock::new(|| serde_json::from_str(CEREMONIES).expect("the ceremonies are whole"));

static SITE: LazyLock<Verifier> = LazyLock::new(|| {
    let config = Config::parse("", Path::new("/nonexistent")).expect("the demo's configuration");
    Verifier::new(&config)
});

#[derive(Deserialize)]
struct Ceremonies {
    /// The challenge of the creation, as it waited.
    creation: String,
    /// That of the assertion.
    request: String,
    credential: Credential,
    /// The one answer that the device gave.
    answer: AuthenticationResponse,
    /// The challenge of the creation, as the device was given it.
    challenge: String,
}

/// A body, as each endpoint that takes one reads it. What is taken is written so that it is taken again as the same; what is refused is
/// refused as the caller's mistake, with a name that is not as long as they like.
pub fn bodies(bytes: &[u8]) {
    for read in READERS.iter() {
        match read(bytes) {
            Ok(written) => {
                let again = read(&written).expect("what is written is taken");
                assert!(again == written, "it is written otherwise");
            }
            Err(Failure::Problem(problem)) => {
                assert!(
                    matches!(problem.code, ErrorCode::MalformedBody | ErrorCode::InvalidInput),
                    "it is the body's fault"
                );
                let short = |name: &str| name.chars().count() <= PATH_LIMIT;
                assert!(problem.fields.iter().all(|field| short(&field.field)));
            }
            Err(Failure::Fault(_)) => panic!("a body is no fault of ours"),
        }
    }
}

/// A file that is imported, as each format reads it.
pub fn rows(bytes: &[u8]) {
    let lines = bytes.split(|byte| *byte == b'\n').count();
    assert!(
        registries::read_every_way(bytes) <= 4 * lines,
        "a line is one row"
    );
    if let Ok(read) = centres::import::read(bytes) {
        assert!(read.len() <= lines, "a line is one centre");
    }
}

/// A policy. What is taken keeps every rule, and written down it is the same.
pub fn policy(bytes: &[u8]) {
    let Some(policy) = read_policy(bytes) else {
        return;
    };
    policy.validate().expect("what is read keeps its rules");
    let written = serde_json::to_value(&policy).expect("a policy can be written");
    let again = Policy::read(&written).expect("what is written is taken");
    assert!(again == policy, "it is another");
}

fn read_policy(bytes: &[u8]) -> Option<Policy> {
    let document: Value = toml::from_str(std::str::from_utf8(bytes).ok()?).ok()?;
    Policy::read(&document).ok()
}

/// Whether these bytes are a policy.
pub fn is_policy(bytes: &[u8]) -> bool {
    read_policy(bytes).is_some()
}

/// Words in a mail that others wrote. They make no element, no attribute and no entity of the page.
pub fn letter(bytes: &[u8]) {
    const PLAIN: &str = "palabras";
    let Ok(words) = std::str::from_utf8(bytes) else {
        return;
    };
    let (told, page) = notifications::drawn(words).expect("it can be drawn");
    let (_, plain) = notifications::drawn(PLAIN).expect("it can be drawn");
    for mark in ['<', '>', '"', '\''] {
        let count = |text: &str| text.matches(mark).count();
        assert!(count(&page) == count(&plain), "the words break out");
    }
    assert!(told.contains(words), "the plain part has them as they are");
}

/// What a browser says that a passkey signed. Only what the device signed is taken, and only for the challenge that it answers.
pub fn assertion(bytes: &[u8]) {
    let Ok(shown) = serde_json::from_slice::<AuthenticationResponse>(bytes) else {
        return;
    };
    if asserted(&shown) {
        let (said, genuine) = (&shown.response, &CEREMONY.answer.response);
        assert!(
            said.client_data_json == genuine.client_data_json,
            "it is not what was signed"
        );
        assert!(
            said.authenticator_data == genuine.authenticator_data,
            "it is not what was signed"
        );
    }
}

fn asserted(shown: &AuthenticationResponse) -> bool {
    let ceremony = &*CEREMONY;
    SITE.asserted(&ceremony.request, shown, &ceremony.credential)
        .is_ok()
}

/// Whether these bytes are what the device signed.
pub fn is_asserted(bytes: &[u8]) -> bool {
    serde_json::from_slice(bytes).is_ok_and(|shown| asserted(&shown))
}

/// What a browser says that a device made. Anybody may have made it, but only for this challenge and this site, with the person verified.
pub fn registration(bytes: &[u8]) {
    let Ok(made) = serde_json::from_slice::<RegistrationResponse>(bytes) else {
        return;
    };
    if registered(&made) {
        let said: Value =
            serde_json::from_slice(made.response.client_data_json.as_slice()).expect("it was read");
        assert!(
            said["challenge"] == CEREMONY.challenge.as_str(),
            "another challenge"
        );
        assert!(said["type"] == "webauthn.create", "another ceremony");
        assert!(said["origin"] == "http://localhost:8080", "another site");
        assert!(said["crossOrigin"] != true, "another site's frame");
    }
}

fn registered(made: &RegistrationResponse) -> bool {
    SITE.created(&CEREMONY.creation, made).is_ok()
}

/// Whether these bytes are a passkey that was made for the challenge.
pub fn is_registered(bytes: &[u8]) -> bool {
    serde_json::from_slice(bytes).is_ok_and(|made| registered(&made))
}
