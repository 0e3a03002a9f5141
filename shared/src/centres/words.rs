//! When a centre serves, in words: the same on the pages and on the sheet.

use super::{Closure, Exceptions, Hours, Zone};
use crate::i18n::Text;
use crate::time::{CivilDate, Timestamp, Weekday};

impl Hours {
    /// The openings of the week, days in a row that are alike together: `lunes a viernes 08:00-16:30`.
    pub fn told(&self, text: Text) -> Vec<String> {
        self.days_alike()
            .into_iter()
            .map(|days| {
                let first = weekday(text, days.first);
                let openings = days.openings;
                if days.first == days.last {
                    format!("{first} {openings}")
                } else {
                    let span = text.centres_days(first, weekday(text, days.last));
                    format!("{span} {openings}")
                }
            })
            .collect()
    }
}

impl Exceptions {
    /// Each of them by itself, holidays first: `viernes 25 de diciembre (Navidad)`.
    pub fn told(&self, text: Text, zone: Zone) -> Vec<String> {
        let holidays = self
            .holidays
            .iter()
            .map(|holiday| text.appointments_holiday(date(text, holiday.day), holiday.name.as_str()));
        let closures = self.closures.iter().map(|closure| closure.told(text, zone));
        holidays.chain(closures).collect()
    }
}

impl Closure {
    /// A whole day is its date, a part of one its hours, and everything else from when until when.
    fn told(&self, text: Text, zone: Zone) -> String {
        let (first, last) = (zone.day_of(self.from), zone.day_of(self.until));
        if zone.instant(first, 0) == self.from && zone.instant(first.days_later(1), 0) == self.until {
            return date(text, first);
        }
        if first == last {
            let span = format!("{}-{}", zone.clock_at(self.from), zone.clock_at(self.until));
            return text.appointments_moment(date(text, first), span);
        }
        let moment = |day, at: Timestamp| text.appointments_moment(date(text, day), zone.clock_at(at));
        text.appointments_closure(moment(first, self.from), moment(last, self.until))
    }
}

fn date(text: Text, date: CivilDate) -> String {
    let month = text.challenges_month_name(date.month().into());
    text.appointments_day(date.day(), month, weekday(text, date.weekday()))
}

/// What a day of the week is called.
pub fn weekday(text: Text, weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => text.centres_monday(),
        Weekday::Tuesday => text.centres_tuesday(),
        Weekday::Wednesday => text.centres_wednesday(),
        Weekday::Thursday => text.centres_thursday(),
        Weekday::Friday => text.centres_friday(),
        Weekday::Saturday => text.centres_saturday(),
        Weekday::Sunday => text.centres_sunday(),
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::centres::Holiday;
    use crate::i18n::Language;

    #[test]
    fn days_that_are_alike_are_told_together() {
        let hours: Hours = "mon-fri 08:00-13:00 14:00-17:00; sat 09:00-12:00"
            .parse()
            .unwrap();
        assert_eq!(
            hours.told(Text::new(Language::Es)),
            ["lunes a viernes 08:00-13:00 14:00-17:00", "sábado 09:00-12:00"]
        );
    }

    #[test]
    fn a_holiday_has_its_name_and_a_closure_its_times_by_the_centres_clocks() {
        let zone = Zone::Galapagos;
        let day: CivilDate = "2026-12-25".parse().unwrap();
        let closure = |from: (CivilDate, u16), until: (CivilDate, u16)| Closure {
            from: zone.instant(from.0, from.1),
            until: zone.instant(until.0, until.1),
        };
        let exceptions = Exceptions {
            holidays: vec![Holiday {
                day,
                name: "Navidad".parse().unwrap(),
            }],
            closures: vec![
                closure((day, 0), (day.days_later(1), 0)),
                closure((day, 600), (day, 690)),
                closure((day, 600), (day.days_later(3), 480)),
            ],
        };
        assert_eq!(
            exceptions.told(Text::new(Language::Es), zone),
            [
                "viernes 25 de diciembre (Navidad)",
                "viernes 25 de diciembre",
                "viernes 25 de diciembre, 10:00-11:30",
                "desde viernes 25 de diciembre, 10:00 hasta lunes 28 de diciembre, 08:00",
            ]
        );
    }
}
