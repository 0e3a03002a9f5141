//! The module of appointments (ADR 130).

fn main() {
    frontend::later::begin::<frontend::booking::Booking>(frontend::routes::Module::Booking);
}
