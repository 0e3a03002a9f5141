//! Thousands of cases against all that fails at once, beside a model that says what must come of each step: registries that
//! come and go, records that contradict each other for a while, browsers that are lost in the middle of a submission, and
//! the same answers sent twice.
//!
//! No attempt is lost or counted twice, no case is stuck, and whoever nobody knows is answered like everybody else: the
//! model does not know who is known until the answers are right.

use super::people::*;
use futures_util::future::poll_fn;
use rstest::rstest;
use server::captcha::service as captcha;
use server::challenges::{Identity, service as challenges};
use server::entropy::Entropy;
use server::http::{Failure, Source};
use server::recovery::{Call, answer as submit, job, reset as link, resume, service};
use shared::api::ErrorCode;
use shared::captcha::Subject;
use shared::challenges::Answer;
use shared::identifiers::{EmployerIdentifier, Kind};
use shared::recovery::api::{CaseView, Correction, Refusal, Route, StageView};
use shared::registries::Registry;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tests::{Engine, World};

/// Cases of one simulation. Four of them on SQLite and one on PostgreSQL make ten thousand.
const SQLITE: usize = 2_400;
const POSTGRES: usize = 400;

/// The play goes on until every way out was taken often enough, but not for ever.
const MOST: usize = 4;

/// The most that one browser does before it is left alone.
const STEPS: usize = 4;

/// A browser that is lost goes away before the answer was polled so often: somewhere between the first look at the case
/// and the last commit.
const POLLS: u64 = 24;

/// How long a test waits for something that must happen.
const PATIENCE: Duration = Duration::from_secs(20);

const DAY: Duration = Duration::from_hours(24);
const ATTEMPTS: usize = 3;
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

/// Every way out that a play must have taken: one that never gets somewhere proves nothing about it.
const WAYS: [&str; 21] = [
    "abandoned",
    "completed",
    "died between questions and answers",
    "failed",
    "failed twice",
    "lapsed",
    "left",
    "link",
    "lost and done",
    "lost before anything was done",
    "met a suspension",
    "others named",
    "proved",
    "records contradict",
    "records corrected",
    "refused",
    "resumed",
    "route chosen",
    "sent",
    "sent twice for nothing",
    "suspended",
];

/// What comes of right answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// A link.
    Link,
    /// A reason.
    Refused(Refusal),
    /// Nobody knows the pair: right answers are wrong.
    Unknown,
}

/// Whom the Superintendencia and the institute name at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    /// Both the representative.
    Agreed,
    /// The institute still somebody else.
    OtherAtIess,
    /// The Superintendencia somebody else.
    OtherAppointed,
    /// Both somebody else.
    Others,
}

/// Whether the records of an employer change in the course of the play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Records {
    Steady,
    Shifting(Named),
}

/// An employer with what the model remembers of it.
struct Subjected {
    employer: Employer,
    /// What comes of right answers while the records agree.
    fate: Fate,
    records: Records,
    /// When each attempt that failed was counted.
    failures: Vec<Timestamp>,
    /// When the last suspension began.
    suspended: Option<Timestamp>,
}

impl Subjected {
    /// What comes of right answers now.
    fn fate(&self) -> Fate {
        let contradicted = |correction| match self.fate {
            // A closed RUC is told first.
            Fate::Unknown | Fate::Refused(Refusal::RucInactive) => self.fate,
            Fate::Link | Fate::Refused(_) => Fate::Refused(Refusal::RecordsDisagree(correction)),
        };
        match self.records {
            Records::Steady | Records::Shifting(Named::Agreed) => self.fate,
            Records::Shifting(Named::OtherAtIess) => contradicted(Correction::Representative),
            Records::Shifting(Named::OtherAppointed) => contradicted(Correction::Appointment),
            Records::Shifting(Named::Others) => Fate::Unknown,
        }
    }

    fn failures(&self, now: Timestamp) -> usize {
        let counts =
            |at: &&Timestamp| now.since(**at) < DAY && self.suspended.is_none_or(|began| **at > began);
        self.failures.iter().filter(counts).count()
    }

    fn suspended_until(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.suspended?.after(DAY);
        (until > now).then_some(until)
    }

    /// Which registries are asked about it.
    fn asks(&self, registry: Registry) -> bool {
        match (registry, self.employer.identifier()) {
            (Registry::CivilRegistry | Registry::Iess, _) => true,
            (Registry::Sri, employer) => matches!(employer, EmployerIdentifier::Ruc(_)),
            (Registry::Superintendencia, EmployerIdentifier::Ruc(ruc)) => {
                ruc.kinds().only() != Some(Kind::Natural)
            }
            (Registry::Superintendencia, EmployerIdentifier::Household(_)) => false,
        }
    }
}

