//! The files of what is loaded while the page runs: modules and workers.
//!
//! The build names files by their content and tells the page, as `<meta name="files:NAME" content="/one /another">`; the
//! first is the one to import or to start. Without it (`trunk serve`) the plain names are right.

use super::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

/// The addresses of the files of `name`, which trunk calls by its name and these endings.
pub(super) fn of(name: &str, endings: &[&str]) -> Vec<String> {
    let written = document()
        .query_selector(&format!("meta[name='files:{name}']"))
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"));
    match written {
        Some(addresses) => addresses.split(' ').map(str::to_owned).collect(),
        None => endings.iter().map(|ending| format!("/{name}{ending}")).collect(),
    }
}

/// The style sheet of `name` and its digest, which is known only of a built page.
pub(super) fn style_of(name: &str) -> (String, Option<String>) {
    let written = document()
        .query_selector(&format!("meta[name='style:{name}']"))
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"));
    match written.as_deref().and_then(|written| written.split_once(' ')) {
        Some((address, digest)) => (address.to_owned(), Some(digest.to_owned())),
        None => (format!("/{name}.css"), None),
    }
}

/// Fetches files into the browser's cache, so that they are near when they are needed. A failure does not matter: whoever
/// needs them fetches them again, and is told.
pub(super) fn fetch_ahead(addresses: Vec<String>) {
    spawn_local(async move {
        for address in addresses {
            let _ = fetch(&address).await;
        }
    });
}

/// Fetches a file to its end.
pub(super) async fn fetch(address: &str) -> Result<(), JsValue> {
    let response: Response = JsFuture::from(window().fetch_with_str(address))
        .await?
        .dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    JsFuture::from(response.array_buffer()?).await?;
    Ok(())
}
