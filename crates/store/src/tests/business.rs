//! Business records: what is written comes back, stale writes are refused, and everything leaves an audit row.

use super::*;

#[tokio::test]
async fn settings_hold_everything_and_grow_in_version_with_each_setting() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let settings = store.load_settings(&centre.scope).await.unwrap();
    assert_eq!(settings.tenant, centre.tenant.id);
    assert_eq!(settings.time_zone, "Asia/Shanghai");
    assert_eq!(settings.queues, vec![centre.queue.queue.clone()]);
    assert_eq!(settings.skills, vec![centre.skill.clone()]);
    assert_eq!(settings.flows, vec![centre.flow.clone()]);
    assert_eq!(settings.calendars, vec![centre.calendar.clone()]);
    assert_eq!(settings.numbers, vec![centre.number.clone()]);
    assert_eq!(settings.dispositions, vec![centre.disposition.clone()]);
    assert_eq!(settings.not_ready_reasons, vec![centre.reason.clone()]);
    let [agent] = settings.agents.as_slice() else { panic!("{:?}", settings.agents) };
    assert_eq!((agent.id, agent.extension.as_str()), (centre.agent.id(), "1001"));
    assert_eq!((&agent.queues, &agent.skills), (&vec![centre.queue.queue.id], &vec![centre.skill.id]));

    let draft = queue_draft("Other", &centre.site, &[], &[centre.agent.id()]);
    store.create_queue(&centre.scope, at(5), &draft).await.unwrap();
    let after = store.load_settings(&centre.scope).await.unwrap();
    assert_eq!(after.version, settings.version + 1);
    assert_eq!(after.agents[0].queues.len(), 2, "a queue's agents and an agent's queues are one list");
    store.create_customer(&centre.scope, at(6), &customer_draft("Somebody", &[])).await.unwrap();
    let unchanged = store.load_settings(&centre.scope).await.unwrap();
    assert_eq!(unchanged.version, after.version, "customers are no settings");
}

#[tokio::test]
async fn a_disabled_agent_leaves_the_settings_and_loses_the_session() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let user = centre.agent.user.id;
    let session = NewSession { user, token_hash: [1; 32], expires_at: at(1_000) };
    store.create_session(&centre.scope, at(5), &session).await.unwrap();
    assert_eq!(store.session_by_hash(&[1; 32], at(6)).await.unwrap().user.id, user);
    let mut draft = AgentDraft {
        user: user_draft("north.agent", Some("1001"), (&centre.site, &centre.team)),
        queues: centre.agent.queues.clone(),
        skills: vec![],
    };
    draft.user.enabled = false;
    let after = store.update_agent(&centre.scope, at(7), centre.agent.id(), 1, &draft).await.unwrap();
    assert_eq!((after.user.version, after.user.enabled, after.skills.len()), (2, false, 0));
    assert!(store.load_settings(&centre.scope).await.unwrap().agents.is_empty());
    assert!(matches!(store.session_by_hash(&[1; 32], at(8)).await, Err(StoreError::NotFound(_))));
    assert!(store.sign_in_candidates("north.agent").await.unwrap().is_empty());
}

