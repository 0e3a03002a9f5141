//! The steps of a procedure, named on every page of it.

use crate::ui::{StepperProps, stepper};
use shared::i18n::Text;
use yew::prelude::*;
use yew::props;

/// Where in a recovery a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Who asks for whom.
    Identify,
    /// Proving it.
    Questions,
    /// The link by mail.
    Link,
    /// The new password.
    Password,
    /// All is done.
    Done,
}

impl Step {
    const fn index(self) -> usize {
        match self {
            Self::Identify => 0,
            Self::Questions => 1,
            Self::Link => 2,
            Self::Password => 3,
            Self::Done => 4,
        }
    }
}

/// The steps of a recovery, with the present one marked.
pub fn steps(text: Text, step: Step) -> Html {
    let names = [
        text.recovery_step_identify(),
        text.recovery_step_questions(),
        text.recovery_step_link(),
        text.recovery_step_password(),
    ];
    drawn(text, text.recovery_steps_label(), names, step.index())
}

/// Where in an unblocking a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlockStep {
    /// Who asks for whom.
    Identify,
    /// Proving it.
    Passkey,
    /// The link, by mail or text message.
    Link,
    /// Confirming.
    Confirm,
    /// All is done.
    Done,
}

impl UnlockStep {
    const fn index(self) -> usize {
        match self {
            Self::Identify => 0,
            Self::Passkey => 1,
            Self::Link => 2,
            Self::Confirm => 3,
            Self::Done => 4,
        }
    }
}

/// The steps of an unblocking, with the present one marked.
pub fn unlock_steps(text: Text, step: UnlockStep) -> Html {
    let names = [
        text.unlock_step_identify(),
        text.unlock_step_passkey(),
        text.unlock_step_link(),
        text.unlock_step_confirm(),
    ];
    drawn(text, text.unlock_steps_label(), names, step.index())
}

/// Where in a signed request a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureStep {
    /// What it is for.
    Purpose,
    /// Who asks for whom.
    Identify,
    /// Fetching, signing, uploading.
    Sign,
    /// What came of it.
    Result,
    /// All is done.
    Done,
}

impl SignatureStep {
    const fn index(self) -> usize {
        match self {
            Self::Purpose => 0,
            Self::Identify => 1,
            Self::Sign => 2,
            Self::Result => 3,
            Self::Done => 4,
        }
    }
}

/// The steps of a signed request, with the present one marked.
pub fn signature_steps(text: Text, step: SignatureStep) -> Html {
    let names = [
        text.signatures_step_purpose(),
        text.signatures_step_identify(),
        text.signatures_step_sign(),
        text.signatures_step_result(),
    ];
    drawn(text, text.signatures_steps_label(), names, step.index())
}

/// Where in the booking of an appointment a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppointmentStep {
    /// Where and what for.
    Place,
    /// When.
    Time,
    /// Who asks for whom.
    Identify,
    /// Confirming the place that is held.
    Confirm,
    /// All is done.
    Done,
}

impl AppointmentStep {
    const fn index(self) -> usize {
        match self {
            Self::Place => 0,
            Self::Time => 1,
            Self::Identify => 2,
            Self::Confirm => 3,
            Self::Done => 4,
        }
    }
}

/// The steps of a booking, with the present one marked.
pub fn appointment_steps(text: Text, step: AppointmentStep) -> Html {
    let names = [
        text.appointments_step_place(),
        text.appointments_step_time(),
        text.appointments_step_identify(),
        text.appointments_step_confirm(),
    ];
    drawn(text, text.appointments_steps_label(), names, step.index())
}

fn drawn(text: Text, label: &'static str, names: [&'static str; 4], current: usize) -> Html {
    let name = names.get(current).or(names.last()).copied().unwrap_or_default();
    let position = text.recovery_step_position(name, (current + 1).min(names.len()), names.len());
    stepper(&props!(StepperProps {
        label,
        steps: names.map(AttrValue::from).to_vec(),
        current,
        position
    }))
}
