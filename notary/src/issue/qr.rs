//! The QR code, as runs of dark modules.

use super::IssueError;
use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code, as its standard asks.
pub(crate) const QUIET: u16 = 4;

/// A code's dark modules.
#[derive(Debug)]
pub(crate) struct Code {
    /// Modules a side, without the quiet ones around.
    pub(crate) side: u16,
    /// Row, first column, how many.
    pub(crate) runs: Vec<Run>,
}

/// Dark modules beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) row: u16,
    pub(crate) column: u16,
    pub(crate) length: u16,
}

impl Code {
    /// Of a text; it survives the loss of 15 % of it.
    pub(crate) fn of(text: &str) -> Result<Self, IssueError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| IssueError::TooLong)?;
        let side = u16::try_from(code.width()).map_err(|_| IssueError::TooLong)?;
        let mut runs: Vec<Run> = Vec::new();
        for (row, modules) in (0..side).zip(code.to_colors().chunks(code.width())) {
            for (column, module) in (0..side).zip(modules) {
                match (module, runs.last_mut()) {
                    (Color::Light, _) => {}
                    (Color::Dark, Some(last)) if last.row == row && last.column + last.length == column => {
                        last.length += 1;
                    }
                    (Color::Dark, _) => runs.push(Run {
                        row,
                        column,
                        length: 1,
                    }),
                }
            }
        }
        Ok(Self { side, runs })
    }
}
