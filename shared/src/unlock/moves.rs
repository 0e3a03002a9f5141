//! What each move does: the stage it leads to, its audit event and its effects.

use super::{
    Choices, Destination, Effect, Proof, Refused, Stage, StageName, Standing, Step, UnlockCase, UnlockRefusal,
};
use crate::audit::{self, Actor};
use crate::identifiers::LinkId;
use crate::notifications::Channel;
use crate::passkeys::Purpose;
use crate::recovery::{Ending, Pending, Route};
use crate::time::{Deadline, Timestamp};

pub(super) fn refuse_passkey(case: &UnlockCase, refused: u8, deadline: Deadline) -> Step {
    let failures = refused.saturating_add(1);
    let stage = if failures < case.terms.attempts {
        Stage::Passkey {
            refused: failures,
            deadline,
        }
    } else {
        Stage::PasskeyRefused { deadline }
    };
    Step {
        case: UnlockCase {
            stage,
            ..case.clone()
        },
        actor: Actor::Visitor,
        event: audit::Event::AssertionFailed { failures },
        effects: Vec::new(),
    }
}

pub(super) fn choose(case: &UnlockCase, route: Route, at: Timestamp) -> Result<Step, Refused> {
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
        case: UnlockCase {
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
    case: &UnlockCase,
    proof: &Proof,
    standing: Standing,
    at: Timestamp,
) -> Result<Step, Refused> {
    // Each stage waits for one kind of evidence, and a passkey counts for what it was asserted for.
    let (awaited, route, actor) = match proof {
        Proof::Passkey(asserted) => match asserted.purpose() {
            Purpose::Unlock => (StageName::Passkey, Route::Online, Actor::Holder),
            Purpose::Enrolment | Purpose::Recovery => return Err(Refused::OtherRoute),
        },
        Proof::Signature(_) => (StageName::AwaitingSignature, Route::Signature, Actor::Holder),
        Proof::Officer(_) => (StageName::AwaitingOfficer, Route::Counter, Actor::Officer),
    };
    if case.stage.name() != awaited {
        return Err(Refused::OtherRoute);
    }
    let (stage, event) = match standing {
        Standing::Reachable { choices } => {
            let cap = case.terms.cap(at);
            let stage = Stage::Channel {
                choices,
                failed: None,
                deadline: case.terms.choose_end(cap),
                cap,
            };
            (stage, audit::Event::UnlockProved { route })
        }
        Standing::Barred { reason } => {
            let deadline = case.terms.lapse(at);
            (
                Stage::Refused { reason, deadline },
                audit::Event::UnlockRefused { reason },
            )
        }
    };
    Ok(Step {
        case: UnlockCase {
            stage,
            ..case.clone()
        },
        actor,
        event,
        effects: Vec::new(),
    })
}

/// The message is to be sent. Whatever else could still open the account ends here.
pub(super) fn send(
    case: &UnlockCase,
    choices: &Choices,
    channel: Channel,
    cap: Deadline,
) -> Result<Step, Refused> {
    let to = choices.get(channel).ok_or(Refused::ChannelClosed)?.clone();
    let stage = Stage::Sending {
        to,
        choices: choices.clone(),
        pending: Pending::Queued,
        link: None,
        cap,
    };
    Ok(Step {
        case: UnlockCase {
            stage,
            ..case.clone()
        },
        actor: Actor::Holder,
        event: audit::Event::ChannelChosen { channel },
        effects: vec![Effect::ReplaceLinks, Effect::QueueLink { channel }],
    })
}

/// Closed between the proof and the message: said in the same words as right after the proof.
pub(super) fn bar(case: &UnlockCase, link: Option<LinkId>, reason: UnlockRefusal, at: Timestamp) -> Step {
    let deadline = case.terms.lapse(at);
    Step {
        case: UnlockCase {
            stage: Stage::Refused { reason, deadline },
            ..case.clone()
        },
        actor: Actor::System,
        event: audit::Event::UnlockRefused { reason },
        effects: close(link),
    }
}

/// The contact takes no messages. Where there is another one and time to choose it, the person goes on with that.
pub(super) fn reject(
    case: &UnlockCase,
    to: &Destination,
    choices: &Choices,
    link: Option<LinkId>,
    cap: Deadline,
    at: Timestamp,
) -> Step {
    let deadline = case.terms.choose_end(cap);
    match choices.without(to.channel()) {
        Some(rest) if !deadline.has_passed(at) => Step {
            case: UnlockCase {
                stage: Stage::Channel {
                    choices: rest,
                    failed: Some(to.clone()),
                    deadline,
                    cap,
                },
                ..case.clone()
            },
            actor: Actor::System,
            event: audit::Event::LinkRejected,
            effects: close(link),
        },
        Some(_) | None => end(case, Actor::System, Ending::Rejected),
    }
}

pub(super) fn complete(
    case: &UnlockCase,
    link: LinkId,
    used: LinkId,
    at: Timestamp,
) -> Result<Step, Refused> {
    if link != used {
        return Err(Refused::OtherLink);
    }
    Ok(Step {
        case: UnlockCase {
            stage: Stage::Unblocked { at },
            ..case.clone()
        },
        actor: Actor::Holder,
        event: audit::Event::UnlockCompleted,
        effects: vec![
            Effect::ConsumeLink { link },
            Effect::Unblock,
            Effect::ForgetFailures,
            Effect::TellOwner,
        ],
    })
}

pub(super) fn end(case: &UnlockCase, actor: Actor, ending: Ending) -> Step {
    let link = match &case.stage {
        Stage::Sending { link, .. } => *link,
        Stage::LinkSent { link, .. } => Some(*link),
        Stage::Passkey { .. }
        | Stage::PasskeyRefused { .. }
        | Stage::AwaitingSignature { .. }
        | Stage::AwaitingOfficer { .. }
        | Stage::Refused { .. }
        | Stage::Channel { .. }
        | Stage::Unblocked { .. }
        | Stage::Ended { .. } => None,
    };
    Step {
        case: UnlockCase {
            stage: Stage::Ended { ending },
            ..case.clone()
        },
        actor,
        event: audit::Event::UnlockEnded { ending },
        effects: close(link),
    }
}

fn close(link: Option<LinkId>) -> Vec<Effect> {
    link.map(|_| Effect::CloseLinks).into_iter().collect()
}
