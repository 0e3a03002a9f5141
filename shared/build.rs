//! Turns `locales/<language>/*.ftl` into methods of `shared::i18n::Text`.
//!
//! Messages are checked here, at build time: the same ids with the same arguments in every language, no duplicates, and
//! only the part of Fluent that is supported: text, `{ $argument }`, and a selection on a number (`[0] … [one] … *[other]`).

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The languages, as in `shared::i18n::Language`: folder and variant.
const LANGUAGES: [(&str, &str); 2] = [("es", "Es"), ("en", "En")];

/// What a message becomes.
#[derive(Default)]
struct Message {
    /// Arguments that are shown.
    shown: BTreeSet<String>,
    /// Arguments that select a variant, so they are numbers.
    numbers: BTreeSet<String>,
    /// The Rust expression of each language.
    code: BTreeMap<&'static str, String>,
    /// The text for the method's documentation.
    doc: String,
}

/// Messages that start so are read on the help pages only: browsers fetch them in every language.
const HELP: &str = "help-";

/// A language says its own name where the other one is spoken, so this is compiled in both.
const OWN_NAME: &str = "product-language";

/// The texts that are found by their numbers, as Rust literals.
#[derive(Default)]
struct Tables {
    english: Vec<String>,
    spanish_help: Vec<String>,
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut messages: BTreeMap<String, Message> = BTreeMap::new();
    for (folder, variant) in LANGUAGES {
        let mut seen = BTreeSet::new();
        let mut files: Vec<_> = fs::read_dir(root.join(folder))
            .unwrap_or_else(|error| panic!("locales/{folder}: {error}"))
            .map(|entry| entry.expect("a readable folder").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
            .collect();
        files.sort();
        for path in files {
            println!("cargo:rerun-if-changed={}", path.display());
            let source =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let resource = fluent_syntax::parser::parse(source.as_str())
                .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
            for entry in &resource.body {
                let Entry::Message(message) = entry else { continue };
                let id = message.id.name.to_owned();
                assert!(
                    seen.insert(id.clone()),
                    "{}: {id} is defined twice",
                    path.display()
                );
                assert!(
                    message.attributes.is_empty(),
                    "{}: {id} has attributes, which are not supported",
                    path.display()
                );
                let pattern = message
                    .value
                    .as_ref()
                    .unwrap_or_else(|| panic!("{id} has no text"));
                let target = messages.entry(id.clone()).or_default();
                let (mut shown, mut numbers) = (BTreeSet::new(), BTreeSet::new());
                let code = expression(&id, pattern, &mut shown, &mut numbers);
                let simple = shown.is_empty() && numbers.is_empty();
                let code = if simple {
                    format!("{:?}", plain(pattern))
                } else {
                    format!("{{ let mut out = String::new(); {code} out }}")
                };
                if target.code.is_empty() {
                    target.shown = shown;
                    target.numbers = numbers;
                    target.doc = plain(pattern);
                } else {
                    let all = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
                        a.union(b).cloned().collect::<BTreeSet<_>>()
                    };
                    assert_eq!(
                        all(&target.shown, &target.numbers),
                        all(&shown, &numbers),
                        "{id}: {folder} takes other arguments than {}",
                        LANGUAGES[0].0
                    );
                    target.numbers.extend(numbers);
                    target.shown.extend(shown);
                }
                target.code.insert(variant, code);
            }
        }
    }
    let mut out = String::from("impl Text {\n");
    let mut tables = Tables::default();
    for (id, message) in &messages {
        for (folder, variant) in LANGUAGES {
            assert!(message.code.contains_key(variant), "{id} is missing in {folder}");
        }
        method(&mut out, id, message, &mut tables);
    }
    out.push_str("}\n");
    table(
        &mut out,
        "The English texts without arguments",
        "ENGLISH",
        &tables.english,
    );
    table(
        &mut out,
        "The Spanish texts of the help",
        "SPANISH_HELP",
        &tables.spanish_help,
    );
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo tells a build script where to write through the environment"
    )]
    let folder = env::var("OUT_DIR").expect("cargo sets it");
    let file = Path::new(&folder).join("text.rs");
    fs::write(file, out).expect("the build folder is writable");
}

