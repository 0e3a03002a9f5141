//! How [`Form`] is read: as one flat record, then as the form that it names. What is sent is the same as for any tagged
//! enum; see `recovery/flat.rs` for why.

use super::Form;
use serde::Deserialize;

/// Every field that a form may have.
#[derive(Debug, Deserialize)]
pub(super) struct FlatForm {
    form: Name,
    choices: Option<Vec<String>>,
    year: Option<u16>,
    month: Option<u8>,
    banks: Option<Vec<String>>,
}

/// The names of the forms.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Date,
    Choice,
    Month,
    Number,
    NumberInMonth,
    Account,
}

/// A record without a field that its form has.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a field of the form is missing")]
pub(super) struct Incomplete;

impl TryFrom<FlatForm> for Form {
    type Error = Incomplete;

    fn try_from(flat: FlatForm) -> Result<Self, Incomplete> {
        let form = match flat.form {
            Name::Date => Some(Self::Date),
            Name::Choice => flat.choices.map(|choices| Self::Choice { choices }),
            Name::Month => Some(Self::Month),
            Name::Number => Some(Self::Number),
            Name::NumberInMonth => flat
                .year
                .zip(flat.month)
                .map(|(year, month)| Self::NumberInMonth { year, month }),
            Name::Account => flat.banks.map(|banks| Self::Account { banks }),
        };
        form.ok_or(Incomplete)
    }
}
