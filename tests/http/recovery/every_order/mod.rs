//! Every order of calls of one recovery, on the real router: whatever is called, in whatever order and however often, a password is written
//! only by a call that brings one, with an open link of a case that was proved before.
//!
//! Words: a *call* is what a browser sends; an *order* is a sequence of them. Mails are sent by a worker, which may come between any two calls and
//! counts for none.
//!
//! The walk tries every call at every place, takes back what it wrote ([`Undo`]), and goes on behind every call that changed something. Behind one that
//! changed nothing (no row but the counters of requests, no cookie, no mail) everything is as before it, and what follows is tried there: so
//! each order of at most so many calls is tried, or one that differs from it only by calls that did nothing. The clock stands still; what
//! time does to an order is `model/`'s.

mod judge;

use super::people::*;
use judge::{Breach, Rows, Told, judge};
use server::recovery::COOKIE;
use shared::accounts::api::{Freeze, FreezeToken};
use shared::api::Problem;
use shared::captcha::Solution;
use shared::challenges::Question;
use shared::policy::Window;
use shared::recovery::Route;
use shared::recovery::api::{
    Abandon, ChooseRoute, Empty, Identify, LinkToken, RedeemLink, Resume, RouteChoice, StageView,
};
use shared::secrets::Secret;
use std::collections::BTreeSet;
use std::pin::Pin;
use tests::undo::{Mark, Undo};
use tests::{Browser, Engine, World};

/// What a browser sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Identifies the employer with a solved captcha: a new case.
    Identify,
    /// The same without a solution.
    IdentifyUnsolved,
    AnswerRight,
    AnswerWrong,
    Resume,
    ChooseCounter,
    Abandon,
    /// Looks at the newest link.
    Inspect,
    /// Opens the newest link by a click.
    Redeem,
    /// Sends a password with the newest link.
    Reset,
    /// Sends one with the oldest, where there are several.
    ResetOldest,
    /// Sends one with a link that nobody made.
    ResetForged,
    /// Sends one with the link that freezes.
    ResetByFreeze,
    Freeze,
    /// The worker comes by. No call.
    Deliver,
}

impl Call {
    const ALL: [Self; 15] = [
        Self::Identify,
        Self::IdentifyUnsolved,
        Self::AnswerRight,
        Self::AnswerWrong,
        Self::Resume,
        Self::ChooseCounter,
        Self::Abandon,
        Self::Inspect,
        Self::Redeem,
        Self::Reset,
        Self::ResetOldest,
        Self::ResetForged,
        Self::ResetByFreeze,
        Self::Freeze,
        Self::Deliver,
    ];

    /// How many kinds of calls there are; the worker is none.
    const KINDS: u64 = 14;

    const fn brings_a_password(self) -> bool {
        match self {
            Self::Reset | Self::ResetOldest | Self::ResetForged | Self::ResetByFreeze => true,
            Self::Identify
            | Self::IdentifyUnsolved
            | Self::AnswerRight
            | Self::AnswerWrong
            | Self::Resume
            | Self::ChooseCounter
            | Self::Abandon
            | Self::Inspect
            | Self::Redeem
            | Self::Freeze
            | Self::Deliver => false,
        }
    }
}

/// A breach that a test makes by itself, to see whether it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Planted {
    Nothing,
    /// Looking at a link writes a password.
    PasswordAtALook,
    /// The link that set a password stays open.
    LinkStaysOpen,
    /// Wrong answers are taken for right ones.
    WrongIsRight,
    /// A link is used up by a look.
    LookUsesUp,
    /// A password is kept in the history that never was the account's.
    History,
}

/// What the people of an order hold.
#[derive(Clone)]
struct Hands {
    browser: Browser,
    questions: Vec<Question>,
    case: Option<Vec<u8>>,
    /// The cases whose questions were answered right.
    answered: BTreeSet<Vec<u8>>,
    /// The oldest first.
    links: Vec<LinkToken>,
    freezes: Vec<FreezeToken>,
}

/// What a walk came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    /// Calls that were made.
    calls: u64,
    /// Places from which each was made.
    places: u64,
    /// Passwords that were set, each as it should be.
    set: u64,
}

struct Walk {
    world: World,
    undo: Undo,
    planted: Planted,
    count: Count,
    path: Vec<Call>,
    /// The tokens of all mails so far.
    seen: BTreeSet<String>,
    /// The shortest way to a password; of several, the one that was found first.
    shortest: Vec<Call>,
    breach: Option<(Vec<Call>, Breach)>,
}

fn made_up() -> LinkToken {
    LinkToken {
        token: Secret::new("A".repeat(43)),
    }
}

/// What stands behind `page#` in the mails that were not seen yet, the oldest first. Mails are told apart by their token: a message that is
/// sent again after it was taken back has the same number, and another token.
fn tokens_behind(world: &World, page: &str, seen: &mut BTreeSet<String>) -> Vec<Secret<String>> {
    let mut fresh = Vec::new();
    for mail in world.mails() {
        let token = mail
            .text
            .split_once(page)
            .and_then(|(_, rest)| rest.split_whitespace().next());
        if let Some(token) = token
            && seen.insert(token.to_owned())
        {
            fresh.push(Secret::from(token));
        }
    }
    fresh.reverse();
    fresh
}

