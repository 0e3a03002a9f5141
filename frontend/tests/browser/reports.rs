//! The supervisors' page and its charts: what somebody sees, and what somebody hears who does not see the columns.

use crate::answers::Answers;
use crate::scene::Scene;
use frontend::reports::ReportsPage;
use frontend::routes::StaffPage;
use frontend::staff::{Behind, KeysProvider, Officer, StaffSessionProvider};
use frontend::ui::{ChartProps, Column, chart};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

const NOW: i64 = 1_795_442_400_000_000;
const NORTH: &str = "0190f3a0-0000-7000-8000-0000000c0001";
const SOUTH: &str = "0190f3a0-0000-7000-8000-0000000c0002";

fn days(count: u64) -> Vec<Column> {
    (1..=count)
        .map(|day| Column {
            label: format!("2026-10-{day:02}").into(),
            value: day - 1,
            shown: (day - 1).to_string().into(),
        })
        .collect()
}

async fn drawn(columns: Vec<Column>) -> Scene {
    Scene::of(chart(&ChartProps {
        id: "people".into(),
        title: "Personas por día".into(),
        of: "Día".into(),
        unit: "personas".into(),
        columns,
    }))
    .await
}

#[wasm_bindgen_test]
async fn a_chart_has_a_name_and_a_table_that_says_all_of_it() {
    let scene = drawn(days(31)).await;
    let figure = scene.get("figure.chart");
    assert_eq!(figure.get_attribute("aria-labelledby").as_deref(), Some("people"));
    assert_eq!(scene.text_of("#people"), "Personas por día");
    let region = scene.get(".chart-table");
    assert_eq!(region.get_attribute("role").as_deref(), Some("region"));
    assert_eq!(
        region.get_attribute("tabindex").as_deref(),
        Some("0"),
        "it scrolls by the keyboard too"
    );
    assert_eq!(region.get_attribute("aria-labelledby").as_deref(), Some("people"));
    assert_eq!(scene.count("thead th[scope=col]"), 2);
    assert_eq!((scene.count("rect"), scene.count("tbody tr")), (31, 31));
    for day in days(31) {
        assert!(
            scene.text_of("tbody").contains(day.label.as_str()),
            "{}",
            day.label
        );
    }
    // The drawing is said by the table: nobody hears it twice.
    assert_eq!(
        scene.get(".chart-plot").get_attribute("aria-hidden").as_deref(),
        Some("true")
    );
}

#[wasm_bindgen_test]
async fn a_chart_says_nothing_by_colour() {
    let scene = drawn(days(31)).await;
    // All columns are alike: their height is the value, and each says its day and value.
    assert_eq!(scene.count("rect.chart-column"), 31);
    assert_eq!(scene.count("rect[fill], rect[style]"), 0);
    assert_eq!(scene.count("rect > title"), 31);
}

#[wasm_bindgen_test]
async fn columns_are_as_high_as_their_value_and_never_leave_the_drawing() {
    let scene = drawn(days(31)).await;
    let number = |selector: &str, name: &str| -> u64 {
        scene.get(selector).get_attribute(name).unwrap().parse().unwrap()
    };
    assert_eq!(
        scene.get("svg").get_attribute("viewBox").as_deref(),
        Some("0 0 310 100")
    );
    assert_eq!(
        number("rect:first-of-type", "height"),
        0,
        "nothing is drawn of nothing"
    );
    assert_eq!(
        number("rect:last-of-type", "height"),
        100,
        "the greatest fills it"
    );
    assert!(
        number("rect:nth-of-type(2)", "height") >= 1,
        "what is there is seen"
    );
    for place in 1..=31 {
        let rect = format!("rect:nth-of-type({place})");
        assert_eq!(number(&rect, "y") + number(&rect, "height"), 100, "{place}");
        assert!(number(&rect, "x") + number(&rect, "width") <= 310, "{place}");
    }
}

#[wasm_bindgen_test]
async fn one_day_has_one_column_and_its_day_once_below_it() {
    let scene = drawn(vec![Column {
        label: "2026-10-01".into(),
        value: 7,
        shown: "7".into(),
    }])
    .await;
    assert_eq!(scene.count("rect"), 1);
    assert_eq!(scene.count(".chart-ends > span"), 1);
    assert_eq!(scene.text_of(".chart-most"), "7");
}

