//! What the page hears while the message is on its way.

use super::people::*;
use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures_util::StreamExt;
use rstest::rstest;
use shared::notifications::Channel;
use shared::unlock::api::{UnlockStageView, UnlockView};
use tests::{Browser, Engine};

async fn listen(browser: &mut Browser) -> BodyDataStream {
    let request = Request::get("/api/v1/unlock/events").body(Body::empty());
    let response = browser.open(request.unwrap()).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body().into_data_stream()
}

async fn hear(stream: &mut BodyDataStream) -> Option<UnlockStageView> {
    let chunk = stream.next().await?.unwrap();
    let text = String::from_utf8(chunk.to_vec()).unwrap();
    assert!(text.contains("event: case\n"), "{text}");
    let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    Some(serde_json::from_str::<UnlockView>(data).unwrap().stage)
}

#[rstest]
#[tokio::test]
async fn the_page_hears_each_step_up_to_the_end(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    let opened = open(COMPANY, &mut browser).await.unwrap();
    let mut stream = listen(&mut browser).await;
    assert_eq!(hear(&mut stream).await, Some(opened.stage));
    let proved = show(&mut browser, &mut device).await.unwrap();
    assert_eq!(hear(&mut stream).await, Some(proved.stage));
    let sending = choose(&mut browser, Channel::Sms).await.unwrap();
    assert_eq!(hear(&mut stream).await, Some(sending.stage));
    deliver(&world).await;
    let sent = hear(&mut stream).await;
    assert!(matches!(sent, Some(UnlockStageView::LinkSent { .. })), "{sent:?}");
    confirm(&mut world.browser(), &by_sms(&world)[0]).await.unwrap();
    let over = Some(UnlockStageView::Unblocked { at: world.now() });
    assert_eq!(hear(&mut stream).await, over);
    assert_eq!(hear(&mut stream).await, None, "nothing follows");
}
