//! Taking recordings out of the house: in a format, for a reason, on record.

use std::sync::Arc;

use axum::body::{Body as Bytes, Bytes as Piece};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::DateTime;
use domain::{Permission, RecordingId, Utc};
use store::RecordingState;
use store::recordings::{OpusFile, RecordingError, RecordingReader};
use utoipa_axum::routes;

use super::conversations::projected;
use super::recordings::{answer, listening, refuse, set};
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, PathId};
use crate::faults::Faults;
use crate::json::keeping::{DownloadFormat, DownloadOrder};
use crate::json::problem::ProblemCode;
use crate::limits::REASON_CHARS_MAX;

pub fn declare(routes: Routes) -> Routes {
    routes.needs(Permission::RecordingsDownload, routes!(download))
}

/// A sealed recording as a file to keep. Who, why, in which format and what exactly is kept are entered in the audit trail first.
#[utoipa::path(post, path = "/api/v1/recordings/{id}/download", tag = "recordings", operation_id = "download_recording",
    params(("id" = String, Path)), request_body = DownloadOrder,
    responses((status = 200, content((Vec<u8> = "audio/wav"), (Vec<u8> = "audio/ogg")))))]
async fn download(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<RecordingId>,
    Body(order): Body<DownloadOrder>,
) -> Answer<Response> {
    let mut faults = Faults::default();
    let reason = faults.text("reason", &order.reason, 1, REASON_CHARS_MAX);
    faults.none()?;
    projected(&app, &caller).await?;
    let scope = listening(&caller);
    let row = app.store.recording(&scope, id).await?;
    let mut reader = app.recordings.reader(&scope, id).await.map_err(refuse)?;
    let with_supervisor = order.supervisor == Some(true);
    if with_supervisor {
        caller.demand(Permission::FloorSupervise)?;
        reader = reader.with_supervisor();
    }
    if row.state != RecordingState::Sealed {
        return Err(RouteError::new(ProblemCode::WrongState, "it is not sealed"));
    }
    let (format, mut response) = match order.format {
        DownloadFormat::Wav => ("wav", answer(reader, None)),
        DownloadFormat::Opus => ("opus", opus(reader)?),
    };
    let taken = (format, with_supervisor);
    app.recordings.note_download(&scope, app.clock.now().utc, id, taken, &reason).await.map_err(refuse)?;
    let name = format!("attachment; filename=\"{}\"", file_name(id, row.started_at, order.format));
    set(&mut response, header::CONTENT_DISPOSITION, &name);
    Ok(response)
}

/// `recording-20260105T123000Z-rec_….wav`: when it began and which it is, and nothing of who spoke.
fn file_name(id: RecordingId, started_at: Utc, format: DownloadFormat) -> String {
    let began = DateTime::from_timestamp_micros(started_at.0).map(|at| at.format("%Y%m%dT%H%M%SZ").to_string());
    let ending = match format {
        DownloadFormat::Wav => "wav",
        DownloadFormat::Opus => "opus",
    };
    format!("recording-{}-{id}.{ending}", began.unwrap_or_default())
}

fn opus(reader: RecordingReader) -> Answer<Response> {
    let file = OpusFile::new(reader).map_err(refuse)?;
    let mut response = Bytes::from_stream(pages(file)).into_response();
    for (name, value) in [
        (header::CONTENT_TYPE, "audio/ogg"),
        (header::CONTENT_ENCODING, "identity"),
        (header::CACHE_CONTROL, "private, no-store, no-transform"),
    ] {
        set(&mut response, name, value);
    }
    Ok(response)
}

/// The file page by page, each made when the one before has been taken.
fn pages(file: OpusFile) -> impl futures::Stream<Item = Result<Piece, RecordingError>> {
    futures::stream::try_unfold(file, async |mut file| {
        let page = file.next().await.inspect_err(|error| {
            tracing::error!(error = error as &dyn std::error::Error, "a recording breaks off while it is downloaded");
        })?;
        Ok(page.map(|page| (Piece::from(page), file)))
    })
}
