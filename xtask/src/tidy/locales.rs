//! Every language has the same messages with the same arguments, each in the file of its word.

use super::Finding;
use crate::tree::{Source, Tree};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};

/// The language that the others are compared with: written first, always complete.
const FIRST: &str = "es";

/// What a message is, as far as code can tell.
#[derive(Debug, PartialEq, Eq)]
struct Message {
    line: usize,
    arguments: BTreeSet<String>,
}

/// Compares every other language with the first, both ways.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let languages = super::folders(tree, "locales/");
    let first = format!("locales/{FIRST}/");
    for language in languages.iter().filter(|language| *language != FIRST) {
        let folder = format!("locales/{language}/");
        for file in tree.below(&first, ".ftl") {
            match tree.file(&file.path.replacen(&first, &folder, 1)) {
                None => findings.push(Finding::new(
                    file,
                    1,
                    format!("this file is missing in {language}"),
                )),
                Some(other) => findings.extend(differences(file, other)),
            }
        }
        for file in tree.below(&folder, ".ftl") {
            if tree.file(&file.path.replacen(&folder, &first, 1)).is_none() {
                findings.push(Finding::new(file, 1, format!("this file is missing in {FIRST}")));
            }
        }
    }
    for file in tree.below("locales/", ".ftl") {
        findings.extend(in_place(file));
    }
    findings
}

fn differences(one: &Source, other: &Source) -> Vec<Finding> {
    let (here, there) = (messages(one), messages(other));
    let mut findings = Vec::new();
    for (id, message) in &here {
        match there.get(id) {
            None => findings.push(Finding::new(
                one,
                message.line,
                format!("{id} is missing in {}", other.path),
            )),
            Some(translated) if translated.arguments != message.arguments => {
                let why = format!("{id} has other arguments than in {}", one.path);
                findings.push(Finding::new(other, translated.line, why));
            }
            Some(_) => {}
        }
    }
    for (id, message) in there.iter().filter(|(id, _)| !here.contains_key(*id)) {
        findings.push(Finding::new(
            other,
            message.line,
            format!("{id} is missing in {}", one.path),
        ));
    }
    findings
}

/// Messages begin with the word of their file, once each, and the file can be read.
fn in_place(file: &Source) -> Vec<Finding> {
    let word = file
        .path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".ftl")
        .to_owned();
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    if let Err((_, errors)) = fluent_syntax::parser::parse(file.text.as_str()) {
        for error in errors {
            findings.push(Finding::new(
                file,
                line_at(&file.text, error.pos.start),
                error.to_string(),
            ));
        }
    }
    for (id, line) in ids(&file.text) {
        if id != word && !id.starts_with(&format!("{word}-")) {
            findings.push(Finding::new(
                file,
                line,
                format!("{id} does not begin with the file's word, {word}"),
            ));
        }
        if !seen.insert(id.clone()) {
            findings.push(Finding::new(file, line, format!("{id} stands here twice")));
        }
    }
    findings
}

/// The ids of a file with their lines, in order, also those that stand there twice.
pub fn ids(text: &str) -> Vec<(String, usize)> {
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            let (id, _) = line.split_once('=')?;
            let id = id.trim_end();
            let named = line.starts_with(|first: char| first.is_ascii_alphabetic())
                && id
                    .chars()
                    .all(|it| it.is_ascii_alphanumeric() || it == '-' || it == '_');
            named.then(|| (id.to_owned(), index + 1))
        })
        .collect()
}

fn messages(file: &Source) -> BTreeMap<String, Message> {
    let resource = match fluent_syntax::parser::parse(file.text.as_str()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let lines: BTreeMap<String, usize> = ids(&file.text).into_iter().collect();
    resource
        .body
        .iter()
        .filter_map(|entry| match entry {
            Entry::Message(message) => {
                let mut arguments = BTreeSet::new();
                let attributes = message.attributes.iter().map(|attribute| &attribute.value);
                message
                    .value
                    .iter()
                    .chain(attributes)
                    .for_each(|pattern| collect(pattern, &mut arguments));
                let line = lines.get(message.id.name).copied().unwrap_or(1);
                Some((message.id.name.to_owned(), Message { line, arguments }))
            }
            Entry::Term(_)
            | Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => None,
        })
        .collect()
}

fn collect(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression } => collect_expression(expression, arguments),
        }
    }
}

