//! A server in process with employers of the demo, and browsers that get through its pages.

use server::app::{App, Foundation};
use server::clock::Clock;
use server::compose;
use server::config::Config;
use server::demo::{self, Detail, Employer, Situation};
use server::documents::Documents;
use server::entropy::Entropy;
use server::http::spa::Site;
use server::keys::Keys;
use server::leaks::Leaks;
use server::meters::Meters;
use server::notary::{self, Notary};
use server::notifications::{Mailbox, Mailer, Texter};
use server::registries::Registries;
use server::store::Store;
use shared::captcha::{Solution, Subject};
use shared::challenges::{Answer, Question};
use shared::i18n::Language;
use shared::recovery::api::Identification;
use shared::secrets::Secret;
use std::path::Path;
use tests::answers::Known;
use tests::{Browser, EPOCH};

/// The seed of the demo's population.
const SEED: u64 = 1;

/// A server in process on a SQLite file.
#[derive(Clone)]
pub struct Portal {
    pub app: App,
    pub mailbox: Mailbox,
    router: axum::Router,
}

impl Portal {
    /// A server with the policy as it ships, but for the time floor and the limits, which would be all that is measured.
    pub async fn open(folder: &Path) -> anyhow::Result<Self> {
        let mut config = Config::parse("", Path::new("/nonexistent"))?;
        let policy = &mut config.policy;
        policy.recovery.time_floor_millis = 0;
        for rate in [
            &mut policy.limits.per_source,
            &mut policy.limits.per_identifier,
            &mut policy.limits.per_destination,
            &mut policy.limits.mail_budget,
        ] {
            rate.count = 10_000_000;
        }
        let store = Store::open(&format!("sqlite:{}", folder.join("clavero.db").display())).await?;
        let mailbox = Mailbox::new();
        let app = App::build(Foundation {
            config,
            store: store.clone(),
            clock: Clock::frozen(EPOCH),
            entropy: Entropy::seeded(SEED),
            keys: Keys::new(Secret::new([7; 32])),
            documents: Documents::in_folder(&compose::documents_path(folder))?,
            site: Site::of(std::iter::empty()),
            mailer: Mailer::Mailbox(mailbox.clone()),
            texter: Texter::Off,
            registries: Registries::imported(&store),
            notary: Notary::Scripted(notary::Scripted::default()),
            meters: Meters::new(),
            leaks: Leaks::built_in(),
        });
        let router = server::http::router(app.clone(), compose::routes());
        Ok(Self { app, mailbox, router })
    }

    /// Loads `count` employers and gives back those whose recovery succeeds.
    pub async fn populate(&self, count: u32) -> anyhow::Result<Vec<Employer>> {
        demo::load(&self.app, count, SEED, &mut |_| ()).await?;
        let all = (0..count).filter_map(|index| demo::employer(SEED, index, Detail::Full));
        Ok(all
            .filter(|employer| employer.situation == Situation::Good)
            .collect())
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone(), self.app.config.public_url.origin())
    }
}

/// A solved captcha for an employer.
pub async fn captcha(browser: &mut Browser, employer: &Employer) -> anyhow::Result<Solution> {
    let subject = Subject::Recovery {
        employer: employer.record.employer,
    };
    let solved = browser.solve(&subject).await;
    solved.map_err(|problem| anyhow::anyhow!("{problem:?}"))
}

pub fn identification(employer: &Employer, captcha: Solution) -> Identification {
    Identification {
        employer: employer.record.employer,
        branch: employer.record.branch,
        representative: employer.person.id.clone(),
        language: Language::Es,
        captcha,
    }
}

/// What the records say.
pub fn answers(employer: &Employer, questions: &[Question]) -> Vec<Answer> {
    let known = Known {
        taxpayer: employer.taxpayer.as_ref(),
        person: &employer.person,
        appointment: Some(&employer.appointment),
        record: &employer.record,
    };
    known.right(questions)
}
