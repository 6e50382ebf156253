//! Agents: list, create, read, change.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use domain::{AgentId, Permission, QueueId, Role};
use store::{AgentDraft, AgentRecord, Page, StoreError, UserDraft, UserReach};
use utoipa_axum::routes;

use super::references::References;
use crate::app::App;
use crate::auth::Caller;
use crate::auth::lockout::NameHash;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::agent::{Agent, AgentChange, NewAgent};
use crate::json::problem::{FaultCode, ProblemCode};
use crate::limits::{
    EXTENSION_CHARS, LINKS_MAX, NAME_CHARS_MAX, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, USERNAME_CHARS,
};
use crate::page::{PageQuery, after, limit, page};

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SettingsRead, routes!(list))
        .command(Permission::UsersWrite, routes!(create))
        .needs(Permission::SettingsRead, routes!(read))
        .needs(Permission::SettingsWrite, routes!(change))
        .command(Permission::UsersWrite, routes!(unlock))
}

/// Agents, the oldest first.
#[utoipa::path(get, path = "/api/v1/agents", tag = "agents", operation_id = "list_agents",
    params(PageQuery), responses((status = 200, body = List<Agent>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Agent>>> {
    let limit = limit(query.limit.as_deref())?;
    let asked = Page { limit: limit + 1, after: after(&app, "agents", query.cursor.as_deref())? };
    let rows = app.store.agents(&caller.scope(), asked).await?;
    Ok(Json(page(&app, "agents", limit, rows, |row| row.id().to_string(), |row| show(&app, row))))
}

/// Creates an agent with a password.
#[utoipa::path(post, path = "/api/v1/agents", tag = "agents", operation_id = "create_agent", request_body = NewAgent,
    responses((status = 201, body = Agent, headers(("Location" = String, description = "The new one.")))))]
async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewAgent>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<Agent>)> {
    let references = References::read(&app, &caller).await?;
    let mut faults = Faults::default();
    let username = faults.text("username", &new.username, USERNAME_CHARS.0, USERNAME_CHARS.1).to_lowercase();
    faults.pattern("username", &username, is_username);
    match app.store.user_by_name(&caller.scope(), &username).await {
        Ok(_) => faults.add("username", FaultCode::Taken),
        Err(StoreError::NotFound(_)) => {}
        Err(error) => return Err(error.into()),
    }
    check_password(&mut faults, &new.password);
    let wanted = Wanted {
        username,
        name: new.name,
        extension: new.extension,
        role: new.role.unwrap_or_else(|| Role::Agent.name().to_owned()),
        queue_ids: new.queue_ids,
        skill_ids: new.skill_ids,
        site_id: new.site_id,
        team_id: new.team_id,
        reach: new.reach.unwrap_or_else(|| UserReach::default().name().to_owned()),
        enabled: true,
    };
    let draft = check(faults, &references, None, wanted)?;
    let hash = app.hasher.hash(new.password).await?;
    let made = app.store.create_agent(&caller.scope(), app.clock.now().utc, &draft, &hash).await?;
    super::settings_written(&app, &caller).await;
    let location = [(header::LOCATION, format!("/api/v1/agents/{}", made.id()))];
    Ok((StatusCode::CREATED, location, Json(made.into())))
}

/// One agent.
#[utoipa::path(get, path = "/api/v1/agents/{id}", tag = "agents", operation_id = "get_agent",
    params(("id" = String, Path)), responses((status = 200, body = Agent)))]
async fn read(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<AgentId>) -> Answer<Json<Agent>> {
    Ok(Json(show(&app, app.store.agent(&caller.scope(), id).await?)))
}

/// Lets somebody sign in again who was locked out by wrong passwords.
#[utoipa::path(post, path = "/api/v1/agents/{id}/unlock", tag = "agents", operation_id = "unlock_agent",
    params(("id" = String, Path)), responses((status = 204, description = "Unlocked.")))]
