//! Names and digests for the modules that are loaded while the page runs.
//!
//! Trunk hashes what the page names itself. The other modules and the workers are named at run time, so this gives them a hash of
//! their content and tells the page: `<meta name="files:NAME" content="/script /binary">` for what is imported,
//! `content="/loader /script /binary"` for what is started, and `<meta name="style:NAME" content="/style digest">` for a module
//! with a style sheet of its own.
//!
//! Digests make a chain that begins in the page: it holds those of the main module's files and of the modules' scripts (in
//! an import map, which is where browsers look for `import()`), and a script holds that of its WebAssembly. Only a worker's
//! loader has none, because browsers take none for workers.

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};
use std::fmt::Write as _;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// The modules that the page imports.
const IMPORTED: [&str; 5] = ["annex", "account", "signing", "staff", "booking"];
/// Those among them that have a style sheet of their own.
const STYLED: [&str; 1] = ["staff"];
/// What trunk calls the script that starts a worker: the worker's name and this.
const LOADER: &str = "_loader.js";
/// How the page begins to speak of modules that are loaded later.
const LATER: [(&str, &str); 3] = [
    ("<meta name=\"files:", ">"),
    ("<meta name=\"style:", ">"),
    ("<script type=\"importmap\">", "</script>"),
];

/// Renames the files of the modules and of every worker in the built frontend, and writes addresses and digests into the
/// page.
pub fn name(dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let (html, mut head) = verified_start(dist, &fs::read_to_string(&page)?)?;
    let mut digests = serde_json::Map::new();
    for module in IMPORTED {
        let binary = hashed(dist, &format!("{module}_bg.wasm"), Ok)?;
        let script = hashed(dist, &format!("{module}.js"), |script| {
            verified_fetch(&script, module, &binary)
        })?;
        write!(
            head,
            "<meta name=\"files:{module}\" content=\"/{} /{}\">",
            script.name, binary.name
        )?;
        digests.insert(format!("/{}", script.name), script.digest.into());
    }
    for module in STYLED {
        let style = hashed(dist, &format!("{module}.css"), Ok)?;
        write!(
            head,
            "<meta name=\"style:{module}\" content=\"/{} {}\">",
            style.name, style.digest
        )?;
    }
    for worker in workers(dist)? {
        let binary = hashed(dist, &format!("{worker}_bg.wasm"), Ok)?;
        let script = hashed(dist, &format!("{worker}.js"), Ok)?;
        let loader = hashed(dist, &format!("{worker}{LOADER}"), |_| {
            Ok(format!(
                "importScripts(\"./{}\");wasm_bindgen({{module_or_path:{}}});",
                script.name,
                fetch(&format!("\"./{}\"", binary.name), &binary.digest)
            )
            .into_bytes())
        })?;
        write!(
            head,
            "<meta name=\"files:{worker}\" content=\"/{} /{} /{}\">",
            loader.name, script.name, binary.name
        )?;
    }
    // A browser reads an import map only before the first module.
    let map = serde_json::json!({ "integrity": digests });
    write!(head, "<script type=\"importmap\">{map}</script>")?;
    let place = html
        .find("<title")
        .context("the page has no title to put the names of modules before")?;
    fs::write(page, format!("{}{head}{}", &html[..place], &html[place..]))?;
    Ok(())
}

/// The page without what it says of modules that are loaded later: they are no part of its first load.
pub fn without(html: &str) -> String {
    LATER.iter().fold(html.to_owned(), |text, (begin, end)| {
        let mut pieces = text.split(begin);
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |text, piece| {
            text + piece.split_once(end).map_or("", |(_, rest)| rest)
        })
    })
}

/// The names of the workers that trunk has made loaders for.
fn workers(dist: &Path) -> Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(dist)?
        .filter_map(|entry| {
            entry
                .ok()?
                .file_name()
                .into_string()
                .ok()?
                .strip_suffix(LOADER)
                .map(str::to_owned)
        })
        .collect();
    names.sort();
    Ok(names)
}

