//! What a passkey may be called, from what the browser says of its device.

use crate::platform::agent::user_agent;
use shared::i18n::Text;
use shared::sessions::{Device, System};

/// A name for this device, in the reader's language. Nobody has to keep it.
pub fn suggested(text: Text) -> String {
    name_of(text, Device::of_user_agent(&user_agent()).system)
}

/// A name for a device on this system. The names of systems are the same in every language.
fn name_of(text: Text, system: System) -> String {
    match system {
        System::Android => text.passkeys_device_phone("Android"),
        System::Ios => "iPhone / iPad".to_owned(),
        System::Windows => text.passkeys_device_computer("Windows"),
        System::MacOs => text.passkeys_device_computer("Mac"),
        System::Linux => text.passkeys_device_computer("Linux"),
        System::ChromeOs => "Chromebook".to_owned(),
        System::Other => text.passkeys_device_other().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::name_of;
    use shared::i18n::{Language, Text};
    use shared::passkeys::PasskeyName;
    use shared::sessions::System;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_suggestion_is_a_name() {
        for system in System::ALL {
            let name = name_of(Text::new(Language::Es), *system);
            assert!(name.parse::<PasskeyName>().is_ok(), "{name}");
        }
    }
}
