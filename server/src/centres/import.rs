//! `clavero import centres`: the institution's centres from a file, all of them or none.
//!
//! The file is small (a few hundred lines), so it is read whole; every mistake in it is told with its line and its column
//! before anything is changed. The columns are described in docs/IMPORT.md.

use super::keep::{Work, placed, printable, with_ids};
use super::{CentreId, store};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::challenges::Call;
use crate::http::Failure;
use crate::store::StoreError;
use shared::api::FieldCode;
use shared::audit::Event;
use shared::centres::api::CentreDetails;
use shared::centres::keeping::MOST_HOLIDAYS;
use shared::centres::{Coordinates, Holiday, HolidayName, Modes, Procedures, Territory};
use shared::registries::province_named;
use shared::time::CivilDate;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// The largest file that is taken, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line, from 1, the header included.
    pub line: u64,
    /// The column's name; nothing for the line as a whole.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub reason: FieldCode,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it says of the centre.
    pub details: CentreDetails,
    /// Its holidays; nothing where the file has no such column.
    pub holidays: Option<Vec<Holiday>>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Centres in the file.
    pub centres: usize,
    /// Those that are new or differ now. None the second time.
    pub changed: u32,
    /// Appointments that were cancelled with it.
    pub cancelled: u32,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("cannot be read")]
    File(#[source] std::io::Error),
    /// It is larger than such a file is.
    #[error("larger than {LARGEST} bytes")]
    TooLarge,
    /// There are mistakes in it.
    #[error("{}", Mistakes(.0))]
    Wrong(Vec<Wrong>),
    /// It would leave appointments without their place.
    #[error(
        "nothing was imported: it would cancel {0} appointments. To agree to that, add --cancel-appointments {0}"
    )]
    Displaces(u32),
    /// The database failed, or an appointment could not be cancelled.
    #[error("the database failed")]
    Store(#[from] StoreError),
    /// Something else went wrong with a change.
    #[error("a centre could not be changed")]
    Refused,
}

struct Mistakes<'a>(&'a [Wrong]);

impl fmt::Display for Mistakes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing was imported")?;
        for wrong in self.0 {
            write!(f, "\n  {wrong}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.reason.as_str())
    }
}

/// Imports a file, if it displaces no more appointments than `agreed`.
pub async fn import(app: &App, path: &Path, agreed: u32) -> Result<Imported, ImportError> {
    let size = std::fs::metadata(path).map_err(ImportError::File)?.len();
    if size > LARGEST {
        return Err(ImportError::TooLarge);
    }
    let bytes = std::fs::read(path).map_err(ImportError::File)?;
    let rows = read(&bytes).map_err(ImportError::Wrong)?;
    write(app, rows, agreed).await
}

/// Makes the centres of some rows, or gives them other details, in one transaction.
pub async fn write(app: &App, rows: Vec<Row>, agreed: u32) -> Result<Imported, ImportError> {
    let call = Call::own(app.clock.now());
    let mut work = Work::begin(app, call).await?;
    let centres = rows.len();
    let mut changed = 0;
    // Those that exist first, in the order of their ids: whoever changes several centres takes them in the same order.
    let mut known = BTreeMap::new();
    let mut new = Vec::new();
    for row in rows {
        match store::by_code(&mut work.tx, &row.details.code).await? {
            Some(centre) => drop(known.insert(centre.id, (centre, row))),
            None => new.push(row),
        }
    }
    for (id, (centre, row)) in known {
        let holidays = match row.holidays {
            Some(holidays) => differing(&mut work, id, holidays).await?,
            None => None,
        };
        if centre.details == row.details && holidays.is_none() {
            continue;
        }
        let before = work.enter(id).await.map_err(refused)?;
        store::update(&mut work.tx, id, &row.details).await?;
        if let Some(holidays) = holidays {
            let rows = with_ids(app, holidays, call.at);
            store::set_holidays(&mut work.tx, Some(id), &rows).await?;
        }
        work.leave(before).await?;
        changed += 1;
    }
    for row in new {
        let id = CentreId::new(call.at, app.entropy.bytes());
        store::insert(&mut work.tx, id, &row.details).await?;
        let rows = with_ids(app, row.holidays.unwrap_or_default(), call.at);
        store::set_holidays(&mut work.tx, Some(id), &rows).await?;
        changed += 1;
    }
    let cancelled = work.displaces();
    if cancelled > agreed {
        return Err(ImportError::Displaces(cancelled));
    }
    if changed > 0 {
        work.cancel().await.map_err(refused)?;
        tell(app, &mut work, changed, cancelled).await?;
        work.tx.commit().await?;
        app.notifications.wake();
    }
    Ok(Imported {
        centres,
        changed,
        cancelled,
    })
}

