//! The configuration as it is written: the fields outside of sections, and the sections that belong to no slice.

use super::Tls;
use super::declare::{Kind, Secrecy, Section, Told, section, told};
use crate::notary::config::Section as SignaturesSection;
use crate::notifications::sms::config::Section as SmsSection;
use crate::registries::config::Section as RegistriesSection;
use crate::traces::Section as TracesSection;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

told!(Text: Tls);

section! {
    /// Every field of Clavero's configuration.
    pub(crate) struct Document {
        /// Where to listen: address and port.
        listen: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
        /// Where people reach the site: scheme, host, perhaps a port. Links in mails begin with it, never with a Host header; writes
        /// from any other origin are refused. https:// unless the host is localhost. Passkeys belong to its host: with another one,
        /// nobody's works any more.
        public_url: Option<String> = None,
            otherwise "http://localhost and the port of `listen`",
            example "\"https://clave.example.ec\"";
        /// The database: sqlite: and a path, or postgres://user@host/database.
        database: Option<String> = None,
            otherwise "SQLite, in `data_dir`",
            example "\"postgres://clavero@localhost/clavero?host=/run/postgresql\"",
            secrecy Secrecy::Password;
        /// A file with the password of the user in `database`, and nothing else. For PostgreSQL only.
        database_password_file: Option<PathBuf> = None,
            otherwise "none",
            example "\"/etc/clavero/database-password\"",
            secrecy Secrecy::File;
        /// The folder with the keys, the documents (encrypted) and, with SQLite, the database.
        data_dir: PathBuf = PathBuf::from("clavero-data");
        /// A profile (2026, standards), or a file made from `clavero policy show`.
        policy: String = "2026".to_owned();
        /// Addresses and networks of proxies whose X-Forwarded-For is believed.
        trusted_proxies: Vec<String> = Vec::new();
        /// When a request is answered with a time-out. Must be more than `registries.deadline_millis`.
        request_seconds: u64 = 30, unit "seconds", least 1;
        /// Where appointments by video meet: https, a fixed host, and {room} once. Better a server of the institution's own, with its
        /// lobby on.
        video_room: String = "https://meet.jit.si/{room}".to_owned();
        /// Where Prometheus reads GET /metrics. Keep it off the internet: it asks nobody who they are.
        metrics_listen: Option<SocketAddr> = None, otherwise "nowhere", example "\"127.0.0.1:9100\"";
        /// Traces for a collector. Without it none is made.
        traces: Option<TracesSection> = None, otherwise "none";
        /// Who runs it. All three fields together.
        institution: Option<InstitutionSection> = None, otherwise "a demonstration";
        /// The mail server. Without it, mails end in the built-in mailbox at /mailbox: for demonstrations only.
        smtp: Option<SmtpSection> = None, otherwise "none";
        /// The gateway for text messages. Without it, and without a mail server, they end in /mailbox; with a mail server alone none is sent.
        sms: Option<SmsSection> = None, otherwise "none";
        /// Whose signatures count, whom we ask about revocation, what an examination may cost.
        signatures: SignaturesSection = SignaturesSection::default();
        /// Where official records come from.
        registries: RegistriesSection = RegistriesSection::default();
    }
}

section! {
    /// Who runs it.
    pub(crate) struct InstitutionSection {
        /// Its name, up to 120 characters.
        name: Option<String> = None, otherwise "required", example "\"Instituto de ejemplo\"";
        /// Where people turn: a telephone number, an address, a page; up to 200 characters.
        contact: Option<String> = None, otherwise "required", example "\"02 000 0000\"";
        /// Whether it is the institution itself. Otherwise every page says that it is not an official site of the IESS.
        official: Option<bool> = None, otherwise "required", example "false";
    }
}

section! {
    /// The mail server.
    pub(crate) struct SmtpSection {
        /// Its name.
        host: Option<String> = None, otherwise "required", example "\"mail.example.ec\"";
        /// Its port.
        port: Option<u16> = None, otherwise "25, 587 or 465, by `smtp.tls`", example "587", least 1, most 65535;
        /// How the connection is protected: none (this machine only), starttls (must succeed), tls (from the first byte).
        tls: Tls = Tls::StartTls;
        /// Whom to sign in as. Together with `smtp.password_file`.
        user: Option<String> = None, otherwise "nobody", example "\"clavero\"";
        /// A file with the password, and nothing else.
        password_file: Option<PathBuf> = None,
            otherwise "none",
            example "\"/etc/clavero/smtp-password\"",
            secrecy Secrecy::File;
        /// A certificate (PEM) to trust beside the system's.
        ca_file: Option<PathBuf> = None, otherwise "none", example "\"/etc/clavero/smtp-ca.pem\"";
        /// How long the conversation may stand still.
        timeout_seconds: u64 = 15, unit "seconds", least 1;
        /// The sender. Tell it to your mail filter's administrators; the portal tells it to people.
        from: Option<String> = None, otherwise "required", example "\"clavero@example.ec\"";
    }
}

/// The declaration of all of it.
pub fn declaration() -> &'static Section {
    match Document::KIND {
        Kind::Section(section) => section,
        Kind::Text | Kind::Value => unreachable!("the document is a section"),
    }
}
