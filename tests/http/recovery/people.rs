//! Who recovers: made-up employers, what the registries know of them, and how they get through the pages.

use server::accounts::NewAccount;
use server::accounts::service as accounts;
use server::desk::Bureau;
use server::notifications::service as outbox;
use shared::accounts::FrozenBy;
use shared::api::Problem;
use shared::captcha::{Solution, Subject};
use shared::challenges::{Answer, Question};
use shared::i18n::Language;
use shared::identifiers::{AccountId, EmployerIdentifier};
use shared::policy::{Policy, StepUp, Window};
use shared::recovery::api::{
    AnswerQuestions, Answers, CaseView, CurrentCase, Identification, Identify, InspectLink, LinkToken,
    LinkView, Reset, ResetDone, ResetPassword, StageView,
};
use shared::registries::{
    Address, Appointment, DebitAccount, EmployerRecord, Month, Person, Place, Taxpayer, TaxpayerKind,
    TaxpayerStatus, WorkersInMonth,
};
use shared::secrets::Secret;
use tests::answers::Known;
use tests::captcha::effortless;
use tests::{Browser, Engine, World};

/// A password that every rule likes.
pub const GOOD: &str = "Tr7#mKq!vZx";

/// Another one.
pub const BETTER: &str = "9@wLpXe%Gu2";

/// An employer, by its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Employer {
    pub number: &'static str,
    pub representative: &'static str,
}

pub const COMPANY: Employer = Employer {
    number: "1790016919001",
    representative: "1710034065",
};
pub const OTHER: Employer = Employer {
    number: "1792060346001",
    representative: "0926687856",
};
pub const PUBLIC: Employer = Employer {
    number: "1760013210001",
    representative: "0102030400",
};
pub const NATURAL: Employer = Employer {
    number: "1700000019001",
    representative: "1700000019",
};
pub const HOUSEHOLD: Employer = Employer {
    number: "1700000027",
    representative: "1700000027",
};
/// Nobody knows this one.
pub const UNKNOWN: Employer = Employer {
    number: "1793221293001",
    representative: "1700000035",
};

/// How the employer stands when the test begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    Good,
    NoEmail,
    Blocked,
    Frozen,
    Inactive,
    /// Registered, and without an account.
    NoAccount,
}

/// A world with quick captchas and cheap hashes; what is tested here does not depend on their cost.
pub async fn world(engine: Engine) -> World {
    with_window(engine, Window::Complete).await
}

pub async fn with_window(engine: Engine, window: Window) -> World {
    with(engine, |policy| policy.link.window = window).await
}

/// The same, under a policy that differs in what is tested.
pub async fn with(engine: Engine, change: impl FnOnce(&mut Policy)) -> World {
    World::with(engine, |setup| {
        let policy = &mut setup.config.policy;
        policy.link.window = Window::Complete;
        effortless(&mut policy.captcha);
        policy.hashing.memory_kib = 64;
        policy.hashing.passes = 1;
        policy.limits.per_source.count = 100_000;
        policy.limits.per_identifier.count = 100_000;
        policy.limits.per_destination.count = 100_000;
        policy.limits.mail_budget.count = 100_000;
        no_step_up(&mut policy.step_up);
        change(policy);
    })
    .await
}

/// Turns every rule of the step-up off: most tests recover one password after the other.
fn no_step_up(rules: &mut StepUp) {
    rules.contact_changed.enabled = false;
    rules.recovery_repeated.enabled = false;
    rules.often_suspended.enabled = false;
    rules.many_workers.enabled = false;
    rules.source_failing.enabled = false;
}

/// What the registries know of an employer.
struct OnRecord {
    taxpayer: Option<Taxpayer>,
    person: Person,
    appointment: Appointment,
    record: EmployerRecord,
}

impl OnRecord {
    fn known(&self) -> Known<'_> {
        Known {
            taxpayer: self.taxpayer.as_ref(),
            person: &self.person,
            appointment: Some(&self.appointment),
            record: &self.record,
        }
    }
}

impl Employer {
    pub fn identifier(self) -> EmployerIdentifier {
        self.number.parse().unwrap()
    }

