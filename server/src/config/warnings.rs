//! What the operator should know of a configuration that can be used.

use super::declare::{Kind, Secrecy, Section};
use super::document::declaration;
use super::given::joined;
use super::{Config, Given, Tls, environment};
use reqwest::Url;
use std::net::IpAddr;
use std::path::Path;
use toml::Value;

/// Every warning, with its field; in the order of the fields.
pub fn warnings(config: &Config, given: &Given, folder: &Path) -> Vec<String> {
    let mut found = general(config, given);
    found.extend(mail(config));
    found.extend(secrets_in_the_open(given));
    readable_secrets(declaration(), given, "", folder, &mut found);
    found.extend(environment::unread().into_iter().map(|name| {
        format!("{name}: nobody reads this variable; those of fields have two underscores between levels")
    }));
    found
}

fn general(config: &Config, given: &Given) -> Vec<String> {
    let mut found = Vec::new();
    let mut warn = |when: bool, text: &str| {
        if when {
            found.push(text.to_owned());
        }
    };
    warn(
        !config.public_url.is_secure(),
        "public_url: is http://, so that only browsers on this machine can use it",
    );
    warn(
        config.public_url.is_secure() && config.trusted_proxies.is_empty(),
        "trusted_proxies: is empty, but somebody in front does TLS: all people are one source for the limits",
    );
    warn(
        config
            .trusted_proxies
            .iter()
            .any(|network| network.prefix_len() == 0),
        "trusted_proxies: believes everybody, so that anybody may claim any address",
    );
    warn(
        config
            .metrics_listen
            .is_some_and(|address| !address.ip().is_loopback()),
        "metrics_listen: is not this machine alone, and asks nobody who they are: keep others away by the network",
    );
    warn(
        given.value("institution").is_none(),
        "institution: is the demonstration's",
    );
    warn(
        config.signatures.longest() + config.registries.deadline >= config.request_timeout,
        "request_seconds: an examination of a signed request may take longer: shorten signatures.seconds or .fetch_seconds",
    );
    warn(
        config.signatures.anchors.is_none(),
        "signatures.anchors: is missing: every signature is refused as one of an unknown authority",
    );
    found
}

fn mail(config: &Config) -> Option<String> {
    let Some(smtp) = &config.smtp else {
        return Some("smtp: is missing: mails are shown at /mailbox and go nowhere".to_owned());
    };
    let here = smtp.host == "localhost"
        || smtp
            .host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    (smtp.tls == Tls::None && !here)
        .then(|| "smtp.tls: is none, so that links travel in the clear to another machine".to_owned())
}

/// Secrets that stand in the configuration instead of in a file.
fn secrets_in_the_open(given: &Given) -> Vec<String> {
    let mut found = Vec::new();
    let password = given
        .value("database")
        .and_then(Value::as_str)
        .and_then(|address| Url::parse(address).ok())
        .is_some_and(|address| address.password().is_some() || names_password(&address));
    if password {
        found.push(
            "database: holds a password: put it into a file, and name that in database_password_file"
                .to_owned(),
        );
    }
    let headers = given.value("sms.headers").and_then(Value::as_table);
    for (name, value) in headers.into_iter().flatten() {
        let names_a_secret = ["authorization", "key", "token", "secret"]
            .iter()
            .any(|word| name.to_ascii_lowercase().contains(word));
        if names_a_secret && !value.as_str().is_some_and(|text| text.contains("{token}")) {
            found.push(format!(
                "sms.headers.{name}: looks like a secret: put it into a file, name that in sms.token_file, and write {{token}} here"
            ));
        }
    }
    found
}

/// Whether the query of an address has a password, which PostgreSQL takes there too.
pub(super) fn names_password(address: &Url) -> bool {
    address
        .query_pairs()
        .any(|(name, _)| name.to_ascii_lowercase().contains("password"))
}

