//! The pages: the frontend's files, embedded, in the encoding the browser takes.
//!
//! Names with a hash never change and are cached for ever; `index.html` is asked for again each time and answered by
//! its ETag. An address that is no file gets `index.html`: the pages are made in the browser. It gets it with status
//! 200 if it is the address of a page ([`shared::settings::pages`]) and with 404 otherwise; the person sees the same
//! "not found" page, and a crawler or a monitor the truth.

use crate::app::App;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use shared::settings::api::Institution;
use std::collections::HashMap;

const INDEX: &str = "index.html";

/// What a release build carries inside, and a debug build reads from the folder when it starts.
#[derive(RustEmbed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Dist;

/// The frontend's files as they are served.
#[derive(Debug)]
pub struct Site {
    files: HashMap<String, File>,
    policy: HeaderValue,
}

#[derive(Debug)]
struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    media: &'static str,
    etag: HeaderValue,
    caching: HeaderValue,
}

impl Site {
    /// The frontend that was built before the server; nothing if none was.
    pub fn embedded() -> Self {
        Self::of(
            Dist::iter()
                .filter_map(|path| Some((path.to_string(), Dist::get(&path)?.data)))
                .map(|(path, data)| {
                    let bytes = match data {
                        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                        std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
                    };
                    (path, bytes)
                }),
        )
    }

    /// A frontend of these files. `x.br` and `x.gz` are encodings of `x`.
    pub fn of(files: impl Iterator<Item = (String, Bytes)>) -> Self {
        let mut all: HashMap<String, Bytes> = files.collect();
        let names: Vec<String> = all
            .keys()
            .filter(|name| !is_encoding(name, &all))
            .cloned()
            .collect();
        let files: HashMap<String, File> = names
            .into_iter()
            .filter_map(|name| {
                let mut file = File::plain(&name, all.remove(&name)?);
                file.brotli = all.remove(&format!("{name}.br"));
                file.gzip = all.remove(&format!("{name}.gz"));
                Some((name, file))
            })
            .collect();
        let index = files
            .get(INDEX)
            .map(|file| String::from_utf8_lossy(&file.plain).into_owned())
            .unwrap_or_default();
        Self {
            policy: content_security_policy(&index),
            files,
        }
    }

    /// The same for an institution. The official one's page does not begin by saying that it is not, as the page in the
    /// build does, and tells the app so before the app can ask. It is sent without an encoding: the built ones are of the
    /// other page, and it is small.
    pub fn owned_by(mut self, institution: &Institution) -> Self {
        if institution.official
            && let Some(index) = self.files.get(INDEX)
        {
            let page = official(&String::from_utf8_lossy(&index.plain));
            self.files
                .insert(INDEX.to_owned(), File::plain(INDEX, Bytes::from(page)));
        }
        self
    }

    /// Whether there is a frontend.
    pub fn is_present(&self) -> bool {
        self.files.contains_key(INDEX)
    }

    fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response {
        let name = path.trim_start_matches('/');
        let (status, file) = match self.files.get(name) {
            Some(file) => (StatusCode::OK, file),
            None => match self.files.get(INDEX) {
                Some(index) if shared::settings::pages::is_page(path) => (StatusCode::OK, index),
                Some(index) if !looks_like_a_file(name) => (StatusCode::NOT_FOUND, index),
                _ => return plain(StatusCode::NOT_FOUND, "not found\n"),
            },
        };
        let (bytes, encoding) = file.choose(headers);
        let fresh = status == StatusCode::OK && is_fresh(headers, &file.etag);
        let body = if fresh || method == Method::HEAD {
            Body::empty()
        } else {
            Body::from(bytes.clone())
        };
        let mut response = Response::new(body);
        *response.status_mut() = if fresh { StatusCode::NOT_MODIFIED } else { status };
        let out = response.headers_mut();
        out.insert(ETAG, file.etag.clone());
        out.insert(CACHE_CONTROL, file.caching.clone());
        out.insert(VARY, HeaderValue::from_static("accept-encoding"));
        out.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        if !fresh {
            out.insert(CONTENT_TYPE, HeaderValue::from_static(file.media));
            out.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
            if let Some(encoding) = encoding {
                out.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
        }
        response
    }
}

/// Serves a page or a file of the frontend.
pub async fn page(State(app): State<App>, request: Request) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD => {
            app.site
                .answer(request.method(), request.uri().path(), request.headers())
        }
        _ => {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "method not allowed\n");
            response
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            response
        }
    }
}

impl File {
    /// A file without encodings.
    fn plain(name: &str, plain: Bytes) -> Self {
        let digest = Sha256::digest(&plain);
        let etag = format!("W/\"{}\"", STANDARD.encode(&digest[..12]));
        Self {
            plain,
            brotli: None,
            gzip: None,
            media: media(name),
            etag: HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"\"")),
            caching: HeaderValue::from_static(caching(name)),
        }
    }

    fn choose(&self, headers: &HeaderMap) -> (&Bytes, Option<&'static str>) {
        let offers = [(self.brotli.as_ref(), "br"), (self.gzip.as_ref(), "gzip")];
        for (bytes, encoding) in offers {
            if let Some(bytes) = bytes
                && accepts(headers, encoding)
            {
                return (bytes, Some(encoding));
            }
        }
        (&self.plain, None)
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}