    /// What the registries know of it when all is well: but for the numbers, the same of all employers.
    fn on_record(self) -> OnRecord {
        let employer = self.identifier();
        let name = "EMPRESA DE PRUEBA S.A.";
        let taxpayer = |ruc| Taxpayer {
            ruc,
            name: name.to_owned(),
            status: TaxpayerStatus::Active,
            kind: Some(TaxpayerKind::LegalEntity),
            activities_started_on: Some("2000-01-03".parse().unwrap()),
            ruc_issued_on: Some("1999-12-31".parse().unwrap()),
            incorporated_on: Some("1999-11-30".parse().unwrap()),
            head_office: Some(place("PICHINCHA", "QUITO")),
            main_activity: Some("G471101".parse().unwrap()),
        };
        OnRecord {
            taxpayer: match employer {
                EmployerIdentifier::Ruc(ruc) => Some(taxpayer(ruc)),
                EmployerIdentifier::Household(_) => None,
            },
            person: Person {
                id: self.representative.parse().unwrap(),
                given_names: "MARIA ELENA".to_owned(),
                surnames: "QUISPE ANDRADE".to_owned(),
                birth_date: "1970-05-04".parse().unwrap(),
                birthplace: Some(place("AZUAY", "CUENCA")),
                married_on: Some("1995-07-22".parse().unwrap()),
                address: Some(address("AV. BOLIVAR")),
                previous_addresses: vec![address("AV. AMAZONAS")],
            },
            appointment: Appointment {
                employer,
                representative: self.representative.parse().unwrap(),
                registered_on: Some("2019-02-11".parse().unwrap()),
            },
            record: EmployerRecord {
                employer,
                branch: shared::identifiers::Branch::default(),
                name: name.to_owned(),
                representative: self.representative.parse().unwrap(),
                registered_on: Some("2000-02-14".parse().unwrap()),
                first_worker_in: Some("2000-03".parse().unwrap()),
                workers: (1..=9)
                    .map(|one| WorkersInMonth {
                        month: month(one),
                        workers: u32::from(one) * 7,
                    })
                    .collect(),
                branches: Some(4),
                address: Some(address("CALLE LOJA")),
                previous_addresses: vec![address("AV. ATAHUALPA")],
                debit_account: Some(DebitAccount {
                    bank: "Banco Pichincha".to_owned(),
                    last_four: "0042".parse().unwrap(),
                }),
            },
        }
    }

    /// Puts the employer into the registries and opens its account.
    pub async fn settle(self, world: &World, condition: Condition) -> Option<AccountId> {
        let employer = self.identifier();
        let representative = self.representative.parse().unwrap();
        let OnRecord {
            taxpayer,
            person,
            appointment,
            record,
        } = self.on_record();
        if let Some(mut taxpayer) = taxpayer {
            if condition == Condition::Inactive {
                taxpayer.status = TaxpayerStatus::Suspended;
            }
            world.registries.know_taxpayer(taxpayer);
        }
        world.registries.know_person(person);
        world.registries.know_appointment(appointment);
        world.registries.know_employer(record);
        if condition == Condition::NoAccount {
            return None;
        }
        let email = (condition != Condition::NoEmail).then(|| "maria@empresa.example".parse().unwrap());
        let account = NewAccount {
            employer,
            branch: shared::identifiers::Branch::default(),
            email,
            phone: None,
            language: Language::Es,
            name: "Empresa de Prueba S.A.".to_owned(),
            representative,
            representative_name: "María Elena Quispe Andrade".to_owned(),
        };
        let mut tx = world.app.store.write().await.unwrap();
        let id = accounts::open(&world.app, &mut tx, &account, world.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        change_state(world, id, condition).await;
        Some(id)
    }

    /// From now on the institute's record names this representative.
    pub async fn record_as(self, world: &World, representative: &str) {
        let (employer, branch) = (self.identifier(), shared::identifiers::Branch::default());
        let known = world.app.registries.employer(&employer, &branch).await;
        let mut record = known.unwrap().unwrap();
        record.representative = representative.parse().unwrap();
        world.registries.know_employer(record);
    }

    /// From now on the institute has so many workers on record for the newest month.
    pub fn employ(self, world: &World, workers: u32) {
        let mut record = self.on_record().record;
        record.workers.last_mut().unwrap().workers = workers;
        world.registries.know_employer(record);
    }

    /// From now on the Superintendencia and the institute name these representatives; the rest is as when it was settled.
    pub fn name(self, world: &World, appointed: &str, recorded: &str) {
        let OnRecord {
            mut appointment,
            mut record,
            ..
        } = self.on_record();
        appointment.representative = appointed.parse().unwrap();
        record.representative = recorded.parse().unwrap();
        world.registries.know_appointment(appointment);
        world.registries.know_employer(record);
    }

    /// From now on the Superintendencia names this representative.
    pub fn appoint(self, world: &World, representative: &str) {
        world.registries.know_appointment(Appointment {
            employer: self.identifier(),
            representative: representative.parse().unwrap(),
            registered_on: None,
        });
    }

    /// The first page: captcha and identifiers.
    pub async fn identify(self, browser: &mut Browser) -> Result<CaseView, Problem> {
        let captcha = self.captcha(browser).await;
        browser.call::<Identify>(&self.identification(captcha)).await
    }

    pub fn identification(self, captcha: Solution) -> Identification {
        Identification {
            employer: self.identifier(),
            branch: shared::identifiers::Branch::default(),
            representative: self.representative.parse().unwrap(),
            language: Language::Es,
            captcha,
        }
    }

    pub async fn captcha(self, browser: &mut Browser) -> Solution {
        let employer = self.identifier();
        browser.solve(&Subject::Recovery { employer }).await.unwrap()
    }

    /// From the first page to the link in the mail.
    pub async fn reach_link(self, world: &World, browser: &mut Browser) -> LinkToken {
        let case = self.identify(browser).await.unwrap();
        let view = answer(browser, &right(&questions(&case))).await.unwrap();
        assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
        deliver(world).await;
        token(world)
    }
}

/// The number of a company that nobody else has.
pub fn number(place: usize) -> &'static str {
    format!("179{:07}001", 3_000_000 + place).leak()
}

