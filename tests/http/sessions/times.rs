//! What a stranger can learn from how long a refusal takes: nothing. The server listens on a real socket, with the real
//! floor and the real cost of a hash; the design of the comparison is in `tests/src/rank.rs`.

use super::people::COMPANY;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rstest::rstest;
use server::accounts::{NewAccount, service as accounts, store};
use server::delegates::{Delegate, store as delegates};
use server::store::Tx;
use shared::delegates::DelegateId;
use shared::i18n::Language;
use shared::identifiers::{AccountId, Branch};
use shared::sessions::api::{Credentials, SignIn};
use std::collections::BTreeMap;
use std::time::Duration;
use tests::rank::telltales;
use tests::{Engine, Wire, World};

/// Samples of each class at one stage of the comparison.
const SAMPLES: u16 = 60;
/// Connections at once.
const CLIENTS: usize = 6;

/// What there is under the number and branch that are typed, with a wrong password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Nobody,
    WithoutPassword,
    Active,
    Blocked,
    Frozen,
    NoDelegate,
    InvitedDelegate,
    ActiveDelegate,
    EndedDelegate,
    DelegateOver,
}

const OWNERS: &[Class] = &[
    Class::Nobody,
    Class::WithoutPassword,
    Class::Active,
    Class::Blocked,
    Class::Frozen,
];

const DELEGATES: &[Class] = &[
    Class::NoDelegate,
    Class::InvitedDelegate,
    Class::ActiveDelegate,
    Class::EndedDelegate,
    Class::DelegateOver,
];

impl Class {
    /// Each sample has a branch of its own, so that no counter fills up.
    fn branch(self, number: u16) -> Branch {
        let first = 1 + SAMPLES * self as u16;
        format!("{:04}", first + number).parse().unwrap()
    }

    /// Until when a delegate has access, where there is one.
    fn delegate_until(self) -> Option<&'static str> {
        match self {
            Self::Nobody
            | Self::WithoutPassword
            | Self::Active
            | Self::Blocked
            | Self::Frozen
            | Self::NoDelegate => None,
            Self::InvitedDelegate | Self::ActiveDelegate | Self::EndedDelegate => Some("2026-12-31"),
            Self::DelegateOver => Some("2026-11-22"),
        }
    }
}

fn asked(class: Class, number: u16) -> Credentials {
    Credentials {
        branch: class.branch(number),
        delegate: DELEGATES.contains(&class).then(|| "0926687856".parse().unwrap()),
        ..COMPANY.credentials("Wq4$nJp@bYs")
    }
}

/// A password of today's parameters that nobody knows.
fn hash(world: &World) -> String {
    let policy = world.app.policy.hashing;
    let (salt, output) = (world.app.entropy.bytes::<16>(), world.app.entropy.bytes::<32>());
    format!(
        "$argon2id$v=19$m={},t={},p={}${}${}",
        policy.memory_kib,
        policy.passes,
        policy.lanes,
        STANDARD_NO_PAD.encode(salt),
        STANDARD_NO_PAD.encode(output)
    )
}

async fn settle(world: &World, classes: &[Class]) {
    let (app, now) = (&world.app, world.now());
    let mut tx = app.store.write().await.unwrap();
    for class in classes.iter().filter(|class| **class != Class::Nobody) {
        for number in 0..SAMPLES {
            let account = NewAccount {
                employer: COMPANY.0.parse().unwrap(),
                branch: class.branch(number),
                email: Some("maria@empresa.example".parse().unwrap()),
                phone: None,
                language: Language::Es,
                name: "Ferretería El Clavo S.A.".to_owned(),
                representative: "1710034065".parse().unwrap(),
                representative_name: "María Elena Quispe Andrade".to_owned(),
            };
            let id = accounts::open(app, &mut tx, &account, now).await.unwrap();
            if *class != Class::WithoutPassword {
                store::set_password(&mut tx, id, &hash(world), now).await.unwrap();
            }
            match class {
                Class::Blocked => drop(store::block(&mut tx, id, now).await.unwrap()),
                Class::Frozen => drop(
                    store::freeze(&mut tx, id, now, shared::accounts::FrozenBy::Owner)
                        .await
                        .unwrap(),
                ),
                Class::Nobody
                | Class::WithoutPassword
                | Class::Active
                | Class::NoDelegate
                | Class::InvitedDelegate
                | Class::ActiveDelegate
                | Class::EndedDelegate
                | Class::DelegateOver => {}
            }
            if let Some(until) = class.delegate_until() {
                delegate(world, &mut tx, id, *class, until).await;
            }
        }
    }
    tx.commit().await.unwrap();
}

