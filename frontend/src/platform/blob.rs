//! A file of the server's that is shown on the page: fetched with the session, held in memory, gone when dropped.

use super::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, RequestInit, Response, Url};

/// What was fetched, under an address that only this page knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    address: String,
    /// What the server says it is.
    pub media: String,
}

impl Shown {
    /// Its address, good until this is dropped.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        // Refused only for an address that is none.
        let _ = Url::revoke_object_url(&self.address);
    }
}

/// What came instead of a file.
#[derive(Debug)]
pub enum Missed {
    /// An answer: its status and its text.
    Refused(u16, String),
    /// Nobody answered.
    Lost,
}

/// Fetches a file.
pub async fn fetch(address: &str, signal: &AbortSignal) -> Result<Shown, Missed> {
    let response = ask(address, signal).await.map_err(|_| Missed::Lost)?;
    if !response.ok() {
        let text = text_of(&response).await.unwrap_or_default();
        return Err(Missed::Refused(response.status(), text));
    }
    shown(&response).await.map_err(|_| Missed::Lost)
}

async fn ask(address: &str, signal: &AbortSignal) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_signal(Some(signal));
    JsFuture::from(window().fetch_with_str_and_init(address, &init))
        .await?
        .dyn_into()
}

async fn text_of(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

async fn shown(response: &Response) -> Result<Shown, JsValue> {
    let blob: Blob = JsFuture::from(response.blob()?).await?.dyn_into()?;
    Ok(Shown {
        address: Url::create_object_url_with_blob(&blob)?,
        media: blob.type_(),
    })
}
