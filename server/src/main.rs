//! The binary `clavero`. (Being written.)
fn main() {}
