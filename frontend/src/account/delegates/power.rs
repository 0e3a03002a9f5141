//! What somebody may do and until when: the part that a new delegate and a changed one share.

use super::super::overview::scope_words;
use super::super::proof::{use_proof, use_typed};
use super::super::session::{state_of, use_account_call};
use super::super::when;
use super::DelegateFormProps;
use crate::errors::{problem_notice, summary, words, wrong};
use crate::forms::date;
use crate::i18n::use_text;
use crate::platform::focus;
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, CheckboxesProps, ChoiceOption, DateFieldsProps, DateText,
    SummaryEntry, Tick, button, checkboxes, date_fields, press,
};
use shared::api::{FieldCode, Problem};
use shared::delegates::api::{ChangeDelegate, DelegateChange, DelegateList};
use shared::delegates::{Scope, Scopes};
use shared::i18n::Text;
use shared::time::CivilDate;
use yew::prelude::*;
use yew::props;

/// What was chosen and typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Power {
    ticked: Vec<Scope>,
    until: DateText,
}

impl Power {
    /// As it was.
    pub fn of(scopes: Scopes, until: CivilDate) -> Self {
        Self {
            ticked: scopes.iter().collect(),
            until: DateText {
                day: until.day().to_string(),
                month: until.month().to_string(),
                year: until.year().to_string(),
            },
        }
    }

    /// Nothing yet.
    pub fn none() -> Self {
        Self {
            ticked: Vec::new(),
            until: DateText::default(),
        }
    }

    /// The scopes, or why they do not go.
    pub fn scopes(&self) -> Result<Scopes, FieldCode> {
        Scopes::new(self.ticked.iter().copied()).map_err(Into::into)
    }

    /// The end date, or what is wrong and in which box.
    pub fn until(&self, list: &DelegateList) -> Result<CivilDate, date::DateError> {
        let date = date::read(&self.until)?;
        if (list.first_day..=list.last_day).contains(&date) {
            Ok(date)
        } else {
            Err(date::DateError {
                code: FieldCode::OutOfRange,
                part: None,
            })
        }
    }

    /// What is wrong, for the summary.
    pub fn entries(&self, text: Text, list: &DelegateList) -> Vec<SummaryEntry> {
        let scopes = self
            .scopes()
            .err()
            .map(|code| wrong("scopes-0", scopes_error(text, code)));
        let until = self
            .until(list)
            .err()
            .map(|error| wrong("until-day", until_error(text, list, error.code)));
        scopes.into_iter().chain(until).collect()
    }

    /// The power with a scope ticked or not. Whoever only reads has no other: a tick takes the contrary ones away.
    fn with(&self, scope: Scope, tick: Tick) -> Self {
        let mut ticked = self.ticked.clone();
        ticked.retain(|other| *other != scope);
        if tick == Tick::On {
            match scope {
                Scope::ReadOnly => ticked.clear(),
                Scope::Payroll | Scope::Registrations => ticked.retain(|other| *other != Scope::ReadOnly),
            }
            ticked.push(scope);
        }
        Self {
            ticked,
            until: self.until.clone(),
        }
    }
}

/// Whether what is wrong may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Errors {
    Hidden,
    Shown,
}

impl Errors {
    /// From the first submission on.
    pub const fn after(submissions: u32) -> Self {
        if submissions > 0 {
            Self::Shown
        } else {
            Self::Hidden
        }
    }
}

/// The boxes of the scopes and the end date.
pub(super) fn power_fields(
    text: Text,
    list: &DelegateList,
    power: &Power,
    errors: Errors,
    onchange: &Callback<Power>,
) -> Html {
    let shown = errors == Errors::Shown;
    let options = Scope::ALL
        .iter()
        .map(|scope| ChoiceOption {
            value: scope.as_str().into(),
            label: scope_words(text, *scope).into(),
            hint: Some(scope_hint(text, *scope).into()),
        })
        .collect::<Vec<_>>();
    let ticked = power
        .ticked
        .iter()
        .map(|scope| AttrValue::from(scope.as_str()))
        .collect::<Vec<_>>();
    let tick = {
        let power = power.clone();
        onchange.reform(move |(value, tick): (AttrValue, Tick)| {
            let scope = Scope::ALL.into_iter().find(|scope| scope.as_str() == value);
            scope.map_or_else(|| power.clone(), |scope| power.with(scope, tick))
        })
    };
    let scopes_wrong = power.scopes().err().filter(|_| shown);
    let until_wrong = power.until(list).err().filter(|_| shown);
    let oninput = {
        let power = power.clone();
        onchange.reform(move |until| Power {
            until,
            ..power.clone()
        })
    };
    html! {
        <>
            { checkboxes(&props!(CheckboxesProps {
                id: "scopes",
                label: text.delegates_scopes(),
                hint: text.delegates_scopes_hint(),
                error: scopes_wrong.map(|code| AttrValue::from(scopes_error(text, code))),
                options,
                ticked,
                onchange: tick
            })) }
            { date_fields(&props!(DateFieldsProps {
                id: "until",
                label: text.delegates_until_label(),
                hint: text.delegates_until_hint(when::day(text, list.last_day)),
                error: until_wrong.map(|error| AttrValue::from(until_error(text, list, error.code))),
                wrong: until_wrong.and_then(|error| error.part),
                labels: date::labels(text),
                value: power.until.clone(),
                oninput
            })) }
        </>
    }
}

