//! The module of requests that are signed electronically (ADR 110).

fn main() {
    frontend::later::begin::<frontend::signing::Signing>(frontend::routes::Module::Signing);
}