/// The page whose start script takes the main module from a fetch that checks its digest, and the script that begins this
/// fetch, to stand first. Trunk's preload would do neither: browsers check no digest of a preload that is to be fetched, and
/// some then load it twice.
fn verified_start(dist: &Path, html: &str) -> Result<(String, String)> {
    let (before, rest) = html
        .split_once("module_or_path:")
        .context("the page starts no module")?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().context("the page ends in its start script")?;
    let address = rest[quote.len_utf8()..].split(quote).next().unwrap_or_default();
    let binary = fs::read(dist.join(address.trim_start_matches('/')))
        .with_context(|| format!("the page starts {address}, which is not there"))?;
    let after = &rest[address.len() + 2 * quote.len_utf8()..];
    let begin = format!(
        "<script>const binary={};</script>",
        fetch(&format!("\"{address}\""), &digest(&binary))
    );
    let html = format!("{before}module_or_path:binary{after}");
    Ok((without_preload(&html, address), begin))
}

/// The page without the link that preloads a file.
fn without_preload(html: &str, address: &str) -> String {
    let preload = html.match_indices("<link").find_map(|(start, _)| {
        let end = start + html[start..].find('>')? + 1;
        let link = &html[start..end];
        (link.contains(address) && link.contains("preload")).then_some(start..end)
    });
    match preload {
        Some(place) => format!("{}{}", &html[..place.start], &html[place.end..]),
        None => html.to_owned(),
    }
}

/// A module's script that fetches its WebAssembly by its new name and its digest.
fn verified_fetch(script: &[u8], module: &str, binary: &Named) -> Result<Vec<u8>> {
    let text = std::str::from_utf8(script).with_context(|| format!("{module}.js is no text"))?;
    let old = format!("{module}_bg.wasm");
    let mut places = ['"', '\'', '`']
        .into_iter()
        .flat_map(|quote| {
            [", ", ","].map(|comma| format!("new URL({quote}{old}{quote}{comma}import.meta.url)"))
        })
        .filter(|place| text.contains(place.as_str()));
    let place = places
        .next()
        .with_context(|| format!("{module}.js does not say where its WebAssembly is"))?;
    ensure!(
        text.matches(&place).count() == 1,
        "{module}.js names its WebAssembly twice"
    );
    let new = fetch(&place.replace(&old, &binary.name), &binary.digest);
    Ok(text.replace(&place, &new).into_bytes())
}

/// The expression that fetches an address and checks what comes.
fn fetch(address: &str, digest: &str) -> String {
    format!("fetch({address},{{integrity:\"{digest}\"}})")
}

