//! Children that do what a child may do wrong. The programs are the system's: they do not know our frames.

use super::*;
use crate::meters::Meters;
use crate::notary::fetcher::Hosts;
use crate::notary::sound;
use shared::signatures::{Finding, Outcome, Reason, Verdict};
use std::net::SocketAddr;
use std::path::Path;

const SOON: Duration = Duration::from_millis(150);
const LONG: Duration = Duration::from_secs(30);

fn process(path: &str, arguments: &[&str], patience: Duration) -> (Process, Meters) {
    asking(path, arguments, patience, None)
}

/// The same, where this authority may be asked.
fn asking(
    path: &str,
    arguments: &[&str],
    patience: Duration,
    authority: Option<SocketAddr>,
) -> (Process, Meters) {
    let mut config = crate::config::Config::parse("", Path::new("/nonexistent"))
        .unwrap()
        .signatures;
    config.patience = patience;
    config.processes = 1;
    let meters = Meters::new();
    let program = Program::any(path, arguments);
    let watch = Watch::new(meters.clone());
    let fetcher = authority.map_or(Fetcher::Offline, |address| {
        let hosts = Hosts::of(&[], &[address.to_string()]).unwrap();
        Fetcher::new(hosts, LONG).unwrap()
    });
    let process = Process::new(&config, program, &Given::default(), fetcher, watch);
    (process.unwrap(), meters)
}

/// A shell that reads nothing of what it is told and says these bytes.
fn saying(bytes: &[u8]) -> String {
    let octal: Vec<String> = bytes.iter().map(|byte| format!("\\{byte:03o}")).collect();
    format!("printf '{}'; cat >/dev/null", octal.concat())
}

fn frame(said: &Said) -> Vec<u8> {
    let mut wire = Vec::new();
    frames::write_json(&mut wire, said).unwrap();
    wire
}

async fn examine(process: &Process, file: Vec<u8>) -> Result<Opinion, NotExamined> {
    let clock = Clock::frozen(Timestamp::from_millis(1_795_446_000_000));
    let expectation = Expectation {
        issued: None,
        holder: None,
        now: clock.now(),
    };
    process.examine(Cache::Nowhere, &clock, file, &expectation).await
}

/// What becomes of a file where the child is this program.
async fn failure(path: &str, arguments: &[&str], patience: Duration) -> String {
    let (process, meters) = process(path, arguments, patience);
    let opinion = examine(&process, vec![0; 3 << 20]).await.unwrap();
    assert_eq!(opinion.findings, no_opinion().findings);
    assert_eq!(opinion.findings.file, Finding::Failed(Reason::TooComplex));
    assert_eq!(Verdict::of(opinion.findings).outcome(), Outcome::TotalFailed);
    why(&meters)
}

