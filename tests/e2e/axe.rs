//! axe-core on the page that is shown: WCAG 2.2 A and AA, contrast included.

use serde::Deserialize;
use std::sync::LazyLock;
use thirtyfour::WebDriver;

/// The script, once a process.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let path = super::variable("CLAVERO_TEST_AXE")
        .expect("CLAVERO_TEST_AXE names axe.min.js; `cargo xtask test` sets it");
    std::fs::read_to_string(path).expect("axe-core can be read")
});

const RUN: &str = "const done = arguments[0];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: tags, resultTypes: ['violations'] })
       .then(result => done(result.violations.map(it => ({
           id: it.id, help: it.help, places: it.nodes.map(node => node.target.join(' ') + ': ' + node.failureSummary) }))))
       .catch(error => done([{ id: 'axe', help: String(error), places: [] }]));";

#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    help: String,
    places: Vec<String>,
}

/// What is wrong with the page, one line a violation; nothing is right.
pub async fn violations(driver: &WebDriver) -> Vec<String> {
    driver
        .execute(format!("if (!window.axe) {{ {} }}", *SCRIPT), Vec::new())
        .await
        .expect("axe can be loaded");
    let found = driver.execute_async(RUN, Vec::new()).await.expect("axe runs");
    let found: Vec<Violation> = found.convert().expect("axe reports violations");
    found
        .into_iter()
        .map(|it| format!("{}: {} ({})", it.id, it.help, it.places.join(" | ")))
        .collect()
}
