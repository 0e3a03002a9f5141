//! The one `match` that says what may happen when, and what follows.

use super::{
    Beginning, Brought, Effect, Event, Evidence, Outcome, PurposeName, ReferralNumber, Rejection,
    RequestNumber, SignatureCase, Stage, StageName, Standing, Step, Terms, Verdict,
};
use crate::audit::{self, Actor};
use crate::recovery::{CaseReference, Ending, OfficerApproval, ValidSignature};
use crate::time::{Deadline, Timestamp};

/// Why an event does not move a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The event belongs to another stage.
    #[error("the case is at another stage")]
    OtherStage {
        /// Where the case stands.
        at: StageName,
    },
    /// The case's deadline has passed: only [`Event::TimePassed`] moves it now.
    #[error("the case's deadline has passed")]
    Overdue {
        /// How it ended.
        ending: Ending,
    },
    /// The deadline has not passed yet.
    #[error("the deadline has not passed")]
    NotDue,
    /// The file was judged against another request than the one that is out.
    #[error("another request is out")]
    OtherRequest,
    /// As many files as are judged were taken in.
    #[error("no more files are judged")]
    NoUploadsLeft,
    /// No file was taken in that could be given back.
    #[error("no file to be given back")]
    NothingUploaded,
    /// As many requests were issued as can be counted.
    #[error("no more requests are issued")]
    NoRequestsLeft,
}

pub(super) fn open(
    beginning: Beginning<'_>,
    reference: CaseReference,
    purpose: PurposeName,
    terms: Terms,
    at: Timestamp,
) -> Step {
    let deadline = terms.lapse(beginning, at);
    let (request, expires) = (RequestNumber::FIRST, terms.expiry(at, deadline));
    Step {
        case: SignatureCase {
            reference,
            purpose,
            terms,
            stage: Stage::Issued {
                request,
                uploads: 0,
                expires,
                deadline,
            },
        },
        actor: Actor::Visitor,
        event: audit::Event::SignatureOpened { purpose },
        effects: vec![Effect::OpenRequest { request, expires }],
    }
}

pub(super) fn apply(case: &SignatureCase, event: Event, at: Timestamp) -> Result<Step, Refused> {
    use Event as E;
    use Stage as S;

    // What time has done needs not be written down before something else happens, unless it was the end.
    let actual = match (case.overdue(at), &event) {
        (Some(stage), E::TimePassed) => return Ok(pass_time(case, stage)),
        (Some(S::Ended { ending }), _) => return Err(Refused::Overdue { ending }),
        (Some(_) | None, _) => case.as_of(at),
    };
    let actor = event.actor();
    let elsewhere = Err(Refused::OtherStage {
        at: actual.stage.name(),
    });

    match (&actual.stage, event) {
        (S::Issued { uploads, .. }, E::Uploaded) => {
            if *uploads >= actual.terms.uploads {
                return Err(Refused::NoUploadsLeft);
            }
            let uploads = uploads.saturating_add(1);
            Ok(moved(
                &actual,
                with_uploads(&actual.stage, uploads),
                actor,
                audit::Event::SignatureUploaded { uploads },
            ))
        }
        (S::Issued { uploads, .. } | S::Expired { uploads, .. }, E::Returned) => {
            let uploads = uploads.checked_sub(1).ok_or(Refused::NothingUploaded)?;
            Ok(moved(
                &actual,
                with_uploads(&actual.stage, uploads),
                actor,
                audit::Event::SignatureReturned,
            ))
        }
        (
            S::Issued { request: out, .. },
            E::Judged {
                request,
                verdict,
                standing,
                number,
            },
        ) => {
            if *out != request {
                return Err(Refused::OtherRequest);
            }
            Ok(judge(&actual, request, &verdict, standing, number, at))
        }
        (
            S::Expired {
                request,
                uploads,
                deadline,
            },
            E::Renewed,
        ) => renew(&actual, *request, *uploads, *deadline, at),
        (S::Referred { .. }, E::Accepted { approval }) => Ok(accept(&actual, approval, at)),
        (S::Referred { .. }, E::Declined { because }) => Ok(decline(&actual, because, at)),
        (S::Issued { .. } | S::Expired { .. }, E::Outrun) => Ok(end(&actual, actor, Ending::Superseded)),
        (S::Issued { .. } | S::Expired { .. }, E::Abandoned) => Ok(end(&actual, actor, Ending::Abandoned)),

        // What does not fit. Every pair is written out, so that a new stage or event has to be thought about.
        (S::Issued { .. } | S::Expired { .. }, E::TimePassed) => Err(Refused::NotDue),
        (S::Issued { .. }, E::Accepted { .. } | E::Declined { .. } | E::Renewed)
        | (S::Expired { .. }, E::Uploaded | E::Judged { .. } | E::Accepted { .. } | E::Declined { .. })
        | (
            S::Referred { .. },
            E::Uploaded
            | E::Returned
            | E::Judged { .. }
            | E::Renewed
            | E::Outrun
            | E::Abandoned
            | E::TimePassed,
        )
        | (
            S::Passed { .. } | S::Declined { .. } | S::Ended { .. },
            E::Uploaded
            | E::Returned
            | E::Judged { .. }
            | E::Accepted { .. }
            | E::Declined { .. }
            | E::Renewed
            | E::Outrun
            | E::Abandoned
            | E::TimePassed,
        ) => elsewhere,
    }
}

