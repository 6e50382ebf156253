//! Two tenants in one data directory: nothing crosses, by any function.

mod tried;

use std::collections::BTreeSet;

use domain::recording_policy::RecordingPolicy;
use domain::screening::{Covers, Diversion, NumberList, ScreeningPolicy};
use domain::sound::{Course, Sample};
use domain::supervision::SupervisionPolicy;

use super::*;
use tried::TRIED;

#[test]
fn no_public_function_with_a_scope_is_left_untried() {
    let mut found = BTreeSet::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for piece in text.split("pub async fn ").skip(1) {
                let (name, rest) = piece.split_once(['(', '<']).unwrap();
                let signature = rest.split('{').next().unwrap();
                let is_method = signature.contains("&self") || signature.contains("self: &Arc<Self>");
                if signature.contains("scope: &Scope") && is_method {
                    found.insert(name.to_owned());
                }
            }
        }
    }
    assert_eq!(found, TRIED.iter().map(|name| (*name).to_owned()).collect());
}

fn nothing<T: std::fmt::Debug>(result: Result<T, StoreError>) {
    assert!(matches!(result, Err(StoreError::NotFound(_) | StoreError::Invalid(_))), "{result:?}");
}

fn device_draft(centre: &Centre) -> DeviceDraft {
    DeviceDraft {
        name: "Desk".to_owned(),
        agent: Some(centre.agent.id()),
        auto_answer: true,
        encryption: domain::Encryption::WhenOffered,
        site: centre.site.id,
    }
}

/// A phone of a centre.
async fn phone(store: &Store, centre: &Centre) -> DeviceId {
    let login = DeviceLogin { username: &format!("desk-{}", centre.tenant.id), realm: "callisto", password: "x" };
    store.create_device(&centre.scope, at(5), &device_draft(centre), &login).await.unwrap().device.id
}

/// An entry of a list of a centre.
async fn listed(store: &Store, centre: &Centre) -> ListEntryId {
    let (list, covers) = (NumberList::Block, Covers::Number);
    let draft = ListDraft { list, covers, value: "13900139000".to_owned(), note: None, expires_at: None };
    store.add_list_entry(&centre.scope, at(5), &draft).await.unwrap().id
}

/// How a leg of a conversation sounded.
fn kept_course(tenant: TenantId, conversation: ConversationId) -> KeptCourse {
    let sample = Sample { expected: 500, lost: 25, mos_hundredths: Some(385), ..Sample::default() };
    let course = Course {
        leg: LegId(900),
        began: at(12),
        interval: Duration::from_secs(10),
        samples: vec![sample; 3],
        mean_hundredths: Some(385),
        least_hundredths: None,
    };
    KeptCourse { tenant, conversation, course }
}

/// Twice the same is once: a writer that tries again does no harm.
#[tokio::test]
async fn how_a_leg_sounded_is_kept_once() {
    let two = two().await;
    let course = kept_course(two.south.tenant.id, two.call.conversation);
    two.store.keep_courses(&[course.clone(), course.clone()]).await.unwrap();
    two.store.keep_courses(std::slice::from_ref(&course)).await.unwrap();
    let kept = two.store.courses(&two.south.scope, two.call.conversation).await.unwrap();
    assert_eq!(kept, [course.course]);
}

#[tokio::test]
async fn how_a_leg_sounded_is_kept_for_ninety_days() {
    let two = two().await;
    let (scope, conversation) = (&two.south.scope, two.call.conversation);
    let course = kept_course(two.south.tenant.id, conversation);
    two.store.keep_courses(std::slice::from_ref(&course)).await.unwrap();
    let ends = course.course.began.0 + 90 * 86_400_000_000;
    for (now, removed) in [(ends - 1, 0), (ends, 1), (ends, 0)] {
        assert_eq!(two.store.purge_expired(scope, Utc(now)).await.unwrap(), removed);
        assert_eq!(two.store.courses(scope, conversation).await.unwrap().is_empty(), now == ends);
    }
}

struct Two {
    store: Arc<Store>,
    _dir: TempDir,
    north: Centre,
    south: Centre,
    call: Call,
    task: TaskId,
}