fn refused(failure: Failure) -> ImportError {
    match failure {
        Failure::Problem(problem) => {
            tracing::warn!(code = problem.code.as_str(), "a centre could not be changed");
        }
        Failure::Fault(fault) => tracing::error!(cause = fault.chain(), "a centre could not be changed"),
    }
    ImportError::Refused
}

/// The holidays to be set, if they are others than the centre has.
async fn differing(
    work: &mut Work<'_>,
    id: CentreId,
    holidays: Vec<Holiday>,
) -> Result<Option<Vec<Holiday>>, StoreError> {
    let (Ok(first), key) = (CivilDate::new(1800, 1, 1), |holiday: &Holiday| holiday.day) else {
        return Ok(Some(holidays));
    };
    let mut wanted = holidays;
    wanted.sort_by_key(key);
    let own: Vec<_> = store::holidays(&mut work.tx, Some(id), first)
        .await?
        .into_iter()
        .filter(|row| row.centre == Some(id))
        .map(|row| row.holiday)
        .collect();
    Ok((own != wanted).then_some(wanted))
}

async fn tell(app: &App, work: &mut Work<'_>, changed: u32, cancelled: u32) -> Result<(), StoreError> {
    let event = Event::CentresImported { changed, cancelled };
    let entry = Entry::by_system(&event, app.clock.now(), Subject::default());
    audit::service::append(app, &mut work.tx, &entry).await
}

/// Reads a whole file: its rows, or every mistake in it.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, Vec<Wrong>> {
    let text =
        std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).map_err(|error| {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = good.split(|byte| *byte == b'\n').count() as u64;
            vec![Wrong {
                line,
                column: None,
                reason: FieldCode::Characters,
            }]
        })?;
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: char| header.matches(separator).count();
    let separator = if count(';') > count(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let unreadable = |line| {
        vec![Wrong {
            line,
            column: None,
            reason: FieldCode::Malformed,
        }]
    };
    let columns = Columns::of(reader.headers().map_err(|_| unreadable(1))?)?;
    let (mut rows, mut wrong, mut codes) = (Vec::new(), Vec::new(), BTreeSet::new());
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(error.position().map_or(1, csv::Position::line)))?;
        let mut line = Line {
            number: record.position().map_or(1, csv::Position::line),
            columns: &columns,
            record: &record,
            wrong: &mut wrong,
        };
        if let Some(row) = line.row() {
            if codes.insert(row.details.code.clone()) {
                rows.push(row);
            } else {
                line.refuse("code", FieldCode::AlreadyUsed);
            }
        }
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
}

const NEEDED: &[&str] = &[
    "code", "name", "province", "canton", "address", "hours", "counters",
];
const OPTIONAL: &[&str] = &[
    "latitude",
    "longitude",
    "map_link",
    "procedures",
    "modes",
    "holidays",
];

/// Where the columns of a file are.
struct Columns {
    at: BTreeMap<&'static str, usize>,
    width: usize,
}

impl Columns {
    fn of(header: &csv::StringRecord) -> Result<Self, Vec<Wrong>> {
        let mut at = BTreeMap::new();
        let mut wrong = Vec::new();
        for name in NEEDED.iter().chain(OPTIONAL).copied() {
            let mut places = header
                .iter()
                .enumerate()
                .filter(|(_, known)| known.eq_ignore_ascii_case(name))
                .map(|(place, _)| place);
            let reason = match (places.next(), places.next()) {
                (Some(place), None) => {
                    at.insert(name, place);
                    continue;
                }
                (Some(_), Some(_)) => FieldCode::AlreadyUsed,
                (None, _) if OPTIONAL.contains(&name) => continue,
                (None, _) => FieldCode::Missing,
            };
            wrong.push(Wrong {
                line: 1,
                column: Some(name),
                reason,
            });
        }
        if wrong.is_empty() {
            let width = header.len();
            Ok(Self { at, width })
        } else {
            Err(wrong)
        }
    }
}

/// A line that is being read.
struct Line<'a> {
    number: u64,
    columns: &'a Columns,
    record: &'a csv::StringRecord,
    wrong: &'a mut Vec<Wrong>,
}

