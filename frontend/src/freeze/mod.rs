//! "No fui yo": freezing the account with the link of a mail.
//!
//! The token is in the fragment of the link's address; it is taken out of the address bar at once and lives in this page's
//! memory only. Looking at the link changes nothing; freezing takes a press and a second one, because it cannot be undone
//! online.

use crate::api::{Remote, use_call};
use crate::errors::{problem_notice, words};
use crate::i18n::{use_text, use_title};
use crate::platform::{clock, print};
use crate::routes::{AppointmentPage, Route, use_fragment};
use crate::ui::prose::{heading, lead, list, paragraph};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonState, Description, DescriptionListProps, Dialog, NoticeProps, Tone,
    button, button_link, description_list, loading, notice, press, result_panel, stage_heading,
};
use shared::accounts::api::{Freeze, FreezeState, FreezeToken, FreezeView, InspectFreeze};
use shared::i18n::Text;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The page of the link.
#[component]
pub fn FreezePage() -> Html {
    let text = use_text();
    let fragment = use_fragment();
    let token = fragment.secret.clone().map(|token| FreezeToken { token });
    let inspect = use_call::<InspectFreeze>();
    {
        let inspect = inspect.clone();
        use_effect_with(fragment, move |fragment| {
            if let Some(token) = fragment.secret.clone() {
                inspect.send(FreezeToken { token });
            }
        });
    }
    let stand = inspect.state();
    let title = match &stand {
        Remote::Failed(problem) => words::problem(text, problem).title,
        Remote::Idle | Remote::Loading | Remote::Ready(_) if token.is_none() => text.freeze_no_token_title(),
        Remote::Idle | Remote::Loading | Remote::Ready(_) => text.freeze_title(),
    };
    use_title(title);
    let page = match (&token, &stand) {
        (None, _) => html! {
            <>
                { stage_heading("none", title.into(), None) }
                { paragraph(text.freeze_no_token_what()) }
                { counter(text, ButtonKind::Primary) }
            </>
        },
        (Some(_), Remote::Idle | Remote::Loading) => {
            html! { <>{ stage_heading("asking", title.into(), None) }{ loading(text.freeze_loading()) }</> }
        }
        (Some(token), Remote::Failed(problem)) => {
            let onretry = {
                let (inspect, token) = (inspect.clone(), token.clone());
                Callback::from(move |()| inspect.send(token.clone()))
            };
            html! {
                <>
                    { stage_heading("bad", title.into(), None) }
                    { problem_notice(text, problem, Some(&onretry)) }
                    { counter(text, ButtonKind::Secondary) }
                </>
            }
        }
        (Some(token), Remote::Ready(view)) => {
            html! { <Freezing key="good" view={view.clone()} token={token.clone()} /> }
        }
    };
    html! { <div class="column">{ page }</div> }
}

/// What the act needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct FreezingProps {
    /// What the link is good for.
    view: Rc<FreezeView>,
    /// The link's token.
    token: FreezeToken,
}

/// Explains, asks twice, freezes, and says what was done.
#[component]
fn Freezing(props: &FreezingProps) -> Html {
    let text = use_text();
    let freeze = use_call::<Freeze>();
    let asked = use_state(|| false);
    let frozen = freeze.state();
    let view = frozen.ready().unwrap_or(&props.view);
    if let FreezeState::Frozen { at } = view.state {
        return html! { <Frozen employer={view.employer.clone()} {at} /> };
    }
    let ask = {
        let asked = asked.setter();
        Callback::from(move |_: MouseEvent| asked.set(true))
    };
    let oncancel = {
        let asked = asked.setter();
        Callback::from(move |()| asked.set(false))
    };
    let onconfirm = {
        let (asked, freeze, token) = (asked.setter(), freeze.clone(), props.token.clone());
        Callback::from(move |()| {
            asked.set(false);
            freeze.send(token.clone());
        })
    };
    let (state, label) = if freeze.is_loading() {
        (ButtonState::Busy, text.freeze_acting())
    } else {
        (ButtonState::Ready, text.freeze_act())
    };
    html! {
        <>
            { stage_heading("page", text.freeze_title().into(), None) }
            if let Some(problem) = freeze.problem() { { problem_notice(text, problem, None) } }
            { lead(text.freeze_lead(&props.view.employer)) }
            { heading(text.freeze_effects()) }
            { list(&[text.freeze_effect_sessions(), text.freeze_effect_links(), text.freeze_effect_nobody(), text.freeze_effect_counter()]) }
            { notice(&props!(NoticeProps { tone: Tone::Info, children: paragraph(text.freeze_if_you()) })) }
            <div class="actions">{ button(&props!(ButtonProps { kind: ButtonKind::Danger, state, onclick: ask, children: html! { label } })) }</div>
            if *asked {
                <Dialog id="freeze" title={text.freeze_ask_title()} confirm={text.freeze_confirm()} cancel={text.freeze_cancel()}
                    {onconfirm} {oncancel}>
                    { paragraph(text.freeze_ask_body()) }
                </Dialog>
            }
        </>
    }
}

/// What the result needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct FrozenProps {
    /// The employer, masked.
    employer: String,
    /// Since when.
    at: Timestamp,
}

/// Frozen: what was done, when, what comes next.
#[component]
fn Frozen(props: &FrozenProps) -> Html {
    let text = use_text();
    use_title(text.freeze_done_title());
    let (_, month, day) = clock::day(props.at);
    let when = text.freeze_done_when(
        day,
        text.challenges_month_name(month.into()),
        clock::hour(props.at),
    );
    let entries = vec![
        Description {
            term: text.freeze_done_employer().into(),
            detail: html! { &props.employer },
        },
        Description {
            term: text.freeze_done_at().into(),
            detail: html! { when },
        },
    ];
    result_panel(
        Tone::Success,
        text.freeze_done_title(),
        html! { <>
            { paragraph(text.freeze_done_what()) }
            { description_list(&props!(DescriptionListProps { entries })) }
            { heading(text.freeze_done_next()) }
            { list(&[text.freeze_done_next_counter(), text.freeze_done_next_mail(), text.freeze_done_next_keep()]) }
            <div class="actions no-print">
                { press(ButtonKind::Secondary, Callback::from(|_| print()), text.freeze_print()) }
                { counter(text, ButtonKind::Quiet) }
            </div>
        </> },
    )
}

/// The way to the counter.
fn counter(text: Text, kind: ButtonKind) -> Html {
    button_link(
        kind,
        Route::Appointment(AppointmentPage::Begin).path(),
        text.freeze_counter(),
    )
}
