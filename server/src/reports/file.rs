//! Figures as a file for a spreadsheet.

use shared::i18n::Text;
use shared::reports::api::{ReportFile, ReportView};
use shared::reports::{Figures, Mean};
use std::collections::BTreeMap;
use std::time::Duration;

/// Tells a spreadsheet that the file is in UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The figures as CSV (RFC 4180): a line of headings, then one line a centre and day. Times are whole seconds, because what separates
/// decimals differs between spreadsheets; an average of nothing is empty.
pub(super) fn csv(view: &ReportView, text: Text) -> Result<ReportFile, csv::Error> {
    let names: BTreeMap<_, _> = view
        .centres
        .iter()
        .map(|centre| (centre.centre, centre.name.as_str()))
        .collect();
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(headings(text))?;
    for row in &view.rows {
        let name = names.get(&row.centre).copied().unwrap_or_default();
        let Figures {
            appointments,
            walk_ins,
            video,
            served,
            no_shows,
            unserved,
            waited,
            serving,
        } = row.figures;
        let counts = [appointments, walk_ins, video, served, no_shows, unserved];
        let [wait, longest] = times(waited);
        let [service, longest_service] = times(serving);
        let mut cells = vec![harmless(name), row.day.to_string()];
        cells.extend(counts.map(|count| count.to_string()));
        cells.extend([wait, longest, service, longest_service]);
        writer.write_record(&cells)?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    let name = format!("informe-{}-{}.csv", view.span.from(), view.span.to());
    Ok(ReportFile {
        name,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    })
}

fn headings(text: Text) -> [&'static str; 12] {
    [
        text.reports_column_centre(),
        text.reports_column_day(),
        text.reports_column_appointments(),
        text.reports_column_walk_ins(),
        text.reports_column_video(),
        text.reports_column_served(),
        text.reports_column_no_shows(),
        text.reports_column_unserved(),
        text.reports_file_wait(),
        text.reports_file_longest_wait(),
        text.reports_file_service(),
        text.reports_file_longest_service(),
    ]
}

/// The average and the longest, in seconds.
fn times(mean: Mean) -> [String; 2] {
    let seconds = |span: Option<Duration>| span.map(|span| span.as_secs().to_string()).unwrap_or_default();
    [seconds(mean.average()), seconds(mean.longest())]
}

/// A name that no spreadsheet takes for a formula: it begins with an apostrophe where it would begin with a sign that starts one.
fn harmless(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::centres::CentreId;
    use shared::i18n::Language;
    use shared::reports::Span;
    use shared::reports::api::{DayFigures, NamedCentre};
    use shared::time::Timestamp;

    const NOON: Timestamp = Timestamp::from_millis(1_790_000_000_000);

    fn view(name: &str, figures: Figures) -> ReportView {
        let centre = CentreId::new(NOON, [1; 10]);
        let day = "2026-11-23".parse().unwrap();
        ReportView {
            now: NOON,
            span: Span::new(day, day).unwrap(),
            centres: vec![NamedCentre {
                centre,
                name: name.to_owned(),
            }],
            at_once: Vec::new(),
            rows: vec![DayFigures { centre, day, figures }],
            acts: Vec::new(),
        }
    }

    fn lines(view: &ReportView, language: Language) -> Vec<String> {
        let file = csv(view, Text::new(language)).unwrap();
        let text = file.text.strip_prefix(BYTE_ORDER_MARK).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_line_has_the_figures_of_a_centre_and_day() {
        let figures = Figures {
            appointments: 3,
            walk_ins: 2,
            video: 1,
            served: 4,
            no_shows: 1,
            unserved: 0,
            waited: Mean::of(Duration::from_mins(10)) + Mean::of(Duration::from_mins(5)),
            serving: Mean::default(),
        };
        let lines = lines(&view("Quito, Norte", figures), Language::Es);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1], "\"Quito, Norte\",2026-11-23,3,2,1,4,1,0,450,600,,");
    }

    #[test]
    fn a_name_is_no_formula() {
        for name in ["=1+1", "+1", "-1", "@SUM(A1)"] {
            let lines = lines(&view(name, Figures::default()), Language::Es);
            assert!(lines[1].starts_with(&format!("'{name},")), "{}", lines[1]);
        }
    }

    #[test]
    fn headings_are_in_every_language_and_differ() {
        for language in Language::ALL {
            let headings = headings(Text::new(*language));
            let unique: std::collections::BTreeSet<_> = headings.iter().collect();
            assert_eq!(unique.len(), headings.len());
            let lines = lines(&view("Quito", Figures::default()), *language);
            assert_eq!(lines[0].split(',').count(), headings.len(), "{language}");
        }
    }
}
