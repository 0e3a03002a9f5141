//! The app: language, address, layout, page.

use crate::freeze::FreezePage;
use crate::help::help_page;
use crate::home::HomePage;
use crate::i18n::TongueProvider;
use crate::layout::Layout;
use crate::mail_test::MailTestPage;
use crate::not_found::NotFoundPage;
use crate::recovery::RecoveryPage;
use crate::reset::ResetPage;
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
                    </Layout>
                </SettingsProvider>
            </NavigatorProvider>
        </TongueProvider>
    }
}

/// Shows the page of the address.
#[component]
pub fn Page() -> Html {
    match use_navigator().route {
        Route::Home => html! { <HomePage /> },
        // One page under three addresses, so that moving between the stages of a case loses nothing.
        Route::Recovery | Route::RecoveryQuestions | Route::RecoveryLink => html! { <RecoveryPage /> },
        Route::Reset => html! { <ResetPage /> },
        Route::Help => help_page(None),
        Route::HelpTopic(topic) => help_page(Some(&topic)),
        Route::Freeze => html! { <FreezePage /> },
        Route::MailTest => html! { <MailTestPage /> },
        Route::NotFound => html! { <NotFoundPage /> },
    }
}
