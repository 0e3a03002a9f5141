//! The page is read back: everything that was given is on it, and nothing of it is active.

use super::layout::Layout;
use super::{Entry, Handout, unprintable, write};
use crate::issue::IssueError;
use crate::issue::typeface::Typeface;
use lopdf::Document;
use shared::time::Timestamp;

fn entry(term: &str, said: &str) -> Entry {
    Entry {
        term: term.to_owned(),
        said: said.to_owned(),
    }
}

fn handout() -> Handout {
    Handout {
        issuer: "Instituto de Prueba".to_owned(),
        language: "es-EC",
        title: "Turno T-7K3M-2Q".to_owned(),
        facts: vec![
            entry("Cuándo", "lunes, 23 de noviembre de 2026, 09:00"),
            entry("Dónde", "Centro Ñuñoa. Av. Amazonas N34-57 y Río Coca"),
        ],
        code: "T-7K3M-2Q".to_owned(),
        code_described: "Código QR con el código del turno".to_owned(),
        notes: vec!["Llegue diez minutos antes.".to_owned()],
        heading: "Qué llevar".to_owned(),
        list: vec![entry("La cédula del representante", "Lleve el original.")],
        footer: "No es un sitio oficial.".to_owned(),
        at: Timestamp::from_millis(1_763_800_000_000),
    }
}

#[test]
fn the_same_handout_gives_the_same_bytes() {
    assert_eq!(write(&handout()).unwrap(), write(&handout()).unwrap());
}

#[test]
fn it_is_one_tagged_page_that_says_what_was_given() {
    let bytes = write(&handout()).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    assert_eq!(document.get_pages().len(), 1);
    assert!(document.catalog().unwrap().has(b"StructTreeRoot"));
    let said = document.extract_text(&[1]).unwrap();
    let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "Instituto de Prueba",
        "Turno T-7K3M-2Q",
        "lunes, 23 de noviembre de 2026, 09:00",
        "Río Coca",
        "Llegue diez minutos antes.",
        "La cédula del representante",
        "Lleve el original.",
        "No es un sitio oficial.",
    ] {
        assert!(said.contains(expected), "{expected} is not in {said}");
    }
}

#[test]
fn nothing_in_it_is_active() {
    let bytes = write(&handout()).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    for object in document.objects.values() {
        let Ok(dictionary) = object.as_dict() else {
            continue;
        };
        for key in [
            b"JS".as_slice(),
            b"JavaScript",
            b"Launch",
            b"OpenAction",
            b"AA",
            b"AcroForm",
            b"EmbeddedFiles",
        ] {
            assert!(!dictionary.has(key));
        }
    }
}

#[test]
fn what_the_typeface_lacks_is_a_question_mark() {
    let mut foreign = handout();
    foreign.issuer = "機関 Sur".to_owned();
    let document = Document::load_mem(&write(&foreign).unwrap()).unwrap();
    assert!(document.extract_text(&[1]).unwrap().contains("?? Sur"));
    assert_eq!(unprintable("Centro Ñuble 機関"), Ok(Some('機')));
    assert_eq!(unprintable("Av. 10 de Agosto N21-83 y Ñahui, piso 2º"), Ok(None));
}

#[test]
fn what_does_not_fit_is_an_error() {
    let mut long = handout();
    long.notes = vec!["palabra ".repeat(4000)];
    assert!(matches!(write(&long), Err(IssueError::TooLong)));
}

#[test]
fn a_long_list_is_set_smaller() {
    let typeface = Typeface::new().unwrap();
    let of = |entries: usize| {
        let mut long = handout();
        long.list = (0..entries)
            .map(|number| {
                entry(
                    &format!("Requisito {number}"),
                    "Lleve el original. Se lo devuelven.",
                )
            })
            .collect();
        Layout::of(&long, &typeface).map(|layout| layout.list[0].term[0].size)
    };
    let usual = of(5).unwrap();
    let long = of(14).unwrap();
    assert!(long < usual, "{long} {usual}");
    assert!(matches!(of(40), Err(IssueError::TooLong)));
}
