//! The app of appointments: booking one, and what becomes of it (ADR 130). A module of its own, which nobody fetches who needs no
//! counter. The main module shows what is around it ([`crate::layout`]).

use crate::i18n::TongueFollower;
use crate::routes::{Module, NavigatorProvider};
use crate::settings::SettingsProvider;
use yew::prelude::*;

/// The app of appointments.
#[component]
pub fn Booking() -> Html {
    html! {
        <TongueFollower>
            <NavigatorProvider module={Module::Booking}>
                <SettingsProvider>
                    { Html::default() }
                </SettingsProvider>
            </NavigatorProvider>
        </TongueFollower>
    }
}
