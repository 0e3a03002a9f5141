//! Every store function on both databases, and the schemas themselves.

mod audit;
mod limits;
mod registries;
mod schema;
