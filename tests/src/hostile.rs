//! Servers that misbehave: each takes connections on a free port of this machine and does one thing that no registry
//! should.
//!
//! They live as long as the test's runtime, and count who came.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What a server does with every request.
#[derive(Clone, Debug)]
pub enum Manners {
    /// It says nothing, and keeps the connection open.
    Silent,
    /// It ends the connection before it says anything.
    HangsUp,
    /// It sends these bytes, and keeps the connection open.
    Says(Vec<u8>),
    /// It sends these bytes, then others, over and over.
    SaysForever(Vec<u8>, Vec<u8>),
    /// It sends these bytes, then others, over and over, with nothing in between but other tasks of the runtime.
    Drips(Vec<u8>, u8),
    /// It answers each request with the next of these, and with the last one ever after.
    Turns(Vec<Vec<u8>>),
}

/// A running server. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Hostile {
    address: SocketAddr,
    requests: watch::Sender<usize>,
    connections: watch::Sender<usize>,
}

impl Hostile {
    /// Starts one.
    pub async fn start(manners: Manners) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let this = Self {
            address: listener.local_addr().expect("its address"),
            requests: watch::Sender::new(0),
            connections: watch::Sender::new(0),
        };
        let server = this.clone();
        let manners = Arc::new(manners);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                server.connections.send_modify(|count| *count += 1);
                let (server, manners) = (server.clone(), Arc::clone(&manners));
                tokio::spawn(async move {
                    // A client that goes away ends it.
                    let _gone = server.serve(stream, &manners).await;
                });
            }
        });
        this
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests have come.
    pub fn requests(&self) -> usize {
        *self.requests.borrow()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        *self.connections.borrow()
    }

    /// Waits until so many requests have come.
    pub async fn asked(&self, requests: usize) {
        let mut seen = self.requests.subscribe();
        let _still_here = seen.wait_for(|count| *count >= requests).await;
    }

    async fn serve(&self, stream: TcpStream, manners: &Manners) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        while read_head(&mut stream).await?.is_some() {
            let mut number = 0;
            self.requests.send_modify(|count| {
                number = *count;
                *count += 1;
            });
            match manners {
                Manners::Silent => std::future::pending().await,
                Manners::HangsUp => return Ok(()),
                Manners::Says(bytes) => {
                    stream.write_all(bytes).await?;
                    std::future::pending::<()>().await;
                }
                Manners::SaysForever(first, then) => {
                    stream.write_all(first).await?;
                    loop {
                        stream.write_all(then).await?;
                    }
                }
                Manners::Drips(first, then) => {
                    stream.write_all(first).await?;
                    loop {
                        stream.write_all(&[*then]).await?;
                        for _ in 0..100 {
                            tokio::task::yield_now().await;
                        }
                    }
                }
                Manners::Turns(answers) => {
                    let Some(answer) = answers.get(number).or(answers.last()) else {
                        return Ok(());
                    };
                    stream.write_all(answer).await?;
                }
            }
        }
        Ok(())
    }
}

/// Reads the head of a request: its lines, or nothing if the client has gone.
pub async fn read_head<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufReader<S>,
) -> io::Result<Option<Vec<String>>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            return Ok(Some(lines));
        }
        lines.push(line.to_owned());
    }
}

/// An answer with this status, type and body.
pub fn answer(status: &str, content_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// An answer with one more header, which ends the connection.
pub fn answer_with(status: &str, header: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{header}\r\ncontent-length: 0\r\n\r\n").into_bytes()
}