#[tokio::test]
async fn stale_versions_and_taken_names_conflict() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, id) = (&centre.scope, centre.queue.queue.id);
    let draft = queue_draft("Renamed", &centre.site, &[], &[]);
    let renamed = store.update_queue(scope, at(5), id, 1, &draft).await.unwrap();
    assert_eq!((renamed.version, renamed.queue.name.as_str()), (2, "Renamed"));
    assert_eq!(store.queue(scope, id).await.unwrap(), renamed);
    let stale = store.update_queue(scope, at(6), id, 1, &draft).await;
    assert!(matches!(stale, Err(StoreError::Conflict(_))));
    assert!(matches!(store.create_queue(scope, at(6), &draft).await, Err(StoreError::Conflict(_))), "same name");
    let customer = centre.customer.id;
    let draft = customer_draft("Other", &[]);
    assert!(matches!(store.update_customer(scope, at(6), customer, 9, &draft).await, Err(StoreError::Conflict(_))));
    let unknown = store.update_queue(scope, at(6), QueueId(5), 1, &queue_draft("x", &centre.site, &[], &[])).await;
    assert!(matches!(unknown, Err(StoreError::NotFound(_))));
    let twin = user_draft("NORTH.agent ", Some("1002"), (&centre.site, &centre.team));
    assert!(matches!(store.create_user(scope, at(6), &twin, "h").await, Err(StoreError::Conflict(_))));
    let twin = user_draft("another", Some("1001"), (&centre.site, &centre.team));
    assert!(matches!(store.create_user(scope, at(6), &twin, "h").await, Err(StoreError::Conflict(_))));
}

#[tokio::test]
async fn values_outside_their_range_are_refused() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    let invalid = |result: Result<QueueRecord, StoreError>| assert!(matches!(result, Err(StoreError::Invalid(_))));
    let good = queue_draft("Good", &centre.site, &[], &[]);
    invalid(store.create_queue(scope, at(5), &QueueDraft { name: "  ".into(), ..good.clone() }).await);
    invalid(store.create_queue(scope, at(5), &QueueDraft { ring_timeout: Duration::ZERO, ..good.clone() }).await);
    invalid(store.create_queue(scope, at(5), &QueueDraft { skills: vec![SkillId(4)], ..good.clone() }).await);
    invalid(store.create_queue(scope, at(5), &QueueDraft { agents: vec![AgentId(4)], ..good.clone() }).await);
    invalid(store.create_queue(scope, at(5), &QueueDraft { site: SiteId(4), ..good }).await);
    let mut nodes = centre.flow.nodes.clone();
    nodes.pop();
    let dangling = FlowDraft { name: "x".into(), entry: 0, nodes };
    assert!(matches!(store.create_flow(scope, at(5), &dangling).await, Err(StoreError::Invalid(_))));
    let draft = customer_draft("x", &["no digits"]);
    assert!(matches!(store.create_customer(scope, at(5), &draft).await, Err(StoreError::Invalid(_))));
    let new = NewTenant { name: "x".into(), time_zone: "UTC".into(), region: "China".into() };
    assert!(matches!(store.create_tenant(at(5), &new).await, Err(StoreError::Invalid(_))));
}

#[tokio::test]
async fn a_customer_is_found_by_any_spelling_of_a_number() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, id) = (&centre.scope, centre.customer.id);
    assert_eq!(centre.customer.numbers[0].e164, "+8613800138000");
    for spelling in ["13800138000", "013800138000", "+8613800138000", "86-13800138000", "138 0013 8000"] {
        assert_eq!(store.resolve_customer(scope, spelling).await.unwrap(), Some(id), "{spelling}");
        let query = CustomerQuery { number: Some(spelling.to_owned()), text: None };
        assert_eq!(store.customers(scope, &query, Page::first(10)).await.unwrap().len(), 1, "{spelling}");
        let query = CustomerQuery { number: None, text: Some(spelling.to_owned()) };
        assert_eq!(store.customers(scope, &query, Page::first(10)).await.unwrap().len(), 1, "{spelling}");
    }
    assert_eq!(store.resolve_customer(scope, "13800138001").await.unwrap(), None);
    assert_eq!(store.resolve_customer(scope, "anonymous").await.unwrap(), None);
    let text = async |text: &str| {
        let query = CustomerQuery { text: Some(text.to_owned()), number: None };
        store.customers(scope, &query, Page::first(10)).await.unwrap().len()
    };
    assert_eq!((text("王小").await, text("晨星").await, text("8000").await, text(" ").await), (1, 1, 1, 1));
    assert_eq!((text("nobody").await, text("%").await, text("_").await, text("0000000").await), (0, 0, 0, 0));

    // The last changed of several is meant.
    let other = store.create_customer(scope, at(20), &customer_draft("Wife", &["+86 138 0013 8000"])).await.unwrap();
    assert_eq!(store.resolve_customer(scope, "13800138000").await.unwrap(), Some(other.id));
    let draft = customer_draft("王小明", &["13800138000", "010-62345678"]);
    let changed = store.update_customer(scope, at(30), id, 1, &draft).await.unwrap();
    assert_eq!(store.customer(scope, id).await.unwrap(), changed);
    assert_eq!((changed.version, changed.created_at, changed.updated_at), (2, at(1), at(30)));
    assert_eq!(store.resolve_customer(scope, "013800138000").await.unwrap(), Some(id));
    assert_eq!(store.resolve_customer(scope, "01062345678").await.unwrap(), Some(id));
    assert_eq!(store.customers_by_number(scope, "13800138000").await.unwrap().len(), 2);
    assert_eq!(store.customers_by_id(scope, &[id, other.id, CustomerId(1)]).await.unwrap().len(), 2);
}

