//! What the parts ask of elements of the page: their value, the focus by reference, a modal dialog, the place of the caret.
//!
//! Parts get by with these few functions, so that `web_sys` stays behind this folder.

use super::document;
use web_sys::{Event, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement, InputEvent};
use yew::{NodeRef, TargetCast};

/// What stands in the input or select that `event` came from; empty if it came from something else.
pub fn value_of(event: &Event) -> String {
    event
        .target_dyn_into::<HtmlInputElement>()
        .map(|input| input.value())
        .or_else(|| {
            event
                .target_dyn_into::<HtmlSelectElement>()
                .map(|select| select.value())
        })
        .unwrap_or_default()
}

/// What was typed, without the separators that [`grouped`] inserts; puts the separators back in place and keeps the
/// caret behind the character it was behind.
pub fn typed_in_groups(event: &InputEvent, groups: &[usize]) -> String {
    let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
        return String::new();
    };
    let shown = input.value();
    let typed = without_separators(&shown);
    let arranged = grouped(&typed, groups);
    if arranged != shown {
        let caret = input
            .selection_start()
            .ok()
            .flatten()
            .and_then(|caret| usize::try_from(caret).ok());
        input.set_value(&arranged);
        if let Some(caret) = caret {
            let before = shown
                .encode_utf16()
                .take(caret)
                .filter(|unit| !is_separator(*unit))
                .count();
            let caret = u32::try_from(caret_behind(&arranged, before)).unwrap_or(0);
            // Refused only by input types without a caret, which are not grouped.
            let _ = input.set_selection_range(caret, caret);
        }
    }
    typed
}

/// `digits` with a thin gap after each group (`[4, 3, 3, 3]`); anything but ASCII digits is left as it is.
pub fn grouped(digits: &str, groups: &[usize]) -> String {
    if groups.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut out = String::with_capacity(digits.len() + groups.len());
    let mut rest = digits;
    for size in groups {
        if rest.len() <= *size {
            break;
        }
        let (group, tail) = rest.split_at(*size);
        out.push_str(group);
        out.push(' ');
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// `text` without spaces, hyphens and dots.
fn without_separators(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.'))
        .collect()
}

/// Whether a UTF-16 unit is one of the separators that [`without_separators`] takes away.
fn is_separator(unit: u16) -> bool {
    char::from_u32(u32::from(unit)).is_some_and(|c| c.is_whitespace() || matches!(c, '-' | '.'))
}

/// The place, in UTF-16 units, behind the `count`-th character of `text` that is no separator.
fn caret_behind(text: &str, count: usize) -> usize {
    let mut seen = 0;
    let mut place = 0;
    for unit in text.encode_utf16() {
        if seen == count {
            break;
        }
        place += 1;
        if !is_separator(unit) {
            seen += 1;
        }
    }
    place
}

/// Moves the focus to the element, if it is on the page.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Refused only for elements that cannot have the focus.
        let _ = element.focus();
    }
}

/// Opens a `<dialog>` above everything else; the rest of the page is inert until it is closed.
pub fn open_modal(node: &NodeRef) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>() {
        // Refused only for a dialog that is open already.
        let _ = dialog.show_modal();
    }
}

/// Closes a `<dialog>`; the focus goes back to where it was before it opened.
pub fn close_modal(node: &NodeRef) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// Moves the focus to the heading of a page that has come up, but not to the first heading of the visit: there the
/// browser has put the focus where a new document begins.
pub fn arrive(heading: &NodeRef) {
    let Some(root) = document().document_element() else {
        return;
    };
    if root.has_attribute(ARRIVED) {
        focus(heading);
    }
    // Refused only for names that are no attribute names.
    let _ = root.set_attribute(ARRIVED, "");
}

/// Tells on the document whether a heading has come up before in this visit, because the next one may be another module's.
const ARRIVED: &str = "data-arrived";

#[cfg(test)]
mod tests {
    use super::{caret_behind, grouped, without_separators};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn groups_are_inserted_only_between_digits() {
        assert_eq!(grouped("1790012345001", &[4, 3, 3, 3]), "1790 012 345 001");
        assert_eq!(grouped("1790", &[4, 3, 3, 3]), "1790");
        assert_eq!(grouped("17900", &[4, 3, 3, 3]), "1790 0");
        assert_eq!(grouped("17９0", &[2]), "17９0");
        assert_eq!(grouped("17900123450019", &[4, 3, 3, 3]), "1790 012 345 001 9");
    }

    #[test]
    fn pasted_separators_are_dropped() {
        assert_eq!(without_separators(" 1790.012-345\u{a0}001 "), "1790012345001");
    }

    #[test]
    fn the_caret_stays_behind_its_digit() {
        assert_eq!(caret_behind("1790 0", 5), 6);
        assert_eq!(caret_behind("1790 012", 4), 4);
        assert_eq!(caret_behind("1790 012", 0), 0);
        assert_eq!(caret_behind("12", 9), 2);
    }
}
