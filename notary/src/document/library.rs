//! The door to the PDF library: its filters, and its reading of a whole file beside ours.
//!
//! Invariants: it is given nothing before our own reader has found the file within the limits and every entry of its tables at
//! the object that it names, so that no object is read twice for two numbers and no stream is unpacked without a limit.

use super::fault::Fault;
use super::limits;
use super::scan::Place;
use super::value::{Dictionary, Notation, Truth, Value};
use super::view::View;
use lopdf::{DecompressError, LoadOptions, StringFormat};

/// Unpacks a stream, and takes what it came to from `left`.
pub(super) fn unpack(dictionary: &Dictionary, data: &[u8], left: &mut usize) -> Result<Vec<u8>, Packed> {
    let filters = [b"Filter".as_slice(), b"DecodeParms"];
    let mut own = lopdf::Dictionary::new();
    for name in filters {
        if let Some(value) = dictionary.get(name) {
            own.set(name.to_vec(), to_library(value));
        }
    }
    let stream = lopdf::Stream::new(own, data.to_vec());
    let plain = stream.get_plain_content_with_limit(*left).map_err(|error| {
        let limit = matches!(
            error,
            lopdf::Error::Decompress(
                DecompressError::MemoryLimitExceeded { .. } | DecompressError::TooManyFilters { .. }
            )
        );
        if limit {
            Packed::TooMuch
        } else {
            Packed::Unreadable
        }
    })?;
    *left = left.saturating_sub(plain.len());
    Ok(plain)
}

/// Why a stream was not unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packed {
    /// It comes to more than the limit.
    TooMuch,
    /// By a filter that we do not know, or broken.
    Unreadable,
}

impl From<Packed> for Fault {
    fn from(packed: Packed) -> Self {
        match packed {
            Packed::TooMuch => Self::TooComplex,
            Packed::Unreadable => Self::Malformed,
        }
    }
}

/// Reads a file that our own reader has read, and holds every object of the one reading against the other's.
pub(super) fn load(view: &View<'_>) -> Result<lopdf::Document, Fault> {
    let options = LoadOptions {
        strict: true,
        max_decompressed_size: Some(limits::UNPACKED),
        ..LoadOptions::default()
    };
    let document =
        lopdf::Document::load_mem_with_options(view.scan().file, options).map_err(|_| Fault::Malformed)?;
    for object in view.objects() {
        let id = (object.id.number, object.id.generation);
        let other = document.objects.get(&id).ok_or(Fault::Malformed)?;
        let alike = match (other, &object.stream) {
            (lopdf::Object::Stream(stream), Some(data)) => {
                alike_dictionary(&object.value, &stream.dict) == Likeness::Alike
                    && view.scan().file.get(data.clone()) == Some(stream.content.as_slice())
            }
            (value, None) => alike(&object.value, value) == Likeness::Alike,
            (_, Some(_)) => false,
        };
        let place = matches!(object.place, Place::File(_) | Place::Inside { .. });
        if !(alike && place) {
            return Err(Fault::Malformed);
        }
    }
    Ok(document)
}

/// Whether two readings of a value say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    Alike,
    Different,
}

impl From<bool> for Likeness {
    fn from(alike: bool) -> Self {
        if alike { Self::Alike } else { Self::Different }
    }
}

fn alike_dictionary(own: &Value, other: &lopdf::Dictionary) -> Likeness {
    let Value::Dictionary(own) = own else {
        return Likeness::Different;
    };
    let all = own.iter().all(|(name, value)| {
        other
            .get(name)
            .is_ok_and(|other| alike(value, other) == Likeness::Alike)
    });
    Likeness::from(all && own.iter().count() == other.len())
}

fn alike(own: &Value, other: &lopdf::Object) -> Likeness {
    let same = match (own, other) {
        (Value::Null, lopdf::Object::Null) => true,
        (Value::Boolean(own), lopdf::Object::Boolean(other)) => (*own == Truth::True) == *other,
        (Value::Integer(own), lopdf::Object::Integer(other)) => own == other,
        (Value::Real(own), lopdf::Object::Real(other)) => {
            (own - f64::from(*other)).abs() <= own.abs() * 1e-5 + 1e-6
        }
        (Value::Name(own), lopdf::Object::Name(other)) => own == other,
        (Value::Text(own), lopdf::Object::String(other, _)) => own.bytes == *other,
        (Value::Array(own), lopdf::Object::Array(other)) => {
            own.len() == other.len()
                && own
                    .iter()
                    .zip(other)
                    .all(|(own, other)| alike(own, other) == Likeness::Alike)
        }
        (Value::Dictionary(_), lopdf::Object::Dictionary(other)) => {
            alike_dictionary(own, other) == Likeness::Alike
        }
        (Value::Reference(own), lopdf::Object::Reference(other)) => (own.number, own.generation) == *other,
        _ => false,
    };
    Likeness::from(same)
}

fn to_library(value: &Value) -> lopdf::Object {
    match value {
        Value::Null => lopdf::Object::Null,
        Value::Boolean(truth) => lopdf::Object::Boolean(*truth == Truth::True),
        Value::Integer(integer) => lopdf::Object::Integer(*integer),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the library's numbers; no filter has a real parameter"
        )]
        Value::Real(real) => lopdf::Object::Real(*real as f32),
        Value::Name(name) => lopdf::Object::Name(name.clone()),
        Value::Text(text) => lopdf::Object::String(
            text.bytes.clone(),
            match text.notation {
                Notation::Literal => StringFormat::Literal,
                Notation::Hexadecimal => StringFormat::Hexadecimal,
            },
        ),
        Value::Array(array) => lopdf::Object::Array(array.iter().map(to_library).collect()),
        Value::Dictionary(dictionary) => {
            let mut own = lopdf::Dictionary::new();
            for (name, value) in dictionary.iter() {
                own.set(name.to_vec(), to_library(value));
            }
            lopdf::Object::Dictionary(own)
        }
        Value::Reference(id) => lopdf::Object::Reference((id.number, id.generation)),
    }
}
