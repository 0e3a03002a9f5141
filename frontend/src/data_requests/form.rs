//! Registering a request that came.

use super::Did;
use crate::errors::{problem_notice, summary, words, wrong};
use crate::forms::identifiers::{
    branch_error, branch_field, employer_error, employer_field, representative_error, representative_field,
};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::heading;
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, ChoiceOption, RadiosProps, SelectProps, TextInputProps, button,
    press, radios, select, text_input,
};
use core::time::Duration;
use shared::data_requests::DataRequestKind;
use shared::data_requests::api::{DataRequestList, NewDataRequest, OpenDataRequest};
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId};
use shared::staff::ActReason;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// How many days ago a request may have come: it is due after 15.
const DAYS: u64 = 14;

/// Properties of [`RegisterForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct RegisterFormProps {
    pub(super) now: Timestamp,
    pub(super) ondone: Callback<(Rc<DataRequestList>, Did)>,
    pub(super) onleave: Callback<()>,
}

/// The form.
#[component]
pub(super) fn RegisterForm(props: &RegisterFormProps) -> Html {
    let text = use_text();
    let employer = use_field::<EmployerIdentifier>(String::new);
    let branch = use_field::<Branch>(|| Branch::default().to_string());
    let representative = use_field::<RepresentativeId>(String::new);
    let reason = use_field::<ActReason>(String::new);
    let kind = use_state_eq(|| DataRequestKind::Access);
    let days = use_state_eq(|| 0_u64);
    let submission = use_state(|| 0_u32);
    let call = use_staff_call::<OpenDataRequest>();
    let onsubmit = {
        let (employer, branch) = (employer.clone(), branch.clone());
        let (representative, reason) = (representative.clone(), reason.clone());
        let (kind, submission, call) = (*kind, submission.clone(), call.clone());
        let received_at = props.now.before(Duration::from_secs(*days * 24 * 3600));
        let ondone = props.ondone.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if call.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            let typed = (
                employer.send(),
                branch.send(),
                representative.send(),
                reason.send(),
            );
            let (Ok(employer), Ok(branch), Ok(representative), Ok(reason)) = typed else {
                return;
            };
            let ondone = ondone.clone();
            let asked = NewDataRequest {
                kind,
                employer,
                branch,
                representative,
                received_at,
                reason,
            };
            call.send_then(asked, move |list| ondone.emit((list, Did::Registered)));
        })
    };
    let errors = || {
        [
            employer
                .error()
                .map(|code| wrong("employer", employer_error(text, code))),
            branch
                .error()
                .map(|code| wrong("branch", branch_error(text, code))),
            representative
                .error()
                .map(|code| wrong("representative", representative_error(text, code))),
            reason
                .error()
                .map(|code| format!("{}: {}", text.data_requests_how(), words::field(text, code)))
                .map(|words| wrong("reason", words)),
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    let kinds = vec![
        ChoiceOption::new(DataRequestKind::Access.as_str(), text.data_requests_access()),
        ChoiceOption::new(DataRequestKind::Deletion.as_str(), text.data_requests_deletion()),
    ];
    let onkind = {
        let kind = kind.setter();
        Callback::from(move |word: AttrValue| {
            if let Some(chosen) = DataRequestKind::of_word(&word) {
                kind.set(chosen);
            }
        })
    };
    let ondays = {
        let days = days.setter();
        Callback::from(move |chosen: Option<AttrValue>| {
            days.set(chosen.and_then(|days| days.parse().ok()).unwrap_or(0));
        })
    };
    let when = (1..=DAYS)
        .map(|days| ChoiceOption::new(days.to_string(), text.data_requests_days_ago(days.cast_signed())));
    html! {
        <form class="card flow" {onsubmit} novalidate=true>
            { heading(text.data_requests_register()) }
            { summary(text, *submission, errors) }
            if let Some(problem) = call.problem() { { problem_notice(text, problem, None) } }
            { radios(&props!(RadiosProps { id: "kind", label: text.data_requests_kind(), options: kinds, selected: AttrValue::from(kind.as_str()), onchange: onkind })) }
            { employer_field(text, "employer", &employer) }
            { branch_field(text, "branch", &branch) }
            { representative_field(text, "representative", &representative) }
            { select(&props!(SelectProps {
                id: "received", label: text.data_requests_received(), placeholder: text.data_requests_today(), options: when.collect::<Vec<_>>(),
                selected: (*days > 0).then(|| AttrValue::from(days.to_string())), onchange: ondays
            })) }
            { text_input(&props!(TextInputProps {
                id: "reason", label: text.data_requests_how(), hint: text.data_requests_how_hint(),
                error: reason.error().map(|code| AttrValue::from(words::field(text, code))),
                value: reason.text().to_owned(), oninput: reason.oninput(), onblur: reason.onblur()
            })) }
            <div class="actions">
                { button(&props!(ButtonProps { kind: ButtonKind::Primary, role: ButtonRole::Submit, state: state_of(&call), children: html! { text.data_requests_save() } })) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_: MouseEvent| ()), text.staff_leave_it()) }
            </div>
        </form>
    }
}
