//! How a module begins that is fetched later than the page: as an app of its own inside an element of the main module's
//! layout ([`crate::layout`]). Yew itself is in each module once.

use crate::routes::Module;
use yew::prelude::*;

/// Shows a module's app in the place that the main module keeps for it.
pub fn begin<App: BaseComponent<Properties: Default>>(module: Module) {
    let document = gloo::utils::document();
    let Some(place) = document.get_element_by_id(module.name()) else {
        return;
    };
    // Yew numbers the roots of a module from 1, marks elements with the number of their root, and so finds out whose an
    // event is. Two modules must not use the same number, so each uses up those of the modules before it, for apps that
    // nobody sees.
    for _ in 0..module.number() {
        if let Ok(nowhere) = document.create_element("div") {
            yew::Renderer::<Nothing>::with_root(nowhere).render();
        }
    }
    yew::Renderer::<App>::with_root(place).render();
}

#[component]
fn Nothing() -> Html {
    Html::default()
}
