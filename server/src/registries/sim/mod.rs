//! `clavero registry-sim`: a server that speaks the built-in protocol of the connectors, from the imported records.
//!
//! For demonstrations and tests: it plays all four registries, each under a path of its own, and fails on demand (see
//! [`faults`]). Faults are planned on the command line, by a request's header, or while it runs by `POST /control`.
//!
//! It is no registry: who may ask it is decided by one token at most, and it has no TLS.

mod answers;
pub mod faults;

use super::{Registries, SourceName, Unavailable};
use crate::cli::say;
use crate::clock::pause;
use crate::http::serve::serve;
use anyhow::Context;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use clap::Args;
use faults::{Fault, Faults, Plan};
use futures_util::stream;
use serde_json::{Map, Value, json};
use shared::identifiers::{EmployerIdentifier, Ruc};
use shared::secrets::Secret;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use subtle::ConstantTimeEq;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// The identifier that is asked about.
const SUBJECT: &str = "registry-subject";
/// The branch of the employer that is asked about.
const BRANCH: &str = "registry-branch";
/// A fault for this request alone.
const FAULT: &str = "registry-fault";

/// What the command line says.
#[derive(Debug, Args)]
pub struct SimArguments {
    /// Where to listen; the address is printed. Port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8090", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// REGISTRY=FAULT from the beginning, such as `sri=delay:500`. May be given several times.
    #[arg(long, value_name = "REGISTRY=FAULT")]
    fault: Vec<Plan>,
    /// A file with the token that requests must carry.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

/// A simulator of all registries.
#[derive(Clone, Debug)]
pub struct Simulator {
    registries: Registries,
    faults: Faults,
    token: Option<Secret<String>>,
}

/// Serves until `shutdown` is cancelled.
pub async fn run(
    arguments: SimArguments,
    registries: Registries,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    let token = arguments
        .token_file
        .map(|file| {
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("{}: cannot be read", file.display()))?;
            anyhow::Ok(Secret::from(text.trim_end_matches(['\r', '\n'])))
        })
        .transpose()?;
    let listener = TcpListener::bind(arguments.listen)
        .await
        .with_context(|| format!("--listen: cannot listen on {}", arguments.listen))?;
    let simulator = Simulator::new(registries, token);
    for plan in arguments.fault {
        simulator.faults().plan(plan);
    }
    say(&format!("http://{}", listener.local_addr()?));
    serve(listener, simulator.router(), shutdown).await;
    Ok(())
}

impl Simulator {
    /// One that answers from these records, and asks for a token if there is one.
    pub fn new(registries: Registries, token: Option<Secret<String>>) -> Self {
        Self {
            registries,
            faults: Faults::default(),
            token,
        }
    }

    /// The faults that are planned, and how often each registry was asked. Clones share them.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// What it serves.
    pub fn router(self) -> Router {
        Router::new()
            .route("/civil-registry/person", get(person))
            .route("/sri/taxpayer", get(taxpayer))
            .route("/superintendencia/appointment", get(appointment))
            .route("/iess/employer", get(employer))
            .route("/iess/obligations", get(obligations))
            .route("/control", get(show).post(plan))
            .with_state(self)
    }
}

async fn person(State(sim): State<Simulator>, headers: HeaderMap) -> Response {
    sim.answer(SourceName::CivilRegistry, &headers, async |fault| {
        let id = subject(&headers)?;
        Ok(sim
            .registries
            .person(&id)
            .await?
            .map(|person| answers::person(&person, fault)))
    })
    .await
}

async fn taxpayer(State(sim): State<Simulator>, headers: HeaderMap) -> Response {
    sim.answer(SourceName::Sri, &headers, async |fault| {
        let ruc: Ruc = subject(&headers)?;
        let found = sim.registries.taxpayer(&ruc).await?;
        Ok(found.map(|taxpayer| answers::taxpayer(&taxpayer, fault)))
    })
    .await
}

async fn appointment(State(sim): State<Simulator>, headers: HeaderMap) -> Response {
    sim.answer(SourceName::Superintendencia, &headers, async |fault| {
        let employer: EmployerIdentifier = subject(&headers)?;
        let found = sim.registries.appointment(&employer).await?;
        Ok(found.map(|appointment| answers::appointment(&appointment, fault)))
    })
    .await
}

async fn employer(State(sim): State<Simulator>, headers: HeaderMap) -> Response {
    sim.answer(SourceName::Iess, &headers, async |fault| {
        let (employer, branch) = (subject(&headers)?, header(&headers, BRANCH)?);
        let found = sim.registries.employer(&employer, &branch).await?;
        Ok(found.map(|record| answers::employer(&record, fault)))
    })
    .await
}