/// Both tenants have one of everything; the south has a call, a note, a task, a session and a token too.
async fn two() -> Two {
    let (store, dir) = open().await;
    let (north, south) = (centre(&store, "north").await, centre(&store, "south").await);
    let epoch = leased(&store, &south).await;
    let call = stored_call(&store, &south, epoch, at(10), "13800138000").await;
    store.put_conversation_note(&south.scope, at(11), call.conversation, "secret").await.unwrap();
    let task = left_message(&store, &south, epoch, &call, 9).await;
    assert_eq!(store.tasks_from_ledger(south.tenant.partition).await.unwrap(), 1);
    Two { store, _dir: dir, north, south, call, task }
}

#[tokio::test]
async fn questions_about_another_tenants_records_find_nothing() {
    let two = two().await;
    let Two { store, north, south, call, task, .. } = &two;
    let scope = &north.scope;
    nothing(store.task(scope, *task).await);
    nothing(store.agent(scope, south.agent.id()).await);
    nothing(store.user(scope, south.agent.user.id).await);
    nothing(store.user_by_name(scope, "south.agent").await);
    nothing(store.customer(scope, south.customer.id).await);
    nothing(store.queue(scope, south.queue.queue.id).await);
    nothing(store.flow(scope, south.flow.id, None).await);
    nothing(store.device(scope, phone(store, south).await).await);
    nothing(store.conversation(scope, call.conversation).await);
    nothing(store.recordings_of(scope, call.conversation).await);
    nothing(store.recording(scope, RecordingId(1)).await);
    let held = Held::Conversation(call.conversation);
    let person = Scope::of(south.tenant.id, south.agent.user.id);
    store.put_hold(&person, at(20), held, "x").await.unwrap();
    assert_eq!(store.recording_marks(scope, &[call.conversation]).await.unwrap(), RecordingMarks::default());
    let thief = Scope::of(north.tenant.id, north.agent.user.id);
    nothing(store.put_hold(&thief, at(20), held, "x").await);
    nothing(store.lift_hold(&thief, at(20), held, "x").await);
    store.lift_hold(&person, at(20), held, "x").await.unwrap();
    nothing(store.conversation_events(scope, call.conversation).await);
    let course = kept_course(south.tenant.id, call.conversation);
    store.keep_courses(std::slice::from_ref(&course)).await.unwrap();
    assert_eq!(store.courses(&south.scope, call.conversation).await.unwrap(), [course.course]);
    assert_eq!(store.courses(scope, call.conversation).await.unwrap(), []);
    assert_eq!(store.conversation_note(scope, call.conversation).await.unwrap(), None);
    assert_eq!(store.last_contact(scope, south.customer.id, None).await.unwrap(), None);
    assert!(store.customers_by_id(scope, &[south.customer.id]).await.unwrap().is_empty());
    assert!(store.party_values(scope, &[call.from, call.to]).await.unwrap().is_empty());
    assert!(store.parties_alike(scope, &[call.from, call.to], "13800138000").await.unwrap().is_empty());
    let partition = south.tenant.partition;
    assert!(store.events_after(scope, partition, 0, 100).await.unwrap().is_empty());
    assert_eq!(store.tenant(scope).await.unwrap().id, north.tenant.id);
    // The same number is known to both tenants, as their own customer.
    assert_eq!(store.resolve_customer(scope, "13800138000").await.unwrap(), Some(north.customer.id));
    assert_eq!(store.customers_by_number(scope, "13800138000").await.unwrap(), vec![north.customer.clone()]);
}

