//! Tables of objects, as text or as a stream.

use super::fault::Fault;
use super::parse::{Budget, Parser};
use super::value::{Dictionary, Value};

/// What a table says of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// There is none of this number.
    Free,
    /// It stands at this byte.
    At { offset: usize, generation: u16 },
    /// It stands in the object stream of this number, as the one of this place.
    Inside { container: u32, index: u32 },
}

/// A table as text, from its `xref` to the end of its trailer. Takes its entries from `left`.
pub(super) fn written(
    parser: &mut Parser<'_>,
    budget: &mut Budget,
    left: &mut usize,
) -> Result<(Vec<(u32, Entry)>, Dictionary), Fault> {
    parser.take(b"xref").ok_or(Fault::Malformed)?;
    let mut entries = Vec::new();
    loop {
        parser.skip();
        if parser.take(b"trailer").is_some() {
            return Ok((entries, parser.dictionary(budget)?));
        }
        let first = parser
            .unsigned()
            .and_then(|first| u32::try_from(first).ok())
            .ok_or(Fault::Malformed)?;
        parser.skip();
        let count = parser
            .unsigned()
            .and_then(|count| u32::try_from(count).ok())
            .ok_or(Fault::Malformed)?;
        for order in 0..count {
            *left = left.checked_sub(1).ok_or(Fault::TooComplex)?;
            let number = first.checked_add(order).ok_or(Fault::Malformed)?;
            entries.push((number, line(parser).ok_or(Fault::Malformed)?));
        }
    }
}

fn line(parser: &mut Parser<'_>) -> Option<Entry> {
    parser.skip_space();
    let offset = usize::try_from(parser.unsigned()?).ok()?;
    parser.skip_space();
    let generation = parser.unsigned()?;
    parser.skip_space();
    if parser.take(b"f").is_some() {
        return Some(Entry::Free);
    }
    parser.take(b"n")?;
    Some(Entry::At {
        offset,
        generation: u16::try_from(generation).ok()?,
    })
}

/// A table that was a stream. Takes its entries from `left`.
pub(super) fn packed(
    dictionary: &Dictionary,
    plain: &[u8],
    left: &mut usize,
) -> Result<Vec<(u32, Entry)>, Fault> {
    let widths = dictionary
        .get(b"W")
        .and_then(Value::as_array)
        .ok_or(Fault::Malformed)?;
    let widths: Vec<usize> = widths
        .iter()
        .filter_map(Value::as_integer)
        .filter_map(|width| usize::try_from(width).ok())
        .collect();
    let [kind, second, third] = widths.as_slice() else {
        return Err(Fault::Malformed);
    };
    let row = kind.saturating_add(*second).saturating_add(*third);
    if row == 0
        || [kind, second, third].into_iter().any(|width| *width > 8)
        || !plain.len().is_multiple_of(row)
    {
        return Err(Fault::Malformed);
    }
    let mut rows = plain.chunks_exact(row);
    let mut entries = Vec::new();
    for (first, count) in ranges(dictionary)? {
        for order in 0..count {
            *left = left.checked_sub(1).ok_or(Fault::TooComplex)?;
            let number = first.checked_add(order).ok_or(Fault::Malformed)?;
            let row = rows.next().ok_or(Fault::Malformed)?;
            let (kind_field, rest) = row.split_at_checked(*kind).ok_or(Fault::Malformed)?;
            let (second_field, third_field) = rest.split_at_checked(*second).ok_or(Fault::Malformed)?;
            let tag = if *kind == 0 { 1 } else { big_endian(kind_field) };
            entries.push((
                number,
                entry(tag, big_endian(second_field), big_endian(third_field))?,
            ));
        }
    }
    if rows.next().is_some() {
        return Err(Fault::Malformed);
    }
    Ok(entries)
}

fn entry(kind: u64, second: u64, third: u64) -> Result<Entry, Fault> {
    let malformed = |_| Fault::Malformed;
    match kind {
        0 => Ok(Entry::Free),
        1 => Ok(Entry::At {
            offset: usize::try_from(second).map_err(malformed)?,
            generation: u16::try_from(third).map_err(malformed)?,
        }),
        2 => Ok(Entry::Inside {
            container: u32::try_from(second).map_err(malformed)?,
            index: u32::try_from(third).map_err(malformed)?,
        }),
        _ => Err(Fault::Malformed),
    }
}

/// The numbers that a table tells of: first and how many.
fn ranges(dictionary: &Dictionary) -> Result<Vec<(u32, u32)>, Fault> {
    let number = |value: &Value| value.as_integer().and_then(|value| u32::try_from(value).ok());
    match dictionary.get(b"Index") {
        None => {
            let size = dictionary.get(b"Size").and_then(number).ok_or(Fault::Malformed)?;
            Ok(vec![(0, size)])
        }
        Some(Value::Array(index)) => {
            let numbers: Option<Vec<u32>> = index.iter().map(number).collect();
            let numbers = numbers
                .filter(|numbers| numbers.len().is_multiple_of(2))
                .ok_or(Fault::Malformed)?;
            Ok(numbers
                .chunks_exact(2)
                .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
                .collect())
        }
        Some(_) => Err(Fault::Malformed),
    }
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte))
}
