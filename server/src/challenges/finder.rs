//! By what the desk finds a case: keyed digests of the numbers of its employer and of its representative.
//!
//! A case forgets what was typed as soon as nothing more is to be asked with it; somebody at a counter still has a cédula and a RUC,
//! and seldom the reference. A digest tells whether a case is about a number that somebody shows, and nothing else.

use super::Identity;
use crate::app::App;
use crate::keys::{Digest, Keys, Purpose};
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::centres::Procedure;
use shared::identifiers::{CaseId, EmployerIdentifier, RepresentativeId};
use shared::time::Timestamp;
use shared::visits::api::CaseStanding;
use uuid::Uuid;

pub(super) const NOTE: &str = "INSERT INTO case_finders (procedure, case_id, employer, representative, opened_at) \
    VALUES ($1, $2, $3, $4, $5)";
pub(super) const BY_EMPLOYER: &str = "SELECT procedure, case_id FROM case_finders WHERE employer = $1 AND opened_at > $2 \
    ORDER BY opened_at DESC LIMIT $3";
pub(super) const BY_REPRESENTATIVE: &str = "SELECT procedure, case_id FROM case_finders WHERE representative = $1 AND opened_at > $2 \
    ORDER BY opened_at DESC LIMIT $3";
pub(super) const PURGE: &str = "DELETE FROM case_finders WHERE opened_at <= $1";

/// A case that was found and is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its reference, or its referral's number.
    pub quoted: String,
    /// What was typed, as long as it is kept.
    pub identity: Option<Identity>,
    /// Where it stands.
    pub standing: CaseStanding,
}

/// By what a case is sought.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// The employer's number, whatever the branch.
    Employer(EmployerIdentifier),
    /// The number of who acts for it, whoever the employer is.
    Representative(&'a RepresentativeId),
}

impl By<'_> {
    fn digest(self, keys: &Keys) -> Digest {
        let (what, number) = match self {
            Self::Employer(employer) => (&b"case employer"[..], employer.to_string()),
            Self::Representative(representative) => (&b"case representative"[..], representative.to_string()),
        };
        keys.digest(Purpose::Subject, &[what, number.as_bytes()])
    }
}

/// Lets a case be found by who it is about. In the transaction that writes the case.
///
/// # Errors
/// As the database gives them.
pub async fn note(
    app: &App,
    tx: &mut Tx,
    (procedure, case): (Procedure, Uuid),
    identity: Option<&Identity>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let Some(identity) = identity else { return Ok(()) };
    let employer = By::Employer(identity.employer).digest(&app.keys);
    let representative = By::Representative(&identity.representative).digest(&app.keys);
    changed!(
        tx,
        sqlx::query(NOTE)
            .bind(procedure.as_str())
            .bind(case)
            .bind(employer.as_slice())
            .bind(representative.as_slice())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// The cases of a number that were opened after `since`, the newest first, as the audit log names them. Where they stand their slices
/// say.
///
/// # Errors
/// As the database gives them.
pub async fn cases(
    app: &App,
    tx: &mut Tx,
    by: By<'_>,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<(Procedure, CaseId)>, StoreError> {
    let query = match by {
        By::Employer(_) => BY_EMPLOYER,
        By::Representative(_) => BY_REPRESENTATIVE,
    };
    let digest = by.digest(&app.keys);
    let rows: Vec<(String, Uuid)> = on!(tx, |conn| sqlx::query_as(query)
        .bind(digest.as_slice())
        .bind(since.as_micros())
        .bind(i64::from(limit))
        .fetch_all(conn))?;
    rows.into_iter()
        .map(|(procedure, case)| {
            let procedure = procedure
                .parse()
                .map_err(|_| StoreError::Corrupt("case_finders.procedure"))?;
            Ok((procedure, CaseId::from_uuid(case)))
        })
        .collect()
}

/// Lets cases that were opened by `before` be found no more. How many.
///
/// # Errors
/// As the database gives them.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(PURGE).bind(before.as_micros()))?)
}
