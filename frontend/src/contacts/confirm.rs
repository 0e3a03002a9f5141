//! Confirming a new contact.

use super::{entry, moment, printing};
use crate::api::use_call;
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::landing::{
    Good, LandingWords, Loss, Stand, bad, is_lost, not_good, use_landing, use_landing_title,
};
use crate::ui::prose::{heading, lead, list, paragraph};
use crate::ui::{
    ButtonProps, ButtonState, DescriptionListProps, NoticeProps, Tone, button, description_list, notice,
    result_panel, stage_heading,
};
use shared::contacts::ContactKind;
use shared::contacts::api::{
    ConfirmContact, ConfirmDone, ConfirmView, Confirmed, ContactToken, InspectContact,
};
use shared::i18n::Text;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The page at `/contacto`.
#[component]
pub fn ContactConfirmPage() -> Html {
    let text = use_text();
    let landing = use_landing::<InspectContact>(|token| ContactToken { token });
    let words = words(text);
    use_landing_title(text, &words, &landing.stand);
    let page = match &landing.stand {
        Stand::Good(good) => html! { <Confirming good={good.clone()} /> },
        Stand::NoToken | Stand::Asking | Stand::Bad(_) => not_good(text, &words, &landing, Html::default()),
    };
    html! { <div class="column flow">{ page }</div> }
}

fn words(text: Text) -> LandingWords {
    LandingWords {
        title: text.contacts_confirm_title(),
        loading: text.contacts_loading(),
        no_token_title: text.contacts_no_token_title(),
        no_token_what: text.contacts_no_token_what(),
        lost,
    }
}

fn lost(text: Text, loss: Loss) -> Option<(&'static str, &'static str)> {
    match loss {
        Loss::Invalid => Some((text.errors_link_invalid_what(), text.contacts_bad_invalid_do())),
        Loss::Expired => Some((
            text.contacts_confirm_expired_what(),
            text.contacts_confirm_expired_do(),
        )),
        Loss::Used => Some((text.contacts_used_what(), text.contacts_used_do())),
        Loss::Replaced => Some((text.contacts_replaced_what(), text.contacts_replaced_do())),
        Loss::NotBlocked | Loss::Frozen => None,
    }
}

/// What confirming needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct ConfirmingProps {
    good: Good<ConfirmView>,
}

/// Explains, confirms, and says what was done.
#[component]
fn Confirming(props: &ConfirmingProps) -> Html {
    let text = use_text();
    let confirm = use_call::<ConfirmContact>();
    let view = &props.good.view;
    if let Some(done) = confirm.state().ready() {
        return html! { <Done done={done.clone()} /> };
    }
    if let Some(problem) = confirm
        .problem()
        .filter(|problem| is_lost(text, &words(text), problem))
    {
        return bad(text, &words(text), problem, &Callback::noop(), Html::default());
    }
    let onclick = {
        let (confirm, token) = (confirm.clone(), props.good.token.clone());
        Callback::from(move |_: MouseEvent| confirm.send(ContactToken { token: token.clone() }))
    };
    let (state, label) = if confirm.is_loading() {
        (ButtonState::Busy, text.contacts_confirm_acting())
    } else {
        (ButtonState::Ready, text.contacts_confirm_act())
    };
    let said = match view.kind {
        ContactKind::Email => text.contacts_confirm_lead_email(&view.to, &view.employer),
        ContactKind::Phone => text.contacts_confirm_lead_phone(&view.to, &view.employer),
    };
    html! {
        <>
            { stage_heading("page", text.contacts_confirm_title().into(), None) }
            if let Some(problem) = confirm.problem() { { problem_notice(text, problem, None) } }
            { lead(said) }
            { paragraph(text.contacts_confirm_hold(view.hold_hours.into())) }
            <div class="actions">{ button(&props!(ButtonProps { state, onclick, children: html! { label } })) }</div>
            { notice(&props!(NoticeProps { children: paragraph(text.contacts_confirm_not_you()) })) }
        </>
    }
}

/// What the result needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct DoneProps {
    done: Rc<ConfirmDone>,
}

/// Confirmed: what was done, and from when it counts.
#[component]
fn Done(props: &DoneProps) -> Html {
    let text = use_text();
    use_title(text.contacts_confirm_done_title());
    let done = &props.done;
    let kind = match done.kind {
        ContactKind::Email => text.contacts_email(),
        ContactKind::Phone => text.contacts_phone(),
    };
    let (what, next) = match done.outcome {
        Confirmed::Held => (
            text.contacts_confirm_done_what(),
            text.contacts_confirm_done_next(),
        ),
        Confirmed::Applied => (
            text.contacts_confirm_applied_what(),
            text.contacts_confirm_applied_next(),
        ),
    };
    let entries = vec![
        entry(text.contacts_employer(), done.employer.clone()),
        entry(kind, done.to.clone()),
        entry(
            text.contacts_confirm_done_until(),
            moment(text, done.until.instant()),
        ),
    ];
    result_panel(
        Tone::Success,
        text.contacts_confirm_done_title(),
        html! { <>
            { lead(what) }
            { description_list(&props!(DescriptionListProps { entries })) }
            { heading(text.contacts_next()) }
            { list(&[next]) }
            <div class="actions no-print">{ printing(text) }</div>
        </> },
    )
}
