//! Idempotency keys: a command that is sent again gets the answer of the first time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response as HttpResponse, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{UserId, Utc};
use sha2::{Digest, Sha256};
use store::KeptReply;

use crate::app::App;
use crate::auth::Caller;
use crate::error::{Answer, RouteError};
use crate::json::problem::{FaultCode, ProblemCode};
use crate::limits::{BODY_BYTES_MAX, IDEMPOTENCY_KEY_CHARS_MAX, REPLAY_BYTES_MAX, REPLAY_KEPT};

const KEY_HEADER: &str = "idempotency-key";
/// Says that an answer is one of an earlier request.
const REPLAYED_HEADER: &str = "idempotency-replayed";

type Turn = Arc<tokio::sync::Mutex<()>>;

/// Requests that are being carried out: a second one with the same key waits for the first.
#[derive(Default)]
pub struct InFlight(Mutex<HashMap<(UserId, String), Turn>>);

impl InFlight {
    fn turn(&self, user: UserId, key: &str) -> Turn {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        turns.entry((user, key.to_owned())).or_default().clone()
    }
}

/// Answers a repeated command from what was kept; carries out and keeps any other.
pub async fn replay(State(app): State<Arc<App>>, caller: Caller, request: Request, next: Next) -> Response {
    let Some(key) = request.headers().get(KEY_HEADER).cloned() else { return next.run(request).await };
    match once(&app, &caller, &key, request, next).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

async fn once(app: &App, caller: &Caller, key: &HeaderValue, request: Request, next: Next) -> Answer<Response> {
    let key = read_key(key).ok_or_else(|| RouteError::invalid_field("Idempotency-Key", FaultCode::Malformed))?;
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| RouteError::of(ProblemCode::TooLarge))?;
    let mut hasher = Sha256::new();
    for part in [parts.method.as_str().as_bytes(), parts.uri.path().as_bytes(), &body] {
        hasher.update(part.len().to_be_bytes());
        hasher.update(part);
    }
    let request_hash: [u8; 32] = hasher.finalize().into();

    let turn = app.replays.turn(caller.user.id, &key);
    let _my_turn = turn.lock().await;
    let now = app.clock.now().utc;
    if let Some(kept) = app.store.kept_reply(&caller.scope(), &key, now).await? {
        if kept.request_hash != request_hash {
            return Err(RouteError::new(ProblemCode::Conflict, "the idempotency key was used for another request"));
        }
        return Ok(restore(&kept));
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    // A refusal changed nothing: the same key may be tried again.
    if !response.status().is_success() {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, REPLAY_BYTES_MAX).await.map_err(|_| RouteError::of(ProblemCode::Internal))?;
    let location = parts.headers.get(header::LOCATION);
    let kept_us = i64::try_from(REPLAY_KEPT.as_micros()).unwrap_or(i64::MAX);
    let kept = KeptReply {
        request_hash,
        status: parts.status.as_u16(),
        body: pack(location, &body),
        expires_at: Utc(now.0.saturating_add(kept_us)),
    };
    if let Err(error) = app.store.keep_reply(&caller.scope(), &key, now, &kept).await {
        // The command is done; the client must learn that.
        tracing::warn!(error = &error as &dyn std::error::Error, "an answer could not be kept for replay");
    }
    Ok(HttpResponse::from_parts(parts, Body::from(body)))
}

fn read_key(value: &HeaderValue) -> Option<String> {
    let text = value.to_str().ok()?;
    let is_good =
        !text.is_empty() && text.len() <= IDEMPOTENCY_KEY_CHARS_MAX && text.bytes().all(|b| b.is_ascii_graphic());
    is_good.then(|| text.to_owned())
}

/// `Location` (or an empty line), a line feed, the body.
fn pack(location: Option<&HeaderValue>, body: &Bytes) -> Vec<u8> {
    let mut packed = location.map(|l| l.as_bytes().to_vec()).unwrap_or_default();
    packed.push(b'\n');
    packed.extend_from_slice(body);
    packed
}

fn restore(kept: &KeptReply) -> Response {
    let split = kept.body.iter().position(|b| *b == b'\n').unwrap_or(0);
    let (location, body) = kept.body.split_at(split);
    let body = body.get(1..).unwrap_or_default().to_vec();
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut response = (status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
    response.headers_mut().insert(REPLAYED_HEADER, HeaderValue::from_static("true"));
    if let Ok(location) = HeaderValue::from_bytes(location)
        && !location.is_empty()
    {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}
