//! The play: browsers that do this and that, registries that come and go, and after each step a look at the model.

use super::super::people::*;
use super::lost::{idle, lost, quiet};
use super::model::{ASSERTIONS, ATTEMPTS, DAY, Fate, Named, Records, Subjected};
use server::captcha::service as captcha;
use server::challenges::{Identity, service as challenges};
use server::entropy::Entropy;
use server::http::{Failure, Source};
use server::recovery::{Call, answer as submit, reset as link, resume, service};
use shared::api::ErrorCode;
use shared::captcha::Subject;
use shared::challenges::Answer;
use shared::recovery::api::{CaseView, Route, StageView};
use shared::registries::Registry;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use tests::World;

/// The most that one browser does before it is left alone.
const STEPS: usize = 4;

/// A browser that is lost goes away before the answer was polled so often: somewhere between the first look at the case
/// and the last commit.
pub(super) const POLLS: u64 = 24;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

/// Every way out that a play must have taken: one that never gets somewhere proves nothing about it.
const WAYS: [&str; 27] = [
    "abandoned",
    "asked for more",
    "asserted",
    "asserted twice",
    "assertion lost",
    "assertion refused",
    "challenge renewed",
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

/// The world, the chance, and what is down.
pub(super) struct Play {
    pub(super) world: World,
    pub(super) chance: Entropy,
    down: BTreeSet<Registry>,
    /// How often each way out was taken.
    pub(super) seen: BTreeMap<&'static str, usize>,
    /// How often a passkey was asked for.
    pub(super) step_ups: usize,
    /// How many tasks of this runtime run when nothing is being done.
    pub(super) idle: usize,
}

impl Play {
    /// Before the first case.
    pub(super) async fn begin(world: World, seed: u64) -> Self {
        Self {
            world,
            chance: Entropy::seeded(seed),
            down: BTreeSet::new(),
            seen: BTreeMap::new(),
            step_ups: 0,
            idle: idle().await,
        }
    }

    fn one_in(&self, bound: u64) -> bool {
        self.chance.below(bound) == 0
    }

    pub(super) fn call(&self) -> Call {
        Call {
            at: self.world.now(),
            source: Some(HERE),
            device: None,
            staff: None,
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

    pub(super) fn note(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    /// A way out that was not taken more than `times`.
    pub(super) fn rare(&self, times: usize) -> Option<&'static str> {
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
    pub(super) async fn case(&mut self, who: &mut Subjected) {
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
                        crate::recovery::people::right(questions)
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
                StageView::LinkSent { .. } => return self.use_link(who).await,
                StageView::StepUp {
                    passkey: Some(asked),
                    attempts_left,
                    ..
                } => {
                    let asked = (asked.options.clone(), *attempts_left);
                    self.step_up(who, cookie, asked, &view).await
                }
                StageView::Suspended { .. }
                | StageView::Refused { .. }
                | StageView::StepUp { passkey: None, .. }
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

    /// Some set a password with the link that came, some leave it.
    async fn use_link(&mut self, who: &mut Subjected) {
        if self.one_in(3) {
            let token = token(&self.world);
            let password = Secret::from(if self.one_in(2) { GOOD } else { BETTER });
            match link::reset(&self.world.app, &token.token, &password, self.call()).await {
                Ok(_) => {
                    who.recoveries.push(self.world.now());
                    self.note("completed");
                }
                Err(Failure::Problem(_)) => self.note("password refused"),
                Err(Failure::Fault(fault)) => panic!("{}", fault.chain()),
            }
        }
        self.note("link");
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
            (Fate::Link, stage) => match who.reasons(now) {
                expected if expected.is_empty() => {
                    assert!(matches!(stage, StageView::Sending { .. }), "{stage:?}");
                    self.note("proved");
                }
                expected => {
                    let StageView::StepUp {
                        reasons,
                        passkey,
                        attempts_left,
                        ..
                    } = stage
                    else {
                        panic!("{stage:?} in spite of {expected:?}")
                    };
                    assert_eq!(*reasons, expected);
                    assert_eq!(*attempts_left, ASSERTIONS);
                    assert_eq!(passkey.is_some(), who.device.is_some());
                    self.note("asked for more");
                }
            },
            (Fate::Refused(reason), StageView::Refused { reason: told }) => {
                assert_eq!(reason, *told);
                self.note("refused");
            }
            (Fate::Unknown, stage) => {
                who.failures.push(now);
                if who.failures(now) == ATTEMPTS {
                    let until = now.after(DAY);
                    assert_eq!(*stage, StageView::Suspended { until });
                    who.suspensions.push(now);
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
                who.suspensions.push(now);
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
