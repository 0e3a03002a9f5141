//! The contract between browser and server: each endpoint is a type, each refusal is data.
//!
//! An endpoint is declared once, in its slice (`shared::<word>::api`); the server mounts it, the browser calls it and
//! OpenAPI is made of it. A renamed field breaks both builds instead of a person's day.

mod problem;

pub use problem::{ErrorCode, FieldCode, FieldProblem, Problem};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where the API lives; every [`Endpoint::PATH`] is below it.
pub const BASE: &str = "/api/v1";

/// The methods in use. `Get` never changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes, or reads what must not stand in a URL.
    Post,
}

/// One operation of the API.
pub trait Endpoint: 'static {
    /// The method.
    const METHOD: Method;
    /// The path below [`BASE`], for example `/recovery/answers`.
    const PATH: &'static str;
    /// What it does, one imperative sentence in English for OpenAPI.
    const SUMMARY: &'static str;
    /// The body sent; `()` with `Get`.
    type Request: Serialize + DeserializeOwned;
    /// The body answered.
    type Response: Serialize + DeserializeOwned + 'static;
}

/// Declares an endpoint: `endpoint!(/// docs … Identify, Post "/recoveries", "Open a case.", Request => Response);`
#[macro_export]
macro_rules! endpoint {
    ($(#[$meta:meta])* $name:ident, $method:ident $path:literal, $summary:literal, $request:ty => $response:ty) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl $crate::api::Endpoint for $name {
            const METHOD: $crate::api::Method = $crate::api::Method::$method;
            const PATH: &'static str = $path;
            const SUMMARY: &'static str = $summary;
            type Request = $request;
            type Response = $response;
        }
    };
}
