//! Who is in the official records of these tests. The numbers are of companies or made up; no natural person's.

use crate::portal::Installation;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use tests::sri_file::Shape;

/// An employer with everything that the registries know.
#[derive(Debug)]
pub struct Employer {
    /// RUC, or the cédula of a household employer.
    pub number: &'static str,
    /// The representative's cédula.
    pub representative: &'static str,
    /// The address of the account, if there is one.
    pub email: Option<&'static str>,
    /// The state at the SRI, as its file has it.
    pub state: &'static str,
}

/// Everything is in order.
pub const GOOD: Employer = Employer {
    number: "1792060346001",
    representative: "3000000012",
    email: Some("gerencia@tresrios.example"),
    state: "ACTIVO",
};
/// The account has no address.
pub const WITHOUT_EMAIL: Employer = Employer {
    number: "0992712554001",
    representative: "3000000020",
    email: None,
    state: "ACTIVO",
};
/// The taxpayer is suspended at the SRI.
pub const INACTIVE: Employer = Employer {
    number: "0190459616001",
    representative: "3000000038",
    email: Some("info@austro.example"),
    state: "SUSPENDIDO",
};
/// The account is blocked.
pub const BLOCKED: Employer = Employer {
    number: "0992397535001",
    representative: "3000000046",
    email: Some("info@puerto.example"),
    state: "ACTIVO",
};
/// Nobody knows this number.
pub const UNKNOWN: Employer = Employer {
    number: "1793221293001",
    representative: "3000000053",
    email: None,
    state: "ACTIVO",
};

const KNOWN: [&Employer; 4] = [&GOOD, &WITHOUT_EMAIL, &INACTIVE, &BLOCKED];

/// The representative's date of birth, of all of them.
pub const BIRTH_DATE: (u16, u8, u8) = (1980, 3, 27);
/// The day on which the RUC was issued.
pub const ISSUED_ON: (u16, u8, u8) = (2011, 6, 14);
/// The day on which the company was incorporated.
pub const INCORPORATED_ON: (u16, u8, u8) = (2011, 5, 2);
/// Where the representative lived before, as a choice shows it.
pub const PREVIOUS_ADDRESS: &str = "Calle Loja";
/// The canton of the head office, as a choice shows it.
pub const CANTON: &str = "Quito";
/// How many workers there were in every month.
pub const WORKERS: u32 = 12;

/// Writes the files that an operator would have and imports them: 20 000 rows of the SRI with every quirk, ours at their end.
pub fn import(installation: &Installation) {
    let folder = installation.folder();
    let sri = folder.join("SRI_RUC_Pichincha.csv");
    Shape::quirky().write(&sri).expect("the SRI's file");
    let mut file = OpenOptions::new()
        .append(true)
        .open(&sri)
        .expect("the SRI's file");
    for employer in KNOWN {
        file.write_all(sri_row(employer).as_bytes()).expect("a row");
    }
    drop(file);
    let (mut persons, mut employers) = (
        "id,given_names,surnames,birth_date,previous_addresses\n".to_owned(),
        "employer,name,representative,appointed_on,ruc_issued_on,incorporated_on,workers,email\n".to_owned(),
    );
    // The same number in every month of twenty years, so that the answer does not depend on the day of the test.
    let months: Vec<String> = (2026..2046)
        .flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}: {WORKERS}")))
        .collect();
    for employer in KNOWN {
        let representative = employer.representative;
        let (year, month, day) = BIRTH_DATE;
        let _ = writeln!(
            persons,
            "{representative},Rosa Elena,Prueba Ficticia,{year:04}-{month:02}-{day:02},Cuenca: Calle Loja"
        );
        let dates =
            [ISSUED_ON, INCORPORATED_ON].map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"));
        let _ = writeln!(
            employers,
            "{},Tres Ríos S.A.,{representative},2015-01-15,{},{},{},{}",
            employer.number,
            dates[0],
            dates[1],
            months.join(" / "),
            employer.email.unwrap_or_default()
        );
    }
    fs::write(folder.join("persons.csv"), persons).expect("the persons");
    fs::write(folder.join("employers.csv"), employers).expect("the employers");
    installation.clavero(&["import", "sri", &sri.to_string_lossy()]);
    for kind in ["persons", "employers"] {
        let file = folder.join(format!("{kind}.csv"));
        let told = installation.clavero(&["import", kind, &file.to_string_lossy()]);
        assert!(told.contains(" 0 rejected"), "{told}");
    }
}

/// A row as the usual file has it, in its encoding (ASCII is Latin-1) and with its line ends.
fn sri_row(employer: &Employer) -> String {
    format!(
        "{}|TRES RIOS S.A.|ZONA 9|{}|GEN|2011-07-01 00:00:00|2025-01-10 00:00:00|||N|SOCIEDAD|1|TRES RIOS|ABI|PICHINCHA|QUITO|\
         INAQUITO|G4610|VENTA AL POR MAYOR|N|N\r\n",
        employer.number, employer.state
    )
}
