//! What is promised: never, always, in the end. And what must be possible, so that no promise is kept by doing nothing.

use crate::bounds::Bounds;
use crate::check::Recovery;
use crate::world::{Admission, Browser, Worker, World};
use shared::links::LinkState;
use shared::recovery::{Ending, Pending, Refusal, Stage, StageName};
use stateright::Property;

/// What must not happen, noted when it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Breach {
    /// A password of a case for which not everything was proved that it asks for.
    PasswordWithoutProof,
    /// A link was used up a second time.
    UsedTwice,
    /// A link was used that a newer one had replaced, or that had ended with its case.
    UsedAfterItsEnd,
    /// A link was used at its deadline or later, as reckoned from what the mail server and the person did.
    UsedTooLate,
    /// A case was completed with the link of another one.
    LinkOfOtherCase,
    /// What was proved in one case moved another.
    ProofOfOtherCase,
    /// More answers were told to be wrong than the policy allows.
    TooManyGuesses,
    /// A case that was over is not over any more.
    CameBack,
    /// Two mails with the same token.
    TokenMailedTwice,
    /// A message counts as sent that no mail server took, or was dropped while its case waits for it.
    MailLost,
    /// A password was written while the account was frozen.
    PasswordWhileFrozen,
    /// The index that allows one open link had to stop the server.
    IndexMet,
    /// A deed led nowhere: a run might never end.
    Circle,
}

/// Those that happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Breaches(u16);

impl Breaches {
    pub(crate) fn insert(&mut self, breach: Breach) {
        self.0 |= 1 << breach as u16;
    }

    pub(crate) const fn has(self, breach: Breach) -> bool {
        self.0 & (1 << breach as u16) != 0
    }
}

/// The names of everything that is promised, as the report prints them.
pub const PROMISES: [&str; 19] = [
    PROOF, ONCE, ENDED, LATE, OWN_LINK, OWN_PROOF, GUESSES, BACK, TOKEN, LOST, FROZEN, INDEX, CIRCLE,
    ONE_LINK, ONE_CASE, OUTLIVES, LEDGER, CASES_END, MAILS_END,
];

pub const PROOF: &str = "never a password without everything that its case asks for";
pub const ONCE: &str = "never a link used up twice";
pub const ENDED: &str = "never a link used after a newer one, or after its case";
pub const LATE: &str = "never a link used at its deadline or later";
pub const OWN_LINK: &str = "never a case completed with another's link";
pub const OWN_PROOF: &str = "never a case moved by another's proof";
pub const GUESSES: &str = "never more wrong answers than the policy allows";
pub const BACK: &str = "never back from the end";
pub const TOKEN: &str = "never two mails with the same token";
pub const LOST: &str = "never a mail that counts as sent and was not";
pub const FROZEN: &str = "never a password while the account is frozen";
pub const INDEX: &str = "never saved by the index alone";
pub const CIRCLE: &str = "always something spent: every run ends";
pub const ONE_LINK: &str = "always at most one open link, and that the newest";
pub const ONE_CASE: &str = "always at most one case with a link or waiting for one";
pub const OUTLIVES: &str = "always a case that waits behind a link that is good";
pub const LEDGER: &str = "always as many passwords as links used, sessions ended and mails about it";
pub const CASES_END: &str = "in the end every case is over, in writing";
pub const MAILS_END: &str = "in the end every mail is taken, refused or told to be late";

fn without(world: &World, breach: Breach) -> bool {
    !world.breaches.has(breach)
}

