//! The one `match` that says what may happen when, and what follows.

use super::moves::{bar, choose, complete, end, prove, refuse_passkey, reject, send};
use super::{Effect, Event, Stage, StageName, Step, Terms, UnlockCase};
use crate::audit::{self, Actor};
use crate::recovery::{CaseReference, Ending, Pending, Route};
use crate::time::Timestamp;

/// Why an event does not move a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The event belongs to another stage.
    #[error("the case is at another stage")]
    OtherStage {
        /// Where the case stands.
        at: StageName,
    },
    /// The stage's deadline has passed: only [`Event::TimePassed`] moves the case now.
    #[error("the stage's deadline has passed")]
    Overdue {
        /// How it ended.
        ending: Ending,
    },
    /// The deadline has not passed yet.
    #[error("the deadline has not passed")]
    NotDue,
    /// The link is not the newest one of this case.
    #[error("another link than the case's newest")]
    OtherLink,
    /// The route does not lead on from here.
    #[error("a route that does not lead on from here")]
    RouteClosed,
    /// The evidence belongs to another route, or to another purpose.
    #[error("evidence of another route")]
    OtherRoute,
    /// No contact of that channel is offered.
    #[error("a channel that is not offered")]
    ChannelClosed,
}

pub(super) fn open(reference: CaseReference, terms: Terms, at: Timestamp) -> Step {
    Step {
        case: UnlockCase {
            reference,
            route: Route::Online,
            terms,
            stage: Stage::Passkey {
                refused: 0,
                deadline: terms.lapse(at),
            },
        },
        actor: Actor::Visitor,
        event: audit::Event::UnlockOpened,
        effects: Vec::new(),
    }
}

