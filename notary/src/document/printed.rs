//! Where the text and the pictures of an issued page stand, so that nothing is put before them.
//!
//! Words: what is *said* is what stands above the widest free strip of the page: the strip is the room that the request leaves for
//! a signature, and below it stands how to sign. Without such a room everything is said, down to the foot of the page.
//!
//! What it does not do: it is no renderer. It reads pages of our own making (text by `Tj` and `TJ`, paths); whoever signs cannot
//! choose what it reads.

use super::library;
use super::limits;
use super::overlay::Rectangle;
use super::scan::Object;
use super::value::{Dictionary, Value};
use super::view::View;
use lopdf::Object as Operand;
use lopdf::content::{Content, Operation};
use std::collections::BTreeMap;

/// Lines thinner than this, in points, are rules between parts: a signature may touch them.
const THIN: f64 = 3.0;

/// What is said on a page. Nothing if the page cannot be read.
pub(super) fn said(view: &View<'_>, page: &Object, sheet: Rectangle) -> Option<Vec<Rectangle>> {
    let printed = printed(view, page)?;
    let mut strips: Vec<(f64, f64)> = printed.iter().map(|mark| (mark.top, mark.bottom)).collect();
    strips.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut floor = sheet.bottom;
    let (mut widest, mut reached) = (0.0, f64::INFINITY);
    for (top, bottom) in strips.iter().copied().chain([(sheet.bottom, sheet.bottom)]) {
        if reached.is_finite() && reached - top > widest {
            widest = reached - top;
            floor = top;
        }
        reached = reached.min(bottom);
    }
    Some(printed.into_iter().filter(|mark| mark.top > floor).collect())
}

/// Everything that a page shows, as the rectangles around it.
fn printed(view: &View<'_>, page: &Object) -> Option<Vec<Rectangle>> {
    let dictionary = page.value.as_dictionary()?;
    let fonts = fonts(view, dictionary);
    let mut left = limits::UNPACKED;
    let mut pen = Pen {
        fonts,
        ..Pen::default()
    };
    let contents = dictionary.get(b"Contents")?;
    let parts: Vec<&Value> = match view.follow(contents).as_array() {
        Some(parts) => parts.iter().collect(),
        None => vec![contents],
    };
    for part in parts {
        let part = view.get(part.as_reference()?)?;
        let data = view.scan().file.get(part.stream.clone()?)?;
        let plain = library::unpack(part.value.as_dictionary()?, data, &mut left).ok()?;
        for operation in Content::decode(&plain).ok()?.operations {
            pen.follow(&operation);
        }
    }
    Some(pen.marks)
}

/// How wide the characters of a font are, in thousandths of its size.
#[derive(Clone, Debug, Default)]
struct Widths {
    /// How many bytes a character has.
    bytes: usize,
    of: BTreeMap<u32, f64>,
    other: f64,
}

fn fonts(view: &View<'_>, page: &Dictionary) -> BTreeMap<Vec<u8>, Widths> {
    let resources = view.entry(page, b"Resources").and_then(Value::as_dictionary);
    let fonts = resources
        .and_then(|resources| view.entry(resources, b"Font"))
        .and_then(Value::as_dictionary);
    let Some(fonts) = fonts else {
        return BTreeMap::new();
    };
    let named = fonts.iter().map(|(name, font)| {
        let widths = view
            .follow(font)
            .as_dictionary()
            .and_then(|font| composite(view, font));
        // Text of a font without widths is taken for rather wide.
        (
            name.to_vec(),
            widths.unwrap_or(Widths {
                bytes: 1,
                of: BTreeMap::new(),
                other: 600.0,
            }),
        )
    });
    named.collect()
}

/// The widths of a font whose characters have two bytes (ISO 32000, 9.7.4.3).
fn composite(view: &View<'_>, font: &Dictionary) -> Option<Widths> {
    let descendant = view.entry(font, b"DescendantFonts")?.as_array()?.first()?;
    let descendant = view.follow(descendant).as_dictionary()?;
    let other = descendant.get(b"DW").and_then(Value::as_number).unwrap_or(1000.0);
    let mut widths = Widths {
        bytes: 2,
        of: BTreeMap::new(),
        other,
    };
    let mut rest = view
        .entry(descendant, b"W")
        .and_then(Value::as_array)
        .unwrap_or_default()
        .iter();
    let number = |value: &Value| value.as_integer().and_then(|value| u32::try_from(value).ok());
    while let Some(from) = rest.next() {
        let (from, next) = (number(from)?, view.follow(rest.next()?));
        if let Some(each) = next.as_array() {
            widths
                .of
                .extend((from..).zip(each.iter().filter_map(Value::as_number)));
        } else {
            let (to, width) = (number(next)?, rest.next()?.as_number()?);
            let codes = from..=to.min(from.saturating_add(0xffff));
            widths.of.extend(codes.map(|code| (code, width)));
        }
    }
    Some(widths)
}

