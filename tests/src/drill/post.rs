//! The mail server of a drill: it speaks SMTP, keeps what it takes over, and behaves as the weather is.
//!
//! It is beside [`crate::smtp`], whose server does what a test tells it for each message: here the messages of many nodes come
//! at once, and what becomes of each is drawn.

use super::dice::Dice;
use crate::smtp::Received;
use crate::told;
use server::clock::pause;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use uuid::Uuid;

/// The page of a link for a new password.
const PASSWORD_PAGE: &str = "/restablecer";

/// How the server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// It takes every message.
    Fair,
    /// Of ten messages it takes five as it should; the others are refused for now, taken slowly, or the connection breaks behind them.
    Foul,
    /// It sends everybody away.
    Closed,
}

/// What becomes of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Take,
    /// Taken after a while.
    TakeSlowly(Duration),
    /// Taken, and the connection breaks before the answer.
    TakeAndDrop,
    /// Read, thrown away, and the connection breaks.
    Drop,
    RefuseRecipient,
    RefuseMessage,
}

/// A message that was taken over.
#[derive(Clone)]
pub struct Taken {
    /// Its row in the outbox, and which try it was: both from its name (Message-ID). `None` where the name says no such thing.
    pub named: Option<(Uuid, i64)>,
    /// Whom it went to.
    pub to: String,
    /// The token of the link for a new password, if there is one.
    pub link: Option<String>,
    /// The tokens of all links in it.
    pub tokens: Vec<String>,
    /// Whether the sender was told that it was taken.
    pub answered: bool,
}

impl Taken {
    /// Reads a mail's name and its plain part.
    pub fn read(name: &str, to: &str, text: &str, answered: bool) -> Self {
        let links: Vec<(String, String)> = text.split_whitespace().filter_map(link).collect();
        Self {
            named: named(name),
            to: to.to_owned(),
            link: links
                .iter()
                .find(|(page, _)| page == PASSWORD_PAGE)
                .map(|(_, token)| token.clone()),
            tokens: links.into_iter().map(|(_, token)| token).collect(),
            answered,
        }
    }
}

impl fmt::Debug for Taken {
    /// Tokens are secrets, addresses are personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Taken")
            .field("named", &self.named)
            .field("answered", &self.answered)
            .finish_non_exhaustive()
    }
}

/// A running mail server. Clones are the same one; it lives as long as the runtime.
#[derive(Clone, Debug)]
pub struct PostOffice {
    port: u16,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    weather: Mutex<Weather>,
    dice: Mutex<Dice>,
    books: Mutex<Books>,
    refused: Mutex<HashMap<&'static str, u64>>,
}

#[derive(Debug, Default)]
struct Books {
    taken: Vec<Taken>,
    /// For each address the tokens of its links, the oldest first, and a bell for who waits for one.
    boxes: HashMap<String, watch::Sender<Vec<String>>>,
}

impl PostOffice {
    /// Opens on a free port of this machine, in fair weather.
    pub async fn open(dice: Dice) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(State {
            weather: Mutex::new(Weather::Fair),
            dice: Mutex::new(dice),
            books: Mutex::default(),
            refused: Mutex::default(),
        });
        let office = Self {
            port,
            state: Arc::clone(&state),
        };
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let state = Arc::clone(&state);
                // A client that goes away in the middle is none of our business.
                tokio::spawn(async move { state.converse(client).await });
            }
        });
        Ok(office)
    }

    /// Where it listens, on `127.0.0.1`.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// From now on.
    pub fn turn(&self, weather: Weather) {
        *lock(&self.state.weather) = weather;
    }

    /// Every message that was taken over, oldest first.
    pub fn taken(&self) -> Vec<Taken> {
        lock(&self.state.books).taken.clone()
    }

    /// What it did instead of taking messages over, and how often.
    pub fn refused(&self) -> Vec<(&'static str, u64)> {
        let mut all: Vec<_> = lock(&self.state.refused)
            .iter()
            .map(|(what, count)| (*what, *count))
            .collect();
        all.sort_unstable();
        all
    }

    /// Waits until an address has more than `known` links for a new password; the newest, and how many there are.
    pub async fn link(&self, address: &str, known: usize) -> (String, usize) {
        let mut bell = lock(&self.state.books).bell(address).subscribe();
        let links = bell
            .wait_for(|links| links.len() > known)
            .await
            .expect("the books keep every bell")
            .clone();
        let newest = links.last().expect("there is one more than known").clone();
        (newest, links.len())
    }
}

impl Books {
    fn bell(&mut self, address: &str) -> &watch::Sender<Vec<String>> {
        self.boxes
            .entry(address.to_owned())
            .or_insert_with(|| watch::Sender::new(Vec::new()))
    }

    fn enter(&mut self, taken: Taken) {
        if let Some(link) = taken.link.clone() {
            self.bell(&taken.to).send_modify(|links| links.push(link));
        }
        self.taken.push(taken);
    }
}