#[tokio::test]
async fn customers_are_paged_newest_first() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    for n in 0..5 {
        store.create_customer(&centre.scope, at(10 + n), &customer_draft(&format!("c{n}"), &[])).await.unwrap();
    }
    let mut names = Vec::new();
    let mut page = Page::first(2);
    loop {
        let rows = store.customers(&centre.scope, &CustomerQuery::default(), page).await.unwrap();
        let Some(last) = rows.last() else { break };
        page.after = Some(last.id);
        names.extend(rows.iter().map(|c| c.name.clone()));
    }
    assert_eq!(names, ["c4", "c3", "c2", "c1", "c0", "north 王小明"]);
}

#[tokio::test]
async fn sessions_and_tokens_end() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, user) = (&centre.scope, centre.agent.user.id);
    let candidates = store.sign_in_candidates(" North.AGENT").await.unwrap();
    assert_eq!((candidates.len(), candidates[0].user.id), (1, user));
    assert_eq!(candidates[0].password_hash, "$argon2id$stand-in");
    assert_eq!(store.user_by_name(scope, "north.agent").await.unwrap().id, user);

    let session = |hash| NewSession { user, token_hash: [hash; 32], expires_at: at(100) };
    let first = store.create_session(scope, at(5), &session(1)).await.unwrap();
    store.create_session(scope, at(5), &session(2)).await.unwrap();
    let found = store.session_by_hash(&[1; 32], at(99)).await.unwrap();
    assert_eq!((found.session, found.tenant, found.expires_at), (first, scope.tenant, Some(at(100))));
    assert!(store.session_by_hash(&[1; 32], at(100)).await.is_err(), "expired");
    store.end_session(scope, at(6), first).await.unwrap();
    assert!(store.session_by_hash(&[1; 32], at(7)).await.is_err());
    assert!(matches!(store.end_session(scope, at(6), first).await, Err(StoreError::NotFound(_))));
    store.set_password(scope, at(8), user, "$argon2id$new").await.unwrap();
    assert!(store.session_by_hash(&[2; 32], at(9)).await.is_err(), "a new password ends every session");
    assert_eq!(store.sign_in_candidates("north.agent").await.unwrap()[0].password_hash, "$argon2id$new");
    store.create_session(scope, at(9), &session(3)).await.unwrap();
    assert_eq!(store.purge_expired(scope, at(101)).await.unwrap(), 1);

    let new = NewApiToken { user, name: "CRM".into(), token_hash: [9; 32], expires_at: None, permissions: None };
    let token = store.create_api_token(scope, at(10), &new).await.unwrap();
    assert_eq!(store.api_token_by_hash(&[9; 32], at(11)).await.unwrap().session, token.id);
    assert!(store.session_by_hash(&[9; 32], at(11)).await.is_err(), "a token is no session");
    store.revoke_api_token(scope, at(12), token.id).await.unwrap();
    assert!(store.api_token_by_hash(&[9; 32], at(13)).await.is_err());
    assert_eq!(store.api_tokens(scope).await.unwrap()[0].revoked_at, Some(at(12)));
    let permissions = Some(vec![Permission::FloorRead, Permission::CustomersRead]);
    let narrow = NewApiToken { token_hash: [8; 32], permissions: permissions.clone(), ..new };
    store.create_api_token(scope, at(14), &narrow).await.unwrap();
    assert_eq!(store.api_token_by_hash(&[8; 32], at(15)).await.unwrap().permissions, permissions);
    assert_eq!(store.api_tokens(scope).await.unwrap()[0].permissions, permissions);
}

