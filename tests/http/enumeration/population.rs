//! Employers of every class, in the database of a server that listens; and the strangers who ask for them.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::Value;
use server::accounts::service as accounts;
use server::challenges::Identity;
use server::demo::{self, Detail, Employer, SHOWN, Situation, Sort};
use server::registries::Dossier;
use server::registries::service::record;
use shared::api::Endpoint;
use shared::captcha::Subject;
use shared::i18n::Language;
use shared::identifiers::{Branch, RepresentativeId};
use shared::recovery::api::{AnswerQuestions, Answers, CaseView, Identification, Identify, StageView};
use shared::registries::TaxpayerStatus;
use std::net::SocketAddr;
use std::time::Duration;
use tests::answers::Known;
use tests::captcha::effortless;
use tests::{Engine, Heard, Records, Wire, World, history};

/// Strangers who ask at the same time.
const CLIENTS: usize = 16;

/// Employers of each class. Each is asked what it is asked, in words that are longer or shorter.
const EACH: usize = 25;

/// Wrong answers until the online recovery is suspended.
const ATTEMPTS: usize = 3;

/// What there is to find out about an employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    UnknownRuc,
    UnknownCedula,
    Inactive,
    Mismatch,
    Blocked,
    Suspended,
    NoEmail,
    /// Every rule of the step-up is met.
    Demanding,
    Good,
    GoodHousehold,
}

/// A server that listens, with employers of some classes.
pub struct Scene {
    world: World,
    address: SocketAddr,
    employers: Vec<(Class, Vec<Asked>)>,
    random: u64,
}

/// An employer with the representative that a stranger types.
struct Asked {
    on_record: Employer,
    representative: RepresentativeId,
}

/// What a stranger sends.
pub struct Request {
    class: Class,
    json: String,
    cookie: Option<String>,
}

/// A case that was opened.
pub struct Case {
    class: Class,
    cookie: String,
    wrong: String,
}

impl Class {
    pub const ALL: &'static [Self] = &[
        Self::UnknownRuc,
        Self::UnknownCedula,
        Self::Inactive,
        Self::Mismatch,
        Self::Blocked,
        Self::Suspended,
        Self::NoEmail,
        Self::Demanding,
        Self::Good,
        Self::GoodHousehold,
    ];

    pub const fn is_household(self) -> bool {
        match self {
            Self::UnknownCedula | Self::GoodHousehold => true,
            Self::UnknownRuc
            | Self::Inactive
            | Self::Mismatch
            | Self::Blocked
            | Self::Suspended
            | Self::NoEmail
            | Self::Demanding
            | Self::Good => false,
        }
    }

    const fn is_known(self) -> bool {
        match self {
            Self::UnknownRuc | Self::UnknownCedula => false,
            Self::Inactive
            | Self::Mismatch
            | Self::Blocked
            | Self::Suspended
            | Self::NoEmail
            | Self::Demanding
            | Self::Good
            | Self::GoodHousehold => true,
        }
    }

    /// Brings an employer that is in order into this class, as far as its records are concerned.
    fn change(self, employer: &mut Employer) {
        match self {
            Self::Inactive => {
                if let Some(taxpayer) = &mut employer.taxpayer {
                    taxpayer.status = TaxpayerStatus::Suspended;
                }
            }
            Self::NoEmail => employer.email = None,
            Self::Demanding => {
                for counted in &mut employer.record.workers {
                    counted.workers += 500;
                }
            }
            Self::UnknownRuc
            | Self::UnknownCedula
            | Self::Mismatch
            | Self::Blocked
            | Self::Suspended
            | Self::Good
            | Self::GoodHousehold => {}
        }
    }
}

impl Scene {
    /// A server on SQLite with everything real but the captcha's cost and the limits; every stage has a population of its
    /// own.
    pub async fn of(stage: u32, classes: &[Class]) -> Self {
        let world = World::with(Engine::Sqlite, |setup| {
            setup.records = Records::Imported;
            setup.seed = stage.into();
            let policy = &mut setup.config.policy;
            policy.recovery.time_floor_millis = 300;
            effortless(&mut policy.captcha);
            for rate in [&mut policy.limits.per_source, &mut policy.limits.per_identifier] {
                rate.count = 1_000_000;
            }
        })
        .await;
        let mut made_up = (SHOWN + stage * 10_000..)
            .filter_map(|index| demo::employer(stage.into(), index, Detail::Full))
            .filter(|employer| employer.situation == Situation::Good);
        let mut employers = Vec::new();
        for class in classes {
            let sort = if class.is_household() {
                Sort::Household
            } else {
                Sort::Company
            };
            let of_class = made_up.by_ref().filter(|employer| employer.sort == sort);
            employers.push((*class, asked(*class, of_class.take(EACH).collect())));
        }
        let (address, _serving) = world.listen().await;
        let scene = Self {
            world,
            address,
            employers,
            random: stage.into(),
        };
        scene.settle().await;
        scene
    }

