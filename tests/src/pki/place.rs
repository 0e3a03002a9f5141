//! An authority that listens on a free port of this machine. It lives as long as the test's runtime.

use super::{Authority, Layout, Pki};
use crate::hostile::{answer_with, read_head};
use shared::time::Timestamp;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How it behaves on its connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// It answers.
    Answers,
    /// It takes a request and says nothing.
    Silent,
    /// It sends everybody to this address.
    Redirects(String),
    /// It answers with so many bytes.
    Floods(usize),
    /// It has nothing.
    NotFound,
}

impl Pki {
    /// An authority that listens, and what it issues says where.
    pub async fn listening(authority: Authority, layout: Layout, now: Timestamp) -> (Self, SocketAddr) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("its address");
        let pki = Self::at(authority, layout, now, &format!("http://{address}"));
        let serving = pki.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let pki = serving.clone();
                tokio::spawn(async move {
                    // Somebody who goes away ends it.
                    let _gone = pki.serve(stream).await;
                });
            }
        });
        (pki, address)
    }

    async fn serve(&self, stream: TcpStream) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        while let Some(head) = read_head(&mut stream).await? {
            let length = head
                .iter()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, value)| value.trim().parse().ok())
                .unwrap_or(0);
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await?;
            let path = head
                .first()
                .and_then(|line| line.split(' ').nth(1))
                .unwrap_or_default();
            let transport = {
                let mut state = self.lock();
                state.asked += 1;
                state.transport.clone()
            };
            let bytes = match transport {
                Transport::Silent => std::future::pending().await,
                Transport::Redirects(to) => answer_with("302 Found", &format!("location: {to}")),
                Transport::NotFound => answer_with("404 Not Found", "x-nothing: here"),
                Transport::Floods(size) => found(&vec![0x30; size]),
                Transport::Answers => match self.answer(path, &body) {
                    Some(bytes) => found(&bytes),
                    None => answer_with("404 Not Found", "x-nothing: here"),
                },
            };
            stream.write_all(&bytes).await?;
        }
        Ok(())
    }
}

fn found(body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend(body);
    bytes
}
