//! What must be true after a drill, whatever was killed meanwhile: read out of the database, of the mails that were taken over, and of
//! what people were told.
//!
//! A *breach* is one row, mail or person for which a promise does not hold, named by its id: never by what is personal.

use super::client::Site;
use super::cluster::Cluster;
use super::dice::Dice;
use super::person::{Outcome, Told};
use super::post::Taken;
use server::clock::Stopwatch;
use server::on;
use server::store::{Store, StoreError};
use shared::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// One of the things that must be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What is promised.
    pub name: &'static str,
    /// What was looked at, and how many of it.
    pub seen: Vec<(String, usize)>,
    /// For what it does not hold.
    pub breaches: Vec<String>,
}

impl Promise {
    /// That everything that waits comes to its end, once nothing is broken any more. [`rest`] looks.
    pub fn rests() -> Self {
        Self::new(RESTS)
    }

    fn new(name: &'static str) -> Self {
        Self {
            name,
            seen: Vec::new(),
            breaches: Vec::new(),
        }
    }

    fn saw(&mut self, what: impl Into<String>, count: usize) {
        self.seen.push((what.into(), count));
    }

    fn broken(&mut self, what: impl Into<String>) {
        self.breaches.push(what.into());
    }
}

/// The names of the promises, in the order in which [`examine`] gives them.
pub const MAILS: &str = "no mail lost";
/// See [`MAILS`].
pub const TWICE: &str = "none sent twice without a new token";
/// See [`MAILS`].
pub const WRITTEN: &str = "no password written without a consumed token";
/// See [`MAILS`].
pub const CONSUMED: &str = "no token consumed twice";
/// See [`MAILS`].
pub const STUCK: &str = "no case stuck";
/// The name of the promise of [`rest`].
pub const RESTS: &str = "everything rests once all is healed";
/// The name of the promise of [`served`].
pub const SERVED: &str = "people recover";
/// The name of the promise of [`calm`].
pub const CALM: &str = "no node panicked";

/// How often it is looked whether everything rests.
const LOOK: Duration = Duration::from_millis(100);

const OUTBOX: &str = "SELECT id, channel, kind, state, attempts, last_code, account_id, case_id, expires_at, finished_at FROM outbox";
const REACHABLE: &str = "SELECT id, 'email' FROM accounts WHERE email IS NOT NULL \
    UNION ALL SELECT id, 'sms' FROM accounts WHERE phone IS NOT NULL";
const QUEUED: &str =
    "SELECT case_id, detail FROM audit_events WHERE kind = 'message_queued' AND case_id IS NOT NULL";
const LINKS: &str = "SELECT case_id, account_id, used_at FROM recovery_links WHERE used_at IS NOT NULL";
const PASSWORDS: &str = "SELECT id, password_set_at FROM accounts WHERE password_set_at IS NOT NULL";
const HISTORY: &str = "SELECT account_id, set_at FROM password_history";
const SET: &str = "SELECT case_id, account_id FROM audit_events WHERE kind = 'password_set'";
const USED: &str = "SELECT case_id, account_id FROM audit_events WHERE kind = 'link_consumed'";
const CASES: &str = "SELECT id, stage, deadline, document FROM recovery_cases";

/// A row of the outbox.
#[derive(sqlx::FromRow)]
struct Queued {
    id: Uuid,
    channel: String,
    kind: String,
    state: String,
    attempts: i64,
    last_code: Option<i64>,
    account_id: Option<Uuid>,
    case_id: Option<Uuid>,
    expires_at: i64,
    finished_at: Option<i64>,
}

/// A row of the cases.
#[derive(sqlx::FromRow)]
struct Opened {
    id: Uuid,
    stage: String,
    deadline: Option<i64>,
    document: String,
}

impl Opened {
    /// Whether it waits for its link, or waited for it until its time ended: nothing made the link needless.
    fn wants_its_link(&self) -> bool {
        let document: serde_json::Value = serde_json::from_str(&self.document).unwrap_or_default();
        self.stage == "sending" || find(&document, "ending") == Some("undelivered")
    }
}

/// Everything that is looked at, from one instant.
struct Rows {
    outbox: Vec<Queued>,
    reachable: HashSet<(Uuid, String)>,
    queued: Vec<(Uuid, String)>,
    links: Vec<(Uuid, Uuid, i64)>,
    passwords: Vec<(Uuid, i64)>,
    history: Vec<(Uuid, i64)>,
    set: Vec<(Option<Uuid>, Option<Uuid>)>,
    used: Vec<(Option<Uuid>, Option<Uuid>)>,
    cases: Vec<Opened>,
}

