//! The steps of a recovery, named on every page of it.

use crate::i18n::use_text;
use crate::ui::Stepper;
use yew::prelude::*;

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

/// Properties of [`RecoverySteps`].
#[derive(Clone, Copy, Debug, PartialEq, Properties)]
pub struct RecoveryStepsProps {
    /// The present step.
    pub step: Step,
}

/// The steps, with the present one marked.
#[component]
pub fn RecoverySteps(props: &RecoveryStepsProps) -> Html {
    let text = use_text();
    let steps = [
        text.recovery_step_identify(),
        text.recovery_step_questions(),
        text.recovery_step_link(),
        text.recovery_step_password(),
    ];
    let current = props.step.index();
    let name = steps.get(current).or(steps.last()).copied().unwrap_or_default();
    let position = text.recovery_step_position(name, (current + 1).min(steps.len()), steps.len());
    html! {
        <Stepper label={text.recovery_steps_label()} steps={steps.map(AttrValue::from).to_vec()} {current} {position} />
    }
}
