//! Rotating, rewrapping and retiring.

use super::store::{self, DocumentKey, With};
use super::{Fate, Generation, Purpose, Ring, file};
use crate::accounts;
use crate::app::App;
use crate::compose;
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

/// The longest: one that is announced stands in the way of others.
pub const LONGEST: Duration = Duration::from_hours(24 * 7);

/// How many rows are brought at once.
const BATCH: i64 = 200;

/// What was brought to the generation in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewrapped {
    /// Its number.
    pub generation: u32,
    /// Documents' keys.
    pub documents: u64,
    /// Secrets of one-time codes.
    pub codes: u64,
    /// What no generation in the ring opens, with its id; it was left as it is.
    pub damaged: Vec<String>,
}

/// What stands in the way of retiring a generation, and what does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// What needs it.
    pub by: Vec<String>,
    /// What no generation in the ring opens, with its id, so that nothing is lost to it with this one.
    pub damaged: Vec<String>,
}

/// A ring with one generation more, in force from `from` on.
///
/// # Errors
/// Where servers would not know it in time, it would stand in the way of others for long, or the tokens of an older generation would be
/// taken for its own: that begins when it is announced.
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
    anyhow::ensure!(
        from <= now.after(LONGEST),
        "no other generation comes into force before one that is announced: announce it {} minutes before or less",
        LONGEST.as_secs() / 60
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
            over.is_some_and(|over| over <= now),
            "links and cookies of generation {} may be open still: no fifth generation while there are four",
            older.number()
        );
    }
    Ok(next)
}

/// Whether something may have been made with a generation, or may be before every server knows that it was taken back.
pub fn may_be_in_use(generation: &Generation, now: Timestamp) -> bool {
    generation.from() < now.after(SHORTEST)
}

/// Retires a generation in the file of the ring, unless something needs it. It is judged by the ring that stands there, and nobody else
/// changes that meanwhile.
pub async fn retire(app: &App, number: u32) -> anyhow::Result<Needs> {
    let mut found = Needs::default();
    let path = compose::key_path(&app.config.data_dir);
    let retired = async |ring: Ring| {
        app.keys.renew(ring.clone())?;
        found = needs(app, number, app.clock.now()).await?;
        Ok(found.by.is_empty().then(|| ring.without(number)))
    };
    file::change(&path, retired).await?;
    Ok(found)
}

/// What still needs a generation; a generation that nothing needs can be retired. One that is only announced is taken back so.
pub async fn needs(app: &App, number: u32, now: Timestamp) -> anyhow::Result<Needs> {
    let ring = app.keys.ring();
    let generation = ring
        .get(number)
        .with_context(|| format!("there is no generation {number}, or it was retired"))?;
    if number == 1 {
        return Ok(Needs {
            by: stays(&app.policy),
            damaged: Vec::new(),
        });
    }
    let mut found = Needs::default();
    match ring.superseded(number) {
        Some(at) if at <= now => {
            let over = at.after(Purpose::longest(&app.policy));
            if over > now {
                found
                    .by
                    .push(format!("links and cookies made with it, until {}", told(over)));
            }
        }
        None if !may_be_in_use(generation, now) => {}
        Some(_) | None => found.by.push("it is in force, or will be".to_owned()),
    }
    let mut tx = app.store.read().await?;
    let hashes = store::hashes(&mut tx, &accounts::pepper_mark(number)).await?;
    if hashes > 0 {
        found.by.push(format!(
            "{hashes} passwords: each is hashed anew when its owner signs in, and earlier ones go with their owners' next"
        ));
    }
    drop(tx);
    documents_need(app, generation, &mut found).await?;
    codes_need(app, number, &mut found).await?;
    Ok(found)
}

async fn documents_need(app: &App, generation: &Generation, found: &mut Needs) -> anyhow::Result<()> {
    let key_id = documents::key_id(generation);
    let (mut after, mut wrapped) = (Uuid::nil(), 0);
    loop {
        let mut tx = app.store.read().await?;
        let rows = store::wrapped(&mut tx, With::Key(&key_id), after, BATCH).await?;
        let Some(last) = rows.last() else {
            break;
        };
        after = last.id;
        for row in &rows {
            match wrapped_anew(app, row, generation) {
                Ok(_) => wrapped += 1,
                Err(error) => found.damaged.push(error),
            }
        }
    }
    if wrapped > 0 {
        found
            .by
            .push(format!("{wrapped} documents: run `clavero keys rewrap`"));
    }
    Ok(())
}

async fn codes_need(app: &App, number: u32, found: &mut Needs) -> anyhow::Result<()> {
    let mut tx = app.store.read().await?;
    let mut codes = 0;
    let sealed = store::codes(&mut tx).await?;
    for (id, sealed) in sealed.into_iter().chain(store::offered_codes(&mut tx).await?) {
        let owner = StaffId::from_uuid(id);
        match staff::sealed_by(&app.keys, &sealed, owner) {
            Some(by) if by == number => codes += 1,
            Some(_) => {}
            None => found.damaged.push(damaged_code(owner)),
        }
    }
    if codes > 0 {
        found.by.push(format!(
            "{codes} secrets of one-time codes: run `clavero keys rewrap`"
        ));
    }
    Ok(())
}

