//! Signed requests that a machine could not judge: looked at before anybody decides, by both officers, and decided whole or not at all.

use super::people::*;
use crate::contacts::people::{confirm, confirmation};
use crate::recovery::people::{self as recovery, COMPANY, Condition, OTHER, change_state, deliver};
use crate::signatures::people::{judging, open as open_request, upload, with_behind};
use rstest::rstest;
use shared::accounts::NotDone;
use shared::api::{ErrorCode, Problem};
use shared::dossiers::api::{ApprovalDecision, ReferralNamed, ReferralShown, ShowReferral};
use shared::dossiers::{Action, ActionName, ApprovalState, Standing};
use shared::recovery::api::StageView;
use shared::signatures::api::{Outcome, SignatureStageView};
use shared::signatures::{Purpose, PurposeName, ReferralNumber, Rejection};
use tests::{Browser, Engine};

const NEW: &str = "nueva@empresa.example";

/// A request that was referred, and its browser.
async fn referred(
    counter: &Counter,
    employer: recovery::Employer,
    purpose: Purpose,
) -> (ReferralNumber, Browser) {
    judging(&counter.world);
    let mut browser = counter.world.browser();
    open_request(employer, &mut browser, purpose).await.unwrap();
    let file = with_behind(&mut browser, "unsure").await;
    let view = upload(&mut browser, file).await.unwrap();
    let SignatureStageView::Referred { number, .. } = view.stage else {
        panic!("{view:?}")
    };
    deliver(&counter.world).await;
    (number.parse().unwrap(), browser)
}

async fn look(counter: &mut Counter, number: &ReferralNumber) -> Result<ReferralShown, Problem> {
    let named = ReferralNamed {
        dossier: counter.dossier,
        number: number.clone(),
    };
    counter.agent.call::<ShowReferral>(&named).await
}

fn accept(number: &ReferralNumber) -> Action {
    Action::AcceptSignature {
        number: number.clone(),
    }
}

fn email() -> Purpose {
    Purpose::Email(NEW.parse().unwrap())
}

#[rstest]
#[tokio::test]
async fn nobody_decides_about_what_they_have_not_seen(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let (number, _) = referred(&counter, COMPANY, email()).await;
    let decline = Action::DeclineSignature {
        number: number.clone(),
        because: Rejection::SignerUnproved,
    };
    for action in [accept(&number), decline.clone()] {
        let refused = counter.act(action).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::ReferralUnseen);
    }
    let shown = look(&mut counter, &number).await.unwrap();
    assert_eq!(shown.referral.purpose, PurposeName::Email);
    assert_eq!(shown.referral.contact.as_deref(), Some(NEW), "in full");
    assert_eq!(shown.referral.verdict.outcome, Outcome::Indeterminate);
    assert_eq!(shown.accepting, Standing::Offered);
    // Each in their own dossier: another visit is another look.
    counter.again().await;
    let refused = counter.act(accept(&number)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ReferralUnseen);
    look(&mut counter, &number).await.unwrap();
    counter.act(decline).await.unwrap();
    let refused = look(&mut counter, &number).await.unwrap_err();
    assert_eq!(refused.not_done, Some(NotDone::ReferralDecided));
}

#[rstest]
#[tokio::test]
async fn somebody_elses_request_is_shown_to_nobody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    OTHER.settle(&counter.world, Condition::Good).await;
    let (number, _) = referred(&counter, OTHER, email()).await;
    let refused = look(&mut counter, &number).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.not_done),
        (ErrorCode::ActionWithheld, Some(NotDone::NoReferral))
    );
    let named = ReferralNamed {
        dossier: counter.dossier,
        number,
    };
    let refused = counter.other.call::<ShowReferral>(&named).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::DossierClosed);
}