#[tokio::test]
async fn lists_hold_only_the_tenants_own() {
    let two = two().await;
    let Two { store, north, south, .. } = &two;
    let scope = &north.scope;
    assert_eq!(store.agents(scope, Page::first(100)).await.unwrap(), vec![north.agent.clone()]);
    assert_eq!(store.users(scope, Page::first(100)).await.unwrap(), vec![north.agent.user.clone()]);
    let everybody = CustomerQuery::default();
    assert_eq!(store.customers(scope, &everybody, Page::first(100)).await.unwrap(), vec![north.customer.clone()]);
    assert_eq!(store.queues(scope).await.unwrap(), vec![north.queue.clone()]);
    assert_eq!(store.skills(scope).await.unwrap(), vec![north.skill.clone()]);
    assert_eq!(
        store.dispositions(scope).await.unwrap(),
        vec![CodeRecord { code: north.disposition.clone(), version: 1 }]
    );
    assert_eq!(
        store.not_ready_reasons(scope).await.unwrap(),
        vec![CodeRecord { code: north.reason.clone(), version: 1 }]
    );
    assert_eq!(store.calendars(scope).await.unwrap()[0].calendar, north.calendar);
    assert_eq!(store.calendars(scope).await.unwrap().len(), 1);
    nothing(store.calendar(scope, south.calendar.id).await);
    assert_eq!(store.flows(scope).await.unwrap(), vec![north.flow.clone()]);
    assert_eq!(store.numbers(scope).await.unwrap(), vec![NumberRecord { number: north.number.clone(), version: 1 }]);
    assert_eq!(store.trunks(scope).await.unwrap(), vec![north.trunk.clone()]);
    phone(store, &two.south).await;
    assert_eq!(store.devices(scope).await.unwrap(), vec![]);
    listed(store, &two.south).await;
    let refuse = ScreeningPolicy { anonymous: Some(Diversion::Refuse), ..ScreeningPolicy::default() };
    store.put_screening_policy(&south.scope, at(6), 0, &refuse).await.unwrap();
    assert_eq!(store.list_entries(scope, &ListQuery::default(), Page::first(100)).await.unwrap(), vec![]);
    assert_eq!(store.screening_policy(scope).await.unwrap(), ScreeningRecord::default());
    let silent = RecordingPolicy { before_queue: false, ..RecordingPolicy::default() };
    store.put_recording_policy(&south.scope, at(6), 0, &silent).await.unwrap();
    assert_eq!(store.recording_policy(scope).await.unwrap(), RecordingPolicyRecord::default());
    let week = domain::retention::RetentionPolicy { recordings_days: Some(7), messages_days: None };
    store.put_retention_policy(&south.scope, at(6), 0, &week).await.unwrap();
    assert_eq!(store.retention_policy(scope).await.unwrap(), RetentionRecord::default());
    let queue = &two.south.queue;
    let draft = QueueDraft { retention_days: Some(3), ..queue_draft("short", &two.south.site, &[], &[]) };
    store.update_queue(&two.south.scope, at(6), queue.queue.id, queue.version, &draft).await.unwrap();
    assert!(store.queue_retention(scope).await.unwrap().is_empty());
    assert_eq!(store.list_recordings(scope, &RecordingFilter::default(), Page::first(9)).await.unwrap(), vec![]);
    let hidden = SupervisionPolicy { listen: true, whisper: false, barge: false };
    store.put_supervision_policy(&south.scope, at(6), 0, hidden).await.unwrap();
    assert_eq!(store.supervision_policy(scope).await.unwrap(), SupervisionPolicyRecord::default());
    let plan = store.outbound_plan(scope).await.unwrap();
    assert_eq!(plan.plan.trunks.iter().map(|trunk| trunk.trunk).collect::<Vec<_>>(), [north.trunk.id]);
    assert_eq!(store.sites(scope).await.unwrap(), vec![north.site.clone()]);
    nothing(store.site(scope, south.site.id).await);
    assert_eq!(store.site_holdings(scope).await.unwrap().keys().collect::<Vec<_>>(), [&north.site.id]);
    assert_eq!(store.teams(scope).await.unwrap(), vec![north.team.clone()]);
    assert_eq!(store.api_tokens(scope).await.unwrap(), vec![]);
    assert_eq!(store.tasks(scope, &TaskFilter::default(), Page::first(100)).await.unwrap(), vec![]);
    assert_eq!(store.task_counts(scope).await.unwrap(), TaskCounts::default());
    let any = ConversationFilter::default();
    assert_eq!(store.list_conversations(scope, &any, Page::first(100)).await.unwrap(), vec![]);
    let settings = format!("{:?}", store.load_settings(scope).await.unwrap());
    assert!(!settings.contains("south"), "{settings}");
    let trail = format!("{:?}", store.audit_trail(scope, Page::first(200)).await.unwrap());
    assert!(trail.contains("north") && !trail.contains("south"), "{trail}");
    assert!(store.verify_audit(scope).await.unwrap().good < 20);
}