/// A number that nobody else has.
fn number(place: usize) -> &'static str {
    format!("179{:07}001", 3_000_000 + place).leak()
}

async fn population(world: &World) -> Vec<Subjected> {
    let fates = [
        (Condition::Good, Fate::Link),
        (Condition::NoEmail, Fate::Refused(Refusal::NoEmail)),
        (Condition::Blocked, Fate::Refused(Refusal::AccountBlocked)),
        (Condition::Frozen, Fate::Refused(Refusal::AccountFrozen)),
        (Condition::Inactive, Fate::Refused(Refusal::RucInactive)),
        (Condition::NoAccount, Fate::Unknown),
    ];
    let mut all = Vec::new();
    let add = |employer, fate, records| Subjected {
        employer,
        fate,
        records,
        failures: Vec::new(),
        suspended: None,
    };
    for place in 0..24 {
        let (condition, fate) = fates[place % fates.len()];
        let employer = Employer {
            number: number(place),
            representative: COMPANY.representative,
        };
        employer.settle(world, condition).await;
        all.push(add(employer, fate, Records::Shifting(Named::Agreed)));
    }
    for employer in [NATURAL, HOUSEHOLD, PUBLIC] {
        employer.settle(world, Condition::Good).await;
        all.push(add(employer, Fate::Link, Records::Steady));
    }
    // The institute still has another representative than the Superintendencia.
    OTHER.settle(world, Condition::Good).await;
    OTHER.record_as(world, COMPANY.representative).await;
    let disagree = Refusal::RecordsDisagree(Correction::Representative);
    all.push(add(OTHER, Fate::Refused(disagree), Records::Steady));
    // Nobody knows these at all.
    for place in 100..108 {
        let employer = Employer {
            number: number(place),
            ..UNKNOWN
        };
        all.push(add(employer, Fate::Unknown, Records::Steady));
    }
    all
}

/// The world, the chance, and what is down.
struct Play {
    world: World,
    chance: Entropy,
    down: BTreeSet<Registry>,
    /// How often each way out was taken.
    seen: BTreeMap<&'static str, usize>,
    /// How many tasks of this runtime run when nothing is being done.
    idle: usize,
}

/// A browser that goes away when its request was polled so often; what the request came to, if it was over before.
async fn lost<F: Future>(request: F, polls: u64) -> Option<F::Output> {
    let mut request = pin!(request);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        request.as_mut().poll(context).map(Some)
    })
    .await
}

fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// How many tasks run when nothing is being done: the fewest of many looks.
async fn idle() -> usize {
    let mut fewest = tasks();
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
        fewest = fewest.min(tasks());
    }
    fewest
}

