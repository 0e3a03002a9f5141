//! Servers that no registry should be: whatever they do, the registry "does not answer", within the time and the bytes
//! that it has, and nothing else happens.

use super::{Asking, asking, company, section};
use rstest::rstest;
use shared::registries::Registry;
use std::path::Path;
use tests::hostile::{Hostile, Manners, answer, answer_with};

const JSON: &str = "application/json";

const PATIENT: &str = "timeout_millis = 30000\nretries = 0\n";

async fn against(manners: Manners, lines: &str) -> (Asking, Hostile) {
    let hostile = Hostile::start(manners).await;
    let text = section("sri", &hostile.url(), lines);
    (asking(&text, Path::new("/nonexistent")).unwrap(), hostile)
}

/// The outcome that was measured for the one look-up.
fn outcome(asking: &Asking) -> String {
    let text = asking.meters.render();
    let line = text
        .lines()
        .find(|line| line.starts_with("clavero_registry_requests_total{registry=\"sri\",outcome=\""));
    line.unwrap().split('"').nth(3).unwrap().to_owned()
}

fn record(extra: &str) -> String {
    let ruc = company().taxpayer.unwrap().ruc;
    format!("{{\"ruc\":\"{ruc}\",\"name\":\"A\",\"status\":\"ACTIVO\"{extra}}}")
}

fn head(rest: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{rest}\r\n\r\n").into_bytes()
}