#[tokio::test]
async fn changes_of_another_tenants_records_are_refused() {
    let two = two().await;
    let Two { store, north, south, call, task, .. } = &two;
    let (scope, now) = (&north.scope, at(20));
    let device = phone(store, south).await;
    let mobile = store.add_mobile(&south.scope, at(5), south.agent.id(), "13800138111").await.unwrap().id;
    let thief = Scope::of(north.tenant.id, north.agent.user.id);
    nothing(store.step_task(&thief, now, *task, None, &TaskStep::Take).await);
    let entry = listed(store, south).await;
    let trail = store.audit_trail(&south.scope, Page::first(200)).await.unwrap();
    let south_settings = store.load_settings(&south.scope).await.unwrap();
    let draft = AgentDraft {
        user: user_draft("thief", Some("6666"), (&north.site, &north.team)),
        queues: vec![],
        skills: vec![],
    };
    nothing(store.update_agent(scope, now, south.agent.id(), 1, &draft).await);
    nothing(store.update_user(scope, now, south.agent.user.id, 1, &draft.user).await);
    nothing(store.set_password(scope, now, south.agent.user.id, "h").await);
    nothing(store.update_customer(scope, now, south.customer.id, 1, &customer_draft("x", &[])).await);
    nothing(store.update_queue(scope, now, south.queue.queue.id, 1, &queue_draft("x", &north.site, &[], &[])).await);
    let flow = FlowDraft { name: "x".into(), entry: 0, nodes: north.flow.nodes.clone() };
    nothing(store.publish_flow(scope, now, south.flow.id, &flow).await);
    let number = NumberDraft {
        number: "1".into(),
        name: "x".into(),
        flow: north.flow.id,
        language: Language::En,
        calendar: None,
        site: north.site.id,
        answer: domain::settings::AnswerWhen::AtOnce,
    };
    nothing(store.update_number(scope, now, south.number.id, 1, &number).await);
    nothing(store.number(scope, south.number.id).await);
    nothing(store.remove_number(scope, now, south.number.id).await);
    let off = CodeDraft { name_zh: "x".into(), name_en: "x".into(), active: false, place: Some(0) };
    nothing(store.update_disposition(scope, now, south.disposition.id, 1, &off).await);
    nothing(store.update_not_ready_reason(scope, now, south.reason.id, 1, &off).await);
    nothing(store.update_device(scope, now, device, 1, &device_draft(north)).await);
    nothing(store.update_site(scope, now, south.site.id, 1, &SiteDraft::open("x", "UTC")).await);
    nothing(store.remove_site(scope, now, south.site.id).await);
    nothing(store.set_number_site(scope, now, south.number.id, north.site.id).await);
    nothing(store.set_device_password(scope, now, device, "callisto", "x").await);
    nothing(store.delete_device(scope, now, device).await);
    nothing(store.add_mobile(scope, now, south.agent.id(), "13900139000").await);
    nothing(store.delete_mobile(scope, now, south.agent.id(), mobile).await);
    nothing(store.mobiles(scope, south.agent.id()).await);
    nothing(store.list_entry(scope, entry).await);
    nothing(store.change_list_entry(scope, now, entry, &ListChange::default()).await);
    nothing(store.delete_list_entry(scope, now, entry).await);
    // The same number of another tenant is no duplicate.
    listed(store, north).await;
    nothing(store.put_conversation_note(scope, now, call.conversation, "x").await);
    // `reader`, `erase`, `note_play` and `note_download` of recordings are tried in `recordings/tamper.rs`.
    store.create_recording(south.tenant.id, call.conversation, RecordingId(1), now).await.unwrap();
    assert_eq!(store.rotate_recording_keys(scope, now).await.unwrap().rewrapped, 0);
    nothing(store.end_sessions_of(scope, now, south.agent.user.id).await);
    assert_eq!(store.erase_audit_payload(scope, now, &south.customer.id.to_string()).await.unwrap(), 0);

    calendars_are_refused(&two).await;
    sign_ins_are_refused(&two).await;
    let reply = KeptReply { request_hash: [3; 32], status: 200, body: vec![], expires_at: at(30) };
    store.keep_reply(&south.scope, "k", now, &reply).await.unwrap();
    assert_eq!(store.kept_reply(scope, "k", now).await.unwrap(), None);
    assert_eq!(store.purge_expired(scope, at(999)).await.unwrap(), 0);

    assert!(store.session_by_hash(&[1; 32], at(21)).await.is_ok_and(|i| i.tenant == south.tenant.id));
    assert!(store.api_token_by_hash(&[2; 32], at(21)).await.is_ok_and(|i| i.tenant == south.tenant.id));
    let after = store.audit_trail(&south.scope, Page::first(200)).await.unwrap();
    assert_eq!(after[4..], trail[..], "only what the south did itself was added");
    let settings = store.load_settings(&south.scope).await.unwrap();
    assert_eq!(Settings { version: south_settings.version, ..settings }, south_settings);
}

