//! Where everything stands on the page: in points, from its upper left corner.
//!
//! The text is set in the largest size of a few at which all of it fits.

use super::IssueError;
use super::sheet::{Fact, Sheet};
use super::typeface::{Typeface, Weight};

/// A4.
pub(super) const WIDTH: f32 = 595.28;
/// A4.
pub(super) const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 56.0;
const COLUMN: f32 = WIDTH - 2.0 * MARGIN;
/// Where the text must have ended; the foot of the page stands below.
const BOTTOM: f32 = HEIGHT - MARGIN;
/// The QR code's side, with the light modules around it.
const QR: f32 = 96.0;
/// The room for a signature that shows.
const SPACE: f32 = 92.0;
/// Sizes of the text, the best first.
const SIZES: [f32; 5] = [10.5, 10.0, 9.5, 9.0, 8.0];

/// One line of text.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) x: f32,
    /// Its base line.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) text: String,
}

/// Two texts beside each other: a label and its value, a number and its step.
pub(super) type Pair = (Vec<Line>, Vec<Line>);

/// A rectangle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// The page.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) issuer: Vec<Line>,
    pub(super) title: Vec<Line>,
    /// Labels and values.
    pub(super) facts: Vec<Pair>,
    pub(super) qr: Area,
    pub(super) declaration: Vec<Line>,
    pub(super) signature: Vec<Line>,
    pub(super) space: Vec<Line>,
    /// Kept free of everything.
    pub(super) room: Area,
    pub(super) how: Vec<Line>,
    /// Numbers and texts.
    pub(super) steps: Vec<Pair>,
    pub(super) warning: Vec<Line>,
    pub(super) footer: Vec<Line>,
    /// Thin lines between the parts.
    pub(super) rules: Vec<Area>,
}

impl Layout {
    pub(super) fn of(sheet: &Sheet, typeface: &Typeface) -> Result<Self, IssueError> {
        for size in SIZES {
            if let Some(layout) = Setting::new(typeface, size).set(sheet)? {
                return Ok(layout);
            }
        }
        Err(IssueError::TooLong)
    }
}

/// Sets the page at one size, from top to bottom.
struct Setting<'a> {
    typeface: &'a Typeface,
    size: f32,
    y: f32,
}

impl<'a> Setting<'a> {
    const fn new(typeface: &'a Typeface, size: f32) -> Self {
        Self {
            typeface,
            size,
            y: MARGIN,
        }
    }

    /// `None` when it does not fit.
    fn set(mut self, sheet: &Sheet) -> Result<Option<Layout>, IssueError> {
        let small = self.size - 1.5;
        let issuer = self.text(MARGIN, COLUMN, Weight::Bold, self.size, &sheet.issuer)?;
        self.y += 10.0;
        let mut rules = vec![self.rule()];
        self.y += 12.0;
        let title = self.text(MARGIN, COLUMN, Weight::Bold, self.size + 6.5, &sheet.title)?;
        self.y += 12.0;
        let (facts, qr) = self.facts(&sheet.facts)?;
        self.y += 16.0;
        let declaration = self.text(
            MARGIN,
            COLUMN,
            Weight::Regular,
            self.size + 1.0,
            &sheet.declaration,
        )?;
        self.y += 18.0;
        let signature = self.text(MARGIN, COLUMN, Weight::Bold, self.size + 1.5, &sheet.signature)?;
        self.y += 2.0;
        let space = self.text(MARGIN, COLUMN, Weight::Regular, small, &sheet.space)?;
        self.y += 8.0;
        let room = Area {
            x: MARGIN,
            y: self.y,
            width: COLUMN,
            height: SPACE,
        };
        self.y += SPACE + 18.0;
        let how = self.text(MARGIN, COLUMN, Weight::Bold, self.size + 1.5, &sheet.how)?;
        self.y += 2.0;
        let steps = self.steps(&sheet.steps)?;
        self.y += 6.0;
        let warning = self.text(MARGIN, COLUMN, Weight::Bold, self.size, &sheet.warning)?;
        let end = self.y;
        let footer = self.at_the_foot(&sheet.footer, small)?;
        self.y -= 8.0;
        rules.push(self.rule());
        let fits = end + 14.0 <= self.y;
        Ok(fits.then_some(Layout {
            issuer,
            title,
            facts,
            qr,
            declaration,
            signature,
            space,
            room,
            how,
            steps,
            warning,
            footer,
            rules,
        }))
    }

    /// Lines of a text below what was set before.
    fn text(
        &mut self,
        x: f32,
        room: f32,
        weight: Weight,
        size: f32,
        text: &str,
    ) -> Result<Vec<Line>, IssueError> {
        let wrapped = self.typeface.wrap(weight, size, room, text)?;
        Ok(wrapped
            .into_iter()
            .map(|text| {
                let line = Line {
                    x,
                    y: self.y + size,
                    size,
                    weight,
                    text,
                };
                self.y += size * 1.36;
                line
            })
            .collect())
    }

    /// The table, and the QR code to its right.
    fn facts(&mut self, facts: &[Fact]) -> Result<(Vec<Pair>, Area), IssueError> {
        let top = self.y;
        let qr = Area {
            x: MARGIN + COLUMN - QR,
            y: top,
            width: QR,
            height: QR,
        };
        let mut widest = 0.0_f32;
        for fact in facts {
            widest = widest.max(self.typeface.width(Weight::Regular, self.size, &fact.label)?);
        }
        let second = MARGIN + widest + 14.0;
        let room = qr.x - 10.0 - second;
        let mut rows = Vec::new();
        for fact in facts {
            let top = self.y;
            let label = self.text(MARGIN, widest + 1.0, Weight::Regular, self.size, &fact.label)?;
            let bottom = self.y;
            self.y = top;
            let value = self.text(second, room, Weight::Bold, self.size, &fact.value)?;
            self.y = self.y.max(bottom) + 3.0;
            rows.push((label, value));
        }
        self.y = self.y.max(top + QR);
        Ok((rows, qr))
    }

    fn steps(&mut self, steps: &[String]) -> Result<Vec<Pair>, IssueError> {
        let indent = 16.0;
        let mut rows = Vec::new();
        for (number, step) in (1..).zip(steps) {
            let top = self.y;
            let label = format!("{number}.");
            let label = self.text(MARGIN, indent, Weight::Regular, self.size, &label)?;
            self.y = top;
            let body = self.text(MARGIN + indent, COLUMN - indent, Weight::Regular, self.size, step)?;
            self.y += 2.0;
            rows.push((label, body));
        }
        Ok(rows)
    }

    /// Lines that end at the foot of the page. Leaves `y` where they begin.
    fn at_the_foot(&mut self, text: &str, size: f32) -> Result<Vec<Line>, IssueError> {
        self.y = BOTTOM;
        let mut lines = self.text(MARGIN, COLUMN, Weight::Regular, size, text)?;
        let height = self.y - BOTTOM;
        for line in &mut lines {
            line.y -= height;
        }
        self.y = BOTTOM - height;
        Ok(lines)
    }

    const fn rule(&self) -> Area {
        Area {
            x: MARGIN,
            y: self.y,
            width: COLUMN,
            height: 0.6,
        }
    }
}