/// Waits until nobody does anything any more.
async fn quiet(idle: usize) {
    let waiting = async {
        while tasks() > idle {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .expect("what a lost browser began comes to its end");
}

impl Play {
    fn one_in(&self, bound: u64) -> bool {
        self.chance.below(bound) == 0
    }

    fn call(&self) -> Call {
        Call {
            at: self.world.now(),
            source: Some(HERE),
        }
    }

    /// Some registries fall, some come back.
    fn weather(&mut self) {
        for registry in Registry::ALL {
            if self.down.contains(registry) {
                if self.one_in(2) {
                    self.down.remove(registry);
                    self.world.registries.recover(*registry);
                }
            } else if self.one_in(20) {
                self.down.insert(*registry);
                self.world.registries.fail(*registry);
            }
        }
    }

    /// The registries name somebody else, or again the representative.
    fn shift(&mut self, who: &mut Subjected) {
        let Records::Shifting(before) = who.records else {
            return;
        };
        let named = match (before, self.chance.below(16)) {
            (Named::Agreed, 0) => Named::OtherAtIess,
            (Named::Agreed, 1) => Named::OtherAppointed,
            (Named::Agreed, 2) => Named::Others,
            (Named::OtherAtIess | Named::OtherAppointed | Named::Others, 0..8) => Named::Agreed,
            (named, _) => named,
        };
        if named == before {
            return;
        }
        let (own, other) = (who.employer.representative, OTHER.representative);
        match named {
            Named::Agreed => who.employer.name(&self.world, own, own),
            Named::OtherAtIess => who.employer.name(&self.world, own, other),
            Named::OtherAppointed => who.employer.name(&self.world, other, own),
            Named::Others => who.employer.name(&self.world, other, other),
        }
        who.records = Records::Shifting(named);
        self.note(match named {
            Named::Agreed => "records corrected",
            Named::OtherAtIess | Named::OtherAppointed => "records contradict",
            Named::Others => "others named",
        });
    }

    fn is_out(&self, who: &Subjected) -> bool {
        self.down.iter().any(|registry| who.asks(*registry))
    }

    fn note(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    /// A way out that was not taken more than `times`.
    fn rare(&self, times: usize) -> Option<&'static str> {
        let is_rare = |way: &&str| self.seen.get(way).is_none_or(|taken| *taken <= times);
        WAYS.into_iter().find(is_rare)
    }

    async fn identify(&self, who: &Subjected) -> service::Opened {
        let app = &self.world.app;
        let subject = Subject::Recovery {
            employer: who.employer.identifier(),
        };
        let issued = captcha::issue(app, &subject, Source::new(HERE), self.world.now())
            .await
            .unwrap();
        let solution = tests::captcha::solve(issued.challenge.parse().unwrap());
        service::identify(app, who.employer.identification(solution), self.call())
            .await
            .unwrap()
    }

    /// What the registries say comes before everything else, and is the same for everybody.
    fn check_asked(&self, who: &Subjected, view: &CaseView) {
        if self.is_out(who) {
            let StageView::RegistryUnavailable { registry, retry_at } = &view.stage else {
                panic!("{:?} in spite of {:?}", view.stage, self.down)
            };
            assert!(self.down.contains(registry) && who.asks(*registry));
            assert_eq!(*retry_at, self.world.now().after(Duration::from_hours(1)));
        } else {
            let StageView::Questions {
                failures,
                attempts_left,
                ..
            } = &view.stage
            else {
                panic!("{:?}", view.stage)
            };
            let counted = who.failures(self.world.now());
            assert_eq!(usize::from(*failures), counted, "{:?}", who.employer);
            assert_eq!(usize::from(*attempts_left), ATTEMPTS - counted);
        }
    }

    /// One case, from the identification to wherever it is left.
    async fn case(&mut self, who: &mut Subjected) {
        self.weather();
        self.shift(who);
        let opened = self.identify(who).await;
        let cookie = Some(&opened.cookie);
        self.check_asked(who, &opened.view);
        let mut view = opened.view;
        for _ in 0..STEPS {
            let pause = match self.chance.below(4) {
                0 => 0,
                1 => 1,
                2 => 60_000_000,
                _ => 1_200_000_000,
            };
            self.world.advance(Duration::from_micros(pause));
            self.weather();
            self.shift(who);
            let app = self.world.app.clone();
            let now = self.world.now();
            if pause > 1_000_000 {
                let seen = service::current(&app, cookie, self.call()).await.unwrap();
                if matches!(seen.stage, StageView::Ended { .. }) {
                    return self.note("lapsed");
                }
                assert_eq!(seen.stage, view.stage, "nothing else changes by itself");
            }
            view = match &view.stage {
                _ if self.one_in(40) => {
                    service::abandon(&app, cookie, self.call()).await.unwrap();
                    return self.note("abandoned");
                }
                StageView::Questions { questions, .. } => {
                    let right = self.one_in(2);
                    let answers = if right {
                        super::people::right(questions)
                    } else {
                        wrong(questions)
                    };
                    let fate = if right { who.fate() } else { Fate::Unknown };
                    match self.chance.below(5) {
                        0 => self.lose(who, cookie, &answers, fate, &view).await,
                        1 => self.answer_twice(who, cookie, &answers, fate).await,
                        _ => {
                            let sent = submit(&app, cookie, &answers, self.call()).await;
                            let view = sent.unwrap_or_else(|failure| panic!("{failure:?}"));
                            self.judged(who, &view, fate, now);
                            view
                        }
                    }
                }
                StageView::RegistryUnavailable { .. } => {
                    if self.one_in(2) {
                        self.world.advance(Duration::from_hours(1));
                    }
                    let view = resume(&app, cookie, self.call()).await.unwrap();
                    self.check_asked(who, &view);
                    self.note("resumed");
                    view
                }
                StageView::Sending { .. } => {
                    deliver(&self.world).await;
                    self.note("sent");
                    service::current(&app, cookie, self.call()).await.unwrap()
                }
                StageView::LinkSent { .. } => {
                    if self.one_in(3) {
                        let token = token(&self.world);
                        let password = Secret::from(if self.one_in(2) { GOOD } else { BETTER });
                        match link::reset(&app, &token.token, &password, self.call()).await {
                            Ok(_) => self.note("completed"),
                            Err(Failure::Problem(_)) => self.note("password refused"),
                            Err(Failure::Fault(fault)) => panic!("{}", fault.chain()),
                        }
                    }
                    return self.note("link");
                }
                StageView::Suspended { .. }
                | StageView::Refused { .. }
                | StageView::AwaitingSignature { .. }
                | StageView::AwaitingOfficer { .. } => {
                    let Some(route) = view.routes.first().filter(|_| self.one_in(2)) else {
                        return self.note("left");
                    };
                    let (app, route): (_, Route) = (&app, *route);
                    self.note("route chosen");
                    service::choose(app, cookie, route, self.call()).await.unwrap()
                }
                StageView::Completed { .. } | StageView::Ended { .. } => return,
            };
        }
    }

    /// What must have come of answers that were sent and not lost.
    fn judged(&mut self, who: &mut Subjected, view: &CaseView, fate: Fate, now: Timestamp) {
        if self.is_out(who) {
            self.check_asked(who, view);
            self.note("died between questions and answers");
            return;
        }
        if let Some(until) = who.suspended_until(now) {
            assert_eq!(view.stage, StageView::Suspended { until });
            self.note("met a suspension");
            return;
        }
        match (fate, &view.stage) {
            (Fate::Link, StageView::Sending { .. }) => self.note("proved"),
            (Fate::Refused(reason), StageView::Refused { reason: told }) => {
                assert_eq!(reason, *told);
                self.note("refused");
            }
            (Fate::Unknown, stage) => {
                who.failures.push(now);
                if who.failures(now) == ATTEMPTS {
                    let until = now.after(DAY);
                    assert_eq!(*stage, StageView::Suspended { until });
                    who.suspended = Some(now);
                    self.note("suspended");
                } else {
                    self.check_asked(who, view);
                    self.note("failed");
                }
            }
            (fate, stage) => panic!("{fate:?} {stage:?}"),
        }
    }

    /// The browser is lost while its answers are on their way. Either nothing has come of them, or all of it.
    async fn lose(
        &mut self,
        who: &mut Subjected,
        cookie: Option<&Secret<String>>,
        answers: &[Answer],
        fate: Fate,
        before: &CaseView,
    ) -> CaseView {
        let app = self.world.app.clone();
        let (now, polls) = (self.world.now(), self.chance.below(POLLS));
        let whole = lost(submit(&app, cookie, answers, self.call()), polls).await;
        quiet(self.idle).await;
        let view = service::current(&app, cookie, self.call()).await.unwrap();
        if let Some(sent) = &whole {
            assert_eq!(sent.as_ref().unwrap().stage, view.stage);
        }
        let is_counted = self.counted(who).await > who.failures(now);
        if whole.is_none() && view.stage == before.stage && !is_counted {
            self.note("lost before anything was done");
        } else {
            self.judged(who, &view, fate, now);
            if whole.is_none() {
                self.note("lost and done");
            }
        }
        self.check_counted(who).await;
        view
    }

    /// The same answers twice at the same moment. Wrong ones are two attempts, unless the first one ends the case.
    async fn answer_twice(
        &mut self,
        who: &mut Subjected,
        cookie: Option<&Secret<String>>,
        answers: &[Answer],
        fate: Fate,
    ) -> CaseView {
        let app = self.world.app.clone();
        let now = self.world.now();
        let before = who.failures(now);
        let call = self.call();
        let (one, other) = tokio::join!(
            submit(&app, cookie, answers, call),
            submit(&app, cookie, answers, call)
        );
        quiet(self.idle).await;
        let mut done = Vec::new();
        for sent in [one, other] {
            match sent {
                Ok(view) => done.push(view),
                Err(Failure::Problem(problem)) => {
                    assert!(
                        matches!(problem.code, ErrorCode::CaseAtOtherStage | ErrorCode::Busy),
                        "{problem:?}"
                    );
                }
                Err(Failure::Fault(fault)) => panic!("{}", fault.chain()),
            }
        }
        assert!(!done.is_empty(), "one of two is answered");
        let view = service::current(&app, cookie, call).await.unwrap();
        let is_judged = !self.is_out(who) && who.suspended_until(now).is_none();
        if is_judged && fate == Fate::Unknown {
            // Whoever took the last slot suspends, in whatever order they were judged.
            who.failures.extend(done.iter().map(|_| now));
            if matches!(view.stage, StageView::Suspended { .. }) {
                let until = now.after(DAY);
                assert_eq!(view.stage, StageView::Suspended { until });
                assert!(before + 2 >= ATTEMPTS, "{before} had failed before");
                who.suspended = Some(now);
                self.note("suspended");
            } else {
                assert_eq!(done.len(), 2, "both are judged");
                assert!(before + 2 < ATTEMPTS, "{before} had failed before");
                assert!(matches!(view.stage, StageView::Questions { .. }), "{view:?}");
            }
            self.note("failed twice");
        } else {
            if is_judged {
                assert_eq!(done.len(), 1, "one proof is enough");
            }
            self.judged(who, &view, fate, now);
            self.note("sent twice for nothing");
        }
        self.check_counted(who).await;
        view
    }

    /// How many attempts count against it in the table.
    async fn counted(&self, who: &Subjected) -> usize {
        let app = &self.world.app;
        let identity = Identity {
            employer: who.employer.identifier(),
            branch: shared::identifiers::Branch::default(),
            representative: who.employer.representative.parse().unwrap(),
        };
        let mut tx = app.store.read().await.unwrap();
        let subject = identity.subject(&app.keys);
        let counted = challenges::failures(app, &mut tx, subject, self.world.now()).await;
        usize::from(counted.unwrap())
    }

    async fn check_counted(&self, who: &Subjected) {
        let counted = self.counted(who).await;
        assert_eq!(counted, who.failures(self.world.now()), "{:?}", who.employer);
    }
}

async fn count(world: &World, sql: &'static str) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(sql).fetch_one(conn)).unwrap();
    count
}

#[rstest]
#[case(Engine::Sqlite, SQLITE, 1)]
#[case(Engine::Sqlite, SQLITE, 2)]
#[case(Engine::Sqlite, SQLITE, 3)]
#[case(Engine::Sqlite, SQLITE, 4)]
#[case(Engine::Postgres, POSTGRES, 5)]
#[tokio::test]
async fn no_attempt_is_lost_and_no_case_is_stuck_whatever_fails(
    #[case] engine: Engine,
    #[case] cases: usize,
    #[case] seed: u64,
) {
    let world = with(engine, |policy| policy.password.history = 0).await;
    let mut all = population(&world).await;
    let mut play = Play {
        world,
        chance: Entropy::seeded(seed),
        down: BTreeSet::new(),
        seen: BTreeMap::new(),
        idle: idle().await,
    };
    let mut played = 0;
    while played < cases || (played < MOST * cases && play.rare(cases / 250).is_some()) {
        let place = usize::try_from(play.chance.below(all.len() as u64)).unwrap();
        play.case(&mut all[place]).await;
        let pause = Duration::from_mins(play.chance.below(60));
        play.world.advance(pause);
        played += 1;
    }
    // What the table counts is what the model counts.
    let now = play.world.now();
    let counted = all
        .iter()
        .map(|who| who.failures.iter().filter(|at| now.since(**at) < DAY).count());
    let since = now.before(DAY).as_micros();
    let mut tx = play.world.app.store.read().await.unwrap();
    let (kept,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM challenge_attempts WHERE at > $1"
    )
    .bind(since)
    .fetch_one(conn))
    .unwrap();
    drop(tx);
    assert_eq!(usize::try_from(kept).unwrap(), counted.sum::<usize>());

    // Everything that was left ends by itself.
    play.world.advance(DAY + DAY);
    while job::lapse(&play.world.app).await.unwrap() > 0 {}
    let opened = count(&play.world, "SELECT COUNT(*) FROM recovery_cases").await;
    assert_eq!(opened, i64::try_from(played).unwrap());
    let stuck = count(
        &play.world,
        "SELECT COUNT(*) FROM recovery_cases WHERE deadline IS NOT NULL",
    )
    .await;
    assert_eq!(stuck, 0);
    let usable = count(
        &play.world,
        "SELECT COUNT(*) FROM recovery_links WHERE used_at IS NULL AND ended_at IS NULL",
    )
    .await;
    assert_eq!(usable, 0);
    let passwords = count(
        &play.world,
        "SELECT COUNT(*) FROM audit_events WHERE kind = 'password_set'",
    )
    .await;
    assert_eq!(
        i64::try_from(play.seen.get("completed").copied().unwrap_or(0)).unwrap(),
        passwords
    );

    assert_eq!(play.rare(cases / 250), None, "{:?}", play.seen);
}
