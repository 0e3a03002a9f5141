//! The fetcher against servers of this machine that do what an attacker's would.

use super::*;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;

const LONG: Duration = Duration::from_secs(30);

/// A server that answers each connection with the same bytes, and tells what it was asked.
struct Authority {
    address: SocketAddr,
    asked: UnboundedReceiver<String>,
    serving: JoinHandle<()>,
}

impl Drop for Authority {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// What a server does once it was asked.
#[derive(Clone)]
enum Then {
    Says(Vec<u8>),
    /// Says this, and then nothing more, while the connection stays.
    Stops(Vec<u8>),
    /// Says so many bytes without having told how many.
    Pours(usize),
}

impl Authority {
    async fn that(then: Then) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (told, asked) = unbounded_channel();
        let serving = tokio::spawn(async move {
            let mut kept = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = vec![0; 8192];
                let read = stream.read(&mut bytes).await.unwrap_or(0);
                let _ = told.send(String::from_utf8_lossy(&bytes[..read]).into_owned());
                match &then {
                    Then::Says(answer) => {
                        let _ = stream.write_all(answer).await;
                    }
                    Then::Stops(beginning) => {
                        let _ = stream.write_all(beginning).await;
                        kept.push(stream);
                    }
                    Then::Pours(bytes) => {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                        let piece = vec![0; 1 << 16];
                        let mut left = *bytes;
                        while left > 0 && stream.write_all(&piece[..left.min(1 << 16)]).await.is_ok() {
                            left = left.saturating_sub(1 << 16);
                        }
                    }
                }
            }
        });
        Self {
            address,
            asked,
            serving,
        }
    }

    async fn answering(body: &[u8]) -> Self {
        Self::that(Then::Says(answer("200 OK", body))).await
    }

    fn url(&self) -> String {
        format!("http://{}/ask", self.address)
    }

    fn mirror(&self) -> Fetcher {
        fetcher(&[], &[&self.address.to_string()], LONG)
    }
}

