//! The countdown as it looks and speaks at its boundaries.

use crate::scene::Scene;
use core::cell::Cell;
use core::time::Duration;
use frontend::countdown::{LinkCountdown, Task};
use frontend::platform::clock;
use shared::time::{Countdown, Deadline, Timestamp};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

/// A countdown of 180 s with `left` seconds left, on a server whose clock is days away from this one.
fn with_left(left: u64) -> Countdown {
    let server_now = Timestamp::from_millis(86_400_000);
    Countdown::new(
        Deadline::after(server_now, Duration::from_secs(left)),
        Duration::from_mins(3),
        server_now,
        clock::now(),
    )
}

async fn showing(left: u64) -> (Scene, Rc<Cell<u32>>) {
    let over = Rc::new(Cell::new(0));
    let onover = {
        let over = over.clone();
        Callback::from(move |()| over.set(over.get() + 1))
    };
    (
        Scene::of(html! { <LinkCountdown countdown={with_left(left)} task={Task::Mail} {onover} /> }).await,
        over,
    )
}

#[wasm_bindgen_test]
async fn it_runs_from_the_servers_time() {
    let (scene, over) = showing(180).await;
    assert_eq!(scene.text_of(".countdown-clock"), "3:00");
    assert!(scene.text_of(".countdown-caption").contains("Tiene tiempo"));
    assert_eq!(over.get(), 0);
}

#[wasm_bindgen_test]
async fn colour_and_words_change_at_sixty_and_twenty_seconds() {
    for (left, class, clock, words) in [
        (61, "countdown", "1:01", "Tiene tiempo"),
        (60, "countdown-soon", "1:00", "menos de un minuto"),
        (21, "countdown-soon", "0:21", "menos de un minuto"),
        (20, "countdown-last", "0:20", "pocos segundos"),
        (1, "countdown-last", "0:01", "pocos segundos"),
    ] {
        let (scene, over) = showing(left).await;
        assert_eq!(scene.text_of(".countdown-clock"), clock, "{left}");
        assert!(scene.find(&format!(".{class}")).is_some(), "{left}");
        assert!(scene.text_of(".countdown-caption").contains(words), "{left}");
        assert_eq!(over.get(), 0, "{left}");
    }
}

#[wasm_bindgen_test]
async fn at_zero_it_says_so_once() {
    let (scene, over) = showing(0).await;
    assert_eq!(scene.text_of(".countdown-clock"), "0:00");
    assert!(scene.text_of(".countdown-caption").contains("El tiempo terminó"));
    assert_eq!(over.get(), 1);
}

#[wasm_bindgen_test]
async fn the_digits_are_silent_and_nothing_is_said_on_arrival() {
    let (scene, _) = showing(100).await;
    assert_eq!(
        scene.get("[role=timer]").get_attribute("aria-live").as_deref(),
        Some("off")
    );
    assert_eq!(
        scene.get("[role=status]").text_content().unwrap_or_default(),
        "",
        "100 s is no moment to speak"
    );
}