fn is_encoding(name: &str, all: &HashMap<String, Bytes>) -> bool {
    [".br", ".gz"].iter().any(|end| {
        name.strip_suffix(end)
            .is_some_and(|plain| all.contains_key(plain))
    })
}

/// Whether the browser takes `encoding`: named, or by `*`, and not with weight 0.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let offers = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','));
    let mut any = false;
    for offer in offers {
        let mut pieces = offer.split(';').map(str::trim);
        let name = pieces.next().unwrap_or_default();
        let refused = pieces
            .find_map(|piece| piece.strip_prefix("q="))
            .is_some_and(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0));
        if name.eq_ignore_ascii_case(encoding) {
            return !refused;
        }
        any |= name == "*" && !refused;
    }
    any
}

/// Whether what the browser has is still the same (RFC 9110: compared weakly).
fn is_fresh(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let ours = opaque(etag.to_str().unwrap_or_default());
    headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|tag| tag.trim() == "*" || opaque(tag) == ours)
}

/// A missing script must not be answered with a page: the browser would say nonsense about its syntax.
fn looks_like_a_file(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

/// Trunk puts 16 hexadecimal digits of a hash into names: `clavero-1f3a….js`, `app-1f3a…_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '.', '_', '/'])
        .any(|piece| piece.len() == 16 && piece.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn caching(name: &str) -> &'static str {
    if is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn media(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// The page of the official institution: with a mark for the app, and without the words that say it is another's.
fn official(page: &str) -> String {
    let page = page.replacen("<title", "<meta name=\"official\"><title", 1);
    let page = page.replacen(" Sitio independiente.", "", 1);
    let band = ["class=unofficial", "class=\"unofficial\""]
        .into_iter()
        .find_map(|class| page.find(class));
    let place = band.and_then(|class| {
        let start = page[..class].rfind('<')?;
        let end = class + page[class..].find("</div>")? + "</div>".len();
        Some((start, end))
    });
    match place {
        Some((start, end)) => format!("{}{}", &page[..start], &page[end..]),
        None => page,
    }
}

/// Only our own files, the page's own inline scripts and styles (by their hashes), and WebAssembly. Papers are shown to the staff
/// from memory (ADR 132): a picture as an image, a PDF in a frame, neither of which can run anything of the page's.
fn content_security_policy(index: &str) -> HeaderValue {
    let scripts = hashes(index, "script");
    let styles = hashes(index, "style");
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; img-src 'self' data: blob:; \
         frame-src blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// `'sha256-…'` of every inline `<tag>` of a page that our own build wrote.
fn hashes(page: &str, tag: &str) -> String {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut found = String::new();
    let mut rest = page;
    while let Some(start) = rest.find(&open) {
        rest = &rest[start + open.len()..];
        let Some(begin) = rest.find('>') else { break };
        let (attributes, after) = rest.split_at(begin);
        let Some(end) = after.find(&close) else { break };
        let content = &after[1..end];
        if !attributes.contains(" src=") && !content.is_empty() {
            found.push_str(" 'sha256-");
            STANDARD.encode_string(Sha256::digest(content), &mut found);
            found.push('\'');
        }
        rest = &after[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn institution(official: bool) -> Institution {
        Institution {
            name: "Instituto".to_owned(),
            contact: "140".to_owned(),
            official,
        }
    }

    /// What a browser that takes every encoding gets.
    async fn page(site: &Site) -> (String, bool) {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("br"))]);
        let response = site.answer(&Method::GET, "/", &headers);
        let encoded = response.headers().contains_key(CONTENT_ENCODING);
        let body = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap();
        (String::from_utf8(body.to_vec()).unwrap(), encoded)
    }

    #[tokio::test]
    async fn only_the_official_page_does_not_say_that_it_is_not() {
        // The very page that is built, as it is written and as a minifier may write it.
        let written = include_str!("../../../index.html");
        let minified = written.replace("class=\"unofficial\"", "class=unofficial");
        for index in [written, &minified] {
            let site = || {
                let files = [("index.html", index), ("index.html.br", "packed")];
                Site::of(
                    files
                        .into_iter()
                        .map(|(name, text)| (name.to_owned(), Bytes::from(text.to_owned()))),
                )
            };
            let theirs = page(&site().owned_by(&institution(true))).await;
            assert!(theirs.0.contains("<meta name=\"official\">") && !theirs.1);
            assert!(!theirs.0.contains("ndependiente"), "{}", theirs.0);
            let count = |tag: &str| theirs.0.matches(tag).count();
            assert_eq!(count("<div"), count("</div>"), "nothing else went: {}", theirs.0);
            let other = page(&site().owned_by(&institution(false))).await;
            assert_eq!(other, ("packed".to_owned(), true));
        }
    }
}
