//! The string literals of a Rust file: just enough of a lexer to find SQL in them.

/// Every string literal with the line on which it begins, from 1.
pub fn of(text: &str) -> Vec<(usize, String)> {
    let mut scanner = Scanner { rest: text, line: 1 };
    let mut found = Vec::new();
    while let Some(first) = scanner.rest.chars().next() {
        match first {
            '/' if scanner.rest.starts_with("//") => drop(scanner.take_until("\n")),
            '/' if scanner.rest.starts_with("/*") => drop(scanner.take_until("*/")),
            '\'' => scanner.character(),
            '"' => found.push(scanner.plain()),
            'r' if scanner.raw_hashes().is_some() => found.push(scanner.raw()),
            letter if letter.is_alphanumeric() || letter == '_' => scanner.word(),
            _ => drop(scanner.take(first.len_utf8())),
        }
    }
    found
}

struct Scanner<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Scanner<'a> {
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes.min(self.rest.len()));
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }

    /// Takes all before and with `end`; returns what stood before it.
    fn take_until(&mut self, end: &str) -> &'a str {
        let before = self.take(self.rest.find(end).unwrap_or(self.rest.len()));
        self.take(end.len());
        before
    }

    fn word(&mut self) {
        let end = self
            .rest
            .find(|letter: char| !letter.is_alphanumeric() && letter != '_');
        // A prefix such as the b of b"…" ends where the quote begins; an r before a quote is no word.
        self.take(end.unwrap_or(self.rest.len()));
    }

    /// A character literal, or a lifetime, which has no closing quote.
    fn character(&mut self) {
        let mut inside = self.rest[1..].chars();
        let length = match (inside.next(), inside.next()) {
            (Some('\\'), Some(_)) => self.rest[3..].find('\'').map_or(1, |end| 3 + end + 1),
            (Some(one), Some('\'')) => 1 + one.len_utf8() + 1,
            _ => 1,
        };
        self.take(length);
    }

    fn plain(&mut self) -> (usize, String) {
        let line = self.line;
        self.take(1);
        let mut length = 0;
        let mut escaped = false;
        for letter in self.rest.chars() {
            if letter == '"' && !escaped {
                break;
            }
            escaped = letter == '\\' && !escaped;
            length += letter.len_utf8();
        }
        let text = self.take(length).to_owned();
        self.take(1);
        (line, text)
    }

    /// How many hashes a raw literal here has; `None` if here is none.
    fn raw_hashes(&self) -> Option<usize> {
        let after = self.rest.strip_prefix('r')?;
        let hashes = after.len() - after.trim_start_matches('#').len();
        after[hashes..].starts_with('"').then_some(hashes)
    }

    fn raw(&mut self) -> (usize, String) {
        let line = self.line;
        let hashes = self.raw_hashes().unwrap_or(0);
        self.take(2 + hashes);
        (
            line,
            self.take_until(&format!("\"{}", "#".repeat(hashes))).to_owned(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_found_and_comments_characters_and_lifetimes_are_not() {
        let text = "// \"comment\"\nlet a = \"one \\\" two\"; let q = '\"'; fn f<'a>(x: &'a str) {}\n\
                    /* \"no\" */ r#\"three \" four\"#; '\\''; \"five\nsix\"; \"seven\"";
        let found = of(text);
        let found: Vec<(usize, &str)> = found.iter().map(|(line, text)| (*line, text.as_str())).collect();
        assert_eq!(
            found,
            [
                (2, "one \\\" two"),
                (3, "three \" four"),
                (3, "five\nsix"),
                (4, "seven")
            ]
        );
    }
}