#[tokio::test]
async fn a_reply_is_kept_once_until_it_is_over() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let mine = Scope::of(centre.tenant.id, centre.agent.user.id);
    let reply = |status| KeptReply { request_hash: [1; 32], status, body: b"{}".to_vec(), expires_at: at(100) };
    assert_eq!(store.kept_reply(&mine, "k", at(5)).await.unwrap(), None);
    store.keep_reply(&mine, "k", at(5), &reply(201)).await.unwrap();
    assert!(matches!(store.keep_reply(&mine, "k", at(6), &reply(500)).await, Err(StoreError::Conflict(_))));
    assert_eq!(store.kept_reply(&mine, "k", at(7)).await.unwrap(), Some(reply(201)));
    assert_eq!(store.kept_reply(&centre.scope, "k", at(7)).await.unwrap(), None, "another person's key");
    assert_eq!(store.kept_reply(&mine, "k", at(100)).await.unwrap(), None);
    let later = KeptReply { expires_at: at(300), ..reply(202) };
    store.keep_reply(&mine, "k", at(100), &later).await.unwrap();
    assert_eq!(store.kept_reply(&mine, "k", at(101)).await.unwrap(), Some(later));
}

#[tokio::test]
async fn flows_keep_their_versions() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, id) = (&centre.scope, centre.flow.id);
    let draft = FlowDraft { name: "Night".into(), entry: 5, nodes: centre.flow.nodes.clone() };
    let second = store.publish_flow(scope, at(5), id, &draft).await.unwrap();
    assert_eq!((second.version, second.entry), (2, 5));
    assert_eq!(store.flow(scope, id, None).await.unwrap(), second);
    assert_eq!(store.flow(scope, id, Some(1)).await.unwrap(), centre.flow);
    assert!(matches!(store.flow(scope, id, Some(3)).await, Err(StoreError::NotFound(_))));
    assert_eq!(store.flows(scope).await.unwrap(), vec![second]);
    let mut hours = CalendarDraft { name: "Never".into(), time_zone: "UTC".into(), weekly: vec![] };
    let changed = store.update_calendar(scope, at(6), centre.calendar.id, 1, &hours).await.unwrap();
    assert!(changed.calendar.weekly.is_empty());
    hours.weekly = vec![OpenInterval { weekday: 7, from_minute: 0, to_minute: 1 }];
    assert!(store.update_calendar(scope, at(6), centre.calendar.id, 2, &hours).await.is_err());
}

