//! From where and with what somebody came, in words.

use shared::i18n::Text;
use shared::sessions::{Browser, Device, Network, System};

/// Browser and system: "Chrome en Windows".
pub(super) fn device(text: Text, device: Device) -> String {
    match (browser(device.browser), system(device.system)) {
        (Some(browser), Some(system)) => text.sessions_device(browser, system),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => text.sessions_device_unknown().to_owned(),
    }
}

/// Browser, system and network, as far as they are known.
pub(super) fn place(text: Text, came_with: Option<Device>, network: Option<Network>) -> Option<String> {
    match (came_with.map(|it| device(text, it)), network) {
        (Some(device), Some(network)) => Some(text.sessions_place(device, network.to_string())),
        (Some(device), None) => Some(device),
        (None, Some(network)) => Some(text.sessions_network(network.to_string())),
        (None, None) => None,
    }
}

/// The names of browsers are the same in every language.
const fn browser(browser: Browser) -> Option<&'static str> {
    match browser {
        Browser::Chrome => Some("Chrome"),
        Browser::Firefox => Some("Firefox"),
        Browser::Safari => Some("Safari"),
        Browser::Edge => Some("Edge"),
        Browser::Opera => Some("Opera"),
        Browser::Samsung => Some("Samsung Internet"),
        Browser::Other => None,
    }
}

/// So are those of systems.
const fn system(system: System) -> Option<&'static str> {
    match system {
        System::Windows => Some("Windows"),
        System::MacOs => Some("macOS"),
        System::Linux => Some("Linux"),
        System::Android => Some("Android"),
        System::Ios => Some("iOS"),
        System::ChromeOs => Some("ChromeOS"),
        System::Other => None,
    }
}