fn collect_expression(expression: &Expression<&str>, arguments: &mut BTreeSet<String>) {
    match expression {
        Expression::Select { selector, variants } => {
            collect_inline(selector, arguments);
            for variant in variants {
                collect(&variant.value, arguments);
            }
        }
        Expression::Inline(inline) => collect_inline(inline, arguments),
    }
}

fn collect_inline(inline: &InlineExpression<&str>, arguments: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(arguments.insert(id.name.to_owned())),
        InlineExpression::Placeable { expression } => collect_expression(expression, arguments),
        InlineExpression::FunctionReference { arguments: given, .. } => {
            given
                .positional
                .iter()
                .for_each(|inner| collect_inline(inner, arguments));
            given
                .named
                .iter()
                .for_each(|named| collect_inline(&named.value, arguments));
        }
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. } => {}
    }
}

fn line_at(text: &str, position: usize) -> usize {
    text.get(..position)
        .map_or(1, |before| before.matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found where the three languages say this.
    fn findings([es, en, qu]: [&str; 3]) -> Vec<String> {
        let tree = Tree::of(&[
            ("locales/en/home.ftl", en),
            ("locales/es/home.ftl", es),
            ("locales/qu/home.ftl", qu),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    /// What is found where one language says `other` and the rest `es`, for English and for Kichwa.
    fn findings_in_each(es: &str, other: &str) -> [(&'static str, Vec<String>); 2] {
        [
            ("en", findings([es, other, es])),
            ("qu", findings([es, es, other])),
        ]
    }

    #[test]
    fn the_same_messages_pass() {
        let es = "home-title = Inicio\nhome-left = { $count ->\n    [one] Queda { $count }\n   *[other] Quedan { $count }\n }\n";
        // A language without a plural needs no selection, only the argument.
        let qu = "home-title = Kallari\nhome-left = { $count } puchun\n";
        assert_eq!(findings([es, &es.replace("Inicio", "Home"), qu]), [""; 0]);
    }

    #[test]
    fn a_missing_message_is_found() {
        for (language, found) in findings_in_each("home-a = a\nhome-b = b\n", "home-a = a\n") {
            let file = format!("locales/{language}/home.ftl");
            assert_eq!(
                found,
                [format!("locales/es/home.ftl:2: home-b is missing in {file}")]
            );
        }
    }

    #[test]
    fn a_message_that_only_one_language_has_is_found() {
        for (language, found) in findings_in_each("home-a = a\n", "home-a = a\n\nhome-b = b\n") {
            let file = format!("locales/{language}/home.ftl");
            assert_eq!(
                found,
                [format!("{file}:3: home-b is missing in locales/es/home.ftl")]
            );
        }
    }

    #[test]
    fn other_arguments_are_found_also_inside_a_choice() {
        let es = "home-a = { $n ->\n    [one] { $who }\n   *[other] x\n }\n";
        for other in [
            "home-a = { $n ->\n    [one] one\n   *[other] x\n }\n",
            "home-a = { $who }\n",
            "home-a = { $n } { $who } { $when }\n",
            "home-a = { $n } { $Who }\n",
        ] {
            for (language, found) in findings_in_each(es, other) {
                let file = format!("locales/{language}/home.ftl");
                assert_eq!(
                    found,
                    [format!(
                        "{file}:1: home-a has other arguments than in locales/es/home.ftl"
                    )]
                );
            }
        }
    }

    #[test]
    fn a_message_in_the_wrong_file_twice_or_unreadable_is_found() {
        let text = "help-a = a\nhome-b = b\nhome-b = c\nhome-c = { $\n";
        let found = findings([text; 3]);
        assert!(
            found.iter().any(|it| it.contains(":1: help-a does not begin")),
            "{found:?}"
        );
        assert!(
            found.iter().any(|it| it.contains(":3: home-b stands here twice")),
            "{found:?}"
        );
        assert!(found.iter().any(|it| it.contains("home.ftl:4:")), "{found:?}");
    }

    #[test]
    fn a_file_that_one_language_lacks_is_found() {
        let tree = Tree::of(&[
            ("locales/en/help.ftl", "help-a = a\n"),
            ("locales/es/home.ftl", "home-a = a\n"),
            ("locales/qu/home.ftl", "home-a = a\n"),
        ]);
        let found: Vec<_> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "locales/es/home.ftl:1: this file is missing in en",
                "locales/en/help.ftl:1: this file is missing in es",
            ]
        );
    }
}
