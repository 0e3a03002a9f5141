//! Turns `locales/<language>/*.ftl` into methods of `shared::i18n::Text`.
//!
//! Messages are checked here, at build time: the same ids with the same arguments in every language, no duplicates, and
//! only the part of Fluent that is supported: text, `{ $argument }`, and a selection on a number (`[0] … [one] … *[other]`).
//!
//! A message with arguments becomes a *template*, which `fill` of `shared::i18n` reads: pieces between [`MARK`]s. The
//! first piece is text; each other one begins with what it does: a small letter shows that argument (`a` is the first
//! in the alphabet), a capital one begins a selection on it, `?KEY:` is a variant (the last has no key), `;` ends the
//! selection. The rest of the piece is text.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The languages, as in `shared::i18n::Language`: folder, variant and the name of the table. The first is compiled in.
const LANGUAGES: [(&str, &str, &str); 3] = [
    ("es", "Es", "SPANISH_HELP"),
    ("en", "En", "ENGLISH"),
    ("qu", "Qu", "KICHWA"),
];

/// Messages that start so are read on the help pages only: browsers fetch them in every language.
const HELP: &str = "help-";

/// A language says its own name where the others are spoken, so this is compiled in all.
const OWN_NAME: &str = "product-language";

/// Between the pieces of a template; no text contains it.
const MARK: char = '\u{1}';

/// A message in one language.
struct Said {
    /// Its arguments.
    arguments: BTreeSet<String>,
    /// Those that select a variant, so they are numbers.
    numbers: BTreeSet<String>,
    /// The text or template.
    template: String,
    /// The text for the method's documentation.
    doc: String,
}

/// The messages of one language, by id.
type Language = BTreeMap<String, Said>;

fn main() {
    // Cargo runs this in the folder of the package: the same binary serves every checkout.
    let root = Path::new("../locales");
    println!("cargo:rerun-if-changed={}", root.display());
    let languages: Vec<Language> = LANGUAGES
        .iter()
        .map(|(folder, _, _)| read(&root.join(folder)))
        .collect();
    compare(&languages);

    let mut out = String::from("impl Text {\n");
    let mut tables: Vec<Vec<&str>> = LANGUAGES.iter().map(|_| Vec::new()).collect();
    let mut first_help = None;
    for id in languages[0].keys() {
        let said: Vec<&Said> = languages.iter().map(|language| &language[id]).collect();
        let number = tables[1].len();
        let words = if id == OWN_NAME {
            own_name(&said)
        } else if said.iter().all(|it| it.template == said[0].template) {
            format!("{{ let Self {{ .. }} = self; {:?} }}", said[0].template)
        } else {
            let help = id.starts_with(HELP);
            for (place, (table, said)) in tables.iter_mut().zip(&said).enumerate() {
                if help || place > 0 {
                    table.push(&said.template);
                }
            }
            if help {
                first_help.get_or_insert(number);
                format!("help(self.language, {number})")
            } else {
                format!("say(self.language, {number}, {:?})", said[0].template)
            }
        };
        method(&mut out, id, &said, &words);
    }
    out.push_str("}\n");
    for ((folder, _, name), texts) in LANGUAGES.iter().zip(&tables) {
        let _ = writeln!(
            out,
            "/// The texts and templates in {folder:?} that a browser fetches, in the order of their numbers.\n\
            static {name}: [&str; {}] = {texts:?};",
            texts.len(),
        );
    }
    let _ = writeln!(
        out,
        "/// The number of the first text of the help.\nconst FIRST_HELP: usize = {};",
        first_help.unwrap_or_default()
    );
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo tells a build script where to write through the environment"
    )]
    let folder = env::var("OUT_DIR").expect("cargo sets it");
    let file = Path::new(&folder).join("text.rs");
    fs::write(file, out).expect("the build folder is writable");
}

/// Reads every file of a language.
fn read(folder: &Path) -> Language {
    let mut language = Language::new();
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
        .collect();
    files.sort();
    for path in files {
        println!("cargo:rerun-if-changed={}", path.display());
        let source = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let resource = fluent_syntax::parser::parse(source.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name.to_owned();
            let said = said(message);
            assert!(
                language.insert(id.clone(), said).is_none(),
                "{}: {id} is defined twice",
                path.display()
            );
        }
    }
    language
}

/// Stops the build where a language says more or less than the first, or says it of other things.
fn compare(languages: &[Language]) {
    let first = LANGUAGES[0].0;
    for ((folder, _, _), language) in LANGUAGES.iter().zip(languages) {
        for (id, said) in &languages[0] {
            let Some(translated) = language.get(id) else {
                panic!("{id} is missing in locales/{folder}");
            };
            assert_eq!(
                translated.arguments, said.arguments,
                "{id}: locales/{folder} takes other arguments than locales/{first}"
            );
        }
        for id in language.keys() {
            assert!(
                languages[0].contains_key(id),
                "{id} is in locales/{folder}, but missing in locales/{first}"
            );
        }
    }
}

