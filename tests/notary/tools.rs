//! The tools that sign as people do: pyHanko for PDF, OpenSSL for `.p7m`. Where they are is told by `cargo xtask test`.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tests::pki::{Identity, Pki};
use tests::signing::SubFilter;

/// How a person signs a PDF.
#[derive(Clone, Copy, Debug)]
pub struct Habit {
    /// The way the tool names its signature.
    pub subfilter: SubFilter,
    /// The digest.
    pub digest: &'static str,
    /// Where the signature shows on the page, if it does.
    pub place: Option<[u16; 4]>,
    /// Whether a time-stamping authority stamps it.
    pub stamp: Stamp,
    /// As an approval or as the author's certification.
    pub kind: Kind,
    /// Whether what was there stays as it is.
    pub way: Way,
}

/// Whether a signature has a time stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// It has none: PAdES-B.
    Without,
    /// It has one: PAdES-T.
    With,
}

/// What a signature of a PDF is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An approval.
    Approval,
    /// A certification, which says what may still be changed.
    Certification,
}

/// How a tool writes a signed PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It appends to what was there.
    Appends,
    /// It writes everything anew.
    Rewrites,
}

/// How OpenSSL writes a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// DER, with lengths.
    Definite,
    /// BER, in pieces, without lengths.
    Streamed,
}

impl Habit {
    /// PAdES-B with SHA-256, which does not show.
    pub const PADES: Self = Self {
        subfilter: SubFilter::Etsi,
        digest: "sha256",
        place: None,
        stamp: Stamp::Without,
        kind: Kind::Approval,
        way: Way::Appends,
    };
}

/// A PDF as pyHanko signs it.
pub fn pyhanko(pdf: &[u8], signer: &Identity, pki: &Pki, habit: Habit) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| write(folder.path(), name, content);
    let subfilter = match habit.subfilter {
        SubFilter::Adobe => "adobe",
        SubFilter::Etsi => "pades",
    };
    let stamper = (habit.stamp == Stamp::With).then(|| {
        let stamper = pki.stamper();
        serde_json::json!({
            "key": file("stamper.key", stamper.key.pem().as_bytes()),
            "certificate": file("stamper.pem", stamper.pem().as_bytes()),
        })
    });
    let out = folder.path().join("signed.pdf");
    let job = serde_json::json!({
        "pdf": file("request.pdf", pdf),
        "out": out,
        "key": file("holder.key", signer.key.pem().as_bytes()),
        "certificate": file("holder.pem", signer.pem().as_bytes()),
        "chain": [file("issuer.pem", pki.issuer.pem().as_bytes())],
        "digest": habit.digest,
        "subfilter": subfilter,
        "box": habit.place,
        "certify": habit.kind == Kind::Certification,
        "rewrite": habit.way == Way::Rewrites,
        "stamper": stamper,
    });
    let mut python = python("sign.py");
    let mut running = python
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    running
        .stdin
        .take()
        .unwrap()
        .write_all(job.to_string().as_bytes())
        .unwrap();
    succeeded(running.wait_with_output().unwrap());
    std::fs::read(out).unwrap()
}

/// What pyHanko finds of a signed PDF.
pub fn second_opinion(signed: &[u8], pki: &Pki) -> serde_json::Value {
    let folder = tempfile::tempdir().unwrap();
    let output = python("verify.py")
        .arg(write(folder.path(), "signed.pdf", signed))
        .arg(write(folder.path(), "root.pem", pki.root.pem().as_bytes()))
        .arg("2026-11-23T15:00:00+00:00")
        .output()
        .unwrap();
    serde_json::from_slice(&succeeded(output)).unwrap()
}

/// Content in a message that OpenSSL signed (`.p7m`).
pub fn openssl(content: &[u8], signer: &Identity, pki: &Pki, form: Form) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| write(folder.path(), name, content);
    let out = folder.path().join("signed.p7m");
    let mut command = Command::new(told("CLAVERO_TEST_OPENSSL"));
    command
        .args([
            "cms",
            "-sign",
            "-nodetach",
            "-binary",
            "-md",
            "sha256",
            "-cades",
            "-outform",
            "DER",
        ])
        .args(match form {
            Form::Definite => &[] as &[&str],
            Form::Streamed => &["-stream"],
        })
        .arg("-in")
        .arg(file("request.pdf", content))
        .arg("-signer")
        .arg(file("holder.pem", signer.pem().as_bytes()))
        .arg("-inkey")
        .arg(file("holder.key", signer.key.pem().as_bytes()))
        .arg("-certfile")
        .arg(file("issuer.pem", pki.issuer.pem().as_bytes()))
        .arg("-out")
        .arg(&out);
    succeeded(command.output().unwrap());
    std::fs::read(out).unwrap()
}

/// Whether OpenSSL trusts a chain at the tests' time.
pub fn chain_holds(signer: &Identity, pki: &Pki) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, identity: &Identity| write(folder.path(), name, identity.pem().as_bytes());
    let output = Command::new(told("CLAVERO_TEST_OPENSSL"))
        .args(["verify", "-x509_strict", "-attime"])
        .arg((pki.now().as_millis() / 1000).to_string())
        .arg("-CAfile")
        .arg(file("root.pem", &pki.root))
        .arg("-untrusted")
        .arg(file("issuer.pem", &pki.issuer))
        .arg(file("holder.pem", signer))
        .output()
        .unwrap();
    output.status.success()
}

fn python(script: &str) -> Command {
    let mut command = Command::new(told("CLAVERO_TEST_PYHANKO"));
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("notary").join(script));
    command
}

/// Where a tool is.
fn told(variable: &str) -> OsString {
    #[expect(
        clippy::disallowed_methods,
        reason = "where tools are is told by the task runner"
    )]
    let path = std::env::var_os(variable);
    path.unwrap_or_else(|| {
        panic!("{variable} names a tool of the tests; `cargo xtask test` gets it and sets it")
    })
}

fn write(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn succeeded(output: Output) -> Vec<u8> {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}
