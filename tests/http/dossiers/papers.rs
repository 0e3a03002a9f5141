//! Files of a dossier: what is taken in, what is left of it, and how it is shown.

use super::people::*;
use crate::recovery::people::{COMPANY, Condition};
use image::{DynamicImage, ImageFormat, RgbImage};
use notary::{Authorities, Examination, Trust};
use rstest::rstest;
use shared::api::{ErrorCode, Problem};
use shared::dossiers::api::{DossierLooked, DossierView, PaperKind, PaperView, ShowDossier};
use shared::dossiers::{Item, PaperId};
use std::io::Cursor;
use std::time::Duration;
use tests::{Engine, Reply};

fn picture(format: ImageFormat) -> Vec<u8> {
    let points = RgbImage::from_fn(64, 48, |x, y| {
        image::Rgb([(x * 3).to_le_bytes()[0], (y * 5).to_le_bytes()[0], 90])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(points)
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

/// A PDF of one page, with what is put into its catalogue.
fn pdf(catalogue: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in [
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
    ]
    .into_iter()
    .enumerate()
    {
        offsets.push(bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", number + 1).as_bytes());
    }
    let table = bytes.len();
    bytes.extend_from_slice(b"xref\n0 4\n0000000000 65535 f \n");
    for offset in offsets {
        bytes.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    bytes.extend_from_slice(
        format!("trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").as_bytes(),
    );
    bytes
}

/// A counter whose notary really reads.
async fn reading(engine: Engine) -> Counter {
    let counter = counter(engine, COMPANY, Condition::Good).await;
    counter.world.notary.always(|asked| {
        let trust = Trust::read(&[], Authorities::built_in().unwrap()).unwrap();
        Examination::begin(&asked.file, &asked.expectation, &trust).opinion()
    });
    counter
}

async fn sent(counter: &mut Counter, bytes: Vec<u8>) -> Reply {
    let paper = place(&mut counter.agent, counter.dossier, Item::Letter)
        .await
        .unwrap();
    send(&mut counter.agent, paper, bytes).await
}

fn kept(reply: &Reply) -> PaperView {
    assert!(reply.status.is_success(), "{}", reply.text());
    let view: DossierView = reply.json();
    let letter = view.items.iter().find(|one| one.item == Item::Letter).unwrap();
    letter.papers.last().unwrap().clone()
}

fn code(reply: &Reply) -> ErrorCode {
    reply.json::<Problem>().code
}

#[rstest]
#[tokio::test]
async fn pictures_and_pdfs_are_kept_and_shown_in_the_page(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = reading(engine).await;
    for (bytes, kind, media) in [
        (picture(ImageFormat::Jpeg), PaperKind::Jpeg, "image/jpeg"),
        (picture(ImageFormat::Png), PaperKind::Png, "image/png"),
        (pdf(""), PaperKind::Pdf, "application/pdf"),
    ] {
        let paper = kept(&sent(&mut counter, bytes).await);
        assert_eq!(paper.kind, kind);
        counter.world.advance(TICK);
        let shown = fetch(&mut counter.agent, paper.paper).await;
        assert_eq!(shown.header("content-type"), media);
        assert_eq!(shown.header("content-disposition"), "inline");
        assert_eq!(shown.header("x-content-type-options"), "nosniff");
        assert_eq!(shown.header("cache-control"), "no-store");
        let policy = shown.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("sandbox"),
            "{policy}"
        );
        assert_eq!(shown.body.len(), usize::try_from(paper.size).unwrap());
    }
    let asked = found(
        counter.dossier,
        Item::Letter,
        shared::dossiers::Way::Uploaded,
        shared::dossiers::Verdict::Accepted,
    );
    record(&mut counter.agent, &asked).await.unwrap();
}

#[rstest]
#[case::a_page(b"<!doctype html><script>alert(1)</script>".to_vec(), ErrorCode::PaperOtherType)]
#[case::a_program(b"MZ\x90\0\x03\0\0\0".to_vec(), ErrorCode::PaperOtherType)]
#[case::an_animation(b"GIF89a\x01\0\x01\0".to_vec(), ErrorCode::PaperOtherType)]
#[case::nothing(Vec::new(), ErrorCode::PaperOtherType)]
#[case::only_the_beginning_of_a_picture(b"\x89PNG\r\n\x1a\n".to_vec(), ErrorCode::PaperUnreadable)]
#[case::a_page_that_begins_like_a_pdf(b"%PDF-1.7\n<script>alert(1)</script>".to_vec(), ErrorCode::PaperUnreadable)]
#[case::a_script(
    pdf("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
    ErrorCode::PaperActive
)]
#[case::a_launcher(pdf("/AA << /O << /S /Launch /F (x.exe) >> >>"), ErrorCode::PaperActive)]
#[case::another_file_inside(pdf("/Names << /EmbeddedFiles << /Names [] >> >>"), ErrorCode::PaperActive)]
#[tokio::test]
async fn what_is_something_else_or_does_something_is_refused(
    #[case] bytes: Vec<u8>,
    #[case] expected: ErrorCode,
) {
    let mut counter = reading(Engine::Sqlite).await;
    let reply = sent(&mut counter, bytes).await;
    assert_eq!(code(&reply), expected);
    let view = open(&mut counter.agent, counter.visit).await.unwrap();
    assert!(view.items.iter().all(|item| item.papers.is_empty()));
}

#[tokio::test]
async fn a_file_that_is_two_files_is_kept_as_the_picture_alone() {
    let mut counter = reading(Engine::Sqlite).await;
    let mut both = picture(ImageFormat::Jpeg);
    both.extend_from_slice(&pdf("/OpenAction << /S /JavaScript /JS (x) >>"));
    both.extend_from_slice(b"<script>alert(1)</script>");
    let paper = kept(&sent(&mut counter, both).await);
    let shown = fetch(&mut counter.agent, paper.paper).await;
    for trace in [&b"%PDF"[..], b"JavaScript", b"<script>"] {
        assert!(!shown.body.windows(trace.len()).any(|piece| piece == trace));
    }
}

#[rstest]
#[case::at_the_limit(0, None)]
#[case::one_byte_more(1, Some(ErrorCode::BodyTooLarge))]
#[tokio::test]
async fn a_file_has_ten_megabytes_at_most(#[case] more: usize, #[case] expected: Option<ErrorCode>) {
    let mut counter = reading(Engine::Sqlite).await;
    let mut file = picture(ImageFormat::Jpeg);
    file.resize(10 * 1024 * 1024 + more, 0);
    let reply = sent(&mut counter, file).await;
    match expected {
        None => assert!(reply.status.is_success(), "{}", reply.text()),
        Some(expected) => assert_eq!(code(&reply), expected),
    }
}

#[rstest]
#[tokio::test]
async fn a_place_is_its_makers_and_takes_one_file(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = reading(engine).await;
    let paper = place(&mut counter.agent, counter.dossier, Item::Letter)
        .await
        .unwrap();
    let theirs = send(&mut counter.other, paper, picture(ImageFormat::Png)).await;
    assert_eq!(code(&theirs), ErrorCode::PaperUnknown);
    assert_eq!(
        code(&fetch(&mut counter.agent, paper).await),
        ErrorCode::PaperUnknown
    );
    kept(&send(&mut counter.agent, paper, picture(ImageFormat::Png)).await);
    let again = send(&mut counter.agent, paper, picture(ImageFormat::Png)).await;
    assert_eq!(code(&again), ErrorCode::PaperUnknown);

    let nothing = PaperId::new(counter.world.now(), [4; 10]);
    let reply = send(&mut counter.agent, nothing, picture(ImageFormat::Png)).await;
    assert_eq!(code(&reply), ErrorCode::PaperUnknown);
    let stranger = send(&mut counter.world.browser(), paper, picture(ImageFormat::Png)).await;
    assert_eq!(code(&stranger), ErrorCode::SessionMissing);

    let waiting = place(&mut counter.agent, counter.dossier, Item::Letter)
        .await
        .unwrap();
    finish(&mut counter.agent, counter.visit).await;
    let late = send(&mut counter.agent, waiting, picture(ImageFormat::Png)).await;
    assert_eq!(code(&late), ErrorCode::DossierClosed);
}

#[rstest]
#[tokio::test]
async fn a_file_is_shown_to_whoever_said_why_and_for_an_hour(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = counter_with(engine, COMPANY, Condition::Good, |policy| {
        policy.staff.idle_seconds = 3600;
        policy.staff.absolute_seconds = 86_400;
    })
    .await;
    let paper = kept(&sent(&mut counter, picture(ImageFormat::Png)).await).paper;
    assert_eq!(
        code(&fetch(&mut counter.other, paper).await),
        ErrorCode::PaperUnknown
    );
    let look = DossierLooked {
        dossier: counter.dossier,
        reason: Some(reason("La supervisora lo pidió")),
    };
    counter.other.call::<ShowDossier>(&look).await.unwrap();
    counter.world.advance(Duration::from_mins(59));
    assert!(fetch(&mut counter.other, paper).await.status.is_success());
    // The desk was used; a minute later the hour is over.
    approvals(&mut counter.other).await;
    counter
        .world
        .advance(Duration::from_mins(1).checked_sub(TICK).unwrap());
    assert!(fetch(&mut counter.other, paper).await.status.is_success());
}

#[rstest]
#[tokio::test]
async fn a_dossier_has_so_many_files(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = counter_with(engine, COMPANY, Condition::Good, |policy| {
        policy.dossiers.papers = 2;
    })
    .await;
    for _ in 0..2 {
        place(&mut counter.agent, counter.dossier, Item::Letter)
            .await
            .unwrap();
    }
    let refused = place(&mut counter.agent, counter.dossier, Item::Letter)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::PapersFull);
    let refused = place(&mut counter.agent, counter.dossier, Item::Identity)
        .await
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "item");
}
