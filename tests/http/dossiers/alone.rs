//! What one officer cannot do alone: two of {another contact, a link for a new password, a passkey}, in whatever order and however
//! long apart, and lifting the brake that the owner pulled.

use super::people::*;
use crate::contacts::people::{confirm, confirmation};
use crate::recovery::people::{COMPANY, Condition, deliver};
use rstest::rstest;
use shared::accounts::api::{Freeze, FreezeToken};
use shared::api::ErrorCode;
use shared::dossiers::api::{ApprovalDecision, DossierView};
use shared::dossiers::{Action, ActionName, ApprovalState, Standing};
use shared::secrets::Secret;
use std::time::Duration;
use tests::{Engine, World};

const NEW: &str = "nueva@empresa.example";
const HOUR: Duration = Duration::from_hours(1);

/// A counter at which nobody's desk locks, and acts count together for an hour.
async fn patient(engine: Engine) -> Counter {
    let mut counter = counter_with(engine, COMPANY, Condition::Good, |policy| {
        policy.staff.idle_seconds = 36_000;
        policy.dossiers.four_eyes_hours = 1;
    })
    .await;
    counter.accept_all().await;
    counter
}

impl Counter {
    /// The person comes again, and everything is found in order again.
    pub async fn again(&mut self) -> DossierView {
        finish(&mut self.agent, self.visit).await;
        self.visit = serve(&mut self.agent, COMPANY).await;
        self.dossier = open(&mut self.agent, self.visit).await.unwrap().dossier;
        self.accept_all().await
    }
}

#[rstest]
#[case::contact_then_passkey(new_email(NEW), Action::EnrolPasskey)]
#[case::passkey_then_contact(Action::EnrolPasskey, new_email(NEW))]
#[case::link_then_passkey(send_link(), Action::EnrolPasskey)]
#[case::passkey_then_link(Action::EnrolPasskey, send_link())]
#[tokio::test]
async fn a_passkey_is_one_of_the_three(
    #[case] first: Action,
    #[case] second: Action,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let view = counter.act(first).await.unwrap().dossier;
    assert_eq!(action(&view, second.name()).standing, Standing::SecondOfficer);
    let acted = counter.act(second.clone()).await.unwrap();
    assert!(acted.enrolment.is_none(), "no link is shown");
    assert_eq!(acted.dossier.done.len(), 1, "the second one was not done");
    assert_eq!(acted.dossier.approvals[0].action, second.name());
    // Nor in a visit of later.
    let view = counter.again().await;
    assert_eq!(action(&view, second.name()).standing, Standing::SecondOfficer);
}

#[rstest]
#[tokio::test]
async fn what_is_shown_once_is_agreed_to_and_then_done_once_by_who_asked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    counter.act(new_email(NEW)).await.unwrap();
    let view = counter.act(Action::EnrolPasskey).await.unwrap().dossier;
    let asked = view.approvals[0].approval;
    let agreed = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap();
    assert_eq!(agreed.state, ApprovalState::Granted);
    let again = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap_err();
    assert_eq!(again.code, ErrorCode::ApprovalOver);
    let view = open(&mut counter.agent, counter.visit).await.unwrap();
    assert_eq!(view.done.len(), 1, "nothing is done yet");
    assert_eq!(
        action(&view, ActionName::EnrolPasskey).standing,
        Standing::Offered
    );
    counter.world.advance(TICK);
    let acted = counter.act(Action::EnrolPasskey).await.unwrap();
    assert!(acted.enrolment.is_some(), "the link is shown to who asked");
    let done = &acted.dossier.done[0];
    assert_eq!(
        (done.officer.as_str(), done.second.as_deref()),
        ("Ana Paz", Some("Luis Mora"))
    );
    assert_eq!(acted.dossier.approvals[0].state, ApprovalState::Agreed);
    // Once.
    counter.world.advance(TICK);
    let acted = counter.act(Action::EnrolPasskey).await.unwrap();
    assert!(acted.enrolment.is_none());
    assert_eq!(acted.dossier.approvals[0].state, ApprovalState::Waiting);
}

#[rstest]
#[case::one_tick_before(TICK, true)]
#[case::at_its_end(Duration::ZERO, false)]
#[tokio::test]
async fn what_was_granted_is_done_in_its_time_or_asked_again(
    #[case] short_of: Duration,
    #[case] is_shown: bool,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = counter_with(engine, COMPANY, Condition::Good, |policy| {
        policy.staff.idle_seconds = 3600;
    })
    .await;
    counter.accept_all().await;
    counter.act(new_email(NEW)).await.unwrap();
    let view = counter.act(Action::EnrolPasskey).await.unwrap().dossier;
    let asked = view.approvals[0].approval;
    // Its time begins when it is granted, however late that is.
    counter.world.advance(Duration::from_mins(14));
    decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap();
    counter
        .world
        .advance(Duration::from_mins(15).checked_sub(short_of).unwrap());
    let acted = counter.act(Action::EnrolPasskey).await.unwrap();
    assert_eq!(acted.enrolment.is_some(), is_shown);
    if !is_shown {
        let states: Vec<_> = acted.dossier.approvals.iter().map(|one| one.state).collect();
        assert_eq!(states, [ApprovalState::Waiting, ApprovalState::Lapsed]);
    }
}

