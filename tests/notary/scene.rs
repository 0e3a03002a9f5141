//! A request that was issued, and an authority that vouches for the person who is to sign it.

use notary::issue::{Issuer, Request, Standing, issue};
use notary::{Expectation, ExpectedHolder, Issued, Nonce, Use};
use shared::recovery::api::CaseReference;
use shared::signatures::Purpose;
use shared::time::{Deadline, Timestamp};
use std::time::Duration;
use tests::EPOCH;
use tests::pki::{Authority, Holder, Identity, Layout, Pki};

/// The representative's cédula.
pub const CEDULA: &str = "1710034065";
/// The employer's RUC.
pub const RUC: &str = "1790011674001";

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

impl Scene {
    pub fn new(authority: Authority, layout: Layout) -> Self {
        let pki = Pki::new(authority, layout, EPOCH);
        let signer = pki.issue(&Holder::representative(CEDULA, RUC));
        let nonce = Nonce([7; 16]);
        let expires = Deadline::at(EPOCH.after(Duration::from_secs(3600)));
        Self {
            pki,
            signer,
            issued: request(nonce, EPOCH, expires),
            nonce,
            expires,
        }
    }

    /// What the file is held against.
    pub fn expectation(&self) -> Expectation {
        Expectation {
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
        }
    }
}

/// A request of this number.
pub fn request(nonce: Nonce, issued_at: Timestamp, expires: Deadline) -> Vec<u8> {
    issue(&Request {
        issuer: Issuer {
            name: "Instituto de Ejemplo".to_owned(),
            standing: Standing::Unofficial,
        },
        purpose: Purpose::Recovery,
        employer: RUC.parse().unwrap(),
        branch: "0001".parse().unwrap(),
        representative: CEDULA.parse().unwrap(),
        reference: CaseReference::from_random([7; 8]),
        nonce,
        issued_at,
        expires,
    })
    .unwrap()
}
