//! Who may know whom: the invariants of `docs/ARCHITECTURE.md` that are absences.

use super::{Finding, code_lines, folders};
use crate::tree::{Source, Tree};

/// What `shared` and `notary` must never reach for: the world.
const WORLD: [&str; 13] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen::",
    "gloo",
    "tokio",
    "sqlx",
    "axum",
    "getrandom",
    "std::env::",
    "std::fs",
    "std::net",
    "Instant::now",
    "SystemTime",
];

/// Folders of the server that are no slice.
const NO_SLICE: [&str; 2] = ["http", "store"];
/// Folders of the server that everybody may know: what an installation is given.
const GIVEN: [&str; 2] = ["config", "keys"];
/// Folders of the frontend that are no page: layers, and parts of the domain that several pages show.
const NO_PAGE: [&str; 17] = [
    "api",
    "bin",
    "captcha",
    "ceremony",
    "countdown",
    "errors",
    "findings",
    "forms",
    "i18n",
    "landing",
    "layout",
    "platform",
    "procedure",
    "settings",
    "staff",
    "steps",
    "ui",
];

/// Looks at every crate.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = pure(
        tree,
        "shared/src/",
        "shared is pure: it belongs to the server or the browser",
    );
    findings.extend(pure(
        tree,
        "notary/src/",
        "the notary is pure: it belongs to the server",
    ));
    findings.extend(server(tree));
    findings.extend(frontend(tree));
    findings
}

fn pure(tree: &Tree, folder: &str, why: &str) -> Vec<Finding> {
    let files = tree.below(folder, ".rs");
    files
        .flat_map(|file| mentions(file, &WORLD, |word| format!("`{word}`: {why}")))
        .collect()
}

fn server(tree: &Tree) -> Vec<Finding> {
    let mut slices = folders(tree, "server/src/");
    slices.retain(|name| !NO_SLICE.contains(&name.as_str()) && !GIVEN.contains(&name.as_str()));
    let mut findings = Vec::new();
    for file in tree.below("server/src/", ".rs") {
        let Some(owner) = folder_of(file, "server/src/") else {
            continue;
        };
        for slice in slices.iter().filter(|slice| *slice != owner) {
            if NO_SLICE.contains(&owner) {
                let word = format!("crate::{slice}::");
                findings.extend(mentions(file, &[&word], |_| {
                    format!("{owner}/ knows no slice, least of all {slice}")
                }));
            } else {
                let inner = [format!("crate::{slice}::store"), format!("crate::{slice}::http")];
                let inner = inner.each_ref().map(String::as_str);
                findings.extend(mentions(file, &inner, |_| {
                    format!("call {slice} through its service")
                }));
            }
        }
    }
    findings
}

fn frontend(tree: &Tree) -> Vec<Finding> {
    let mut pages = folders(tree, "frontend/src/");
    pages.retain(|name| !NO_PAGE.contains(&name.as_str()));
    let mut findings = Vec::new();
    for file in tree.below("frontend/src/", ".rs") {
        let owner = folder_of(file, "frontend/src/").unwrap_or_default();
        if !["platform", "api"].contains(&owner) {
            findings.extend(mentions(file, &["web_sys", "js_sys"], |word| {
                format!("`{word}` is used in frontend/src/platform and frontend/src/api only")
            }));
        }
        if owner.is_empty() || owner == "bin" {
            continue;
        }
        for page in pages.iter().filter(|page| *page != owner) {
            let word = format!("crate::{page}::");
            let why = if pages.iter().any(|it| it == owner) {
                format!("pages do not import pages; what {owner} and {page} share belongs to ui/ or shared")
            } else {
                format!("{owner}/ knows no page")
            };
            findings.extend(mentions(file, &[&word], |_| why.clone()));
        }
    }
    findings
}

/// The folder right below `parent` that a file is in; `None` for files of `parent` itself.
fn folder_of<'a>(file: &'a Source, parent: &str) -> Option<&'a str> {
    Some(file.path.strip_prefix(parent)?.split_once('/')?.0)
}

fn mentions(file: &Source, words: &[&str], why: impl Fn(&str) -> String) -> Vec<Finding> {
    code_lines(file)
        .flat_map(|(number, line)| {
            let found = words.iter().filter(move |word| stands_alone(line, word));
            found.map(move |word| (number, *word))
        })
        .map(|(number, word)| Finding::new(file, number, why(word)))
        .collect()
}

/// Whether a word is in a line and is not the end of a longer one.
fn stands_alone(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|character| character.is_alphanumeric() || character == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(files: &[(&str, &str)]) -> Vec<(String, usize)> {
        check(&Tree::of(files))
            .into_iter()
            .map(|finding| (finding.path, finding.line))
            .collect()
    }

    #[test]
    fn shared_stays_pure() {
        let text = "//! Not tokio.\nuse tokio::time;\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        assert_eq!(
            lines(&[("shared/src/a/mod.rs", text)]),
            [("shared/src/a/mod.rs".to_owned(), 2)]
        );
    }

    #[test]
    fn slices_meet_at_their_services() {
        let text =
            "use crate::audit::service;\nuse crate::audit::store::append;\nuse crate::recovery::store;\n";
        let found = lines(&[
            ("server/src/recovery/service.rs", text),
            ("server/src/audit/mod.rs", ""),
        ]);
        assert_eq!(found, [("server/src/recovery/service.rs".to_owned(), 2)]);
    }

    #[test]
    fn http_and_store_know_no_slice() {
        let found = lines(&[
            (
                "server/src/http/router.rs",
                "use crate::audit::service;\nuse crate::store::Tx;\n",
            ),
            ("server/src/audit/mod.rs", ""),
            ("server/src/store/mod.rs", ""),
        ]);
        assert_eq!(found, [("server/src/http/router.rs".to_owned(), 1)]);
    }

    #[test]
    fn pages_and_parts_keep_apart() {
        let found = lines(&[
            (
                "frontend/src/recovery/mod.rs",
                "use crate::help::Entry;\nuse web_sys::Window;\nuse crate::ui::Field;\n",
            ),
            ("frontend/src/ui/field.rs", "use crate::help::Entry;\n"),
            ("frontend/src/help/mod.rs", ""),
            ("frontend/src/platform/dom.rs", "use web_sys::Window;\n"),
            ("frontend/src/app.rs", "use crate::help::Help;\n"),
        ]);
        assert_eq!(
            found,
            [
                ("frontend/src/recovery/mod.rs".to_owned(), 2),
                ("frontend/src/recovery/mod.rs".to_owned(), 1),
                ("frontend/src/ui/field.rs".to_owned(), 1),
            ]
        );
    }
}
