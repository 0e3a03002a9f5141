//! What an officer does in the dossier of a visit, from the queue on.

use crate::desk;
use crate::page::Page;
use crate::recovery::ES;
use crate::scene::Scene;
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::Cursor;

/// Waits until the viewer has drawn a picture; how wide it is.
const PICTURE: &str = "const done = arguments[1];
    const look = () => {
        const picture = document.querySelector('.viewer img');
        if (picture && picture.complete && picture.naturalWidth > 0) done(picture.naturalWidth);
        else requestAnimationFrame(look);
    };
    look();";

/// The button of a row of the queue, whose name goes on with what it is about.
pub fn row(words: &str, about: &str) -> String {
    format!("{words} {about}")
}

/// The button of an item, whose name goes on with the item.
pub fn of(words: &str, item: &str) -> String {
    format!("{words}: {item}")
}

/// Puts somebody who came without an appointment into the queue.
pub async fn admit(page: &Page, employer: &str, representative: &str) {
    page.press_beginning(ES.queue_walk_in_open()).await;
    page.fill(ES.identifiers_employer_label(), employer).await;
    page.fill(ES.identifiers_representative_label(), representative)
        .await;
    page.press(ES.queue_admit()).await;
    page.shows(&ES.queue_waiting(1)).await;
}

/// Calls whoever is next and opens the dossier of the visit.
pub async fn serve_next(page: &Page) {
    page.press_beginning(ES.queue_call_next()).await;
    page.press_beginning(ES.queue_begin()).await;
    page.press_beginning(ES.queue_open_dossier()).await;
    page.reads(ES.dossiers_title()).await;
}

/// Asks the registries, who find nothing that differs.
pub async fn look_up(page: &Page) {
    page.press_beginning(ES.dossiers_look_up()).await;
    page.shows(ES.dossiers_same()).await;
    assert!(!page.text().await.contains(ES.dossiers_differs()));
}

/// Accepts an item in the way that is chosen for it.
pub async fn accept(page: &Page, item: &str) {
    page.press(&of(ES.dossiers_accept(), item)).await;
    page.shows_in(item, ES.dossiers_verdict_accepted()).await;
}

/// Sends a file of an item and opens its viewer.
pub async fn upload(page: &Page, item: &str, path: &str) {
    page.press_in(item, ES.dossiers_way_uploaded()).await;
    page.pick_file_in(item, path).await;
    page.press_in(item, ES.dossiers_paper_show()).await;
}

/// The letter and the appointment as files that are looked at, everything else as it is usual.
pub async fn accept_all(scene: &Scene, page: &Page) {
    look_up(page).await;
    accept(page, ES.dossiers_item_ruc()).await;
    accept(page, ES.dossiers_item_identity()).await;
    let letter = desk::file(scene, "solicitud.jpg", &jpeg());
    upload(page, ES.dossiers_item_letter(), &letter).await;
    assert_eq!(page.run(PICTURE, Value::Null).await, 320);
    page.press_in(ES.dossiers_item_letter(), ES.dossiers_paper_hide())
        .await;
    accept(page, ES.dossiers_item_letter()).await;
    let paper = desk::file(scene, "nombramiento.pdf", &pdf());
    upload(page, ES.dossiers_item_representation(), &paper).await;
    page.shows_in_frame("iframe.viewer").await;
    page.press_in(ES.dossiers_item_representation(), ES.dossiers_paper_hide())
        .await;
    accept(page, ES.dossiers_item_representation()).await;
    page.shows(&ES.dossiers_items(5)).await;
}

/// Opens the form of an action by its words.
pub async fn begin(page: &Page, action: &str) {
    page.press(action).await;
    page.field(ES.staff_reason()).await;
}

/// Asks for another address.
pub async fn change_email(page: &Page, address: &str, why: &str) {
    begin(page, ES.dossiers_act_contact()).await;
    page.fill(ES.account_contacts_new_email(), address).await;
    page.fill(ES.staff_reason(), why).await;
    page.press(ES.dossiers_act_contact()).await;
    page.shows(ES.dossiers_done()).await;
}

/// Asks a second officer for the link for a new password.
pub async fn ask_for_link(page: &Page, why: &str) {
    begin(page, ES.dossiers_act_recovery()).await;
    page.fill(ES.staff_reason(), why).await;
    page.press(ES.dossiers_ask_second()).await;
    page.shows(ES.dossiers_approval_waiting()).await;
}

fn jpeg() -> Vec<u8> {
    let picture = RgbImage::from_fn(320, 200, |x, y| {
        let shade = u8::try_from((x + y) % 256).expect("a remainder");
        Rgb([shade, 128, 255 - shade])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Jpeg)
        .expect("a picture");
    bytes.into_inner()
}

/// An empty page, as a scanner's programme might write it.
fn pdf() -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = String::new();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    for (number, object) in (1..).zip(objects) {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{number} 0 obj\n{object}\nendobj");
    }
    let at = file.len();
    let _ = write!(
        file,
        "xref\n0 4\n0000000000 65535 f \n{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"
    );
    file.into_bytes()
}
