//! The free times of a centre: seven days at a time, one of them open.

use super::sections::warning;
use super::words;
use crate::api::{Remote, use_call};
use crate::errors::{problem_notice, summary, wrong};
use crate::i18n::use_text;
use crate::platform::focus;
use crate::ui::prose::soft;
use crate::ui::{ButtonKind, ButtonState, Chip, ChipState, ChipsProps, chips, loading, press, submit};
use shared::api::Problem;
use shared::appointments::api::{FindPlaces, FreeDay, FreeDays, FreeTime, PlacesAsked};
use shared::centres::{CentreId, Mode, Procedure, Zone};
use shared::i18n::Text;
use shared::time::{CivilDate, Timestamp};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// A time that was picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picked {
    /// When it begins.
    pub starts_at: Timestamp,
}

/// Properties of [`Times`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TimesProps {
    /// The centre.
    pub centre: CentreId,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
    /// What was picked before, if anything was.
    #[prop_or_default]
    pub picked: Option<Timestamp>,
    /// What the button says.
    pub act: &'static str,
    /// Whether what it began is under way.
    #[prop_or_default]
    pub state: ButtonState,
    /// Why the last one was refused: then the times are asked for again, because somebody else was faster.
    #[prop_or_default]
    pub problem: Option<Problem>,
    /// What is shown when nothing at all is free.
    pub full: Html,
    /// Takes what was picked.
    pub onpick: Callback<Picked>,
}

/// The days and the times of the day that is open.
#[component]
pub fn Times(props: &TimesProps) -> Html {
    let text = use_text();
    let call = use_call::<FindPlaces>();
    // The week that was asked for last; nothing for the first with a free time. Which zone counts is known with the answer only,
    // and nobody is served in the hour in which the two have different days.
    let from = {
        let first = props.picked;
        use_state_eq(move || first.map(|at| Zone::Mainland.day_of(at)))
    };
    let ask = {
        let (call, centre, procedure, mode) = (call.clone(), props.centre, props.procedure, props.mode);
        Callback::from(move |from: Option<CivilDate>| {
            call.send(PlacesAsked {
                centre,
                procedure,
                mode,
                from,
            });
        })
    };
    {
        let ask = ask.clone();
        use_effect_with((*from, props.problem.clone()), move |(from, _)| ask.emit(*from));
    }
    // The days before stay in sight while others are on their way: nothing jumps.
    let shown = use_state(|| None::<Rc<FreeDays>>);
    {
        let shown = shown.setter();
        use_effect_with(call.state(), move |state| {
            if let Remote::Ready(days) = state {
                shown.set(Some(days.clone()));
            }
        });
    }
    if let Some(problem) = call.problem() {
        let onretry = {
            let from = *from;
            Callback::from(move |()| ask.emit(from))
        };
        return problem_notice(text, problem, Some(&onretry));
    }
    let Some(days) = shown.as_ref() else {
        return loading(text.appointments_loading());
    };
    if days.full {
        return props.full.clone();
    }
    let onweek = {
        let from = from.setter();
        Callback::from(move |first: CivilDate| from.set(Some(first)))
    };
    html! { <Week days={days.clone()} picked={props.picked} act={props.act} state={props.state} onpick={props.onpick.clone()} {onweek} /> }
}

/// Properties of [`Week`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct WeekProps {
    /// The days with their free times.
    pub days: Rc<FreeDays>,
    /// What was picked before, if anything was.
    #[prop_or_default]
    pub picked: Option<Timestamp>,
    /// What the button says.
    pub act: &'static str,
    /// Whether what it began is under way.
    #[prop_or_default]
    pub state: ButtonState,
    /// Takes what was picked.
    pub onpick: Callback<Picked>,
    /// Asks for other days, from this one on.
    pub onweek: Callback<CivilDate>,
}

