//! A gateway for text messages on a free port of this machine, that does what a test tells it, turn by turn.
//!
//! It remembers every request that it read to its end. It lives as long as the test's runtime.

use crate::hostile::{answer, read_head};
use crate::told;
use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What it does with one request.
#[derive(Clone, Debug)]
pub enum Turn {
    /// It takes the message over: 200 and `{"status":"queued"}`.
    Accept,
    /// It sends these bytes.
    Says(Vec<u8>),
    /// It ends the connection before it says anything.
    HangsUp,
    /// It says nothing, and keeps the connection open.
    Silent,
    /// It sends a head that promises a body, and such bytes without end.
    Floods(Vec<u8>),
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    /// `POST /send?x=1`.
    pub line: String,
    /// `name: value`, the names in lower case.
    pub headers: Vec<String>,
    /// The body.
    pub body: String,
}

/// A running gateway. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Gateway {
    address: SocketAddr,
    turns: Arc<Mutex<VecDeque<Turn>>>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Gateway {
    /// Starts one that accepts everything until it is told otherwise.
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let this = Self {
            address: listener.local_addr().expect("its address"),
            turns: Arc::default(),
            requests: Arc::default(),
        };
        let server = this.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move {
                    // A client that goes away ends it.
                    let _gone = server.serve(stream).await;
                });
            }
        });
        this
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it does with the next requests; after them it accepts.
    pub fn then(&self, turns: impl IntoIterator<Item = Turn>) {
        let mut waiting = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend(turns);
    }

    /// Every request, in its order.
    pub fn requests(&self) -> Vec<Request> {
        self.requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn serve(&self, stream: TcpStream) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        while let Some(head) = read_head(&mut stream).await? {
            let mut lines = head.into_iter();
            let line = lines.next().unwrap_or_default();
            let headers: Vec<_> = lines
                .map(|line| match line.split_once(':') {
                    Some((name, value)) => format!("{}:{value}", name.to_ascii_lowercase()),
                    None => line,
                })
                .collect();
            let length = headers
                .iter()
                .find_map(|header| header.strip_prefix("content-length:"))
                .and_then(|length| length.trim().parse().ok())
                .unwrap_or(0);
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await?;
            told::note_message(&String::from_utf8_lossy(&body));
            self.requests
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(Request {
                    line: line.trim_end_matches(" HTTP/1.1").to_owned(),
                    headers,
                    body: String::from_utf8_lossy(&body).into_owned(),
                });
            let turn = self
                .turns
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .pop_front();
            match turn.unwrap_or(Turn::Accept) {
                Turn::Accept => {
                    let accepted = answer("200 OK", "application/json", r#"{"status":"queued"}"#);
                    stream.write_all(&accepted).await?;
                }
                Turn::Says(bytes) => stream.write_all(&bytes).await?,
                Turn::HangsUp => return Ok(()),
                Turn::Silent => std::future::pending().await,
                Turn::Floods(head) => {
                    stream.write_all(&head).await?;
                    loop {
                        stream.write_all(&[b' '; 4096]).await?;
                    }
                }
            }
        }
        Ok(())
    }
}
