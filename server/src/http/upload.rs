//! Reading a file that is the whole body of a request: its type, its size, nothing of its content.

use super::Failure;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http_body_util::BodyExt;
use shared::api::ErrorCode;

/// A file on its way. It has no name here.
#[derive(Debug)]
pub struct Upload {
    headers: HeaderMap,
    body: Body,
}

impl Upload {
    pub(super) const fn new(headers: HeaderMap, body: Body) -> Self {
        Self { headers, body }
    }

    /// Reads the file piece by piece. What announces more than `most` bytes is refused at once, what turns out to have more as
    /// soon as it has: never more than `most` and one piece is in memory.
    ///
    /// # Errors
    /// [`ErrorCode::UnsupportedMediaType`] for anything but `application/octet-stream` as it is, [`ErrorCode::BodyTooLarge`],
    /// [`ErrorCode::MalformedBody`] where the body breaks off.
    pub async fn read(self, most: u32) -> Result<Vec<u8>, Failure> {
        if !self.is_plain() {
            return Err(ErrorCode::UnsupportedMediaType.into());
        }
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let announced = self.headers.get(CONTENT_LENGTH);
        let announced = announced.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > most) {
            return Err(ErrorCode::BodyTooLarge.into());
        }
        let mut body = self.body;
        let mut file = Vec::with_capacity(announced.unwrap_or_default());
        while let Some(frame) = body.frame().await {
            let Ok(piece) = frame.map_err(|_| ErrorCode::MalformedBody)?.into_data() else {
                continue;
            };
            if file.len() + piece.len() > most {
                return Err(ErrorCode::BodyTooLarge.into());
            }
            file.extend_from_slice(&piece);
        }
        Ok(file)
    }

    fn is_plain(&self) -> bool {
        let essence = self
            .headers
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
        essence.as_deref() == Some("application/octet-stream") && !self.headers.contains_key(CONTENT_ENCODING)
    }
}
