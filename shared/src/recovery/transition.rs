//! The one `match` that says what may happen when, and what follows.

use super::case::seconds;
use super::event::Opening;
use super::moves::{bar, choose, complete, end, fail_assertion, pass, prove, questions, redeem, waiting};
use super::{Case, CaseReference, Effect, Ending, Event, Pending, Route, Stage, StageName, Step, Terms};
use crate::audit::{self, Actor, Message};
use crate::policy::Window;
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
    /// The policy asks for a click that opens the link first.
    #[error("the link was not opened")]
    NotRedeemed,
    /// The policy knows no opening: the link sets the password at once.
    #[error("the link needs no opening")]
    NothingToRedeem,
    /// As many assertions failed as are accepted: the other routes are left.
    #[error("no more assertions are accepted")]
    NoAssertionsLeft,
    /// The passkey was asserted for something else.
    #[error("an assertion for another purpose")]
    OtherPurpose,
    /// The route does not lead on from here.
    #[error("a route that does not lead on from here")]
    RouteClosed,
    /// The evidence belongs to another route.
    #[error("evidence of another route")]
    OtherRoute,
}

pub(super) fn open(opening: Opening, reference: CaseReference, terms: Terms, at: Timestamp) -> Step {
    let (route, stage) = match opening {
        Opening::Asked { failures } => (Route::Online, questions(failures, terms, at)),
        Opening::RegistryFailed { registry } => (Route::Online, waiting(registry, terms, at)),
        Opening::Signature => (
            Route::Signature,
            Stage::AwaitingSignature {
                deadline: terms.signature_end(at),
            },
        ),
        Opening::Counter => (
            Route::Counter,
            Stage::AwaitingOfficer {
                deadline: terms.officer_end(at),
            },
        ),
    };
    Step {
        case: Case {
            reference,
            route,
            terms,
            stage,
        },
        actor: Actor::Visitor,
        event: audit::Event::CaseOpened { route },
        effects: Vec::new(),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one match in which every pair of stage and event can be seen"
)]
pub(super) fn apply(case: &Case, event: Event, at: Timestamp) -> Result<Step, Refused> {
    use Event as E;
    use Stage as S;

    if let Some(ending) = case.stage.overdue(at) {
        return match event {
            E::TimePassed => Ok(end(case, Actor::System, ending)),
            E::Asked { .. }
            | E::RegistryFailed { .. }
            | E::AnswersFailed { .. }
            | E::SuspensionMet { .. }
            | E::SignatureChosen
            | E::CounterChosen
            | E::Proved { .. }
            | E::AssertionFailed
            | E::StepUpPassed { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Redeemed { .. }
            | E::PasswordSet { .. }
            | E::Superseded
            | E::Abandoned => Err(Refused::Overdue { ending }),
        };
    }
    let actor = event.actor();
    let terms = case.terms;
    let to = |stage, event, effects| {
        Ok(Step {
            case: Case {
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
        (S::WaitingForRegistry { .. }, E::Asked { failures }) => to(
            questions(failures, terms, at),
            audit::Event::QuestionsAsked,
            vec![],
        ),
        (S::Questions { .. } | S::WaitingForRegistry { .. }, E::RegistryFailed { registry }) => to(
            waiting(registry, terms, at),
            audit::Event::RegistryUnavailable { registry },
            vec![],
        ),
        (S::Questions { deadline, .. }, E::AnswersFailed { failures }) => {
            let event = audit::Event::AnswersFailed { failures };
            if failures < terms.attempts {
                return to(
                    S::Questions {
                        failures,
                        deadline: *deadline,
                    },
                    event,
                    vec![],
                );
            }
            let until = Deadline::after(at, seconds(terms.suspension_seconds));
            let tell = Effect::QueueMessage {
                message: Message::RecoverySuspended,
            };
            to(
                S::Suspended { until },
                event,
                vec![Effect::Suspend { until }, tell],
            )
        }
        (S::Questions { .. }, E::SuspensionMet { until }) => to(
            S::Suspended {
                until: Deadline::at(until),
            },
            audit::Event::AnswersNotJudged,
            vec![],
        ),
        (
            S::Questions { .. }
            | S::WaitingForRegistry { .. }
            | S::Suspended { .. }
            | S::Refused { .. }
            | S::StepUp { .. }
            | S::AwaitingOfficer { .. },
            E::SignatureChosen,
        ) => choose(case, Route::Signature, at),
        (
            S::Questions { .. }
            | S::WaitingForRegistry { .. }
            | S::Suspended { .. }
            | S::Refused { .. }
            | S::StepUp { .. }
            | S::AwaitingSignature { .. },
            E::CounterChosen,
        ) => choose(case, Route::Counter, at),
        (S::Questions { .. }, E::Proved { proof, standing }) => {
            prove(case, Route::Online, proof, standing, at)
        }
        (S::AwaitingSignature { .. }, E::Proved { proof, standing }) => {
            prove(case, Route::Signature, proof, standing, at)
        }
        (S::AwaitingOfficer { .. }, E::Proved { proof, standing }) => {
            prove(case, Route::Counter, proof, standing, at)
        }
        (
            S::StepUp {
                reasons,
                failures,
                deadline,
            },
            E::AssertionFailed,
        ) => fail_assertion(case, actor, reasons, *failures, *deadline),
        (S::StepUp { failures, .. }, E::StepUpPassed { asserted, standing }) => {
            pass(case, actor, &asserted, standing, *failures, at)
        }

        // The link on its way.
        (
            S::Sending {
                address,
                pending,
                cap,
                ..
            },
            E::LinkMade { link },
        ) => to(
            S::Sending {
                address: address.clone(),
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
                address, link, cap, ..
            },
            E::Delayed,
        ) => to(
            S::Sending {
                address: address.clone(),
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
        (S::Sending { address, cap, .. }, E::Accepted { link }) => {
            let deadline = terms.link_end(at, *cap);
            to(
                S::LinkSent {
                    address: address.clone(),
                    link,
                    deadline,
                    cap: *cap,
                },
                audit::Event::LinkAccepted { deadline },
                vec![Effect::StartClock { link, deadline }],
            )
        }
        (S::Sending { link, .. }, E::Barred { reason }) => Ok(bar(case, *link, reason, at)),
        (S::Sending { .. }, E::Rejected) => Ok(end(case, actor, Ending::Rejected)),

        // The link in the person's hands. It may be opened before we have noted that the mail server accepted it.
        (
            S::Sending {
                address,
                link: Some(link),
                cap,
                ..
            }
            | S::LinkSent {
                address, link, cap, ..
            }
            | S::Redeemed {
                address, link, cap, ..
            },
            E::Redeemed { presented },
        ) => redeem(case, address, *link, presented.link(), *cap, at),
        (S::Sending { link: Some(link), .. } | S::LinkSent { link, .. }, E::PasswordSet { consumed }) => {
            match terms.window {
                Window::Complete => complete(case, *link, consumed.link(), at),
                Window::Redeem => Err(Refused::NotRedeemed),
            }
        }
        (S::Redeemed { link, .. }, E::PasswordSet { consumed }) => complete(case, *link, consumed.link(), at),

        // The end.
        (S::Sending { .. } | S::LinkSent { .. } | S::Redeemed { .. }, E::Superseded) => {
            Ok(end(case, actor, Ending::Superseded))
        }
        (
            S::Questions { .. }
            | S::WaitingForRegistry { .. }
            | S::Suspended { .. }
            | S::AwaitingSignature { .. }
            | S::AwaitingOfficer { .. }
            | S::Refused { .. }
            | S::StepUp { .. }
            | S::Sending { .. }
            | S::LinkSent { .. }
            | S::Redeemed { .. },
            E::Abandoned,
        ) => Ok(end(case, actor, Ending::Abandoned)),

        // What does not fit. Every pair is written out, so that a new stage or event has to be thought about.
        (
            S::Questions { .. }
            | S::WaitingForRegistry { .. }
            | S::Suspended { .. }
            | S::AwaitingSignature { .. }
            | S::AwaitingOfficer { .. }
            | S::Refused { .. }
            | S::StepUp { .. }
            | S::Sending { .. }
            | S::LinkSent { .. }
            | S::Redeemed { .. },
            E::TimePassed,
        ) => Err(Refused::NotDue),
        (
            S::Questions { .. },
            E::Asked { .. }
            | E::AssertionFailed
            | E::StepUpPassed { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Redeemed { .. }
            | E::PasswordSet { .. }
            | E::Superseded,
        )
        | (
            S::WaitingForRegistry { .. },
            E::AnswersFailed { .. }
            | E::SuspensionMet { .. }
            | E::Proved { .. }
            | E::AssertionFailed
            | E::StepUpPassed { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Redeemed { .. }
            | E::PasswordSet { .. }
            | E::Superseded,
        )
        | (
            S::Suspended { .. } | S::Refused { .. },
            E::Asked { .. }
            | E::RegistryFailed { .. }
            | E::AnswersFailed { .. }
            | E::SuspensionMet { .. }
            | E::Proved { .. }
            | E::AssertionFailed
            | E::StepUpPassed { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Redeemed { .. }
            | E::PasswordSet { .. }
            | E::Superseded,
        )
        | (
            S::AwaitingSignature { .. },
            E::Asked { .. }
            | E::RegistryFailed { .. }
            | E::AnswersFailed { .. }
            | E::SuspensionMet { .. }
            | E::SignatureChosen
            | E::AssertionFailed
            | E::StepUpPassed { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Redeemed { .. }
            | E::PasswordSet { .. }
            | E::Superseded,
        )
        | (
            S::AwaitingOfficer { .. },
            E::Asked { .. }
            | E::RegistryFailed { .. }
            | E::AnswersFailed { .. }
            | E::SuspensionMet { .. }
            | E::CounterChosen
            | E::AssertionFailed
            | E::StepUpPassed { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Redeemed { .. }
            | E::PasswordSet { .. }
            | E::Superseded,
        )
        | (
            S::StepUp { .. },
            E::Asked { .. }
            | E::RegistryFailed { .. }
            | E::AnswersFailed { .. }
            | E::SuspensionMet { .. }
            | E::Proved { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Redeemed { .. }
            | E::PasswordSet { .. }
            | E::Superseded,
        )
        | (
            S::Sending { .. },
            E::Asked { .. }
            | E::RegistryFailed { .. }
            | E::AnswersFailed { .. }
            | E::SuspensionMet { .. }
            | E::SignatureChosen
            | E::CounterChosen
            | E::Proved { .. }
            | E::AssertionFailed
            | E::StepUpPassed { .. },
        )
        | (S::Sending { link: None, .. }, E::Redeemed { .. } | E::PasswordSet { .. })
        | (
            S::LinkSent { .. } | S::Redeemed { .. },
            E::Asked { .. }
            | E::RegistryFailed { .. }
            | E::AnswersFailed { .. }
            | E::SuspensionMet { .. }
            | E::SignatureChosen
            | E::CounterChosen
            | E::Proved { .. }
            | E::AssertionFailed
            | E::StepUpPassed { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected,
        )
        | (
            S::Completed { .. } | S::Ended { .. },
            E::Asked { .. }
            | E::RegistryFailed { .. }
            | E::AnswersFailed { .. }
            | E::SuspensionMet { .. }
            | E::SignatureChosen
            | E::CounterChosen
            | E::Proved { .. }
            | E::AssertionFailed
            | E::StepUpPassed { .. }
            | E::Barred { .. }
            | E::LinkMade { .. }
            | E::Delayed
            | E::Accepted { .. }
            | E::Rejected
            | E::Redeemed { .. }
            | E::PasswordSet { .. }
            | E::Superseded
            | E::Abandoned
            | E::TimePassed,
        ) => Err(Refused::OtherStage {
            at: case.stage.name(),
        }),
    }
}
