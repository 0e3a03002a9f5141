//! A visit by video: the steps are those of the counter, one by one.

use super::people::{self, act, decide, found, look_up, new_email, open, record, send_link};
use crate::recovery::people::{self as recovery, COMPANY, Condition};
use crate::visits::people as desks;
use rstest::rstest;
use shared::accounts::Progress;
use shared::centres::Mode;
use shared::dossiers::api::{Access, ApprovalDecision, CountApprovals, DossierView};
use shared::dossiers::{ApprovalState, Item, Need, Standing, Verdict, Way};
use shared::visits::api::{BeginService, CallVisit, VisitChoice};
use std::time::Duration;
use tests::{Browser, EPOCH, Engine, World};

fn verdict(view: &DossierView, item: Item) -> Verdict {
    view.items.iter().find(|one| one.item == item).unwrap().verdict
}

/// Somebody who has a video appointment is in front of the camera, and is served.
async fn served(world: &World, desk: &mut tests::desk::Desk) -> DossierView {
    let time = EPOCH.after(Duration::from_hours(1));
    let (appointment, _) = desks::book(world, "UIO", time, Mode::Video).await;
    let view = desks::check_in(desk, appointment).await.unwrap();
    let choice = VisitChoice {
        visit: view.visits[0].visit,
    };
    desk.browser.call::<CallVisit>(&choice).await.unwrap();
    desk.browser.call::<BeginService>(&choice).await.unwrap();
    open(&mut desk.browser, choice.visit).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_video_visit_goes_through_all_five_items_and_may_then_do_the_same(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = recovery::world(engine).await;
    desks::open_centres(&world).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut desk = desks::seated(&world, "Ana Mora", 1).await;
    let view = served(&world, &mut desk).await;
    assert_eq!((view.mode, view.access), (Mode::Video, Access::Serving));
    assert_eq!(view.items.len(), Item::ALL.len());
    let needed: Vec<_> = view
        .items
        .iter()
        .filter(|item| item.need == Need::Required)
        .collect();
    assert_eq!(needed.len(), 5, "by video nothing is left out");
    assert_eq!(
        verdict(&view, Item::Appointment),
        Verdict::Accepted,
        "the booking is our own record"
    );
    assert!(!offered(&view), "nothing is offered before the items are judged");

    let dossier = view.dossier;
    let officer: &mut Browser = &mut desk.browser;
    look_up(officer, dossier).await.unwrap();
    for (item, way) in [
        (Item::Identity, Way::Original),
        (Item::Ruc, Way::LookedUp),
        (Item::Representation, Way::LookedUp),
    ] {
        let shown = view.items.iter().find(|shown| shown.item == item).unwrap();
        assert!(shown.ways.contains(&way), "{item:?}: {:?}", shown.ways);
        let asked = found(dossier, item, way, Verdict::Accepted);
        let view = record(officer, &asked).await.unwrap();
        assert_eq!(verdict(&view, item), Verdict::Accepted, "{item:?}");
        assert!(!offered(&view), "{item:?}: the letter is missing");
    }
    let rejected = found(dossier, Item::Letter, Way::Original, Verdict::Rejected);
    let view = record(officer, &rejected).await.unwrap();
    assert!(!offered(&view), "a rejected letter bars what needs it");
    let letter = found(dossier, Item::Letter, Way::Original, Verdict::Accepted);
    let view = record(officer, &letter).await.unwrap();
    assert!(offered(&view), "{:?}", view.actions);
    let done = act(officer, dossier, send_link()).await.unwrap().dossier;
    let under_way = done.done[0].under_way.as_ref().unwrap();
    assert_eq!(under_way.progress, Some(Progress::Queued));
}

/// Whether the link for a new password is offered.
fn offered(view: &DossierView) -> bool {
    let link = people::action(view, shared::dossiers::ActionName::SendRecoveryLink);
    link.standing == Standing::Offered
}

async fn waiting(officer: &mut Browser) -> u32 {
    officer.call::<CountApprovals>(&()).await.unwrap().waiting
}

#[rstest]
#[tokio::test]
async fn a_second_officer_is_told_how_many_approvals_wait_and_nothing_is_written_for_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = people::ready(engine).await;
    assert_eq!(waiting(&mut counter.other).await, 0);
    counter.act(new_email("nueva@empresa.example")).await.unwrap();
    let asked = counter.act(send_link()).await.unwrap().dossier;
    assert_eq!(waiting(&mut counter.other).await, 1);
    assert_eq!(
        waiting(&mut counter.agent).await,
        0,
        "nobody decides what they asked for"
    );
    let written = desks::deeds(&counter.world, "approvals_seen").await;
    assert_eq!(written, 0, "a number is of nobody");
    let approval = asked.approvals[0].approval;
    let decided = decide(&mut counter.other, approval, ApprovalDecision::Refuse)
        .await
        .unwrap();
    assert_eq!(decided.state, ApprovalState::Refused);
    assert_eq!(waiting(&mut counter.other).await, 0);
}
