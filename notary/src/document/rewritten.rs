//! A file that does not begin with the bytes that we issued: a tool wrote it anew, or it is something else.
//!
//! Words: the *shown* part of a page is its size, its content and whatever that content draws with; what is *told* of a file is what
//! a screen reader says instead: the tree of tags and the language.
//!
//! Invariants: it passes only if every page shows the same by the same bytes. Where the words are the same and the bytes are not, a
//! person has to look.

use super::value::Value;
use super::view::View;
use super::{library, limits, overlay, scan, standing};
use crate::Issued;
use shared::signatures::{Finding, Reason};
use shared::time::Timestamp;
use std::collections::BTreeMap;

const ALTERED: Finding = Finding::Unknown(Reason::Rewritten);

/// The findings about the request and whether it was altered, for bytes that were not read before.
pub(super) fn judge_bytes(issued: &Issued, now: Timestamp, content: &[u8]) -> (Finding, Finding) {
    let other = (Finding::Failed(Reason::NotOurs), Finding::Skipped);
    let Ok(scan) = scan::scan(content) else {
        return other;
    };
    let Ok(view) = View::of(&scan) else { return other };
    library::load(&view).map_or(other, |library| judge(issued, now, &view, &library))
}

/// The findings about the request and whether it was altered.
pub(super) fn judge(
    issued: &Issued,
    now: Timestamp,
    signed: &View<'_>,
    library: &lopdf::Document,
) -> (Finding, Finding) {
    const UNDECIDED: (Finding, Finding) = (ALTERED, ALTERED);
    let Ok(scan) = scan::scan(&issued.bytes) else {
        return UNDECIDED;
    };
    let Ok(view) = View::of(&scan) else {
        return UNDECIDED;
    };
    let Ok(before) = library::load(&view) else {
        return UNDECIDED;
    };
    let (Some(was), Some(is)) = (words(&before), words(library)) else {
        return UNDECIDED;
    };
    if !is.contains(issued.nonce.digits().as_str()) {
        let reason = if has_number(&is) {
            Reason::OtherRequest
        } else {
            Reason::NotOurs
        };
        return (Finding::Failed(reason), Finding::Skipped);
    }
    let unaltered = if was != is {
        Finding::Failed(Reason::ContentChanged)
    } else if Shown::of(&before).is_some_and(|was| Shown::of(library) == Some(was)) && bare(&view, signed) {
        Finding::Passed
    } else {
        ALTERED
    };
    (standing(issued, now), unaltered)
}

/// Whether nothing stands on the pages of the signed file but a signature, where it hides nothing. The pages that we issue have
/// nothing on them.
fn bare(issued: &View<'_>, signed: &View<'_>) -> bool {
    let (Ok(sheets), Ok(pages)) = (issued.pages(), signed.pages()) else {
        return false;
    };
    let mut widgets = Vec::new();
    for (sheet, page) in sheets.iter().zip(pages) {
        let list = page
            .value
            .as_dictionary()
            .and_then(|page| signed.entry(page, b"Annots"));
        let list = list.and_then(Value::as_array).unwrap_or_default();
        widgets.extend(
            list.iter()
                .map(|widget| (sheet, signed.follow(widget).as_dictionary())),
        );
    }
    match widgets.as_slice() {
        [] => true,
        [(sheet, Some(widget))] => {
            widget.name(b"FT") == Some(b"Sig")
                && overlay::judge(issued, sheet, widget, signed) == Finding::Passed
        }
        _ => false,
    }
}

/// The words of all pages, without the white space between them.
fn words(document: &lopdf::Document) -> Option<String> {
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text_with_limit(&pages, limits::UNPACKED).ok()?;
    Some(text.chars().filter(|letter| !letter.is_whitespace()).collect())
}

/// Whether there is something that could be a request's number: 32 hexadecimal digits or more in a row.
fn has_number(words: &str) -> bool {
    let is_digit = |letter: char| letter.is_ascii_digit() || ('a'..='f').contains(&letter);
    words.split(|letter| !is_digit(letter)).any(|run| run.len() >= 32)
}

/// What pages show, and what is told of them.
#[derive(Debug, PartialEq)]
struct Shown {
    pages: Vec<Page>,
    told: Vec<Option<lopdf::Object>>,
}

/// What a page shows.
#[derive(Debug, PartialEq)]
struct Page {
    content: Vec<u8>,
    frame: Vec<Option<lopdf::Object>>,
    resources: lopdf::Object,
    /// How it is painted as a whole, and which tags are its own.
    own: Vec<Option<lopdf::Object>>,
}

impl Shown {
    fn of(document: &lopdf::Document) -> Option<Self> {
        let pages = document.get_pages();
        // Tags name pages: by their turn, not by all that a page is.
        let mut reading = Reading {
            document,
            seen: pages.values().copied().zip(0..).collect(),
            strings: Strings::Bytes,
        };
        let shown: Option<Vec<Page>> = pages.values().map(|page| Page::of(&mut reading, *page)).collect();
        reading.strings = Strings::Texts;
        let catalogue = document.catalog().ok()?;
        let told = [b"StructTreeRoot".as_slice(), b"Lang", b"MarkInfo"];
        let told: Option<Vec<_>> = told.iter().map(|name| reading.entry(catalogue, name)).collect();
        Some(Self {
            pages: shown?,
            told: told?,
        })
    }
}

