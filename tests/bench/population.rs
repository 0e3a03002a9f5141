//! A server in process with employers of the demo, and browsers that get through its pages.

use anyhow::Context;
use server::app::{App, Foundation};
use server::clock::Clock;
use server::compose;
use server::config::Config;
use server::demo::{self, Detail, Employer, Situation};
use server::entropy::Entropy;
use server::http::spa::Site;
use server::keys::Keys;
use server::leaks::Leaks;
use server::meters::Meters;
use server::notifications::{Mailbox, Mailer};
use server::registries::Registries;
use server::store::Store;
use shared::captcha::api::IssueCaptcha;
use shared::captcha::{Solution, Solver, Step, Subject};
use shared::challenges::{Answer, Form, Question, QuestionKind};
use shared::i18n::Language;
use shared::recovery::api::Identification;
use shared::registries::{Activity, Address, Canton, Place};
use shared::secrets::Secret;
use std::path::Path;
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
            site: Site::of(std::iter::empty()),
            mailer: Mailer::Mailbox(mailbox.clone()),
            registries: Registries::imported(&store),
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
    let issued = browser
        .call::<IssueCaptcha>(&subject)
        .await
        .map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    let mut solver = Solver::new(issued.challenge.parse()?);
    loop {
        if let Step::Solved(solution) = solver.step(64)? {
            return Ok(solution);
        }
    }
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
pub fn answers(employer: &Employer, questions: &[Question]) -> anyhow::Result<Vec<Answer>> {
    questions
        .iter()
        .map(|question| answer(employer, question))
        .collect()
}

fn answer(employer: &Employer, question: &Question) -> anyhow::Result<Answer> {
    let date = |date: Option<_>| {
        Ok(Answer::Date {
            date: date.context("a date on record")?,
        })
    };
    let taxpayer = employer.taxpayer.as_ref();
    let (person, record) = (&employer.person, &employer.record);
    let streets = |known: &[Address]| known.iter().map(|one| one.street.clone()).collect::<Vec<_>>();
    match (question.kind, &question.form) {
        (QuestionKind::BirthDate, _) => date(Some(person.birth_date)),
        (QuestionKind::MarriageDate, _) => date(person.married_on),
        (QuestionKind::RucIssueDate, _) => date(taxpayer.and_then(|known| known.ruc_issued_on)),
        (QuestionKind::IncorporationDate, _) => date(taxpayer.and_then(|known| known.incorporated_on)),
        (QuestionKind::EmployerRegistrationDate, _) => date(record.registered_on),
        (QuestionKind::AppointmentDate, _) => date(employer.appointment.registered_on),
        (QuestionKind::Birthplace, Form::Choice { choices }) => {
            choose(choices, &[canton(person.birthplace.as_ref())?])
        }
        (QuestionKind::HeadOfficeCanton, Form::Choice { choices }) => {
            let office = taxpayer.and_then(|known| known.head_office.as_ref());
            choose(choices, &[canton(office)?])
        }
        (QuestionKind::MainActivity, Form::Choice { choices }) => {
            let code = taxpayer.and_then(|known| known.main_activity.as_ref());
            let activity = code.and_then(Activity::of).context("an activity on record")?;
            choose(choices, &[activity.name.to_owned()])
        }
        (QuestionKind::PreviousAddress, Form::Choice { choices }) => {
            choose(choices, &streets(&person.previous_addresses))
        }
        (QuestionKind::EmployerPreviousAddress, Form::Choice { choices }) => {
            choose(choices, &streets(&record.previous_addresses))
        }
        (QuestionKind::FirstWorkerMonth, _) => Ok(Answer::Month {
            month: record.first_worker_in.context("a first worker on record")?,
        }),
        (QuestionKind::BranchCount, _) => Ok(Answer::Number {
            number: record.branches.context("branches on record")?,
        }),
        (QuestionKind::WorkersInMonth, Form::NumberInMonth { year, month }) => {
            let asked = employer
                .record
                .workers
                .iter()
                .find(|one| (one.month.year(), one.month.month()) == (*year, *month));
            Ok(Answer::NumberInMonth {
                number: asked.context("workers on record")?.workers,
            })
        }
        (QuestionKind::DebitAccount, _) => {
            let account = employer
                .record
                .debit_account
                .as_ref()
                .context("an account on record")?;
            Ok(Answer::Account {
                bank: account.bank.clone(),
                last_four: account.last_four.as_str().to_owned(),
            })
        }
        (kind, form) => anyhow::bail!("{kind:?} asked as {form:?}"),
    }
}

/// The choice that one of the records gives.
fn choose(choices: &[String], known: &[String]) -> anyhow::Result<Answer> {
    let right = choices.iter().find(|choice| known.contains(choice));
    Ok(Answer::Choice {
        choice: right.context("the right choice is offered")?.clone(),
    })
}

fn canton(place: Option<&Place>) -> anyhow::Result<String> {
    let place = place.context("a place on record")?;
    let canton = Canton::find(&place.canton, None).context("a canton of Ecuador")?;
    Ok(canton.name.to_owned())
}
