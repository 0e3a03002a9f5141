//! What one verification costs besides the network: reading what is trusted, the file, its signature, its chain and two answers of
//! the authority, as each child process does it once.

use notary::{Authorities, Examination, Expectation, ExpectedHolder, Issued, Nonce, Trust, TrustFile, Use};
use shared::signatures::{Finding, Findings, Outcome, Purpose, Verdict};
use shared::time::Deadline;
use std::time::{Duration, Instant};
use tests::EPOCH;
use tests::pki::{Authority, Holder, Layout, Pki};
use tests::signing::paper::stream;
use tests::signing::{Message, SubFilter, prepare_with};

/// How large the file is, in bytes: a request with the picture that a tool adds.
const SIZE: usize = 200_000;
/// How often it is verified.
const TIMES: usize = 101;
const CEDULA: &str = "1710034065";
const RUC: &str = "1790011674001";

/// Prints the median in milliseconds.
pub fn measure() -> anyhow::Result<()> {
    let pki = Pki::new(Authority::SecurityData, Layout::A, EPOCH);
    let signer = pki.issue(&Holder::representative(CEDULA, RUC));
    let expires = Deadline::after(EPOCH, Duration::from_hours(1));
    let nonce = Nonce([7; 16]);
    let issued = notary::issue::issue(&notary::issue::Request {
        issuer: notary::issue::Issuer {
            name: "Instituto de Ejemplo".to_owned(),
            standing: notary::issue::Standing::Unofficial,
        },
        purpose: Purpose::Recovery,
        employer: RUC.parse()?,
        branch: "0001".parse()?,
        representative: CEDULA.parse()?,
        reference: shared::recovery::api::CaseReference::from_random([7; 8]),
        nonce,
        issued_at: EPOCH,
        expires,
    })?;
    let prepared = prepare_with(&issued, SubFilter::Etsi, |_, update| {
        let missing = SIZE - issued.len() - 20_000;
        let picture: Vec<u8> = (0..missing).map(|at| (at % 251).to_le_bytes()[0]).collect();
        update.add(stream("/Subtype /Image /Width 1 /Height 1", &picture));
    });
    let file = prepared.filled(&Message::detached(&signer, &[&pki.issuer], &prepared.covered()).seal());
    let expectation = Expectation {
        issued: Some(Issued {
            bytes: issued,
            nonce,
            expires,
            used: Use::Fresh,
        }),
        holder: Some(ExpectedHolder {
            representative: CEDULA.parse()?,
            ruc: Some(RUC.parse()?),
        }),
        now: EPOCH,
    };
    let anchors = TrustFile {
        name: "anchors.pem".to_owned(),
        bytes: pki.root.pem().into_bytes(),
    };
    let mut spans = Vec::new();
    for _ in 0..TIMES {
        let mut span = Duration::ZERO;
        let mut since = Instant::now();
        let trust = Trust::read(std::slice::from_ref(&anchors), Authorities::built_in()?)?;
        let mut examination = Examination::begin(&file, &expectation, &trust);
        loop {
            let questions = examination.questions();
            if questions.is_empty() {
                break;
            }
            // What the authority takes is not ours.
            span += since.elapsed();
            let replies: Vec<_> = questions
                .iter()
                .map(|question| (question, pki.reply(question)))
                .collect();
            since = Instant::now();
            for (question, reply) in replies {
                examination.reply(question, &reply);
            }
        }
        let opinion = examination.opinion();
        span += since.elapsed();
        let findings = Findings {
            representative: Finding::Passed,
            ..opinion.findings
        };
        anyhow::ensure!(
            Verdict::of(findings).outcome() == Outcome::TotalPassed,
            "{findings:?}"
        );
        spans.push(span);
    }
    spans.sort();
    println!("verification_bytes {}", file.len());
    println!(
        "verification_milliseconds {:.2}",
        spans[TIMES / 2].as_secs_f64() * 1e3
    );
    Ok(())
}
