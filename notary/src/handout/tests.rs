//! The page is read back: everything that was given is on it, and nothing of it is active.

use super::layout::Layout;
use super::{Entry, Handout, unprintable, write};
use crate::issue::IssueError;
use crate::issue::typeface::Typeface;
use lopdf::Document;
use lopdf::content::Content;
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

/// What a camera reads off the page: every black shape of the code, where it stands on the page, as points of a picture.
#[test]
fn a_camera_reads_the_code_off_the_page() {
    let bytes = write(&handout()).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    let page = document.get_pages()[&1];
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let shapes = shapes(&content);
    let module = shapes
        .iter()
        .map(|shape| shape.bottom - shape.top)
        .fold(f32::MAX, f32::min);
    let dark = |x: f32, y: f32| {
        shapes
            .iter()
            .any(|shape| shape.left <= x && x < shape.right && shape.top <= y && y < shape.bottom)
    };
    let left = shapes.iter().map(|shape| shape.left).fold(f32::MAX, f32::min);
    let top = shapes.iter().map(|shape| shape.top).fold(f32::MAX, f32::min);
    let right = shapes.iter().map(|shape| shape.right).fold(f32::MIN, f32::max);
    let modules = ((right - left) / module).round();
    assert!((modules - 21.0).abs() < 0.5, "{modules} modules a side");
    // Four points a module, and four modules of light around.
    let side = (21 + 2 * 4) * 4;
    let at = |point: usize| f32::from(u16::try_from(point).unwrap()) / 4.0 + 0.125 - 4.0;
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
        if dark(left + module * at(x), top + module * at(y)) {
            0
        } else {
            255
        }
    });
    let codes = picture.detect_grids();
    assert_eq!(codes.len(), 1);
    let (_, said) = codes[0].decode().unwrap();
    assert_eq!(said, handout().code);
}

/// A rectangle as it is seen: from the top left corner on.
#[derive(Clone, Copy, Debug)]
struct Seen {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

/// The rectangles of the path that has the most.
fn shapes(content: &Content) -> Vec<Seen> {
    let (mut all, mut path, mut points) = (Vec::new(), Vec::new(), Vec::new());
    let (mut turned, mut kept) = ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], Vec::new());
    for operation in &content.operations {
        let numbers: Vec<f32> = operation
            .operands
            .iter()
            .filter_map(|operand| operand.as_float().ok())
            .collect();
        match (operation.operator.as_str(), numbers.as_slice()) {
            ("q", _) => kept.push(turned),
            ("Q", _) => turned = kept.pop().unwrap(),
            ("cm", &[..]) if numbers.len() == 6 => {
                turned = times(numbers.as_slice().try_into().unwrap(), turned);
            }
            ("m" | "l", &[x, y]) => points.push(moved(turned, x, y)),
            ("re", &[x, y, width, height]) => {
                path.push(seen(&[moved(turned, x, y), moved(turned, x + width, y + height)]));
            }
            ("h", _) => path.push(seen(&std::mem::take(&mut points))),
            ("f" | "f*", _) => all.push(std::mem::take(&mut path)),
            _ => {}
        }
    }
    all.into_iter().max_by_key(Vec::len).unwrap()
}

/// One transformation, then another, in the page's way of writing them.
fn times([xx, xy, yx, yy, right, up]: [f32; 6], then: [f32; 6]) -> [f32; 6] {
    let origin = moved(then, 0.0, 0.0);
    let (across, along, end) = (moved(then, xx, xy), moved(then, yx, yy), moved(then, right, up));
    [
        across.0 - origin.0,
        across.1 - origin.1,
        along.0 - origin.0,
        along.1 - origin.1,
        end.0,
        end.1,
    ]
}

fn moved([xx, xy, yx, yy, right, up]: [f32; 6], x: f32, y: f32) -> (f32, f32) {
    (xx * x + yx * y + right, xy * x + yy * y + up)
}

/// On a page, up is more; to whoever looks, down is.
fn seen(points: &[(f32, f32)]) -> Seen {
    let across = || points.iter().map(|point| point.0);
    let down = || points.iter().map(|point| -point.1);
    Seen {
        left: across().fold(f32::MAX, f32::min),
        right: across().fold(f32::MIN, f32::max),
        top: down().fold(f32::MAX, f32::min),
        bottom: down().fold(f32::MIN, f32::max),
    }
}
