//! The form of a new password: of a reset, a change in the account area, and an invitation.
//!
//! It judges what the page can judge, shows what the server found, and leaves the sending to the page around it.

use super::password::{PasswordDraft, PasswordFields, Verdict, error_field, error_words};
use crate::errors::{problem_notice, summary, wrong};
use crate::i18n::use_text;
use crate::ui::prose::paragraph;
use crate::ui::{ButtonState, NoticeProps, SummaryEntry, Tone, Urgency, notice, submit};
use shared::api::{ErrorCode, Problem};
use shared::i18n::Text;
use shared::passwords::{Personal, Rules};
use shared::secrets::Secret;
use yew::prelude::*;
use yew::props;

/// Whether all that the page can judge is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judged {
    /// The new password can be sent.
    Good(Secret<String>),
    /// It cannot; the form says why.
    Wrong,
}

/// Properties of [`NewPasswordForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct NewPasswordFormProps {
    /// The rules.
    pub rules: Rules,
    /// What must not be in the password.
    pub personal: Vec<Secret<String>>,
    /// Whether an answer is awaited.
    pub state: ButtonState,
    /// The words of the button.
    pub label: &'static str,
    /// What the server said last.
    #[prop_or_default]
    pub problem: Option<Problem>,
    /// What is wrong with the fields that the page adds, in their order.
    #[prop_or_default]
    pub wrong: Vec<SummaryEntry>,
    /// Hears of every submission.
    pub onsubmit: Callback<Judged>,
    /// Hears whether something was typed.
    #[prop_or_default]
    pub ontyped: Callback<()>,
    /// The fields that the page adds before the new password.
    #[prop_or_default]
    pub children: Html,
}

/// Types and judges a new password.
#[component]
pub fn NewPasswordForm(props: &NewPasswordFormProps) -> Html {
    let text = use_text();
    let draft = use_state(PasswordDraft::default);
    let submission = use_state(|| 0_u32);
    let verdict = use_verdict(props.problem.clone(), &draft);
    let texts = use_memo(props.personal.clone(), Clone::clone);
    let personal = use_memo(props.personal.clone(), |texts| {
        Personal::new(texts.iter().map(Secret::expose))
    });
    let onchange = {
        let (draft, ontyped) = (draft.setter(), props.ontyped.clone());
        Callback::from(move |changed| {
            draft.set(changed);
            ontyped.emit(());
        })
    };
    let checked = draft.check(&props.rules, &personal);
    let onsubmit = {
        let (draft, submission, onsubmit) = (draft.clone(), submission.clone(), props.onsubmit.clone());
        let busy = props.state == ButtonState::Busy;
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if busy {
                return;
            }
            submission.set(*submission + 1);
            onsubmit.emit(match checked {
                Ok(()) => Judged::Good(draft.password.clone()),
                Err(_) => Judged::Wrong,
            });
        })
    };
    let error = checked.err().filter(|_| *submission > 0);
    let entries = || {
        let own = error.map(|error| wrong(error_field(error), error_words(text, error)));
        props.wrong.iter().cloned().chain(own).collect()
    };
    html! {
        <>
            { summary(text, *submission, entries) }
            { refusal(text, props.problem.as_ref(), &props.rules) }
            <form class="flow" {onsubmit} novalidate=true>
                { props.children.clone() }
                <PasswordFields rules={props.rules.clone()} personal={texts} draft={(*draft).clone()} {onchange} {error}
                    verdict={(*verdict).clone()} />
                <div class="actions">{ submit(props.state, props.label) }</div>
            </form>
        </>
    }
}

/// What the server last said of a password, for as long as the form is there.
#[hook]
fn use_verdict(
    problem: Option<Problem>,
    draft: &UseStateHandle<PasswordDraft>,
) -> UseStateHandle<Option<Verdict>> {
    let verdict = use_state(|| None::<Verdict>);
    let (draft, setter) = (draft.clone(), verdict.setter());
    use_effect_with(problem, move |problem| {
        let refused = problem
            .as_ref()
            .filter(|problem| problem.code == ErrorCode::PasswordRefused);
        if let Some(problem) = refused {
            setter.set(Some(Verdict {
                password: draft.password.clone(),
                violations: problem.violations.clone(),
            }));
        }
    });
    verdict
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
