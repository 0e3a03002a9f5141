//! The server through its real router, on both databases, by people with browsers.

mod edges;
mod headers;
mod live;
mod openapi;
mod probe;
mod recovery;
mod serve;
