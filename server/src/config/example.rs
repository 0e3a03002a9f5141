//! The commented example of every field, and the tables of the documentation: both written from the declaration.

use super::declare::{Field, Kind, Section};
use super::document::declaration;
use super::given::{joined, variable_of};
use std::fmt::Write as _;
use std::ptr;
use toml::{Table, Value};

/// A TOML file with every field, its meaning, unit and default. All of it is commented out: as it stands it changes nothing.
pub fn example() -> String {
    let mut text = format!(
        "# Clavero's configuration: every field, with its default. Take the # away before a field to set it.\n\
         # Each can be set by a variable of the environment too, which is stronger: {} for smtp.host.\n\
         # Texts stand in a variable as they are; numbers, truths, lists and tables as TOML writes them.\n\
         # Paths that are relative start at this file's folder. Try it: clavero --config FILE config check\n",
        variable_of("smtp.host")
    );
    write_section(&mut text, declaration(), "", &mut Vec::new());
    text
}

/// The rows of the documentation's table for a section and those within it. `within` is how the section is called there.
pub fn table(section: &Section, within: &str) -> String {
    let mut text = String::new();
    let defaults = (section.defaults)();
    for field in section.fields {
        let name = joined(within, field.name);
        match field.kind {
            Kind::Section(_) => {}
            Kind::Text | Kind::Value => {
                let default = match defaults.get(field.name) {
                    Some(value) => shown_default(value),
                    None => field.otherwise.unwrap_or_default().to_owned(),
                };
                let meaning = [sentence(field.meaning), counts(field)].join(" ");
                let _infallible = writeln!(text, "| `{name}` | {default} | {} |", meaning.trim());
            }
        }
    }
    text
}

/// The section of this name; the outermost for an empty one.
pub fn section_named(name: &str) -> Option<&'static Section> {
    let mut section = declaration();
    for segment in name.split('.').filter(|segment| !segment.is_empty()) {
        match section.field(segment)?.kind {
            Kind::Section(inner) => section = inner,
            Kind::Text | Kind::Value => return None,
        }
    }
    Some(section)
}

fn write_section(
    text: &mut String,
    section: &'static Section,
    prefix: &str,
    told: &mut Vec<&'static Section>,
) {
    let again = told.iter().any(|one| ptr::eq(one.fields, section.fields));
    told.push(section);
    let defaults = (section.defaults)();
    let is_leaf = |field: &&Field| match field.kind {
        Kind::Section(_) => false,
        Kind::Text | Kind::Value => true,
    };
    for field in section.fields.iter().filter(is_leaf) {
        if !again {
            text.push('\n');
            write_meaning(text, field, &defaults);
        }
        let value = match defaults.get(field.name) {
            Some(value) => value.to_string(),
            None => field.example.unwrap_or_default().to_owned(),
        };
        let _infallible = writeln!(text, "#{} = {value}", field.name);
    }
    for field in section.fields {
        if let Kind::Section(inner) = field.kind {
            let name = joined(prefix, field.name);
            text.push('\n');
            write_lines(text, field.meaning);
            if let Some(otherwise) = field.otherwise {
                let _infallible = writeln!(text, "# Without it: {otherwise}.");
            }
            if told.iter().any(|one| ptr::eq(one.fields, inner.fields)) {
                text.push_str("# Its fields are those of the section before.\n");
            }
            let _infallible = writeln!(text, "#[{name}]");
            write_section(text, inner, &name, told);
        }
    }
}

fn write_meaning(text: &mut String, field: &Field, defaults: &Table) {
    write_lines(text, field.meaning);
    let counts = counts(field);
    if !counts.is_empty() {
        let _infallible = writeln!(text, "# {counts}");
    }
    if !defaults.contains_key(field.name) {
        let otherwise = field.otherwise.unwrap_or_default().replace('`', "");
        let _infallible = match otherwise.strip_prefix("required") {
            Some(rest) => writeln!(text, "# Required{rest}."),
            None => writeln!(text, "# Default: {otherwise}."),
        };
    }
}

fn write_lines(text: &mut String, lines: &[&str]) {
    for line in lines {
        let _infallible = writeln!(text, "# {}", line.trim().replace('`', ""));
    }
}

fn sentence(lines: &[&str]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| line.trim()).collect();
    lines.join(" ")
}

/// `In seconds, 1 to 60.`
fn counts(field: &Field) -> String {
    let unit = field.unit.map(|unit| format!("In {unit}"));
    let bounds = match (field.least, field.most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("at least {least}")),
        (None, Some(most)) => Some(format!("at most {most}")),
        (None, None) => None,
    };
    match (unit, bounds) {
        (Some(unit), Some(bounds)) => format!("{unit}, {bounds}."),
        (Some(one), None) => format!("{one}."),
        (None, Some(bounds)) => format!("From {bounds}."),
        (None, None) => String::new(),
    }
}

