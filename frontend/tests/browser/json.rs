//! JSON by the browser's parser says the same as the usual crate.

use frontend::platform::json;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::accounts::api::FreezeView;
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::recovery::api::{CaseView, LinkView};
use std::collections::BTreeMap;
use wasm_bindgen_test::wasm_bindgen_test;

/// Reads what the usual crate wrote and writes what it reads.
fn agrees<T: Serialize + DeserializeOwned>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    let ours: T = json::read(&text).unwrap_or_else(|| panic!("cannot read {text}"));
    assert_eq!(serde_json::to_string(&ours).unwrap(), text, "read");
    // There are several ways to escape the same text.
    let written: serde_json::Value = serde_json::from_str(&json::write(value).unwrap()).unwrap();
    assert_eq!(
        written,
        serde_json::from_str::<serde_json::Value>(&text).unwrap(),
        "written"
    );
}

#[wasm_bindgen_test]
fn the_bodies_of_the_api_are_read_as_they_are_sent() {
    let stages = [
        json!({ "stage": "questions", "failures": 1, "attempts_left": 2, "deadline": 1_790_000_000_000_000_i64, "questions": [
            { "kind": "birth_date", "form": { "form": "date" } },
            { "kind": "head_office_canton", "form": { "form": "choice", "choices": ["Quito", "Mejía"] } },
            { "kind": "workers_in_month", "form": { "form": "number_in_month", "year": 2025, "month": 3 } },
            { "kind": "first_worker_month", "form": { "form": "month" } },
            { "kind": "branch_count", "form": { "form": "number" } },
            { "kind": "debit_account", "form": { "form": "account", "banks": ["Banco A"] } },
        ] }),
        json!({ "stage": "registry_unavailable", "registry": "civil_registry", "retry_at": 1 }),
        json!({ "stage": "suspended", "until": -1 }),
        json!({ "stage": "awaiting_signature", "deadline": 3 }),
        json!({ "stage": "awaiting_officer", "deadline": 4 }),
        json!({ "stage": "refused", "reason": "no_email" }),
        json!({ "stage": "refused", "reason": { "records_disagree": "appointment" } }),
        json!({ "stage": "sending", "address": "ma•••@em•••.com", "delivery": "delayed", "deadline": 0 }),
        json!({ "stage": "link_sent", "address": "ma•••@em•••.com", "delivery": "handed_over", "deadline": 9, "total": 180 }),
        json!({ "stage": "completed", "at": 1, "linked": [] }),
        json!({ "stage": "completed", "at": 1, "linked": ["30•••••••0079"] }),
        json!({ "stage": "ended", "ending": "superseded" }),
    ];
    for stage in stages {
        let view: CaseView = serde_json::from_value(
            json!({ "reference": "KQMA", "now": 0, "stage": stage, "routes": ["signature", "counter"] }),
        )
        .unwrap();
        agrees(&view);
    }
    for state in [json!({ "state": "open" }), json!({ "state": "frozen", "at": 7 })] {
        let view: FreezeView = serde_json::from_value(
            json!({ "employer": "17•••0001", "now": 0, "deadline": 5, "state": state }),
        )
        .unwrap();
        agrees(&view);
    }
    let mut problem = Problem::field("answers[1].date", FieldCode::Month);
    problem.reference = Some("a \"quoted\"\\ reference\n\u{1}".into());
    agrees(&problem);
    agrees(&Problem {
        retry_after: Some(u32::MAX),
        ..Problem::new(ErrorCode::RateLimited)
    });
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Any {
    Unit,
    One(u64),
    Two(i64, String),
    Named { truth: bool, perhaps: Option<char> },
}

#[wasm_bindgen_test]
fn every_form_of_value_comes_back() {
    agrees(&[
        Any::Unit,
        Any::One(9_007_199_254_740_991),
        Any::Two(-9_007_199_254_740_991, "ñ€😀".into()),
    ]);
    agrees(&[
        Any::Named {
            truth: true,
            perhaps: None,
        },
        Any::Named {
            truth: false,
            perhaps: Some('"'),
        },
    ]);
    agrees(&BTreeMap::from([
        ("a".to_owned(), vec![Some(1_u8), None]),
        (String::new(), vec![]),
    ]));
    agrees(&((), 0_u8, -1_i8));
}

#[wasm_bindgen_test]
fn what_does_not_fit_is_refused_and_nothing_panics() {
    for text in [
        "",
        "{",
        "null",
        "[]",
        "7",
        "\"x\"",
        "{\"stage\":{}}",
        "{\"reference\":\"KQMA\",\"now\":0.5,\"stage\":{\"stage\":\"completed\",\"at\":1}}",
    ] {
        assert!(json::read::<CaseView>(text).is_none(), "{text}");
        assert!(json::read::<LinkView>(text).is_none(), "{text}");
    }
    for (text, why) in [
        ("1e300", "too large"),
        ("-1", "negative"),
        ("1.5", "a fraction"),
        ("256", "out of range"),
    ] {
        assert!(json::read::<u8>(text).is_none(), "{why}");
    }
    assert!(json::write(&1.5_f64).is_none(), "fractions are not in the API");
    assert!(json::write(&BTreeMap::from([(1, 2)])).is_none(), "keys are texts");
}
