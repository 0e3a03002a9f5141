//! What happened to an account long before a test begins, written as rows: what rules of the step-up look back at.

use crate::World;
use server::challenges::{Identity, service as challenges};
use shared::identifiers::AccountId;
use shared::time::Timestamp;
use std::time::Duration;
use uuid::Uuid;

const CONTACT_CHANGE: &str = "INSERT INTO contact_changes (id, account_id, kind, state, requested_at, ended_at) \
    VALUES ($1, $2, 'email', 'applied', $3, $3)";
const COMPLETED_CASE: &str = "INSERT INTO recovery_cases \
    (id, version, cookie, document, stage, subject, account_id, language, opened_at, changed_at) \
    VALUES ($1, 1, $2, '{}', 'completed', $3, $4, 'es', $5, $5)";

/// A new contact took the place of an old one.
pub async fn contact_changed(world: &World, account: AccountId, at: Timestamp) {
    let mut tx = world.app.store.write().await.expect("a transaction");
    server::changed!(
        &mut tx,
        sqlx::query(CONTACT_CHANGE)
            .bind(Uuid::from_bytes(world.app.entropy.bytes()))
            .bind(account.as_uuid())
            .bind(at.as_micros())
    )
    .expect("a change of a contact");
    tx.commit().await.expect("a commit");
}

/// The password was recovered.
pub async fn recovered(world: &World, account: AccountId, identity: &Identity, at: Timestamp) {
    let mut tx = world.app.store.write().await.expect("a transaction");
    let cookie: [u8; 32] = world.app.entropy.bytes();
    let subject = identity.subject(&world.app.keys);
    server::changed!(
        &mut tx,
        sqlx::query(COMPLETED_CASE)
            .bind(Uuid::from_bytes(world.app.entropy.bytes()))
            .bind(cookie.as_slice())
            .bind(subject.0.as_slice())
            .bind(account.as_uuid())
            .bind(at.as_micros())
    )
    .expect("a case that was completed");
    tx.commit().await.expect("a commit");
}

/// The online recovery was suspended, for a day.
pub async fn suspended(world: &World, account: AccountId, identity: &Identity, at: Timestamp) {
    let mut tx = world.app.store.write().await.expect("a transaction");
    let subject = identity.subject(&world.app.keys);
    let until = at.after(Duration::from_hours(24));
    challenges::suspend(&world.app, &mut tx, subject, Some(account), at, until)
        .await
        .expect("a suspension");
    tx.commit().await.expect("a commit");
}
