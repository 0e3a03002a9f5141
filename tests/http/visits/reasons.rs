//! Which deeds ask an officer for words: what the table says is what is refused.

use super::people::{self, deeds};
use rstest::rstest;
use server::challenges::Call;
use server::http::Failure;
use server::staff::{About, Deed, service as staff};
use shared::staff::{ActReason, DeedName, Right};
use tests::Engine;

#[rstest]
#[tokio::test]
async fn a_deed_that_needs_words_is_not_written_down_without_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let desk = people::agent(&world, "Ana Mora", "UIO").await;
    let officer = desk.officer(&world.app, Right::ServeQueue).await;
    let words: ActReason = "La persona lo pidió en la ventanilla".parse().unwrap();
    for deed in DeedName::ALL.iter().copied() {
        let call = Call::own(world.now());
        let silent = Deed::seen(deed, About::default());
        let written = staff::record_view(&world.app, &officer, &silent, call).await;
        match written {
            Ok(_) => assert!(!deed.needs_reason(), "{deed:?} was written without a reason"),
            Err(Failure::Fault(_)) => assert!(deed.needs_reason(), "{deed:?} asks for none"),
            Err(Failure::Problem(problem)) => unreachable!("{deed:?}: {:?}", problem.code),
        }
        let silent = i64::from(!deed.needs_reason());
        assert_eq!(deeds(&world, deed.as_str()).await, silent, "{deed:?}");
        let said = Deed::for_reason(deed, &words, About::default());
        staff::record_view(&world.app, &officer, &said, call)
            .await
            .unwrap();
        assert_eq!(deeds(&world, deed.as_str()).await, silent + 1, "{deed:?}");
    }
}
