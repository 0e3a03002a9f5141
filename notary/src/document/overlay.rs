//! The picture of a signature on the page: it may stand there, but not before what the request says ([`printed`]), and may take a
//! fifth of the page at most.
//!
//! Invariants: what a signature shows stays within its rectangle (ISO 32000, 12.5.5), so its rectangle is all that counts.

use super::printed;
use super::scan::Object;
use super::value::{Dictionary, Value};
use super::view::View;
use shared::signatures::{Finding, Reason};

/// What part of a page a signature may take: one in this many.
const SHARE: f64 = 5.0;

/// A rectangle of a page, in points, from its lower left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rectangle {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

impl Rectangle {
    fn of(value: &Value) -> Option<Self> {
        let numbers: Option<Vec<f64>> = value.as_array()?.iter().map(Value::as_number).collect();
        let [one, two, three, four] = numbers?.try_into().ok()?;
        let all = [one, two, three, four];
        all.iter().all(|number| number.abs() < 1e6).then_some(Self {
            left: one.min(three),
            bottom: two.min(four),
            right: one.max(three),
            top: two.max(four),
        })
    }

    /// The one around points. Nothing around nothing.
    pub(super) fn around(points: &[(f64, f64)]) -> Option<Self> {
        let (first, rest) = points.split_first()?;
        let point = Self {
            left: first.0,
            bottom: first.1,
            right: first.0,
            top: first.1,
        };
        Some(rest.iter().fold(point, |around, (x, y)| Self {
            left: around.left.min(*x),
            bottom: around.bottom.min(*y),
            right: around.right.max(*x),
            top: around.top.max(*y),
        }))
    }

    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.top - self.bottom
    }

    fn area(self) -> f64 {
        self.width() * self.height()
    }

    /// Whether two lie over each other by more than a point, in both directions.
    fn covers(self, other: Self) -> bool {
        self.right.min(other.right) - self.left.max(other.left) > 1.0
            && self.top.min(other.top) - self.bottom.max(other.bottom) > 1.0
    }
}

/// Judges where a signature shows itself.
pub(super) fn judge(issued: &View<'_>, page: &Object, widget: &Dictionary, signed: &View<'_>) -> Finding {
    const HIDDEN: Finding = Finding::Failed(Reason::HiddenContent);
    let Some(rectangle) = signed.entry(widget, b"Rect").and_then(Rectangle::of) else {
        return HIDDEN;
    };
    if widget.name(b"Subtype") != Some(b"Widget") || widget.get(b"A").is_some() {
        return HIDDEN;
    }
    let Some(sheet) = sheet(issued, page) else {
        return HIDDEN;
    };
    if rectangle.area() * SHARE > sheet.area() {
        return HIDDEN;
    }
    match printed::said(issued, page, sheet) {
        Some(said) if said.iter().any(|mark| rectangle.covers(*mark)) => HIDDEN,
        Some(_) => Finding::Passed,
        None => Finding::Unknown(Reason::HiddenContent),
    }
}

/// The page's own rectangle, which it may have from a node above.
fn sheet(view: &View<'_>, page: &Object) -> Option<Rectangle> {
    let mut node = page.value.as_dictionary()?;
    for _ in 0..16 {
        if let Some(sheet) = view.entry(node, b"MediaBox") {
            return Rectangle::of(sheet);
        }
        node = view.entry(node, b"Parent")?.as_dictionary()?;
    }
    None
}