impl Walk {
    async fn new(window: Window, planted: Planted) -> Self {
        let world = with_window(Engine::Sqlite, window).await;
        COMPANY.settle(&world, Condition::Good).await;
        let undo = Undo::begin(&world.app.store).await;
        Self {
            world,
            undo,
            planted,
            count: Count::default(),
            path: Vec::new(),
            seen: BTreeSet::new(),
            shortest: Vec::new(),
            breach: None,
        }
    }

    /// Tries every order of at most `length` calls; every row is as before when it is done.
    async fn go(&mut self, length: u32) -> Count {
        let before = self.world.everything().await;
        let hands = Hands {
            browser: self.world.browser(),
            questions: Vec::new(),
            case: None,
            answered: BTreeSet::new(),
            links: Vec::new(),
            freezes: Vec::new(),
        };
        self.behind(&hands, length).await;
        if self.breach.is_none() {
            assert!(
                self.world.everything().await == before,
                "everything was taken back"
            );
        }
        self.count
    }

    fn behind<'a>(&'a mut self, hands: &'a Hands, left: u32) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
        Box::pin(async move {
            self.count.places += 1;
            let before = Rows::read(&self.world.app.store).await;
            for call in Call::ALL {
                let mark = self.undo.mark().await;
                let mut next = hands.clone();
                self.path.push(call);
                let told = self.make(call, &mut next, mark).await;
                self.judge(call, told, &before, &mut next).await;
                if self.breach.is_some() {
                    return;
                }
                let left = if call == Call::Deliver { left } else { left - 1 };
                if left > 0 && self.changed(hands, &next, mark).await {
                    self.behind(&next, left).await;
                    if self.breach.is_some() {
                        return;
                    }
                }
                self.path.pop();
                self.undo.back_to(mark).await;
            }
        })
    }

    async fn judge(&mut self, call: Call, told: Told, before: &Rows, next: &mut Hands) {
        let after = Rows::read(&self.world.app.store).await;
        if call == Call::Identify && told == Told::Done {
            next.case = after.cases.difference(&before.cases).next().cloned();
        }
        if call == Call::AnswerRight && told == Told::Done {
            next.answered.extend(next.case.clone());
        }
        let now = self.world.now().as_micros();
        let verdict = judge(call, told, [before, &after], &next.answered, now);
        if let Some(breach) = verdict {
            self.breach = Some((self.path.clone(), breach));
        } else if told == Told::Done && call.brings_a_password() {
            self.count.set += 1;
            if self.shortest.is_empty() || self.shortest.len() > self.path.len() {
                self.shortest.clone_from(&self.path);
            }
        }
    }

    /// Whether anything is another than before the call: a row, a cookie, a mail.
    async fn changed(&self, before: &Hands, after: &Hands, mark: Mark) -> bool {
        let rows = self.undo.changed(mark).await;
        rows.iter().any(|table| table != "rate_limits")
            || before.browser.cookie(COOKIE) != after.browser.cookie(COOKIE)
            || (before.links.len(), before.freezes.len()) != (after.links.len(), after.freezes.len())
    }

    /// Makes the call, and says what it was told.
    async fn make(&mut self, call: Call, hands: &mut Hands, mark: Mark) -> Told {
        if call != Call::Deliver {
            self.count.calls += 1;
        }
        let newest = hands.links.last().cloned().unwrap_or_else(made_up);
        let browser = &mut hands.browser;
        let done = match call {
            Call::Identify => {
                let opened = COMPANY.identify(browser).await;
                if let Ok(case) = &opened
                    && let StageView::Questions { questions, .. } = &case.stage
                {
                    hands.questions.clone_from(questions);
                }
                opened.map(drop)
            }
            Call::IdentifyUnsolved => {
                let unsolved = Solution {
                    challenge: "x".to_owned(),
                    nonces: vec![1],
                };
                let asked = COMPANY.identification(unsolved);
                browser.call::<Identify>(&asked).await.map(drop)
            }
            Call::AnswerRight => answer(browser, &right(&hands.questions)).await.map(drop),
            Call::AnswerWrong if self.planted == Planted::WrongIsRight => {
                answer(browser, &right(&hands.questions)).await.map(drop)
            }
            Call::AnswerWrong => answer(browser, &wrong(&hands.questions)).await.map(drop),
            Call::Resume => browser.call::<Resume>(&Empty {}).await.map(drop),
            Call::ChooseCounter => {
                let route = Route::Counter;
                browser
                    .call::<ChooseRoute>(&RouteChoice { route })
                    .await
                    .map(drop)
            }
            Call::Abandon => browser.call::<Abandon>(&Empty {}).await.map(drop),
            Call::Inspect => inspect(browser, &newest).await.map(drop),
            Call::Redeem => browser.call::<RedeemLink>(&newest).await.map(drop),
            Call::Reset => reset(browser, &newest, GOOD).await.map(drop),
            Call::ResetOldest => match hands.links.as_slice() {
                [oldest, _, ..] => reset(browser, oldest, BETTER).await.map(drop),
                [] | [_] => reset(browser, &made_up(), BETTER).await.map(drop),
            },
            Call::ResetForged => reset(browser, &made_up(), BETTER).await.map(drop),
            Call::ResetByFreeze => {
                let token = hands
                    .freezes
                    .last()
                    .map_or(made_up().token, |link| link.token.clone());
                reset(browser, &LinkToken { token }, BETTER).await.map(drop)
            }
            Call::Freeze => {
                let token = hands
                    .freezes
                    .last()
                    .map_or(made_up().token, |link| link.token.clone());
                browser.call::<Freeze>(&FreezeToken { token }).await.map(drop)
            }
            Call::Deliver => {
                self.deliver(hands).await;
                Ok(())
            }
        };
        self.plant(call, &done, mark).await;
        done.map_or(Told::Refused, |()| Told::Done)
    }

    async fn deliver(&mut self, hands: &mut Hands) {
        deliver(&self.world).await;
        let links = tokens_behind(&self.world, "/restablecer#", &mut self.seen);
        hands
            .links
            .extend(links.into_iter().map(|token| LinkToken { token }));
        let freezes = tokens_behind(&self.world, "/no-fui-yo#", &mut self.seen);
        hands
            .freezes
            .extend(freezes.into_iter().map(|token| FreezeToken { token }));
    }

    async fn plant(&self, call: Call, done: &Result<(), Problem>, mark: Mark) {
        let sql = match (self.planted, call, done.is_ok()) {
            (Planted::PasswordAtALook, Call::Inspect, true) => "UPDATE accounts SET password_hash = 'x'",
            (Planted::LinkStaysOpen, Call::Reset, true) => "UPDATE recovery_links SET used_at = NULL",
            (Planted::LookUsesUp, Call::Inspect, true) => "UPDATE recovery_links SET used_at = 1",
            (Planted::History, Call::Inspect, true) => {
                "INSERT INTO password_history (id, account_id, hash, set_at) SELECT x'00', id, 'x', 1 FROM accounts"
            }
            (
                Planted::PasswordAtALook
                | Planted::LinkStaysOpen
                | Planted::LookUsesUp
                | Planted::History
                | Planted::WrongIsRight
                | Planted::Nothing,
                _,
                _,
            ) => return,
        };
        self.undo.run(sql).await;
        assert!(!self.undo.changed(mark).await.is_empty(), "something was planted");
    }
}

