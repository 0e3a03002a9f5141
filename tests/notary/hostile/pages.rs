//! Files that show something else than what was issued, although the issued bytes are there and everything is signed: what a
//! shadow attack prepares before the signature.

use super::{Attack, judged};
use crate::scene::{Scene, Upload};
use crate::tools::{Habit, Way, pyhanko};
use rstest::rstest;
use shared::signatures::{Check, Finding, Reason};
use tests::signing::paper::{Paper, Update, stream, with_entry};
use tests::signing::{Message, SubFilter, prepare, prepare_at, prepare_with};

/// The request with something else in the update that signs it.
fn with(scene: &Scene, more: impl FnOnce(&Paper, &mut Update)) -> Upload {
    let prepared = prepare_with(&scene.issued, SubFilter::Etsi, more);
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered());
    scene.upload(prepared.filled(&message.seal()))
}

/// The request with an update of its own before the one that signs it.
fn after(scene: &Scene, update: impl FnOnce(&Paper, &mut Update)) -> Upload {
    let paper = Paper::read(&scene.issued);
    let mut first = paper.update();
    update(&paper, &mut first);
    let prepared = prepare(&paper.with(&first), SubFilter::Etsi);
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered());
    scene.upload(prepared.filled(&message.seal()))
}

const PAINT: &[u8] = b"1 1 1 rg 0 0 600 850 re f BT 0 0 0 rg /f0 20 Tf 50 500 Td <0001> Tj ET";

fn other_words(scene: &Scene) -> Upload {
    with(scene, |paper, update| {
        let content = paper.named(paper.page(), "/Contents");
        update.put(content, stream("", PAINT));
    })
}

fn other_words_in_an_own_update(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let content = paper.named(paper.page(), "/Contents");
        update.put(content, stream("", PAINT));
    })
}

fn paint_over_the_page(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let page = paper.page();
        let content = paper.named(page, "/Contents");
        let paint = update.add(stream("", PAINT));
        let body = paper.object(page);
        let both = format!("/Contents [{content} 0 R {paint} 0 R]");
        update.put(page, body.replace(&format!("/Contents {content} 0 R"), &both));
    })
}

fn other_letters(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let resources = paper.named(paper.page(), "/Resources");
        let font = paper.named(resources, "/f0");
        update.put(font, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    })
}

fn other_resources(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let resources = paper.named(paper.page(), "/Resources");
        update.put(resources, "<< /Font << >> >>");
    })
}

fn smaller_sheet(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let page = paper.page();
        update.put(page, with_entry(&paper.object(page), "/CropBox [0 0 595 100]"));
    })
}

fn one_more_page(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let pages = paper.named(paper.root, "/Pages");
        let page = paper.page();
        let content = update.add(stream("", PAINT));
        let other = update.add(format!(
            "<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R >>"
        ));
        update.put(
            pages,
            format!("<< /Type /Pages /Count 2 /Kids [{page} 0 R {other} 0 R] >>"),
        );
    })
}

/// A page that waits in the file until an update after the signature brings it forward.
fn page_in_waiting(scene: &Scene) -> Upload {
    with(scene, |paper, update| {
        let pages = paper.named(paper.root, "/Pages");
        let content = update.add(stream("", PAINT));
        update.add(format!(
            "<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R >>"
        ));
    })
}

/// Another catalogue that waits for the same.
fn catalogue_in_waiting(scene: &Scene) -> Upload {
    with(scene, |paper, update| {
        let pages = paper.named(paper.root, "/Pages");
        update.add(format!("<< /Type /Catalog /Pages {pages} 0 R >>"));
    })
}

fn another_catalogue(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        update.root = update.add(paper.object(paper.root));
    })
}

