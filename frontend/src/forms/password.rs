//! A new password: typed once if it is shown, twice if it is not, with the rules ticking beside it.

use super::strength::{Estimate, use_strength};
use crate::i18n::use_text;
use crate::ui::{
    ButtonKind, ButtonProps, CheckState, ChecklistItem, ChecklistProps, InputKind, MeterProps,
    TextInputProps, button, checklist, live_region, meter, text_input,
};
use shared::i18n::Text;
use shared::passwords::{Mark, Personal, Rules, Score, Violation};
use shared::secrets::Secret;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Whether the password can be read on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cover {
    /// Dots.
    #[default]
    Covered,
    /// In clear.
    Shown,
}

/// What was typed; never stored anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordDraft {
    /// The password.
    pub password: Secret<String>,
    /// The same again, where it is covered.
    pub repeat: Secret<String>,
    /// Whether it can be read.
    pub cover: Cover,
}

/// What keeps a password from being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordError {
    /// Nothing was typed.
    Missing,
    /// It breaks rules that this page can judge.
    RulesBroken,
    /// The repetition differs.
    RepeatDiffers,
}

/// What the server said of a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The password it was said of.
    pub password: Secret<String>,
    /// The rules it breaks.
    pub violations: Vec<Violation>,
}

impl PasswordDraft {
    /// What keeps it from being sent. The strength is left to the server, because the worker may not be there.
    pub fn check(&self, rules: &Rules, personal: &Personal) -> Result<(), PasswordError> {
        if self.password.expose().is_empty() {
            Err(PasswordError::Missing)
        } else if !rules.violations(self.password.expose(), personal).is_empty() {
            Err(PasswordError::RulesBroken)
        } else if self.cover == Cover::Covered && self.password != self.repeat {
            Err(PasswordError::RepeatDiffers)
        } else {
            Ok(())
        }
    }
}

/// The words of an error.
pub fn error_words(text: Text, error: PasswordError) -> &'static str {
    match error {
        PasswordError::Missing => text.reset_missing(),
        PasswordError::RulesBroken => text.reset_not_met(),
        PasswordError::RepeatDiffers => text.reset_repeat_wrong(),
    }
}

/// The `id` of the field to correct.
pub const fn error_field(error: PasswordError) -> &'static str {
    match error {
        PasswordError::Missing | PasswordError::RulesBroken => "password",
        PasswordError::RepeatDiffers => "repeat",
    }
}

/// Properties of [`PasswordFields`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PasswordFieldsProps {
    /// The rules.
    pub rules: Rules,
    /// What must not be in it.
    pub personal: Rc<Vec<Secret<String>>>,
    /// What was typed.
    pub draft: PasswordDraft,
    /// Hears of every change.
    pub onchange: Callback<PasswordDraft>,
    /// What to show as wrong.
    #[prop_or_default]
    pub error: Option<PasswordError>,
    /// What the server said last.
    #[prop_or_default]
    pub verdict: Option<Verdict>,
}

/// The password's fields, the checklist and the meter.
#[component]
pub fn PasswordFields(props: &PasswordFieldsProps) -> Html {
    let text = use_text();
    let draft = &props.draft;
    let personal = use_memo(props.personal.clone(), |texts| {
        Personal::new(texts.iter().map(Secret::expose))
    });
    let estimate = use_strength(&draft.password, &props.personal);
    let change = |change: fn(&mut PasswordDraft, String)| {
        let draft = draft.clone();
        props.onchange.reform(move |typed: String| {
            let mut draft = draft.clone();
            change(&mut draft, typed);
            draft
        })
    };
    let (kind, toggle, cover) = match draft.cover {
        Cover::Covered => (InputKind::Password, text.reset_password_show(), Cover::Shown),
        Cover::Shown => (
            InputKind::ShownPassword,
            text.reset_password_hide(),
            Cover::Covered,
        ),
    };
    let onclick = {
        let draft = draft.clone();
        props.onchange.reform(move |_: MouseEvent| PasswordDraft {
            cover,
            ..draft.clone()
        })
    };
    let beside = button(&props!(ButtonProps {
        kind: ButtonKind::Quiet,
        onclick,
        controls: "password",
        children: html! { toggle }
    }));
    let wrong = |field: &'static str| {
        props
            .error
            .filter(|error| error_field(*error) == field)
            .map(|error| error_words(text, error))
    };
    html! {
        <>
            { text_input(&props!(TextInputProps { id: "password", label: text.reset_password_label(), error: wrong("password"), kind, beside, name: "password", autocomplete: "new-password", value: draft.password.expose().clone(), oninput: change(|draft, typed| draft.password = Secret::new(typed)) })) }
            { strength(text, &estimate) }
            { rules(text, props, &personal, &estimate) }
            if draft.cover == Cover::Covered {
                { text_input(&props!(TextInputProps { id: "repeat", label: text.reset_repeat_label(), hint: text.reset_repeat_hint(), error: wrong("repeat"), kind: InputKind::Password, name: "repeat", autocomplete: "new-password", value: draft.repeat.expose().clone(), oninput: change(|draft, typed| draft.repeat = Secret::new(typed)) })) }
            }
        </>
    }
}

