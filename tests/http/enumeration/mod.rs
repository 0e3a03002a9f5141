//! What a stranger can learn before the identity proof, from the bytes of an answer and from its time: nothing.
//!
//! The server listens on a real socket with the real time floor; nothing else of it is slowed down or sped up but the
//! captcha's work, which is done beforehand. The design of the comparison of times is in `tests/src/rank.rs`.

mod population;

use population::{Class, Scene};
use shared::recovery::api::{AnswerQuestions, Identify, StageView};
use std::collections::{BTreeMap, BTreeSet};
use tests::Heard;
use tests::rank::telltales;

/// Samples of each class at one stage of the comparison.
const IDENTIFICATIONS: usize = 200;

/// What is left of an answer when everything is taken out that is random by itself.
fn outline(class: Class, heard: &Heard) -> String {
    let header = |(name, value): &(String, String)| {
        let value = match name.as_str() {
            "date" | "content-length" => "…".to_owned(),
            "set-cookie" => {
                let (pair, attributes) = value.split_once(';').expect("a cookie has attributes");
                let (name, value) = pair.split_once('=').expect("a cookie has a value");
                format!("{name}={} letters;{attributes}", value.len())
            }
            _ if value == heard.header("x-request-id") => format!("{} letters", value.len()),
            _ => value.clone(),
        };
        format!("{name}: {value}")
    };
    let mut body = String::from_utf8(heard.body.clone()).expect("JSON");
    assert_eq!(
        heard.header("content-length"),
        body.len().to_string(),
        "{class:?}"
    );
    let view: shared::recovery::api::CaseView = heard.json();
    let reference = serde_json::to_string(&view.reference).expect("JSON");
    assert_eq!(body.matches(&reference).count(), 1, "{body}");
    body = body.replace(&reference, "…");
    if let StageView::Questions { questions, .. } = &view.stage {
        let questions = serde_json::to_string(questions).expect("JSON");
        assert_eq!(body.matches(&questions).count(), 1, "{body}");
        body = body.replace(&questions, "[…]");
    }
    let headers: Vec<String> = heard.headers.iter().map(header).collect();
    format!("{}\n{}\n\n{body}", heard.status, headers.join("\n"))
}

/// The outlines of many answers, each with the classes that have it: one line where all are alike.
fn outlines<'a>(heard: impl IntoIterator<Item = (Class, &'a Heard)>) -> BTreeMap<String, BTreeSet<Class>> {
    let mut found: BTreeMap<String, BTreeSet<Class>> = BTreeMap::new();
    for (class, heard) in heard {
        found.entry(outline(class, heard)).or_default().insert(class);
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_identification_tells_what_is_known() {
    let mut stage_number = 0;
    let found = telltales(Class::ALL, async |classes: &[Class]| {
        let scene = Scene::of(stage_number, classes).await;
        stage_number += 1;
        let requests = scene.identifications(IDENTIFICATIONS).await;
        let answers = scene.send::<Identify>(requests).await;

        let alike = outlines(answers.iter().map(|(class, heard)| (*class, heard)));
        assert_eq!(alike.len(), 1, "{alike:#?}");
        let (only, _) = alike.first_key_value().expect("one of them");
        assert!(only.starts_with("HTTP/1.1 200 OK\n"), "{only}");
        questions_are_alike(&answers);
        times(&answers)
    })
    .await;
    assert!(found.is_empty(), "these times tell: {found:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_wrong_answer_tells_what_is_known() {
    let mut stage_number = 0;
    let found = telltales(Class::ALL, async |classes: &[Class]| {
        let scene = Scene::of(100 + stage_number, classes).await;
        stage_number += 1;
        let cases = scene.cases().await;
        let mut answers = Vec::new();
        for (attempt, requests) in population::attempts(&cases).into_iter().enumerate() {
            let heard = scene.send::<AnswerQuestions>(requests).await;
            let (asked, suspended): (Vec<_>, Vec<_>) = heard
                .iter()
                .map(|(class, heard)| (*class, heard))
                .partition(|(class, _)| *class != Class::Suspended);
            for group in [asked, suspended] {
                let alike = outlines(group);
                assert!(alike.len() <= 1, "attempt {attempt}: {alike:#?}");
            }
            answers.extend(heard);
        }
        times(&answers)
    })
    .await;
    assert!(found.is_empty(), "these times tell: {found:#?}");
}

/// A kind of question looks the same whoever is asked, and everybody of one bank is asked as many.
fn questions_are_alike(answers: &[(Class, Heard)]) {
    let (mut shapes, mut counts) = (BTreeMap::new(), BTreeMap::new());
    for (class, heard) in answers {
        let view: shared::recovery::api::CaseView = heard.json();
        let StageView::Questions { questions, .. } = view.stage else {
            panic!("{class:?} is not asked")
        };
        counts
            .entry(class.is_household())
            .or_insert_with(BTreeSet::new)
            .insert(questions.len());
        for question in questions {
            let json = serde_json::to_value(&question).expect("JSON");
            shapes
                .entry(question.kind)
                .or_insert_with(BTreeSet::new)
                .insert(population::shape(&json));
        }
    }
    assert!(counts.values().all(|counts| counts.len() == 1), "{counts:?}");
    assert!(shapes.values().all(|shapes| shapes.len() == 1), "{shapes:#?}");
}

fn times(answers: &[(Class, Heard)]) -> BTreeMap<Class, Vec<std::time::Duration>> {
    let mut times: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (class, heard) in answers {
        times.entry(*class).or_default().push(heard.took);
    }
    times
}
