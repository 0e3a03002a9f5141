//! What `cargo xtask bench` measures of the server in process, built for release. Each line is a name and a number; the
//! task puts them beside each other as ratios of one run, because a number alone says more of the machine than of us.

#![expect(clippy::print_stdout, reason = "a measurement prints")]
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

mod import;
mod population;
mod recoveries;
mod verification;

use std::time::Instant;

/// Requests under way at once.
const CLIENTS: usize = 8;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // `cargo test --all-targets` starts benchmarks too, with `--test`: there is nothing to check then.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    verification::measure()?;
    recoveries::measure().await?;
    import::measure().await
}

/// Prints how many of something were done in a second.
fn report(name: &str, done: usize, since: Instant) {
    #[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are small")]
    let rate = done as f64 / since.elapsed().as_secs_f64();
    println!("{name} {rate:.1}");
}
