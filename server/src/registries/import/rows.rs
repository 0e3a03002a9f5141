//! From the bytes of a file to the rows of a format.

use super::fields::{Fields, Header};
use super::lines::{Line, Lines, split};
use super::reject::{Reason, Refused};
use super::{Format, MissingColumn};
use std::io::{self, Read};

/// The rows of a file, one after the other.
pub(super) struct Rows<F, R> {
    lines: Lines<R>,
    separator: char,
    width: usize,
    format: F,
}

/// Why there are no rows to read.
#[derive(Debug)]
pub(super) enum Stopped {
    File(io::Error),
    NoHeader,
    Column(MissingColumn),
}

impl<F: Format, R: Read> Rows<F, R> {
    /// Reads the header.
    pub(super) fn open(reader: R) -> Result<Self, Stopped> {
        let mut lines = Lines::new(reader);
        match lines.next()? {
            Some(Line::Whole(_)) => {}
            Some(Line::TooLong) | None => return Err(Stopped::NoHeader),
        }
        let text = lines
            .encoding()
            .decode(lines.current())
            .ok_or(Stopped::NoHeader)?;
        let separator = separator(&text);
        let mut names = Vec::new();
        split(&text, separator, &mut names).map_err(|_| Stopped::NoHeader)?;
        let header = Header::new(names);
        let format = F::columns(&header).map_err(Stopped::Column)?;
        let width = header.width();
        Ok(Self {
            lines,
            separator,
            width,
            format,
        })
    }

    /// The next line with data: its number and what it holds. What the row lacks is told to `gaps`.
    #[expect(
        clippy::type_complexity,
        reason = "a name would only hide that a line is either a row or refused"
    )]
    pub(super) fn next(
        &mut self,
        gaps: &mut Vec<Refused>,
    ) -> io::Result<Option<(u64, Result<F::Row, Refused>)>> {
        loop {
            let whole = match self.lines.next()? {
                None => return Ok(None),
                Some(Line::TooLong) => false,
                Some(Line::Whole(line)) if line.trim_ascii().is_empty() => continue,
                Some(Line::Whole(_)) => true,
            };
            let read = if whole {
                self.row(gaps)
            } else {
                Err(Refused::line(Reason::LineTooLong))
            };
            return Ok(Some((self.lines.number(), read)));
        }
    }

    /// How many bytes have been read.
    pub(super) const fn bytes(&self) -> u64 {
        self.lines.bytes()
    }

    fn row(&self, gaps: &mut Vec<Refused>) -> Result<F::Row, Refused> {
        let text = self
            .lines
            .encoding()
            .decode(self.lines.current())
            .ok_or(Refused::line(Reason::Encoding))?;
        let mut fields = Vec::with_capacity(self.width);
        split(&text, self.separator, &mut fields).map_err(|_| Refused::line(Reason::Quote))?;
        if fields.len() != self.width {
            return Err(Refused::line(Reason::FieldCount));
        }
        self.format.row(&Fields::new(fields), gaps)
    }
}

impl From<io::Error> for Stopped {
    fn from(cause: io::Error) -> Self {
        Self::File(cause)
    }
}

/// What separates the fields: of `|`, `;`, `,` and the tab that which the header has most of.
fn separator(header: &str) -> char {
    let count = |separator: char| header.matches(separator).count();
    ['|', ';', ',', '\t']
        .into_iter()
        .rev()
        .max_by_key(|separator| count(*separator))
        .unwrap_or('|')
}

#[cfg(test)]
mod tests {
    use super::super::{Employers, Persons, Sri};
    use super::*;
    use crate::registries::import::reject::Reason;
    use proptest::prelude::*;

    /// The outcome of each line: its number, the refused field and reason, or how many gaps it has.
    fn outcomes<F: Format>(file: &[u8]) -> Vec<(u64, Result<usize, Refused>)> {
        let mut rows = Rows::<F, _>::open(file).unwrap();
        let (mut gaps, mut all) = (Vec::new(), Vec::new());
        while let Some((line, read)) = rows.next(&mut gaps).unwrap() {
            all.push((line, read.map(|_| gaps.len())));
            gaps.clear();
        }
        all
    }

    fn refused<F: Format>(header: &str, row: &str) -> Refused {
        let file = format!("{header}\n{row}\n");
        match outcomes::<F>(file.as_bytes()).as_slice() {
            [(2, Err(refused))] => *refused,
            other => panic!("{row}: {}", other.len()),
        }
    }

