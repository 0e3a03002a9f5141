//! A browser over real connections: it keeps cookies, names the site's origin, has an address of its own, and asks any node.

use super::dice::Dice;
use super::ledger::Ledger;
use super::post::PostOffice;
use crate::browser::Jar;
use crate::told;
use server::clock::Stopwatch;
use shared::api::{BASE, Endpoint, ErrorCode, Method, Problem};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

/// How long a request may take: longer than the server gives itself.
const PATIENCE: Duration = Duration::from_secs(40);

/// What people see of the portal.
#[derive(Debug)]
pub struct Site {
    /// Where its nodes listen: `http://127.0.0.1:…`.
    pub nodes: Vec<String>,
    /// The origin of its pages.
    pub origin: String,
    /// Who delivers its mails.
    pub post: PostOffice,
    /// What people write down.
    pub ledger: Ledger,
    http: reqwest::Client,
}

/// Why a request came to nothing.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// It was refused.
    Refused(Box<Problem>),
    /// There was no answer, or none to its end: whether it was done is not known.
    Unreachable,
    /// The answer is none of ours.
    Strange(u16),
}

impl Trouble {
    /// What it was refused with.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Unreachable | Self::Strange(_) => None,
        }
    }

    /// Whether another try makes sense: nobody refused it for good.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Refused(problem) => problem.status >= 500,
            Self::Unreachable => true,
            Self::Strange(_) => false,
        }
    }

    /// Whether what was asked may have been done although nobody said so.
    pub fn leaves_doubt(&self) -> bool {
        match self {
            Self::Refused(problem) => problem.status >= 500,
            Self::Unreachable | Self::Strange(_) => true,
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Refused(problem) => problem.code.as_str().to_owned(),
            Self::Unreachable => "no answer".to_owned(),
            Self::Strange(status) => format!("status {status}"),
        }
    }
}

impl Site {
    /// A site of these nodes.
    pub fn new(nodes: Vec<String>, origin: String, post: PostOffice) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client without settings that could be wrong");
        Self {
            nodes,
            origin,
            post,
            ledger: Ledger::default(),
            http,
        }
    }
}

/// Somebody's browser. Two of them share nothing but the site.
#[derive(Clone, Debug)]
pub struct Client {
    site: Arc<Site>,
    address: Ipv4Addr,
    cookies: Jar,
    dice: Dice,
}

impl Client {
    /// A browser at an address that nobody else of the drill has: the nodes believe `X-Forwarded-For`, because limits count sources.
    pub fn new(site: Arc<Site>, number: u32, dice: Dice) -> Self {
        let [_, b, c, d] = number.to_be_bytes();
        Self {
            site,
            address: Ipv4Addr::new(10, b, c, d),
            cookies: Jar::default(),
            dice,
        }
    }

    /// The site that it looks at.
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// Calls an endpoint once, at any node, and writes down how long the answer took.
    pub async fn call<E: Endpoint>(
        &mut self,
        step: &'static str,
        request: &E::Request,
    ) -> Result<E::Response, Trouble> {
        let node = self.dice.pick(&self.site.nodes).clone();
        let url = format!("{node}{BASE}{}", E::PATH);
        told::note_body(&serde_json::to_value(request).expect("a request is JSON"));
        let asked = match E::METHOD {
            Method::Get => self.site.http.get(url),
            Method::Post => self.site.http.post(url).json(request),
        };
        let watch = Stopwatch::start();
        let told = self.exchange(asked.timeout(PATIENCE)).await;
        let told = told
            .and_then(|body| serde_json::from_slice::<E::Response>(&body).map_err(|_| Trouble::Strange(200)));
        match &told {
            Ok(_) => self.site.ledger.took(step, watch.elapsed()),
            Err(trouble) => self.site.ledger.refused(step, &trouble.name()),
        }
        told
    }

    /// Fetches a page or a file of the site.
    pub async fn fetch(&mut self, step: &'static str, path: &str) -> Result<Vec<u8>, Trouble> {
        let node = self.dice.pick(&self.site.nodes).clone();
        let asked = self.site.http.get(format!("{node}{path}")).timeout(PATIENCE);
        let watch = Stopwatch::start();
        let told = self.exchange(asked).await;
        match &told {
            Ok(_) => self.site.ledger.took(step, watch.elapsed()),
            Err(trouble) => self.site.ledger.refused(step, &trouble.name()),
        }
        told
    }

    /// Opens a stream of events.
    pub async fn listen(&mut self, path: &str) -> Result<Events, Trouble> {
        let node = self.dice.pick(&self.site.nodes).clone();
        let asked = self.site.http.get(format!("{node}{BASE}{path}"));
        let answer = self.send(asked).await.inspect_err(|trouble| {
            self.site.ledger.refused("events", &trouble.name());
        })?;
        Ok(Events {
            answer,
            heard: Vec::new(),
        })
    }

    async fn exchange(&mut self, request: reqwest::RequestBuilder) -> Result<Vec<u8>, Trouble> {
        let answer = self.send(request).await?;
        let body = answer.bytes().await.map_err(|_| Trouble::Unreachable)?;
        Ok(body.to_vec())
    }

    /// Sends a request with what every browser sends, and keeps the cookies of the answer, which is no refusal.
    async fn send(&mut self, request: reqwest::RequestBuilder) -> Result<reqwest::Response, Trouble> {
        let mut request = request
            .header("origin", &self.site.origin)
            .header("sec-fetch-site", "same-origin")
            .header("x-forwarded-for", self.address.to_string());
        if let Some(cookies) = self.cookies.header() {
            request = request.header("cookie", cookies);
        }
        let answer = request.send().await.map_err(|_| Trouble::Unreachable)?;
        for cookie in answer.headers().get_all("set-cookie") {
            if let Ok(cookie) = cookie.to_str() {
                self.cookies.keep(cookie);
            }
        }
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        let body = answer.bytes().await.map_err(|_| Trouble::Unreachable)?;
        Err(match serde_json::from_slice(&body) {
            Ok(problem) => Trouble::Refused(Box::new(problem)),
            Err(_) => Trouble::Strange(status.as_u16()),
        })
    }
}

/// A stream of server-sent events that is open.
#[derive(Debug)]
pub struct Events {
    answer: reqwest::Response,
    heard: Vec<u8>,
}

impl Events {
    /// The data of the next event; `None` where the stream ends, whatever ended it.
    pub async fn next<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        loop {
            while let Some(end) = self.heard.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.heard.drain(..=end).collect();
                let data = line.strip_prefix(b"data:").map(<[u8]>::trim_ascii);
                if let Some(value) = data.and_then(|data| serde_json::from_slice(data).ok()) {
                    return Some(value);
                }
            }
            let chunk = self.answer.chunk().await.ok().flatten()?;
            self.heard.extend_from_slice(&chunk);
        }
    }
}