impl Rows {
    async fn read(store: &Store) -> Result<Self, StoreError> {
        let mut tx = store.read().await?;
        let reachable: Vec<(Uuid, String)> = on!(&mut tx, |conn| sqlx::query_as(REACHABLE).fetch_all(conn))?;
        Ok(Self {
            reachable: reachable.into_iter().collect(),
            outbox: on!(&mut tx, |conn| sqlx::query_as(OUTBOX).fetch_all(conn))?,
            queued: on!(&mut tx, |conn| sqlx::query_as(QUEUED).fetch_all(conn))?,
            links: on!(&mut tx, |conn| sqlx::query_as(LINKS).fetch_all(conn))?,
            passwords: on!(&mut tx, |conn| sqlx::query_as(PASSWORDS).fetch_all(conn))?,
            history: on!(&mut tx, |conn| sqlx::query_as(HISTORY).fetch_all(conn))?,
            set: on!(&mut tx, |conn| sqlx::query_as(SET).fetch_all(conn))?,
            used: on!(&mut tx, |conn| sqlx::query_as(USED).fetch_all(conn))?,
            cases: on!(&mut tx, |conn| sqlx::query_as(CASES).fetch_all(conn))?,
        })
    }
}

/// How far everything is from its end: what a drill waits for before it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Messages that wait to be sent.
    pub messages: usize,
    /// Links for a new password among them.
    pub links: usize,
    /// Cases that are beyond their deadline and not over.
    pub overdue: usize,
    /// Events that wait for their seal.
    pub unsealed: usize,
}

/// Counts what is not finished at the nodes' time.
pub async fn unfinished(store: &Store, now: Timestamp) -> Result<Unfinished, StoreError> {
    const COUNT: &str = "SELECT \
        (SELECT COUNT(*) FROM outbox WHERE finished_at IS NULL), \
        (SELECT COUNT(*) FROM outbox WHERE finished_at IS NULL AND kind = 'recovery_link'), \
        (SELECT COUNT(*) FROM recovery_cases WHERE deadline <= $1), \
        (SELECT COUNT(*) FROM audit_events WHERE sequence IS NULL)";
    let mut tx = store.read().await?;
    let counts: (i64, i64, i64, i64) = on!(&mut tx, |conn| sqlx::query_as(COUNT)
        .bind(now.as_micros())
        .fetch_one(conn))?;
    let count = |rows: i64| usize::try_from(rows).unwrap_or(usize::MAX);
    Ok(Unfinished {
        messages: count(counts.0),
        links: count(counts.1),
        overdue: count(counts.2),
        unsealed: count(counts.3),
    })
}

/// Waits until nothing is left of what is counted, at the nodes' time. What is left when patience ends is a breach: later the clock would
/// end what nobody did.
pub async fn rest(
    promise: &mut Promise,
    store: &Store,
    now: impl Fn() -> Timestamp,
    patience: Duration,
    what: &str,
    left: fn(Unfinished) -> usize,
) -> Result<(), StoreError> {
    let watch = Stopwatch::start();
    let mut looks = tokio::time::interval(LOOK);
    loop {
        looks.tick().await;
        match left(unfinished(store, now()).await?) {
            0 => return Ok(()),
            count if watch.elapsed() >= patience => {
                promise.broken(format!("{count} {what} although everything is healed"));
                return Ok(());
            }
            _ => {}
        }
    }
}

/// Reads the database and holds it against the mails that were taken over. `now` is the nodes' time: what is due later is not stuck.
pub async fn examine(store: &Store, taken: &[Taken], now: Timestamp) -> Result<Vec<Promise>, StoreError> {
    let rows = Rows::read(store).await?;
    Ok(vec![
        mails(&rows, taken),
        twice(&rows, taken),
        written(&rows),
        consumed(&rows),
        stuck(&rows, now),
    ])
}

