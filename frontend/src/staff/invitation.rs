//! The link of an invitation: a new member's own password and second factor.
//!
//! The token is in the fragment of the link's address; it is taken out of the address bar at once and lives in this page's
//! memory only. Looking at it changes nothing; only the last submission uses it up. First the second factor, then the password:
//! whoever has typed a password wants to be done.

use super::shell::role_words;
use super::sign_in::{code_field, is_code};
use crate::api::{Remote, use_call};
use crate::ceremony::{Stand, cannot_notice, failure_notice, use_ceremony};
use crate::errors::{problem_notice, words, wrong};
use crate::forms::new_password::{Judged, NewPasswordForm};
use crate::forms::{strength, use_field};
use crate::i18n::{use_text, use_title};
use crate::routes::{Route, StaffPage, use_fragment};
use crate::ui::prose::{advice, heading, lead, list, paragraph, soft};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonState, ChoiceOption, Description, DescriptionListProps, NoticeProps,
    QrProps, RadiosProps, TextInputProps, Tone, button, button_link, description_list, disclosure, loading,
    notice, qr, radios, result_panel, stage_heading, text_input,
};
use shared::api::{ErrorCode, Problem};
use shared::i18n::Text;
use shared::passkeys::PasskeyName;
use shared::passkeys::browser::RegistrationResponse;
use shared::secrets::Secret;
use shared::staff::SecondFactor;
use shared::staff::api::{
    AcceptStaffInvitation, BeginCodeEnrolment, BeginPasskeyEnrolment, CodeEnrolment, InspectStaffInvitation,
    SecondFactorChosen, StaffAcceptance, StaffInvitationToken, StaffInvitationView,
};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The page of the link.
#[component]
pub fn InvitationPage() -> Html {
    let text = use_text();
    let fragment = use_fragment();
    let inspect = use_call::<InspectStaffInvitation>();
    let joined = use_state_eq(|| false);
    use_effect_with((), |()| strength::fetch_ahead());
    {
        let (inspect, joined) = (inspect.clone(), joined.setter());
        use_effect_with(fragment.clone(), move |fragment| {
            if let Some(token) = fragment.secret.clone() {
                joined.set(false);
                inspect.send(StaffInvitationToken { token });
            }
        });
    }
    let title = match (*joined, inspect.problem()) {
        (true, _) => text.staff_joined_title(),
        (false, Some(problem)) if is_lost(problem) => text.staff_invitation_bad_title(),
        (false, Some(problem)) => words::problem(text, problem).title,
        (false, None) => text.staff_invitation_title(),
    };
    use_title(title);
    let Some(token) = fragment.secret else {
        return html! {
            <div class="column flow">
                { stage_heading("no-token", title.into(), None) }
                { notice(&props!(NoticeProps { title: text.staff_no_token_title(), children: html! { <>
                    { paragraph(text.staff_no_token_what()) }
                    { advice(text.staff_no_token_do()) }
                </> } })) }
            </div>
        };
    };
    if *joined {
        return html! { <div class="column">{ result(text) }</div> };
    }
    let onretry = {
        let (inspect, token) = (inspect.clone(), token.clone());
        Callback::from(move |()| inspect.send(StaffInvitationToken { token: token.clone() }))
    };
    let page = match inspect.state() {
        Remote::Idle | Remote::Loading => {
            html! { <>{ stage_heading("asking", title.into(), None) }{ loading(text.staff_invitation_loading()) }</> }
        }
        Remote::Failed(problem) if is_lost(&problem) => html! { <>
            { stage_heading("bad", title.into(), None) }
            { notice(&props!(NoticeProps { tone: Tone::Warning, children: html! { <>
                { paragraph(text.staff_invitation_bad_what()) }
                { advice(text.staff_invitation_bad_do()) }
            </> } })) }
        </> },
        Remote::Failed(problem) => html! { <>
            { stage_heading("failed", title.into(), None) }
            { problem_notice(text, &problem, Some(&onretry)) }
        </> },
        Remote::Ready(view) => {
            let onjoined = {
                let joined = joined.setter();
                Callback::from(move |()| joined.set(true))
            };
            html! { <JoinForm {view} {token} {onjoined} /> }
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
    view: Rc<StaffInvitationView>,
    token: Secret<String>,
    onjoined: Callback<()>,
}

/// A second factor that is ready to be sent with the password.
#[derive(Clone, Debug, Default, PartialEq)]
struct Ready {
    way: Option<SecondFactor>,
    passkey: Option<(PasskeyName, Box<RegistrationResponse>)>,
}

/// Who they are, the second factor, and the password.
#[component]
fn JoinForm(props: &JoinFormProps) -> Html {
    let text = use_text();
    let view = &props.view;
    let accept = use_call::<AcceptStaffInvitation>();
    let ready = use_state(Ready::default);
    let code = use_state(String::new);
    let submission = use_state(|| 0_u32);
    let missing = missing(text, &ready, &code);
    let onsubmit = {
        let (accept, ready, code, submission) =
            (accept.clone(), ready.clone(), code.clone(), submission.clone());
        let (token, onjoined) = (props.token.clone(), props.onjoined.clone());
        Callback::from(move |judged| {
            submission.set(*submission + 1);
            let (Judged::Good(password), Some(second)) = (judged, chosen(&ready, &code)) else {
                return;
            };
            let (token, onjoined) = (token.clone(), onjoined.clone());
            accept.send_then(
                StaffAcceptance {
                    token,
                    password,
                    second,
                },
                move |_| onjoined.emit(()),
            );
        })
    };
    let onway = {
        let ready = ready.clone();
        Callback::from(move |way: AttrValue| {
            let way = match way.as_str() {
                CODE => Some(SecondFactor::Code),
                PASSKEY => Some(SecondFactor::Passkey),
                _ => None,
            };
            ready.set(Ready {
                way,
                ..(*ready).clone()
            });
        })
    };
    let onpasskey = {
        let ready = ready.clone();
        Callback::from(move |passkey| {
            ready.set(Ready {
                way: Some(SecondFactor::Passkey),
                passkey: Some(passkey),
            });
        })
    };
    let (state, label) = if accept.is_loading() {
        (ButtonState::Busy, text.reset_sending())
    } else {
        (ButtonState::Ready, text.staff_join())
    };
    let wrong_second: Vec<_> = missing
        .filter(|_| *submission > 0)
        .map(|(field, words)| wrong(field, words))
        .into_iter()
        .collect();
    let code_error = (*submission > 0 && !is_code(&code)).then(|| text.staff_code_wrong());
    html! {
        <>
            { stage_heading("form", text.staff_invitation_title().into(), None) }
            { lead(text.staff_invitation_lead(view.name.to_string())) }
            { description_list(&props!(DescriptionListProps { entries: vec![
                Description { term: text.staff_email().into(), detail: html! { view.email.to_string() } },
                Description { term: text.staff_role().into(), detail: html! { role_words(text, view.role) } },
            ] })) }
            <section class="flow">
                { heading(text.staff_second_choose()) }
                { radios(&props!(RadiosProps {
                    id: "second",
                    label: text.staff_second_which(),
                    hint: text.staff_second_why(),
                    error: (*submission > 0 && ready.way.is_none()).then(|| text.staff_second_missing()).map(AttrValue::from),
                    options: vec![
                        ChoiceOption { value: CODE.into(), label: text.staff_second_code().into(), hint: Some(text.staff_second_code_hint().into()) },
                        ChoiceOption { value: PASSKEY.into(), label: text.staff_second_passkey().into(), hint: Some(text.staff_second_passkey_hint().into()) },
                    ],
                    selected: ready.way.map(|way| match way { SecondFactor::Code => CODE, SecondFactor::Passkey => PASSKEY }),
                    onchange: onway
                })) }
                if ready.way == Some(SecondFactor::Code) {
                    <AppCode token={props.token.clone()} />
                    { code_field(text, &code, code_error) }
                } else if ready.way == Some(SecondFactor::Passkey) {
                    <NewPasskey token={props.token.clone()} made={ready.passkey.as_ref().map(|(name, _)| name.clone())} {onpasskey} />
                }
            </section>
            { heading(text.staff_own_password()) }
            <NewPasswordForm rules={view.password.rules.clone()} personal={view.password.personal.clone()} {state} {label}
                problem={accept.problem().cloned()} wrong={wrong_second} {onsubmit} />
        </>
    }
}

/// The values of the choice.
const CODE: &str = "code";
const PASSKEY: &str = "passkey";

/// What is missing of the second factor, and where.
fn missing(text: Text, ready: &Ready, code: &str) -> Option<(&'static str, &'static str)> {
    match ready.way {
        None => Some(("second", text.staff_second_missing())),
        Some(SecondFactor::Code) if !is_code(code) => Some(("code", text.staff_code_wrong())),
        Some(SecondFactor::Passkey) if ready.passkey.is_none() => {
            Some(("passkey-name", text.staff_passkey_missing()))
        }
        Some(SecondFactor::Code | SecondFactor::Passkey) => None,
    }
}

/// The second factor as it is sent.
fn chosen(ready: &Ready, code: &str) -> Option<SecondFactorChosen> {
    match ready.way? {
        SecondFactor::Code => is_code(code).then(|| SecondFactorChosen::Code {
            code: Secret::new(code.to_owned()),
        }),
        SecondFactor::Passkey => {
            let (name, credential) = ready.passkey.clone()?;
            Some(SecondFactorChosen::Passkey { name, credential })
        }
    }
}

/// Properties of [`AppCode`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct AppCodeProps {
    token: Secret<String>,
}

/// The secret of the authenticator app, to be read by its camera or typed.
#[component]
fn AppCode(props: &AppCodeProps) -> Html {
    let text = use_text();
    let begin = use_call::<BeginCodeEnrolment>();
    let ask = {
        let (begin, token) = (begin.clone(), props.token.clone());
        Callback::from(move |()| begin.send(StaffInvitationToken { token: token.clone() }))
    };
    {
        let ask = ask.clone();
        use_effect_with((), move |()| ask.emit(()));
    }
    match begin.state() {
        Remote::Idle | Remote::Loading => loading(text.staff_code_drawing()),
        Remote::Failed(problem) => problem_notice(text, &problem, Some(&ask)),
        Remote::Ready(enrolment) => secret(text, &enrolment),
    }
}

fn secret(text: Text, enrolment: &CodeEnrolment) -> Html {
    html! {
        <>
            { list(&[text.staff_code_how_app(), text.staff_code_how_scan(), text.staff_code_how_type()]) }
            { qr(&props!(QrProps { label: text.staff_code_qr(), size: enrolment.qr.size, path: enrolment.qr.path.expose().clone() })) }
            { disclosure(text.staff_code_by_hand(), html! { <>
                { paragraph(text.staff_code_by_hand_what()) }
                <p><code class="secret">{ in_fours(enrolment.secret.expose()) }</code></p>
                <p><a href={enrolment.uri.expose().clone()} target="_self">{ text.staff_code_here() }</a></p>
            </> }) }
        </>
    }
}

/// In groups of four, to be read aloud and typed.
fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// Properties of [`NewPasskey`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct NewPasskeyProps {
    token: Secret<String>,
    made: Option<PasskeyName>,
    onpasskey: Callback<(PasskeyName, Box<RegistrationResponse>)>,
}

