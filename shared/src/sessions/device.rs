//! What a browser says about itself, in the two words that a person recognises: which browser, on which system.
//!
//! The User-Agent header is long, full of the names of others, and frozen by the browsers themselves; what can be told from
//! it for sure is short. Everything else is [`Browser::Other`], which is no error.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $text:tt),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As it stands in the database and in bodies.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads what [`Self::as_str`] writes; a word of a later version is the unknown one.
            pub fn of_word(word: &str) -> Self {
                Self::ALL.iter().copied().find(|one| one.as_str() == word).unwrap_or(Self::Other)
            }
        }
    };
}

words!(
    /// Which browser.
    Browser {
        /// Chrome, or one that says that it is.
        Chrome "chrome",
        /// Mozilla Firefox.
        Firefox "firefox",
        /// Apple Safari.
        Safari "safari",
        /// Microsoft Edge.
        Edge "edge",
        /// Opera.
        Opera "opera",
        /// Samsung Internet.
        Samsung "samsung",
        /// Another one, or no browser.
        Other "other",
    }
);

words!(
    /// On which system.
    System {
        /// Windows.
        Windows "windows",
        /// macOS.
        MacOs "mac_os",
        /// Linux on a computer.
        Linux "linux",
        /// Android.
        Android "android",
        /// iOS or iPadOS, as far as it says so.
        Ios "ios",
        /// ChromeOS.
        ChromeOs "chrome_os",
        /// Another one.
        Other "other",
    }
);

/// A browser on a system: what the list of sessions shows of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// Which browser.
    pub browser: Browser,
    /// On which system.
    pub system: System,
}

/// The products by which a browser is known. The first that occurs decides: each of them also names those below it.
const BROWSERS: &[(&str, Browser)] = &[
    ("Edg/", Browser::Edge),
    ("EdgA/", Browser::Edge),
    ("EdgiOS/", Browser::Edge),
    ("OPR/", Browser::Opera),
    ("OPiOS/", Browser::Opera),
    ("SamsungBrowser/", Browser::Samsung),
    ("Firefox/", Browser::Firefox),
    ("FxiOS/", Browser::Firefox),
    ("CriOS/", Browser::Chrome),
    ("Chrome/", Browser::Chrome),
    ("Version/", Browser::Safari),
];

/// The words by which a system is known, in the same way: an Android names Linux, an iPhone names Mac OS X.
const SYSTEMS: &[(&str, System)] = &[
    ("Windows NT", System::Windows),
    ("Android", System::Android),
    ("iPhone", System::Ios),
    ("iPad", System::Ios),
    ("iPod", System::Ios),
    ("CrOS", System::ChromeOs),
    ("Macintosh", System::MacOs),
    ("Linux", System::Linux),
];

impl Device {
    /// Nothing is known about it.
    pub const UNKNOWN: Self = Self {
        browser: Browser::Other,
        system: System::Other,
    };

    /// Reads a User-Agent header, whatever it holds.
    pub fn of_user_agent(text: &str) -> Self {
        Self {
            browser: first(BROWSERS, text)
                // "Version/" is said by others than Safari too, and only Safari ends with its own name.
                .filter(|browser| *browser != Browser::Safari || text.contains("Safari/"))
                .unwrap_or(Browser::Other),
            system: first(SYSTEMS, text).unwrap_or(System::Other),
        }
    }
}

fn first<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    table
        .iter()
        .find(|(word, _)| text.contains(word))
        .map(|(_, meaning)| *meaning)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        Browser::Chrome,
        System::Windows
    )]
    #[case(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
        Browser::Edge,
        System::Windows
    )]
    #[case(
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        Browser::Firefox,
        System::Linux
    )]
    #[case(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
        Browser::Safari,
        System::MacOs
    )]
    #[case(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.0.0 Mobile/15E148 Safari/604.1",
        Browser::Chrome,
        System::Ios
    )]
    #[case(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
        Browser::Samsung,
        System::Android
    )]
    #[case(
        "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 OPR/126.0.0.0",
        Browser::Opera,
        System::ChromeOs
    )]
    #[case(
        "Mozilla/5.0 (Linux; U; Android 4.0) AppleWebKit/534.30 Version/4.0 Mobile",
        Browser::Other,
        System::Android
    )]
    #[case("curl/8.11.0", Browser::Other, System::Other)]
    #[case("", Browser::Other, System::Other)]
    fn a_browser_is_told_by_its_own_name(
        #[case] text: &str,
        #[case] browser: Browser,
        #[case] system: System,
    ) {
        assert_eq!(Device::of_user_agent(text), Device { browser, system });
    }

    #[test]
    fn words_are_read_as_they_are_written_and_later_words_are_unknown() {
        for browser in Browser::ALL {
            assert_eq!(Browser::of_word(browser.as_str()), *browser);
        }
        for system in System::ALL {
            assert_eq!(System::of_word(system.as_str()), *system);
        }
        assert_eq!(Browser::of_word("netscape"), Browser::Other);
        assert_eq!(System::of_word(""), System::Other);
    }

    proptest! {
        #[test]
        fn no_header_panics(text in "\\PC{0,300}") {
            let _ = Device::of_user_agent(&text);
        }
    }
}
