//! Reading a JSON body: its type, its size, its shape; every refusal names the field.

use super::Failure;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use shared::api::{ErrorCode, FieldCode, Problem};

/// The largest body the API takes, in bytes. The largest it needs is a tenth of it.
pub const LIMIT: usize = 16 * 1024;

/// The longest field path that an answer repeats: the path may hold what the caller wrote.
pub const PATH_LIMIT: usize = 80;

/// Reads a body of at most [`LIMIT`] bytes. serde_json's recursion limit (128) bounds its depth.
pub async fn read<T: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<T, Failure> {
    if !is_plain_json(headers) {
        return Err(ErrorCode::UnsupportedMediaType.into());
    }
    let bytes = match Limited::new(body, LIMIT).collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(ErrorCode::BodyTooLarge.into()),
        Err(_) => return Err(ErrorCode::MalformedBody.into()),
    };
    object(&bytes)
}

/// Parses the body of a write. serde takes a list for a struct; the API takes objects only.
pub fn object<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(ErrorCode::MalformedBody.into());
    }
    parse(bytes)
}

/// Parses a body.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        refusal(&path, error.inner())
    })?;
    deserializer.end().map_err(|_| ErrorCode::MalformedBody)?;
    Ok(value)
}

fn is_plain_json(headers: &HeaderMap) -> bool {
    let essence = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|essence| essence.trim().to_ascii_lowercase());
    essence.as_deref() == Some("application/json") && !headers.contains_key(CONTENT_ENCODING)
}

fn refusal(path: &str, error: &serde_json::Error) -> Failure {
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => ErrorCode::MalformedBody.into(),
        Category::Data => {
            let message = error.to_string();
            let (field, code) = match named(&message, "missing field `") {
                Some(name) => (join(path, name), FieldCode::Missing),
                None => match named(&message, "unknown field `")
                    .or_else(|| named(&message, "duplicate field `"))
                {
                    Some(name) => (join(path, name), FieldCode::Malformed),
                    None => (
                        path.to_owned(),
                        FieldCode::of_message(&message).unwrap_or(FieldCode::Malformed),
                    ),
                },
            };
            let field: String = field.chars().take(PATH_LIMIT).collect();
            Problem::field(&field, code).into()
        }
    }
}

fn named<'a>(message: &'a str, before: &str) -> Option<&'a str> {
    message.strip_prefix(before)?.split('`').next()
}

/// The path of a field below `path`. serde reports some errors at the object, others at the field already.
fn join(path: &str, name: &str) -> String {
    if path == "." || path.is_empty() {
        name.to_owned()
    } else if path == name || path.ends_with(&format!(".{name}")) {
        path.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
