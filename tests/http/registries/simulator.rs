//! What the simulator tells is what was imported, and each of its faults is met as it should be.

use super::{Scene, asking, company, employers, section};
use axum::http::StatusCode;
use rstest::rstest;
use serde_json::{Value, json};
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId, Ruc};
use shared::obligations::Standing;
use shared::registries::{Registry, TaxpayerStatus};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use tests::Log;
use tests::hostile::{Hostile, Manners};

const LONG: &str = "timeout_millis = 30000\nretries = 0\n";

#[tokio::test]
async fn what_comes_over_http_is_what_was_imported() {
    let scene = Scene::new().await;
    let asking = scene.asking(LONG);
    let imported = server::registries::Registries::imported(&scene.world.app.store);
    for employer in employers() {
        let record = &employer.record;
        let here = imported
            .consult(&record.employer, &record.branch, &employer.person.id)
            .await
            .unwrap();
        let there = asking.about(&employer).await.unwrap();
        assert!(here.taxpayer == there.taxpayer, "{:?}", employer.sort);
        assert!(here.person == there.person, "{:?}", employer.sort);
        assert!(here.appointment == there.appointment, "{:?}", employer.sort);
        assert!(here.employer == there.employer, "{:?}", employer.sort);
        assert!(there.person.is_some() && there.employer.is_some());
    }
    let (known, unknown) = (
        "{registry=\"iess\",outcome=\"known\"}",
        "{registry=\"iess\",outcome=\"unknown\"}",
    );
    let count = employers().len();
    let meter = |labels: &str| asking.meter(&format!("clavero_registry_requests_total{labels}"));
    assert_eq!(meter(known).unwrap().to_string(), count.to_string());
    assert_eq!(meter(unknown), None);
}

#[tokio::test]
async fn debts_come_over_http_and_fail_by_themselves() {
    let scene = Scene::new().await;
    let imported = server::registries::Registries::imported(&scene.world.app.store);
    let asking = asking(
        &section("obligations", &scene.url, LONG),
        Path::new("/nonexistent"),
    )
    .unwrap();
    let mut standings = std::collections::BTreeSet::new();
    for employer in employers() {
        let record = &employer.record;
        let here = imported.obligations(&record.employer, &record.branch).await;
        let there = asking
            .registries
            .obligations(&record.employer, &record.branch)
            .await
            .unwrap();
        assert!(there.is_some() && here.unwrap() == there, "{:?}", employer.sort);
        standings.extend(there.map(|record| record.standing));
    }
    assert!(standings.len() > 1, "the demo shows who is late and who is not");

    let company = company().record;
    let ask = async || {
        asking
            .registries
            .obligations(&company.employer, &company.branch)
            .await
    };
    for fault in ["500", "reset", "malformed"] {
        scene.plan(&format!("obligations={fault}"));
        assert_eq!(ask().await.unwrap_err().registry, Registry::Iess, "{fault}");
    }
    scene.plan("obligations=contradictory");
    assert_eq!(ask().await.unwrap().unwrap().standing, Standing::Late);
    scene.plan("obligations=none");
    scene.plan("iess=500");
    assert!(
        ask().await.unwrap().is_some(),
        "the institute's other source is another one"
    );
    let stranger = EmployerIdentifier::Ruc("1760001550001".parse().unwrap());
    let unknown = asking.registries.obligations(&stranger, &Branch::default()).await;
    assert!(unknown.unwrap().is_none());
}

#[tokio::test]
async fn nobody_knows_a_stranger() {
    let scene = Scene::new().await;
    let asking = scene.asking(LONG);
    let ruc: Ruc = "1760001550001".parse().unwrap();
    let person: RepresentativeId = "1710034065".parse().unwrap();
    let employer = EmployerIdentifier::Ruc(ruc);
    let registries = &asking.registries;
    assert!(registries.taxpayer(&ruc).await.unwrap().is_none());
    assert!(registries.person(&person).await.unwrap().is_none());
    assert!(registries.appointment(&employer).await.unwrap().is_none());
    let branch = Branch::default();
    assert!(registries.employer(&employer, &branch).await.unwrap().is_none());
}

