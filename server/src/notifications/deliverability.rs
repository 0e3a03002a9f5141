//! The test mail ("correo de prueba") that anybody may ask for to see whether ours arrive.
//!
//! Invariants: it costs a captcha; a mailbox gets so many an hour however its address is spelt; what is asked for beyond a
//! limit of the mailbox, or of all test mails together, is answered the same and not queued.

use crate::app::App;
use crate::http::limits::{self, Bucket};
use crate::http::{Failure, Source};
use crate::notifications::{Address, Content, NewMessage, Recipient, budget, service};
use shared::captcha;
use shared::identifiers::Email;
use shared::notifications::api::{DeliverabilityTest, DeliverabilityTestAccepted};
use shared::time::Timestamp;
use std::time::Duration;

/// How long a test mail is tried, and so how long at most the typed address is stored.
const LIFETIME: Duration = Duration::from_hours(1);

/// Queues a test mail to an address that a visitor typed, after the captcha. Whether one was really queued is not told.
pub async fn ask(
    app: &App,
    request: DeliverabilityTest,
    source: Source,
    now: Timestamp,
) -> Result<DeliverabilityTestAccepted, Failure> {
    let DeliverabilityTest {
        address,
        language,
        captcha: solution,
    } = request;
    let subject = captcha::Subject::MailTest {
        address: address.clone(),
    };
    crate::captcha::service::consume(app, &solution, &subject, source, now).await?;
    let limits = &app.policy.limits;
    let network = source.network();
    let from = Bucket::new("mail test source", network.as_bytes());
    limits::hit(app, now, from, limits.per_identifier).await?;
    if has_room(app, &address, now).await? {
        let message = NewMessage {
            content: Content::DeliverabilityTest,
            recipient: Recipient::Typed {
                address: Address::Email(address),
                account: None,
            },
            case: None,
            language,
            expires_at: now.after(LIFETIME),
        };
        let mut tx = app.store.write().await?;
        service::queue(app, &mut tx, &message, now).await?;
        tx.commit().await?;
        app.notifications.wake();
    }
    Ok(DeliverabilityTestAccepted {
        sender: app.config.sender().to_owned(),
    })
}

/// Counts one for the mailbox, and one for all where the mailbox may have it: one mailbox cannot use up everybody's.
async fn has_room(app: &App, address: &Email, now: Timestamp) -> Result<bool, Failure> {
    let limits = &app.policy.limits;
    let mailbox = mailbox(address);
    let of_mailbox = Bucket::new("mail test", mailbox.as_bytes());
    let of_all = Bucket::new("mail tests", b"all");
    Ok(limits::count(app, now, of_mailbox, limits.per_destination)
        .await?
        .is_allowed()
        && limits::count(app, now, of_all, budget::tests(limits))
            .await?
            .is_allowed())
}

/// Under which name a mailbox is counted: what stands behind a plus is left out (RFC 5233 calls it the detail), and case
/// counts as nothing. Only for counting; the mail goes to the address as it was typed. Other ways in which one provider or
/// another takes several addresses for one (dots, for example) are not guessed at: elsewhere they are two people (ADR 78).
pub fn mailbox(address: &Email) -> String {
    let local = address.local_part();
    let user = match local.split_once('+') {
        // An address that begins with a plus has no user before it.
        None | Some(("", _)) => local,
        Some((user, _detail)) => user,
    };
    format!("{user}@{}", address.domain()).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mailbox_has_one_name() {
        let name = |address: &str| mailbox(&address.parse().unwrap());
        for spelling in [
            "ana@correo.example",
            "ANA@Correo.Example",
            "ana+uno@correo.example",
            "Ana+dos+tres@correo.example",
            "ana+@correo.example",
        ] {
            assert_eq!(name(spelling), "ana@correo.example", "{spelling}");
        }
        for other in ["a.na@correo.example", "ana@otro.example", "anab@correo.example"] {
            assert_ne!(name(other), "ana@correo.example", "{other}");
        }
        assert_eq!(name("+ana@correo.example"), "+ana@correo.example");
        assert_ne!(name("+ana@correo.example"), name("+eva@correo.example"));
    }
}