/// Has the device make a passkey. It is sent together with the password.
#[component]
fn NewPasskey(props: &NewPasskeyProps) -> Html {
    let text = use_text();
    let ceremony = use_ceremony();
    let begin = use_call::<BeginPasskeyEnrolment>();
    let name = use_field::<PasskeyName>(|| text.staff_passkey_suggestion().to_owned());
    if let Some(made) = &props.made {
        return notice(&props!(NoticeProps {
            tone: Tone::Success,
            children: paragraph(text.staff_passkey_made(made.to_string()))
        }));
    }
    if let Some(cannot) = cannot_notice(text) {
        return cannot;
    }
    let onclick = {
        let (ceremony, begin, name) = (ceremony.clone(), begin.clone(), name.clone());
        let (token, onpasskey) = (props.token.clone(), props.onpasskey.clone());
        Callback::from(move |_: MouseEvent| {
            let Ok(name) = name.send() else { return };
            let (ceremony, onpasskey) = (ceremony.clone(), onpasskey.clone());
            begin.send_then(StaffInvitationToken { token: token.clone() }, move |begun| {
                ceremony.create(&begun.options, move |credential: RegistrationResponse| {
                    onpasskey.emit((name, Box::new(credential)));
                });
            });
        })
    };
    let (state, label) = match (ceremony.stand, begin.is_loading()) {
        (Stand::Asking, _) | (_, true) => (ButtonState::Busy, text.staff_passkey_waiting()),
        (Stand::Idle | Stand::Failed(_), false) => (ButtonState::Ready, text.staff_passkey_make()),
    };
    html! {
        <>
            if let Some(problem) = begin.problem() {
                { problem_notice(text, problem, None) }
            } else if let Stand::Failed(failure) = ceremony.stand {
                { failure_notice(text, failure) }
            }
            { text_input(&props!(TextInputProps {
                id: "passkey-name",
                label: text.passkeys_name_label(),
                hint: text.passkeys_name_hint(),
                error: name.error().map(|code| words::field(text, code)).map(AttrValue::from),
                value: name.text().to_owned(),
                oninput: name.oninput(),
                onblur: name.onblur()
            })) }
            <div class="actions">{ button(&props!(ButtonProps { kind: ButtonKind::Secondary, state, onclick, children: html! { label } })) }</div>
            { soft(text.staff_passkey_stays()) }
        </>
    }
}

/// What was done and how to go on.
fn result(text: Text) -> Html {
    result_panel(
        Tone::Success,
        text.staff_joined_title(),
        html! { <>
            { paragraph(text.staff_joined_what()) }
            <div class="actions">{ button_link(ButtonKind::Primary, Route::Staff(StaffPage::Entry).path(), text.staff_sign_in_title()) }</div>
        </> },
    )
}