#[tokio::test]
async fn only_those_that_may_know_an_employer_are_asked() {
    let scene = Scene::new().await;
    let asking = scene.asking(LONG);
    for employer in employers() {
        let before = Registry::ALL
            .iter()
            .map(|it| scene.faults.requests(*it))
            .collect::<Vec<_>>();
        asking.about(&employer).await.unwrap();
        let asked: Vec<u64> = Registry::ALL
            .iter()
            .zip(before)
            .map(|(it, before)| scene.faults.requests(*it) - before)
            .collect();
        // In the order of `Registry::ALL`: Registro Civil, SRI, Superintendencia, the institute.
        let expected = match employer.sort {
            server::demo::Sort::Household => [1, 0, 0, 1],
            server::demo::Sort::NaturalPerson => [1, 1, 0, 1],
            server::demo::Sort::Company
            | server::demo::Sort::NewCompany
            | server::demo::Sort::ForeignCompany
            | server::demo::Sort::PublicBody => [1, 1, 1, 1],
        };
        assert_eq!(asked, expected, "{:?}", employer.sort);
    }
}

#[rstest]
#[tokio::test]
async fn a_fault_of_one_registry_is_its_own(
    #[values("500", "503", "401", "429", "reset", "malformed", "delay:60000")] fault: &str,
) {
    let scene = Scene::new().await;
    for (registry, name) in Registry::ALL.iter().zip(super::SOURCES) {
        scene.plan(&format!("{name}={fault}"));
        // Only the one that fails is hurried.
        let text: String = super::SOURCES
            .iter()
            .map(|source| {
                section(
                    source,
                    &scene.url,
                    if *source == name { super::QUICK } else { LONG },
                )
            })
            .collect();
        let asking = asking(&text, Path::new("/nonexistent")).unwrap();
        let failed = asking.about(&company()).await.unwrap_err();
        assert_eq!(failed.registry, *registry, "{fault}");
        scene.plan(&format!("{name}=none"));
        scene.asking(LONG).about(&company()).await.unwrap();
    }
}

#[tokio::test]
async fn of_several_that_fail_the_first_is_named_and_the_others_are_still_asked() {
    let scene = Scene::new().await;
    let asking = scene.asking(LONG);
    scene.plan("iess=500");
    scene.plan("sri=500");
    assert_eq!(
        asking.about(&company()).await.unwrap_err().registry,
        Registry::Sri
    );
    for registry in Registry::ALL {
        assert_eq!(scene.faults.requests(*registry), 1, "{registry:?}");
    }
}

#[tokio::test]
async fn old_and_contradictory_records_are_records() {
    let scene = Scene::new().await;
    let asking = scene.asking(LONG);
    let company = company();
    let now = asking.about(&company).await.unwrap();
    let representative = |answers: &server::registries::Answers| {
        answers.appointment.as_ref().unwrap().representative.to_string()
    };
    scene.plan("superintendencia=stale");
    let then = asking.about(&company).await.unwrap();
    assert_ne!(representative(&then), representative(&now));
    let registered =
        |answers: &server::registries::Answers| answers.appointment.as_ref().unwrap().registered_on;
    assert!(registered(&then) < registered(&now));
    scene.plan("superintendencia=contradictory");
    scene.plan("sri=contradictory");
    scene.plan("iess=contradictory");
    scene.plan("civil_registry=contradictory");
    let other = asking.about(&company).await.unwrap();
    assert_ne!(representative(&other), representative(&now));
    assert_eq!(other.taxpayer.unwrap().status, TaxpayerStatus::Suspended);
    assert_ne!(
        other.employer.unwrap().representative,
        company.record.representative
    );
    assert!(other.person.unwrap().birth_date != company.person.birth_date);
}

#[tokio::test]
async fn what_passes_is_tried_again_and_nothing_else() {
    let scene = Scene::new().await;
    let asking =
        scene.asking("timeout_millis = 30000\nretries = 2\npause_millis = 1\nbreaker_failures = 100");
    let ruc = company().taxpayer.unwrap().ruc;
    for (plan, asked, answered) in [
        ("sri=503*2", 3, true),
        ("sri=502*1", 2, true),
        ("sri=504*3", 3, false),
        ("sri=reset*2", 3, true),
        ("sri=500*1", 1, false),
        ("sri=401*1", 1, false),
        ("sri=429*1", 1, false),
        ("sri=malformed*1", 1, false),
        ("sri=400*1", 1, false),
        ("sri=none", 1, true),
    ] {
        scene.plan(plan);
        let before = scene.faults.requests(Registry::Sri);
        let found = asking.registries.taxpayer(&ruc).await;
        assert_eq!(found.is_ok_and(|it| it.is_some()), answered, "{plan}");
        assert_eq!(scene.faults.requests(Registry::Sri) - before, asked, "{plan}");
    }
    let retries = "clavero_registry_retries_total{registry=\"sri\",trouble=\"status\"}";
    assert_eq!(asking.meter(retries).unwrap().to_string(), "5");
}

