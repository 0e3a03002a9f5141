//! What was added to the bytes that we issued: a signature, and nothing that shows, hides or replaces anything else.
//!
//! Invariants: every object of the issued file is what a reader of the signed one sees under its number, but for those that a
//! signature has to touch, and of these only what it has to touch: the catalog gets the form, the page its annotation, the tags
//! theirs, the metadata its date (ADR 99). No new page, catalog or annotation stands anywhere in the file, reached or not.

use super::limits;
use super::overlay;
use super::scan::Object;
use super::signature::{self, Candidate, Field};
use super::tags;
use super::value::{Dictionary, Id, Value};
use super::view::{self, View};
use shared::signatures::{Finding, Reason};
use std::collections::BTreeSet;

/// The names that a signature may add to the catalog, or change in it.
const CATALOG: [&[u8]; 6] = [
    b"AcroForm",
    b"Perms",
    b"DSS",
    b"Extensions",
    b"Version",
    b"Metadata",
];
/// The names that a signature may add to a page, or change in it.
const PAGE: [&[u8]; 3] = [b"Annots", b"Tabs", b"LastModified"];
/// The names of a form that holds a signature and nothing else.
const FORM: [&[u8]; 7] = [
    b"Fields",
    b"SigFlags",
    b"DA",
    b"DR",
    b"Q",
    b"NeedAppearances",
    b"Type",
];

const HIDDEN: Finding = Finding::Failed(Reason::HiddenContent);

