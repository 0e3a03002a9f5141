//! Reads one value after another from bytes: a strict reading of ISO 32000, 7.2 and 7.3.
//!
//! Invariants: it never panics, goes no deeper than [`limits::NESTING`] and reads no more than the [`Budget`] values. What readers
//! are known to read differently (a name twice in a dictionary, a number written oddly) is refused, not guessed.

use super::fault::Fault;
use super::limits;
use super::value::{Dictionary, Id, Notation, Text, Truth, Value};

/// How many values may still be read.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(limits::VALUES)
    }
}

impl Budget {
    fn spend(&mut self) -> Result<(), Fault> {
        self.0 = self.0.checked_sub(1).ok_or(Fault::TooComplex)?;
        Ok(())
    }
}

/// A place in bytes that are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

impl<'a> Parser<'a> {
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) const fn jump(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// White space only.
    pub(super) fn skip_space(&mut self) {
        self.at += self.rest().iter().take_while(|byte| is_space(**byte)).count();
    }

    /// White space and comments.
    pub(super) fn skip(&mut self) {
        loop {
            self.skip_space();
            if self.peek() != Some(b'%') {
                return;
            }
            self.skip_line();
        }
    }

    /// Up to the end of the line.
    pub(super) fn skip_line(&mut self) {
        self.at += self
            .rest()
            .iter()
            .take_while(|byte| !matches!(byte, b'\r' | b'\n'))
            .count();
    }

    /// The end of a line, if one is here.
    pub(super) fn skip_line_end(&mut self) {
        if self.rest().starts_with(b"\r\n") {
            self.at += 2;
        } else if matches!(self.peek(), Some(b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// The word that stands here, and nothing if another does. A word ends where white space or a bracket begins.
    pub(super) fn take(&mut self, word: &[u8]) -> Option<()> {
        let after = self.rest().strip_prefix(word)?;
        if after.first().is_some_and(|byte| is_regular(*byte)) {
            return None;
        }
        self.at += word.len();
        Some(())
    }

    /// An integer without a sign.
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        let digits = self
            .rest()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let text = self.rest().get(..digits)?;
        if digits == 0 || self.rest().get(digits).is_some_and(|byte| is_regular(*byte)) {
            return None;
        }
        let value = core::str::from_utf8(text).ok()?.parse().ok()?;
        self.at += digits;
        Some(value)
    }

    /// `N G` and then a word: `obj`, or the `R` of a reference.
    pub(super) fn id(&mut self, word: &[u8]) -> Option<Id> {
        let mut ahead = *self;
        let number = u32::try_from(ahead.unsigned()?).ok()?;
        ahead.skip();
        let generation = u16::try_from(ahead.unsigned()?).ok()?;
        ahead.skip();
        ahead.take(word)?;
        *self = ahead;
        Some(Id { number, generation })
    }

    /// The value here.
    pub(super) fn value(&mut self, budget: &mut Budget) -> Result<Value, Fault> {
        self.value_at(0, budget)
    }

    fn value_at(&mut self, depth: usize, budget: &mut Budget) -> Result<Value, Fault> {
        if depth > limits::NESTING {
            return Err(Fault::TooComplex);
        }
        budget.spend()?;
        self.skip();
        match self.peek().ok_or(Fault::Malformed)? {
            b'/' => self.name().map(Value::Name),
            b'(' => self.literal().map(Value::Text),
            b'[' => self.array(depth, budget),
            b'<' if self.rest().starts_with(b"<<") => {
                self.dictionary_at(depth, budget).map(Value::Dictionary)
            }
            b'<' => self.hexadecimal().map(Value::Text),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number_or_reference(),
            _ => self.word(),
        }
    }

    /// The dictionary here.
    pub(super) fn dictionary(&mut self, budget: &mut Budget) -> Result<Dictionary, Fault> {
        budget.spend()?;
        self.skip();
        self.dictionary_at(0, budget)
    }

    fn dictionary_at(&mut self, depth: usize, budget: &mut Budget) -> Result<Dictionary, Fault> {
        if !self.rest().starts_with(b"<<") {
            return Err(Fault::Malformed);
        }
        self.at += 2;
        let mut entries = Vec::new();
        loop {
            self.skip();
            if self.rest().starts_with(b">>") {
                self.at += 2;
                return Dictionary::new(entries).map_err(|_| Fault::Malformed);
            }
            let name = self.name()?;
            entries.push((name, self.value_at(depth + 1, budget)?));
        }
    }

    fn array(&mut self, depth: usize, budget: &mut Budget) -> Result<Value, Fault> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.skip();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Value::Array(values));
            }
            values.push(self.value_at(depth + 1, budget)?);
        }
    }

    fn name(&mut self) -> Result<Vec<u8>, Fault> {
        if self.peek() != Some(b'/') {
            return Err(Fault::Malformed);
        }
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            if byte != b'#' {
                name.push(byte);
                continue;
            }
            let digits = self.rest().first_chunk::<2>().ok_or(Fault::Malformed)?;
            let [high, low] = digits.map(digit);
            name.push(
                high.zip(low)
                    .map(|(high, low)| high << 4 | low)
                    .ok_or(Fault::Malformed)?,
            );
            self.at += 2;
        }
        Ok(name)
    }

    fn literal(&mut self) -> Result<Text, Fault> {
        let start = self.at;
        let mut open = 0_usize;
        let mut bytes = Vec::new();
        loop {
            let byte = self.peek().ok_or(Fault::Malformed)?;
            self.at += 1;
            match byte {
                b'(' => {
                    open += 1;
                    // The other reader goes no deeper than a hundred.
                    if open > limits::NESTING {
                        return Err(Fault::TooComplex);
                    }
                    if open > 1 {
                        bytes.push(byte);
                    }
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        let place = start..self.at;
                        return Ok(Text {
                            bytes,
                            place,
                            notation: Notation::Literal,
                        });
                    }
                    bytes.push(byte);
                }
                b'\\' => bytes.extend(self.escape()?),
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    bytes.push(b'\n');
                }
                _ => bytes.push(byte),
            }
        }
    }

    fn escape(&mut self) -> Result<Option<u8>, Fault> {
        let byte = self.peek().ok_or(Fault::Malformed)?;
        if byte.is_ascii_digit() && byte < b'8' {
            let digits = self
                .rest()
                .iter()
                .take(3)
                .take_while(|byte| (b'0'..b'8').contains(*byte))
                .count();
            let value = self
                .rest()
                .iter()
                .take(digits)
                .fold(0_u16, |value, byte| value << 3 | u16::from(byte - b'0'));
            self.at += digits;
            // The standard lets the overflow of `\777` go.
            return Ok(Some(value.to_le_bytes()[0]));
        }
        self.at += 1;
        Ok(match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                None
            }
            b'\n' => None,
            other => Some(other),
        })
    }

    fn hexadecimal(&mut self) -> Result<Text, Fault> {
        let start = self.at;
        self.at += 1;
        let mut bytes = Vec::new();
        let mut half = None;
        loop {
            let byte = self.peek().ok_or(Fault::Malformed)?;
            self.at += 1;
            match byte {
                b'>' => {
                    bytes.extend(half.map(|high: u8| high << 4));
                    let place = start..self.at;
                    return Ok(Text {
                        bytes,
                        place,
                        notation: Notation::Hexadecimal,
                    });
                }
                _ if is_space(byte) => {}
                _ => {
                    let value = digit(byte).ok_or(Fault::Malformed)?;
                    match half.take() {
                        Some(high) => bytes.push(high << 4 | value),
                        None => half = Some(value),
                    }
                }
            }
        }
    }

    fn number_or_reference(&mut self) -> Result<Value, Fault> {
        if let Some(id) = self.id(b"R") {
            return Ok(Value::Reference(id));
        }
        let length = self.rest().iter().take_while(|byte| is_regular(**byte)).count();
        let text = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        let unsigned = text
            .strip_prefix(b"-")
            .or_else(|| text.strip_prefix(b"+"))
            .unwrap_or(text);
        let dots = unsigned.split(|byte| *byte == b'.').count() - 1;
        let digits = unsigned.iter().filter(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || dots > 1 || digits + dots != unsigned.len() || unsigned.len() > 30 {
            return Err(Fault::Malformed);
        }
        let text = core::str::from_utf8(text).map_err(|_| Fault::Malformed)?;
        if dots == 0 {
            text.parse().map(Value::Integer).map_err(|_| Fault::Malformed)
        } else {
            text.parse().map(Value::Real).map_err(|_| Fault::Malformed)
        }
    }

    fn word(&mut self) -> Result<Value, Fault> {
        let words = [
            (b"true".as_slice(), Value::Boolean(Truth::True)),
            (b"false", Value::Boolean(Truth::False)),
            (b"null", Value::Null),
        ];
        for (word, value) in words {
            if self.take(word).is_some() {
                return Ok(value);
            }
        }
        Err(Fault::Malformed)
    }
}

/// The value of a hexadecimal digit.
pub(super) const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}