async fn delegate(world: &World, tx: &mut Tx, account: AccountId, class: Class, until: &str) {
    let now = world.now();
    let delegate = Delegate {
        id: DelegateId::new(now, world.app.entropy.bytes()),
        account,
        cedula: "0926687856".parse().unwrap(),
        name: "Ana Lucía Chango".parse().unwrap(),
        email: "ana@contable.example".parse().unwrap(),
        language: Language::Es,
        scopes: "payroll".parse().unwrap(),
        until: until.parse().unwrap(),
        password_set_at: None,
        blocked_at: None,
        invited_at: None,
        signed_in_at: None,
    };
    delegates::insert(tx, &delegate, now).await.unwrap();
    if class != Class::InvitedDelegate {
        delegates::set_password(tx, delegate.id, &hash(world), now)
            .await
            .unwrap();
    }
    if class == Class::EndedDelegate {
        delegates::end(tx, delegate.id, account, now).await.unwrap();
    }
}

/// Times of the classes, all mixed.
async fn measure(stage: u64, classes: &[Class]) -> BTreeMap<Class, Vec<Duration>> {
    let world = World::with(Engine::Sqlite, |setup| {
        setup.seed = stage;
        let policy = &mut setup.config.policy;
        policy.recovery.time_floor_millis = 300;
        policy.limits.per_source.count = 1_000_000;
        policy.limits.sign_ins_per_source.count = 1_000_000;
    })
    .await;
    settle(&world, classes).await;
    let (address, _serving) = world.listen().await;
    let mut random = ChaCha8Rng::seed_from_u64(stage);
    let mut order: Vec<(u64, Class, u16)> = classes
        .iter()
        .flat_map(|class| (0..SAMPLES).map(|number| (*class, number)))
        .map(|(class, number)| (random.next_u64(), class, number))
        .collect();
    order.sort_unstable();
    let mut clients = tokio::task::JoinSet::new();
    for hand in order.chunks(order.len().div_ceil(CLIENTS)) {
        let (hand, origin) = (hand.to_vec(), world.app.config.public_url.origin().to_owned());
        clients.spawn(async move {
            let mut wire = Wire::connect(address, &origin).await;
            let mut times = Vec::new();
            for (_, class, number) in hand {
                let json = serde_json::to_string(&asked(class, number)).unwrap();
                let heard = wire.call::<SignIn>(&json, None).await;
                assert!(heard.status.contains(" 403 "), "{class:?}: {}", heard.status);
                times.push((class, heard.took));
            }
            times
        });
    }
    let mut times: BTreeMap<Class, Vec<Duration>> = BTreeMap::new();
    for (class, took) in clients.join_all().await.into_iter().flatten() {
        times.entry(class).or_default().push(took);
    }
    times
}

#[rstest]
#[case::owners(OWNERS)]
#[case::delegates(DELEGATES)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_refusal_tells_by_its_time_whether_there_is_an_account(#[case] classes: &[Class]) {
    let mut stage = 0;
    let found = telltales(classes, async |classes: &[Class]| {
        stage += 1;
        measure(stage, classes).await
    })
    .await;
    assert!(found.is_empty(), "these times tell: {found:#?}");
}