async fn unlock(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<AgentId>) -> Answer<StatusCode> {
    let scope = caller.scope();
    let user = app.store.agent(&scope, id).await?.user;
    app.lockout.unlock(NameHash::of(&user.username));
    app.store.audit_sign_in_unlock(&scope, app.clock.now().utc, user.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The record, with its lock if signing in is locked.
fn show(app: &App, record: AgentRecord) -> Agent {
    let now = app.clock.now();
    let locked_for = app.lockout.locked_for(NameHash::of(&record.user.username), now.mono);
    let until = |rest: Duration| now.utc.0.saturating_add(i64::try_from(rest.as_micros()).unwrap_or(i64::MAX));
    Agent { locked_until_at_us: locked_for.map(until), ..record.into() }
}

/// Changes an agent.
#[utoipa::path(patch, path = "/api/v1/agents/{id}", tag = "agents", operation_id = "change_agent",
    params(("id" = String, Path)), request_body = AgentChange, responses((status = 200, body = Agent)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<AgentId>,
    Body(change): Body<AgentChange>,
) -> Answer<Json<Agent>> {
    if change.role.is_some() || change.password.is_some() || change.enabled.is_some() || change.reach.is_some() {
        caller.demand(Permission::UsersWrite)?;
    }
    let is_own = id == caller.agent();
    let role_changes = change.role.as_deref().is_some_and(|role| role != caller.user.role.name());
    if is_own && (change.enabled == Some(false) || role_changes) {
        return Err(RouteError::new(ProblemCode::WrongState, "nobody disables or demotes the own account"));
    }
    let scope = caller.scope();
    let before = app.store.agent(&scope, id).await?;
    let references = References::read(&app, &caller).await?;
    let mut faults = Faults::default();
    if let Some(password) = &change.password {
        check_password(&mut faults, password);
    }
    let (version, password) = (u64::try_from(change.version).unwrap_or(0), change.password.clone());
    let draft = check(faults, &references, Some(id), merge(before, change))?;
    let hash = match password {
        Some(password) => Some(app.hasher.hash(password).await?),
        None => None,
    };
    let now = app.clock.now().utc;
    let mut after = app.store.update_agent(&scope, now, id, version, &draft).await?;
    if let Some(hash) = hash {
        app.store.set_password(&scope, now, id.into(), &hash).await?;
        after = app.store.agent(&scope, id).await?;
    }
    app.directory.forget_agent(caller.tenant, id);
    super::settings_written(&app, &caller).await;
    app.connections.revoked();
    Ok(Json(after.into()))
}

/// All an agent has, as a client says it.
struct Wanted {
    username: String,
    name: String,
    extension: String,
    role: String,
    queue_ids: Vec<String>,
    skill_ids: Vec<String>,
    site_id: Option<String>,
    team_id: Option<String>,
    reach: String,
    enabled: bool,
}

fn merge(before: AgentRecord, change: AgentChange) -> Wanted {
    let reach = before.user.reach;
    let before = Agent::from(before);
    let role = before.role;
    Wanted {
        username: before.username,
        name: change.name.unwrap_or(before.name),
        extension: change.extension.unwrap_or(before.extension),
        role: change.role.unwrap_or_else(|| Role::from(role).name().to_owned()),
        queue_ids: change.queue_ids.unwrap_or(before.queue_ids),
        skill_ids: change.skill_ids.unwrap_or(before.skill_ids),
        site_id: change.site_id.or(Some(before.site_id)),
        team_id: change.team_id.or(before.team_id),
        reach: change.reach.unwrap_or_else(|| reach.name().to_owned()),
        enabled: change.enabled.unwrap_or(before.enabled),
    }
}

fn check(mut faults: Faults, references: &References, own: Option<AgentId>, wanted: Wanted) -> Answer<AgentDraft> {
    let name = faults.text("name", &wanted.name, 1, NAME_CHARS_MAX);
    let extension = faults.text("extension", &wanted.extension, EXTENSION_CHARS.0, EXTENSION_CHARS.1);
    faults.pattern("extension", &extension, |text| text.bytes().all(|b| b.is_ascii_digit()));
    references.extension_is_free(&mut faults, own, &extension);
    faults.no_emergency_number("extension", &extension);
    let role = Role::from_name(&wanted.role).unwrap_or_else(|| {
        faults.add("role", FaultCode::Malformed);
        Role::Agent
    });
    // Whoever runs the centre sees all of it.
    let reach = UserReach::from_name(&wanted.reach);
    let reach = reach.filter(|reach| *reach == UserReach::Tenant || role != Role::Administrator);
    if reach.is_none() {
        faults.add("reach", FaultCode::Malformed);
    }
    let queues = faults.ids("queue_ids", &wanted.queue_ids, LINKS_MAX, |id: &QueueId| references.has_queue(*id));
    let skills = faults.ids("skill_ids", &wanted.skill_ids, LINKS_MAX, |id| references.has_skill(*id));
    let (site, team) = references.place(&mut faults, wanted.site_id.as_deref(), wanted.team_id.as_deref());
    faults.none()?;
    let user = UserDraft {
        username: wanted.username,
        name,
        extension: Some(extension),
        role,
        site,
        team,
        reach: reach.unwrap_or_default(),
        enabled: wanted.enabled,
    };
    Ok(AgentDraft { user, queues, skills })
}

fn check_password(faults: &mut Faults, password: &str) {
    faults.length("password", password.chars().count(), PASSWORD_CHARS_MIN, PASSWORD_CHARS_MAX);
}

pub(super) fn is_username(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
}

impl From<AgentRecord> for Agent {
    fn from(record: AgentRecord) -> Agent {
        let user = record.user;
        Agent {
            id: AgentId::from(user.id).to_string(),
            username: user.username,
            name: user.name,
            extension: user.extension.unwrap_or_default(),
            role: user.role.into(),
            queue_ids: record.queues.iter().map(ToString::to_string).collect(),
            skill_ids: record.skills.iter().map(ToString::to_string).collect(),
            site_id: user.site.to_string(),
            team_id: user.team.map(|team| team.to_string()),
            reach: user.reach.into(),
            enabled: user.enabled,
            locked_until_at_us: None,
            version: i64::try_from(user.version).unwrap_or(i64::MAX),
        }
    }
}
