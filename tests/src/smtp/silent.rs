//! A mail server that follows the conversation up to a step, and from there never says another word.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The steps of the conversation, each named by what the client has just said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing: it connected and waits for the greeting (or for the server's side of the TLS handshake).
    Connected,
    /// `EHLO`.
    Hello,
    /// `STARTTLS`, which the server takes; then it does not shake hands.
    StartTls,
    /// `MAIL FROM`.
    Sender,
    /// `RCPT TO`.
    Recipient,
    /// `DATA`.
    Data,
    /// The message and the dot behind it.
    Message,
}

/// A server that falls silent.
#[derive(Clone, Debug)]
pub struct SilentServer {
    port: u16,
    connections: Arc<AtomicUsize>,
}

impl SilentServer {
    /// A server on a free port that falls silent at `step`.
    pub async fn at(step: Step) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(converse(client, step));
            }
        });
        Self { port, connections }
    }

    /// Where it listens, on `127.0.0.1`.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Answers what comes before `silent`; from there on it reads and says nothing, and keeps the connection open.
async fn converse(client: TcpStream, silent: Step) {
    let (from, mut to) = client.into_split();
    let mut lines = BufReader::new(from).lines();
    let mut heard = Step::Connected;
    loop {
        if heard < silent {
            let answer = match heard {
                Step::Connected => "220 localhost ESMTP\r\n",
                Step::Hello => "250-localhost\r\n250 STARTTLS\r\n",
                Step::StartTls => "220 go ahead\r\n",
                Step::Sender | Step::Recipient | Step::Message => "250 OK\r\n",
                Step::Data => "354 go on\r\n",
            };
            if to.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        } else if heard == Step::StartTls && silent == Step::StartTls {
            // The word is taken; the handshake is what never comes.
            let _ = to.write_all(b"220 go ahead\r\n").await;
            std::future::pending::<()>().await;
        }
        let inside = heard == Step::Data;
        loop {
            let Ok(Some(line)) = lines.next_line().await else {
                return;
            };
            let word = line
                .split([' ', ':'])
                .next()
                .unwrap_or_default()
                .to_ascii_uppercase();
            heard = match (inside, line.as_str(), word.as_str()) {
                (true, ".", _) => Step::Message,
                (false, _, "EHLO") => Step::Hello,
                (false, _, "STARTTLS") => Step::StartTls,
                (false, _, "MAIL") => Step::Sender,
                (false, _, "RCPT") => Step::Recipient,
                (false, _, "DATA") => Step::Data,
                _ => continue,
            };
            break;
        }
    }
}
