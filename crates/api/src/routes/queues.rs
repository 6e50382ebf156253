//! Queues: list, create, read, change.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use domain::retention::RETENTION_DAYS;
use domain::settings::RecordingMode;
use domain::{AgentId, Permission, QueueId};
use store::{QueueDraft, QueueRecord};
use utoipa_axum::routes;

use super::references::References;
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::Answer;
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::queue::{NewQueue, Queue, QueueChange};
use crate::json::recording_policy::RecordingRule;
use crate::limits::{
    ENTRY_SOUNDS_MAX, LINKS_MAX, NAME_CHARS_MAX, RING_TIMEOUT, SERVICE_LEVEL_TARGET, SOUND_CHARS_MAX, WAIT_MAX,
    WAITING_MAX, WRAP_UP,
};
use crate::page::{PageQuery, cut};
use crate::views::millis;

/// What a queue has when nothing is said: an offer rings 20 s, wrap-up lasts a minute, 20 s is the service-level target
/// in use everywhere, and the music is the one every centre is delivered with.
const RING_TIMEOUT_MS: i64 = 20_000;
const WRAP_UP_MS: i64 = 60_000;
const SERVICE_LEVEL_TARGET_MS: i64 = 20_000;
const MUSIC: &str = "hold-music";

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SettingsRead, routes!(list))
        .command(Permission::SettingsWrite, routes!(create))
        .needs(Permission::SettingsRead, routes!(read))
        .needs(Permission::SettingsWrite, routes!(change))
}

/// Queues, by name.
#[utoipa::path(get, path = "/api/v1/queues", tag = "queues", operation_id = "list_queues",
    params(PageQuery), responses((status = 200, body = List<Queue>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Queue>>> {
    let rows = app.store.queues(&caller.scope()).await?;
    cut(&app, "queues", &query, rows, |row| row.queue.id.to_string(), Queue::from).map(Json)
}

/// Creates a queue.
#[utoipa::path(post, path = "/api/v1/queues", tag = "queues", operation_id = "create_queue", request_body = NewQueue,
    responses((status = 201, body = Queue, headers(("Location" = String, description = "The new one.")))))]
async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewQueue>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<Queue>)> {
    let references = References::read(&app, &caller).await?;
    let draft = check(&references, None, Wanted::from(new))?;
    let made = app.store.create_queue(&caller.scope(), app.clock.now().utc, &draft).await?;
    super::settings_written(&app, &caller).await;
    let location = [(header::LOCATION, format!("/api/v1/queues/{}", made.queue.id))];
    Ok((StatusCode::CREATED, location, Json(made.into())))
}

/// One queue.
#[utoipa::path(get, path = "/api/v1/queues/{id}", tag = "queues", operation_id = "get_queue",
    params(("id" = String, Path)), responses((status = 200, body = Queue)))]
async fn read(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<QueueId>) -> Answer<Json<Queue>> {
    Ok(Json(app.store.queue(&caller.scope(), id).await?.into()))
}

/// Changes a queue.
#[utoipa::path(patch, path = "/api/v1/queues/{id}", tag = "queues", operation_id = "change_queue",
    params(("id" = String, Path)), request_body = QueueChange, responses((status = 200, body = Queue)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<QueueId>,
    Body(change): Body<QueueChange>,
) -> Answer<Json<Queue>> {
    let before = app.store.queue(&caller.scope(), id).await?;
    let references = References::read(&app, &caller).await?;
    let version = u64::try_from(change.version).unwrap_or(0);
    let draft = check(&references, Some(id), merge(before.into(), change))?;
    let after = app.store.update_queue(&caller.scope(), app.clock.now().utc, id, version, &draft).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(after.into()))
}

/// All a queue has, as a client says it.
struct Wanted {
    name: String,
    skill_ids: Vec<String>,
    ring_timeout_ms: i64,
    wrap_up_ms: i64,
    wait_max_ms: Option<i64>,
    waiting_max: Option<i64>,
    service_level_target_ms: i64,
    music: String,
    entry_sounds: Vec<String>,
    recording: RecordingRule,
    retention_days: Option<i64>,
    agent_ids: Vec<String>,
    site_id: Option<String>,
    team_id: Option<String>,
}

impl From<NewQueue> for Wanted {
    fn from(new: NewQueue) -> Wanted {
        Wanted {
            name: new.name,
            skill_ids: new.skill_ids,
            ring_timeout_ms: new.ring_timeout_ms.unwrap_or(RING_TIMEOUT_MS),
            wrap_up_ms: new.wrap_up_ms.unwrap_or(WRAP_UP_MS),
            wait_max_ms: new.wait_max_ms,
            waiting_max: new.waiting_max,
            service_level_target_ms: new.service_level_target_ms.unwrap_or(SERVICE_LEVEL_TARGET_MS),
            music: new.music.unwrap_or_else(|| MUSIC.to_owned()),
            entry_sounds: new.entry_sounds,
            recording: new.recording.unwrap_or(RecordingMode::All.into()),
            retention_days: new.retention_days,
            agent_ids: new.agent_ids,
            site_id: new.site_id,
            team_id: new.team_id,
        }
    }
}

