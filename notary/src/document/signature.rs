//! Finds the one signature of a file, and what of the file it covers.
//!
//! Words: the *hole* is the place of the signature itself, which cannot be covered by it: the text of `/Contents` with its
//! brackets.
//!
//! Invariants: the hole is where the text of that very dictionary stands which the tables lead to, not where somebody says; what
//! is handed over as signed is the whole file but the hole, or the finding says why not.

use super::limits;
use super::scan::{Object, Place, Scan};
use super::value::{Dictionary, Notation, Text, Value};
use super::view::View;
use super::{Profile, SignatureField, moment};
use shared::signatures::{Finding, Reason};
use std::collections::BTreeSet;

/// What looks like a signature, and the object that it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) object: &'a Object,
    pub(super) dictionary: &'a Dictionary,
}

/// Every signature of every revision, whether a reader would reach it or not.
pub(super) fn candidates<'a>(scan: &'a Scan<'_>) -> Vec<Candidate<'a>> {
    let mut found = Vec::new();
    for object in &scan.objects {
        object.value.walk(&mut |value| {
            if let Value::Dictionary(dictionary) = value
                && is_signature(dictionary)
            {
                found.push(Candidate { object, dictionary });
            }
        });
    }
    found
}

fn is_signature(dictionary: &Dictionary) -> bool {
    let kind = matches!(dictionary.name(b"Type"), Some(b"Sig" | b"DocTimeStamp"));
    let text = matches!(dictionary.get(b"Contents"), Some(Value::Text(_)));
    let filter = dictionary.name(b"SubFilter").is_some() || dictionary.name(b"Filter").is_some();
    dictionary.get(b"ByteRange").is_some()
        || (kind && dictionary.get(b"Contents").is_some())
        || (text && filter)
}

/// How many there are.
pub(super) fn count(candidates: &[Candidate<'_>]) -> Finding {
    match candidates {
        [] => Finding::Failed(Reason::Unsigned),
        [_] => Finding::Passed,
        [_, _, ..] => Finding::Failed(Reason::SeveralSignatures),
    }
}

/// The field of a form that a signature is the value of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub(super) object: &'a Object,
    pub(super) dictionary: &'a Dictionary,
}

/// The fields of the form that a reader sees.
pub(super) fn fields<'a>(view: &View<'a>) -> Option<Vec<Field<'a>>> {
    let form = view
        .catalog()?
        .get(b"AcroForm")
        .map(|form| view.follow(form))?
        .as_dictionary()?;
    let mut open: Vec<&Value> = view.entry(form, b"Fields")?.as_array()?.iter().collect();
    let mut seen = BTreeSet::new();
    let mut fields = Vec::new();
    while let Some(value) = open.pop() {
        let object = view.get(value.as_reference()?)?;
        if !seen.insert(object.id) || seen.len() > limits::STEPS {
            return None;
        }
        let dictionary = object.value.as_dictionary()?;
        // What is below a field is a field of its own if it has a name, and else only where it is seen.
        let kids = view
            .entry(dictionary, b"Kids")
            .and_then(Value::as_array)
            .unwrap_or_default();
        let named = kids.iter().filter(|kid| {
            view.follow(kid)
                .as_dictionary()
                .is_some_and(|kid| kid.get(b"T").is_some())
        });
        let before = open.len();
        open.extend(named);
        if open.len() == before {
            fields.push(Field { object, dictionary });
        }
    }
    Some(fields)
}

/// The field whose value is this signature.
pub(super) fn field_of<'a>(view: &View<'a>, candidate: &Candidate<'_>) -> Option<Field<'a>> {
    let mut holders = fields(view)?.into_iter().filter(|field| {
        let value = view.entry(field.dictionary, b"V").and_then(Value::as_dictionary);
        field.dictionary.name(b"FT") == Some(b"Sig")
            && value.is_some_and(|value| core::ptr::eq(value, candidate.dictionary))
    });
    holders.next().filter(|_| holders.next().is_none())
}

