//! The module of the strength worker: zxcvbn and its dictionaries live in here only.

fn main() {
    frontend::forms::strength::serve();
}
