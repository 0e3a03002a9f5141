//! A crowd of sign-ins before the hashing queue, and somebody who holds a link.

use super::people::{RIGHT, WRONG, change};
use crate::recovery::people::{BETTER, COMPANY, Condition, GOOD, OTHER, reset, with};
use futures_util::future::join_all;
use futures_util::poll;
use rstest::rstest;
use server::accounts::{Checked, StoredPassword, service as accounts};
use server::slots::Room;
use shared::api::ErrorCode;
use shared::secrets::Secret;
use shared::sessions::api::{Credentials, SignIn};
use tests::Engine;

#[rstest]
#[tokio::test]
async fn a_queue_full_of_sign_ins_has_a_place_for_a_link_and_for_a_session(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.hashing.slots = 1).await;
    COMPANY.settle(&world, Condition::Good).await;
    let id = OTHER.settle(&world, Condition::Good).await.unwrap();
    super::people::set_password(&world, id, RIGHT).await;
    let credentials = |number: &str, password: &str| Credentials {
        employer: number.parse().unwrap(),
        branch: shared::identifiers::Branch::default(),
        delegate: None,
        password: Secret::from(password),
    };
    let mut owner = world.browser();
    owner
        .call::<SignIn>(&credentials(OTHER.number, RIGHT))
        .await
        .unwrap();
    let token = COMPANY.reach_link(&world, &mut world.browser()).await;

    // The only slot is in use, 64 wait, half of the queue, and nothing moves them on.
    let held = world.app.hasher.hold().unwrap();
    let (nobody, wrong) = (StoredPassword::default(), Secret::from(WRONG));
    let mut crowd: Vec<_> = (0..64)
        .map(|_| Box::pin(accounts::check_password(&world.app, &nobody, &wrong, Room::Half)))
        .collect();
    // What this task did before must not count against these: tokio lets a task go on only so far at a time.
    tokio::task::yield_now().await;
    for one in &mut crowd {
        assert!(poll!(one.as_mut()).is_pending());
    }
    let asked = credentials(COMPANY.number, WRONG);
    let problem = world.browser().call::<SignIn>(&asked).await.unwrap_err();
    assert_eq!((problem.code, problem.status), (ErrorCode::Busy, 503));

    drop(held);
    let mut visitor = world.browser();
    let (done, changed, crowd) = tokio::join!(
        reset(&mut visitor, &token, GOOD),
        change(&mut owner, RIGHT, BETTER),
        join_all(crowd),
    );
    assert!(done.is_ok() && changed.is_ok(), "{done:?} {changed:?}");
    assert!(
        crowd.iter().all(|one| matches!(one, Ok(Checked::Wrong))),
        "and the crowd is compared"
    );
}
