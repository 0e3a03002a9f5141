//! The beginning: what to have at hand, and who asks for whom.

use super::identify::identify_page;
use super::{Course, course, route_of};
use crate::api::{Remote, use_load};
use crate::i18n::{use_text, use_title};
use crate::procedure::{Greeting, Procedure};
use crate::routes::use_navigator;
use crate::settings::use_settings;
use crate::steps::{Step, steps};
use crate::ui::stage_heading;
use shared::recovery::api::{CaseView, CurrentCase};
use std::rc::Rc;
use yew::prelude::*;

/// The page at `/recuperar`. A case that this browser has and that goes on is shown where it stands; one that is over is
/// left alone, so that the person can begin anew.
#[component]
pub fn BeginPage() -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let settings = use_settings();
    let greeting = *use_state(|| Greeting::take(Procedure::Recovery));
    let loaded = use_load::<CurrentCase>();
    let show = Callback::from(move |view: Rc<CaseView>| navigator.replace(route_of(&view.stage)));
    {
        let show = show.clone();
        use_effect_with(loaded.state(), move |loaded| {
            if let Remote::Ready(view) = loaded
                && course(&view.stage) == Course::Open
            {
                show.emit(view.clone());
            }
        });
    }
    let title = text.recovery_title();
    use_title(title);
    html! {
        <div class="recovery column flow">
            { steps(text, Step::Identify) }
            { stage_heading("none", title.into(), None) }
            { identify_page(text, settings.as_deref(), greeting, show) }
        </div>
    }
}
