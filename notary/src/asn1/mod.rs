//! Reading DER element by element, without copying and without recursion over what an attacker nests.
//!
//! Words: an *element* is one tag, length and value; a [`Reader`] walks over the elements inside a value.
//!
//! Invariants: lengths are definite and in their shortest form (DER); every element is inside the bytes it was read from;
//! nothing here panics. What a signature or a digest is about is always the bytes as they came ([`Element::whole`]), never
//! a re-encoding.
//!
//! What it does not do: tags of more than one byte; nothing in CMS, X.509 or OCSP has them.

mod ber;
mod text;

#[cfg(test)]
mod tests;

pub(crate) use ber::definite;

use der::Decode as _;
use der::asn1::{GeneralizedTime, ObjectIdentifier, UtcTime};
use shared::time::Timestamp;

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const ENUMERATED: u8 = 0x0a;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// The tag `[number]` around other elements.
pub(crate) const fn constructed(number: u8) -> u8 {
    0xa0 | number
}

/// The tag `[number]` in place of a primitive value's own.
pub(crate) const fn primitive(number: u8) -> u8 {
    0x80 | number
}

/// Bytes that break the rules of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("breaks the rules of DER, or a limit of ours")]
pub(crate) struct Malformed;

/// One element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'a> {
    /// Its tag.
    pub(crate) tag: u8,
    /// Tag, length and value.
    pub(crate) whole: &'a [u8],
    /// The value alone.
    pub(crate) value: &'a [u8],
}

/// Walks over elements that follow each other.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What was not read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next element, of any tag.
    pub(crate) fn any(&mut self) -> Result<Element<'a>, Malformed> {
        let (tag, length, header) = header(self.rest)?;
        let end = header.checked_add(length.ok_or(Malformed)?).ok_or(Malformed)?;
        let whole = self.rest.get(..end).ok_or(Malformed)?;
        let value = whole.get(header..).ok_or(Malformed)?;
        if header != shortest_header(value.len()) {
            return Err(Malformed);
        }
        self.rest = self.rest.get(end..).ok_or(Malformed)?;
        Ok(Element { tag, whole, value })
    }

    /// The next element, which must have this tag.
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Element<'a>, Malformed> {
        self.optional(tag)?.ok_or(Malformed)
    }

    /// The next element if it has this tag; nothing is read otherwise.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Malformed> {
        match self.rest.first() {
            Some(first) if *first == tag => self.any().map(Some),
            Some(_) | None => Ok(None),
        }
    }

    /// Fails unless everything was read.
    pub(crate) const fn finish(self) -> Result<(), Malformed> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Malformed)
        }
    }

    /// All elements that are left, if they are no more than `limit`.
    pub(crate) fn all(mut self, limit: usize) -> Result<Vec<Element<'a>>, Malformed> {
        let mut elements = Vec::new();
        while !self.is_at_end() {
            if elements.len() == limit {
                return Err(Malformed);
            }
            elements.push(self.any()?);
        }
        Ok(elements)
    }
}

impl<'a> Element<'a> {
    /// The only element in these bytes.
    pub(crate) fn only(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let element = reader.any()?;
        reader.finish()?;
        Ok(element)
    }

    /// The same, of this tag.
    pub(crate) fn only_of(tag: u8, bytes: &'a [u8]) -> Result<Self, Malformed> {
        Self::only(bytes).and_then(|element| element.of(tag))
    }

    /// This element, if it has the tag.
    pub(crate) const fn of(self, tag: u8) -> Result<Self, Malformed> {
        if self.tag == tag { Ok(self) } else { Err(Malformed) }
    }

