//! The tags of a document (its structure for screen readers), which some tools extend by the signature.
//!
//! Invariants: nothing that was tagged loses its tag, its words or its place in the order of reading; something may be added.

use super::limits;
use super::scan::Object;
use super::value::{Dictionary, Id, Value};
use super::view::View;
use std::collections::BTreeSet;

/// The names of the root of tags that list what there is, and may change.
const ROOT: [&[u8]; 7] = [
    b"K",
    b"ParentTree",
    b"ParentTreeNextKey",
    b"RoleMap",
    b"Namespaces",
    b"IDTree",
    b"ClassMap",
];

/// Which issued objects belong to the tags.
#[derive(Debug, Default)]
pub(super) struct Tags {
    root: Option<Id>,
    elements: BTreeSet<Id>,
    lists: BTreeSet<Id>,
}

impl Tags {
    pub(super) fn of(view: &View<'_>) -> Self {
        let mut tags = Self::default();
        let root = view
            .catalog()
            .and_then(|catalog| catalog.get(b"StructTreeRoot"))
            .and_then(Value::as_reference);
        let Some((id, root)) = root.and_then(|id| Some((id, view.get(id)?.value.as_dictionary()?))) else {
            return tags;
        };
        tags.root = Some(id);
        collect(view, root.get(b"K"), &[b"K"], &mut tags.elements);
        for name in [b"ParentTree".as_slice(), b"IDTree"] {
            collect(view, root.get(name), &[b"Kids"], &mut tags.lists);
        }
        for name in [b"RoleMap".as_slice(), b"ClassMap", b"Namespaces"] {
            tags.lists.extend(root.get(name).and_then(Value::as_reference));
        }
        // What the tree of parents lists are elements again, and lists of them. Its root may stand within the root of tags.
        let nodes = tags
            .lists
            .iter()
            .filter_map(|id| view.get(*id)?.value.as_dictionary());
        let nodes = nodes.chain(root.get(b"ParentTree").and_then(Value::as_dictionary));
        let mut lists = BTreeSet::new();
        for node in nodes {
            let numbers = view
                .entry(node, b"Nums")
                .and_then(Value::as_array)
                .unwrap_or_default();
            let numbers = numbers.iter().filter_map(Value::as_reference);
            lists.extend(numbers.filter(|id| {
                view.get(*id)
                    .is_some_and(|object| object.value.as_array().is_some())
            }));
        }
        tags.lists.extend(lists);
        tags
    }

    /// Whether an object of the tags may have become this.
    pub(super) fn allow(&self, before: &Object, now: &Object) -> bool {
        if before.stream.is_some() || now.stream.is_some() {
            return false;
        }
        let pair = before.value.as_dictionary().zip(now.value.as_dictionary());
        if Some(before.id) == self.root {
            pair.is_some_and(|(before, now)| fixed(before, now, &ROOT) && extended(before, now))
        } else if self.elements.contains(&before.id) {
            pair.is_some_and(|(before, now)| fixed(before, now, &[b"K"]) && extended(before, now))
        } else {
            self.lists.contains(&before.id)
        }
    }
}

/// The objects that names lead to from here, and from there on.
fn collect(view: &View<'_>, from: Option<&Value>, names: &[&[u8]], into: &mut BTreeSet<Id>) {
    let mut open: Vec<&Value> = from.into_iter().collect();
    let mut steps = 0;
    while let Some(value) = open.pop() {
        steps += 1;
        if steps > limits::STEPS {
            return;
        }
        match value {
            Value::Reference(id) => {
                if into.insert(*id)
                    && let Some(object) = view.get(*id)
                {
                    open.push(&object.value);
                }
            }
            Value::Array(array) => open.extend(array),
            Value::Dictionary(dictionary) => {
                open.extend(names.iter().filter_map(|name| dictionary.get(name)));
            }
            Value::Null
            | Value::Boolean(_)
            | Value::Integer(_)
            | Value::Real(_)
            | Value::Name(_)
            | Value::Text(_) => {}
        }
    }
}

/// Whether all names but these say the same.
fn fixed(before: &Dictionary, now: &Dictionary, free: &[&[u8]]) -> bool {
    let kept = |one: &Dictionary, other: &Dictionary| {
        one.iter()
            .all(|(name, value)| free.contains(&name) || other.get(name) == Some(value))
    };
    kept(before, now) && kept(now, before)
}

/// Whether the list of what is below has everything that it had, in the same order.
fn extended(before: &Dictionary, now: &Dictionary) -> bool {
    let list = |dictionary: &Dictionary| match dictionary.get(b"K") {
        None => Vec::new(),
        Some(Value::Array(array)) => array.clone(),
        Some(one) => vec![one.clone()],
    };
    let now = list(now);
    let mut rest = now.iter();
    list(before).iter().all(|old| rest.any(|new| new == old))
}
