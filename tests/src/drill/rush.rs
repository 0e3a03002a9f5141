//! A drill in which nothing is interrupted: so many people at once, who think as people do, and what that costs.

use super::client::Site;
use super::cluster::{Cluster, Layout};
use super::dice::Dice;
use super::ledger::Times;
use super::machine::Spent;
use super::person::{Habits, Outcome, Person};
use super::post::PostOffice;
use super::storage::Storage;
use super::writes::{self, Writes};
use crate::Engine;
use server::clock::{Stopwatch, pause};
use server::demo::{self, Detail, Situation};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;

/// The policy as it ships, but for the budget of mails: it is the institution's own, and would be all that is measured.
const POLICY: &str = "profile = \"2026\"\n[limits]\nmail_budget = { count = 1000000, seconds = 3600 }\n";

/// Employers that somebody may recover for: up to so many have everything on record.
const MADE_UP: u32 = 20_000;

const POST: u64 = 1 << 40;

/// How long people wait for a step.
const PATIENCE: Duration = Duration::from_mins(2);

/// What is measured.
#[derive(Clone, Debug)]
pub struct Rush {
    /// The server's binary.
    pub binary: PathBuf,
    /// How many nodes on one PostgreSQL.
    pub nodes: usize,
    /// Its file with the id of its process.
    pub postmaster: PathBuf,
    /// How many people are at it at the same time.
    pub people: u32,
    /// How many employers there are.
    pub employers: u32,
    /// How long it is measured, behind the beginning.
    pub time: Duration,
    /// How long people think, as a share of what people take.
    pub thinking: f64,
    /// Where everything that is drawn comes from.
    pub seed: u64,
    /// Where configurations and logs are written.
    pub folder: PathBuf,
}

/// What was measured.
#[derive(Debug)]
pub struct Measured {
    /// How long it was measured.
    pub time: Duration,
    /// Recoveries that ended in that time.
    pub recoveries: u32,
    /// How people ended, all of them.
    pub outcomes: BTreeMap<(Outcome, Option<String>), usize>,
    /// Each step of people, from the beginning on.
    pub steps: Vec<(&'static str, Times)>,
    /// What they were refused with.
    pub refusals: Vec<(&'static str, String, u64)>,
    /// Each node's memory at the end, and at most, in bytes.
    pub memory: Vec<(u64, u64)>,
    /// What was written meanwhile.
    pub writes: Writes,
    /// The processors' time of the nodes, of PostgreSQL, and of the people meanwhile.
    pub spent: [Duration; 3],
    /// How large the database is at the end, in bytes.
    pub size: u64,
}

type Ends = Mutex<BTreeMap<(Outcome, Option<String>), usize>>;

impl Rush {
    /// Does it. `say` hears how far it is.
    pub async fn run(&self, say: &mut dyn FnMut(&str)) -> anyhow::Result<Measured> {
        let storage = Storage::create(Engine::Postgres, None).await;
        let post = PostOffice::open(Dice::of(self.seed, POST)).await?;
        let cluster = Cluster::lay_out(Layout {
            binary: &self.binary,
            folder: &self.folder,
            nodes: self.nodes,
            database: storage.url(),
            smtp_port: post.port(),
            policy: POLICY,
            registries: None,
        })?;
        let made_up = self.employers.min(MADE_UP);
        let watch = Stopwatch::start();
        let (employers, seed) = (made_up.to_string(), self.seed.to_string());
        cluster.clavero(&["demo", "--employers", &employers, "--seed", &seed])?;
        writes::fill(storage.url(), made_up, self.employers).await?;
        say(&format!(
            "{} employers are on record, after {} s",
            self.employers,
            watch.elapsed().as_secs()
        ));
        cluster.start_all().await?;
        let site = Arc::new(Site::new(cluster.addresses(), cluster.origin(), post));

        let (recovered, ends) = (Arc::new(AtomicU32::new(0)), Arc::new(Ends::default()));
        let people = self.send_people(&site, &recovered, &ends, made_up);
        // Until the first of them are through, there are too many first pages.
        pause(self.beginning()).await;
        let before = (
            recovered.load(Ordering::Relaxed),
            Writes::read(storage.url()).await?,
            self.spent(&cluster),
        );
        say("measuring");
        let watch = Stopwatch::start();
        pause(self.time).await;
        let time = watch.elapsed();
        let after = recovered.load(Ordering::Relaxed);
        let spent = self.spent(&cluster);
        let outcomes = ends.lock().unwrap_or_else(PoisonError::into_inner).clone();
        drop(people);
        Ok(Measured {
            time,
            recoveries: after - before.0,
            outcomes,
            steps: site.ledger.times(),
            refusals: site.ledger.refusals(),
            memory: (0..cluster.size())
                .filter_map(|number| cluster.memory(number))
                .collect(),
            writes: Writes::read(storage.url()).await?.since(&before.1),
            spent: [0, 1, 2].map(|who| spent[who].saturating_sub(before.2[who])),
            size: writes::size(storage.url()).await?,
        })
    }

    /// As long as a recovery takes people.
    fn beginning(&self) -> Duration {
        Duration::from_secs(10) + Duration::from_mins(1).mul_f64(self.thinking)
    }

    fn spent(&self, cluster: &Cluster) -> [Duration; 3] {
        let nodes = (0..cluster.size()).filter_map(|number| Spent::of(cluster.process(number)?));
        let database = std::fs::read_to_string(&self.postmaster)
            .ok()
            .and_then(|text| Spent::of_family(text.lines().next()?.parse().ok()?));
        let people = Spent::of(std::process::id());
        [
            nodes.sum(),
            database.unwrap_or_default(),
            people.unwrap_or_default(),
        ]
    }

    fn send_people(
        &self,
        site: &Arc<Site>,
        recovered: &Arc<AtomicU32>,
        ends: &Arc<Ends>,
        made_up: u32,
    ) -> JoinSet<()> {
        let habits = Habits {
            thinking: self.thinking,
            all_steady: true,
            patience: PATIENCE,
        };
        let next = Arc::new(AtomicU32::new(0));
        let mut people = JoinSet::new();
        for place in 0..self.people {
            let (site, next) = (Arc::clone(site), Arc::clone(&next));
            let (recovered, ends) = (Arc::clone(recovered), Arc::clone(ends));
            let (seed, beginning) = (self.seed, self.beginning());
            people.spawn(async move {
                // They do not all come at the same moment.
                let mut dice = Dice::of(seed, POST + 1 + u64::from(place));
                pause(dice.between(Duration::ZERO, beginning)).await;
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= made_up {
                        return;
                    }
                    let employer = demo::employer(seed, number, Detail::Full);
                    let Some(employer) =
                        employer.filter(|one| one.situation == Situation::Good && one.email.is_some())
                    else {
                        continue;
                    };
                    let told = Person::new(&site, employer, habits, seed, number).recover().await;
                    if told.outcome == Outcome::Recovered {
                        recovered.fetch_add(1, Ordering::Relaxed);
                    }
                    let mut ends = ends.lock().unwrap_or_else(PoisonError::into_inner);
                    *ends.entry((told.outcome, told.why)).or_default() += 1;
                }
            });
        }
        people
    }
}
