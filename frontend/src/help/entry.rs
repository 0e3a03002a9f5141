//! The words of each topic. Exhaustive: a new topic, and so a new error code, does not compile without an entry.

use super::topic::Topic;
use crate::errors::words;
use crate::findings::words as findings;
use shared::api::ErrorCode;
use shared::i18n::Text;
use shared::settings::api::Settings;
use shared::signatures::Reason;
use yew::AttrValue;

/// What is said of a topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its heading; for a message, the message itself.
    pub title: AttrValue,
    /// What happened, or what it is about.
    pub what: AttrValue,
    /// Whose side it is on.
    pub side: Side,
    /// What to do now.
    pub advice: AttrValue,
    /// When to try again.
    pub again: AttrValue,
    /// What else is good to know.
    pub more: Vec<AttrValue>,
    /// What people believe and is not so.
    pub not_so: Option<AttrValue>,
}

/// Whose side it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The person can solve it.
    You,
    /// Ours.
    Us,
    /// An official source does not answer.
    Registry,
    /// The network, or this device.
    Network,
    /// Between two mail servers.
    Mail,
    /// What the official records say.
    Record,
    /// A protection did its work.
    Protection,
    /// Nobody's: an explanation.
    None,
}

impl Side {
    /// In words.
    pub fn words(self, text: Text) -> &'static str {
        match self {
            Self::You => text.help_side_you(),
            Self::Us => text.help_side_us(),
            Self::Registry => text.help_side_registry(),
            Self::Network => text.help_side_network(),
            Self::Mail => text.help_side_mail(),
            Self::Record => text.help_side_record(),
            Self::Protection => text.help_side_protection(),
            Self::None => text.help_side_none(),
        }
    }
}

/// The numbers of this installation that the entries tell; those of the usual policy until they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    suspension_hours: i64,
    sender: Option<String>,
}

impl Numbers {
    /// From the settings, if they are here.
    pub fn of(settings: Option<&Settings>) -> Self {
        match settings {
            Some(settings) => Self {
                suspension_hours: settings.suspension_hours.into(),
                sender: Some(settings.sender.clone()),
            },
            None => Self {
                suspension_hours: 24,
                sender: None,
            },
        }
    }
}

