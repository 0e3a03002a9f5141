//! A second WebAssembly module of the page, fetched while the first one runs.
//!
//! The browser's own `import()` runs it; the module's `main` does the rest. What the build calls its files is in the page,
//! as `<meta name="module:NAME" content="/script /binary">`; without it (`trunk serve`) the plain names are right. The
//! build also puts the digests of both files where browsers look for them (ADR 75), so nothing is checked here.

use super::{document, window};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

#[wasm_bindgen]
extern "C" {
    /// The language's own `import()`: an expression, no function, but written like one.
    #[wasm_bindgen(js_name = import)]
    fn import(address: &str) -> Promise;
}

/// The module could not be fetched or started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

/// Fetches a module and runs its `main`; may be called again after a failure.
pub async fn load(name: &str) -> Result<(), NotLoaded> {
    run(name).await.map_err(|_| NotLoaded)
}

/// Fetches the files of a module into the browser's cache, without running it. A failure does not matter.
pub fn prefetch(name: &'static str) {
    spawn_local(async move {
        let (script, binary) = addresses(name);
        for address in [script, binary] {
            // Whoever needs the module will fetch it again, and be told.
            let _ = fetch(&address).await;
        }
    });
}

async fn run(name: &str) -> Result<(), JsValue> {
    let (script, _) = addresses(name);
    // A browser never again asks for a module that once could not be imported. A fetch may fail as often as it likes.
    fetch(&script).await?;
    let module = JsFuture::from(import(&script)).await?;
    let start: Function = Reflect::get(&module, &"default".into())?.dyn_into()?;
    JsFuture::from(Promise::resolve(&start.call0(&JsValue::UNDEFINED)?)).await?;
    Ok(())
}

/// Fetches a file to its end, so that it is in the browser's cache.
async fn fetch(address: &str) -> Result<(), JsValue> {
    let response: Response = JsFuture::from(window().fetch_with_str(address))
        .await?
        .dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    JsFuture::from(response.array_buffer()?).await?;
    Ok(())
}

/// The addresses of a module's script and of its WebAssembly.
fn addresses(name: &str) -> (String, String) {
    let written = document()
        .query_selector(&format!("meta[name='module:{name}']"))
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"));
    written
        .as_deref()
        .and_then(|both| both.split_once(' '))
        .map_or_else(
            || (format!("/{name}.js"), format!("/{name}_bg.wasm")),
            |(script, binary)| (script.to_owned(), binary.to_owned()),
        )
}
