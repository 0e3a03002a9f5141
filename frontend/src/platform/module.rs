//! A second WebAssembly module of the page, loaded while the first one runs.
//!
//! The browser's own `import()` runs it; the module's `main` does the rest. The build puts the digests of its files where
//! browsers look for them (ADR 75), so nothing is checked here.

use super::files;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

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

/// Fetches the files of a module, without running it.
pub fn fetch_ahead(name: &str) {
    files::fetch_ahead(files_of(name));
}

async fn run(name: &str) -> Result<(), JsValue> {
    let addresses = files_of(name);
    let script = addresses.first().ok_or(JsValue::NULL)?;
    // A browser never again asks for a module that once could not be imported. A fetch may fail as often as it likes.
    files::fetch(script).await?;
    let module = JsFuture::from(import(script)).await?;
    let start: Function = Reflect::get(&module, &"default".into())?.dyn_into()?;
    JsFuture::from(Promise::resolve(&start.call0(&JsValue::UNDEFINED)?)).await?;
    Ok(())
}

fn files_of(name: &str) -> Vec<String> {
    files::of(name, &[".js", "_bg.wasm"])
}