async fn calendars_are_refused(two: &Two) {
    let Two { store, north, south, .. } = two;
    let (scope, now) = (&north.scope, at(20));
    let hours = CalendarDraft { name: "x".into(), time_zone: "UTC".into(), weekly: vec![] };
    nothing(store.update_calendar(scope, now, south.calendar.id, 1, &hours).await);
    nothing(store.remove_calendar(scope, now, south.calendar.id).await);
    nothing(store.set_number_calendar(scope, now, south.number.id, None).await);
    nothing(store.set_number_calendar(scope, now, north.number.id, Some(south.calendar.id)).await);
    let day = CalendarExceptionDraft {
        name: "x".into(),
        first: "2026-10-01".parse().unwrap(),
        last: "2026-10-01".parse().unwrap(),
        rule: ExceptionRule::Holiday,
    };
    nothing(store.create_calendar_exception(scope, now, south.calendar.id, &day).await);
    let own = store.create_calendar_exception(&south.scope, now, south.calendar.id, &day).await.unwrap();
    nothing(store.update_calendar_exception(scope, now, own.id, &day).await);
    nothing(store.remove_calendar_exception(scope, now, own.id).await);
    assert_eq!(store.calendar_exception_name(scope, own.id).await.unwrap(), None);
    store.remove_calendar_exception(&south.scope, now, own.id).await.unwrap();
}

async fn sign_ins_are_refused(two: &Two) {
    let Two { store, north, south, .. } = two;
    let (scope, now) = (&north.scope, at(20));
    let session = NewSession { user: south.agent.user.id, token_hash: [1; 32], expires_at: at(900) };
    nothing(store.create_session(scope, now, &session).await);
    let id = store.create_session(&south.scope, now, &session).await.unwrap();
    nothing(store.end_session(scope, now, id).await);
    let token = NewApiToken {
        user: south.agent.user.id,
        name: "x".into(),
        token_hash: [2; 32],
        expires_at: None,
        permissions: None,
    };
    nothing(store.create_api_token(scope, now, &token).await);
    let token = store.create_api_token(&south.scope, now, &token).await.unwrap();
    nothing(store.revoke_api_token(scope, now, token.id).await);
    let (user, seen) =
        (south.agent.user.id, AuditFilter { actor: Some(south.agent.user.id), ..AuditFilter::default() });
    store.audit_denial(scope, now, "x", Permission::AuditRead).await.unwrap();
    store.audit_denials_left_out(scope, now, 1).await.unwrap();
    let (target, conversation) = (south.agent.id(), ConversationId(9));
    store.audit_intrusion(scope, now, target, Intrusion::Released(conversation), None).await.unwrap();
    store.audit_conversation_end(scope, now, conversation, Some(Undone::Unanswered)).await.unwrap();
    store.audit_sign_in_lock(scope, now, user, now, "x").await.unwrap();
    store.audit_sign_in_unlock(scope, now, user).await.unwrap();
    assert_eq!(store.audit_search(scope, &seen, Page::first(9)).await.unwrap(), vec![]);
}

