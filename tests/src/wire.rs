//! HTTP as it stands on the wire: a connection that writes and reads bytes, so that a test sees the answer exactly as a
//! stranger does, with the order of its headers and the time it took.

use server::clock::Stopwatch;
use shared::api::{BASE, Endpoint, Method};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A connection that is kept open between requests.
#[derive(Debug)]
pub struct Wire {
    stream: BufReader<TcpStream>,
    origin: String,
}

/// An answer as it came.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The first line: version, status, reason.
    pub status: String,
    /// The headers in their order, as they were written.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// From the first byte of the request to the last one of the answer.
    pub took: Duration,
}

impl Wire {
    /// Connects, from a page of `origin`.
    pub async fn connect(address: SocketAddr, origin: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        stream.set_nodelay(true).expect("a connection");
        Self {
            stream: BufReader::new(stream),
            origin: origin.to_owned(),
        }
    }

    /// Calls an endpoint with a body of JSON and a cookie header, if there is one.
    pub async fn call<E: Endpoint>(&mut self, json: &str, cookie: Option<&str>) -> Heard {
        let method = match E::METHOD {
            Method::Get => "GET",
            Method::Post => "POST",
        };
        let cookie = cookie
            .map(|pair| format!("cookie: {pair}\r\n"))
            .unwrap_or_default();
        let request = format!(
            "{method} {BASE}{} HTTP/1.1\r\nhost: clave\r\norigin: {}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/json\r\n{cookie}content-length: {}\r\n\r\n{json}",
            E::PATH,
            self.origin,
            json.len()
        );
        let started = Stopwatch::start();
        let sent = self.stream.write_all(request.as_bytes()).await;
        sent.expect("the server takes the request");
        let mut heard = self.hear().await;
        heard.took = started.elapsed();
        heard
    }

    async fn hear(&mut self) -> Heard {
        let status = self.line().await;
        let mut headers = Vec::new();
        loop {
            let line = self.line().await;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(": ").expect("a header has a value");
            headers.push((name.to_owned(), value.to_owned()));
        }
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .and_then(|(_, value)| value.parse().ok())
            .expect("an answer says its length");
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await.expect("a whole answer");
        Heard {
            status,
            headers,
            body,
            took: Duration::ZERO,
        }
    }

    async fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream
            .read_line(&mut line)
            .await
            .expect("an answer in UTF-8");
        line.strip_suffix("\r\n").expect("a whole line").to_owned()
    }
}

impl Heard {
    /// A header's value; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// The name and value of the cookie that it sets.
    pub fn cookie(&self) -> &str {
        self.header("set-cookie").split(';').next().unwrap_or_default()
    }

    /// The body as JSON of a type.
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {}", String::from_utf8_lossy(&self.body)))
    }
}
