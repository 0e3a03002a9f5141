//! Every store function on both databases, and the schemas themselves.

mod accounts;
mod audit;
mod captcha;
mod challenges;
mod limits;
mod notifications;
mod recovery;
mod registries;
mod schema;
