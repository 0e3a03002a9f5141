//! The official sources over HTTP, as they really behave: slow, down, contradictory. No attempt is lost by any of it.

use crate::page::Page;
use crate::people::{BIRTH_DATE, GOOD, NATURAL, UNKNOWN};
use crate::recovery::{self, Answering, ES};
use crate::scene::Scene;
use crate::simulator::{SOURCES, Setting, Simulator};
use std::time::Duration;
use thirtyfour::Key;

/// A breaker that never opens: each fault is met by itself.
const PATIENT: &str = "breaker_failures = 1000\ntimeout_millis = 700\n";

#[tokio::test]
async fn a_recovery_asks_every_registry_over_http() {
    let (scene, simulator) = Simulator::scene("").await;
    let (page, mail) = scene.ask_for_link(&GOOD).await;
    scene.set_password(&page, &mail.link()).await;
    page.reads(ES.reset_done_title()).await;
    let asked = simulator.requests().await;
    assert!(asked.iter().all(|count| *count > 0), "{asked:?}");
    let log = scene.portal.log();
    for personal in [GOOD.representative, GOOD.number] {
        assert!(!log.contains(personal), "the log has an identifier");
    }
}

#[tokio::test]
async fn each_fault_is_named_costs_no_attempt_and_passes() {
    let (scene, simulator) = Simulator::scene(PATIENT).await;
    let page = scene.page();
    for (registry, fault, title) in [
        ("civil_registry", "delay:5000", ES.errors_registry_civil()),
        ("sri", "500", ES.errors_registry_sri()),
        ("superintendencia", "reset", ES.errors_registry_superintendencia()),
        ("iess", "malformed", ES.errors_registry_iess()),
    ] {
        // Known and unknown alike, before and after the questions.
        for employer in [&GOOD, &UNKNOWN] {
            simulator.plan(registry, fault).await;
            recovery::send_identification(&page, &scene.portal, employer).await;
            page.reads(title).await;
            page.shows(ES.recovery_unavailable_what()).await;
            simulator.plan(registry, "none").await;
            page.press(ES.recovery_unavailable_resume()).await;
            page.reads(ES.recovery_questions_title()).await;
            no_attempt_is_counted(&page).await;

            recovery::fill_answers(&page, Answering::Wrong).await;
            simulator.plan(registry, fault).await;
            page.press(ES.recovery_questions_send()).await;
            page.reads(title).await;
            simulator.plan(registry, "none").await;
            page.press(ES.recovery_unavailable_resume()).await;
            page.reads(ES.recovery_questions_title()).await;
            no_attempt_is_counted(&page).await;
            page.press(ES.recovery_abandon()).await;
            page.press(ES.recovery_abandon_confirm()).await;
            page.shows(ES.recovery_ended_abandoned_title()).await;
        }
    }
    assert_eq!(scene.count("SELECT COUNT(*) FROM challenge_attempts").await, 0);
}

async fn no_attempt_is_counted(page: &Page) {
    let text = page.text().await;
    assert!(!text.contains("intento"), "{text}");
}

#[tokio::test]
async fn a_registry_that_dies_between_questions_and_answers_comes_back() {
    let (scene, mut simulator) = Simulator::scene("breaker_failures = 1\nbreaker_seconds = 60\n").await;
    let page = scene.page();
    recovery::identify(&page, &scene.portal, &GOOD).await;
    let asked = page.texts("form .field-label").await;
    recovery::fill_answers(&page, Answering::Right).await;
    simulator.die();
    page.press(ES.recovery_questions_send()).await;
    page.shows(ES.recovery_unavailable_what()).await;
    // Still dead: the page says so, and the other routes are there.
    page.press(ES.recovery_unavailable_resume()).await;
    page.shows(ES.recovery_unavailable_still()).await;
    page.shows(ES.recovery_way_counter()).await;
    // A reload, as after a night, stays where the case stands.
    simulator.come_back(scene.portal.installation());
    scene.portal.advance(Duration::from_secs(61)).await;
    page.tab_to(ES.recovery_unavailable_resume()).await;
    page.key(Key::Enter).await;
    page.reads(ES.recovery_questions_title()).await;
    page.shows(ES.recovery_questions_back()).await;
    assert_eq!(page.focus().await.name, ES.recovery_questions_title());
    assert_eq!(page.texts("form .field-label").await, asked, "the same questions");
    // What was typed is still there: sending it again is all.
    page.press(ES.recovery_questions_send()).await;
    page.reads(ES.recovery_link_title()).await;
    let link = scene.mail.mail(1).await.link();
    scene.set_password(&page, &link).await;
    page.reads(ES.reset_done_title()).await;
}