/// Writes one method. An English text without arguments is not written into it but gets a number, by which it is found
/// once it is there: browsers fetch it when it is asked for.
fn method(out: &mut String, id: &str, message: &Message, tables: &mut Tables) {
    let name = rust_name(id);
    let mut arguments = String::new();
    for argument in message.shown.union(&message.numbers) {
        let kind = if message.numbers.contains(argument) {
            "i64"
        } else {
            "impl core::fmt::Display"
        };
        let _ = write!(arguments, ", {}: {kind}", rust_name(argument));
    }
    let result = if arguments.is_empty() {
        "&'static str"
    } else {
        "String"
    };
    for line in message.doc.lines() {
        let _ = writeln!(
            out,
            "    /// {}",
            line.replace('[', "\\[").replace(']', "\\]").replace('<', "\\<")
        );
    }
    let expectation = if arguments.is_empty() {
        ""
    } else {
        "#[expect(clippy::allow_attributes, reason = \"generated\")] #[allow(unused_mut, clippy::all, clippy::pedantic, clippy::write_with_newline, reason = \"generated\")] "
    };
    let _ = write!(
        out,
        "    {expectation}pub fn {name}(self{arguments}) -> {result} {{ "
    );
    if let (true, Some(es), Some(en)) = (
        arguments.is_empty() && id != OWN_NAME,
        message.code.get("Es"),
        message.code.get("En"),
    ) {
        if es == en {
            let _ = writeln!(out, "let Self {{ .. }} = self; {es} }}\n");
        } else {
            let number = tables.english.len();
            tables.english.push(en.clone());
            if id.starts_with(HELP) {
                let _ = writeln!(
                    out,
                    "help(self.language, {number}, {}) }}\n",
                    tables.spanish_help.len()
                );
                tables.spanish_help.push(es.clone());
            } else {
                let _ = writeln!(out, "say(self.language, {number}, {es}) }}\n");
            }
        }
        return;
    }
    out.push_str("\n        match self.language {\n");
    // Languages with the same text share an arm.
    let mut arms: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (variant, code) in &message.code {
        arms.entry(code).or_default().push(format!("Language::{variant}"));
    }
    for (code, variants) in arms {
        let _ = writeln!(out, "            {} => {code},", variants.join(" | "));
    }
    out.push_str("        }\n    }\n\n");
}

/// Writes a table of texts.
fn table(out: &mut String, doc: &str, name: &str, texts: &[String]) {
    let _ = writeln!(
        out,
        "/// {doc}, in the order of their numbers.\npub static {name}: [&str; {}] = [{}];",
        texts.len(),
        texts.join(", ")
    );
}

/// The statements that append a pattern to `out`.
fn expression(
    id: &str,
    pattern: &Pattern<&str>,
    shown: &mut BTreeSet<String>,
    numbers: &mut BTreeSet<String>,
) -> String {
    let mut code = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                let _ = write!(code, "out.push_str({value:?}); ");
            }
            PatternElement::Placeable {
                expression: Expression::Inline(inline),
            } => match inline {
                InlineExpression::VariableReference { id: argument } => {
                    shown.insert(argument.name.to_owned());
                    let _ = write!(
                        code,
                        "{{ use core::fmt::Write as _; let _ = write!(out, \"{{}}\", {}); }} ",
                        rust_name(argument.name)
                    );
                }
                InlineExpression::StringLiteral { value } => {
                    let _ = write!(code, "out.push_str({value:?}); ");
                }
                InlineExpression::NumberLiteral { .. }
                | InlineExpression::FunctionReference { .. }
                | InlineExpression::MessageReference { .. }
                | InlineExpression::TermReference { .. }
                | InlineExpression::Placeable { .. } => {
                    panic!("{id}: only {{ $argument }} and {{ \"text\" }} are supported")
                }
            },
            PatternElement::Placeable {
                expression: Expression::Select { selector, variants },
            } => {
                let InlineExpression::VariableReference { id: argument } = selector else {
                    panic!("{id}: a selection needs an argument");
                };
                numbers.insert(argument.name.to_owned());
                let mut default = String::new();
                let _ = write!(code, "match {} {{ ", rust_name(argument.name));
                for variant in variants {
                    let inner = expression(id, &variant.value, shown, numbers);
                    if variant.default {
                        default = inner;
                        continue;
                    }
                    let key = match &variant.key {
                        VariantKey::NumberLiteral { value } => (*value).to_owned(),
                        VariantKey::Identifier { name: "one" } => "1".to_owned(),
                        VariantKey::Identifier { name } => {
                            panic!("{id}: [{name}] is not supported; use a number, [one] or *[other]")
                        }
                    };
                    let _ = write!(code, "{key} => {{ {inner} }} ");
                }
                let _ = write!(code, "_ => {{ {default} }} }} ");
            }
        }
    }
    code
}

/// The text of a pattern with arguments in braces.
fn plain(pattern: &Pattern<&str>) -> String {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value }
            | PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => (*value).to_owned(),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => format!("{{{}}}", id.name),
            PatternElement::Placeable { .. } => "…".to_owned(),
        })
        .collect()
}

/// `home-title` and `maxLength` as Rust names.
fn rust_name(id: &str) -> String {
    id.replace('-', "_").to_lowercase()
}