/// An annotation that paints over the page.
fn overlay(scene: &Scene, subtype: &str) -> Upload {
    after(scene, |paper, update| {
        let page = paper.page();
        let paint = update.add(stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", PAINT));
        let note = update.add(format!(
            "<< /Type /Annot /Subtype /{subtype} /Rect [0 0 595 842] /F 4 /AP << /N {paint} 0 R >> >>"
        ));
        update.put(
            page,
            with_entry(&paper.object(page), &format!("/Annots [{note} 0 R]")),
        );
    })
}

fn stamp_over_the_page(scene: &Scene) -> Upload {
    overlay(scene, "Stamp")
}

fn text_over_the_page(scene: &Scene) -> Upload {
    overlay(scene, "FreeText")
}

/// The signature's own picture covers the page.
fn signature_over_the_page(scene: &Scene) -> Upload {
    let prepared = prepare_at(&scene.issued, SubFilter::Etsi, [0, 0, 595, 842], |_, update| {
        update.add(stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", PAINT));
    });
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered());
    scene.upload(prepared.filled(&message.seal()))
}

/// The signature's own picture covers a few lines of what is asked for.
fn signature_over_a_line(scene: &Scene) -> Upload {
    let prepared = prepare_at(&scene.issued, SubFilter::Etsi, [50, 600, 545, 640], |_, _| ());
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered());
    scene.upload(prepared.filled(&message.seal()))
}

/// A field of a form whose text shows on the page.
fn field_with_a_text(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let page = paper.page();
        let field = update.add(
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (nombre) /V (Otro texto) /Rect [50 400 500 700] /F 4 >>",
        );
        update.put(
            page,
            with_entry(&paper.object(page), &format!("/Annots [{field} 0 R]")),
        );
        update.put(
            paper.root,
            with_entry(
                &paper.object(paper.root),
                &format!("/AcroForm << /Fields [{field} 0 R] /SigFlags 3 /NeedAppearances true >>"),
            ),
        );
    })
}

/// Layers that a reader may switch off.
fn layers(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let layer = update.add("<< /Type /OCG /Name (capa) >>");
        let entry = format!("/OCProperties << /OCGs [{layer} 0 R] /D << /OFF [{layer} 0 R] >> >>");
        update.put(paper.root, with_entry(&paper.object(paper.root), &entry));
    })
}

/// The page is in the update twice; the table leads to the one that is right.
fn two_objects_of_one_number(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let page = paper.page();
        let content = update.add(stream("", PAINT));
        let body = paper.object(page);
        let old = paper.named(page, "/Contents");
        let other = body.replace(
            &format!("/Contents {old} 0 R"),
            &format!("/Contents {content} 0 R"),
        );
        update.put(page, other);
        update.put(page, body);
    })
}

/// What the page says to those who have it read to them.
fn other_words_for_the_blind(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let tags = paper.named(paper.root, "/StructTreeRoot");
        let document = paper.named(tags, "/K");
        let words = with_entry(&paper.object(document), "/ActualText (Otra solicitud)");
        update.put(document, words);
    })
}

/// Another language of the words, another title, another place where a link leads: nothing of the catalogue is to be another.
fn other_names_in_the_catalogue(scene: &Scene) -> Upload {
    after(scene, |paper, update| {
        let catalogue = paper.object(paper.root).replace("es-EC", "en-US");
        update.put(paper.root, catalogue);
    })
}

/// A file that a tool wrote anew, of the request with something else in it. Every letter and line on the page is as it was.
fn written_anew(scene: &Scene, update: impl FnOnce(&Paper, &mut Update)) -> Upload {
    let paper = Paper::read(&scene.issued);
    let mut first = paper.update();
    update(&paper, &mut first);
    let habit = Habit {
        way: Way::Rewrites,
        ..Habit::PADES
    };
    let signed = pyhanko(&paper.with(&first), &scene.signer, &scene.pki, habit);
    assert!(!signed.starts_with(&scene.issued));
    scene.upload(signed)
}

