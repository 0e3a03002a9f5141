//! Rotating, rewrapping and retiring.

use super::store::{self, DocumentKey};
use super::{Fate, Generation, Purpose, Ring};
use crate::accounts;
use crate::app::App;
use crate::documents::service as documents;
use crate::staff::service as staff;
use crate::store::StoreError;
use anyhow::Context;
use shared::documents::DocumentClass;
use shared::identifiers::{DocumentId, StaffId};
use shared::policy::Policy;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::time::Duration;
use uuid::Uuid;

/// The shortest time between announcing a generation and its coming into force: servers look for it four times a minute.
pub const SHORTEST: Duration = Duration::from_mins(2);

/// How many rows are brought at once.
const BATCH: i64 = 200;

/// What was brought to the generation in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rewrapped {
    /// Documents' keys.
    pub documents: u64,
    /// Secrets of one-time codes.
    pub codes: u64,
}

/// A ring with one generation more, in force from `from` on.
///
/// # Errors
/// Where servers would not know it in time, or the tokens of an older generation would be taken for its own.
pub fn rotated(
    ring: &Ring,
    policy: &Policy,
    master: Secret<[u8; 32]>,
    now: Timestamp,
    from: Timestamp,
) -> anyhow::Result<Ring> {
    anyhow::ensure!(
        from >= now.after(SHORTEST),
        "a generation must be known to every server before it is in force: announce it {} minutes before or more",
        SHORTEST.as_secs() / 60
    );
    let next = ring.with(master, from)?;
    let number = next.last().number();
    // Tokens say the number of their generation in two bits.
    let older = number.checked_sub(4).and_then(|older| ring.get(older));
    if let Some(older) = older {
        let over = ring
            .superseded(older.number())
            .map(|at| at.after(Purpose::longest(policy)));
        anyhow::ensure!(
            over.is_some_and(|over| over <= next.last().from()),
            "links and cookies of generation {} may be open still: no fifth generation while there are four",
            older.number()
        );
    }
    Ok(next)
}

/// What still needs a generation; a generation that nothing needs can be retired.
pub async fn needs(app: &App, number: u32, now: Timestamp) -> anyhow::Result<Vec<String>> {
    let ring = app.keys.ring();
    let generation = ring
        .get(number)
        .with_context(|| format!("there is no generation {number}, or it was retired"))?;
    if number == 1 {
        return Ok(stays(&app.policy));
    }
    let mut found = Vec::new();
    match ring.superseded(number) {
        Some(at) if at <= now => {
            let over = at.after(Purpose::longest(&app.policy));
            if over > now {
                found.push(format!("links and cookies made with it, until {}", told(over)));
            }
        }
        Some(_) | None => found.push("it is in force, or will be".to_owned()),
    }
    let mut tx = app.store.read().await?;
    let hashes = store::hashes(&mut tx, &accounts::pepper_mark(number)).await?;
    if hashes > 0 {
        found.push(format!(
            "{hashes} passwords: each is hashed anew when its owner signs in, and earlier ones go with their owners' next"
        ));
    }
    let wrapped = store::documents(&mut tx, &documents::key_id(generation)).await?;
    if wrapped > 0 {
        found.push(format!("{wrapped} documents: run `clavero keys rewrap`"));
    }
    let mut codes = 0;
    let sealed = store::codes(&mut tx).await?;
    for (owner, sealed) in sealed.into_iter().chain(store::offered_codes(&mut tx).await?) {
        let by = staff::sealed_by(&app.keys, &sealed, StaffId::from_uuid(owner));
        codes += u64::from(by.is_none_or(|by| by == number));
    }
    if codes > 0 {
        found.push(format!(
            "{codes} secrets of one-time codes: run `clavero keys rewrap`"
        ));
    }
    Ok(found)
}

