//! Malformed bodies: a typed error that names the field, and nothing written.

use super::people::*;
use rstest::rstest;
use shared::api::{ErrorCode, FieldCode};
use tests::Engine;

#[rstest]
#[case(r#"{"employer":"179001691900"}"#, "employer", FieldCode::Length)]
#[case(r#"{"employer":"1770016919001"}"#, "employer", FieldCode::ThirdDigit)]
#[case(r#"{"employer":"9990016919001"}"#, "employer", FieldCode::Province)]
#[case(r#"{"employer":"1790016919000"}"#, "employer", FieldCode::Suffix)]
#[case(r#"{"employer":"9999999999999"}"#, "employer", FieldCode::FinalConsumer)]
#[case(r#"{"employer":"１790016919001"}"#, "employer", FieldCode::ForeignDigits)]
#[case(r#"{"employer":""}"#, "employer", FieldCode::Missing)]
#[case(r#"{"employer":7}"#, "employer", FieldCode::Malformed)]
#[case(r#"{"employer":"1790016919001","branch":"1"}"#, "branch", FieldCode::Length)]
#[case(
    r#"{"employer":"1790016919001","representative":"1710034064"}"#,
    "representative",
    FieldCode::CheckDigit
)]
#[case(
    r#"{"employer":"1790016919001","representative":"1710034065"}"#,
    "language",
    FieldCode::Missing
)]
#[case(
    r#"{"employer":"1790016919001","representative":"1710034065","language":"es"}"#,
    "captcha",
    FieldCode::Missing
)]
#[case(r#"{"employer":"1790016919001","else":1}"#, "else", FieldCode::Malformed)]
#[tokio::test]
async fn an_identification_names_its_field(
    #[case] body: &'static str,
    #[case] field: &str,
    #[case] code: FieldCode,
) {
    let world = world(Engine::Sqlite).await;
    let reply = world.browser().post("/api/v1/recoveries", body).await;
    let problem = reply.problem();
    assert_eq!(problem.code, ErrorCode::InvalidInput, "{problem:?}");
    let named: Vec<_> = problem
        .fields
        .iter()
        .map(|one| (one.field.as_str(), one.code))
        .collect();
    assert_eq!(named, [(field, code)]);
    assert_eq!(world.registries.asked(), 0);
}

#[rstest]
#[case(
    r#"{"answers":[{"form":"date","date":"1970-13-01"}]}"#,
    "answers[0]",
    FieldCode::Month
)]
#[case(
    r#"{"answers":[{"form":"date","date":"1970-02-30"}]}"#,
    "answers[0]",
    FieldCode::Day
)]
#[case(
    r#"{"answers":[{"form":"date","date":"0070-02-03"}]}"#,
    "answers[0]",
    FieldCode::Year
)]
#[case(r#"{"answers":[{"form":"date"}]}"#, "answers[0]", FieldCode::Missing)]
#[case(
    r#"{"answers":[{"form":"number_in_month","number":-1}]}"#,
    "answers[0]",
    FieldCode::Malformed
)]
#[case(r#"{"answers":[{"form":"poem"}]}"#, "answers[0]", FieldCode::Malformed)]
#[case(r#"{"answers":7}"#, "answers", FieldCode::Malformed)]
#[case("{}", "answers", FieldCode::Missing)]
#[tokio::test]
async fn answers_name_their_field(#[case] body: &'static str, #[case] field: &str, #[case] code: FieldCode) {
    let world = world(Engine::Sqlite).await;
    let mut browser = world.browser();
    COMPANY.identify(&mut browser).await.unwrap();
    let problem = browser.post("/api/v1/recovery/answers", body).await.problem();
    assert_eq!(problem.code, ErrorCode::InvalidInput, "{problem:?}");
    assert_eq!(problem.fields.len(), 1);
    assert!(problem.fields[0].field.starts_with(field), "{problem:?}");
    assert_eq!(problem.fields[0].code, code, "{problem:?}");
}

#[rstest]
#[case("", ErrorCode::MalformedBody)]
#[case("{", ErrorCode::MalformedBody)]
#[case("[]", ErrorCode::MalformedBody)]
#[case("null", ErrorCode::MalformedBody)]
#[tokio::test]
async fn what_is_no_body_is_refused_everywhere(
    #[case] body: &'static str,
    #[case] code: ErrorCode,
    #[values("recoveries", "recovery/answers", "reset", "reset/inspect", "reset/redeem")] path: &str,
) {
    let world = world(Engine::Sqlite).await;
    let problem = world
        .browser()
        .post(&format!("/api/v1/{path}"), body)
        .await
        .problem();
    assert_eq!(problem.code, code, "{path} {problem:?}");
}
