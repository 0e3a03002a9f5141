//! Credentials that a device keeps and uses only after its own check of the person: the browser's side of WebAuthn.
//!
//! Words: a *ceremony* is one conversation of the browser with an authenticator; it asks the person, so it begins with a
//! press and ends when the handle's future is dropped or [`Ceremony::stop`] is called. Options and credentials have the
//! standard's JSON shapes (`PublicKeyCredentialCreationOptionsJSON`, `RegistrationResponseJSON` and their likes): what is
//! binary is base64url without padding in them and an `ArrayBuffer` for the browser. The conversion is done here, because
//! browsers that are still in use have no `parseCreationOptionsFromJSON`.
//!
//! It does not judge what an authenticator answers: that is the server's. Source: Web Authentication, level 3, §5.

use super::{json, window};
use core::fmt;
use js_sys::{Array, ArrayBuffer, Function, JSON, Object, Promise, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// Whether this browser has passkeys at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// It has.
    Present,
    /// It has not: too old, or an embedded view.
    Missing,
    /// The page is not served over TLS, so the browser hides them.
    Insecure,
}

/// Where the person can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verifier {
    /// By this very device: finger, face or PIN.
    Here,
    /// Only by another one: a telephone over a QR code, or a security key.
    Elsewhere,
}

/// Why a ceremony brought no credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser or the authenticator cannot do what is asked, for example check the person.
    Unsupported,
    /// The person declined, or the time ended. Browsers do not tell which, nor that there is no passkey.
    Cancelled,
    /// This authenticator has a passkey for the account already.
    AlreadyRegistered,
    /// The page may not ask: no TLS, or an address that is not the portal's.
    Insecure,
    /// The page itself stopped the ceremony.
    Stopped,
    /// Anything else.
    Other,
}

/// Whether there is anything to ask.
pub fn support() -> Support {
    if !window().is_secure_context() {
        return Support::Insecure;
    }
    let has = |object: &JsValue, name: &str| {
        Reflect::get(object, &name.into()).is_ok_and(|found| !found.is_undefined() && !found.is_null())
    };
    if has(&window(), INTERFACE) && has(&window().navigator(), CONTAINER) {
        Support::Present
    } else {
        Support::Missing
    }
}

/// Where the person can be checked. Asks nobody.
pub async fn verifier() -> Verifier {
    let asked = async {
        let interface = Reflect::get(&window(), &INTERFACE.into())?;
        let answer = call(&interface, "isUserVerifyingPlatformAuthenticatorAvailable", None)?;
        JsFuture::from(answer).await
    };
    match asked.await.ok().and_then(|answer| answer.as_bool()) {
        Some(true) => Verifier::Here,
        Some(false) | None => Verifier::Elsewhere,
    }
}

/// A ceremony that can be stopped; stopped when dropped.
pub struct Ceremony {
    controller: AbortController,
}

impl Ceremony {
    /// One that has not begun. `None` in a browser that can stop nothing, which has no passkeys either.
    pub fn new() -> Option<Self> {
        let controller = AbortController::new().ok()?;
        Some(Self { controller })
    }

    /// Ends the conversation: the browser closes its window.
    pub fn stop(&self) {
        self.controller.abort();
    }

    /// Begins making a credential by creation `options`.
    pub fn create<O, C>(&self, options: &O) -> impl Future<Output = Result<C, Failure>> + use<O, C>
    where
        O: Serialize,
        C: DeserializeOwned,
    {
        ask(self.begin("create", json::write(options)))
    }

    /// Begins proving one by request `options`.
    pub fn get<O, C>(&self, options: &O) -> impl Future<Output = Result<C, Failure>> + use<O, C>
    where
        O: Serialize,
        C: DeserializeOwned,
    {
        ask(self.begin("get", json::write(options)))
    }

    /// What the browser is asked, as the promise of its answer.
    fn begin(&self, verb: &str, options: Option<String>) -> Result<Promise, Failure> {
        match support() {
            Support::Present => {}
            Support::Missing => return Err(Failure::Unsupported),
            Support::Insecure => return Err(Failure::Insecure),
        }
        let options = options.ok_or(Failure::Other)?;
        let started = || {
            let request = Object::new();
            Reflect::set(&request, &"publicKey".into(), &unpacked(&options)?)?;
            Reflect::set(&request, &"signal".into(), &self.controller.signal())?;
            let container = Reflect::get(&window().navigator(), &CONTAINER.into())?;
            call(&container, verb, Some(&request))
        };
        started().map_err(|error| why(&error))
    }
}

impl Drop for Ceremony {
    fn drop(&mut self) {
        self.stop();
    }
}

impl fmt::Debug for Ceremony {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ceremony")
    }
}

const INTERFACE: &str = "PublicKeyCredential";
const CONTAINER: &str = "credentials";

/// Waits for the answer and reads it.
async fn ask<C: DeserializeOwned>(started: Result<Promise, Failure>) -> Result<C, Failure> {
    let credential = JsFuture::from(started?).await.map_err(|error| why(&error))?;
    let packed = packed(&credential).map_err(|_| Failure::Other)?;
    let text = JSON::stringify(&packed)
        .ok()
        .and_then(|text| text.as_string())
        .ok_or(Failure::Other)?;
    json::read(&text).ok_or(Failure::Other)
}

/// Calls a method that answers with a promise.
fn call(object: &JsValue, method: &str, argument: Option<&JsValue>) -> Result<Promise, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    let answer = match argument {
        Some(argument) => method.call1(object, argument),
        None => method.call0(object),
    };
    answer?.dyn_into()
}

