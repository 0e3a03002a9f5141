//! What strangers do to a server that is none of its users' doing: at the connection, in the message, around the browser.

mod bombs;
mod caches;
mod cookies;
mod guards;
mod hosts;
mod idle;
mod methods;
mod slow;
mod smuggling;