fn cases() -> Vec<(&'static str, Manners, &'static str)> {
    let says = |bytes: &[u8]| Manners::Says(bytes.to_vec());
    let deep = format!("{{\"ruc\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let endless = b"1000\r\n"
        .iter()
        .copied()
        .chain([b' '; 4096])
        .chain(*b"\r\n")
        .collect::<Vec<_>>();
    vec![
        ("silent", Manners::Silent, "timeout"),
        ("hangs up", Manners::HangsUp, "broken"),
        ("half a head", says(b"HTTP/1.1 200 OK\r\ncontent-"), "timeout"),
        ("no HTTP", says(b"220 mail.example ESMTP\r\n"), "broken"),
        (
            "a head without end",
            Manners::SaysForever(b"HTTP/1.1 200 OK\r\n".to_vec(), [b'a'; 4096].to_vec()),
            "broken",
        ),
        (
            "a body without end",
            Manners::SaysForever(head("content-type: application/json\r\ntransfer-encoding: chunked"), endless),
            "too_large",
        ),
        (
            "a body that drips",
            Manners::Drips(head("content-type: application/json\r\ncontent-length: 200000"), b' '),
            "timeout",
        ),
        (
            "a promise of a large body",
            says(&head("content-type: application/json\r\ncontent-length: 9999999999")),
            "too_large",
        ),
        ("a large body", says(&answer("200 OK", JSON, &" ".repeat(262_145))), "too_large"),
        ("a page", says(&answer("200 OK", "text/html", "<html>En mantenimiento</html>")), "content_type"),
        ("a page called JSON", says(&answer("200 OK", JSON, "<html>En mantenimiento</html>")), "not_json"),
        ("no type", says(&head("content-length: 2")), "content_type"),
        ("nothing", says(&answer("200 OK", JSON, "")), "not_json"),
        ("deep JSON", says(&answer("200 OK", JSON, &deep)), "not_json"),
        ("two documents", says(&answer("200 OK", JSON, "{}{}")), "not_json"),
        ("an empty object", says(&answer("200 OK", JSON, "{}")), "malformed"),
        ("another employer", says(&answer("200 OK", JSON, &record("").replace("\"ruc\":\"", "\"ruc\":\"9"))), "malformed"),
        ("a wrong word", says(&answer("200 OK", JSON, &record("").replace("ACTIVO", "GATO"))), "malformed"),
        ("not UTF-8", says(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 3\r\n\r\n\"\xff\""), "not_json"),
        (
            "compressed",
            says(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}"),
            "content_type",
        ),
        ("a page for 404", says(&answer("404 Not Found", "text/html", "<html>")), "refused"),
        ("an informative answer only", says(b"HTTP/1.1 100 Continue\r\n\r\n"), "timeout"),
    ]
}

#[tokio::test]
async fn a_server_that_misbehaves_does_not_answer() {
    for (name, manners, expected) in cases() {
        // Only where nothing else ends it, the time does.
        let lines = if expected == "timeout" {
            super::QUICK
        } else {
            PATIENT
        };
        let (asking, hostile) = against(manners, lines).await;
        let ruc = company().taxpayer.unwrap().ruc;
        let failed = asking.registries.taxpayer(&ruc).await.unwrap_err();
        assert_eq!(failed.registry, Registry::Sri, "{name}");
        assert_eq!(outcome(&asking), expected, "{name}");
        assert_eq!(hostile.requests(), 1, "{name}");
    }
}

/// Or everybody would learn who is known: strangers are always asked questions.
#[tokio::test]
async fn a_detail_that_cannot_be_read_is_left_out() {
    for detail in [
        ",\"kind\":\"GATO\"",
        ",\"ruc_issued_on\":\"2013-02-30\"",
        ",\"main_activity\":[]",
        ",\"head_office\":{\"province\":7.5,\"canton\":\"QUITO\"}",
    ] {
        let says = Manners::Says(answer("200 OK", JSON, &record(detail)));
        let (asking, _) = against(says, PATIENT).await;
        let ruc = company().taxpayer.unwrap().ruc;
        let found = asking.registries.taxpayer(&ruc).await.unwrap().unwrap();
        assert_eq!(found.name, "A", "{detail}");
        assert!(found.kind.is_none() && found.ruc_issued_on.is_none() && found.head_office.is_none());
        assert_eq!(outcome(&asking), "known", "{detail}");
    }
}

#[tokio::test]
async fn nobody_there_is_no_connection() {
    let gone = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let text = section("sri", &format!("http://{gone}"), PATIENT);
    let asking = asking(&text, Path::new("/nonexistent")).unwrap();
    let ruc = company().taxpayer.unwrap().ruc;
    assert!(asking.registries.taxpayer(&ruc).await.is_err());
    assert_eq!(outcome(&asking), "connect");
}

#[rstest]
#[tokio::test]
async fn a_redirect_leads_nowhere(
    #[values("301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent")] status: &str,
) {
    let elsewhere = Hostile::start(Manners::Says(answer("200 OK", JSON, &record("")))).await;
    let location = format!("location: {}/sri/taxpayer", elsewhere.url());
    let redirect = Manners::Says(answer_with(status, &location));
    let (asking, _) = against(redirect, PATIENT).await;
    let ruc = company().taxpayer.unwrap().ruc;
    assert!(asking.registries.taxpayer(&ruc).await.is_err());
    assert_eq!((outcome(&asking).as_str(), elsewhere.requests()), ("status", 0));
}

#[tokio::test]
async fn a_registry_says_when_to_come_back() {
    let busy = |header: &str| answer_with("503 Busy", header);
    let good = answer("200 OK", JSON, &record(""));
    let lines = "timeout_millis = 30000\nretries = 1\npause_millis = 1\n";
    let ruc = company().taxpayer.unwrap().ruc;
    // At once, or in the past: the try is repeated.
    for header in [
        "retry-after: 0",
        "retry-after: Mon, 23 Nov 2020 15:00:00 GMT",
        "retry-after: soon",
    ] {
        let (asking, hostile) = against(Manners::Turns(vec![busy(header), good.clone()]), lines).await;
        assert!(
            asking.registries.taxpayer(&ruc).await.unwrap().is_some(),
            "{header}"
        );
        assert_eq!(hostile.requests(), 2, "{header}");
    }
    // Later than anybody waits: it is left alone.
    for header in [
        "retry-after: 3600",
        "retry-after: 99999999999999999999",
        "retry-after: Mon, 23 Nov 2026 16:00:00 GMT",
    ] {
        let (asking, hostile) = against(Manners::Turns(vec![busy(header), good.clone()]), lines).await;
        assert!(asking.registries.taxpayer(&ruc).await.is_err(), "{header}");
        assert_eq!(hostile.requests(), 1, "{header}");
    }
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let good = answer("200 OK", JSON, &record(""));
    let (asking, hostile) = against(Manners::Turns(vec![good]), "timeout_millis = 30000").await;
    let ruc = company().taxpayer.unwrap().ruc;
    for _ in 0..3 {
        assert!(asking.registries.taxpayer(&ruc).await.unwrap().is_some());
    }
    assert_eq!(hostile.requests(), 3);
    assert_eq!(hostile.connections(), 1);
}

#[test]
fn what_cannot_be_used_is_said_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bad"), "[request]\npath = \"/x\"\n[fields]\n").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let _inside = runtime.enter();
    for (line, told) in [
        ("mapping = \"bad\"", "registries.sri.mapping"),
        ("ca_file = \"bad\"", "registries.sri.ca_file"),
        (
            "client_cert_file = \"bad\"\nclient_key_file = \"bad\"",
            "registries.sri.client_cert_file",
        ),
    ] {
        let text = section("sri", "https://sri.example", line);
        let refusal = asking(&text, folder.path()).map(|_| ()).unwrap_err().to_string();
        assert!(refusal.starts_with(told), "{refusal}");
    }
}
