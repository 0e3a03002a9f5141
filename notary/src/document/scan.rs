//! Reads a whole file from its first byte to its last, without trusting its tables.
//!
//! Words: a *revision* is what was written at once, up to its `startxref`; a *section* is one table of objects; the *place* of an
//! object is where it stands, in the file or inside an object stream.
//!
//! Invariants: every byte belongs to an object, a section, a `startxref`, a comment or white space, or the file is malformed. What
//! the tables say is read here and judged in [`view`](super::view).

use super::fault::Fault;
use super::library;
use super::limits;
use super::parse::{Budget, Parser};
use super::table::{self, Entry};
use super::value::{Dictionary, Id, Presence, Value};
use core::ops::Range;

/// A file, read.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    pub(super) file: &'a [u8],
    /// In the order of the file, those of an object stream after it.
    pub(super) objects: Vec<Object>,
    pub(super) sections: Vec<Section>,
    pub(super) starts: Vec<Start>,
}

/// An object.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) id: Id,
    pub(super) place: Place,
    pub(super) revision: usize,
    pub(super) value: Value,
    /// Where its data stands, if it is a stream.
    pub(super) stream: Option<Range<usize>>,
}

/// Where an object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At this byte.
    File(usize),
    /// In an object stream.
    Inside {
        /// Which: its place among the objects of the scan.
        container: usize,
        /// As which of its objects.
        index: u32,
    },
}

/// A table of objects.
#[derive(Debug)]
pub(super) struct Section {
    /// Where it begins.
    pub(super) at: usize,
    pub(super) entries: Vec<(u32, Entry)>,
    pub(super) trailer: Dictionary,
}

/// A `startxref`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub(super) at: usize,
    pub(super) section: usize,
}

/// A length that an object tells, to be held against where `endstream` was found.
struct Promise {
    length: Id,
    data: Range<usize>,
}

struct Scanner<'a> {
    scan: Scan<'a>,
    parser: Parser<'a>,
    budget: Budget,
    unpacked: usize,
    entries: usize,
    promises: Vec<Promise>,
}

/// Reads a file.
pub(super) fn scan(file: &[u8]) -> Result<Scan<'_>, Fault> {
    if file.len() > limits::FILE {
        return Err(Fault::TooComplex);
    }
    let scan = Scan {
        file,
        objects: Vec::new(),
        sections: Vec::new(),
        starts: Vec::new(),
    };
    let mut scanner = Scanner {
        scan,
        parser: Parser::new(file, 0),
        budget: Budget::default(),
        unpacked: limits::UNPACKED,
        entries: limits::ENTRIES,
        promises: Vec::new(),
    };
    scanner.run()?;
    scanner.keep_promises()?;
    Ok(scanner.scan)
}

