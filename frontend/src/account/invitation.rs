//! The link of an invitation: a secondary user sets their own password.
//!
//! The token is in the fragment of the link's address; it is taken out of the address bar at once and lives in this page's
//! memory only. Looking at it changes nothing; only the form's submission uses it up.

use super::overview::scope_list;
use super::when;
use crate::api::{Remote, use_call};
use crate::errors::{problem_notice, words};
use crate::forms::new_password::{Judged, NewPasswordForm};
use crate::forms::strength;
use crate::i18n::{use_text, use_title};
use crate::routes::{Route, use_fragment};
use crate::ui::prose::{advice, lead, list, paragraph};
use crate::ui::{
    ButtonKind, ButtonState, Description, DescriptionListProps, NoticeProps, Tone, button_link,
    description_list, loading, notice, result_panel, stage_heading,
};
use shared::api::{ErrorCode, Problem};
use shared::delegates::api::{
    AcceptInvitation, Acceptance, InspectInvitation, InvitationToken, InvitationView,
};
use shared::i18n::Text;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The page of the link.
#[component]
pub fn InvitationPage() -> Html {
    let text = use_text();
    let fragment = use_fragment();
    let inspect = use_call::<InspectInvitation>();
    let accepted = use_state(|| None::<Rc<InvitationView>>);
    use_effect_with((), |()| strength::fetch_ahead());
    {
        let (inspect, accepted) = (inspect.clone(), accepted.setter());
        use_effect_with(fragment.clone(), move |fragment| {
            if let Some(token) = fragment.secret.clone() {
                accepted.set(None);
                inspect.send(InvitationToken { token });
            }
        });
    }
    let title = match (&*accepted, inspect.problem()) {
        (Some(_), _) => text.delegates_joined_title(),
        (None, Some(problem)) if is_lost(problem) => text.delegates_invitation_bad_title(),
        (None, Some(problem)) => words::problem(text, problem).title,
        (None, None) => text.delegates_invitation_title(),
    };
    use_title(title);
    let Some(token) = fragment.secret else {
        return html! {
            <div class="column flow">
                { stage_heading("no-token", title.into(), None) }
                { notice(&props!(NoticeProps { title: text.delegates_no_token_title(), children: html! { <>
                    { paragraph(text.delegates_no_token_what()) }
                    { advice(text.delegates_no_token_do()) }
                </> } })) }
            </div>
        };
    };
    if let Some(view) = &*accepted {
        return html! { <div class="column">{ joined(text, view) }</div> };
    }
    let onretry = {
        let (inspect, token) = (inspect.clone(), token.clone());
        Callback::from(move |()| inspect.send(InvitationToken { token: token.clone() }))
    };
    let page = match inspect.state() {
        Remote::Idle | Remote::Loading => {
            html! { <>{ stage_heading("asking", title.into(), None) }{ loading(text.delegates_invitation_loading()) }</> }
        }
        Remote::Failed(problem) if is_lost(&problem) => html! { <>
            { stage_heading("bad", title.into(), None) }
            { notice(&props!(NoticeProps { tone: Tone::Warning, children: html! { <>
                { paragraph(text.delegates_invitation_bad_what()) }
                { advice(text.delegates_invitation_bad_do()) }
            </> } })) }
        </> },
        Remote::Failed(problem) => html! { <>
            { stage_heading("failed", title.into(), None) }
            { problem_notice(text, &problem, Some(&onretry)) }
        </> },
        Remote::Ready(view) => {
            let onjoined = {
                let (accepted, view) = (accepted.setter(), view.clone());
                Callback::from(move |()| accepted.set(Some(view.clone())))
            };
            let request = Callback::from(move |password| Acceptance {
                token: token.clone(),
                password,
            });
            html! { <JoinForm {view} {request} {onjoined} /> }
        }
    };
    html! { <div class="column flow">{ page }</div> }
}

/// Whether the invitation is good for nothing (any more).
fn is_lost(problem: &Problem) -> bool {
    matches!(
        problem.code,
        ErrorCode::LinkInvalid
            | ErrorCode::LinkExpired
            | ErrorCode::LinkUsed
            | ErrorCode::LinkReplaced
            | ErrorCode::InvalidInput
            | ErrorCode::MalformedBody
    )
}

/// Properties of [`JoinForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct JoinFormProps {
    view: Rc<InvitationView>,
    request: Callback<shared::secrets::Secret<String>, Acceptance>,
    onjoined: Callback<()>,
}

/// What the invitation gives, and the password.
#[component]
fn JoinForm(props: &JoinFormProps) -> Html {
    let text = use_text();
    let view = &props.view;
    let accept = use_call::<AcceptInvitation>();
    let onsubmit = {
        let (accept, request, onjoined) = (accept.clone(), props.request.clone(), props.onjoined.clone());
        Callback::from(move |judged| match judged {
            Judged::Good(password) => {
                let onjoined = onjoined.clone();
                accept.send_then(request.emit(password), move |_| onjoined.emit(()));
            }
            Judged::Wrong => {}
        })
    };
    let (state, label) = if accept.is_loading() {
        (ButtonState::Busy, text.reset_sending())
    } else {
        (ButtonState::Ready, text.reset_send())
    };
    let entries = vec![
        Description {
            term: text.delegates_employer().into(),
            detail: html! { text.account_number(view.branch.to_string(), &view.employer) },
        },
        Description {
            term: text.delegates_cedula().into(),
            detail: html! { &view.cedula },
        },
        Description {
            term: text.delegates_scopes().into(),
            detail: scope_list(text, view.scopes),
        },
        Description {
            term: text.delegates_until_label().into(),
            detail: html! { when::day(text, view.until) },
        },
    ];
    html! {
        <>
            { stage_heading("form", text.delegates_invitation_title().into(), None) }
            { lead(text.delegates_invitation_lead(view.name.to_string())) }
            { description_list(&props!(DescriptionListProps { entries })) }
            <p class="soft">{ text.delegates_invitation_until(when::moment(text, view.deadline.instant())) }</p>
            <h2>{ text.delegates_own_password() }</h2>
            <NewPasswordForm rules={view.password.rules.clone()} personal={view.password.personal.clone()} {state} {label}
                problem={accept.problem().cloned()} {onsubmit} />
        </>
    }
}

/// What was done and how to go on.
fn joined(text: Text, view: &InvitationView) -> Html {
    result_panel(
        Tone::Success,
        text.delegates_joined_title(),
        html! { <>
            { paragraph(text.delegates_joined_what()) }
            { list(&[text.delegates_joined_number(), text.delegates_joined_secondary(), text.delegates_joined_own()]) }
            { paragraph(text.account_number(view.branch.to_string(), &view.employer)) }
            <div class="actions">{ button_link(ButtonKind::Primary, Route::SignIn.path(), text.sessions_sign_in()) }</div>
        </> },
    )
}
