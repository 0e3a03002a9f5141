//! The annex: the module of pages that a first visit does not begin with (ADR 75).

fn main() {
    frontend::later::begin::<frontend::annex::Annex>(frontend::routes::Module::Annex);
}
