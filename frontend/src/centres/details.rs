//! A centre's details: made, or changed.

use super::keeping::{reason_entry, reason_field, use_keeping};
use super::words;
use crate::errors::{summary, words as errors};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::use_text;
use crate::platform::focus;
use crate::ui::prose::heading;
use crate::ui::{
    ButtonKind, CheckboxesProps, ChoiceOption, InputKind, InputWidth, SelectProps, SummaryEntry,
    TextInputProps, Tick, checkboxes, select, text_input,
};
use core::str::FromStr;
use shared::api::FieldCode;
use shared::centres::api::CentreDetails;
use shared::centres::keeping::{CentreToSave, Kept, KeptCentre, SaveCentre};
use shared::centres::{
    Address, CantonName, CentreCode, CentreName, Coordinates, Counters, DayHours, Hours, MapLink, Mode,
    Modes, Procedure, Procedures, Territory,
};
use shared::i18n::Text;
use shared::staff::ActReason;
use shared::time::Weekday;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`DetailsForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct DetailsFormProps {
    /// The centre; nothing to make one.
    pub centre: Option<Rc<KeptCentre>>,
    /// Called once it is saved.
    pub ondone: Callback<Rc<Kept>>,
    /// Called when it is left as it is.
    pub onleave: Callback<()>,
    /// Called where somebody else changed it meanwhile: to look at it as it is.
    pub onreload: Callback<()>,
}

/// What is chosen and not typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chosen {
    province: Option<Territory>,
    days: [String; 7],
    procedures: Vec<Procedure>,
    modes: Vec<Mode>,
}

impl Chosen {
    fn of(centre: Option<&KeptCentre>) -> Self {
        match centre.map(|centre| &centre.details) {
            Some(details) => Self {
                province: Some(details.province),
                days: Weekday::ALL.map(|day| DayHours::of(&details.hours, day).to_string()),
                procedures: details.procedures.iter().collect(),
                modes: details.modes.iter().collect(),
            },
            None => Self {
                province: None,
                days: Default::default(),
                procedures: Procedure::ALL.to_vec(),
                modes: vec![Mode::InPerson],
            },
        }
    }

    /// The days that cannot be read.
    fn wrong_days(&self) -> impl Iterator<Item = (usize, FieldCode)> + '_ {
        self.days.iter().enumerate().filter_map(|(at, typed)| {
            let refused = typed.parse::<DayHours>().err()?;
            Some((at, FieldCode::from(refused)))
        })
    }

    fn hours(&self) -> Result<Hours, FieldCode> {
        let mut openings = Vec::new();
        for (weekday, typed) in Weekday::ALL.iter().zip(&self.days) {
            openings.extend(typed.parse::<DayHours>().map_err(FieldCode::from)?.on(*weekday));
        }
        Hours::try_from(openings).map_err(FieldCode::from)
    }
}

/// What is typed.
#[derive(Clone)]
struct Typed {
    code: FieldHandle<CentreCode>,
    name: FieldHandle<CentreName>,
    canton: FieldHandle<CantonName>,
    address: FieldHandle<Address>,
    coordinates: FieldHandle<Coordinates>,
    map_link: FieldHandle<MapLink>,
    counters: FieldHandle<Counters>,
    reason: FieldHandle<ActReason>,
}

/// A field that may stay empty: the value, nothing, or why it is none.
fn optional<T: FromStr<Err: Into<FieldCode>>>(field: &FieldHandle<T>) -> Result<Option<T>, FieldCode> {
    if field.text().trim().is_empty() {
        Ok(None)
    } else {
        field.send().map(Some)
    }
}

/// The error of a field that may stay empty.
fn optional_error<T: FromStr<Err: Into<FieldCode>>>(field: &FieldHandle<T>) -> Option<FieldCode> {
    field.error().filter(|_| !field.text().trim().is_empty())
}

impl Typed {
    /// All of it, with what was chosen; what is wrong shows from now on.
    fn send(&self, chosen: &Chosen) -> Option<(CentreDetails, ActReason)> {
        let (code, name, canton) = (self.code.send(), self.name.send(), self.canton.send());
        let (address, counters, reason) = (self.address.send(), self.counters.send(), self.reason.send());
        let (coordinates, map_link) = (optional(&self.coordinates), optional(&self.map_link));
        let details = CentreDetails {
            code: code.ok()?,
            name: name.ok()?,
            province: chosen.province?,
            canton: canton.ok()?,
            address: address.ok()?,
            map_link: map_link.ok()?,
            coordinates: coordinates.ok()?,
            hours: chosen.hours().ok()?,
            counters: counters.ok()?,
            procedures: Procedures::try_from(chosen.procedures.clone()).ok()?,
            modes: Modes::try_from(chosen.modes.clone()).ok()?,
        };
        Some((details, reason.ok()?))
    }

    fn entries(&self, text: Text, chosen: &Chosen) -> Vec<SummaryEntry> {
        let entry = |id: &'static str, code: Option<FieldCode>| {
            code.map(|code| words::entry(id, errors::field(text, code)))
        };
        let mut entries: Vec<_> = [
            entry("code", self.code.error()),
            entry("name", self.name.error()),
            chosen
                .province
                .is_none()
                .then(|| words::entry("province", text.centres_province_missing())),
            entry("canton", self.canton.error()),
            entry("address", self.address.error()),
            entry("coordinates", optional_error(&self.coordinates)),
            entry("map-link", optional_error(&self.map_link)),
        ]
        .into_iter()
        .flatten()
        .collect();
        entries.extend(
            chosen
                .wrong_days()
                .map(|(at, code)| words::entry(day_id(at), day_words(text, code))),
        );
        if chosen.wrong_days().next().is_none() && chosen.hours().is_err() {
            entries.push(words::entry(day_id(0), text.centres_hours_missing()));
        }
        entries.extend(entry("counters", self.counters.error()));
        if chosen.procedures.is_empty() {
            entries.push(words::entry("procedures-0", text.centres_procedures_missing()));
        }
        if chosen.modes.is_empty() {
            entries.push(words::entry("modes-0", text.centres_modes_missing()));
        }
        entries.extend(reason_entry(text, &self.reason));
        entries
    }
}

fn day_id(at: usize) -> String {
    format!("day-{at}")
}

fn day_words(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::OutOfRange {
        text.centres_hours_order()
    } else {
        text.centres_hours_malformed()
    }
}

/// The form.
#[component]
pub(super) fn DetailsForm(props: &DetailsFormProps) -> Html {
    let text = use_text();
    let details = props.centre.as_ref().map(|centre| centre.details.clone());
    let first = |of: fn(&CentreDetails) -> String| details.as_ref().map(of).unwrap_or_default();
    let typed = Typed {
        code: use_field(|| first(|details| details.code.to_string())),
        name: use_field(|| first(|details| details.name.to_string())),
        canton: use_field(|| first(|details| details.canton.to_string())),
        address: use_field(|| first(|details| details.address.to_string())),
        coordinates: use_field(|| {
            first(|details| {
                details
                    .coordinates
                    .map(|there| there.to_string())
                    .unwrap_or_default()
            })
        }),
        map_link: use_field(|| {
            first(|details| {
                details
                    .map_link
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default()
            })
        }),
        counters: use_field(|| first(|details| details.counters.count().to_string())),
        reason: use_field(String::new),
    };
    let seen = use_state_eq(|| details.clone());
    let chosen = use_state_eq(|| Chosen::of(props.centre.as_deref()));
    let submission = use_state_eq(|| 0_u32);
    let keeping = use_keeping::<SaveCentre>(props.ondone.clone());
    use_effect_with((), |()| focus::element("code"));
    {
        let (code, canton) = (typed.code.clone(), typed.canton.clone());
        use_effect_with(keeping.call().problem().cloned(), move |problem| {
            for wrong in problem.iter().flat_map(|problem| &problem.fields) {
                match wrong.field.as_str() {
                    "details.code" => code.refuse(wrong.code),
                    "details.canton" => canton.refuse(wrong.code),
                    _ => {}
                }
            }
        });
    }
    let onsubmit = {
        let (typed, chosen, submission) = (typed.clone(), chosen.clone(), submission.clone());
        let (keeping, centre) = (keeping.clone(), props.centre.as_ref().map(|centre| centre.id));
        let seen = (*seen).clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submission.set(*submission + 1);
            if let Some((details, reason)) = typed.send(&chosen) {
                keeping.send(CentreToSave {
                    centre,
                    seen: seen.clone(),
                    details,
                    reason,
                    agreed: 0,
                });
            }
        })
    };
    let title = if props.centre.is_some() {
        text.centres_change()
    } else {
        text.centres_new()
    };
    html! {
        <form class="card flow centre-form" {onsubmit} novalidate=true>
            { heading(title) }
            { summary(text, *submission, || typed.entries(text, &chosen)) }
            { line(text, "name", text.centres_name(), None, &typed.name) }
            { code_line(text, &typed.code) }
            { province(text, &chosen, *submission) }
            { line(text, "canton", text.centres_canton(), None, &typed.canton) }
            { line(text, "address", text.centres_address(), None, &typed.address) }
            { line(text, "coordinates", text.centres_coordinates(), Some(text.centres_coordinates_hint()), &typed.coordinates) }
            { line(text, "map-link", text.centres_map_link(), Some(text.centres_map_link_hint()), &typed.map_link) }
            { week(text, &chosen, *submission) }
            { counters(text, &typed.counters) }
            { offers(text, &chosen, *submission) }
            { reason_field(text, &typed.reason) }
            { keeping.told_or_reload(text, &props.onreload) }
            { keeping.ways(text, ButtonKind::Primary, text.staff_team_save(), &props.onleave) }
        </form>
    }
}

/// A line of text; one with `hint` may stay empty where its hint says so.
fn line<T: FromStr<Err: Into<FieldCode>>>(
    text: Text,
    id: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    field: &FieldHandle<T>,
) -> Html {
    let code = if hint.is_some() {
        optional_error(field)
    } else {
        field.error()
    };
    text_input(&props!(TextInputProps {
        id,
        label,
        hint: hint.map(AttrValue::from),
        error: code.map(|code| errors::field(text, code)).map(AttrValue::from),
        value: field.text().to_owned(),
        oninput: field.oninput(),
        onblur: field.onblur()
    }))
}

fn code_line(text: Text, field: &FieldHandle<CentreCode>) -> Html {
    text_input(&props!(TextInputProps {
        id: "code",
        label: text.centres_code(),
        hint: text.centres_code_hint(),
        kind: InputKind::Code,
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

fn counters(text: Text, field: &FieldHandle<Counters>) -> Html {
    text_input(&props!(TextInputProps {
        id: "counters",
        label: text.centres_counters(),
        hint: text.centres_counters_hint(i64::from(Counters::MOST)),
        kind: InputKind::Digits,
        width: InputWidth::Two,
        error: field
            .error()
            .map(|code| errors::field(text, code))
            .map(AttrValue::from),
        value: field.text().to_owned(),
        oninput: field.oninput(),
        onblur: field.onblur()
    }))
}

fn province(text: Text, chosen: &UseStateHandle<Chosen>, submission: u32) -> Html {
    let options: Vec<_> = Territory::all()
        .map(|one| ChoiceOption::new(one.to_string(), one.name()))
        .collect();
    let onchange = {
        let chosen = chosen.clone();
        Callback::from(move |value: Option<AttrValue>| {
            chosen.set(Chosen {
                province: value.and_then(|code| code.parse().ok()),
                ..(*chosen).clone()
            });
        })
    };
    let missing = submission > 0 && chosen.province.is_none();
    select(&props!(SelectProps {
        id: "province",
        label: text.centres_province(),
        hint: text.centres_province_hint(),
        error: missing.then(|| AttrValue::from(text.centres_province_missing())),
        placeholder: text.centres_province_missing(),
        options,
        selected: chosen.province.map(|one| AttrValue::from(one.to_string())),
        onchange
    }))
}

/// When it serves: a line for each day.
fn week(text: Text, chosen: &UseStateHandle<Chosen>, submission: u32) -> Html {
    let wrong: Vec<_> = chosen.wrong_days().collect();
    let closed_always = submission > 0 && wrong.is_empty() && chosen.hours().is_err();
    let day = |at: usize| {
        let oninput = {
            let chosen = chosen.clone();
            Callback::from(move |typed: String| {
                let mut next = (*chosen).clone();
                next.days[at] = typed;
                chosen.set(next);
            })
        };
        let found = wrong.iter().find(|(other, _)| submission > 0 && *other == at);
        let error = match found {
            Some((_, code)) => Some(day_words(text, *code)),
            None if closed_always && at == 0 => Some(text.centres_hours_missing()),
            None => None,
        };
        text_input(&props!(TextInputProps {
            id: day_id(at),
            label: words::weekday(text, Weekday::ALL[at]),
            error: error.map(AttrValue::from),
            value: chosen.days[at].clone(),
            oninput
        }))
    };
    html! {
        <fieldset class="week">
            <legend>{ text.centres_hours() }</legend>
            <p class="soft">{ text.centres_hours_hint() }</p>
            <div class="week-days">{ for (0..Weekday::ALL.len()).map(day) }</div>
        </fieldset>
    }
}

fn offers(text: Text, chosen: &UseStateHandle<Chosen>, submission: u32) -> Html {
    let procedures = {
        let chosen = chosen.clone();
        Callback::from(move |(value, tick): (AttrValue, Tick)| {
            let mut next = (*chosen).clone();
            set(&mut next.procedures, value.parse().ok(), tick);
            chosen.set(next);
        })
    };
    let modes = {
        let chosen = chosen.clone();
        Callback::from(move |(value, tick): (AttrValue, Tick)| {
            let mut next = (*chosen).clone();
            set(&mut next.modes, value.parse().ok(), tick);
            chosen.set(next);
        })
    };
    let missing = |none: bool, words: &'static str| (submission > 0 && none).then(|| AttrValue::from(words));
    html! { <>
        { checkboxes(&props!(CheckboxesProps {
            id: "procedures",
            label: text.centres_procedures(),
            error: missing(chosen.procedures.is_empty(), text.centres_procedures_missing()),
            options: Procedure::ALL.iter().map(|one| ChoiceOption::new(one.as_str(), words::procedure(text, *one))).collect::<Vec<_>>(),
            ticked: chosen.procedures.iter().map(|one| AttrValue::from(one.as_str())).collect::<Vec<_>>(),
            onchange: procedures
        })) }
        { checkboxes(&props!(CheckboxesProps {
            id: "modes",
            label: text.centres_modes(),
            error: missing(chosen.modes.is_empty(), text.centres_modes_missing()),
            options: Mode::ALL.iter().map(|one| ChoiceOption::new(one.as_str(), words::mode(text, *one))).collect::<Vec<_>>(),
            ticked: chosen.modes.iter().map(|one| AttrValue::from(one.as_str())).collect::<Vec<_>>(),
            onchange: modes
        })) }
    </> }
}

fn set<T: PartialEq>(list: &mut Vec<T>, one: Option<T>, tick: Tick) {
    let Some(one) = one else { return };
    list.retain(|other| *other != one);
    match tick {
        Tick::On => list.push(one),
        Tick::Off => {}
    }
}
