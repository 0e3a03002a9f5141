//! A mail server that tests deliver to: it speaks SMTP over a socket, keeps what it took over, and does what it is told
//! to do with the next message.
//!
//! ```ignore
//! let server = SmtpServer::start().await;
//! server.next(Turn::RefuseMessage(451));          // the first try is put off, the second is taken
//! let mail = server.mail(1).await;                // waits for the first message that was taken over
//! assert!(mail.link().starts_with("http://localhost:8080/restablecer#"));
//! ```
//!
//! The protocol is mailin's. In front of it stands a small relay that can cut a connection at a chosen moment, which
//! no well-behaved server does. It lives as long as the test's process.

pub mod silent;

use crate::told;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mailin_embedded::response::{INVALID_CREDENTIALS, OK};
use mailin_embedded::{AuthMechanism, Handler, Response, Server, SslConfig};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// How long a test waits for a mail before it fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// How many connections may be open at the same time.
const SESSIONS: u32 = 16;

/// A running mail server. Clones are the same one.
#[derive(Clone, Debug)]
pub struct SmtpServer {
    port: u16,
    authority: Option<String>,
    state: Arc<State>,
}

/// What the server does with the next message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It takes it over. So it does when nothing else was asked.
    Accept,
    /// It refuses the recipient with this code.
    RefuseRecipient(u16),
    /// It reads the message and refuses it with this code.
    RefuseMessage(u16),
    /// It takes the message over, and the connection breaks before its answer arrives.
    CutAfterAcceptance,
    /// It reads the message and does not answer until [`SmtpServer::release`].
    Stall,
}

/// How connections begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    None,
    StartTls,
    StartTlsWithPassword,
    /// TLS from the first byte, as on port 465.
    Tls(Validity),
}

/// What is the matter with a server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// Nothing: it is for `localhost`, and its time has not ended.
    Good,
    /// It is for another name.
    OtherName,
    /// Its time ended years ago.
    Expired,
}

/// A message that was taken over.
#[derive(Clone, Debug)]
pub struct Received {
    /// The sender in the envelope.
    pub from: String,
    /// The recipients in the envelope.
    pub to: Vec<String>,
    /// Who signed in.
    pub user: Option<String>,
    /// Headers and body as they came.
    pub raw: String,
}

/// The name and password that a server made with [`SmtpServer::start_with_password`] asks for.
pub const USER: &str = "clavero";
/// See [`USER`].
pub const PASSWORD: &str = "una clave larga";

#[derive(Debug)]
struct State {
    turns: Mutex<VecDeque<Turn>>,
    received: watch::Sender<Vec<Received>>,
    /// The next bytes of the server do not reach the client.
    cut: AtomicBool,
    /// Messages that wait for [`SmtpServer::release`].
    stalled: watch::Sender<usize>,
    released: Mutex<bool>,
    release: Condvar,
    connections: AtomicUsize,
}

impl SmtpServer {
    /// A server on a free port of this machine, without TLS and password.
    pub async fn start() -> Self {
        Self::run(Protection::None).await
    }

    /// One that offers STARTTLS, with a certificate for `localhost` of an authority made for it.
    pub async fn start_with_tls() -> Self {
        Self::run(Protection::StartTls).await
    }

    /// The same, and it takes mail only after [`USER`] has signed in with [`PASSWORD`].
    pub async fn start_with_password() -> Self {
        Self::run(Protection::StartTlsWithPassword).await
    }

    /// One that speaks TLS from the first byte.
    pub async fn start_with_implicit_tls(validity: Validity) -> Self {
        Self::run(Protection::Tls(validity)).await
    }

    /// Where it listens, on `127.0.0.1`.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The certificate (PEM) of the authority that a client has to trust; empty without TLS.
    pub fn authority(&self) -> &str {
        self.authority.as_deref().unwrap_or_default()
    }

    /// What it does with the next message, after the turns asked for before.
    pub fn next(&self, turn: Turn) {
        lock(&self.state.turns).push_back(turn);
    }

