//! Signing in to the desk: address and password, then the second factor.
//!
//! Whatever is wrong with any of them is one message. The password is forgotten as soon as it was right; the second factor has a few
//! minutes, and then it begins anew.

use super::passkey::StaffPasskey;
use super::places;
use super::returning;
use super::session::{Ask, Ended, Officer, state_of, use_officer, use_staff_session};
use crate::api::{Remote, use_call};
use crate::countdown::use_remaining;
use crate::errors::{problem_notice, summary, words, wrong};
use crate::forms::current::{CurrentDraft, CurrentPasswordProps, current_password};
use crate::forms::use_field;
use crate::i18n::{use_text, use_title};
use crate::platform::{clock, focus};
use crate::routes::{Route, use_navigator};
use crate::ui::prose::{heading, lead, paragraph};
use crate::ui::{
    ButtonKind, InputKind, InputWidth, NoticeProps, TextInputProps, Tone, Urgency, loading, notice, press,
    stage_heading, submit, text_input,
};
use shared::i18n::Text;
use shared::identifiers::Email;
use shared::secrets::Secret;
use shared::staff::SecondFactor;
use shared::staff::api::{
    CodeShown, SecondFactorAsked, SignInStaff, SignInWithCode, SignInWithPasskey, StaffCredentials,
    StaffPasskeyShown,
};
use shared::time::Countdown;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What the second factor is asked with, and when that was heard.
#[derive(Clone, Debug, PartialEq)]
struct Second {
    asked: Rc<SecondFactorAsked>,
    countdown: Countdown,
}

/// The page at `/personal`: whoever is signed in goes on to their first page.
#[component]
pub fn EntryPage() -> Html {
    let text = use_text();
    use_title(text.staff_sign_in_title());
    let session = use_staff_session();
    let (stand, _) = use_officer(Ask::UnlessEnded);
    let second = use_state(|| None::<Second>);
    {
        let session = session.clone();
        // Who comes back later need not read again how an earlier session ended.
        use_effect_with((), move |()| move || session.read());
    }
    if let Remote::Ready(officer) = &stand {
        return html! { <Entering officer={officer.clone()} /> };
    }
    if matches!(stand, Remote::Loading) || (matches!(stand, Remote::Idle) && session.ended().is_none()) {
        return html! { <div class="column flow">{ stage_heading("asking", text.staff_sign_in_title().into(), None) }{ loading(text.staff_loading()) }</div> };
    }
    let onsecond = {
        let second = second.setter();
        Callback::from(move |asked: Rc<SecondFactorAsked>| {
            let countdown = Countdown::new(
                asked.deadline,
                asked.deadline.remaining(asked.now),
                asked.now,
                clock::now(),
            );
            second.set(Some(Second { asked, countdown }));
        })
    };
    let onagain = {
        let second = second.setter();
        Callback::from(move |()| second.set(None))
    };
    html! {
        <div class="column flow">
            if let Some(second) = &*second {
                <SecondStep second={second.clone()} {onagain} />
            } else {
                { stage_heading("password", text.staff_sign_in_title().into(), None) }
                { said(text, session.ended()) }
                if let Some(problem) = stand.problem() { { problem_notice(text, problem, None) } }
                <FirstStep {onsecond} />
            }
        </div>
    }
}

/// Properties of [`Entering`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct EnteringProps {
    officer: Officer,
}

/// On to where they were going, or to the first page of their role.
#[component]
fn Entering(props: &EnteringProps) -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let role = props.officer.view.role;
    use_effect_with((), move |()| {
        let kept =
            returning::take().filter(|page| places::named(*page).is_some_and(|place| role.may(place.right)));
        let first = places::of(role).next().map(|place| place.page);
        if let Some(page) = kept.or(first) {
            navigator.replace(Route::Staff(page));
        }
    });
    html! { <div class="column flow">{ stage_heading("entering", text.staff_sign_in_title().into(), None) }{ loading(text.staff_loading()) }</div> }
}

/// How the session before ended, or what the sign-in is for.
fn said(text: Text, ended: Option<Ended>) -> Html {
    let (tone, title, what) = match ended {
        None | Some(Ended::Never) => return lead(text.staff_sign_in_lead()),
        Some(Ended::SignedOut) => (Tone::Success, text.staff_left_title(), text.staff_left_what()),
        Some(Ended::Elsewhere) => (Tone::Warning, text.staff_over_title(), text.staff_over_what()),
    };
    notice(&props!(NoticeProps {
        tone,
        title,
        urgency: Urgency::Polite,
        children: paragraph(what)
    }))
}

/// Properties of [`FirstStep`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct FirstStepProps {
    onsecond: Callback<Rc<SecondFactorAsked>>,
}

