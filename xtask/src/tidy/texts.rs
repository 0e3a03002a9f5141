//! Every message is shown somewhere: its method is named in code that is not a test.
//!
//! Methods are named as methods (`text.home_title()`, `Text::home_title`) or handed to a macro by their bare name, so the
//! whole word counts wherever it stands. A word of another meaning can hide a message that nobody shows; none is accused
//! wrongly.

use super::{Finding, code_lines, locales};
use crate::tree::Tree;
use std::collections::HashSet;

/// Where people's texts are shown from.
const CODE: [&str; 3] = ["shared/src/", "server/src/", "frontend/src/"];

/// The language in which a finding is told; all have the same messages.
const LANGUAGE: &str = "locales/es/";

/// Looks for messages that no code names.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let named: HashSet<&str> = CODE
        .iter()
        .flat_map(|folder| tree.below(folder, ".rs"))
        .filter(|file| !file.path.ends_with("tests.rs") && !file.path.contains("tests/"))
        .flat_map(code_lines)
        .flat_map(|(_, line)| line.split(|letter: char| !letter.is_alphanumeric() && letter != '_'))
        .collect();
    let mut findings = Vec::new();
    for file in tree.below(LANGUAGE, ".ftl") {
        for (id, line) in locales::ids(&file.text) {
            if !named.contains(method(&id).as_str()) {
                let why = format!("{id} is shown nowhere: show it, or take it out of every language");
                findings.push(Finding::new(file, line, why));
            }
        }
    }
    findings
}

/// What `shared/build.rs` calls the method of a message.
fn method(id: &str) -> String {
    id.replace('-', "_").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: (&str, &str) = (
        "locales/es/reset.ftl",
        "# Words.\nreset-title = Inicio\nreset-left = Queda\n",
    );

    fn findings(path: &str, code: &str) -> Vec<String> {
        let tree = Tree::of(&[TEXTS, (path, code)]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn messages_that_are_named_pass_however_they_are() {
        let page = "frontend/src/reset/mod.rs";
        assert_eq!(
            findings(page, "text.reset_title();\nlet left = Text::reset_left;"),
            [""; 0]
        );
        assert_eq!(
            findings(
                page,
                "#[cfg(test)]\nmod tests;\nwords!(\n    Title reset_title,\n    Left reset_left,\n);"
            ),
            [""; 0]
        );
    }

    #[test]
    fn a_message_that_nobody_shows_is_found_with_its_line() {
        let found = findings(
            "server/src/reset/http.rs",
            "text.reset_title(); text.reset_left_over();",
        );
        let why = "reset-left is shown nowhere: show it, or take it out of every language";
        assert_eq!(found, [format!("locales/es/reset.ftl:3: {why}")]);
    }

    #[test]
    fn comments_and_tests_show_nothing() {
        let both = "text.reset_title(); text.reset_left();";
        for (path, code) in [
            ("shared/src/reset.rs", format!("// {both}\n")),
            (
                "shared/src/reset.rs",
                format!("#[cfg(test)]\nmod tests {{\n{both}\n}}\n"),
            ),
            ("shared/src/reset/tests.rs", both.to_owned()),
            ("tests/e2e/reset.rs", both.to_owned()),
        ] {
            assert_eq!(findings(path, &code).len(), 2, "{path}: {code}");
        }
    }
}
