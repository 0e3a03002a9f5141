//! The staff's module: signing in, the queue, dossiers, and what else is behind the counter (ADR 131).

fn main() {
    frontend::later::begin::<frontend::office::Office>(frontend::routes::Module::Staff);
}
