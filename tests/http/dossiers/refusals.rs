//! Nobody acts without a dossier of their own, or with one in which something is missing.

use super::people::*;
use crate::recovery::people::{COMPANY, Condition, HOUSEHOLD, OTHER, deliver};
use rstest::rstest;
use shared::accounts::NotDone;
use shared::api::ErrorCode;
use shared::dossiers::api::{Access, DossierLooked, ShowDossier};
use shared::dossiers::{Action, ActionName, Item, Standing, Verdict, Way};
use shared::identifiers::DossierId;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn without_a_dossier_nothing_is_done(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = ready(engine).await;
    let nothing = DossierId::new(counter.world.now(), [9; 10]);
    let refused = act(&mut counter.agent, nothing, Action::Freeze)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::DossierUnknown);
    assert!(counter.world.mails().is_empty());
}

#[rstest]
#[tokio::test]
async fn an_act_lacks_each_item_that_it_needs(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = counter(engine, COMPANY, Condition::Good).await;
    let refused = counter.act(send_link()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ItemsMissing);
    let view = counter.accept_all().await;
    assert_eq!(
        action(&view, ActionName::SendRecoveryLink).standing,
        Standing::Offered
    );
    for item in [Item::Identity, Item::Letter, Item::Ruc, Item::Representation] {
        let shown = view.items.iter().find(|shown| shown.item == item).unwrap();
        let way = shown.ways[0];
        let rejected = found(counter.dossier, item, way, Verdict::Rejected);
        let view = record(&mut counter.agent, &rejected).await.unwrap();
        let told = action(&view, ActionName::SendRecoveryLink);
        assert_eq!(
            (told.standing, told.missing.as_slice()),
            (Standing::ItemsMissing, &[item][..])
        );
        let refused = counter.act(send_link()).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::ItemsMissing, "{item:?}");
        let again = found(counter.dossier, item, way, Verdict::Accepted);
        record(&mut counter.agent, &again).await.unwrap();
    }
    deliver(&counter.world).await;
    assert!(counter.world.mails().is_empty());
    counter.act(send_link()).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn somebody_elses_visit_is_looked_at_with_a_reason_and_not_acted_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let other = &mut counter.other;
    let refused = act(other, counter.dossier, send_link()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::DossierClosed);
    let asked = found(counter.dossier, Item::Letter, Way::Original, Verdict::Rejected);
    assert_eq!(
        record(other, &asked).await.unwrap_err().code,
        ErrorCode::DossierClosed
    );
    assert_eq!(
        look_up(other, counter.dossier).await.unwrap_err().code,
        ErrorCode::DossierClosed
    );
    assert_eq!(
        place(other, counter.dossier, Item::Letter)
            .await
            .unwrap_err()
            .code,
        ErrorCode::DossierClosed
    );
    assert_eq!(
        open(other, counter.visit).await.unwrap_err().code,
        ErrorCode::VisitChanged
    );

    let mut look = DossierLooked {
        dossier: counter.dossier,
        reason: None,
    };
    let refused = other.call::<ShowDossier>(&look).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidInput);
    look.reason = Some(reason("La persona llamó por teléfono"));
    let shown = other.call::<ShowDossier>(&look).await.unwrap();
    assert_eq!(shown.access, Access::Looking);
    assert!(
        shown
            .actions
            .iter()
            .all(|action| action.standing == Standing::Closed)
    );
}

#[rstest]
#[tokio::test]
async fn after_the_visit_nothing_is_done(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = ready(engine).await;
    finish(&mut counter.agent, counter.visit).await;
    let refused = counter.act(send_link()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::DossierClosed);
    let look = DossierLooked {
        dossier: counter.dossier,
        reason: Some(reason("Quedó algo por revisar")),
    };
    let shown = counter.agent.call::<ShowDossier>(&look).await.unwrap();
    assert_eq!(shown.access, Access::Over);
    assert!(shown.done.is_empty());
}

#[rstest]
#[tokio::test]
async fn what_the_account_does_not_allow_is_told_and_nothing_is_written(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for (condition, name, because) in [
        (Condition::NoEmail, ActionName::SendRecoveryLink, NotDone::NoEmail),
        (
            Condition::Blocked,
            ActionName::SendRecoveryLink,
            NotDone::AccountBlocked,
        ),
        (
            Condition::Frozen,
            ActionName::SendRecoveryLink,
            NotDone::AccountFrozen,
        ),
        (
            Condition::NoAccount,
            ActionName::SendRecoveryLink,
            NotDone::NoAccount,
        ),
    ] {
        let mut counter = accepted(engine, COMPANY, condition).await;
        let refused = counter.act(send_link()).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::ActionWithheld, "{condition:?}");
        assert_eq!(refused.not_done, Some(because), "{condition:?}");
        let view = open(&mut counter.agent, counter.visit).await.unwrap();
        let told = action(&view, name);
        assert_eq!((told.standing, told.because), (Standing::Withheld, Some(because)));
        assert!(view.done.is_empty());
    }
    let mut counter = ready(engine).await;
    let refused = counter.act(Action::Unfreeze).await.unwrap_err();
    assert_eq!(refused.not_done, Some(NotDone::AccountNotFrozen));
}

#[rstest]
#[tokio::test]
async fn a_signed_request_of_somebody_else_is_none(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = accepted(engine, HOUSEHOLD, Condition::Good).await;
    OTHER.settle(&counter.world, Condition::Good).await;
    let number = serde_json::from_str("\"F-7K3M-2Q\"").unwrap();
    let refused = counter.act(Action::AcceptSignature { number }).await.unwrap_err();
    assert_eq!(refused.not_done, Some(NotDone::NoReferral));
}
