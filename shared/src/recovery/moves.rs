//! What each move does: the stage it leads to, its audit event and its effects.

use super::case::seconds;
use super::event::Standing;
use super::{Case, Effect, Ending, LinkId, Pending, Proof, Refusal, Refused, Route, Stage, Step, Terms};
use crate::audit::{self, Actor, Message};
use crate::identifiers::MaskedEmail;
use crate::passkeys::{PasskeyAsserted, Purpose};
use crate::policy::Window;
use crate::registries::Registry;
use crate::step_up::Reason;
use crate::time::{Deadline, Timestamp};

pub(super) fn questions(failures: u8, terms: Terms, at: Timestamp) -> Stage {
    Stage::Questions {
        failures,
        deadline: terms.lapse(at),
    }
}

/// The advice is to wait; the case outlives the wait by its usual time.
pub(super) fn waiting(registry: Registry, terms: Terms, at: Timestamp) -> Stage {
    let retry_at = at.after(seconds(terms.registry_retry_seconds));
    Stage::WaitingForRegistry {
        registry,
        retry_at,
        deadline: terms.lapse(retry_at),
    }
}

pub(super) fn choose(case: &Case, route: Route, at: Timestamp) -> Result<Step, Refused> {
    if !case.stage.routes().contains(&route) {
        return Err(Refused::RouteClosed);
    }
    let stage = match route {
        Route::Signature => Stage::AwaitingSignature {
            deadline: case.terms.signature_end(at),
        },
        Route::Counter => Stage::AwaitingOfficer {
            deadline: case.terms.officer_end(at),
        },
        Route::Online => return Err(Refused::OtherRoute),
    };
    Ok(Step {
        case: Case {
            route,
            stage,
            ..case.clone()
        },
        actor: Actor::Visitor,
        event: audit::Event::RouteChosen { route },
        effects: Vec::new(),
    })
}

pub(super) fn prove(
    case: &Case,
    awaited: Route,
    proof: Proof,
    standing: Standing,
    at: Timestamp,
) -> Result<Step, Refused> {
    let (route, actor, reasons) = match proof {
        Proof::Answers { reasons, .. } => (Route::Online, Actor::Holder, reasons),
        Proof::Signature(_) => (Route::Signature, Actor::Holder, Vec::new()),
        Proof::Officer(_) => (Route::Counter, Actor::Officer, Vec::new()),
    };
    if route != awaited || route != case.route {
        return Err(Refused::OtherRoute);
    }
    let mut step = match standing.way() {
        Err(reason) => refuse(case, actor, reason, at),
        Ok(_) if !reasons.is_empty() => demand(case, actor, reasons, at),
        Ok(address) => send(case, actor, address, audit::Event::IdentityProved { route }, at),
    };
    if route == Route::Online {
        step.effects.insert(0, Effect::ReleaseAttempt);
    }
    Ok(step)
}

/// What came instead of an assertion. After the last one that is accepted, the other routes are what is left.
pub(super) fn fail_assertion(
    case: &Case,
    actor: Actor,
    reasons: &[Reason],
    failures: u8,
    deadline: Deadline,
) -> Result<Step, Refused> {
    if failures >= case.terms.assertions {
        return Err(Refused::NoAssertionsLeft);
    }
    let failures = failures.saturating_add(1);
    Ok(Step {
        case: Case {
            stage: Stage::StepUp {
                reasons: reasons.to_vec(),
                failures,
                deadline,
            },
            ..case.clone()
        },
        actor,
        event: audit::Event::AssertionFailed { failures },
        effects: Vec::new(),
    })
}

/// Enough was proved, so the account's standing is asked again: minutes may have gone by since the answers.
pub(super) fn pass(
    case: &Case,
    actor: Actor,
    asserted: &PasskeyAsserted,
    standing: Standing,
    failures: u8,
    at: Timestamp,
) -> Result<Step, Refused> {
    match asserted.purpose() {
        Purpose::Recovery => {}
        Purpose::Enrolment | Purpose::Unlock => return Err(Refused::OtherPurpose),
    }
    if failures >= case.terms.assertions {
        return Err(Refused::NoAssertionsLeft);
    }
    Ok(match standing.way() {
        Err(reason) => refuse(case, actor, reason, at),
        Ok(address) => send(case, actor, address, audit::Event::StepUpPassed, at),
    })
}