#[tokio::test]
async fn every_change_leaves_an_audit_row_that_can_be_verified_and_erased() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let person = Scope::of(centre.tenant.id, centre.agent.user.id);
    let before = store.audit_trail(&centre.scope, Page::first(100)).await.unwrap();
    let draft = customer_draft("王大明", &["13900139000"]);
    let changed = store.update_customer(&person, at(50), centre.customer.id, 1, &draft).await.unwrap();
    let trail = store.audit_trail(&centre.scope, Page::first(100)).await.unwrap();
    assert_eq!(trail.len(), before.len() + 1);
    let row = &trail[0];
    assert_eq!((row.actor, row.action.as_str(), row.at), (person.user, "customer.updated", at(50)));
    assert_eq!(row.object, changed.id.to_string());
    let payload = row.payload.as_ref().unwrap();
    assert_eq!((&payload["before"]["name"], &payload["after"]["name"]), (&"north 王小明".into(), &"王大明".into()));
    let text = format!("{trail:?}");
    assert!(!text.contains("argon2id"), "no secret in the audit trail");
    let actions: std::collections::BTreeSet<_> = trail.iter().map(|row| row.action.clone()).collect();
    assert!(actions.len() >= 13, "{actions:?}");
    let seqs: Vec<u64> = trail.iter().map(|row| row.seq).collect();
    assert_eq!(seqs, (1..=trail.len() as u64).rev().collect::<Vec<_>>());
    let report = store.verify_audit(&centre.scope).await.unwrap();
    assert_eq!(report, ChainReport { good: trail.len() as u64, fault: None });

    let erased = store.erase_audit_payload(&person, at(60), &changed.id.to_string()).await.unwrap();
    assert_eq!(erased, 2);
    let trail = store.audit_trail(&centre.scope, Page::first(100)).await.unwrap();
    assert!(trail.iter().filter(|row| row.action.starts_with("customer.")).all(|row| row.payload.is_none()));
    assert_eq!(store.verify_audit(&centre.scope).await.unwrap().fault, None, "the chain stays whole");

    let tamper = async |statement: &'static str| {
        let mut tx = store.business.tamper().await;
        sqlx::query(statement).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    tamper("UPDATE audit_payload SET payload = '{}' WHERE seq = 7").await;
    assert_eq!(store.verify_audit(&centre.scope).await.unwrap().fault, Some(ChainFault::Altered(7)));
    tamper("UPDATE audit SET actor_id = 1 WHERE seq = 3").await;
    assert_eq!(store.verify_audit(&centre.scope).await.unwrap().fault, Some(ChainFault::Altered(3)));
    tamper("DELETE FROM audit_payload WHERE seq = 2").await;
    tamper("DELETE FROM audit WHERE seq = 2").await;
    assert_eq!(store.verify_audit(&centre.scope).await.unwrap().fault, Some(ChainFault::Missing(2)));
}

#[tokio::test]
async fn notes_are_written_on_conversations_that_exist() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let call = stored_call(&store, &centre, epoch, at(10), "13800138000").await;
    let person = Scope::of(centre.tenant.id, centre.agent.user.id);
    assert_eq!(store.conversation_note(&person, call.conversation).await.unwrap(), None);
    store.put_conversation_note(&person, at(30), call.conversation, "first").await.unwrap();
    let note = store.put_conversation_note(&person, at(31), call.conversation, "second").await.unwrap();
    assert_eq!((note.version, note.updated_by), (2, person.user));
    assert_eq!(store.conversation_note(&person, call.conversation).await.unwrap(), Some(note));
    let nowhere = store.put_conversation_note(&person, at(32), ConversationId(5), "x").await;
    assert!(matches!(nowhere, Err(StoreError::NotFound(_))));
}

#[tokio::test]
async fn a_dropped_change_leaves_nothing() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let before = store.audit_trail(&centre.scope, Page::first(1)).await.unwrap()[0].seq;
    // The second number violates nothing by itself, but the whole change is refused by its site.
    let mut draft = customer_draft("Ghost", &["13900139000"]);
    draft.site = Some(SiteId(77));
    assert!(store.create_customer(&centre.scope, at(5), &draft).await.is_err());
    assert_eq!(store.resolve_customer(&centre.scope, "13900139000").await.unwrap(), None);
    assert_eq!(store.audit_trail(&centre.scope, Page::first(1)).await.unwrap()[0].seq, before);
    draft.site = None;
    store.create_customer(&centre.scope, at(6), &draft).await.unwrap();
}
