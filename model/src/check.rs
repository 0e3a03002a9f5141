//! Exploring a world to its last state.

use crate::bounds::Bounds;
use crate::deed::Deed;
use crate::fault::Fault;
use crate::properties;
use crate::world::World;
use stateright::{Checker, Expectation, HasDiscoveries, Model, Property};
use std::collections::BTreeSet;

/// The world as stateright sees it.
#[derive(Clone, Debug)]
pub struct Recovery {
    bounds: Bounds,
    fault: Fault,
}

/// What an exploration found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which world.
    pub bounds: &'static str,
    /// How many states there are, each once.
    pub states: usize,
    /// How many steps lead to them.
    pub steps: usize,
    /// How many deeds the longest way has that was needed to reach one of them.
    pub depth: usize,
    /// How many promises were held against each of them, and kept.
    pub kept: usize,
    /// What broke, with the deeds that lead there.
    pub broken: Vec<(&'static str, Vec<Deed>)>,
    /// What should be possible and never happened.
    pub never: Vec<&'static str>,
}

impl Model for Recovery {
    type State = World;
    type Action = Deed;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(self.bounds, self.fault)]
    }

    fn actions(&self, world: &World, deeds: &mut Vec<Deed>) {
        world.deeds(deeds);
    }

    fn next_state(&self, world: &World, deed: Deed) -> Option<World> {
        Some(world.after(deed))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::properties(&self.bounds)
    }
}

/// Explores every state and holds every promise against it.
pub fn check(bounds: Bounds, threads: usize) -> Report {
    let model = Recovery {
        bounds,
        fault: Fault::None,
    };
    let promised = model.properties();
    let checker = model
        .clone()
        .checker()
        .threads(threads)
        .finish_when(HasDiscoveries::AnyFailures)
        .spawn_bfs()
        .join();
    let mut found = checker.discoveries();
    let mut report = Report {
        bounds: bounds.name,
        states: checker.unique_state_count(),
        steps: checker.state_count(),
        depth: checker.max_depth(),
        kept: 0,
        broken: Vec::new(),
        never: Vec::new(),
    };
    for property in promised {
        let path = found.remove(property.name);
        match (path, property.expectation.discovery_is_failure()) {
            (Some(path), true) => {
                let way = shortened(&model, &property, path.into_actions());
                report.broken.push((property.name, way));
            }
            (None, false) => report.never.push(property.name),
            (None, true) => report.kept += 1,
            (Some(_), false) => {}
        }
    }
    report
}

/// Looks for a way in which a faulty server breaks a promise; a short one, without a deed that it does not need.
pub fn find(bounds: Bounds, fault: Fault, promise: &'static str) -> Option<Vec<Deed>> {
    let model = Recovery { bounds, fault };
    let search = |depth: usize| {
        let checker = model
            .clone()
            .checker()
            .target_max_depth(depth)
            .finish_when(HasDiscoveries::AnyOf(BTreeSet::from([promise])))
            .spawn_bfs()
            .join();
        checker.discovery(promise).map(stateright::Path::into_actions)
    };
    // Where there is no limit of depth it is not the shortest way that is found.
    let any = search(0)?;
    let way = (2..=any.len()).find_map(search).unwrap_or(any);
    Some(shortened(&model, &model.property(promise), way))
}

/// The same way without the deeds that it does not need: what is left breaks the promise as well.
fn shortened(model: &Recovery, property: &Property<Recovery>, mut way: Vec<Deed>) -> Vec<Deed> {
    let mut place = way.len();
    while place > 0 {
        place -= 1;
        let mut without = way.clone();
        without.remove(place);
        if breaks(model, property, &without) {
            way = without;
            place = way.len();
        }
    }
    way
}

/// Whether a way can be gone, and breaks the promise at its end.
fn breaks(model: &Recovery, property: &Property<Recovery>, way: &[Deed]) -> bool {
    let mut world = World::new(model.bounds, model.fault);
    let mut deeds = Vec::new();
    for deed in way {
        world.deeds(&mut deeds);
        if !deeds.contains(deed) {
            return false;
        }
        deeds.clear();
        world = world.after(*deed);
    }
    world.deeds(&mut deeds);
    let ends = match property.expectation {
        Expectation::Always | Expectation::Sometimes => true,
        Expectation::Eventually => deeds.is_empty(),
    };
    ends && !(property.condition)(model, &world)
}
