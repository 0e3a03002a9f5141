//! The size budget: what a first visit downloads, in brotli bytes.
//!
//! The first load is `index.html` and every file that it names, and that those name in turn. The annex, the account area and the
//! workers are not in it: they are fetched when the page that needs them is near. What they weigh is told beside it.

use crate::{web, workers};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fs;

/// More than this fails.
const LIMIT: usize = 160_000;
/// This is what we want.
const AIM: usize = 150_000;

/// Measures the built frontend and fails if it is too large.
pub fn check() -> Result<()> {
    let files = built()?;
    let first = first_load(&files);
    let (now, later): (Vec<_>, Vec<_>) = files.iter().partition(|(name, _)| first.contains(name));
    let total = sizes(&now)?;
    println!("First load: {total} B in brotli (aim {AIM}, limit {LIMIT})");
    sizes(&later)?;
    ensure!(
        total <= LIMIT,
        "the first load is {} B over its limit",
        total - LIMIT
    );
    Ok(())
}

/// Prints what files weigh; returns the sum.
fn sizes(files: &[(&String, &Vec<u8>)]) -> Result<usize> {
    let mut total = 0;
    for (name, bytes) in files {
        let size = web::brotli_of(bytes)?.len();
        println!("  {size:>7} B  {name}");
        total += size;
    }
    Ok(total)
}

/// The built files without their compressed copies, by name.
fn built() -> Result<BTreeMap<String, Vec<u8>>> {
    let dist = web::dist();
    crate::tree::files_below(&dist, &["."])
        .into_iter()
        .filter_map(|path| {
            let name = path.strip_prefix(&dist).ok()?.to_str()?.to_owned();
            let packed = [".br", ".gz"].iter().any(|ending| name.ends_with(ending));
            (!packed).then(|| {
                Ok((
                    name,
                    fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?,
                ))
            })
        })
        .collect()
}

/// The names of the files of the first load.
fn first_load(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut found = vec!["index.html".to_owned()];
    let mut seen = 0;
    while let Some(text) = found
        .get(seen)
        .map(|name| files.get(name).map_or(&[][..], Vec::as_slice))
    {
        seen += 1;
        // WebAssembly names what it loads later; only texts name what is loaded at once.
        let Ok(text) = std::str::from_utf8(text) else {
            continue;
        };
        let text = workers::without(text);
        for name in files.keys() {
            let last = name.rsplit('/').next().unwrap_or(name);
            if !found.contains(name) && text.contains(last) {
                found.push(name.clone());
            }
        }
    }
    found.retain(|name| files.contains_key(name));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_load_is_what_the_page_names_and_not_what_comes_later() {
        let files = [
            (
                "index.html",
                &b"<meta name=\"files:a\" content=\"/annex-4.js /annex-4_bg.wasm\"><meta name=\"files:w\" content=\"/worker-3.js\">\
                   <script type=\"importmap\">{\"integrity\":{\"/annex-4.js\":\"x\"}}</script>\
                   <script src=/app-1.js><link href=/style-2.css>"[..],
            ),
            (
                "app-1.js",
                b"import './snippets/inline0.js'; fetch('app-1_bg.wasm')",
            ),
            ("app-1_bg.wasm", b"\0asm\xff worker-3.js"),
            ("snippets/inline0.js", b""),
            ("style-2.css", b""),
            ("worker-3.js", b""),
            ("annex-4.js", b""),
            ("annex-4_bg.wasm", b""),
        ];
        let files = files
            .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
            .into_iter()
            .collect();
        let mut names = first_load(&files);
        names.sort();
        assert_eq!(
            names,
            [
                "app-1.js",
                "app-1_bg.wasm",
                "index.html",
                "snippets/inline0.js",
                "style-2.css"
            ]
        );
    }
}
