//! The page of the link.

use super::done::Done;
use super::suggestion::suggested;
use crate::api::use_call;
use crate::ceremony::{Stand as Device, cannot_notice, failure_notice, use_ceremony};
use crate::errors::{problem_notice, summary, words as error_words, wrong};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::use_text;
use crate::landing::{
    Good, LandingWords, Loss, Stand, bad, is_lost, not_good, use_landing, use_landing_title,
};
use crate::platform::clock;
use crate::ui::prose::{heading, lead, list, paragraph, soft};
use crate::ui::{ButtonState, NoticeProps, TextInputProps, Tone, notice, stage_heading, submit, text_input};
use shared::api::Problem;
use shared::i18n::Text;
use shared::passkeys::PasskeyName;
use shared::passkeys::api::{
    BeginEnrolment, Enrolment, EnrolmentToken, EnrolmentView, FinishEnrolment, InspectEnrolment,
};
use shared::passkeys::browser::RegistrationResponse;
use yew::prelude::*;
use yew::props;

/// The page at `/registrar-huella`.
#[component]
pub fn EnrolmentPage() -> Html {
    let text = use_text();
    let landing = use_landing::<InspectEnrolment>(|token| EnrolmentToken { token });
    let words = words(text);
    use_landing_title(text, &words, &landing.stand);
    let page = match &landing.stand {
        Stand::Good(good) => html! { <Enrolling good={good.clone()} /> },
        Stand::NoToken | Stand::Asking | Stand::Bad(_) => not_good(text, &words, &landing, Html::default()),
    };
    html! { <div class="column flow">{ page }</div> }
}

fn words(text: Text) -> LandingWords {
    LandingWords {
        title: text.passkeys_title(),
        loading: text.passkeys_loading(),
        no_token_title: text.passkeys_no_token_title(),
        no_token_what: text.passkeys_no_token_what(),
        lost,
    }
}

fn lost(text: Text, loss: Loss) -> Option<(&'static str, &'static str)> {
    let what = match loss {
        Loss::Invalid => text.errors_link_invalid_what(),
        Loss::Expired => text.passkeys_expired_what(),
        Loss::Used => text.passkeys_used_what(),
        Loss::Replaced => text.errors_link_replaced_what(),
        Loss::Frozen => text.unlock_confirm_frozen_what(),
        Loss::NotBlocked => return None,
    };
    Some((what, text.passkeys_bad_do()))
}

/// What enrolling needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct EnrollingProps {
    good: Good<EnrolmentView>,
}

/// Explains, asks for a name, and enrols.
#[component]
fn Enrolling(props: &EnrollingProps) -> Html {
    let text = use_text();
    let ceremony = use_ceremony();
    let begin = use_call::<BeginEnrolment>();
    let finish = use_call::<FinishEnrolment>();
    let name = use_field::<PasskeyName>(|| suggested(text));
    let submission = use_state(|| 0_u32);
    let view = &props.good.view;
    if let Some(done) = finish.state().ready() {
        return html! { <Done done={done.clone()} /> };
    }
    let problem: Option<Problem> = finish.problem().or(begin.problem()).cloned();
    if let Some(problem) = problem
        .clone()
        .filter(|problem| is_lost(text, &words(text), problem))
    {
        return bad(text, &words(text), &problem, &Callback::noop(), Html::default());
    }
    let (state, label) = match (
        begin.is_loading() || ceremony.stand == Device::Asking,
        finish.is_loading(),
    ) {
        (_, true) => (ButtonState::Busy, text.passkeys_saving()),
        (true, false) => (ButtonState::Busy, text.passkeys_waiting()),
        (false, false) => (ButtonState::Ready, text.passkeys_act()),
    };
    let onsubmit = {
        let (ceremony, begin, finish) = (ceremony.clone(), begin.clone(), finish.clone());
        let (name, submission, token) = (name.clone(), submission.clone(), props.good.token.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if state == ButtonState::Busy {
                return;
            }
            submission.set(*submission + 1);
            let Ok(name) = name.send() else { return };
            finish.forget();
            let (ceremony, finish, token) = (ceremony.clone(), finish.clone(), token.clone());
            let asked = EnrolmentToken { token: token.clone() };
            begin.send_then(asked, move |begun| {
                ceremony.create(&begun.options, move |credential: RegistrationResponse| {
                    finish.send(Enrolment {
                        token,
                        name,
                        credential,
                    });
                });
            });
        })
    };
    let full = view.passkeys >= view.most;
    html! {
        <>
            { stage_heading("page", text.passkeys_title().into(), None) }
            { lead(text.passkeys_lead(&view.employer)) }
            { notice(&props!(NoticeProps { children: paragraph(text.passkeys_counter()) })) }
            { heading(text.passkeys_how()) }
            { list(&[text.passkeys_how_device(), text.passkeys_how_stays(), text.passkeys_how_yours(), text.passkeys_how_owner()]) }
            { soft(text.passkeys_count(view.passkeys, view.most)) }
            if full {
                { notice(&props!(NoticeProps { tone: Tone::Warning, children: paragraph(text.passkeys_full()) })) }
            } else if let Some(cannot) = cannot_notice(text) {
                { cannot }
            } else {
                <form class="flow" {onsubmit} novalidate=true>
                    { summary(text, *submission, || wrong_name(text, &name).map(|words| wrong("name", words)).into_iter().collect()) }
                    if let Some(problem) = &problem {
                        { problem_notice(text, problem, None) }
                    } else if let Device::Failed(failure) = ceremony.stand {
                        { failure_notice(text, failure) }
                    }
                    { name_field(text, &name) }
                    { soft(text.passkeys_until(clock::hour(view.deadline.instant()))) }
                    <div class="actions">{ submit(state, label) }</div>
                </form>
            }
        </>
    }
}

/// What is wrong with the name, if it may be said.
fn wrong_name(text: Text, name: &FieldHandle<PasskeyName>) -> Option<&'static str> {
    name.error().map(|code| error_words::field(text, code))
}

/// The name of the device.
fn name_field(text: Text, name: &FieldHandle<PasskeyName>) -> Html {
    text_input(&props!(TextInputProps {
        id: "name",
        label: text.passkeys_name_label(),
        hint: text.passkeys_name_hint(),
        error: wrong_name(text, name).map(AttrValue::from),
        value: name.text().to_owned(),
        oninput: name.oninput(),
        onblur: name.onblur()
    }))
}
