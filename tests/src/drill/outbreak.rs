//! A drill in which everything is interrupted: nodes are killed, the database ends, the mail server and the registries misbehave, and
//! people go on. Afterwards all of it is healed, and the promises are looked at.

use super::client::Site;
use super::cluster::{Cluster, Layout};
use super::dice::Dice;
use super::person::{Habits, Outcome, Person, Told};
use super::post::{PostOffice, Weather};
use super::promises::{self, Promise};
use super::simulator::Simulator;
use super::storage::Storage;
use crate::Engine;
use anyhow::{Context, bail};
use server::clock::{Clock, Stopwatch, pause};
use server::demo::{self, Detail, Situation};
use server::notifications::service::LEASE;
use server::store::Store;
use shared::time::Timestamp;
use sqlx::{Connection, SqliteConnection};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;

/// Work that costs as little as the policy allows, so that more of it is under way; and limits that so many people from one machine
/// would meet.
const POLICY: &str = "profile = \"2026\"\n\
    [recovery]\ntime_floor_millis = 0\n\
    [captcha]\nmemory_kib = 64\npasses = 1\nparts = 1\nbase_bits = 0\nmax_bits = 0\n\
    [hashing]\nmemory_kib = 7168\npasses = 1\n\
    [limits]\nper_source = { count = 1000000, seconds = 60 }\nper_identifier = { count = 1000, seconds = 3600 }\n\
    per_destination = { count = 1000, seconds = 3600 }\nmail_budget = { count = 1000000, seconds = 3600 }\n";

/// Streams of the seed that are no person's: persons have the numbers below.
const DIRECTOR: u64 = 1 << 40;
const POST: u64 = DIRECTOR + 1;

/// How long people wait, and how long everything may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(50);
const REST: Duration = Duration::from_mins(3);
/// How often it is looked.
const LOOK: Duration = Duration::from_millis(100);
/// The longest pause between two tries of a message that is no link.
const LONGEST_PAUSE: Duration = Duration::from_mins(15);
/// Longer than any case lives that waits for a person at a page.
const CASES: Duration = Duration::from_hours(3);

/// What is done to what.
#[derive(Clone, Debug)]
pub struct Chaos {
    /// The server's binary, of a debug build: its clock can be moved.
    pub binary: PathBuf,
    /// The database.
    pub engine: Engine,
    /// PostgreSQL's file with the id of its process.
    pub postmaster: Option<PathBuf>,
    /// How many nodes; SQLite has one.
    pub nodes: usize,
    /// How often a node is killed.
    pub kills: u32,
    /// How many people are at it at the same time.
    pub people: u32,
    /// Where everything that is drawn comes from.
    pub seed: u64,
    /// Where configurations and logs are written.
    pub folder: PathBuf,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interruptions {
    /// Nodes that were killed.
    pub kills: u32,
    /// Times that the database server was ended.
    pub restarts: u32,
    /// Changes of the mail server's manners.
    pub weathers: u32,
    /// Changes of the registries' faults.
    pub faults: u32,
    /// Times that SQLite's own check was asked right after a kill.
    pub checks: u32,
}

/// What came of it.
#[derive(Debug)]
pub struct Report {
    /// What was done.
    pub interruptions: Interruptions,
    /// How many people ended how, and with what.
    pub outcomes: BTreeMap<(Outcome, Option<String>), usize>,
    /// What they were refused with on the way.
    pub refusals: Vec<(&'static str, String, u64)>,
    /// What the mail server did instead of taking messages over.
    pub post: Vec<(&'static str, u64)>,
    /// What the nodes logged as errors, and how often.
    pub errors: BTreeMap<String, usize>,
    /// What must be true.
    pub promises: Vec<Promise>,
}

/// What a drill holds while it runs.
struct Stage {
    cluster: Arc<Cluster>,
    site: Arc<Site>,
    simulator: Simulator,
    storage: Storage,
    /// Whether a node was ready since it was last killed.
    ready: Arc<Vec<AtomicBool>>,
}

/// The employers for whom nobody has come yet. Clones are the same.
#[derive(Clone)]
struct Crowd {
    site: Arc<Site>,
    next: Arc<AtomicU32>,
    seed: u64,
    most: u32,
}

impl Crowd {
    /// Somebody whose recovery may succeed; everybody comes once.
    fn next(&self, all_steady: bool) -> Option<Person> {
        let habits = Habits {
            thinking: 0.0,
            all_steady,
            patience: PATIENCE,
        };
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.most {
                return None;
            }
            let employer = demo::employer(self.seed, number, Detail::Full)?;
            if employer.situation == Situation::Good && employer.email.is_some() {
                return Some(Person::new(&self.site, employer, habits, self.seed, number));
            }
        }
    }
}

impl Chaos {
    /// Does it. `say` hears how far it is.
    pub async fn run(&self, say: &mut dyn FnMut(&str)) -> anyhow::Result<Report> {
        let stage = self.set_up(say).await?;
        let supervisors = stage.supervise();
        let going = Arc::new(AtomicBool::new(true));
        let crowd = Crowd {
            site: Arc::clone(&stage.site),
            next: Arc::default(),
            seed: self.seed,
            most: self.employers(),
        };
        let people = self.send_people(&crowd, &going);
        let interruptions = self.interrupt(&stage, say).await?;

        say("healing everything");
        going.store(false, Ordering::Relaxed);
        drop(supervisors);
        stage.site.post.turn(Weather::Fair);
        stage.cluster.start_all().await?;
        stage.simulator.heal().await?;
        let now = Now::default();
        // What a killed node had taken up is free when its lease ends.
        now.advance(&stage.cluster, LEASE).await?;
        say("waiting for the people");
        let mut told = people
            .join_all()
            .await
            .into_iter()
            .flatten()
            .collect::<Vec<Told>>();
        say("sending one more");
        let late = crowd.next(true).context("nobody is left to come")?;
        let late = late.recover().await;
        let served = promises::served(&told, &late);
        told.push(late);

        let store = Store::connect(stage.storage.url()).await?;
        say("waiting until everything rests");
        let mut rests = Promise::rests();
        let mut rest =
            async |what, left| promises::rest(&mut rests, &store, || now.now(), REST, what, left).await;
        rest("links wait", |left| left.links).await?;
        now.advance(&stage.cluster, LONGEST_PAUSE).await?;
        rest("messages wait", |left| left.messages).await?;
        now.advance(&stage.cluster, CASES).await?;
        rest(
            "overdue cases, messages and events without a seal are left",
            |left| left.overdue + left.messages + left.unsealed,
        )
        .await?;

        say("looking at the promises");
        let taken = stage.site.post.taken();
        let mut promises = vec![served];
        promises.extend(promises::examine(&store, &taken, now.now()).await?);
        promises.push(promises::told(&stage.site, &told, &taken, self.seed).await);
        // Signing in is an event too.
        rest("events of those who signed in have no seal", |left| left.unsealed).await?;
        promises.push(rests);
        promises.push(promises::audited(&stage.cluster));
        promises.push(promises::calm(&stage.cluster.log()));
        if self.engine == Engine::Sqlite {
            promises.push(whole(stage.storage.url(), interruptions.checks).await);
        }
        store.close().await;
        Ok(Self::report(&stage, &told, interruptions, promises))
    }

