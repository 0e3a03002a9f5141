//! The annex: the module of the pages that a first visit does not begin with (ADR 75).

use yew::prelude::*;

fn main() {
    let document = gloo::utils::document();
    let Some(place) = document.get_element_by_id(frontend::layout::ANNEX) else {
        return;
    };
    // Yew numbers the roots of a module from 1, marks elements with the number of their root, and so finds out whose an
    // event is. The main module's root has the number 1: this app, which nobody sees, uses it up here.
    if let Ok(nowhere) = document.create_element("div") {
        yew::Renderer::<Nothing>::with_root(nowhere).render();
    }
    yew::Renderer::<frontend::annex::Annex>::with_root(place).render();
}

#[component]
fn Nothing() -> Html {
    Html::default()
}
