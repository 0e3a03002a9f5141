//! Parts of pages: what is typed into, pressed, read and waited for.
//!
//! Invariants: a part knows no domain word, no network and no language, so every text is a property; a control cannot
//! be made without a label; hint and error are tied to the control by `aria-describedby`; no part sets a `style`.
//! What a part looks like is in `styles/ui/`. Parts do not navigate: an `href` is a plain link, which the router takes over.

mod button;
mod chart;
mod checkbox;
mod checklist;
mod chips;
mod choice;
mod countdown;
mod date_fields;
mod dialog;
mod disclosure;
mod door;
mod error_summary;
mod field;
mod file_input;
mod icon;
mod notice;
mod progress;
pub mod prose;
mod qr;
mod regions;
mod result;
mod roving;
mod stepper;
mod switches;
mod tag;
mod text_input;
mod ticked_list;

pub use button::{ButtonKind, ButtonProps, ButtonRole, ButtonState, button, button_link, press, submit};
pub use chart::{ChartProps, Column, chart};
pub use checkbox::{CheckboxProps, CheckboxesProps, Tick, checkbox, checkboxes};
pub use checklist::{CheckState, ChecklistItem, ChecklistProps, checklist};
pub use chips::{Chip, ChipState, ChipsProps, chips};
pub use choice::{ChoiceOption, RadiosProps, SelectProps, radios, select};
pub use countdown::{CountdownRingProps, CountdownTone, countdown_ring};
pub use date_fields::{DateFieldsProps, DateLabels, DatePart, DateText, date_fields};
pub use dialog::{Dialog, Stake};
pub use disclosure::disclosure;
pub use door::{DoorProps, door, doors};
pub use error_summary::{ErrorSummary, SummaryEntry};
pub use file_input::{FileInput, FileInputProps};
pub use icon::{Shape, mark};
pub use notice::{NoticeProps, Tone, notice};
pub use progress::{MeterProps, ProgressProps, loading, meter, progress};
pub use qr::{QrProps, qr};
pub use regions::{Urgency, live_region, skip_link, stage_heading};
pub use result::{Description, DescriptionListProps, description_list, result_panel};
pub use roving::{Roving, RovingAct, RovingRow};
pub use stepper::{StepperProps, stepper};
pub use switches::{SwitchOption, SwitchProps, switch};
pub use tag::{TagTone, tag};
pub use text_input::{InputKind, InputWidth, TextInputProps, text_input};
pub use ticked_list::{Mark, TickedItem, ticked_list};
