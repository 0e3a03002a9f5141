//! What the operator said: the file and, over it, the variables of the environment, with the place of each field.

use super::declare::{Field, Kind, Section};
use super::document::{Document, declaration};
use super::environment::PREFIX;
use super::error::{ConfigError, Origin, field};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

/// The fields that somebody set, and where. What they hold may be a secret, so only where they stand is in `Debug`.
#[derive(Default)]
pub struct Given {
    table: Table,
    origins: BTreeMap<String, Origin>,
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given")
            .field("origins", &self.origins)
            .finish_non_exhaustive()
    }
}

impl Given {
    /// Puts the file's fields and the variables' together. `path` is the file's name, for errors.
    pub fn read(
        path: Option<&Path>,
        text: &str,
        variables: Vec<(String, String)>,
    ) -> Result<Self, ConfigError> {
        let malformed = |error: &toml::de::Error| ConfigError::Malformed {
            path: path.map_or_else(|| PathBuf::from("the configuration"), Path::to_owned),
            text: at_line(text, error),
        };
        let spans = DeTable::parse(text).map_err(|error| malformed(&error))?;
        let mut given = Self {
            table: toml::from_str(text).map_err(|error| malformed(&error))?,
            origins: BTreeMap::new(),
        };
        given.note_lines(spans.get_ref(), "", &mut |position| Origin::File {
            path: path.map(Path::to_owned),
            line: line(text, position),
        });
        let mut variables: Vec<_> = variables
            .into_iter()
            .map(|(name, text)| Ok((place_of(&name)?, name, text)))
            .collect::<Result<_, ConfigError>>()?;
        // A whole section first, then what says more of it.
        variables.sort_by_key(|((path, _), _, _)| path.len());
        for ((path, kind), name, text) in variables {
            let overridden = given.override_with(&path, kind, name, text);
            overridden.map_err(|error| given.locate(error))?;
        }
        check(declaration(), &given.table, "").map_err(|error| given.locate(error))?;
        Ok(given)
    }

    /// The fields with their types, and the defaults of those that nobody set.
    pub(super) fn document(&self) -> Result<Document, ConfigError> {
        serde_path_to_error::deserialize(Value::Table(self.table.clone())).map_err(|error| {
            let path = error.path().to_string();
            self.locate(field(path, expected(error.inner().message())))
        })
    }

    /// Whether nobody set anything.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The value that somebody gave a field, by its whole name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        let mut segments = name.split('.');
        let mut value = self.table.get(segments.next()?)?;
        for segment in segments {
            value = value.as_table()?.get(segment)?;
        }
        Some(value)
    }

    /// Where a field stands; where it is only missing, its section.
    pub fn origin(&self, name: &str) -> Origin {
        let mut name = name.split('[').next().unwrap_or_default();
        loop {
            if let Some(origin) = self.origins.get(name) {
                return origin.clone();
            }
            match name.rsplit_once('.') {
                Some((section, _)) => name = section,
                None => return Origin::Default,
            }
        }
    }

    pub(super) fn locate(&self, error: ConfigError) -> ConfigError {
        error.found(|name| self.origin(name))
    }

    fn note_lines(&mut self, table: &DeTable<'_>, prefix: &str, origin: &mut impl FnMut(usize) -> Origin) {
        for (key, value) in table {
            let name = joined(prefix, key.get_ref());
            self.origins.insert(name.clone(), origin(key.span().start));
            if let DeValue::Table(inner) = value.get_ref() {
                self.note_lines(inner, &name, origin);
            }
        }
    }

    fn override_with(
        &mut self,
        path: &[&'static str],
        kind: Kind,
        name: String,
        text: String,
    ) -> Result<(), ConfigError> {
        let value = match kind {
            Kind::Text => Value::String(text),
            Kind::Value | Kind::Section(_) => read_value(&text).ok_or_else(|| ConfigError::Variable {
                name: name.clone(),
                reason: "must be a value as TOML writes it: 30, true, [\"a\", \"b\"], { a = \"b\" }",
            })?,
        };
        let Some((last, sections)) = path.split_last() else {
            return Ok(());
        };
        let mut table = &mut self.table;
        let mut whole = String::new();
        for section in sections {
            whole = joined(&whole, section);
            self.origins
                .entry(whole.clone())
                .or_insert_with(|| Origin::Variable(name.clone()));
            let inner = table
                .entry(*section)
                .or_insert_with(|| Value::Table(Table::new()));
            table = inner
                .as_table_mut()
                .ok_or_else(|| field(whole.clone(), "must be a table"))?;
        }
        whole = joined(&whole, last);
        table.insert((*last).to_owned(), value);
        let below = format!("{whole}.");
        self.origins.retain(|field, _| !field.starts_with(&below));
        self.origins.insert(whole, Origin::Variable(name));
        Ok(())
    }
}

