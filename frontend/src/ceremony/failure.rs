//! Why a ceremony brought nothing, in words: what happened, and what to do now.

use crate::platform::credentials::{Failure, Support, support};
use crate::ui::prose::{advice, paragraph};
use crate::ui::{NoticeProps, Tone, Urgency, notice};
use shared::i18n::Text;
use yew::prelude::*;
use yew::props;

/// What went wrong with the last ceremony; said aloud when it appears.
pub fn failure_notice(text: Text, failure: Failure) -> Html {
    said(text, failure, Urgency::Assertive)
}

/// Why there can be no ceremony in this browser at all; `None` if there can. It stands there from the beginning, so it is
/// not said aloud.
pub fn cannot_notice(text: Text) -> Option<Html> {
    match support() {
        Support::Present => None,
        Support::Missing => Some(said(text, Failure::Unsupported, Urgency::Silent)),
        Support::Insecure => Some(said(text, Failure::Insecure, Urgency::Silent)),
    }
}

fn said(text: Text, failure: Failure, urgency: Urgency) -> Html {
    let (tone, title, what, todo) = match failure {
        Failure::Unsupported => (
            Tone::Warning,
            text.passkeys_unsupported_title(),
            text.passkeys_unsupported_what(),
            text.passkeys_unsupported_do(),
        ),
        Failure::Insecure => (
            Tone::Warning,
            text.passkeys_insecure_title(),
            text.passkeys_insecure_what(),
            text.passkeys_insecure_do(),
        ),
        // To cancel is no mistake, and a device that finds nothing says no more than this.
        Failure::Cancelled | Failure::Stopped => (
            Tone::Info,
            text.passkeys_cancelled_title(),
            text.passkeys_cancelled_what(),
            text.passkeys_cancelled_do(),
        ),
        Failure::AlreadyRegistered => (
            Tone::Info,
            text.passkeys_registered_title(),
            text.passkeys_registered_what(),
            text.passkeys_registered_do(),
        ),
        Failure::Other => (
            Tone::Warning,
            text.passkeys_failed_title(),
            text.passkeys_failed_what(),
            text.passkeys_failed_do(),
        ),
    };
    notice(&props!(NoticeProps {
        tone,
        title,
        urgency,
        children: html! { <>
            { paragraph(what) }
            { advice(todo) }
        </> }
    }))
}
