//! How large the world is: the numbers of the policy, and how often each thing may happen.

use core::time::Duration;
use shared::policy::{Policy, Profile, Window};
use shared::recovery::Terms;

/// The least time that passes, and the grain of every deadline here. Every instant is a whole number of ticks from the start,
/// so something happens one tick before each deadline, at it, and after it.
pub const TICK: Duration = Duration::from_mins(1);

/// How long a worker may keep a message: as the server's.
pub const LEASE: Duration = Duration::from_mins(1);

/// How long a submission that holds the last slot is waited for: as the server's.
pub const JUDGING: Duration = Duration::from_mins(2);

/// How long news to the owner is tried. A day on the server; the worker does with it what it does with any message.
pub const NEWS: Duration = Duration::from_mins(2);

/// How often each thing may happen, altogether. What is not listed costs nothing of its own: the clock, the worker's way
/// through a message, the end of what was begun, and the job that lapses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// For the report.
    pub name: &'static str,
    /// Under which numbers cases begin.
    pub terms: Terms,
    /// How a case begins.
    pub opening: Way,
    /// Whether right answers may be not enough.
    pub step_up: bool,
    /// Whether the owner is told of what happened, by the same workers.
    pub news: bool,
    /// How many lanes the mail worker has, up to two.
    pub lanes: usize,
    /// What is left of each at the start.
    pub left: Left,
}

/// How a case begins in this world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With questions.
    Questions,
    /// With a request to be signed, as under the profile `standards`.
    Signature,
}

/// How often each thing may still happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Left {
    /// Cases of the account that are opened.
    pub cases: u8,
    /// Answers that are sent and wrong.
    pub wrong: u8,
    /// Answers that are sent and right.
    pub right: u8,
    /// Assertions of a passkey.
    pub assertions: u8,
    /// Times that the person goes on by another route.
    pub routes: u8,
    /// Proofs by a signature or an officer.
    pub proofs: u8,
    /// Times that a registry does not answer.
    pub outages: u8,
    /// Times that the mail server puts a message off.
    pub delays: u8,
    /// Times that it refuses one for good.
    pub rejections: u8,
    /// Times that a worker, or the node that judges answers, dies.
    pub crashes: u8,
    /// Times that a link is opened by a click.
    pub clicks: u8,
    /// New passwords that are sent.
    pub passwords: u8,
    /// Times that the person ends the case.
    pub abandonments: u8,
    /// Times that the owner says "no fui yo".
    pub freezes: u8,
    /// Times that an officer lifts that.
    pub thaws: u8,
}

impl Left {
    /// All of it together.
    pub(crate) fn sum(self) -> u32 {
        let Self {
            cases,
            wrong,
            right,
            assertions,
            routes,
            proofs,
            outages,
            delays,
            rejections,
            crashes,
            clicks,
            passwords,
            abandonments,
            freezes,
            thaws,
        } = self;
        [
            cases,
            wrong,
            right,
            assertions,
            routes,
            proofs,
            outages,
            delays,
            rejections,
            crashes,
            clicks,
            passwords,
            abandonments,
            freezes,
            thaws,
        ]
        .into_iter()
        .map(u32::from)
        .sum()
    }
}

/// Numbers that an operator may set, near the least, so that the time that passes is a handful of ticks: a link of two, the cap
/// of three, a case of five. A suspension is shorter than any operator may make it, so that it ends here too.
fn terms(profile: Profile) -> Terms {
    let mut policy = Policy::of(profile);
    policy.link.seconds = 120;
    policy.link.redeem_seconds = 120;
    policy.link.cap_seconds = 180;
    policy.recovery.case_seconds = 300;
    policy.challenges.attempts = 2;
    policy.step_up.assertions = 2;
    Terms {
        signature_seconds: 120,
        officer_seconds: 120,
        suspension_seconds: 120,
        registry_retry_seconds: 60,
        ..Terms::of(&policy)
    }
}

impl Bounds {
    /// Two cases of one account, two browsers, two workers of which one may die: the link and what becomes of it. What proves a
    /// case is one deed here.
    pub fn links() -> Self {
        Self {
            name: "links",
            terms: terms(Profile::Y2026),
            opening: Way::Signature,
            step_up: false,
            news: false,
            lanes: 2,
            left: Left {
                cases: 2,
                proofs: 2,
                crashes: 1,
                passwords: 2,
                ..Left::default()
            },
        }
    }

    /// The questions: wrong answers in two browsers at once, a node that dies while it judges, step-up, suspension.
    pub fn proofs() -> Self {
        Self {
            name: "proofs",
            terms: terms(Profile::Y2026),
            opening: Way::Questions,
            step_up: true,
            news: false,
            lanes: 1,
            left: Left {
                cases: 2,
                wrong: 3,
                right: 1,
                assertions: 1,
                ..Left::default()
            },
        }
    }

    /// The profile `standards`: a signature or an officer proves, and a click opens the link before it sets a password.
    pub fn opened() -> Self {
        Self {
            name: "opened",
            terms: terms(Profile::Standards),
            opening: Way::Signature,
            step_up: false,
            news: false,
            lanes: 2,
            left: Left {
                cases: 2,
                proofs: 2,
                crashes: 1,
                clicks: 2,
                passwords: 1,
                ..Left::default()
            },
        }
    }

    /// "No fui yo" at any moment, and an officer who lifts it; the mail server puts off and refuses; the owner is told.
    pub fn frozen() -> Self {
        Self {
            name: "frozen",
            terms: terms(Profile::Y2026),
            opening: Way::Questions,
            step_up: false,
            news: true,
            lanes: 2,
            left: Left {
                cases: 1,
                right: 1,
                delays: 1,
                rejections: 1,
                crashes: 1,
                passwords: 2,
                freezes: 1,
                thaws: 1,
                ..Left::default()
            },
        }
    }

    /// What every test run explores: half a minute.
    pub fn short() -> [Self; 4] {
        [Self::links(), Self::proofs(), Self::opened(), Self::frozen()]
    }

    /// The same with more of everything: `cargo xtask model`.
    pub fn long() -> [Self; 5] {
        let wider = |bounds: Self, name, more: fn(&mut Left)| {
            let mut wide = Self { name, ..bounds };
            more(&mut wide.left);
            wide
        };
        let mut links = wider(Self::links(), "links, wide", |left| {
            left.right = 2;
            left.proofs = 0;
        });
        links.opening = Way::Questions;
        [
            links,
            wider(Self::proofs(), "proofs, wide", |left| {
                left.assertions = 2;
                left.crashes = 1;
                left.passwords = 1;
            }),
            wider(Self::opened(), "opened, wide", |left| left.routes = 1),
            wider(Self::frozen(), "frozen, wide", |left| {
                left.routes = 1;
                left.proofs = 1;
                left.abandonments = 1;
            }),
            wider(Self::links(), "links, two deaths", |left| {
                left.crashes = 2;
                left.delays = 1;
            }),
        ]
    }

    /// Whether an opened link is needed to set a password.
    pub(crate) fn opens_links(&self) -> bool {
        match self.terms.window {
            Window::Complete => false,
            Window::Redeem => true,
        }
    }
}
