//! What is asked for, and what it comes to.

use super::acts::acts;
use super::charts::{by_centre, by_centre_wait, by_day, by_no_show, by_wait, minutes};
use super::now::now;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::platform::save;
use crate::staff::{Officer, state_of, use_staff_call, use_staff_session};
use crate::ui::prose::{lead, paragraph};
use crate::ui::{
    ButtonKind, ButtonProps, ChoiceOption, Description, DescriptionListProps, SelectProps, button,
    description_list, live_region, loading, select,
};
use core::time::Duration;
use shared::centres::CentreId;
use shared::i18n::Text;
use shared::reports::api::{ExportReport, ReportFile, ReportRequest, ReportView, ShowReport};
use shared::reports::{Figures, Span};
use shared::time::{CivilDate, Timestamp};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// How far back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    Today,
    Week,
    Month,
    Quarter,
}

impl Period {
    const ALL: [Self; 4] = [Self::Today, Self::Week, Self::Month, Self::Quarter];

    const fn word(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    fn words(self, text: Text) -> &'static str {
        match self {
            Self::Today => text.reports_period_today(),
            Self::Week => text.reports_period_week(),
            Self::Month => text.reports_period_month(),
            Self::Quarter => text.reports_period_quarter(),
        }
    }

    /// How many days before today it begins.
    const fn days_before(self) -> u64 {
        match self {
            Self::Today => 0,
            Self::Week => 6,
            Self::Month => 29,
            Self::Quarter => 91,
        }
    }

    fn span(self, now: Timestamp) -> Option<Span> {
        let first = now.before(Duration::from_secs(self.days_before() * 24 * 3600));
        Span::new(CivilDate::in_ecuador(first), CivilDate::in_ecuador(now)).ok()
    }
}

/// Properties of [`ReportsPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ReportsPageProps {
    /// Who is signed in.
    pub officer: Officer,
}

/// The page.
#[component]
pub fn ReportsPage(props: &ReportsPageProps) -> Html {
    let text = use_text();
    let period = use_state_eq(|| Period::Week);
    let centre = use_state_eq(|| props.officer.view.centre);
    let report = use_state_eq(|| None::<Rc<ReportView>>);
    let exported = use_state_eq(|| None::<String>);
    let is_open = use_staff_session().is_open();
    let show = use_staff_call::<ShowReport>();
    let export = use_staff_call::<ExportReport>();
    let asked = {
        let (period, centre, officer) = (*period, *centre, props.officer.clone());
        move || {
            period
                .span(officer.server_now())
                .map(|span| ReportRequest { span, centre })
        }
    };
    {
        let (show, report, asked) = (show.clone(), report.setter(), asked.clone());
        let exported = exported.setter();
        use_effect_with((is_open, *period, *centre), move |(open, ..)| {
            if let Some(asked) = asked().filter(|_| *open) {
                exported.set(None);
                show.send_then(asked, move |view| report.set(Some(view)));
            }
        });
    }
    let onexport = {
        let (export, exported) = (export.clone(), exported.setter());
        Callback::from(move |_: MouseEvent| {
            let exported = exported.clone();
            if let Some(asked) = asked() {
                export.send_then(asked, move |file: Rc<ReportFile>| {
                    save::text(&file.name, "text/csv;charset=utf-8", &file.text);
                    exported.set(Some(file.name.clone()));
                });
            }
        })
    };
    let onperiod = {
        let period = period.setter();
        Callback::from(move |chosen: Option<AttrValue>| {
            let chosen = Period::ALL
                .into_iter()
                .find(|one| chosen.as_deref() == Some(one.word()));
            if let Some(chosen) = chosen {
                period.set(chosen);
            }
        })
    };
    let oncentre = {
        let centre = centre.setter();
        Callback::from(move |chosen: Option<AttrValue>| {
            centre.set(chosen.and_then(|id| id.parse::<CentreId>().ok()));
        })
    };
    let periods: Vec<_> = Period::ALL
        .into_iter()
        .map(|one| ChoiceOption::new(one.word(), one.words(text)))
        .collect();
    let centres: Vec<_> = report
        .iter()
        .flat_map(|report| report.centres.iter())
        .map(|centre| ChoiceOption::new(centre.centre.to_string(), centre.name.clone()))
        .collect();
    let said = exported
        .as_ref()
        .map(|name| text.reports_exported(name))
        .unwrap_or_default();
    html! {
        <div class="flow">
            { lead(text.reports_intro()) }
            <div class="report-choice">
                { select(&props!(SelectProps {
                    id: "period", label: text.reports_period(), placeholder: text.reports_period(), options: periods,
                    selected: AttrValue::from(period.word()), onchange: onperiod
                })) }
                { select(&props!(SelectProps {
                    id: "centre", label: text.reports_centre(), placeholder: text.reports_centre_all(), options: centres,
                    selected: centre.map(|id| AttrValue::from(id.to_string())), onchange: oncentre
                })) }
                <div class="actions">{ button(&props!(ButtonProps {
                    kind: ButtonKind::Secondary, state: state_of(&export), onclick: onexport, children: html! { text.reports_export() }
                })) }</div>
            </div>
            { live_region(&said) }
            if !said.is_empty() { { paragraph(said.clone()) } }
            if let Some(problem) = show.problem().or(export.problem()) { { problem_notice(text, problem, None) } }
            if let Some(report) = &*report { { shown(text, report) } } else if show.is_loading() { { loading(text.staff_loading()) } }
        </div>
    }
}

fn shown(text: Text, report: &ReportView) -> Html {
    if report.rows.is_empty() {
        return html! { <>{ now(text, report) }{ paragraph(text.reports_none()) }{ acts(text, report) }</> };
    }
    html! {
        <>
            { now(text, report) }
            { totals(text, report.rows.iter().map(|row| row.figures).sum()) }
            <div class="charts">
                { by_day(text, report) }
                { by_no_show(text, report) }
                { by_wait(text, report) }
                { by_centre(text, report) }
                { by_centre_wait(text, report) }
            </div>
            { acts(text, report) }
        </>
    }
}

fn totals(text: Text, all: Figures) -> Html {
    let count = |term: &'static str, count: u32| Description {
        term: term.into(),
        detail: html! { count.to_string() },
    };
    let Figures {
        appointments,
        walk_ins,
        video,
        served,
        no_shows,
        unserved,
        waited,
        serving,
    } = all;
    let mut entries = vec![
        count(text.reports_came(), all.came()),
        count(text.reports_column_appointments(), appointments),
        count(text.reports_column_walk_ins(), walk_ins),
        count(text.reports_column_video(), video),
        count(text.reports_column_served(), served),
        count(text.reports_column_no_shows(), no_shows),
        count(text.reports_column_unserved(), unserved),
    ];
    // An average of nothing is not shown.
    let means = [
        (text.reports_wait(), waited.average()),
        (text.reports_longest_wait(), waited.longest()),
        (text.reports_service(), serving.average()),
    ];
    entries.extend(means.into_iter().filter_map(|(term, span)| {
        let span = minutes(text, span?);
        Some(Description {
            term: term.into(),
            detail: html! { span },
        })
    }));
    html! {
        <section class="card flow report-totals" aria-labelledby="report-totals">
            <h2 id="report-totals">{ text.reports_totals() }</h2>
            { description_list(&props!(DescriptionListProps { entries })) }
        </section>
    }
}