fn merge(before: Queue, change: QueueChange) -> Wanted {
    Wanted {
        name: change.name.unwrap_or(before.name),
        skill_ids: change.skill_ids.unwrap_or(before.skill_ids),
        ring_timeout_ms: change.ring_timeout_ms.unwrap_or(before.ring_timeout_ms),
        wrap_up_ms: change.wrap_up_ms.unwrap_or(before.wrap_up_ms),
        wait_max_ms: change.wait_max_ms.or(before.wait_max_ms),
        waiting_max: change.waiting_max.or(before.waiting_max),
        service_level_target_ms: change.service_level_target_ms.unwrap_or(before.service_level_target_ms),
        music: change.music.unwrap_or(before.music),
        entry_sounds: change.entry_sounds.unwrap_or(before.entry_sounds),
        recording: change.recording.unwrap_or(before.recording),
        retention_days: change.retention_days.unwrap_or(before.retention_days),
        agent_ids: change.agent_ids.unwrap_or(before.agent_ids),
        site_id: change.site_id.or(Some(before.site_id)),
        team_id: change.team_id.or(before.team_id),
    }
}

fn check(references: &References, own: Option<QueueId>, wanted: Wanted) -> Answer<QueueDraft> {
    let mut faults = Faults::default();
    let name = faults.text("name", &wanted.name, 1, NAME_CHARS_MAX);
    references.queue_name_is_free(&mut faults, own, &name);
    let music = sound(&mut faults, "music", &wanted.music);
    faults.length("entry_sounds", wanted.entry_sounds.len(), 0, ENTRY_SOUNDS_MAX);
    let sounds = wanted.entry_sounds.iter().enumerate();
    let entry_sounds = sounds.map(|(n, name)| sound(&mut faults, &format!("entry_sounds.{n}"), name)).collect();
    let mut millis = |field: &str, ms, (least, most): (Duration, Duration)| faults.millis(field, ms, least, most);
    let ring_timeout = millis("ring_timeout_ms", wanted.ring_timeout_ms, RING_TIMEOUT);
    let wrap_up = millis("wrap_up_ms", wanted.wrap_up_ms, WRAP_UP);
    let wait_max = wanted.wait_max_ms.filter(|ms| *ms != 0).map(|ms| millis("wait_max_ms", ms, WAIT_MAX));
    let service_level_target = millis("service_level_target_ms", wanted.service_level_target_ms, SERVICE_LEVEL_TARGET);
    let waiting_max = wanted.waiting_max.filter(|most| *most != 0);
    let waiting_max = waiting_max.map(|most| faults.count("waiting_max", most, WAITING_MAX));
    let retention_days = wanted.retention_days.map(|days| faults.count("retention_days", days, RETENTION_DAYS));
    let skills = faults.ids("skill_ids", &wanted.skill_ids, LINKS_MAX, |id| references.has_skill(*id));
    let agents = faults.ids("agent_ids", &wanted.agent_ids, LINKS_MAX, |id: &AgentId| references.has_agent(*id));
    let (site, team) = references.place(&mut faults, wanted.site_id.as_deref(), wanted.team_id.as_deref());
    let recording = super::recording_policy::mode(&mut faults, "recording", wanted.recording);
    faults.none()?;
    Ok(QueueDraft {
        name,
        skills,
        ring_timeout,
        wrap_up,
        wait_max,
        waiting_max,
        service_level_target,
        music,
        entry_sounds,
        recording,
        retention_days,
        site,
        team,
        agents,
    })
}

fn sound(faults: &mut Faults, field: &str, name: &str) -> String {
    let name = faults.text(field, name, 1, SOUND_CHARS_MAX);
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    faults.pattern(field, &name, |name| name.chars().all(is_name));
    name
}

impl From<QueueRecord> for Queue {
    fn from(record: QueueRecord) -> Queue {
        let queue = record.queue;
        Queue {
            id: queue.id.to_string(),
            name: queue.name,
            skill_ids: queue.skills.iter().map(ToString::to_string).collect(),
            ring_timeout_ms: millis(queue.ring_timeout),
            wrap_up_ms: millis(queue.wrap_up),
            wait_max_ms: queue.wait_max.map(millis),
            waiting_max: queue.waiting_max.map(i64::from),
            service_level_target_ms: millis(queue.service_level_target),
            music: queue.music,
            entry_sounds: queue.entry_sounds,
            recording: queue.recording.into(),
            retention_days: record.retention_days.map(i64::from),
            agent_ids: record.agents.iter().map(ToString::to_string).collect(),
            site_id: queue.site.to_string(),
            team_id: queue.team.map(|team| team.to_string()),
            version: i64::try_from(record.version).unwrap_or(i64::MAX),
        }
    }
}
