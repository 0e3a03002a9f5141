//! Where the focus goes when a press takes its own button away: whoever works without a mouse never begins again at the top.

use crate::platform::focus;
use yew::prelude::*;

/// Whenever `what` changes after the first time, the focus goes to the element with this id (which needs `tabindex="-1"` where it is no
/// control), if what had it is no longer on the page.
#[hook]
pub fn use_kept_focus<T: PartialEq + 'static>(what: T, id: AttrValue) {
    let begun = use_mut_ref(|| false);
    use_effect_with(what, move |_| {
        if begun.replace(true) {
            focus::if_lost(&id);
        }
    });
}
