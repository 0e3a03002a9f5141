//! Numbers while they are being typed: grouping, and what can be said before the last digit is there.

use super::digits::Digits;
use super::{Cedula, EmployerIdentifier, InvalidIdentifier, Province, RepresentativeId, Ruc};

/// How far a field has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress<T> {
    /// Nothing was typed.
    Empty,
    /// Nothing is wrong so far, and more is to come.
    Partial,
    /// It can be taken as it is. An employer's ten digits may still grow into thirteen.
    Complete(T),
    /// Typing on does not help: something must be changed.
    Wrong(InvalidIdentifier),
}

impl EmployerIdentifier {
    /// What can be said of a half-typed RUC or household cédula. Ten digits that are no cédula are half a RUC.
    pub fn progress(text: &str) -> Progress<Self> {
        progress(text, 13, is_ruc_third, |typed| match typed.as_slice().len() {
            10 => Self::of(typed).map_or(Progress::Partial, Progress::Complete),
            13 => Self::of(typed).map_or_else(Progress::Wrong, Progress::Complete),
            _ => Progress::Partial,
        })
    }
}

/// The cédula of the person whose number is being typed, as soon as it can be known and until something else is typed: a
/// household employer's ten digits may grow into a natural person's RUC, and both act for themselves.
pub fn typed_own_representative(text: &str) -> Option<Cedula> {
    let typed = Digits::read(text).ok()?;
    let digits = typed.as_slice();
    let known = if matches!(digits.len(), 11 | 12) {
        // Half a RUC: its beginning alone may say whose it is.
        super::digits::text(&digits[..10]).parse::<EmployerIdentifier>()
    } else {
        EmployerIdentifier::of(&typed)
    };
    known.ok()?.own_representative()
}

impl Ruc {
    /// What can be said of a half-typed RUC.
    pub fn progress(text: &str) -> Progress<Self> {
        progress(text, 13, is_ruc_third, |typed| match typed.exactly() {
            Ok(number) => Self::of(number).map_or_else(Progress::Wrong, Progress::Complete),
            Err(_) => Progress::Partial,
        })
    }
}

impl Cedula {
    /// What can be said of a half-typed cédula.
    pub fn progress(text: &str) -> Progress<Self> {
        progress(
            text,
            10,
            |third| third <= 6,
            |typed| match typed.exactly() {
                Ok(number) => Self::of(number).map_or_else(Progress::Wrong, Progress::Complete),
                Err(_) => Progress::Partial,
            },
        )
    }
}

impl RepresentativeId {
    /// What can be said of a half-typed cédula or foreigner code.
    pub fn progress(text: &str) -> Progress<Self> {
        if text.chars().any(|character| character.is_ascii_alphabetic()) {
            return match text.parse() {
                Ok(code) => Progress::Complete(code),
                Err(InvalidIdentifier::Length) if text.len() < 4 => Progress::Partial,
                Err(reason) => Progress::Wrong(reason),
            };
        }
        match Cedula::progress(text) {
            Progress::Empty => Progress::Empty,
            Progress::Partial => Progress::Partial,
            Progress::Complete(cedula) => Progress::Complete(Self::Cedula(cedula)),
            Progress::Wrong(reason) => Progress::Wrong(reason),
        }
    }
}

/// The digits in groups of 2, 4, 4 and 3, so that the cédula inside a natural person's RUC looks the same and groups do
/// not jump while typing: `17 9001 1674 001`. A text that is not made of digits stays as it is.
pub fn group(text: &str) -> String {
    let Ok(digits) = Digits::read(text) else {
        return text.to_owned();
    };
    let mut grouped = String::with_capacity(16);
    for (position, value) in digits.as_slice().iter().enumerate() {
        if matches!(position, 2 | 6 | 10) {
            grouped.push(' ');
        }
        grouped.push(char::from(b'0' + value));
    }
    grouped
}

const fn is_ruc_third(digit: u8) -> bool {
    digit != 7 && digit != 8
}

fn progress<T>(
    text: &str,
    most: usize,
    is_third: impl Fn(u8) -> bool,
    read: impl Fn(&Digits) -> Progress<T>,
) -> Progress<T> {
    let typed = match Digits::read(text) {
        Ok(typed) => typed,
        Err(InvalidIdentifier::Missing) => return Progress::Empty,
        Err(reason) => return Progress::Wrong(reason),
    };
    let digits = typed.as_slice();
    if digits.len() > most {
        return Progress::Wrong(InvalidIdentifier::Length);
    }
    if digits.len() < most {
        if let Err(reason @ InvalidIdentifier::Province) = Province::of_digits(digits) {
            return Progress::Wrong(reason);
        }
        if digits.get(2).is_some_and(|third| !is_third(*third)) {
            return Progress::Wrong(InvalidIdentifier::ThirdDigit);
        }
    }
    read(&typed)
}
