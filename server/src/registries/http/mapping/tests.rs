use super::*;
use proptest::prelude::*;
use serde_json::json;
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId, Ruc};
use shared::obligations::ObligationRecord;
use shared::registries::{Appointment, EmployerRecord, Person, Taxpayer, TaxpayerKind, TaxpayerStatus};

fn ruc() -> Ruc {
    "1760001550001".parse().unwrap()
}

fn employer() -> (EmployerIdentifier, Branch) {
    (EmployerIdentifier::Ruc(ruc()), Branch::default())
}

fn known<R>(reading: Result<Reading<R>, Malformed>) -> R {
    match reading {
        Ok(Reading::Known(record)) => record,
        Ok(Reading::Unknown) => panic!("unknown"),
        Ok(Reading::Refused) => panic!("refused"),
        Err(malformed) => panic!("{malformed}"),
    }
}

fn malformed<R>(reading: Result<Reading<R>, Malformed>) -> &'static str {
    match reading {
        Err(malformed) => malformed.field,
        Ok(_) => panic!("not malformed"),
    }
}

fn refusal(text: &str) -> String {
    Mapping::<Taxpayer>::parse(text)
        .map(|_| ())
        .unwrap_err()
        .to_string()
}

#[test]
fn the_built_in_mappings_are_whole() {
    Mapping::<Taxpayer>::built_in().unwrap();
    Mapping::<Person>::built_in().unwrap();
    Mapping::<Appointment>::built_in().unwrap();
    Mapping::<EmployerRecord>::built_in().unwrap();
    Mapping::<ObligationRecord>::built_in().unwrap();
}

#[test]
fn a_debt_is_a_number_or_a_text() {
    let mapping = Mapping::<ObligationRecord>::built_in().unwrap();
    let whose = |ruc: &str| json!({ "employer": ruc, "branch": "0001", "standing": "AL DIA" });
    let debt = |debt: serde_json::Value| {
        let mut answer = whose("1760001550001");
        answer["standing"] = json!("En mora");
        answer["debt"] = debt;
        let record = known(mapping.read(200, Some(&answer), &employer()));
        record.debt.map(|debt| debt.to_string())
    };
    for (value, shown) in [
        (json!(12), "12.00"),
        (json!(12.5), "12.50"),
        (json!("12.05"), "12.05"),
        (json!(0), "0.00"),
    ] {
        assert_eq!(debt(value).as_deref(), Some(shown));
    }
    for left_out in [
        json!(null),
        json!(-1),
        json!(1.005),
        json!("1,5"),
        json!(1e300),
        json!([]),
    ] {
        assert_eq!(debt(left_out.clone()), None, "{left_out}");
    }
    let mut answer = whose("1760001550001");
    answer["standing"] = json!("?");
    assert_eq!(
        malformed(mapping.read(200, Some(&answer), &employer())),
        "standing"
    );
    let other = whose("1768152560001");
    assert_eq!(
        malformed(mapping.read(200, Some(&other), &employer())),
        "employer"
    );
}

/// The shape of another institution: identifiers in the address, the record in an envelope, Spanish names, dates with a
/// time, "not known" by a member.
const ELSEWHERE: &str = r#"
record = "/respuesta/contribuyente"
date = "DD/MM/YYYY*"
[request]
path = "/v2/contribuyentes/{ruc}/datos"
query = { formato = "json" }
headers = { X-Sistema = "clavero" }
[not_found]
at = "/respuesta/encontrado"
equals = false
[fields]
ruc = "/numeroRuc"
name = "/razonSocial"
status = { at = "/estado~1actual", words = { "Activo" = "active", "Suspensión Definitiva" = "passive" } }
kind = { at = "/tipo", words = { N = "natural_person", J = "legal_entity" } }
activities_started_on = "/fechas/0"
ruc_issued_on = { at = "/fechas/1", date = "YYYYMMDD", unreadable = "leave_out" }
"#;