#[tokio::test]
async fn all_registries_are_asked_at_the_same_time() {
    // One server that answers nobody until all four have come: asked one after the other, it would never answer.
    let (arrived, _) = tokio::sync::watch::channel(0);
    let arrived = Arc::new(arrived);
    let counter = Arc::clone(&arrived);
    let router = axum::Router::new().fallback(move || {
        let arrived = Arc::clone(&counter);
        async move {
            arrived.send_modify(|count| *count += 1);
            let mut seen = arrived.subscribe();
            let _open = seen.wait_for(|count| *count == 4).await;
            (StatusCode::NOT_FOUND, axum::Json(json!({})))
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let shutdown = tokio_util::sync::CancellationToken::new();
    tokio::spawn(server::http::serve::serve(listener, router, shutdown));
    let text: String = super::SOURCES
        .iter()
        .map(|source| section(source, &url, LONG))
        .collect();
    let asking = asking(&text, Path::new("/nonexistent")).unwrap();
    let answers = asking.about(&company()).await.unwrap();
    assert!(answers.person.is_none() && answers.employer.is_none());
    assert_eq!(*arrived.borrow(), 4);
}

#[tokio::test]
async fn one_deadline_for_the_whole_step() {
    let silent = Hostile::start(Manners::Silent).await;
    let lines = "timeout_millis = 600000\nconnect_millis = 600000\nretries = 5";
    let mut text = "[registries]\ndeadline_millis = 100\n".to_owned();
    for source in super::SOURCES {
        text.push_str(&section(source, &silent.url(), lines));
    }
    let asking = asking(&text, Path::new("/nonexistent")).unwrap();
    // It ends, although one try may take ten minutes.
    assert_eq!(
        asking.about(&company()).await.unwrap_err().registry,
        Registry::CivilRegistry
    );
}

#[tokio::test]
async fn a_token_is_sent_from_its_file_and_asked_for() {
    let scene = Scene::with_token(Some("c3rr0")).await;
    let ruc = company().taxpayer.unwrap().ruc;
    let folder = tempfile::tempdir().unwrap();
    for (token, lets_in) in [("c3rr0\n", true), ("c3rr", false), ("", false)] {
        std::fs::write(folder.path().join("token"), token).unwrap();
        let text = section("sri", &scene.url, &format!("{LONG}token_file = \"token\""));
        let asking = asking(&text, folder.path()).unwrap();
        let found = asking.registries.taxpayer(&ruc).await;
        assert_eq!(found.is_ok(), lets_in, "{token:?}");
    }
}

#[tokio::test]
async fn faults_are_changed_while_it_runs() {
    let scene = Scene::new().await;
    let client = reqwest::Client::new();
    let control = format!("{}/control", scene.url);
    let plan = async |body: Value| {
        let answer = client.post(&control).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let (status, now) = plan(json!({ "sri": "delay:5*2", "iess": "reset" })).await;
    assert_eq!(status, 200);
    assert_eq!(now["sri"], json!({ "fault": "delay:5*2", "requests": 0 }));
    let (status, now) = plan(json!({ "iess": null })).await;
    assert_eq!(
        (status, &now["iess"]["fault"], &now["sri"]["fault"]),
        (200, &Value::Null, &json!("delay:5*2"))
    );
    for bad in [
        json!([]),
        json!({ "bank": "reset" }),
        json!({ "sri": "explode" }),
        json!({ "sri": 500 }),
    ] {
        assert_eq!(plan(bad).await.0, 400);
    }
    let ruc = company().taxpayer.unwrap().ruc.to_string();
    let get = client
        .get(format!("{}/sri/taxpayer", scene.url))
        .header("Registry-Subject", &ruc);
    let own = get.try_clone().unwrap().header("Registry-Fault", "418");
    assert_eq!(own.send().await.unwrap().status(), 418);
    assert_eq!(get.send().await.unwrap().status(), 200);
    let shown: Value = client.get(&control).send().await.unwrap().json().await.unwrap();
    assert_eq!(shown["sri"], json!({ "fault": null, "requests": 2 }));
}

#[tokio::test]
async fn readiness_tells_the_sources_and_does_not_hang_on_them() {
    let world = super::World::new(tests::Engine::Sqlite).await;
    let reply = world.browser().get("/readyz").await;
    assert_eq!(reply.status, 200);
    let told = String::from_utf8(reply.body).unwrap();
    let mut expected = "ready\n".to_owned();
    for source in super::SOURCES {
        writeln!(expected, "{source}: scripted").unwrap();
    }
    expected.push_str("obligations: scripted\n");
    assert_eq!(told, expected);
}

#[tokio::test]
async fn an_open_circuit_is_shown_and_leaves_the_server_ready() {
    let scene = Scene::new().await;
    scene.plan("sri=500");
    let lines = format!("{LONG}breaker_failures = 1");
    let text: String = super::SOURCES
        .iter()
        .map(|source| section(source, &scene.url, &lines))
        .collect();
    let world = super::World::with(tests::Engine::Sqlite, |setup| {
        setup.records = tests::Records::Configured;
        let config = server::config::Config::parse(&text, Path::new("/nonexistent")).unwrap();
        setup.config.registries = config.registries;
    })
    .await;
    let ruc = company().taxpayer.unwrap().ruc;
    assert!(world.app.registries.taxpayer(&ruc).await.is_err());
    let reply = world.browser().get("/readyz").await;
    assert_eq!(
        (
            reply.status.as_u16(),
            String::from_utf8(reply.body).unwrap().as_str()
        ),
        (
            200,
            "ready\ncivil_registry: closed\nsri: open\nsuperintendencia: closed\niess: closed\nobligations: imported\n"
        )
    );
    let router = server::http::metrics::router(world.app.clone(), server::measure::measure);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let metrics = format!("http://{}/metrics", listener.local_addr().unwrap());
    tokio::spawn(server::http::serve::serve(
        listener,
        router,
        world.app.shutdown.clone(),
    ));
    let told = reqwest::get(metrics).await.unwrap();
    let content_type = told.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(content_type.starts_with("text/plain"), "{content_type}");
    let told = told.text().await.unwrap();
    for line in [
        "clavero_registry_circuit{registry=\"sri\",state=\"open\"} 1",
        "clavero_registry_circuit{registry=\"iess\",state=\"closed\"} 1",
        "clavero_registry_requests_total{registry=\"sri\",outcome=\"status\"} 1",
    ] {
        assert!(told.lines().any(|it| it == line), "{line} is not in:\n{told}");
    }
}

#[tokio::test]
async fn nothing_personal_is_logged_or_measured() {
    let scene = Scene::new().await;
    let log = Log::default();
    let guard = log.listen();
    let company = company();
    let ruc = company.taxpayer.as_ref().unwrap().ruc.to_string();
    // The worst a mapping can do: the identifier in the address.
    let folder = tempfile::tempdir().unwrap();
    let mapping = "[request]\npath = \"/sri/taxpayer/{ruc}\"\nheaders = { Registry-Subject = \"{ruc}\" }\n\
        [fields]\nname = \"/name\"\nstatus = { at = \"/status\", words = {} }";
    std::fs::write(folder.path().join("sri.toml"), mapping).unwrap();
    let sections = [
        section(
            "civil_registry",
            "http://127.0.0.1:9",
            "retries = 0\ntimeout_millis = 200",
        ),
        section(
            "sri",
            &scene.url,
            &format!("{}mapping = \"sri.toml\"", super::QUICK),
        ),
        section("superintendencia", &scene.url, super::QUICK),
        section("iess", &scene.url, super::QUICK),
    ];
    let asking = asking(&sections.concat(), folder.path()).unwrap();
    for fault in ["500", "reset", "malformed", "delay:60000", "none"] {
        for source in ["sri", "superintendencia", "iess"] {
            scene.plan(&format!("{source}={fault}"));
        }
        let failed = asking.about(&company).await.unwrap_err();
        assert!(!failed.to_string().contains(&ruc));
    }
    drop(guard);
    let text = log.text();
    assert!(text.contains("a registry does not answer"), "{}", text.len());
    let measured = asking.meters.render();
    let record = &company.record;
    for secret in [
        ruc.as_str(),
        &company.person.id.to_string(),
        &company.person.surnames,
        &record.name,
        &record.representative.to_string(),
    ] {
        assert!(!text.contains(secret), "the log tells about whom");
        assert!(!measured.contains(secret), "the measurements tell about whom");
    }
}
