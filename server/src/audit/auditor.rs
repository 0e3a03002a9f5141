//! What auditors ask of the log: a search, the verification of the chain in parts, and sealed events to take along.
//!
//! Each is an act of its own, written down before anything is answered; what is unmasked, and what is taken along, needs a
//! reason. A verification is written down once, when it begins.

use super::exported::line;
use super::store::{self, EventRow, Wanted};
use super::verify::Verifier;
use super::{Head, service::device};
use crate::accounts::service as accounts;
use crate::app::App;
use crate::challenges::{Call, Subject};
use crate::http::Failure;
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use serde_json::json;
use shared::api::ErrorCode;
use shared::audit::api::{
    AuditEntry, AuditExport, AuditOfficer, AuditPage, AuditSearch, ExportAsked, Masking, VerifyAsked,
    VerifyStep,
};
use shared::audit::{Actor, Event};
use shared::identifiers::{AccountId, EventId, StaffId};
use shared::secrets::Secret;
use shared::sessions::Network;
use shared::sessions::api::HistoryCursor;
use shared::staff::{DeedName, StaffName};
use shared::time::Timestamp;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use uuid::Uuid;

/// How many events a page of a search has.
const PAGE: i64 = 50;

/// How many events one answer of an export has.
const EXPORTED: i64 = 500;

/// How many events are read in one transaction of a verification, and how many such readings an answer has.
const READ: i64 = 500;
const READINGS: usize = 20;

/// How many heads a verification is held against at most.
const HEADS: usize = 100;

/// Searches the log, newest first.
pub async fn search(
    app: &App,
    officer: &Officer,
    asked: &AuditSearch,
    call: Call,
) -> Result<AuditPage, Failure> {
    let (masking, name) = match asked.reason {
        None => (Masking::Masked, DeedName::AuditSearched),
        Some(_) => (Masking::Open, DeedName::AuditUnmasked),
    };
    let subject = asked.employer.map(|employer| {
        let branch = asked.branch.unwrap_or_default();
        (employer, branch, Subject::of(&app.keys, employer, branch))
    });
    let mut tx = app.store.write().await?;
    let account = match subject {
        Some((employer, branch, _)) => accounts::find(&mut tx, employer, branch).await?,
        None => None,
    };
    let account = account.map(|account| account.id);
    let deed = Deed {
        name,
        reason: asked.reason.as_ref(),
        // Who was searched for is told, also where there is no account: nobody looks for people unseen.
        about: About {
            account,
            subject: subject.as_ref().map(|(_, _, subject)| subject.0),
            ..About::default()
        },
    };
    staff::record(app, &mut tx, officer, &deed, call).await?;
    tx.commit().await?;
    let before = match asked.before {
        Some(cursor) => (cursor.at, cursor.id.as_uuid()),
        None => (Timestamp::from_micros(i64::MAX), Uuid::max()),
    };
    let wanted = Wanted {
        from: asked.from.unwrap_or(Timestamp::from_micros(i64::MIN)),
        until: asked.until.unwrap_or(Timestamp::from_micros(i64::MAX)),
        before,
        kind: asked.kind.as_deref(),
        staff: asked.staff,
        deed: asked.deed,
        subject: subject.as_ref().map(|(_, _, subject)| (&subject.0, account)),
    };
    let mut tx = app.store.read().await?;
    let mut rows = store::search(&mut tx, &wanted, PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let next = rows.last().filter(|_| more).map(|row| HistoryCursor {
        at: Timestamp::from_micros(row.at),
        id: EventId::from_uuid(row.id),
    });
    let mut reader = Reader {
        masking,
        employers: HashMap::new(),
        officers: HashMap::new(),
    };
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        entries.push(reader.entry(&mut tx, row).await?);
    }
    Ok(AuditPage {
        now: call.at,
        masking,
        entries,
        next,
        kinds: Event::KINDS.iter().map(|kind| (*kind).to_owned()).collect(),
    })
}

/// Turns rows into what an auditor reads; remembers the names that it looked up.
struct Reader {
    masking: Masking,
    employers: HashMap<Uuid, Option<Secret<String>>>,
    officers: HashMap<Uuid, Option<StaffName>>,
}

impl Reader {
    async fn entry(&mut self, tx: &mut Tx, row: EventRow) -> Result<AuditEntry, StoreError> {
        let employer = match row.account_id {
            Some(account) => self.employer(tx, account).await?,
            None => None,
        };
        let officer = match row.staff_id {
            Some(officer) => self.officer(tx, officer).await?,
            None => None,
        };
        Ok(AuditEntry {
            id: EventId::from_uuid(row.id),
            sequence: row.sequence,
            at: Timestamp::from_micros(row.at),
            actor: actor(&row.actor)?,
            officer,
            words: self.words(tx, &row).await?,
            employer,
            source: row.source.as_deref().and_then(|source| self.source(source)),
            device: device(row.browser.as_deref(), row.system.as_deref()),
            kind: row.kind,
            detail: row.detail,
        })
    }

