//! Rows folded from the ledger.

use super::*;

async fn all(store: &Store, centre: &Centre) -> Vec<ConversationRow> {
    store.list_conversations(&centre.scope, &ConversationFilter::default(), Page::first(PAGE_MAX)).await.unwrap()
}

#[tokio::test]
async fn an_answered_call_becomes_one_row() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let call = stored_call(&store, &centre, epoch, at(10), "13800138000").await;
    let row = store.conversation(&centre.scope, call.conversation).await.unwrap();
    let expected = ConversationRow {
        id: call.conversation,
        channel: Channel::Voice,
        direction: Direction::Inbound,
        language: Language::Zh,
        state: ConversationState::Ended,
        started_at: at(10),
        answered_at: Some(at(17)),
        ended_at: Some(at(24)),
        number: Some(centre.number.id),
        from: call.from,
        to: call.to,
        customer: Some(centre.customer.id),
        queue: Some(centre.queue.queue.id),
        agent: Some(centre.agent.id()),
        site: Some(centre.site.id),
        thread: call.conversation,
        parent: None,
        wait_ms: Some(3_000),
        talk_ms: Some(2_000),
        hold_ms: Some(1_000),
        wrap_up_ms: Some(2_000),
        end: Some((EndedBy::Customer, EndReason::HungUp)),
        disposition: Some(centre.disposition.id),
        is_vip: false,
        outbound: None,
    };
    assert_eq!(row, expected);
    assert_eq!(store.last_contact(&centre.scope, centre.customer.id, None).await.unwrap(), Some(at(10)));
    let except = Some(call.conversation);
    assert_eq!(store.last_contact(&centre.scope, centre.customer.id, except).await.unwrap(), None);
}

/// However the events arrive, in whatever pieces, again, late or after a restart, the rows are those of a rebuild.
#[tokio::test]
async fn pieces_repeats_gaps_and_restarts_give_the_rows_of_a_rebuild() {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let mut events = Vec::new();
    let calls: Vec<Call> = (0..8).map(|n| call(&store, &centre, at(10 + n))).collect();
    // Calls run into each other, and the last is left unfinished.
    for step in 0..calls[0].events.len() {
        for (n, call) in calls.iter().enumerate() {
            if n + 1 < calls.len() || step < 9 {
                events.push(call.events[step].clone());
            }
        }
    }
    let all_entries = entries(&centre, epoch, 0, at(10), &events);
    for chunk in all_entries.chunks(7) {
        store.append(&batch(&centre, epoch, chunk.to_vec(), vec![])).await.unwrap();
    }
    store.project(&all_entries[0..20]).await.unwrap();
    store.project(&all_entries[10..25]).await.unwrap();
    store.project(&all_entries[0..20]).await.unwrap();
    assert_eq!(store.projected(centre.tenant.partition).await.unwrap(), 25);
    store.close().await.unwrap();
    let store = Store::open(config(&dir), at(60)).await.unwrap();
    store.project(&all_entries[25..60]).await.unwrap();
    // A gap: entries 60..70 were never handed over; they are read from the ledger.
    store.project(&all_entries[70..80]).await.unwrap();
    store.catch_up(centre.tenant.partition).await.unwrap();
    assert_eq!(store.projected(centre.tenant.partition).await.unwrap(), all_entries.len() as u64);

    let folded = all(&store, &centre).await;
    assert_eq!(folded.len(), 8);
    let live = ConversationFilter { state: Some(ConversationState::Live), ..Default::default() };
    let live = store.list_conversations(&centre.scope, &live, Page::first(10)).await.unwrap();
    assert_eq!(live.iter().map(|row| row.id).collect::<Vec<_>>(), vec![calls[7].conversation]);
    store.rebuild_reports(centre.tenant.partition).await.unwrap();
    assert_eq!(all(&store, &centre).await, folded);
}

#[tokio::test]
async fn a_list_is_paged_without_gaps_or_repeats_and_filtered() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let mut made = Vec::new();
    for n in 0..7 {
        // Two of each begin at the same moment.
        made.push(stored_call(&store, &centre, epoch, at(100 + n / 2), "13800138000").await.conversation);
    }
    let mut seen = Vec::new();
    let mut page = Page::first(2);
    loop {
        let rows = store.list_conversations(&centre.scope, &ConversationFilter::default(), page).await.unwrap();
        let Some(last) = rows.last() else { break };
        page.after = Some(ConversationKey { started_at: last.started_at, id: last.id });
        seen.extend(rows.iter().map(|row| row.id));
    }
    made.reverse();
    assert_eq!(seen, made);

    let count = async |filter: ConversationFilter| {
        store.list_conversations(&centre.scope, &filter, Page::first(100)).await.unwrap().len()
    };
    let none = ConversationFilter::default();
    assert_eq!(count(ConversationFilter { state: Some(ConversationState::Live), ..none }).await, 0);
    assert_eq!(count(ConversationFilter { state: Some(ConversationState::Ended), ..none }).await, 7);
    assert_eq!(count(ConversationFilter { queue: Some(centre.queue.queue.id), ..none }).await, 7);
    assert_eq!(count(ConversationFilter { queue: Some(QueueId(1)), ..none }).await, 0);
    assert_eq!(count(ConversationFilter { agent: Some(centre.agent.id()), ..none }).await, 7);
    assert_eq!(count(ConversationFilter { agent: Some(AgentId(1)), ..none }).await, 0);
    assert_eq!(count(ConversationFilter { customer: Some(centre.customer.id), ..none }).await, 7);
    assert_eq!(count(ConversationFilter { customer: Some(CustomerId(1)), ..none }).await, 0);
}

#[tokio::test]
async fn a_reader_may_wait_for_its_own_write() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let partition = centre.tenant.partition;
    let epoch = leased(&store, &centre).await;
    let first = entries(&centre, epoch, 0, at(3), &[Event::FloorStarted { epoch }]);
    store.append(&batch(&centre, epoch, first.clone(), vec![])).await.unwrap();
    assert!(!store.wait_projected(partition, 1, Duration::from_millis(50)).await.unwrap());
    let waiting = {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.wait_projected(partition, 1, Duration::from_secs(20)).await.unwrap() })
    };
    store.project(&first).await.unwrap();
    assert!(waiting.await.unwrap());
    assert!(store.wait_projected(partition, 1, Duration::ZERO).await.unwrap());
}

#[tokio::test]
async fn integrators_have_views() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    stored_call(&store, &centre, epoch, at(10), "13800138000").await;
    let one = |rows: Vec<sqlx::sqlite::SqliteRow>| assert_eq!(rows.len(), 1);
    one(sqlx::query("SELECT * FROM v_calls").fetch_all(store.reports.readers()).await.unwrap());
    one(sqlx::query("SELECT * FROM v_agents").fetch_all(store.business.readers()).await.unwrap());
    one(sqlx::query("SELECT * FROM v_queues WHERE agents = 1").fetch_all(store.business.readers()).await.unwrap());
}
