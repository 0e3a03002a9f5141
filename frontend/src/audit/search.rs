//! Searching the log, newest first.

use super::optional;
use super::results::{Pressed, masking_words, table};
use crate::errors::{problem_notice, summary, words, wrong};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::clock;
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::{paragraph, soft};
use crate::ui::{
    ButtonKind, ButtonProps, ChoiceOption, SelectProps, TextInputProps, button, live_region, press, select,
    submit, text_input,
};
use core::time::Duration;
use shared::audit::api::{AuditOfficer, AuditPage, AuditSearch, SearchAudit};
use shared::i18n::Text;
use shared::identifiers::{Branch, DocumentId, EmployerIdentifier};
use shared::staff::{ActReason, DeedName};
use shared::time::{CivilDate, Timestamp};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// How far back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    Hour,
    Day,
    Week,
    Month,
    Ever,
}

impl Period {
    const ALL: [Self; 5] = [Self::Hour, Self::Day, Self::Week, Self::Month, Self::Ever];

    fn words(self, text: Text) -> &'static str {
        match self {
            Self::Hour => text.audit_period_hour(),
            Self::Day => text.audit_period_day(),
            Self::Week => text.audit_period_week(),
            Self::Month => text.audit_period_month(),
            Self::Ever => text.audit_period_ever(),
        }
    }

    fn begin(self, now: Timestamp) -> Option<Timestamp> {
        let hours = match self {
            Self::Hour => 1,
            Self::Day => 24,
            Self::Week => 24 * 7,
            Self::Month => 24 * 30,
            Self::Ever => return None,
        };
        Some(now.before(Duration::from_secs(hours * 3600)))
    }
}

/// What was found so far.
#[derive(Clone, Debug, Default, PartialEq)]
struct Found {
    asked: AuditSearch,
    pages: Vec<Rc<AuditPage>>,
}

/// Properties of [`SearchSection`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct SearchSectionProps {
    /// A document of an entry is to be held.
    pub(super) onhold: Callback<DocumentId>,
}

