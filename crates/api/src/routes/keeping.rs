//! Keeping recordings: the list of all, holds, erasures, the policy.

use std::str::FromStr;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::recording::ErasureCause;
use domain::retention::{RETENTION_DAYS, RetentionPolicy as Policy};
use domain::{ConversationId, Permission, RecordingId, Utc};
use store::{
    ConversationRow, Held, Page, RecordingFilter, RecordingList, RecordingPlace, RecordingRow, RecordingState,
};
use utoipa_axum::routes;

use super::conversations::projected;
use super::recordings::{listening, refuse};
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::keeping::{ConversationHold, ListedRecording, Reason, RecordingListQuery, RetentionPolicy};
use crate::json::problem::{FaultCode, ProblemCode};
use crate::json::recording::Recording;
use crate::limits::REASON_CHARS_MAX;
use crate::page::{after, limit, page};
use crate::views::recording::Kept;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::RecordingsPlay, routes!(list))
        .needs(Permission::RecordingsHold, routes!(hold))
        .needs(Permission::RecordingsHold, routes!(lift))
        .needs(Permission::RecordingsHold, routes!(hold_conversation))
        .needs(Permission::RecordingsHold, routes!(lift_conversation))
        .command(Permission::RecordingsErase, routes!(erase))
        .needs(Permission::SettingsRead, routes!(policy))
        .needs(Permission::SettingsWrite, routes!(change_policy))
}

/// Recordings of all conversations this account may hear, the newest first.
#[utoipa::path(get, path = "/api/v1/recordings", tag = "recordings", operation_id = "list_all_recordings",
    params(RecordingListQuery), responses((status = 200, body = List<ListedRecording>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<RecordingListQuery>,
) -> Answer<Json<List<ListedRecording>>> {
    let limit = limit(query.limit.as_deref())?;
    let filter = read_filter(&query)?;
    let key: Option<Key> = after(&app, "recordings", query.cursor.as_deref())?;
    // That something is held is told to those alone who are told of the hold.
    if filter.list == Some(RecordingList::Held) && !caller.can(Permission::RecordingsDownload) {
        return Ok(Json(List { items: Vec::new(), next_cursor: None }));
    }
    let asked = Page { limit: limit + 1, after: key.map(|key| key.0) };
    projected(&app, &caller).await?;
    let rows = app.store.list_recordings(&listening(&caller), &filter, asked).await?;
    let kept = Kept::load(&app, &caller, &rows.iter().map(|(_, of)| of).collect::<Vec<_>>()).await?;
    let key = |(row, _): &(RecordingRow, ConversationRow)| {
        Key(RecordingPlace { started_at: row.started_at, id: row.id }).to_string()
    };
    let show = |(row, of): (RecordingRow, ConversationRow)| {
        let conversation = kept.conversation(&of);
        ListedRecording { recording: kept.show(row, &of, &caller, true), conversation }
    };
    Ok(Json(page(&app, "recordings", limit, rows, key, show)))
}

/// Holds a recording: neither the policy nor a person erases it until the hold is lifted. Again, it has another reason.
#[utoipa::path(put, path = "/api/v1/recordings/{id}/hold", tag = "recordings", operation_id = "hold_recording",
    params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = Recording)))]
async fn hold(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<RecordingId>,
    Body(wanted): Body<Reason>,
) -> Answer<Json<Recording>> {
    let reason = read_reason(&wanted)?;
    projected(&app, &caller).await?;
    put(&app, &caller, Held::Recording(id), &reason).await?;
    shown(&app, &caller, id).await
}

/// Lifts the hold of a recording. One that is held with its conversation is let go with it: `on_hold`.
#[utoipa::path(delete, path = "/api/v1/recordings/{id}/hold", tag = "recordings", operation_id = "lift_recording_hold",
    params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = Recording)))]
