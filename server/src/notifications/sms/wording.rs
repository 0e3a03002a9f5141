//! What text messages say: one line, what happened to which account, and one link.

use crate::config::PublicUrl;
use crate::notifications::letter::{self, Unwritable, pages};
use crate::notifications::{Content, Fresh, Life};
use shared::i18n::{Language, Text};
use shared::notifications::gsm;
use shared::secrets::Secret;

/// The text of one message.
///
/// # Errors
/// A message that goes by mail only, or one whose link was not made.
pub(crate) fn text(
    public_url: &PublicUrl,
    text: Text,
    content: &Content,
    fresh: &Fresh,
) -> Result<String, Unwritable> {
    let link = |page| {
        let made = fresh.link.as_ref().ok_or(Unwritable::NoLink)?;
        Ok::<_, Unwritable>((letter::address(public_url, page, &made.token), made.life))
    };
    let freeze = || {
        let made = fresh.freeze.as_ref().ok_or(Unwritable::NoLink)?;
        Ok::<_, Unwritable>(letter::address(public_url, pages::FREEZE, &made.token))
    };
    Ok(match content {
        Content::UnlockLink {
            unlock: _,
            reference,
            employer,
            at: _,
        } => {
            let (url, life) = link(pages::UNLOCK_LINK)?;
            let seconds = match life {
                Life::FromAcceptance(seconds) => seconds,
                Life::Until(_) => return Err(Unwritable::NoLink),
            };
            text.notifications_sms_unlock(letter::duration(text, seconds), short(employer), reference, url)
        }
        Content::ContactConfirmation {
            change: _,
            employer,
            at: _,
        } => text.notifications_sms_contact_confirm(short(employer), link(pages::CONTACT)?.0),
        // One link fits into a text message: the one that cancels. The mail has both.
        Content::ContactChangeHeld { employer, .. } => {
            text.notifications_sms_contact_held(short(employer), link(pages::CONTACT_CANCEL)?.0)
        }
        Content::PasswordChanged { employer, .. } | Content::PasswordReplaced { employer, .. } => {
            text.notifications_sms_password(short(employer), freeze()?)
        }
        Content::RecoverySuspended { employer, .. } => {
            text.notifications_sms_suspended(short(employer), freeze()?)
        }
        Content::AccountFrozen { employer, .. } => text.notifications_sms_frozen(short(employer)),
        Content::AccountBlocked { employer, .. } => {
            text.notifications_sms_blocked(short(employer), freeze()?)
        }
        Content::AccountUnlocked { employer, .. } => {
            text.notifications_sms_unlocked(short(employer), freeze()?)
        }
        Content::ContactChanged { employer, .. } => {
            text.notifications_sms_contact_changed(short(employer), freeze()?)
        }
        Content::ContactChangeCancelled { employer, .. } => {
            text.notifications_sms_contact_cancelled(short(employer), freeze()?)
        }
        Content::DelegateAdded { employer, .. } => {
            text.notifications_sms_delegate_added(short(employer), freeze()?)
        }
        Content::DelegateBlocked { employer, .. } => {
            text.notifications_sms_delegate_blocked(short(employer), freeze()?)
        }
        Content::DelegateEnded { employer, .. } => {
            text.notifications_sms_delegate_ended(short(employer), freeze()?)
        }
        Content::PasskeyAdded { employer, .. } => {
            text.notifications_sms_passkey_added(short(employer), freeze()?)
        }
        Content::PasskeyRemoved { employer, .. } => {
            text.notifications_sms_passkey_removed(short(employer), freeze()?)
        }
        Content::PasskeySuspected { employer, .. } => {
            text.notifications_sms_passkey_suspected(short(employer), freeze()?)
        }
        Content::SignatureReferred { employer, .. } => {
            text.notifications_sms_referred(short(employer), freeze()?)
        }
        Content::SignatureDecided { employer, .. } => {
            text.notifications_sms_decided(short(employer), freeze()?)
        }
        Content::DataRequestDone { employer, .. } => text.notifications_sms_data(short(employer), freeze()?),
        Content::AccountThawed { employer, .. } => text.notifications_sms_thawed(short(employer), freeze()?),
        Content::RecoveryLink { .. }
        | Content::PasswordReminder { .. }
        | Content::DelegateInvitation { .. }
        | Content::StaffInvitation { .. }
        | Content::TeamChanged { .. }
        | Content::AccessBlocked { .. }
        | Content::AppointmentBooked { .. }
        | Content::AppointmentMoved { .. }
        | Content::AppointmentCancelled { .. }
        | Content::AppointmentReminder { .. }
        | Content::PlaceOffered { .. }
        | Content::DeliverabilityTest => return Err(Unwritable::MailOnly),
    })
}

/// The masked identifier in the GSM alphabet, which has no dot of a list: `17...3001`.
fn short(masked: &str) -> String {
    let shown = |character: char| character != '•';
    let start: String = masked.chars().take_while(|character| shown(*character)).collect();
    let end = masked.rsplit('•').next().unwrap_or_default();
    if start.len() == masked.len() {
        start
    } else {
        format!("{start}...{end}")
    }
}

/// How many septets the longest text message takes in any language, with the longest values; a text that is not in the
/// alphabet counts as too long for any message.
pub(crate) fn longest(public_url: &PublicUrl) -> usize {
    let fresh = samples::fresh();
    Language::ALL
        .iter()
        .flat_map(|language| samples::contents().map(|content| (*language, content)))
        .map(|(language, content)| {
            text(public_url, Text::new(language), &content, &fresh)
                .ok()
                .and_then(|written| gsm::septets(&written).ok())
                .unwrap_or(usize::MAX)
        })
        .max()
        .unwrap_or(0)
}

