//! SIP phones: list, create, read, change, a new password, forget.
//!
//! Creating a phone and giving it a password are no commands that can be replayed: a kept reply would keep the password.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use domain::{AgentId, DeviceId, Encryption, Permission, Utc};
use store::{DeviceDraft, DeviceLogin, DeviceRecord, StoreError};
use utoipa_axum::routes;

use super::agents::is_username;
use super::references::References;
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::device::{
    Device, DeviceChange, DeviceContact, DeviceRefusal, DeviceState, DeviceWithPassword, NewDevice,
};
use crate::json::problem::{FaultCode, ProblemCode};
use crate::limits::{DEVICE_PASSWORD_CHARS, NAME_CHARS_MAX, USERNAME_CHARS};
use crate::page::{PageQuery, cut};
use crate::port::{RefusedTelephone, Registrar, SipTransport, Telephone};
use crate::views::millis;

/// Letters and digits that are not taken for one another, and that every phone's keypad menu can type.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SettingsRead, routes!(list))
        .needs(Permission::SettingsWrite, routes!(create))
        .needs(Permission::SettingsRead, routes!(read))
        .needs(Permission::SettingsWrite, routes!(change))
        .needs(Permission::SettingsWrite, routes!(new_password))
        .needs(Permission::SettingsWrite, routes!(forget))
}

/// SIP phones, the oldest first.
#[utoipa::path(get, path = "/api/v1/devices", tag = "devices", operation_id = "list_devices",
    params(PageQuery), responses((status = 200, body = List<Device>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Device>>> {
    let rows = app.store.devices(&caller.scope()).await?;
    let seen = Seen::now(&app).await;
    cut(&app, "devices", &query, rows, |row| row.device.id.to_string(), |row| show(row, &seen)).map(Json)
}

/// Creates a SIP phone and gives its password, once.
#[utoipa::path(post, path = "/api/v1/devices", tag = "devices", operation_id = "create_device", request_body = NewDevice,
    responses((status = 201, body = DeviceWithPassword, headers(("Location" = String, description = "The new one.")))))]
async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewDevice>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<DeviceWithPassword>)> {
    let references = References::read(&app, &caller).await?;
    let mut faults = Faults::default();
    let username = faults.text("username", &new.username, USERNAME_CHARS.0, USERNAME_CHARS.1).to_lowercase();
    faults.pattern("username", &username, is_username);
    faults.no_emergency_number("username", &username);
    let (agent, site) = (new.agent_id.as_deref(), new.site_id.as_deref());
    let registrar = app.floor.registrar();
    let encryption = new.encryption.map(Encryption::from).unwrap_or_default();
    check_encryption(&mut faults, &registrar, encryption);
    let draft = check(faults, &references, &new.name, agent, (new.auto_answer, encryption), site)?;
    let password = password()?;
    let login = DeviceLogin { username: &username, realm: &registrar.realm, password: &password };
    let made = app.store.create_device(&caller.scope(), app.clock.now().utc, &draft, &login).await;
    let made = made.map_err(|error| {
        // Of all that is written only the user name is unique.
        let is_taken = matches!(error, StoreError::Conflict(_));
        if is_taken { RouteError::invalid_field("username", FaultCode::Taken) } else { RouteError::from(error) }
    })?;
    super::settings_written(&app, &caller).await;
    let location = [(header::LOCATION, format!("/api/v1/devices/{}", made.device.id))];
    Ok((StatusCode::CREATED, location, Json(with_password(&app, made, password).await)))
}

/// One SIP phone.
#[utoipa::path(get, path = "/api/v1/devices/{id}", tag = "devices", operation_id = "get_device",
    params(("id" = String, Path)), responses((status = 200, body = Device)))]
async fn read(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<DeviceId>) -> Answer<Json<Device>> {
    let record = app.store.device(&caller.scope(), id).await?;
    Ok(Json(show(record, &Seen::now(&app).await)))
}

/// Changes a SIP phone.
#[utoipa::path(patch, path = "/api/v1/devices/{id}", tag = "devices", operation_id = "change_device",
    params(("id" = String, Path)), request_body = DeviceChange, responses((status = 200, body = Device)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<DeviceId>,
    Body(change): Body<DeviceChange>,
) -> Answer<Json<Device>> {
    let DeviceRecord { device: before, encryption: was, .. } = app.store.device(&caller.scope(), id).await?;
    let references = References::read(&app, &caller).await?;
    let version = u64::try_from(change.version).unwrap_or(0);
    let name = change.name.unwrap_or(before.name);
    let agent = change.agent_id.or(before.agent.map(|id| id.to_string()));
    let site = change.site_id.unwrap_or(before.site.to_string());
    let auto_answer = change.auto_answer.unwrap_or(before.auto_answer);
    let (mut faults, encryption) = (Faults::default(), change.encryption.map_or(was, Encryption::from));
    if encryption != was {
        check_encryption(&mut faults, &app.floor.registrar(), encryption);
    }
    let draft = check(faults, &references, &name, agent.as_deref(), (auto_answer, encryption), Some(&site))?;
    let after = app.store.update_device(&caller.scope(), app.clock.now().utc, id, version, &draft).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(show(after, &Seen::now(&app).await)))
}