    /// Every message it has taken over, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.state.received.borrow().clone()
    }

    /// Waits until it has taken over `number` messages and gives the last of them, from 1.
    pub async fn mail(&self, number: usize) -> Received {
        let mut received = self.state.received.subscribe();
        let enough = received.wait_for(|mails| mails.len() >= number);
        let mails = tokio::time::timeout(PATIENCE, enough)
            .await
            .expect("the mail arrives")
            .expect("the server runs");
        mails[number - 1].clone()
    }

    /// Waits until `number` messages wait for [`Self::release`].
    pub async fn stalled(&self, number: usize) {
        let mut stalled = self.state.stalled.subscribe();
        let enough = stalled.wait_for(|count| *count >= number);
        tokio::time::timeout(PATIENCE, enough)
            .await
            .expect("the message arrives")
            .expect("the server runs");
    }

    /// Lets every stalled message, and those to come, be accepted.
    pub fn release(&self) {
        *lock(&self.state.released) = true;
        self.state.release.notify_all();
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    async fn run(protection: Protection) -> Self {
        let state = Arc::new(State {
            turns: Mutex::default(),
            received: watch::Sender::new(Vec::new()),
            cut: AtomicBool::new(false),
            stalled: watch::Sender::new(0),
            released: Mutex::new(false),
            release: Condvar::new(),
            connections: AtomicUsize::new(0),
        });
        let inner = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let server = inner.local_addr().expect("its address");
        let session = Session {
            state: Arc::clone(&state),
            protection,
            user: None,
            from: String::new(),
            to: Vec::new(),
            raw: Vec::new(),
        };
        let mut mailin = Server::new(session);
        mailin
            .with_name("localhost")
            .with_num_threads(SESSIONS)
            .with_tcp_listener(inner);
        let (authority, outside) = match protection {
            Protection::None => (None, None),
            Protection::StartTls => (Some(protect(&mut mailin)), None),
            Protection::StartTlsWithPassword => {
                mailin.with_auth(AuthMechanism::Plain);
                (Some(protect(&mut mailin)), None)
            }
            Protection::Tls(validity) => {
                let issued = Issued::new(validity);
                (Some(issued.authority.clone()), Some(issued.acceptor()))
            }
        };
        std::thread::spawn(move || {
            let _ends_with_the_process = mailin.serve();
        });

        let outer = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let port = outer.local_addr().expect("its address").port();
        tokio::spawn(relay(outer, outside, server, Arc::clone(&state)));
        Self {
            port,
            authority,
            state,
        }
    }
}

impl Received {
    /// A header's value, unfolded; empty if it is not there. Encoded words stay as they came.
    pub fn header(&self, name: &str) -> String {
        header(self.raw.split("\r\n\r\n").next().unwrap_or_default(), name)
    }

    /// The plain part, decoded.
    pub fn text(&self) -> String {
        self.part("text/plain")
    }

    /// The HTML part, decoded.
    pub fn html(&self) -> String {
        self.part("text/html")
    }

    /// The first address that stands on a line of its own in the plain part.
    pub fn link(&self) -> String {
        let text = self.text();
        let line = text
            .lines()
            .find(|line| line.starts_with("http://") || line.starts_with("https://"));
        line.expect("a link in the mail").trim().to_owned()
    }

    fn part(&self, kind: &str) -> String {
        let part = part_of(&self.raw, kind);
        let (headers, body) = part.unwrap_or_else(|| panic!("a part of type {kind}"));
        let bytes = match header(headers, "Content-Transfer-Encoding")
            .to_ascii_lowercase()
            .as_str()
        {
            "quoted-printable" => quoted_printable::decode(body, quoted_printable::ParseMode::Robust)
                .expect("quoted-printable text"),
            "base64" => STANDARD
                .decode(body.split_whitespace().collect::<String>())
                .expect("base64 text"),
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8(bytes)
            .expect("UTF-8 text")
            .replace("\r\n", "\n")
    }
}

/// Headers and body of the part of a kind, in parts of parts too.
fn part_of<'a>(raw: &'a str, kind: &str) -> Option<(&'a str, &'a str)> {
    let (headers, _) = raw.split_once("\r\n\r\n")?;
    let content_type = header(headers, "Content-Type");
    let boundary = content_type
        .split("boundary=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())?;
    raw.split(&format!("--{boundary}")).skip(1).find_map(|part| {
        let part = part.trim_start_matches("\r\n");
        let (headers, body) = part.split_once("\r\n\r\n")?;
        let found = header(headers, "Content-Type");
        if found.starts_with("multipart/") {
            return part_of(part, kind);
        }
        // The line break before a boundary belongs to the boundary (RFC 2046).
        let body = body.strip_suffix("\r\n").unwrap_or(body);
        found.starts_with(kind).then_some((headers, body))
    })
}

fn header(headers: &str, name: &str) -> String {
    let unfolded = headers.replace("\r\n ", " ").replace("\r\n\t", " ");
    let value = unfolded.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    });
    value.unwrap_or_default()
}

/// A certificate with its key, and the authority that signed it; all made for one server.
struct Issued {
    authority: String,
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Issued {
    fn new(validity: Validity) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority =
            CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority");
        let name = match validity {
            Validity::Good | Validity::Expired => "localhost",
            Validity::OtherName => "correo.example",
        };
        let mut leaf = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        if validity == Validity::Expired {
            leaf.not_before = rcgen::date_time_ymd(2020, 1, 1);
            leaf.not_after = rcgen::date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate().expect("a key");
        Self {
            certificate: leaf.signed_by(&key, &authority).expect("a certificate"),
            authority: authority.pem(),
            key,
        }
    }

    /// The server's side of TLS with this certificate.
    fn acceptor(&self) -> TlsAcceptor {
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions of TLS")
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.der().clone()], key)
            .expect("a certificate and its key");
        TlsAcceptor::from(Arc::new(config))
    }
}