/// All of them.
pub(crate) fn properties(bounds: &Bounds) -> Vec<Property<Recovery>> {
    let mut properties = vec![
        Property::always(PROOF, |_, world: &World| {
            without(world, Breach::PasswordWithoutProof)
        }),
        Property::always(ONCE, |_, world: &World| without(world, Breach::UsedTwice)),
        Property::always(ENDED, |_, world: &World| without(world, Breach::UsedAfterItsEnd)),
        Property::always(LATE, |_, world: &World| without(world, Breach::UsedTooLate)),
        Property::always(OWN_LINK, |_, world: &World| {
            without(world, Breach::LinkOfOtherCase)
        }),
        Property::always(OWN_PROOF, |_, world: &World| {
            without(world, Breach::ProofOfOtherCase)
        }),
        Property::always(GUESSES, |_, world: &World| without(world, Breach::TooManyGuesses)),
        Property::always(BACK, |_, world: &World| without(world, Breach::CameBack)),
        Property::always(TOKEN, |_, world: &World| without(world, Breach::TokenMailedTwice)),
        Property::always(LOST, |_, world: &World| without(world, Breach::MailLost)),
        Property::always(FROZEN, |_, world: &World| {
            without(world, Breach::PasswordWhileFrozen)
        }),
        Property::always(INDEX, |_, world: &World| without(world, Breach::IndexMet)),
        Property::always(CIRCLE, |_, world: &World| without(world, Breach::Circle)),
        Property::always(ONE_LINK, |_, world: &World| {
            let newest = world.links.last().map(|row| row.link.id());
            let open = world.links.iter().find(|row| row.link.state() == LinkState::Open);
            world.open_links() <= 1 && open.is_none_or(|row| Some(row.link.id()) == newest)
        }),
        Property::always(ONE_CASE, |_, world: &World| {
            let busy = (0..world.cases.len()).filter(|case| holds(world.stage_now(*case)));
            busy.count() <= 1
        }),
        Property::always(OUTLIVES, |_, world: &World| {
            let mut good = world
                .links
                .iter()
                .filter(|row| row.link.present(world.now).is_ok());
            good.all(|row| holds(world.stage_now(row.case)))
        }),
        Property::always(LEDGER, |_, world: &World| {
            let account = world.account;
            [account.consumed, account.sessions_ended, account.told] == [account.passwords; 3]
        }),
        // Both are kept for ever once they are, so the states in which nothing is left to do tell all about them.
        Property::eventually(CASES_END, |_, world: &World| {
            world.left.cases == 0 && (0..world.cases.len()).all(|case| world.is_over_in_writing(case))
        }),
        Property::eventually(MAILS_END, |_, world: &World| {
            let done = world.outbox.iter().all(|message| message.end.is_some());
            let over = (0..world.cases.len()).all(|case| world.is_over_in_writing(case));
            world.left.cases == 0
                && over
                && done
                && world.workers.iter().all(|worker| *worker == Worker::Idle)
        }),
    ];
    properties.extend(possible(bounds));
    properties
}

