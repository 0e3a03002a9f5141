//! The secrets that browsers and mails carry: a cookie's, a link's. Drawn here, kept as keyed digests only.

use crate::app::App;
use crate::keys::{Digest, Purpose};
use shared::secrets::Secret;
use shared::tokens::Token;

/// A fresh token's text and its digest.
pub fn draw(app: &App, purpose: Purpose) -> (Secret<String>, Digest) {
    let token = Token::new(app.entropy.bytes());
    (
        Secret::new(token.to_text().to_string()),
        app.keys.digest(purpose, &[token.as_bytes()]),
    )
}

/// The digest of what somebody shows; `None` if it cannot be a token of ours.
pub fn digest(app: &App, purpose: Purpose, shown: &Secret<String>) -> Option<Digest> {
    let token: Token = shown.expose().parse().ok()?;
    Some(app.keys.digest(purpose, &[token.as_bytes()]))
}
