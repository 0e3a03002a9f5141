//! The few drawings: the symbol (a key whose bit is a check mark) and signs that stand beside words, never alone.

use yew::prelude::*;

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A key: getting back in.
    Key,
    /// An open padlock.
    Unlock,
    /// A pen on a line.
    Pen,
    /// A calendar sheet.
    Calendar,
    /// A check mark: done.
    Check,
    /// An i in a circle: good to know.
    Info,
    /// A triangle: take care.
    Warning,
    /// A circle with a bar: stopped.
    Stop,
    /// An empty circle: not yet.
    Open,
    /// A circle half filled: follows the device.
    Half,
    /// A sun.
    Sun,
    /// A moon.
    Moon,
    /// An envelope.
    Envelope,
    /// A mobile telephone.
    Phone,
    /// A sheet with an arrow upwards: a file to be sent.
    Sheet,
}

impl Shape {
    /// The strokes, in a box of 24 by 24.
    const fn path(self) -> &'static str {
        match self {
            Self::Key => "M11 9.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 1 1 9 0H22M12.5 14.5l3.5 3.5 6-8.5",
            Self::Unlock => "M5 11h14v9H5zM8 11V7.5a4 4 0 0 1 7.6-1.7M12 15v2",
            Self::Pen => "M4 20h16M6 16l1-4L16 3l3 3-9 9z",
            Self::Calendar => "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M8 14h3",
            Self::Check => "M5 12.5l4.5 4.5L19 7",
            Self::Info => "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 11v6M12 7.5v.01",
            Self::Warning => "M12 3.5L22 20H2zM12 10v4.5M12 17v.01",
            Self::Stop => "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 7v6M12 16.5v.01",
            Self::Open => "M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14",
            Self::Half => "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16v16M12 8h4M12 12h7M12 16h4",
            Self::Sun => {
                "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M19 5l-1.4 1.4M6.4 17.6L5 19"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
            Self::Envelope => "M3 6h18v12H3zM3 7l9 7 9-7",
            Self::Phone => "M7 3h10v18H7zM11 18h2",
            Self::Sheet => "M6 3h8l4 4v14H6zM12 18v-7M9 14l3-3 3 3",
        }
    }
}

/// A sign beside words; screen readers pass it over.
pub(super) fn icon(shape: Shape) -> Html {
    html! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={shape.path()} /></svg> }
}

/// The symbol: a key whose bit is a check mark. Decorative, because the name stands beside it.
pub fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <circle cx="8.5" cy="12" r="6" />
            <path d="M14.5 12H29.5M16.5 18.5l5 5 8-11.5" />
        </svg>
    }
}
