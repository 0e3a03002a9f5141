//! A server with everything around it under the test's control.

use crate::browser::Browser;
use crate::database::{Database, Engine};
use crate::rows;
use axum::Router;
use object_store::memory::InMemory;
use server::app::{App, Foundation};
use server::clock::Clock;
use server::compose;
use server::config::Config;
use server::documents::Documents;
use server::entropy::Entropy;
use server::http::Routes;
use server::http::serve::{Bounds, serve_within};
use server::http::spa::Site;
use server::keys::Keys;
use server::leaks::Leaks;
use server::measure;
use server::meters::Meters;
use server::notary::{self, Notary};
use server::notifications::mailer::Mail;
use server::notifications::sms::TextMessage;
use server::notifications::{Mailbox, Mailer, Texter};
use server::registries::{Registries, Scripted};
use server::store::Store;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// When every world begins: 2026-11-23 15:00 UTC, ten in the morning in Quito.
pub const EPOCH: Timestamp = Timestamp::from_millis(1_795_446_000_000);

/// A server in a test's hands.
#[derive(Debug)]
pub struct World {
    /// The server itself, for calling services and reading rows.
    pub app: App,
    /// What the official sources answer.
    pub registries: Scripted,
    /// What the notary says of files.
    pub notary: notary::Scripted,
    router: Router,
    mailbox: Mailbox,
    // Dropped last: the database goes away when nothing uses it any more.
    database: Database,
}

/// What a test may have otherwise before its world begins.
#[derive(Debug)]
pub struct Setup {
    /// The configuration with its policy. The time floor is off; everything else is the demo's.
    pub config: Config,
    /// The frontend: none.
    pub site: Site,
    /// What is mounted: every slice's endpoints.
    pub routes: Routes,
    /// The seed of randomness.
    pub seed: u64,
    /// Where mails leave through: the mailbox that [`World::mails`] reads.
    pub mailer: Mailer,
    /// Where text messages leave through: the mailbox that [`World::texts`] reads.
    pub texter: Texter,
    /// Where official records come from: what [`World::registries`] is told.
    pub records: Records,
}

/// Where official records come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Records {
    /// What a test tells [`World::registries`].
    Scripted,
    /// The tables of the world's own database.
    Imported,
    /// What the section `[registries]` of the configuration says.
    Configured,
}

impl World {
    /// A world with the defaults.
    pub async fn new(engine: Engine) -> Self {
        Self::with(engine, |_| ()).await
    }

    /// A world that differs from the defaults.
    pub async fn with(engine: Engine, change: impl FnOnce(&mut Setup)) -> Self {
        let mailbox = Mailbox::new();
        let mut config = Config::parse("", Path::new("/nonexistent")).expect("the demo's configuration");
        config.policy.recovery.time_floor_millis = 0;
        let mut setup = Setup {
            config,
            site: Site::of(std::iter::empty()),
            routes: compose::routes(),
            seed: 1,
            mailer: Mailer::Mailbox(mailbox.clone()),
            texter: Texter::Mailbox(mailbox.clone()),
            records: Records::Scripted,
        };
        change(&mut setup);

        let database = Database::migrated(engine).await;
        let store = database.open().await;
        let registries = Scripted::default();
        let notary = notary::Scripted::default();
        let (clock, entropy) = (Clock::frozen(EPOCH), Entropy::seeded(setup.seed));
        let meters = measure::meters();
        let app = App::build(Foundation {
            keys: Keys::new(Secret::new([7; 32])),
            documents: Documents::at(Arc::new(InMemory::new())),
            site: setup.site,
            mailer: setup.mailer,
            texter: setup.texter,
            registries: match setup.records {
                Records::Scripted => Registries::scripted(&registries),
                Records::Imported => Registries::imported(&store),
                Records::Configured => {
                    Registries::open(&setup.config.registries, &store, &clock, &entropy, &meters)
                        .expect("sources that can be used")
                }
            },
            notary: Notary::Scripted(notary.clone()),
            config: setup.config,
            clock,
            entropy,
            store,
            meters,
            leaks: Leaks::built_in(),
        });
        let router = server::http::router(app.clone(), setup.routes);
        Self {
            app,
            registries,
            notary,
            router,
            mailbox,
            database,
        }
    }

    /// Somebody's browser, with no cookies yet.
    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone(), self.app.config.public_url.origin())
    }

    /// The same, in front of another node.
    pub fn browser_of(&self, node: &App) -> Browser {
        let router = server::http::router(node.clone(), compose::routes());
        Browser::new(router, self.app.config.public_url.origin())
    }

    /// Listens on a free port of this machine, as the real server does, until the world's `shutdown` is cancelled.
    pub async fn listen(&self) -> (SocketAddr, JoinHandle<()>) {
        self.listen_within(Bounds::default()).await
    }

    /// The same, with other bounds on connections.
    pub async fn listen_within(&self, bounds: Bounds) -> (SocketAddr, JoinHandle<()>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("its address");
        let shutdown = self.app.shutdown.clone();
        let serving = serve_within(listener, self.router.clone(), shutdown, bounds);
        (address, tokio::spawn(serving))
    }

    /// Another node: the same database, clock, keys and mailer, its own connections and randomness.
    pub async fn node(&self, seed: u64) -> App {
        self.node_at(seed, self.app.clock.clone()).await
    }

    /// The same, with a clock of its own.
    pub async fn node_at(&self, seed: u64, clock: Clock) -> App {
        let store = self.database.open().await;
        App::build(Foundation {
            clock,
            ..self.foundation(store, seed)
        })
    }

    /// Another node on this one's connections, with keys and a clock of its own.
    pub fn node_with(&self, keys: Keys, clock: Clock) -> App {
        App::build(Foundation {
            keys,
            clock,
            ..self.foundation(self.app.store.clone(), 2)
        })
    }

    /// Another node on this one's connections, where this one judges signed files.
    pub fn node_judged_by(&self, notary: Notary) -> App {
        App::build(Foundation {
            notary,
            ..self.foundation(self.app.store.clone(), 2)
        })
    }

    fn foundation(&self, store: Store, seed: u64) -> Foundation {
        Foundation {
            config: self.app.config.clone(),
            store,
            clock: self.app.clock.clone(),
            entropy: Entropy::seeded(seed),
            keys: self.app.keys.clone(),
            documents: self.app.documents.clone(),
            site: Site::of(std::iter::empty()),
            mailer: self.app.notifications.mailer.clone(),
            texter: self.app.notifications.texter.clone(),
            registries: self.app.registries.clone(),
            notary: self.app.notary.clone(),
            meters: Meters::new(),
            leaks: Leaks::built_in(),
        }
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// Moves the time on.
    pub fn advance(&self, span: Duration) {
        self.app.clock.advance(span);
    }

    /// Every mail that was sent, newest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.mailbox.all()
    }

    /// Every text message that was sent, newest first.
    pub fn texts(&self) -> Vec<TextMessage> {
        self.mailbox.texts()
    }

    /// Every row of every table, as text: equal before and after means that nothing was written.
    pub async fn everything(&self) -> String {
        rows::everything(&self.app.store)
            .await
            .expect("the database can be read")
    }
}