fn shown_default(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "none".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Array(list) if list.is_empty() => "none".to_owned(),
        Value::Table(table) if table.is_empty() => "none".to_owned(),
        Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_)
        | Value::Array(_)
        | Value::Table(_) => format!("`{value}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::given::Given;
    use crate::config::{Config, ConfigError};
    use std::path::Path;

    fn repository(file: &str) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
        std::fs::read_to_string(path).unwrap()
    }

    /// The file as it would be with every field set.
    fn uncommented(text: &str) -> String {
        let lines = text.lines().map(|line| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') => rest,
            Some(_) => "",
            None => line,
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn each_field(section: &'static Section, seen: &mut dyn FnMut(&'static Section, &'static Field)) {
        for field in section.fields {
            seen(section, field);
            if let Kind::Section(inner) = field.kind {
                each_field(inner, seen);
            }
        }
    }

    #[test]
    fn the_example_changes_nothing_until_a_field_is_set() {
        assert!(Given::read(None, &example(), Vec::new()).unwrap().is_empty());
    }

    #[test]
    fn every_field_of_the_example_can_be_set() {
        let given = Given::read(None, &uncommented(&example()), Vec::new()).unwrap();
        let document = given.document().unwrap();
        let written = Table::try_from(document).unwrap();
        let mut missing = Vec::new();
        names(declaration(), "", &mut |name| {
            if given.value(name).is_none() {
                missing.push(name.to_owned());
            }
        });
        assert!(missing.is_empty(), "not in the example: {missing:?}");
        assert_eq!(written.len(), declaration().fields.len());
    }

    fn names(section: &Section, prefix: &str, seen: &mut dyn FnMut(&str)) {
        for field in section.fields {
            let name = joined(prefix, field.name);
            match field.kind {
                Kind::Section(inner) => names(inner, &name, seen),
                Kind::Text | Kind::Value => seen(&name),
            }
        }
    }

    #[test]
    fn each_field_says_what_it_means_and_what_holds_without_it() {
        each_field(declaration(), &mut |section, field| {
            let name = field.name;
            assert!(!sentence(field.meaning).is_empty(), "{name} means nothing");
            let default = (section.defaults)();
            let is_section = matches!(field.kind, Kind::Section(_));
            match default.get(name) {
                None => {
                    assert!(field.otherwise.is_some(), "{name}: what holds without it?");
                    assert!(is_section || field.example.is_some(), "{name} has no example");
                }
                Some(Value::Integer(number)) => {
                    assert!(field.unit.is_some(), "{name} has no unit");
                    assert!(field.least.is_none_or(|least| least <= *number), "{name}");
                    assert!(field.most.is_none_or(|most| *number <= most), "{name}");
                }
                Some(_) => {}
            }
        });
    }

    #[test]
    fn the_documentation_says_what_is_declared() {
        for (section, within, file) in [
            ("", "", "docs/OPERATIONS.md"),
            ("institution", "institution", "docs/OPERATIONS.md"),
            ("smtp", "smtp", "docs/OPERATIONS.md"),
            ("sms", "sms", "docs/OPERATIONS.md"),
            ("sms.success", "sms.success", "docs/OPERATIONS.md"),
            ("sms.retry", "sms.retry", "docs/OPERATIONS.md"),
            ("signatures", "signatures", "docs/OPERATIONS.md"),
            ("registries", "registries", "docs/OPERATIONS.md"),
            ("registries.sri", "registries.NAME", "docs/REGISTRIES.md"),
        ] {
            let rows = table(section_named(section).unwrap(), within);
            assert!(!rows.is_empty());
            assert!(
                repository(file).contains(&rows),
                "{file} needs these rows, as `clavero config example --table {section}` writes them:\n{rows}"
            );
        }
    }

    #[test]
    fn the_files_that_are_shipped_name_fields_that_there_are() {
        for file in [
            "packaging/clavero.toml",
            "packaging/container/clavero.toml",
            "packaging/container/compose.toml",
        ] {
            let shipped = repository(file);
            let as_it_stands = Config::parse(&shipped, Path::new("/nonexistent")).unwrap();
            assert_eq!(as_it_stands.data_dir, Path::new("/var/lib/clavero"), "{file}");
            let given = Given::read(None, &uncommented(&shipped), Vec::new()).unwrap();
            given.document().unwrap();
            match Config::of(&given, Path::new("/nonexistent")) {
                Ok(_) | Err(ConfigError::Unreadable { .. }) => {}
                Err(
                    error @ (ConfigError::Malformed { .. }
                    | ConfigError::Variable { .. }
                    | ConfigError::Field { .. }),
                ) => {
                    panic!("{file}: {error}")
                }
            }
        }
    }
}
