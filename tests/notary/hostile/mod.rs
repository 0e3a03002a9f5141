//! Files that are not to pass, each with the check that finds it and what it finds.
//!
//! An attack is a function from a scene in which everything is sound to an upload in which one thing is not. It is signed by our
//! own hand, so that everything else about it is right.

mod altered;
mod certificates;
mod files;
mod messages;
mod pages;
mod ranges;
mod requests;
mod revocation;

use crate::scene::{Scene, Upload};
use shared::signatures::{Check, Finding};
use tests::pki::{Authority, Layout};

/// What an attacker does.
type Attack = fn(&Scene) -> Upload;

/// That the verdict on an attack is this.
fn judged(attack: Attack, check: Check, finding: Finding) {
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    attack(&scene).assert(check, finding);
}
