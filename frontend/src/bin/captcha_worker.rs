//! The module of the captcha worker.

fn main() {
    frontend::captcha::serve();
}