    const SRI: &str =
        "NUMERO_RUC|RAZON_SOCIAL|ESTADO_CONTRIBUYENTE|FECHA_INICIO_ACTIVIDADES|NUMERO_ESTABLECIMIENTO";
    const PERSONS: &str = "id,given_names,surnames,birth_date,previous_addresses";
    const MORE_OF_PERSONS: &str =
        "id,given_names,surnames,birth_date,birth_province,birth_canton,married_on,address";
    const EMPLOYERS: &str = "employer;branch;name;representative;workers;debit_bank;debit_last_four;email;phone;language;ruc_issued_on";
    const MORE_OF_EMPLOYERS: &str =
        "employer;name;representative;registered_on;first_worker_in;branches;address";

    #[test]
    fn every_refusal_names_the_field_and_the_reason() {
        let long = "X".repeat(5000);
        for (row, field, word) in [
            ("179001167400|A|ACTIVO||", "NUMERO_RUC", "length"),
            ("|A|ACTIVO||", "NUMERO_RUC", "missing"),
            ("1790011674001||ACTIVO||", "RAZON_SOCIAL", "missing"),
            (
                "1790011674001|A|CERRADO||",
                "ESTADO_CONTRIBUYENTE",
                "unknown_word",
            ),
            (
                "1790011674001|A\u{0}|ACTIVO||",
                "RAZON_SOCIAL",
                "control_character",
            ),
            (
                &format!("1790011674001|{long}|ACTIVO||"),
                "RAZON_SOCIAL",
                "too_long",
            ),
            ("1790011674001|A|ACTIVO|", "", "field_count"),
            ("1790011674001|A|B|ACTIVO||", "", "field_count"),
            ("1790011674001|\"A|ACTIVO||", "", "quote"),
            (&"x".repeat(70_000), "", "line_too_long"),
        ] {
            let Refused { field: told, reason } = refused::<Sri>(SRI, row);
            assert_eq!(
                (told, reason.as_str()),
                (field, word),
                "{}",
                &row[..row.len().min(60)]
            );
        }
        for (row, field, word) in [
            ("3059000004,A,B,1970-02-30,", "birth_date", "no_such_day"),
            ("3059000004,A,B,30/01/1970,", "birth_date", "malformed_date"),
            ("3059000005,A,B,1970-01-30,", "id", "check_digit"),
            ("3059000004,A,B,1970-01-30,Quito", "previous_addresses", "list"),
        ] {
            let Refused { field: told, reason } = refused::<Persons>(PERSONS, row);
            assert_eq!((told, reason.as_str()), (field, word), "{row}");
        }
        for (row, field, word) in [
            ("1790011674001;1;A;3059000004;;;;;;;", "branch", "length"),
            ("1790011674001;;A;3059000004;2026-13: 1;;;;;;", "workers", "list"),
            (
                "1790011674001;;A;3059000004;;Banco Pichincha;;;;;",
                "debit_last_four",
                "half_given",
            ),
            (
                "1790011674001;;A;3059000004;;;1234;;;;",
                "debit_bank",
                "half_given",
            ),
            ("1790011674001;;A;3059000004;;;;nobody;;;", "email", "malformed"),
            ("1790011674001;;A;3059000004;;;;;;fr;", "language", "unknown_word"),
            (
                "1790011674001;;A;3059000004;;;;;;;2026-02-29",
                "ruc_issued_on",
                "no_such_day",
            ),
        ] {
            let Refused { field: told, reason } = refused::<Employers>(EMPLOYERS, row);
            assert_eq!((told, reason.as_str()), (field, word), "{row}");
        }
    }

    #[test]
    fn the_columns_of_the_full_bank_are_as_strict() {
        for (fields, field, word) in [
            ("AZUAY,,,", "birth_canton", "half_given"),
            (",CUENCA,,", "birth_province", "half_given"),
            (",,1999-02-29,", "married_on", "no_such_day"),
            (",,,Quito", "address", "list"),
            (",,,Quito: Av. Colón / Cuenca: Calle Loja", "address", "list"),
        ] {
            let row = format!("3059000004,A,B,1970-01-30,{fields}");
            let Refused { field: told, reason } = refused::<Persons>(MORE_OF_PERSONS, &row);
            assert_eq!((told, reason.as_str()), (field, word), "{row}");
        }
        for (fields, field, word) in [
            ("2026-02-29;;;", "registered_on", "no_such_day"),
            (";2026;;", "first_worker_in", "malformed_date"),
            (";2026-13;;", "first_worker_in", "malformed_date"),
            (";;0;", "branches", "number"),
            (";;-1;", "branches", "number"),
            (";;10000;", "branches", "number"),
            (";;;Quito", "address", "list"),
        ] {
            let row = format!("1790011674001;A;3059000004;{fields}");
            let Refused { field: told, reason } = refused::<Employers>(MORE_OF_EMPLOYERS, &row);
            assert_eq!((told, reason.as_str()), (field, word), "{row}");
        }
    }