/// The answers are right, and the policy asks for more.
fn demand(case: &Case, actor: Actor, reasons: Vec<Reason>, at: Timestamp) -> Step {
    Step {
        case: Case {
            stage: Stage::StepUp {
                reasons: reasons.clone(),
                failures: 0,
                deadline: case.terms.lapse(at),
            },
            ..case.clone()
        },
        actor,
        event: audit::Event::StepUpDemanded { reasons },
        effects: Vec::new(),
    }
}

fn send(case: &Case, actor: Actor, address: MaskedEmail, event: audit::Event, at: Timestamp) -> Step {
    let cap = Deadline::after(at, seconds(case.terms.cap_seconds));
    Step {
        case: Case {
            stage: Stage::Sending {
                address,
                pending: Pending::Queued,
                link: None,
                cap,
            },
            ..case.clone()
        },
        actor,
        event,
        effects: vec![
            Effect::ReplaceLinks,
            Effect::QueueMessage {
                message: Message::RecoveryLink,
            },
        ],
    }
}

fn refuse(case: &Case, actor: Actor, reason: Refusal, at: Timestamp) -> Step {
    let deadline = case.terms.lapse(at);
    Step {
        case: Case {
            stage: Stage::Refused { reason, deadline },
            ..case.clone()
        },
        actor,
        event: audit::Event::RecoveryRefused { reason },
        effects: Vec::new(),
    }
}

impl Standing {
    /// Where a link may be sent, or why none may: the same on every route. An officer lifts a freeze or a block first, as an
    /// act of its own (ADR 125).
    fn way(self) -> Result<MaskedEmail, Refusal> {
        match self {
            Self::Reachable { address } => Ok(address),
            Self::Unreachable { reason } => Err(reason),
        }
    }
}

/// Closed between the proof and the mail: said in the same words as right after the proof.
pub(super) fn bar(case: &Case, link: Option<LinkId>, reason: Refusal, at: Timestamp) -> Step {
    Step {
        effects: link.map(|_| Effect::CloseLinks).into_iter().collect(),
        ..refuse(case, Actor::System, reason, at)
    }
}

pub(super) fn redeem(
    case: &Case,
    address: &MaskedEmail,
    link: LinkId,
    shown: LinkId,
    cap: Deadline,
    at: Timestamp,
) -> Result<Step, Refused> {
    match case.terms.window {
        Window::Complete => return Err(Refused::NothingToRedeem),
        Window::Redeem if shown != link => return Err(Refused::OtherLink),
        Window::Redeem => {}
    }
    // Opening it again asks for more time; the cap from the proof stays.
    let deadline = case.terms.redeem_end(at, cap);
    let stage = Stage::Redeemed {
        address: address.clone(),
        link,
        deadline,
        cap,
    };
    Ok(Step {
        case: Case {
            stage,
            ..case.clone()
        },
        actor: Actor::Holder,
        event: audit::Event::LinkRedeemed { deadline },
        effects: vec![Effect::StartClock { link, deadline }],
    })
}

pub(super) fn complete(case: &Case, link: LinkId, used: LinkId, at: Timestamp) -> Result<Step, Refused> {
    if link != used {
        return Err(Refused::OtherLink);
    }
    Ok(Step {
        case: Case {
            stage: Stage::Completed { at },
            ..case.clone()
        },
        actor: Actor::Holder,
        event: audit::Event::CaseCompleted,
        effects: vec![
            Effect::ConsumeLink { link },
            Effect::WritePassword,
            Effect::EndSessions,
            Effect::QueueMessage {
                message: Message::PasswordChanged,
            },
        ],
    })
}

pub(super) fn end(case: &Case, actor: Actor, ending: Ending) -> Step {
    let has_link = match &case.stage {
        Stage::Sending { link, .. } => link.is_some(),
        Stage::LinkSent { .. } | Stage::Redeemed { .. } => true,
        Stage::Questions { .. }
        | Stage::WaitingForRegistry { .. }
        | Stage::Suspended { .. }
        | Stage::AwaitingSignature { .. }
        | Stage::AwaitingOfficer { .. }
        | Stage::Refused { .. }
        | Stage::StepUp { .. }
        | Stage::Completed { .. }
        | Stage::Ended { .. } => false,
    };
    Step {
        case: Case {
            stage: Stage::Ended { ending },
            ..case.clone()
        },
        actor,
        event: audit::Event::CaseEnded { ending },
        effects: if has_link {
            vec![Effect::CloseLinks]
        } else {
            Vec::new()
        },
    }
}
