//! The app of appointments: booking one, and what becomes of it (ADR 130). A module of its own, which nobody fetches who needs no
//! counter. The main module shows what is around it ([`crate::layout`]).

use crate::appointments::{
    BeginPage, BookPage, CentrePage, ErrandPage, LinkPage, MinePage, MovePage, TimePage, VideoPage,
    WaitingPage,
};
use crate::i18n::TongueFollower;
use crate::routes::{AppointmentPage, Module, NavigatorProvider, Route, use_navigator};
use crate::settings::SettingsProvider;
use yew::prelude::*;

/// The app of appointments.
#[component]
pub fn Booking() -> Html {
    html! {
        <TongueFollower>
            <NavigatorProvider module={Module::Booking}>
                <SettingsProvider>
                    <Page />
                </SettingsProvider>
            </NavigatorProvider>
        </TongueFollower>
    }
}

/// Shows the page of the address, if it is of appointments.
#[component]
pub fn Page() -> Html {
    let Route::Appointment(page) = use_navigator().route else {
        return Html::default();
    };
    match page {
        AppointmentPage::Begin => html! { <BeginPage /> },
        AppointmentPage::Errand => html! { <ErrandPage /> },
        AppointmentPage::Centre => html! { <CentrePage /> },
        AppointmentPage::Time => html! { <TimePage /> },
        AppointmentPage::Book => html! { <BookPage /> },
        AppointmentPage::Waiting => html! { <WaitingPage /> },
        AppointmentPage::Mine => html! { <MinePage /> },
        AppointmentPage::Move => html! { <MovePage /> },
        AppointmentPage::Link => html! { <LinkPage /> },
        AppointmentPage::Video => html! { <VideoPage /> },
    }
}
