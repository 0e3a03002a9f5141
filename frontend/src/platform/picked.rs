//! A file that the person picked or dropped on the page. It stays theirs: nothing here sends it.

use super::window;
use core::fmt;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, DragEvent, Event, File, FileList, HtmlInputElement};
use yew::TargetCast;

/// A file that was picked.
#[derive(Clone, PartialEq, Eq)]
pub struct Picked(File);

/// Names may be personal: they do not show.
impl fmt::Debug for Picked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picked({} bytes)", self.size())
    }
}

impl Picked {
    /// A file of this name and these bytes, as if it had been picked. `None` where the browser makes no files.
    pub fn made_of(name: &str, bytes: &[u8]) -> Option<Self> {
        let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
        File::new_with_u8_array_sequence(&parts, name).ok().map(Self)
    }

    /// What it is called on the person's device: for their eyes only.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is a whole number of bytes"
        )]
        let size = self.0.size() as u64;
        size
    }

    /// What is in it. `None` if it cannot be read: it was moved or changed since.
    pub async fn bytes(&self) -> Option<Vec<u8>> {
        let buffer = JsFuture::from(self.0.array_buffer()).await.ok()?;
        Some(js_sys::Uint8Array::new(&buffer).to_vec())
    }

    pub(super) const fn file(&self) -> &File {
        &self.0
    }
}

/// What the person picked in an `<input type="file">`. The input is emptied, so that the same file can be picked again.
pub fn from_input(event: &Event) -> Vec<Picked> {
    let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
        return Vec::new();
    };
    let picked = listed(input.files());
    input.set_value("");
    picked
}

/// What the person dropped.
pub fn from_drop(event: &DragEvent) -> Vec<Picked> {
    listed(event.data_transfer().and_then(|dragged| dragged.files()))
}

fn listed(files: Option<FileList>) -> Vec<Picked> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length())
        .filter_map(|index| files.get(index))
        .map(Picked)
        .collect()
}

/// Keeps the browser from opening a file that is dropped beside the place for it, in place of the page, until the handle is
/// dropped. What is dragged and is no file stays the browser's.
pub fn keep_page() -> [EventListener; 2] {
    ["dragover", "drop"].map(|name| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window(), name, options, |event| {
            let dragged = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            if dragged.is_some_and(|dragged| has_files(&dragged)) {
                event.prevent_default();
            }
        })
    })
}

fn has_files(dragged: &DataTransfer) -> bool {
    dragged.types().includes(&"Files".into(), 0)
}
