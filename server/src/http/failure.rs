//! Why a request was not done: a problem the caller can act on, or a fault of ours.

use super::RequestId;
use crate::slots::NoSlot;
use crate::store::StoreError;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use shared::api::{ErrorCode, Problem};
use std::error::Error;

/// After how many seconds a server at its limit may be asked again: about what a full queue of hashes takes.
const BUSY_SECONDS: u32 = 5;

/// What a handler answers when it does not answer what was asked.
#[derive(Debug)]
pub enum Failure {
    /// The caller's: told in full.
    Problem(Box<Problem>),
    /// Ours: told as `internal` with a reference; the cause goes to the log.
    Fault(Fault),
}

/// A failure of ours. Its cause must name no person and no secret: it is logged.
#[derive(Debug)]
pub struct Fault(Box<dyn Error + Send + Sync>);

impl Fault {
    /// Wraps a cause.
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }

    /// The cause and its causes, in one line.
    pub fn chain(&self) -> String {
        let mut text = self.0.to_string();
        let mut next = self.0.source();
        while let Some(cause) = next {
            text.push_str(": ");
            text.push_str(&cause.to_string());
            next = cause.source();
        }
        text
    }
}

impl Failure {
    /// A fault with this cause.
    pub fn fault(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Fault(Fault::new(cause))
    }

    /// "Too many requests", with the seconds after which another makes sense.
    pub fn rate_limited(retry_after: u32) -> Self {
        let mut problem = Problem::new(ErrorCode::RateLimited);
        problem.retry_after = Some(retry_after);
        Self::from(problem)
    }

    /// "The server works at its limit", with the seconds after which another try makes sense.
    pub fn busy() -> Self {
        let mut problem = Problem::new(ErrorCode::Busy);
        problem.retry_after = Some(BUSY_SECONDS);
        Self::from(problem)
    }

    /// The answer. A fault is logged here, once.
    pub fn respond(self, id: &RequestId) -> Response {
        let problem = match self {
            Self::Problem(problem) => *problem,
            Self::Fault(fault) => {
                tracing::error!(cause = fault.chain(), "fault");
                let mut problem = Problem::new(ErrorCode::Internal);
                problem.reference = Some(id.to_string());
                problem
            }
        };
        let mut response = Response::new(Body::from(serde_json::to_vec(&problem).unwrap_or_default()));
        *response.status_mut() =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if problem.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Cookie"));
        }
        if let Some(seconds) = problem.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<ErrorCode> for Failure {
    fn from(code: ErrorCode) -> Self {
        Self::from(Problem::new(code))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy(cause) => {
                tracing::warn!(%cause, "database busy");
                Self::busy()
            }
            StoreError::Away(_) => {
                tracing::warn!(cause = Fault::new(error).chain(), "database away");
                Self::busy()
            }
            StoreError::Unwritable(_) => {
                tracing::error!(cause = Fault::new(error).chain(), "database unwritable");
                Self::busy()
            }
            StoreError::Conflict(_)
            | StoreError::Changed
            | StoreError::Corrupt(_)
            | StoreError::Database(_)
            | StoreError::Migration(_) => Self::fault(error),
        }
    }
}

impl From<NoSlot> for Failure {
    fn from(reason: NoSlot) -> Self {
        match reason {
            NoSlot::Busy => Self::busy(),
            NoSlot::CutOff => Self::fault(reason),
        }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::from(StoreError::from(error))
    }
}
