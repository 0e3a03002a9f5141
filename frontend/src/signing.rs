//! Signing's app: the pages of requests that are signed electronically (ADR 110). A module of its own, which nobody fetches who
//! proves another way who they are. The main module shows what is around it ([`crate::layout`]).

use crate::i18n::TongueFollower;
use crate::routes::{Module, NavigatorProvider, Route, use_navigator};
use crate::settings::SettingsProvider;
use crate::signatures::{BeginPage, CasePage, PurposePage};
use yew::prelude::*;

/// Signing's app.
#[component]
pub fn Signing() -> Html {
    html! {
        <TongueFollower>
            <NavigatorProvider module={Module::Signing}>
                <SettingsProvider>
                    <Page />
                </SettingsProvider>
            </NavigatorProvider>
        </TongueFollower>
    }
}

/// Shows the page of the address, if it is signing's.
#[component]
pub fn Page() -> Html {
    match use_navigator().route {
        Route::Signature => html! { <PurposePage /> },
        Route::SignatureFor(purpose) => {
            html! { <BeginPage key={Route::SignatureFor(purpose).path()} {purpose} /> }
        }
        Route::SignatureCase => html! { <CasePage /> },
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
        | Route::Staff(_)
        | Route::Appointment(_)
        | Route::NotFound => Html::default(),
    }
}