/// What a scope means.
fn scope_hint(text: Text, scope: Scope) -> &'static str {
    match scope {
        Scope::Payroll => text.delegates_scope_payroll_hint(),
        Scope::Registrations => text.delegates_scope_registrations_hint(),
        Scope::ReadOnly => text.delegates_scope_read_only_hint(),
    }
}

fn scopes_error(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::NotOffered {
        text.delegates_scopes_contrary()
    } else {
        text.delegates_scopes_missing()
    }
}

fn until_error(text: Text, list: &DelegateList, code: FieldCode) -> String {
    if code == FieldCode::OutOfRange {
        text.delegates_until_range(when::day(text, list.first_day), when::day(text, list.last_day))
    } else if code == FieldCode::Missing {
        text.delegates_until_missing().to_owned()
    } else {
        words::field(text, code).to_owned()
    }
}

/// Gives a delegate other scopes or another end date, with the owner's password.
#[component]
pub(super) fn ChangeForm(props: &DelegateFormProps) -> Html {
    let text = use_text();
    let power = use_state(|| {
        props
            .delegate
            .as_ref()
            .map_or_else(Power::none, |delegate| Power::of(delegate.scopes, delegate.until))
    });
    let submission = use_state(|| 0_u32);
    let change = use_account_call::<ChangeDelegate>();
    let proof = use_proof(change.problem().cloned());
    let ontyped = use_typed();
    use_effect_with((), |()| focus::element("scopes-0"));
    let onchange = {
        let (power, ontyped) = (power.setter(), ontyped.clone());
        Callback::from(move |changed| {
            power.set(changed);
            ontyped.emit(());
        })
    };
    let onsubmit = {
        let (power, submission) = (power.clone(), submission.clone());
        let (proof, change) = (proof.clone(), change.clone());
        let (list, ondone) = (props.list.clone(), props.ondone.clone());
        let delegate = props.delegate.as_ref().map(|delegate| delegate.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if change.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            let current = proof.send();
            if let (Ok(scopes), Ok(until), Some(delegate), Some(current)) =
                (power.scopes(), power.until(&list), delegate, current)
            {
                let ondone = ondone.clone();
                let request = DelegateChange {
                    delegate,
                    scopes,
                    until,
                    current,
                };
                change.send_then(request, move |list| ondone.emit(list));
            }
        })
    };
    let entries = || {
        let mut entries = power.entries(text, &props.list);
        entries.extend(proof.entry(text));
        entries
    };
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { summary(text, *submission, entries) }
            { problem(text, change.problem()) }
            { power_fields(text, &props.list, &power, Errors::after(*submission), &onchange) }
            { proof.field(text, &ontyped) }
            <div class="actions">
                { button(&props!(ButtonProps { role: ButtonRole::Submit, state: state_of(&change), children: html! { text.delegates_change_do() } })) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_| ()), text.account_leave_it()) }
            </div>
        </form>
    }
}

/// What the server said.
pub(super) fn problem(text: Text, problem: Option<&Problem>) -> Html {
    problem
        .map(|problem| problem_notice(text, problem, None))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Power;
    use crate::ui::Tick;
    use shared::api::FieldCode;
    use shared::delegates::Scope;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn ticks_cannot_contradict_each_other() {
        let power = Power::none();
        assert_eq!(power.scopes(), Err(FieldCode::Missing));
        let both = power
            .with(Scope::Payroll, Tick::On)
            .with(Scope::Registrations, Tick::On);
        assert!(both.scopes().is_ok_and(|scopes| scopes.iter().count() == 2));
        let reads = both.with(Scope::ReadOnly, Tick::On);
        assert!(
            reads
                .scopes()
                .is_ok_and(|scopes| scopes.iter().eq([Scope::ReadOnly]))
        );
        let acts = reads.with(Scope::Payroll, Tick::On);
        assert!(
            acts.scopes()
                .is_ok_and(|scopes| scopes.iter().eq([Scope::Payroll]))
        );
        assert_eq!(
            acts.with(Scope::Payroll, Tick::Off).scopes(),
            Err(FieldCode::Missing)
        );
    }
}
