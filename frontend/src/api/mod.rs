//! The server, as the pages see it: [`use_call`] is the way to it, and [`use_sending`] for a file.
//!
//! Words: a *call* is one use of an endpoint by one component; it is aborted when the component goes away or calls
//! again; so is a *sending*, which is of a path that takes a file and tells how far it is. Whatever goes wrong is a [`Problem`], also that nobody answered ([`ErrorCode::Unreachable`]).
//! It deliberately does not retry: the person decides, and writes must not happen twice.

mod call;
mod remote;
mod sending;
mod showing;

pub use call::{Call, use_call, use_load};
pub use remote::Remote;
pub use sending::{Progress, Sending, use_sending};
pub use showing::{Shown, use_shown};

use crate::platform::json;
use shared::api::{BASE, ErrorCode, Method, Problem};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

/// The address of a path below the API's base.
pub fn address(path: &str) -> String {
    format!("{BASE}{path}")
}

/// Sends a request and waits for the answer: the text of a good one.
async fn send(
    method: Method,
    path: &str,
    body: Option<String>,
    signal: &AbortSignal,
) -> Result<String, Problem> {
    let (status, text) = exchange(method, path, body, signal)
        .await
        .map_err(|_| Problem::new(ErrorCode::Unreachable))?;
    answered(status, text)
}

/// The text of a good answer, the problem of another.
fn answered(status: u16, text: String) -> Result<String, Problem> {
    if (200..300).contains(&status) {
        Ok(text)
    } else {
        Err(refusal(status, &text))
    }
}

/// The browser's `fetch`: status and text of whatever answers.
async fn exchange(
    method: Method,
    path: &str,
    body: Option<String>,
    signal: &AbortSignal,
) -> Result<(u16, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json, application/problem+json")?;
    let init = RequestInit::new();
    init.set_signal(Some(signal));
    if method == Method::Post {
        init.set_method("POST");
        headers.set("Content-Type", "application/json")?;
        init.set_body(&JsValue::from(body.unwrap_or_default()));
    }
    init.set_headers(&headers);
    let answer = gloo::utils::window().fetch_with_str_and_init(&address(path), &init);
    let response: Response = JsFuture::from(answer).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

/// The problem in a refusal. A refusal without one comes from something between us and the server (a proxy, a firewall).
fn refusal(status: u16, text: &str) -> Problem {
    json::read(text).unwrap_or_else(|| {
        Problem::new(match status {
            413 => ErrorCode::BodyTooLarge,
            429 => ErrorCode::RateLimited,
            502..=504 => ErrorCode::Unreachable,
            _ => ErrorCode::Internal,
        })
    })
}
