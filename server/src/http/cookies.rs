//! Cookies that only this origin sets, only our pages send, and no script reads.

use axum::http::HeaderValue;
use shared::secrets::Secret;
use std::time::Duration;

/// A cookie to set: `__Host-` name, HttpOnly, Secure, SameSite=Strict, for the whole site and no other.
#[derive(Clone, Debug)]
pub struct Cookie {
    name: &'static str,
    value: Secret<String>,
    lifetime: Duration,
}

impl Cookie {
    /// Sets `name` (which begins with `__Host-`) to `value`, which is base64url or hexadecimal, for `lifetime`.
    pub const fn set(name: &'static str, value: Secret<String>, lifetime: Duration) -> Self {
        Self {
            name,
            value,
            lifetime,
        }
    }

    /// Makes the browser forget `name`.
    pub const fn clear(name: &'static str) -> Self {
        Self {
            name,
            value: Secret::new(String::new()),
            lifetime: Duration::ZERO,
        }
    }

    /// The value of `Set-Cookie`. Marked sensitive: it is not shown in `Debug`.
    pub fn header(&self) -> Option<HeaderValue> {
        let text = format!(
            "{}={}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Strict",
            self.name,
            self.value.expose(),
            self.lifetime.as_secs()
        );
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_every_guard() {
        let cookie = Cookie::set("__Host-x", Secret::from("abc"), Duration::from_mins(1));
        let header = cookie.header().unwrap();
        assert_eq!(
            header.to_str().unwrap(),
            "__Host-x=abc; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict"
        );
        assert!(header.is_sensitive());
        assert!(!format!("{cookie:?}").contains("abc"));
        assert!(
            Cookie::clear("__Host-x")
                .header()
                .unwrap()
                .to_str()
                .unwrap()
                .contains("Max-Age=0")
        );
    }

    #[test]
    fn a_value_cannot_start_another_header() {
        assert!(
            Cookie::set("__Host-x", Secret::from("a\r\nb"), Duration::ZERO)
                .header()
                .is_none()
        );
    }
}