/// Blocks or freezes an account, where the condition says so, and ends nothing that is under way.
pub async fn change_state(world: &World, id: AccountId, condition: Condition) {
    let mut tx = world.app.store.write().await.unwrap();
    match condition {
        Condition::Blocked => accounts::block(&world.app, &mut tx, id, world.now())
            .await
            .unwrap(),
        Condition::Frozen => {
            server::accounts::store::freeze(&mut tx, id, world.now(), FrozenBy::Owner)
                .await
                .unwrap();
        }
        Condition::Good | Condition::NoEmail | Condition::Inactive | Condition::NoAccount => {}
    }
    tx.commit().await.unwrap();
}

fn place(province: &str, canton: &str) -> Place {
    Place {
        province: province.to_owned(),
        canton: canton.to_owned(),
    }
}

fn address(street: &str) -> Address {
    Address {
        street: street.to_owned(),
        canton: "QUITO".to_owned(),
    }
}

fn month(number: u8) -> Month {
    Month::new(2026, number).unwrap()
}

/// The questions of a case that asks.
pub fn questions(case: &CaseView) -> Vec<Question> {
    let StageView::Questions { questions, .. } = &case.stage else {
        panic!("no questions at {:?}", case.stage)
    };
    questions.clone()
}

/// What the records say.
pub fn right(questions: &[Question]) -> Vec<Answer> {
    COMPANY.on_record().known().answers(questions)
}

/// Well-formed answers that are all wrong.
pub fn wrong(questions: &[Question]) -> Vec<Answer> {
    COMPANY.on_record().known().wrong(questions)
}

pub async fn answer(browser: &mut Browser, answers: &[Answer]) -> Result<CaseView, Problem> {
    browser
        .call::<AnswerQuestions>(&Answers {
            answers: answers.to_vec(),
        })
        .await
}

pub async fn current(browser: &mut Browser) -> Result<CaseView, Problem> {
    browser.call::<CurrentCase>(&()).await
}

pub async fn inspect(browser: &mut Browser, token: &LinkToken) -> Result<LinkView, Problem> {
    browser.call::<InspectLink>(token).await
}

pub async fn reset(browser: &mut Browser, token: &LinkToken, password: &str) -> Result<ResetDone, Problem> {
    browser
        .call::<ResetPassword>(&Reset {
            token: token.token.clone(),
            password: Secret::from(password),
        })
        .await
}

/// Sends everything that waits in the outbox.
pub async fn deliver(world: &World) {
    outbox::send_due(&world.app, &Bureau).await.unwrap();
}

/// The token in the newest mail that carries a link for a new password.
pub fn token(world: &World) -> LinkToken {
    tokens(world).first().cloned().expect("a mail with a link")
}

/// The tokens of all mails with a link for a new password, the newest first.
pub fn tokens(world: &World) -> Vec<LinkToken> {
    let mails = world.mails();
    let links = mails.iter().filter_map(|mail| {
        let (_, rest) = mail.text.split_once("/restablecer#")?;
        Some(LinkToken {
            token: Secret::from(rest.split_whitespace().next()?),
        })
    });
    links.collect()
}
