//! A whole API on a private directory: centres, accounts, requests and what they are answered.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use domain::settings::{Disposition, Flow, FlowNode, FlowNodeKind, MenuChoice, NotReadyReason, Number, Skill};
use domain::{AgentId, Key, KeySet, Language, Mono, Now, QueueId, Role, TenantId, Utc};
use serde_json::Value;
use store::recordings::{FsDisk, RecordingWriter, Recordings};
use store::*;
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;

use super::fake_floor::FakeFloor;
use crate::app::App;
use crate::config::ApiConfig;
use crate::tls::TlsConfig;

/// 2026-01-05T02:00:00Z, a Monday, 10:00 in Shanghai.
pub const MORNING: Utc = Utc(1_767_578_400_000_000);
pub const PASSWORD: &str = "correct horse battery";

/// A clock that stands still until it is moved.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn utc(&self) -> Utc {
        Utc(self.0.load(Ordering::SeqCst))
    }

    pub fn pass(&self, time: Duration) -> Utc {
        let us = i64::try_from(time.as_micros()).unwrap();
        Utc(self.0.fetch_add(us, Ordering::SeqCst) + us)
    }
}

impl crate::Clock for TestClock {
    fn now(&self) -> Now {
        Now { mono: Mono(u64::try_from(self.0.load(Ordering::SeqCst)).unwrap() * 1_000), utc: self.utc() }
    }
}

/// One centre with one of everything, and three accounts.
pub struct Centre {
    pub tenant: TenantRow,
    pub site: Site,
    pub skill: Skill,
    pub queue: QueueId,
    pub agent: AgentId,
    pub supervisor: AgentId,
    pub flow: Flow,
    pub number: Number,
    pub customer: Customer,
    pub disposition: Disposition,
    pub reason: NotReadyReason,
    /// Bearer tokens.
    pub agent_token: String,
    pub supervisor_token: String,
    pub admin_token: String,
}

/// The API and all it stands on.
pub struct House {
    pub app: Arc<App>,
    pub router: Router,
    pub store: Arc<Store>,
    /// Writes recordings.
    pub writer: std::sync::Mutex<RecordingWriter>,
    pub floor: Arc<FakeFloor>,
    pub clock: Arc<TestClock>,
    pub stop: watch::Sender<bool>,
    pub centre: Centre,
    _dir: TempDir,
}

/// What was answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The status and the code of a problem document.
    #[track_caller]
    pub fn problem(&self) -> (u16, String) {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{}", self.text);
        let json = self.json();
        assert_eq!(json["status"], self.status.as_u16());
        assert_eq!(json["type"], format!("/problems/{}", json["code"].as_str().unwrap()));
        (self.status.as_u16(), json["code"].as_str().unwrap().to_owned())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

/// One hash for all accounts of all tests: making one takes its time.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| crate::hash_password(PASSWORD).unwrap())
}

pub fn config() -> ApiConfig {
    ApiConfig {
        bind: ([127, 0, 0, 1], 0).into(),
        tls: TlsConfig::Off,
        redirect_bind: None,
        public_url: None,
        visitor: None,
        test_hooks: true,
        secret: [3; 32],
        web_dir: None,
        numbers: crate::NumberData::default(),
    }
}

impl House {
    pub async fn build() -> House {
        House::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut ApiConfig)) -> House {
        let dir = tempfile::tempdir().unwrap();
        let (files, key) = (dir.path().join("data"), DatabaseKey::from_bytes([9; 32]));
        let store = Store::open(StoreConfig { dir: files, key, node: 1 }, MORNING).await.unwrap();
        let floor = Arc::new(FakeFloor::new(store.clone()));
        let clock = Arc::new(TestClock(AtomicI64::new(MORNING.0)));
        let centre = Centre::make(&store, "north").await;
        floor.start(centre.tenant.id, centre.tenant.partition, MORNING).await;
        let mut config = ApiConfig { visitor: Some(centre.tenant.id), ..config() };
        change(&mut config);
        let (stop, stopping) = watch::channel(false);
        let objects = Arc::new(FsObjectStore::open(dir.path().join("objects")).unwrap());
        let disk = Arc::new(FsDisk::open(dir.path().join("recordings")).unwrap());
        let opened = Recordings::open(store.clone(), objects, disk).await.unwrap();
        let recordings = opened.recordings;
        let app =
            crate::serve::app(&config, store.clone(), recordings, floor.clone(), clock.clone(), stopping).unwrap();
        let app = Arc::new(app);
        let router = crate::router::build(app.clone(), config.web_dir);
        let writer = std::sync::Mutex::new(opened.writer);
        House { app, router, store, writer, floor, clock, stop, centre, _dir: dir }
    }

    /// A second centre under the same roof.
    pub async fn second_centre(&self) -> Centre {
        let centre = Centre::make(&self.store, "south").await;
        self.floor.start(centre.tenant.id, centre.tenant.partition, MORNING).await;
        centre
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        self.send_from([192, 0, 2, 1], request).await
    }

    /// From another address than everybody else.
    pub async fn send_from(&self, address: [u8; 4], request: Request<Body>) -> Answer {
        let mut request = request;
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((address, 50_000))));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// A request with a bearer token; an empty one is none.
    pub async fn ask(&self, token: &str, method: &str, path: &str, body: Value) -> Answer {
        self.send(request(token, method, path, &body)).await
    }

    pub async fn get(&self, token: &str, path: &str) -> Answer {
        self.ask(token, "GET", path, Value::Null).await
    }

    /// Signs in with a password; the cookie and the CSRF token.
    pub async fn sign_in(&self, username: &str) -> (String, String) {
        let body = serde_json::json!({ "username": username, "password": PASSWORD });
        let answer = self.ask("", "POST", "/api/v1/session", body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        (cookie, answer.json()["csrf_token"].as_str().unwrap().to_owned())
    }
}

