//! Words that must not stand in the tree, with what to do instead.

use super::Finding;
use crate::tree::{Source, Tree};

/// Something that must not be written.
struct Ban {
    /// What is looked for.
    needle: &'static str,
    why: &'static str,
    /// Where it is looked for.
    applies: fn(&str) -> bool,
}

// The needles are put together from pieces, so that this file does not find itself.
const BANS: [Ban; 12] = [
    Ban {
        needle: concat!("#[", "allow("),
        why: "use #[expect(lint, reason = \"…\")]: it dies with its reason",
        applies: written,
    },
    Ban {
        needle: concat!("#![", "allow("),
        why: "use #![expect(lint, reason = \"…\")]: it dies with its reason",
        applies: written,
    },
    Ban {
        needle: concat!("crates", ".io"),
        why: "name no registry host",
        applies: anywhere,
    },
    Ban {
        needle: concat!("npmjs", ".org"),
        why: "name no registry host",
        applies: anywhere,
    },
    Ban {
        needle: concat!("npmjs", ".com"),
        why: "name no registry host",
        applies: anywhere,
    },
    Ban {
        needle: concat!("pypi", ".org"),
        why: "name no registry host",
        applies: anywhere,
    },
    Ban {
        needle: concat!("deb.", "debian"),
        why: "name no registry host",
        applies: anywhere,
    },
    Ban {
        needle: concat!("/ro", "ot/"),
        why: "no path of one machine",
        applies: anywhere,
    },
    Ban {
        needle: concat!("/ho", "me/"),
        why: "no path of one machine",
        applies: anywhere,
    },
    Ban {
        needle: concat!("/wo", "rk/"),
        why: "no path of one machine",
        applies: anywhere,
    },
    Ban {
        needle: concat!("/Us", "ers/"),
        why: "no path of one machine",
        applies: anywhere,
    },
    Ban {
        needle: concat!(" sty", "le="),
        why: "style by a class: the CSP forbids inline styles",
        applies: page,
    },
];

/// Names that say nothing; a module is called by what it is.
const EMPTY_NAMES: [&str; 4] = ["utils", "util", "common", "helpers"];

/// Looks for banned words and empty names.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = tree.files.iter().flat_map(banned).collect();
    for path in tree.paths.iter().filter(|path| rust(path)) {
        let stem = path.strip_suffix(".rs").unwrap_or(path);
        if stem.split('/').any(|name| EMPTY_NAMES.contains(&name)) {
            let why = "name it by what it is, not utils, common or helpers".to_owned();
            findings.push(Finding {
                path: path.clone(),
                line: 1,
                why,
            });
        }
    }
    findings
}

fn banned(file: &Source) -> Vec<Finding> {
    let bans: Vec<&Ban> = BANS.iter().filter(|ban| (ban.applies)(&file.path)).collect();
    let lines = file.text.lines().enumerate();
    lines
        .flat_map(|(index, line)| {
            let hits = bans.iter().filter(move |ban| line.contains(ban.needle));
            hits.map(move |ban| Finding::new(file, index + 1, format!("{}: {}", ban.needle.trim(), ban.why)))
        })
        .collect()
}

fn rust(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "rs")
}

/// Rust that a person wrote: what `build.rs` generates cannot know which lints will fire.
fn written(path: &str) -> bool {
    rust(path) && !path.ends_with("build.rs")
}

fn page(path: &str) -> bool {
    path.starts_with("frontend/src/") || path == "index.html"
}

/// Everywhere but the lock file, which cargo writes.
fn anywhere(path: &str) -> bool {
    path != "Cargo.lock"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_banned_word_is_found_with_its_line() {
        let allow = format!("fn main() {{}}\n{}dead_code)]\n", concat!("#[", "allow("));
        let host = format!("see {}/crates/yew\n", concat!("crates", ".io"));
        let tree = Tree::of(&[
            ("shared/src/lib.rs", &allow),
            ("docs/a.md", &host),
            ("Cargo.lock", &host),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!((found[0].path.as_str(), found[0].line), ("shared/src/lib.rs", 2));
        assert_eq!((found[1].path.as_str(), found[1].line), ("docs/a.md", 1));
    }

    #[test]
    fn inline_styles_are_banned_in_pages_and_needed_in_mails() {
        let text = format!("<p{}'x'>", concat!(" sty", "le="));
        let tree = Tree::of(&[
            ("frontend/src/a.rs", &text),
            ("server/templates/mail.html", &text),
        ]);
        assert_eq!(check(&tree).len(), 1);
    }

    #[test]
    fn empty_names_are_found() {
        assert_eq!(
            check(&Tree::of(&[
                ("server/src/utils.rs", ""),
                ("server/src/common/mod.rs", "")
            ]))
            .len(),
            2
        );
        assert_eq!(check(&Tree::of(&[("server/src/commonplace.rs", "")])), []);
    }
}
