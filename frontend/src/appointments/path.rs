//! The steps before a place is held, and which of them is missing.

use crate::forms::choice::Choice;
use crate::routes::{AppointmentPage, Route, use_navigator};
use shared::centres::{CentreId, Mode, Procedure, Territory};
use shared::time::Timestamp;
use yew::prelude::*;

/// Everything up to the errand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Errand {
    /// In which province.
    pub province: Territory,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
}

/// Everything up to the centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Visit {
    /// What for, how and around where.
    pub errand: Errand,
    /// At which centre.
    pub centre: CentreId,
}

/// Everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// What for and where.
    pub visit: Visit,
    /// When.
    pub starts_at: Timestamp,
}

/// The province, or the step that asks for it.
fn province(choice: &Choice) -> Result<Territory, AppointmentPage> {
    choice.province.ok_or(AppointmentPage::Begin)
}

/// The errand, or the step that is missing.
fn errand(choice: &Choice) -> Result<Errand, AppointmentPage> {
    Ok(Errand {
        province: province(choice)?,
        procedure: choice.procedure.ok_or(AppointmentPage::Errand)?,
        mode: choice.mode.ok_or(AppointmentPage::Errand)?,
    })
}

/// The visit, or the step that is missing.
fn visit(choice: &Choice) -> Result<Visit, AppointmentPage> {
    Ok(Visit {
        errand: errand(choice)?,
        centre: choice.centre.ok_or(AppointmentPage::Centre)?,
    })
}

fn wanted(choice: &Choice) -> Result<Wanted, AppointmentPage> {
    Ok(Wanted {
        visit: visit(choice)?,
        starts_at: choice.starts_at.ok_or(AppointmentPage::Time)?,
    })
}

/// What was chosen as far as a step needs it; without it, the person is led to the step that is missing.
#[hook]
fn use_chosen<T: Copy + PartialEq + 'static>(read: fn(&Choice) -> Result<T, AppointmentPage>) -> Option<T> {
    let navigator = use_navigator();
    let chosen = use_memo((), |()| read(&Choice::recall()));
    use_effect_with(*chosen, move |chosen| {
        if let Err(missing) = chosen {
            navigator.replace(Route::Appointment(*missing));
        }
    });
    chosen.ok()
}

/// The province that was chosen.
#[hook]
pub(super) fn use_province() -> Option<Territory> {
    use_chosen(province)
}

/// The errand that was chosen.
#[hook]
pub(super) fn use_errand() -> Option<Errand> {
    use_chosen(errand)
}

/// The visit that was chosen.
#[hook]
pub(super) fn use_visit() -> Option<Visit> {
    use_chosen(visit)
}

/// Everything that was chosen.
#[hook]
pub(super) fn use_wanted() -> Option<Wanted> {
    use_chosen(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_first_question_that_was_not_asked_is_the_missing_one() {
        let mut choice = Choice::default();
        assert_eq!(wanted(&choice), Err(AppointmentPage::Begin));
        choice.starts_at = Some(Timestamp::from_micros(0));
        choice.province = "17".parse().ok();
        assert_eq!(wanted(&choice), Err(AppointmentPage::Errand));
        choice.procedure = Some(Procedure::Unlock);
        assert_eq!(errand(&choice), Err(AppointmentPage::Errand));
        choice.mode = Some(Mode::Video);
        assert!(errand(&choice).is_ok());
        assert_eq!(visit(&choice), Err(AppointmentPage::Centre));
        choice.centre = Some(CentreId::new(shared::time::Timestamp::from_micros(0), [0; 10]));
        assert!(wanted(&choice).is_ok());
        choice.starts_at = None;
        assert_eq!(wanted(&choice), Err(AppointmentPage::Time));
    }
}