    fn report(stage: &Stage, told: &[Told], interruptions: Interruptions, promises: Vec<Promise>) -> Report {
        let mut outcomes = BTreeMap::new();
        for one in told {
            *outcomes.entry((one.outcome, one.why.clone())).or_default() += 1;
        }
        Report {
            interruptions,
            outcomes,
            refusals: stage.site.ledger.refusals(),
            post: stage.site.post.refused(),
            errors: errors(&stage.cluster.log()),
            promises,
        }
    }

    async fn set_up(&self, say: &mut dyn FnMut(&str)) -> anyhow::Result<Stage> {
        let storage = Storage::create(self.engine, self.postmaster.clone()).await;
        let post = PostOffice::open(Dice::of(self.seed, POST)).await?;
        let registries = Simulator::address()?;
        let cluster = Arc::new(Cluster::lay_out(Layout {
            binary: &self.binary,
            folder: &self.folder,
            nodes: self.nodes,
            database: storage.url(),
            smtp_port: post.port(),
            policy: POLICY,
            registries: Some(&registries),
        })?);
        let (employers, seed) = (self.employers().to_string(), self.seed.to_string());
        say(&format!("making up {employers} employers"));
        cluster.clavero(&["demo", "--employers", &employers, "--seed", &seed])?;
        let simulator = Simulator::start(&cluster, registries).await?;
        cluster.start_all().await?;
        let site = Arc::new(Site::new(cluster.addresses(), cluster.origin(), post));
        Ok(Stage {
            ready: Arc::new((0..self.nodes).map(|_| AtomicBool::new(true)).collect()),
            cluster,
            site,
            simulator,
            storage,
        })
    }

    /// More than there is time for: nobody recovers twice, or the step-up would stop them.
    fn employers(&self) -> u32 {
        (500 + self.kills * 15).min(20_000)
    }

    fn send_people(&self, crowd: &Crowd, going: &Arc<AtomicBool>) -> JoinSet<Vec<Told>> {
        let mut people = JoinSet::new();
        for _ in 0..self.people {
            let (crowd, going) = (crowd.clone(), Arc::clone(going));
            people.spawn(async move {
                let mut told = Vec::new();
                while going.load(Ordering::Relaxed) {
                    let Some(person) = crowd.next(false) else { break };
                    told.push(person.recover().await);
                }
                told
            });
        }
        people
    }