/// What `integrity` takes.
fn digest(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// A file with its new name.
struct Named {
    name: String,
    digest: String,
}

/// Changes a file and gives it the name of what it is then: `a_bg.wasm` becomes `a-0123456789abcdef_bg.wasm`.
fn hashed(dist: &Path, file: &str, change: impl FnOnce(Vec<u8>) -> Result<Vec<u8>>) -> Result<Named> {
    let path = dist.join(file);
    let bytes = fs::read(&path).with_context(|| format!("trunk has not made {file}"))?;
    let bytes = change(bytes)?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let end = file.find(['_', '.']).unwrap_or(file.len());
    let name = format!("{}-{:016x}{}", &file[..end], hasher.finish(), &file[end..]);
    let digest = digest(&bytes);
    fs::write(dist.join(&name), bytes)?;
    fs::remove_file(path)?;
    Ok(Named { name, digest })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<head><meta charset=utf-8>";
    const START: &str = "<script type=module>import init from\"/app-1.js\";await init({module_or_path:`/app-1_bg.wasm`});</script>\
        <link href=/app-1.js rel=modulepreload><link as=fetch href=/app-1_bg.wasm integrity=sha384-x rel=preload>";

    /// What trunk leaves behind.
    fn built() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("index.html", format!("{HEAD}<title>x</title>{START}").as_str()),
            ("app-1_bg.wasm", "main"),
            ("annex.js", "e=new URL(\"annex_bg.wasm\",import.meta.url);"),
            ("annex_bg.wasm", "annex"),
            ("account.js", "e=new URL(\"account_bg.wasm\",import.meta.url);"),
            ("account_bg.wasm", "account"),
            ("signing.js", "e=new URL(\"signing_bg.wasm\",import.meta.url);"),
            ("signing_bg.wasm", "signing"),
            ("staff.js", "e=new URL(\"staff_bg.wasm\",import.meta.url);"),
            ("staff_bg.wasm", "staff"),
            ("staff.css", "a{}"),
            ("booking.js", "e=new URL(\"booking_bg.wasm\",import.meta.url);"),
            ("booking_bg.wasm", "booking"),
            (
                "captcha-worker_loader.js",
                "load('./captcha-worker.js', './captcha-worker_bg.wasm')",
            ),
            ("captcha-worker.js", "script"),
            ("captcha-worker_bg.wasm", "worker"),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    /// What stands between two marks.
    fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
        let (_, rest) = text.split_once(before).unwrap();
        rest.split_once(after).unwrap().0
    }

    #[test]
    fn modules_are_found_by_hashed_names_and_checked_all_the_way_down() {
        let folder = built();
        let dist = folder.path();
        let text = |name: &str| fs::read_to_string(dist.join(name)).unwrap();
        name(dist).unwrap();
        let html = text("index.html");
        let fetch = |file: &str, quote: &str| {
            format!(
                "fetch({quote}{file}{quote},{{integrity:\"{}\"}})",
                digest(text(file.trim_start_matches(['.', '/'])).as_bytes())
            )
        };
        assert!(
            html.contains(&format!(
                "<script>const binary={};</script>",
                fetch("/app-1_bg.wasm", "\"")
            )),
            "{html}"
        );
        assert!(html.contains("init({module_or_path:binary})"), "{html}");
        assert!(
            html.contains("rel=modulepreload") && !html.contains("rel=preload"),
            "{html}"
        );

        let (script, binary) = between(&html, "files:annex\" content=\"", "\"")
            .split_once(' ')
            .unwrap();
        assert_eq!(text(&binary[1..]), "annex");
        assert!(
            binary.starts_with("/annex-") && binary.ends_with("_bg.wasm"),
            "{binary}"
        );
        assert_eq!(
            text(&script[1..]),
            format!(
                "e=fetch(new URL(\"{}\",import.meta.url),{{integrity:\"{}\"}});",
                &binary[1..],
                digest(b"annex")
            )
        );
        let map: serde_json::Value =
            serde_json::from_str(between(&html, "importmap\">", "</script>")).unwrap();
        assert_eq!(
            map["integrity"][script].as_str().unwrap(),
            digest(text(&script[1..]).as_bytes())
        );
        assert!(html.find("importmap").unwrap() < html.find("type=module").unwrap());

        let (style, sum) = between(&html, "style:staff\" content=\"", "\"")
            .split_once(' ')
            .unwrap();
        assert_eq!((text(&style[1..]).as_str(), sum), ("a{}", &*digest(b"a{}")));

        let worker: Vec<_> = between(&html, "files:captcha-worker\" content=\"", "\"")
            .split(' ')
            .collect();
        let loader = text(&worker[0][1..]);
        assert_eq!(
            (text(&worker[1][1..]), text(&worker[2][1..])),
            ("script".into(), "worker".into())
        );
        assert_eq!(text(between(&loader, "importScripts(\"./", "\"")), "script");
        let binary = between(&loader, "fetch(\"", "\"");
        assert_eq!(text(&binary[2..]), "worker");
        assert!(loader.ends_with(&format!(
            "wasm_bindgen({{module_or_path:{}}});",
            fetch(binary, "\"")
        )));

        assert_eq!(fs::read_dir(dist).unwrap().count(), 16, "no old name stays");
        let first = without(&html);
        assert!(
            first.starts_with(HEAD) && first.contains("<title>x</title>"),
            "{first}"
        );
        assert!(
            !first.contains("annex") && !first.contains("staff") && !first.contains("worker"),
            "{first}"
        );
    }

    #[test]
    fn a_script_of_another_form_is_an_error() {
        let folder = built();
        fs::write(folder.path().join("annex.js"), "e=somewhere_else;").unwrap();
        assert!(name(folder.path()).is_err());
        let folder = built();
        fs::write(folder.path().join("index.html"), "<title>x</title>").unwrap();
        assert!(name(folder.path()).is_err());
    }
}
