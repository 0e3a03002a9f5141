//! `clavero config`: whether a configuration can be used and what is in force by it, and an example of every field.

use super::Config;
use super::declare::{Field, Kind, Secrecy, Section};
use super::document::declaration;
use super::example::{example, section_named, table};
use super::given::{Given, joined};
use super::warnings::{names_password, warnings};
use crate::cli::say;
use crate::clock::Clock;
use crate::notary::check as signatures;
use crate::notifications::sms::Gateway;
use crate::notifications::{Mailbox, Mailer};
use crate::registries;
use anyhow::Context;
use clap::Subcommand;
use reqwest::Url;
use std::path::Path;
use std::process::ExitCode;
use toml::{Table, Value};

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Read the file, the environment and the files they name; print what is in force, without secrets, and every warning. Fails if it
    /// cannot be used. Nobody is connected to: that is what `doctor` does.
    Check,
    /// Print an example of every field, commented, with its default, unit and meaning.
    Example {
        /// The rows of the documentation's table for one section instead (`smtp`; an empty word for the fields outside of sections).
        #[arg(long, value_name = "SECTION")]
        table: Option<String>,
    },
}

/// Runs the command.
pub fn run(command: &ConfigCommand, path: Option<&Path>) -> anyhow::Result<ExitCode> {
    match command {
        ConfigCommand::Example { table: None } => say(&example()),
        ConfigCommand::Example { table: Some(name) } => {
            let section = section_named(name).with_context(|| format!("{name}: there is no such section"))?;
            say(&table(section, name));
        }
        ConfigCommand::Check => return check(path),
    }
    Ok(ExitCode::SUCCESS)
}