#[rstest]
#[tokio::test]
async fn a_contact_counts_from_when_it_was_in_force(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = patient(engine).await;
    counter.act(new_email(NEW)).await.unwrap();
    counter.world.advance(Duration::from_mins(20));
    let token = confirmation(&counter.world, NEW).await;
    confirm(&counter.world, &token).await.unwrap();
    let in_force = counter.world.now();
    // The act is an hour old, the contact is not.
    counter.world.advance(HOUR.checked_sub(TICK).unwrap());
    let view = counter.again().await;
    for name in [ActionName::SendRecoveryLink, ActionName::EnrolPasskey] {
        assert_eq!(action(&view, name).standing, Standing::SecondOfficer, "{name:?}");
    }
    let acted = counter.act(send_link()).await.unwrap();
    assert!(acted.dossier.done.is_empty());
    counter.world.advance(TICK);
    assert_eq!(counter.world.now(), in_force.after(HOUR));
    let view = counter.again().await;
    assert_eq!(
        action(&view, ActionName::SendRecoveryLink).standing,
        Standing::Offered
    );
}

#[rstest]
#[tokio::test]
async fn a_change_that_is_pending_counts(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = patient(engine).await;
    // Half an hour to confirm: it waits still when the act itself would not count any more.
    counter.act(new_email(NEW)).await.unwrap();
    let view = counter.again().await;
    assert_eq!(
        action(&view, ActionName::SendRecoveryLink).standing,
        Standing::SecondOfficer
    );
    counter.world.advance(HOUR);
    let view = counter.again().await;
    assert_eq!(
        action(&view, ActionName::SendRecoveryLink).standing,
        Standing::Offered,
        "nobody confirmed it, and the hour is over"
    );
}

/// The token of the newest mail's link "no fui yo" to an address.
async fn no_fui_yo(world: &World, to: &str) -> FreezeToken {
    deliver(world).await;
    let mails = world.mails();
    let mail = mails
        .iter()
        .find(|mail| mail.to.to_string() == to && mail.text.contains("/no-fui-yo#"));
    let text = &mail.expect("a mail with a freeze link").text;
    let (_, rest) = text.split_once("/no-fui-yo#").unwrap();
    FreezeToken {
        token: Secret::from(rest.split_whitespace().next().unwrap()),
    }
}

#[rstest]
#[tokio::test]
async fn what_the_owner_froze_is_lifted_by_two(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = ready(engine).await;
    // The owner knows nothing of this link.
    counter.act(send_link()).await.unwrap();
    counter.act(Action::Freeze).await.unwrap();
    counter.world.advance(TICK);
    // An officer froze it, and sent a link before.
    let view = open(&mut counter.agent, counter.visit).await.unwrap();
    assert_eq!(
        action(&view, ActionName::Unfreeze).standing,
        Standing::SecondOfficer
    );
    let asked = counter.act(Action::Unfreeze).await.unwrap().dossier.approvals[0].approval;
    decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap();
    counter.world.advance(Duration::from_mins(1));
    let token = no_fui_yo(&counter.world, "maria@empresa.example").await;
    counter.world.browser().call::<Freeze>(&token).await.unwrap();
    let acted = counter.act(Action::Unfreeze).await.unwrap();
    assert_eq!(acted.dossier.approvals[0].state, ApprovalState::Waiting);
    assert_eq!(acted.dossier.approvals[0].action, ActionName::Unfreeze);
}

#[rstest]
#[tokio::test]
async fn the_owners_own_freeze_alone_needs_two(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = accepted(engine, COMPANY, Condition::Frozen).await;
    let view = open(&mut counter.agent, counter.visit).await.unwrap();
    assert_eq!(
        action(&view, ActionName::Unfreeze).standing,
        Standing::SecondOfficer
    );
    let asked = counter.act(Action::Unfreeze).await.unwrap().dossier.approvals[0].approval;
    let agreed = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap();
    assert_eq!(agreed.state, ApprovalState::Agreed);
    // Whoever came to have it lifted gets a new password without a third decision.
    counter.act(send_link()).await.unwrap();
    deliver(&counter.world).await;
}