async fn lift(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<RecordingId>,
    Body(wanted): Body<Reason>,
) -> Answer<Json<Recording>> {
    let reason = read_reason(&wanted)?;
    projected(&app, &caller).await?;
    let row = app.store.recording(&caller.scope(), id).await?;
    let lifted = app.store.lift_hold(&caller.scope(), app.clock.now().utc, Held::Recording(id), &reason).await;
    if let Err(error) = lifted {
        let marks = app.store.recording_marks(&caller.scope(), &[row.conversation]).await?;
        let is_held = marks.conversation_hold(row.conversation).is_some();
        return Err(if is_held {
            RouteError::new(ProblemCode::OnHold, "its conversation is held")
        } else {
            error.into()
        });
    }
    shown(&app, &caller, id).await
}

/// Holds every recording of a conversation, those that are still to come too.
#[utoipa::path(put, path = "/api/v1/conversations/{id}/hold", tag = "recordings", operation_id = "hold_conversation",
    params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = ConversationHold)))]
async fn hold_conversation(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<ConversationId>,
    Body(wanted): Body<Reason>,
) -> Answer<Json<ConversationHold>> {
    let reason = read_reason(&wanted)?;
    projected(&app, &caller).await?;
    put(&app, &caller, Held::Conversation(id), &reason).await?;
    shown_conversation(&app, &caller, id).await
}

/// Lifts the hold of a conversation; a recording that has a hold of its own stays held.
#[utoipa::path(delete, path = "/api/v1/conversations/{id}/hold", tag = "recordings",
    operation_id = "lift_conversation_hold", params(("id" = String, Path)), request_body = Reason,
    responses((status = 200, body = ConversationHold)))]
async fn lift_conversation(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<ConversationId>,
    Body(wanted): Body<Reason>,
) -> Answer<Json<ConversationHold>> {
    let reason = read_reason(&wanted)?;
    projected(&app, &caller).await?;
    app.store.lift_hold(&caller.scope(), app.clock.now().utc, Held::Conversation(id), &reason).await?;
    shown_conversation(&app, &caller, id).await
}

/// Erases a recording for good: its key is destroyed and its sound removed. That it was, by whom and why stays on record.
#[utoipa::path(post, path = "/api/v1/recordings/{id}/erase", tag = "recordings", operation_id = "erase_recording",
    params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = Recording)))]
async fn erase(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<RecordingId>,
    Body(wanted): Body<Reason>,
) -> Answer<Json<Recording>> {
    let reason = read_reason(&wanted)?;
    projected(&app, &caller).await?;
    let row = app.store.recording(&caller.scope(), id).await?;
    if row.state == RecordingState::Failed {
        return Err(RouteError::new(ProblemCode::WrongState, "nothing of it is kept"));
    }
    let (scope, now) = (caller.scope(), app.clock.now().utc);
    let (erasing, tenant) = (Arc::clone(&app), caller.tenant);
    // A client that goes away leaves nothing half done.
    let erasing = tokio::spawn(async move {
        let erased = erasing.recordings.erase(&scope, now, id, ErasureCause::Request, Some(&reason)).await;
        // Whatever came of it: what was noted has to be finished and told.
        erasing.floor.keep_recordings(tenant);
        erased
    });
    let erased = erasing.await.map_err(|error| RouteError::internal("an erasure was broken off", &error))?;
    erased.map_err(refuse)?;
    shown(&app, &caller, id).await
}

/// For how long recordings are kept.
#[utoipa::path(get, path = "/api/v1/retention-policy", tag = "settings", operation_id = "get_retention_policy",
    responses((status = 200, body = RetentionPolicy)))]
async fn policy(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<RetentionPolicy>> {
    Ok(Json(app.store.retention_policy(&caller.scope()).await?.into()))
}

/// Changes for how long recordings are kept. It counts for recordings that exist too: those that are due are erased within minutes.
#[utoipa::path(put, path = "/api/v1/retention-policy", tag = "settings", operation_id = "change_retention_policy",
    request_body = RetentionPolicy, responses((status = 200, body = RetentionPolicy)))]
