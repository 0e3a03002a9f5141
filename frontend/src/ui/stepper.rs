//! Where in a procedure the person is.

use super::icon::{Shape, icon};
use yew::prelude::*;

/// Properties of [`stepper`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StepperProps {
    /// What the list is, for screen readers.
    pub label: AttrValue,
    /// The steps' names, in order.
    pub steps: Vec<AttrValue>,
    /// The index of the present step; `steps.len()` when all are done.
    pub current: usize,
    /// "Step 2 of 4" in words: what narrow screens show with the present step's name.
    pub position: AttrValue,
}

/// The steps of a procedure with the present one marked. It shows the way, it does not lead there.
pub fn stepper(props: &StepperProps) -> Html {
    html! {
        <nav class="stepper" aria-label={props.label.clone()}>
            <p class="stepper-position">{ &props.position }</p>
            <ol>{ for props.steps.iter().enumerate().map(|(index, name)| step(props.current, index, name)) }</ol>
        </nav>
    }
}

/// One step.
fn step(current: usize, index: usize, name: &AttrValue) -> Html {
    let class = match index.cmp(&current) {
        core::cmp::Ordering::Less => "done",
        core::cmp::Ordering::Equal => "current",
        core::cmp::Ordering::Greater => "",
    };
    html! {
        <li {class} aria-current={(index == current).then_some("step")}>
            <span class="stepper-sign" aria-hidden="true">
                if index < current { { icon(Shape::Check) } } else { { index + 1 } }
            </span>
            <span class="stepper-name">{ name }</span>
        </li>
    }
}
