//! The endpoints of `shared::staff::api`, and the door that every other endpoint of the desk is mounted through.

use super::Officer;
use crate::http::{Answer, Ctx, Failure, Handler};
use crate::sessions::Use;
use shared::api::{Endpoint, Method};
use shared::staff::Right;

/// Lets only officers through whose desk is open and whose role has the right: a handler that takes an [`Officer`] cannot be
/// reached otherwise. Reading does not count as use. Streams, downloads and uploads ask [`Officer::authenticate`] themselves.
pub fn officer<E, F, Fut>(right: Right, handler: F) -> impl Handler<E>
where
    E: Endpoint,
    E::Request: Send,
    F: Fn(Officer, Ctx, E::Request) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<Answer<E::Response>, Failure>> + Send,
{
    let how = match E::METHOD {
        Method::Get => Use::Look,
        Method::Post => Use::Note,
    };
    move |ctx: Ctx, request: E::Request| {
        let handler = handler.clone();
        async move {
            // After the body was read, however slowly it came.
            let ctx = ctx.at(ctx.app.clock.now());
            let officer = Officer::authenticate(&ctx, right, how).await?;
            handler(officer, ctx, request).await
        }
    }
}
