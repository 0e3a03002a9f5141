//! What every use case is given: the database, the time, randomness, keys, the policy, and what is made of them.

use crate::accounts::Hasher;
use crate::clock::Clock;
use crate::config::Config;
use crate::documents::Documents;
use crate::entropy::Entropy;
use crate::http::live::Live;
use crate::http::spa::Site;
use crate::http::upload::Uploads;
use crate::keys::Keys;
use crate::leaks::Leaks;
use crate::meters::Meters;
use crate::notary::Notary;
use crate::notifications::{Mailer, Notifications, Texter};
use crate::passkeys::Verifier;
use crate::pulse::Pulse;
use crate::registries::Registries;
use crate::settings::Current;
use crate::slots::Slots;
use crate::status;
use crate::store::Store;
use shared::captcha::Memory;
use shared::policy::Policy;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The server's parts, cheap to clone. Made once by `compose.rs`, or by a test's `World`.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// What differs between a real server and a test's.
#[derive(Debug)]
pub struct Foundation {
    /// The configuration, with the policy.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// Keys.
    pub keys: Keys,
    /// Where files are kept.
    pub documents: Documents,
    /// The frontend.
    pub site: Site,
    /// Where mails leave through.
    pub mailer: Mailer,
    /// Where text messages leave through.
    pub texter: Texter,
    /// Where official records come from.
    pub registries: Registries,
    /// Who judges signed files.
    pub notary: Notary,
    /// What is counted and measured.
    pub meters: Meters,
    /// The list of leaked passwords.
    pub leaks: Leaks,
}

/// The parts of an [`App`]. A slice that needs a part of its own adds a field here and a line in [`App::build`].
#[derive(Debug)]
pub struct Parts {
    /// The configuration.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// Keys.
    pub keys: Keys,
    /// Where files are kept.
    pub documents: Documents,
    /// The policy in force.
    pub policy: Policy,
    /// The frontend.
    pub site: Site,
    /// Messages to people.
    pub notifications: Notifications,
    /// The official sources.
    pub registries: Registries,
    /// Who judges signed files.
    pub notary: Notary,
    /// What is counted and measured.
    pub meters: Meters,
    /// The list of leaked passwords.
    pub leaks: Leaks,
    /// The institution's words in force.
    pub institution: Current,
    /// Hashes passwords.
    pub hasher: Hasher,
    /// Draws the challenges of passkeys and verifies the answers.
    pub passkeys: Verifier,
    /// Where captchas are verified.
    pub captcha: Slots<Memory>,
    /// Where requests to be signed are drawn.
    pub issuing: Slots<()>,
    /// Where photographs of papers are made anew.
    pub pictures: Slots<()>,
    /// Files that are being taken in.
    pub uploads: Uploads,
    /// Who waits for which change.
    pub live: Live,
    /// Whether signed files can be examined.
    pub examinations: Pulse,
    /// Whether the database answers who looks at what works.
    pub reached: Pulse,
    /// What was found to work.
    pub status: status::Found,
    /// Cancelled when the server is to stop: streams and jobs end.
    pub shutdown: CancellationToken,
}

impl App {
    /// Puts the parts together.
    pub fn build(foundation: Foundation) -> Self {
        let Foundation {
            config,
            store,
            clock,
            entropy,
            keys,
            documents,
            site,
            mailer,
            texter,
            registries,
            notary,
            meters,
            leaks,
        } = foundation;
        let shutdown = CancellationToken::new();
        Self(Arc::new(Parts {
            policy: config.policy.clone(),
            institution: Current::configured(config.institution.clone()),
            live: Live::new(shutdown.clone()),
            notifications: Notifications::new(mailer, texter),
            hasher: Hasher::new(&config.policy.hashing, keys.clone()),
            passkeys: Verifier::new(&config),
            captcha: Slots::new(0),
            issuing: Slots::new(0),
            pictures: Slots::new(0),
            uploads: Uploads::new(config.uploads),
            examinations: Pulse::default(),
            reached: Pulse::default(),
            status: status::Found::default(),
            leaks,
            config,
            store,
            clock,
            entropy,
            keys,
            documents,
            site,
            registries,
            notary,
            meters,
            shutdown,
        }))
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