/// The word that was counted.
fn why(meters: &Meters) -> String {
    let text = meters.render();
    let line = text
        .lines()
        .find(|line| line.starts_with("clavero_notary_failures_total{"))
        .unwrap_or_default();
    line.split('"').nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_child_that_goes_wrong_gives_no_opinion() {
    assert_eq!(failure("/bin/false", &[], LONG).await, "refused");
    assert_eq!(failure("/bin/sh", &["-c", "exit 101"], LONG).await, "panic");
    assert_eq!(failure("/bin/sh", &["-c", "kill -ABRT $$"], LONG).await, "memory");
    assert_eq!(failure("/bin/sh", &["-c", "kill -SEGV $$"], LONG).await, "signal");
    assert_eq!(
        failure("/bin/sh", &["-c", "kill -XCPU $$"], LONG).await,
        "processor"
    );
    // It ends well, having said nothing.
    assert_eq!(failure("/bin/true", &[], LONG).await, "refused");
    assert_eq!(failure("/bin/sh", &["-c", "cat >/dev/null"], SOON).await, "time");
}

/// That we cannot look at a file says nothing about it.
#[tokio::test]
async fn without_a_process_or_a_place_nothing_is_said_of_the_file() {
    let (none, meters) = process("/nonexistent", &[], LONG);
    assert_eq!(
        examine(&none, Vec::new()).await.err(),
        Some(NotExamined::NoProcess)
    );
    assert_eq!(why(&meters), "spawn");
    let (full, meters) = process("/bin/false", &[], LONG);
    full.0.places.close();
    assert_eq!(examine(&full, Vec::new()).await.err(), Some(NotExamined::Busy));
    assert_eq!(why(&meters), "busy");
    assert!(!meters.render().contains("clavero_notary_examinations_total{"));
}

/// Others are examined while an authority is waited for; a child that has its answers waits for its turn.
#[tokio::test]
async fn a_child_that_waits_for_an_authority_takes_no_place() {
    let authority = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = authority.local_addr().unwrap();
    let question = Question::Crl {
        url: format!("http://{address}/"),
    };
    let script = saying(&frame(&Said::Questions(vec![question])));
    let (process, _) = asking("/bin/sh", &["-c", &script], LONG, Some(address));
    let places = &process.0.places;
    let mut examined = Box::pin(examine(&process, Vec::new()));
    let connection = tokio::select! {
        _ = &mut examined => panic!("it ended without an answer"),
        connection = authority.accept() => connection.unwrap(),
    };
    let other = places.try_acquire().expect("the place is free");
    assert_eq!(process.0.children.available_permits(), CHILDREN_PER_PLACE - 1);
    drop((connection, authority));
    let said = tokio::time::timeout(SOON, &mut examined).await;
    assert!(said.is_err(), "it waits for the place");
    drop((other, examined));
    assert_eq!(places.available_permits(), 1);
    assert_eq!(process.0.children.available_permits(), CHILDREN_PER_PLACE);
}

#[tokio::test]
async fn a_child_that_stands_still_is_ended() {
    // It reads nothing; it reads all and says nothing; it says a beginning.
    for script in [
        "exec sleep 1000",
        "cat >/dev/null; exec sleep 1000",
        "cat >/dev/null & printf '\\010'; exec sleep 1000",
    ] {
        assert_eq!(
            failure("/bin/sh", &["-c", script], SOON).await,
            "time",
            "{script}"
        );
    }
}

#[tokio::test]
async fn a_child_that_says_what_it_may_not_is_ended() {
    for bytes in [
        // More than it may say, no JSON, JSON that is nothing it may say.
        vec![255; 64],
        b"\x04\0\0\0oops".to_vec(),
        b"\x02\0\0\0{}".to_vec(),
        // No question, or too many.
        frame(&Said::Questions(Vec::new())),
        frame(&Said::Questions(vec![
            Question::Crl { url: String::new() };
            MOST_QUESTIONS + 1
        ])),
        // It relied on an answer that nobody gave.
        frame(&Said::Opinion {
            opinion: Box::new(sound()),
            relied: vec![Relied {
                answer: 0,
                next: None,
            }],
        }),
    ] {
        assert_eq!(
            failure("/bin/sh", &["-c", &saying(&bytes)], LONG).await,
            "rules",
            "{bytes:?}"
        );
    }
}

#[tokio::test]
async fn what_a_child_says_within_the_rules_is_the_opinion() {
    let said = frame(&Said::Opinion {
        opinion: Box::new(sound()),
        relied: Vec::new(),
    });
    let (process, meters) = process("/bin/sh", &["-c", &saying(&said)], LONG);
    let opinion = examine(&process, b"file".to_vec()).await.unwrap();
    assert_eq!(opinion.findings, sound().findings);
    assert!(
        meters
            .render()
            .contains("clavero_notary_examinations_total{outcome=\"sound\"} 1")
    );
}

#[tokio::test]
async fn a_child_has_no_environment() {
    let script = "test -z \"$HOME$USER$CARGO_MANIFEST_DIR\" || exit 7; exit 101";
    assert_eq!(failure("/bin/sh", &["-c", script], LONG).await, "panic");
}

#[tokio::test]
async fn a_place_is_given_back_however_an_examination_ends() {
    let (process, _) = process("/bin/sh", &["-c", "exec sleep 1000"], LONG);
    for _ in 0..3 {
        let mut gone = Box::pin(examine(&process, Vec::new()));
        assert!(futures_util::poll!(gone.as_mut()).is_pending());
        assert_eq!(process.0.places.available_permits(), 0);
        drop(gone);
        assert_eq!(process.0.places.available_permits(), 1);
    }
}
