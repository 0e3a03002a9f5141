//! Thousands of cases against registries that fail at random, beside a model that says what must come of each step.
//!
//! No attempt is lost or counted twice, no case is stuck, and whoever nobody knows is answered like everybody else: the
//! model does not know who is known until the answers are right.

use super::people::*;
use rstest::rstest;
use server::captcha::service as captcha;
use server::entropy::Entropy;
use server::http::{Failure, Source};
use server::recovery::{Call, answer, job, reset as link, resume, service};
use shared::captcha::Subject;
use shared::challenges::{Answer, Question};
use shared::identifiers::{EmployerIdentifier, Kind};
use shared::recovery::api::{CaseView, Correction, Refusal, Route, StageView};
use shared::registries::Registry;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use tests::{Engine, World};

/// Cases of one simulation. Four of them on SQLite make ten thousand.
const SQLITE: usize = 2_500;
const POSTGRES: usize = 1_000;

/// The most that one browser does before it is left alone.
const STEPS: usize = 6;

const DAY: Duration = Duration::from_hours(24);
const ATTEMPTS: usize = 3;
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

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

/// An employer with what the model remembers of it.
struct Subjected {
    employer: Employer,
    fate: Fate,
    /// When each attempt that failed was counted.
    failures: Vec<Timestamp>,
    /// When the last suspension began.
    suspended: Option<Timestamp>,
}

impl Subjected {
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
    let add = |employer, fate| Subjected {
        employer,
        fate,
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
        all.push(add(employer, fate));
    }
    for employer in [NATURAL, HOUSEHOLD, PUBLIC] {
        employer.settle(world, Condition::Good).await;
        all.push(add(employer, Fate::Link));
    }
    // The institute still has another representative than the Superintendencia.
    OTHER.settle(world, Condition::Good).await;
    OTHER.record_as(world, COMPANY.representative).await;
    let disagree = Refusal::RecordsDisagree(Correction::Representative);
    all.push(add(OTHER, Fate::Refused(disagree)));
    // Nobody knows these at all.
    for place in 100..108 {
        let employer = Employer {
            number: number(place),
            ..UNKNOWN
        };
        all.push(add(employer, Fate::Unknown));
    }
    all
}

/// The world, the chance, and what is down.
struct Play {
    world: World,
    chance: Entropy,
    down: BTreeSet<Registry>,
    /// How often each way out was taken: a simulation that never gets somewhere proves nothing about it.
    seen: std::collections::BTreeMap<&'static str, usize>,
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
            } else if self.one_in(8) {
                self.down.insert(*registry);
                self.world.registries.fail(*registry);
            }
        }
    }

    fn is_out(&self, who: &Subjected) -> bool {
        self.down.iter().any(|registry| who.asks(*registry))
    }

    fn note(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
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
                    self.answer(who, cookie, questions, right, now).await
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

    async fn answer(
        &mut self,
        who: &mut Subjected,
        cookie: Option<&Secret<String>>,
        questions: &[Question],
        are_right: bool,
        now: Timestamp,
    ) -> CaseView {
        let answers: Vec<Answer> = if are_right {
            right(questions)
        } else {
            wrong(questions)
        };
        let view = answer(&self.world.app, cookie, &answers, self.call()).await;
        let view = match view {
            Ok(view) => view,
            Err(failure) => panic!("{failure:?}"),
        };
        if self.is_out(who) {
            self.check_asked(who, &view);
            self.note("died between questions and answers");
        } else if let Some(until) = who.suspended_until(now) {
            assert_eq!(view.stage, StageView::Suspended { until });
            self.note("met a suspension");
        } else {
            let fate = if are_right { who.fate } else { Fate::Unknown };
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
                        self.check_asked(who, &view);
                        self.note("failed");
                    }
                }
                (fate, stage) => panic!("{fate:?} {stage:?}"),
            }
        }
        view
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
        seen: std::collections::BTreeMap::new(),
    };
    for _ in 0..cases {
        let place = usize::try_from(play.chance.below(all.len() as u64)).unwrap();
        play.case(&mut all[place]).await;
        let pause = Duration::from_mins(play.chance.below(60));
        play.world.advance(pause);
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
    assert_eq!(opened, i64::try_from(cases).unwrap());
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

    for way in [
        "abandoned",
        "completed",
        "died between questions and answers",
        "failed",
        "lapsed",
        "left",
        "link",
        "met a suspension",
        "proved",
        "refused",
        "resumed",
        "route chosen",
        "sent",
        "suspended",
    ] {
        assert!(
            play.seen.get(way).is_some_and(|times| *times > 10),
            "{way}: {:?}",
            play.seen
        );
    }
}