impl State {
    async fn converse(&self, client: TcpStream) -> io::Result<()> {
        let (from, mut to) = client.into_split();
        let mut lines = BufReader::new(from).lines();
        if *lock(&self.weather) == Weather::Closed {
            self.count("sent away");
            return to.write_all(b"421 closed\r\n").await;
        }
        to.write_all(b"220 localhost ESMTP\r\n").await?;
        let (mut fate, mut recipient) = (Fate::Take, String::new());
        while let Some(line) = lines.next_line().await? {
            let word = line
                .split([' ', ':'])
                .next()
                .unwrap_or_default()
                .to_ascii_uppercase();
            match word.as_str() {
                "MAIL" => {
                    fate = self.draw();
                    to.write_all(b"250 OK\r\n").await?;
                }
                "RCPT" if fate == Fate::RefuseRecipient => {
                    self.count("refused the recipient for now");
                    to.write_all(b"451 later\r\n").await?;
                }
                "RCPT" => {
                    recipient = address(&line);
                    to.write_all(b"250 OK\r\n").await?;
                }
                "DATA" => {
                    to.write_all(b"354 go on\r\n").await?;
                    let mut raw = String::new();
                    loop {
                        let Some(line) = lines.next_line().await? else {
                            return Ok(());
                        };
                        if line == "." {
                            break;
                        }
                        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                        raw.push_str("\r\n");
                    }
                    if !self.end(fate, &recipient, raw, &mut to).await? {
                        return Ok(());
                    }
                }
                "QUIT" => return to.write_all(b"221 bye\r\n").await,
                _ => to.write_all(b"250 OK\r\n").await?,
            }
        }
        Ok(())
    }

    /// Does with a whole message what was drawn for it. Whether the connection goes on.
    async fn end(&self, fate: Fate, to: &str, raw: String, answer: &mut OwnedWriteHalf) -> io::Result<bool> {
        match fate {
            Fate::Take | Fate::RefuseRecipient => {}
            Fate::TakeSlowly(while_) => {
                self.count("took a while");
                pause(while_).await;
            }
            Fate::TakeAndDrop => {
                self.count("took it and dropped the connection");
                self.enter(to, raw, false);
                return Ok(false);
            }
            Fate::Drop => {
                self.count("dropped the connection after the message");
                return Ok(false);
            }
            Fate::RefuseMessage => {
                self.count("refused the message for now");
                answer.write_all(b"451 later\r\n").await?;
                return Ok(true);
            }
        }
        self.enter(to, raw, true);
        answer.write_all(b"250 taken\r\n").await?;
        Ok(true)
    }

    fn draw(&self) -> Fate {
        if *lock(&self.weather) != Weather::Foul {
            return Fate::Take;
        }
        let mut dice = lock(&self.dice);
        match dice.below(20) {
            0..10 => Fate::Take,
            10..12 => Fate::TakeSlowly(dice.between(Duration::from_millis(100), Duration::from_secs(3))),
            12..14 => Fate::TakeAndDrop,
            14..16 => Fate::Drop,
            16..18 => Fate::RefuseRecipient,
            _ => Fate::RefuseMessage,
        }
    }

    fn enter(&self, to: &str, raw: String, answered: bool) {
        let mail = Received {
            from: String::new(),
            to: vec![to.to_owned()],
            user: None,
            raw,
        };
        let text = mail.text();
        told::note(to);
        told::note_message(&text);
        let taken = Taken::read(&mail.header("Message-ID"), to, &text, answered);
        lock(&self.books).enter(taken);
    }

    fn count(&self, what: &'static str) {
        *lock(&self.refused).entry(what).or_default() += 1;
    }
}

/// What stands between angle brackets.
fn address(line: &str) -> String {
    let rest = line.split_once('<').map_or("", |(_, rest)| rest);
    rest.split('>').next().unwrap_or_default().to_owned()
}

/// The row and the try of `<row.try@domain>`.
fn named(header: &str) -> Option<(Uuid, i64)> {
    let (name, _) = header.trim_matches(['<', '>']).split_once('@')?;
    let (row, attempt) = name.rsplit_once('.')?;
    Some((row.parse().ok()?, attempt.parse().ok()?))
}

/// The page and the token of a link of ours.
fn link(word: &str) -> Option<(String, String)> {
    let (address, token) = word.split_once('#')?;
    let (_, rest) = address.split_once("://")?;
    let (_, page) = rest.split_once('/')?;
    Some((format!("/{page}"), token.to_owned()))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_known_by_its_row_and_try() {
        let row = Uuid::from_u128(7);
        assert_eq!(named(&format!("<{row}.3@clave.example>")), Some((row, 3)));
        assert_eq!(named("<3@clave.example>"), None);
        assert_eq!(named(""), None);
    }

    #[test]
    fn links_are_told_from_other_words() {
        let (page, token) = link("http://localhost:1/restablecer#abc").unwrap();
        assert_eq!((page.as_str(), token.as_str()), ("/restablecer", "abc"));
        assert!(link("#1").is_none() && link("http://localhost/ayuda").is_none());
        assert_eq!(address("RCPT TO:<a@b.example> X"), "a@b.example");
    }
}
