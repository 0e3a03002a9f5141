//! The account area: the module of signing in and of what is behind it (ADR 56).

fn main() {
    frontend::later::begin::<frontend::area::AccountArea>(frontend::routes::Module::Account);
}
