//! Four eyes: who may decide, until when, once.

use super::people::*;
use crate::recovery::people::{COMPANY, Condition, deliver};
use rstest::rstest;
use shared::api::ErrorCode;
use shared::dossiers::api::{ApprovalDecision, Yours};
use shared::dossiers::{Action, ActionName, ApprovalState, Item, Standing, Verdict, Way};
use shared::identifiers::ApprovalId;
use std::time::Duration;
use tests::Engine;

const MINUTES: Duration = Duration::from_mins(15);

fn links(counter: &Counter) -> usize {
    let mails = counter.world.mails();
    mails
        .iter()
        .filter(|mail| mail.text.contains("/restablecer#"))
        .count()
}

#[rstest]
#[tokio::test]
async fn the_second_of_the_pair_waits_for_another_officer_in_either_order(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for (first, second, name) in [
        (
            new_email("nueva@empresa.example"),
            send_link(),
            ActionName::SendRecoveryLink,
        ),
        (
            send_link(),
            new_email("nueva@empresa.example"),
            ActionName::ChangeContact,
        ),
    ] {
        let mut counter = ready(engine).await;
        let view = counter.act(first).await.unwrap().dossier;
        assert_eq!(action(&view, name).standing, Standing::SecondOfficer);
        let view = counter.act(second.clone()).await.unwrap().dossier;
        assert_eq!(view.done.len(), 1, "the second one was not done");
        let asked = &view.approvals[0];
        assert_eq!(
            (asked.action, asked.state, asked.yours),
            (name, ApprovalState::Waiting, Yours::Own)
        );
        assert_eq!(action(&view, name).standing, Standing::AwaitsApproval);
        // Asking again asks nobody again.
        let view = counter.act(second).await.unwrap().dossier;
        assert_eq!(view.approvals.len(), 1);
        let seen = approvals(&mut counter.other).await;
        assert_eq!(seen[0].yours, Yours::ToDecide);
    }
}

#[rstest]
#[tokio::test]
async fn nobody_agrees_to_their_own(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = ready(engine).await;
    let asked = counter.asked().await;
    let refused = decide(&mut counter.agent, asked, ApprovalDecision::Agree)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::ApprovalOwn);
    deliver(&counter.world).await;
    assert_eq!(links(&counter), 0);
}

#[rstest]
#[tokio::test]
async fn agreeing_carries_it_out_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = ready(engine).await;
    let asked = counter.asked().await;
    let agreed = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap();
    assert_eq!((agreed.state, agreed.contact), (ApprovalState::Agreed, None));
    let refused = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::ApprovalOver);
    deliver(&counter.world).await;
    assert_eq!(links(&counter), 1);
    let view = open(&mut counter.agent, counter.visit).await.unwrap();
    let done = &view.done[0];
    assert_eq!(done.action, ActionName::SendRecoveryLink);
    assert_eq!(
        (done.officer.as_str(), done.second.as_deref()),
        ("Ana Paz", Some("Luis Mora"))
    );
}

#[rstest]
#[tokio::test]
async fn two_who_agree_at_once_carry_it_out_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = ready(engine).await;
    let asked = counter.asked().await;
    let mut third = seated(&counter.world, "Rosa Vega", counter.centre, 3).await;
    let (one, two) = tokio::join!(
        decide(&mut counter.other, asked, ApprovalDecision::Agree),
        decide(&mut third, asked, ApprovalDecision::Agree),
    );
    let codes: Vec<Option<ErrorCode>> = [one, two]
        .map(|reply| reply.err().map(|problem| problem.code))
        .to_vec();
    assert!(
        codes.contains(&None) && codes.contains(&Some(ErrorCode::ApprovalOver)),
        "{codes:?}"
    );
    deliver(&counter.world).await;
    assert_eq!(links(&counter), 1);
}

#[rstest]
#[tokio::test]
async fn one_who_agrees_and_one_who_refuses_at_once_are_one_decision(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let asked = counter.asked().await;
    let mut third = seated(&counter.world, "Rosa Vega", counter.centre, 3).await;
    let (one, two) = tokio::join!(
        decide(&mut counter.other, asked, ApprovalDecision::Agree),
        decide(&mut third, asked, ApprovalDecision::Refuse),
    );
    assert_ne!(one.is_ok(), two.is_ok());
    deliver(&counter.world).await;
    assert_eq!(links(&counter), usize::from(one.is_ok()));
}