impl Page {
    fn of(reading: &mut Reading<'_>, id: lopdf::ObjectId) -> Option<Self> {
        let document = reading.document;
        let content = document.get_page_content_with_limit(id, limits::UNPACKED).ok()?;
        let inherited = |name: &[u8]| inherited(document, id, name);
        let frame = [b"MediaBox".as_slice(), b"CropBox", b"Rotate", b"UserUnit"];
        let frame = frame.iter().map(|name| inherited(name)).collect();
        let resources = reading.resolved(&inherited(b"Resources")?, 0)?;
        let page = document.get_dictionary(id).ok()?;
        let own = [b"Group".as_slice(), b"StructParents"];
        let own: Option<Vec<_>> = own.iter().map(|name| reading.entry(page, name)).collect();
        Some(Self {
            content,
            frame,
            resources,
            own: own?,
        })
    }
}

/// What a page has under a name, or the nearest node above it.
fn inherited(document: &lopdf::Document, page: lopdf::ObjectId, name: &[u8]) -> Option<lopdf::Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..16 {
        if let Ok(value) = node.get_deref(name, document) {
            return Some(value.clone());
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

/// A walk through what a page draws with: each object is put in its place once, and named by its turn after that, so that two
/// files with other numbers for the same objects are the same.
struct Reading<'a> {
    document: &'a lopdf::Document,
    seen: BTreeMap<lopdf::ObjectId, i64>,
    strings: Strings,
}

/// What the strings of a part of a file are.
#[derive(Clone, Copy)]
enum Strings {
    /// Bytes: of fonts, of tables of colours.
    Bytes,
    /// Words for people.
    Texts,
}

impl Reading<'_> {
    /// What a dictionary has under a name, if it has it. Nothing at all if that goes too deep.
    #[expect(clippy::option_option, reason = "what cannot be read is no absent entry")]
    fn entry(&mut self, dictionary: &lopdf::Dictionary, name: &[u8]) -> Option<Option<lopdf::Object>> {
        match dictionary.get(name) {
            Ok(value) => self.resolved(value, 0).map(Some),
            Err(_) => Some(None),
        }
    }

    /// A value with what it refers to in its place, and streams unpacked. Nothing if that goes too deep.
    fn resolved(&mut self, value: &lopdf::Object, depth: usize) -> Option<lopdf::Object> {
        if depth > limits::NESTING {
            return None;
        }
        match value {
            lopdf::Object::Reference(id) => {
                let turn = i64::try_from(self.seen.len()).ok()?;
                if let Some(turn) = self.seen.get(id) {
                    return Some(lopdf::Object::Integer(-1 - turn));
                }
                self.seen.insert(*id, turn);
                let document = self.document;
                self.resolved(document.get_object(*id).ok()?, depth + 1)
            }
            lopdf::Object::Array(array) => {
                let array: Option<Vec<_>> = array
                    .iter()
                    .map(|value| self.resolved(value, depth + 1))
                    .collect();
                array.map(lopdf::Object::Array)
            }
            lopdf::Object::Dictionary(dictionary) => {
                self.entries(dictionary, depth).map(lopdf::Object::Dictionary)
            }
            lopdf::Object::Stream(stream) => {
                let plain = stream.get_plain_content_with_limit(limits::UNPACKED);
                let plain = plain.unwrap_or_else(|_| stream.content.clone());
                let entries = self.entries(&stream.dict, depth)?;
                Some(lopdf::Object::Stream(lopdf::Stream::new(entries, plain)))
            }
            lopdf::Object::Null
            | lopdf::Object::Boolean(_)
            | lopdf::Object::Integer(_)
            | lopdf::Object::Real(_)
            | lopdf::Object::Name(_) => Some(value.clone()),
            lopdf::Object::String(bytes, _) => match self.strings {
                // Tools write the same bytes in letters or in digits.
                Strings::Bytes => Some(lopdf::Object::string_literal(bytes.clone())),
                // And the same text in another encoding.
                Strings::Texts => {
                    let text = lopdf::decode_text_string(value).ok()?;
                    Some(lopdf::Object::string_literal(text))
                }
            },
        }
    }

    /// The entries of a dictionary by name, without how its data is packed.
    fn entries(&mut self, dictionary: &lopdf::Dictionary, depth: usize) -> Option<lopdf::Dictionary> {
        let mut names: Vec<&Vec<u8>> = dictionary.iter().map(|(name, _)| name).collect();
        names.sort();
        let mut entries = lopdf::Dictionary::new();
        for name in names {
            if !matches!(
                name.as_slice(),
                b"Length" | b"Filter" | b"DecodeParms" | b"Parent"
            ) {
                entries.set(
                    name.clone(),
                    self.resolved(dictionary.get(name).ok()?, depth + 1)?,
                );
            }
        }
        Some(entries)
    }
}
