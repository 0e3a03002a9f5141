//! Values of a PDF, as they are written: what numbers, names, texts and containers say, and where texts stand.

use core::ops::Range;

/// The number and generation that name an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Id {
    pub(super) number: u32,
    pub(super) generation: u16,
}

/// A value. Two are equal if they say the same, wherever they stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Boolean(Truth),
    Integer(i64),
    Real(f64),
    Name(Vec<u8>),
    Text(Text),
    Array(Vec<Value>),
    Dictionary(Dictionary),
    Reference(Id),
}

/// A truth value of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    True,
    False,
}

/// A text, and where it stands in what was read, its brackets with it.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) bytes: Vec<u8>,
    pub(super) place: Range<usize>,
    pub(super) notation: Notation,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// `(…)`
    Literal,
    /// `<…>`
    Hexadecimal,
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

/// Names and their values, sorted by name; no name stands twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary(Vec<(Vec<u8>, Value)>);

/// A name that stands twice: readers differ in which one counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Repeated;

impl Dictionary {
    pub(super) fn new(mut entries: Vec<(Vec<u8>, Value)>) -> Result<Self, Repeated> {
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        if entries
            .windows(2)
            .any(|pair| matches!(pair, [(one, _), (other, _)] if one == other))
        {
            return Err(Repeated);
        }
        Ok(Self(entries))
    }

    pub(super) fn get(&self, name: &[u8]) -> Option<&Value> {
        let at = self
            .0
            .binary_search_by(|(own, _)| own.as_slice().cmp(name))
            .ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    pub(super) fn has(&self, name: &[u8]) -> Presence {
        if self.get(name).is_some() {
            Presence::Present
        } else {
            Presence::Absent
        }
    }

    pub(super) fn name(&self, name: &[u8]) -> Option<&[u8]> {
        self.get(name).and_then(Value::as_name)
    }

    pub(super) fn integer(&self, name: &[u8]) -> Option<i64> {
        self.get(name).and_then(Value::as_integer)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], &Value)> {
        self.0.iter().map(|(name, value)| (name.as_slice(), value))
    }
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Present,
    Absent,
}

impl Value {
    pub(super) fn as_name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self {
            Some(name)
        } else {
            None
        }
    }

    pub(super) fn as_integer(&self) -> Option<i64> {
        if let Self::Integer(integer) = self {
            Some(*integer)
        } else {
            None
        }
    }

    pub(super) fn as_dictionary(&self) -> Option<&Dictionary> {
        if let Self::Dictionary(dictionary) = self {
            Some(dictionary)
        } else {
            None
        }
    }

    pub(super) fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(array) = self {
            Some(array)
        } else {
            None
        }
    }

    pub(super) fn as_text(&self) -> Option<&Text> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    pub(super) fn as_reference(&self) -> Option<Id> {
        if let Self::Reference(id) = self {
            Some(*id)
        } else {
            None
        }
    }

    /// A number of either kind.
    #[expect(clippy::cast_precision_loss, reason = "lengths on a page; far below 2^52")]
    pub(super) fn as_number(&self) -> Option<f64> {
        match self {
            Self::Integer(integer) => Some(*integer as f64),
            Self::Real(real) => Some(*real),
            Self::Null
            | Self::Boolean(_)
            | Self::Name(_)
            | Self::Text(_)
            | Self::Array(_)
            | Self::Dictionary(_)
            | Self::Reference(_) => None,
        }
    }

    /// Every value within this one, itself first. Does not follow references.
    pub(super) fn walk<'v>(&'v self, visit: &mut impl FnMut(&'v Self)) {
        visit(self);
        match self {
            Self::Array(array) => array.iter().for_each(|value| value.walk(visit)),
            Self::Dictionary(dictionary) => dictionary.iter().for_each(|(_, value)| value.walk(visit)),
            Self::Null
            | Self::Boolean(_)
            | Self::Integer(_)
            | Self::Real(_)
            | Self::Name(_)
            | Self::Text(_)
            | Self::Reference(_) => {}
        }
    }
}
