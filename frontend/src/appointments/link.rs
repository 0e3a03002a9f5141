//! The link of a mail: this browser gets the appointment, and shows it.

use crate::api::use_call;
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::routes::{AppointmentPage, Route, use_fragment, use_navigator};
use crate::ui::prose::paragraph;
use crate::ui::{ButtonKind, NoticeProps, Tone, button_link, loading, notice, stage_heading};
use shared::appointments::api::{LinkToken, OpenAppointmentLink};
use yew::prelude::*;
use yew::props;

/// The page at `/turno/gestionar`. Nothing is changed by opening a link, so it is opened at once.
#[component]
pub fn LinkPage() -> Html {
    let text = use_text();
    use_title(text.appointments_link_title());
    let navigator = use_navigator();
    let fragment = use_fragment();
    let open = use_call::<OpenAppointmentLink>();
    let ask = {
        let (open, fragment) = (open.clone(), fragment.clone());
        Callback::from(move |()| {
            if let Some(token) = fragment.secret.clone() {
                let navigator = navigator.clone();
                open.send_then(LinkToken { token }, move |_| {
                    navigator.replace(Route::Appointment(AppointmentPage::Mine));
                });
            }
        })
    };
    {
        let ask = ask.clone();
        use_effect_with(fragment.clone(), move |_| ask.emit(()));
    }
    let find = html! { <div class="actions">{ button_link(ButtonKind::Primary, Route::Appointment(AppointmentPage::Mine).path(), text.appointments_link_find()) }</div> };
    let body = match (&fragment.secret, open.problem()) {
        (None, _) => html! {
            <>
                { notice(&props!(NoticeProps {
                    tone: Tone::Warning,
                    title: text.appointments_link_missing_title(),
                    children: paragraph(text.appointments_link_missing_what())
                })) }
                { find }
            </>
        },
        (Some(_), Some(problem)) => html! { <>{ problem_notice(text, problem, Some(&ask)) }{ find }</> },
        (Some(_), None) => loading(text.appointments_loading()),
    };
    html! {
        <div class="appointments column flow">
            { stage_heading("link", text.appointments_link_title().into(), None) }
            { body }
        </div>
    }
}