/// Seven days, and the times of one.
#[component]
pub fn Week(props: &WeekProps) -> Html {
    let text = use_text();
    let days = &props.days;
    let open = use_state_eq(|| None::<CivilDate>);
    let time = use_state_eq(|| props.picked);
    let submission = use_state(|| 0_u32);
    use_arrival(days.days.first().map(|day| day.date));
    let day = open_day(days, *open, *time);
    // A time that is taken by now, or of another day, is not picked any more.
    let picked =
        (*time).filter(|at| day.is_some_and(|day| day.times.iter().any(|free| free.starts_at == *at)));
    let onsubmit = {
        let (submission, onpick, state) = (submission.clone(), props.onpick.clone(), props.state);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if state == ButtonState::Busy {
                return;
            }
            submission.set(*submission + 1);
            if let Some(starts_at) = picked {
                onpick.emit(Picked { starts_at });
            }
        })
    };
    let onday = {
        let open = open.setter();
        Callback::from(move |value: AttrValue| open.set(value.parse().ok()))
    };
    let ontime = {
        let time = time.setter();
        Callback::from(move |value: AttrValue| {
            time.set(value.parse().ok().map(Timestamp::from_micros));
        })
    };
    let missing = (*submission > 0 && picked.is_none()).then(|| text.appointments_time_missing());
    let first = if day.is_some() { "time-0" } else { "day-0" };
    html! {
        <form class="flow times" {onsubmit} novalidate=true>
            { summary(text, *submission, || missing.map(|words| wrong(first, words)).into_iter().collect()) }
            { soft(format!("{} {}", text.appointments_time_minutes(days.minutes.into()), words::zone(text, days.zone))) }
            { chips(&props!(ChipsProps {
                id: "day",
                label: text.appointments_day_label(),
                chips: days.days.iter().map(|day| day_chip(text, day)).collect::<Vec<_>>(),
                selected: day.map(|day| AttrValue::from(day.date.to_string())),
                onchange: onday
            })) }
            { weeks(text, days, &props.onweek) }
            if let Some(day) = day {
                { chips(&props!(ChipsProps {
                    id: "time",
                    label: text.appointments_time_label(words::date(text, day.date)),
                    error: missing.map(AttrValue::from),
                    chips: day.times.iter().map(|time| time_chip(text, days.zone, *time)).collect::<Vec<_>>(),
                    selected: picked.map(value),
                    onchange: ontime
                })) }
            } else {
                { warning(text.appointments_time_week_full()) }
            }
            <div class="actions">{ submit(props.state, props.act) }</div>
        </form>
    }
}

/// Other days take the focus: the button that brought them may be gone.
#[hook]
fn use_arrival(first: Option<CivilDate>) {
    let before = use_mut_ref(|| first);
    use_effect_with(first, move |first| {
        if before.replace(*first) != *first {
            focus::element("day");
        }
    });
}

/// The day that is open: the chosen one, else that of the picked time, else the first with a free time.
fn open_day(days: &FreeDays, open: Option<CivilDate>, picked: Option<Timestamp>) -> Option<&FreeDay> {
    let wanted = open.or(picked.map(|at| days.zone.day_of(at)));
    let free = || days.days.iter().filter(|day| !day.times.is_empty());
    free()
        .find(|day| Some(day.date) == wanted)
        .or_else(|| free().next())
}

fn day_chip(text: Text, day: &FreeDay) -> Chip {
    let (note, state) = match (day.times.len(), day.opens) {
        (0, true) => (text.appointments_day_full().to_owned(), ChipState::Closed),
        (0, false) => (text.appointments_day_closed().to_owned(), ChipState::Closed),
        (count, _) => (
            text.appointments_day_free(i64::try_from(count).unwrap_or(i64::MAX)),
            ChipState::Open,
        ),
    };
    Chip {
        value: day.date.to_string().into(),
        label: words::date(text, day.date).into(),
        note: Some(note.into()),
        state,
    }
}

fn time_chip(text: Text, zone: Zone, time: FreeTime) -> Chip {
    Chip {
        value: value(time.starts_at),
        label: words::hour(zone, time.starts_at).into(),
        note: (time.left == 1).then(|| text.appointments_time_last().into()),
        state: ChipState::Open,
    }
}

fn value(at: Timestamp) -> AttrValue {
    at.as_micros().to_string().into()
}

/// To the days before and after.
fn weeks(text: Text, days: &FreeDays, onweek: &Callback<CivilDate>) -> Html {
    let way = |first: Option<CivilDate>, words: &'static str| {
        first.map(|first| {
            press(
                ButtonKind::Quiet,
                onweek.reform(move |_: MouseEvent| first),
                words,
            )
        })
    };
    html! {
        <div class="weeks">
            { for way(days.earlier, text.appointments_time_earlier()) }
            { for way(days.later, text.appointments_time_later()) }
        </div>
    }
}
