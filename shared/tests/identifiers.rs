//! The published vectors, on the host and in the browser: both run the same rules.

use shared::identifiers::{EmployerIdentifier, Progress, Ruc, RucReport};

const VECTORS: &str = include_str!("../../tests/data/ruc.tsv");

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_vector_is_judged_as_published() {
    let mut judged = 0;
    for line in VECTORS
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let [number, expected, kinds, check, _note] = columns[..] else {
            panic!("five columns: {line}")
        };
        let shown = RucReport::of(number).to_string();
        assert!(
            shown.starts_with(&format!("{expected}\t{kinds}\t{check}\t")),
            "{number}: {shown}"
        );
        assert_eq!(number.parse::<Ruc>().is_ok(), expected == "valid", "{number}");
        let complete = matches!(EmployerIdentifier::progress(number), Progress::Complete(_));
        assert_eq!(complete, expected == "valid", "{number}");
        judged += 1;
    }
    assert!(judged >= 31, "the file was cut: {judged} vectors");
}