/// The entry of a topic.
#[expect(clippy::too_many_lines, reason = "one arm a topic, and nothing else")]
pub fn entry(text: Text, numbers: &Numbers, topic: Topic) -> Entry {
    let plain = |title: &'static str,
                 what: &'static str,
                 side,
                 advice: &'static str,
                 again: &'static str,
                 more: &[&'static str]| Entry {
        title: title.into(),
        what: what.into(),
        side,
        advice: advice.into(),
        again: again.into(),
        more: more.iter().map(|line| AttrValue::from(*line)).collect(),
        not_so: None,
    };
    match topic {
        Topic::Error(code) => {
            let words = words::code(text, code);
            let (side, again, more) = about(text, code);
            plain(
                words.title,
                words.what,
                side,
                words.advice,
                again,
                more.as_slice(),
            )
        }
        Topic::Unlock => plain(
            text.help_unlock_title(),
            text.help_unlock_what(),
            Side::None,
            text.help_unlock_do(),
            text.help_again_any(),
            &[text.help_unlock_more()],
        ),
        Topic::Signature => plain(
            text.help_signature_title(),
            text.help_signature_what(),
            Side::None,
            text.help_signature_do(),
            text.help_again_any(),
            &[
                text.help_signature_purposes(),
                text.help_signature_holder(),
                text.help_signature_time(),
                text.help_signature_person(),
                text.help_signature_more(),
            ],
        ),
        Topic::Findings => Entry {
            more: Reason::ALL
                .iter()
                .map(|reason| explained(text, *reason))
                .collect(),
            ..plain(
                text.help_findings_title(),
                text.help_findings_what(),
                Side::You,
                text.help_findings_do(),
                text.help_findings_again(),
                &[],
            )
        },
        Topic::Counter => plain(
            text.help_counter_title(),
            text.help_counter_what(),
            Side::None,
            text.help_counter_do(),
            text.help_again_any(),
            &[
                text.help_counter_bring(),
                text.help_counter_copies(),
                text.help_counter_wait(),
            ],
        ),
        Topic::SignIn => plain(
            text.help_sign_in_title(),
            text.help_sign_in_what(),
            Side::None,
            text.help_sign_in_do(),
            text.help_again_any(),
            &[text.help_sign_in_more()],
        ),
        Topic::NoEmail => plain(
            text.recovery_no_email_title(),
            text.recovery_no_email_what(),
            Side::Record,
            text.recovery_no_email_do(),
            text.help_again_done(),
            &[],
        ),
        Topic::Blocked => plain(
            text.recovery_blocked_title(),
            text.recovery_blocked_what(),
            Side::Protection,
            text.recovery_blocked_do(),
            text.help_again_done(),
            &[],
        ),
        Topic::Inactive => plain(
            text.recovery_inactive_title(),
            text.recovery_inactive_what(),
            Side::Record,
            text.recovery_inactive_do(),
            text.help_again_done(),
            &[],
        ),
        Topic::Records => plain(
            text.recovery_records_title(),
            text.help_records_what(),
            Side::Record,
            text.help_records_do(),
            text.help_again_done(),
            &[
                text.help_records_person(),
                text.help_records_taxpayer(),
                text.help_records_appointment(),
                text.help_records_employer(),
                text.help_records_representative(),
                text.help_records_then(),
            ],
        ),
        Topic::Frozen => plain(
            text.recovery_frozen_title(),
            text.recovery_frozen_what(),
            Side::Protection,
            text.recovery_frozen_do(),
            text.help_again_counter(),
            &[],
        ),
        Topic::Suspended => Entry {
            again: text.help_again_suspended(numbers.suspension_hours).into(),
            ..plain(
                text.recovery_suspended_title(),
                text.recovery_suspended_what(),
                Side::Protection,
                text.recovery_suspended_do(),
                "",
                &[text.help_suspended_more()],
            )
        },
        Topic::Questions => plain(
            text.help_questions_title(),
            text.help_questions_what(),
            Side::None,
            text.help_questions_do(),
            text.help_again_any(),
            &[
                text.help_questions_ruc(),
                text.help_questions_bank(),
                text.help_questions_again(),
            ],
        ),
        Topic::Mail => {
            let sender = numbers
                .sender
                .as_ref()
                .map(|sender| text.help_mail_sender(sender).into());
            let more = [
                text.help_mail_gmail(),
                text.help_mail_outlook(),
                text.help_mail_department(),
                text.help_mail_test(),
            ]
            .map(AttrValue::from);
            Entry {
                more: sender.into_iter().chain(more).collect(),
                ..plain(
                    text.help_mail_title(),
                    text.help_mail_what(),
                    Side::Mail,
                    text.help_mail_do(),
                    text.help_mail_again(),
                    &[],
                )
            }
        }
        Topic::Undelivered => plain(
            text.help_undelivered_title(),
            text.help_undelivered_what(),
            Side::Mail,
            text.help_undelivered_do(),
            text.help_mail_again(),
            &[text.help_mail_test()],
        ),
        Topic::Ended => plain(
            text.help_ended_title(),
            text.help_ended_what(),
            Side::You,
            text.help_ended_do(),
            text.help_again_new(),
            &[],
        ),
        Topic::NotMe => plain(
            text.help_not_me_title(),
            text.help_not_me_what(),
            Side::Protection,
            text.help_not_me_do(),
            text.help_again_counter(),
            &[text.help_not_me_again()],
        ),
        Topic::Arrears => Entry {
            not_so: Some(text.help_arrears_not().into()),
            ..plain(
                text.help_arrears_title(),
                text.help_arrears_what(),
                Side::None,
                text.help_arrears_do(),
                text.help_arrears_again(),
                &[
                    text.help_arrears_tenders(),
                    text.help_arrears_credit(),
                    text.help_arrears_certificate(),
                    text.help_arrears_members(),
                    text.help_arrears_personal(),
                ],
            )
        },
    }
}

/// Why a check does not pass, and what to do then.
fn explained(text: Text, reason: Reason) -> AttrValue {
    let (why, advice) = (findings::reason(text, reason), findings::advice(text, reason));
    format!("{why} {advice}").into()
}

