//! The secrets that browsers and mails carry: a cookie's, a link's. Drawn here, kept as keyed digests only.
//!
//! Each says by its mark which generation of the keys it was drawn with, so that it is looked up once, and by its own key, also after a
//! rotation ([ADR 152](../../docs/adr/0152-keys-rotate.md)).

use crate::app::App;
use crate::keys::{Digest, Purpose};
use shared::secrets::Secret;
use shared::tokens::{Mark, Token};

/// A fresh token's text and its digest.
pub fn draw(app: &App, purpose: Purpose) -> (Secret<String>, Digest) {
    let generation = app.keys.in_force(app.clock.now());
    let token = Token::new(app.entropy.bytes()).with_mark(mark(generation.number()));
    (
        Secret::new(token.to_text().to_string()),
        generation.digest(purpose, &[token.as_bytes()]),
    )
}

/// The digest of what somebody shows; `None` if it cannot be a token of ours, or its generation was retired. A generation that is
/// only announced counts already: another node's clock may be ahead of ours.
pub fn digest(app: &App, purpose: Purpose, shown: &Secret<String>) -> Option<Digest> {
    let token: Token = shown.expose().parse().ok()?;
    let generations = app.keys.generations();
    let generation = generations
        .iter()
        .find(|one| mark(one.number()) == token.mark())?;
    Some(generation.digest(purpose, &[token.as_bytes()]))
}

/// The mark of a generation's tokens: none for the first, whose tokens had none before there were others. Of two generations with one mark
/// the newer has it: by then the older one's tokens are over.
fn mark(generation: u32) -> Mark {
    Mark::of(generation - 1)
}
