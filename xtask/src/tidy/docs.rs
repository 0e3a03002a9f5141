//! What a document names exists: paths in backticks, functions behind them (`path::function`), and relative links.

use super::Finding;
use crate::tree::{Source, Tree};

/// Files and folders that a person makes and git does not keep.
const MADE: [&str; 4] = ["target/", "dist/", ".clavero/", "docs/images/"];

/// Looks at every Markdown file.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let roots = roots(tree);
    tree.below("", ".md")
        .flat_map(|file| in_document(tree, &roots, file))
        .collect()
}

/// The folders at the top of the tree, with a slash.
fn roots(tree: &Tree) -> Vec<String> {
    let mut roots: Vec<String> = tree
        .paths
        .iter()
        .filter_map(|path| Some(format!("{}/", path.split_once('/')?.0)))
        .collect();
    roots.dedup();
    roots
}

fn in_document(tree: &Tree, roots: &[String], file: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut fenced = false;
    for (index, line) in file.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        let quoted = line
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|word| is_path(roots, word));
        for word in quoted.flat_map(alternatives) {
            if !exists(tree, &word) && !is_function(tree, &word) {
                findings.push(Finding::new(file, index + 1, format!("`{word}` does not exist")));
            }
        }
        for target in links(line) {
            let path = resolve(&file.path, target);
            if !exists(tree, &path) {
                findings.push(Finding::new(
                    file,
                    index + 1,
                    format!("the link to {target} leads nowhere"),
                ));
            }
        }
    }
    findings
}

/// Whether a quoted word means a path of this tree: it begins with one of its folders and has no placeholder.
fn is_path(roots: &[String], word: &str) -> bool {
    roots.iter().any(|root| word.starts_with(root.as_str())) && !word.contains(['<', '*', ' ', '…'])
}

/// `a/{b,c}.rs` means `a/b.rs` and `a/c.rs`; a number after a colon is a line.
fn alternatives(word: &str) -> Vec<String> {
    let word = match word.rsplit_once(':') {
        Some((path, line)) if line.chars().all(|it| it.is_ascii_digit()) => path,
        _ => word,
    };
    let parts = word
        .split_once('{')
        .and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    match parts {
        Some((before, (choices, after))) => choices
            .split(',')
            .flat_map(|choice| alternatives(&format!("{before}{choice}{after}")))
            .collect(),
        None => vec![word.to_owned()],
    }
}

/// The targets of the Markdown links of a line that lead into the tree.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split([')', '#', ' ']).next()?;
        (!target.is_empty() && !target.contains("://") && !target.starts_with("mailto:")).then_some(target)
    })
}

/// The path that a link of a document means.
fn resolve(document: &str, target: &str) -> String {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// `a/b.rs::c` means a function `c` that is written in that file.
fn is_function(tree: &Tree, word: &str) -> bool {
    word.split_once("::").is_some_and(|(path, name)| {
        tree.file(path)
            .is_some_and(|file| file.text.contains(&format!("fn {name}(")))
    })
}

fn exists(tree: &Tree, path: &str) -> bool {
    tree.has(path)
        || MADE
            .iter()
            .any(|made| path.starts_with(made) || path == made.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Vec<usize> {
        let files = [
            ("docs/a.md", text),
            ("docs/adr/0001-b.md", ""),
            ("shared/src/lib.rs", "fn one() {}\nfn onerous() {}"),
            ("README.md", ""),
        ];
        check(&Tree::of(&files))
            .into_iter()
            .map(|finding| finding.line)
            .collect()
    }

    #[test]
    fn a_path_that_does_not_exist_is_found() {
        assert_eq!(
            findings("See `shared/src/lib.rs:12`.\nSee `shared/src/gone.rs`.\n"),
            [2]
        );
        assert_eq!(findings("`docs/{a.md,adr/}` and `docs/{a,z}.md`"), [1]);
    }

    #[test]
    fn a_function_is_one_of_its_file() {
        assert_eq!(
            findings("`shared/src/lib.rs::one`\n`shared/src/lib.rs::on`\n`shared/src/gone.rs::one`\n"),
            [2, 3]
        );
    }

    #[test]
    fn placeholders_other_words_and_code_are_no_paths() {
        assert_eq!(
            findings("`shared/src/<word>/mod.rs` `and/or` `shared/*`\n```text\n`shared/gone`\n```\n"),
            [0; 0]
        );
    }

    #[test]
    fn links_are_followed_from_their_document() {
        assert_eq!(
            findings("[one](adr/0001-b.md) [two](../README.md#top) [three](https://example.org/x)"),
            [0; 0]
        );
        assert_eq!(findings("[four](0001-b.md)"), [1]);
    }
}