#[wasm_bindgen_test]
async fn nothing_is_drawn_of_no_days_and_no_column_of_nothing() {
    let scene = drawn(Vec::new()).await;
    assert!(scene.find("figure").is_none() && scene.find("table").is_none());
    let scene = drawn(vec![Column {
        label: "2026-10-01".into(),
        value: 0,
        shown: "0".into(),
    }])
    .await;
    assert_eq!(scene.get("rect").get_attribute("height").as_deref(), Some("0"));
    assert_eq!(scene.text_of("tbody td"), "0", "that there was nothing is told");
}

fn supervisor() -> Value {
    json!({
        "now": NOW, "id": "0190f3a0-0000-7000-8000-0000000a0001", "name": "Eva Ejemplo Paz", "email": "eva@institucion.ec",
        "role": "supervisor", "centre": null, "standing": "open",
        "ends": { "locks": NOW + 600_000_000, "absolute": NOW + 36_000_000_000_i64 }, "ways": ["code"], "last_sign_in": null,
    })
}

fn figures(no_shows: u32, wait: u64) -> Value {
    json!({
        "appointments": 3, "walk_ins": 2, "video": 1, "served": 4, "no_shows": no_shows, "unserved": 0,
        "waited": { "count": 4, "seconds": wait * 4, "longest": wait }, "serving": { "count": 4, "seconds": 2400, "longest": 900 },
    })
}

fn report(rows: Value) -> Value {
    json!({
        "now": NOW, "span": { "from": "2026-11-22", "to": "2026-11-23" },
        "centres": [{ "centre": NORTH, "name": "Quito Norte" }, { "centre": SOUTH, "name": "Quito Sur" }],
        "rows": rows,
        "at_once": [
            { "centre": NORTH, "waiting": 5, "in_service": 2, "longest_since": NOW - 1_500_000_000 },
            { "centre": SOUTH, "waiting": 0, "in_service": 0, "longest_since": null },
        ],
        "acts": [{ "kind": "search", "count": 12 }],
    })
}

async fn shown(answer: Value) -> (Scene, Answers) {
    let answers = Answers::new([
        ("staff/session", 200, supervisor()),
        ("staff/reports", 200, answer),
    ]);
    let show = Callback::from(|officer: Officer| html! { <ReportsPage {officer} /> });
    let scene = Scene::of(html! {
        <StaffSessionProvider>
            <KeysProvider><Behind page={StaffPage::Reports} title="Informes" {show} /></KeysProvider>
        </StaffSessionProvider>
    })
    .await;
    scene.until("#report-now").await;
    (scene, answers)
}

#[wasm_bindgen_test]
async fn a_supervisor_sees_who_waits_now_who_did_not_come_and_how_long_each_centre_waits() {
    let (scene, _answers) = shown(report(json!([
        { "centre": NORTH, "day": "2026-11-22", "figures": figures(2, 600) },
        { "centre": NORTH, "day": "2026-11-23", "figures": figures(0, 300) },
        { "centre": SOUTH, "day": "2026-11-23", "figures": figures(3, 1200) },
    ])))
    .await;
    let now = scene.text_of("[aria-labelledby=report-now] tbody");
    assert_eq!(now, "Quito Norte\t5\t2\t25 min\nQuito Sur\t0\t0\t—");
    let table = |id: &str| scene.text_of(&format!("figure[aria-labelledby={id}] tbody"));
    assert_eq!(table("report-no-shows"), "2026-11-22\t2\n2026-11-23\t3");
    // Of the centre's eight who were served: 450 seconds, to the nearest minute.
    assert_eq!(
        table("report-centre-waits"),
        "Quito Norte\t8 min\nQuito Sur\t20 min"
    );
    assert_eq!(scene.count("figure.chart"), 5);
}

#[wasm_bindgen_test]
async fn days_without_anybody_still_say_who_is_there_now() {
    let (scene, _answers) = shown(report(json!([]))).await;
    assert_eq!(scene.count("figure.chart"), 0);
    assert!(scene.text().contains("En esos días no hubo atenciones"));
    assert_eq!(scene.count("[aria-labelledby=report-now] tbody tr"), 2);
}

#[wasm_bindgen_test]
async fn today_is_the_servers_and_not_what_this_device_shows() {
    let (_scene, answers) = shown(report(json!([]))).await;
    let asked = answers.asked("staff/reports");
    assert_eq!(
        asked.first(),
        Some(&json!({ "span": { "from": "2026-11-17", "to": "2026-11-23" }, "centre": null }))
    );
}
