//! Parts and pages in a headless browser, without a server: what a person sees and does with a given state.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod administrator;
mod answers;
mod appointments;
mod auditor;
mod errors;
mod fields;
mod history;
mod json;
mod languages;
mod pages;
mod password;
mod queue;
mod reports;
mod scene;
mod signatures;
mod staff;
mod stages;
mod time;
mod ui;
mod unlock;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
