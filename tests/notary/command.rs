//! `clavero signature`, as an operator runs it: the verdict as JSON, and as the code that it ends with.

use crate::scene::{CEDULA, RUC, Scene, request};
use notary::Nonce;
use serde_json::{Value, json};
use server::clock::Clock;
use shared::time::Deadline;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;
use tempfile::TempDir;
use tests::pki::{Authority, Holder, Layout, Pki, Status};
use tokio::process::Command;

/// An installation whose authority listens. The binary has the system's clock, and so has the authority.
struct Installation {
    folder: TempDir,
    scene: Scene,
}

impl Installation {
    async fn new() -> Self {
        let now = Clock::system().now();
        let (pki, address) = Pki::listening(Authority::SecurityData, Layout::A, now).await;
        let signer = pki.issue(&Holder::representative(CEDULA, RUC));
        let (nonce, expires) = (Nonce([7; 16]), Deadline::at(now.after(Duration::from_hours(1))));
        let scene = Scene {
            issued: request(RUC, nonce, expires),
            signer,
            pki,
            nonce,
            expires,
        };
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("anchors")).unwrap();
        std::fs::write(folder.path().join("anchors/raiz.pem"), scene.pki.root.pem()).unwrap();
        let text = format!(
            "data_dir = \"data\"\n[signatures]\nanchors = \"anchors\"\nseconds = 30\nrevocation_private = [\"{address}\"]\n"
        );
        std::fs::write(folder.path().join("clavero.toml"), text).unwrap();
        std::fs::write(folder.path().join("signed.pdf"), scene.signed()).unwrap();
        Self { folder, scene }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(binary());
        command
            .current_dir(self.folder.path())
            .args(["--config", "clavero.toml", "signature"])
            .args(arguments);
        command.output().await.unwrap()
    }

    /// The report on a file by itself, and the code.
    async fn verify(&self, file: &str, more: &[&str]) -> (Value, Option<i32>) {
        let arguments = [&["verify", file, "--standalone"], more].concat();
        let output = self.run(&arguments).await;
        let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
            panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
        });
        (report, output.status.code())
    }
}

/// The binary beside the tests' own.
fn binary() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    target.join("debug").join("clavero")
}

fn finding(report: &Value, check: &str) -> Value {
    let lines = report["lines"].as_array().unwrap();
    lines.iter().find(|line| line["check"] == check).unwrap()["finding"].clone()
}

#[tokio::test]
async fn a_good_file_by_itself_passes() {
    let installation = Installation::new().await;
    let (report, code) = installation.verify("signed.pdf", &[]).await;
    assert_eq!(
        (&report["outcome"], code),
        (&json!("total_passed"), Some(0)),
        "{report:#}"
    );
    assert_eq!(report["scope"], "standalone");
    assert_eq!(report["lines"].as_array().unwrap().len(), 15);
    assert_eq!(finding(&report, "revocation"), json!({"finding": "passed"}));
    assert_eq!(finding(&report, "request"), json!({"finding": "skipped"}));
    assert_eq!(finding(&report, "representative"), json!({"finding": "skipped"}));
    let signer = &report["signer"];
    assert_eq!(signer["role"], "legal_representative");
    assert_eq!(signer["identification"], "17•••••••5");
    assert!(!report.to_string().contains(CEDULA) && !report.to_string().contains(RUC));
    assert!(!installation.path("data").exists(), "nothing was written");

    let (report, _) = installation.verify("signed.pdf", &["--show-signer"]).await;
    assert_eq!(report["signer"]["identification"], CEDULA);
    assert_eq!(report["signer"]["ruc"], RUC);
}

#[tokio::test]
async fn the_code_is_the_verdict() {
    let installation = Installation::new().await;
    let (report, code) = installation.verify("signed.pdf", &["--offline"]).await;
    assert_eq!(
        (&report["outcome"], code),
        (&json!("indeterminate"), Some(2)),
        "{report:#}"
    );
    assert_eq!(installation.scene.pki.asked(), 0);

    let revoked = Status::Revoked(installation.scene.pki.now().before(Duration::from_mins(1)));
    installation
        .scene
        .pki
        .set_status(&installation.scene.signer, revoked);
    let (report, code) = installation.verify("signed.pdf", &[]).await;
    assert_eq!(
        (&report["outcome"], code),
        (&json!("total_failed"), Some(1)),
        "{report:#}"
    );
    assert_eq!(
        finding(&report, "revocation"),
        json!({"finding": "failed", "reason": "revoked"})
    );

    std::fs::write(installation.path("empty.pdf"), b"").unwrap();
    let (report, code) = installation.verify("empty.pdf", &[]).await;
    assert_eq!(
        (&report["outcome"], code),
        (&json!("total_failed"), Some(1)),
        "{report:#}"
    );
}

#[tokio::test]
async fn what_cannot_be_carried_out_ends_with_a_code_of_its_own() {
    let installation = Installation::new().await;
    for arguments in [
        &["verify", "missing.pdf", "--standalone"][..],
        &["verify", "signed.pdf"],
        &["verify", "signed.pdf", "--standalone", "--request", "ACDEFGHJ"],
        &["verify", "signed.pdf", "--request", "?"],
        &["verify", "signed.pdf", "--standalone", "--colour"],
        &["certify"],
    ] {
        let output = installation.run(arguments).await;
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
        assert!(
            output.stdout.is_empty() && !output.stderr.is_empty(),
            "{arguments:?}"
        );
    }
    let output = installation.run(&["--help"]).await;
    assert_eq!(output.status.code(), Some(0));
    std::fs::write(installation.path("anchors/raiz.pem"), "nothing").unwrap();
    let output = installation.run(&["verify", "signed.pdf", "--standalone"]).await;
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("signatures.anchors: raiz.pem"), "{told}");
}

/// With the database: a case that nobody knows, and no referrals.
#[tokio::test]
async fn a_case_that_is_not_known_is_said_so() {
    let installation = Installation::new().await;
    let reference = shared::recovery::CaseReference::from_random([7; 8]).to_string();
    let output = installation
        .run(&["verify", "signed.pdf", "--request", &reference])
        .await;
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains(&reference), "{told}");
    let output = installation.run(&["referrals"]).await;
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
}
