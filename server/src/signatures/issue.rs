//! Making a request's PDF and writing it away, before the transaction in which it becomes one.

use super::store::Asked;
use crate::app::App;
use crate::documents::{Written, service as documents};
use crate::http::Failure;
use crate::slots::Room;
use notary::Nonce;
use notary::issue::{Issuer, Request, Standing, issue};
use shared::documents::DocumentClass;
use shared::recovery::CaseReference;
use shared::time::{Deadline, Timestamp};

/// A request that was drawn and written, and not yet issued.
#[derive(Debug)]
pub(super) struct Drawn {
    /// Printed on it, and on no other.
    pub nonce: Nonce,
    /// Its bytes, encrypted.
    pub written: Written,
    /// What is printed on it as the time of its issue.
    pub issued: Timestamp,
}

/// Draws a request with a fresh nonce. The same work for everybody: it holds what was typed and nothing that a registry knows.
pub(super) async fn draw(
    app: &App,
    asked: &Asked,
    reference: &CaseReference,
    (issued, expires): (Timestamp, Deadline),
) -> Result<Drawn, Failure> {
    let nonce = Nonce(app.entropy.bytes());
    let institution = app.institution.institution();
    let request = Request {
        issuer: Issuer {
            name: institution.name.clone(),
            standing: if institution.official {
                Standing::Official
            } else {
                Standing::Unofficial
            },
        },
        purpose: asked.purpose.clone(),
        employer: asked.identity.employer,
        branch: asked.identity.branch,
        representative: asked.identity.representative.clone(),
        reference: reference.clone(),
        nonce,
        issued_at: issued,
        expires,
    };
    let drawing = app.issuing.run(Room::Whole, move |()| issue(&request));
    let bytes = drawing.await?.map_err(Failure::fault)?;
    let written = documents::write(app, DocumentClass::SignatureRequest, bytes, issued)
        .await
        .map_err(Failure::fault)?;
    Ok(Drawn {
        nonce,
        written,
        issued,
    })
}