/// Gives the server a certificate for `localhost`; the authority that signed it is returned.
fn protect(mailin: &mut Server<Session>) -> String {
    // The server's own choice would be ambiguous: two libraries for it are linked into the tests.
    let _already_chosen = rustls::crypto::ring::default_provider().install_default();
    let issued = Issued::new(Validity::Good);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a temporary file");
        path.to_str().expect("a path in UTF-8").to_owned()
    };
    let cert_path = file("certificate.pem", issued.certificate.pem());
    let key_path = file("key.pem", issued.key.serialize_pem());
    // Both files are read here; the folder may go afterwards.
    if let Err(error) = mailin.with_ssl(SslConfig::SelfSigned { cert_path, key_path }) {
        panic!("TLS of the tests' mail server: {error}");
    }
    issued.authority
}

/// Passes bytes between clients and the server, inside of TLS where that is asked.
async fn relay(outer: TcpListener, tls: Option<TlsAcceptor>, server: SocketAddr, state: Arc<State>) {
    while let Ok((client, _)) = outer.accept().await {
        state.connections.fetch_add(1, Ordering::SeqCst);
        let (tls, state) = (tls.clone(), Arc::clone(&state));
        tokio::spawn(async move {
            match tls {
                None => pass(client, server, &state).await,
                Some(tls) => {
                    // A client that does not trust the certificate goes away here.
                    if let Ok(client) = tls.accept(client).await {
                        pass(client, server, &state).await;
                    }
                }
            }
        });
    }
}

/// Passes the bytes of one connection, and cuts it when the server's state says so.
async fn pass(client: impl AsyncRead + AsyncWrite, server: SocketAddr, state: &State) {
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let (mut from_client, mut to_client) = split(client);
    let (mut from_server, mut to_server) = server.into_split();
    let there = copy(&mut from_client, &mut to_server);
    let back = async {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
            if state.cut.swap(false, Ordering::SeqCst) || to_client.write_all(&bytes[..count]).await.is_err()
            {
                return;
            }
        }
    };
    tokio::select! {
        _ = there => {}
        () = back => {}
    }
}

/// One connection's state in the server.
#[derive(Clone)]
struct Session {
    state: Arc<State>,
    protection: Protection,
    user: Option<String>,
    from: String,
    to: Vec<String>,
    raw: Vec<u8>,
}

impl Session {
    /// The turn for the message at hand, if it is one that `fits` this moment.
    fn turn(&self, fits: fn(Turn) -> bool) -> Turn {
        let mut turns = lock(&self.state.turns);
        match turns.front() {
            Some(turn) if fits(*turn) => turns.pop_front().unwrap_or(Turn::Accept),
            _ => Turn::Accept,
        }
    }

    fn keep(&mut self) {
        let received = Received {
            from: self.from.clone(),
            to: self.to.clone(),
            user: self.user.clone(),
            raw: String::from_utf8(std::mem::take(&mut self.raw)).expect("mails are UTF-8"),
        };
        received.to.iter().for_each(|to| told::note(to));
        told::note_message(&received.text());
        self.state.received.send_modify(|mails| mails.push(received));
    }
}

impl Handler for Session {
    fn mail(&mut self, _: IpAddr, _: &str, from: &str) -> Response {
        if self.protection == Protection::StartTlsWithPassword && self.user.is_none() {
            return refusal(530);
        }
        from.clone_into(&mut self.from);
        self.to.clear();
        self.raw.clear();
        OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        match self.turn(|turn| matches!(turn, Turn::RefuseRecipient(_))) {
            Turn::RefuseRecipient(code) => refusal(code),
            Turn::Accept | Turn::RefuseMessage(_) | Turn::CutAfterAcceptance | Turn::Stall => {
                self.to.push(to.to_owned());
                OK
            }
        }
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.raw.extend_from_slice(bytes);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        match self.turn(|turn| !matches!(turn, Turn::RefuseRecipient(_))) {
            Turn::RefuseMessage(code) | Turn::RefuseRecipient(code) => return refusal(code),
            Turn::Accept => {}
            Turn::CutAfterAcceptance => self.state.cut.store(true, Ordering::SeqCst),
            Turn::Stall => {
                self.state.stalled.send_modify(|count| *count += 1);
                let mut released = lock(&self.state.released);
                while !*released {
                    released = self
                        .state
                        .release
                        .wait(released)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
        self.keep();
        OK
    }

    fn auth_plain(&mut self, _: &str, user: &str, password: &str) -> Response {
        if (user, password) != (USER, PASSWORD) {
            return INVALID_CREDENTIALS;
        }
        self.user = Some(user.to_owned());
        mailin_embedded::response::AUTH_OK
    }
}

fn refusal(code: u16) -> Response {
    Response::custom(code, "as the test asks".to_owned())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