/// How many orders of at most so many calls there are.
fn orders(length: u32) -> u64 {
    (1..=length).map(|length| Call::KINDS.pow(length)).sum()
}

#[tokio::test]
async fn no_order_of_four_calls_writes_a_password_without_its_proof() {
    use Call::{AnswerRight, Deliver, Identify, Redeem, Reset};
    for (window, shortest) in [
        (
            Window::Complete,
            [Identify, AnswerRight, Deliver, Reset].as_slice(),
        ),
        (
            Window::Redeem,
            [Identify, AnswerRight, Deliver, Redeem, Reset].as_slice(),
        ),
    ] {
        let mut walk = Walk::new(window, Planted::Nothing).await;
        let count = walk.go(4).await;
        assert_eq!(walk.breach, None, "{window:?}");
        assert_eq!(walk.shortest, shortest, "{window:?}: {count:?}");
        assert!(count.places > 40, "{window:?}: {count:?}");
    }
}

#[tokio::test]
async fn a_planted_breach_is_found() {
    for (planted, last, breach) in [
        (Planted::PasswordAtALook, Call::Inspect, Breach::Unasked),
        (Planted::LinkStaysOpen, Call::Reset, Breach::WithoutLink),
        (Planted::WrongIsRight, Call::Reset, Breach::WithoutProof),
        (Planted::LookUsesUp, Call::Inspect, Breach::ForNothing),
        (Planted::History, Call::Inspect, Breach::Unasked),
    ] {
        let mut walk = Walk::new(Window::Complete, planted).await;
        walk.go(4).await;
        let (path, found) = walk.breach.expect("it is found");
        assert_eq!(
            (path.last(), found),
            (Some(&last), breach),
            "{planted:?}: {path:?}"
        );
    }
}

#[tokio::test]
#[ignore = "takes minutes: `cargo xtask orders`"]
async fn no_order_of_six_calls_writes_a_password_without_its_proof() {
    for window in [Window::Complete, Window::Redeem] {
        let mut walk = Walk::new(window, Planted::Nothing).await;
        let count = walk.go(6).await;
        assert_eq!(walk.breach, None, "{window:?}");
        assert!(
            count.set > 0,
            "{window:?}: nobody ever gets a password: {count:?}"
        );
        tell(&format!(
            "{window:?}: {} orders of at most 6 of {} calls, by {} calls from {} places; {} passwords set, each with its proof",
            orders(6),
            Call::KINDS,
            count.calls,
            count.places,
            count.set
        ));
    }
}

#[expect(clippy::print_stdout, reason = "`cargo xtask orders` shows it")]
fn tell(line: &str) {
    println!("{line}");
}
