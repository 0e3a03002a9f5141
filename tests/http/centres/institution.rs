//! The institution's words and the policy.

use super::{administrator, reason, world};
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use rstest::rstest;
use server::settings::service as settings;
use shared::api::{BASE, ErrorCode, FieldCode};
use shared::settings::api::ShowSettings;
use shared::settings::institution::{
    InstitutionToSave, InstitutionView, LARGEST_LOGO, LOGO_UPLOAD, LogoId, LogoTaken, SaveInstitution,
    ShowInstitution, ShowPolicy, logo_path,
};
use shared::staff::Role;
use std::time::Duration;
use tests::desk::{Desk, desk};
use tests::{Browser, Engine, Reply, World};

const TICK: Duration = Duration::from_micros(1);

/// A PNG of one red point.
const POINT: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x08, 0xd7, 0x63,
    0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0x18, 0xdd, 0x8d, 0xb0, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
];

fn words(name: &str, logo: Option<LogoId>) -> InstitutionToSave {
    InstitutionToSave {
        name: name.parse().unwrap(),
        contact: "02 200 0000".parse().unwrap(),
        logo,
        seen: None,
        reason: reason(),
    }
}

async fn send_logo(desk: &mut Desk, bytes: Vec<u8>) -> Reply {
    let request = Request::post(format!("{BASE}{LOGO_UPLOAD}"))
        .header(ORIGIN, desk.browser.origin().to_owned())
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "application/octet-stream")
        .body(Body::from(bytes))
        .unwrap();
    desk.browser.send(request).await
}

async fn shown(browser: &mut Browser) -> (String, String, Option<LogoId>) {
    let shown = browser.call::<ShowSettings>(&()).await.unwrap();
    (shown.institution.name, shown.institution.contact, shown.logo)
}

async fn saved(world: &World, elsa: &mut Desk, logo: Option<LogoId>) -> InstitutionView {
    let seen = elsa.browser.call::<ShowInstitution>(&()).await.unwrap();
    let asked = InstitutionToSave {
        seen: seen.changed_at,
        ..words("Instituto de Prueba", logo)
    };
    let view = elsa.browser.call::<SaveInstitution>(&asked).await.unwrap();
    assert_eq!(view.changed_at, Some(world.now()));
    view
}

#[rstest]
#[tokio::test]
async fn an_administrators_words_take_the_place_of_the_configurations(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let configured = world.app.config.institution.clone();
    let view = elsa.browser.call::<ShowInstitution>(&()).await.unwrap();
    assert_eq!((view.name, view.changed_at), (configured.name.clone(), None));

    let view = saved(&world, &mut elsa, None).await;
    assert!(!view.official, "that is the operator's to say");
    let (name, contact, logo) = shown(&mut world.browser()).await;
    assert_eq!(
        (name.as_str(), contact.as_str(), logo),
        ("Instituto de Prueba", "02 200 0000", None)
    );

    // A form that was open since before changes nothing, and says so.
    world.advance(TICK);
    let now = view.changed_at;
    for seen in [None, now.map(|at| at.before(TICK)), now.map(|at| at.after(TICK))] {
        let late = InstitutionToSave {
            seen,
            ..words("Otro nombre", None)
        };
        let refused = elsa.browser.call::<SaveInstitution>(&late).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::DetailsChanged);
    }
    assert_eq!(shown(&mut world.browser()).await.0, "Instituto de Prueba");

    // Another node, or this one after a restart, reads them from the database.
    let node = world.node(2).await;
    assert_eq!(node.institution.institution().name, configured.name);
    settings::renew(&node).await.unwrap();
    assert_eq!(node.institution.words(), world.app.institution.words());
}

#[rstest]
#[tokio::test]
async fn a_logo_is_drawn_anew_and_shown_once_it_is_saved(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let mut sent = POINT.to_vec();
    sent.extend_from_slice(b"<script>alert(1)</script>");
    let taken: LogoTaken = send_logo(&mut elsa, sent).await.json();
    assert_eq!(shown(&mut world.browser()).await.2, None, "it is not saved yet");
    saved(&world, &mut elsa, Some(taken.logo)).await;
    assert_eq!(shown(&mut world.browser()).await.2, Some(taken.logo));

    let path = format!("{BASE}{}", logo_path(taken.logo));
    let fetched = world.browser().get(&path).await;
    assert_eq!(fetched.status, 200);
    assert_eq!(fetched.header("content-type"), "image/png");
    assert_eq!(fetched.header("x-content-type-options"), "nosniff");
    assert!(fetched.body.starts_with(&POINT[..8]));
    assert!(!fetched.body.windows(7).any(|part| part == b"<script"));

    let other = LogoId::new(world.now(), [9; 10]);
    let unknown = world.browser().get(&format!("{BASE}{}", logo_path(other))).await;
    assert_eq!(unknown.problem().code, ErrorCode::NotFound);
    let refused = elsa
        .browser
        .call::<SaveInstitution>(&words("x", Some(other)))
        .await
        .unwrap_err();
    assert_eq!(
        (refused.fields[0].field.as_str(), refused.fields[0].code),
        ("logo", FieldCode::NotOffered)
    );

    saved(&world, &mut elsa, None).await;
    assert_eq!(shown(&mut world.browser()).await.2, None);
}

#[rstest]
#[tokio::test]
async fn what_is_no_image_is_no_logo(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec();
    assert_eq!(
        send_logo(&mut elsa, svg).await.problem().code,
        ErrorCode::PaperOtherType
    );
    let half = POINT[..40].to_vec();
    assert_eq!(
        send_logo(&mut elsa, half).await.problem().code,
        ErrorCode::PaperUnreadable
    );
    let large = vec![0; usize::try_from(LARGEST_LOGO).unwrap() + 1];
    assert_eq!(
        send_logo(&mut elsa, large).await.problem().code,
        ErrorCode::BodyTooLarge
    );
    let mut agent = desk(&world, "Ana Paz", Role::Agent, None).await;
    let refused = send_logo(&mut agent, POINT.to_vec()).await;
    assert_eq!(refused.problem().code, ErrorCode::NotYourRight);
}

#[rstest]
#[tokio::test]
async fn the_policy_is_shown_with_what_the_operator_set(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::with(engine, |setup| setup.config.policy.centres.lead_minutes = 45).await;
    let mut elsa = administrator(&world).await;
    let policy = elsa.browser.call::<ShowPolicy>(&()).await.unwrap();
    assert_eq!(policy.profile, "2026");
    let value = |path: &str| {
        let found = policy.values.iter().find(|value| value.path == path).unwrap();
        (found.value.as_str(), found.profiles.as_deref())
    };
    assert_eq!(value("link.seconds"), ("180", None));
    assert_eq!(value("link.window"), ("complete", None));
    assert_eq!(value("centres.lead_minutes"), ("45", Some("30")));
    let mut supervisor = desk(&world, "Sara Luna", Role::Supervisor, None).await;
    let refused = supervisor.browser.call::<ShowPolicy>(&()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotYourRight);
}
