//! What the browser must know of this installation. The values come from the configuration and the policy.

pub mod http;
pub mod service;
