//! Rebuilds the server when what it carries inside has changed: the migrations and, in a release build, the frontend.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    // A path that is missing would be "changed" at every build; the folder is where the frontend's build writes anyway.
    // A debug build reads the folder when it starts, and need not be built again.
    if is_release() && std::fs::create_dir_all("../dist").is_ok() {
        println!("cargo::rerun-if-changed=../dist");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script of the profile in no other way"
)]
fn is_release() -> bool {
    std::env::var("PROFILE").is_ok_and(|profile| profile == "release")
}
