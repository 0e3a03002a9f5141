//! Requests of people about what is kept about them: registered, answered, closed.
//!
//! Invariant: what is given out is saved as a file by this browser and shown nowhere.

mod deletion;
mod form;
mod request;

use crate::api::Remote;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::staff::{Officer, use_staff_load};
use crate::ui::prose::{lead, paragraph};
use crate::ui::{ButtonKind, live_region, loading, press};
use form::RegisterForm;
use request::RequestItem;
use shared::data_requests::DataRequestState;
use shared::data_requests::api::{DataRequestList, ListDataRequests};
use std::rc::Rc;
use yew::prelude::*;

/// What was done, to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Did {
    Nothing,
    Registered,
    Given,
    GivenInPart,
    Deleted,
    Closed,
}

/// Properties of [`DataRequestsPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DataRequestsPageProps {
    /// Who is signed in.
    pub officer: Officer,
}

/// The page.
#[component]
pub fn DataRequestsPage(_props: &DataRequestsPageProps) -> Html {
    let text = use_text();
    let load = use_staff_load::<ListDataRequests>();
    let changed = use_state(|| None::<Rc<DataRequestList>>);
    let registering = use_state_eq(|| false);
    let did = use_state_eq(|| Did::Nothing);
    let onretry = {
        let load = load.clone();
        Callback::from(move |()| load.send(()))
    };
    let list = match (&*changed, load.state()) {
        (Some(list), _) => list.clone(),
        (None, Remote::Ready(list)) => list,
        (None, Remote::Idle | Remote::Loading) => return loading(text.staff_loading()),
        (None, Remote::Failed(problem)) => return problem_notice(text, &problem, Some(&onretry)),
    };
    let ondone = {
        let (changed, did, registering) = (changed.setter(), did.setter(), registering.setter());
        Callback::from(move |(list, what): (Rc<DataRequestList>, Did)| {
            changed.set(Some(list));
            did.set(what);
            registering.set(false);
        })
    };
    let onleave = {
        let registering = registering.setter();
        Callback::from(move |()| registering.set(false))
    };
    let onregister = {
        let (registering, did) = (registering.setter(), did.setter());
        Callback::from(move |_: MouseEvent| {
            did.set(Did::Nothing);
            registering.set(true);
        })
    };
    let announcement = match *did {
        Did::Nothing => "",
        Did::Registered => text.data_requests_registered(),
        Did::Given => text.data_requests_given(),
        Did::GivenInPart => text.data_requests_given_in_part(),
        Did::Deleted => text.data_requests_deleted(),
        Did::Closed => text.data_requests_closed(),
    };
    let item = |request: &shared::data_requests::api::DataRequestView| {
        html! { <RequestItem key={request.id.to_string()} request={request.clone()} now={list.now} ondone={ondone.clone()} /> }
    };
    let (open, over): (Vec<_>, Vec<_>) = list
        .requests
        .iter()
        .partition(|request| request.state == DataRequestState::Open);
    html! {
        <div class="flow">
            { lead(text.data_requests_lead()) }
            if !announcement.is_empty() { <p class="said"><strong>{ announcement }</strong></p> }
            { live_region(announcement) }
            if *registering {
                <RegisterForm now={list.now} ondone={ondone.clone()} {onleave} />
            } else {
                <div class="actions">{ press(ButtonKind::Primary, onregister, text.data_requests_register()) }</div>
            }
            <h2>{ text.data_requests_open() }</h2>
            if open.is_empty() { { paragraph(text.data_requests_none()) } }
            <ul class="members">{ for open.into_iter().map(item) }</ul>
            if !over.is_empty() {
                <h2>{ text.data_requests_over() }</h2>
                <ul class="members">{ for over.into_iter().map(item) }</ul>
            }
        </div>
    }
}