pub(super) fn open_at_counter(reference: CaseReference, terms: Terms, at: Timestamp) -> Step {
    Step {
        case: UnlockCase {
            reference,
            route: Route::Counter,
            terms,
            stage: Stage::AwaitingOfficer {
                deadline: terms.officer_end(at),
            },
        },
        actor: Actor::Officer,
        event: audit::Event::UnlockOpened,
        effects: Vec::new(),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one match in which every pair of stage and event can be seen"
)]
pub(super) fn apply(case: &UnlockCase, event: Event, at: Timestamp) -> Result<Step, Refused> {
    use Event as E;
    use Stage as S;

    if let Some(ending) = case.stage.overdue(at) {
        return match event {
            E::TimePassed => Ok(end(case, Actor::System, ending)),
            E::PasskeyRefused
            | E::SignatureChosen
            | E::CounterChosen
            | E::Proved { .. }
            | E::ChannelChosen { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Confirmed { .. }
            | E::Superseded
            | E::Abandoned => Err(Refused::Overdue { ending }),
        };
    }
    let actor = event.actor();
    let terms = case.terms;
    let to = |stage, event, effects| {
        Ok(Step {
            case: UnlockCase {
                stage,
                ..case.clone()
            },
            actor,
            event,
            effects,
        })
    };

    match (&case.stage, event) {
        // Proving the identity.
        (S::Passkey { refused, deadline }, E::PasskeyRefused) => {
            Ok(refuse_passkey(case, *refused, *deadline))
        }
        (
            S::Passkey { .. } | S::PasskeyRefused { .. } | S::Refused { .. } | S::AwaitingOfficer { .. },
            E::SignatureChosen,
        ) => choose(case, Route::Signature, at),
        (
            S::Passkey { .. } | S::PasskeyRefused { .. } | S::Refused { .. } | S::AwaitingSignature { .. },
            E::CounterChosen,
        ) => choose(case, Route::Counter, at),
        (
            S::Passkey { .. } | S::AwaitingSignature { .. } | S::AwaitingOfficer { .. },
            E::Proved { proof, standing },
        ) => prove(case, &proof, standing, at),

        // Where the link goes.
        (S::Channel { choices, cap, .. }, E::ChannelChosen { channel }) => send(case, choices, channel, *cap),
        (S::Channel { .. }, E::Barred { reason }) => Ok(bar(case, None, reason, at)),

        // The link on its way.
        (
            S::Sending {
                to: destination,
                choices,
                pending,
                cap,
                ..
            },
            E::LinkMade { link },
        ) => to(
            S::Sending {
                to: destination.clone(),
                choices: choices.clone(),
                pending: *pending,
                link: Some(link),
                cap: *cap,
            },
            audit::Event::LinkMade,
            vec![
                Effect::ReplaceLinks,
                Effect::OpenLink {
                    link,
                    expires: terms.link_end(at, *cap),
                },
            ],
        ),
        (
            S::Sending {
                to: destination,
                choices,
                link,
                cap,
                ..
            },
            E::Delayed,
        ) => to(
            S::Sending {
                to: destination.clone(),
                choices: choices.clone(),
                pending: Pending::Delayed,
                link: *link,
                cap: *cap,
            },
            audit::Event::LinkDelayed,
            vec![],
        ),
        (S::Sending { link: made, .. }, E::Accepted { link }) if *made != Some(link) => {
            Err(Refused::OtherLink)
        }
        (
            S::Sending {
                to: destination, cap, ..
            },
            E::Accepted { link },
        ) => {
            let deadline = terms.link_end(at, *cap);
            to(
                S::LinkSent {
                    to: destination.clone(),
                    link,
                    deadline,
                },
                audit::Event::UnlockLinkAccepted { deadline },
                vec![Effect::StartClock { link, deadline }],
            )
        }
        (S::Sending { link, .. }, E::Barred { reason }) => Ok(bar(case, *link, reason, at)),
        (
            S::Sending {
                to: destination,
                choices,
                link,
                cap,
                ..
            },
            E::Rejected,
        ) => Ok(reject(case, destination, choices, *link, *cap, at)),

        // The link in the person's hands. It may be confirmed before we have noted that the message was accepted.
        (S::Sending { link: Some(link), .. } | S::LinkSent { link, .. }, E::Confirmed { consumed }) => {
            complete(case, *link, consumed.link(), at)
        }

        // The end.
        (S::Sending { .. } | S::LinkSent { .. }, E::Superseded) => Ok(end(case, actor, Ending::Superseded)),
        (
            S::Passkey { .. }
            | S::PasskeyRefused { .. }
            | S::AwaitingSignature { .. }
            | S::AwaitingOfficer { .. }
            | S::Refused { .. }
            | S::Channel { .. }
            | S::Sending { .. }
            | S::LinkSent { .. },
            E::Abandoned,
        ) => Ok(end(case, actor, Ending::Abandoned)),

        // What does not fit. Every pair is written out, so that a new stage or event has to be thought about.
        (
            S::Passkey { .. }
            | S::PasskeyRefused { .. }
            | S::AwaitingSignature { .. }
            | S::AwaitingOfficer { .. }
            | S::Refused { .. }
            | S::Channel { .. }
            | S::Sending { .. }
            | S::LinkSent { .. },
            E::TimePassed,
        ) => Err(Refused::NotDue),
        (
            S::Passkey { .. },
            E::ChannelChosen { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Confirmed { .. }
            | E::Superseded,
        )
        | (
            S::PasskeyRefused { .. } | S::Refused { .. },
            E::PasskeyRefused
            | E::Proved { .. }
            | E::ChannelChosen { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Confirmed { .. }
            | E::Superseded,
        )
        | (
            S::AwaitingSignature { .. },
            E::PasskeyRefused
            | E::SignatureChosen
            | E::ChannelChosen { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Confirmed { .. }
            | E::Superseded,
        )
        | (
            S::AwaitingOfficer { .. },
            E::PasskeyRefused
            | E::CounterChosen
            | E::ChannelChosen { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Confirmed { .. }
            | E::Superseded,
        )
        | (
            S::Channel { .. },
            E::PasskeyRefused
            | E::SignatureChosen
            | E::CounterChosen
            | E::Proved { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Confirmed { .. }
            | E::Superseded,
        )
        | (
            S::Sending { .. },
            E::PasskeyRefused
            | E::SignatureChosen
            | E::CounterChosen
            | E::Proved { .. }
            | E::ChannelChosen { .. },
        )
        | (S::Sending { link: None, .. }, E::Confirmed { .. })
        | (
            S::LinkSent { .. },
            E::PasskeyRefused
            | E::SignatureChosen
            | E::CounterChosen
            | E::Proved { .. }
            | E::ChannelChosen { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected,
        )
        | (
            S::Unblocked { .. } | S::Ended { .. },
            E::PasskeyRefused
            | E::SignatureChosen
            | E::CounterChosen
            | E::Proved { .. }
            | E::ChannelChosen { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Confirmed { .. }
            | E::Superseded
            | E::Abandoned
            | E::TimePassed,
        ) => Err(Refused::OtherStage {
            at: case.stage.name(),
        }),
    }
}
