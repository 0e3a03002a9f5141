//! The registries over real sockets: the simulator as it is served, and servers that misbehave.

mod breaker;
mod certificates;
mod hostile;
mod simulator;

use server::clock::Clock;
use server::config::Config;
use server::demo::{self, Detail, Employer};
use server::entropy::Entropy;
use server::http::serve::serve;
use server::meters::Meters;
use server::registries::sim::Simulator;
use server::registries::sim::faults::Faults;
use server::registries::{Answers, Registries, SetupError, Unavailable};
use shared::secrets::Secret;
use std::net::Ipv4Addr;
use std::path::Path;
use tests::{EPOCH, Engine, World};
use tokio::net::TcpListener;

const SEED: u64 = 7;
const SOURCES: [&str; 4] = ["civil_registry", "sri", "superintendencia", "iess"];

/// Limits that are long enough for this machine and short enough for a test that waits for them.
const QUICK: &str = "timeout_millis = 400\nretries = 0\npause_millis = 1\n";

/// A world whose imported records a simulator tells.
struct Scene {
    world: World,
    url: String,
    faults: Faults,
}

/// Registries over HTTP, with what holds and watches them.
struct Asking {
    registries: Registries,
    clock: Clock,
    meters: Meters,
}

impl Scene {
    async fn new() -> Self {
        Self::with_token(None).await
    }

    async fn with_token(token: Option<&str>) -> Self {
        let world = World::new(Engine::Sqlite).await;
        demo::load(&world.app, demo::SHOWN, SEED, &mut |_| ())
            .await
            .unwrap();
        let simulator = Simulator::new(Registries::imported(&world.app.store), token.map(Secret::from));
        let faults = simulator.faults().clone();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, simulator.router(), world.app.shutdown.clone()));
        Self { world, url, faults }
    }

    fn plan(&self, plan: &str) {
        self.faults.plan(plan.parse().unwrap());
    }

    /// Registries that ask the simulator for everything. `lines` stand in each section.
    fn asking(&self, lines: &str) -> Asking {
        let text: String = SOURCES
            .iter()
            .map(|source| section(source, &self.url, lines))
            .collect();
        asking(&text, Path::new("/nonexistent")).unwrap()
    }
}

/// The section of a source that is asked over HTTP.
fn section(source: &str, url: &str, lines: &str) -> String {
    format!("[registries.{source}]\nsource = \"http\"\nurl = \"{url}\"\n{lines}\n")
}

/// Registries as a configuration says. What is not configured has an empty database, which does not answer.
fn asking(text: &str, folder: &Path) -> Result<Asking, SetupError> {
    let config = Config::parse(text, folder).unwrap();
    let store = server::store::Store::Sqlite {
        writer: nowhere(),
        readers: nowhere(),
    };
    let (clock, meters) = (Clock::frozen(EPOCH), Meters::new());
    let registries = Registries::open(&config.registries, &store, &clock, &Entropy::seeded(1), &meters)?;
    Ok(Asking {
        registries,
        clock,
        meters,
    })
}

fn nowhere() -> sqlx::SqlitePool {
    sqlx::SqlitePool::connect_lazy("sqlite:/nonexistent/clavero.db").unwrap()
}

impl Asking {
    /// Asks everything about an employer and its representative.
    async fn about(&self, employer: &Employer) -> Result<Answers, Unavailable> {
        let record = &employer.record;
        self.registries
            .consult(&record.employer, &record.branch, &employer.person.id)
            .await
    }

    /// How the circuit of a source is.
    fn circuit(&self, source: &str) -> &'static str {
        let conditions = self.registries.conditions();
        conditions
            .iter()
            .find(|(name, _)| name.as_str() == source)
            .unwrap()
            .1
            .as_str()
    }

    /// The value of a meter, by its line's beginning.
    fn meter(&self, line: &str) -> Option<f64> {
        let text = self.meters.render();
        let found = text
            .lines()
            .find_map(|it| it.strip_prefix(line)?.strip_prefix(' '));
        found.map(|value| value.parse().unwrap())
    }
}

fn employers() -> Vec<Employer> {
    (0..demo::SHOWN)
        .filter_map(|index| demo::employer(SEED, index, Detail::Full))
        .collect()
}

/// A company of the demo.
fn company() -> Employer {
    demo::employer(SEED, 0, Detail::Full).unwrap()
}
