//! Somebody who comes without an appointment, as they say who they are.

use super::words;
use crate::errors::{problem_notice, summary, wrong};
use crate::forms::identifiers::{
    branch_error, branch_field, employer_error, employer_field, representative_error, representative_field,
};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::focus;
use crate::ui::prose::{heading, soft};
use crate::ui::{ButtonKind, ButtonState, ChoiceOption, SelectProps, press, select, submit};
use shared::api::Problem;
use shared::centres::Procedure;
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId};
use shared::visits::api::WalkIn;
use yew::prelude::*;
use yew::props;

/// Properties of [`WalkInForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct WalkInFormProps {
    /// Whether an act is awaited.
    pub state: ButtonState,
    /// Why the last one came to nothing.
    pub problem: Option<Problem>,
    /// Lets them in.
    pub onadmit: Callback<WalkIn>,
    /// Closes the form.
    pub onleave: Callback<()>,
}

/// The form.
#[component]
pub(super) fn WalkInForm(props: &WalkInFormProps) -> Html {
    let text = use_text();
    let employer = use_field::<EmployerIdentifier>(String::new);
    let branch = use_field::<Branch>(|| Branch::default().to_string());
    let representative = use_field::<RepresentativeId>(String::new);
    let procedure = use_state_eq(|| Procedure::Recovery);
    let submission = use_state(|| 0_u32);
    use_effect_with((), |()| focus::element("employer"));
    let onsubmit = {
        let (employer, branch, representative) = (employer.clone(), branch.clone(), representative.clone());
        let (procedure, submission, state) = (*procedure, submission.clone(), props.state);
        let onadmit = props.onadmit.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if state == ButtonState::Busy {
                return;
            }
            submission.set(*submission + 1);
            let (employer, branch, representative) = (employer.send(), branch.send(), representative.send());
            if let (Ok(employer), Ok(branch), Ok(representative)) = (employer, branch, representative) {
                onadmit.emit(WalkIn {
                    employer,
                    branch,
                    representative,
                    procedure,
                });
            }
        })
    };
    let entries = || {
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
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    let options: Vec<_> = Procedure::ALL
        .iter()
        .map(|one| ChoiceOption::new(one.as_str(), words::procedure(text, *one)))
        .collect();
    let onchange = {
        let procedure = procedure.setter();
        Callback::from(move |chosen: Option<AttrValue>| {
            if let Some(chosen) = chosen.and_then(|word| word.parse().ok()) {
                procedure.set(chosen);
            }
        })
    };
    html! {
        <form class="card flow" {onsubmit} novalidate=true>
            { heading(text.queue_walk_in_title()) }
            { summary(text, *submission, entries) }
            if let Some(problem) = &props.problem { { problem_notice(text, problem, None) } }
            { employer_field(text, "employer", &employer) }
            { branch_field(text, "branch", &branch) }
            { representative_field(text, "representative", &representative) }
            { select(&props!(SelectProps {
                id: "procedure", label: text.queue_for(), placeholder: text.queue_for_choose(), options,
                selected: AttrValue::from(procedure.as_str()), onchange
            })) }
            { soft(text.queue_walk_in_hint()) }
            <div class="actions">
                { submit(props.state, text.queue_admit()) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_: MouseEvent| ()), text.staff_leave_it()) }
            </div>
        </form>
    }
}
