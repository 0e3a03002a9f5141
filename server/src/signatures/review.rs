//! A file of a case looked at again, by an operator: the same verdict, and nothing is written down.

use super::judge::{all_but_the_representative, representative};
use super::referrals;
use super::store::{self, IssuedRequest, Record};
use crate::accounts::service as accounts;
use crate::app::App;
use crate::challenges::{Identity, service as challenges};
use crate::documents::service as documents;
use crate::http::Failure;
use crate::store::{StoreError, Tx};
use notary::{Expectation, ExpectedHolder, Issued, Use};
use shared::identifiers::{AccountId, EmployerIdentifier};
use shared::recovery::CaseReference;
use shared::signatures::{Finding, Findings, Reason, Stage};
use shared::time::Timestamp;

/// What a file of a case is held against.
#[derive(Debug)]
pub struct Review {
    /// For the notary: the last request that was issued, and who is to have signed it. Of a case that ended without a verdict to
    /// be kept nobody knows any more who that was, and the checks of it stay skipped.
    pub expectation: Expectation,
    identity: Option<Identity>,
    account: Option<AccountId>,
}

impl Review {
    /// Of the case with this reference, now; `None` where none is known, or where its request has been deleted.
    pub async fn of(app: &App, reference: &CaseReference) -> Result<Option<Self>, Failure> {
        let mut tx = app.store.read().await?;
        let Some(record) = store::by_reference(&mut tx, reference).await? else {
            return Ok(None);
        };
        let Some(request) = store::last_request(&mut tx, record.id).await? else {
            return Ok(None);
        };
        let identity = identity(&mut tx, &record).await?;
        drop(tx);
        Ok(Some(Self {
            expectation: expectation(app, &request, identity.as_ref(), app.clock.now()).await?,
            identity,
            account: record.account,
        }))
    }

    /// The findings with the line of the representative. The registries are asked where all else held, as for an upload.
    pub async fn with_representative(&self, app: &App, findings: Findings) -> Findings {
        let Some(identity) = &self.identity else {
            return findings;
        };
        if !all_but_the_representative(&findings) {
            return findings;
        }
        let finding = match challenges::consult(app, identity).await {
            Ok(records) => representative(records.claim(identity).cross_check(), self.account),
            Err(_) => Finding::Unknown(Reason::RegistryUnavailable),
        };
        Findings {
            representative: finding,
            ..findings
        }
    }
}

/// Who was to sign: as typed, as long as that is kept; of a pass, whom the account names. What passed was signed by that person.
async fn identity(tx: &mut Tx, record: &Record) -> Result<Option<Identity>, StoreError> {
    if let Some(asked) = &record.asked {
        return Ok(Some(asked.identity.clone()));
    }
    if let Some(asked) = referrals::asked(tx, record.id).await? {
        return Ok(Some(asked.identity));
    }
    match (record.case.stage(), record.account) {
        (Stage::Passed { .. }, Some(account)) => {
            let account = accounts::by_id(tx, account).await?;
            Ok(account.map(|account| Identity {
                employer: account.employer,
                branch: account.branch,
                representative: account.representative,
            }))
        }
        (Stage::Passed { .. }, None)
        | (
            Stage::Issued { .. }
            | Stage::Expired { .. }
            | Stage::Referred { .. }
            | Stage::Declined { .. }
            | Stage::Ended { .. },
            _,
        ) => Ok(None),
    }
}

/// What a file is held against at `now`: a request that was issued, and who is to have signed it, where that is still known.
pub(super) async fn expectation(
    app: &App,
    request: &IssuedRequest,
    identity: Option<&Identity>,
    now: Timestamp,
) -> Result<Expectation, Failure> {
    let bytes = documents::read(app, request.document)
        .await
        .map_err(Failure::fault)?;
    Ok(Expectation {
        issued: Some(Issued {
            bytes,
            nonce: request.nonce,
            expires: request.expires,
            used: match request.used {
                Some(_) => Use::Used,
                None => Use::Fresh,
            },
        }),
        holder: identity.map(|identity| ExpectedHolder {
            representative: identity.representative.clone(),
            ruc: match identity.employer {
                EmployerIdentifier::Ruc(ruc) => Some(ruc),
                EmployerIdentifier::Household(_) => None,
            },
        }),
        now,
    })
}