    async fn employer(&mut self, tx: &mut Tx, account: Uuid) -> Result<Option<Secret<String>>, StoreError> {
        if let Some(known) = self.employers.get(&account) {
            return Ok(known.clone());
        }
        let found = accounts::by_id(tx, AccountId::from_uuid(account)).await?;
        let shown = found.map(|account| match self.masking {
            Masking::Masked => Secret::new(account.employer.masked()),
            Masking::Open => Secret::new(format!("{} {}", account.employer, account.branch)),
        });
        self.employers.insert(account, shown.clone());
        Ok(shown)
    }

    async fn officer(&mut self, tx: &mut Tx, officer: Uuid) -> Result<Option<AuditOfficer>, StoreError> {
        let id = StaffId::from_uuid(officer);
        let name = match self.officers.entry(officer) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(unknown) => {
                let name = staff::by_id(tx, id).await?.map(|member| member.name);
                unknown.insert(name).clone()
            }
        };
        Ok(name.map(|name| AuditOfficer { id, name }))
    }

    async fn words(&self, tx: &mut Tx, row: &EventRow) -> Result<Option<Secret<String>>, StoreError> {
        match (self.masking, serde_json::from_str(&row.detail)) {
            (Masking::Open, Ok(Event::StaffActed { act, .. })) => staff::words(tx, act).await,
            (Masking::Masked | Masking::Open, _) => Ok(None),
        }
    }

    fn source(&self, source: &str) -> Option<Secret<String>> {
        let address: IpAddr = source.parse().ok()?;
        Some(Secret::new(match self.masking {
            Masking::Masked => Network::of(address).to_string(),
            Masking::Open => address.to_string(),
        }))
    }
}

/// Verifies the next part of the chain.
pub async fn verify(
    app: &App,
    officer: &Officer,
    asked: &VerifyAsked,
    call: Call,
) -> Result<VerifyStep, Failure> {
    if asked.heads.len() > HEADS {
        return Err(ErrorCode::InvalidInput.into());
    }
    // A head before the first event is a beginning too.
    if asked
        .after
        .is_none_or(|head| head.sequence <= Head::EMPTY.sequence)
    {
        let deed = Deed::seen(DeedName::AuditVerified, About::default());
        staff::record_view(app, officer, &deed, call).await?;
    }
    let mut verifier = Verifier::after(&app.keys, &asked.heads, asked.after.unwrap_or(Head::EMPTY));
    // The first part starts below every number, so that rows numbered 0 or less are found too.
    let mut after = asked.after.map_or(i64::MIN, |head| head.sequence);
    for _ in 0..READINGS {
        let mut tx = app.store.read().await?;
        let rows = store::sealed_after(&mut tx, after, READ).await?;
        let recorded = store::chain(&mut tx).await?;
        let waiting = store::count_unsealed(&mut tx).await?;
        drop(tx);
        for row in &rows {
            after = row.sequence.unwrap_or(after);
            verifier.read(row);
        }
        let complete = i64::try_from(rows.len()).unwrap_or(READ) < READ;
        if complete {
            let found = verifier.finish(recorded, waiting);
            return Ok(VerifyStep {
                read: found.head.sequence,
                last: recorded.sequence,
                findings: found.findings,
                waiting,
                next: None,
                head: Some(found.head),
            });
        }
    }
    let mut tx = app.store.read().await?;
    let recorded = store::chain(&mut tx).await?;
    let waiting = store::count_unsealed(&mut tx).await?;
    let (head, findings) = verifier.pause();
    Ok(VerifyStep {
        read: head.sequence,
        last: recorded.sequence,
        findings,
        waiting,
        next: Some(head),
        head: None,
    })
}

/// The sealed events after a place, as they stand.
pub async fn export(
    app: &App,
    officer: &Officer,
    asked: &ExportAsked,
    call: Call,
) -> Result<AuditExport, Failure> {
    let deed = Deed::for_reason(DeedName::AuditExported, &asked.reason, About::default());
    staff::record_view(app, officer, &deed, call).await?;
    let mut tx = app.store.read().await?;
    let before = store::head_at(&mut tx, asked.after)
        .await?
        .ok_or(ErrorCode::InvalidInput)?;
    let rows = store::sealed_after(&mut tx, asked.after, EXPORTED).await?;
    let last = store::chain(&mut tx).await?.sequence;
    let head = match rows.last().and_then(|row| row.sequence) {
        Some(sequence) => store::head_at(&mut tx, sequence).await?.unwrap_or(before),
        None => before,
    };
    let lines: Result<Vec<_>, _> = rows.iter().map(|row| line(row).map(Secret::new)).collect();
    Ok(AuditExport {
        before,
        lines: lines.map_err(Failure::fault)?,
        head,
        last,
    })
}

/// An actor as it stands in the database.
fn actor(name: &str) -> Result<Actor, StoreError> {
    serde_json::from_value(json!(name)).map_err(|_| StoreError::Corrupt("audit_events.actor"))
}
