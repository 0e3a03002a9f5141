//! The staff's app. A module of its own, which no citizen fetches (ADR 131). The main module shows what is around it
//! ([`crate::layout`]).

use crate::i18n::TongueFollower;
use crate::routes::{Module, NavigatorProvider};
use crate::settings::SettingsProvider;
use yew::prelude::*;

/// The staff's app.
#[component]
pub fn Office() -> Html {
    html! {
        <TongueFollower>
            <NavigatorProvider module={Module::Staff}>
                <SettingsProvider>
                    { Html::default() }
                </SettingsProvider>
            </NavigatorProvider>
        </TongueFollower>
    }
}
