//! Centres and the institution's words, as everybody sees them and as administrators keep them.

mod displaced;
mod institution;
mod keeping;

use server::centres::import;
use shared::centres::CentreId;
use shared::centres::api::{CentreDetails, ListCentres};
use shared::staff::{ActReason, Role};
use tests::captcha::effortless;
use tests::desk::{Desk, desk};
use tests::{Engine, World};

const FILE: &str = "\
code,name,province,canton,address,hours,counters,procedures,modes
UIO-1,Quito Norte,17,Quito,Av. Inventada 1,mon-fri 08:00-16:40,2,\"recovery,unlock\",\"in_person,video\"
GPS,Santa Cruz,20,Santa Cruz,Av. Inventada 2,mon-fri 08:00-12:00,1,recovery,in_person
";

async fn world(engine: Engine) -> World {
    let world = World::with(engine, |setup| effortless(&mut setup.config.policy.captcha)).await;
    let rows = import::read(FILE.as_bytes()).unwrap();
    import::write(&world.app, rows, 0).await.unwrap();
    world
}

async fn administrator(world: &World) -> Desk {
    desk(world, "Elsa Mora", Role::Administrator, None).await
}

fn reason() -> ActReason {
    "lo pidió la dirección".parse().unwrap()
}

/// The details of a centre of [`FILE`].
fn details(code: &str) -> CentreDetails {
    let rows = import::read(FILE.as_bytes()).unwrap();
    let row = rows.into_iter().find(|row| row.details.code.as_str() == code);
    row.unwrap().details
}

async fn id_of(world: &World, code: &str) -> CentreId {
    let list = world.browser().call::<ListCentres>(&()).await.unwrap();
    let found = list.centres.iter().find(|centre| centre.code.as_str() == code);
    found.unwrap().id
}