pub fn request(token: &str, method: &str, path: &str, body: &Value) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if !token.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if body.is_null() {
        return request.body(Body::empty()).unwrap();
    }
    request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap()
}

/// Compares with a file of `snapshots/`; `UPDATE_EXPECT=1` writes it anew.
#[track_caller]
pub fn snapshot(name: &str, value: &Value) {
    let path = format!("{}/src/tests/snapshots/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let mut text = serde_json::to_string_pretty(value).unwrap();
    text.push('\n');
    expect_test::expect_file![path].assert_eq(&text);
}

fn nodes(queue: QueueId) -> Vec<FlowNode> {
    let node = |label: &str, kind| FlowNode { label: label.to_owned(), kind };
    let choice =
        |key, label: &str, next| MenuChoice { key: Key::from_char(key).unwrap(), label: label.to_owned(), next };
    vec![
        node("Greeting", FlowNodeKind::Play { sounds: vec!["welcome".to_owned()], stop_on: KeySet::ALL, next: 1 }),
        node(
            "Main menu",
            FlowNodeKind::Menu {
                sounds: vec!["menu".to_owned()],
                choices: vec![choice('1', "Sales", 2), choice('2', "Service", 2)],
                timeout: Duration::from_secs(5),
                attempts: 2,
                invalid_sounds: vec![],
                timeout_sounds: vec![],
                on_invalid: 3,
                on_timeout: 3,
            },
        ),
        node("To sales", FlowNodeKind::Enqueue { queue, on_timeout: 3, on_full: Some(3) }),
        node("Goodbye", FlowNodeKind::HangUp { closed: false }),
    ]
}

impl Centre {
    async fn make(store: &Store, name: &str) -> Centre {
        let now = MORNING;
        let new = NewTenant { name: name.to_owned(), time_zone: "Asia/Shanghai".to_owned(), region: "CN".to_owned() };
        let tenant = store.create_tenant(now, &new).await.unwrap();
        let scope = Scope::system(tenant.id);
        let site = SiteDraft::open(format!("{name} site"), "Asia/Shanghai");
        let site = store.create_site(&scope, now, &site).await.unwrap();
        let skill = store.create_skill(&scope, now, "English").await.unwrap();
        let queue = store.create_queue(&scope, now, &queue_draft(&format!("{name} sales"), &site)).await.unwrap();
        let queue = queue.queue.id;
        let reach = UserReach::Tenant;
        let accounts = Accounts { store, scope, site: &site, skill: &skill, queue, reach };
        let (agent, agent_token) = accounts.add(&format!("{name}.agent"), "1001", Role::Agent).await;
        let (supervisor, supervisor_token) = accounts.add(&format!("{name}.lead"), "1002", Role::Supervisor).await;
        let (_, admin_token) = accounts.add(&format!("{name}.admin"), "1003", Role::Administrator).await;
        let draft = FlowDraft { name: "Hotline".to_owned(), entry: 0, nodes: nodes(queue) };
        let flow = store.create_flow(&scope, now, &draft).await.unwrap();
        let number = NumberDraft {
            number: format!("4008{}", if name == "north" { "1" } else { "2" }),
            name: format!("{name} hotline"),
            flow: flow.id,
            language: Language::Zh,
            calendar: None,
            site: site.id,
            answer: domain::settings::AnswerWhen::AtOnce,
        };
        Centre {
            number: store.create_number(&scope, now, &number).await.unwrap().number,
            customer: store.create_customer(&scope, now, &customer_draft(&format!("{name} 王小明"))).await.unwrap(),
            disposition: store.create_disposition(&scope, now, "已解决", "Solved").await.unwrap().code,
            reason: store.create_not_ready_reason(&scope, now, "休息", "Break").await.unwrap().code,
            tenant,
            site,
            skill,
            queue,
            agent,
            supervisor,
            flow,
            agent_token,
            supervisor_token,
            admin_token,
        }
    }
}

impl House {
    /// A site of the first centre, with one of everything and a supervisor who sees no more than it. The first one is the head office.
    pub async fn site(&self, name: &str) -> Centre {
        let (store, head, now) = (&self.store, &self.centre, MORNING);
        let scope = Scope::system(head.tenant.id);
        let site = store.create_site(&scope, now, &SiteDraft::open(name, "Asia/Shanghai")).await.unwrap();
        let queue = store.create_queue(&scope, now, &queue_draft(&format!("{name} sales"), &site)).await.unwrap();
        let (queue, reach) = (queue.queue.id, UserReach::Site);
        let accounts = Accounts { store, scope, site: &site, skill: &head.skill, queue, reach };
        let start = if name == "east" { "20" } else { "30" };
        let (agent, agent_token) = accounts.add(&format!("{name}.agent"), &format!("{start}01"), Role::Agent).await;
        let (supervisor, supervisor_token) =
            accounts.add(&format!("{name}.lead"), &format!("{start}02"), Role::Supervisor).await;
        let number = NumberDraft {
            number: format!("4009{start}"),
            name: format!("{name} hotline"),
            flow: head.flow.id,
            language: Language::Zh,
            calendar: None,
            site: site.id,
            answer: domain::settings::AnswerWhen::AtOnce,
        };
        let customer = CustomerDraft { site: Some(site.id), ..customer_draft(&format!("{name} 李华")) };
        let number = store.create_number(&scope, now, &number).await.unwrap().number;
        let customer = store.create_customer(&scope, now, &customer).await.unwrap();
        Centre {
            tenant: head.tenant.clone(),
            skill: head.skill.clone(),
            flow: head.flow.clone(),
            disposition: head.disposition.clone(),
            reason: head.reason.clone(),
            admin_token: head.admin_token.clone(),
            site,
            queue,
            agent,
            supervisor,
            number,
            customer,
            agent_token,
            supervisor_token,
        }
    }
}

struct Accounts<'a> {
    store: &'a Store,
    scope: Scope,
    site: &'a Site,
    skill: &'a Skill,
    queue: QueueId,
    /// Of supervisors.
    reach: UserReach,
}