async fn change_policy(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<RetentionPolicy>,
) -> Answer<Json<RetentionPolicy>> {
    let mut faults = Faults::default();
    let mut days = |field, days: Option<i64>| days.map(|days| faults.count(field, days, RETENTION_DAYS));
    let policy = Policy {
        recordings_days: days("recordings_days", wanted.recordings_days),
        messages_days: days("messages_days", wanted.messages_days),
    };
    faults.none()?;
    let version = u64::try_from(wanted.version).unwrap_or(u64::MAX);
    let now = app.clock.now().utc;
    let record = app.store.put_retention_policy(&caller.scope(), now, version, &policy).await?;
    app.floor.keep_recordings(caller.tenant);
    Ok(Json(record.into()))
}

impl From<store::RetentionRecord> for RetentionPolicy {
    fn from(record: store::RetentionRecord) -> RetentionPolicy {
        RetentionPolicy {
            version: i64::try_from(record.version).unwrap_or(i64::MAX),
            recordings_days: record.policy.recordings_days.map(i64::from),
            messages_days: record.policy.messages_days.map(i64::from),
        }
    }
}

/// A reason that may stand in the audit trail.
fn read_reason(wanted: &Reason) -> Answer<String> {
    let mut faults = Faults::default();
    let reason = faults.text("reason", &wanted.reason, 1, REASON_CHARS_MAX);
    faults.none().map(|()| reason)
}

async fn put(app: &App, caller: &Caller, held: Held, reason: &str) -> Answer<()> {
    if let Held::Recording(id) = held {
        let row = app.store.recording(&caller.scope(), id).await?;
        let marks = app.store.recording_marks(&caller.scope(), &[row.conversation]).await?;
        if marks.erasure(id).is_some() {
            return Err(RouteError::of(ProblemCode::RecordingErased));
        }
    }
    app.store.put_hold(&caller.scope(), app.clock.now().utc, held, reason).await?;
    Ok(())
}

async fn shown(app: &App, caller: &Caller, id: RecordingId) -> Answer<Json<Recording>> {
    let row = app.store.recording(&caller.scope(), id).await?;
    let of = app.store.conversation(&caller.scope(), row.conversation).await?;
    let kept = Kept::load(app, caller, &[&of]).await?;
    Ok(Json(kept.show(row, &of, caller, true)))
}

async fn shown_conversation(app: &App, caller: &Caller, id: ConversationId) -> Answer<Json<ConversationHold>> {
    let of = app.store.conversation(&caller.scope(), id).await?;
    let kept = Kept::load(app, caller, &[&of]).await?;
    Ok(Json(ConversationHold { conversation_id: id.to_string(), hold: kept.conversation_hold(id) }))
}

fn read_filter(query: &RecordingListQuery) -> Answer<RecordingFilter> {
    let mut faults = Faults::default();
    let list = match query.state.as_deref() {
        None => None,
        Some("live") => Some(RecordingList::State(RecordingState::Live)),
        Some("sealed") => Some(RecordingList::State(RecordingState::Sealed)),
        Some("failed") => Some(RecordingList::State(RecordingState::Failed)),
        Some("erased") => Some(RecordingList::State(RecordingState::Erased)),
        Some("missing") => Some(RecordingList::Missing),
        Some("held") => Some(RecordingList::Held),
        Some(_) => {
            faults.add("state", FaultCode::Malformed);
            None
        }
    };
    let mut moment = |field: &str, text: Option<&String>| -> Option<Utc> {
        let read = i64::from_str(text?).ok().map(Utc);
        if read.is_none() {
            faults.add(field, FaultCode::Malformed);
        }
        read
    };
    let from = moment("from_us", query.from_us.as_ref());
    let until = moment("to_us", query.to_us.as_ref());
    faults.none().map(|()| RecordingFilter { list, from, until })
}

/// A place in the list as text, for the cursor.
struct Key(RecordingPlace);

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.0.started_at.0, self.0.id)
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Key, ()> {
        let (at, id) = text.split_once(' ').ok_or(())?;
        let started_at = Utc(at.parse().map_err(drop)?);
        Ok(Key(RecordingPlace { started_at, id: id.parse().map_err(drop)? }))
    }
}
