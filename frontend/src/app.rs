//! The main module's app: language, address, layout, and the pages that people begin with.

use crate::home::HomePage;
use crate::i18n::TongueProvider;
use crate::layout::{AnnexGate, Layout, annex_place};
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
                        { annex_place() }
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
        // Another page of the annex is another try to fetch it.
        Route::RecoveryQuestions
        | Route::RecoveryLink
        | Route::Reset
        | Route::Help
        | Route::HelpTopic(_)
        | Route::Freeze
        | Route::MailTest => html! { <AnnexGate key={route.path()} /> },
        Route::NotFound => html! { <NotFoundPage /> },
    }
}