fn check(path: Option<&Path>) -> anyhow::Result<ExitCode> {
    let given = Config::given(path)?;
    let folder = Config::folder(path);
    let config = Config::of(&given, folder)?;
    for line in in_force(&given) {
        say(&line);
    }
    for warning in warnings(&config, &given, folder) {
        say(&format!("warn  {warning}"));
    }
    let unusable = unusable(&config);
    for error in &unusable {
        say(&format!("fail  {error}"));
    }
    Ok(if unusable.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What stands in named files and cannot be used: certificates, mappings, anchors.
fn unusable(config: &Config) -> Vec<String> {
    let mut found = Vec::new();
    if let Err(error) = Mailer::of(config, Mailbox::new()) {
        found.push(format!("smtp: {:#}", anyhow::Error::from(error)));
    }
    if let Some(Err(error)) = config.sms.as_ref().map(Gateway::new) {
        found.push(error.to_string());
    }
    let sources = registries::check(&config.registries);
    found.extend(
        sources
            .into_iter()
            .filter_map(Result::err)
            .map(|error| error.to_string()),
    );
    found.extend(signatures::unusable(&config.signatures, Clock::system().now()));
    found
}

/// Each field with its value and where it comes from, in TOML. What is secret is not shown.
pub fn in_force(given: &Given) -> Vec<String> {
    let mut lines = Vec::new();
    tell(declaration(), given, "", &mut lines);
    lines
}

fn tell(section: &Section, given: &Given, prefix: &str, lines: &mut Vec<String>) {
    let defaults = (section.defaults)();
    for field in section.fields {
        let name = joined(prefix, field.name);
        match field.kind {
            Kind::Section(inner) => {
                // A section that is not there has no fields in force, unless it is one that always is.
                if given.value(&name).is_some() || defaults.contains_key(field.name) {
                    tell(inner, given, &name, lines);
                } else {
                    lines.push(format!("# {name}: {}", otherwise(field)));
                }
            }
            Kind::Text | Kind::Value => lines.push(line(field, &name, given, &defaults)),
        }
    }
}

fn line(field: &Field, name: &str, given: &Given, defaults: &Table) -> String {
    if let Some(value) = given.value(name) {
        let origin = given.origin(name).told().unwrap_or_default();
        return format!("{name} = {}  # {origin}", shown(field, value));
    }
    match defaults.get(field.name) {
        Some(value) => format!("{name} = {value}  # default"),
        None => format!("# {name}: {}", otherwise(field)),
    }
}

fn otherwise(field: &Field) -> String {
    field.otherwise.unwrap_or_default().replace('`', "")
}

/// What stands for what is not shown.
const HIDDEN: &str = "••••";

/// The value without what is secret of it.
fn shown(field: &Field, value: &Value) -> String {
    let shown = match (field.secrecy, value) {
        (None | Some(Secrecy::File), value) => return value.to_string(),
        (Some(Secrecy::Password), Value::String(address)) => without_password(address),
        (Some(Secrecy::BehindHost), Value::String(address)) => up_to_host(address),
        (Some(Secrecy::Values), Value::Table(table)) => {
            let hidden = table.keys().map(|name| (name.clone(), Value::from(HIDDEN)));
            return Value::Table(hidden.collect()).to_string();
        }
        (Some(Secrecy::Password | Secrecy::BehindHost | Secrecy::Values | Secrecy::Whole), _) => {
            HIDDEN.to_owned()
        }
    };
    Value::String(shown).to_string()
}

/// An address of a database without its password, whether that stands before the host or in the query, where PostgreSQL takes one too.
fn without_password(address: &str) -> String {
    if address.starts_with("sqlite:") {
        return address.to_owned();
    }
    let Some(url) = understood(address) else {
        return HIDDEN.to_owned();
    };
    let password = url.password().map(|_| format!(":{HIDDEN}")).unwrap_or_default();
    let user = match url.username() {
        "" => String::new(),
        user => format!("{user}{password}@"),
    };
    let query = match url.query() {
        None => String::new(),
        Some(_) if names_password(&url) => format!("?{HIDDEN}"),
        Some(query) => format!("?{query}"),
    };
    format!("{}://{user}{}{}{query}", url.scheme(), host(&url), url.path())
}

/// An address up to its host.
fn up_to_host(address: &str) -> String {
    let Some(url) = understood(address) else {
        return HIDDEN.to_owned();
    };
    let behind = match (url.path(), url.query()) {
        ("" | "/", None) => "",
        _ => HIDDEN,
    };
    format!("{}://{}/{behind}", url.scheme(), host(&url))
}

/// The parts of an address, if it can be told what they are: with a letter in its password that should have been escaped, half of that stands
/// where the host or the path should.
fn understood(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let behind = [Some(url.path()), url.query(), url.fragment()];
    let misplaced = behind.into_iter().flatten().any(|part| part.contains('@'));
    (url.has_host() && !misplaced && url.fragment().is_none()).then_some(url)
}

fn host(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", url.host_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, variables: &[(&str, &str)]) -> String {
        let variables = variables
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        in_force(&Given::read(None, text, variables).unwrap()).join("\n")
    }

    #[test]
    fn what_is_in_force_is_told_with_its_place() {
        let text = told(
            "listen = \"127.0.0.1:1\"\n[smtp]\nhost = \"a\"\nfrom = \"a@b.c\"",
            &[("CLAVERO__SMTP__HOST", "mail.example.ec")],
        );
        for line in [
            "listen = \"127.0.0.1:1\"  # line 1",
            "smtp.host = \"mail.example.ec\"  # CLAVERO__SMTP__HOST",
            "smtp.from = \"a@b.c\"  # line 4",
            "smtp.timeout_seconds = 15  # default",
            "# smtp.user: nobody",
            "# sms: none",
            "registries.deadline_millis = 10000  # default",
        ] {
            assert!(text.lines().any(|told| told == line), "{line} is not in:\n{text}");
        }
        assert!(toml::from_str::<Table>(&text).is_ok(), "{text}");
    }

    #[test]
    fn no_secret_is_told() {
        for address in [
            "postgres://u:s3cret@h/d",
            "postgres://u:s3:cr@et@h/d?sslmode=require",
            "postgresql://u@h/d?password=s3cret",
        ] {
            let text = told(&format!("database = \"{address}\""), &[]);
            assert!(!text.contains("s3") && !text.contains("et@"), "{text}");
            assert!(text.contains("://u"), "{text}");
        }
        // What is malformed is shown not at all: where the password ends cannot be told.
        for address in [
            "postgres://u:s3?cret@h/d",
            "postgres://u:12?s3cret@h/d",
            "postgres://u:12/s3cret@h/d",
            "postgres://u:12#s3cret@h/d",
            "postgres://u:12#s3cret",
            "postgres://u:s3cret#@h/d",
            "postgres:u:s3cret@h/d",
            "postgres:///d?password=s3cret",
        ] {
            let text = told(&format!("database = \"{address}\""), &[]);
            assert!(text.contains("database = \"••••\""), "{text}");
        }
        for (address, shown) in [
            (
                "postgres://u@h:5433/d?sslmode=require",
                "postgres://u@h:5433/d?sslmode=require",
            ),
            ("postgres://u:s3cret@[::1]/d", "postgres://u:••••@[::1]/d"),
            ("postgres://u@h/d?p%61ssword=s3cret", "postgres://u@h/d?••••"),
        ] {
            let text = told(&format!("database = \"{address}\""), &[]);
            assert!(text.contains(&format!("database = \"{shown}\"")), "{text}");
        }
        let text = told(
            "[sms]\nurl = \"https://g.example/s3cret/send?key=s3cret\"\nbody = \"s3cret\"\nheaders = { Authorization = \"s3cret\" }",
            &[],
        );
        assert!(!text.contains("s3cret"), "{text}");
        assert!(
            text.contains("\"https://g.example/••••\"") && text.contains("Authorization"),
            "{text}"
        );
        let text = told("[sms]\nurl = \"https://g.example:8443/\"", &[]);
        assert!(text.contains("\"https://g.example:8443/\""), "{text}");
        assert!(told("database = \"sqlite:/srv/a.db\"", &[]).contains("sqlite:/srv/a.db"));
    }
}
