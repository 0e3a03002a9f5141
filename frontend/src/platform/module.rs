//! A second WebAssembly module of the page, loaded while the first one runs.
//!
//! The browser's own `import()` runs it; the module's `main` does the rest. The build puts the digests of its files where
//! browsers look for them (ADR 75), so nothing is checked here.

use super::{document, files};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// The language's own `import()`: an expression, no function, but written like one.
    #[wasm_bindgen(js_name = import)]
    fn import(address: &str) -> Promise;
}

/// The module could not be fetched or started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

/// What a module's pages look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Like the others.
    Common,
    /// They have a style sheet of their own beside the common one.
    Own,
}

/// Fetches a module and runs its `main`; may be called again after a failure. Its style sheet is on the page before it runs.
pub async fn load(name: &str, style: Style) -> Result<(), NotLoaded> {
    let dressed = match style {
        Style::Common => Ok(()),
        Style::Own => dress(name).await,
    };
    match dressed {
        Ok(()) => run(name).await.map_err(|_| NotLoaded),
        Err(_) => Err(NotLoaded),
    }
}

/// Puts the module's style sheet on the page, with the digest that the build wrote into it.
async fn dress(name: &str) -> Result<(), JsValue> {
    let (address, digest) = files::style_of(name);
    if document()
        .query_selector(&format!("link[href='{address}']"))?
        .is_some()
    {
        return Ok(());
    }
    let link: HtmlElement = document().create_element("link")?.dyn_into()?;
    link.set_attribute("rel", "stylesheet")?;
    link.set_attribute("href", &address)?;
    if let Some(digest) = digest {
        link.set_attribute("integrity", &digest)?;
    }
    let come = Promise::new(&mut |come, lost| {
        link.set_onload(Some(&come));
        link.set_onerror(Some(&lost));
    });
    if let Some(head) = document().head() {
        head.append_child(&link)?;
    }
    let come = JsFuture::from(come).await;
    if come.is_err() {
        link.remove();
    }
    come.map(|_| ())
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