    /// Writes the registries and accounts, and brings accounts into their state.
    async fn settle(&self) {
        let app = &self.world.app;
        let known = || self.employers.iter().filter(|(class, _)| class.is_known());
        let mut tx = app.store.write().await.unwrap();
        for (_, employers) in known() {
            let dossiers = employers.iter().map(|one| dossier(one.on_record.clone()));
            record(app, &mut tx, dossiers.collect()).await.unwrap();
        }
        for (class, employers) in known() {
            for one in employers.iter().filter(|_| *class == Class::Blocked) {
                let employer = one.on_record.record.employer;
                let account = accounts::find(&mut tx, employer, Branch::default())
                    .await
                    .unwrap();
                accounts::block(app, &mut tx, account.unwrap().id, self.world.now())
                    .await
                    .unwrap();
            }
        }
        tx.commit().await.unwrap();
        self.look_back().await;
        let suspended = self
            .employers
            .iter()
            .filter(|(class, _)| *class == Class::Suspended);
        for (class, employers) in suspended {
            let requests = self.ask(*class, employers).await;
            let cases = self.open(requests, employers).await;
            for _ in 0..ATTEMPTS {
                self.send::<AnswerQuestions>(wrong_answers(&cases)).await;
            }
        }
    }

    /// Writes what the rules of the step-up look back at. The source, which fails for many, is everybody's.
    async fn look_back(&self) {
        let world = &self.world;
        let long_ago = world.now().before(Duration::from_hours(24 * 7));
        let demanding = self
            .employers
            .iter()
            .filter(|(class, _)| *class == Class::Demanding);
        for one in demanding.flat_map(|(_, employers)| employers) {
            let identity = Identity {
                employer: one.on_record.record.employer,
                branch: Branch::default(),
                representative: one.representative.clone(),
            };
            let mut tx = world.app.store.read().await.unwrap();
            let account = accounts::find(&mut tx, identity.employer, identity.branch).await;
            drop(tx);
            let account = account.unwrap().unwrap().id;
            history::contact_changed(world, account, long_ago).await;
            history::recovered(world, account, &identity, long_ago).await;
            for _ in 0..4 {
                history::suspended(world, account, &identity, long_ago).await;
            }
        }
    }

    /// So many identifications of each class, the captchas solved.
    pub async fn identifications(&self, of_each: usize) -> Vec<Request> {
        let mut requests = Vec::new();
        for (class, employers) in &self.employers {
            for _ in 0..of_each.div_ceil(employers.len()) {
                requests.extend(self.ask(*class, employers).await);
            }
        }
        requests
    }

    /// Cases of every class: one an employer, but for suspended ones as many as others have attempts.
    pub async fn cases(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        for (class, employers) in &self.employers {
            let rounds = if *class == Class::Suspended { ATTEMPTS } else { 1 };
            for _ in 0..rounds {
                let requests = self.ask(*class, employers).await;
                cases.extend(self.open(requests, employers).await);
            }
        }
        cases
    }

    async fn ask(&self, class: Class, employers: &[Asked]) -> Vec<Request> {
        let mut browser = self.world.browser();
        let mut requests = Vec::new();
        for one in employers {
            let employer = one.on_record.record.employer;
            let captcha = browser.solve(&Subject::Recovery { employer }).await.unwrap();
            let identification = Identification {
                employer,
                branch: Branch::default(),
                representative: one.representative.clone(),
                language: Language::Es,
                captcha,
            };
            requests.push(Request {
                class,
                json: serde_json::to_string(&identification).unwrap(),
                cookie: None,
            });
        }
        requests
    }

