//! The account area: signing in, and everything an employer does once inside (ADR 56). A module of its own, which nobody
//! fetches who only recovers a password.

use crate::i18n::TongueFollower;
use crate::not_found::NotFoundPage;
use crate::routes::{Module, NavigatorProvider, Route, use_navigator};
use crate::settings::SettingsProvider;
use yew::prelude::*;

/// The account area's app.
#[component]
pub fn AccountArea() -> Html {
    html! {
        <TongueFollower>
            <NavigatorProvider module={Module::Account}>
                <SettingsProvider>
                    <Page />
                </SettingsProvider>
            </NavigatorProvider>
        </TongueFollower>
    }
}

/// Shows the page of the address, if it is the account area's.
#[component]
pub fn Page() -> Html {
    match use_navigator().route {
        Route::SignIn
        | Route::Account
        | Route::AccountPassword
        | Route::AccountSessions
        | Route::AccountHistory
        | Route::AccountContacts
        | Route::AccountPasskeys
        | Route::AccountDelegates
        | Route::AccountObligations
        | Route::Invitation => html! { <NotFoundPage /> },
        Route::Home
        | Route::Recovery
        | Route::RecoveryQuestions
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
        | Route::NotFound => Html::default(),
    }
}
