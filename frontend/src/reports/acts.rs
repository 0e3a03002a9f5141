//! What officers did, and how often.

use crate::ui::prose::paragraph;
use shared::i18n::Text;
use shared::reports::ActKind;
use shared::reports::api::ReportView;
use yew::prelude::*;

/// The table.
pub(super) fn acts(text: Text, report: &ReportView) -> Html {
    html! {
        <section class="card flow" aria-labelledby="report-acts">
            <h2 id="report-acts">{ text.reports_acts() }</h2>
            if report.acts.is_empty() {
                { paragraph(text.reports_acts_none()) }
            } else {
                <div class="table-frame" tabindex="0" role="group" aria-labelledby="report-acts">
                    <table class="table">
                        <thead><tr><th scope="col">{ text.reports_acts_what() }</th><th scope="col">{ text.reports_acts_count() }</th></tr></thead>
                        <tbody>
                            { for report.acts.iter().map(|act| html! {
                                <tr><th scope="row">{ words(text, act.kind) }</th><td>{ act.count }</td></tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            }
        </section>
    }
}

fn words(text: Text, kind: ActKind) -> &'static str {
    match kind {
        ActKind::Queue => text.reports_act_queue(),
        ActKind::Search => text.reports_act_search(),
        ActKind::Dossier => text.reports_act_dossier(),
        ActKind::Item => text.reports_act_item(),
        ActKind::Look => text.reports_act_look(),
        ActKind::RecoveryLink => text.reports_act_recovery_link(),
        ActKind::UnlockLink => text.reports_act_unlock_link(),
        ActKind::Contact => text.reports_act_contact(),
        ActKind::Passkey => text.reports_act_passkey(),
        ActKind::Signature => text.reports_act_signature(),
        ActKind::Freeze => text.reports_act_freeze(),
        ActKind::Approval => text.reports_act_approval(),
        ActKind::Data => text.reports_act_data(),
        ActKind::Keeping => text.reports_act_keeping(),
    }
}
