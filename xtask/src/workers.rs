//! Hashed names for the workers. Trunk hashes what the page names itself; workers are started by their names at run time,
//! so this gives them a hash of their content and tells the page, as `<meta name="worker:NAME" content="/…">`.

use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// What trunk calls the script that starts a worker: the worker's name and this.
const LOADER: &str = "_loader.js";

/// Renames the files of every worker in the built frontend and writes their addresses into the page.
pub fn name(dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let mut html = fs::read_to_string(&page)?;
    let mut workers: Vec<String> = fs::read_dir(dist)?
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
    workers.sort();
    for worker in workers {
        let module = hashed(dist, &format!("{worker}_bg.wasm"), &[])?;
        let script = hashed(dist, &format!("{worker}.js"), &[&module])?;
        let loader = hashed(dist, &format!("{worker}{LOADER}"), &[&module, &script])?;
        let meta = format!("<meta name=\"worker:{worker}\" content=\"/{}\">", loader.new);
        let place = html
            .find("<title")
            .context("the page has no title to put the workers' names before")?;
        html.insert_str(place, &meta);
    }
    fs::write(page, html)?;
    Ok(())
}

/// The page without what it says of workers: they are no part of its first load.
pub fn without(html: &str) -> String {
    let mut pieces = html.split("<meta name=\"worker:");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        text + piece.split_once('>').map_or("", |(_, rest)| rest)
    })
}

/// A file and its new name.
struct Renamed {
    old: String,
    new: String,
}

/// Writes new names into a file and gives it one itself: `a_bg.wasm` becomes `a-0123456789abcdef_bg.wasm`.
fn hashed(dist: &Path, file: &str, inside: &[&Renamed]) -> Result<Renamed> {
    let path = dist.join(file);
    let mut bytes = fs::read(&path).with_context(|| format!("trunk has not made {file}"))?;
    for other in inside {
        let text = String::from_utf8(bytes).with_context(|| format!("{file} is no script"))?;
        bytes = text.replace(&other.old, &other.new).into_bytes();
    }
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let end = file.find(['_', '.']).unwrap_or(file.len());
    let new = format!("{}-{:016x}{}", &file[..end], hasher.finish(), &file[end..]);
    fs::write(dist.join(&new), bytes)?;
    fs::remove_file(path)?;
    Ok(Renamed {
        old: file.to_owned(),
        new,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_is_found_by_its_hashed_name_all_the_way_down() {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path();
        let text = |name: &str| fs::read_to_string(dist.join(name)).unwrap();
        fs::write(
            dist.join("index.html"),
            "<head><meta charset=utf-8><title>x</title>",
        )
        .unwrap();
        fs::write(
            dist.join("captcha-worker_loader.js"),
            "load('./captcha-worker.js', './captcha-worker_bg.wasm')",
        )
        .unwrap();
        fs::write(dist.join("captcha-worker.js"), "fetch('captcha-worker_bg.wasm')").unwrap();
        fs::write(dist.join("captcha-worker_bg.wasm"), "module").unwrap();
        name(dist).unwrap();
        let html = text("index.html");
        let loader = html
            .split("content=\"/")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let names: Vec<String> = text(&loader)
            .split('\'')
            .skip(1)
            .step_by(2)
            .map(|it| it[2..].to_owned())
            .collect();
        assert_eq!(text(&names[0]), format!("fetch('{}')", names[1]));
        assert_eq!(text(&names[1]), "module");
        assert!(
            names[1].starts_with("captcha-worker-") && names[1].ends_with("_bg.wasm"),
            "{names:?}"
        );
        assert_eq!(fs::read_dir(dist).unwrap().count(), 4);
        assert_eq!(without(&html), "<head><meta charset=utf-8><title>x</title>");
    }
}
