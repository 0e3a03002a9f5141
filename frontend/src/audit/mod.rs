//! The auditors' page: searching the log, verifying its chain, taking a part of it along, holding documents.
//!
//! Invariants: what is masked by the server is shown masked, and nothing here can unmask it; what an auditor takes along
//! is put together in this browser and sent nowhere.

mod export;
mod holds;
mod optional;
mod results;
mod search;
mod verification;

use crate::i18n::use_text;
use crate::staff::Officer;
use crate::ui::prose::lead;
use export::ExportSection;
use holds::HoldsSection;
use search::SearchSection;
use shared::identifiers::DocumentId;
use verification::VerificationSection;
use yew::prelude::*;

/// Properties of [`AuditPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AuditPageProps {
    /// Who is signed in.
    pub officer: Officer,
}

/// The page.
#[component]
pub fn AuditPage(_props: &AuditPageProps) -> Html {
    let text = use_text();
    let chosen = use_state_eq(|| None::<DocumentId>);
    let onhold = {
        let chosen = chosen.setter();
        Callback::from(move |document| chosen.set(Some(document)))
    };
    html! {
        <div class="flow">
            { lead(text.audit_lead()) }
            <VerificationSection />
            <SearchSection {onhold} />
            <HoldsSection chosen={*chosen} />
            <ExportSection />
        </div>
    }
}