/// Options for the browser: the standard's JSON with its binary parts as bytes.
fn unpacked(text: &str) -> Result<JsValue, JsValue> {
    let options = JSON::parse(text)?;
    to_bytes(&options, "challenge")?;
    let user = Reflect::get(&options, &"user".into())?;
    if user.is_object() {
        to_bytes(&user, "id")?;
    }
    for list in ["allowCredentials", "excludeCredentials"] {
        for credential in Array::from(&present(&options, list)?).iter() {
            to_bytes(&credential, "id")?;
        }
    }
    Ok(options)
}

/// A property, or an empty list where there is none.
fn present(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    let value = Reflect::get(object, &name.into())?;
    Ok(if value.is_object() {
        value
    } else {
        Array::new().into()
    })
}

/// Puts bytes in the place of their base64url.
fn to_bytes(object: &JsValue, name: &str) -> Result<(), JsValue> {
    let text = Reflect::get(object, &name.into())?
        .as_string()
        .ok_or(JsValue::NULL)?;
    let bytes = decode(&text).ok_or(JsValue::NULL)?;
    Reflect::set(object, &name.into(), &Uint8Array::from(bytes.as_slice()))?;
    Ok(())
}

/// The binary parts of a credential's response: those of a new one, then those of a proof.
const PARTS: [&str; 5] = [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
];

/// A credential in the standard's JSON shape.
fn packed(credential: &JsValue) -> Result<JsValue, JsValue> {
    let text = |name: &str| Reflect::get(credential, &name.into());
    let given = text("response")?;
    let response = Object::new();
    for name in PARTS {
        // A part that a new credential or a proof does not have is not there; a handle may be null.
        if let Ok(buffer) = Reflect::get(&given, &name.into())?.dyn_into::<ArrayBuffer>() {
            Reflect::set(&response, &name.into(), &encode_buffer(&buffer))?;
        }
    }
    let whole = Object::new();
    for (name, value) in [
        ("id", text("id")?),
        ("rawId", text("id")?),
        ("type", text("type")?),
        ("response", response.into()),
        ("clientExtensionResults", extensions(credential)?),
    ] {
        Reflect::set(&whole, &name.into(), &value)?;
    }
    Ok(whole.into())
}

/// What the browser said of the extensions. What is binary in it nobody reads.
fn extensions(credential: &JsValue) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(credential, &"getClientExtensionResults".into())?.dyn_into()?;
    method.call0(credential)
}

fn encode_buffer(buffer: &ArrayBuffer) -> JsValue {
    encode(&Uint8Array::new(buffer).to_vec()).into()
}

/// What an error of the browser means.
fn why(error: &JsValue) -> Failure {
    let name = Reflect::get(error, &"name".into())
        .ok()
        .and_then(|name| name.as_string());
    named(name.as_deref().unwrap_or_default())
}

/// What the name of a `DOMException` means here (Web Authentication, level 3, §5.1.3 and §5.1.4).
fn named(name: &str) -> Failure {
    match name {
        "NotAllowedError" | "TimeoutError" => Failure::Cancelled,
        "InvalidStateError" => Failure::AlreadyRegistered,
        "NotSupportedError" | "ConstraintError" => Failure::Unsupported,
        "SecurityError" => Failure::Insecure,
        "AbortError" => Failure::Stopped,
        _ => Failure::Other,
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64url without padding (RFC 4648, §5).
fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .chain([0; 2].iter())
            .take(3)
            .fold(0_usize, |group, byte| (group << 8) | usize::from(*byte));
        for place in 0..=chunk.len() {
            let sextet = (group >> (18 - 6 * place)) & 63;
            text.push(char::from(*ALPHABET.get(sextet).unwrap_or(&b'A')));
        }
    }
    text
}

/// The bytes; `None` for anything that [`encode`] would not have written.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for chunk in text.as_bytes().chunks(4) {
        let mut group = 0_u32;
        for character in chunk {
            let sextet = ALPHABET.iter().position(|known| known == character)?;
            group = (group << 6) | u32::try_from(sextet).ok()?;
        }
        let [_, high, middle, low] = (group << (6 * (4 - chunk.len()))).to_be_bytes();
        match (chunk.len(), middle, low) {
            (4, _, _) => bytes.extend([high, middle, low]),
            (3, _, 0) => bytes.extend([high, middle]),
            (2, 0, 0) => bytes.push(high),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Failure, decode, encode, named};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_vectors_of_the_standard_go_both_ways() {
        // RFC 4648, §10, without padding; and the two characters that differ from plain base64.
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg"),
            (b"fooba", "Zm9vYmE"),
            (b"foobar", "Zm9vYmFy"),
            (&[0xfb, 0xff, 0xfe], "-__-"),
        ] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn every_byte_survives_at_every_length() {
        let all: Vec<u8> = (0..=255).collect();
        for length in 0..all.len() {
            let bytes = &all[length..];
            assert_eq!(decode(&encode(bytes)).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn what_nobody_would_have_written_is_refused() {
        for text in ["Z", "Zg==", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm9vY", "Zm9v ", "ñ"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    #[test]
    fn the_browsers_errors_are_told_apart() {
        assert_eq!(named("NotAllowedError"), Failure::Cancelled);
        assert_eq!(named("InvalidStateError"), Failure::AlreadyRegistered);
        assert_eq!(named("ConstraintError"), Failure::Unsupported);
        assert_eq!(named("SecurityError"), Failure::Insecure);
        assert_eq!(named("AbortError"), Failure::Stopped);
        assert_eq!(named("UnknownError"), Failure::Other);
    }
}