    /// Opens a case for each employer, in their order.
    async fn open(&self, requests: Vec<Request>, employers: &[Asked]) -> Vec<Case> {
        let mut opened = Vec::new();
        let mut wires = Vec::new();
        for _ in &requests {
            wires.push(Wire::connect(self.address, self.world.app.config.public_url.origin()).await);
        }
        let calls = wires
            .iter_mut()
            .zip(&requests)
            .map(|(wire, request)| wire.call::<Identify>(&request.json, None));
        for ((heard, request), asked) in futures_util::future::join_all(calls)
            .await
            .into_iter()
            .zip(&requests)
            .zip(employers)
        {
            let view: CaseView = heard.json();
            let StageView::Questions { questions, .. } = view.stage else {
                panic!("{:?} is not asked", request.class)
            };
            let known = Known {
                taxpayer: asked.on_record.taxpayer.as_ref(),
                person: &asked.on_record.person,
                appointment: Some(&asked.on_record.appointment),
                record: &asked.on_record.record,
            };
            let answers = Answers {
                answers: known.wrong(&questions),
            };
            opened.push(Case {
                class: request.class,
                cookie: heard.cookie().to_owned(),
                wrong: serde_json::to_string(&answers).unwrap(),
            });
        }
        opened
    }

    /// Sends all of it, shuffled, from [`CLIENTS`] connections at once. At any moment all classes are under way, so that
    /// what else the machine does falls on all of them.
    pub async fn send<E: Endpoint>(&self, requests: Vec<Request>) -> Vec<(Class, Heard)> {
        let mut random = ChaCha8Rng::seed_from_u64(self.random);
        let mut order: Vec<(u64, Request)> = requests
            .into_iter()
            .map(|request| (random.next_u64(), request))
            .collect();
        order.sort_by_key(|(place, _)| *place);
        let mut hands: Vec<Vec<Request>> = (0..CLIENTS).map(|_| Vec::new()).collect();
        for (number, (_, request)) in order.into_iter().enumerate() {
            hands[number % CLIENTS].push(request);
        }
        let mut clients = tokio::task::JoinSet::new();
        for hand in hands {
            let (address, origin) = (self.address, self.world.app.config.public_url.origin().to_owned());
            clients.spawn(async move {
                let mut wire = Wire::connect(address, &origin).await;
                let mut answers = Vec::new();
                for request in hand {
                    let heard = wire.call::<E>(&request.json, request.cookie.as_deref()).await;
                    answers.push((request.class, heard));
                }
                answers
            });
        }
        clients.join_all().await.into_iter().flatten().collect()
    }
}

fn asked(class: Class, employers: Vec<Employer>) -> Vec<Asked> {
    let persons: Vec<RepresentativeId> = employers.iter().map(|one| one.person.id.clone()).collect();
    let shift = usize::from(class == Class::Mismatch);
    let pairs = employers.into_iter().zip(persons.into_iter().cycle().skip(shift));
    pairs
        .map(|(mut on_record, representative)| {
            class.change(&mut on_record);
            Asked {
                on_record,
                representative,
            }
        })
        .collect()
}

/// One wrong attempt after the other of all cases; of suspended employers, another case at each.
pub fn attempts(cases: &[Case]) -> Vec<Vec<Request>> {
    let (suspended, others): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.class == Class::Suspended);
    let of_all = |attempt| {
        let fresh = suspended.iter().skip(attempt * EACH).take(EACH);
        wrong_answers(others.iter().chain(fresh).copied())
    };
    (0..ATTEMPTS).map(of_all).collect()
}

fn wrong_answers<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Vec<Request> {
    let request = |case: &Case| Request {
        class: case.class,
        json: case.wrong.clone(),
        cookie: Some(case.cookie.clone()),
    };
    cases.into_iter().map(request).collect()
}

fn dossier(one: Employer) -> Dossier {
    Dossier {
        taxpayer: one.taxpayer,
        person: one.person,
        appointed_on: one.appointment.registered_on,
        record: one.record,
        obligations: one.obligations,
        email: one.email,
        phone: one.phone,
        language: one.language,
    }
}

/// Where values are and of what kind; not what they are.
pub fn shape(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let field = |(name, field): (&String, &Value)| match field.as_str() {
                Some(word) if name == "kind" || name == "form" => format!("{name}: {word}"),
                _ => format!("{name}: {}", shape(field)),
            };
            let fields: Vec<String> = fields.iter().map(field).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(shape).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(_) => "text".to_owned(),
        Value::Number(_) => "number".to_owned(),
        Value::Bool(_) => "yes or no".to_owned(),
        Value::Null => "null".to_owned(),
    }
}
