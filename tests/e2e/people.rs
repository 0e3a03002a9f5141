//! Who is in the official records of these tests. The numbers are of companies or made up; no natural person's.

use crate::portal::Installation;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use tests::sri_file::Shape;
use tests::told;

/// An employer with everything that the registries know.
#[derive(Debug)]
pub struct Employer {
    /// RUC, or the cédula of a household employer.
    pub number: &'static str,
    /// The representative's cédula, or code.
    pub representative: &'static str,
    /// The address of the account, if there is one.
    pub email: Option<&'static str>,
    /// The telephone of the account, if there is one.
    pub phone: Option<&'static str>,
    /// The state at the SRI, as its file has it.
    pub state: &'static str,
    /// What it is.
    pub sort: Sort,
    /// How many workers there are in the newest month on record, which nobody is asked about.
    pub newest_workers: u32,
}

/// What an employer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A company or a public body: somebody has to be named as its representative.
    Body,
    /// A person with a RUC.
    Natural,
    /// A household, which the SRI does not know.
    Household,
}

/// Everything is in order.
pub const GOOD: Employer = Employer {
    number: "1792060346001",
    representative: "3000000012",
    email: Some("gerencia@tresrios.example"),
    phone: None,
    state: "ACTIVO",
    sort: Sort::Body,
    newest_workers: WORKERS,
};
/// A public body.
pub const PUBLIC: Employer = Employer {
    number: "1760013210001",
    representative: "3000000061",
    email: Some("talento@entidad.example"),
    ..GOOD
};
/// A person with a RUC.
pub const NATURAL: Employer = Employer {
    number: "3000000079001",
    representative: "3000000079",
    email: Some("taller@prueba.example"),
    sort: Sort::Natural,
    ..GOOD
};
/// The same person's household, known by the cédula.
pub const HOUSEHOLD: Employer = Employer {
    number: "3000000079",
    representative: "3000000079",
    email: Some("casa@prueba.example"),
    sort: Sort::Household,
    ..GOOD
};
/// A foreigner with a cédula, whose third digit is 6.
pub const FOREIGNER: Employer = Employer {
    number: "3060000019001",
    representative: "3060000019",
    email: Some("tienda@prueba.example"),
    sort: Sort::Natural,
    ..GOOD
};
/// A company whose representative is a foreigner without a cédula.
pub const BY_CODE: Employer = Employer {
    number: "1790011674001",
    representative: "EXT40021",
    email: Some("office@lejano.example"),
    ..GOOD
};
/// The account has no address.
pub const WITHOUT_EMAIL: Employer = Employer {
    number: "0992712554001",
    representative: "3000000020",
    email: None,
    ..GOOD
};
/// The taxpayer is suspended at the SRI.
pub const INACTIVE: Employer = Employer {
    number: "0190459616001",
    representative: "3000000038",
    email: Some("info@austro.example"),
    state: "SUSPENDIDO",
    ..GOOD
};
/// The account is blocked.
pub const BLOCKED: Employer = Employer {
    number: "0992397535001",
    representative: "3000000046",
    email: Some("info@puerto.example"),
    ..GOOD
};
/// The account has a telephone, beside its address.
pub const REACHED: Employer = Employer {
    number: "1792000017001",
    representative: "3000000103",
    email: Some("avisos@valle.example"),
    phone: Some("+593991234567"),
    ..GOOD
};
/// The employer has one worker more than is many.
pub const LARGE: Employer = Employer {
    number: "0992000015001",
    representative: "3000000111",
    email: Some("personal@cordillera.example"),
    newest_workers: 501,
    ..GOOD
};
/// The employer has as many workers as are not yet many.
pub const ALMOST_LARGE: Employer = Employer {
    number: "0192000076001",
    representative: "3000000129",
    email: Some("nomina@paramo.example"),
    newest_workers: 500,
    ..GOOD
};
/// Nobody knows this number.
pub const UNKNOWN: Employer = Employer {
    number: "1793221293001",
    representative: "3000000053",
    email: None,
    ..GOOD
};

const KNOWN: [&Employer; 12] = [
    &GOOD,
    &PUBLIC,
    &NATURAL,
    &HOUSEHOLD,
    &FOREIGNER,
    &BY_CODE,
    &WITHOUT_EMAIL,
    &INACTIVE,
    &BLOCKED,
    &REACHED,
    &LARGE,
    &ALMOST_LARGE,
];

/// A day: year, month, day.
pub type Day = (u16, u8, u8);