async fn obligations(State(sim): State<Simulator>, headers: HeaderMap) -> Response {
    sim.answer(SourceName::Obligations, &headers, async |fault| {
        let (employer, branch) = (subject(&headers)?, header(&headers, BRANCH)?);
        let found = sim.registries.obligations(&employer, &branch).await?;
        Ok(found.map(|record| answers::obligations(&record, fault)))
    })
    .await
}

/// Why a simulator does not look something up.
enum Refused {
    BadRequest,
    Unavailable,
}

impl From<Unavailable> for Refused {
    fn from(_: Unavailable) -> Self {
        Self::Unavailable
    }
}

impl Simulator {
    async fn answer(
        &self,
        source: SourceName,
        headers: &HeaderMap,
        look_up: impl AsyncFnOnce(Option<Fault>) -> Result<Option<Value>, Refused>,
    ) -> Response {
        let planned = self.faults.next(source);
        if !self.lets_in(headers) {
            return told(StatusCode::UNAUTHORIZED, "unauthorized");
        }
        let own: Result<Option<Fault>, _> = headers
            .get(FAULT)
            .map(|value| value.to_str().unwrap_or_default().parse())
            .transpose();
        let Ok(own) = own else {
            return told(StatusCode::BAD_REQUEST, "no such fault");
        };
        let fault = own.or(planned);
        if let Some(Fault::Status(status)) = fault {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return told(status, "planned");
        }
        let found = look_up(fault).await;
        if let Some(Fault::Delay(span)) = fault {
            pause(span).await;
        }
        let (status, body) = match found {
            Ok(Some(record)) => (StatusCode::OK, record),
            Ok(None) => (StatusCode::NOT_FOUND, json!({ "error": "not found" })),
            Err(Refused::BadRequest) => return told(StatusCode::BAD_REQUEST, "no such identifier"),
            Err(Refused::Unavailable) => return told(StatusCode::INTERNAL_SERVER_ERROR, "unavailable"),
        };
        let bytes = body.to_string();
        match fault {
            Some(Fault::Reset) => broken_off(status, &bytes),
            Some(Fault::Malformed) => json_response(status, bytes[..bytes.len() / 2].to_owned().into()),
            Some(Fault::Delay(_) | Fault::Stale | Fault::Contradictory | Fault::Status(_)) | None => {
                json_response(status, bytes.into())
            }
        }
    }

    fn lets_in(&self, headers: &HeaderMap) -> bool {
        self.token.as_ref().is_none_or(|token| {
            let given = headers
                .get(AUTHORIZATION)
                .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "))
                .unwrap_or_default();
            given.ct_eq(token.expose().as_bytes()).into()
        })
    }
}

/// What is planned and how often each registry was asked.
async fn show(State(sim): State<Simulator>) -> Json<Value> {
    let sources: Map<String, Value> = SourceName::ALL
        .iter()
        .map(|source| {
            let about = json!({
                "fault": sim.faults.planned(*source),
                "requests": sim.faults.requests(*source),
            });
            (source.as_str().to_owned(), about)
        })
        .collect();
    Json(Value::Object(sources))
}

/// Changes the plans: `{"sri": "delay:500", "iess": null}`. Registries that are not named keep theirs.
async fn plan(State(sim): State<Simulator>, body: Bytes) -> Response {
    let Ok(Value::Object(wanted)) = serde_json::from_slice(&body) else {
        return told(StatusCode::BAD_REQUEST, "not an object");
    };
    let plans: Result<Vec<Plan>, _> = wanted
        .iter()
        .map(|(registry, fault)| match fault {
            Value::String(fault) => format!("{registry}={fault}").parse(),
            Value::Null => format!("{registry}=none").parse(),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                Err(faults::InvalidPlan::Fault)
            }
        })
        .collect();
    match plans {
        Ok(plans) => {
            for plan in plans {
                sim.faults.plan(plan);
            }
            show(State(sim)).await.into_response()
        }
        Err(invalid) => told(StatusCode::BAD_REQUEST, &invalid.to_string()),
    }
}

fn subject<T: FromStr>(headers: &HeaderMap) -> Result<T, Refused> {
    header(headers, SUBJECT)
}

fn header<T: FromStr>(headers: &HeaderMap, name: &str) -> Result<T, Refused> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .ok_or(Refused::BadRequest)
}

fn told(status: StatusCode, text: &str) -> Response {
    json_response(status, json!({ "error": text }).to_string().into())
}

fn json_response(status: StatusCode, body: Body) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}

/// Promises the whole answer, sends half of it and ends the connection.
fn broken_off(status: StatusCode, bytes: &str) -> Response {
    let half = Bytes::copy_from_slice(&bytes.as_bytes()[..bytes.len() / 2]);
    let pieces = [Ok(half), Err(io::Error::from(io::ErrorKind::ConnectionReset))];
    let length = bytes.len().to_string();
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CONTENT_LENGTH, length.as_str()),
    ];
    (status, headers, Body::from_stream(stream::iter(pieces))).into_response()
}