/// Messages with the longest values that there can be.
mod samples {
    use super::{Content, Fresh, Life, Secret};
    use crate::accounts::MadeFreezeLink;
    use crate::notifications::Channel;
    use shared::identifiers::{ContactChangeId, LinkId, UnlockId};
    use shared::recovery::CaseReference;
    use shared::signatures::ReferralNumber;
    use shared::time::{Deadline, Timestamp};
    use std::time::Duration;

    const AT: Timestamp = Timestamp::from_micros(0);

    /// As long as 256 bits in base64url.
    fn token() -> Secret<String> {
        Secret::new("_".repeat(43))
    }

    pub(super) fn fresh() -> Fresh {
        // The longest words for a link's time, up to the most seconds that a policy may give it.
        Fresh::link(LinkId::new(AT, [0; 10]), token(), Life::FromAcceptance(86_399)).with_freeze(
            MadeFreezeLink {
                token: token(),
                deadline: Deadline::after(AT, Duration::ZERO),
            },
        )
    }

    #[expect(clippy::too_many_lines, reason = "one sample a message, and nothing else")]
    pub(super) fn contents() -> impl Iterator<Item = Content> {
        let employer = || "17•••••••3001".to_owned();
        let reference = || CaseReference::from_random([0; 8]);
        let (at, source) = (AT, None);
        let change = ContactChangeId::new(AT, [0; 10]);
        let (contact, masked) = (Channel::Sms, None);
        [
            Content::UnlockLink {
                unlock: UnlockId::new(AT, [0; 10]),
                reference: reference(),
                employer: employer(),
                at,
            },
            Content::ContactConfirmation {
                change,
                employer: employer(),
                at,
            },
            Content::ContactChangeHeld {
                change,
                employer: employer(),
                contact,
                masked: masked.clone(),
                at,
                asked: shared::contacts::Asked::Session,
                until: at,
                source,
            },
            Content::PasswordReplaced {
                employer: employer(),
                at,
                source,
            },
            Content::RecoverySuspended {
                reference: reference(),
                employer: employer(),
                at,
                until: at,
                source,
            },
            Content::AccountFrozen {
                employer: employer(),
                at,
                by: crate::notifications::FrozenBy::Owner,
            },
            Content::AccountThawed {
                employer: employer(),
                at,
            },
            Content::DataRequestDone {
                employer: employer(),
                at,
                request: shared::data_requests::DataRequestKind::Access,
            },
            Content::AccountBlocked {
                employer: employer(),
                at,
                source,
            },
            Content::AccountUnlocked {
                reference: reference(),
                employer: employer(),
                at,
                source,
            },
            Content::ContactChanged {
                employer: employer(),
                contact,
                masked: masked.clone(),
                asked: shared::contacts::Asked::Session,
                at,
            },
            Content::ContactChangeCancelled {
                employer: employer(),
                contact,
                masked,
                at,
                source,
            },
            Content::DelegateAdded {
                employer: employer(),
                delegate: employer(),
                at,
                source,
            },
            Content::DelegateBlocked {
                employer: employer(),
                delegate: employer(),
                at,
                source,
            },
            Content::DelegateEnded {
                employer: employer(),
                delegate: employer(),
                at,
                source,
            },
            Content::PasskeyAdded {
                employer: employer(),
                at,
                source,
            },
            Content::PasskeyRemoved {
                employer: employer(),
                at,
                source,
            },
            Content::PasskeySuspected {
                employer: employer(),
                at,
                source,
            },
            Content::SignatureReferred {
                reference: reference(),
                employer: employer(),
                number: ReferralNumber::from_random([7; 8]),
                at,
                source,
            },
            Content::SignatureDecided {
                reference: reference(),
                employer: employer(),
                number: ReferralNumber::from_random([7; 8]),
                because: None,
                at,
            },
        ]
        .into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As long as institutions' addresses are.
    const USUAL: &str = "https://recuperacion.institucion.gob.ec";

    #[test]
    fn every_text_fits_into_one_message_in_every_language() {
        let public_url = PublicUrl::parse(USUAL).unwrap();
        let fresh = samples::fresh();
        for &language in Language::ALL {
            for content in samples::contents() {
                let written = text(&public_url, Text::new(language), &content, &fresh).unwrap();
                let septets = gsm::septets(&written).unwrap_or_else(|error| panic!("{written}: {error}"));
                assert!(septets < gsm::SEPTETS, "{septets}: {written}");
                assert!(
                    !written.contains('{') && !written.contains('•') && !written.contains('\n'),
                    "{written}"
                );
                let links = written.matches("https://").count();
                let frozen = matches!(content, Content::AccountFrozen { .. });
                assert_eq!(links, usize::from(!frozen), "{written}");
            }
        }
    }

    #[test]
    fn each_character_of_the_public_address_counts() {
        let of = |letters: usize| {
            let url = format!("https://{}.example", "a".repeat(letters));
            longest(&PublicUrl::parse(&url).unwrap())
        };
        assert_eq!(of(21), of(20) + 1);
    }

    #[test]
    fn an_identifier_is_shortened_within_the_alphabet() {
        assert_eq!(short("17•••••••3001"), "17...3001");
        assert_eq!(short("17•••••••5"), "17...5");
        assert_eq!(short("17"), "17");
    }

    #[test]
    fn what_goes_by_mail_only_has_no_text() {
        let public_url = PublicUrl::parse(USUAL).unwrap();
        let written = text(
            &public_url,
            Text::new(Language::Es),
            &Content::DeliverabilityTest,
            &samples::fresh(),
        );
        assert!(matches!(written, Err(Unwritable::MailOnly)));
    }
}
