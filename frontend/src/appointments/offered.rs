//! On the waiting list, and a place that is offered.

use super::sections::{described, procedure_entry, use_verdict, when_entry, where_entry};
use super::words;
use crate::api::use_call;
use crate::countdown::{LinkCountdown, Task};
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::procedure::{Leaving, LeavingWords};
use crate::ui::prose::{lead, paragraph};
use crate::ui::{ButtonProps, ButtonState, button};
use shared::appointments::api::{AcceptOffer, AppointmentView, CancelAppointment, Empty, PlaceView};
use shared::i18n::Text;
use shared::time::{Countdown, Deadline};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`Offered`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct OfferedProps {
    /// The appointment.
    pub view: Rc<AppointmentView>,
    /// The place.
    pub place: PlaceView,
    /// Its time.
    pub countdown: Countdown,
    /// Takes a newer view.
    pub show: Callback<Rc<AppointmentView>>,
    /// Asks the server, which decides whether the time is over.
    pub onask: Callback<()>,
}

/// A place became free: take it, or let it go.
#[component]
pub(super) fn Offered(props: &OfferedProps) -> Html {
    let text = use_text();
    let onover = use_verdict(props.onask.clone());
    let accept = use_call::<AcceptOffer>();
    let onclick = {
        let (accept, show) = (accept.clone(), props.show.clone());
        Callback::from(move |_: MouseEvent| {
            let show = show.clone();
            accept.send_then(Empty {}, move |view| show.emit(view));
        })
    };
    let (state, label) = if accept.is_loading() {
        (ButtonState::Busy, text.appointments_offered_accepting())
    } else {
        (ButtonState::Ready, text.appointments_offered_accept())
    };
    let words = LeavingWords {
        act: text.appointments_offered_refuse(),
        title: text.appointments_offered_refuse_title(),
        body: text.appointments_offered_refuse_body(),
        confirm: text.appointments_offered_refuse_confirm(),
        keep: text.appointments_offered_refuse_keep(),
    };
    let view = &props.view;
    html! {
        <>
            { lead(text.appointments_offered_lead()) }
            <LinkCountdown countdown={props.countdown} task={Task::Offer} {onover} />
            { described(vec![
                when_entry(text, view, props.place),
                where_entry(text, view),
                procedure_entry(text, view),
            ]) }
            if let Some(problem) = accept.problem() { { problem_notice(text, problem, None) } }
            <div class="actions no-print">
                { button(&props!(ButtonProps { state, onclick, children: html! { label } })) }
                <Withdrawing {words} show={props.show.clone()} />
            </div>
        </>
    }
}

/// On the list: how many are before, and how long it lasts.
pub(super) fn waiting(
    text: Text,
    view: &Rc<AppointmentView>,
    ahead: u32,
    until: Deadline,
    show: &Callback<Rc<AppointmentView>>,
) -> Html {
    let words = LeavingWords {
        act: text.appointments_waits_leave(),
        title: text.appointments_waits_leave_title(),
        body: text.appointments_waits_leave_body(),
        confirm: text.appointments_waits_leave_confirm(),
        keep: text.appointments_waits_leave_keep(),
    };
    let until = words::date(text, view.centre.zone.day_of(until.instant()));
    html! {
        <>
            { lead(text.appointments_waits_ahead(ahead.into())) }
            if let Some(email) = &view.email { { paragraph(text.appointments_waits_told(email.to_string())) } }
            { paragraph(text.appointments_waits_until(until)) }
            { described(vec![where_entry(text, view), procedure_entry(text, view)]) }
            { paragraph(text.appointments_waits_meanwhile()) }
            <div class="actions no-print"><Withdrawing {words} show={show.clone()} /></div>
        </>
    }
}

/// Properties of [`Withdrawing`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct WithdrawingProps {
    /// What the question says.
    pub words: LeavingWords,
    /// Takes the view afterwards.
    pub show: Callback<Rc<AppointmentView>>,
}

/// Cancels, leaves the list or lets the offer go, after a question.
#[component]
pub(super) fn Withdrawing(props: &WithdrawingProps) -> Html {
    let cancel = use_call::<CancelAppointment>();
    let onleave = {
        let (cancel, show) = (cancel.clone(), props.show.clone());
        Callback::from(move |()| {
            let show = show.clone();
            cancel.send_then(Empty {}, move |view| show.emit(view));
        })
    };
    html! { <Leaving words={props.words} problem={cancel.problem().cloned()} {onleave} /> }
}
