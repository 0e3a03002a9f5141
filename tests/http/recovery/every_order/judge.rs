//! What may have happened to a password in one call, by the rows before and after it.

use super::Call;
use server::store::{Store, StoreError, Tx};
use std::collections::{BTreeMap, BTreeSet};

type Id = Vec<u8>;

/// A link as a row.
type LinkRow = (Id, Id, Id, Option<i64>, Option<i64>, i64);

/// What the database knows of passwords, links and proofs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Every account's hash.
    passwords: BTreeMap<Id, Option<String>>,
    /// Every hash that was one.
    history: Vec<(Id, String)>,
    links: BTreeMap<Id, Link>,
    /// The cases of which the log says that the identity was proved.
    proved: BTreeSet<Id>,
    /// Every case.
    pub cases: BTreeSet<Id>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Link {
    case: Id,
    account: Id,
    used: bool,
    open_until: Option<i64>,
}

/// What a call was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// That it was done.
    Done,
    Refused,
}

/// What must never be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// A password changed in a call that brought none, or was refused.
    Unasked,
    /// A password changed, and not exactly one open link of that account was used up.
    WithoutLink,
    /// A password changed by a link of a case that was never proved.
    WithoutProof,
    /// More than one account's password changed.
    Several,
    /// A link was used up and no password changed.
    ForNothing,
    /// It was said that a password was set, and none was.
    NotSet,
}

impl Rows {
    /// Reads them.
    pub async fn read(store: &Store) -> Self {
        Self::of(&mut store.read().await.unwrap()).await.unwrap()
    }

    async fn of(tx: &mut Tx) -> Result<Self, StoreError> {
        let passwords: Vec<(Id, Option<String>)> = server::on!(tx, |conn| sqlx::query_as(
            "SELECT id, password_hash FROM accounts"
        )
        .fetch_all(conn))?;
        let history: Vec<(Id, String)> = server::on!(tx, |conn| sqlx::query_as(
            "SELECT account_id, hash FROM password_history ORDER BY account_id, hash"
        )
        .fetch_all(conn))?;
        let links: Vec<LinkRow> = server::on!(tx, |conn| sqlx::query_as(
            "SELECT id, case_id, account_id, used_at, ended_at, expires_at FROM recovery_links"
        )
        .fetch_all(conn))?;
        let proved: Vec<(Id,)> = server::on!(tx, |conn| sqlx::query_as(
            "SELECT case_id FROM audit_events WHERE kind = 'identity_proved'"
        )
        .fetch_all(conn))?;
        let cases: Vec<(Id,)> = server::on!(tx, |conn| sqlx::query_as("SELECT id FROM recovery_cases")
            .fetch_all(conn))?;
        let link = |(id, case, account, used, ended, expires): LinkRow| {
            let open_until = (used.is_none() && ended.is_none()).then_some(expires);
            let used = used.is_some();
            (
                id,
                Link {
                    case,
                    account,
                    used,
                    open_until,
                },
            )
        };
        Ok(Self {
            passwords: passwords.into_iter().collect(),
            history,
            links: links.into_iter().map(link).collect(),
            proved: proved.into_iter().map(|(case,)| case).collect(),
            cases: cases.into_iter().map(|(case,)| case).collect(),
        })
    }
}

/// Judges one call: `told` is how it was answered, `answered` the cases whose questions were answered right on the way here, which the
/// caller knows better than any row.
pub fn judge(
    call: Call,
    told: Told,
    [before, after]: [&Rows; 2],
    answered: &BTreeSet<Id>,
    now: i64,
) -> Option<Breach> {
    let changed: Vec<&Id> = after
        .passwords
        .iter()
        .filter(|(id, hash)| before.passwords.get(*id) != Some(*hash))
        .map(|(id, _)| id)
        .collect();
    let used: Vec<(&Id, &Link)> = after
        .links
        .iter()
        .filter(|(id, link)| link.used && before.links.get(*id).is_none_or(|was| !was.used))
        .collect();
    let [account] = changed[..] else {
        return match (changed.len(), before.history == after.history) {
            (0, true) if told == Told::Done && call.brings_a_password() => Some(Breach::NotSet),
            (0, true) if !used.is_empty() => Some(Breach::ForNothing),
            (0, true) => None,
            (0, false) => Some(Breach::Unasked),
            (_, _) => Some(Breach::Several),
        };
    };
    if told == Told::Refused || !call.brings_a_password() {
        return Some(Breach::Unasked);
    }
    let [(id, link)] = used[..] else {
        return Some(Breach::WithoutLink);
    };
    let was_open = before.links.get(id).and_then(|was| was.open_until);
    if link.account != *account || was_open.is_none_or(|until| until <= now) {
        return Some(Breach::WithoutLink);
    }
    if !(before.proved.contains(&link.case) && answered.contains(&link.case)) {
        return Some(Breach::WithoutProof);
    }
    None
}
