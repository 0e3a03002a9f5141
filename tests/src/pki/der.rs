//! DER, written and read by hand: a test must be able to write what no library would.

use shared::time::Timestamp;
use time::OffsetDateTime;

/// A tag with its content.
pub fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    if length < 0x80 {
        out.push(u8::try_from(length).expect("short"));
    } else {
        let bytes = length.to_be_bytes();
        let from = bytes.iter().position(|byte| *byte != 0).expect("not nought");
        out.push(0x80 | u8::try_from(bytes.len() - from).expect("at most eight"));
        out.extend(&bytes[from..]);
    }
    out.extend(content);
    out
}

/// SEQUENCE.
pub fn seq(parts: &[Vec<u8>]) -> Vec<u8> {
    tagged(0x30, &parts.concat())
}

/// SET OF, in the order that DER asks for.
pub fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    tagged(0x31, &sorted(parts))
}

/// What is in a SET OF, in the order that DER asks for.
pub fn sorted(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut parts = parts.to_vec();
    parts.sort();
    parts.concat()
}

/// `[n]`, constructed: EXPLICIT around one value, IMPLICIT around the content of a SEQUENCE or SET.
pub fn context(number: u8, content: &[u8]) -> Vec<u8> {
    tagged(0xa0 | number, content)
}

/// `[n]` IMPLICIT, primitive.
pub fn implicit(number: u8, content: &[u8]) -> Vec<u8> {
    tagged(0x80 | number, content)
}

/// INTEGER, not negative.
pub fn integer(bytes: &[u8]) -> Vec<u8> {
    let mut content: Vec<u8> = bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
    if content.first().is_none_or(|byte| *byte >= 0x80) {
        content.insert(0, 0);
    }
    tagged(0x02, &content)
}

/// INTEGER, small.
pub fn number(value: u32) -> Vec<u8> {
    integer(&value.to_be_bytes())
}

/// BOOLEAN TRUE.
pub fn truth() -> Vec<u8> {
    tagged(0x01, &[0xff])
}

/// NULL.
pub fn null() -> Vec<u8> {
    tagged(0x05, &[])
}

/// OCTET STRING.
pub fn octets(content: &[u8]) -> Vec<u8> {
    tagged(0x04, content)
}

/// BIT STRING of whole bytes.
pub fn bits(content: &[u8]) -> Vec<u8> {
    let mut all = vec![0];
    all.extend(content);
    tagged(0x03, &all)
}

/// UTF8String.
pub fn utf8(text: &str) -> Vec<u8> {
    tagged(0x0c, text.as_bytes())
}

/// PrintableString.
pub fn printable(text: &str) -> Vec<u8> {
    tagged(0x13, text.as_bytes())
}

/// IA5String.
pub fn ia5(text: &str) -> Vec<u8> {
    tagged(0x16, text.as_bytes())
}

/// OBJECT IDENTIFIER, from dotted numbers.
pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u32> = dotted
        .split('.')
        .map(|arc| arc.parse().expect("a number"))
        .collect();
    let [first, second, rest @ ..] = arcs.as_slice() else {
        panic!("an identifier has two arcs or more");
    };
    let mut content = Vec::new();
    for arc in std::iter::once(&(first * 40 + second)).chain(rest) {
        let mut groups = vec![u8::try_from(arc & 0x7f).expect("seven bits")];
        let mut left = arc >> 7;
        while left > 0 {
            groups.push(0x80 | u8::try_from(left & 0x7f).expect("seven bits"));
            left >>= 7;
        }
        content.extend(groups.iter().rev());
    }
    tagged(0x06, &content)
}

/// UTCTime until 2049, then GeneralizedTime, as certificates want it.
pub fn moment(at: Timestamp) -> Vec<u8> {
    let civil = civil(at);
    if civil.year() < 2050 {
        tagged(0x17, &digits(civil).as_bytes()[2..])
    } else {
        generalized(at)
    }
}

/// GeneralizedTime to the second, as OCSP wants it.
pub fn generalized(at: Timestamp) -> Vec<u8> {
    tagged(0x18, digits(civil(at)).as_bytes())
}

fn civil(at: Timestamp) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.as_millis().div_euclid(1000)).expect("a year of four digits")
}

fn digits(at: OffsetDateTime) -> String {
    format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// One element of what is read.
#[derive(Clone, Copy, Debug)]
pub struct Element<'a> {
    /// Its tag.
    pub tag: u8,
    /// What is in it.
    pub content: &'a [u8],
    /// It as a whole.
    pub whole: &'a [u8],
}

/// The first element of these bytes, and what follows it; none if they end too early.
pub fn read(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let mut length = usize::from(first);
    if first >= 0x80 {
        let (size, after) = rest.split_at_checked(usize::from(first & 0x7f))?;
        length = size.iter().try_fold(0_usize, |all, byte| {
            all.checked_mul(256)?.checked_add(usize::from(*byte))
        })?;
        rest = after;
    }
    let (content, after) = rest.split_at_checked(length)?;
    let whole = bytes.get(..bytes.len() - after.len())?;
    Some((Element { tag, content, whole }, after))
}

/// Every element, as far as they can be read.
pub fn elements(mut bytes: &[u8]) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    while let Some((element, rest)) = read(bytes) {
        found.push(element);
        bytes = rest;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_the_standard_says() {
        assert_eq!(
            oid("1.2.840.113549.1.7.2"),
            [6, 9, 42, 134, 72, 134, 247, 13, 1, 7, 2]
        );
        assert_eq!(oid("2.5.4.10"), [6, 3, 85, 4, 10]);
        assert_eq!(number(0), [2, 1, 0]);
        assert_eq!(number(128), [2, 2, 0, 128]);
        assert_eq!(number(65537), [2, 3, 1, 0, 1]);
        assert_eq!(&octets(&[7; 300])[..4], [4, 0x82, 1, 44]);
        assert_eq!(moment(crate::EPOCH), tagged(0x17, b"261123150000Z"));
        assert_eq!(generalized(crate::EPOCH), tagged(0x18, b"20261123150000Z"));
    }

    #[test]
    fn what_was_written_is_read() {
        let written = [octets(&[7; 300]), null()].concat();
        let read = elements(&written);
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].content, [7; 300]);
        assert_eq!(read[1].whole, null());
        assert!(super::read(&octets(&[7; 300])[..200]).is_none());
    }
}
