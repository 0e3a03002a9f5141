//! Files in the SRI's format with every quirk that real ones have, made anew each time from a seed.
//!
//! The maker keeps its own account of what a correct import must find ([`Expected`]); it shares no code with the importer.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// How a file looks.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Lines with data.
    pub rows: usize,
    /// The same seed makes the same file.
    pub seed: u64,
    /// How letters become bytes.
    pub text: Text,
    /// How lines end.
    pub end: LineEnd,
    /// Which columns there are, and in which order.
    pub columns: Columns,
    /// How much is wrong.
    pub damage: Damage,
}

/// How letters become bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// As in older files.
    Latin1,
    /// Without a byte order mark.
    Utf8,
    /// With a byte order mark.
    Utf8Marked,
}

/// How lines end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// `\n`.
    Lf,
    /// `\r\n`.
    CrLf,
}

/// Which columns there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// As in the files seen.
    Usual,
    /// The same, the last first.
    Reversed,
    /// Without dates, trade name, parish and activity.
    Fewer,
    /// With two that nobody knows.
    More,
}

/// How much is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// About one row in fourteen is wrong in one of the ways that occur.
    Usual,
    /// Nothing is wrong: for measuring.
    None,
}

/// What a correct import finds in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Lines with data.
    pub rows: u64,
    /// Rows that cannot be taken.
    pub rejected: u64,
    /// Rows taken without an unimportant field.
    pub with_gaps: u64,
    /// RUCs.
    pub taxpayers: u64,
    /// Establishments of all of them.
    pub establishments: u64,
}

const USUAL: [&str; 21] = [
    "NUMERO_RUC",
    "RAZON_SOCIAL",
    "CODIGO_JURISDICCION",
    "ESTADO_CONTRIBUYENTE",
    "CLASE_CONTRIBUYENTE",
    "FECHA_INICIO_ACTIVIDADES",
    "FECHA_ACTUALIZACION",
    "FECHA_SUSPENSION_DEFINITIVA",
    "FECHA_REINICIO_ACTIVIDADES",
    "OBLIGADO",
    "TIPO_CONTRIBUYENTE",
    "NUMERO_ESTABLECIMIENTO",
    "NOMBRE_FANTASIA_COMERCIAL",
    "ESTADO_ESTABLECIMIENTO",
    "DESCRIPCION_PROVINCIA_EST",
    "DESCRIPCION_CANTON_EST",
    "DESCRIPCION_PARROQUIA_EST",
    "CODIGO_CIIU",
    "ACTIVIDAD_ECONOMICA",
    "AGENTE_RETENCION",
    "ESPECIAL",
];

const LEFT_OUT: [&str; 7] = [
    "FECHA_INICIO_ACTIVIDADES",
    "FECHA_ACTUALIZACION",
    "FECHA_SUSPENSION_DEFINITIVA",
    "FECHA_REINICIO_ACTIVIDADES",
    "NOMBRE_FANTASIA_COMERCIAL",
    "DESCRIPCION_PARROQUIA_EST",
    "ACTIVIDAD_ECONOMICA",
];

/// Name, province, canton: the text of a row.
const NAMES: [&str; 8] = [
    "COMERCIAL ÑUSTA CÍA. LTDA.",
    "EXPORTADORA \"EL CÓNDOR\" S.A.",
    "SERVICIOS GENERALES DEL PACIFICO S.A.S.",
    "PANADERÍA|PASTELERÍA LA UNIÓN",
    "ASOCIACIÓN DE PEQUEÑOS PRODUCTORES",
    "\"LA CASA\" DE TODOS",
    "TRANSPORTES CAÑAR S.A.",
    "INMOBILIARIA AGÜERO & HIJOS",
];
/// Classes of activities, as their codes begin.
const CLASSES: [&str; 8] = [
    "G4711", "G4610", "C1071", "I5610", "H4922", "M6920", "A0122", "F4100",
];
const PLACES: [(&str, &str, &str); 6] = [
    ("17", "PICHINCHA", "QUITO"),
    ("09", "GUAYAS", "SAMBORONDÓN"),
    ("01", "AZUAY", "CUENCA"),
    ("03", "CAÑAR", "AZOGUES"),
    ("23", "SANTO DOMINGO DE LOS TSÁCHILAS", "SANTO DOMINGO"),
    ("13", "MANABÍ", "MANTA"),
];

impl Shape {
    /// The file that tests import: 20 000 rows, Latin-1, CRLF, everything that can be wrong.
    pub const fn quirky() -> Self {
        Self {
            rows: 20_000,
            seed: 2026,
            text: Text::Latin1,
            end: LineEnd::CrLf,
            columns: Columns::Usual,
            damage: Damage::Usual,
        }
    }

