//! The colours chosen on this device; without a choice, the device's own.

use super::{document, storage};

const REMEMBERED: &str = "clavero.theme";
const ATTRIBUTE: &str = "data-theme";

/// Which colours are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    Device,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Device, Self::Light, Self::Dark];

    /// The name under which it is remembered, and which the style sheet knows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The choice with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// The choice remembered on this device.
pub fn remembered() -> Theme {
    storage::local(REMEMBERED)
        .and_then(|name| Theme::named(&name))
        .unwrap_or_default()
}

/// Shows these colours from now on, also at the next visit.
pub fn choose(theme: Theme) {
    storage::set_local(REMEMBERED, theme.name());
    show(theme);
}

/// Shows these colours.
pub fn show(theme: Theme) {
    let Some(root) = document().document_element() else {
        return;
    };
    // Refused only for names that are no attribute names.
    let _ = match theme {
        Theme::Device => root.remove_attribute(ATTRIBUTE),
        Theme::Light | Theme::Dark => root.set_attribute(ATTRIBUTE, theme.name()),
    };
}