/// Holds a signed file against the issued one, whose bytes it begins with.
pub(super) fn judge(issued: &View<'_>, signed: &View<'_>, candidates: &[Candidate<'_>]) -> Finding {
    let field = match candidates {
        [candidate] => signature::field_of(signed, candidate),
        _ => None,
    };
    let comparison = Comparison {
        issued,
        signed,
        field,
    };
    if comparison.same_root() && comparison.unchanged() && comparison.nothing_new() {
        comparison.annotations()
    } else {
        HIDDEN
    }
}

struct Comparison<'v, 'a> {
    issued: &'v View<'a>,
    signed: &'v View<'a>,
    field: Option<Field<'a>>,
}

impl<'a> Comparison<'_, 'a> {
    fn same_root(&self) -> bool {
        let root = |view: &View<'_>| view.trailer().get(b"Root").and_then(Value::as_reference);
        root(self.issued).is_some() && root(self.issued) == root(self.signed)
    }

    /// Whether every issued object is what it was, or what a signature makes of it.
    fn unchanged(&self) -> bool {
        let (Ok(pages), Some(catalog)) = (self.issued.pages(), self.issued.catalog()) else {
            return false;
        };
        let pages: BTreeSet<Id> = pages.iter().map(|page| page.id).collect();
        let lists: BTreeSet<Id> = pages
            .iter()
            .filter_map(|page| {
                self.issued
                    .get(*page)?
                    .value
                    .as_dictionary()?
                    .get(b"Annots")?
                    .as_reference()
            })
            .collect();
        let root = self.issued.root().map(|root| root.id);
        let metadata = catalog.get(b"Metadata").and_then(Value::as_reference);
        let info = self.issued.trailer().get(b"Info").and_then(Value::as_reference);
        let tags = tags::Tags::of(self.issued);
        self.issued.objects().all(|before| {
            let Some(now) = self.signed.get(before.id) else {
                return false;
            };
            if self.same(before, now) {
                return true;
            }
            if Some(before.id) == root {
                kept(&before.value, &now.value, &CATALOG)
            } else if pages.contains(&before.id) {
                kept(&before.value, &now.value, &PAGE)
            } else if Some(before.id) == info {
                now.value.as_dictionary().is_some() && now.stream.is_none()
            } else if Some(before.id) == metadata {
                is_metadata(now)
            } else if lists.contains(&before.id) {
                now.value.as_array().is_some()
            } else {
                (view::is_table(&before.value) && view::is_table(&now.value)) || tags.allow(before, now)
            }
        })
    }

    /// Whether two objects say the same.
    fn same(&self, before: &Object, now: &Object) -> bool {
        let data = |view: &View<'a>, object: &Object| {
            object
                .stream
                .clone()
                .map(|data| view.scan().file.get(data).unwrap_or_default())
        };
        before.value == now.value && data(self.issued, before) == data(self.signed, now)
    }

    /// Whether nothing was added that a reader could take for a page, a catalog, or something that stands on a page.
    fn nothing_new(&self) -> bool {
        let from = self.issued.scan().file.len();
        let scan = self.signed.scan();
        let known = |object: &Object| self.issued.get(object.id).is_some();
        let added = scan
            .objects
            .iter()
            .filter(|object| self.signed.position(object) >= from && !known(object));
        let widgets = self.widgets();
        for object in added {
            if let Some(dictionary) = object.value.as_dictionary()
                && (matches!(
                    dictionary.name(b"Type"),
                    Some(b"Page" | b"Pages" | b"Catalog" | b"Template")
                ) || (is_annotation(dictionary) && !widgets.contains(&object.id)))
            {
                return false;
            }
        }
        let catalog = self.signed.catalog();
        catalog
            .is_some_and(|catalog| self.form(catalog) && self.permissions(catalog) && self.metadata(catalog))
    }

    /// Whether the form holds the signature and nothing else. An issued file has no form.
    fn form(&self, catalog: &Dictionary) -> bool {
        let Some(form) = catalog.get(b"AcroForm") else {
            return true;
        };
        let Some(form) = self.signed.follow(form).as_dictionary() else {
            return false;
        };
        let names = form.iter().all(|(name, _)| FORM.contains(&name));
        let fields = signature::fields(self.signed).unwrap_or_default();
        let one = match (&self.field, fields.as_slice()) {
            (Some(own), [only]) => own.object.id == only.object.id,
            (None, []) => true,
            (Some(_) | None, _) => false,
        };
        names && one
    }

    fn permissions(&self, catalog: &Dictionary) -> bool {
        match catalog
            .get(b"Perms")
            .map(|permissions| self.signed.follow(permissions))
        {
            None => true,
            Some(Value::Dictionary(permissions)) => permissions.iter().all(|(name, _)| name == b"DocMDP"),
            Some(_) => false,
        }
    }

    fn metadata(&self, catalog: &Dictionary) -> bool {
        match catalog.get(b"Metadata") {
            None => true,
            Some(Value::Reference(id)) => self.signed.get(*id).is_some_and(is_metadata),
            Some(_) => false,
        }
    }

    /// The annotations of the signature: its field, or what is below it.
    fn widgets(&self) -> BTreeSet<Id> {
        let Some(field) = &self.field else {
            return BTreeSet::new();
        };
        let kids = self
            .signed
            .entry(field.dictionary, b"Kids")
            .and_then(Value::as_array)
            .unwrap_or_default();
        let kids = kids.iter().filter_map(Value::as_reference);
        kids.chain([field.object.id]).take(limits::STEPS).collect()
    }

    /// Whether each page shows what it showed, and the signature at most once, where it hides nothing.
    fn annotations(&self) -> Finding {
        let (Ok(before), Ok(now)) = (self.issued.pages(), self.signed.pages()) else {
            return HIDDEN;
        };
        let widgets = self.widgets();
        let mut shown = None;
        for (before, now) in before.iter().zip(&now) {
            let (Some(old), Some(mut new)) = (shown_on(self.issued, before), shown_on(self.signed, now))
            else {
                return HIDDEN;
            };
            if new.len() < old.len() || !new.starts_with(&old) {
                return HIDDEN;
            }
            for added in new.split_off(old.len()) {
                if !widgets.contains(&added) || shown.replace((added, *before)).is_some() {
                    return HIDDEN;
                }
            }
        }
        let Some((widget, page)) = shown else {
            return Finding::Passed;
        };
        let widget = self
            .signed
            .get(widget)
            .and_then(|widget| widget.value.as_dictionary());
        widget.map_or(HIDDEN, |widget| {
            overlay::judge(self.issued, page, widget, self.signed)
        })
    }
}

/// The annotations of a page, in their order. Nothing if they are no list of objects.
fn shown_on(view: &View<'_>, page: &Object) -> Option<Vec<Id>> {
    match page
        .value
        .as_dictionary()?
        .get(b"Annots")
        .map(|list| view.follow(list))
    {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(list) => list.as_array()?.iter().map(Value::as_reference).collect(),
    }
}

/// Whether two dictionaries say the same under every name but the ones that may be added or changed.
fn kept(before: &Value, now: &Value, free: &[&[u8]]) -> bool {
    let (Some(before), Some(now)) = (before.as_dictionary(), now.as_dictionary()) else {
        return false;
    };
    let fixed = |dictionary: &Dictionary| -> Vec<(Vec<u8>, Value)> {
        let fixed = dictionary.iter().filter(|(name, _)| !free.contains(name));
        fixed
            .map(|(name, value)| (name.to_vec(), value.clone()))
            .collect()
    };
    fixed(before) == fixed(now)
}

fn is_metadata(object: &Object) -> bool {
    let dictionary = object.value.as_dictionary();
    object.stream.is_some() && dictionary.is_some_and(|own| own.name(b"Type") == Some(b"Metadata"))
}

fn is_annotation(dictionary: &Dictionary) -> bool {
    dictionary.name(b"Type") == Some(b"Annot")
        || (dictionary.get(b"Rect").is_some() && dictionary.get(b"Subtype").is_some())
}
