//! Answers of authorities, kept until they are to be asked again.
//!
//! Invariants: only what the notary relied on is kept, after it said so; what it was given and did not rely on is dropped; an
//! answer that cannot be kept or found costs a question to the authority, never an opinion.

use super::store::{self, Kept, Name};
use crate::store::{Store, StoreError};
use notary::Question;
use sha2::{Digest, Sha256};
use shared::time::Timestamp;
use std::time::Duration;

/// How long a list is kept that does not say when the next one comes.
const WITHOUT_WORD: Duration = Duration::from_hours(24);

/// Where answers are kept.
#[derive(Clone, Copy, Debug)]
pub enum Cache<'a> {
    /// In the database, so many bytes of them.
    Rows(&'a Store, u64),
    /// Nowhere.
    Nowhere,
}

impl Cache<'_> {
    /// The answer to a question, unless the authority is to be asked.
    pub async fn answer(self, question: &Question, now: Timestamp) -> Option<Kept> {
        let Self::Rows(store, _) = self else {
            return None;
        };
        let found = async {
            let mut tx = store.read().await?;
            store::answer(&mut tx, &name(question), now).await
        };
        found.await.unwrap_or_else(|error: StoreError| {
            tracing::error!(%error, "kept answers of authorities cannot be read");
            None
        })
    }

    /// Keeps an answer until the next one comes.
    pub async fn keep(self, question: &Question, kept: &Kept, next: Option<Timestamp>) {
        let Self::Rows(store, limit) = self else {
            return;
        };
        let Some(stale) = stale_at(question, kept.fetched_at, next) else {
            return;
        };
        let done = async {
            let mut tx = store.write().await?;
            store::keep(&mut tx, &name(question), kept, stale, limit).await?;
            tx.commit().await
        };
        if let Err(error) = done.await {
            tracing::error!(%error, "an answer of an authority cannot be kept");
        }
    }

    /// Drops an answer that was of no use.
    pub async fn forget(self, question: &Question, fetched: Timestamp) {
        let Self::Rows(store, _) = self else {
            return;
        };
        let done = async {
            let mut tx = store.write().await?;
            store::forget(&mut tx, &name(question), fetched).await?;
            tx.commit().await
        };
        if let Err(error) = done.await {
            tracing::error!(%error, "a kept answer of an authority cannot be dropped");
        }
    }
}

/// From when on the authority is asked again; never kept where that is at once: a responder that says of no next answer has a newer
/// one at any time (RFC 6960, 4.2.2.1).
fn stale_at(question: &Question, fetched: Timestamp, next: Option<Timestamp>) -> Option<Timestamp> {
    match question {
        Question::Ocsp { .. } => next,
        Question::Crl { .. } => Some(next.unwrap_or_else(|| fetched.after(WITHOUT_WORD))),
    }
}

fn name(question: &Question) -> Name {
    let mut digest = Sha256::new();
    let (kind, url, request): (_, _, &[u8]) = match question {
        Question::Ocsp { url, request } => (b"ocsp", url, request),
        Question::Crl { url } => (b"crl_", url, &[]),
    };
    digest.update(kind);
    digest.update((url.len() as u64).to_le_bytes());
    digest.update(url);
    digest.update(request);
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_word_a_list_is_kept_for_a_day_and_a_response_not_at_all() {
        let fetched = Timestamp::from_millis(1_795_446_000_000);
        let next = fetched.after(Duration::from_hours(48));
        let list = Question::Crl { url: String::new() };
        let response = Question::Ocsp {
            url: String::new(),
            request: Vec::new(),
        };
        assert_eq!(stale_at(&list, fetched, Some(next)), Some(next));
        assert_eq!(stale_at(&response, fetched, Some(next)), Some(next));
        let day = fetched.after(Duration::from_hours(24));
        assert_eq!(stale_at(&list, fetched, None), Some(day));
        assert_eq!(stale_at(&response, fetched, None), None);
    }

    #[test]
    fn every_question_has_its_own_name() {
        let ocsp = |url: &str, request: &[u8]| {
            name(&Question::Ocsp {
                url: url.to_owned(),
                request: request.to_vec(),
            })
        };
        let crl = |url: &str| name(&Question::Crl { url: url.to_owned() });
        let names = [
            ocsp("http://a/", b""),
            ocsp("http://a/", b"b"),
            ocsp("http://a/b", b""),
            crl("http://a/"),
            crl("http://a/b"),
        ];
        let different: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(different.len(), names.len());
    }
}