/// The form and what it finds.
#[component]
pub(super) fn SearchSection(props: &SearchSectionProps) -> Html {
    let text = use_text();
    let employer = use_field::<EmployerIdentifier>(String::new);
    let branch = use_field::<Branch>(String::new);
    let reason = use_field::<ActReason>(String::new);
    let last_day = use_field::<CivilDate>(String::new);
    let kind = use_state_eq(|| None::<AttrValue>);
    let deed = use_state_eq(|| None::<DeedName>);
    let officer = use_state_eq(|| None::<AuditOfficer>);
    let period = use_state_eq(|| Period::Day);
    let submission = use_state(|| 0_u32);
    let found = use_state(Found::default);
    let call = use_staff_call::<SearchAudit>();
    let ask = {
        let (call, found) = (call.clone(), found.clone());
        Callback::from(move |(asked, before): (AuditSearch, Vec<Rc<AuditPage>>)| {
            let found = found.setter();
            let kept = asked.clone();
            call.send_then(asked, move |page| {
                let mut pages = before.clone();
                pages.push(page);
                found.set(Found {
                    asked: kept.clone(),
                    pages,
                });
            });
        })
    };
    let onsubmit = {
        let (employer, branch, reason) = (employer.clone(), branch.clone(), reason.clone());
        let (kind, period, submission) = (kind.clone(), *period, submission.clone());
        let (last_day, deed) = (last_day.clone(), *deed);
        let officer = officer.as_ref().map(|officer| officer.id);
        let (ask, busy) = (ask.clone(), call.is_loading());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if busy {
                return;
            }
            submission.set(*submission + 1);
            let typed = (
                optional::send(&employer),
                optional::send(&branch),
                optional::send(&last_day),
                optional::send(&reason),
            );
            let (Ok(employer), Ok(branch), Ok(last_day), Ok(reason)) = typed else {
                return;
            };
            // The whole last day: until the next one begins.
            let until = last_day.map(|day| day.days_later(1).begin_in_ecuador());
            let asked = AuditSearch {
                kind: kind.as_ref().map(ToString::to_string),
                employer,
                branch,
                reason,
                staff: officer,
                deed,
                from: period.begin(until.unwrap_or_else(clock::now)),
                until,
                before: None,
            };
            ask.emit((asked, Vec::new()));
        })
    };
    let next = found.pages.last().and_then(|page| page.next);
    let onmore = {
        let (ask, found) = (ask.clone(), found.clone());
        Callback::from(move |_: MouseEvent| {
            let asked = AuditSearch {
                before: next,
                ..found.asked.clone()
            };
            ask.emit((asked, found.pages.clone()));
        })
    };
    // Who did one thing is pressed to see all of theirs; the form tells it and lets go of it.
    let onofficer = {
        let (ask, found, officer) = (ask.clone(), found.clone(), officer.setter());
        Callback::from(move |chosen: AuditOfficer| {
            let asked = AuditSearch {
                staff: Some(chosen.id),
                before: None,
                ..found.asked.clone()
            };
            officer.set(Some(chosen));
            ask.emit((asked, Vec::new()));
        })
    };
    let onanybody = {
        let officer = officer.setter();
        Callback::from(move |_: MouseEvent| officer.set(None))
    };
    let pressed = Pressed {
        onofficer,
        onhold: props.onhold.clone(),
    };
    let errors = [
        optional::error(&employer).map(|code| wrong("employer", words::field(text, code))),
        optional::error(&branch).map(|code| wrong("branch", words::field(text, code))),
        optional::error(&last_day).map(|code| wrong("last-day", words::field(text, code))),
        optional::error(&reason).map(|code| wrong("reason", words::field(text, code))),
    ];
    let kinds: Vec<_> = found
        .pages
        .first()
        .map(|page| page.kinds.clone())
        .unwrap_or_default()
        .into_iter()
        .map(|kind| ChoiceOption::new(kind.clone(), kind))
        .collect();
    let deeds: Vec<_> = DeedName::ALL
        .iter()
        .map(|deed| ChoiceOption::new(deed.as_str(), deed.as_str()))
        .collect();
    let count: usize = found.pages.iter().map(|page| page.entries.len()).sum();
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let announcement = if found.pages.is_empty() || call.is_loading() {
        String::new()
    } else {
        text.audit_found(count)
    };
    let field_error = |code: Option<_>| code.map(|code| AttrValue::from(words::field(text, code)));
    html! {
        <section class="card flow" aria-labelledby="audit-search">
            <h2 id="audit-search">{ text.audit_search() }</h2>
            <form class="flow" {onsubmit} novalidate=true>
                { summary(text, *submission, || errors.into_iter().flatten().collect()) }
                if let Some(problem) = call.problem() { { problem_notice(text, problem, None) } }
                <div class="audit-fields">
                    { select(&props!(SelectProps {
                        id: "period", label: text.audit_period(), placeholder: text.audit_period_ever(),
                        options: Period::ALL.iter().filter(|one| **one != Period::Ever).enumerate().map(|(index, one)| ChoiceOption::new(index.to_string(), one.words(text))).collect::<Vec<_>>(),
                        selected: Period::ALL.iter().position(|one| one == &*period).filter(|_| *period != Period::Ever).map(|index| AttrValue::from(index.to_string())),
                        onchange: {
                            let period = period.setter();
                            Callback::from(move |chosen: Option<AttrValue>| {
                                let chosen = chosen.and_then(|index| index.parse::<usize>().ok());
                                period.set(chosen.and_then(|index| Period::ALL.get(index).copied()).unwrap_or(Period::Ever));
                            })
                        }
                    })) }
                    { text_input(&props!(TextInputProps {
                        id: "last-day", label: text.audit_last_day(), hint: text.audit_last_day_hint(), error: field_error(optional::error(&last_day)),
                        value: last_day.text().to_owned(), oninput: last_day.oninput(), onblur: last_day.onblur()
                    })) }
                    { text_input(&props!(TextInputProps {
                        id: "employer", label: text.audit_employer(), error: field_error(optional::error(&employer)),
                        value: employer.text().to_owned(), oninput: employer.oninput(), onblur: employer.onblur()
                    })) }
                    { text_input(&props!(TextInputProps {
                        id: "branch", label: text.audit_branch(), error: field_error(optional::error(&branch)),
                        value: branch.text().to_owned(), oninput: branch.oninput(), onblur: branch.onblur()
                    })) }
                    { select(&props!(SelectProps {
                        id: "deed", label: text.audit_deed(), placeholder: text.audit_kind_any(), options: deeds,
                        selected: deed.map(|deed| AttrValue::from(deed.as_str())),
                        onchange: {
                            let deed = deed.setter();
                            Callback::from(move |chosen: Option<AttrValue>| deed.set(chosen.and_then(|word| DeedName::of_word(&word))))
                        }
                    })) }
                    if !kinds.is_empty() {
                        { select(&props!(SelectProps {
                            id: "kind", label: text.audit_kind(), placeholder: text.audit_kind_any(), options: kinds,
                            selected: (*kind).clone(), onchange: { let kind = kind.setter(); Callback::from(move |chosen| kind.set(chosen)) }
                        })) }
                    }
                </div>
                if let Some(officer) = &*officer {
                    <p>{ text.audit_of_officer(officer.name.to_string()) }{ " " }{ press(ButtonKind::Quiet, onanybody, text.audit_of_anybody()) }</p>
                }
                { text_input(&props!(TextInputProps {
                    id: "reason", label: text.audit_reason(), hint: text.audit_reason_hint(), error: field_error(optional::error(&reason)),
                    value: reason.text().to_owned(), oninput: reason.oninput(), onblur: reason.onblur()
                })) }
                <div class="actions">{ submit(state_of(&call), text.audit_search_do()) }</div>
            </form>
            { live_region(&announcement) }
            if found.pages.is_empty() {
                { press(ButtonKind::Quiet, ask.reform(|_| (AuditSearch::default(), Vec::new())), text.audit_newest()) }
            } else {
                <h3>{ text.audit_results() }</h3>
                { paragraph(text.audit_found(count)) }
                { soft(masking_words(text, &found.pages)) }
                { table(text, &found.pages, &pressed) }
                if next.is_some() {
                    <div class="actions">
                        { button(&props!(ButtonProps { kind: ButtonKind::Secondary, state: state_of(&call), onclick: onmore, children: html! { text.audit_older() } })) }
                    </div>
                }
            }
        </section>
    }
}
