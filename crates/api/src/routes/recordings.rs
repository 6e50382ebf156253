//! Recordings: which a conversation has, their shape, their sound by byte range.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::room::PortRole;
use domain::{ConversationId, Permission, RecordingId, Role, TaskId};
use store::recordings::{RecordingError, RecordingReader};
use store::{Reach, Scope, StoreError};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Params, PathId};
use crate::json::List;
use crate::json::problem::{FaultCode, ProblemCode};
use crate::json::recording::{Gap, Recording, SoundQuery, Waveform, WaveformQuery};
use crate::limits::{PROJECTION_WAIT_MAX, WAVEFORM_POINTS_DEFAULT, WAVEFORM_POINTS_MAX};
use crate::range::{Wanted, wanted};
use crate::views::millis;
use crate::views::recording::Kept;

/// Bytes of sound made at a time: sixteen seconds, a few milliseconds of work.
const PIECE_BYTES: usize = 512 * 1024;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::ConversationsRead, routes!(list))
        .needs(Permission::RecordingsPlay, routes!(waveform))
        .needs(Permission::RecordingsPlay, routes!(audio))
        .needs(Permission::TasksRead, routes!(message))
}

/// The recordings of a conversation, oldest first; those that failed too.
#[utoipa::path(get, path = "/api/v1/conversations/{id}/recordings", tag = "recordings", operation_id = "list_recordings",
    params(("id" = String, Path)), responses((status = 200, body = List<Recording>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<ConversationId>,
) -> Answer<Json<List<Recording>>> {
    if let Some(live) = app.floor.live(caller.tenant) {
        app.store.wait_projected(caller.partition, live.seq, PROJECTION_WAIT_MAX).await?;
    }
    let rows = app.store.recordings_of(&caller.scope(), id).await?;
    let of = app.store.conversation(&caller.scope(), id).await?;
    let kept = Kept::load(&app, &caller, &[&of]).await?;
    let within = match app.store.conversation(&listening(&caller), id).await {
        Ok(_) => true,
        Err(StoreError::NotFound(_)) => false,
        Err(error) => return Err(error.into()),
    };
    let items = rows.into_iter().map(|row| kept.show(row, &of, &caller, within)).collect();
    Ok(Json(List { items, next_cursor: None }))
}

/// The shape of a recording's sound, and what cannot be heard of it. Works while it is being made.
#[utoipa::path(get, path = "/api/v1/recordings/{id}/peaks", tag = "recordings", operation_id = "get_recording_peaks",
    params(("id" = String, Path), WaveformQuery), responses((status = 200, body = Waveform)))]
async fn waveform(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<RecordingId>,
    Params(query): Params<WaveformQuery>,
) -> Answer<Json<Waveform>> {
    let points = match query.points.as_deref().map(str::parse) {
        None => WAVEFORM_POINTS_DEFAULT,
        Some(Ok(points @ 1..=WAVEFORM_POINTS_MAX)) => points,
        Some(_) => return Err(RouteError::invalid_field("points", FaultCode::Malformed)),
    };
    let reader = open(&app, &caller, id).await?;
    let may = caller.can(Permission::FloorSupervise);
    let supervised = may.then(|| reader.info().tracks.iter().any(|track| track.role == PortRole::Supervisor));
    let mut reader = heard(&caller, reader, query.supervisor.as_deref())?;
    let peaks = reader.peaks(points).await.map_err(refuse)?;
    let info = reader.info();
    let gaps = info.gaps.iter().map(|gap| Gap {
        from_ms: millis(gap.at),
        length_ms: millis(gap.length),
        role: gap.role.into(),
        cause: gap.cause.map(Into::into),
    });
    Ok(Json(Waveform {
        live: info.live,
        duration_ms: millis(info.duration),
        gaps: gaps.collect(),
        left: peaks.left,
        right: peaks.right,
        supervised,
    }))
}

/// A recording as a WAV, 8 kHz, 16 bits: the customer on the left, agents and what was played on the right. Byte ranges are
/// answered, also while it is being made.
#[utoipa::path(get, path = "/api/v1/recordings/{id}/audio", tag = "recordings", operation_id = "get_recording_audio",
    params(("id" = String, Path), SoundQuery, ("Range" = Option<String>, Header)),
    responses((status = 200, content_type = "audio/wav", body = Vec<u8>),
        (status = 206, content_type = "audio/wav", body = Vec<u8>), (status = 416)))]
async fn audio(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<RecordingId>,
    Params(query): Params<SoundQuery>,
    headers: HeaderMap,
) -> Answer<Response> {
    let reader = open(&app, &caller, id).await?;
    let reader = heard(&caller, reader, query.supervisor.as_deref())?;
    let with_supervisor = query.supervisor.as_deref() == Some("true");
    play(&app, &caller, &listening(&caller), (id, reader, with_supervisor), &headers).await
}