/// Gives a SIP phone a new password, shown once; the old one is wrong at once.
#[utoipa::path(post, path = "/api/v1/devices/{id}/password", tag = "devices", operation_id = "reset_device_password",
    params(("id" = String, Path)), responses((status = 200, body = DeviceWithPassword)))]
async fn new_password(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<DeviceId>,
) -> Answer<Json<DeviceWithPassword>> {
    let (password, now) = (password()?, app.clock.now().utc);
    let realm = app.floor.registrar().realm;
    let record = app.store.set_device_password(&caller.scope(), now, id, &realm, &password).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(with_password(&app, record, password).await))
}

/// Forgets a SIP phone: it cannot register any more.
#[utoipa::path(delete, path = "/api/v1/devices/{id}", tag = "devices", operation_id = "delete_device",
    params(("id" = String, Path)), responses((status = 204)))]
async fn forget(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<DeviceId>) -> Answer<StatusCode> {
    app.store.delete_device(&caller.scope(), app.clock.now().utc, id).await?;
    super::settings_written(&app, &caller).await;
    Ok(StatusCode::NO_CONTENT)
}

fn check(
    mut faults: Faults,
    references: &References,
    name: &str,
    agent: Option<&str>,
    (auto_answer, encryption): (bool, Encryption),
    site: Option<&str>,
) -> Answer<DeviceDraft> {
    let name = faults.text("name", name, 1, NAME_CHARS_MAX);
    let agent = agent.filter(|text| !text.is_empty());
    let agent = agent.and_then(|text| faults.id("agent_id", text, |id: &AgentId| references.has_agent(*id)));
    let (site, _) = references.place(&mut faults, site, None);
    faults.none()?;
    Ok(DeviceDraft { name, agent, auto_answer, encryption, site })
}

/// A phone that must be encrypted could not register where no TLS is served, and nobody would know why.
fn check_encryption(faults: &mut Faults, registrar: &Registrar, encryption: Encryption) {
    if encryption == Encryption::Required && registrar.tls_address.is_none() {
        faults.add("encryption", FaultCode::NoTls);
    }
}

/// 100 random bits, in letters and digits.
fn password() -> Answer<String> {
    let mut bytes = [0u8; DEVICE_PASSWORD_CHARS];
    getrandom::fill(&mut bytes).map_err(|_| RouteError::of(ProblemCode::Unavailable))?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

async fn with_password(app: &App, record: DeviceRecord, password: String) -> DeviceWithPassword {
    let registrar = app.floor.registrar();
    let device = show(record, &Seen::now(app).await);
    let (server, server_tls) =
        (registrar.address.to_string(), registrar.tls_address.map(|address| address.to_string()));
    DeviceWithPassword { device, password, realm: registrar.realm, server, server_tls }
}

/// What signalling has seen of phones.
struct Seen {
    now: Utc,
    telephones: Vec<Telephone>,
    refused: Vec<RefusedTelephone>,
}

impl Seen {
    async fn now(app: &App) -> Seen {
        let (telephones, refused) = (app.floor.telephones().await, app.floor.refused_telephones().await);
        Seen { now: app.clock.now().utc, telephones, refused }
    }

    fn refusal(&self, device: DeviceId) -> Option<DeviceRefusal> {
        let refused = self.refused.iter().find(|refused| refused.device == device)?;
        let ago = i64::try_from(refused.ago.as_micros()).unwrap_or(i64::MAX);
        Some(DeviceRefusal { address: refused.address.to_string(), at_us: self.now.0.saturating_sub(ago) })
    }
}

fn show(record: DeviceRecord, seen: &Seen) -> Device {
    let device = record.device;
    let at: Vec<&Telephone> = seen.telephones.iter().filter(|telephone| telephone.device == device.id).collect();
    let state = match (at.is_empty(), at.iter().any(|telephone| telephone.reachable)) {
        (true, _) => DeviceState::Offline,
        (false, false) => DeviceState::Silent,
        (false, true) => DeviceState::Reachable,
    };
    let contact = |telephone: &&Telephone| DeviceContact {
        address: telephone.address.to_string(),
        transport: match telephone.transport {
            SipTransport::Udp => "udp",
            SipTransport::Tcp => "tcp",
            SipTransport::Tls => "tls",
        }
        .to_owned(),
        user_agent: telephone.user_agent.clone(),
        expires_in_ms: millis(telephone.expires_in),
        reachable: telephone.reachable,
    };
    Device {
        id: device.id.to_string(),
        name: device.name,
        username: device.username,
        agent_id: device.agent.map(|agent| agent.to_string()),
        auto_answer: device.auto_answer,
        encryption: record.encryption.into(),
        site_id: device.site.to_string(),
        state,
        contacts: at.iter().map(contact).collect(),
        refused: seen.refusal(device.id),
        version: i64::try_from(record.version).unwrap_or(i64::MAX),
    }
}