/// A transformation of the plane: a point moves by its own x times `across`, its y times `up`, and `origin`.
#[derive(Clone, Copy, Debug)]
struct Plane {
    across: (f64, f64),
    up: (f64, f64),
    origin: (f64, f64),
}

impl Plane {
    const PAGE: Self = Self::moved(0.0, 0.0);

    const fn moved(x: f64, y: f64) -> Self {
        Self {
            across: (1.0, 0.0),
            up: (0.0, 1.0),
            origin: (x, y),
        }
    }

    /// From the six numbers of the format.
    fn of(numbers: &[f64]) -> Option<Self> {
        let numbers: [f64; 6] = numbers.try_into().ok()?;
        Some(Self {
            across: (numbers[0], numbers[1]),
            up: (numbers[2], numbers[3]),
            origin: (numbers[4], numbers[5]),
        })
    }

    /// This one, drawn on another.
    fn on(self, outer: Self) -> Self {
        let turned = |vector| outer.turn(vector);
        Self {
            across: turned(self.across),
            up: turned(self.up),
            origin: outer.place(self.origin),
        }
    }

    fn turn(self, (x, y): (f64, f64)) -> (f64, f64) {
        (
            x * self.across.0 + y * self.up.0,
            x * self.across.1 + y * self.up.1,
        )
    }

    fn place(self, point: (f64, f64)) -> (f64, f64) {
        let (x, y) = self.turn(point);
        (x + self.origin.0, y + self.origin.1)
    }
}

/// Follows the operations of a page and notes what they mark.
#[derive(Default)]
struct Pen {
    fonts: BTreeMap<Vec<u8>, Widths>,
    plane: Option<Plane>,
    saved: Vec<Option<Plane>>,
    font: Widths,
    size: f64,
    leading: f64,
    line: Option<Plane>,
    path: Vec<(f64, f64)>,
    marks: Vec<Rectangle>,
}

impl Pen {
    fn follow(&mut self, operation: &Operation) {
        let numbers: Vec<f64> = operation.operands.iter().filter_map(number).collect();
        let plane = self.plane.unwrap_or(Plane::PAGE);
        let line = self.line.unwrap_or(Plane::PAGE);
        match (operation.operator.as_str(), numbers.as_slice()) {
            ("q", _) => self.saved.push(self.plane),
            ("Q", _) => self.plane = self.saved.pop().flatten(),
            ("cm", numbers) => self.plane = Plane::of(numbers).map(|own| own.on(plane)),
            ("BT", _) => self.line = None,
            ("Tm", numbers) => self.line = Plane::of(numbers),
            ("Td" | "TD", [x, y]) => self.line = Some(Plane::moved(*x, *y).on(line)),
            ("TL", [leading]) => self.leading = *leading,
            ("T*", _) => self.line = Some(Plane::moved(0.0, -self.leading).on(line)),
            ("Tf", [size]) => {
                let name = operation.operands.first().and_then(|name| name.as_name().ok());
                self.font = name
                    .and_then(|name| self.fonts.get(name))
                    .cloned()
                    .unwrap_or_default();
                self.size = *size;
            }
            ("Tj" | "TJ" | "'" | "\"", _) => self.text(&operation.operands, line.on(plane)),
            ("m" | "l", [x, y]) | ("c", [_, _, _, _, x, y]) => self.path.push(plane.place((*x, *y))),
            ("re", [x, y, width, height]) => {
                self.path
                    .extend([plane.place((*x, *y)), plane.place((x + width, y + height))]);
            }
            ("f" | "F" | "f*" | "B" | "B*" | "b" | "b*", _) => {
                let path = core::mem::take(&mut self.path);
                let around = Rectangle::around(&path);
                self.marks
                    .extend(around.filter(|mark| mark.width().min(mark.height()) > THIN));
            }
            // A frame is no content, such as the one around the room for a signature.
            ("n" | "S" | "s", _) => self.path.clear(),
            ("Do", _) => self.marks.extend(Rectangle::around(&[
                plane.place((0.0, 0.0)),
                plane.place((1.0, 1.0)),
            ])),
            _ => {}
        }
    }

    fn text(&mut self, operands: &[Operand], plane: Plane) {
        let mut width = 0.0;
        for operand in operands {
            let parts = operand
                .as_array()
                .map_or(core::slice::from_ref(operand), Vec::as_slice);
            for part in parts {
                if let Operand::String(text, _) = part {
                    let characters = text.chunks(self.font.bytes.max(1));
                    width += characters.map(|character| self.width(character)).sum::<f64>();
                } else {
                    width -= number(part).unwrap_or(0.0);
                }
            }
        }
        let right = width / 1000.0 * self.size;
        let corners = [(0.0, -0.25 * self.size), (right, 0.8 * self.size)];
        self.marks
            .extend(Rectangle::around(&corners.map(|corner| plane.place(corner))));
    }

    fn width(&self, character: &[u8]) -> f64 {
        let code = character
            .iter()
            .fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
        self.font.of.get(&code).copied().unwrap_or(self.font.other)
    }
}

fn number(operand: &Operand) -> Option<f64> {
    operand.as_float().ok().map(f64::from)
}
