//! A door to the filling of templates, for fuzzing and nothing else.

use super::{Language, fill, table};

/// What no text of ours holds.
const MARK: char = '\u{f8ff}';

/// Fills a template (the first line says which) with arguments that anybody may have written (the other lines).
///
/// What an argument holds is never read as a mark of the template: what comes out is what comes out of other arguments, with these in their
/// places. Templates that choose by an argument may choose otherwise; they must come back.
pub fn filling(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return;
    };
    let mut lines = text.split('\n');
    let number = lines.next().and_then(|line| line.parse().ok()).unwrap_or(0);
    let arguments: Vec<&str> = lines.take(26).collect();
    for language in Language::ALL {
        let templates = table(*language);
        if let Some(template) = templates.get(number % templates.len().max(1)) {
            one(template, &arguments);
        }
    }
    one("a \u{1}a b \u{1}b\u{1}a \u{1}z", &arguments);
}

fn one(template: &str, arguments: &[&str]) {
    let shown: Vec<&dyn core::fmt::Display> = arguments.iter().map(|one| one as _).collect();
    let out = fill(template, &shown);
    let chooses = template
        .split('\u{1}')
        .skip(1)
        .any(|piece| piece.starts_with(|mark: char| mark.is_ascii_uppercase()));
    if chooses || arguments.iter().any(|one| one.contains(MARK)) {
        return;
    }
    let places: Vec<String> = (0..arguments.len())
        .map(|at| format!("{MARK}{at}{MARK}"))
        .collect();
    let shown: Vec<&dyn core::fmt::Display> = places.iter().map(|one| one as _).collect();
    let mut expected = fill(template, &shown);
    for (place, argument) in places.iter().zip(arguments) {
        expected = expected.replace(place, argument);
    }
    assert!(out == expected, "an argument was read as a part of the template");
}
