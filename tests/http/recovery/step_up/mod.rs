//! When the right answers are not enough: why, and what leads on.

mod assertion;
mod between;
mod rules;

use super::people::*;
use server::challenges::Identity;
use shared::identifiers::AccountId;
use shared::policy::{Policy, Profile};
use shared::recovery::api::{CaseView, PasskeyChallenge, StageView};
use shared::step_up::Reason;
use std::time::Duration;
use tests::{Browser, Engine, World, history};

const DAY: Duration = Duration::from_hours(24);

/// A world with the rules of the policy.
async fn strict(engine: Engine) -> World {
    with(engine, |policy| {
        policy.step_up = Policy::of(Profile::Y2026).step_up;
        policy.password.history = 0;
    })
    .await
}

fn identity(employer: Employer) -> Identity {
    Identity {
        employer: employer.identifier(),
        branch: shared::identifiers::Branch::default(),
        representative: employer.representative.parse().unwrap(),
    }
}

/// A case whose answers are right.
async fn prove(browser: &mut Browser, employer: Employer) -> CaseView {
    let case = employer.identify(browser).await.unwrap();
    answer(browser, &right(&questions(&case))).await.unwrap()
}

/// A case that asks for a passkey, because the password was recovered yesterday.
async fn asked_for_more(
    world: &World,
    browser: &mut Browser,
    employer: Employer,
    account: AccountId,
) -> CaseView {
    let yesterday = world.now().before(DAY);
    history::recovered(world, account, &identity(employer), yesterday).await;
    let view = prove(browser, employer).await;
    assert_eq!(reasons(&view), [Reason::RecoveryRepeated]);
    view
}

fn reasons(view: &CaseView) -> Vec<Reason> {
    let StageView::StepUp { reasons, .. } = &view.stage else {
        panic!("{:?}", view.stage)
    };
    reasons.clone()
}

/// What a passkey is to sign, and how many more assertions are accepted.
fn challenge(view: &CaseView) -> (Option<PasskeyChallenge>, u8) {
    let StageView::StepUp {
        passkey,
        attempts_left,
        ..
    } = &view.stage
    else {
        panic!("{:?}", view.stage)
    };
    (passkey.clone(), *attempts_left)
}