/// Secrets in files that anybody on the machine may read.
fn readable_secrets(section: &Section, given: &Given, prefix: &str, folder: &Path, found: &mut Vec<String>) {
    for field in section.fields {
        let name = joined(prefix, field.name);
        match (field.kind, field.secrecy) {
            (Kind::Section(inner), _) => readable_secrets(inner, given, &name, folder, found),
            (Kind::Text | Kind::Value, Some(Secrecy::File)) => {
                let file = given.value(&name).and_then(Value::as_str);
                if let Some(path) = file
                    .map(|file| folder.join(file))
                    .filter(|path| open_to_all(path))
                {
                    found.push(format!(
                        "{name}: {} can be read by everybody: chmod o-rwx",
                        path.display()
                    ));
                }
            }
            (
                Kind::Text | Kind::Value,
                Some(Secrecy::Password | Secrecy::BehindHost | Secrecy::Values | Secrecy::Whole) | None,
            ) => {}
        }
    }
}

#[cfg(unix)]
fn open_to_all(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o007 != 0)
}

/// On other systems the folder's access list is the operator's task.
#[cfg(not(unix))]
fn open_to_all(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, folder: &Path) -> Vec<String> {
        let given = Given::read(None, text, Vec::new()).unwrap();
        let config = Config::of(&given, folder).unwrap();
        let mut found = warnings(&config, &given, folder);
        found.retain(|warning| !warning.starts_with("CLAVERO_"));
        found
    }

    const GOOD: &str = "public_url = \"https://clave.example.ec\"\ntrusted_proxies = [\"127.0.0.1\"]\n\
        [institution]\nname = \"x\"\ncontact = \"y\"\nofficial = false\n\
        [smtp]\nhost = \"mail.example.ec\"\nfrom = \"a@example.ec\"\n\
        [signatures]\nanchors = \"anchors\"\n";

    #[test]
    fn a_careful_configuration_has_no_warning() {
        assert_eq!(told(GOOD, Path::new("/nonexistent")), Vec::<String>::new());
    }

    #[test]
    fn each_carelessness_is_told_with_its_field() {
        for (from, to, field) in [
            ("https://clave.example.ec", "http://localhost:8080", "public_url:"),
            ("[\"127.0.0.1\"]", "[]", "trusted_proxies:"),
            ("[\"127.0.0.1\"]", "[\"0.0.0.0/0\"]", "trusted_proxies:"),
            (
                "[institution]",
                "metrics_listen = \"10.0.0.1:9100\"\n[institution]",
                "metrics_listen:",
            ),
            (
                "[institution]",
                "request_seconds = 20\n[institution]",
                "request_seconds:",
            ),
            (
                "[institution]",
                "database = \"postgres://u:p@h/d\"\n[institution]",
                "database:",
            ),
            (
                "[institution]",
                "database = \"postgres://u@h/d?password=p\"\n[institution]",
                "database:",
            ),
            ("[smtp]", "[smtp]\ntls = \"none\"", "smtp.tls:"),
            ("anchors = \"anchors\"\n", "", "signatures.anchors:"),
            (
                "[signatures]",
                "[sms]\nurl = \"https://g.example/?n={number}&t={text}\"\nmethod = \"GET\"\n\
                 headers = { X-Api-Key = \"abc\" }\n[signatures]",
                "sms.headers.X-Api-Key:",
            ),
        ] {
            let found = told(&GOOD.replace(from, to), Path::new("/nonexistent"));
            assert_eq!(found.len(), 1, "{to}: {found:?}");
            assert!(found[0].starts_with(field), "{found:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_that_everybody_may_read_is_told() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "s3cret").unwrap();
        let text = GOOD.replace("[smtp]", "[smtp]\nuser = \"u\"\npassword_file = \"secret\"");
        for (mode, told_of) in [(0o640, 0), (0o644, 1), (0o600, 0), (0o602, 1)] {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
            let found = told(&text, folder.path());
            assert_eq!(found.len(), told_of, "{mode:o}: {found:?}");
            assert!(
                found
                    .iter()
                    .all(|warning| warning.starts_with("smtp.password_file:"))
            );
        }
    }
}
