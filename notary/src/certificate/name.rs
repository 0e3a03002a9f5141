//! Distinguished names: when two are the same, and what they say.

use crate::asn1::{Element, Malformed, OID, SEQUENCE, SET};
use der::asn1::ObjectIdentifier;

/// Attributes of a name; real ones have about ten.
const ATTRIBUTES: usize = 64;
/// Attributes that are one part of a name together; nearly always one.
const TOGETHER: usize = 8;

/// Whether two names (DER) are the same: in every byte, or in every attribute's text without regard to case, space and type
/// of string (RFC 5280, 7.1), since some tools write an issuer's name anew.
pub(crate) fn same_name(one: &[u8], other: &[u8]) -> bool {
    if one == other {
        return true;
    }
    match (comparable(one), comparable(other)) {
        (Ok(one), Ok(other)) => one == other,
        (Err(Malformed), _) | (_, Err(Malformed)) => false,
    }
}

/// Every attribute of a name (DER), in its order.
pub(crate) fn attributes(name: &[u8]) -> Result<Vec<(ObjectIdentifier, Element<'_>)>, Malformed> {
    let mut found = Vec::new();
    for part in Element::only_of(SEQUENCE, name)?.inside().all(ATTRIBUTES)? {
        for attribute in part.of(SET)?.inside().all(TOGETHER)? {
            let mut fields = attribute.of(SEQUENCE)?.inside();
            found.push((fields.expect(OID)?.oid()?, fields.any()?));
            fields.finish()?;
        }
    }
    Ok(found)
}

/// A value as it is compared: its text, or its bytes if it is none.
#[derive(PartialEq, Eq)]
enum Comparable<'a> {
    Text(String),
    Bytes(&'a [u8]),
}

/// For each part of the name its attributes.
fn comparable(name: &[u8]) -> Result<Vec<Vec<(ObjectIdentifier, Comparable<'_>)>>, Malformed> {
    let mut parts = Vec::new();
    for part in Element::only_of(SEQUENCE, name)?.inside().all(ATTRIBUTES)? {
        let mut attributes = Vec::new();
        for attribute in part.of(SET)?.inside().all(TOGETHER)? {
            let mut fields = attribute.of(SEQUENCE)?.inside();
            let number = fields.expect(OID)?.oid()?;
            let value = fields.any()?;
            let compared = value.text().map_or(Comparable::Bytes(value.whole), |text| {
                let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
                Comparable::Text(words.join(" "))
            });
            attributes.push((number, compared));
        }
        attributes.sort_by_key(|(number, _)| *number);
        parts.push(attributes);
    }
    Ok(parts)
}

/// The common name of a name (DER), or its organisation.
pub(crate) fn common_name(name: &[u8]) -> Option<String> {
    const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
    const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
    let attributes = attributes(name).ok()?;
    [COMMON_NAME, ORGANISATION].into_iter().find_map(|wanted| {
        let (_, value) = attributes.iter().find(|(number, _)| *number == wanted)?;
        value.text()
    })
}
