//! What the page hears while the mail is on its way.

use super::people::*;
use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures_util::StreamExt;
use rstest::rstest;
use shared::notifications::Delivery;
use shared::recovery::api::{CaseView, StageView};
use tests::{Browser, Engine};

async fn listen(browser: &mut Browser) -> BodyDataStream {
    let response = browser
        .open(
            Request::get("/api/v1/recovery/events")
                .body(Body::empty())
                .unwrap(),
        )
        .await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body().into_data_stream()
}

async fn hear(stream: &mut BodyDataStream) -> Option<StageView> {
    let chunk = stream.next().await?.unwrap();
    let text = String::from_utf8(chunk.to_vec()).unwrap();
    assert!(text.contains("event: case\n"), "{text}");
    let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    Some(serde_json::from_str::<CaseView>(data).unwrap().stage)
}

#[rstest]
#[tokio::test]
async fn the_page_hears_each_step_up_to_the_end(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    let mut stream = listen(&mut browser).await;
    assert_eq!(hear(&mut stream).await, Some(case.stage.clone()));
    answer(&mut browser, &right(&questions(&case))).await.unwrap();
    let Some(StageView::Sending {
        delivery: Delivery::Queued,
        ..
    }) = hear(&mut stream).await
    else {
        panic!("the message is queued")
    };
    deliver(&world).await;
    let Some(StageView::LinkSent {
        delivery: Delivery::HandedOver,
        ..
    }) = hear(&mut stream).await
    else {
        panic!("the mail server has it")
    };
    reset(&mut world.browser(), &token(&world), GOOD).await.unwrap();
    assert_eq!(
        hear(&mut stream).await,
        Some(StageView::Completed {
            at: world.now(),
            linked: Vec::new()
        })
    );
    assert_eq!(hear(&mut stream).await, None, "nothing follows");
}
