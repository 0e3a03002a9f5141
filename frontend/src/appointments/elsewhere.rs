//! Other centres with a free time, for whoever moves an appointment: the place that they have stays theirs while they look.

use super::words;
use crate::api::{Remote, use_call, use_load};
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::ui::loading;
use crate::ui::prose::{paragraph, soft};
use crate::ui::{ButtonKind, ButtonProps, button};
use shared::appointments::api::{AppointmentView, NextAsked, NextFree, NextPlaces};
use shared::centres::CentreId;
use shared::centres::api::{CentreList, CentreView, ListCentres};
use shared::i18n::Text;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// A centre whose times are shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chosen {
    /// Which one.
    pub id: CentreId,
    /// Its canton and name.
    pub place: (AttrValue, AttrValue),
}

/// Properties of [`Elsewhere`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ElsewhereProps {
    /// What is moved.
    pub view: Rc<AppointmentView>,
    /// Whose times are shown.
    pub chosen: CentreId,
    /// Called with the centre whose times somebody wants to see.
    pub onchoose: Callback<Chosen>,
}

/// The centres around the appointment's that have a free time, each with its next one.
#[component]
pub(super) fn Elsewhere(props: &ElsewhereProps) -> Html {
    let text = use_text();
    let centres = use_load::<ListCentres>();
    let next = use_call::<NextPlaces>();
    let ask = {
        let (next, view) = (next.clone(), props.view.clone());
        Callback::from(move |()| {
            next.send(NextAsked {
                province: view.centre.province,
                procedure: view.procedure,
                mode: view.mode,
            });
        })
    };
    use_effect_with((), {
        let ask = ask.clone();
        move |()| ask.emit(())
    });
    let body = match (centres.state(), next.state()) {
        (Remote::Ready(list), Remote::Ready(free)) => found(text, props, &list, &free),
        (Remote::Failed(problem), _) | (_, Remote::Failed(problem)) => {
            let onretry = Callback::from(move |()| {
                centres.send(());
                ask.emit(());
            });
            problem_notice(text, &problem, Some(&onretry))
        }
        (
            Remote::Idle | Remote::Loading | Remote::Ready(_),
            Remote::Idle | Remote::Loading | Remote::Ready(_),
        ) => loading(text.appointments_loading()),
    };
    html! {
        <section class="flow">
            <h2>{ text.appointments_move_elsewhere() }</h2>
            { body }
        </section>
    }
}

fn found(text: Text, props: &ElsewhereProps, list: &CentreList, free: &NextFree) -> Html {
    let own = props.view.centre.id;
    let cards: Vec<_> = free
        .here
        .iter()
        .chain(&free.nearby)
        .filter_map(|next| {
            let centre = list.centres.iter().find(|centre| centre.id == next.centre)?;
            Some(card(text, props, centre, next.next?))
        })
        .collect();
    // The appointment's own centre alone is no other one.
    let others = free.here.iter().chain(&free.nearby);
    if others
        .filter(|next| next.next.is_some() && next.centre != own)
        .count()
        == 0
    {
        return paragraph(text.appointments_move_elsewhere_none());
    }
    html! { <ul class="centres">{ for cards }</ul> }
}

fn card(text: Text, props: &ElsewhereProps, centre: &CentreView, at: Timestamp) -> Html {
    let (day, hour) = (
        words::date(text, centre.zone.day_of(at)),
        words::hour(centre.zone, at),
    );
    let act = if centre.id == props.chosen {
        soft(text.appointments_move_here())
    } else {
        let chosen = Chosen {
            id: centre.id,
            place: (
                AttrValue::from(centre.canton.to_string()),
                AttrValue::from(centre.name.to_string()),
            ),
        };
        let onclick = props.onchoose.reform(move |_: MouseEvent| chosen.clone());
        button(&props!(ButtonProps {
            kind: ButtonKind::Secondary,
            onclick,
            children: html! { <>{ text.appointments_move_see() }<span class="visually-hidden">{ ": " }{ centre.name.as_str() }</span></> }
        }))
    };
    html! {
        <li class="centre" key={centre.id.to_string()}>
            <h3>{ centre.name.as_str() }</h3>
            <p class="centre-next">{ text.appointments_centre_next(day, hour) }</p>
            <p>{ centre.address.as_str() }{ ", " }{ centre.canton.as_str() }</p>
            { act }
        </li>
    }
}
