//! The server, as the pages see it: [`use_call`] is the only way to it.
//!
//! Words: a *call* is one use of an endpoint by one component; it is aborted when the component goes away or calls
//! again. Whatever goes wrong is a [`Problem`], also that nobody answered ([`ErrorCode::Unreachable`]).
//! It deliberately does not retry: the person decides, and writes must not happen twice.

mod call;
mod remote;

pub use call::{Call, use_call, use_load};
pub use remote::Remote;

use crate::platform::json;
use gloo::net::http::{Request, RequestBuilder};
use shared::api::{BASE, ErrorCode, Method, Problem};
use web_sys::AbortSignal;

/// The address of a path below the API's base.
pub fn address(path: &str) -> String {
    format!("{BASE}{path}")
}

/// Sends a request and waits for the answer: the text of a good one.
async fn send(method: Method, path: &str, body: Option<String>, signal: &AbortSignal) -> Result<String, Problem> {
    let unreachable = |_| Problem::new(ErrorCode::Unreachable);
    let address = address(path);
    let prepared = match method {
        Method::Get => prepare(Request::get(&address), signal).build(),
        Method::Post => {
            let builder = prepare(Request::post(&address), signal).header("Content-Type", "application/json");
            builder.body(body.unwrap_or_default())
        }
    };
    let response = prepared.map_err(unreachable)?.send().await.map_err(unreachable)?;
    let (good, status) = (response.ok(), response.status());
    let text = response.text().await.map_err(unreachable)?;
    if good { Ok(text) } else { Err(refusal(status, &text)) }
}

fn prepare(builder: RequestBuilder, signal: &AbortSignal) -> RequestBuilder {
    builder.header("Accept", "application/json, application/problem+json").abort_signal(Some(signal))
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
