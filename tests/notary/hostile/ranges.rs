//! Signatures that say themselves what they cover, and leave something out.

use super::{Attack, judged};
use crate::scene::{Scene, Upload};
use rstest::rstest;
use shared::signatures::{Check, Finding, Reason};
use tests::signing::{Message, Prepared, SubFilter, prepare, prepare_with};

/// Signs what a prepared file says is covered.
fn sealed(scene: &Scene, prepared: &Prepared, covered: &[u8]) -> Upload {
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], covered);
    scene.upload(prepared.filled(&message.seal()))
}

/// The request with another ByteRange, and a signature over what it names.
fn ranged(scene: &Scene, range: impl FnOnce(&Prepared) -> [usize; 4]) -> Upload {
    let mut prepared = prepare(&scene.issued, SubFilter::Etsi);
    let numbers = range(&prepared);
    prepared.set_range(&numbers);
    let [start, before, from, after] = numbers;
    let size = prepared.bytes.len();
    let piece = |from: usize, length: usize| from.min(size)..from.saturating_add(length).min(size);
    let covered = prepared.pieces(piece(start, before), piece(from, after));
    sealed(scene, &prepared, &covered)
}

/// The request with an array that is no ByteRange.
fn arrayed(scene: &Scene, array: &str) -> Upload {
    let mut prepared = prepare(&scene.issued, SubFilter::Etsi);
    prepared.set_array(array);
    let covered = prepared.covered();
    sealed(scene, &prepared, &covered)
}

fn gap_before_the_hole(scene: &Scene) -> Upload {
    ranged(scene, |it| {
        [0, it.hole.start - 60, it.hole.end, it.bytes.len() - it.hole.end]
    })
}

fn gap_after_the_hole(scene: &Scene) -> Upload {
    ranged(scene, |it| {
        [
            0,
            it.hole.start,
            it.hole.end + 10,
            it.bytes.len() - it.hole.end - 10,
        ]
    })
}

fn gap_over_the_page(scene: &Scene) -> Upload {
    ranged(scene, |it| [0, 1000, it.hole.end, it.bytes.len() - it.hole.end])
}

fn not_from_the_beginning(scene: &Scene) -> Upload {
    ranged(scene, |it| {
        [9, it.hole.start - 9, it.hole.end, it.bytes.len() - it.hole.end]
    })
}

fn not_to_the_end(scene: &Scene) -> Upload {
    ranged(scene, |it| {
        [0, it.hole.start, it.hole.end, it.bytes.len() - it.hole.end - 40]
    })
}

fn beyond_the_end(scene: &Scene) -> Upload {
    ranged(scene, |it| {
        [0, it.hole.start, it.hole.end, it.bytes.len() - it.hole.end + 1]
    })
}

fn overlapping(scene: &Scene) -> Upload {
    ranged(scene, |it| {
        [0, it.hole.end, it.hole.start, it.bytes.len() - it.hole.start]
    })
}

fn hole_within_the_digits(scene: &Scene) -> Upload {
    ranged(scene, |it| {
        let rest = it.bytes.len() - it.hole.end + 1;
        [0, it.hole.start + 1, it.hole.end - 1, rest]
    })
}

fn huge(scene: &Scene) -> Upload {
    arrayed(scene, "[0 9999999999 0 9223372036854775807")
}

fn overflowing(scene: &Scene) -> Upload {
    arrayed(scene, "[0 1 9223372036854775807 9223372036")
}

fn negative(scene: &Scene) -> Upload {
    arrayed(scene, "[0 -1 -1 100")
}

fn three_numbers(scene: &Scene) -> Upload {
    arrayed(scene, "[0 100 200")
}

fn six_numbers(scene: &Scene) -> Upload {
    arrayed(scene, "[0 100 200 300 400 500")
}

fn no_numbers(scene: &Scene) -> Upload {
    arrayed(scene, "[/A /B /C /D")
}

