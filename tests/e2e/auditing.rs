//! The auditor in the browser: the log is verified in the page, searched, and taken along; what was taken along proves itself.

use crate::appointments;
use crate::desk::{Desk, Works};
use crate::page::Page;
use crate::people::GOOD;
use crate::recovery::ES;
use crate::scene::Scene;
use shared::identifiers::EmployerIdentifier;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a download may take.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(50);

/// Waits until the browser has saved a file: until then it has another name.
async fn saved(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(name);
    let mut looks = tokio::time::interval(LOOK);
    let there = async {
        while !file.is_file() {
            looks.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, there)
        .await
        .unwrap_or_else(|_| panic!("{name} is not saved"));
    file
}

/// A world in which something happened to an employer, and its auditor.
async fn auditor() -> (Scene, Desk, Page) {
    let scene = appointments::open().await;
    scene.ask_for_link(&GOOD).await;
    let desk = Desk::open(&scene, "Carlos Cruz", "auditor", Works::Everywhere).await;
    let page = desk.page();
    page.reads(ES.audit_title()).await;
    (scene, desk, page)
}

#[tokio::test]
async fn what_an_auditor_takes_along_is_proved_with_the_key_alone() {
    let (scene, desk, page) = auditor().await;
    page.press(ES.audit_verify()).await;
    page.shows(ES.audit_whole()).await;

    // Without a reason nobody's numbers; with one they are shown, and the look itself is written down.
    let number = GOOD.number;
    let masked = number
        .parse::<EmployerIdentifier>()
        .expect("an employer")
        .masked();
    page.fill(ES.audit_employer(), number).await;
    page.press(ES.audit_search_do()).await;
    page.shows(ES.audit_masked()).await;
    page.shows(&masked).await;
    let rows = page.texts("tbody tr").await.join("\n");
    assert!(!rows.contains(number), "{rows}");
    page.fill(ES.audit_reason(), "Reclamo 2026-118 de la empresa")
        .await;
    page.press(ES.audit_search_do()).await;
    page.shows(ES.audit_open()).await;
    let rows = page.texts("tbody tr").await.join("\n");
    assert!(rows.contains(number), "{rows}");

    let folder = scene.portal.installation().folder();
    desk.chrome.save_into(folder).await;
    page.fill(ES.audit_export_reason(), "Revisión anual").await;
    page.press(ES.audit_export_do()).await;
    let file = saved(folder, "auditoria.ndjson").await;
    let check = ["audit", "check", &file.to_string_lossy()];
    let said = scene.portal.installation().clavero(&check);
    assert!(said.contains("The log is whole."), "{said}");

    // An event that is taken out of it is missed.
    let text = fs::read_to_string(&file).expect("the file");
    let kept: Vec<_> = text
        .lines()
        .enumerate()
        .filter(|(place, _)| *place != 3)
        .map(|(_, line)| line)
        .collect();
    let forged = folder.join("forged.ndjson");
    fs::write(&forged, kept.join("\n") + "\n").expect("the file");
    let output = scene
        .portal
        .installation()
        .command(&["audit", "check", &forged.to_string_lossy()])
        .output()
        .expect("the binary runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!output.status.success() && said.contains("FAIL"), "{said}");
    assert_eq!(page.complaints().await, [""; 0]);
}
