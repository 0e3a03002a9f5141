//! What was deleted, and what stays, in words.

use crate::ui::prose::soft;
use shared::data_requests::KeptBecause;
use shared::data_requests::api::{DataDeletion, Deletable, Deleted, Remaining, Undeletable};
use shared::i18n::Text;
use yew::prelude::*;

/// Both lists.
pub(super) fn deletion_told(text: Text, deletion: &DataDeletion) -> Html {
    html! {
        <div class="card flow">
            <h3>{ text.data_requests_was_deleted() }</h3>
            <ul>{ for deletion.deleted.iter().map(|one| html! { <li>{ deleted(text, *one) }</li> }) }</ul>
            <h3>{ text.data_requests_stays() }</h3>
            <ul>{ for deletion.kept.iter().map(|one| html! { <li>{ remaining(text, *one) }</li> }) }</ul>
            { soft(text.data_requests_stays_note()) }
        </div>
    }
}

fn deleted(text: Text, deleted: Deleted) -> String {
    let what = match deleted.what {
        Deletable::Browsers => text.data_requests_browsers(),
        Deletable::Messages => text.data_requests_messages(),
        Deletable::Appointments => text.data_requests_appointments(),
        Deletable::Visits => text.data_requests_visits(),
    };
    format!("{what}: {}", deleted.rows)
}

fn remaining(text: Text, remaining: Remaining) -> String {
    let what = match remaining.what {
        Undeletable::Account => text.data_requests_account(),
        Undeletable::AuditLog => text.data_requests_audit_log(),
        Undeletable::Attempts => text.data_requests_attempts(),
        Undeletable::Cases => text.data_requests_cases(),
        Undeletable::Evidence => text.data_requests_evidence(),
        Undeletable::Records => text.data_requests_records(),
    };
    let why = match remaining.because {
        KeptBecause::Account => text.data_requests_because_account(),
        KeptBecause::Evidence => text.data_requests_because_evidence(),
        KeptBecause::Security => text.data_requests_because_security(),
        KeptBecause::SoonGone => text.data_requests_because_soon_gone(),
        KeptBecause::OfficialRecord => text.data_requests_because_official(),
    };
    format!("{what}: {why}")
}
