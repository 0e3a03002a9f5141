//! Leaving a case of unblocking, and going on with it by another route.

use crate::api::use_call;
use crate::i18n::use_text;
use crate::procedure::{Greeting, Leaving, LeavingWords, OtherRoutes};
use crate::ui::ButtonState;
use shared::unlock::api::{AbandonUnlock, ChooseUnlockRoute, Empty, Route as Way, RouteChoice, UnlockView};
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
    let abandon = use_call::<AbandonUnlock>();
    let onleave = {
        let (abandon, onforget) = (abandon.clone(), props.onforget.clone());
        Callback::from(move |()| {
            let onforget = onforget.clone();
            abandon.send_then(Empty {}, move |_| onforget.emit(Greeting::Abandoned));
        })
    };
    let words = LeavingWords {
        act: text.unlock_abandon(),
        title: text.unlock_abandon_title(),
        body: text.unlock_abandon_body(),
        confirm: text.unlock_abandon_confirm(),
        keep: text.unlock_abandon_keep(),
    };
    html! { <Leaving {words} problem={abandon.problem().cloned()} {onleave} /> }
}

/// Properties of [`UnlockRoutes`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct UnlockRoutesProps {
    /// What the case's view names, the best first.
    pub routes: Vec<Way>,
    /// Takes the new view.
    pub show: Callback<Rc<UnlockView>>,
}

/// The other routes on which the case can go on.
#[component]
pub fn UnlockRoutes(props: &UnlockRoutesProps) -> Html {
    let choose = use_call::<ChooseUnlockRoute>();
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
