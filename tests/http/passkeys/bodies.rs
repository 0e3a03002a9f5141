//! Bodies that no browser writes: each is refused with a typed answer, and none is our fault.

use super::{CASE, answer, ask, enrolled, reasons};
use crate::sessions::people::{self, COMPANY};
use rstest::rstest;
use serde_json::{Value, json};
use server::passkeys::PasskeyRefused;
use shared::api::{BASE, Endpoint, ErrorCode, FieldCode};
use shared::passkeys::Bytes;
use shared::passkeys::api::FinishEnrolment;
use tests::authenticator::{Device, begin, link};
use tests::{Engine, World};

/// The smallest thing that is cut off, doubled in depth: what a parser without a bound would follow to the end of its stack.
fn deep_cbor(depth: usize) -> Vec<u8> {
    vec![0x81; depth]
}

/// A good enrolment as JSON, to be spoiled.
async fn good(world: &World) -> Value {
    let link = link(world, COMPANY.0).await;
    let begun = begin(world, &link).await.unwrap();
    let made = Device::of(world).create(&begun.options).await;
    json!({ "token": link.token, "name": "Huella", "credential": made })
}

async fn send(world: &World, body: String) -> shared::api::Problem {
    let path = format!("{BASE}{}", FinishEnrolment::PATH);
    world.browser().post(&path, body).await.problem()
}

#[rstest]
#[case("/name", json!(""), FieldCode::Missing)]
#[case("/name", json!("x".repeat(41)), FieldCode::TooLong)]
#[case("/name", json!("x\u{202e}"), FieldCode::Characters)]
#[case("/name", json!({}), FieldCode::Malformed)]
#[case("/credential/rawId", json!("A".repeat(1365)), FieldCode::TooLong)]
#[case("/credential/rawId", json!("***"), FieldCode::Malformed)]
#[case("/credential/rawId", json!(""), FieldCode::Missing)]
#[case("/credential/rawId", json!([1, 2]), FieldCode::Malformed)]
#[case("/credential/type", json!("password"), FieldCode::Malformed)]
#[case("/credential/response/clientDataJSON", json!("A".repeat(2733)), FieldCode::TooLong)]
#[case("/credential/response/attestationObject", json!("A".repeat(8193)), FieldCode::TooLong)]
#[case("/credential/response", json!(null), FieldCode::Malformed)]
#[case("/credential/clientExtensionResults", json!({"credProps": {"rk": "yes"}}), FieldCode::Malformed)]
#[tokio::test]
async fn a_spoiled_member_is_named(#[case] member: &str, #[case] value: Value, #[case] code: FieldCode) {
    let world = people::world(Engine::Sqlite).await;
    COMPANY.settle(&world).await;
    let mut body = good(&world).await;
    *body.pointer_mut(member).unwrap() = value;
    let problem = send(&world, body.to_string()).await;
    assert_eq!(problem.code, ErrorCode::InvalidInput, "{problem:?}");
    assert_eq!(problem.fields[0].code, code, "{problem:?}");
    let field = member.trim_start_matches('/').replace('/', ".");
    assert!(problem.fields[0].field.starts_with(&field), "{problem:?}");
    // It was not read as far as the challenge.
    assert!(reasons(&world).await.is_empty());
}

#[tokio::test]
async fn what_is_too_large_or_too_deep_is_not_read() {
    let world = people::world(Engine::Sqlite).await;
    COMPANY.settle(&world).await;
    let large = json!({ "token": "A".repeat(20_000) }).to_string();
    assert_eq!(send(&world, large).await.code, ErrorCode::BodyTooLarge);
    let deep = format!("{{\"credential\":{}", "[".repeat(4000));
    let problem = send(&world, deep).await;
    assert!(matches!(
        problem.code,
        ErrorCode::MalformedBody | ErrorCode::InvalidInput
    ));
    let nested = format!(
        "{{\"credential\":{}1{}}}",
        "{\"a\":".repeat(2000),
        "}".repeat(2000)
    );
    let problem = send(&world, nested).await;
    assert!(matches!(
        problem.code,
        ErrorCode::MalformedBody | ErrorCode::InvalidInput
    ));
}

#[rstest]
#[case::no_json("clientDataJSON", b"\xff\xfe".to_vec())]
#[case::deep_json("clientDataJSON", "[".repeat(2000).into_bytes())]
#[case::other_json("clientDataJSON", b"{}".to_vec())]
#[case::no_cbor("attestationObject", vec![0xff])]
#[case::deep_cbor("attestationObject", deep_cbor(6000))]
#[case::empty_map("attestationObject", vec![0xa0])]
#[case::huge_array("attestationObject", vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])]
#[case::huge_bytes("attestationObject", vec![0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])]
#[tokio::test]
async fn what_a_device_would_not_say_is_refused_and_never_our_fault(
    #[case] member: &str,
    #[case] bytes: Vec<u8>,
) {
    let world = people::world(Engine::Sqlite).await;
    COMPANY.settle(&world).await;
    let mut body = good(&world).await;
    body["credential"]["response"][member] = json!(Bytes::<6144>::new(bytes).unwrap().to_text());
    let problem = send(&world, body.to_string()).await;
    assert_eq!(problem.code, ErrorCode::PasskeyRefused);
    assert_eq!(reasons(&world).await, ["invalid"]);
}

#[tokio::test]
async fn a_made_object_cut_anywhere_is_refused() {
    let world = people::world(Engine::Sqlite).await;
    COMPANY.settle(&world).await;
    let whole = good(&world).await;
    let text = whole["credential"]["response"]["attestationObject"]
        .as_str()
        .unwrap();
    let object: Bytes<6144> = text.parse().unwrap();
    for length in (1..object.as_slice().len()).step_by(7) {
        let mut body = good(&world).await;
        let cut = Bytes::<6144>::new(&object.as_slice()[..length]).unwrap();
        body["credential"]["response"]["attestationObject"] = json!(cut.to_text());
        assert_eq!(
            send(&world, body.to_string()).await.code,
            ErrorCode::PasskeyRefused,
            "{length}"
        );
    }
}

#[tokio::test]
async fn an_answer_cut_anywhere_is_refused() {
    let (world, account, mut device) = enrolled(Engine::Sqlite).await;
    let whole = device.sign(&ask(&world, CASE).await).await;
    let data = whole.response.authenticator_data.as_slice();
    for length in 1..data.len() {
        let mut response = device.sign(&ask(&world, CASE).await).await;
        response.response.authenticator_data = Bytes::new(&data[..length]).unwrap();
        assert_eq!(
            answer(&world, CASE, Some(account), &response).await,
            Err(PasskeyRefused)
        );
    }
    for bytes in [deep_cbor(1000), vec![0xff; 37], vec![0; 1024]] {
        let mut response = device.sign(&ask(&world, CASE).await).await;
        response.response.authenticator_data = Bytes::new(bytes).unwrap();
        assert_eq!(
            answer(&world, CASE, Some(account), &response).await,
            Err(PasskeyRefused)
        );
    }
}
