//! The server, as the pages see it: [`use_call`] is the only way to it.
//!
//! Words: a *call* is one use of an endpoint by one component; it is aborted when the component goes away or calls
//! again. Whatever goes wrong is a [`Problem`], also that nobody answered ([`ErrorCode::Unreachable`]).
//! It deliberately does not retry: the person decides, and writes must not happen twice.

mod call;
mod remote;

pub use call::{Call, use_call, use_load};
pub use remote::Remote;

use gloo::net::http::{Request, RequestBuilder, Response};
use shared::api::{BASE, Endpoint, ErrorCode, Method, Problem};
use web_sys::AbortSignal;

/// The address of a path below the API's base.
pub fn address(path: &str) -> String {
    format!("{BASE}{path}")
}

/// Sends a request and waits for the answer.
async fn send<E: Endpoint>(request: &E::Request, signal: &AbortSignal) -> Result<E::Response, Problem> {
    let unreachable = |_| Problem::new(ErrorCode::Unreachable);
    let address = address(E::PATH);
    let prepared = match E::METHOD {
        Method::Get => prepare(Request::get(&address), signal).build(),
        Method::Post => prepare(Request::post(&address), signal).json(request),
    };
    let response = prepared.map_err(unreachable)?.send().await.map_err(unreachable)?;
    if response.ok() {
        // An answer of another shape comes from something between us and the server.
        return response.json().await.map_err(unreachable);
    }
    Err(refusal(response).await)
}

fn prepare(builder: RequestBuilder, signal: &AbortSignal) -> RequestBuilder {
    builder.header("Accept", "application/json, application/problem+json").abort_signal(Some(signal))
}

/// The problem in a refusal. A refusal without one comes from something between us and the server (a proxy, a firewall).
async fn refusal(response: Response) -> Problem {
    let status = response.status();
    if let Ok(problem) = response.json::<Problem>().await {
        return problem;
    }
    Problem::new(match status {
        413 => ErrorCode::BodyTooLarge,
        429 => ErrorCode::RateLimited,
        502..=504 => ErrorCode::Unreachable,
        _ => ErrorCode::Internal,
    })
}
