//! Time and ids come from Rust, so that tests own them and both databases agree.

use super::{Finding, literals};
use crate::tree::{Source, Tree};

/// Words that make a database decide what Rust decides here, in lower case.
const BANNED: [&str; 7] = [
    "now()",
    "current_timestamp",
    "current_date",
    "gen_random_uuid",
    "random()",
    "default",
    "autoincrement",
];

/// Looks at the migrations and at every string of the server that reads like SQL.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let migrations = tree.below("server/migrations/", ".sql").flat_map(migration);
    migrations
        .chain(tree.below("server/src/", ".rs").flat_map(code))
        .chain(parity(tree))
        .collect()
}

fn migration(file: &Source) -> Vec<Finding> {
    let lines = file.text.lines().enumerate();
    lines
        .flat_map(|(index, line)| {
            let code = line.split("--").next().unwrap_or(line);
            judge(file, index + 1, &without_backfill(code))
        })
        .collect()
}

/// A column that joins a table with rows, on nodes that do not know it yet, has to say what it is there: `DEFAULT` and a text in
/// quotes. Not a time, not a number.
fn without_backfill(code: &str) -> String {
    match code.split_once(" NOT NULL DEFAULT '") {
        Some((head, _)) if head.trim_start().starts_with("ALTER TABLE ") && head.contains(" ADD COLUMN ") => {
            head.to_owned()
        }
        Some(_) | None => code.to_owned(),
    }
}

fn code(file: &Source) -> Vec<Finding> {
    let texts = literals::of(&file.text);
    texts
        .iter()
        .filter(|(_, text)| is_sql(text))
        .flat_map(|(line, text)| judge(file, *line, text))
        .collect()
}

fn is_sql(text: &str) -> bool {
    let start = text.trim_start();
    ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "CREATE "]
        .iter()
        .any(|verb| start.starts_with(verb))
}

fn judge(file: &Source, line: usize, text: &str) -> Vec<Finding> {
    let text = text.to_lowercase();
    let found = BANNED.iter().filter(|word| stands_alone(&text, word));
    found
        .map(|word| {
            Finding::new(
                file,
                line,
                format!("`{word}` in SQL: time, ids and values come from Rust"),
            )
        })
        .collect()
}

fn stands_alone(text: &str, word: &str) -> bool {
    let edge = |character: Option<char>| !character.is_some_and(|it| it.is_alphanumeric() || it == '_');
    text.match_indices(word)
        .any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + word.len()..].chars().next()))
}

/// Both databases have the same migrations.
fn parity(tree: &Tree) -> Vec<Finding> {
    let (one, other) = ("server/migrations/sqlite/", "server/migrations/postgres/");
    let missing = |from: &'static str, to: &'static str| {
        tree.below(from, ".sql")
            .filter(move |file| !tree.has(&file.path.replacen(from, to, 1)))
            .map(move |file| Finding::new(file, 1, format!("{to} has no migration of this name")))
    };
    missing(one, other).chain(missing(other, one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_decides_nothing() {
        let text = "-- no DEFAULT, no now()\nCREATE TABLE a (\n  at BIGINT NOT NULL DEFAULT 0,\n  defaulted BIGINT);\n";
        let tree = Tree::of(&[
            ("server/migrations/sqlite/0001_a.sql", text),
            ("server/migrations/postgres/0001_a.sql", ""),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].line, 3);
    }

    #[test]
    fn a_column_that_joins_rows_may_say_what_it_is_there() {
        let text = "ALTER TABLE a ADD COLUMN b TEXT NOT NULL DEFAULT 'c';\nALTER TABLE a ADD COLUMN d BIGINT NOT NULL DEFAULT 0;\n";
        let tree = Tree::of(&[
            ("server/migrations/sqlite/0002_a.sql", text),
            ("server/migrations/postgres/0002_a.sql", ""),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].line, 2);
    }

    #[test]
    fn sql_in_rust_is_judged_and_rust_is_not() {
        let text = "let at = clock.now();\nconst A: &str = \"SELECT now()\";\nimpl Default for B {}\n";
        let found = check(&Tree::of(&[("server/src/a/store.rs", text)]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].line, 2);
    }

    #[test]
    fn a_migration_of_one_database_only_is_found() {
        assert_eq!(
            check(&Tree::of(&[("server/migrations/sqlite/0002_b.sql", "")])).len(),
            1
        );
    }
}
