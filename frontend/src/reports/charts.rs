//! The figures as charts.

use crate::ui::{ChartProps, Column, chart};
use core::time::Duration;
use shared::i18n::Text;
use shared::reports::Figures;
use shared::reports::api::ReportView;
use shared::time::CivilDate;
use std::collections::BTreeMap;
use yew::prelude::*;
use yew::props;

/// How many people came each day.
pub(super) fn by_day(text: Text, report: &ReportView) -> Html {
    let columns: Vec<_> = days(report)
        .into_iter()
        .map(|(day, figures)| people(day.to_string(), figures))
        .collect();
    chart(&props!(ChartProps {
        id: "report-days",
        title: text.reports_by_day(),
        of: text.reports_column_day(),
        unit: text.reports_unit_people(),
        columns
    }))
}

/// How long they waited each day.
pub(super) fn by_wait(text: Text, report: &ReportView) -> Html {
    let columns: Vec<_> = days(report)
        .into_iter()
        .filter_map(|(day, figures)| {
            let wait = figures.waited.average()?;
            Some(waited(text, day.to_string(), wait))
        })
        .collect();
    chart(&props!(ChartProps {
        id: "report-waits",
        title: text.reports_by_wait(),
        of: text.reports_column_day(),
        unit: text.reports_unit_minutes(),
        columns
    }))
}

/// How many people came to each centre.
pub(super) fn by_centre(text: Text, report: &ReportView) -> Html {
    let columns: Vec<_> = centres(report)
        .into_iter()
        .map(|(name, figures)| people(name, figures))
        .collect();
    chart(&props!(ChartProps {
        id: "report-centres",
        title: text.reports_by_centre(),
        of: text.reports_column_centre(),
        unit: text.reports_unit_people(),
        columns
    }))
}

/// How many did not come, each day.
pub(super) fn by_no_show(text: Text, report: &ReportView) -> Html {
    let columns: Vec<_> = days(report)
        .into_iter()
        .map(|(day, figures)| Column {
            label: day.to_string().into(),
            value: figures.no_shows.into(),
            shown: figures.no_shows.to_string().into(),
        })
        .collect();
    chart(&props!(ChartProps {
        id: "report-no-shows",
        title: text.reports_by_no_show(),
        of: text.reports_column_day(),
        unit: text.reports_unit_people(),
        columns
    }))
}

/// How long they waited at each centre.
pub(super) fn by_centre_wait(text: Text, report: &ReportView) -> Html {
    let columns: Vec<_> = centres(report)
        .into_iter()
        .filter_map(|(name, figures)| {
            let wait = figures.waited.average()?;
            Some(waited(text, name, wait))
        })
        .collect();
    chart(&props!(ChartProps {
        id: "report-centre-waits",
        title: text.reports_by_centre_wait(),
        of: text.reports_column_centre(),
        unit: text.reports_unit_minutes(),
        columns
    }))
}

/// As high as its minutes, which is what is told of it: a wait of seconds has no column.
fn waited(text: Text, label: String, wait: Duration) -> Column {
    Column {
        label: label.into(),
        value: whole_minutes(wait),
        shown: minutes(text, wait).into(),
    }
}

fn people(label: String, figures: Figures) -> Column {
    Column {
        label: label.into(),
        value: figures.came().into(),
        shown: figures.came().to_string().into(),
    }
}

/// The figures of each centre where anything happened, of all days together.
fn centres(report: &ReportView) -> Vec<(String, Figures)> {
    let all = report.centres.iter().map(|centre| {
        let of_centre = report.rows.iter().filter(|row| row.centre == centre.centre);
        (centre.name.clone(), of_centre.map(|row| row.figures).sum())
    });
    all.filter(|(_, figures)| *figures != Figures::default())
        .collect()
}

/// The figures of each day, of all centres together.
fn days(report: &ReportView) -> BTreeMap<CivilDate, Figures> {
    let mut days = BTreeMap::new();
    for row in &report.rows {
        let day: &mut Figures = days.entry(row.day).or_default();
        *day = *day + row.figures;
    }
    days
}

/// A time in whole minutes, to the nearest.
pub(super) fn minutes(text: Text, span: Duration) -> String {
    text.reports_minutes(i64::try_from(whole_minutes(span)).unwrap_or(i64::MAX))
}

fn whole_minutes(span: Duration) -> u64 {
    (span.as_secs() + 30) / 60
}
