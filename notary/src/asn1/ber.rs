//! From BER to DER, as far as signatures need it: tools that stream write lengths as indefinite and contents in pieces
//! (`openssl cms` does). Everything else is read as DER only.

use super::{Malformed, OCTET_STRING, header, write_length};

/// Elements inside each other. A signature with its certificates and a timestamp has about 20.
const DEPTH: u8 = 48;
/// Elements in all: the largest file in pieces of 64 bytes.
const ELEMENTS: u32 = 100_000;
const CONSTRUCTED: u8 = 0x20;
const END_OF_CONTENTS: [u8; 2] = [0, 0];

/// The first element of `bytes` with definite lengths throughout, and what follows it.
///
/// An element that is in DER already comes out byte for byte: what was signed inside of it stays what it was. Refuses what is
/// nested too deep, has too many elements, or has pieces of anything but octets.
pub(crate) fn definite(bytes: &[u8]) -> Result<(Vec<u8>, &[u8]), Malformed> {
    let mut left = ELEMENTS;
    let mut out = Vec::with_capacity(bytes.len());
    let rest = copy(bytes, DEPTH, &mut left, &mut out)?;
    Ok((out, rest))
}

/// Writes the first element of `bytes` to `out`; tells what follows it.
fn copy<'a>(bytes: &'a [u8], depth: u8, left: &mut u32, out: &mut Vec<u8>) -> Result<&'a [u8], Malformed> {
    let depth = depth.checked_sub(1).ok_or(Malformed)?;
    *left = left.checked_sub(1).ok_or(Malformed)?;
    let (tag, length, head) = header(bytes)?;
    let inside = bytes.get(head..).ok_or(Malformed)?;
    if tag == 0 {
        return Err(Malformed);
    }
    if tag & CONSTRUCTED == 0 {
        let length = length.ok_or(Malformed)?;
        let value = inside.get(..length).ok_or(Malformed)?;
        write(tag, value, out);
        return inside.get(length..).ok_or(Malformed);
    }
    let mut value = Vec::new();
    let rest = if let Some(length) = length {
        let mut within = inside.get(..length).ok_or(Malformed)?;
        while !within.is_empty() {
            within = copy_part(tag, within, depth, left, &mut value)?;
        }
        inside.get(length..).ok_or(Malformed)?
    } else {
        let mut within = inside;
        loop {
            if let Some(rest) = within.strip_prefix(&END_OF_CONTENTS) {
                break rest;
            }
            within = copy_part(tag, within, depth, left, &mut value)?;
        }
    };
    match tag & !CONSTRUCTED {
        OCTET_STRING => write(OCTET_STRING, &value, out),
        // Sequence, set, and everything that is not of the universal class.
        0x10 | 0x11 | 0x40.. => write(tag, &value, out),
        _ => return Err(Malformed),
    }
    Ok(rest)
}

/// Writes an element inside another; of octets in pieces, only the octets.
fn copy_part<'a>(
    parent: u8,
    bytes: &'a [u8],
    depth: u8,
    left: &mut u32,
    out: &mut Vec<u8>,
) -> Result<&'a [u8], Malformed> {
    if parent != OCTET_STRING | CONSTRUCTED {
        return copy(bytes, depth, left, out);
    }
    let mut piece = Vec::new();
    let rest = copy(bytes, depth, left, &mut piece)?;
    let (tag, _, head) = header(&piece)?;
    if tag != OCTET_STRING {
        return Err(Malformed);
    }
    out.extend_from_slice(piece.get(head..).ok_or(Malformed)?);
    Ok(rest)
}

fn write(tag: u8, value: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    write_length(value.len(), out);
    out.extend_from_slice(value);
}