    /// Writes the file.
    pub fn write(self, path: &Path) -> io::Result<Expected> {
        let mut file = BufWriter::new(std::fs::File::create(path)?);
        if self.text == Text::Utf8Marked {
            file.write_all(b"\xEF\xBB\xBF")?;
        }
        let columns = self.column_names();
        self.line(&mut file, &columns.join("|"))?;
        let mut maker = Maker {
            shape: self,
            random: ChaCha8Rng::seed_from_u64(self.seed),
            expected: Expected::default(),
        };
        let (mut rucs, mut establishments) = (BTreeSet::new(), BTreeSet::new());
        let mut serial = 0_u64;
        let mut number = 0;
        let mut last = String::new();
        while maker.expected.rows < self.rows as u64 {
            maker.expected.rows += 1;
            // Now and then the same line comes again.
            if number > 0 && self.damage == Damage::Usual && maker.one_in(50) {
                self.line(&mut file, &last)?;
                continue;
            }
            if number == 0 || maker.one_in(2) {
                serial += 1;
                number = 0;
            }
            number += 1;
            let (row, fate) = maker.row(serial, number, &columns);
            self.line(&mut file, &row)?;
            match fate {
                Fate::Whole => {
                    rucs.insert(serial);
                    establishments.insert((serial, number));
                    // Only such a row is repeated, so that the counts stay simple.
                    last = row;
                }
                Fate::Gap(cost) => {
                    maker.expected.with_gaps += 1;
                    rucs.insert(serial);
                    if cost == Lost::Field {
                        establishments.insert((serial, number));
                    }
                    number = 0;
                }
                Fate::Rejected => {
                    maker.expected.rejected += 1;
                    number = 0;
                }
            }
            if maker.one_in(500) {
                self.line(&mut file, "")?;
            }
        }
        file.flush()?;
        maker.expected.taxpayers = rucs.len() as u64;
        maker.expected.establishments = establishments.len() as u64;
        Ok(maker.expected)
    }

    fn column_names(self) -> Vec<&'static str> {
        let mut names = USUAL.to_vec();
        match self.columns {
            Columns::Usual => {}
            Columns::Reversed => names.reverse(),
            Columns::Fewer => names.retain(|name| !LEFT_OUT.contains(name)),
            Columns::More => {
                names.insert(3, "REGIMEN_NUEVO");
                names.push("OBSERVACION");
            }
        }
        names
    }

    fn line(self, file: &mut impl Write, text: &str) -> io::Result<()> {
        match self.text {
            Text::Latin1 => {
                let bytes: Vec<u8> = text
                    .chars()
                    .map(|letter| u8::try_from(letter).unwrap_or(b'?'))
                    .collect();
                file.write_all(&bytes)?;
            }
            Text::Utf8 | Text::Utf8Marked => file.write_all(text.as_bytes())?,
        }
        file.write_all(match self.end {
            LineEnd::Lf => b"\n",
            LineEnd::CrLf => b"\r\n",
        })
    }
}

enum Fate {
    Whole,
    Gap(Lost),
    Rejected,
}

/// What a gap costs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lost {
    Field,
    Establishment,
}

/// What is wrong with a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flaw {
    None,
    ShortRuc,
    LettersInRuc,
    NoSuchProvince,
    FinalConsumer,
    NoName,
    UnknownState,
    FieldMissing,
    QuoteOpen,
    ControlCharacter,
    ImpossibleDate,
    UnknownType,
    NoSuchEstablishment,
}

struct Maker {
    shape: Shape,
    random: ChaCha8Rng,
    expected: Expected,
}

