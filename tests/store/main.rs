//! Every store function on both databases, and the schemas themselves.

mod limits;
mod registries;
mod schema;
