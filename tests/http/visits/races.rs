//! Several at the same moment.

use super::people::{self, walk_in};
use futures_util::future::{join, join_all};
use rstest::rstest;
use server::challenges::Call;
use server::http::Failure;
use server::visits::service::{self, Move};
use shared::api::ErrorCode;
use shared::staff::Right;
use shared::visits::api::CounterChoice;
use std::collections::BTreeSet;
use tests::Engine;

fn code(failure: Failure) -> ErrorCode {
    match failure {
        Failure::Problem(problem) => problem.code,
        Failure::Fault(fault) => unreachable!("{}", fault.chain()),
    }
}

fn no_show() -> Move {
    Move::NoShow("Nadie respondió".parse().unwrap())
}

#[rstest]
#[tokio::test]
async fn of_two_officers_who_call_one_person_exactly_one_does(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let node = world.node(2).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let luis = people::seated(&world, "Luis Vera", 2).await;
    for round in 0..10 {
        let visit = walk_in(&mut ana, &format!("E10000{round:02}")).await;
        let (first, second) = join(
            ana.officer(&world.app, Right::ServeQueue),
            luis.officer(&node, Right::ServeQueue),
        )
        .await;
        let call = Call::own(world.now());
        let (one, other) = join(
            service::move_one(&world.app, &first, visit, Move::Call, call),
            service::move_one(&node, &second, visit, Move::Call, call),
        )
        .await;
        let (won, lost) = match (one, other) {
            (Ok(view), Err(failure)) => ((view, &first, &world.app), failure),
            (Err(failure), Ok(view)) => ((view, &second, &node), failure),
            (Ok(_), Ok(_)) => unreachable!("two officers call one person"),
            (Err(one), Err(_)) => unreachable!("nobody calls: {:?}", code(one)),
        };
        assert_eq!(code(lost), ErrorCode::VisitChanged);
        let (view, winner, app) = won;
        assert_eq!(view.mine, Some(visit));
        service::move_one(app, winner, visit, no_show(), call)
            .await
            .unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn officers_who_call_the_next_at_once_call_different_people(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut desks = Vec::new();
    for (name, counter) in [("Ana Mora", 1), ("Luis Vera", 2), ("Eva Paz", 3)] {
        desks.push(people::seated(&world, name, counter).await);
    }
    for representative in ["E1000001", "E1000002"] {
        walk_in(&mut desks[0], representative).await;
    }
    let called = join_all(desks.iter().map(async |desk| {
        let officer = desk.officer(&world.app, Right::ServeQueue).await;
        service::call_next(&world.app, &officer, Call::own(world.now())).await
    }))
    .await;
    let (done, refused): (Vec<_>, Vec<_>) = called.into_iter().partition(Result::is_ok);
    let visits: BTreeSet<_> = done.into_iter().map(|view| view.unwrap().mine.unwrap()).collect();
    assert_eq!(visits.len(), 2, "two people, two officers");
    let refused: Vec<_> = refused.into_iter().map(|view| code(view.unwrap_err())).collect();
    assert_eq!(refused, [ErrorCode::NobodyWaits]);
}

#[rstest]
#[tokio::test]
async fn one_officer_in_two_tabs_calls_one_person(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let node = world.node(2).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    for round in 0..10 {
        for person in 0..2 {
            walk_in(&mut ana, &format!("E1{round:02}000{person}")).await;
        }
        let (first, second) = join(
            ana.officer(&world.app, Right::ServeQueue),
            ana.officer(&node, Right::ServeQueue),
        )
        .await;
        let call = Call::own(world.now());
        let (one, other) = join(
            service::call_next(&world.app, &first, call),
            service::call_next(&node, &second, call),
        )
        .await;
        let called: Vec<_> = [one, other].into_iter().filter_map(Result::ok).collect();
        assert_eq!(called.len(), 1, "nobody calls two people at once");
        let visit = called[0].mine.unwrap();
        service::move_one(&world.app, &first, visit, no_show(), call)
            .await
            .unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn of_two_who_sit_down_at_a_counter_one_sits_there(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let node = world.node(2).await;
    let mut ana = people::agent(&world, "Ana Mora", "UIO").await;
    let luis = people::agent(&world, "Luis Vera", "UIO").await;
    let (first, second) = join(
        ana.officer(&world.app, Right::ServeQueue),
        luis.officer(&node, Right::ServeQueue),
    )
    .await;
    let choice = CounterChoice {
        counter: Some(1.try_into().unwrap()),
        centre: None,
    };
    let call = Call::own(world.now());
    let (one, other) = join(
        service::choose_counter(&world.app, &first, choice, call),
        service::choose_counter(&node, &second, choice, call),
    )
    .await;
    // Either the second came later and took the seat, or at the same moment and was refused.
    assert!(one.is_ok() || other.is_ok());
    let view = ana
        .browser
        .call::<shared::visits::api::DayQueue>(&())
        .await
        .unwrap();
    assert_eq!(
        view.counters
            .iter()
            .filter(|counter| counter.officer.is_some())
            .count(),
        1
    );
}

#[rstest]
#[tokio::test]
async fn numbers_are_given_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    let node = world.node(2).await;
    let ana = people::seated(&world, "Ana Mora", 1).await;
    let luis = people::seated(&world, "Luis Vera", 2).await;
    let (first, second) = join(
        ana.officer(&world.app, Right::ServeQueue),
        luis.officer(&node, Right::ServeQueue),
    )
    .await;
    let call = Call::own(world.now());
    let admitted = join_all((0..20).map(async |person: u32| {
        let walk_in = people::stranger(&format!("E10000{person:02}"));
        if person.is_multiple_of(2) {
            service::admit(&world.app, &first, walk_in, call).await
        } else {
            service::admit(&node, &second, walk_in, call).await
        }
    }))
    .await;
    assert!(admitted.iter().all(Result::is_ok));
    let view = service::watch(&world.app, &first, world.now()).await.unwrap();
    let numbers: BTreeSet<_> = view.visits.iter().map(|visit| visit.number).collect();
    assert_eq!(numbers, (1..=20).collect());
}
