//! The link's time on the page: runs from the server's clock, survives sleep of the tab, speaks at four moments.

use crate::i18n::use_text;
use crate::platform::{clock, visibility};
use crate::ui::{CountdownRingProps, CountdownTone, countdown_ring};
use shared::i18n::Text;
use shared::time::{Countdown, Remaining};
use yew::prelude::*;
use yew::props;

/// Seconds left at which the countdown speaks.
pub const SPOKEN: [u32; 4] = [120, 60, 30, 10];

/// Milliseconds between two looks at the clock: often enough that no second is skipped.
const TICK: u32 = 250;

/// The moment to speak of when the time left went from `before` to `now` seconds: the last one passed, if any.
pub fn spoken(before: u32, now: u32) -> Option<u32> {
    SPOKEN
        .into_iter()
        .rev()
        .find(|moment| now <= *moment && *moment < before)
}

/// How close the end is: changes at 60 and at 20 seconds.
pub const fn tone(seconds: u32) -> CountdownTone {
    match seconds {
        0 => CountdownTone::Over,
        1..=20 => CountdownTone::Last,
        21..=60 => CountdownTone::Soon,
        _ => CountdownTone::Calm,
    }
}

/// What the time is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Finding the mail and opening the link.
    Mail,
    /// Typing the new password.
    Password,
    /// Finding the message that unblocks the account, and confirming.
    Unlock,
    /// Confirming a place that is held.
    Hold,
    /// Accepting a place that is offered.
    Offer,
}

/// What a tone means for the task, in words.
fn caption(text: Text, tone: CountdownTone, task: Task) -> &'static str {
    match (tone, task) {
        (CountdownTone::Calm, Task::Mail) => text.recovery_countdown_calm(),
        (CountdownTone::Calm, Task::Password) => text.reset_countdown_calm(),
        (CountdownTone::Calm, Task::Unlock) => text.unlock_countdown_calm(),
        (CountdownTone::Calm, Task::Hold) => text.appointments_held_calm(),
        (CountdownTone::Calm, Task::Offer) => text.appointments_offered_calm(),
        (CountdownTone::Soon, Task::Mail | Task::Password) => text.recovery_countdown_soon(),
        (CountdownTone::Soon, Task::Unlock) => text.unlock_countdown_soon(),
        (CountdownTone::Soon, Task::Hold) => text.appointments_held_soon(),
        (CountdownTone::Soon, Task::Offer) => text.appointments_offered_soon(),
        (CountdownTone::Last, Task::Mail | Task::Unlock | Task::Hold | Task::Offer) => {
            text.recovery_countdown_last()
        }
        (CountdownTone::Last, Task::Password) => text.reset_countdown_last(),
        (CountdownTone::Over, Task::Mail | Task::Password | Task::Unlock | Task::Hold | Task::Offer) => {
            text.recovery_countdown_over()
        }
    }
}

/// What the time is called, for screen readers.
fn label(text: Text, task: Task) -> &'static str {
    match task {
        Task::Mail | Task::Password | Task::Unlock => text.recovery_countdown_label(),
        Task::Hold => text.appointments_held_label(),
        Task::Offer => text.appointments_offered_label(),
    }
}

/// What is left, looked at again and again until nothing is.
#[hook]
pub fn use_remaining(countdown: Countdown) -> Remaining {
    let left = use_state_eq(|| countdown.remaining(clock::now()));
    {
        let left = left.setter();
        use_effect_with(countdown, move |countdown| {
            let countdown = *countdown;
            let look = move || left.set(countdown.remaining(clock::now()));
            look();
            // Timers stop while a device sleeps or a tab rests: coming back looks at once.
            let handles = (clock::every(TICK, look.clone()), visibility::on_return(look));
            move || drop(handles)
        });
    }
    *left
}

/// Properties of [`LinkCountdown`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LinkCountdownProps {
    /// The countdown.
    pub countdown: Countdown,
    /// What the time is for.
    pub task: Task,
    /// Called once, when nothing is left.
    pub onover: Callback<()>,
}

/// The link's time as a ring, and in words when they are due.
#[component]
pub fn LinkCountdown(props: &LinkCountdownProps) -> Html {
    let text = use_text();
    let left = use_remaining(props.countdown);
    let before = use_mut_ref(|| left.seconds);
    let moment = use_state_eq(|| None::<u32>);
    {
        let moment = moment.setter();
        let onover = props.onover.clone();
        use_effect_with(left.seconds, move |seconds| {
            let before = before.replace(*seconds);
            if *seconds > before {
                moment.set(None);
            } else if let Some(passed) = spoken(before, *seconds) {
                moment.set(Some(passed));
            }
            if *seconds == 0 {
                onover.emit(());
            }
        });
    }
    let tone = tone(left.seconds);
    let announcement = match (left.is_over(), *moment) {
        (true, _) => text.recovery_countdown_over().to_owned(),
        (false, Some(seconds)) => text.recovery_countdown_left(seconds.into()),
        (false, None) => String::new(),
    };
    countdown_ring(&props!(CountdownRingProps {
        label: label(text, props.task),
        clock: left.clock(),
        permille: left.permille,
        tone,
        caption: caption(text, tone, props.task),
        announcement
    }))
}

#[cfg(test)]
mod tests {
    use super::{spoken, tone};
    use crate::ui::CountdownTone;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_speaks_when_a_moment_is_passed_and_not_before() {
        for moment in [120, 60, 30, 10] {
            assert_eq!(spoken(moment + 2, moment + 1), None);
            assert_eq!(spoken(moment + 1, moment), Some(moment));
            assert_eq!(spoken(moment, moment - 1), None, "said once");
        }
    }

    #[test]
    fn after_a_sleep_only_the_last_moment_is_spoken_of() {
        assert_eq!(spoken(170, 25), Some(30));
        assert_eq!(spoken(170, 119), Some(120));
        assert_eq!(spoken(9, 3), None);
    }

    #[test]
    fn the_tone_changes_at_sixty_and_twenty() {
        assert_eq!([180, 61, 60, 21, 20, 1, 0].map(tone), {
            use CountdownTone::{Calm, Last, Over, Soon};
            [Calm, Calm, Soon, Soon, Last, Last, Over]
        });
    }
}