/// Address and password.
#[component]
fn FirstStep(props: &FirstStepProps) -> Html {
    let text = use_text();
    let email = use_field::<Email>(String::new);
    let password = use_state(CurrentDraft::default);
    let submission = use_state(|| 0_u32);
    let sign_in = use_call::<SignInStaff>();
    let onsubmit = {
        let (email, password, submission) = (email.clone(), password.clone(), submission.clone());
        let (sign_in, onsecond) = (sign_in.clone(), props.onsecond.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if sign_in.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if let (Ok(email), false) = (email.send(), password.is_empty()) {
                let onsecond = onsecond.clone();
                let password = password.password.clone();
                sign_in.send_then(StaffCredentials { email, password }, move |asked| {
                    onsecond.emit(asked);
                });
            }
        })
    };
    let email_error = email.error().map(|code| words::field(text, code));
    let password_error = (*submission > 0 && password.is_empty()).then(|| text.staff_password_missing());
    let entries = || {
        [
            email_error.map(|words| wrong("email", words)),
            password_error.map(|words| wrong("password", words)),
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    html! {
        <form class="flow" {onsubmit} novalidate=true>
            { summary(text, *submission, entries) }
            if let Some(problem) = sign_in.problem() { { problem_notice(text, problem, None) } }
            { text_input(&props!(TextInputProps {
                id: "email",
                label: text.staff_email(),
                error: email_error.map(AttrValue::from),
                value: email.text().to_owned(),
                oninput: email.oninput(),
                onblur: email.onblur(),
                kind: InputKind::Email,
                autocomplete: "username",
                name: "email"
            })) }
            { current_password(text, &props!(CurrentPasswordProps {
                id: "password",
                label: text.staff_password(),
                error: password_error.map(AttrValue::from),
                draft: (*password).clone(),
                onchange: { let password = password.setter(); Callback::from(move |typed| password.set(typed)) }
            })) }
            <div class="actions">{ submit(state_of(&sign_in), text.staff_next()) }</div>
            { paragraph(text.staff_sign_in_lost()) }
        </form>
    }
}

/// Properties of [`SecondStep`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct SecondStepProps {
    second: Second,
    onagain: Callback<()>,
}

/// The second factor, in whichever way they have.
#[component]
fn SecondStep(props: &SecondStepProps) -> Html {
    let text = use_text();
    let session = use_staff_session();
    let left = use_remaining(props.second.countdown);
    let show = use_call::<SignInWithPasskey>();
    let ways = &props.second.asked.ways;
    let again = press(
        ButtonKind::Quiet,
        props.onagain.reform(|_: MouseEvent| ()),
        text.staff_second_again(),
    );
    if left.is_over() {
        return html! { <>
            { stage_heading("late", text.staff_second_late_title().into(), None) }
            { notice(&props!(NoticeProps { tone: Tone::Warning, children: paragraph(text.staff_second_late_what()) })) }
            <div class="actions">{ again }</div>
        </> };
    }
    let onproof = {
        let (show, session) = (show.clone(), session.clone());
        Callback::from(move |credential| {
            let session = session.clone();
            show.send_then(StaffPasskeyShown { credential }, move |view| session.told(view));
        })
    };
    html! {
        <>
            { stage_heading("second", text.staff_second_title().into(), None) }
            { lead(text.staff_second_lead(left.clock())) }
            if ways.contains(&SecondFactor::Code) { <CodeForm /> }
            if ways.contains(&SecondFactor::Passkey) {
                <section class="flow">
                    { heading(text.staff_second_passkey()) }
                    <StaffPasskey label={text.staff_passkey_act()} state={state_of(&show)} problem={show.problem().cloned()} {onproof} />
                </section>
            }
            <div class="actions">{ again }</div>
        </>
    }
}

/// Whether what was typed is a one-time code: six digits, with blanks anywhere.
pub(super) fn is_code(typed: &str) -> bool {
    let digits = typed.chars().filter(|c| !c.is_whitespace());
    let (count, all) = digits.fold((0, true), |(count, all), c| {
        (count + 1, all && c.is_ascii_digit())
    });
    count == 6 && all
}

/// The one-time code.
#[component]
fn CodeForm() -> Html {
    let text = use_text();
    let session = use_staff_session();
    let typed = use_state(String::new);
    let submission = use_state(|| 0_u32);
    let show = use_call::<SignInWithCode>();
    use_effect_with((), |()| focus::element("code"));
    let onsubmit = {
        let (typed, submission, show) = (typed.clone(), submission.clone(), show.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if show.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if is_code(&typed) {
                let session = session.clone();
                let code = Secret::new((*typed).clone());
                show.send_then(CodeShown { code }, move |view| session.told(view));
            }
        })
    };
    let error = (*submission > 0 && !is_code(&typed)).then(|| text.staff_code_wrong());
    html! {
        <form class="flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || error.map(|words| wrong("code", words)).into_iter().collect()) }
            if let Some(problem) = show.problem() { { problem_notice(text, problem, None) } }
            { code_field(text, &typed, error) }
            <div class="actions">{ submit(state_of(&show), text.staff_sign_in()) }</div>
        </form>
    }
}

/// How apps show a code.
const GROUPS: &[usize] = &[3, 3];

/// A box for six digits of an authenticator app.
pub(super) fn code_field(text: Text, typed: &UseStateHandle<String>, error: Option<&'static str>) -> Html {
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |text| typed.set(text))
    };
    text_input(&props!(TextInputProps {
        id: "code",
        label: text.staff_code(),
        hint: text.staff_code_hint(),
        error: error.map(AttrValue::from),
        value: (**typed).clone(),
        oninput,
        kind: InputKind::Digits,
        width: InputWidth::Number,
        groups: GROUPS,
        autocomplete: "one-time-code",
        name: "code"
    }))
}

#[cfg(test)]
mod tests {
    use super::is_code;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_code_has_six_digits() {
        for good in ["123456", "123 456", " 1 2 3 4 5 6 "] {
            assert!(is_code(good), "{good}");
        }
        for bad in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert!(!is_code(bad), "{bad}");
        }
    }
}
