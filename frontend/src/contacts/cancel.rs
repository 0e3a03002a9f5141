//! Cancelling a change of contact, from a contact that the account had before.

use super::{entry, kind_words, moment, printing};
use crate::api::use_call;
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::landing::{
    Good, LandingWords, Loss, Stand, bad, is_lost, not_good, use_landing, use_landing_title,
};
use crate::platform::clock;
use crate::routes::Route;
use crate::ui::prose::{heading, lead, list, paragraph};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonState, DescriptionListProps, NoticeProps, Tone, button, button_link,
    description_list, notice, result_panel, stage_heading,
};
use shared::contacts::api::{
    CancelContactChange, CancelDone, CancelView, ContactToken, InspectContactCancel, Standing,
};
use shared::contacts::{Asked, ContactKind};
use shared::i18n::Text;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The page at `/contacto/cancelar`.
#[component]
pub fn ContactCancelPage() -> Html {
    let text = use_text();
    let landing = use_landing::<InspectContactCancel>(|token| ContactToken { token });
    let words = words(text);
    use_landing_title(text, &words, &landing.stand);
    let page = match &landing.stand {
        Stand::Good(good) => html! { <Cancelling good={good.clone()} /> },
        Stand::NoToken | Stand::Asking | Stand::Bad(_) => not_good(text, &words, &landing, Html::default()),
    };
    html! { <div class="column flow">{ page }</div> }
}

fn words(text: Text) -> LandingWords {
    LandingWords {
        title: text.contacts_cancel_title(),
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
            text.contacts_cancel_expired_what(),
            text.contacts_cancel_expired_do(),
        )),
        Loss::Used => Some((text.contacts_used_what(), text.contacts_used_do())),
        Loss::Replaced => Some((text.contacts_replaced_what(), text.contacts_replaced_do())),
        Loss::NotBlocked | Loss::Frozen => None,
    }
}

/// What cancelling needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct CancellingProps {
    good: Good<CancelView>,
}

/// Explains, cancels, and says what was done.
#[component]
fn Cancelling(props: &CancellingProps) -> Html {
    let text = use_text();
    let cancel = use_call::<CancelContactChange>();
    let view = &props.good.view;
    if let Some(done) = cancel.state().ready() {
        return html! { <Done done={done.clone()} /> };
    }
    if let Some(problem) = cancel
        .problem()
        .filter(|problem| is_lost(text, &words(text), problem))
    {
        return bad(text, &words(text), problem, &Callback::noop(), Html::default());
    }
    let onclick = {
        let (cancel, token) = (cancel.clone(), props.good.token.clone());
        Callback::from(move |_: MouseEvent| cancel.send(ContactToken { token: token.clone() }))
    };
    let (state, label) = if cancel.is_loading() {
        (ButtonState::Busy, text.contacts_cancel_acting())
    } else {
        (ButtonState::Ready, text.contacts_cancel_act())
    };
    let said = match (view.kind, &view.to) {
        (ContactKind::Email, Some(to)) => text.contacts_cancel_lead_email(to, &view.employer),
        (ContactKind::Phone, Some(to)) => text.contacts_cancel_lead_phone(to, &view.employer),
        (ContactKind::Email | ContactKind::Phone, None) => text.contacts_cancel_lead_no_phone(&view.employer),
    };
    let (_, month, day) = clock::official_day(view.deadline.instant());
    let (month, time) = (
        text.challenges_month_name(month.into()),
        clock::official_hour(view.deadline.instant()),
    );
    let until = match view.standing {
        Standing::Requested | Standing::Held => text.contacts_cancel_until(day, month, time),
        Standing::HeldFirst => text.contacts_cancel_until_asked(day, month, time),
        Standing::Confirming => text.contacts_cancel_confirming(day, month, time),
    };
    html! {
        <>
            { stage_heading("page", text.contacts_cancel_title().into(), None) }
            if let Some(problem) = cancel.problem() { { problem_notice(text, problem, None) } }
            { lead(said) }
            { paragraph(if view.obstacle.is_some() { AttrValue::from(text.contacts_cancel_obstacle()) } else { until.into() }) }
            { notice(&props!(NoticeProps { children: paragraph(text.contacts_cancel_if_you()) })) }
            <div class="actions">{ button(&props!(ButtonProps { state, onclick, children: html! { label } })) }</div>
        </>
    }
}

/// What the result needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct DoneProps {
    done: Rc<CancelDone>,
}

/// Cancelled: what was done, and what it means that it had to be.
#[component]
fn Done(props: &DoneProps) -> Html {
    let text = use_text();
    use_title(text.contacts_cancel_done_title());
    let done = &props.done;
    let entries = vec![
        entry(text.contacts_employer(), done.employer.clone()),
        entry(text.contacts_kind(), kind_words(text, done.kind)),
        entry(text.contacts_done_at(), moment(text, done.at)),
    ];
    let next = match done.asked {
        Asked::Session => text.contacts_cancel_done_next_password(),
        // No message of a counter's change has a link that cancels it.
        Asked::Signature | Asked::Counter => text.contacts_cancel_done_next_signature(),
    };
    result_panel(
        Tone::Success,
        text.contacts_cancel_done_title(),
        html! { <>
            { lead(text.contacts_cancel_done_what()) }
            { description_list(&props!(DescriptionListProps { entries })) }
            { heading(text.contacts_next()) }
            { list(&[next, text.contacts_cancel_done_next_freeze()]) }
            <div class="actions no-print">
                if done.asked == Asked::Session {
                    { button_link(ButtonKind::Primary, Route::Recovery.path(), text.contacts_cancel_done_recover()) }
                }
                { printing(text) }
            </div>
        </> },
    )
}
