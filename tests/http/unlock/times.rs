//! What a stranger can learn before a passkey was shown from how long an answer takes: nothing. The server listens on a real
//! socket, with the real floor; the design of the comparison is in `tests/src/rank.rs`.

use super::people::*;
use crate::recovery::people::{NATURAL, PUBLIC};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rstest::rstest;
use shared::api::Endpoint;
use shared::unlock::api::{AssertUnlock, OpenUnlock, UnlockStageView, UnlockView};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;
use tests::rank::telltales;
use tests::{Engine, Heard, Wire, World};

/// Samples of each class at one stage of the comparison.
const SAMPLES: usize = 60;
/// Connections at once.
const CLIENTS: usize = 6;
/// What every answer takes at least.
const FLOOR: Duration = Duration::from_millis(300);

/// What there is to find out about an employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Blocked,
    Active,
    NotEnrolled,
    Unknown,
}

const CLASSES: &[Class] = &[Class::Blocked, Class::Active, Class::NotEnrolled, Class::Unknown];

impl Class {
    const fn employer(self) -> Employer {
        match self {
            Self::Blocked => COMPANY,
            Self::Active => OTHER,
            Self::NotEnrolled => PUBLIC,
            Self::Unknown => UNKNOWN,
        }
    }
}

/// Which answer is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Identification,
    RefusedPasskey,
}

/// What a stranger sends.
#[derive(Clone)]
struct Request {
    class: Class,
    json: String,
    cookie: Option<String>,
}

/// Sends all of it, shuffled: at any moment all classes are under way.
async fn send<E: Endpoint>(
    world: &World,
    address: SocketAddr,
    stage: u64,
    requests: Vec<Request>,
) -> Vec<(Class, Heard)> {
    let mut random = ChaCha8Rng::seed_from_u64(stage);
    let mut order: Vec<(u64, Request)> = requests
        .into_iter()
        .map(|request| (random.next_u64(), request))
        .collect();
    order.sort_by_key(|(place, _)| *place);
    let mut clients = tokio::task::JoinSet::new();
    for hand in order.chunks(order.len().div_ceil(CLIENTS)) {
        let (hand, origin) = (hand.to_vec(), world.app.config.public_url.origin().to_owned());
        clients.spawn(async move {
            let mut wire = Wire::connect(address, &origin).await;
            let mut answers = Vec::new();
            for (_, request) in hand {
                let heard = wire.call::<E>(&request.json, request.cookie.as_deref()).await;
                assert_eq!(heard.status, "HTTP/1.1 200 OK", "{:?}", request.class);
                assert!(heard.took >= FLOOR, "{:?} took {:?}", request.class, heard.took);
                answers.push((request.class, heard));
            }
            answers
        });
    }
    clients.join_all().await.into_iter().flatten().collect()
}

/// Times of the classes at this step, all mixed.
async fn measure(step: Step, stage: u64, classes: &[Class]) -> BTreeMap<Class, Vec<Duration>> {
    let world = with(Engine::Sqlite, |policy| policy.recovery.time_floor_millis = 300).await;
    settle(&world, COMPANY, Condition::Blocked).await;
    settle(&world, OTHER, Condition::Good).await;
    PUBLIC.settle(&world, Condition::Blocked).await;
    // Somebody else's passkey, whose owner tries numbers that are not theirs.
    let (_, device) = settle(&world, NATURAL, Condition::Blocked).await;
    let mut device = device.that_does_not_count();
    let (address, _serving) = world.listen().await;

    let mut browser = world.browser();
    let mut requests = Vec::new();
    for class in classes {
        for _ in 0..SAMPLES {
            let captcha = captcha(class.employer(), &mut browser).await;
            requests.push(Request {
                class: *class,
                json: serde_json::to_string(&class.employer().identification(captcha)).unwrap(),
                cookie: None,
            });
        }
    }
    let mut answers = send::<OpenUnlock>(&world, address, stage, requests).await;
    if step == Step::RefusedPasskey {
        let mut requests = Vec::new();
        for (class, heard) in answers {
            let view: UnlockView = heard.json();
            requests.push(Request {
                class,
                json: serde_json::to_string(&signed(&mut device, &view).await).unwrap(),
                cookie: Some(heard.cookie().to_owned()),
            });
        }
        answers = send::<AssertUnlock>(&world, address, stage, requests).await;
        for (class, heard) in &answers {
            let stage = heard.json::<UnlockView>().stage;
            let refused = matches!(stage, UnlockStageView::Passkey { attempts_left: 4, .. });
            assert!(refused, "{class:?}: {stage:?}");
        }
    }
    let mut times: BTreeMap<Class, Vec<Duration>> = BTreeMap::new();
    for (class, heard) in answers {
        times.entry(class).or_default().push(heard.took);
    }
    times
}

#[rstest]
#[case::identification(Step::Identification)]
#[case::refused_passkey(Step::RefusedPasskey)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_tells_by_its_time_what_is_known(#[case] step: Step) {
    let mut stage = 0;
    let found = telltales(CLASSES, async |classes: &[Class]| {
        stage += 1;
        measure(step, stage, classes).await
    })
    .await;
    assert!(found.is_empty(), "these times tell: {found:#?}");
}