impl Maker {
    fn row(&mut self, serial: u64, number: u64, columns: &[&str]) -> (String, Fate) {
        let flaw = self.flaw(columns);
        let (code, province, canton) = PLACES[usize::try_from(serial).unwrap_or(0) % PLACES.len()];
        let ruc = match flaw {
            Flaw::ShortRuc => format!("{code}9{serial:06}001"),
            Flaw::LettersInRuc => format!("{code}9{serial:06}A001"),
            Flaw::NoSuchProvince => format!("889{serial:07}001"),
            Flaw::FinalConsumer => "9999999999999".to_owned(),
            Flaw::None
            | Flaw::NoName
            | Flaw::UnknownState
            | Flaw::FieldMissing
            | Flaw::QuoteOpen
            | Flaw::ControlCharacter
            | Flaw::ImpossibleDate
            | Flaw::UnknownType
            | Flaw::NoSuchEstablishment => format!("{code}9{serial:07}001"),
        };
        let name = NAMES[usize::try_from(serial).unwrap_or(0) % NAMES.len()];
        let state = match (flaw, serial % 9) {
            (Flaw::UnknownState, _) => "DESCONOCIDO",
            (_, 0) => "SUSPENDIDO",
            (_, 1) => "PASIVO",
            _ => "ACTIVO",
        };
        let kind = match (flaw, serial % 4) {
            (Flaw::UnknownType, _) => "OTRA COSA",
            (_, 0) => "SOCIEDADES",
            (_, 1) => "PERSONAS NATURALES",
            (_, 2) => "PERSONA NATURAL",
            _ => "SOCIEDAD",
        };
        let started = if flaw == Flaw::ImpossibleDate {
            "2013-02-30 00:00:00".to_owned()
        } else {
            format!(
                "{:04}-{:02}-{:02} 00:00:00",
                1980 + serial % 45,
                1 + serial % 12,
                1 + serial % 28
            )
        };
        let field = |column: &str| -> String {
            match column {
                "NUMERO_RUC" => ruc.clone(),
                "RAZON_SOCIAL" if flaw == Flaw::NoName => String::new(),
                "RAZON_SOCIAL" if flaw == Flaw::ControlCharacter => format!("{name}\u{7}"),
                "RAZON_SOCIAL" => format!("{name} {serial}"),
                "CODIGO_JURISDICCION" => format!("ZONA 9 {province}"),
                "ESTADO_CONTRIBUYENTE" => state.to_owned(),
                "CLASE_CONTRIBUYENTE" => "OTROS".to_owned(),
                "FECHA_INICIO_ACTIVIDADES" => started.clone(),
                "FECHA_ACTUALIZACION" if serial.is_multiple_of(7) => String::new(),
                "FECHA_ACTUALIZACION" => "2024-05-17 13:45:10".to_owned(),
                "OBLIGADO" => if serial.is_multiple_of(2) { "S" } else { "N" }.to_owned(),
                "TIPO_CONTRIBUYENTE" => kind.to_owned(),
                "NUMERO_ESTABLECIMIENTO" if flaw == Flaw::NoSuchEstablishment => "000".to_owned(),
                "NUMERO_ESTABLECIMIENTO" => format!("{number:03}"),
                "NOMBRE_FANTASIA_COMERCIAL" => format!("{name} N.º {number}"),
                "ESTADO_ESTABLECIMIENTO" => if number.is_multiple_of(5) { "CER" } else { "ABI" }.to_owned(),
                "DESCRIPCION_PROVINCIA_EST" => province.to_owned(),
                "DESCRIPCION_CANTON_EST" => canton.to_owned(),
                "DESCRIPCION_PARROQUIA_EST" => "PARROQUIA CENTRAL".to_owned(),
                "CODIGO_CIIU" => {
                    let class = usize::try_from(serial).map_or(0, |serial| serial % CLASSES.len());
                    format!("{}{:02}", CLASSES[class], 1 + serial % 9)
                }
                "ACTIVIDAD_ECONOMICA" => {
                    "VENTA AL POR MENOR DE GRAN VARIEDAD DE PRODUCTOS, EXCEPTO \"ALIMENTOS\".".to_owned()
                }
                "REGIMEN_NUEVO" => "RIMPE".to_owned(),
                _ => String::new(),
            }
        };
        let mut fields: Vec<String> = columns.iter().map(|column| quoted(field(column))).collect();
        if flaw == Flaw::FieldMissing {
            fields.pop();
        }
        if flaw == Flaw::QuoteOpen {
            "\"ABIERTA".clone_into(&mut fields[1]);
        }
        (fields.join("|"), flaw.fate())
    }

    fn flaw(&mut self, columns: &[&str]) -> Flaw {
        if self.shape.damage == Damage::None || !self.one_in(14) {
            return Flaw::None;
        }
        let flaw = [
            Flaw::ShortRuc,
            Flaw::LettersInRuc,
            Flaw::NoSuchProvince,
            Flaw::FinalConsumer,
            Flaw::NoName,
            Flaw::UnknownState,
            Flaw::FieldMissing,
            Flaw::QuoteOpen,
            Flaw::ControlCharacter,
            Flaw::ImpossibleDate,
            Flaw::UnknownType,
            Flaw::NoSuchEstablishment,
        ][usize::try_from(self.random.next_u32() % 12).unwrap_or(0)];
        // A date cannot be impossible in a file that has none.
        if flaw == Flaw::ImpossibleDate && !columns.contains(&"FECHA_INICIO_ACTIVIDADES") {
            Flaw::None
        } else {
            flaw
        }
    }

    fn one_in(&mut self, chances: u32) -> bool {
        self.random.next_u32().is_multiple_of(chances)
    }
}

impl Flaw {
    fn fate(self) -> Fate {
        match self {
            Self::None => Fate::Whole,
            Self::ImpossibleDate | Self::UnknownType => Fate::Gap(Lost::Field),
            Self::NoSuchEstablishment => Fate::Gap(Lost::Establishment),
            Self::ShortRuc
            | Self::LettersInRuc
            | Self::NoSuchProvince
            | Self::FinalConsumer
            | Self::NoName
            | Self::UnknownState
            | Self::FieldMissing
            | Self::QuoteOpen
            | Self::ControlCharacter => Fate::Rejected,
        }
    }
}

/// Quoted where it must be.
fn quoted(field: String) -> String {
    if field.contains(['|', '"']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}