fn other_words_for_the_blind_written_anew(scene: &Scene) -> Upload {
    written_anew(scene, |paper, update| {
        let tags = paper.named(paper.root, "/StructTreeRoot");
        let document = paper.named(tags, "/K");
        let words = with_entry(&paper.object(document), "/ActualText (Otra solicitud)");
        update.put(document, words);
    })
}

fn no_words_for_the_blind_written_anew(scene: &Scene) -> Upload {
    written_anew(scene, |paper, update| {
        let tags = paper.named(paper.root, "/StructTreeRoot");
        let catalogue = paper.object(paper.root);
        let without = catalogue.replace(&format!("/StructTreeRoot {tags} 0 R"), "");
        assert_ne!(without, catalogue);
        update.put(paper.root, without);
    })
}

fn another_language_written_anew(scene: &Scene) -> Upload {
    written_anew(scene, |paper, update| {
        let catalogue = paper.object(paper.root).replace("es-EC", "en-US");
        update.put(paper.root, catalogue);
    })
}

/// The page is painted as a group that is blended by itself.
fn another_blend_written_anew(scene: &Scene) -> Upload {
    written_anew(scene, |paper, update| {
        let page = paper.page();
        let body = paper.object(page).replace("/Group", "/Formerly");
        let group = "/Group << /S /Transparency /CS /DeviceCMYK /I true /K true >>";
        update.put(page, with_entry(&body, group));
    })
}

/// The last table calls the page's content free, and another object takes its number of the next generation.
fn content_set_free(scene: &Scene) -> Upload {
    let paper = Paper::read(&scene.issued);
    let content = paper.named(paper.page(), "/Contents");
    let mut bytes = paper.with(&paper.update());
    let table = tests::signing::paper::last(&bytes, b"xref\ntrailer").unwrap() + 5;
    let line = format!("{content} 1\n0000000000 00001 f \n");
    bytes.splice(table..table, line.bytes());
    let prepared = prepare(&bytes, SubFilter::Etsi);
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered());
    scene.upload(prepared.filled(&message.seal()))
}

#[rstest]
#[case::replace_the_words(other_words)]
#[case::replace_the_words_in_an_own_update(other_words_in_an_own_update)]
#[case::hide_behind_paint(paint_over_the_page)]
#[case::replace_the_letters(other_letters)]
#[case::replace_the_resources(other_resources)]
#[case::hide_by_a_smaller_sheet(smaller_sheet)]
#[case::one_more_page(one_more_page)]
#[case::hide_and_replace_a_page(page_in_waiting)]
#[case::hide_and_replace_the_catalogue(catalogue_in_waiting)]
#[case::another_catalogue(another_catalogue)]
#[case::hide_behind_a_stamp(stamp_over_the_page)]
#[case::hide_behind_a_text(text_over_the_page)]
#[case::hide_behind_the_signature(signature_over_the_page)]
#[case::field_with_a_text(field_with_a_text)]
#[case::layers(layers)]
#[case::other_words_for_the_blind(other_words_for_the_blind)]
#[case::other_names_in_the_catalogue(other_names_in_the_catalogue)]
#[case::content_set_free(content_set_free)]
#[case::hide_a_line_behind_the_signature(signature_over_a_line)]
fn what_shows_something_else_fails(#[case] attack: Attack) {
    judged(attack, Check::Unaltered, Finding::Failed(Reason::HiddenContent));
}

#[rstest]
#[case::other_words_for_the_blind(other_words_for_the_blind_written_anew)]
#[case::no_words_for_the_blind(no_words_for_the_blind_written_anew)]
#[case::another_language(another_language_written_anew)]
#[case::another_blend(another_blend_written_anew)]
fn what_tells_something_else_is_looked_at_by_a_person(#[case] attack: Attack) {
    judged(attack, Check::Unaltered, Finding::Unknown(Reason::Rewritten));
}

#[test]
fn what_one_reader_sees_and_another_does_not_fails() {
    let hidden = Finding::Failed(Reason::HiddenContent);
    judged(two_objects_of_one_number, Check::Coverage, hidden);
}
