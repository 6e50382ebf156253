//! Many agents with a SIP phone each, for load runs (`cargo xtask bench`): a queue of their own, and a number that leads straight into it.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use domain::settings::{AnswerWhen, FlowNode, FlowNodeKind, RecordingMode};
use domain::{Language, Role, Utc};
use serde_json::{Value, json};
use store::{
    AgentDraft, DatabaseKey, DeviceDraft, DeviceLogin, FlowDraft, NewApiToken, NumberDraft, QueueDraft, Scope, Store,
    UserDraft, UserReach,
};

use super::business::Place;
use super::people::password;

/// What callers of a load run dial.
const NUMBER: &str = "4008009999";
/// First extension of the farm.
const EXTENSION: usize = 20_000;

/// Makes `count` agents and tells how each signs in and registers.
pub async fn create(
    store: &Store,
    scope: &Scope,
    now: Utc,
    place: &Place,
    key: &DatabaseKey,
    (count, realm): (u32, &str),
) -> anyhow::Result<Value> {
    let queue = queue(store, scope, now, place).await?;
    let nodes = vec![
        FlowNode { label: "负载队列 Load queue".to_owned(), kind: queue.1 },
        FlowNode { label: "结束 End".to_owned(), kind: FlowNodeKind::HangUp { closed: false } },
    ];
    let flow = FlowDraft { name: "负载 Load".to_owned(), entry: 0, nodes };
    let flow = store.create_flow(scope, now, &flow).await?.id;
    let (number, name) = (NUMBER.to_owned(), "负载 Load".to_owned());
    store
        .create_number(
            scope,
            now,
            &NumberDraft {
                number,
                name,
                flow,
                language: Language::Zh,
                calendar: None,
                site: place.site,
                answer: AnswerWhen::AtOnce,
            },
        )
        .await?;
    // Nobody signs in with it: everybody of the farm has a token. Hashing one for each would take minutes.
    let hash = api::hash_password(&password(key, "farm")?)?;
    let mut agents = Vec::new();
    for n in 0..usize::try_from(count)? {
        let username = format!("farm{n}");
        let user = UserDraft {
            username: username.clone(),
            name: format!("负载 {n}"),
            extension: Some((EXTENSION + n).to_string()),
            role: Role::Agent,
            site: place.site,
            team: Some(place.team),
            reach: UserReach::Tenant,
            enabled: true,
        };
        let draft = AgentDraft { user, queues: vec![queue.0], skills: Vec::new() };
        let made = store.create_agent(scope, now, &draft, &hash).await?;
        let token = format!("cal_{}", hex::encode(key.secret_for(&format!("farm token {n}"))?));
        let new = NewApiToken {
            user: made.user.id,
            name: "farm".to_owned(),
            token_hash: api::token_hash(&token),
            permissions: None,
            expires_at: None,
        };
        store.create_api_token(scope, now, &new).await?;
        let secret = password(key, &format!("farm phone {n}"))?;
        let device = DeviceDraft {
            name: username.clone(),
            agent: Some(made.id()),
            auto_answer: false,
            encryption: domain::Encryption::WhenOffered,
            site: place.site,
        };
        let login = DeviceLogin { username: &username, realm, password: &secret };
        let device = store.create_device(scope, now, &device, &login).await?.device.id;
        let phone = json!({ "username": username, "password": secret, "realm": realm });
        agents.push(json!({ "token": token, "device_id": device.to_string(), "phone": phone }));
    }
    Ok(json!({ "number": NUMBER, "queue_id": queue.0.to_string(), "agents": agents }))
}

/// Writes what [`create`] told, readable by its owner only.
pub fn write(path: &Path, farm: &Value) -> anyhow::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    Ok(file.write_all(serde_json::to_string(farm)?.as_bytes())?)
}

async fn queue(
    store: &Store,
    scope: &Scope,
    now: Utc,
    place: &Place,
) -> Result<(domain::QueueId, FlowNodeKind), store::StoreError> {
    let draft = QueueDraft {
        name: "负载 Load".to_owned(),
        skills: Vec::new(),
        ring_timeout: Duration::from_secs(20),
        wrap_up: Duration::ZERO,
        wait_max: None,
        waiting_max: None,
        service_level_target: Duration::from_secs(20),
        music: "hold-music".to_owned(),
        entry_sounds: Vec::new(),
        recording: RecordingMode::All,
        retention_days: None,
        site: place.site,
        team: Some(place.team),
        agents: Vec::new(),
    };
    let queue = store.create_queue(scope, now, &draft).await?.queue.id;
    Ok((queue, FlowNodeKind::Enqueue { queue, on_timeout: 1, on_full: None }))
}
