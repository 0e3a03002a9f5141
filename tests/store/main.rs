//! Every store function on both databases, and the schemas themselves.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

mod accounts;
mod audit;
mod backup;
mod captcha;
mod centres;
mod challenges;
mod contacts;
mod delegates;
mod documents;
mod faults;
mod keys;
mod limits;
mod machine;
mod messages;
mod notary;
mod notifications;
mod passkeys;
mod recovery;
mod registries;
mod reminder;
mod schema;
mod sessions;
mod signatures;
mod sms;
mod smtp;
mod staff;
mod unlock;
