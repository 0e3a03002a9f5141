//! Reading a file that is the whole body of a request: its type, its size, how it comes, nothing of its content.
//!
//! Invariants: so many files are in memory at once and no more; one that comes too slowly is cut off; no more memory is taken than
//! bytes have come, whatever was announced.

use super::Failure;
use super::allowance::Allowance;
use crate::clock::Stopwatch;
use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http_body_util::BodyExt;
use shared::api::ErrorCode;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What files are held to while they come. The default is what the real server serves with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How many files are in memory at once; more are told that the server is busy.
    pub places: usize,
    /// How long one may take to come: 5 MB at 350 kbit/s.
    pub whole: Duration,
    /// How often it is looked at how much has come.
    pub stretch: Duration,
    /// How many bytes have to come in each stretch.
    pub least: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            places: 32,
            whole: Duration::from_mins(2),
            stretch: Duration::from_secs(10),
            least: 65_536,
        }
    }
}

/// The places of files in memory. Clones share them.
#[derive(Clone, Debug)]
pub struct Uploads {
    bounds: Bounds,
    places: Arc<Semaphore>,
}

impl Uploads {
    /// With these bounds.
    pub fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            places: Arc::new(Semaphore::new(bounds.places)),
        }
    }
}

/// A file on its way. It has no name here.
#[derive(Debug)]
pub struct Upload {
    announced: Option<usize>,
    body: Body,
    uploads: Uploads,
    allowance: Allowance,
}

/// A file that came.
pub struct Received {
    /// What it is.
    pub bytes: Vec<u8>,
    /// Its place in memory: to be held as long as the file.
    pub place: OwnedSemaphorePermit,
}

/// A file is personal.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Received(••••)")
    }
}

impl Upload {
    /// The file of a request. Nothing of it is read.
    ///
    /// # Errors
    /// [`ErrorCode::UnsupportedMediaType`] for anything but `application/octet-stream` as it is.
    pub(super) fn of(request: Request, uploads: Uploads, allowance: Allowance) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        if !is_plain(&parts.headers) {
            return Err(ErrorCode::UnsupportedMediaType.into());
        }
        let announced = parts.headers.get(CONTENT_LENGTH);
        Ok(Self {
            announced: announced.and_then(|value| value.to_str().ok()?.parse().ok()),
            body,
            uploads,
            allowance,
        })
    }

    /// Reads the file piece by piece. What announces more than `most` bytes is refused at once, what turns out to have more as
    /// soon as it has: never more than `most` and one piece is in memory. The time that the request may take begins anew when
    /// all has come.
    ///
    /// # Errors
    /// [`ErrorCode::BodyTooLarge`]; [`ErrorCode::Busy`] where no place is free, before the first byte; [`ErrorCode::TimedOut`] where it
    /// comes too slowly; [`ErrorCode::MalformedBody`] where the body breaks off.
    pub async fn read(self, most: u32) -> Result<Received, Failure> {
        let Self {
            announced,
            body,
            uploads: Uploads { bounds, places },
            allowance,
        } = self;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        if announced.is_some_and(|length| length > most) {
            return Err(ErrorCode::BodyTooLarge.into());
        }
        let place = places.try_acquire_owned().map_err(|_| Failure::busy())?;
        allowance.extend(bounds.whole);
        let reading = tokio::time::timeout(bounds.whole, pieces(body, most, bounds));
        let bytes = reading.await.map_err(|_elapsed| ErrorCode::TimedOut)??;
        allowance.begin_anew();
        Ok(Received { bytes, place })
    }
}

async fn pieces(mut body: Body, most: usize, bounds: Bounds) -> Result<Vec<u8>, ErrorCode> {
    let mut file = Vec::new();
    let mut stretch = Stopwatch::start();
    let mut came = 0;
    loop {
        let left = bounds.stretch.saturating_sub(stretch.elapsed());
        match tokio::time::timeout(left, body.frame()).await {
            Err(_elapsed) if came < bounds.least => return Err(ErrorCode::TimedOut),
            Err(_elapsed) => (stretch, came) = (Stopwatch::start(), 0),
            Ok(None) => return Ok(file),
            Ok(Some(frame)) => {
                let Ok(piece) = frame.map_err(|_| ErrorCode::MalformedBody)?.into_data() else {
                    continue;
                };
                if file.len() + piece.len() > most {
                    return Err(ErrorCode::BodyTooLarge);
                }
                file.extend_from_slice(&piece);
                came += piece.len();
            }
        }
    }
}

fn is_plain(headers: &HeaderMap) -> bool {
    let essence = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(|value| {
            value
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase()
        });
    essence.as_deref() == Some("application/octet-stream") && !headers.contains_key(CONTENT_ENCODING)
}
