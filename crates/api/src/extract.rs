//! Reading a request: path ids, query strings and bodies, each failing as a problem document that names the field.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use std::str::FromStr;

use crate::error::RouteError;
use crate::json::problem::{FaultCode, ProblemCode};

/// An id in the path. One that cannot be read names nothing: 404.
pub struct PathId<T>(pub T);

impl<S: Send + Sync, T: FromStr + Send> FromRequestParts<S> for PathId<T> {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, RouteError> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| RouteError::not_found())?;
        text.parse().map(PathId).map_err(|_| RouteError::not_found())
    }
}

/// Two ids in the path.
pub struct PathIds<T, U>(pub T, pub U);

impl<S: Send + Sync, T: FromStr + Send, U: FromStr + Send> FromRequestParts<S> for PathIds<T, U> {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, RouteError> {
        let texts = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((first, second)) = texts.map_err(|_| RouteError::not_found())?;
        let found = first.parse().ok().zip(second.parse().ok());
        found.map(|(first, second)| PathIds(first, second)).ok_or_else(RouteError::not_found)
    }
}

/// The query string.
pub struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, RouteError> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(params)) => Ok(Params(params)),
            Err(_) => Err(RouteError::invalid_field("", FaultCode::Malformed)),
        }
    }
}

/// A JSON body.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let is_json = kind.split(';').next().is_some_and(|k| k.trim().eq_ignore_ascii_case("application/json"));
        if !is_json {
            return Err(RouteError::invalid_field("", FaultCode::Malformed).into_response());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            let code = match rejection.status() {
                axum::http::StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::TooLarge,
                _ => ProblemCode::Validation,
            };
            RouteError::of(code).into_response()
        })?;
        parse(&bytes).map(Body).map_err(IntoResponse::into_response)
    }
}

/// Reads JSON; a fault names the field it stands in.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, RouteError> {
    serde_json::from_slice(bytes).map_err(|error| {
        let said = error.to_string();
        let quoted = said.split('`').nth(1).unwrap_or_default();
        if said.starts_with("missing field") {
            RouteError::invalid_field(quoted, FaultCode::Missing)
        } else if said.starts_with("unknown field") {
            RouteError::invalid_field(quoted, FaultCode::Unknown)
        } else {
            RouteError::invalid_field(&field_before(bytes, &error), FaultCode::Malformed)
        }
    })
}

/// The last key in front of the place where reading stopped; serde does not tell the path.
fn field_before(bytes: &[u8], error: &serde_json::Error) -> String {
    if !error.is_data() {
        return String::new();
    }
    let text = String::from_utf8_lossy(bytes);
    let lines = text.split('\n').take(error.line().saturating_sub(1)).map(|line| line.len() + 1).sum::<usize>();
    let end = (lines + error.column()).min(text.len());
    let before = text.get(..end).unwrap_or_default();
    let mut parts = before.split('"').collect::<Vec<_>>();
    while parts.len() >= 2 {
        let after = parts.pop().unwrap_or_default();
        let word = parts.last().copied().unwrap_or_default();
        if after.trim_start().starts_with(':') {
            return word.to_owned();
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::customer::CustomerChange;

    #[track_caller]
    fn check(body: &str, field: &str) {
        let Err(error) = parse::<CustomerChange>(body.as_bytes()) else { panic!("{body} was read") };
        let shown = format!("{error:?}");
        assert!(shown.contains(&format!("field: {field:?}")), "{shown}");
    }

    #[test]
    fn the_field_is_named() {
        check("{}", "version");
        check(r#"{"version":1,"nam":"x"}"#, "nam");
        check(r#"{"version":"one"}"#, "version");
        check("{\"version\":1,\n \"name\": 5}", "name");
        check(r#"{"version":1,"level":"gold"}"#, "level");
        check("{", "");
        check("[", "");
    }
}
