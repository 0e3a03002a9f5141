//! The visit that this officer called or serves.

use super::acts::Acts;
use super::no_show::NoShowForm;
use super::words;
use crate::i18n::use_text;
use crate::routes::{Route, StaffPage, use_navigator};
use crate::staff::{Press, use_shortcut};
use crate::ui::prose::soft;
use crate::ui::{ButtonKind, ButtonProps, ButtonState, button};
use shared::centres::Zone;
use shared::i18n::Text;
use shared::time::Timestamp;
use shared::visits::StageName;
use shared::visits::api::{RoomView, VisitView};
use yew::prelude::*;
use yew::props;

/// What is asked before an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Nothing,
    WhyNoShow,
}

/// Properties of [`Mine`].
#[derive(Clone, Debug, Properties)]
pub(super) struct MineProps {
    /// The visit.
    pub visit: VisitView,
    /// What the centre's clocks show.
    pub zone: Zone,
    /// The server's time.
    pub now: Timestamp,
    /// What can be done with it.
    pub acts: Acts,
    /// Whether an act is awaited.
    pub state: ButtonState,
    /// Opens its dossier.
    pub onopen: Callback<()>,
}

/// The acts differ by their state only.
impl PartialEq for MineProps {
    fn eq(&self, other: &Self) -> bool {
        self.visit == other.visit
            && self.zone == other.zone
            && self.now == other.now
            && self.state == other.state
    }
}

/// Who it is, where it stands, and what can be done.
#[component]
pub(super) fn Mine(props: &MineProps) -> Html {
    let text = use_text();
    let visit = &props.visit;
    let id = visit.visit;
    let act = |does: fn(&Acts, shared::identifiers::VisitId)| {
        let acts = props.acts.clone();
        Callback::from(move |()| does(&acts, id))
    };
    let stage = visit.stage;
    let called = stage == StageName::Called;
    let served = stage == StageName::InService;
    let (begin, back, finish) = (act(Acts::begin), act(Acts::put_back), act(Acts::finish));
    let asks = use_state_eq(|| Asks::Nothing);
    let asking = {
        let asks = asks.setter();
        Callback::from(move |to| asks.set(to))
    };
    let no_show = asking.reform(|()| Asks::WhyNoShow);
    let only = |when: bool, does: &Callback<()>| if when { does.clone() } else { Callback::noop() };
    use_shortcut(Press::Key("a"), text.queue_key_begin(), only(called, &begin));
    use_shortcut(Press::Key("r"), text.queue_key_return(), only(called, &back));
    use_shortcut(Press::Key("x"), text.queue_key_no_show(), only(called, &no_show));
    use_shortcut(
        Press::Key("d"),
        text.queue_key_dossier(),
        only(served, &props.onopen),
    );
    use_shortcut(Press::Key("t"), text.queue_key_finish(), only(served, &finish));
    let way = |kind, key: &'static str, words: &'static str, does: &Callback<()>| {
        button(&props!(ButtonProps {
            kind,
            state: props.state,
            onclick: does.reform(|_: MouseEvent| ()),
            children: html! { <>{ words }<kbd aria-hidden="true">{ key }</kbd></> }
        }))
    };
    html! {
        <section class="mine" aria-labelledby="mine-title">
            <h2 id="mine-title" tabindex="-1"><span class="number">{ visit.number }</span>{ " " }{ words::stage(text, stage) }</h2>
            <p class="mine-about">{ words::about(text, visit.procedure, visit.mode, &visit.employer, &visit.representative) }</p>
            { soft(text.queue_since(words::minutes(visit.since, props.now))) }
            if let Some(room) = &visit.room { { room_line(text, props.zone, room) } }
            if called && *asks == Asks::WhyNoShow {
                <NoShowForm visit={id} acts={props.acts.clone()} state={props.state} onleave={asking.reform(|()| Asks::Nothing)} />
            } else {
            <div class="actions">
                if called {
                    { way(ButtonKind::Primary, "a", text.queue_begin(), &begin) }
                    { way(ButtonKind::Secondary, "x", text.queue_no_show(), &no_show) }
                    { way(ButtonKind::Quiet, "r", text.queue_return(), &back) }
                } else if served {
                    { way(ButtonKind::Primary, "d", text.queue_open_dossier(), &props.onopen) }
                    { way(ButtonKind::Secondary, "t", text.queue_finish(), &finish) }
                }
            </div>
            }
        </section>
    }
}

/// The room of the video call, or when it opens.
fn room_line(text: Text, zone: Zone, room: &RoomView) -> Html {
    match &room.url {
        Some(url) => html! {
            <p><a class="button button-secondary" href={url.clone()} target="_blank" rel="noopener noreferrer">{ text.queue_room_enter() }</a></p>
        },
        None => soft(text.queue_room_times(
            words::hour(zone, room.closes_at),
            words::hour(zone, room.opens_at),
        )),
    }
}

/// Where dossiers are shown.
#[hook]
pub(super) fn use_to_dossier() -> Callback<()> {
    let navigator = use_navigator();
    Callback::from(move |()| navigator.go(Route::Staff(StaffPage::Dossier)))
}
