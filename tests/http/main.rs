//! The server through its real router, on both databases, by people with browsers.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

mod appointments;
mod audit;
mod centres;
mod contacts;
mod data_requests;
mod delegates;
mod dossiers;
mod edges;
mod enumeration;
mod headers;
mod hostile;
mod live;
mod logs;
mod measurements;
mod notifications;
mod obligations;
mod openapi;
mod passkeys;
mod personas;
mod probe;
mod recovery;
mod registries;
mod serve;
mod sessions;
mod signatures;
mod staff;
mod status;
mod traces;
mod unlock;
mod uploads;
mod visits;