#[rstest]
#[tokio::test]
async fn a_second_officer_sees_what_is_asked_of_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    counter.act(send_link()).await.unwrap();
    let (number, _) = referred(&counter, COMPANY, email()).await;
    let shown = look(&mut counter, &number).await.unwrap();
    assert_eq!(shown.accepting, Standing::SecondOfficer);
    let view = counter.act(accept(&number)).await.unwrap().dossier;
    assert_eq!(
        action(&view, ActionName::AcceptSignature).standing,
        Standing::AwaitsApproval
    );
    let seen = approvals(&mut counter.other).await.remove(0);
    assert_eq!(seen.referral, Some(shown.referral));
    let agreed = decide(&mut counter.other, seen.approval, ApprovalDecision::Agree)
        .await
        .unwrap();
    assert_eq!((agreed.state, agreed.referral), (ApprovalState::Agreed, None));
}

#[rstest]
#[tokio::test]
async fn an_accepted_contact_counts_while_it_is_held(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = counter_with(engine, COMPANY, Condition::Good, |policy| {
        policy.staff.idle_seconds = 36_000;
        policy.dossiers.four_eyes_hours = 1;
    })
    .await;
    counter.accept_all().await;
    let (number, _) = referred(&counter, COMPANY, email()).await;
    look(&mut counter, &number).await.unwrap();
    counter.act(accept(&number)).await.unwrap();
    // It is held for a day, and the act counts for an hour.
    counter.world.advance(std::time::Duration::from_hours(2));
    let view = counter.again().await;
    for name in [ActionName::SendRecoveryLink, ActionName::EnrolPasskey] {
        assert_eq!(action(&view, name).standing, Standing::SecondOfficer, "{name:?}");
    }
}

#[rstest]
#[tokio::test]
async fn an_agreement_that_the_account_does_not_allow_leaves_nothing_but_itself(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    counter.act(new_email(NEW)).await.unwrap();
    let token = confirmation(&counter.world, NEW).await;
    confirm(&counter.world, &token).await.unwrap();
    let (number, mut browser) = referred(&counter, COMPANY, Purpose::Recovery).await;
    look(&mut counter, &number).await.unwrap();
    let asked = counter.act(accept(&number)).await.unwrap().dossier.approvals[0].approval;
    // A stranger blocks the account meanwhile.
    let id = counter.account().await;
    change_state(&counter.world, id, Condition::Blocked).await;
    let agreed = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap();
    assert_eq!(agreed.state, ApprovalState::Failed);
    assert_eq!(agreed.decided.unwrap().officer, "Luis Mora");
    // The request waits as before, its applicant was told nothing, and the case behind it waits too.
    let mut tx = counter.world.app.store.read().await.unwrap();
    let referral = server::signatures::service::referral(&mut tx, &number)
        .await
        .unwrap()
        .unwrap();
    drop(tx);
    assert!(referral.is_open(&counter.world.app, counter.world.now()));
    deliver(&counter.world).await;
    let mails = counter.world.mails();
    assert!(!mails.iter().any(|mail| mail.text.contains("aceptada")));
    let case = recovery::current(&mut browser).await.unwrap();
    assert!(
        matches!(case.stage, StageView::AwaitingOfficer { .. }),
        "{case:?}"
    );
    let accepted = crate::signatures::people::audited(&counter.world, "referral_accepted").await;
    assert_eq!(accepted, 0);
    let view = open(&mut counter.agent, counter.visit).await.unwrap();
    assert_eq!(view.done.len(), 1);
    // Unblocked, it can be asked for and decided again.
    counter.world.advance(TICK);
    let mut tx = counter.world.app.store.write().await.unwrap();
    server::accounts::service::unblock(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    let asked = counter.act(accept(&number)).await.unwrap().dossier.approvals[0].approval;
    let agreed = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap();
    assert_eq!(agreed.state, ApprovalState::Agreed);
}

impl Counter {
    async fn account(&self) -> shared::identifiers::AccountId {
        let mut tx = self.world.app.store.read().await.unwrap();
        let branch = shared::identifiers::Branch::default();
        let found = server::accounts::service::find(&mut tx, COMPANY.identifier(), branch).await;
        found.unwrap().unwrap().id
    }
}
