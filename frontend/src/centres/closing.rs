//! Closing a centre for some time, taking that back, and ending or resuming its service.

use super::keeping::{Keeping, form_ways, reason_entry, reason_field, use_keeping};
use super::words;
use crate::errors::{problem_notice, summary, words as errors};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::use_text;
use crate::platform::focus;
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::{heading, paragraph, soft};
use crate::ui::{ButtonKind, ButtonState, InputWidth, SummaryEntry, TextInputProps, text_input};
use core::str::FromStr;
use shared::api::{FieldCode, Problem};
use shared::centres::keeping::{
    CentreToEnd, CentreToResume, CloseCentre, ClosureToEnd, EndCentre, Kept, KeptCentre, LocalTime,
    OpenCentre, ResumeCentre, TimeToClose,
};
use shared::centres::{ClockTime, ClosureId, Zone};
use shared::i18n::Text;
use shared::staff::ActReason;
use shared::time::CivilDate;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of the forms about one centre.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct CentreFormProps {
    /// The centre.
    pub centre: Rc<KeptCentre>,
    /// Called once it is done.
    pub ondone: Callback<Rc<Kept>>,
    /// Called when it is left as it is.
    pub onleave: Callback<()>,
}

/// From when until when, as typed.
#[derive(Clone)]
struct Times {
    from_day: FieldHandle<CivilDate>,
    from_clock: FieldHandle<ClockTime>,
    until_day: FieldHandle<CivilDate>,
    until_clock: FieldHandle<ClockTime>,
}

impl Times {
    /// Both, if they can be read; what is wrong shows from now on.
    fn send(&self) -> Option<(LocalTime, LocalTime)> {
        let (from_day, from_clock) = (self.from_day.send(), self.from_clock.send());
        let (until_day, until_clock) = (self.until_day.send(), self.until_clock.send());
        let time = |day: Result<_, FieldCode>, clock: Result<_, FieldCode>| {
            Some(LocalTime {
                day: day.ok()?,
                clock: clock.ok()?,
            })
        };
        Some((time(from_day, from_clock)?, time(until_day, until_clock)?))
    }

    fn entries(&self, text: Text) -> Vec<SummaryEntry> {
        let entry = |id: &'static str, code: Option<FieldCode>| {
            code.map(|code| words::entry(id, errors::field(text, code)))
        };
        [
            entry("from-day", self.from_day.error()),
            entry("from-clock", self.from_clock.error()),
            entry("until-day", self.until_day.error()),
            entry("until-clock", self.until_clock.error()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Closing it for some time.
#[component]
pub(super) fn CloseForm(props: &CentreFormProps) -> Html {
    let text = use_text();
    let times = Times {
        from_day: use_field(String::new),
        from_clock: use_field(String::new),
        until_day: use_field(String::new),
        until_clock: use_field(String::new),
    };
    let reason = use_field::<ActReason>(String::new);
    let submission = use_state_eq(|| 0_u32);
    let keeping = use_keeping::<CloseCentre>(props.ondone.clone());
    use_effect_with((), |()| focus::element("from-day"));
    {
        let until = times.until_clock.clone();
        use_effect_with(keeping.call().problem().cloned(), move |problem| {
            if let Some(wrong) = problem
                .iter()
                .flat_map(|problem| &problem.fields)
                .find(|wrong| wrong.field == "until")
            {
                until.refuse(wrong.code);
            }
        });
    }
    let onsubmit = {
        let (times, reason, submission) = (times.clone(), reason.clone(), submission.clone());
        let (keeping, centre) = (keeping.clone(), props.centre.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submission.set(*submission + 1);
            if let (Some((from, until)), Ok(reason)) = (times.send(), reason.send()) {
                keeping.send(TimeToClose {
                    centre,
                    from,
                    until,
                    reason,
                    agreed: 0,
                });
            }
        })
    };
    let entries = || {
        let mut entries = times.entries(text);
        entries.extend(reason_entry(text, &reason));
        entries
    };
    let zone = match props.centre.details.province.zone() {
        Zone::Mainland => text.centres_zone_mainland(),
        Zone::Galapagos => text.centres_zone_galapagos(),
    };
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { heading(text.centres_close()) }
            { soft(zone) }
            { summary(text, *submission, entries) }
            <div class="time-line">
                { field(text, "from-day", text.centres_from_day(), &times.from_day) }
                { field(text, "from-clock", text.centres_from_clock(), &times.from_clock) }
            </div>
            <div class="time-line">
                { field(text, "until-day", text.centres_until_day(), &times.until_day) }
                { field(text, "until-clock", text.centres_until_clock(), &times.until_clock) }
            </div>
            { reason_field(text, &reason) }
            { keeping.told(text) }
            { keeping.ways(text, ButtonKind::Primary, text.centres_close_do(), &props.onleave) }
        </form>
    }
}

fn field<T: FromStr<Err: Into<FieldCode>>>(
    text: Text,
    id: &'static str,
    label: &'static str,
    field: &FieldHandle<T>,
) -> Html {
    text_input(&props!(TextInputProps {
        id,
        label,
        width: InputWidth::Number,
        error: field
            .error()
            .map(|code| errors::field(text, code))
            .map(AttrValue::from),
        value: field.text().to_owned(),
        oninput: field.oninput(),
        onblur: field.onblur()
    }))
}

/// Ending its service for good.
#[component]
pub(super) fn EndForm(props: &CentreFormProps) -> Html {
    let text = use_text();
    let keeping = use_keeping::<EndCentre>(props.ondone.clone());
    let onsend = {
        let (keeping, centre): (Keeping<EndCentre>, _) = (keeping.clone(), props.centre.id);
        Callback::from(move |reason| {
            keeping.send(CentreToEnd {
                centre,
                reason,
                agreed: 0,
            });
        })
    };
    html! {
        <ReasonForm what={text.centres_end_what()} {onsend}
            told={keeping.told(text)} ways={keeping.ways(text, ButtonKind::Danger, text.centres_end_do(), &props.onleave)} />
    }
}

/// Letting it serve again.
#[component]
pub(super) fn ResumeForm(props: &CentreFormProps) -> Html {
    let text = use_text();
    let call = use_staff_call::<ResumeCentre>();
    let onsend = {
        let (call, centre, ondone) = (call.clone(), props.centre.id, props.ondone.clone());
        Callback::from(move |reason| {
            let ondone = ondone.clone();
            call.send_then(CentreToResume { centre, reason }, move |kept| ondone.emit(kept));
        })
    };
    plain(
        text,
        text.centres_resume_what(),
        text.centres_resume(),
        (state_of(&call), call.problem()),
        onsend,
        &props.onleave,
    )
}

/// Properties of [`OpenForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct OpenFormProps {
    /// The centre.
    pub centre: Rc<KeptCentre>,
    /// Which closure.
    pub closure: ClosureId,
    /// Called once it is done.
    pub ondone: Callback<Rc<Kept>>,
    /// Called when it is left as it is.
    pub onleave: Callback<()>,
}

