//! The desk with the keyboard alone: from the sign-in to the end of a visit, and the focus is always somewhere and seen.

use crate::appointments;
use crate::chrome::Chrome;
use crate::desk::{self, Works};
use crate::dossier::of;
use crate::page::Page;
use crate::people::GOOD;
use crate::recovery::ES;
use tests::desk::PASSWORD;
use thirtyfour::Key;

/// Goes to a control with the tabulator and presses Enter.
async fn enter(page: &Page, control: &str) {
    page.tab_to(control).await;
    page.keeps_focus(control).await;
    page.key(Key::Enter).await;
}

/// Accepts an item; the focus stays at it.
async fn accept(page: &Page, item: &str) {
    let button = of(ES.dossiers_accept(), item);
    enter(page, &button).await;
    page.shows_in(item, ES.dossiers_verdict_accepted()).await;
    page.keeps_focus(&button).await;
}

#[tokio::test]
async fn a_visit_is_served_with_the_keyboard_alone() {
    let scene = appointments::open().await;
    let officer = desk::join(&scene, "Ana Paz", "agent", Works::At("NORTE")).await;
    let chrome = Chrome::start().await;
    let page = Page::of(chrome.driver());
    page.open(&scene.portal.url("/personal")).await;
    page.field(ES.staff_email()).await;
    page.tab_to(ES.staff_email()).await;
    page.types(&desk::address_of(officer.name)).await;
    page.tab_to(ES.staff_password()).await;
    page.types(PASSWORD).await;
    page.key(Key::Enter).await;
    page.reads(ES.staff_second_title()).await;
    assert_eq!(page.focus().await.id, "code");
    page.types(&officer.code(&scene).await).await;
    page.key(Key::Enter).await;
    page.reads(ES.queue_title()).await;
    page.field(ES.queue_seat()).await;
    assert_eq!(page.focus().await.name, ES.queue_title());

    // A counter, and somebody without an appointment.
    page.tab_to(ES.queue_seat()).await;
    page.types(&ES.queue_counter("1")).await;
    page.button_beginning(ES.queue_call_next()).await;
    page.keeps_focus(ES.queue_seat()).await;
    page.tab_to(ES.staff_leave()).await;
    page.types("w").await;
    page.field(ES.identifiers_employer_label()).await;
    assert_eq!(page.focus().await.name, ES.identifiers_employer_label());
    page.types(GOOD.number).await;
    page.tab_to(ES.identifiers_representative_label()).await;
    page.types(GOOD.representative).await;
    page.key(Key::Enter).await;
    page.shows(&ES.queue_waiting(1)).await;
    page.keeps_focus(ES.queue_admit()).await;

    // Every step has a letter, where nothing is typed.
    page.types("n").await;
    page.button_beginning(ES.queue_begin()).await;
    page.keeps_focus(ES.queue_call_next()).await;
    page.types("a").await;
    page.button_beginning(ES.queue_open_dossier()).await;
    page.keeps_focus(ES.queue_begin()).await;
    page.types("d").await;
    page.reads(ES.dossiers_title()).await;
    page.shows(ES.dossiers_not_asked()).await;
    assert_eq!(page.focus().await.name, ES.dossiers_title());
    page.types("c").await;
    page.shows(ES.dossiers_same()).await;
    for item in [
        ES.dossiers_item_identity(),
        ES.dossiers_item_ruc(),
        ES.dossiers_item_letter(),
        ES.dossiers_item_representation(),
    ] {
        accept(&page, item).await;
    }
    page.shows(&ES.dossiers_items(5)).await;

    // An act with its reason, and the end of the visit.
    enter(&page, ES.dossiers_act_recovery()).await;
    page.field(ES.staff_reason()).await;
    assert_eq!(page.focus().await.id, "act-form");
    page.tab_to(ES.staff_reason()).await;
    page.types("Olvidó la clave y está presente").await;
    page.key(Key::Enter).await;
    page.shows(ES.dossiers_done()).await;
    page.keeps_focus(ES.dossiers_act_recovery()).await;
    page.shows(ES.dossiers_step_handed_over()).await;
    page.types("gf").await;
    page.reads(ES.queue_title()).await;
    assert_eq!(page.focus().await.name, ES.queue_title());
    page.button_beginning(ES.queue_finish()).await;
    page.types("t").await;
    page.button_beginning(ES.queue_call_next()).await;
    page.keeps_focus(ES.queue_finish()).await;

    // The keys are listed by one, and the list gives the focus back.
    page.tab_to(ES.queue_search()).await;
    page.tab_to(ES.queue_search_do()).await;
    page.types("?").await;
    page.shows(ES.staff_keys_title()).await;
    page.key(Key::Escape).await;
    page.says_no_more(ES.staff_keys_title()).await;
    assert_eq!(page.focus().await.name, ES.queue_search_do());
    page.types("gb").await;
    page.reads(ES.staff_lock_title()).await;
    assert_eq!(page.focus().await.id, "lock-password");
    page.types(PASSWORD).await;
    page.key(Key::Enter).await;
    page.reads(ES.queue_title()).await;
    page.keeps_focus(ES.staff_unlock()).await;
    assert_eq!(page.complaints().await, [""; 0]);
}
