//! Who a certificate names. Three layouts are known; which one a certificate has is decided first, because the same policy
//! may be another role in another layout.
//!
//! - A: private extensions, an octet string around a text;
//! - B: `otherName`s of the subject;
//! - C: the subject: serial number `IDCEC-…`, organisation's identifier `VATEC-…`.

use super::table::{Numbers, Place, Policy};
use super::{Authorities, table};
use crate::Role;
use crate::asn1::{Element, OCTET_STRING, constructed};
use crate::certificate::{Certificate, attributes};
use der::asn1::ObjectIdentifier;
use shared::identifiers::Ruc;

const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");
const SURNAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.4");
const GIVEN_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.42");
const TITLE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.12");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const ORGANISATION_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.97");

/// What a person's number begins with (ETSI EN 319 412-1): the kind, and the country.
const PERSON: &[&str] = &["IDCEC-", "PASEC-", "PNOEC-"];
/// A person's number at the tax authority: a cédula or the person's own RUC.
const TAXPAYER: &str = "TINEC-";
/// What an organisation's RUC begins with.
const ORGANISATION_PREFIX: &str = "VATEC-";

/// Tags around the text of a private field.
const WRAPPERS: usize = 3;
/// Stands for a text that is none.
const UNREADABLE: &str = "\u{fffd}";

/// Where a certificate has the holder's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A.
    Extensions,
    /// B.
    Names,
    /// C.
    Subject,
}

/// What a certificate says of its holder. Personal data.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) layout: Layout,
    /// The authority's name in the table.
    pub(crate) authority: Option<String>,
    pub(crate) identification: Option<String>,
    pub(crate) given_names: Option<String>,
    pub(crate) surnames: Option<String>,
    pub(crate) position: Option<String>,
    pub(crate) organisation: Option<String>,
    pub(crate) ruc: Option<String>,
    pub(crate) role: Role,
}

impl Holder {
    /// Reads a certificate with the table. A number that is there twice and contradicts itself is nobody's.
    ///
    /// Beside private fields the subject gives nothing, but it may not contradict them: another person's number or another
    /// organisation's there is held against the holder.
    pub(crate) fn of(certificate: &Certificate, authorities: &Authorities) -> Self {
        let subject = Subject::of(certificate);
        for place in [Place::Extension, Place::Name] {
            for row in &authorities.rows {
                let Some(private) = row
                    .private
                    .as_ref()
                    .filter(|private| private.places.contains(&place))
                else {
                    continue;
                };
                let fields = Fields::at(certificate, place);
                if fields.has(private.numbers.identification) {
                    return fields.holder(
                        place,
                        (&row.name, role(certificate, &private.policies)),
                        &private.numbers,
                        &subject,
                    );
                }
            }
        }
        subject.holder(certificate, &authorities.rows)
    }
}

/// Numbered values of a certificate (DER).
struct Fields<'a>(&'a [(ObjectIdentifier, Vec<u8>)]);

impl<'a> Fields<'a> {
    fn at(certificate: &'a Certificate, place: Place) -> Self {
        Self(match place {
            Place::Extension => &certificate.extensions.private,
            Place::Name => &certificate.extensions.other_names,
        })
    }

    fn has(&self, number: ObjectIdentifier) -> bool {
        self.0.iter().any(|(field, _)| *field == number)
    }

    /// The text of a field, if it occurs once.
    fn text(&self, number: Option<ObjectIdentifier>) -> Option<String> {
        let number = number?;
        let mut values = self.0.iter().filter(|(field, _)| *field == number);
        let (_, value) = values.next()?;
        if values.next().is_some() {
            return None;
        }
        read(value).filter(|text| !text.is_empty())
    }

    /// The texts of the RUC, if there are any.
    fn organisations(&self, number: Option<ObjectIdentifier>) -> impl Iterator<Item = Option<String>> {
        let values = self.0.iter().filter(move |(field, _)| Some(*field) == number);
        values.map(|(_, value)| read(value))
    }

    fn holder(
        &self,
        place: Place,
        (authority, role): (&str, Role),
        numbers: &Numbers,
        subject: &Subject<'_>,
    ) -> Holder {
        let identification = self.text(Some(numbers.identification)).map(|text| person(&text));
        let organisations = self.organisations(numbers.ruc).chain(subject.organisations());
        let surnames = numbers
            .surnames
            .iter()
            .filter_map(|number| self.text(Some(*number)));
        Holder {
            layout: match place {
                Place::Extension => Layout::Extensions,
                Place::Name => Layout::Names,
            },
            authority: Some(authority.to_owned()),
            identification: identification.map(|number| uncontradicted(number, subject.persons())),
            given_names: self.text(numbers.given_names),
            surnames: joined(surnames),
            position: self.text(numbers.position),
            organisation: self.text(numbers.organisation),
            ruc: one_ruc(organisations),
            role,
        }
    }
}

/// The text of a field. Issuers wrap it once or twice: in the tag of a name, in another octet string.
fn read(value: &[u8]) -> Option<String> {
    const WRAPPER: u8 = constructed(0);
    let mut element = Element::only(value).ok()?;
    for _ in 0..WRAPPERS {
        match element.tag {
            WRAPPER | OCTET_STRING => element = Element::only(element.value).ok()?,
            _ => break,
        }
    }
    element.text()
}

