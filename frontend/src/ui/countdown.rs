//! Time that runs out: a ring and m:ss.

use super::regions::live_region;
use yew::prelude::*;

/// How close the end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountdownTone {
    /// Enough time.
    Calm,
    /// Not much.
    Soon,
    /// Very little.
    Last,
    /// None.
    Over,
}

impl CountdownTone {
    /// The classes that give it its colour.
    const fn class(self) -> &'static str {
        match self {
            Self::Calm => "countdown",
            Self::Soon => "countdown countdown-soon",
            Self::Last => "countdown countdown-last",
            Self::Over => "countdown countdown-over",
        }
    }
}

/// Properties of [`countdown_ring`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CountdownRingProps {
    /// What ends, for screen readers: the ring's name.
    pub label: AttrValue,
    /// What is left, as in `2:05`.
    pub clock: AttrValue,
    /// Thousandths left of the whole.
    pub permille: u16,
    /// How close the end is.
    pub tone: CountdownTone,
    /// What it means now, beside the ring.
    pub caption: AttrValue,
    /// What to say aloud; change it only when something is to be said.
    pub announcement: AttrValue,
}

/// A ring that empties, with the time in its middle. The digits do not speak; `announcement` does.
pub fn countdown_ring(props: &CountdownRingProps) -> Html {
    let left = props.permille.min(1000);
    html! {
        <div class={props.tone.class()}>
            <div class="countdown-face" role="timer" aria-label={format!("{}: {}", props.label, props.clock)} aria-live="off">
                <svg viewBox="0 0 120 120" aria-hidden="true" focusable="false">
                    <circle class="countdown-track" cx="60" cy="60" r="52" />
                    <circle class="countdown-left" cx="60" cy="60" r="52" pathLength="1000"
                        stroke-dasharray={format!("{left} 1000")} transform="rotate(-90 60 60)" />
                </svg>
                <span class="countdown-clock" aria-hidden="true">{ &props.clock }</span>
            </div>
            <p class="countdown-caption">{ &props.caption }</p>
            { live_region(&props.announcement) }
        </div>
    }
}