#[test]
fn another_shape_needs_no_new_binary() {
    let mapping = Mapping::<Taxpayer>::parse(ELSEWHERE).unwrap();
    let question = mapping.question(&ruc());
    let base = "https://sri.example/api/".parse().unwrap();
    assert_eq!(
        question.url(&base).as_str(),
        "https://sri.example/api/v2/contribuyentes/1760001550001/datos?formato=json"
    );
    assert_eq!(question.headers()["x-sistema"], "clavero");

    let record = json!({
        "numeroRuc": 1_760_001_550_001_u64, "razonSocial": "  ENTIDAD  ", "estado/actual": " ACTIVO",
        "tipo": "?", "fechas": ["28/02/1999 00:00:00", "19990230"],
    });
    let answer = json!({ "respuesta": { "encontrado": true, "contribuyente": record } });
    let taxpayer = known(mapping.read(200, Some(&answer), &ruc()));
    assert_eq!(taxpayer.name, "ENTIDAD");
    assert_eq!(taxpayer.status, TaxpayerStatus::Active);
    assert_eq!(taxpayer.kind, None, "an unknown word is left out");
    assert_eq!(taxpayer.activities_started_on.unwrap().to_string(), "1999-02-28");
    assert_eq!(
        taxpayer.ruc_issued_on, None,
        "30 February is left out, as the mapping says"
    );

    let nobody = json!({ "respuesta": { "encontrado": false } });
    assert!(matches!(
        mapping.read(200, Some(&nobody), &ruc()),
        Ok(Reading::Unknown)
    ));
}

#[test]
fn what_the_mapping_needs_and_what_it_may_leave_out() {
    let mapping = Mapping::<Taxpayer>::built_in().unwrap();
    let good = json!({ "ruc": "1760001550001", "name": "A", "status": "ACTIVO" });
    let taxpayer = known(mapping.read(200, Some(&good), &ruc()));
    assert!(taxpayer.kind.is_none() && taxpayer.head_office.is_none());
    for (field, value, told) in [
        ("name", json!(null), "name"),
        ("name", json!(" "), "name"),
        ("name", json!(["A"]), "name"),
        ("name", json!("A\u{0}"), "name"),
        ("name", json!("A".repeat(4001)), "name"),
        ("status", json!("ACTIVE"), "status"),
        ("status", json!(true), "status"),
        // An answer about somebody else, as a cache between us and the registry might give.
        ("ruc", json!("1760001040001"), "ruc"),
        ("ruc", json!(null), "ruc"),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        assert_eq!(malformed(mapping.read(200, Some(&bad), &ruc())), told, "{bad}");
    }
    for unreadable in [
        json!(null),
        json!(""),
        json!("  "),
        json!("2013-02-30"),
        json!(20_130_228),
        json!([]),
    ] {
        let mut gap = good.clone();
        gap["activities_started_on"] = unreadable.clone();
        gap["kind"] = unreadable;
        let taxpayer = known(mapping.read(200, Some(&gap), &ruc()));
        assert!(taxpayer.activities_started_on.is_none() && taxpayer.kind.is_none());
    }
    for nothing in [json!([]), json!("x"), json!(7), json!(null)] {
        assert_eq!(malformed(mapping.read(200, Some(&nothing), &ruc())), "ruc");
    }
}

#[test]
fn a_mapping_may_refuse_what_it_cannot_read() {
    let text = "[request]\npath = \"/{ruc}\"\n[fields]\nname = \"/n\"\nstatus = { at = \"/s\", words = { A = \"active\" } }\n\
        ruc_issued_on = { at = \"/d\", unreadable = \"refuse\" }";
    let mapping = Mapping::<Taxpayer>::parse(text).unwrap();
    let read = |day: Value| mapping.read(200, Some(&json!({ "n": "N", "s": "A", "d": day })), &ruc());
    assert_eq!(malformed(read(json!("2013-02-30"))), "ruc_issued_on");
    assert_eq!(known(read(json!(null))).ruc_issued_on, None);
}

#[test]
fn not_known_is_told_by_the_registry_and_not_by_its_web_server() {
    let mapping = Mapping::<Taxpayer>::built_in().unwrap();
    let unknown = |status, body: Option<Value>| {
        matches!(mapping.read(status, body.as_ref(), &ruc()), Ok(Reading::Unknown))
    };
    assert!(unknown(404, Some(json!({}))));
    assert!(!unknown(404, None), "a page says nothing about a RUC");
    assert!(!unknown(410, Some(json!({}))));
    assert!(!unknown(500, Some(json!({}))));
    let any = "[request]\npath = \"/{ruc}\"\n[not_found]\nstatuses = [400, 404]\nbody = \"any\"\n\
        [fields]\nname = \"/n\"\nstatus = { at = \"/s\", words = {} }";
    let mapping = Mapping::<Taxpayer>::parse(any).unwrap();
    assert!(matches!(mapping.read(404, None, &ruc()), Ok(Reading::Unknown)));
    assert!(matches!(mapping.read(400, None, &ruc()), Ok(Reading::Unknown)));
    assert!(matches!(mapping.read(422, None, &ruc()), Ok(Reading::Refused)));
}