/// The attributes of a certificate's subject, if it is a name that we read.
struct Subject<'a>(Option<Vec<(ObjectIdentifier, Element<'a>)>>);

impl<'a> Subject<'a> {
    fn of(certificate: &'a Certificate) -> Self {
        Self(attributes(&certificate.subject).ok())
    }

    fn values(&self, number: ObjectIdentifier) -> impl Iterator<Item = Option<String>> {
        let attributes = self.0.iter().flatten();
        let values = attributes.filter(move |(attribute, _)| *attribute == number);
        values.map(|(_, value)| value.text())
    }

    fn texts(&self, number: ObjectIdentifier) -> impl Iterator<Item = String> {
        self.values(number).flatten().filter(|text| !text.is_empty())
    }

    /// The numbers of persons.
    fn persons(&self) -> impl Iterator<Item = String> {
        let numbers = self.texts(SERIAL_NUMBER).filter(|text| is_persons(text));
        numbers.map(|text| person(&text))
    }

    /// The texts of the organisation's identifier. A subject that cannot be read may have any.
    fn organisations(&self) -> impl Iterator<Item = Option<String>> {
        let unreadable = self.0.is_none().then_some(None);
        self.values(ORGANISATION_ID).chain(unreadable)
    }

    /// Layout C.
    fn holder(&self, certificate: &Certificate, rows: &[table::Row]) -> Holder {
        let row = rows
            .iter()
            .find(|row| role(certificate, &row.subject) != Role::Unknown);
        Holder {
            layout: Layout::Subject,
            authority: row.map(|row| row.name.clone()),
            identification: agreed(self.persons()),
            given_names: joined(self.texts(GIVEN_NAME)),
            surnames: joined(self.texts(SURNAME)),
            position: joined(self.texts(TITLE)),
            organisation: joined(self.texts(ORGANISATION)),
            ruc: one_ruc(self.organisations()),
            role: row.map_or(Role::Unknown, |row| role(certificate, &row.subject)),
        }
    }
}

/// The role by the certificate's policies; unknown too if they name two.
fn role(certificate: &Certificate, policies: &[Policy]) -> Role {
    let of = |number: &ObjectIdentifier| {
        policies
            .iter()
            .find(|policy| policy.is(*number))
            .map(|policy| policy.role)
    };
    let mut roles = certificate.extensions.policies.iter().filter_map(of);
    let Some(role) = roles.next() else {
        return Role::Unknown;
    };
    if roles.all(|other| other == role) {
        role
    } else {
        Role::Unknown
    }
}

/// Whether a subject's serial number is a person's: a bare one may be any number of the issuer's.
fn is_persons(text: &str) -> bool {
    PERSON
        .iter()
        .chain([&TAXPAYER])
        .any(|prefix| stripped(text, prefix).is_some())
}

/// A person's number without its prefix. Of a person's own RUC only the cédula in it.
fn person(text: &str) -> String {
    if let Some(number) = stripped(text, TAXPAYER) {
        let cedula = number.parse::<Ruc>().ok().and_then(Ruc::cedula);
        return cedula.map_or_else(|| number.to_owned(), |cedula| cedula.to_string());
    }
    let number = PERSON.iter().find_map(|prefix| stripped(text, prefix));
    number.unwrap_or(text).to_owned()
}

/// An organisation's RUC without its prefix. A text without any digit (`-`, `NO APLICA`) says that there is none.
fn organisation(text: &str) -> Option<String> {
    let number = stripped(text, ORGANISATION_PREFIX)
        .or_else(|| stripped(text, TAXPAYER))
        .unwrap_or(text);
    number.chars().any(char::is_numeric).then(|| number.to_owned())
}

/// The RUC that all of these texts are. What cannot be read or contradicts another is no RUC at all, but something: a certificate
/// that names an organisation unclearly must not count as one that names none.
fn one_ruc(texts: impl Iterator<Item = Option<String>>) -> Option<String> {
    let mut found: Vec<String> = texts
        .filter_map(|text| text.map_or_else(|| Some(UNREADABLE.to_owned()), |text| organisation(&text)))
        .collect();
    found.dedup();
    (!found.is_empty()).then(|| found.join(" / "))
}

fn stripped<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(prefix.len())?;
    begin.eq_ignore_ascii_case(prefix).then(|| rest.trim())
}

/// The number, with any other that stands beside it: then it is no number any more, and nobody's.
fn uncontradicted(number: String, others: impl Iterator<Item = String>) -> String {
    let contradictions = others.filter(|other| *other != number);
    let all: Vec<String> = core::iter::once(number.clone()).chain(contradictions).collect();
    all.join(" / ")
}

/// The value that all of them are.
fn agreed(mut values: impl Iterator<Item = String>) -> Option<String> {
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

fn joined(texts: impl Iterator<Item = String>) -> Option<String> {
    let all: Vec<String> = texts.collect();
    (!all.is_empty()).then(|| all.join(" "))
}