/// Taking a closure back.
#[component]
pub(super) fn OpenForm(props: &OpenFormProps) -> Html {
    let text = use_text();
    let call = use_staff_call::<OpenCentre>();
    let onsend = {
        let (call, centre, closure) = (call.clone(), props.centre.id, props.closure);
        let ondone = props.ondone.clone();
        Callback::from(move |reason| {
            let ondone = ondone.clone();
            let asked = ClosureToEnd {
                centre,
                closure,
                reason,
            };
            call.send_then(asked, move |kept| ondone.emit(kept));
        })
    };
    plain(
        text,
        text.centres_open_what(),
        text.centres_open(),
        (state_of(&call), call.problem()),
        onsend,
        &props.onleave,
    )
}

/// A form of a change that displaces nobody.
fn plain(
    text: Text,
    what: &'static str,
    label: &'static str,
    (state, problem): (ButtonState, Option<&Problem>),
    onsend: Callback<ActReason>,
    onleave: &Callback<()>,
) -> Html {
    let told = problem.map_or_else(Html::default, |problem| problem_notice(text, problem, None));
    html! { <ReasonForm {what} {onsend} {told} ways={form_ways(text, state, ButtonKind::Primary, label, onleave)} /> }
}

/// Properties of [`ReasonForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct ReasonFormProps {
    what: &'static str,
    onsend: Callback<ActReason>,
    told: Html,
    ways: Html,
}

/// What will happen, and why it is done.
#[component]
fn ReasonForm(props: &ReasonFormProps) -> Html {
    let text = use_text();
    let reason = use_field::<ActReason>(String::new);
    let submission = use_state_eq(|| 0_u32);
    use_effect_with((), |()| focus::element("reason"));
    let onsubmit = {
        let (reason, submission, onsend) = (reason.clone(), submission.clone(), props.onsend.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submission.set(*submission + 1);
            if let Ok(reason) = reason.send() {
                onsend.emit(reason);
            }
        })
    };
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || reason_entry(text, &reason).into_iter().collect()) }
            { paragraph(props.what) }
            { reason_field(text, &reason) }
            { props.told.clone() }
            { props.ways.clone() }
        </form>
    }
}
