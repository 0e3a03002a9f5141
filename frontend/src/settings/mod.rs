//! What the pages know of this installation: asked once, when the app starts.

use crate::api::{Remote, use_load};
use shared::settings::api::{Settings, ShowSettings};
use std::rc::Rc;
use yew::prelude::*;

/// The settings, as far as they have come.
#[derive(Clone, Debug, PartialEq)]
struct Known(Remote<Rc<Settings>>);

/// What the provider needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SettingsProviderProps {
    /// Everything that may ask.
    pub children: Html,
}

/// Asks for the settings and gives them to everything below.
#[component]
pub fn SettingsProvider(props: &SettingsProviderProps) -> Html {
    let call = use_load::<ShowSettings>();
    html! { <ContextProvider<Known> context={Known(call.state())}>{ props.children.clone() }</ContextProvider<Known>> }
}

/// The settings, once they are here. Pages must make sense without them: nothing waits for this.
#[hook]
pub fn use_settings() -> Option<Rc<Settings>> {
    use_context::<Known>().and_then(|known| known.0.ready().cloned())
}
