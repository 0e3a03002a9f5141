//! The main module's app: language, address, layout, and the pages that people begin with.

use crate::home::HomePage;
use crate::i18n::TongueProvider;
use crate::layout::{Layout, ModuleGate, module_places};
use crate::not_found::NotFoundPage;
use crate::recovery::BeginPage;
use crate::routes::{NavigatorProvider, Route, use_navigator};
use crate::settings::SettingsProvider;
use yew::prelude::*;

/// Everything.
#[component]
pub fn App() -> Html {
    html! {
        <TongueProvider>
            <NavigatorProvider>
                <SettingsProvider>
                    <Layout>
                        <Page />
                        { module_places() }
                    </Layout>
                </SettingsProvider>
            </NavigatorProvider>
        </TongueProvider>
    }
}

/// Shows the page of the address.
#[component]
pub fn Page() -> Html {
    let route = use_navigator().route;
    match route {
        Route::Home => html! { <HomePage /> },
        Route::Recovery => html! { <BeginPage /> },
        // Another page of a module is another try to fetch it.
        Route::RecoveryQuestions
        | Route::RecoveryLink
        | Route::Reset
        | Route::Help
        | Route::HelpTopic(_)
        | Route::Freeze
        | Route::MailTest
        | Route::Unlock
        | Route::UnlockLink
        | Route::UnlockConfirm
        | Route::PasskeyEnrolment
        | Route::ContactConfirm
        | Route::ContactCancel
        | Route::SignIn
        | Route::Account
        | Route::AccountPassword
        | Route::AccountSessions
        | Route::AccountHistory
        | Route::AccountContacts
        | Route::AccountPasskeys
        | Route::AccountDelegates
        | Route::AccountObligations
        | Route::Invitation
        | Route::Signature
        | Route::SignatureFor(_)
        | Route::SignatureCase
        | Route::Staff(_)
        | Route::Appointment(_) => html! { <ModuleGate key={route.path()} module={route.module()} /> },
        Route::NotFound => html! { <NotFoundPage /> },
    }
}
