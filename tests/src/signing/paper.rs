//! A PDF as somebody who changes it sees it: the objects that its cross-reference tables name, and updates appended to it.
//!
//! It reads what our own requests look like (tables, no streams of objects) and what it wrote itself, nothing else.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

/// A PDF and where its objects are.
#[derive(Clone, Debug)]
pub struct Paper {
    bytes: Vec<u8>,
    /// Where each object begins.
    offsets: BTreeMap<u32, usize>,
    /// The number of the catalogue.
    pub root: u32,
    /// The first number that is free.
    pub next: u32,
    /// Where the last table begins.
    pub last_table: usize,
    /// The trailer's `/ID`, if it has one.
    id: Option<String>,
}

/// Objects to be appended: new ones, and others in the place of old ones.
#[derive(Clone, Debug)]
pub struct Update {
    objects: Vec<(u32, Vec<u8>)>,
    /// The number of the catalogue afterwards.
    pub root: u32,
    next: u32,
}

impl Paper {
    /// Reads where everything is.
    pub fn read(bytes: &[u8]) -> Self {
        let start = number_after(bytes, last(bytes, b"startxref").expect("startxref") + 9);
        let mut offsets = BTreeMap::new();
        let (mut root, mut next, mut id) = (None, 0, None);
        let mut table = Some(start);
        while let Some(at) = table {
            let trailer = first(bytes, at, b"trailer").expect("a trailer");
            let end = first(bytes, trailer, b"startxref").expect("its end");
            let text = std::str::from_utf8(&bytes[at + 4..trailer]).expect("a table");
            let mut words = text.split_whitespace();
            while let (Some(from), Some(count)) = (words.next(), words.next()) {
                let from: u32 = from.parse().expect("a number");
                let count: u32 = count.parse().expect("a count");
                for number in from..from + count {
                    let offset: usize = words.next().expect("an offset").parse().expect("an offset");
                    let kind = (words.next(), words.next()).1;
                    if kind == Some("n") {
                        offsets.entry(number).or_insert(offset);
                    }
                }
            }
            let dictionary = &bytes[trailer..end];
            let value =
                |key: &[u8]| first(dictionary, 0, key).map(|at| number_after(dictionary, at + key.len()));
            root = root.or_else(|| value(b"/Root"));
            next = next.max(value(b"/Size").expect("a size"));
            if id.is_none() {
                id = identifier(dictionary);
            }
            table = value(b"/Prev");
        }
        Self {
            bytes: bytes.to_vec(),
            offsets,
            root: short(root.expect("a root")),
            next: short(next),
            last_table: start,
            id,
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where an object's body is, without `n 0 obj` and `endobj`.
    pub fn place(&self, number: u32) -> Range<usize> {
        let at = self.offsets[&number];
        let from = first(&self.bytes, at, b"obj").expect("an object") + 3;
        let to = first(&self.bytes, from, b"endobj").expect("its end");
        from..to
    }

    /// An object's body as text; what is no text is replaced.
    pub fn object(&self, number: u32) -> String {
        String::from_utf8_lossy(&self.bytes[self.place(number)])
            .trim()
            .to_owned()
    }

    /// The object that a key of another one names.
    pub fn named(&self, number: u32, key: &str) -> u32 {
        let body = self.object(number);
        let at = body.find(key).unwrap_or_else(|| panic!("no {key} in {body}"));
        let rest = body[at + key.len()..].trim_start_matches([' ', '[', '\n', '\r']);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().expect("a reference")
    }

    /// The first page.
    pub fn page(&self) -> u32 {
        let mut node = self.named(self.root, "/Pages");
        while self.object(node).contains("/Kids") {
            node = self.named(node, "/Kids");
        }
        node
    }

    /// An update without anything in it yet.
    pub const fn update(&self) -> Update {
        Update {
            objects: Vec::new(),
            root: self.root,
            next: self.next,
        }
    }

    /// Itself with an update appended.
    pub fn with(&self, update: &Update) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        if bytes.last() != Some(&b'\n') {
            bytes.push(b'\n');
        }
        let mut table = "xref\n".to_owned();
        for (number, body) in &update.objects {
            write!(table, "{number} 1\n{:010} 00000 n \n", bytes.len()).expect("a string");
            bytes.extend(format!("{number} 0 obj\n").bytes());
            bytes.extend(body);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        let Update { root, next, .. } = update;
        let id = self.id.as_deref().unwrap_or_default();
        bytes.extend(table.bytes());
        bytes.extend(
            format!(
                "trailer\n<< /Size {next} /Root {root} 0 R /Prev {} {id} >>\nstartxref\n{start}\n%%EOF\n",
                self.last_table
            )
            .bytes(),
        );
        bytes
    }
}

impl Update {
    /// Another object; its number.
    pub fn add(&mut self, body: impl Into<Vec<u8>>) -> u32 {
        let number = self.next;
        self.next += 1;
        self.objects.push((number, body.into()));
        number
    }

    /// A number for an object that is put later.
    pub const fn reserve(&mut self) -> u32 {
        let number = self.next;
        self.next += 1;
        number
    }

    /// An object in the place of another one.
    pub fn put(&mut self, number: u32, body: impl Into<Vec<u8>>) {
        self.objects.push((number, body.into()));
    }
}

/// A dictionary with one more entry at its end.
pub fn with_entry(dictionary: &str, entry: &str) -> String {
    let end = dictionary.rfind(">>").expect("a dictionary");
    format!("{} {entry} >>", &dictionary[..end])
}

/// A stream without filters.
pub fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<< {entries} /Length {} >>\nstream\n", content.len()).into_bytes();
    bytes.extend(content);
    bytes.extend(b"\nendstream");
    bytes
}

/// Where a piece begins, not before a place.
pub fn first(bytes: &[u8], from: usize, piece: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(piece.len())
        .position(|window| window == piece)
        .map(|at| from + at)
}

/// Where a piece begins for the last time.
pub fn last(bytes: &[u8], piece: &[u8]) -> Option<usize> {
    bytes.windows(piece.len()).rposition(|window| window == piece)
}

fn number_after(bytes: &[u8], from: usize) -> usize {
    let digits: String = bytes[from..]
        .iter()
        .map(|byte| char::from(*byte))
        .skip_while(char::is_ascii_whitespace)
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().expect("a number")
}

fn identifier(trailer: &[u8]) -> Option<String> {
    let from = first(trailer, 0, b"/ID")?;
    let to = first(trailer, from, b"]")?;
    std::str::from_utf8(&trailer[from..=to]).ok().map(str::to_owned)
}

fn short(number: usize) -> u32 {
    u32::try_from(number).expect("a small number")
}
