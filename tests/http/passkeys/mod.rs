//! Passkeys through the real router, with a device in software, on both databases.

mod assertion;
mod bodies;
mod ceremonies;
mod counter;
mod enrolment;
mod holder;
mod owned;
mod races;

use crate::sessions::people::{self, COMPANY, Employer, TICK};
use serde_json::Value;
use server::on;
use server::passkeys::{AssertedFor, AssertedPasskey, PasskeyRefused, service};
use shared::identifiers::{AccountId, UnlockId};
use shared::passkeys::browser::{AuthenticationResponse, RequestOptions};
use tests::authenticator::{self, Device};
use tests::{Engine, World};
use uuid::Uuid;

/// A case that asks for a passkey. Which slice's it is makes no difference here.
const CASE: AssertedFor = AssertedFor::Unlock(UnlockId::from_uuid(Uuid::from_u128(7)));

/// A world with an employer, and a device with a passkey of its account.
async fn enrolled(engine: Engine) -> (World, AccountId, Device) {
    let world = people::world(engine).await;
    let (account, device) = enrolled_in(&world, COMPANY).await;
    (world, account, device)
}

async fn enrolled_in(world: &World, employer: Employer) -> (AccountId, Device) {
    let account = employer.settle(world).await;
    let mut device = Device::of(world);
    authenticator::enrol(world, &mut device, employer.0).await;
    (account, device)
}

/// Draws the challenge of a case.
async fn ask(world: &World, case: AssertedFor) -> RequestOptions {
    let mut tx = world.app.store.write().await.unwrap();
    let options = service::begin_assertion(&world.app, &mut tx, case, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    options
}

/// Sends a device's answer, and lets a moment pass: events have an order then.
async fn answer(
    world: &World,
    case: AssertedFor,
    account: Option<AccountId>,
    response: &AuthenticationResponse,
) -> Result<AssertedPasskey, PasskeyRefused> {
    let judged = service::finish_assertion(&world.app, case, account, response, None)
        .await
        .unwrap();
    world.advance(TICK);
    judged
}

/// Why ceremonies were refused, oldest first, as the audit log has it.
async fn reasons(world: &World) -> Vec<String> {
    let mut tx = world.app.store.read().await.unwrap();
    let rows: Vec<(String,)> = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT detail FROM audit_events WHERE kind = 'passkey_refused' ORDER BY at, id"
    )
    .fetch_all(conn))
    .unwrap();
    rows.into_iter()
        .map(|(detail,)| {
            let event: Value = serde_json::from_str(&detail).unwrap();
            event["reason"].as_str().unwrap().to_owned()
        })
        .collect()
}
