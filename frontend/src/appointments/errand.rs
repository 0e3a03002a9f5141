//! What for, and at a counter or by video.

use super::path::use_province;
use super::words;
use crate::api::{Remote, use_load};
use crate::errors::{problem_notice, summary, wrong};
use crate::forms::choice::Choice;
use crate::i18n::{use_text, use_title};
use crate::routes::{AppointmentPage, Route, link, use_navigator};
use crate::steps::{AppointmentStep, appointment_steps};
use crate::ui::{ButtonState, ChoiceOption, RadiosProps, loading, radios, stage_heading, submit};
use shared::centres::api::{CentreList, ListCentres};
use shared::centres::{Mode, Procedure};
use shared::i18n::Text;
use yew::prelude::*;
use yew::props;

/// The page at `/turno/tramite`.
#[component]
pub fn ErrandPage() -> Html {
    let text = use_text();
    use_title(text.appointments_errand_title());
    let chosen = use_province();
    let centres = use_load::<ListCentres>();
    if chosen.is_none() {
        return loading(text.appointments_loading());
    }
    let body = match centres.state() {
        Remote::Ready(list) => html! { <ErrandForm list={(*list).clone()} /> },
        Remote::Failed(problem) => {
            let onretry = Callback::from(move |()| centres.send(()));
            problem_notice(text, &problem, Some(&onretry))
        }
        Remote::Idle | Remote::Loading => loading(text.appointments_loading()),
    };
    html! {
        <div class="appointments column flow">
            { appointment_steps(text, AppointmentStep::Place) }
            { stage_heading("errand", text.appointments_errand_title().into(), None) }
            { body }
            <p>{ link(Route::Appointment(AppointmentPage::Begin), text.appointments_change_province()) }</p>
        </div>
    }
}

/// Properties of [`ErrandForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct ErrandFormProps {
    list: CentreList,
}

/// The two questions. Offered is what any centre offers: where, the next page says.
#[component]
fn ErrandForm(props: &ErrandFormProps) -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let kept = use_memo((), |()| Choice::recall());
    let procedures: Vec<Procedure> = Procedure::ALL
        .iter()
        .copied()
        .filter(|one| {
            props
                .list
                .centres
                .iter()
                .any(|centre| centre.procedures.offers(*one))
        })
        .collect();
    let modes: Vec<Mode> = Mode::ALL
        .iter()
        .copied()
        .filter(|one| props.list.centres.iter().any(|centre| centre.modes.offers(*one)))
        .collect();
    let procedure = use_state_eq(|| kept.procedure.filter(|one| procedures.contains(one)));
    let mode = use_state_eq(|| kept.mode.filter(|one| modes.contains(one)));
    let submission = use_state(|| 0_u32);
    let onsubmit = {
        let (procedure, mode, submission) = (*procedure, *mode, submission.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submission.set(*submission + 1);
            if procedure.is_none() || mode.is_none() {
                return;
            }
            let kept = Choice::recall();
            let (centre, starts_at) = if (kept.procedure, kept.mode) == (procedure, mode) {
                (kept.centre, kept.starts_at)
            } else {
                (None, None)
            };
            Choice {
                procedure,
                mode,
                centre,
                starts_at,
                ..kept
            }
            .keep();
            navigator.go(Route::Appointment(AppointmentPage::Centre));
        })
    };
    let sent = *submission > 0;
    let no_procedure = (sent && procedure.is_none()).then(|| text.appointments_procedure_missing());
    let no_mode = (sent && mode.is_none()).then(|| text.appointments_mode_missing());
    let entries = || {
        let procedure = no_procedure.map(|words| wrong("procedure-0", words));
        let mode = no_mode.map(|words| wrong("mode-0", words));
        procedure.into_iter().chain(mode).collect()
    };
    let onprocedure = {
        let procedure = procedure.setter();
        Callback::from(move |value: AttrValue| procedure.set(value.parse().ok()))
    };
    let onmode = {
        let mode = mode.setter();
        Callback::from(move |value: AttrValue| mode.set(value.parse().ok()))
    };
    html! {
        <form class="flow" {onsubmit} novalidate=true>
            { summary(text, *submission, entries) }
            { radios(&props!(RadiosProps {
                id: "procedure",
                label: text.appointments_procedure_label(),
                error: no_procedure.map(AttrValue::from),
                options: procedures.iter().map(|one| procedure_option(text, *one)).collect::<Vec<_>>(),
                selected: (*procedure).map(|one| AttrValue::from(one.as_str())),
                onchange: onprocedure
            })) }
            { radios(&props!(RadiosProps {
                id: "mode",
                label: text.appointments_mode_label(),
                error: no_mode.map(AttrValue::from),
                options: modes.iter().map(|one| mode_option(text, *one)).collect::<Vec<_>>(),
                selected: (*mode).map(|one| AttrValue::from(one.as_str())),
                onchange: onmode
            })) }
            <div class="actions">{ submit(ButtonState::Ready, text.appointments_continue()) }</div>
        </form>
    }
}

fn option(value: &'static str, (label, hint): (&'static str, &'static str)) -> ChoiceOption {
    ChoiceOption {
        hint: Some(hint.into()),
        ..ChoiceOption::new(value, label)
    }
}

fn procedure_option(text: Text, one: Procedure) -> ChoiceOption {
    option(one.as_str(), words::procedure(text, one))
}

fn mode_option(text: Text, one: Mode) -> ChoiceOption {
    option(one.as_str(), words::mode(text, one))
}
