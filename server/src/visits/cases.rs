//! The cases that somebody at a counter has: by their reference or their referral's number, and by who they are about.

use super::queue::masked;
use crate::app::App;
use crate::challenges::Identity;
use crate::challenges::finder::{self, By};
use crate::recovery::service as recovery;
use crate::signatures::service as signatures;
use crate::store::{StoreError, Tx};
use crate::unlock::service as unlock;
use shared::centres::Procedure;
use shared::identifiers::{CaseId, SignatureId, UnlockId};
use shared::time::Timestamp;
use shared::visits::SearchKey;
use shared::visits::api::{CaseNamed, CaseStanding, FoundCase, MOST_FOUND};
use std::time::Duration;

/// How long a case may stay open beyond the longest wait that there is, the one for an officer: the hold of a contact, and more.
const BEYOND: Duration = Duration::from_hours(30 * 24);

/// The cases of what somebody quotes that are not over.
pub(super) async fn find(
    app: &App,
    tx: &mut Tx,
    key: &SearchKey,
    now: Timestamp,
) -> Result<Vec<FoundCase>, StoreError> {
    let mut named: Vec<(Procedure, CaseId)> = Vec::new();
    let mut add = |cases: Vec<(Procedure, CaseId)>| {
        for case in cases {
            if !named.contains(&case) {
                named.push(case);
            }
        }
    };
    if let Some(reference) = &key.reference {
        let recoveries = recovery::by_reference(tx, reference, now).await?;
        add(recoveries
            .into_iter()
            .map(|id| (Procedure::Recovery, id))
            .collect());
        let unlocks = unlock::by_reference(tx, reference, now).await?;
        let unlocks = unlocks.into_iter().map(|id| CaseId::from_uuid(id.as_uuid()));
        add(unlocks.map(|id| (Procedure::Unlock, id)).collect());
    }
    if let Some(number) = &key.referral
        && let Some(referral) = signatures::referral(tx, number).await?
    {
        let case = CaseId::from_uuid(referral.case.as_uuid());
        add(vec![(Procedure::Signature, case)]);
    }
    let since = now.before(longest(app));
    if let Some(employer) = key.employer {
        add(finder::cases(app, tx, By::Employer(employer), since, MOST_FOUND).await?);
    }
    if let Some(representative) = &key.representative {
        let by = By::Representative(representative);
        add(finder::cases(app, tx, by, since, MOST_FOUND).await?);
    }
    let mut found = Vec::new();
    for (procedure, case) in named {
        if let Some(standing) = standing(app, tx, (procedure, case), now).await? {
            found.push(shown(procedure, case, standing));
        }
    }
    Ok(found)
}

/// For how long a case can be found: nothing is open any more that is older.
pub(super) fn longest(app: &App) -> Duration {
    app.policy.recovery.officer_wait() + BEYOND
}

/// Who began a case that waits for an officer; `None` where it does not, or no more.
pub(super) async fn awaiting(
    app: &App,
    tx: &mut Tx,
    named: CaseNamed,
    now: Timestamp,
) -> Result<Option<Identity>, StoreError> {
    let found = standing(app, tx, (named.procedure, named.case), now).await?;
    Ok(found
        .filter(|found| found.standing == CaseStanding::AwaitingOfficer)
        .and_then(|found| found.identity))
}

async fn standing(
    app: &App,
    tx: &mut Tx,
    (procedure, case): (Procedure, CaseId),
    now: Timestamp,
) -> Result<Option<finder::Found>, StoreError> {
    match procedure {
        Procedure::Recovery => recovery::at_desk(tx, case, now).await,
        Procedure::Unlock => unlock::at_desk(tx, UnlockId::from_uuid(case.as_uuid()), now).await,
        Procedure::Signature => {
            signatures::at_desk(app, tx, SignatureId::from_uuid(case.as_uuid()), now).await
        }
        // These have no case of their own: a contact is changed and a passkey offered at the counter, or by a signed request.
        Procedure::Contact | Procedure::Passkey => Ok(None),
    }
}

fn shown(procedure: Procedure, case: CaseId, found: finder::Found) -> FoundCase {
    let (employer, representative) = found.identity.as_ref().map(masked).unzip();
    FoundCase {
        procedure,
        case,
        quoted: found.quoted,
        employer,
        representative,
        standing: found.standing,
    }
}
