//! A request that was issued, an authority that vouches for the person who is to sign it, and what the notary says about what
//! comes back.

use notary::issue::{Issuer, Request, Standing, issue};
use notary::{
    Authorities, Examination, Expectation, ExpectedHolder, Issued, Nonce, Opinion, Trust, TrustFile, Use,
};
use shared::recovery::api::CaseReference;
use shared::signatures::{Check, Finding, Findings, Outcome, Purpose, Verdict};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;
use tests::EPOCH;
use tests::pki::{Authority, Holder, Identity, Layout, Pki};
use tests::signing::{self, SubFilter};

/// The representative's cédula.
pub const CEDULA: &str = "1710034065";
/// The employer's RUC.
pub const RUC: &str = "1790011674001";
/// Another person's.
pub const OTHER_CEDULA: &str = "1729999993";
/// Another employer's.
pub const OTHER_RUC: &str = "1792060346001";

/// What a test signs and with what.
pub struct Scene {
    pub pki: Pki,
    /// The representative's certificate.
    pub signer: Identity,
    /// The request as it was issued.
    pub issued: Vec<u8>,
    pub nonce: Nonce,
    pub expires: Deadline,
}

/// What comes back, and what it is held against.
pub struct Upload {
    pub file: Vec<u8>,
    pub expectation: Expectation,
    /// Who answers about revocation.
    pub pki: Pki,
    /// What the operator pinned, in PEM.
    pub anchors: String,
}

impl Scene {
    pub fn new(authority: Authority, layout: Layout) -> Self {
        let pki = Pki::new(authority, layout, EPOCH);
        let signer = pki.issue(&Holder::representative(CEDULA, RUC));
        let nonce = Nonce([7; 16]);
        let expires = Deadline::at(EPOCH.after(Duration::from_hours(1)));
        Self {
            issued: request(RUC, nonce, expires),
            pki,
            signer,
            nonce,
            expires,
        }
    }

    /// The request as our own hand signs it.
    pub fn signed(&self) -> Vec<u8> {
        self.signed_by(&self.signer)
    }

    /// The request as somebody signs it.
    pub fn signed_by(&self, signer: &Identity) -> Vec<u8> {
        signing::sign(&self.issued, signer, &self.pki.issuer, SubFilter::Etsi)
    }

    /// A file that comes back at once.
    pub fn upload(&self, file: Vec<u8>) -> Upload {
        Upload {
            file,
            expectation: Expectation {
                issued: Some(Issued {
                    bytes: self.issued.clone(),
                    nonce: self.nonce,
                    expires: self.expires,
                    used: Use::Fresh,
                }),
                holder: Some(ExpectedHolder {
                    representative: CEDULA.parse().unwrap(),
                    ruc: Some(RUC.parse().unwrap()),
                }),
                now: self.pki.now(),
            },
            pki: self.pki.clone(),
            anchors: self.pki.root.pem(),
        }
    }
}

impl Upload {
    /// What the notary says, with the authority's answers.
    pub fn opinion(&self) -> Opinion {
        let file = TrustFile {
            name: "anchors.pem".to_owned(),
            bytes: self.anchors.clone().into_bytes(),
        };
        let trust = Trust::read(&[file], Authorities::built_in().unwrap()).unwrap();
        let mut examination = Examination::begin(&self.file, &self.expectation, &trust);
        loop {
            let questions = examination.questions();
            if questions.is_empty() {
                return examination.opinion();
            }
            for question in questions {
                examination.reply(&question, &self.pki.reply(&question));
            }
        }
    }

    /// The findings, with a registry that still names the holder.
    pub fn findings(&self) -> Findings {
        Findings {
            representative: Finding::Passed,
            ..self.opinion().findings
        }
    }

    /// That a check finds this, and that the verdict is not a pass for it.
    pub fn assert(&self, check: Check, finding: Finding) {
        let findings = self.findings();
        assert_eq!(findings.of(check), finding, "{check:?} of {findings:?}");
        let outcome = match finding {
            Finding::Failed(_) => Outcome::TotalFailed,
            Finding::Unknown(_) => Outcome::Indeterminate,
            Finding::Passed | Finding::Skipped => panic!("no hostile file is expected to pass"),
        };
        assert_eq!(Verdict::of(findings).outcome(), outcome, "{findings:?}");
    }

    /// That every check passes.
    pub fn assert_passes(&self) {
        let findings = self.findings();
        assert_eq!(
            Verdict::of(findings).outcome(),
            Outcome::TotalPassed,
            "{findings:?}"
        );
    }
}

/// A request of this number for this employer.
pub fn request(ruc: &str, nonce: Nonce, expires: Deadline) -> Vec<u8> {
    issue(&Request {
        issuer: Issuer {
            name: "Instituto de Ejemplo".to_owned(),
            standing: Standing::Unofficial,
        },
        purpose: Purpose::Recovery,
        employer: ruc.parse().unwrap(),
        branch: "0001".parse().unwrap(),
        representative: CEDULA.parse().unwrap(),
        reference: CaseReference::from_random([7; 8]),
        nonce,
        issued_at: EPOCH,
        expires,
    })
    .unwrap()
}

/// The moment before another one.
pub fn just_before(at: Timestamp) -> Timestamp {
    at.before(Duration::from_micros(1))
}