impl Line<'_> {
    fn refuse(&mut self, column: &'static str, reason: FieldCode) {
        self.wrong.push(Wrong {
            line: self.number,
            column: Some(column),
            reason,
        });
    }

    /// A field's text; nothing where it is empty, or the file has no such column.
    fn text(&self, column: &'static str) -> Option<&str> {
        self.columns
            .at
            .get(column)
            .and_then(|place| self.record.get(*place))
            .filter(|text| !text.is_empty())
    }

    /// A field that may be empty.
    fn optional<T: FromStr>(&mut self, column: &'static str) -> Option<T>
    where
        FieldCode: From<T::Err>,
    {
        match self.text(column)?.parse() {
            Ok(value) => Some(value),
            Err(reason) => {
                self.refuse(column, FieldCode::from(reason));
                None
            }
        }
    }

    /// A field that must be there.
    fn needed<T: FromStr>(&mut self, column: &'static str) -> Option<T>
    where
        FieldCode: From<T::Err>,
    {
        if self.text(column).is_none() {
            self.refuse(column, FieldCode::Missing);
        }
        self.optional(column)
    }

    fn province(&mut self) -> Option<Territory> {
        let Some(text) = self.text("province") else {
            self.refuse("province", FieldCode::Missing);
            return None;
        };
        let named = || province_named(text).and_then(|province| Territory::of(province).ok());
        let province = text.parse().ok().or_else(named);
        if province.is_none() {
            self.refuse("province", FieldCode::Province);
        }
        province
    }

    /// Both coordinates, or neither.
    fn coordinates(&mut self) -> Option<Coordinates> {
        match (self.text("latitude"), self.text("longitude")) {
            (None, None) => None,
            (Some(latitude), Some(longitude)) => {
                let there = Coordinates::of_degrees(latitude, longitude);
                there
                    .map_err(|reason| self.refuse("latitude", reason.into()))
                    .ok()
            }
            (Some(_), None) => {
                self.refuse("longitude", FieldCode::Missing);
                None
            }
            (None, Some(_)) => {
                self.refuse("latitude", FieldCode::Missing);
                None
            }
        }
    }

    /// `2026-12-24 Nochebuena; 2026-12-31 Fin de año`; nothing where the file has no such column.
    fn holidays(&mut self) -> Option<Vec<Holiday>> {
        self.columns.at.get("holidays")?;
        let parts: Vec<_> = self.text("holidays").unwrap_or_default().split(';').collect();
        let mut holidays = Vec::new();
        let mut wrong = None;
        for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
            match holiday(part) {
                Ok(holiday) => holidays.push(holiday),
                Err(reason) => wrong = Some(reason),
            }
        }
        let days: BTreeSet<_> = holidays.iter().map(|holiday| holiday.day).collect();
        if days.len() < holidays.len() {
            wrong = Some(FieldCode::AlreadyUsed);
        } else if holidays.len() > MOST_HOLIDAYS {
            wrong = Some(FieldCode::TooLong);
        }
        if let Some(reason) = wrong {
            self.refuse("holidays", reason);
        }
        Some(holidays)
    }

    fn row(&mut self) -> Option<Row> {
        if self.record.len() != self.columns.width {
            self.wrong.push(Wrong {
                line: self.number,
                column: None,
                reason: FieldCode::Length,
            });
            return None;
        }
        // Every field is read before one that is missing ends it, so that all mistakes of a line are told at once.
        let before = self.wrong.len();
        let (code, name, province) = (self.needed("code"), self.needed("name"), self.province());
        let (canton, address) = (self.needed("canton"), self.needed("address"));
        let (map_link, coordinates) = (self.optional("map_link"), self.coordinates());
        let (hours, counters) = (self.needed("hours"), self.needed("counters"));
        let procedures = self.optional("procedures").unwrap_or_else(Procedures::all);
        let modes = self.optional("modes").unwrap_or_else(Modes::at_counters);
        let holidays = self.holidays();
        let details = CentreDetails {
            code: code?,
            name: name?,
            province: province?,
            canton: canton?,
            address: address?,
            map_link,
            coordinates,
            hours: hours?,
            counters: counters?,
            procedures,
            modes,
        };
        for (column, said) in [
            ("name", details.name.as_str()),
            ("address", details.address.as_str()),
        ] {
            if let Err(reason) = printable(said) {
                self.refuse(column, reason);
            }
        }
        let details = placed(details)
            .map_err(|reason| self.refuse("canton", reason))
            .ok()?;
        (self.wrong.len() == before).then_some(Row { details, holidays })
    }
}

fn holiday(text: &str) -> Result<Holiday, FieldCode> {
    let (day, name) = text.split_once(' ').ok_or(FieldCode::Malformed)?;
    printable(name)?;
    Ok(Holiday {
        day: day.parse().map_err(FieldCode::from)?,
        name: HolidayName::from_str(name).map_err(FieldCode::from)?,
    })
}