impl Scanner<'_> {
    fn run(&mut self) -> Result<(), Fault> {
        loop {
            self.parser.skip_space();
            let at = self.parser.at();
            match self.parser.peek() {
                None => return Ok(()),
                Some(b'%') => self.comment(at)?,
                Some(b'0'..=b'9') => self.object(at)?,
                Some(b'x') => self.table(at)?,
                Some(b's') => self.start(at)?,
                Some(_) => return Err(Fault::Malformed),
            }
        }
    }

    /// A header that is not at the beginning is one that another reader may begin at.
    fn comment(&mut self, at: usize) -> Result<(), Fault> {
        if at > 0 && self.parser.rest().starts_with(b"%PDF-") {
            return Err(Fault::Hidden);
        }
        self.parser.skip_line();
        Ok(())
    }

    fn start(&mut self, at: usize) -> Result<(), Fault> {
        self.parser.take(b"startxref").ok_or(Fault::Malformed)?;
        self.parser.skip();
        let section = self.parser.unsigned().ok_or(Fault::Malformed)?;
        let section = usize::try_from(section).map_err(|_| Fault::Malformed)?;
        self.scan.starts.push(Start { at, section });
        if self.scan.starts.len() > limits::REVISIONS {
            return Err(Fault::TooComplex);
        }
        Ok(())
    }

    fn table(&mut self, at: usize) -> Result<(), Fault> {
        let (entries, trailer) = table::written(&mut self.parser, &mut self.budget, &mut self.entries)?;
        self.section(at, entries, trailer)
    }

    fn section(&mut self, at: usize, entries: Vec<(u32, Entry)>, trailer: Dictionary) -> Result<(), Fault> {
        if trailer.has(b"Encrypt") == Presence::Present {
            return Err(Fault::Encrypted);
        }
        // A second table beside the first is read by some and not by others.
        if trailer.has(b"XRefStm") == Presence::Present {
            return Err(Fault::Hidden);
        }
        self.scan.sections.push(Section { at, entries, trailer });
        Ok(())
    }

    fn object(&mut self, at: usize) -> Result<(), Fault> {
        let id = self.parser.id(b"obj").ok_or(Fault::Malformed)?;
        let value = self.parser.value(&mut self.budget)?;
        self.parser.skip();
        let stream = match value.as_dictionary() {
            Some(dictionary) => self.stream(dictionary)?,
            None => None,
        };
        self.parser.skip();
        self.parser.take(b"endobj").ok_or(Fault::Malformed)?;
        let object = Object {
            id,
            place: Place::File(at),
            revision: self.scan.starts.len(),
            value,
            stream,
        };
        self.add(object)?;
        self.open(at)
    }

    fn add(&mut self, object: Object) -> Result<(), Fault> {
        self.scan.objects.push(object);
        if self.scan.objects.len() > limits::OBJECTS {
            return Err(Fault::TooComplex);
        }
        Ok(())
    }

    /// The data that follows a dictionary, if it is a stream.
    fn stream(&mut self, dictionary: &Dictionary) -> Result<Option<Range<usize>>, Fault> {
        if !self.parser.rest().starts_with(b"stream") {
            return Ok(None);
        }
        self.parser.take(b"stream").ok_or(Fault::Malformed)?;
        if !matches!(self.parser.rest(), [b'\n', ..] | [b'\r', b'\n', ..]) {
            return Err(Fault::Malformed);
        }
        self.parser.skip_line_end();
        let start = self.parser.at();
        let data = match dictionary.get(b"Length") {
            Some(Value::Integer(length)) => {
                let length = usize::try_from(*length).map_err(|_| Fault::Malformed)?;
                let end = start
                    .checked_add(length)
                    .filter(|end| *end <= self.scan.file.len());
                start..end.ok_or(Fault::Malformed)?
            }
            Some(Value::Reference(length)) => {
                let data = start..start + find(self.parser.rest(), b"endstream").ok_or(Fault::Malformed)?;
                self.promises.push(Promise {
                    length: *length,
                    data: data.clone(),
                });
                data
            }
            _ => return Err(Fault::Malformed),
        };
        self.parser.jump(data.end);
        self.parser.skip_line_end();
        self.parser.take(b"endstream").ok_or(Fault::Malformed)?;
        Ok(Some(data))
    }

    /// Reads what a stream is made of: a table, objects, or nothing of ours.
    fn open(&mut self, at: usize) -> Result<(), Fault> {
        let Some(object) = self.scan.objects.last() else {
            return Ok(());
        };
        let (Value::Dictionary(dictionary), Some(data)) = (&object.value, &object.stream) else {
            return Ok(());
        };
        let dictionary = dictionary.clone();
        let data = self.scan.file.get(data.clone()).unwrap_or_default();
        match dictionary.name(b"Type") {
            Some(b"XRef") => {
                let plain = library::unpack(&dictionary, data, &mut self.unpacked)?;
                let entries = table::packed(&dictionary, &plain, &mut self.entries)?;
                self.section(at, entries, dictionary)
            }
            Some(b"ObjStm") => {
                let plain = library::unpack(&dictionary, data, &mut self.unpacked)?;
                self.object_stream(&dictionary, &plain)
            }
            _ => match library::unpack(&dictionary, data, &mut self.unpacked) {
                Ok(_) | Err(library::Packed::Unreadable) => Ok(()),
                Err(library::Packed::TooMuch) => Err(Fault::TooComplex),
            },
        }
    }

    /// The objects of an object stream: one after the other, none within another.
    fn object_stream(&mut self, dictionary: &Dictionary, plain: &[u8]) -> Result<(), Fault> {
        let container = self.scan.objects.len() - 1;
        let revision = self.scan.starts.len();
        let number = |name: &[u8]| {
            dictionary
                .integer(name)
                .and_then(|value| usize::try_from(value).ok())
        };
        let count = number(b"N")
            .filter(|count| *count <= limits::OBJECTS)
            .ok_or(Fault::Malformed)?;
        let first = number(b"First")
            .filter(|first| *first <= plain.len())
            .ok_or(Fault::Malformed)?;
        let mut index = Parser::new(plain.get(..first).unwrap_or_default(), 0);
        let mut heads = Vec::new();
        for _ in 0..count {
            index.skip();
            let number = index.unsigned().and_then(|number| u32::try_from(number).ok());
            index.skip();
            let offset = index.unsigned().and_then(|offset| usize::try_from(offset).ok());
            heads.push(number.zip(offset).ok_or(Fault::Malformed)?);
        }
        index.skip();
        let mut at = first;
        if index.peek().is_some() {
            return Err(Fault::Malformed);
        }
        for (order, (number, offset)) in heads.into_iter().enumerate() {
            let start = first
                .checked_add(offset)
                .filter(|start| *start >= at && *start <= plain.len());
            let mut parser = Parser::new(plain, start.ok_or(Fault::Hidden)?);
            let value = parser.value(&mut self.budget)?;
            at = parser.at();
            let index = u32::try_from(order).map_err(|_| Fault::TooComplex)?;
            let id = Id {
                number,
                generation: 0,
            };
            self.add(Object {
                id,
                place: Place::Inside { container, index },
                revision,
                value,
                stream: None,
            })?;
        }
        Ok(())
    }

    /// Holds lengths told by objects against what was found: every object of that number has to tell the right one.
    fn keep_promises(&mut self) -> Result<(), Fault> {
        if self.promises.is_empty() {
            return Ok(());
        }
        let mut lengths: Vec<(u32, &Value)> = self
            .scan
            .objects
            .iter()
            .map(|object| (object.id.number, &object.value))
            .collect();
        lengths.sort_by_key(|(number, _)| *number);
        let mut cut = Vec::new();
        for promise in &self.promises {
            let from = lengths.partition_point(|(number, _)| *number < promise.length.number);
            let told: Vec<&Value> = lengths
                .iter()
                .skip(from)
                .take_while(|(number, _)| *number == promise.length.number)
                .map(|(_, value)| *value)
                .collect();
            let [Value::Integer(length)] = told.as_slice() else {
                return Err(Fault::Malformed);
            };
            let end = usize::try_from(*length)
                .ok()
                .and_then(|length| promise.data.start.checked_add(length));
            let end = end
                .filter(|end| *end <= promise.data.end)
                .ok_or(Fault::Malformed)?;
            let between = self.scan.file.get(end..promise.data.end);
            if !matches!(between, Some(b"" | b"\n" | b"\r" | b"\r\n")) {
                return Err(Fault::Malformed);
            }
            cut.push((promise.data.start, end));
        }
        for object in &mut self.scan.objects {
            if let Some(data) = &mut object.stream
                && let Some((_, end)) = cut.iter().find(|(start, _)| *start == data.start)
            {
                data.end = *end;
            }
        }
        Ok(())
    }
}

/// Where a word stands first.
pub(super) fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}
