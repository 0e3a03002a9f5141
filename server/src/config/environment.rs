//! The one door to the environment.

use super::error::ConfigError;
use std::ffi::OsString;

/// Variables that begin so set fields of the configuration.
pub const PREFIX: &str = "CLAVERO__";

/// The variable that says what to log.
const LOG: &str = "CLAVERO_LOG";

/// What to log, in the syntax of `tracing`: the environment variable `CLAVERO_LOG`.
pub fn log_filter() -> Option<String> {
    variable(LOG)
}

/// Whether the test hooks are to be mounted: the environment variable `CLAVERO_TEST_HOOKS` is `1`. Only a debug build asks.
#[cfg(debug_assertions)]
pub fn test_hooks() -> bool {
    variable("CLAVERO_TEST_HOOKS").is_some_and(|value| value == "1")
}

/// The variables that set fields, as name and text.
///
/// # Errors
/// Where one of them, or [`LOG`], is no UTF-8: it would be passed over.
pub(super) fn overrides() -> Result<Vec<(String, String)>, ConfigError> {
    overrides_of(all())
}

fn overrides_of(
    all: impl Iterator<Item = (OsString, OsString)>,
) -> Result<Vec<(String, String)>, ConfigError> {
    let mut found = Vec::new();
    for (name, value) in all {
        let sets_a_field = begins(&name, PREFIX);
        if !sets_a_field && name != LOG {
            continue;
        }
        let told = name.to_string_lossy().into_owned();
        let (Ok(name), Ok(text)) = (name.into_string(), value.into_string()) else {
            return Err(ConfigError::Variable {
                name: told,
                reason: "is no UTF-8",
            });
        };
        if sets_a_field {
            found.push((name, text));
        }
    }
    Ok(found)
}

/// Variables that look like ours and that nobody reads.
pub(super) fn unread() -> Vec<String> {
    all()
        .filter(|(name, _)| {
            begins(name, "CLAVERO_") && name != LOG && !begins(name, PREFIX) && !begins(name, "CLAVERO_TEST_")
        })
        .map(|(name, _)| name.to_string_lossy().into_owned())
        .collect()
}

/// Whether a name begins so, also one that is no UTF-8 further on.
fn begins(name: &OsString, with: &str) -> bool {
    name.as_encoded_bytes().starts_with(with.as_bytes())
}

fn all() -> impl Iterator<Item = (OsString, OsString)> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one door to the environment"
    )]
    std::env::vars_os()
}

fn variable(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one door to the environment"
    )]
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_is_no_text_is_told_and_not_passed_over() {
        use std::os::unix::ffi::OsStringExt;
        let read = |name: &[u8], value: &[u8]| {
            let bytes = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
            overrides_of(std::iter::once((bytes(name), bytes(value)))).map_err(|error| error.to_string())
        };
        let text = |text: &str| text.to_owned();
        assert_eq!(
            read(b"CLAVERO__A", b"x"),
            Ok(vec![(text("CLAVERO__A"), text("x"))])
        );
        assert_eq!(read(b"CLAVERO__A", b"\xff"), Err(text("CLAVERO__A: is no UTF-8")));
        assert_eq!(
            read(b"CLAVERO__A\xff", b"x"),
            Err(text("CLAVERO__A\u{fffd}: is no UTF-8"))
        );
        assert_eq!(
            read(b"CLAVERO_LOG", b"\xff"),
            Err(text("CLAVERO_LOG: is no UTF-8"))
        );
        assert_eq!(read(b"CLAVERO_LOG", b"info"), Ok(Vec::new()));
        assert_eq!(read(b"PATH", b"\xff"), Ok(Vec::new()));
    }
}
