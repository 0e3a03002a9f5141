//! Problems as people see them.

pub mod words;

use crate::i18n::use_text;
use crate::routes::{Link, Route};
use crate::ui::{Button, ButtonKind, Notice, Tone, Urgency};
use shared::api::{ErrorCode, Problem};
use shared::i18n::Text;
use yew::prelude::*;

/// What a notice needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ProblemNoticeProps {
    /// What went wrong.
    pub problem: Problem,
    /// Tries again, where that makes sense.
    #[prop_or_default]
    pub onretry: Option<Callback<()>>,
}

/// A problem: what happened, whose side it is on, what to do now, when to try again, a reference to quote.
#[component]
pub fn ProblemNotice(props: &ProblemNoticeProps) -> Html {
    let text = use_text();
    let problem = &props.problem;
    let words = words::problem(text, problem);
    let tone = match problem.code {
        ErrorCode::InvalidInput | ErrorCode::PasswordRefused => Tone::Danger,
        ErrorCode::MalformedBody
        | ErrorCode::BodyTooLarge
        | ErrorCode::UnsupportedMediaType
        | ErrorCode::OriginRefused
        | ErrorCode::NotFound
        | ErrorCode::MethodNotAllowed
        | ErrorCode::RateLimited
        | ErrorCode::CaptchaRefused
        | ErrorCode::CaptchaExpired
        | ErrorCode::CaseMissing
        | ErrorCode::CaseAtOtherStage
        | ErrorCode::CaseChanged
        | ErrorCode::RegistryUnavailable
        | ErrorCode::LinkInvalid
        | ErrorCode::LinkExpired
        | ErrorCode::LinkUsed
        | ErrorCode::LinkReplaced
        | ErrorCode::Busy
        | ErrorCode::TimedOut
        | ErrorCode::Internal
        | ErrorCode::Unreachable => Tone::Warning,
    };
    html! {
        <Notice {tone} title={words.title} urgency={Urgency::Assertive}>
            <p>{ words.what }</p>
            <p><strong>{ words.advice }</strong></p>
            if let Some(seconds) = problem.retry_after {
                <p>{ retry_after(text, seconds) }</p>
            }
            if let Some(reference) = &problem.reference {
                <p>{ text.errors_reference(reference) }</p>
            }
            if let Some(onretry) = &props.onretry {
                <Button kind={ButtonKind::Secondary} onclick={onretry.reform(|_| ())}>{ text.errors_retry_now() }</Button>
            }
            <p><HelpLink code={problem.code} /></p>
        </Notice>
    }
}

/// What a link to an explanation needs.
#[derive(Clone, Copy, Debug, PartialEq, Properties)]
pub struct HelpLinkProps {
    /// What is to be explained.
    pub code: ErrorCode,
}

/// The link to the explanation of a code.
#[component]
pub fn HelpLink(props: &HelpLinkProps) -> Html {
    let text = use_text();
    html! { <Link to={Route::HelpTopic(props.code.as_str().into())}>{ text.errors_help_link() }</Link> }
}

/// When another try makes sense: in seconds up to two minutes, then in whole minutes, rounded up.
pub fn retry_after(text: Text, seconds: u32) -> String {
    if seconds <= 120 {
        text.errors_retry_seconds(i64::from(seconds))
    } else {
        text.errors_retry_minutes(i64::from(seconds.div_ceil(60)))
    }
}
