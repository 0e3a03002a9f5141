//! The limits of the real child: what comes to one of them is no opinion, and costs nobody else anything.

use crate::scene::Scene;
use server::clock::Clock;
use server::config::Config;
use server::meters::Meters;
use server::notary::cache::Cache;
use server::notary::{Asking, Limits, Notary, Program};
use shared::signatures::{Finding, Findings, Reason};
use std::path::{Path, PathBuf};
use tests::EPOCH;
use tests::pki::{Authority, Layout};

/// The binary beside the tests' own.
fn binary() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    target.join("debug").join("clavero")
}

/// What becomes of a good file under these limits, and the words of what went wrong.
async fn examined(limits: impl FnOnce(Limits) -> Limits) -> (Findings, String) {
    let upload = {
        let scene = Scene::new(Authority::SecurityData, Layout::A);
        scene.upload(scene.signed())
    };
    let config = Config::parse("[signatures]\nseconds = 30", Path::new("/nonexistent"))
        .unwrap()
        .signatures;
    let program = Program::at(binary(), limits(Limits::of(&config)));
    let meters = Meters::new();
    let notary = Notary::with(&config, program, &meters, Asking::Nobody).unwrap();
    let clock = Clock::frozen(EPOCH);
    let examined = notary.examine(Cache::Nowhere, &clock, upload.file, upload.expectation);
    (examined.await.unwrap().findings, meters.render())
}

#[tokio::test]
async fn a_file_is_judged_within_the_usual_limits() {
    let (findings, meters) = examined(|limits| limits).await;
    assert_eq!(findings.file, Finding::Passed);
    // Nothing is trusted here.
    assert_eq!(findings.authority, Finding::Failed(Reason::UnknownAuthority));
    assert!(!meters.contains("clavero_notary_failures_total{"), "{meters}");
}

#[tokio::test]
async fn a_child_without_memory_gives_no_opinion() {
    let (findings, meters) = examined(|limits| Limits {
        memory: 1 << 20,
        ..limits
    })
    .await;
    let none = Findings {
        file: Finding::Failed(Reason::TooComplex),
        ..Findings::NONE
    };
    assert_eq!(findings, none);
    assert!(
        meters.contains("clavero_notary_failures_total{why=\"memory\"} 1"),
        "{meters}"
    );
}

/// Where somebody calls it by hand.
#[tokio::test]
async fn the_hidden_command_says_nothing_of_what_it_was_given() {
    let mut command = tokio::process::Command::new(binary());
    command
        .args(["notary", "--memory", "268435456", "--processor", "5"])
        .stdin(std::process::Stdio::null());
    let output = command.output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
}