/// The name of the variable that sets a field: `CLAVERO__SMTP__HOST` for `smtp.host`.
pub fn variable_of(name: &str) -> String {
    format!("{PREFIX}{}", name.to_ascii_uppercase().replace('.', "__"))
}

/// `section.field`, or the field alone outside of sections.
pub fn joined(section: &str, field: &str) -> String {
    if section.is_empty() {
        field.to_owned()
    } else {
        format!("{section}.{field}")
    }
}

/// The field that a variable sets.
fn place_of(name: &str) -> Result<(Vec<&'static str>, Kind), ConfigError> {
    let unknown = || ConfigError::Variable {
        name: name.to_owned(),
        reason: "sets no field that there is: `clavero config example` tells all of them",
    };
    let rest = name.strip_prefix(PREFIX).ok_or_else(unknown)?;
    let mut kind = Kind::Section(declaration());
    let mut path = Vec::new();
    for segment in rest.split("__") {
        let Kind::Section(section) = kind else {
            return Err(unknown());
        };
        let known = |field: &&Field| field.name.to_ascii_uppercase() == segment;
        let field = section.fields.iter().find(known).ok_or_else(unknown)?;
        path.push(field.name);
        kind = field.kind;
    }
    Ok((path, kind))
}

/// One value in TOML, and nothing behind it.
fn read_value(text: &str) -> Option<Value> {
    let mut table: Table = toml::from_str(&format!("value = {text}")).ok()?;
    let value = table.remove("value")?;
    table.is_empty().then_some(value)
}

/// Every field is one that there is, and every number within its bounds.
fn check(section: &Section, table: &Table, prefix: &str) -> Result<(), ConfigError> {
    for (key, value) in table {
        let name = joined(prefix, key);
        let Some(declared) = section.field(key) else {
            return Err(field(name, "there is no such field"));
        };
        match declared.kind {
            Kind::Section(inner) => {
                let table = value
                    .as_table()
                    .ok_or_else(|| field(name.clone(), "must be a table"))?;
                check(inner, table, &name)?;
            }
            Kind::Text | Kind::Value => within(declared, value, name)?,
        }
    }
    Ok(())
}

fn within(declared: &Field, value: &Value, name: String) -> Result<(), ConfigError> {
    let Some(number) = value.as_integer() else {
        return Ok(());
    };
    let reason = match (declared.least, declared.most) {
        (Some(least), Some(most)) if !(least..=most).contains(&number) => {
            format!("must be from {least} to {most}")
        }
        (Some(least), None) if number < least => format!("must be at least {least}"),
        (None, Some(most)) if number > most => format!("must be at most {most}"),
        (Some(_) | None, Some(_) | None) => return Ok(()),
    };
    Err(field(name, reason))
}

/// What should have stood there, of a message that also quotes what did: it may be a secret, in a field that is not for one.
fn expected(message: &str) -> String {
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("must be {expected}"),
        None => "is of another form: `clavero config example` tells its own".to_owned(),
    }
}