fn moved(case: &SignatureCase, stage: Stage, actor: Actor, event: audit::Event) -> Step {
    Step {
        case: SignatureCase {
            stage,
            ..case.clone()
        },
        actor,
        event,
        effects: Vec::new(),
    }
}

fn with_uploads(stage: &Stage, count: u8) -> Stage {
    let mut stage = stage.clone();
    match &mut stage {
        Stage::Issued { uploads, .. } | Stage::Expired { uploads, .. } => *uploads = count,
        Stage::Referred { .. } | Stage::Passed { .. } | Stage::Declined { .. } | Stage::Ended { .. } => {}
    }
    stage
}

/// What a verdict leads to. A pass uses the request up, so that the same file passes once; evidence is kept of what somebody
/// will rely on or decide about, and of nothing else.
fn judge(
    case: &SignatureCase,
    request: RequestNumber,
    verdict: &Verdict,
    standing: Standing,
    number: ReferralNumber,
    at: Timestamp,
) -> Step {
    let event = audit::Event::SignatureJudged {
        outcome: verdict.outcome(),
        reasons: verdict.reasons(),
    };
    let Some(signature) = ValidSignature::by_verdict(verdict) else {
        return match verdict.outcome() {
            Outcome::Indeterminate => Step {
                effects: vec![
                    Effect::KeepEvidence,
                    Effect::QueueReferral {
                        number: number.clone(),
                    },
                ],
                ..moved(case, Stage::Referred { number, at }, Actor::Visitor, event)
            },
            Outcome::TotalFailed | Outcome::TotalPassed => {
                moved(case, case.stage.clone(), Actor::Visitor, event)
            }
        };
    };
    let evidence = Evidence::Signature(signature);
    let (brought, follows) = match standing {
        Standing::Open => follow(case.purpose, evidence),
        // A freeze is told in the words of the case that goes on; where there is none, here.
        Standing::Frozen => match case.purpose {
            PurposeName::Recovery | PurposeName::Unlock => follow(case.purpose, evidence),
            PurposeName::Email | PurposeName::Phone => (Brought::Nothing, None),
        },
    };
    let mut effects = vec![Effect::UseRequest { request }, Effect::KeepEvidence];
    effects.extend(follows);
    Step {
        effects,
        ..moved(case, Stage::Passed { at, brought }, Actor::Holder, event)
    }
}

/// What follows from a request that is good.
fn follow(purpose: PurposeName, evidence: Evidence) -> (Brought, Option<Effect>) {
    match purpose {
        PurposeName::Recovery => (Brought::Recovery, Some(Effect::ProveParent { evidence })),
        PurposeName::Unlock => (Brought::Unlock, Some(Effect::ProveParent { evidence })),
        PurposeName::Email | PurposeName::Phone => (Brought::Hold, Some(Effect::HoldContact { evidence })),
    }
}

/// As after a pass, on the officer's word. What the account allows was asked before: an officer is told that, and nothing is
/// decided.
fn accept(case: &SignatureCase, approval: OfficerApproval, at: Timestamp) -> Step {
    let (brought, follows) = follow(case.purpose, Evidence::Officer(approval));
    let mut effects = vec![Effect::CloseReferral { because: None }];
    effects.extend(follows);
    let stage = Stage::Passed { at, brought };
    Step {
        effects,
        ..moved(case, stage, Actor::Officer, audit::Event::ReferralAccepted)
    }
}

fn decline(case: &SignatureCase, because: Rejection, at: Timestamp) -> Step {
    let stage = Stage::Declined { at, because };
    Step {
        effects: vec![Effect::CloseReferral {
            because: Some(because),
        }],
        ..moved(
            case,
            stage,
            Actor::Officer,
            audit::Event::ReferralDeclined { because },
        )
    }
}

fn renew(
    case: &SignatureCase,
    request: RequestNumber,
    uploads: u8,
    deadline: Deadline,
    at: Timestamp,
) -> Result<Step, Refused> {
    let request = request.next().ok_or(Refused::NoRequestsLeft)?;
    let expires = case.terms.expiry(at, deadline);
    let stage = Stage::Issued {
        request,
        uploads,
        expires,
        deadline,
    };
    Ok(Step {
        effects: vec![Effect::OpenRequest { request, expires }],
        ..moved(case, stage, Actor::Visitor, audit::Event::SignatureRenewed)
    })
}

fn end(case: &SignatureCase, actor: Actor, ending: Ending) -> Step {
    let stage = Stage::Ended { ending };
    moved(case, stage, actor, audit::Event::SignatureEnded { ending })
}

fn pass_time(case: &SignatureCase, stage: Stage) -> Step {
    let event = match &stage {
        Stage::Ended { ending } => audit::Event::SignatureEnded { ending: *ending },
        Stage::Issued { .. }
        | Stage::Expired { .. }
        | Stage::Referred { .. }
        | Stage::Passed { .. }
        | Stage::Declined { .. } => audit::Event::RequestExpired,
    };
    moved(case, stage, Actor::System, event)
}
