//! What `cargo xtask bench` measures of the common crate, natively and as WebAssembly: the calls that a keystroke and
//! the captcha's worker make, without a page around them.
//!
//! Natively it prints `keystrokes <per second>` and `captcha_tries <per second>`; as WebAssembly it exports the two
//! functions for node to time. No part of the product.

mod workload;

#[cfg(target_arch = "wasm32")]
mod exports {
    use super::workload;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Checks a number and a password at every keystroke, `rounds` times; how many keystrokes that were.
    #[wasm_bindgen]
    pub fn keystrokes(rounds: u32) -> u32 {
        workload::keystrokes(rounds)
    }

    /// Tries nonces of the captcha; whether the challenge could be worked on.
    #[wasm_bindgen]
    pub fn captcha_tries(tries: u32) -> bool {
        workload::captcha_tries(tries)
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement reads the clock and prints"
)]
fn main() {
    let per_second = |work: &dyn Fn() -> u32| {
        let _warm = work();
        let start = std::time::Instant::now();
        let done = work();
        f64::from(done) / start.elapsed().as_secs_f64()
    };
    println!("keystrokes {:.0}", per_second(&|| workload::keystrokes(4000)));
    println!(
        "captcha_tries {:.1}",
        per_second(&|| u32::from(workload::captcha_tries(400)) * 400)
    );
}