    /// The elements inside.
    pub(crate) const fn inside(self) -> Reader<'a> {
        Reader::new(self.value)
    }

    pub(crate) fn oid(self) -> Result<ObjectIdentifier, Malformed> {
        let value = self.of(OID)?.value;
        ObjectIdentifier::from_bytes(value).map_err(|_| Malformed)
    }

    /// A bit string of whole bytes.
    pub(crate) fn bits(self) -> Result<&'a [u8], Malformed> {
        match self.of(BIT_STRING)?.value.split_first() {
            Some((0, bits)) => Ok(bits),
            Some(_) | None => Err(Malformed),
        }
    }

    /// A number that is not negative, of at most `u32`.
    pub(crate) fn small(self) -> Result<u32, Malformed> {
        match self.value {
            [] => Err(Malformed),
            [first, ..] if first & 0x80 != 0 => Err(Malformed),
            bytes => bytes.iter().try_fold(0_u32, |number, byte| {
                number
                    .checked_mul(256)
                    .and_then(|number| number.checked_add(u32::from(*byte)))
                    .ok_or(Malformed)
            }),
        }
    }

    /// `TRUE` as DER has it; anything else but `FALSE` is malformed.
    pub(crate) fn truth(self) -> Result<bool, Malformed> {
        match self.of(BOOLEAN)?.value {
            [0xff] => Ok(true),
            [0x00] => Ok(false),
            _ => Err(Malformed),
        }
    }

    /// A point in time, in either form.
    pub(crate) fn time(self) -> Result<Timestamp, Malformed> {
        let since_1970 = match self.tag {
            UTC_TIME => UtcTime::from_der(self.whole).map(|time| time.to_unix_duration()),
            GENERALIZED_TIME => GeneralizedTime::from_der(self.whole).map(|time| time.to_unix_duration()),
            _ => return Err(Malformed),
        };
        let seconds = since_1970.map_err(|_| Malformed)?.as_secs();
        i64::try_from(seconds)
            .ok()
            .and_then(|seconds| seconds.checked_mul(1_000_000))
            .map(Timestamp::from_micros)
            .ok_or(Malformed)
    }

    /// A text, whatever type of string it is. Nothing, if it is none or not well formed.
    pub(crate) fn text(self) -> Option<String> {
        text::text(self.tag, self.value)
    }
}

/// An element of this tag around these bytes.
pub(crate) fn element(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len().saturating_add(6));
    out.push(tag);
    write_length(value.len(), &mut out);
    out.extend_from_slice(value);
    out
}

/// Tag, length (nothing if it is indefinite) and how many bytes they take.
fn header(bytes: &[u8]) -> Result<(u8, Option<usize>, usize), Malformed> {
    let (tag, after_tag) = bytes.split_first().ok_or(Malformed)?;
    if tag & 0x1f == 0x1f {
        return Err(Malformed);
    }
    let (first, after_first) = after_tag.split_first().ok_or(Malformed)?;
    match first {
        0x00..=0x7f => Ok((*tag, Some(usize::from(*first)), 2)),
        0x80 => Ok((*tag, None, 2)),
        0x81..=0x84 => {
            let count = usize::from(first & 0x0f);
            let digits = after_first.get(..count).ok_or(Malformed)?;
            let length = digits.iter().try_fold(0_usize, |length, digit| {
                length
                    .checked_mul(256)
                    .and_then(|length| length.checked_add(usize::from(*digit)))
            });
            Ok((*tag, Some(length.ok_or(Malformed)?), 2 + count))
        }
        0x85.. => Err(Malformed),
    }
}

const fn shortest_header(length: usize) -> usize {
    match length {
        0..=0x7f => 2,
        0x80..=0xff => 3,
        0x100..=0xffff => 4,
        0x1_0000..=0xff_ffff => 5,
        _ => 6,
    }
}

fn write_length(length: usize, out: &mut Vec<u8>) {
    let bytes = length.to_be_bytes();
    let digits = shortest_header(length) - 2;
    if let Some(shortest) = bytes
        .len()
        .checked_sub(digits.max(1))
        .and_then(|at| bytes.get(at..))
    {
        if digits > 0 {
            out.push(0x80 | u8::try_from(digits).unwrap_or(0x7f));
        }
        out.extend_from_slice(shortest);
    }
}
