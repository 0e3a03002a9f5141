//! What each move does: the stage it leads to, its audit event and its effects.

use super::case::seconds;
use super::event::Standing;
use super::{Case, Effect, Ending, LinkId, Pending, Proof, Refusal, Refused, Route, Stage, Step, Terms};
use crate::audit::{self, Actor, Message};
use crate::identifiers::MaskedEmail;
use crate::policy::Window;
use crate::registries::Registry;
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
    let deadline = case.terms.lapse(at);
    let stage = match route {
        Route::Signature => Stage::AwaitingSignature { deadline },
        Route::Counter => Stage::AwaitingOfficer { deadline },
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

pub(super) fn prove(case: &Case, proof: &Proof, standing: Standing, at: Timestamp) -> Result<Step, Refused> {
    let (route, actor) = match proof {
        Proof::Answers(_) => (Route::Online, Actor::Holder),
        Proof::Signature(_) => (Route::Signature, Actor::Holder),
        Proof::Officer(_) => (Route::Counter, Actor::Officer),
    };
    if route != case.route {
        return Err(Refused::OtherRoute);
    }
    let mut effects = Vec::new();
    if route == Route::Online {
        effects.push(Effect::ReleaseAttempt);
    }
    let reachable = match (standing, route) {
        (Standing::Reachable { address }, Route::Online | Route::Signature | Route::Counter) => Ok(address),
        (Standing::Unreachable { reason }, Route::Online | Route::Signature | Route::Counter) => Err(reason),
        (Standing::Frozen { address }, Route::Counter) => address.ok_or(Refusal::NoEmail),
        (Standing::Frozen { .. }, Route::Online | Route::Signature) => Err(Refusal::AccountFrozen),
    };
    let (stage, event) = match reachable {
        Ok(address) => {
            effects.push(Effect::ReplaceLinks);
            effects.push(Effect::QueueMessage {
                message: Message::RecoveryLink,
            });
            let cap = Deadline::after(at, seconds(case.terms.cap_seconds));
            let stage = Stage::Sending {
                address,
                pending: Pending::Queued,
                link: None,
                cap,
            };
            (stage, audit::Event::IdentityProved { route })
        }
        Err(reason) => {
            let stage = Stage::Refused {
                reason,
                deadline: case.terms.lapse(at),
            };
            (stage, audit::Event::RecoveryRefused { reason })
        }
    };
    Ok(Step {
        case: Case {
            stage,
            ..case.clone()
        },
        actor,
        event,
        effects,
    })
}

/// Closed between the proof and the mail: said in the same words as right after the proof.
pub(super) fn bar(case: &Case, link: Option<LinkId>, reason: Refusal, at: Timestamp) -> Step {
    let deadline = case.terms.lapse(at);
    Step {
        case: Case {
            stage: Stage::Refused { reason, deadline },
            ..case.clone()
        },
        actor: Actor::System,
        event: audit::Event::RecoveryRefused { reason },
        effects: link.map(|_| Effect::CloseLinks).into_iter().collect(),
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