impl Accounts<'_> {
    async fn add(&self, username: &str, extension: &str, role: Role) -> (AgentId, String) {
        let user = UserDraft {
            username: username.to_owned(),
            name: format!("Name of {username}"),
            extension: Some(extension.to_owned()),
            role,
            site: self.site.id,
            team: None,
            reach: if role == Role::Supervisor { self.reach } else { UserReach::Tenant },
            enabled: true,
        };
        let queues = if role == Role::Agent { vec![self.queue] } else { Vec::new() };
        let draft = AgentDraft { user, queues, skills: vec![self.skill.id] };
        let made = self.store.create_agent(&self.scope, MORNING, &draft, password_hash()).await.unwrap();
        let token = format!("token of {username}");
        let token_hash = crate::token_hash(&token);
        let new = NewApiToken {
            user: made.user.id,
            name: "test".to_owned(),
            token_hash,
            expires_at: None,
            permissions: None,
        };
        self.store.create_api_token(&self.scope, MORNING, &new).await.unwrap();
        (made.id(), token)
    }
}

fn queue_draft(name: &str, site: &Site) -> QueueDraft {
    QueueDraft {
        name: name.to_owned(),
        skills: vec![],
        ring_timeout: Duration::from_secs(15),
        wrap_up: Duration::from_secs(30),
        wait_max: None,
        waiting_max: None,
        service_level_target: Duration::from_secs(20),
        music: "hold-music".to_owned(),
        entry_sounds: vec!["please-wait".to_owned()],
        recording: domain::settings::RecordingMode::All,
        retention_days: None,
        site: site.id,
        team: None,
        agents: vec![],
    }
}

fn customer_draft(name: &str) -> CustomerDraft {
    CustomerDraft {
        name: name.to_owned(),
        level: CustomerLevel::Vip,
        company: Some("晨星贸易".to_owned()),
        note: None,
        numbers: vec![CustomerNumberDraft { number: "138-0013-8000".to_owned(), label: Some("mobile".to_owned()) }],
        custom: serde_json::Map::from_iter([("plate".to_owned(), "沪A12345".into())]),
        site: None,
        team: None,
    }
}

impl House {
    /// The tenant most tests speak of.
    pub fn tenant(&self) -> TenantId {
        self.centre.tenant.id
    }
}
