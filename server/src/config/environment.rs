//! The one door to the environment.

/// Variables that begin so set fields of the configuration.
pub const PREFIX: &str = "CLAVERO__";

/// What to log, in the syntax of `tracing`: the environment variable `CLAVERO_LOG`.
pub fn log_filter() -> Option<String> {
    variable("CLAVERO_LOG")
}

/// Whether the test hooks are to be mounted: the environment variable `CLAVERO_TEST_HOOKS` is `1`. Only a debug build asks.
#[cfg(debug_assertions)]
pub fn test_hooks() -> bool {
    variable("CLAVERO_TEST_HOOKS").is_some_and(|value| value == "1")
}

/// The variables that set fields, as name and text. One whose text is no UTF-8 is told by its name.
pub(super) fn overrides() -> Result<Vec<(String, String)>, String> {
    ours(PREFIX)
        .map(|(name, value)| {
            value
                .into_string()
                .map(|text| (name.clone(), text))
                .map_err(|_| name)
        })
        .collect()
}

/// Variables that look like ours and that nobody reads.
pub(super) fn unread() -> Vec<String> {
    ours("CLAVERO_")
        .map(|(name, _)| name)
        .filter(|name| {
            name != "CLAVERO_LOG" && !name.starts_with(PREFIX) && !name.starts_with("CLAVERO_TEST_")
        })
        .collect()
}

fn ours(prefix: &'static str) -> impl Iterator<Item = (String, std::ffi::OsString)> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one door to the environment"
    )]
    let all = std::env::vars_os();
    all.filter_map(move |(name, value)| {
        let name = name.into_string().ok()?;
        name.starts_with(prefix).then_some((name, value))
    })
}

fn variable(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one door to the environment"
    )]
    std::env::var(name).ok()
}
