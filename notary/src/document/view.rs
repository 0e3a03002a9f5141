//! What a reader sees of a file: for each number the object that the tables lead to.
//!
//! Invariants: every way of finding an object leads to the same one. The tables name every object that stands in the file, and for
//! each number the last that stands there; every entry leads to an object of that number; no revision defines a number twice; no
//! table is left out of the chain. Where they differ, one reader could be shown what another is not.

use super::fault::Fault;
use super::limits;
use super::scan::{Object, Place, Scan, Section};
use super::table::Entry;
use super::value::{Dictionary, Id, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A file as a reader sees it.
#[derive(Debug)]
pub(super) struct View<'a> {
    scan: &'a Scan<'a>,
    /// By number: which of the scan's objects.
    current: BTreeMap<u32, usize>,
    trailer: &'a Dictionary,
}

impl<'a> View<'a> {
    /// Follows the tables of a file from its end.
    pub(super) fn of(scan: &'a Scan<'a>) -> Result<Self, Fault> {
        let chain = chain(scan)?;
        let trailer = chain
            .first()
            .map(|section| &section.trailer)
            .ok_or(Fault::Malformed)?;
        let mut entries: BTreeMap<u32, (Entry, usize)> = BTreeMap::new();
        for section in &chain {
            let mut own = BTreeMap::new();
            for (number, entry) in &section.entries {
                if own.insert(*number, *entry).is_some_and(|before| before != *entry) {
                    return Err(Fault::Hidden);
                }
                entries.entry(*number).or_insert((*entry, section.at));
            }
        }
        let last = last(scan)?;
        let mut current = BTreeMap::new();
        for (number, (entry, section)) in &entries {
            let found = match entry {
                Entry::Free => None,
                Entry::At { offset, generation } => Some(at(
                    scan,
                    *offset,
                    Id {
                        number: *number,
                        generation: *generation,
                    },
                )?),
                Entry::Inside { container, index } => {
                    let container = match entries.get(container) {
                        Some((Entry::At { offset, generation }, _)) => at(
                            scan,
                            *offset,
                            Id {
                                number: *container,
                                generation: *generation,
                            },
                        )?,
                        _ => return Err(Fault::Hidden),
                    };
                    Some(inside(scan, container, *index, *number)?)
                }
            };
            match (found, last.get(number)) {
                (Some(found), Some(last)) if found == *last => {
                    current.insert(*number, found);
                }
                (None, None) => {}
                // It was taken away after it had been written.
                (None, Some(last)) if position(scan, *last).is_some_and(|at| at < *section) => {}
                (Some(_), _) | (None, Some(_)) => return Err(Fault::Hidden),
            }
        }
        let view = Self {
            scan,
            current,
            trailer,
        };
        view.complete(&last, &entries)?;
        Ok(view)
    }

    /// Nothing stands in the file that the tables do not name, and nothing that they name is beyond the size they tell.
    fn complete(
        &self,
        last: &BTreeMap<u32, usize>,
        entries: &BTreeMap<u32, (Entry, usize)>,
    ) -> Result<(), Fault> {
        for (number, object) in last {
            let table = self
                .scan
                .objects
                .get(*object)
                .is_some_and(|object| is_table(&object.value));
            if !(entries.contains_key(number) || table) {
                return Err(Fault::Hidden);
            }
        }
        let size = self.trailer.integer(b"Size").ok_or(Fault::Malformed)?;
        match self.current.last_key_value() {
            Some((number, _)) if i64::from(*number) >= size => Err(Fault::Hidden),
            Some(_) | None => Ok(()),
        }
    }

    pub(super) const fn scan(&self) -> &'a Scan<'a> {
        self.scan
    }

    pub(super) const fn trailer(&self) -> &'a Dictionary {
        self.trailer
    }

    /// The objects that a reader sees.
    pub(super) fn objects(&self) -> impl Iterator<Item = &'a Object> {
        self.current
            .values()
            .filter_map(|object| self.scan.objects.get(*object))
    }

    /// The object of a number and generation.
    pub(super) fn get(&self, id: Id) -> Option<&'a Object> {
        let object = self.scan.objects.get(*self.current.get(&id.number)?)?;
        (object.id == id).then_some(object)
    }

    /// The value that a reference leads to, or the value itself.
    pub(super) fn follow<'v>(&self, value: &'v Value) -> &'v Value
    where
        'a: 'v,
    {
        let mut value = value;
        for _ in 0..8 {
            let Value::Reference(id) = value else { return value };
            match self.get(*id) {
                Some(object) => value = &object.value,
                None => return &Value::Null,
            }
        }
        &Value::Null
    }

    /// What a name of a dictionary leads to.
    pub(super) fn entry<'v>(&self, dictionary: &'v Dictionary, name: &[u8]) -> Option<&'v Value>
    where
        'a: 'v,
    {
        dictionary.get(name).map(|value| self.follow(value))
    }

    /// The object at the root of everything.
    pub(super) fn root(&self) -> Option<&'a Object> {
        self.get(self.trailer.get(b"Root")?.as_reference()?)
    }

    /// The catalog.
    pub(super) fn catalog(&self) -> Option<&'a Dictionary> {
        self.root()?.value.as_dictionary()
    }

    /// Where an object begins in the file: the object stream that it stands in, if it does.
    pub(super) fn position(&self, object: &Object) -> usize {
        match object.place {
            Place::File(at) => at,
            Place::Inside { container, .. } => position(self.scan, container).unwrap_or(usize::MAX),
        }
    }

    /// The pages, in their order.
    pub(super) fn pages(&self) -> Result<Vec<&'a Object>, Fault> {
        let root = self
            .catalog()
            .and_then(|catalog| catalog.get(b"Pages"))
            .and_then(Value::as_reference);
        let mut pages = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![root.ok_or(Fault::Malformed)?];
        while let Some(id) = open.pop() {
            if !seen.insert(id) || seen.len() > limits::STEPS {
                return Err(Fault::Malformed);
            }
            let object = self.get(id).ok_or(Fault::Malformed)?;
            let node = object.value.as_dictionary().ok_or(Fault::Malformed)?;
            match self.entry(node, b"Kids") {
                Some(Value::Array(kids)) => {
                    for kid in kids.iter().rev() {
                        open.push(kid.as_reference().ok_or(Fault::Malformed)?);
                    }
                }
                Some(_) => return Err(Fault::Malformed),
                None => pages.push(object),
            }
        }
        Ok(pages)
    }
}

