//! What a request is, whoever asks for it.

use super::*;

fn request(purpose: Purpose) -> Request {
    Request {
        issuer: Issuer {
            name: "Instituto de Seguridad Social de Ejemplo".to_owned(),
            standing: Standing::Unofficial,
        },
        purpose,
        employer: "1790011674001".parse().unwrap(),
        branch: "0001".parse().unwrap(),
        representative: "1729999993".parse().unwrap(),
        reference: CaseReference::from_random([7; 8]),
        nonce: Nonce(*b"\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff"),
        issued_at: Timestamp::from_millis(1_795_000_000_000),
        expires: Deadline::at(Timestamp::from_millis(1_795_003_600_000)),
    }
}

fn purposes() -> Vec<Purpose> {
    vec![
        Purpose::Recovery,
        Purpose::Unlock,
        Purpose::Email("maria.fernanda.nunez@empresa.example".parse().unwrap()),
        Purpose::Phone("+593991234567".parse().unwrap()),
    ]
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    for purpose in purposes() {
        let first = issue(&request(purpose.clone())).unwrap();
        for _ in 0..5 {
            assert!(issue(&request(purpose.clone())).unwrap() == first, "{purpose:?}");
        }
        let other = Request {
            nonce: Nonce([9; 16]),
            ..request(purpose)
        };
        assert!(issue(&other).unwrap() != first);
    }
}

#[test]
fn a_sheet_says_what_is_signed() {
    let sheet = sheet::Sheet::of(&request(purposes().remove(2))).unwrap();
    assert_eq!(
        sheet.declaration,
        "Yo, el representante legal con cédula 1729999993, en nombre del empleador con RUC 1790011674001, sucursal 0001, \
         solicito a Instituto de Seguridad Social de Ejemplo que registre el correo maria.fernanda.nunez@empresa.example como \
         el de este empleador, en lugar del actual. Esta solicitud sirve solo para este trámite y una sola vez."
    );
    let facts: Vec<(&str, &str)> = sheet
        .facts
        .iter()
        .map(|fact| (fact.label.as_str(), fact.value.as_str()))
        .collect();
    let reference = CaseReference::from_random([7; 8]);
    assert_eq!(
        facts,
        [
            ("RUC del empleador", "1790011674001"),
            ("Sucursal", "0001"),
            ("Cédula del representante legal", "1729999993"),
            ("Nuevo correo", "maria.fernanda.nunez@empresa.example"),
            ("Número de caso", reference.as_str()),
            ("Número de solicitud", "0011 2233 4455 6677 8899 aabb ccdd eeff"),
            (
                "Emitida",
                "18 de noviembre de 2026, 06:06 (hora de Ecuador continental)"
            ),
            (
                "Firmar y subir antes de",
                "18 de noviembre de 2026, 07:06 (hora de Ecuador continental)"
            ),
        ]
    );
    assert!(sheet.footer.contains("No es un documento oficial"));
}

#[test]
fn a_household_and_a_foreigner_are_named_as_such() {
    let household = Request {
        employer: "1729999993".parse().unwrap(),
        representative: "ABC1234".parse().unwrap(),
        issuer: Issuer {
            name: "Instituto".to_owned(),
            standing: Standing::Official,
        },
        ..request(Purpose::Unlock)
    };
    let sheet = sheet::Sheet::of(&household).unwrap();
    assert!(
        sheet
            .declaration
            .contains("con documento de identidad ABC1234, en nombre del empleador con cédula 1729999993")
    );
    assert_eq!(sheet.footer, "Documento emitido por Instituto.");
}

#[test]
fn long_names_are_wrapped_and_the_page_stays_one() {
    let longest = format!(
        "{}@{}.example",
        "m".repeat(64),
        ["d".repeat(60).as_str(); 2].join(".")
    );
    let long = Request {
        issuer: Issuer {
            name: "Instituto Autónomo de la Seguridad Social de las Provincias ".repeat(4),
            standing: Standing::Unofficial,
        },
        ..request(Purpose::Email(longest.parse().unwrap()))
    };
    let pdf = issue(&long).unwrap();
    let file = lopdf::Document::load_mem(&pdf).unwrap();
    assert_eq!(file.get_pages().len(), 1);
    let typeface = typeface::Typeface::new().unwrap();
    let sheet = sheet::Sheet::of(&long).unwrap();
    let layout = layout::Layout::of(&sheet, &typeface).unwrap();
    for line in layout.facts.iter().flat_map(|(_, value)| value) {
        let end = line.x + typeface.width(line.weight, line.size, &line.text).unwrap();
        assert!(end < layout.qr.x, "{line:?}");
    }
    let endless = Request {
        issuer: Issuer {
            name: "Instituto ".repeat(400),
            standing: Standing::Official,
        },
        ..request(Purpose::Recovery)
    };
    assert_eq!(issue(&endless), Err(IssueError::TooLong));
}

#[test]
fn what_the_typeface_lacks_is_told() {
    let strange = Request {
        issuer: Issuer {
            name: "Instituto 機".to_owned(),
            standing: Standing::Official,
        },
        ..request(Purpose::Recovery)
    };
    assert_eq!(issue(&strange), Err(IssueError::Unprintable('機')));
}

#[test]
fn a_value_with_braces_is_only_a_value() {
    let words = "a {institution} b";
    assert_eq!(
        words::fill(words, &[("institution", "{nonce}")]),
        Ok("a {nonce} b".to_owned())
    );
    assert!(words::fill("{unknown}", &[]).is_err());
    assert!(words::fill("{open", &[]).is_err());
}

#[test]
fn an_address_is_cut_behind_a_sign() {
    let typeface = typeface::Typeface::new().unwrap();
    let wrap = |text: &str| {
        typeface
            .wrap(typeface::Weight::Regular, 10.0, 120.0, text)
            .unwrap()
    };
    assert_eq!(
        wrap("maria.fernanda@empresa.example"),
        ["maria.fernanda@", "empresa.example"]
    );
    assert_eq!(
        wrap("dos palabras y otras más, hasta aquí"),
        ["dos palabras y otras más, ", "hasta aquí"]
    );
    assert!(wrap(&"x".repeat(60)).len() > 1);
}