#[tokio::test]
async fn a_case_that_waits_for_a_registry_outlives_a_reload_and_a_new_server() {
    let (mut scene, mut simulator) = Simulator::scene("breaker_failures = 1\n").await;
    let page = scene.page();
    simulator.die();
    recovery::send_identification(&page, &scene.portal, &GOOD).await;
    page.shows(ES.recovery_unavailable_what()).await;
    scene.portal.restart();
    page.reload().await;
    page.shows(ES.recovery_unavailable_what()).await;
    simulator.come_back(scene.portal.installation());
    page.press(ES.recovery_unavailable_resume()).await;
    recovery::answer(&page, Answering::Right).await;
    page.reads(ES.recovery_link_title()).await;
}

#[tokio::test]
async fn stale_records_are_asked_for_less_and_contradictory_ones_name_what_to_correct() {
    let (scene, simulator) = Simulator::scene(PATIENT).await;
    for registry in ["civil_registry", "sri", "iess"] {
        simulator.plan(registry, "stale").await;
    }
    scene.prove(&GOOD).await.reads(ES.recovery_link_title()).await;
    scene.forget_cookies().await;
    for registry in ["civil_registry", "sri", "iess"] {
        simulator.plan(registry, "none").await;
    }
    let records = ES.recovery_records_title();
    for (registry, fault, title, said) in [
        // The representative before: today's has to have the appointment registered.
        (
            "superintendencia",
            "stale",
            records,
            ES.help_records_appointment(),
        ),
        (
            "superintendencia",
            "contradictory",
            records,
            ES.help_records_appointment(),
        ),
        ("iess", "contradictory", records, ES.help_records_representative()),
        (
            "sri",
            "contradictory",
            ES.recovery_inactive_title(),
            ES.recovery_inactive_do(),
        ),
    ] {
        simulator.plan(registry, fault).await;
        let page = scene.prove(&GOOD).await;
        page.reads(title).await;
        page.shows(said).await;
        simulator.plan(registry, "none").await;
        scene.forget_cookies().await;
    }
    assert_eq!(scene.mail.received().len(), 1, "no link leaves");
}

#[tokio::test]
async fn what_the_registro_civil_says_is_what_is_asked_for() {
    let (scene, simulator) = Simulator::scene(PATIENT).await;
    let page = scene.page();
    simulator.plan("civil_registry", "contradictory").await;
    recovery::identify(&page, &scene.portal, &NATURAL).await;
    // A person is always asked for the day of birth, and the record has another.
    page.shows(ES.challenges_birth_date()).await;
    recovery::answer(&page, Answering::Right).await;
    page.shows(&ES.recovery_questions_attempts(2)).await;
    // The set stays what it was when the record is right again: answers are compared with what was on record.
    simulator.plan("civil_registry", "none").await;
    recovery::fill_answers(&page, Answering::Right).await;
    let (year, month, day) = BIRTH_DATE;
    let others = [("month", month), ("day", day)];
    page.fill_date(ES.challenges_birth_date(), year - YEARS_OFF, &others)
        .await;
    page.press(ES.recovery_questions_send()).await;
    page.reads(ES.recovery_link_title()).await;
}

/// By how much the simulator's day of birth is wrong when it contradicts.
const YEARS_OFF: u16 = 4;

