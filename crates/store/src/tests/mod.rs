//! Tests of the room as a whole, on real encrypted files.

mod audit;
mod business;
mod calendars;
mod devices;
mod disk;
mod faults;
mod isolation;
mod ledger;
mod measure;
mod mobiles;
mod number_lists;
mod numbers_and_codes;
mod outbound;
pub(crate) mod power_loss;
mod recording_policy;
mod recording_rows;
mod recordings;
mod rekey;
mod reports;
mod supervision_policy;
mod tasks;

use std::sync::Arc;
use std::time::Duration;

use domain::settings::{Calendar, Disposition, ExceptionRule, Flow, NotReadyReason, Number, OpenInterval, Skill};
use domain::*;
use tempfile::TempDir;

use crate::*;

/// 2026-01-01T00:00:00Z.
const NEW_YEAR: Utc = Utc(1_767_225_600_000_000);

fn at(seconds: i64) -> Utc {
    Utc(NEW_YEAR.0 + seconds * 1_000_000)
}

fn config(dir: &TempDir) -> StoreConfig {
    StoreConfig { dir: dir.path().join("data"), key: DatabaseKey::from_bytes([7; 32]), node: 1 }
}

async fn open() -> (Arc<Store>, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(config(&dir), NEW_YEAR).await.unwrap();
    (store, dir)
}

/// One tenant with one of everything.
#[derive(Debug)]
struct Centre {
    scope: Scope,
    tenant: TenantRow,
    site: Site,
    team: Team,
    skill: Skill,
    queue: QueueRecord,
    agent: AgentRecord,
    calendar: Calendar,
    flow: Flow,
    number: Number,
    disposition: Disposition,
    reason: NotReadyReason,
    trunk: Trunk,
    customer: Customer,
}

fn user_draft(username: &str, extension: Option<&str>, centre: (&Site, &Team)) -> UserDraft {
    UserDraft {
        username: username.to_owned(),
        name: format!("Name of {username}"),
        extension: extension.map(str::to_owned),
        role: Role::Agent,
        site: centre.0.id,
        team: Some(centre.1.id),
        reach: UserReach::Tenant,
        enabled: true,
    }
}

fn customer_draft(name: &str, numbers: &[&str]) -> CustomerDraft {
    CustomerDraft {
        name: name.to_owned(),
        level: CustomerLevel::Vip,
        company: Some("晨星贸易".to_owned()),
        note: None,
        numbers: numbers
            .iter()
            .map(|number| CustomerNumberDraft { number: (*number).to_owned(), label: Some("mobile".to_owned()) })
            .collect(),
        custom: serde_json::Map::from_iter([("plate".to_owned(), "沪A12345".into())]),
        site: None,
        team: None,
    }
}

fn queue_draft(name: &str, centre: &Site, skills: &[SkillId], agents: &[AgentId]) -> QueueDraft {
    QueueDraft {
        name: name.to_owned(),
        skills: skills.to_vec(),
        ring_timeout: Duration::from_secs(15),
        wrap_up: Duration::from_secs(30),
        wait_max: Some(Duration::from_secs(600)),
        waiting_max: Some(40),
        service_level_target: Duration::from_secs(20),
        music: "calm".to_owned(),
        entry_sounds: vec!["please_wait".to_owned()],
        recording: domain::settings::RecordingMode::All,
        retention_days: None,
        site: centre.id,
        team: None,
        agents: agents.to_vec(),
    }
}

async fn centre(store: &Store, name: &str) -> Centre {
    let now = at(1);
    let new = NewTenant { name: name.to_owned(), time_zone: "Asia/Shanghai".to_owned(), region: "cn".to_owned() };
    let tenant = store.create_tenant(now, &new).await.unwrap();
    let scope = Scope::system(tenant.id);
    let site = SiteDraft::open(format!("{name} site"), "Asia/Shanghai");
    let site = store.create_site(&scope, now, &site).await.unwrap();
    let team = TeamDraft { site: site.id, name: format!("{name} team") };
    let team = store.create_team(&scope, now, &team).await.unwrap();
    let skill = store.create_skill(&scope, now, "English").await.unwrap();
    let draft = queue_draft(&format!("{name} queue"), &site, &[skill.id], &[]);
    let queue = store.create_queue(&scope, now, &draft).await.unwrap();
    let draft = AgentDraft {
        user: user_draft(&format!("{name}.Agent"), Some("1001"), (&site, &team)),
        queues: vec![queue.queue.id],
        skills: vec![skill.id],
    };
    let agent = store.create_agent(&scope, now, &draft, "$argon2id$stand-in").await.unwrap();
    let draft = CalendarDraft {
        name: "Office".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        weekly: vec![OpenInterval { weekday: 0, from_minute: 540, to_minute: 1_080 }],
    };
    let calendar = store.create_calendar(&scope, now, &draft).await.unwrap().calendar;
    let nodes = crate::business::flow_codec_tests::nodes(calendar.id, queue.queue.id);
    let flow =
        store.create_flow(&scope, now, &FlowDraft { name: "Hotline".to_owned(), entry: 0, nodes }).await.unwrap();
    let draft = NumberDraft {
        number: "4008001234".to_owned(),
        name: "Hotline".to_owned(),
        flow: flow.id,
        language: Language::Zh,
        calendar: None,
        site: site.id,
        answer: domain::settings::AnswerWhen::AtOnce,
    };
    let number = store.create_number(&scope, now, &draft).await.unwrap().number;
    let draft = TrunkDraft {
        name: "Carrier".to_owned(),
        addresses: vec!["127.0.0.1".parse().unwrap(), "2001:db8::1".parse().unwrap()],
        site: Some(site.id),
    };
    let trunk = store.create_trunk(&scope, now, &draft).await.unwrap();
    let customer = store
        .create_customer(&scope, now, &customer_draft(&format!("{name} 王小明"), &["138-0013-8000"]))
        .await
        .unwrap();
    Centre {
        disposition: store.create_disposition(&scope, now, "已解决", "Solved").await.unwrap().code,
        reason: store.create_not_ready_reason(&scope, now, "休息", "Break").await.unwrap().code,
        queue: store.queue(&scope, queue.queue.id).await.unwrap(),
        tenant,
        scope,
        site,
        team,
        skill,
        agent,
        calendar,
        flow,
        number,
        trunk,
        customer,
    }
}

