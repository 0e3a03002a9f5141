//! One domain word, one spelling: every module that names a word of the domain stands in the glossary.

use super::{Finding, folders};
use crate::tree::Tree;

const GLOSSARY: &str = "docs/GLOSSARY.md";

/// Where a folder or a file is named by a word.
const NAMED: [&str; 4] = ["shared/src/", "server/src/", "frontend/src/", "locales/es/"];

/// Looks for words without an entry.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let Some(glossary) = tree.file(GLOSSARY) else {
        return vec![Finding {
            path: GLOSSARY.to_owned(),
            line: 1,
            why: "the glossary is missing".to_owned(),
        }];
    };
    let listed: Vec<&str> = glossary.text.lines().filter_map(word_of).collect();
    let mut findings = Vec::new();
    for place in NAMED {
        let files = tree
            .below(place, ".ftl")
            .filter_map(|file| file.path.strip_prefix(place)?.strip_suffix(".ftl"));
        let words = folders(tree, place).into_iter().chain(files.map(str::to_owned));
        for word in words.filter(|word| !listed.contains(&word.replace('-', "_").as_str())) {
            let why = format!("`{word}` is not in {GLOSSARY}");
            findings.push(Finding {
                path: format!("{place}{word}"),
                line: 1,
                why,
            });
        }
    }
    findings
}

/// The code word of a row: `` | `word` | … ``.
fn word_of(line: &str) -> Option<&str> {
    line.strip_prefix("| `")?.split_once('`').map(|(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_without_an_entry_is_found() {
        let tree = Tree::of(&[
            (GLOSSARY, "| `recovery` | recuperar clave | … |\n"),
            ("shared/src/recovery/mod.rs", ""),
            ("server/src/retrieval/mod.rs", ""),
            ("locales/es/recovery.ftl", ""),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].path, "server/src/retrieval");
    }
}
