//! What the registries say beside what the visit says.

use super::words;
use crate::api::Call;
use crate::errors::problem_notice;
use crate::staff::state_of;
use crate::ui::prose::{paragraph, soft};
use crate::ui::{ButtonKind, ButtonProps, NoticeProps, TagTone, Tone, Urgency, button, notice, tag};
use shared::dossiers::api::{Access, DossierView, LookUp};
use shared::dossiers::{Discrepancy, Found, FoundIn};
use shared::i18n::Text;
use yew::prelude::*;
use yew::props;

/// Asking them, and what they said.
pub(super) fn records(text: Text, view: &DossierView, look_up: &Call<LookUp>, onask: Callback<()>) -> Html {
    let label = match view.found {
        Some(_) => text.dossiers_look_up_again(),
        None => text.dossiers_look_up(),
    };
    let serving = view.access == Access::Serving;
    html! {
        <section class="records" aria-labelledby="records-title">
            <div class="section-head">
                <h2 id="records-title">{ text.dossiers_records() }</h2>
                if serving {
                    { button(&props!(ButtonProps { kind: ButtonKind::Secondary, state: state_of(look_up), onclick: onask.reform(|_: MouseEvent| ()), children: html! { <>{ label }<kbd aria-hidden="true">{ "c" }</kbd></> } })) }
                }
            </div>
            if let Some(problem) = look_up.problem() { { problem_notice(text, problem, None) } }
            { differences(text, &view.discrepancies) }
            { match &view.found { Some(found) => table(text, view, found), None => soft(text.dossiers_not_asked()) } }
        </section>
    }
}

/// Where they differ: said aloud when it comes up.
fn differences(text: Text, all: &[Discrepancy]) -> Html {
    if all.is_empty() {
        return Html::default();
    }
    let line = |one: &Discrepancy| {
        let record = match (&one.found, one.found_in) {
            (Some(found), FoundIn::Status) => found
                .parse()
                .map_or_else(|_| found.clone(), |status| words::status(text, status).to_owned()),
            (Some(found), _) => found.clone(),
            (None, _) => text.dossiers_no_record().to_owned(),
        };
        let typed = match one.found_in {
            FoundIn::Status => text.dossiers_status_active().to_owned(),
            FoundIn::Person
            | FoundIn::Taxpayer
            | FoundIn::Holder
            | FoundIn::Appointment
            | FoundIn::Employer
            | FoundIn::Representative
            | FoundIn::Booking => one.typed.clone(),
        };
        html! {
            <li>
                <strong>{ words::item(text, one.item) }{ ": " }{ words::found_in(text, one.found_in) }</strong>
                <span class="differs"><del>{ typed }</del>{ " → " }<ins>{ record }</ins></span>
            </li>
        }
    };
    notice(&props!(NoticeProps {
        tone: Tone::Danger,
        title: text.dossiers_differs(),
        urgency: Urgency::Assertive,
        children: html! { <ul class="differences">{ for all.iter().map(line) }</ul> }
    }))
}

/// Everything that was said, line by line, with what the visit says beside it.
fn table(text: Text, view: &DossierView, found: &Found) -> Html {
    let person = view.representative.to_string();
    let same = |record: Option<&String>| match record {
        Some(record) if *record == person => tag(TagTone::Done, text.dossiers_same()),
        Some(_) => tag(TagTone::Stopped, text.dossiers_other()),
        None => Html::default(),
    };
    let row = |name: &'static str, said: String, record: Option<String>, mark: Html| {
        html! {
            <tr>
                <th scope="row">{ name }</th>
                <td class="figures" data-label={text.dossiers_column_visit()}>{ said }</td>
                <td class="figures" data-label={text.dossiers_column_record()}>{ record.unwrap_or_else(|| text.dossiers_no_record().to_owned()) }</td>
                <td>{ mark }</td>
            </tr>
        }
    };
    let status = found.status.map(|status| words::status(text, status).to_owned());
    let active = match found.status {
        Some(shared::registries::TaxpayerStatus::Active) => tag(TagTone::Done, text.dossiers_same()),
        Some(_) => tag(TagTone::Stopped, text.dossiers_other()),
        None => Html::default(),
    };
    let named = |id: Option<&shared::identifiers::RepresentativeId>| id.map(ToString::to_string);
    let (holder, appointed, recorded) = (
        named(found.holder.as_ref()),
        named(found.appointed.as_ref()),
        named(found.recorded.as_ref()),
    );
    html! {
        <>
            <div class="table-frame" tabindex="0" role="group" aria-labelledby="records-title">
                <table class="table">
                    <thead><tr>
                        <th scope="col">{ text.dossiers_column_what() }</th>
                        <th scope="col">{ text.dossiers_column_visit() }</th>
                        <th scope="col">{ text.dossiers_column_record() }</th>
                        <td></td>
                    </tr></thead>
                    <tbody>
                        { row(text.dossiers_row_status(), text.dossiers_status_active().to_owned(), status, active) }
                        if holder.is_some() { { row(text.dossiers_row_holder(), person.clone(), holder.clone(), same(holder.as_ref())) } }
                        { row(text.dossiers_row_appointed(), person.clone(), appointed.clone(), same(appointed.as_ref())) }
                        { row(text.dossiers_row_recorded(), person.clone(), recorded.clone(), same(recorded.as_ref())) }
                    </tbody>
                </table>
            </div>
            if let Some(since) = found.appointed_on { { soft(text.dossiers_appointed_on(since.to_string())) } }
            { soft(text.dossiers_asked_at(words::hour(view.zone, found.at))) }
            if !found.silent.is_empty() {
                { notice(&props!(NoticeProps { tone: Tone::Warning, title: text.dossiers_silent(), children: html! { <>
                    <ul>{ for found.silent.iter().map(|registry| html! { <li>{ words::registry(text, *registry) }</li> }) }</ul>
                    { paragraph(text.dossiers_silent_what()) }
                </> } })) }
            }
        </>
    }
}