/// The hole is the `/Contents` of another dictionary, in which the signature stands that verifies.
fn decoy(scene: &Scene) -> Upload {
    let mut prepared = prepare_with(&scene.issued, SubFilter::Etsi, |_, update| {
        update.add(tests::signing::dictionary(SubFilter::Etsi).replace("/Type /Sig", "/Type /Decoy"));
    });
    let size = prepared.bytes.len();
    let (from, to) = (prepared.hole.start, prepared.hole.end);
    prepared.set_range(&[0, from, to, size - to]);
    let covered = prepared.covered();
    sealed(scene, &prepared, &covered)
}

/// The field's own signature names the hole of a string elsewhere.
fn hole_elsewhere(scene: &Scene) -> Upload {
    let mut prepared = prepare_with(&scene.issued, SubFilter::Etsi, |_, update| {
        update.add(format!("<< /Decoy <{}> >>", "0".repeat(16_384)));
    });
    let open = tests::signing::paper::last(&prepared.bytes, b"/Decoy <").unwrap() + 7;
    let close = open + 16_386;
    let size = prepared.bytes.len();
    prepared.set_range(&[0, open, close, size - close]);
    prepared.hole = open..close;
    let covered = prepared.covered();
    sealed(scene, &prepared, &covered)
}

/// A signature that no field of the form leads to.
fn without_a_field(scene: &Scene) -> Upload {
    let paper = tests::signing::Paper::read(&scene.issued);
    let mut update = paper.update();
    update.add(tests::signing::dictionary(SubFilter::Etsi));
    let prepared = Prepared::find(paper.with(&update));
    let covered = prepared.covered();
    sealed(scene, &prepared, &covered)
}

fn unknown_filter(scene: &Scene) -> Upload {
    let mut prepared = prepare(&scene.issued, SubFilter::Etsi);
    let at = tests::signing::paper::last(&prepared.bytes, b"ETSI.CAdES.detached").unwrap();
    prepared.bytes[at..at + 4].copy_from_slice(b"XTSI");
    let covered = prepared.covered();
    sealed(scene, &prepared, &covered)
}

#[rstest]
#[case::gap_before_the_hole(gap_before_the_hole, Check::Coverage, Reason::PartUncovered)]
#[case::gap_after_the_hole(gap_after_the_hole, Check::Coverage, Reason::PartUncovered)]
#[case::gap_over_the_page(gap_over_the_page, Check::Coverage, Reason::PartUncovered)]
#[case::not_from_the_beginning(not_from_the_beginning, Check::Coverage, Reason::PartUncovered)]
#[case::not_to_the_end(not_to_the_end, Check::Coverage, Reason::ChangedAfterSigning)]
#[case::beyond_the_end(beyond_the_end, Check::Coverage, Reason::PartUncovered)]
#[case::overlapping(overlapping, Check::Coverage, Reason::PartUncovered)]
#[case::hole_within_the_digits(hole_within_the_digits, Check::Coverage, Reason::SignatureMalformed)]
#[case::huge(huge, Check::Coverage, Reason::PartUncovered)]
#[case::overflowing(overflowing, Check::Coverage, Reason::PartUncovered)]
#[case::negative(negative, Check::Coverage, Reason::SignatureMalformed)]
#[case::three_numbers(three_numbers, Check::Coverage, Reason::SignatureMalformed)]
#[case::six_numbers(six_numbers, Check::Coverage, Reason::SignatureMalformed)]
#[case::no_numbers(no_numbers, Check::Coverage, Reason::SignatureMalformed)]
#[case::decoy(decoy, Check::OneSignature, Reason::SeveralSignatures)]
#[case::hole_elsewhere(hole_elsewhere, Check::Coverage, Reason::PartUncovered)]
#[case::without_a_field(without_a_field, Check::OneSignature, Reason::Unsigned)]
#[case::unknown_filter(unknown_filter, Check::Coverage, Reason::SignatureMalformed)]
fn a_signature_that_leaves_something_out_fails(
    #[case] attack: Attack,
    #[case] check: Check,
    #[case] reason: Reason,
) {
    judged(attack, check, Finding::Failed(reason));
}