/// What a message says.
fn said(message: &Message<&str>) -> Said {
    let id = message.id.name;
    assert!(
        message.attributes.is_empty(),
        "{id} has attributes, which are not supported"
    );
    let pattern = message
        .value
        .as_ref()
        .unwrap_or_else(|| panic!("{id} has no text"));
    let (mut arguments, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    collect(id, pattern, &mut arguments, &mut numbers);
    assert!(arguments.len() <= 26, "{id}: arguments are named by one letter");
    let mut template = String::new();
    encode(id, pattern, &arguments, &mut template);
    Said {
        arguments,
        numbers,
        template,
        doc: plain(pattern),
    }
}

/// Writes one method. Its `words` are an expression for the text or template.
fn method(out: &mut String, id: &str, said: &[&Said], words: &str) {
    for line in said[0].doc.lines() {
        let line = line.replace('[', "\\[").replace(']', "\\]").replace('<', "\\<");
        let _ = writeln!(out, "    /// {line}");
    }
    let name = rust_name(id);
    let arguments: Vec<String> = said[0].arguments.iter().map(|it| rust_name(it)).collect();
    if arguments.is_empty() {
        let _ = writeln!(out, "    pub fn {name}(self) -> &'static str {{ {words} }}\n");
        return;
    }
    let mut typed = String::new();
    for (argument, name) in said[0].arguments.iter().zip(&arguments) {
        let number = said.iter().any(|it| it.numbers.contains(argument));
        let kind = if number { "i64" } else { "impl core::fmt::Display" };
        let _ = write!(typed, ", {name}: {kind}");
    }
    let given = arguments.join(", &");
    let _ = writeln!(
        out,
        "    pub fn {name}(self{typed}) -> String {{ fill({words}, &[&{given}]) }}\n"
    );
}

/// The expression for a text that every language has compiled in.
fn own_name(said: &[&Said]) -> String {
    let mut arms = String::new();
    for ((_, variant, _), said) in LANGUAGES.iter().zip(said) {
        let _ = write!(arms, "Language::{variant} => {:?}, ", said.template);
    }
    format!("match self.language {{ {arms}}}")
}

/// Collects the arguments of a pattern, and those of them that select.
fn collect(
    id: &str,
    pattern: &Pattern<&str>,
    arguments: &mut BTreeSet<String>,
    numbers: &mut BTreeSet<String>,
) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id: argument }) => {
                arguments.insert(argument.name.to_owned());
            }
            Expression::Inline(_) => {}
            Expression::Select { selector, variants } => {
                let argument = selecting(id, selector);
                arguments.insert(argument.to_owned());
                numbers.insert(argument.to_owned());
                for variant in variants {
                    collect(id, &variant.value, arguments, numbers);
                }
            }
        }
    }
}

/// The argument that a selection is on.
fn selecting<'a>(id: &str, selector: &InlineExpression<&'a str>) -> &'a str {
    let InlineExpression::VariableReference { id: argument } = selector else {
        panic!("{id}: a selection needs an argument");
    };
    argument.name
}

/// Appends a pattern to a template.
fn encode(id: &str, pattern: &Pattern<&str>, arguments: &BTreeSet<String>, out: &mut String) {
    let letter = |name: &str, first: char| {
        let place = arguments.iter().position(|argument| argument == name);
        let place = place.expect("every argument was collected");
        char::from_u32(u32::from(first) + u32::try_from(place).expect("few arguments")).expect("a letter")
    };
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => out.push_str(value),
            PatternElement::Placeable {
                expression: Expression::Inline(inline),
            } => match inline {
                InlineExpression::VariableReference { id: argument } => {
                    out.extend([MARK, letter(argument.name, 'a')]);
                }
                InlineExpression::StringLiteral { value } => out.push_str(value),
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
                out.extend([MARK, letter(selecting(id, selector), 'A')]);
                // The default comes last, wherever it stands in the file.
                for default in [false, true] {
                    for variant in variants.iter().filter(|variant| variant.default == default) {
                        let key = if default { "" } else { key(id, &variant.key) };
                        let _ = write!(out, "{MARK}?{key}:");
                        let before = out.len();
                        encode(id, &variant.value, arguments, out);
                        assert!(
                            !out[before..].contains(&format!("{MARK}?")),
                            "{id}: a selection inside another is not supported"
                        );
                    }
                }
                out.extend([MARK, ';']);
            }
        }
    }
}

/// The number that a variant is for.
fn key<'a>(id: &str, key: &VariantKey<&'a str>) -> &'a str {
    match key {
        VariantKey::NumberLiteral { value } => value,
        VariantKey::Identifier { name: "one" } => "1",
        VariantKey::Identifier { name } => {
            panic!("{id}: [{name}] is not supported; use a number, [one] or *[other]")
        }
    }
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