fn answer(status: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn fetcher(public: &[&str], private: &[&str], timeout: Duration) -> Fetcher {
    let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let hosts = Hosts::of(&owned(public), &owned(private)).unwrap();
    Fetcher::new(hosts, timeout).unwrap()
}

fn crl(url: impl Into<String>) -> Question {
    Question::Crl { url: url.into() }
}

#[tokio::test]
async fn a_list_is_fetched_and_a_question_is_sent() {
    let mut authority = Authority::answering(b"list").await;
    let fetcher = authority.mirror();
    let got = fetcher.fetch(&crl(authority.url()), LONG).await;
    assert_eq!(got.as_deref(), Ok(&b"list"[..]));
    let asked = authority.asked.recv().await.unwrap();
    assert!(asked.starts_with("GET /ask HTTP/1.1\r\n"), "{asked}");

    let question = Question::Ocsp {
        url: authority.url(),
        request: b"question".to_vec(),
    };
    assert!(fetcher.fetch(&question, LONG).await.is_ok());
    let asked = authority.asked.recv().await.unwrap().to_ascii_lowercase();
    assert!(asked.starts_with("post /ask http/1.1\r\n"), "{asked}");
    assert!(
        asked.contains("content-type: application/ocsp-request\r\n"),
        "{asked}"
    );
    assert!(
        !asked.contains("cookie") && !asked.contains("accept-encoding"),
        "{asked}"
    );
}

#[tokio::test]
async fn who_is_not_listed_is_not_asked() {
    let mut authority = Authority::answering(b"list").await;
    let elsewhere = Authority::answering(b"other").await;
    let got = elsewhere.mirror().fetch(&crl(authority.url()), LONG).await;
    assert_eq!(got, Err(Unanswered::Forbidden));
    // Listed as a public host, it is still this machine.
    let listed = fetcher(&["127.0.0.1", "localhost"], &[], LONG);
    for url in [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://localhost/",
        "https://localhost/",
    ] {
        assert_eq!(
            listed.fetch(&crl(url), LONG).await,
            Err(Unanswered::Forbidden),
            "{url}"
        );
    }
    assert!(authority.asked.try_recv().is_err(), "nobody connected");
}

#[tokio::test]
async fn a_name_that_leads_inside_is_found_out_by_looking_it_up() {
    let inside = PublicOnly.resolve("localhost".parse().unwrap()).await;
    assert!(inside.err().unwrap().is::<NotPublic>());
    let nowhere = PublicOnly.resolve("nowhere.invalid".parse().unwrap()).await;
    assert!(nowhere.is_err());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let mut inside = Authority::answering(b"secret").await;
    let location = format!("302 Found\r\nLocation: http://{}/", inside.address);
    let authority = Authority::that(Then::Says(answer(&location, b""))).await;
    // Even where the other place is listed too.
    let places = [authority.address.to_string(), inside.address.to_string()];
    let both = fetcher(&[], &[&places[0], &places[1]], LONG);
    assert_eq!(
        both.fetch(&crl(authority.url()), LONG).await,
        Err(Unanswered::Unreachable)
    );
    assert!(inside.asked.try_recv().is_err(), "nobody connected");
}

#[tokio::test]
async fn a_status_that_is_no_answer_is_none() {
    for status in [
        "404 Not Found",
        "500 Internal Server Error",
        "204 No Content",
        "206 Partial Content",
    ] {
        let authority = Authority::that(Then::Says(answer(status, b"list"))).await;
        let got = authority.mirror().fetch(&crl(authority.url()), LONG).await;
        assert_eq!(got, Err(Unanswered::Unreachable), "{status}");
    }
}

#[tokio::test]
async fn an_answer_has_a_last_byte() {
    let ask = |authority: &Authority| Question::Ocsp {
        url: authority.url(),
        request: Vec::new(),
    };
    let most = Authority::answering(&vec![7; OCSP_LIMIT]).await;
    let got = most.mirror().fetch(&ask(&most), LONG).await;
    assert_eq!(got.map(|bytes| bytes.len()), Ok(OCSP_LIMIT));
    let more = Authority::answering(&vec![7; OCSP_LIMIT + 1]).await;
    let got = more.mirror().fetch(&ask(&more), LONG).await;
    assert_eq!(got, Err(Unanswered::TooLarge));
    let untold = Authority::that(Then::Pours(OCSP_LIMIT + 1)).await;
    let got = untold.mirror().fetch(&ask(&untold), LONG).await;
    assert_eq!(got, Err(Unanswered::TooLarge));
    let list = Authority::that(Then::Pours(CRL_LIMIT + 1)).await;
    let got = list.mirror().fetch(&crl(list.url()), LONG).await;
    assert_eq!(got, Err(Unanswered::TooLarge));
    // Half of what was announced is no answer.
    let broken = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nhalf".to_vec();
    let broken = Authority::that(Then::Says(broken)).await;
    let got = broken.mirror().fetch(&crl(broken.url()), LONG).await;
    assert_eq!(got, Err(Unanswered::Unreachable));
}

#[tokio::test]
async fn who_is_slow_is_given_up() {
    let soon = Duration::from_millis(50);
    for beginning in [
        &b""[..],
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal",
    ] {
        let slow = Authority::that(Then::Stops(beginning.to_vec())).await;
        let impatient = fetcher(&[], &[&slow.address.to_string()], soon);
        assert_eq!(
            impatient.fetch(&crl(slow.url()), LONG).await,
            Err(Unanswered::Unreachable)
        );
        // The time of the whole examination ends it too.
        assert_eq!(
            slow.mirror().fetch(&crl(slow.url()), soon).await,
            Err(Unanswered::Unreachable)
        );
    }
}

#[tokio::test]
async fn who_is_not_there_is_unreachable() {
    let authority = Authority::answering(b"").await;
    let (url, mirror) = (authority.url(), authority.mirror());
    authority.serving.abort();
    drop(authority);
    assert_eq!(mirror.fetch(&crl(url), LONG).await, Err(Unanswered::Unreachable));
    assert_eq!(
        Fetcher::Offline.fetch(&crl("http://ocsp.example/"), LONG).await,
        Err(Unanswered::Unreachable)
    );
}