/// What must be possible in a world with these bounds, so that no promise is kept by doing nothing.
#[expect(clippy::too_many_lines, reason = "a table, one possibility after the other")]
fn possible(bounds: &Bounds) -> Vec<Property<Recovery>> {
    let left = bounds.left;
    let competing = left.cases > 1 && left.right.max(left.proofs) > 1;
    let table: [(bool, Property<Recovery>); 16] = [
        (
            true,
            Property::sometimes(
                "a case ends because no mail server took its mail",
                |_, world: &World| ends(world, Ending::Undelivered),
            ),
        ),
        (
            true,
            Property::sometimes("a link expires", |_, world: &World| {
                ends(world, Ending::LinkExpired)
            }),
        ),
        (
            left.crashes > 0 || bounds.lanes > 1,
            Property::sometimes("a mail is sent a second time", |_, world: &World| {
                world.outbox.iter().any(|message| message.taken == 2)
            }),
        ),
        (
            left.passwords > 0,
            Property::sometimes("a password is set", |_, world: &World| {
                world.account.passwords > 0
            }),
        ),
        (
            left.passwords > 1 && competing,
            Property::sometimes("both cases set a password", |_, world: &World| {
                world.account.passwords == 2
            }),
        ),
        (
            left.passwords > 0,
            Property::sometimes(
                "the acceptance is written down after its link was used",
                |_, world: &World| {
                    world.workers.iter().any(|worker| match worker {
                        Worker::Answered { link: Some(link), .. } => {
                            world.link(*link).is_some_and(|row| row.used)
                        }
                        Worker::Answered { link: None, .. }
                        | Worker::Idle
                        | Worker::Taken { .. }
                        | Worker::Ready { .. } => false,
                    })
                },
            ),
        ),
        (
            left.passwords > 1,
            Property::sometimes(
                "a link is used while another submission of it is under way",
                |_, world: &World| hashing(world).any(|link| matches!(link, LinkState::Used { .. })),
            ),
        ),
        (
            left.passwords > 0 && competing,
            Property::sometimes(
                "a link is replaced while a submission of it is under way",
                |_, world: &World| hashing(world).any(|link| matches!(link, LinkState::Replaced { .. })),
            ),
        ),
        (
            competing,
            Property::sometimes("a newer case ends an older one", |_, world: &World| {
                ends(world, Ending::Superseded)
            }),
        ),
        (
            left.wrong >= bounds.terms.attempts,
            Property::sometimes(
                "a suspension meets answers that were counted before it",
                |_, world: &World| {
                    world.browsers.iter().any(|browser| {
                        let Browser::Judging { admission, .. } = browser else {
                            return false;
                        };
                        matches!(admission, Admission::Counted { answered: true, .. })
                    })
                },
            ),
        ),
        (
            bounds.step_up && left.assertions > 0,
            Property::sometimes("an assertion fails", |_, world: &World| {
                world.cases.iter().any(|entry| {
                    let stage = entry.case.stage();
                    matches!(stage, Stage::StepUp { failures, .. } if *failures > 0)
                })
            }),
        ),
        (
            left.freezes > 0,
            Property::sometimes(
                "whoever proves themselves while the account is frozen is refused",
                |_, world: &World| {
                    world.cases.iter().any(|entry| {
                        let stage = entry.case.stage();
                        matches!(stage, Stage::Refused { reason, .. } if *reason == Refusal::AccountFrozen)
                    })
                },
            ),
        ),
        (
            left.freezes > 0 && left.passwords > 0,
            Property::sometimes(
                "the account is frozen while a password is under way",
                |_, world: &World| world.account.frozen && hashing(world).next().is_some(),
            ),
        ),
        (
            left.rejections > 0,
            Property::sometimes("the mail server refuses", |_, world: &World| {
                ends(world, Ending::Rejected)
            }),
        ),
        (
            left.delays > 0,
            Property::sometimes("the mail server puts off", |_, world: &World| {
                world.cases.iter().any(|entry| {
                    let stage = entry.case.stage();
                    matches!(stage, Stage::Sending { pending, .. } if *pending == Pending::Delayed)
                })
            }),
        ),
        (
            bounds.opens_links() && left.clicks > 0,
            Property::sometimes(
                "a click opens a link before its acceptance is written down",
                |_, world: &World| {
                    let opened = |world: &World| {
                        let mut stages = world.cases.iter().map(|entry| entry.case.stage().name());
                        stages.any(|stage| stage == StageName::Redeemed)
                    };
                    opened(world)
                        && world
                            .workers
                            .iter()
                            .any(|worker| matches!(worker, Worker::Answered { .. }))
                },
            ),
        ),
    ];
    table
        .into_iter()
        .filter_map(|(applies, property)| applies.then_some(property))
        .collect()
}

/// The links whose passwords are being hashed, as they stand.
fn hashing(world: &World) -> impl Iterator<Item = LinkState> + '_ {
    world.browsers.iter().filter_map(|browser| match browser {
        Browser::Hashing { link, .. } => world.link(*link).map(|row| row.link.state()),
        Browser::Idle | Browser::Judging { .. } => None,
    })
}

fn holds(stage: StageName) -> bool {
    matches!(
        stage,
        StageName::Sending | StageName::LinkSent | StageName::Redeemed
    )
}

fn ends(world: &World, how: Ending) -> bool {
    world
        .cases
        .iter()
        .any(|entry| *entry.case.stage() == Stage::Ended { ending: how })
}