fn stays(policy: &Policy) -> Vec<String> {
    let why = |purpose: Purpose| match purpose.fate(policy) {
        Fate::Stays(why) => Some(format!("{purpose:?}: {why}")),
        Fate::Carried(_) | Fate::Noted | Fate::Tried => None,
    };
    Purpose::ALL.into_iter().filter_map(why).collect()
}

/// Brings documents' keys and sealed secrets to the generation in force. May be cut off and run again, and while servers run.
pub async fn rewrap(app: &App, now: Timestamp) -> anyhow::Result<Rewrapped> {
    let generation = app.keys.in_force(now);
    Ok(Rewrapped {
        documents: rewrap_documents(app, &generation).await?,
        codes: reseal_codes(app, &generation).await?,
    })
}

async fn rewrap_documents(app: &App, generation: &Generation) -> anyhow::Result<u64> {
    let key_id = documents::key_id(generation);
    let (mut after, mut done) = (Uuid::nil(), 0);
    loop {
        let mut tx = app.store.read().await?;
        let rows = store::wrapped(&mut tx, &key_id, after, BATCH).await?;
        drop(tx);
        let Some(last) = rows.last() else {
            return Ok(done);
        };
        after = last.id;
        let mut tx = app.store.write().await?;
        for row in &rows {
            let wrapped_key = wrapped_anew(app, row, generation)
                .with_context(|| format!("document {}: its key cannot be unwrapped", row.id))?;
            done += store::rewrap(&mut tx, row, &key_id, &wrapped_key).await?;
        }
        tx.commit().await?;
    }
}

fn wrapped_anew(app: &App, row: &DocumentKey, generation: &Generation) -> anyhow::Result<Vec<u8>> {
    let mut classes = DocumentClass::ALL.into_iter();
    let class = classes
        .find(|class| class.as_str() == row.class)
        .ok_or(StoreError::Corrupt("documents.class"))?;
    let id = DocumentId::from_uuid(row.id);
    let wrapped = (row.key_id.as_slice(), row.wrapped_key.as_slice());
    Ok(documents::wrapped_anew(app, (id, class), wrapped, generation)?)
}

async fn reseal_codes(app: &App, generation: &Generation) -> anyhow::Result<u64> {
    let mut tx = app.store.write().await?;
    let mut done = 0;
    for (id, sealed) in store::codes(&mut tx).await? {
        let owner = StaffId::from_uuid(id);
        if staff::sealed_by(&app.keys, &sealed, owner) == Some(generation.number()) {
            continue;
        }
        let anew = staff::sealed_anew(app, &sealed, owner, generation)?;
        done += store::reseal(&mut tx, id, &anew, &sealed).await?;
    }
    tx.commit().await?;
    Ok(done)
}

/// A time for people, in whole seconds.
pub(super) fn told(at: Timestamp) -> String {
    let since = Duration::from_millis(u64::try_from(at.as_millis()).unwrap_or_default());
    httpdate::fmt_http_date(std::time::UNIX_EPOCH + since)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::policy::Profile;

    #[test]
    fn a_generation_is_announced_in_time_and_a_fifth_waits_for_the_first() {
        let policy = Policy::of(Profile::Y2026);
        let (now, master) = (Timestamp::from_millis(1_795_446_000_000), |byte| {
            Secret::new([byte; 32])
        });
        let mut ring = Ring::first(master(1));
        let soon = now.after(SHORTEST);
        let early = soon.before(Duration::from_micros(1));
        assert!(rotated(&ring, &policy, master(2), now, early).is_err());
        for number in 2..=4_u8 {
            let from = soon.after(Duration::from_secs(number.into()));
            ring = rotated(&ring, &policy, master(number), now, from).unwrap();
        }
        // The first was superseded by the second.
        let over = ring.superseded(1).unwrap().after(Purpose::longest(&policy));
        let before = over.before(Duration::from_secs(1));
        assert!(rotated(&ring, &policy, master(5), now, before).is_err());
        assert!(rotated(&ring, &policy, master(5), now, over).is_ok());
    }
}
