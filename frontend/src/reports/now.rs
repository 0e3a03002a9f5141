//! Who is at the centres at this moment.

use super::charts::minutes;
use shared::i18n::Text;
use shared::reports::api::{CentreNow, ReportView};
use yew::prelude::*;

/// The table: those who wait, those who are called or served, and how long the first of those who wait has waited.
pub(super) fn now(text: Text, report: &ReportView) -> Html {
    html! {
        <section class="card flow" aria-labelledby="report-now">
            <h2 id="report-now">{ text.reports_now() }</h2>
            <div class="table-frame" tabindex="0" role="group" aria-labelledby="report-now">
                <table class="table">
                    <thead><tr>
                        <th scope="col">{ text.reports_column_centre() }</th>
                        <th scope="col">{ text.reports_now_waiting() }</th>
                        <th scope="col">{ text.reports_now_in_service() }</th>
                        <th scope="col">{ text.reports_longest_wait() }</th>
                    </tr></thead>
                    <tbody>{ for report.at_once.iter().map(|there| row(text, report, there)) }</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(text: Text, report: &ReportView, there: &CentreNow) -> Html {
    let named = report.centres.iter().find(|centre| centre.centre == there.centre);
    let longest = there
        .longest_since
        .map_or_else(|| "—".to_owned(), |since| minutes(text, report.now.since(since)));
    html! {
        <tr key={there.centre.to_string()}>
            <th scope="row">{ named.map(|centre| centre.name.clone()) }</th>
            <td>{ there.waiting }</td>
            <td>{ there.in_service }</td>
            <td>{ longest }</td>
        </tr>
    }
}
