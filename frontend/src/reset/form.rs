//! The form of the new password, with the link's time above it.

use crate::api::use_call;
use crate::countdown::{LinkCountdown, Task};
use crate::errors::{problem_notice, summary, wrong};
use crate::forms::password::{PasswordDraft, PasswordFields, Verdict, error_field, error_words};
use crate::i18n::use_text;
use crate::ui::prose::{lead, paragraph};
use crate::ui::{ButtonState, NoticeProps, Tone, Urgency, notice, stage_heading, submit};
use shared::api::{ErrorCode, Problem};
use shared::i18n::Text;
use shared::passwords::{Personal, Rules};
use shared::recovery::api::{LinkToken, LinkView, Reset, ResetDone, ResetPassword};
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`ResetForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ResetFormProps {
    /// What the link is good for.
    pub view: Rc<LinkView>,
    /// What this device's clock showed when that was known.
    pub arrived: Timestamp,
    /// The link's token.
    pub token: LinkToken,
    /// Takes the result.
    pub ondone: Callback<Rc<ResetDone>>,
    /// Takes a problem that ends the form: the link is good for nothing any more.
    pub onbad: Callback<Problem>,
}

/// Types and sends the new password.
#[component]
pub fn ResetForm(props: &ResetFormProps) -> Html {
    let text = use_text();
    let view = &props.view;
    let draft = use_state(PasswordDraft::default);
    let submission = use_state(|| 0_u32);
    let verdict = use_state(|| None::<Verdict>);
    let reset = use_call::<ResetPassword>();
    let texts = use_memo(view.personal.clone(), Clone::clone);
    let personal = use_memo(view.personal.clone(), |texts| {
        Personal::new(texts.iter().map(Secret::expose))
    });
    use_verdict(reset.problem().cloned(), &draft, &verdict, props.onbad.clone());

    let onover = props.onbad.reform(|()| Problem::new(ErrorCode::LinkExpired));
    let onchange = {
        let draft = draft.setter();
        Callback::from(move |changed| draft.set(changed))
    };
    let onsubmit = {
        let (draft, submission, reset, view, personal) = (
            draft.clone(),
            submission.clone(),
            reset.clone(),
            view.clone(),
            personal.clone(),
        );
        let (token, ondone) = (props.token.token.clone(), props.ondone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if reset.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if draft.check(&view.rules, &personal).is_ok() {
                let ondone = ondone.clone();
                let request = Reset {
                    token: token.clone(),
                    password: draft.password.clone(),
                };
                reset.send_then(request, move |done| ondone.emit(done));
            }
        })
    };
    let error = if *submission > 0 {
        draft.check(&view.rules, &personal).err()
    } else {
        None
    };
    let (state, label) = if reset.is_loading() {
        (ButtonState::Busy, text.reset_sending())
    } else {
        (ButtonState::Ready, text.reset_send())
    };
    html! {
        <>
            { stage_heading("form", text.reset_title().into(), None) }
            { lead(text.reset_lead(&view.employer, view.reference.to_string())) }
            <LinkCountdown countdown={super::of(view, props.arrived)} task={Task::Password} {onover} />
            { summary(text, *submission, || error.map(|error| wrong(error_field(error), error_words(text, error))).into_iter().collect()) }
            { refusal(text, reset.problem(), &view.rules) }
            <form class="flow" {onsubmit} novalidate=true>
                <PasswordFields rules={view.rules.clone()} personal={texts} draft={(*draft).clone()} {onchange} {error}
                    verdict={(*verdict).clone()} />
                <div class="actions">{ submit(state, label) }</div>
            </form>
        </>
    }
}

/// Keeps what the server said of the password; hands on what ends the form.
#[hook]
fn use_verdict(
    problem: Option<Problem>,
    draft: &UseStateHandle<PasswordDraft>,
    verdict: &UseStateHandle<Option<Verdict>>,
    onbad: Callback<Problem>,
) {
    let (draft, verdict) = (draft.clone(), verdict.setter());
    use_effect_with(problem, move |problem| {
        let Some(problem) = problem else { return };
        match problem.code {
            ErrorCode::PasswordRefused => {
                verdict.set(Some(Verdict {
                    password: draft.password.clone(),
                    violations: problem.violations.clone(),
                }));
            }
            ErrorCode::LinkInvalid
            | ErrorCode::LinkExpired
            | ErrorCode::LinkUsed
            | ErrorCode::LinkReplaced => {
                onbad.emit(problem.clone());
            }
            ErrorCode::MalformedBody
            | ErrorCode::InvalidInput
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
            | ErrorCode::SignInRefused
            | ErrorCode::SignInBlocked
            | ErrorCode::SignInFrozen
            | ErrorCode::SessionMissing
            | ErrorCode::SessionUnknown
            | ErrorCode::CurrentPasswordWrong
            | ErrorCode::PasskeyRefused
            | ErrorCode::PasskeyUnknown
            | ErrorCode::PasskeysFull
            | ErrorCode::Busy
            | ErrorCode::TimedOut
            | ErrorCode::Internal
            | ErrorCode::Unreachable => {}
        }
    });
}

/// A refusal with every reason, or any other problem.
fn refusal(text: Text, problem: Option<&Problem>, rules: &Rules) -> Html {
    match problem {
        Some(problem) if problem.code == ErrorCode::PasswordRefused => notice(&props!(NoticeProps {
            tone: Tone::Danger,
            title: text.passwords_refused(),
            urgency: Urgency::Assertive,
            children: html! { <>
                { paragraph(text.reset_refused_list()) }
                <ul>{ for problem.violations.iter().map(|violation| html! { <li>{ violation.worded(rules, text) }</li> }) }</ul>
            </> }
        })),
        Some(problem) => problem_notice(text, problem, None),
        None => Html::default(),
    }
}
