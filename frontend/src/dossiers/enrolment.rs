//! The one-time link with which the person enrols a passkey, shown to them and to nobody else.

use crate::countdown::use_remaining;
use crate::i18n::use_text;
use crate::platform::{clock, focus};
use crate::ui::prose::{list, paragraph};
use crate::ui::{ButtonKind, QrProps, disclosure, press, qr};
use core::fmt::Write as _;
use shared::dossiers::api::EnrolmentShown;
use shared::time::{Countdown, Timestamp};
use yew::prelude::*;
use yew::props;

/// Modules of the quiet zone, on each side.
const QUIET: usize = 4;

/// Properties of [`Enrolment`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct EnrolmentProps {
    /// The link.
    pub shown: EnrolmentShown,
    /// The server's time when it said so.
    pub said: Timestamp,
    /// Puts it away.
    pub onclose: Callback<()>,
}

/// The link as a QR code and as text, and how long it holds.
#[component]
pub(super) fn Enrolment(props: &EnrolmentProps) -> Html {
    let text = use_text();
    let heard = *use_state(clock::now);
    let shown = &props.shown;
    let countdown = Countdown::new(
        shown.deadline,
        shown.deadline.remaining(props.said),
        props.said,
        heard,
    );
    let left = use_remaining(countdown);
    use_effect_with((), |()| focus::element("enrolment"));
    let (size, path) = drawn(shown.qr.expose());
    html! {
        <section class="card enrolment flow" id="enrolment" tabindex="-1" aria-labelledby="enrolment-title">
            <h2 id="enrolment-title">{ text.dossiers_enrolment_title() }</h2>
            if left.is_over() {
                { paragraph(text.dossiers_enrolment_over()) }
            } else {
                { list(&[text.dossiers_enrolment_scan(), text.dossiers_enrolment_own(), text.dossiers_enrolment_once()]) }
                { qr(&props!(QrProps { label: text.dossiers_enrolment_qr(), size, path })) }
                <p class="enrolment-left" role="timer" aria-live="off">{ text.dossiers_enrolment_left(left.clock()) }</p>
                { disclosure(text.dossiers_enrolment_text(), html! { <p><code class="secret">{ shown.link.expose().clone() }</code></p> }) }
            }
            <div class="actions">{ press(ButtonKind::Secondary, props.onclose.reform(|_: MouseEvent| ()), text.dossiers_enrolment_close()) }</div>
        </section>
    }
}

/// Rows of `#` and `.` as the data of a path, with a quiet zone around them; and how many modules one side has.
fn drawn(rows: &str) -> (u16, String) {
    let lines: Vec<&str> = rows.lines().collect();
    let mut path = String::new();
    for (y, line) in lines.iter().enumerate() {
        for (x, module) in line.chars().enumerate() {
            if module == '#' {
                // Writing into a text cannot fail.
                let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
            }
        }
    }
    let size = u16::try_from(lines.len() + 2 * QUIET).unwrap_or(u16::MAX);
    (size, path)
}

#[cfg(test)]
mod tests {
    use super::drawn;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn dark_modules_are_squares_behind_a_quiet_zone() {
        assert_eq!(drawn("#.\n.#"), (10, "M4 4h1v1h-1zM5 5h1v1h-1z".to_owned()));
        assert_eq!(drawn(""), (8, String::new()));
    }
}