/// Every message that was queued is in the outbox and is finished, with a reason that is so: the mail server has it, or refused it for good,
/// or its time ended, or it was not to be sent any more.
fn mails(rows: &Rows, taken: &[Taken]) -> Promise {
    let mut promise = Promise::new(MAILS);
    let arrived: HashSet<(Uuid, i64)> = taken.iter().filter_map(|mail| mail.named).collect();
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows.outbox {
        *states.entry(&row.state).or_default() += 1;
        match row.state.as_str() {
            "accepted" if !arrived.contains(&(row.id, row.attempts)) => promise.broken(format!(
                "{} ({}) is told accepted at try {}, which the mail server never took",
                row.id, row.kind, row.attempts
            )),
            // 200 and up: what the server answered. It may only be given up for good where it was refused for good.
            "rejected" if row.last_code.is_none_or(|code| !(500..600).contains(&code)) => {
                promise.broken(format!(
                    "{} ({}) was given up without a refusal",
                    row.id, row.kind
                ));
            }
            "expired" if row.finished_at.is_none_or(|at| at < row.expires_at) => {
                promise.broken(format!("{} ({}) was given up before its time", row.id, row.kind));
            }
            "dropped" if !may_be_dropped(row, rows) => promise.broken(format!(
                "{} ({}) was dropped, and somebody waited for it",
                row.id, row.kind
            )),
            "accepted" | "rejected" | "expired" | "dropped" => {}
            state => promise.broken(format!("{} ({}) is still {state}", row.id, row.kind)),
        }
    }
    let there: HashSet<(Uuid, &str)> = rows
        .outbox
        .iter()
        .filter_map(|row| Some((row.case_id?, row.kind.as_str())))
        .collect();
    for (case, detail) in &rows.queued {
        let told: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
        let kind = find(&told, "message").unwrap_or_default();
        if !there.contains(&(*case, kind)) {
            promise.broken(format!(
                "case {case}: {kind:?} was queued and is not in the outbox"
            ));
        }
    }
    promise.saw("messages queued by cases", rows.queued.len());
    promise.saw("rows of the outbox", rows.outbox.len());
    for (state, count) in states {
        promise.saw(state, count);
    }
    promise.saw("mails that the mail server took", taken.len());
    promise
}

/// Whether the desk had a reason not to send a message any more: of a link that its case did not wait for it, because somebody was quicker,
/// began again or left; of every other that its account has no such address. No other message of a drill carries a link that
/// can be overtaken.
fn may_be_dropped(row: &Queued, rows: &Rows) -> bool {
    if row.kind == "recovery_link" {
        let case = rows.cases.iter().find(|case| Some(case.id) == row.case_id);
        return case.is_some_and(|case| !case.wants_its_link());
    }
    row.account_id
        .is_none_or(|account| !rows.reachable.contains(&(account, row.channel.clone())))
}

/// The text under a key, however deep it is.
fn find<'v>(value: &'v serde_json::Value, key: &str) -> Option<&'v str> {
    match value {
        serde_json::Value::Object(fields) => fields
            .get(key)
            .and_then(serde_json::Value::as_str)
            .or_else(|| fields.values().find_map(|value| find(value, key))),
        serde_json::Value::Array(values) => values.iter().find_map(|value| find(value, key)),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => None,
    }
}

/// A message that arrived more than once came each time with another name and other tokens; no token came twice at all.
fn twice(rows: &Rows, taken: &[Taken]) -> Promise {
    let mut promise = Promise::new(TWICE);
    let known: HashMap<Uuid, &Queued> = rows.outbox.iter().map(|row| (row.id, row)).collect();
    let mut by_row: BTreeMap<Uuid, Vec<(i64, &Taken)>> = BTreeMap::new();
    for mail in taken {
        match mail.named {
            Some((row, attempt)) => by_row.entry(row).or_default().push((attempt, mail)),
            None => promise.broken("a mail without a name of ours"),
        }
    }
    let mut tokens: HashSet<&str> = HashSet::new();
    let (mut repeated, mut more, mut unanswered, mut without) = (0, 0, 0, 0);
    for (row, mails) in &by_row {
        match known.get(row) {
            None => promise.broken(format!("{row} was sent and is not in the outbox")),
            Some(queued) if mails.iter().any(|(attempt, _)| *attempt > queued.attempts) => {
                promise.broken(format!("{row} was sent more often than it was taken up"));
            }
            Some(_) => {}
        }
        let attempts: BTreeSet<i64> = mails.iter().map(|(attempt, _)| *attempt).collect();
        if attempts.len() < mails.len() {
            promise.broken(format!("{row}: one try arrived twice"));
        }
        if mails.len() > 1 {
            repeated += 1;
            more += mails.len() - 1;
            without += usize::from(mails.iter().all(|(_, mail)| mail.tokens.is_empty()));
        }
        unanswered += mails.iter().filter(|(_, mail)| !mail.answered).count();
        for (attempt, mail) in mails {
            for token in &mail.tokens {
                if !tokens.insert(token) {
                    promise.broken(format!("{row}, try {attempt}: a token that came before"));
                }
            }
        }
    }
    promise.saw("messages that arrived", by_row.len());
    promise.saw("tokens, no two alike", tokens.len());
    promise.saw(
        "messages that arrived more than once (at least once, not exactly)",
        repeated,
    );
    promise.saw("mails more than messages, by that", more);
    promise.saw("messages among them that hold no token", without);
    promise.saw("mails that were taken without an answer", unanswered);
    promise
}

