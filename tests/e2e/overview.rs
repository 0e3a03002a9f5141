//! What wants attention after signing in: arrears with their debt, and a password that has stood for ninety days.

use crate::access::{in_every_look, in_few_looks};
use crate::people::GOOD;
use crate::recovery::ES;
use crate::sign_in::{sign_in, with_password};
use std::fs;
use std::time::Duration;

#[tokio::test]
async fn arrears_are_told_with_their_debt_and_what_they_mean() {
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    sign_in(&page, &scene.portal, &GOOD).await;
    // Nothing is on record yet, which is said and is no arrears.
    page.shows(ES.account_record_unknown_title()).await;

    let installation = scene.portal.installation();
    let file = installation.folder().join("obligations.csv");
    let rows = format!(
        "employer,standing,debt,unpaid_since,counted_on\n{},late,1234.56,2026-08,2026-10-31\n",
        GOOD.number
    );
    fs::write(&file, rows).expect("the obligations");
    let told = installation.clavero(&["import", "obligations", &file.to_string_lossy()]);
    assert!(told.contains(" 0 rejected"), "{told}");

    page.reload().await;
    page.reads(ES.account_title()).await;
    page.shows(ES.account_standing_arrears()).await;
    page.press(ES.account_due_more()).await;
    page.reads(ES.account_obligations_title()).await;
    page.shows(ES.account_standing_arrears_what()).await;
    page.shows(ES.account_debt()).await;
    page.shows("USD 1.234,56").await;
    page.shows(&ES.account_month(ES.challenges_month_name(8), 2026))
        .await;
    page.shows(&ES.account_day(31, ES.challenges_month_name(10), 2026))
        .await;
    page.shows(ES.account_mora_certificate()).await;
    page.shows(ES.account_mora_not()).await;
    let said = page.text().await;
    assert!(!said.contains(ES.account_record_unknown_title()), "{said}");
    let found = in_every_look(&scene.chrome, &page, "arrears").await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_password_of_ninety_days_is_named_and_nobody_has_to_change_it() {
    let scene = with_password(&GOOD).await;
    let page = scene.page();
    scene.portal.advance(Duration::from_hours(90 * 24 - 1)).await;
    sign_in(&page, &scene.portal, &GOOD).await;
    page.shows(ES.account_password()).await;
    let said = page.text().await;
    assert!(!said.contains(ES.account_old_password_what()), "{said}");

    scene.portal.advance(Duration::from_hours(1)).await;
    sign_in(&page, &scene.portal, &GOOD).await;
    page.shows(&ES.account_old_password_title(90)).await;
    page.shows(ES.account_old_password_what()).await;
    let found = in_few_looks(&scene.chrome, &page, "an old password").await;
    // Every other page is as near as ever; changing it is an offer.
    page.press(ES.account_nav_history()).await;
    page.reads(ES.sessions_history_title()).await;
    page.press(ES.account_nav_overview()).await;
    page.press(ES.account_old_password_change()).await;
    page.reads(ES.account_password_title()).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
