//! Changes told from node to node, through PostgreSQL's `NOTIFY`.
//!
//! What a node publishes, the others hear at once. It is a hint: it carries a topic and no content, it may be lost when a connection ends,
//! and whoever waits looks again after [`POLL`](super::live::POLL) anyhow. Topics are names of cases, dossiers and centres: whoever may
//! `LISTEN` on this database sees them pass, and could read its tables as well.
//!
//! Each node has two connections for it: one listens, one of the pool notifies, outside of every transaction that changes anything, since
//! PostgreSQL lets only one transaction that notifies commit at a time.

use super::live::{Live, Told};
use crate::app::App;
use crate::clock;
use crate::hexadecimal::{self, Hexadecimal};
use crate::store::Store;
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::time::Duration;
use tokio::sync::mpsc;

/// Every text, for the test that prepares them.
pub const QUERIES: &[&str] = &[NOTIFY];

const NOTIFY: &str = "SELECT pg_notify($1, $2)";

/// The channel of all nodes of one database.
const CHANNEL: &str = "clavero_live";

/// How long it waits before it connects anew.
const RETRY: Duration = Duration::from_secs(2);

/// Which node tells: it need not hear itself.
type Node = [u8; 8];

/// Passes changes on and hears those of others, for ever; ends at once where the database is one node's own. It may be dropped at any
/// point without harm.
pub async fn run(app: App) {
    let Store::Postgres(pool) = &app.store else {
        return;
    };
    let Some(mut told) = app.live.told() else {
        return;
    };
    let node = app.entropy.bytes();
    loop {
        let Err(error) = relay(&app.live, pool, node, &mut told).await;
        tracing::warn!(%error, "what other nodes change is found by looking, until they can be heard again");
        clock::pause(RETRY).await;
    }
}

/// Until a connection ends.
async fn relay(
    live: &Live,
    pool: &PgPool,
    node: Node,
    told: &mut mpsc::Receiver<Told>,
) -> Result<std::convert::Infallible, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    // What was told until now was not heard.
    live.hear(&Told::Everything);
    let (never, _) = tokio::try_join!(hear(live, &mut listener, node), pass_on(pool, node, told))?;
    Ok(never)
}

async fn hear(
    live: &Live,
    listener: &mut PgListener,
    node: Node,
) -> Result<std::convert::Infallible, sqlx::Error> {
    loop {
        let Some(heard) = listener.try_recv().await? else {
            return Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset).into());
        };
        if let Some((from, told)) = read(heard.payload())
            && from != node
        {
            live.hear(&told);
        }
    }
}

async fn pass_on(
    pool: &PgPool,
    node: Node,
    told: &mut mpsc::Receiver<Told>,
) -> Result<std::convert::Infallible, sqlx::Error> {
    while let Some(change) = told.recv().await {
        sqlx::query(NOTIFY)
            .bind(CHANNEL)
            .bind(written(node, &change))
            .execute(pool)
            .await?;
    }
    // The node's own end of it lives as long as the node.
    std::future::pending().await
}

/// A change as it passes between nodes: who tells, how far it reaches, the topic.
fn written(node: Node, told: &Told) -> String {
    let from = Hexadecimal(&node);
    match told {
        Told::Topic(topic) => format!("{from}={topic}"),
        Told::Below(prefix) => format!("{from}<{prefix}"),
        Told::Everything => format!("{from}*"),
    }
}

/// Nothing where it is none, as of a later version.
fn read(payload: &str) -> Option<(Node, Told)> {
    let (from, rest) = payload.split_at_checked(16)?;
    let from = hexadecimal::read(from)?;
    let told = match rest.split_at_checked(1)? {
        ("=", topic) => Told::Topic(topic.to_owned()),
        ("<", prefix) => Told::Below(prefix.to_owned()),
        ("*", "") => Told::Everything,
        _ => return None,
    };
    Some((from, told))
}

#[cfg(test)]
mod tests {
    use super::{read, written};
    use crate::http::live::Told;

    const NODE: [u8; 8] = [0, 1, 2, 3, 4, 5, 6, 0xff];

    #[test]
    fn what_is_told_is_read_as_it_was_written() {
        for told in [
            Told::Topic("case:1".to_owned()),
            Told::Topic(String::new()),
            Told::Below("queue:é".to_owned()),
            Told::Everything,
        ] {
            assert_eq!(read(&written(NODE, &told)), Some((NODE, told)));
        }
    }

    #[test]
    fn what_is_no_change_is_none() {
        for payload in [
            "",
            "0001020304050",
            "00010203040506ff",
            "00010203040506ff?case",
            "00010203040506ff*case",
            "x001020304050600=case",
            "000102030405060é=case",
        ] {
            assert_eq!(read(payload), None, "{payload}");
        }
    }
}