/// Every password in force, and every one in the history, was written at the instant at which a link of its account was used.
fn written(rows: &Rows) -> Promise {
    let mut promise = Promise::new(WRITTEN);
    let used: HashSet<(Uuid, i64)> = rows
        .links
        .iter()
        .map(|(_, account, at)| (*account, *at))
        .collect();
    for (account, at) in &rows.passwords {
        if !used.contains(&(*account, *at)) {
            promise.broken(format!("account {account}: a password without a used link"));
        }
    }
    for (account, at) in &rows.history {
        if !used.contains(&(*account, *at)) {
            promise.broken(format!(
                "account {account}: a password in the history without a used link"
            ));
        }
    }
    let by_case: HashSet<Uuid> = rows.links.iter().map(|(case, _, _)| *case).collect();
    for (case, _) in &rows.set {
        if case.is_none_or(|case| !by_case.contains(&case)) {
            promise.broken(format!(
                "{case:?}: the log tells of a password without a used link"
            ));
        }
    }
    promise.saw("accounts with a password", rows.passwords.len());
    promise.saw("passwords in the history", rows.history.len());
    promise.saw("passwords that the log tells of", rows.set.len());
    promise
}

/// Every case used one link at most, once, and wrote one password for it.
fn consumed(rows: &Rows) -> Promise {
    let mut promise = Promise::new(CONSUMED);
    let count = |cases: &mut dyn Iterator<Item = Uuid>| {
        let mut counts: BTreeMap<Uuid, usize> = BTreeMap::new();
        cases.for_each(|case| *counts.entry(case).or_default() += 1);
        counts
    };
    let links = count(&mut rows.links.iter().map(|(case, _, _)| *case));
    let told = count(&mut rows.used.iter().filter_map(|(case, _)| *case));
    let set = count(&mut rows.set.iter().filter_map(|(case, _)| *case));
    let completed: BTreeSet<Uuid> = rows
        .cases
        .iter()
        .filter(|case| case.stage == "completed")
        .map(|case| case.id)
        .collect();
    let cases: BTreeSet<Uuid> = links
        .keys()
        .chain(told.keys())
        .chain(set.keys())
        .chain(&completed)
        .copied()
        .collect();
    for case in &cases {
        let of = |counts: &BTreeMap<Uuid, usize>| counts.get(case).copied().unwrap_or(0);
        let found = (of(&links), of(&told), of(&set), completed.contains(case));
        if found != (1, 1, 1, true) {
            let (links, told, set, completed) = found;
            promise.broken(format!(
                "case {case}: {links} links used, {told} told used, {set} passwords written, completed: {completed}"
            ));
        }
    }
    promise.saw("links used", rows.links.len());
    promise.saw("cases completed", completed.len());
    promise
}

/// Every case is over or has time left, and one that waits for its mail has a mail that is on its way.
fn stuck(rows: &Rows, now: Timestamp) -> Promise {
    let mut promise = Promise::new(STUCK);
    let waiting: HashSet<Uuid> = rows
        .outbox
        .iter()
        .filter(|row| row.kind == "recovery_link" && ["queued", "sending"].contains(&row.state.as_str()))
        .filter_map(|row| row.case_id)
        .collect();
    let (mut over, mut ahead) = (0, 0);
    for Opened {
        id: case,
        stage,
        deadline,
        document: _,
    } in &rows.cases
    {
        match deadline {
            None => over += 1,
            Some(at) if *at <= now.as_micros() => {
                promise.broken(format!("case {case}: {stage} beyond its deadline"));
            }
            Some(_) if stage == "sending" && !waiting.contains(case) => {
                promise.broken(format!("case {case}: it waits for a mail that nobody sends"));
            }
            Some(_) => ahead += 1,
        }
    }
    promise.saw("cases", rows.cases.len());
    promise.saw("over", over);
    promise.saw("before their deadline", ahead);
    promise
}

