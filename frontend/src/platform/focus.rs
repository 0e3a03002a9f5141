//! Moving the keyboard's place on the page.

use super::{document, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::NodeRef;

/// Shows the top of the page.
pub fn top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Moves focus to the page's first heading (which needs `tabindex="-1"`) and shows the top of the page.
pub fn heading() {
    top();
    if let Ok(Some(element)) = document().query_selector("main h1") {
        focus(element);
    }
}

/// Moves focus to the element with this id, if it is on the page.
pub fn element(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view();
        focus(element);
    }
}

/// Moves focus to the element with this id if what had it is no longer on the page.
pub fn if_lost(id: &str) {
    let at = document().active_element();
    if at.is_none_or(|at| at.tag_name().eq_ignore_ascii_case("body")) {
        element(id);
    }
}

/// Whether the focus is on something inside the element.
pub fn is_inside(node: &NodeRef) -> bool {
    let inside = || {
        node.get()?
            .contains(document().active_element().as_deref())
            .then_some(())
    };
    inside().is_some()
}

fn focus(element: web_sys::Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        // An element that cannot take focus leaves it where it was, which is right.
        let _ = element.focus();
    }
}
