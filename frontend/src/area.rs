//! The account area's app: signing in, and everything behind it (ADR 56). A module of its own, which nobody fetches who only
//! recovers a password. The main module shows what is around it ([`crate::layout`]).

use crate::account::{
    Audience, ContactsPage, DelegatesPage, HistoryPage, InvitationPage, ObligationsPage, Overview,
    PasskeysPage, PasswordPage, SessionProvider, SessionsPage, Shell, SignInPage, SignedIn,
};
use crate::i18n::{TongueFollower, use_text};
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
                    <SessionProvider>
                        <Page />
                    </SessionProvider>
                </SettingsProvider>
            </NavigatorProvider>
        </TongueFollower>
    }
}

/// Shows the page of the address, if it is the account area's.
#[component]
pub fn Page() -> Html {
    let text = use_text();
    let route = use_navigator().route;
    match route {
        Route::SignIn => html! { <SignInPage /> },
        Route::Invitation => html! { <InvitationPage /> },
        Route::Account => behind(route, text.account_title(), Audience::Everybody, |signed_in| {
            html! { <Overview {signed_in} /> }
        }),
        Route::AccountObligations => behind(
            route,
            text.account_obligations_title(),
            Audience::Everybody,
            |signed_in| {
                html! { <ObligationsPage {signed_in} /> }
            },
        ),
        Route::AccountPassword => behind(
            route,
            text.account_password_title(),
            Audience::Everybody,
            |signed_in| {
                html! { <PasswordPage {signed_in} /> }
            },
        ),
        Route::AccountSessions => behind(route, text.sessions_title(), Audience::Everybody, |signed_in| {
            html! { <SessionsPage {signed_in} /> }
        }),
        Route::AccountHistory => behind(
            route,
            text.sessions_history_title(),
            Audience::Owner,
            |signed_in| {
                html! { <HistoryPage {signed_in} /> }
            },
        ),
        Route::AccountContacts => behind(
            route,
            text.account_contacts_title(),
            Audience::Owner,
            |signed_in| {
                html! { <ContactsPage {signed_in} /> }
            },
        ),
        Route::AccountPasskeys => behind(
            route,
            text.account_passkeys_title(),
            Audience::Owner,
            |signed_in| {
                html! { <PasskeysPage {signed_in} /> }
            },
        ),
        Route::AccountDelegates => behind(route, text.delegates_title(), Audience::Owner, |signed_in| {
            html! { <DelegatesPage {signed_in} /> }
        }),
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
        | Route::Signature
        | Route::SignatureFor(_)
        | Route::SignatureCase
        | Route::Staff(_)
        | Route::Appointment(_)
        | Route::NotFound => Html::default(),
    }
}

/// A page behind the sign-in.
fn behind(route: Route, title: &'static str, audience: Audience, page: fn(SignedIn) -> Html) -> Html {
    html! { <Shell {route} {title} {audience} page={Callback::from(page)} /> }
}
