//! The appointment of this browser, or finding it.

use super::current::{Current, use_current};
use super::find::FindForm;
use super::stage::{StageProps, standing, step_of, title};
use crate::api::use_call;
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::routes::{AppointmentPage, Route, link};
use crate::steps::{AppointmentStep, appointment_steps};
use crate::ui::prose::lead;
use crate::ui::{ButtonKind, loading, press, stage_heading};
use shared::appointments::api::{Empty, LeaveAppointment};
use yew::prelude::*;
use yew::props;

/// The page at `/turno/mi-turno`, whatever the stage.
#[component]
pub fn MinePage() -> Html {
    // Another appointment is another page: what was known of the one before goes with it.
    let round = use_state(|| 0_u32);
    let onforget = {
        let round = round.clone();
        Callback::from(move |()| round.set(*round + 1))
    };
    html! { <Mine key={*round} {onforget} /> }
}

/// Properties of [`Mine`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct MineProps {
    /// Begins anew, with whatever the server has now.
    onforget: Callback<()>,
}

#[component]
fn Mine(props: &MineProps) -> Html {
    let text = use_text();
    let current = use_current();
    use_title(match &current {
        Current::Here { seen, .. } => title(text, &seen.view.stage),
        Current::Asked | Current::Missing | Current::Failed(..) => text.appointments_find_title(),
    });
    let page = match current {
        Current::Asked => html! {
            <>{ stage_heading("none", text.appointments_find_title().into(), None) }{ loading(text.appointments_loading()) }</>
        },
        Current::Failed(problem, onretry) => html! {
            <>
                { stage_heading("none", text.appointments_find_title().into(), None) }
                { problem_notice(text, &problem, Some(&onretry)) }
            </>
        },
        Current::Missing => html! {
            <>
                { stage_heading("none", text.appointments_find_title().into(), None) }
                { lead(text.appointments_find_lead()) }
                <FindForm onfound={props.onforget.clone()} />
                <p>{ link(Route::Appointment(AppointmentPage::Begin), text.appointments_title()) }</p>
            </>
        },
        Current::Here {
            seen,
            doubt,
            show,
            onask,
        } => html! {
            <>
                { for step_of(&seen.view.stage).map(|step| appointment_steps(text, step)) }
                { for doubt }
                { standing(text, &props!(StageProps { seen: seen.clone(), show, onask })) }
                // Whoever looks for another one while a place is held loses it: first the one, then the other.
                if step_of(&seen.view.stage) != Some(AppointmentStep::Confirm) {
                    <Another onforget={props.onforget.clone()} />
                }
            </>
        },
    };
    html! { <div class="appointments column flow">{ page }</div> }
}

/// Properties of [`Another`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct AnotherProps {
    onforget: Callback<()>,
}

/// Leaves this appointment as it is and looks for another one.
#[component]
fn Another(props: &AnotherProps) -> Html {
    let text = use_text();
    let leave = use_call::<LeaveAppointment>();
    let onclick = {
        let (leave, onforget) = (leave.clone(), props.onforget.clone());
        Callback::from(move |_: MouseEvent| {
            let onforget = onforget.clone();
            leave.send_then(Empty {}, move |_| onforget.emit(()));
        })
    };
    html! {
        <div class="actions no-print">
            { press(ButtonKind::Quiet, onclick, text.appointments_another()) }
            if let Some(problem) = leave.problem() { { problem_notice(text, problem, None) } }
        </div>
    }
}