/// The strength in bars, and what would help.
fn strength(text: Text, estimate: &Estimate) -> Html {
    let (level, words, advice) = match estimate {
        Estimate::None => (None, text.reset_strength_none(), &[][..]),
        Estimate::Waiting => (None, text.reset_strength_waiting(), &[][..]),
        Estimate::Unknown => (None, text.reset_strength_unknown(), &[][..]),
        Estimate::Known(strength) => (
            Some(strength.score.get()),
            strength.score.worded(text),
            strength.advice.as_slice(),
        ),
    };
    html! {
        <>
            { meter(&props!(MeterProps { id: "strength", label: text.reset_strength_label(), level, text: words })) }
            if !advice.is_empty() {
                <ul class="advice">{ for advice.iter().map(|advice| html! { <li>{ advice.worded(text) }</li> }) }</ul>
            }
        </>
    }
}

/// The rules that this page can judge, then those that only the server can.
fn rules(text: Text, props: &PasswordFieldsProps, personal: &Personal, estimate: &Estimate) -> Html {
    let password = &props.draft.password;
    let told = props
        .verdict
        .as_ref()
        .filter(|verdict| verdict.password == *password)
        .map_or(&[][..], |verdict| &verdict.violations);
    let mut items: Vec<_> = props
        .rules
        .checklist(password.expose(), personal, score(estimate))
        .lines()
        .iter()
        .map(|(requirement, mark)| {
            let told = told.iter().any(|violation| violation.breaks(*requirement));
            let state = match mark {
                _ if told => CheckState::Unmet,
                Mark::Open => CheckState::Open,
                Mark::Met => CheckState::Met,
                Mark::Broken => CheckState::Unmet,
            };
            item(text, requirement.worded(&props.rules, text), state)
        })
        .collect();
    let server = |violation| {
        if told.contains(&violation) {
            CheckState::Unmet
        } else {
            CheckState::Open
        }
    };
    let judged_here = items.len();
    let met = items.iter().filter(|item| item.state == CheckState::Met).count();
    if props.rules.history > 0 {
        items.push(item(
            text,
            text.reset_check_not_reused(props.rules.history),
            server(Violation::Reused),
        ));
    }
    items.push(item(
        text,
        text.reset_check_not_leaked().to_owned(),
        server(Violation::Leaked),
    ));
    let summary = if password.expose().is_empty() {
        String::new()
    } else {
        text.reset_checks_summary(met, judged_here)
    };
    html! {
        <>
            { checklist(&props!(ChecklistProps { id: "rules", label: text.reset_checklist_label(), items })) }
            { live_region(&summary) }
        </>
    }
}

fn score(estimate: &Estimate) -> Option<Score> {
    match estimate {
        Estimate::Known(strength) => Some(strength.score),
        Estimate::None | Estimate::Waiting | Estimate::Unknown => None,
    }
}

fn item(text: Text, words: String, state: CheckState) -> ChecklistItem {
    let state_text = match state {
        CheckState::Open => text.reset_check_open(),
        CheckState::Met => text.reset_check_met(),
        CheckState::Unmet => text.reset_check_unmet(),
    };
    ChecklistItem {
        text: words.into(),
        state,
        state_text: state_text.into(),
    }
}
