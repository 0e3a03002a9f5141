//! The beginning: what an appointment is, and in which province.

use super::sections::Existing;
use crate::api::{Remote, use_load};
use crate::errors::{problem_notice, summary, wrong};
use crate::forms::choice::Choice;
use crate::i18n::{use_text, use_title};
use crate::routes::{AppointmentPage, Route, link, use_navigator};
use crate::steps::{AppointmentStep, appointment_steps};
use crate::ui::prose::{lead, list, paragraph};
use crate::ui::{
    ButtonState, ChoiceOption, NoticeProps, SelectProps, Tone, loading, notice, select, stage_heading, submit,
};
use shared::centres::Territory;
use shared::centres::api::{CentreList, ListCentres};
use shared::i18n::Text;
use yew::prelude::*;
use yew::props;

/// The page at `/turno`.
#[component]
pub fn BeginPage() -> Html {
    let text = use_text();
    use_title(text.appointments_title());
    let centres = use_load::<ListCentres>();
    let body = match centres.state() {
        Remote::Ready(list) if list.centres.is_empty() => notice(&props!(NoticeProps {
            tone: Tone::Warning,
            children: paragraph(text.appointments_none())
        })),
        Remote::Ready(list) => html! { <ProvinceForm list={(*list).clone()} /> },
        Remote::Failed(problem) => {
            let onretry = Callback::from(move |()| centres.send(()));
            problem_notice(text, &problem, Some(&onretry))
        }
        Remote::Idle | Remote::Loading => loading(text.appointments_loading()),
    };
    html! {
        <div class="appointments column flow">
            { appointment_steps(text, AppointmentStep::Place) }
            { stage_heading("begin", text.appointments_title().into(), None) }
            { lead(text.appointments_lead()) }
            <Existing />
            { body }
            { at_hand(text) }
        </div>
    }
}

/// What to have at hand, and where to go who has an appointment.
fn at_hand(text: Text) -> Html {
    html! {
        <section class="prepare flow" aria-labelledby="prepare">
            <h2 id="prepare">{ text.recovery_prepare_title() }</h2>
            { list(&[
                text.appointments_need_number(),
                text.appointments_need_mailbox(),
                text.appointments_need_time(),
            ]) }
            <p>{ link(Route::Appointment(AppointmentPage::Mine), text.appointments_mine_link()) }</p>
            <p>{ link(Route::HelpTopic("turno".into()), text.appointments_help()) }</p>
        </section>
    }
}

/// Properties of [`ProvinceForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct ProvinceFormProps {
    list: CentreList,
}

/// In which province.
#[component]
fn ProvinceForm(props: &ProvinceFormProps) -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let offered = provinces(&props.list);
    // Chosen before in this tab, and still with a centre.
    let province = {
        let kept = Choice::recall().province.filter(|kept| offered.contains(kept));
        use_state_eq(|| kept)
    };
    let submission = use_state(|| 0_u32);
    let onchange = {
        let province = province.setter();
        Callback::from(move |value: Option<AttrValue>| {
            province.set(value.and_then(|value| value.parse().ok()));
        })
    };
    let onsubmit = {
        let (province, submission) = (*province, submission.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submission.set(*submission + 1);
            let Some(province) = province else { return };
            let kept = Choice::recall();
            if kept.province != Some(province) {
                Choice {
                    province: Some(province),
                    centre: None,
                    starts_at: None,
                    ..kept
                }
                .keep();
            }
            navigator.go(Route::Appointment(AppointmentPage::Errand));
        })
    };
    let missing = (*submission > 0 && province.is_none()).then(|| text.appointments_province_missing());
    let options = offered
        .into_iter()
        .map(|one| ChoiceOption::new(one.to_string(), one.name()))
        .collect::<Vec<_>>();
    html! {
        <form class="flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || missing.map(|words| wrong("province", words)).into_iter().collect()) }
            { select(&props!(SelectProps {
                id: "province",
                label: text.appointments_province_label(),
                hint: text.appointments_province_hint(),
                error: missing.map(AttrValue::from),
                placeholder: text.appointments_province_choose(),
                options,
                selected: (*province).map(|one| AttrValue::from(one.to_string())),
                onchange
            })) }
            <div class="actions">{ submit(ButtonState::Ready, text.appointments_continue()) }</div>
        </form>
    }
}

/// The provinces that have a centre, as a list is searched: by name.
fn provinces(list: &CentreList) -> Vec<Territory> {
    let mut provinces = list.provinces();
    provinces.sort_unstable_by_key(|one| folded(one.name()));
    provinces
}

/// A name without the accents that would put it behind the others.
fn folded(name: &str) -> String {
    name.chars()
        .map(|letter| match letter {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            'ñ' => 'n',
            other => other,
        })
        .collect()
}
