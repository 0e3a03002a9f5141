//! Every cookie that the server sets. That each has all its guards is looked at in every test ([`tests::Browser`]); here is what they are
//! worth in other hands.

use crate::{appointments, recovery, sessions, signatures, staff, unlock};
use axum::body::Body;
use axum::http::Request;
use rstest::rstest;
use server::http::serve::HEAD_LIMIT;
use shared::api::ErrorCode;
use shared::signatures::Purpose;
use shared::staff::Role;
use tests::{Browser, Engine, Reply, World};

/// What somebody put into a browser beforehand.
const PLANTED: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The cookies, each with where it is asked for and what is told without it.
#[derive(Clone, Copy, Debug)]
enum Held {
    Case,
    Unlock,
    Signature,
    Session,
    Staff,
    Appointment,
}

impl Held {
    const fn name(self) -> &'static str {
        match self {
            Self::Case => server::recovery::COOKIE,
            Self::Unlock => server::unlock::COOKIE,
            Self::Signature => server::signatures::COOKIE,
            Self::Session => server::sessions::COOKIE,
            Self::Staff => server::staff::COOKIE,
            Self::Appointment => server::appointments::COOKIE,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Case => "/api/v1/recovery",
            Self::Unlock => "/api/v1/unlock",
            Self::Signature => "/api/v1/signature",
            Self::Session => "/api/v1/session",
            Self::Staff => "/api/v1/staff/session",
            Self::Appointment => "/api/v1/appointment",
        }
    }

    const fn missing(self) -> ErrorCode {
        match self {
            Self::Case | Self::Unlock | Self::Signature => ErrorCode::CaseMissing,
            Self::Session | Self::Staff => ErrorCode::SessionMissing,
            Self::Appointment => ErrorCode::AppointmentUnknown,
        }
    }

    /// A browser with a planted cookie that then earns one.
    async fn earned(self) -> (World, Browser) {
        let engine = Engine::Sqlite;
        match self {
            Self::Case => {
                let world = recovery::people::world(engine).await;
                let employer = recovery::people::COMPANY;
                employer.settle(&world, recovery::people::Condition::Good).await;
                let mut browser = self.planted(&world);
                employer.identify(&mut browser).await.unwrap();
                (world, browser)
            }
            Self::Unlock => {
                let world = unlock::people::world(engine).await;
                let (employer, condition) = (recovery::people::COMPANY, recovery::people::Condition::Blocked);
                unlock::people::settle(&world, employer, condition).await;
                let mut browser = self.planted(&world);
                unlock::people::open(employer, &mut browser).await.unwrap();
                (world, browser)
            }
            Self::Signature => {
                let world = signatures::people::world(engine).await;
                let employer = recovery::people::COMPANY;
                employer.settle(&world, recovery::people::Condition::Good).await;
                let mut browser = self.planted(&world);
                signatures::people::open(employer, &mut browser, Purpose::Recovery)
                    .await
                    .unwrap();
                (world, browser)
            }
            Self::Session => {
                let world = sessions::people::world(engine).await;
                let employer = sessions::people::COMPANY;
                employer.settle(&world).await;
                let mut browser = self.planted(&world);
                browser.plant(server::sessions::DEVICE_COOKIE, PLANTED);
                employer
                    .sign_in(&mut browser, sessions::people::RIGHT)
                    .await
                    .unwrap();
                assert_ne!(browser.cookie(server::sessions::DEVICE_COOKIE), Some(PLANTED));
                (world, browser)
            }
            Self::Staff => {
                let world = staff::people::world(engine).await;
                let hired = staff::people::hire(&world, "Ana", Role::Agent).await;
                let mut browser = self.planted(&world);
                let credentials = hired.credentials(staff::people::RIGHT);
                staff::people::sign_in(&mut browser, &credentials).await.unwrap();
                assert_ne!(browser.cookie(self.name()), Some(PLANTED));
                staff::people::show_code(&mut browser, hired.code(&world))
                    .await
                    .unwrap();
                (world, browser)
            }
            Self::Appointment => {
                let world = appointments::people::world(engine).await;
                let centre = appointments::people::centre(&world, 1).await;
                let mut browser = self.planted(&world);
                let (employer, starts_at) = (recovery::people::COMPANY, appointments::people::slot(0));
                appointments::people::hold(&mut browser, employer, centre, starts_at)
                    .await
                    .unwrap();
                (world, browser)
            }
        }
    }

    fn planted(self, world: &World) -> Browser {
        let mut browser = world.browser();
        browser.plant(self.name(), PLANTED);
        browser
    }

    /// Asks with these lines of cookies, and no others.
    async fn ask(self, world: &World, lines: &[String]) -> Reply {
        let mut request = Request::get(self.path());
        for line in lines {
            request = request.header("cookie", line);
        }
        world.browser().send(request.body(Body::empty()).unwrap()).await
    }
}

#[rstest]
#[case(Held::Case)]
#[case(Held::Unlock)]
#[case(Held::Signature)]
#[case(Held::Session)]
#[case(Held::Staff)]
#[case(Held::Appointment)]
#[tokio::test]
async fn a_planted_cookie_is_worth_nothing(#[case] held: Held) {
    let (world, browser) = held.earned().await;
    let earned = browser.cookie(held.name()).unwrap();
    assert_ne!(earned, PLANTED);
    let line = |value: &str| format!("{}={value}", held.name());
    let told = held.ask(&world, &[line(earned)]).await;
    assert_eq!(told.status, 200, "{}", told.text());
    // Whoever planted the other one gets nothing by it.
    let told = held.ask(&world, &[line(PLANTED)]).await;
    assert_eq!(told.problem().code, held.missing());
}

#[rstest]
#[case(Held::Case)]
#[case(Held::Unlock)]
#[case(Held::Signature)]
#[case(Held::Session)]
#[case(Held::Staff)]
#[case(Held::Appointment)]
#[tokio::test]
async fn a_cookie_is_taken_whole_and_once(#[case] held: Held) {
    let (world, browser) = held.earned().await;
    let (name, earned) = (held.name(), browser.cookie(held.name()).unwrap().to_owned());
    let pair = format!("{name}={earned}");
    let cut = &earned[..earned.len() - 1];
    for lines in [
        vec![],
        vec![String::new()],
        vec![name.to_owned()],
        vec![format!("{name}=")],
        vec![format!("{name}={cut}")],
        vec![format!("{name}={earned}A")],
        vec![format!("{name}=\"{earned}\"")],
        vec![format!("{name}={}", earned.to_lowercase())],
        vec![format!("{name}=%41{cut}")],
        vec![format!("{}={earned}", name.to_lowercase())],
        vec![format!("{}={earned}", name.trim_start_matches("__Host-"))],
        vec![format!(
            "__Secure-{}={earned}",
            name.trim_start_matches("__Host-")
        )],
        vec![format!("x{pair}")],
        vec![format!("{name}={}", "A".repeat(HEAD_LIMIT))],
        vec![format!("{name}={}", "=;,".repeat(1000))],
        vec!["=".repeat(10_000)],
        vec![format!("{name}=A; {pair}")],
        vec![format!("{name}={PLANTED}"), pair.clone()],
    ] {
        let told = held.ask(&world, &lines).await;
        assert_eq!(told.problem().code, held.missing(), "{lines:?}");
    }
    // Many cookies of others beside it are no matter.
    let others = "a=b; ".repeat(500);
    assert_eq!(held.ask(&world, &[format!("{others}{pair}")]).await.status, 200);
}
