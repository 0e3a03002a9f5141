//! The holidays of a centre, or of the country: days with their names.

use super::keeping::{reason_entry, reason_field, use_keeping};
use super::words;
use crate::errors::{summary, words as errors};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::focus;
use crate::ui::prose::{heading, soft};
use crate::ui::{
    ButtonKind, ButtonProps, InputWidth, SummaryEntry, TextInputProps, button, press, text_input,
};
use shared::api::FieldCode;
use shared::centres::keeping::{HolidaysToSave, Kept, MOST_HOLIDAYS, SaveHolidays};
use shared::centres::{CentreId, Holiday, HolidayName};
use shared::i18n::Text;
use shared::staff::ActReason;
use shared::time::CivilDate;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`HolidaysForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct HolidaysFormProps {
    /// Whose; nothing for the country's.
    pub centre: Option<CentreId>,
    /// Those there are.
    pub holidays: Vec<Holiday>,
    /// Called once they are saved.
    pub ondone: Callback<Rc<Kept>>,
    /// Called when they are left as they are.
    pub onleave: Callback<()>,
    /// Called where somebody else changed them meanwhile: to look at them as they are.
    pub onreload: Callback<()>,
}

/// A line as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line {
    day: String,
    name: String,
}

impl Line {
    fn of(holiday: &Holiday) -> Self {
        Self {
            day: holiday.day.to_string(),
            name: holiday.name.to_string(),
        }
    }

    fn day(&self) -> Result<CivilDate, FieldCode> {
        self.day.trim().parse().map_err(FieldCode::from)
    }

    fn name(&self) -> Result<HolidayName, FieldCode> {
        self.name.parse().map_err(FieldCode::from)
    }
}

/// The holidays of some lines, or what is wrong with each.
fn holidays(lines: &[Line]) -> Result<Vec<Holiday>, Vec<(String, FieldCode)>> {
    let mut wrong = Vec::new();
    let mut read: Vec<Holiday> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match (line.day(), line.name()) {
            (Ok(day), Ok(_)) if read.iter().any(|other| other.day == day) => {
                wrong.push((format!("day-{at}"), FieldCode::AlreadyUsed));
            }
            (Ok(day), Ok(name)) => read.push(Holiday { day, name }),
            (day, name) => {
                wrong.extend(day.err().map(|code| (format!("day-{at}"), code)));
                wrong.extend(name.err().map(|code| (format!("name-{at}"), code)));
            }
        }
    }
    if wrong.is_empty() { Ok(read) } else { Err(wrong) }
}

/// The form.
#[component]
pub(super) fn HolidaysForm(props: &HolidaysFormProps) -> Html {
    let text = use_text();
    let lines = use_state_eq(|| props.holidays.iter().map(Line::of).collect::<Vec<_>>());
    let seen = use_state_eq(|| props.holidays.iter().map(|one| one.day).collect::<Vec<_>>());
    let reason = use_field::<ActReason>(String::new);
    let submission = use_state_eq(|| 0_u32);
    let keeping = use_keeping::<SaveHolidays>(props.ondone.clone());
    let wrong = holidays(&lines).err().unwrap_or_default();
    use_effect_with(lines.len(), |count| {
        if let Some(last) = count.checked_sub(1) {
            focus::element(&format!("day-{last}"));
        }
    });
    let onsubmit = {
        let (lines, reason, submission) = (lines.clone(), reason.clone(), submission.clone());
        let (keeping, centre, seen) = (keeping.clone(), props.centre, (*seen).clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submission.set(*submission + 1);
            if let (Ok(holidays), Ok(reason)) = (holidays(&lines), reason.send()) {
                keeping.send(HolidaysToSave {
                    centre,
                    seen: seen.clone(),
                    holidays,
                    reason,
                    agreed: 0,
                });
            }
        })
    };
    let onadd = {
        let lines = lines.clone();
        Callback::from(move |_: MouseEvent| {
            let mut next = (*lines).clone();
            next.push(Line::default());
            lines.set(next);
        })
    };
    let entries = || -> Vec<SummaryEntry> {
        wrong
            .iter()
            .map(|(id, code)| words::entry(id.clone(), errors::field(text, *code)))
            .chain(reason_entry(text, &reason))
            .collect()
    };
    let shown: &[_] = if *submission > 0 { &wrong } else { &[] };
    let title = if props.centre.is_some() {
        text.centres_holidays()
    } else {
        text.centres_national()
    };
    html! {
        <form class="card flow centre-form" {onsubmit} novalidate=true>
            { heading(title) }
            { soft(text.centres_holidays_hint()) }
            { summary(text, *submission, entries) }
            { for (0..lines.len()).map(|at| line(text, &lines, at, shown)) }
            if lines.len() < MOST_HOLIDAYS {
                <div class="actions">{ press(ButtonKind::Secondary, onadd, text.centres_holidays_add()) }</div>
            }
            { reason_field(text, &reason) }
            { keeping.told_or_reload(text, &props.onreload) }
            { keeping.ways(text, ButtonKind::Primary, text.staff_team_save(), &props.onleave) }
        </form>
    }
}

/// A day and its name.
fn line(text: Text, lines: &UseStateHandle<Vec<Line>>, at: usize, wrong: &[(String, FieldCode)]) -> Html {
    let Line { day, name } = lines[at].clone();
    let typed = |put: fn(&mut Line, String)| {
        let lines = lines.clone();
        Callback::from(move |typed: String| {
            let mut next = (*lines).clone();
            put(&mut next[at], typed);
            lines.set(next);
        })
    };
    let error = |id: &str| {
        let found = wrong.iter().find(|(other, _)| other == id);
        found.map(|(_, code)| AttrValue::from(errors::field(text, *code)))
    };
    let onremove = {
        let lines = lines.clone();
        Callback::from(move |_: MouseEvent| {
            let mut next = (*lines).clone();
            next.remove(at);
            lines.set(next);
        })
    };
    let (day_id, name_id) = (format!("day-{at}"), format!("name-{at}"));
    html! {
        <div class="holiday-line" key={at}>
            { text_input(&props!(TextInputProps {
                id: day_id.clone(), label: text.centres_holiday_day(), width: InputWidth::Number,
                error: error(&day_id), value: day.clone(), oninput: typed(|line, typed| line.day = typed)
            })) }
            { text_input(&props!(TextInputProps {
                id: name_id.clone(), label: text.centres_holiday_name(),
                error: error(&name_id), value: name, oninput: typed(|line, typed| line.name = typed)
            })) }
            { button(&props!(ButtonProps {
                kind: ButtonKind::Quiet,
                onclick: onremove,
                children: html! { <>{ text.centres_holidays_remove() }<span class="visually-hidden">{ ": " }{ day }</span></> }
            })) }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, holidays};
    use shared::api::FieldCode;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn line(day: &str, name: &str) -> Line {
        Line {
            day: day.into(),
            name: name.into(),
        }
    }

    #[test]
    fn each_line_is_judged_by_itself_and_a_day_comes_once() {
        let read = holidays(&[line("2026-12-25", "Navidad"), line(" 2027-01-01 ", "Año Nuevo")]).unwrap();
        assert_eq!(read.len(), 2);
        let wrong = holidays(&[
            line("2026-12-25", "Navidad"),
            line("2026-12-25", "Otra vez"),
            line("25/12/2026", ""),
        ])
        .unwrap_err();
        assert_eq!(
            wrong,
            [
                ("day-1".to_owned(), FieldCode::AlreadyUsed),
                ("day-2".to_owned(), FieldCode::Malformed),
                ("name-2".to_owned(), FieldCode::Missing),
            ]
        );
    }
}
