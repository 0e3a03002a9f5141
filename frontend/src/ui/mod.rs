//! Parts of pages: what is typed into, pressed, read and waited for.
//!
//! Invariants: a part knows no domain word, no network and no language, so every text is a property; a control cannot
//! be made without a label; hint and error are tied to the control by `aria-describedby`; no part sets a `style`.
//! What a part looks like is in `styles/ui/`. Parts do not navigate: an `href` is a plain link, which the router takes over.

mod button;
mod checklist;
mod choice;
mod countdown;
mod date_fields;
mod dialog;
mod disclosure;
mod door;
mod error_summary;
mod field;
mod icon;
mod notice;
mod progress;
mod regions;
mod result;
mod stepper;
mod switches;
mod text_input;

pub use button::{Button, ButtonKind, ButtonLink, ButtonRole, ButtonState};
pub use checklist::{CheckState, Checklist, ChecklistItem};
pub use choice::{ChoiceOption, Radios, Select};
pub use countdown::{CountdownRing, CountdownTone};
pub use date_fields::{DateFields, DateLabels, DatePart, DateText};
pub use dialog::Dialog;
pub use disclosure::Disclosure;
pub use door::{Door, Doors};
pub use error_summary::{ErrorSummary, SummaryEntry};
pub use icon::{Shape, mark};
pub use notice::{Notice, Tone};
pub use progress::{Loading, Meter, Progress};
pub use regions::{LiveRegion, SkipLink, StageHeading, Urgency};
pub use result::{Description, DescriptionList, ResultPanel};
pub use stepper::Stepper;
pub use switches::{Switch, SwitchOption};
pub use text_input::{InputKind, InputWidth, TextInput};