fn stays(policy: &Policy) -> Vec<String> {
    let why = |purpose: Purpose| match purpose.fate(policy) {
        Fate::Stays(why) => Some(format!("{purpose:?}: {why}")),
        Fate::Carried(_) | Fate::Noted | Fate::Tried => None,
    };
    Purpose::ALL.into_iter().filter_map(why).collect()
}

/// Brings documents' keys and sealed secrets to the generation in force. May be cut off and run again, and while servers run. What cannot be
/// opened keeps nothing else from being brought.
pub async fn rewrap(app: &App, now: Timestamp) -> anyhow::Result<Rewrapped> {
    let generation = app.keys.in_force(now);
    let mut done = Rewrapped {
        generation: generation.number(),
        ..Rewrapped::default()
    };
    rewrap_documents(app, &generation, &mut done).await?;
    reseal_codes(app, &generation, &mut done).await?;
    Ok(done)
}

async fn rewrap_documents(app: &App, generation: &Generation, done: &mut Rewrapped) -> anyhow::Result<()> {
    let key_id = documents::key_id(generation);
    let mut after = Uuid::nil();
    loop {
        let mut tx = app.store.read().await?;
        let rows = store::wrapped(&mut tx, With::Others(&key_id), after, BATCH).await?;
        drop(tx);
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.id;
        let mut tx = app.store.write().await?;
        for row in &rows {
            match wrapped_anew(app, row, generation) {
                Ok(anew) => done.documents += store::rewrap(&mut tx, row, &key_id, &anew).await?,
                Err(error) => done.damaged.push(error),
            }
        }
        tx.commit().await?;
    }
}

/// A document's key, wrapped with another generation's; or which document it is whose key cannot be unwrapped, and why.
fn wrapped_anew(app: &App, row: &DocumentKey, generation: &Generation) -> Result<Vec<u8>, String> {
    let mut classes = DocumentClass::ALL.into_iter();
    let class = classes
        .find(|class| class.as_str() == row.class)
        .ok_or(StoreError::Corrupt("documents.class").into());
    let id = DocumentId::from_uuid(row.id);
    let wrapped = (row.key_id.as_slice(), row.wrapped_key.as_slice());
    class
        .and_then(|class| documents::wrapped_anew(app, (id, class), wrapped, generation))
        .map_err(|error| format!("document {}: {error}", row.id))
}

async fn reseal_codes(app: &App, generation: &Generation, done: &mut Rewrapped) -> anyhow::Result<()> {
    let mut tx = app.store.write().await?;
    for (id, sealed) in store::codes(&mut tx).await? {
        let owner = StaffId::from_uuid(id);
        match staff::sealed_by(&app.keys, &sealed, owner) {
            Some(by) if by == generation.number() => {}
            Some(_) => {
                let anew = staff::sealed_anew(app, &sealed, owner, generation)?;
                done.codes += store::reseal(&mut tx, id, &anew, &sealed).await?;
            }
            None => done.damaged.push(damaged_code(owner)),
        }
    }
    tx.commit().await?;
    Ok(())
}

fn damaged_code(owner: StaffId) -> String {
    format!("the one-time codes of the staff's member {owner}: their secret cannot be opened")
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
        let tick = Duration::from_micros(1);
        let fifth = |now: Timestamp, after| rotated(&ring, &policy, master(5), now, now.after(after));
        // From its announcement on its mark is its own, whenever it comes into force.
        assert!(fifth(over.before(tick), SHORTEST).is_err());
        assert!(fifth(over.before(tick), LONGEST).is_err());
        assert!(fifth(over, SHORTEST).is_ok());
    }

    #[test]
    fn a_generation_is_announced_a_week_before_at_most() {
        let (policy, ring) = (Policy::of(Profile::Y2026), Ring::first(Secret::new([1; 32])));
        let now = Timestamp::from_millis(1_795_446_000_000);
        let tick = Duration::from_micros(1);
        let second = |from| rotated(&ring, &policy, Secret::new([2; 32]), now, from);
        assert!(second(now.after(LONGEST)).is_ok());
        assert!(second(now.after(LONGEST).after(tick)).is_err());
        assert!(second(Timestamp::from_micros(i64::MAX)).is_err());
    }

    #[test]
    fn a_generation_counts_as_used_while_it_can_no_longer_be_taken_back() {
        let now = Timestamp::from_millis(1_795_446_000_000);
        let tick = Duration::from_micros(1);
        let from = |from| Generation::new(2, from, Secret::new([2; 32]));
        assert!(!may_be_in_use(&from(now.after(SHORTEST)), now));
        assert!(may_be_in_use(&from(now.after(SHORTEST).before(tick)), now));
        assert!(may_be_in_use(&from(now), now));
    }
}
