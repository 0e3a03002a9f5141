//! The module of the texts' worker: the language that a first load does not carry.

fn main() {
    frontend::i18n::serve();
}