    async fn interrupt(&self, stage: &Stage, say: &mut dyn FnMut(&str)) -> anyhow::Result<Interruptions> {
        let mut dice = Dice::of(self.seed, DIRECTOR);
        let mut done = Interruptions::default();
        while done.kills < self.kills {
            pause(dice.between(Duration::from_millis(50), Duration::from_millis(800))).await;
            if dice.one_in(5) {
                let weather = *dice.pick(&[Weather::Fair, Weather::Foul, Weather::Foul, Weather::Closed]);
                stage.site.post.turn(weather);
                done.weathers += 1;
            }
            if dice.one_in(6) {
                stage.simulator.upset(&mut dice).await?;
                done.faults += 1;
            }
            if self.engine == Engine::Postgres && dice.one_in(20) {
                stage.storage.restart().await?;
                done.restarts += 1;
            }
            let victim = stage.victim(&mut dice).await?;
            {
                let _no_start = stage.cluster.hold().await;
                stage.ready[victim].store(false, Ordering::Relaxed);
                stage.cluster.kill(victim);
                done.kills += 1;
                if self.engine == Engine::Sqlite {
                    let found = integrity(stage.storage.url()).await?;
                    done.checks += 1;
                    if found != ["ok"] {
                        bail!("after {} kills SQLite finds: {}", done.kills, found.join("; "));
                    }
                }
            }
            if done.kills.is_multiple_of(25) {
                say(&format!(
                    "{} kills, {} ends of the database, {} mails taken",
                    done.kills,
                    done.restarts,
                    stage.site.post.taken().len()
                ));
            }
        }
        Ok(done)
    }
}

impl Stage {
    /// Starts every node again whenever it ends, as a supervisor does, until what is returned is dropped.
    fn supervise(&self) -> JoinSet<()> {
        let mut supervisors = JoinSet::new();
        for number in 0..self.cluster.size() {
            let (cluster, ready) = (Arc::clone(&self.cluster), Arc::clone(&self.ready));
            supervisors.spawn(async move {
                let mut looks = tokio::time::interval(LOOK / 4);
                loop {
                    looks.tick().await;
                    if cluster.is_running(number) {
                        continue;
                    }
                    // One that cannot start now, because the database is away, is started again.
                    if cluster.start(number).await.is_ok() {
                        // It may have been killed since it answered.
                        let _no_kill = cluster.hold().await;
                        ready[number].store(cluster.is_running(number), Ordering::Relaxed);
                    }
                }
            });
        }
        supervisors
    }

    /// Whom to kill: one that is ready; one time in five one that only begins.
    async fn victim(&self, dice: &mut Dice) -> anyhow::Result<usize> {
        let watch = Stopwatch::start();
        let mut looks = tokio::time::interval(LOOK / 4);
        let any = dice.one_in(5);
        while watch.elapsed() < REST {
            looks.tick().await;
            let up: Vec<usize> = (0..self.cluster.size())
                .filter(|number| {
                    let is_ready = self.ready[*number].load(Ordering::Relaxed);
                    self.cluster.is_running(*number) && (any || is_ready)
                })
                .collect();
            if !up.is_empty() {
                return Ok(*dice.pick(&up));
            }
        }
        bail!("no node comes up")
    }
}

/// The nodes' time, which was moved.
#[derive(Default)]
struct Now(Mutex<Duration>);

impl Now {
    async fn advance(&self, cluster: &Cluster, span: Duration) -> anyhow::Result<()> {
        cluster.advance(span).await?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += span;
        Ok(())
    }

    fn now(&self) -> Timestamp {
        Clock::system()
            .now()
            .after(*self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What SQLite finds when it looks through the whole file: `ok`.
async fn integrity(url: &str) -> anyhow::Result<Vec<String>> {
    let mut connection = SqliteConnection::connect(url).await?;
    let found: Vec<(String,)> = sqlx::query_as("PRAGMA integrity_check")
        .fetch_all(&mut connection)
        .await?;
    connection.close().await?;
    Ok(found.into_iter().map(|(line,)| line).collect())
}

async fn whole(url: &str, checks: u32) -> Promise {
    let breaches = match integrity(url).await {
        Ok(found) if found == ["ok"] => Vec::new(),
        Ok(found) => found,
        Err(error) => vec![error.to_string()],
    };
    Promise {
        name: "the file is whole",
        seen: vec![("checks of SQLite right after a kill".to_owned(), checks as usize)],
        breaches,
    }
}

/// The errors of a log, with their causes, and how often each stands there.
fn errors(log: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in log.lines() {
        let Ok(line) = serde_json::from_str::<serde_json::Value>(line) else {
            // A command's error, or a line that a killed node did not end.
            if line.starts_with("clavero: ") || line.contains("panicked") {
                *counts.entry(line.to_owned()).or_default() += 1;
            }
            continue;
        };
        if line["level"] != "ERROR" {
            continue;
        }
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let cause = [text("cause"), text("error"), text("place"), text("code")].concat();
        *counts.entry(format!("{}: {cause}", text("message"))).or_default() += 1;
    }
    counts
}