/// With the supervisor's voice, if that is asked for.
fn heard(caller: &Caller, reader: RecordingReader, supervisor: Option<&str>) -> Answer<RecordingReader> {
    match supervisor {
        None | Some("false") => Ok(reader),
        Some("true") => {
            caller.demand(Permission::FloorSupervise)?;
            Ok(reader.with_supervisor())
        }
        Some(_) => Err(RouteError::invalid_field("supervisor", FaultCode::Malformed)),
    }
}

/// The message of a task, as [`audio`] gives it: whoever may read a task may hear it, whoever had the conversation.
#[utoipa::path(get, path = "/api/v1/tasks/{id}/audio", tag = "tasks", operation_id = "get_task_audio",
    params(("id" = String, Path), ("Range" = Option<String>, Header)),
    responses((status = 200, content_type = "audio/wav", body = Vec<u8>),
        (status = 206, content_type = "audio/wav", body = Vec<u8>), (status = 416)))]
async fn message(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<TaskId>,
    headers: HeaderMap,
) -> Answer<Response> {
    let task = app.store.task(&caller.scope(), id).await?;
    let recording = task.recording.ok_or_else(RouteError::not_found)?;
    let reader = app.recordings.reader(&caller.scope(), recording).await.map_err(refuse)?;
    play(&app, &caller, &caller.scope(), (recording, reader, false), &headers).await
}

async fn play(
    app: &App,
    caller: &Caller,
    scope: &Scope,
    (id, reader, with_supervisor): (RecordingId, RecordingReader, bool),
    headers: &HeaderMap,
) -> Answer<Response> {
    let now = app.clock.now().utc;
    if let Some(line) = app.listeners.new_line(caller.user.id, (id, with_supervisor), now) {
        app.recordings.note_play(scope, now, id, with_supervisor).await.map_err(refuse)?;
        line.keep();
    }
    Ok(answer(reader, headers.get(header::RANGE)))
}

/// How far an account may hear: an agent own conversations only.
pub(super) fn listening(caller: &Caller) -> Scope {
    let scope = caller.scope();
    match caller.user.role {
        Role::Agent => Scope { reach: Reach::Own, ..scope },
        Role::Supervisor | Role::Administrator => scope,
    }
}

async fn open(app: &App, caller: &Caller, id: RecordingId) -> Answer<RecordingReader> {
    app.recordings.reader(&listening(caller), id).await.map_err(refuse)
}

pub(super) fn refuse(error: RecordingError) -> RouteError {
    match error {
        RecordingError::NotFound => RouteError::not_found(),
        RecordingError::KeyDestroyed => RouteError::of(ProblemCode::RecordingErased),
        RecordingError::Truncated(what) => {
            tracing::error!(what, "a recording is not whole");
            RouteError::of(ProblemCode::RecordingTruncated)
        }
        RecordingError::Altered(what) => {
            tracing::error!(what, "a recording is not what was sealed");
            RouteError::of(ProblemCode::RecordingAltered)
        }
        RecordingError::StillLive => RouteError::of(ProblemCode::WrongState),
        RecordingError::OnHold => RouteError::of(ProblemCode::OnHold),
        RecordingError::Unavailable(error) => error.into(),
    }
}

pub(super) fn answer(reader: RecordingReader, range: Option<&HeaderValue>) -> Response {
    let length = reader.wav_bytes();
    let (status, from, to) = match wanted(range, length) {
        Wanted::All => (StatusCode::OK, 0, length),
        Wanted::Part { from, to } => (StatusCode::PARTIAL_CONTENT, from, to),
        Wanted::Unsatisfiable => {
            let mut response = RouteError::of(ProblemCode::RangeNotSatisfiable).into_response();
            set(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
            return response;
        }
    };
    let mut response = (status, Body::from_stream(pieces(reader, from, to))).into_response();
    for (name, value) in [
        (header::CONTENT_TYPE, "audio/wav".to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::CONTENT_LENGTH, (to - from).to_string()),
        // Sound does not get smaller, and a range of a compressed body would be another range.
        (header::CONTENT_ENCODING, "identity".to_owned()),
        (header::CACHE_CONTROL, "private, no-store, no-transform".to_owned()),
    ] {
        set(&mut response, name, &value);
    }
    if status == StatusCode::PARTIAL_CONTENT {
        set(&mut response, header::CONTENT_RANGE, &format!("bytes {from}-{}/{length}", to.saturating_sub(1)));
    }
    response
}

pub(super) fn set(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The bytes piece by piece, each made when the one before has been taken.
fn pieces(reader: RecordingReader, from: u64, to: u64) -> impl futures::Stream<Item = Result<Bytes, RecordingError>> {
    futures::stream::try_unfold((reader, from), move |(mut reader, at)| async move {
        let length = usize::try_from(to.saturating_sub(at)).unwrap_or(usize::MAX).min(PIECE_BYTES);
        if length == 0 {
            return Ok(None);
        }
        let bytes = reader.wav_range(at, length).await.inspect_err(|error| {
            tracing::error!(error = error as &dyn std::error::Error, "a recording breaks off while it is played");
        })?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let next = at + bytes.len() as u64;
        Ok(Some((Bytes::from(bytes), (reader, next))))
    })
}