/// The representative's date of birth, of all of them.
pub const BIRTH_DATE: Day = (1980, 3, 27);
/// Where the representative was born, as a choice shows it.
pub const BIRTHPLACE: &str = "Cuenca";
/// The day on which the representative married.
pub const MARRIED_ON: Day = (2006, 9, 16);
/// Where the representative lived before, as a choice shows it.
pub const PREVIOUS_ADDRESS: &str = "Calle Loja";
/// The day on which the RUC was issued.
pub const ISSUED_ON: Day = (2011, 6, 14);
/// The day on which the company was incorporated.
pub const INCORPORATED_ON: Day = (2011, 5, 2);
/// The canton of the head office, as a choice shows it.
pub const CANTON: &str = "Quito";
/// What the employer mainly does, as a choice shows it.
pub const ACTIVITY: &str = "Venta al por mayor a comisión";
/// The month for which the first worker was registered.
pub const FIRST_WORKER_IN: (u16, u8) = (2011, 8);
/// How many workers there were in every month but the newest.
pub const WORKERS: u32 = 12;
/// The newest month on record: after the twenty years for which questions are asked.
const NEWEST_MONTH: &str = "2046-01";
/// Where the employer was before, as a choice shows it.
pub const EMPLOYER_STREET: &str = "Calle Sucre";
/// How many branches there are.
pub const BRANCHES: u32 = 3;
/// The day on which the employer was registered.
pub const REGISTERED_ON: Day = (2011, 7, 20);
/// The day on which the representative's appointment was registered.
pub const APPOINTED_ON: Day = (2015, 1, 15);
/// The bank that is debited.
pub const BANK: &str = "Banco Bolivariano";
/// The last four digits of the account.
pub const LAST_FOUR: &str = "0417";

/// Writes the files that an operator would have and imports them: 20 000 rows of the SRI with every quirk, ours at their end.
pub fn import(installation: &Installation) {
    let folder = installation.folder();
    let sri = folder.join("SRI_RUC_Pichincha.csv");
    Shape::quirky().write(&sri).expect("the SRI's file");
    let mut file = OpenOptions::new()
        .append(true)
        .open(&sri)
        .expect("the SRI's file");
    let taxpayers = KNOWN.iter().filter(|one| one.sort != Sort::Household);
    for employer in taxpayers {
        file.write_all(sri_row(employer).as_bytes()).expect("a row");
    }
    drop(file);
    for known in KNOWN {
        let known = [
            Some(known.number),
            Some(known.representative),
            known.email,
            known.phone,
        ];
        known.into_iter().flatten().for_each(told::note);
    }
    let (persons, employers) = (persons(), employers());
    fs::write(folder.join("persons.csv"), persons).expect("the persons");
    fs::write(folder.join("employers.csv"), employers).expect("the employers");
    installation.clavero(&["import", "sri", &sri.to_string_lossy()]);
    for kind in ["persons", "employers"] {
        let file = folder.join(format!("{kind}.csv"));
        let told = installation.clavero(&["import", kind, &file.to_string_lossy()]);
        assert!(told.contains(" 0 rejected"), "{told}");
    }
}

fn persons() -> String {
    let mut rows =
        "id,given_names,surnames,birth_date,birth_province,birth_canton,married_on,address,previous_addresses\n"
            .to_owned();
    let mut seen = Vec::new();
    for employer in KNOWN {
        if seen.contains(&employer.representative) {
            continue;
        }
        seen.push(employer.representative);
        let _ = writeln!(
            rows,
            "{},Rosa Elena,Prueba Ficticia,{},Azuay,{BIRTHPLACE},{},Quito: Av. Amazonas,Cuenca: {PREVIOUS_ADDRESS}",
            employer.representative,
            written(BIRTH_DATE),
            written(MARRIED_ON),
        );
    }
    rows
}

fn employers() -> String {
    let mut rows = "employer,name,representative,appointed_on,ruc_issued_on,incorporated_on,registered_on,first_worker_in,workers,\
                    branches,previous_addresses,debit_bank,debit_last_four,email,phone\n"
        .to_owned();
    // The same number in every month of twenty years, so that the answer does not depend on the day of the test.
    let months: Vec<String> = (2026..2046)
        .flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}: {WORKERS}")))
        .collect();
    let (year, month) = FIRST_WORKER_IN;
    for employer in KNOWN {
        // A person appoints nobody, and a household has no RUC.
        let body = |day| match employer.sort {
            Sort::Body => written(day),
            Sort::Natural | Sort::Household => String::new(),
        };
        let issued = match employer.sort {
            Sort::Body | Sort::Natural => written(ISSUED_ON),
            Sort::Household => String::new(),
        };
        let _ = writeln!(
            rows,
            "{},Tres Ríos S.A.,{},{},{issued},{},{},{year}-{month:02},{} / {NEWEST_MONTH}: {},{BRANCHES},Quito: {EMPLOYER_STREET},{BANK},{LAST_FOUR},{},{}",
            employer.number,
            employer.representative,
            body(APPOINTED_ON),
            body(INCORPORATED_ON),
            written(REGISTERED_ON),
            months.join(" / "),
            employer.newest_workers,
            employer.email.unwrap_or_default(),
            employer.phone.unwrap_or_default()
        );
    }
    rows
}

fn written((year, month, day): Day) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// A row as the usual file has it, in its encoding (ASCII is Latin-1) and with its line ends.
fn sri_row(employer: &Employer) -> String {
    let kind = match employer.sort {
        Sort::Body => "SOCIEDAD",
        Sort::Natural | Sort::Household => "PERSONA NATURAL",
    };
    format!(
        "{}|TRES RIOS S.A.|ZONA 9|{}|GEN|2011-07-01 00:00:00|2025-01-10 00:00:00|||N|{kind}|1|TRES RIOS|ABI|PICHINCHA|QUITO|\
         INAQUITO|G4610|VENTA AL POR MAYOR|N|N\r\n",
        employer.number, employer.state
    )
}
