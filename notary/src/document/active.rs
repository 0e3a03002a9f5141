//! Finds what a file does by itself, and what it carries with it.
//!
//! Invariants: every object of every revision is looked at, those in object streams too, whether a reader would reach it or not. A
//! request of ours has none of it (ADR 99); links to addresses and to places in the document do nothing unless somebody clicks.

use super::scan::Scan;
use super::value::{Dictionary, Truth, Value};
use shared::signatures::{Finding, Reason};

/// Actions that do more than lead to a place or an address.
const ACTIONS: [&[u8]; 17] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"ResetForm",
    b"GoToR",
    b"GoToE",
    b"GoTo3DView",
    b"Rendition",
    b"RichMediaExecute",
    b"Movie",
    b"Sound",
    b"Hide",
    b"Named",
    b"SetOCGState",
    b"Trans",
    b"Thread",
];

/// Names whose mere presence is an action, a script, a form of XFA, or something fetched from outside of the file.
const KEYS: [&[u8]; 8] = [
    b"JS",
    b"JavaScript",
    b"AA",
    b"XFA",
    b"RichMediaContent",
    b"RichMediaSettings",
    b"FFilter",
    b"FDecodeParms",
];

/// Names that only attachments have.
const ATTACHED: [&[u8]; 5] = [b"EmbeddedFiles", b"EF", b"AF", b"Collection", b"RF"];

/// Kinds of annotations and streams that play, run or carry.
const ACTIVE_KINDS: [&[u8]; 6] = [b"RichMedia", b"Screen", b"Movie", b"Sound", b"3D", b"U3D"];
const ATTACHED_KINDS: [&[u8]; 2] = [b"FileAttachment", b"EmbeddedFile"];

/// Looks at every object and every trailer.
pub(super) fn contents(scan: &Scan<'_>) -> Finding {
    let mut found = Finding::Passed;
    let mut note = |reason: Option<Reason>| {
        // Something active outweighs an attachment.
        if let Some(reason) = reason
            && found != Finding::Failed(Reason::ActiveContent)
        {
            found = Finding::Failed(reason);
        }
    };
    for object in &scan.objects {
        object.value.walk(&mut |value| {
            if let Value::Dictionary(dictionary) = value {
                note(look(dictionary));
            }
        });
        // A stream whose data is in another file.
        if object.stream.is_some()
            && object
                .value
                .as_dictionary()
                .is_some_and(|own| own.get(b"F").is_some())
        {
            note(Some(Reason::ActiveContent));
        }
    }
    for section in &scan.sections {
        note(look(&section.trailer));
    }
    found
}

fn look(dictionary: &Dictionary) -> Option<Reason> {
    let has = |name: &&[u8]| dictionary.get(name).is_some();
    let kind = |name: &[u8], kinds: &[&[u8]]| dictionary.name(name).is_some_and(|kind| kinds.contains(&kind));
    let opens = !matches!(
        dictionary.get(b"OpenAction"),
        None | Some(Value::Null | Value::Array(_))
    );
    let renders = matches!(
        dictionary.get(b"NeedsRendering"),
        Some(Value::Boolean(Truth::True))
    );
    if KEYS.iter().any(has)
        || kind(b"S", &ACTIONS)
        || kind(b"Subtype", &ACTIVE_KINDS)
        || kind(b"Type", &ACTIVE_KINDS)
        || opens
        || renders
    {
        return Some(Reason::ActiveContent);
    }
    if ATTACHED.iter().any(has) || kind(b"Subtype", &ATTACHED_KINDS) || kind(b"Type", &ATTACHED_KINDS) {
        return Some(Reason::Attachment);
    }
    None
}
