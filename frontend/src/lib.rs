//! The browser's part of Clavero.
//!
//! Layers, each may use the ones before it: `platform` and `api` (the browser and the server behind typed doors), `i18n`,
//! `ui` (parts that know no domain word), `forms` (fields over the parsers of `shared`), `routes`, pages (one folder a
//! word), `app`. Pages do not import pages. Rules of the domain are in `shared`, never here.

pub mod account;
pub mod annex;
pub mod api;
pub mod app;
pub mod appointments;
pub mod area;
pub mod audit;
pub mod booking;
pub mod captcha;
pub mod centres;
pub mod ceremony;
pub mod contacts;
pub mod countdown;
pub mod data_requests;
pub mod dossiers;
pub mod errors;
pub mod findings;
pub mod forms;
pub mod freeze;
pub mod help;
pub mod home;
pub mod i18n;
pub mod institution;
pub mod landing;
pub mod later;
pub mod layout;
pub mod mail_test;
pub mod not_found;
pub mod office;
pub mod passkeys;
pub mod platform;
pub mod procedure;
pub mod queue;
pub mod recovery;
pub mod reports;
pub mod reset;
pub mod routes;
pub mod settings;
pub mod signatures;
pub mod signing;
pub mod staff;
pub mod steps;
pub mod ui;
pub mod unlock;

// The unit tests of this crate run on the host and, as they are, in a browser.
#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
