//! Where everything stands on the page: in points, from its upper left corner. The largest size of a few at which all of it fits.

use super::{Entry, Handout};
use crate::issue::IssueError;
use crate::issue::typeface::{Typeface, Weight};

/// A4.
pub(super) const WIDTH: f32 = 595.28;
/// A4.
pub(super) const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 56.0;
const COLUMN: f32 = WIDTH - 2.0 * MARGIN;
const BOTTOM: f32 = HEIGHT - MARGIN;
/// The QR code's side, with the light modules around it.
const QR: f32 = 120.0;
/// How far the list's lines are from its bullets.
const INDENT: f32 = 14.0;
/// Sizes of the text, the best first.
const SIZES: [f32; 5] = [11.5, 10.5, 10.0, 9.0, 8.0];

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

/// A label and its value.
pub(super) type Pair = (Vec<Line>, Vec<Line>);

/// A rectangle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// An item of the list.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) bullet: Vec<Line>,
    pub(super) term: Vec<Line>,
    pub(super) said: Vec<Line>,
}

/// The page.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) issuer: Vec<Line>,
    pub(super) title: Vec<Line>,
    pub(super) facts: Vec<Pair>,
    pub(super) qr: Area,
    pub(super) notes: Vec<Vec<Line>>,
    pub(super) heading: Vec<Line>,
    pub(super) list: Vec<Item>,
    pub(super) footer: Vec<Line>,
    /// Thin lines between the parts.
    pub(super) rules: Vec<Area>,
}

impl Layout {
    pub(super) fn of(handout: &Handout, typeface: &Typeface) -> Result<Self, IssueError> {
        for size in SIZES {
            let setting = Setting {
                typeface,
                size,
                y: MARGIN,
            };
            if let Some(layout) = setting.set(handout)? {
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

impl Setting<'_> {
    /// `None` when it does not fit.
    fn set(mut self, handout: &Handout) -> Result<Option<Layout>, IssueError> {
        let size = self.size;
        let issuer = self.text(MARGIN, COLUMN, Weight::Bold, size, &handout.issuer)?;
        self.y += 8.0;
        let mut rules = vec![self.rule()];
        self.y += 14.0;
        let title = self.text(MARGIN, COLUMN, Weight::Bold, size + 8.5, &handout.title)?;
        self.y += 12.0;
        let (facts, qr) = self.facts(&handout.facts)?;
        self.y += 16.0;
        let mut notes = Vec::new();
        for note in &handout.notes {
            notes.push(self.text(MARGIN, COLUMN, Weight::Regular, size, note)?);
            self.y += 4.0;
        }
        self.y += 14.0;
        let heading = self.text(MARGIN, COLUMN, Weight::Bold, size + 3.0, &handout.heading)?;
        self.y += 4.0;
        let list = self.list(&handout.list)?;
        let end = self.y;
        let footer = self.at_the_foot(&handout.footer, size - 2.0)?;
        self.y -= 8.0;
        rules.push(self.rule());
        Ok((end + 14.0 <= self.y).then_some(Layout {
            issuer,
            title,
            facts,
            qr,
            notes,
            heading,
            list,
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
    fn facts(&mut self, facts: &[Entry]) -> Result<(Vec<Pair>, Area), IssueError> {
        let top = self.y;
        let qr = Area {
            x: MARGIN + COLUMN - QR,
            y: top,
            width: QR,
            height: QR,
        };
        let mut widest = 0.0_f32;
        for fact in facts {
            widest = widest.max(self.typeface.width(Weight::Regular, self.size, &fact.term)?);
        }
        let widest = widest.min(COLUMN / 3.0);
        let second = MARGIN + widest + 14.0;
        let room = qr.x - 10.0 - second;
        let mut rows = Vec::new();
        for fact in facts {
            let top = self.y;
            let term = self.text(MARGIN, widest + 1.0, Weight::Regular, self.size, &fact.term)?;
            let bottom = self.y;
            self.y = top;
            let said = self.text(second, room, Weight::Bold, self.size, &fact.said)?;
            self.y = self.y.max(bottom) + 4.0;
            rows.push((term, said));
        }
        self.y = self.y.max(top + QR);
        Ok((rows, qr))
    }

    fn list(&mut self, list: &[Entry]) -> Result<Vec<Item>, IssueError> {
        let mut items = Vec::new();
        for entry in list {
            let top = self.y;
            let bullet = self.text(MARGIN, INDENT, Weight::Regular, self.size, "•")?;
            self.y = top;
            let (x, room) = (MARGIN + INDENT, COLUMN - INDENT);
            let term = self.text(x, room, Weight::Bold, self.size, &entry.term)?;
            let said = self.text(x, room, Weight::Regular, self.size, &entry.said)?;
            self.y += 4.0;
            items.push(Item { bullet, term, said });
        }
        Ok(items)
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