/// People recovered meanwhile, and so did somebody who came when everything was healed and did everything right.
pub fn served(told: &[Told], late: &Told) -> Promise {
    let mut promise = Promise::new(SERVED);
    let recovered = told
        .iter()
        .filter(|one| one.outcome == Outcome::Recovered)
        .count();
    if recovered == 0 {
        promise.broken("nobody recovered");
    }
    if late.outcome != Outcome::Recovered {
        let why = late.why.as_deref().unwrap_or_default();
        promise.broken(format!(
            "who came when everything was healed: {:?} {why}",
            late.outcome
        ));
    }
    promise.saw("recovered while everything was interrupted", recovered);
    promise
}

/// No node panicked, by what all of them logged.
pub fn calm(log: &str) -> Promise {
    let mut promise = Promise::new(CALM);
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut lines = 0;
    for line in log.lines() {
        lines += 1;
        let place = match serde_json::from_str::<serde_json::Value>(line) {
            Ok(line) if line["message"] == "panic" => line["place"].as_str().unwrap_or_default().to_owned(),
            // Before its log began: the place alone stands in this line.
            Err(_) if line.contains("panicked at") => line.to_owned(),
            Ok(_) | Err(_) => continue,
        };
        *places.entry(place).or_default() += 1;
    }
    for (place, count) in places {
        promise.broken(format!("{place}: {count} times"));
    }
    promise.saw("lines of their logs", lines);
    promise
}

/// What people were told is so: one password a link, it signs in, and a mail of which a page said that it went did arrive. It signs
/// in as every one of them, so nothing may be broken any more.
pub async fn told(site: &Arc<Site>, all: &[Told], taken: &[Taken], seed: u64) -> Promise {
    let mut promise = Promise::new("what a person was told happened did happen");
    let arrived: HashSet<&str> = taken
        .iter()
        .filter(|mail| mail.link.is_some())
        .map(|mail| mail.to.as_str())
        .collect();
    let (mut signed_in, mut unanswered, mut went) = (0, 0, 0);
    for (number, one) in (0..).zip(all) {
        if one.set.len() > 1 {
            promise.broken(format!(
                "person {number}: told twice that one link set a password"
            ));
        }
        if one.outcome == Outcome::Refused {
            let why = one.why.as_deref().unwrap_or_default();
            promise.broken(format!("person {number} ({:?}): refused ({why})", one.temper));
        }
        if one.mail_went {
            went += 1;
            if !arrived.contains(one.address.as_str()) {
                promise.broken(format!(
                    "person {number}: told of a mail that the mail server never took"
                ));
            }
        }
        if !one.is_about_a_password() {
            continue;
        }
        // A stream of its own, of those that nobody who recovers has.
        let dice = Dice::of(seed, (u64::from(number) << 2) | 3);
        match one.holds(site, number, dice).await {
            Ok(true) if one.set.is_empty() => unanswered += 1,
            Ok(true) => signed_in += 1,
            Ok(false) => promise.broken(format!(
                "person {number}: told of a password that does not sign in"
            )),
            Err(trouble) => promise.broken(format!("person {number}: cannot sign in ({trouble:?})")),
        }
    }
    promise.saw("people", all.len());
    promise.saw("told that their password is set, and it signs in", signed_in);
    promise.saw(
        "without an answer, told afterwards that their link was used, and it signs in",
        unanswered,
    );
    promise.saw("told that their mail went, and it did", went);
    promise
}

/// The log is whole, by the command that an operator has.
pub fn audited(cluster: &Cluster) -> Promise {
    let mut promise = Promise::new("audit chain whole");
    match cluster.clavero(&["audit", "verify"]) {
        Ok(said) => {
            let sealed = said.split_whitespace().next().and_then(|word| word.parse().ok());
            promise.saw("sealed events", sealed.unwrap_or(0));
            if sealed.is_none_or(|sealed: usize| sealed == 0) || !said.contains(" 0 wait for their seal") {
                promise.broken("not every event is sealed");
            }
        }
        Err(error) => promise.broken(format!("{error:#}")),
    }
    promise
}