    #[test]
    fn only_the_list_of_months_may_be_long() {
        let months = |count: usize| {
            let months: Vec<_> = (0..count)
                .map(|at| format!("{}-{:02}: 1234567890", 1980 + at / 12, 1 + at % 12))
                .collect();
            months.join(" / ")
        };
        let row = |workers: &str| format!("{EMPLOYERS}\n1790011674001;;A;3059000004;{workers};;;;;;\n");
        assert_eq!(outcomes::<Employers>(row(&months(560)).as_bytes()), [(2, Ok(0))]);
        let Refused { field, reason } = refused::<Employers>(
            EMPLOYERS,
            &format!(
                "1790011674001;;A;3059000004;{};;;;;;",
                "2026-01: 1 / ".repeat(1300)
            ),
        );
        assert_eq!((field, reason.as_str()), ("workers", "too_long"));
    }

    #[test]
    fn what_is_not_important_costs_only_itself() {
        let file = format!(
            "{SRI}\n1790011674001|A|ACTIVO|2013-02-30 00:00:00|001\n1790011674001|A|ACTIVO|2013-02-28 99:99:99|0\n\
             1790011674001|A|ACTIVO||\n"
        );
        assert_eq!(
            outcomes::<Sri>(file.as_bytes()),
            [(2, Ok(1)), (3, Ok(1)), (4, Ok(0))]
        );
        let bank = "1790011674001;;A;3059000004;;Banco de Macondo;1234;;;;";
        assert_eq!(
            outcomes::<Employers>(format!("{EMPLOYERS}\n{bank}").as_bytes()),
            [(2, Ok(1))]
        );
    }

    #[test]
    fn a_marked_file_is_utf_8_to_the_end() {
        let file = [
            b"\xEF\xBB\xBF",
            SRI.as_bytes(),
            b"\n1790011674001|CA\xD1AR|ACTIVO||\n",
        ]
        .concat();
        assert_eq!(
            outcomes::<Sri>(&file),
            [(2, Err(Refused::line(Reason::Encoding)))]
        );
        let unmarked = &file[3..];
        assert_eq!(outcomes::<Sri>(unmarked), [(2, Ok(0))]);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            for header in ["", SRI, PERSONS, EMPLOYERS] {
                let file = [header.as_bytes(), b"\n", &bytes].concat();
                let lines = file.split(|byte| *byte == b'\n').count() as u64;
                if let Ok(mut rows) = Rows::<Sri, _>::open(file.as_slice()) {
                    drain(&mut rows, lines);
                }
                if let Ok(mut rows) = Rows::<Persons, _>::open(file.as_slice()) {
                    drain(&mut rows, lines);
                }
                if let Ok(mut rows) = Rows::<Employers, _>::open(file.as_slice()) {
                    drain(&mut rows, lines);
                }
            }
        }

        #[test]
        fn no_fields_panic(fields in prop::collection::vec("[ -~¡-ÿ\u{0}\"/:-]{0,20}", 11)) {
            for (separator, header) in [
                ('|', SRI),
                (',', PERSONS),
                (',', MORE_OF_PERSONS),
                (';', EMPLOYERS),
                (';', MORE_OF_EMPLOYERS),
            ] {
                let width = header.split(separator).count();
                let row = fields[..width].join(&separator.to_string());
                let file = format!("{header}\n{row}\n{row}");
                match separator {
                    '|' => drain(&mut Rows::<Sri, _>::open(file.as_bytes()).unwrap(), 3),
                    ',' => drain(&mut Rows::<Persons, _>::open(file.as_bytes()).unwrap(), 3),
                    _ => drain(&mut Rows::<Employers, _>::open(file.as_bytes()).unwrap(), 3),
                }
            }
        }
    }

    fn drain<F: Format>(rows: &mut Rows<F, &[u8]>, lines: u64) {
        let (mut gaps, mut last) = (Vec::new(), 1);
        while let Some((line, _)) = rows.next(&mut gaps).unwrap() {
            assert!(
                line > last && line <= lines,
                "line {line} after {last} of {lines}"
            );
            last = line;
            gaps.clear();
        }
    }
}
