//! A date that people know by heart: day, month, year in three boxes. No calendar to leaf through.

use super::field::Frame;
use crate::platform::elements;
use yew::prelude::*;

/// What was typed, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateText {
    /// The day's box.
    pub day: String,
    /// The month's box.
    pub month: String,
    /// The year's box.
    pub year: String,
}

/// The boxes' labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateLabels {
    /// The day's.
    pub day: AttrValue,
    /// The month's.
    pub month: AttrValue,
    /// The year's.
    pub year: AttrValue,
}

/// One of the three boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePart {
    /// The day.
    Day,
    /// The month.
    Month,
    /// The year.
    Year,
}

impl DatePart {
    /// In the order in which they are typed.
    pub const ALL: &[Self] = &[Self::Day, Self::Month, Self::Year];

    /// For a month of a year.
    pub const WITHOUT_DAY: &[Self] = &[Self::Month, Self::Year];

    /// What ends the box's `id`: `{id}-day`, `{id}-month`, `{id}-year`.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// Properties of [`date_fields`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DateFieldsProps {
    /// The group's `id`; the boxes' are `{id}-day`, `{id}-month`, `{id}-year`.
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// How to answer.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Which box the error is about; `None`: all of them.
    #[prop_or_default]
    pub wrong: Option<DatePart>,
    /// Which boxes there are.
    #[prop_or(DatePart::ALL)]
    pub parts: &'static [DatePart],
    /// The boxes' labels.
    pub labels: DateLabels,
    /// What stands in the boxes.
    pub value: DateText,
    /// Called with all three at every change of one.
    pub oninput: Callback<DateText>,
    /// Called when the person leaves a box.
    #[prop_or_default]
    pub onblur: Callback<()>,
}

/// Three boxes for one date.
pub fn date_fields(props: &DateFieldsProps) -> Html {
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
        note: None,
    };
    frame.around_group(html! {
        <div class="date-fields">{ for props.parts.iter().map(|part| part_box(props, &frame, *part)) }</div>
    })
}

/// One box with its label.
fn part_box(props: &DateFieldsProps, frame: &Frame<'_>, part: DatePart) -> Html {
    let id = format!("{}-{}", props.id, part.suffix());
    let (label, value, width) = match part {
        DatePart::Day => (&props.labels.day, &props.value.day, "input input-two"),
        DatePart::Month => (&props.labels.month, &props.value.month, "input input-two"),
        DatePart::Year => (&props.labels.year, &props.value.year, "input input-four"),
    };
    let oninput = {
        let before = props.value.clone();
        props.oninput.reform(move |event: InputEvent| {
            let typed = elements::value_of(&event);
            match part {
                DatePart::Day => DateText {
                    day: typed,
                    ..before.clone()
                },
                DatePart::Month => DateText {
                    month: typed,
                    ..before.clone()
                },
                DatePart::Year => DateText {
                    year: typed,
                    ..before.clone()
                },
            }
        })
    };
    let onblur = props.onblur.reform(|_: FocusEvent| ());
    let wrong = props.wrong.is_none_or(|wrong| wrong == part);
    html! {
        <div class="date-part">
            <label for={id.clone()}>{ label }</label>
            <input class={width} {id} type="text" inputmode="numeric" autocomplete="off" spellcheck="false"
                value={value.clone()} {oninput} {onblur} aria-invalid={frame.invalid().filter(|_| wrong)} />
        </div>
    }
}