/// What the help says of an error beyond the words of its message: whose side, when again, what else.
#[expect(
    clippy::too_many_lines,
    clippy::match_same_arms,
    reason = "a table, a procedure's errors after the other's"
)]
fn about(text: Text, code: ErrorCode) -> (Side, &'static str, Option<&'static str>) {
    match code {
        ErrorCode::MalformedBody | ErrorCode::MethodNotAllowed | ErrorCode::NotFound => {
            (Side::Us, text.help_again_now(), None)
        }
        ErrorCode::InvalidInput
        | ErrorCode::BodyTooLarge
        | ErrorCode::CurrentPasswordWrong
        | ErrorCode::PasskeyUnknown
        | ErrorCode::PasskeysFull
        | ErrorCode::ContactUnchanged => (Side::You, text.help_again_corrected(), None),
        ErrorCode::UnsupportedMediaType => (Side::Network, text.help_again_now(), None),
        ErrorCode::OriginRefused => (Side::Protection, text.help_again_now(), None),
        ErrorCode::RateLimited => (
            Side::Protection,
            text.help_again_minutes(),
            Some(text.help_more_limit()),
        ),
        ErrorCode::CaptchaRefused | ErrorCode::CaptchaExpired => (
            Side::Protection,
            text.help_again_now(),
            Some(text.help_more_captcha()),
        ),
        ErrorCode::CaseMissing => (Side::You, text.help_again_new(), None),
        ErrorCode::CaseAtOtherStage | ErrorCode::CaseChanged => (Side::You, text.help_again_open(), None),
        ErrorCode::RegistryUnavailable => (
            Side::Registry,
            text.help_again_hour(),
            Some(text.help_more_civil()),
        ),
        ErrorCode::LinkInvalid => (Side::Mail, text.help_again_new(), None),
        ErrorCode::LinkExpired => (
            Side::Protection,
            text.help_again_new(),
            Some(text.help_more_link_expired()),
        ),
        ErrorCode::LinkUsed => (
            Side::Protection,
            text.help_again_new(),
            Some(text.help_more_link_used()),
        ),
        ErrorCode::LinkReplaced => (
            Side::Protection,
            text.help_again_now(),
            Some(text.help_more_link_replaced()),
        ),
        ErrorCode::PasswordRefused => (
            Side::You,
            text.help_again_corrected(),
            Some(text.help_more_password()),
        ),
        ErrorCode::SignInRefused => (
            Side::You,
            text.help_again_minutes(),
            Some(text.help_more_sign_in()),
        ),
        ErrorCode::SignInBlocked => (
            Side::Protection,
            text.help_again_done(),
            Some(text.help_more_blocked()),
        ),
        ErrorCode::SignInFrozen | ErrorCode::AccountFrozen | ErrorCode::NobodyToTell => {
            (Side::Protection, text.help_again_counter(), None)
        }
        ErrorCode::SessionMissing | ErrorCode::SessionUnknown => (
            Side::Protection,
            text.help_again_now(),
            Some(text.help_more_session()),
        ),
        ErrorCode::AccountNotBlocked
        | ErrorCode::PasskeyRefused
        | ErrorCode::DelegateUnknown
        | ErrorCode::ContactChangeUnknown => (Side::You, text.help_again_now(), None),
        ErrorCode::OwnerOnly => (Side::Protection, text.help_again_done(), None),
        ErrorCode::DelegatesFull => (Side::You, text.help_again_done(), None),
        ErrorCode::StaffSignInRefused => (Side::You, text.help_again_minutes(), None),
        ErrorCode::StaffLocked => (Side::Protection, text.help_again_now(), None),
        ErrorCode::NotYourRight | ErrorCode::StaffUnknown | ErrorCode::StaffStays => {
            (Side::Protection, text.help_again_done(), None)
        }
        ErrorCode::DossierUnknown
        | ErrorCode::PaperUnknown
        | ErrorCode::ApprovalUnknown
        | ErrorCode::PaperOtherType
        | ErrorCode::PaperUnreadable => (Side::You, text.help_again_now(), None),
        ErrorCode::DossierClosed
        | ErrorCode::ItemsMissing
        | ErrorCode::NotBorneOut
        | ErrorCode::PapersFull
        | ErrorCode::PaperActive
        | ErrorCode::ActionWithheld
        | ErrorCode::ApprovalOver
        | ErrorCode::ApprovalOwn
        | ErrorCode::ApprovalWaits
        | ErrorCode::ReferralUnseen => (Side::Protection, text.help_again_done(), None),
        ErrorCode::PlaceTaken
        | ErrorCode::PlacesFree
        | ErrorCode::AppointmentUnknown
        | ErrorCode::AppointmentAtOtherStage => (Side::You, text.help_again_now(), None),
        ErrorCode::AppointmentOpen | ErrorCode::WaitingListFull => {
            (Side::Protection, text.help_again_done(), None)
        }
        ErrorCode::CentreMissing
        | ErrorCode::CounterUnknown
        | ErrorCode::CounterMissing
        | ErrorCode::OfficerServes
        | ErrorCode::NobodyWaits
        | ErrorCode::VisitUnknown
        | ErrorCode::VisitChanged
        | ErrorCode::DetailsChanged
        | ErrorCode::DocumentUnknown
        | ErrorCode::DataRequestUnknown
        | ErrorCode::DataRequestNotDone => (Side::You, text.help_again_now(), None),
        ErrorCode::CounterTaken => (Side::Protection, text.help_again_done(), None),
        ErrorCode::Busy | ErrorCode::TimedOut | ErrorCode::Internal => {
            (Side::Us, text.help_again_moment(), None)
        }
        ErrorCode::Unreachable => (Side::Network, text.help_again_moment(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::{Numbers, entry};
    use crate::help::Topic;
    use shared::i18n::{Language, Text};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_topic_says_everything_in_every_language() {
        shared::i18n::know_every_language();
        let numbers = Numbers::of(None);
        for language in Language::ALL {
            for topic in Topic::all() {
                let entry = entry(Text::new(*language), &numbers, topic);
                for part in [&entry.title, &entry.what, &entry.advice, &entry.again] {
                    assert!(!part.is_empty(), "{topic:?} in {language}");
                }
            }
        }
    }

    #[test]
    fn titles_are_distinct_but_for_one_family_of_technical_messages() {
        shared::i18n::know_every_language();
        let numbers = Numbers::of(None);
        let mut titles: Vec<_> = Topic::all()
            .map(|topic| entry(Text::new(Language::Es), &numbers, topic).title)
            .collect();
        let all = titles.len();
        titles.sort();
        titles.dedup();
        assert!(
            all - titles.len() <= 2,
            "only the three ways of not being understood share a title"
        );
    }
}