#[tokio::test]
async fn records_that_point_into_another_tenant_cannot_be_made() {
    let two = two().await;
    let Two { store, north, south, .. } = &two;
    let (scope, now) = (&north.scope, at(20));
    nothing(store.create_team(scope, now, &TeamDraft { site: south.site.id, name: "x".into() }).await);
    let foreign = user_draft("x", None, (&south.site, &north.team));
    nothing(store.create_user(scope, now, &foreign, "h").await);
    let good = user_draft("x", Some("7"), (&north.site, &north.team));
    let draft = AgentDraft { user: good.clone(), queues: vec![south.queue.queue.id], skills: vec![] };
    nothing(store.create_agent(scope, now, &draft, "h").await);
    let draft = AgentDraft { user: good, queues: vec![], skills: vec![south.skill.id] };
    nothing(store.create_agent(scope, now, &draft, "h").await);
    nothing(store.create_queue(scope, now, &queue_draft("x", &south.site, &[], &[])).await);
    nothing(store.create_queue(scope, now, &queue_draft("x", &north.site, &[south.skill.id], &[])).await);
    nothing(store.create_queue(scope, now, &queue_draft("x", &north.site, &[], &[south.agent.id()])).await);
    let mut draft = customer_draft("x", &[]);
    draft.site = Some(south.site.id);
    nothing(store.create_customer(scope, now, &draft).await);
    let nodes = south.flow.nodes.clone();
    nothing(store.create_flow(scope, now, &FlowDraft { name: "x".into(), entry: 0, nodes }).await);
    let number = NumberDraft {
        number: "1".into(),
        name: "x".into(),
        flow: south.flow.id,
        language: Language::En,
        calendar: None,
        site: north.site.id,
        answer: domain::settings::AnswerWhen::AtOnce,
    };
    nothing(store.create_number(scope, now, &number).await);
    let trunk =
        TrunkDraft { name: "x".into(), addresses: vec!["10.0.0.1".parse().unwrap()], site: Some(south.site.id) };
    nothing(store.create_trunk(scope, now, &trunk).await);
    let login = DeviceLogin { username: "x", realm: "callisto", password: "x" };
    for foreign in [
        DeviceDraft { site: south.site.id, ..device_draft(north) },
        DeviceDraft { agent: Some(south.agent.id()), ..device_draft(north) },
    ] {
        nothing(store.create_device(scope, now, &foreign, &login).await);
    }
    let foreign = ScreeningPolicy { block: Diversion::Flow(south.flow.id), ..ScreeningPolicy::default() };
    nothing(store.put_screening_policy(scope, now, 0, &foreign).await);
    for foreign in super::outbound::plans_naming(south) {
        nothing(store.put_outbound_plan(scope, now, 0, &foreign).await);
    }
    // Lists without references belong to the scope's tenant by construction.
    store.create_site(scope, now, &SiteDraft::open("x", "UTC")).await.unwrap();
    store.create_skill(scope, now, "x").await.unwrap();
    store.create_disposition(scope, now, "x", "x").await.unwrap();
    store.create_not_ready_reason(scope, now, "x", "x").await.unwrap();
    let hours = CalendarDraft { name: "x".into(), time_zone: "UTC".into(), weekly: vec![] };
    store.create_calendar(scope, now, &hours).await.unwrap();
    assert_eq!(store.sites(&south.scope).await.unwrap().len(), 1);
    assert_eq!(store.skills(&south.scope).await.unwrap().len(), 1);
    assert_eq!(store.dispositions(&south.scope).await.unwrap().len(), 1);
    assert_eq!(store.not_ready_reasons(&south.scope).await.unwrap().len(), 1);
    assert_eq!(store.calendars(&south.scope).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_reach_narrows_what_is_seen() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let call = stored_call(&store, &centre, epoch, at(10), "13800138000").await;
    let other_site = SiteDraft::open("Elsewhere", "UTC");
    let other_site = store.create_site(&centre.scope, at(3), &other_site).await.unwrap();
    let any = ConversationFilter::default();
    let seen = async |scope: Scope| {
        (
            store.list_conversations(&scope, &any, Page::first(9)).await.unwrap().len(),
            store.conversation_events(&scope, call.conversation).await.is_ok(),
            store.agents(&scope, Page::first(9)).await.unwrap().len(),
        )
    };
    let whole = Scope::of(centre.tenant.id, centre.agent.user.id);
    assert_eq!(seen(whole).await, (1, true, 1));
    assert_eq!(seen(whole.reaching(Reach::Own)).await, (1, true, 1));
    assert_eq!(seen(whole.reaching(Reach::Site(centre.site.id))).await, (1, true, 1));
    assert_eq!(seen(whole.reaching(Reach::Team(centre.team.id))).await, (1, true, 1));
    assert_eq!(seen(whole.reaching(Reach::Site(other_site.id))).await, (0, false, 0));
    // Whoever had a part in a conversation is seen with it at their own site, and it is still the one of its number.
    let user = user_draft("north.agent", Some("1001"), (&other_site, &centre.team));
    let moved = AgentDraft { user, queues: vec![], skills: vec![] };
    let version = centre.agent.user.version;
    store.update_agent(&centre.scope, at(4), centre.agent.id(), version, &moved).await.unwrap();
    assert_eq!(seen(whole.reaching(Reach::Site(other_site.id))).await, (1, true, 1));
    assert_eq!(seen(whole.reaching(Reach::Site(centre.site.id))).await, (1, true, 0));
    assert_eq!(seen(whole.reaching(Reach::Team(TeamId(9)))).await, (0, false, 0));
    let stranger = Scope::of(centre.tenant.id, UserId(99)).reaching(Reach::Own);
    assert_eq!(seen(stranger).await, (0, false, 1));
    assert_eq!(seen(Scope::system(centre.tenant.id).reaching(Reach::Own)).await, (0, false, 1));
}
