//! What was told to a server in this process that its log must not repeat: typed into forms, sent in mails and text messages, carried in
//! links and cookies.
//!
//! Whatever a test tells goes through [`note`], from the few places that all tests use. [`repeated`] looks for it in a log. A long value is
//! looked for anywhere in a line, in any case and also as addresses encode it; a short one, or one of few digits (a month, a day), would be met
//! by chance in times and ids, so it is looked for as the whole of what a field says.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Shorter values are looked for as whole fields.
const LONG: usize = 6;

/// The same, of those that are digits only: a cédula has ten.
const LONG_DIGITS: usize = 9;

/// What stands in an address only when it is encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Fields of bodies whose text is always a word of the API: it says which of several forms the body has.
const TAGS: [&str; 2] = ["form", "purpose"];

static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Something personal or secret was told to the server, or by it.
pub fn note(text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        told().insert(text.to_owned());
    }
}

/// Notes what a message carries: the secret of each link, and each code of a text message.
pub fn note_message(text: &str) {
    for (_, rest) in text.match_indices('#').map(|(place, _)| text.split_at(place + 1)) {
        let secret: String = rest.chars().take_while(|it| is_of_a_token(*it)).collect();
        // Colours of a mail's style begin like this too.
        if secret.len() > 16 {
            note(&secret);
        }
    }
}

/// Notes every text of a body that a test sends by itself, but the short ones and those of [`TAGS`]: they are words of the API.
pub fn note_body(body: &Value) {
    match body {
        Value::String(text) if text.len() >= LONG => note(text),
        Value::Array(values) => values.iter().for_each(note_body),
        Value::Object(values) => values
            .iter()
            .filter(|(name, _)| !TAGS.contains(&name.as_str()))
            .for_each(|(_, value)| note_body(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// How much was told so far.
pub fn count() -> usize {
    told().len()
}

/// The lines that repeat something, with what they repeat.
pub fn repeated(log: &[String]) -> Vec<(String, String)> {
    let forms: Vec<(String, Vec<String>)> = told().iter().map(|text| (text.clone(), forms(text))).collect();
    let mut found = Vec::new();
    for line in log {
        let (lower, fields) = (line.to_lowercase(), fields(line));
        for (text, forms) in &forms {
            let repeats = if is_short(text) {
                fields.iter().any(|field| field == text)
            } else {
                forms.iter().any(|form| lower.contains(form))
            };
            if repeats {
                found.push((text.clone(), line.clone()));
            }
        }
    }
    found
}

/// Fails if a log repeats something.
pub fn assert_not_repeated(log: &[String]) {
    let found = repeated(log);
    assert!(
        found.is_empty(),
        "the log repeats what was told ({} values): {found:#?}",
        count()
    );
}

fn told() -> MutexGuard<'static, BTreeSet<String>> {
    TOLD.lock().unwrap_or_else(PoisonError::into_inner)
}

const fn is_of_a_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

fn is_short(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_number = text.chars().all(|it| it.is_ascii_digit() || it == '-');
    text.chars().count() < LONG || (is_number && digits < LONG_DIGITS)
}

/// As it is, as addresses encode it, also in a query, and a telephone number without what stands before it.
fn forms(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut forms = vec![lower.replace('"', "\\\"")];
    // The letters beyond ASCII have other bytes in capitals.
    for text in [text, &lower] {
        let encoded = utf8_percent_encode(text, ENCODED).to_string().to_lowercase();
        forms.extend([encoded.replace("%20", "+"), encoded]);
    }
    let digits = lower
        .strip_prefix("+593")
        .or_else(|| lower.strip_prefix("09").map(|_| &lower[1..]));
    if let Some(digits) =
        digits.filter(|it| it.len() >= LONG_DIGITS && it.bytes().all(|it| it.is_ascii_digit()))
    {
        forms.push(digits.to_owned());
    }
    forms.push(lower);
    forms
}

/// What the fields of a line say, without its time.
fn fields(line: &str) -> Vec<String> {
    fn of(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::String(text) => into.push(text.clone()),
            Value::Array(values) => values.iter().for_each(|it| of(it, into)),
            Value::Object(values) => {
                for (name, value) in values {
                    if name != "timestamp" {
                        of(value, into);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut found = Vec::new();
    match serde_json::from_str(line) {
        Ok(value) => of(&value, &mut found),
        Err(_) => found.extend(line.split_whitespace().map(str::to_owned)),
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn what_was_told_is_found_however_it_is_written() {
        note("1799999999001");
        note("Planted@Example.ec");
        note("+593987654321");
        note("7391");
        note("2026-10");
        note("Ñandú & Hijos / Quito");
        note_body(
            &serde_json::json!({"purpose": "recovery", "answers": [{"form": "choice", "choice": "Planted choice"}]}),
        );
        note_message("https://x.example/restablecer#abcdefghijklmnopqrstuvwxyz_-12\r\ncolor: #0b5c63");
        for line in [
            r#"{"timestamp":"2026","message":"no 1799999999001 here"}"#,
            r#"{"path":"/x?mail=planted%40example.ec"}"#,
            r#"{"span":{"to":"PLANTED@example.ec"}}"#,
            r#"{"path":"/x?name=%C3%91and%C3%BA%20%26%20Hijos%20%2F%20Quito"}"#,
            r#"{"path":"/x?name=%c3%91and%c3%ba+%26+hijos+%2f+quito"}"#,
            r#"{"path":"/x/%C3%B1and%C3%BA%20%26%20hijos%20%2F%20quito"}"#,
            r#"{"said":"ñandú & hijos / quito"}"#,
            r#"{"month":"2026-10"}"#,
            r#"{"said":"planted choice"}"#,
            r#"{"to":"0987654321"}"#,
            r#"{"answer":"7391"}"#,
            r#"{"answers":["1","7391"]}"#,
            "plain ABCDEFGHIJKLMNOPQRSTUVWXYZ_-12 text",
            "plain 7391 text",
        ] {
            assert_eq!(repeated(&lines(&[line])).len(), 1, "{line}");
        }
        for line in [
            r#"{"timestamp":"7391","address":"127.0.0.1:7391","millis":7391}"#,
            r#"{"timestamp":"2026-10-23T15:00:00Z","route":"/api/v1/recovery","choice":1}"#,
            r#"{"request":"0b5c630b5c630b5c"}"#,
        ] {
            assert_eq!(repeated(&lines(&[line])), [], "{line}");
        }
    }
}
