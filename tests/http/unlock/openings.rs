//! Who opens case after case for somebody else's number takes nothing away from the owner, in this procedure or recovery.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::captcha::api::IssueCaptcha;
use shared::captcha::{Challenge, Subject};
use std::collections::BTreeSet;
use std::time::Duration;
use tests::{Engine, World};

/// What is opened.
#[derive(Clone, Copy, Debug)]
enum Procedure {
    Recovery,
    Unlock,
}

impl Procedure {
    fn subject(self, employer: Employer) -> Subject {
        let employer = employer.identifier();
        match self {
            Self::Recovery => Subject::Recovery { employer },
            Self::Unlock => Subject::Unlock { employer },
        }
    }

    async fn open(self, world: &World, employer: Employer, from: &str) -> Result<(), ErrorCode> {
        let mut browser = world.browser().at(from);
        let opened = match self {
            Self::Recovery => employer.identify(&mut browser).await.map(drop),
            Self::Unlock => open(employer, &mut browser).await.map(drop),
        };
        opened.map_err(|problem| problem.code)
    }

    /// How hard the next captcha for this employer is.
    async fn bits(self, world: &World, employer: Employer) -> u8 {
        let mut browser = world.browser().at("203.0.113.200");
        let issued = browser
            .call::<IssueCaptcha>(&self.subject(employer))
            .await
            .unwrap();
        let challenge: Challenge = issued.challenge.parse().unwrap();
        challenge.difficulty().bits()
    }
}

/// A world in which one network opens `most` cases for an identifier, with captchas of 0 to 2 bits.
async fn limited(engine: Engine, most: u32) -> World {
    let world = with(engine, |policy| {
        policy.limits.per_identifier.count = most;
        policy.captcha.max_bits = 2;
    })
    .await;
    settle(&world, COMPANY, Condition::Blocked).await;
    world
}

#[rstest]
#[tokio::test]
async fn a_network_that_comes_too_often_is_refused_and_no_other_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Procedure::Recovery, Procedure::Unlock)] procedure: Procedure,
) {
    let mut told = BTreeSet::new();
    for employer in [COMPANY, UNKNOWN] {
        let world = limited(engine, 20).await;
        let mut codes = Vec::new();
        for host in 0..21 {
            // The hosts of one household count as one.
            let from = format!("2001:db8:1:2::{host:x}");
            codes.push(procedure.open(&world, employer, &from).await.err());
        }
        let refused = Some(ErrorCode::RateLimited);
        assert!(codes[..20].iter().all(Option::is_none), "{codes:?}");
        assert_eq!(codes[20], refused);
        for owner in ["2001:db8:1:3::1", "198.51.100.9"] {
            assert_eq!(procedure.open(&world, employer, owner).await, Ok(()), "{owner}");
        }
        // What is counted there takes nothing from the other procedure, nor from another employer.
        let other = match procedure {
            Procedure::Recovery => Procedure::Unlock,
            Procedure::Unlock => Procedure::Recovery,
        };
        let stranger = "2001:db8:1:2::1";
        assert_eq!(other.open(&world, employer, stranger).await, Ok(()));
        assert_eq!(procedure.open(&world, OTHER, stranger).await, Ok(()));
        let window = Duration::from_secs(world.app.policy.limits.per_identifier.seconds.into());
        world.advance(window.saturating_sub(TICK));
        codes.push(procedure.open(&world, employer, stranger).await.err());
        world.advance(TICK);
        codes.push(procedure.open(&world, employer, stranger).await.err());
        assert_eq!(codes[21..], [refused, None]);
        told.insert(format!("{codes:?}"));
    }
    assert_eq!(told.len(), 1, "{told:?}");
}

#[rstest]
#[tokio::test]
async fn many_networks_together_make_the_captchas_harder_and_refuse_nobody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Procedure::Recovery, Procedure::Unlock)] procedure: Procedure,
) {
    let mut all = BTreeSet::new();
    for employer in [COMPANY, UNKNOWN] {
        let world = limited(engine, 2).await;
        let mut bits = Vec::new();
        for network in 1..=9 {
            let from = format!("198.51.100.{network}");
            assert_eq!(procedure.open(&world, employer, &from).await, Ok(()), "{from}");
            bits.push(procedure.bits(&world, employer).await);
        }
        // The third opening is the first over the rate; twice as hard after 1 and 3 of them, and never above the policy's most.
        assert_eq!(bits, [0, 0, 1, 1, 2, 2, 2, 2, 2]);
        assert_eq!(procedure.bits(&world, OTHER).await, 0, "nobody else's");
        let forgotten = world.app.policy.captcha.failure_seconds;
        world.advance(Duration::from_secs(forgotten.into()));
        bits.push(procedure.bits(&world, employer).await);
        assert_eq!(bits.last(), Some(&0));
        all.insert(bits);
    }
    assert_eq!(all.len(), 1, "{all:?}");
}
