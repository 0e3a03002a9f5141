//! The staff's app. A module of its own, which no citizen fetches (ADR 131). The main module shows what is around it
//! ([`crate::layout`]). How to add a page is written in [`crate::staff`].

use crate::audit::AuditPage;
use crate::centres::CentresPage;
use crate::data_requests::DataRequestsPage;
use crate::dossiers::{ApprovalsPage, DossierPage};
use crate::i18n::{TongueFollower, use_text};
use crate::institution::InstitutionPage;
use crate::queue::QueuePage;
use crate::reports::ReportsPage;
use crate::routes::{Module, NavigatorProvider, Route, StaffPage, use_navigator};
use crate::settings::SettingsProvider;
use crate::staff::{
    Behind, EntryPage, InvitationPage, KeysProvider, Officer, StaffSessionProvider, TeamPage,
};
use yew::prelude::*;

/// The staff's app.
#[component]
pub fn Office() -> Html {
    html! {
        <TongueFollower>
            <NavigatorProvider module={Module::Staff}>
                <SettingsProvider>
                    <StaffSessionProvider>
                        <KeysProvider>
                            <Page />
                        </KeysProvider>
                    </StaffSessionProvider>
                </SettingsProvider>
            </NavigatorProvider>
        </TongueFollower>
    }
}

/// Shows the page of the address, if it is the staff's.
#[component]
pub fn Page() -> Html {
    let text = use_text();
    let Route::Staff(page) = use_navigator().route else {
        return Html::default();
    };
    match page {
        StaffPage::Entry => html! { <EntryPage /> },
        StaffPage::Invitation => html! { <InvitationPage /> },
        StaffPage::Queue => behind(
            page,
            text.queue_title(),
            |officer| html! { <QueuePage {officer} /> },
        ),
        StaffPage::Dossier => behind(
            page,
            text.dossiers_title(),
            |officer| html! { <DossierPage {officer} /> },
        ),
        StaffPage::Approvals => behind(
            page,
            text.dossiers_approvals_title(),
            |officer| html! { <ApprovalsPage {officer} /> },
        ),
        StaffPage::DataRequests => behind(
            page,
            text.data_requests_title(),
            |officer| html! { <DataRequestsPage {officer} /> },
        ),
        StaffPage::Audit => behind(
            page,
            text.audit_title(),
            |officer| html! { <AuditPage {officer} /> },
        ),
        StaffPage::Reports => behind(
            page,
            text.reports_title(),
            |officer| html! { <ReportsPage {officer} /> },
        ),
        StaffPage::Centres => behind(
            page,
            text.centres_title(),
            |officer| html! { <CentresPage {officer} /> },
        ),
        StaffPage::Institution => behind(
            page,
            text.institution_title(),
            |officer| html! { <InstitutionPage {officer} /> },
        ),
        StaffPage::Team => behind(
            page,
            text.staff_team_title(),
            |officer| html! { <TeamPage {officer} /> },
        ),
    }
}

/// A page behind the sign-in.
fn behind(page: StaffPage, title: &'static str, show: fn(Officer) -> Html) -> Html {
    html! { <Behind {page} {title} show={Callback::from(show)} /> }
}