#[tokio::test]
async fn a_simulator_that_is_started_with_a_fault_has_it() {
    let setting = Setting {
        lines: PATIENT,
        faults: &["iess=500*2"],
        ..Setting::default()
    };
    let (scene, _simulator) = Simulator::in_setting(setting).await;
    let page = scene.page();
    recovery::send_identification(&page, &scene.portal, &GOOD).await;
    page.reads(ES.errors_registry_iess()).await;
    page.press(ES.recovery_unavailable_resume()).await;
    page.shows(ES.recovery_unavailable_still()).await;
    page.press(ES.recovery_unavailable_resume()).await;
    recovery::answer(&page, Answering::Right).await;
    page.reads(ES.recovery_link_title()).await;
}

#[tokio::test]
async fn an_operator_sees_the_circuit_of_a_registry_open_and_close() {
    let setting = Setting {
        line: "metrics_listen = \"127.0.0.1:0\"",
        lines: "breaker_failures = 1\nbreaker_seconds = 60\n",
        faults: &["sri=500*1"],
    };
    let (scene, _simulator) = Simulator::in_setting(setting).await;
    let page = scene.page();
    recovery::send_identification(&page, &scene.portal, &GOOD).await;
    page.reads(ES.errors_registry_sri()).await;
    assert_eq!(circuits(&scene).await, ["closed", "open", "closed", "closed"]);
    scene.portal.advance(Duration::from_secs(61)).await;
    page.press(ES.recovery_unavailable_resume()).await;
    page.reads(ES.recovery_questions_title()).await;
    assert_eq!(circuits(&scene).await, ["closed"; 4]);
    let told = scene.portal.measurements().await;
    for personal in [GOOD.representative, GOOD.number] {
        assert!(!told.contains(personal), "{told}");
    }
}

/// The state of each registry's circuit, which the measurements and `/readyz` tell alike.
async fn circuits(scene: &Scene) -> [String; 4] {
    let told = scene.portal.measurements().await;
    let ready = reqwest::get(scene.portal.url("/readyz"))
        .await
        .expect("an answer");
    assert!(
        ready.status().is_success(),
        "a registry that is out does not make the server unready"
    );
    let ready = ready.text().await.expect("text");
    SOURCES.map(|source| {
        let states: Vec<&str> = ["closed", "open", "half_open"]
            .into_iter()
            .filter(|state| {
                let line = format!("clavero_registry_circuit{{registry=\"{source}\",state=\"{state}\"}} 1");
                told.lines().any(|it| it == line)
            })
            .collect();
        let state = states.concat();
        assert!(
            ready.contains(&format!("{source}: {state}\n")),
            "{source}: {state}, and yet: {ready}"
        );
        state
    })
}

#[tokio::test]
async fn no_answer_before_the_proof_comes_faster_than_the_floor() {
    let (scene, _simulator) = Simulator::scene("").await;
    let page = scene.page();
    for employer in [&GOOD, &UNKNOWN] {
        recovery::identify(&page, &scene.portal, employer).await;
        recovery::answer(&page, Answering::Wrong).await;
        page.shows(&ES.recovery_questions_attempts(2)).await;
        let spans = page.run(SPANS, serde_json::Value::Null).await;
        let spans: Vec<f64> = serde_json::from_value(spans).expect("milliseconds");
        assert_eq!(spans.len(), 2, "the identification and the answers");
        assert!(spans.iter().all(|span| *span >= 300.0), "{spans:?}");
        scene.forget_cookies().await;
    }
}

/// How long the browser waited for each answer before the proof.
const SPANS: &str = "const done = arguments[1];
    const look = () => {
        const spans = performance.getEntriesByType('resource')
            .filter(it => it.name.endsWith('/api/v1/recoveries') || it.name.endsWith('/recovery/answers'))
            .map(it => it.responseEnd - it.requestStart);
        // An answer is noted a moment after it can be read.
        spans.length < 2 ? setTimeout(look, 20) : done(spans);
    };
    look();";