/// What a signature covers, and the signature itself.
pub(super) fn read<'a>(file: &'a [u8], candidate: &Candidate<'_>) -> (Finding, Option<SignatureField<'a>>) {
    let failed = |reason| (Finding::Failed(reason), None);
    let Some(range) = byte_range(candidate.dictionary) else {
        return failed(Reason::SignatureMalformed);
    };
    let [start, before, from, after] = range;
    // In an object stream it has no place of its own in the file.
    let (Some(Value::Text(contents)), Place::File(_)) =
        (candidate.dictionary.get(b"Contents"), candidate.object.place)
    else {
        return failed(Reason::SignatureMalformed);
    };
    let end = from.checked_add(after).filter(|end| *end <= file.len());
    let (Some(end), true) = (end, start == 0 && before <= from) else {
        return failed(Reason::PartUncovered);
    };
    if (before..from) != contents.place {
        // A hole somewhere else leaves the text of the signature covered, and something else open.
        let inside = before >= contents.place.start && from <= contents.place.end;
        return failed(if inside {
            Reason::SignatureMalformed
        } else {
            Reason::PartUncovered
        });
    }
    let (Some(head), Some(tail), Some(rest)) = (file.get(..before), file.get(from..end), file.get(end..))
    else {
        return failed(Reason::PartUncovered);
    };
    let Some(cms) = cut(file, contents) else {
        return failed(Reason::HiddenContent);
    };
    let Some(profile) = profile(candidate.dictionary) else {
        return failed(Reason::SignatureMalformed);
    };
    let coverage = if matches!(rest, b"" | b"\n" | b"\r" | b"\r\n") {
        Finding::Passed
    } else {
        Finding::Failed(Reason::ChangedAfterSigning)
    };
    let claimed_at = candidate
        .dictionary
        .get(b"M")
        .and_then(Value::as_text)
        .and_then(|text| moment::parse(&text.bytes));
    (
        coverage,
        Some(SignatureField {
            cms,
            profile,
            signed: vec![head, tail],
            claimed_at,
        }),
    )
}

fn byte_range(dictionary: &Dictionary) -> Option<[usize; 4]> {
    let numbers = dictionary.get(b"ByteRange")?.as_array()?;
    let numbers: Option<Vec<usize>> = numbers
        .iter()
        .map(|number| usize::try_from(number.as_integer()?).ok())
        .collect();
    numbers?.try_into().ok()
}

fn profile(dictionary: &Dictionary) -> Option<Profile> {
    match dictionary.name(b"SubFilter")? {
        b"adbe.pkcs7.detached" => Some(Profile::AdbeDetached),
        b"ETSI.CAdES.detached" => Some(Profile::EtsiDetached),
        _ => None,
    }
}

/// The signature without the zeros that fill its place; nothing if something else fills it, or it is not written in digits only.
fn cut(file: &[u8], contents: &Text) -> Option<Vec<u8>> {
    if contents.notation != Notation::Hexadecimal {
        return None;
    }
    let digits = file.get(contents.place.start + 1..contents.place.end.checked_sub(1)?)?;
    if !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let length = der_length(&contents.bytes).unwrap_or(contents.bytes.len());
    let (cms, rest) = contents.bytes.split_at_checked(length)?;
    rest.iter().all(|byte| *byte == 0).then(|| cms.to_vec())
}

/// How long the value is that begins here, its head with it. Nothing if it does not say (BER), or says more than there is.
pub(super) fn der_length(bytes: &[u8]) -> Option<usize> {
    let [_, first, rest @ ..] = bytes else { return None };
    let (head, body) = if *first < 0x80 {
        (2, usize::from(*first))
    } else {
        let count = usize::from(*first & 0x7f);
        if !(1..=4).contains(&count) {
            return None;
        }
        let body = rest
            .get(..count)?
            .iter()
            .fold(0_usize, |value, byte| value << 8 | usize::from(*byte));
        (2 + count, body)
    };
    head.checked_add(body).filter(|length| *length <= bytes.len())
}
