//! The logo: the one there is, and the place for another one.

use crate::api::{Progress, use_sending};
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::platform::picked::Picked;
use crate::staff::use_heed;
use crate::ui::prose::soft;
use crate::ui::{ButtonKind, FileInput, loading, press};
use shared::api::BASE;
use shared::settings::institution::{LARGEST_LOGO, LOGO_UPLOAD, LogoId, LogoTaken, logo_path};
use std::rc::Rc;
use yew::prelude::*;

/// What is offered for picking.
const ACCEPT: &str = ".png,.jpg,.jpeg,image/png,image/jpeg";

/// What was wrong with what was picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Picking {
    Fine,
    Several,
    TooLarge,
}

/// Properties of [`Logo`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct LogoProps {
    /// The one there is, or is about to be.
    pub logo: Option<LogoId>,
    /// Called with another one, or with none.
    pub onchange: Callback<Option<LogoId>>,
}

/// The logo, and the place for another one: picked, it is sent at once.
#[component]
pub(super) fn Logo(props: &LogoProps) -> Html {
    let text = use_text();
    let sending = use_sending();
    let picking = use_state_eq(|| Picking::Fine);
    use_heed(sending.problem().cloned());
    let onpick = {
        let (sending, picking, onchange) = (sending.clone(), picking.setter(), props.onchange.clone());
        Callback::from(move |files: Vec<Picked>| {
            sending.stop();
            let mut files = files.into_iter();
            let (Some(file), None) = (files.next(), files.next()) else {
                return picking.set(Picking::Several);
            };
            if file.size() > u64::from(LARGEST_LOGO) {
                return picking.set(Picking::TooLarge);
            }
            picking.set(Picking::Fine);
            let onchange = onchange.clone();
            sending.send::<LogoTaken>(LOGO_UPLOAD, &file, move |taken: Rc<LogoTaken>| {
                onchange.emit(Some(taken.logo));
            });
        })
    };
    let error = match *picking {
        Picking::Fine => None,
        Picking::Several => Some(AttrValue::from(text.institution_logo_several())),
        Picking::TooLarge => Some(AttrValue::from(text.institution_logo_too_large())),
    };
    html! {
        <fieldset class="logo-field">
            <legend>{ text.institution_logo() }</legend>
            if let Some(logo) = props.logo {
                <p class="logo-shown"><img src={format!("{BASE}{}", logo_path(logo))} alt={text.institution_logo_now()} /></p>
                <div class="actions">{ press(ButtonKind::Quiet, props.onchange.reform(|_: MouseEvent| None), text.institution_logo_remove()) }</div>
            } else {
                { soft(text.institution_logo_none()) }
            }
            if let Some(problem) = sending.problem() { { problem_notice(text, problem, None) } }
            { match &sending.progress {
                Progress::Idle | Progress::Failed(_) => html! {
                    <FileInput id="logo" label={text.institution_logo_send()} hint={text.institution_logo_hint()} {error}
                        drop={text.institution_logo_drop()} release={text.institution_logo_release()} accept={ACCEPT} {onpick} />
                },
                Progress::Under(_) | Progress::Arrived => loading(text.institution_logo_sending()),
            } }
        </fieldset>
    }
}
