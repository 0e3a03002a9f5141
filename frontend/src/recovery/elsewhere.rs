//! Leaving a case of recovery, and going on with it by another route.

use crate::api::use_call;
use crate::i18n::use_text;
use crate::procedure::{Greeting, Leaving, LeavingWords, OtherRoutes};
use crate::ui::ButtonState;
use shared::recovery::Route as Way;
use shared::recovery::api::{Abandon, CaseView, ChooseRoute, Empty, RouteChoice};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Abandoning`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AbandoningProps {
    /// Forgets the case when the server has.
    pub onforget: Callback<Greeting>,
}

/// A button that ends the case, after a question.
#[component]
pub fn Abandoning(props: &AbandoningProps) -> Html {
    let text = use_text();
    let abandon = use_call::<Abandon>();
    let onleave = {
        let (abandon, onforget) = (abandon.clone(), props.onforget.clone());
        Callback::from(move |()| {
            let onforget = onforget.clone();
            abandon.send_then(Empty {}, move |_| onforget.emit(Greeting::Abandoned));
        })
    };
    let words = LeavingWords {
        act: text.recovery_abandon(),
        title: text.recovery_abandon_title(),
        body: text.recovery_abandon_body(),
        confirm: text.recovery_abandon_confirm(),
        keep: text.recovery_abandon_keep(),
    };
    html! { <Leaving {words} problem={abandon.problem().cloned()} {onleave} /> }
}

/// Properties of [`RecoveryRoutes`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RecoveryRoutesProps {
    /// What the case's view names, the best first.
    pub routes: Vec<Way>,
    /// Takes the new view.
    pub show: Callback<Rc<CaseView>>,
}

/// The other routes on which a recovery can go on.
#[component]
pub fn RecoveryRoutes(props: &RecoveryRoutesProps) -> Html {
    let choose = use_call::<ChooseRoute>();
    let state = if choose.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    };
    let onchoose = {
        let (choose, show) = (choose.clone(), props.show.clone());
        Callback::from(move |route: Way| {
            let show = show.clone();
            choose.send_then(RouteChoice { route }, move |view| show.emit(view));
        })
    };
    html! { <OtherRoutes routes={props.routes.clone()} {state} problem={choose.problem().cloned()} {onchoose} /> }
}