#[test]
fn lists_are_whole_or_not_there() {
    let mapping = Mapping::<EmployerRecord>::built_in().unwrap();
    let with = |workers: Value| {
        json!({
            "employer": "1760001550001", "branch": "0001", "name": "A", "representative": "3059000004",
            "workers": workers,
        })
    };
    let read = |workers| mapping.read(200, Some(&with(workers)), &employer());
    let record = known(read(json!([
        { "month": "2026-02", "workers": 13 },
        { "month": "2026-01", "workers": "12" },
        { "month": "2026-01", "workers": 12 },
    ])));
    let months: Vec<_> = record
        .workers
        .iter()
        .map(|one| (one.month.to_string(), one.workers))
        .collect();
    assert_eq!(months, [("2026-01".to_owned(), 12), ("2026-02".to_owned(), 13)]);
    assert!(known(read(json!(null))).workers.is_empty());
    for bad in [
        json!([{ "month": "2026-01" }]),
        json!([{ "month": "2026-13", "workers": 1 }]),
        json!([{ "month": "2026-01", "workers": -1 }]),
        json!([{ "month": "2026-01", "workers": 1.5 }]),
        json!([{ "month": "2026-01", "workers": 4_294_967_296_u64 }]),
        json!([{ "month": "2026-01", "workers": 1 }, { "month": "2026-01", "workers": 2 }]),
        json!({ "month": "2026-01", "workers": 1 }),
        json!("2026-01: 1"),
        json!(vec![json!({ "month": "2026-01", "workers": 1 }); 2001]),
    ] {
        assert!(known(read(bad)).workers.is_empty());
    }
}

#[test]
fn an_account_is_whole_or_not_there() {
    let mapping = Mapping::<EmployerRecord>::built_in().unwrap();
    let read = |account: Value| {
        let answer = json!({
            "employer": "1760001550001", "branch": "0001", "name": "A", "representative": "3059000004",
            "debit_account": account,
        });
        mapping.read(200, Some(&answer), &employer())
    };
    let account = known(read(json!({ "bank": "BANCO DEL PACIFICO", "last_four": "0042" })));
    let account = account.debit_account.unwrap();
    assert_eq!(
        (account.bank.as_str(), account.last_four.as_str()),
        ("Banco del Pacífico", "0042")
    );
    for none in [
        json!(null),
        json!({ "bank": "Banco de Macondo", "last_four": "0042" }),
        json!({ "bank": "Banco Pichincha" }),
        json!({ "bank": "Banco Pichincha", "last_four": "42" }),
    ] {
        assert!(known(read(none)).debit_account.is_none());
    }
}

#[test]
fn every_error_of_a_mapping_names_its_field() {
    let good =
        "[request]\npath = \"/{ruc}\"\n[fields]\nname = \"/n\"\nstatus = { at = \"/s\", words = {} }\n";
    Mapping::<Taxpayer>::parse(good).unwrap();
    for (from, to, told) in [
        ("path = \"/{ruc}\"", "path = \"/x\"", "{ruc} is in no path"),
        ("path = \"/{ruc}\"", "path = \"{ruc}\"", "request.path"),
        (
            "path = \"/{ruc}\"",
            "path = \"/{cedula}\"",
            "{cedula} is none of ruc",
        ),
        ("path = \"/{ruc}\"", "path = \"/{ruc\"", "request.path"),
        ("path = \"/{ruc}\"", "path = \"/ruc}\"", "request.path"),
        ("path = \"/{ruc}\"", "path = \"/../{ruc}\"", "request.path"),
        ("path = \"/{ruc}\"", "path = \"/x?ruc={ruc}\"", "request.path"),
        (
            "[fields]",
            "headers = { Authorization = \"x\" }\n[fields]",
            "request.headers.Authorization",
        ),
        (
            "[fields]",
            "headers = { \"a b\" = \"x\" }\n[fields]",
            "request.headers.a b",
        ),
        (
            "[fields]",
            "headers = { a = \"x\\ny\" }\n[fields]",
            "request.headers.a",
        ),
        (
            "[fields]",
            "query = { q = \"{id}\" }\n[fields]",
            "request.query.q",
        ),
        ("[fields]", "method = \"POST\"\n[fields]", "method"),
        (
            "[fields]",
            "[not_found]\nstatuses = [200]\n[fields]",
            "not_found.statuses",
        ),
        ("[fields]", "[not_found]\nequals = 1\n[fields]", "not_found.at"),
        ("[fields]", "[not_found]\nat = \"x\"\n[fields]", "not_found.at"),
        ("[request]", "record = \"x\"\n[request]", "record"),
        ("[request]", "date = \"DD\"\n[request]", ""),
        ("name = \"/n\"", "name = \"n\"", "fields.name"),
        ("name = \"/n\"", "name = \"/n~2\"", "fields.name"),
        ("name = \"/n\"", "name = 7", "JSON pointer"),
        ("name = \"/n\"", "names = \"/n\"", "fields.name is missing"),
        (
            "name = \"/n\"",
            "name = \"/n\"\nsurname = \"/s\"",
            "fields.surname is no field",
        ),
        (
            "name = \"/n\"",
            "name = { at = \"/n\", words = {} }",
            "fields.name.words",
        ),
        ("name = \"/n\"", "name = { at = \"/n\", colour = 1 }", "colour"),
        (
            "name = \"/n\"",
            "name = \"/n\"\nruc_issued_on = { at = \"/d\", date = \"AAAA\" }",
            "fields.ruc_issued_on",
        ),
        (
            "name = \"/n\"",
            "name = \"/n\"\nruc_issued_on = { at = \"/d\", date = \"YYYY-MM\" }",
            "fields.ruc_issued_on",
        ),
        ("words = {}", "words = { A = \"aktiv\" }", "fields.status.words.A"),
        (
            "status = { at = \"/s\", words = {} }",
            "status = \"/s\"",
            "fields.status.words",
        ),
    ] {
        let text = good.replace(from, to);
        assert_ne!(text, good);
        if told.is_empty() {
            // A default that no field uses harms nobody.
            Mapping::<Taxpayer>::parse(&text).unwrap();
            continue;
        }
        let refusal = refusal(&text);
        assert!(refusal.contains(told), "{text} gives: {refusal}");
    }
}

