//! The annex's app: the pages that a first visit does not begin with. The main module shows what is around them
//! ([`crate::layout`]), and its own pages under all other addresses.

use crate::contacts::{ContactCancelPage, ContactConfirmPage};
use crate::freeze::FreezePage;
use crate::help::help_page;
use crate::i18n::TongueFollower;
use crate::mail_test::MailTestPage;
use crate::passkeys::EnrolmentPage;
use crate::recovery::CasePage;
use crate::reset::ResetPage;
use crate::routes::{Module, NavigatorProvider, Route, use_navigator};
use crate::settings::SettingsProvider;
use crate::unlock::{UnlockCasePage, UnlockConfirmPage, UnlockPage};
use yew::prelude::*;

/// The annex.
#[component]
pub fn Annex() -> Html {
    html! {
        <TongueFollower>
            <NavigatorProvider module={Module::Annex}>
                <SettingsProvider>
                    <Page />
                </SettingsProvider>
            </NavigatorProvider>
        </TongueFollower>
    }
}

/// Shows the page of the address, if it is the annex's.
#[component]
pub fn Page() -> Html {
    match use_navigator().route {
        Route::RecoveryQuestions | Route::RecoveryLink => html! { <CasePage /> },
        Route::Reset => html! { <ResetPage /> },
        Route::Help => help_page(None),
        Route::HelpTopic(topic) => help_page(Some(&topic)),
        Route::Freeze => html! { <FreezePage /> },
        Route::MailTest => html! { <MailTestPage /> },
        Route::Unlock => html! { <UnlockPage /> },
        Route::UnlockLink => html! { <UnlockCasePage /> },
        Route::UnlockConfirm => html! { <UnlockConfirmPage /> },
        Route::PasskeyEnrolment => html! { <EnrolmentPage /> },
        Route::ContactConfirm => html! { <ContactConfirmPage /> },
        Route::ContactCancel => html! { <ContactCancelPage /> },
        Route::Home
        | Route::Recovery
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
        | Route::Appointment(_)
        | Route::NotFound => Html::default(),
    }
}