#[rstest]
#[case::one_tick_before(MINUTES.checked_sub(TICK).unwrap(), None)]
#[case::at_the_deadline(MINUTES, Some(ErrorCode::ApprovalOver))]
#[case::after_it(MINUTES + TICK, Some(ErrorCode::ApprovalOver))]
#[tokio::test]
async fn a_second_officer_has_fifteen_minutes(
    #[case] after: Duration,
    #[case] expected: Option<ErrorCode>,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    // The desks stay open for as long as that.
    let mut counter = counter_with(engine, COMPANY, Condition::Good, |policy| {
        policy.staff.idle_seconds = 3600;
    })
    .await;
    counter.accept_all().await;
    let asked = counter.asked().await;
    counter.world.advance(after);
    let decided = decide(&mut counter.other, asked, ApprovalDecision::Agree).await;
    assert_eq!(decided.err().map(|problem| problem.code), expected);
    if expected.is_some() {
        server::dossiers::job::lapse(&counter.world.app).await.unwrap();
        let seen = approvals(&mut counter.other).await;
        assert_eq!(
            (seen[0].state, seen[0].contact.clone()),
            (ApprovalState::Lapsed, None)
        );
        // It can be asked for again.
        let view = counter.act(send_link()).await.unwrap().dossier;
        assert_eq!(view.approvals[0].state, ApprovalState::Waiting);
    }
}

#[rstest]
#[tokio::test]
async fn a_refusal_does_nothing_and_says_why(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = ready(engine).await;
    let asked = counter.asked().await;
    decide(&mut counter.other, asked, ApprovalDecision::Refuse)
        .await
        .unwrap();
    deliver(&counter.world).await;
    assert_eq!(links(&counter), 0);
    let view = open(&mut counter.agent, counter.visit).await.unwrap();
    let decided = view.approvals[0].decided.as_ref().unwrap();
    assert_eq!(
        (decided.officer.as_str(), decided.reason.as_str()),
        ("Luis Mora", "Revisé el expediente")
    );
    assert_eq!(view.done.len(), 1);
}

#[rstest]
#[tokio::test]
async fn what_is_agreed_to_after_the_visit_is_not_done(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let asked = counter.asked().await;
    finish(&mut counter.agent, counter.visit).await;
    let refused = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::ApprovalOver);
    deliver(&counter.world).await;
    assert_eq!(links(&counter), 0);
}

#[rstest]
#[tokio::test]
async fn what_changed_meanwhile_is_looked_at_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let asked = counter.asked().await;
    let rejected = found(counter.dossier, Item::Identity, Way::Original, Verdict::Rejected);
    record(&mut counter.agent, &rejected).await.unwrap();
    let refused = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::ItemsMissing);
    let accepted = found(counter.dossier, Item::Identity, Way::Original, Verdict::Accepted);
    record(&mut counter.agent, &accepted).await.unwrap();
    // Frozen meanwhile: the account cannot have it any more, and that is what the agreement comes to.
    counter.act(Action::Freeze).await.unwrap();
    let agreed = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap();
    assert_eq!(agreed.state, ApprovalState::Failed);
    deliver(&counter.world).await;
    assert_eq!(links(&counter), 0);
}

#[rstest]
#[tokio::test]
async fn a_crash_in_the_middle_leaves_it_undecided_and_nothing_done(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let asked = counter.asked().await;
    // The last thing that the transaction writes is refused by the database: everything before it is undone.
    break_acts(&counter).await;
    let reply = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap_err();
    assert_eq!(reply.code, ErrorCode::Internal);
    mend_acts(&counter).await;
    deliver(&counter.world).await;
    assert_eq!(links(&counter), 0);
    let view = open(&mut counter.agent, counter.visit).await.unwrap();
    assert_eq!(view.approvals[0].state, ApprovalState::Waiting);
    assert_eq!(view.done.len(), 1);
    decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap();
    deliver(&counter.world).await;
    assert_eq!(links(&counter), 1);
}

async fn break_acts(counter: &Counter) {
    execute(counter, "ALTER TABLE dossier_deeds RENAME TO dossier_deeds_away").await;
}

async fn mend_acts(counter: &Counter) {
    execute(counter, "ALTER TABLE dossier_deeds_away RENAME TO dossier_deeds").await;
}

async fn execute(counter: &Counter, statement: &'static str) {
    let mut tx = counter.world.app.store.write().await.unwrap();
    server::changed!(&mut tx, sqlx::query(statement)).unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn two_visits_of_a_day_count_as_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = ready(engine).await;
    counter.act(new_email("nueva@empresa.example")).await.unwrap();
    finish(&mut counter.agent, counter.visit).await;
    counter.visit = serve(&mut counter.agent, COMPANY).await;
    counter.dossier = open(&mut counter.agent, counter.visit).await.unwrap().dossier;
    counter.accept_all().await;
    let view = counter.act(send_link()).await.unwrap().dossier;
    assert!(view.done.is_empty());
    assert_eq!(view.approvals[0].action, ActionName::SendRecoveryLink);
}

#[rstest]
#[tokio::test]
async fn what_was_never_asked_is_unknown(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = ready(engine).await;
    let nothing = ApprovalId::new(counter.world.now(), [3; 10]);
    let refused = decide(&mut counter.other, nothing, ApprovalDecision::Agree)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::ApprovalUnknown);
}