#[test]
fn an_identifier_stays_in_its_place() {
    let text = "[request]\npath = \"/p/{id}\"\nquery = { q = \"{id}\" }\n[fields]\ngiven_names = \"/g\"\n\
        surnames = \"/s\"\nbirth_date = \"/b\"";
    let mapping = Mapping::<Person>::parse(text).unwrap();
    let id: RepresentativeId = "3059000004".parse().unwrap();
    let base = "https://a.example/".parse().unwrap();
    assert_eq!(
        mapping.question(&id).url(&base).as_str(),
        "https://a.example/p/3059000004?q=3059000004"
    );
    let filled = mapping.template.fill(&[("id", "../x?y#z/%2e".to_owned())]);
    assert_eq!(
        filled.url(&base).as_str(),
        "https://a.example/p/..%2Fx%3Fy%23z%2F%252e?q=..%2Fx%3Fy%23z%2F%252e"
    );
}

fn documents() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[ -~\u{0}-\u{1f}ñ]{0,20}".prop_map(Value::from),
        Just(json!("1760001550001")),
        Just(json!("3059000004")),
        Just(json!("ACTIVO")),
        Just(json!("2013-02-28")),
    ];
    let names = prop_oneof![
        Just("ruc"),
        Just("employer"),
        Just("branch"),
        Just("id"),
        Just("name"),
        Just("status"),
        Just("month"),
        Just("representative"),
        Just("workers"),
        Just("birth_date"),
        Just("given_names"),
        Just("surnames"),
        Just("previous_addresses"),
        Just("debit_account"),
        Just("head_office"),
        Just("street"),
        Just("canton"),
    ];
    leaf.prop_recursive(4, 64, 12, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..12).prop_map(|members| members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect()),
        ]
    })
}

proptest! {
    #[test]
    fn no_answer_panics(document in documents(), status in 100_u16..600) {
        let person: RepresentativeId = "3059000004".parse().unwrap();
        let _ = Mapping::<Taxpayer>::built_in().unwrap().read(status, Some(&document), &ruc());
        let _ = Mapping::<Person>::built_in().unwrap().read(status, Some(&document), &person);
        let _ = Mapping::<Appointment>::built_in().unwrap().read(status, Some(&document), &employer().0);
        let _ = Mapping::<EmployerRecord>::built_in().unwrap().read(status, Some(&document), &employer());
    }

    #[test]
    fn no_mapping_file_panics(text in "[ -~\n]{0,200}") {
        let _ = Mapping::<Taxpayer>::parse(&text);
        let _ = Mapping::<Taxpayer>::parse(&format!("{ELSEWHERE}\n{text}"));
    }
}

#[test]
fn kinds_of_taxpayers_are_words() {
    let mapping = Mapping::<Taxpayer>::built_in().unwrap();
    let answer = json!({ "ruc": "1760001550001", "name": "A", "status": "pasivo", "kind": "Sociedad" });
    let taxpayer = known(mapping.read(200, Some(&answer), &ruc()));
    assert_eq!(
        (taxpayer.status, taxpayer.kind),
        (TaxpayerStatus::Passive, Some(TaxpayerKind::LegalEntity))
    );
}