/// What is wrong and in which line and column, without what stands there: it may be a secret.
fn at_line(text: &str, error: &toml::de::Error) -> String {
    let message = error.message();
    match error.span() {
        None => message.to_owned(),
        Some(span) => {
            let before = text.get(..span.start).unwrap_or(text);
            let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
            format!("line {}, column {column}: {message}", line(text, span.start))
        }
    }
}

fn line(text: &str, position: usize) -> usize {
    let before = text.as_bytes().get(..position).unwrap_or(text.as_bytes());
    before.split(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn read(text: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
        let variables = variables
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        Given::read(Some(Path::new("clavero.toml")), text, variables)
            .and_then(|given| Config::of(&given, Path::new("/nonexistent")))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_variable_is_stronger_than_the_file() {
        let text = "listen = \"127.0.0.1:1\"\nrequest_seconds = 20\n[smtp]\nhost = \"a\"\nfrom = \"a@b.c\"";
        let config = read(
            text,
            &[
                ("CLAVERO__LISTEN", "127.0.0.1:2"),
                ("CLAVERO__REQUEST_SECONDS", "40"),
                ("CLAVERO__SMTP__HOST", "b"),
                ("CLAVERO__TRUSTED_PROXIES", "[\"10.0.0.0/8\"]"),
                ("CLAVERO__REGISTRIES__SRI__SOURCE", "http"),
                ("CLAVERO__REGISTRIES__SRI__URL", "https://sri.example/"),
            ],
        )
        .unwrap();
        assert_eq!(config.listen.port(), 2);
        assert_eq!(config.request_timeout.as_secs(), 40);
        let smtp = config.smtp.unwrap();
        assert_eq!((smtp.host.as_str(), smtp.from.as_str()), ("b", "a@b.c"));
        assert_eq!(config.trusted_proxies.len(), 1);
        assert!(matches!(
            config.registries.sri,
            crate::registries::config::SourceConfig::Http(_)
        ));
    }

    #[test]
    fn a_whole_section_can_be_a_variable_and_a_field_of_it_too() {
        let file = "[smtp]\nhost = \"gone\"\nuser = \"gone\"\nfrom = \"a@b.c\"";
        let whole = ("CLAVERO__SMTP", "{ host = \"h\", from = \"x@y.z\" }");
        let smtp = read(file, &[whole]).unwrap().smtp.unwrap();
        assert_eq!((smtp.host.as_str(), smtp.port), ("h", 587));
        // Whatever their order: the whole first, then what says more of it.
        let part = ("CLAVERO__SMTP__PORT", "2525");
        for variables in [[whole, part], [part, whole]] {
            let smtp = read(file, &variables).unwrap().smtp.unwrap();
            assert_eq!((smtp.host.as_str(), smtp.port), ("h", 2525));
        }
    }

    /// A file, variables, and how the error begins.
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

    #[test]
    fn an_error_names_the_field_and_its_place() {
        let cases: [Case<'_>; 12] = [
            ("\nlisten = 1", &[], "listen (clavero.toml, line 2): "),
            ("", &[("CLAVERO__LISTEN", "here")], "listen (CLAVERO__LISTEN): "),
            (
                "\n\n[smtp]\ncolour = 1",
                &[],
                "smtp.colour (clavero.toml, line 4): there is no such field",
            ),
            (
                "[smtp]\nhost = \"h\"",
                &[],
                "smtp.from (clavero.toml, line 1): is missing",
            ),
            (
                "",
                &[("CLAVERO__SMTP__HOST", "h")],
                "smtp.from (CLAVERO__SMTP__HOST): is missing",
            ),
            ("", &[("CLAVERO__COLOUR", "1")], "CLAVERO__COLOUR: sets no field"),
            (
                "",
                &[("CLAVERO__SMTP__COLOUR", "1")],
                "CLAVERO__SMTP__COLOUR: sets no field",
            ),
            ("", &[("CLAVERO__listen", "1")], "CLAVERO__listen: sets no field"),
            (
                "",
                &[("CLAVERO__LISTEN__PORT", "1")],
                "CLAVERO__LISTEN__PORT: sets no field",
            ),
            (
                "",
                &[("CLAVERO__REQUEST_SECONDS", "soon")],
                "CLAVERO__REQUEST_SECONDS: must be a value as TOML",
            ),
            (
                "",
                &[("CLAVERO__REQUEST_SECONDS", "0")],
                "request_seconds (CLAVERO__REQUEST_SECONDS): must be at least 1",
            ),
            (
                "smtp = 1",
                &[("CLAVERO__SMTP__HOST", "h")],
                "smtp (clavero.toml, line 1): must be a table",
            ),
        ];
        for (text, variables, begins) in cases {
            let error = read(text, variables).unwrap_err();
            assert!(error.starts_with(begins), "{error} does not begin with {begins}");
        }
    }

    #[test]
    fn a_value_with_something_behind_it_is_none() {
        let error = read("", &[("CLAVERO__REQUEST_SECONDS", "30\nlisten = 1")]).unwrap_err();
        assert!(error.starts_with("CLAVERO__REQUEST_SECONDS: "), "{error}");
        let error = read("", &[("CLAVERO__SMTP", "{ host = \"h\", colour = 1 }")]).unwrap_err();
        assert!(error.starts_with("smtp.colour (CLAVERO__SMTP): "), "{error}");
    }

    #[test]
    fn numbers_are_held_to_their_bounds() {
        for (value, fits) in [(0, false), (1, true), (60, true), (61, false)] {
            let read = read(&format!("[signatures]\nseconds = {value}"), &[]);
            assert_eq!(read.is_ok(), fits, "{value}: {read:?}");
        }
        let error = read("[signatures]\nseconds = 61", &[]).unwrap_err();
        assert_eq!(
            error,
            "signatures.seconds (clavero.toml, line 2): must be from 1 to 60"
        );
    }

    #[test]
    fn a_value_that_does_not_fit_is_not_told() {
        for (name, field, expected) in [
            ("CLAVERO__SMS__HEADERS", "sms.headers", "must be a map"),
            ("CLAVERO__SMTP__PORT", "smtp.port", "must be u16"),
            (
                "CLAVERO__TRUSTED_PROXIES",
                "trusted_proxies",
                "must be a sequence",
            ),
            ("CLAVERO__SMTP", "smtp", "must be a table"),
        ] {
            // With what could be taken for the end of the message within it.
            let error = read("", &[(name, "\"s3cret, expected s3cret\"")]).unwrap_err();
            assert_eq!(error, format!("{field} ({name}): {expected}"));
            let error = read("", &[(name, "s3cret")]).unwrap_err();
            assert!(error.starts_with(&format!("{name}: must be a value")), "{error}");
            assert!(!error.contains("s3cret"), "{error}");
        }
        for name in [
            "CLAVERO__LISTEN",
            "CLAVERO__METRICS_LISTEN",
            "CLAVERO__SMTP__TLS",
            "CLAVERO__SMS__METHOD",
            "CLAVERO__SMS__NUMBER",
            "CLAVERO__REGISTRIES__SRI__SOURCE",
        ] {
            let error = read("", &[(name, "s3cret")]).unwrap_err();
            assert!(error.contains(name) && !error.contains("s3cret"), "{error}");
        }
        let error = read("[smtp]\ntls = \"s3cret\"", &[]).unwrap_err();
        assert_eq!(
            error,
            "smtp.tls (clavero.toml, line 2): must be one of `none`, `starttls`, `tls`"
        );
        let given = Given::read(None, "database = \"postgres://u:s3cret@h/d\"", Vec::new()).unwrap();
        assert!(!format!("{given:?}").contains("s3cret"));
    }

    #[test]
    fn a_broken_line_is_told_without_what_stands_in_it() {
        let error = read(
            "listen = \"127.0.0.1:1\"\ndatabase = \"postgres://u:s3cret@h",
            &[],
        )
        .unwrap_err();
        assert!(error.starts_with("clavero.toml: line 2, column "), "{error}");
        assert!(!error.contains("s3cret"), "{error}");
    }
}