/// One answered call of a centre.
struct Call {
    conversation: ConversationId,
    from: PartyId,
    to: PartyId,
    events: Vec<Event>,
}

fn call(store: &Store, centre: &Centre, start: Utc) -> Call {
    let (conversation, from, to) = (store.mint(start), store.mint(start), store.mint(start));
    let (segment, leg, handling, offer) = (store.mint(start), store.mint(start), store.mint(start), store.mint(start));
    let (agent, queue) = (centre.agent.id(), centre.queue.queue.id);
    let events = vec![
        Event::ConversationStarted {
            conversation,
            channel: Channel::Voice,
            direction: Direction::Inbound,
            number: Some(centre.number.id),
            from,
            to,
            language: Language::Zh,
            site: Some(centre.site.id),
            parent: None,
        },
        Event::CustomerIdentified { conversation, customer: centre.customer.id },
        Event::LegJoined {
            conversation,
            leg,
            role: domain::room::PortRole::Customer,
            agent: None,
            trunk: Some(centre.trunk.id),
        },
        Event::Queued { conversation, segment, queue, front: false, wait: Some(WaitReason::AllBusy) },
        Event::AgentOffered {
            conversation,
            segment,
            queue: Some(queue),
            offer,
            agent,
            reason: RouteReason::OnlyEligible,
            eligible: 1,
            idle: Duration::from_nanos(123_456_789),
            ring_timeout: Duration::from_secs(15),
        },
        Event::OfferEnded { conversation, offer, agent, end: OfferEnd::Accepted },
        Event::LeftQueue { conversation, segment, queue, reason: LeaveReason::Answered },
        Event::HandlingStarted { conversation, segment, queue: Some(queue), handling, agent },
        Event::HandlingHeld { conversation, handling, agent, device_lost: false },
        Event::HandlingResumed { conversation, handling, agent, device_back: false },
        Event::HandlingEnded { conversation, handling, agent, end: HandlingEnd::CustomerHungUp },
        Event::WrapUpStarted { conversation, handling, agent, limit: Duration::from_secs(30) },
        Event::HandlingDisposed { conversation, handling, agent, disposition: centre.disposition.id },
        Event::WrapUpFinished { conversation, handling, agent, end: WrapUpEnd::Finished },
        Event::ConversationEnded { conversation, by: EndedBy::Customer, reason: EndReason::HungUp },
    ];
    Call { conversation, from, to, events }
}

/// Entries one second apart that follow `head`, as the owner of `epoch` writes them.
fn entries(centre: &Centre, epoch: u64, head: u64, start: Utc, events: &[Event]) -> Vec<LedgerEntry> {
    let entry = |(n, event): (u64, &Event)| LedgerEntry {
        partition: centre.tenant.partition,
        seq: head + 1 + n,
        epoch,
        tenant: centre.tenant.id,
        at: Utc(start.0 + n as i64 * 1_000_000),
        // Not a whole microsecond, as a real clock would give.
        mono: Mono(n * 1_000_000_777),
        event: event.clone(),
    };
    (0..).zip(events).map(entry).collect()
}

fn batch(centre: &Centre, epoch: u64, entries: Vec<LedgerEntry>, parties: Vec<Party>) -> AppendBatch {
    AppendBatch { partition: centre.tenant.partition, tenant: centre.tenant.id, epoch, entries, parties }
}

/// Stores one answered call and projects it.
async fn stored_call(store: &Store, centre: &Centre, epoch: u64, start: Utc, from: &str) -> Call {
    let call = call(store, centre, start);
    let head = store.head(centre.tenant.partition).await.unwrap().seq;
    let entries = entries(centre, epoch, head, start, &call.events);
    let parties =
        vec![Party { id: call.from, raw: from.to_owned() }, Party { id: call.to, raw: centre.number.number.clone() }];
    store.append(&batch(centre, epoch, entries.clone(), parties)).await.unwrap();
    store.project(&entries).await.unwrap();
    call
}

async fn leased(store: &Store, centre: &Centre) -> u64 {
    store.acquire_lease(centre.tenant.partition, at(2)).await.unwrap()
}

/// Leaves a message at the end of a call; the task it is to become.
async fn left_message(store: &Store, centre: &Centre, epoch: u64, call: &Call, seconds: u64) -> TaskId {
    let head = store.head(centre.tenant.partition).await.unwrap().seq;
    let task = store.mint(at(40));
    let left = Event::VoicemailLeft {
        conversation: call.conversation,
        segment: store.mint(at(40)),
        task,
        recording: store.mint(at(40)),
        number: Some(centre.number.id),
        queue: Some(centre.queue.queue.id),
        cause: VoicemailCause::QueueFull,
        length: Duration::from_secs(seconds),
    };
    store.append(&batch(centre, epoch, entries(centre, epoch, head, at(40), &[left]), vec![])).await.unwrap();
    task
}
