//! The endpoint that tests whether our mails arrive, before anything depends on it.

use crate::captcha::Solution;
use crate::endpoint;
use crate::i18n::Language;
use crate::identifiers::{Email, Phone};
use crate::secrets::Secret;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

endpoint!(
    /// Sends a fixed text to an address that the visitor types. It is answered alike whatever becomes of it, and never
    /// has to do with a registered address.
    TestDeliverability, Post "/deliverability-tests", "Send a fixed test mail to a given address.",
    DeliverabilityTest => DeliverabilityTestAccepted
);
endpoint!(
    /// What the demo would have sent. Where everything is sent there is no such address.
    ListMailbox, Get "/mailbox", "List the messages that the demo would have sent, newest first.", () => MailboxView
);

/// Where to send the test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeliverabilityTest {
    /// The address the visitor typed.
    pub address: Email,
    /// The language of the mail.
    pub language: Language,
    /// A solved captcha for this purpose.
    pub captcha: Solution,
}

/// The request was taken; nothing is told of what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliverabilityTestAccepted {
    /// The sender's address, to look for in the mailbox and to let through.
    pub sender: String,
}

/// The demo's mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailboxView {
    /// The last mails, newest first.
    pub mails: Vec<MailboxEntry>,
    /// The last text messages, newest first.
    pub texts: Vec<MailboxText>,
}

/// A mail that the demo would have sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailboxEntry {
    /// Whom it is for.
    pub to: Email,
    /// When it was written.
    pub date: Timestamp,
    /// The language it is written in.
    pub language: Language,
    /// The subject.
    pub subject: String,
    /// The plain part; it may hold a link that works.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub text: Secret<String>,
    /// The HTML part; it may hold a link that works.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub html: Secret<String>,
}

/// A text message that the demo would have sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailboxText {
    /// Whom it is for.
    pub to: Phone,
    /// When it was written.
    pub date: Timestamp,
    /// The language it is written in.
    pub language: Language,
    /// What it says; it may hold a link that works.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub text: Secret<String>,
}
