//! Who has an appointment today and has not come yet.

use super::acts::Acts;
use super::words;
use crate::ui::prose::paragraph;
use crate::ui::{ButtonState, Roving, RovingAct, RovingRow};
use shared::i18n::Text;
use shared::visits::api::QueueView;
use yew::prelude::*;

/// By time, with a button each for whoever has come.
pub(super) fn expected(text: Text, view: &QueueView, acts: &Acts, state: ButtonState) -> Html {
    let rows: Vec<_> = view
        .expected
        .iter()
        .map(|one| {
            let (acts, id) = (acts.clone(), one.appointment);
            RovingRow {
                key: one.appointment.to_string().into(),
                body: html! { <>
                    <span class="number">{ words::hour(view.zone, one.starts_at) }</span>
                    <p>{ words::about(text, one.procedure, one.mode, &one.employer, &one.representative) }</p>
                    <p class="soft"><code>{ &one.code }</code></p>
                </> },
                act: RovingAct {
                    label: text.queue_check_in().into(),
                    about: one.code.clone().into(),
                    state,
                    onact: Callback::from(move |()| acts.check_in(id)),
                },
            }
        })
        .collect();
    html! {
        <section class="flow" aria-labelledby="expected-title">
            <h2 id="expected-title">{ text.queue_expected(i64::try_from(rows.len()).unwrap_or(i64::MAX)) }</h2>
            if rows.is_empty() {
                { paragraph(text.queue_expected_none()) }
            } else {
                <Roving id="expected" label={text.queue_expected_label()} {rows} />
            }
        </section>
    }
}
