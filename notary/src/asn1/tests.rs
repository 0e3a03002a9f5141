use super::*;
use proptest::prelude::*;

#[test]
fn lengths_are_definite_and_shortest() {
    for (bytes, holds) in [
        (&b"\x04\x00"[..], true),
        (b"\x04\x01a", true),
        (b"\x04\x01", false),
        (b"\x04\x81\x01a", false),
        (b"\x04\x80a\x00\x00", false),
        (b"\x04\x85\x00\x00\x00\x00\x01a", false),
        (b"\x04\xff", false),
        (b"\x1f\x01\x00", false),
        (b"\x04", false),
        (b"", false),
    ] {
        assert_eq!(Reader::new(bytes).any().is_ok(), holds, "{bytes:?}");
    }
    for length in [0, 127, 128, 255, 256, 65_535, 65_536] {
        let whole = element(OCTET_STRING, &vec![7; length]);
        let read = Element::only(&whole).unwrap();
        assert_eq!(
            (read.tag, read.value.len(), read.whole.len()),
            (OCTET_STRING, length, whole.len())
        );
    }
}

#[test]
fn texts_of_every_type_are_read() {
    let text = |tag, value: &[u8]| Element::only(&element(tag, value)).unwrap().text();
    let name = Some("Muñoz".to_owned());
    assert_eq!(text(0x0c, "Muñoz".as_bytes()), name);
    assert_eq!(
        text(0x13, b"Mu\xf1oz"),
        name,
        "Latin-1 where only ASCII is allowed"
    );
    assert_eq!(text(0x14, b"Mu\xf1oz"), name);
    assert_eq!(text(0x1e, b"\0M\0u\0\xf1\0o\0z"), name);
    assert_eq!(text(0x1c, b"\0\0\0M\0\0\0u\0\0\0\xf1\0\0\0o\0\0\0z"), name);
    assert_eq!(
        text(0x16, b" 17\x0010 "),
        Some("1710".to_owned()),
        "no control characters, no space around it"
    );
    assert_eq!(text(0x0c, b"\xf1"), None);
    assert_eq!(text(0x1e, b"\0"), None);
    assert_eq!(text(0x1e, b"\xd8\x00"), None);
    assert_eq!(text(OCTET_STRING, b"a"), None);
}

#[test]
fn times_of_both_forms_are_read() {
    let time = |tag, value: &[u8]| Element::only(&element(tag, value)).unwrap().time();
    let at = Ok(Timestamp::from_millis(1_795_392_000_000));
    assert_eq!(time(UTC_TIME, b"261123000000Z"), at);
    assert_eq!(time(GENERALIZED_TIME, b"20261123000000Z"), at);
    for wrong in [
        &b"20261123000000"[..],
        b"20261123000000.5Z",
        b"20261323000000Z",
        b"20261123000000+0500",
        b"",
    ] {
        assert_eq!(time(GENERALIZED_TIME, wrong), Err(Malformed));
    }
}

#[test]
fn what_tools_stream_becomes_der() {
    let pieces = b"\x30\x80\x24\x80\x04\x01a\x04\x02bc\x24\x03\x04\x01d\x00\x00\x02\x01\x05\x00\x00rest";
    let (der, rest) = definite(pieces).unwrap();
    assert_eq!(der, b"\x30\x09\x04\x04abcd\x02\x01\x05");
    assert_eq!(rest, b"rest");
}

#[test]
fn what_is_der_already_stays_as_it_is() {
    let message = include_bytes!("../../fixtures/rsa_sha256.p7m");
    let (der, rest) = definite(message).unwrap();
    assert!(der == message && rest.is_empty());
}

#[test]
fn pieces_of_anything_but_octets_are_refused() {
    for wrong in [
        &b"\x23\x04\x03\x02\x00\x01"[..],
        b"\x2c\x03\x0c\x01a",
        b"\x24\x03\x02\x01\x05",
        b"\x04\x80\x00\x00",
        b"\x30\x80\x02\x01\x05",
        b"\x30\x02\x00\x00",
        b"\x30\x80\x00",
    ] {
        assert_eq!(definite(wrong), Err(Malformed), "{wrong:?}");
    }
}

#[test]
fn depth_and_number_are_limited() {
    let nested = |depth: usize| (0..depth).fold(Vec::new(), |inner, _| element(SEQUENCE, &inner));
    assert!(definite(&nested(48)).is_ok());
    assert_eq!(definite(&nested(49)), Err(Malformed));
    assert_eq!(definite(&[0x30, 0x80].repeat(2_000_000)), Err(Malformed));
    let many = |number: usize| element(SEQUENCE, &[0x05, 0x00].repeat(number));
    assert!(definite(&many(99_999)).is_ok());
    assert_eq!(definite(&many(100_000)), Err(Malformed));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok((der, rest)) = definite(&bytes) {
            prop_assert!(rest.len() < bytes.len());
            prop_assert_eq!(definite(&der).map(|(again, _)| again), Ok(der.clone()));
            prop_assert!(Element::only(&der).is_ok());
        }
        if let Ok(element) = Reader::new(&bytes).any() {
            let _ = (element.text(), element.time(), element.oid(), element.bits(), element.small());
        }
    }
}