/// Whether an object is a table itself, which need not name itself.
pub(super) fn is_table(value: &Value) -> bool {
    value
        .as_dictionary()
        .and_then(|dictionary| dictionary.name(b"Type"))
        == Some(b"XRef")
}

/// The sections in the order in which they count, the newest first.
fn chain<'a>(scan: &'a Scan<'a>) -> Result<Vec<&'a Section>, Fault> {
    let by_place: BTreeMap<usize, &Section> = scan
        .sections
        .iter()
        .map(|section| (section.at, section))
        .collect();
    let (newest, older) = scan.starts.split_last().ok_or(Fault::Malformed)?;
    let end = scan
        .objects
        .iter()
        .map(|object| position_of(scan, object))
        .chain(by_place.keys().copied())
        .max();
    if end.is_some_and(|end| end > newest.at) {
        return Err(Fault::Malformed);
    }
    // The first part of a file made for the web says zero.
    if older
        .iter()
        .any(|start| start.section != 0 && !by_place.contains_key(&start.section))
    {
        return Err(Fault::Hidden);
    }
    let mut chain = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(newest.section);
    while let Some(at) = next {
        if !seen.insert(at) {
            return Err(Fault::Malformed);
        }
        let section = by_place.get(&at).copied().ok_or(Fault::Malformed)?;
        next = match section.trailer.get(b"Prev") {
            None => None,
            Some(Value::Integer(at)) => Some(usize::try_from(*at).map_err(|_| Fault::Malformed)?),
            Some(_) => return Err(Fault::Malformed),
        };
        chain.push(section);
    }
    if chain.len() == scan.sections.len() {
        Ok(chain)
    } else {
        Err(Fault::Hidden)
    }
}

/// For each number the object that stands last.
fn last(scan: &Scan<'_>) -> Result<BTreeMap<u32, usize>, Fault> {
    let mut last: BTreeMap<u32, usize> = BTreeMap::new();
    for (index, object) in scan.objects.iter().enumerate() {
        let before = last
            .insert(object.id.number, index)
            .and_then(|before| scan.objects.get(before));
        if before.is_some_and(|before| before.revision == object.revision) {
            return Err(Fault::Hidden);
        }
    }
    Ok(last)
}

/// The object that begins at a place, white space before it allowed.
fn at(scan: &Scan<'_>, offset: usize, id: Id) -> Result<usize, Fault> {
    let from = scan
        .objects
        .partition_point(|object| position_of(scan, object) < offset);
    let found = scan
        .objects
        .get(from)
        .filter(|object| object.id == id)
        .ok_or(Fault::Hidden)?;
    let Place::File(at) = found.place else {
        return Err(Fault::Hidden);
    };
    let between = scan.file.get(offset..at).ok_or(Fault::Hidden)?;
    if between.iter().all(|byte| super::parse::is_space(*byte)) {
        Ok(from)
    } else {
        Err(Fault::Hidden)
    }
}

fn inside(scan: &Scan<'_>, container: usize, index: u32, number: u32) -> Result<usize, Fault> {
    let found = usize::try_from(index)
        .ok()
        .and_then(|index| container.checked_add(index)?.checked_add(1));
    let found = found.ok_or(Fault::Hidden)?;
    let object = scan.objects.get(found).ok_or(Fault::Hidden)?;
    if object.id.number == number && object.place == (Place::Inside { container, index }) {
        Ok(found)
    } else {
        Err(Fault::Hidden)
    }
}

fn position(scan: &Scan<'_>, object: usize) -> Option<usize> {
    scan.objects.get(object).map(|object| position_of(scan, object))
}

fn position_of(scan: &Scan<'_>, object: &Object) -> usize {
    match object.place {
        Place::File(at) => at,
        Place::Inside { container, .. } => match scan.objects.get(container).map(|object| object.place) {
            Some(Place::File(at)) => at,
            Some(Place::Inside { .. }) | None => usize::MAX,
        },
    }
}
