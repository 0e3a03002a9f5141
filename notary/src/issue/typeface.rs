//! The typeface: measured, and one glyph a character.

use super::IssueError;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

const REGULAR: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/NotoSans-Bold.ttf");

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// Both weights.
pub(crate) struct Typeface {
    regular: Face,
    bold: Face,
}

struct Face {
    characters: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    written: Font,
}

impl Typeface {
    pub(crate) fn new() -> Result<Self, IssueError> {
        Ok(Self {
            regular: Face::new(REGULAR)?,
            bold: Face::new(BOLD)?,
        })
    }

    /// The font as the file is given it.
    pub(crate) fn font(&self, weight: Weight) -> Font {
        self.face(weight).written.clone()
    }

    /// The glyphs of a line.
    pub(crate) fn glyphs(&self, weight: Weight, line: &str) -> Result<Vec<KrillaGlyph>, IssueError> {
        let face = self.face(weight);
        line.char_indices()
            .map(|(start, character)| {
                let (glyph, advance) = face.glyph(character)?;
                let range = start..start + character.len_utf8();
                Ok(KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, range, None))
            })
            .collect()
    }

    /// How wide a line is at a size.
    pub(crate) fn width(&self, weight: Weight, size: f32, line: &str) -> Result<f32, IssueError> {
        let face = self.face(weight);
        line.chars().try_fold(
            0.0,
            |width, character| Ok(width + size * face.glyph(character)?.1),
        )
    }

    /// Breaks a text into lines of at most `room`. A line that goes on after a space keeps it, so that its last word does not
    /// grow into the next for whoever reads the file by program; a word longer than a line is cut where the line is full.
    pub(crate) fn wrap(
        &self,
        weight: Weight,
        size: f32,
        room: f32,
        text: &str,
    ) -> Result<Vec<String>, IssueError> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if self.width(weight, size, &longer)? <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(format!("{line} "));
            }
            line = self.cut(weight, size, room, word, &mut lines)?;
        }
        lines.push(line);
        Ok(lines)
    }

    /// Pushes all of a word but its last line: cut behind the last sign in a full line, or where the line is full. The rest of it.
    fn cut(
        &self,
        weight: Weight,
        size: f32,
        room: f32,
        word: &str,
        lines: &mut Vec<String>,
    ) -> Result<String, IssueError> {
        let mut line = String::new();
        for character in word.chars() {
            line.push(character);
            if self.width(weight, size, &line)? <= room || line.chars().count() == 1 {
                continue;
            }
            line.pop();
            let sign = line
                .rfind(['@', '.', '-', '_', '/'])
                .map_or(line.len(), |sign| sign + 1);
            let rest = line.split_off(sign);
            lines.push(std::mem::replace(&mut line, rest));
            line.push(character);
        }
        Ok(line)
    }

    /// Whether a character can be shown in every weight.
    pub(crate) fn has(&self, character: char) -> bool {
        self.regular.glyph(character).is_ok() && self.bold.glyph(character).is_ok()
    }

    const fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Face {
    fn new(bytes: &'static [u8]) -> Result<Self, IssueError> {
        let read = FontRef::from_index(bytes, 0).map_err(|_| IssueError::BuiltIn("a font"))?;
        Ok(Self {
            characters: read.charmap(),
            metrics: read.glyph_metrics(Size::unscaled(), LocationRef::default()),
            written: Font::new(bytes.into(), 0).ok_or(IssueError::BuiltIn("a font"))?,
        })
    }

    /// A character's glyph, and how far it moves on, for a size of 1.
    fn glyph(&self, character: char) -> Result<(GlyphId, f32), IssueError> {
        let missing = || IssueError::Unprintable(character);
        let glyph = self.characters.map(character).ok_or_else(missing)?;
        let advance = self.metrics.advance_width(glyph).ok_or_else(missing)?;
        Ok((
            GlyphId::new(glyph.to_u32()),
            advance / self.written.units_per_em(),
        ))
    }
}
