//! A request, and what can be done about it.

use super::Did;
use super::deletion::deletion_told;
use crate::errors::{problem_notice, words};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::{clock, save};
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::soft;
use crate::ui::{ButtonKind, ButtonProps, ButtonState, TagTone, TextInputProps, button, tag, text_input};
use shared::data_requests::api::{
    CloseDataRequest, DataDeletion, DataRequestAct, DataRequestClosing, DataRequestList, DataRequestOutcome,
    DataRequestView, DeleteData, ExportData, Records,
};
use shared::data_requests::{DataRequestKind, DataRequestState};
use shared::i18n::Text;
use shared::staff::ActReason;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`RequestItem`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct RequestItemProps {
    pub(super) request: DataRequestView,
    pub(super) now: Timestamp,
    pub(super) ondone: Callback<(Rc<DataRequestList>, Did)>,
}

/// The request.
#[component]
pub(super) fn RequestItem(props: &RequestItemProps) -> Html {
    let text = use_text();
    let request = &props.request;
    let reason = use_field::<ActReason>(String::new);
    let deleted = use_state(|| None::<Rc<DataDeletion>>);
    let export = use_staff_call::<ExportData>();
    let delete = use_staff_call::<DeleteData>();
    let close = use_staff_call::<CloseDataRequest>();
    let busy = export.is_loading() || delete.is_loading() || close.is_loading();
    let ondo = {
        let (reason, export, delete) = (reason.clone(), export.clone(), delete.clone());
        let (request, ondone, deleted) = (request.clone(), props.ondone.clone(), deleted.setter());
        Callback::from(move |_: MouseEvent| {
            let Ok(reason) = reason.send() else { return };
            let act = DataRequestAct {
                request: request.id,
                reason,
            };
            let (ondone, deleted) = (ondone.clone(), deleted.clone());
            match request.kind {
                DataRequestKind::Access => export.send_then(act, move |given| {
                    save::text(
                        "datos-personales.json",
                        "application/json",
                        given.document.expose(),
                    );
                    let did = match given.records {
                        Records::Given => Did::Given,
                        Records::Withheld => Did::GivenInPart,
                    };
                    ondone.emit((Rc::new(given.list.clone()), did));
                }),
                DataRequestKind::Deletion => delete.send_then(act, move |told| {
                    deleted.set(Some(told.clone()));
                    ondone.emit((Rc::new(told.list.clone()), Did::Deleted));
                }),
            }
        })
    };
    let onclose = {
        let (reason, close, request) = (reason.clone(), close.clone(), request.id);
        let ondone = props.ondone.clone();
        Callback::from(move |outcome| {
            let Ok(reason) = reason.send() else { return };
            let ondone = ondone.clone();
            let closing = DataRequestClosing {
                request,
                outcome,
                reason,
            };
            close.send_then(closing, move |list| ondone.emit((list, Did::Closed)));
        })
    };
    let problem = export.problem().or(delete.problem()).or(close.problem());
    let id = format!("reason-{}", request.id);
    let do_words = match request.kind {
        DataRequestKind::Access => text.data_requests_give(),
        DataRequestKind::Deletion => text.data_requests_delete(),
    };
    let act = |kind, state, onclick: Callback<MouseEvent>, words: &'static str| {
        button(&props!(ButtonProps {
            kind,
            state,
            onclick,
            children: html! { words }
        }))
    };
    let closing_state = if busy { ButtonState::Busy } else { state_of(&close) };
    html! {
        <li class="member">
            { about(text, request, props.now) }
            if let Some(problem) = problem { { problem_notice(text, problem, None) } }
            if let Some(deleted) = &*deleted { { deletion_told(text, deleted) } }
            if request.state == DataRequestState::Open {
                { text_input(&props!(TextInputProps {
                    id, label: text.data_requests_reason(), hint: text.data_requests_reason_hint(),
                    error: reason.error().map(|code| AttrValue::from(words::field(text, code))),
                    value: reason.text().to_owned(), oninput: reason.oninput(), onblur: reason.onblur()
                })) }
                <div class="actions">
                    { act(ButtonKind::Secondary, if busy { ButtonState::Busy } else { ButtonState::Ready }, ondo, do_words) }
                    if request.done_at.is_some() {
                        { act(ButtonKind::Quiet, closing_state, onclose.reform(|_| DataRequestOutcome::Answered), text.data_requests_close_answered()) }
                    }
                    { act(ButtonKind::Quiet, closing_state, onclose.reform(|_| DataRequestOutcome::Refused), text.data_requests_close_refused()) }
                </div>
            }
        </li>
    }
}

/// Which one it is, and how it stands.
fn about(text: Text, request: &DataRequestView, now: Timestamp) -> Html {
    let kind = match request.kind {
        DataRequestKind::Access => text.data_requests_access(),
        DataRequestKind::Deletion => text.data_requests_deletion(),
    };
    let (tone, state) = match request.state {
        DataRequestState::Open if request.due_at < now => (TagTone::Stopped, text.data_requests_state_late()),
        DataRequestState::Open if request.done_at.is_some() => {
            (TagTone::Waiting, text.data_requests_state_done())
        }
        DataRequestState::Open => (TagTone::Waiting, text.data_requests_state_open()),
        DataRequestState::Answered => (TagTone::Done, text.data_requests_state_answered()),
        DataRequestState::Refused => (TagTone::Stopped, text.data_requests_state_refused()),
    };
    html! {
        <div class="member-about">
            <p><strong>{ kind }</strong>{ " " }{ tag(tone, state) }</p>
            <p class="soft">{ format!("{} · {} · {}", request.employer, request.branch, request.representative) }</p>
            { soft(text.data_requests_dates(day(request.due_at), day(request.received_at))) }
        </div>
    }
}

/// A day as figures, year first: short, and the same in every language.
fn day(at: Timestamp) -> String {
    let (year, month, day) = clock::official_day(at);
    format!("{year}-{month:02}-{day:02}")
}
