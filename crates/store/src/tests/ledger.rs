//! Appending, reading back, fencing, and what a verifier sees.

use super::*;

#[tokio::test]
async fn what_is_appended_comes_back_whole() {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let call = call(&store, &centre, at(10));
    let written = entries(&centre, epoch, 0, at(10), &call.events);
    let parties =
        vec![Party { id: call.from, raw: "13800138000".to_owned() }, Party { id: call.to, raw: String::new() }];
    store.append(&batch(&centre, epoch, written.clone(), parties)).await.unwrap();

    let mut expected = written.clone();
    for entry in &mut expected {
        entry.mono = Mono(entry.mono.0 / 1_000 * 1_000);
    }
    let partition = centre.tenant.partition;
    assert_eq!(store.history(partition).await.unwrap(), expected);
    assert_eq!(store.conversation_events(&centre.scope, call.conversation).await.unwrap(), expected);
    assert_eq!(store.events_after(&centre.scope, partition, 10, 3).await.unwrap(), expected[10..13]);
    assert_eq!(store.head(partition).await.unwrap().seq, expected.len() as u64);
    let values = store.party_values(&centre.scope, &[call.from, call.to, PartyId(1)]).await.unwrap();
    assert_eq!(values.len(), 2);
    assert_eq!(values[&call.from], PartyValue { raw: "13800138000".into(), e164: Some("+8613800138000".into()) });
    assert_eq!(values[&call.to], PartyValue { raw: String::new(), e164: None });

    // After a restart the same is there, under the next epoch.
    store.close().await.unwrap();
    let store = Store::open(config(&dir), at(100)).await.unwrap();
    assert_eq!(store.history(partition).await.unwrap(), expected);
    assert_eq!(store.acquire_lease(partition, at(100)).await.unwrap(), epoch + 1);
    assert_eq!(store.party_values(&centre.scope, &[call.from]).await.unwrap().len(), 1);
    let next = entries(&centre, epoch + 1, written.len() as u64, at(100), &[Event::FloorStarted { epoch: epoch + 1 }]);
    store.append(&batch(&centre, epoch + 1, next, vec![])).await.unwrap();
    let report = store.verify_ledger(partition).await.unwrap();
    assert_eq!(report, ChainReport { good: written.len() as u64 + 1, fault: None });
}

#[tokio::test]
async fn a_batch_larger_than_one_statement_is_stored_in_order() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let events: Vec<Event> = (0..1_234).map(|n| Event::AgentReady { agent: AgentId(n + 1) }).collect();
    let written = entries(&centre, epoch, 0, at(10), &events);
    store.append(&batch(&centre, epoch, written, vec![])).await.unwrap();
    let history = store.history(centre.tenant.partition).await.unwrap();
    assert_eq!(history.iter().map(|e| e.event.clone()).collect::<Vec<_>>(), events);
    assert_eq!(store.verify_ledger(centre.tenant.partition).await.unwrap().good, 1_234);
}

#[tokio::test]
async fn an_old_epoch_and_another_node_are_fenced() {
    let dir = tempfile::tempdir().unwrap();
    let first = Store::open(config(&dir), NEW_YEAR).await.unwrap();
    let centre = centre(&first, "north").await;
    let partition = centre.tenant.partition;
    let epoch = first.acquire_lease(partition, at(2)).await.unwrap();
    let started = |epoch, head| entries(&centre, epoch, head, at(3), &[Event::FloorStarted { epoch }]);
    first.append(&batch(&centre, epoch, started(epoch, 0), vec![])).await.unwrap();

    let second = Store::open(StoreConfig { node: 2, ..config(&dir) }, at(3)).await.unwrap();
    let refused = second.acquire_lease(partition, at(4)).await;
    assert!(matches!(refused, Err(StoreError::Fenced(p)) if p == partition), "held by a living node");
    first.renew_lease(partition, epoch, at(6)).await.unwrap();
    assert!(second.acquire_lease(partition, at(10)).await.is_err(), "renewed");
    let taken = second.acquire_lease(partition, at(12)).await.unwrap();
    assert_eq!(taken, epoch + 1);
    second.append(&batch(&centre, taken, started(taken, 1), vec![])).await.unwrap();

    let late = first.append(&batch(&centre, epoch, started(epoch, 1), vec![])).await;
    assert!(matches!(late, Err(StoreError::Fenced(_) | StoreError::OutOfOrder { .. })));
    let late = first.append(&batch(&centre, epoch, started(epoch, 2), vec![])).await;
    assert!(matches!(late, Err(StoreError::Fenced(_))), "{late:?}");
    assert!(matches!(first.renew_lease(partition, epoch, at(13)).await, Err(StoreError::Fenced(_))));
    assert_eq!(first.history(partition).await.unwrap().len(), 2);

    second.release_lease(partition, taken, at(13)).await.unwrap();
    assert_eq!(first.acquire_lease(partition, at(13)).await.unwrap(), taken + 1, "given up, so no need to wait");
}

#[tokio::test]
async fn gaps_repeats_and_mixed_batches_are_refused_and_leave_nothing() {
    let (store, _dir) = open().await;
    let (north, south) = (centre(&store, "north").await, centre(&store, "south").await);
    let epoch = leased(&store, &north).await;
    let events = [Event::AgentReady { agent: AgentId(1) }, Event::AgentReady { agent: AgentId(2) }];
    let good = entries(&north, epoch, 0, at(3), &events);
    store.append(&batch(&north, epoch, good.clone(), vec![])).await.unwrap();

    let other = [Event::AgentReady { agent: AgentId(1) }, Event::AgentReady { agent: AgentId(3) }];
    for events in [&other[..], &other[1..]] {
        let changed = store.append(&batch(&north, epoch, entries(&north, epoch, 0, at(3), events), vec![])).await;
        assert!(matches!(changed, Err(StoreError::OutOfOrder { head: 2, given: 1, .. })), "{changed:?}");
    }
    let longer = [&events[..], &other[..]].concat();
    let longer = store.append(&batch(&north, epoch, entries(&north, epoch, 0, at(3), &longer), vec![])).await;
    assert!(matches!(longer, Err(StoreError::OutOfOrder { head: 2, given: 1, .. })), "{longer:?}");
    let gap = store.append(&batch(&north, epoch, entries(&north, epoch, 3, at(4), &events), vec![])).await;
    assert!(matches!(gap, Err(StoreError::OutOfOrder { head: 2, given: 4, .. })));
    let foreign = store.append(&batch(&north, epoch, entries(&south, epoch, 2, at(4), &events), vec![])).await;
    assert!(matches!(foreign, Err(StoreError::Invalid(_))));
    let without_lease = store.append(&batch(&south, 1, entries(&south, 1, 0, at(4), &events), vec![])).await;
    assert!(matches!(without_lease, Err(StoreError::Fenced(_))));

    // One bad batch takes the good one in its transaction with it.
    let next = batch(&north, epoch, entries(&north, epoch, 2, at(4), &events), vec![]);
    let bad = batch(&south, 1, entries(&south, 1, 0, at(4), &events), vec![]);
    assert!(store.append_all(&[next.clone(), bad]).await.is_err());
    assert_eq!(store.head(north.tenant.partition).await.unwrap().seq, 2);
    store.append(&next).await.unwrap();

    let south_epoch = leased(&store, &south).await;
    let both = [
        batch(&north, epoch, entries(&north, epoch, 4, at(5), &events), vec![]),
        batch(&south, south_epoch, entries(&south, south_epoch, 0, at(5), &events), vec![]),
    ];
    store.append_all(&both).await.unwrap();
    assert_eq!(store.head(north.tenant.partition).await.unwrap().seq, 6);
    assert_eq!(store.head(south.tenant.partition).await.unwrap().seq, 2);
}

/// A commit whose answer was lost is repeated as it was; nothing is doubled.
#[tokio::test]
async fn a_repeated_append_is_a_success_and_writes_nothing() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let call = call(&store, &centre, at(10));
    let party = vec![Party { id: call.from, raw: "13800138000".to_owned() }];
    let whole = batch(&centre, epoch, entries(&centre, epoch, 0, at(10), &call.events), party);
    store.append(&whole).await.unwrap();
    store.append(&whole).await.unwrap();
    let later = entries(&centre, epoch, 15, at(60), &[Event::AgentReady { agent: centre.agent.id() }]);
    store.append(&batch(&centre, epoch, later, vec![])).await.unwrap();
    store.append(&whole).await.unwrap();
    assert_eq!(store.history(centre.tenant.partition).await.unwrap().len(), 16);
    assert_eq!(store.verify_ledger(centre.tenant.partition).await.unwrap(), ChainReport { good: 16, fault: None });
    let next = store.acquire_lease(centre.tenant.partition, at(70)).await.unwrap();
    assert!(next > epoch && matches!(store.append(&whole).await, Err(StoreError::Fenced(_))), "fenced all the same");
}

#[tokio::test]
async fn a_verifier_names_the_first_altered_or_missing_row() {
    let statements = [
        ("UPDATE ledger SET at_us = at_us + 1 WHERE seq = 4", ChainFault::Altered(4)),
        ("UPDATE ledger SET body = x'00' WHERE seq = 7", ChainFault::Altered(7)),
        ("UPDATE ledger SET conversation_id = NULL WHERE seq = 2", ChainFault::Altered(2)),
        ("UPDATE ledger SET tenant_id = 1 WHERE seq = 9", ChainFault::Altered(9)),
        ("UPDATE ledger SET hash = zeroblob(32) WHERE seq = 5", ChainFault::Altered(5)),
        ("DELETE FROM ledger WHERE seq = 6", ChainFault::Missing(6)),
        ("DELETE FROM ledger WHERE seq = 1", ChainFault::Missing(1)),
        ("DELETE FROM ledger WHERE seq > 12", ChainFault::Missing(13)),
        ("DELETE FROM ledger", ChainFault::Missing(1)),
    ];
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    stored_call(&store, &centre, epoch, at(10), "13800138000").await;
    let partition = centre.tenant.partition;
    let whole = store.history(partition).await.unwrap();
    for (statement, fault) in statements {
        let mut tx = store.ledger.begin().await.unwrap();
        sqlx::query("CREATE TEMP TABLE kept AS SELECT * FROM ledger").execute(&mut *tx).await.unwrap();
        sqlx::query(statement).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.verify_ledger(partition).await.unwrap().fault, Some(fault), "{statement}");
        let mut tx = store.ledger.begin().await.unwrap();
        sqlx::raw_sql("DELETE FROM ledger; INSERT INTO ledger SELECT * FROM kept; DROP TABLE kept")
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(store.verify_ledger(partition).await.unwrap(), ChainReport { good: 15, fault: None });
    assert_eq!(store.history(partition).await.unwrap(), whole);
}

#[tokio::test]
async fn a_destroyed_key_leaves_the_chain_whole_and_the_party_unknown() {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let call = stored_call(&store, &centre, epoch, at(10), "13800138000").await;
    let mut tx = store.keys.begin().await.unwrap();
    sqlx::query("DELETE FROM party_key WHERE tenant_id = $1").bind(centre.tenant.id.0).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await.unwrap();
    let store = Store::open(config(&dir), at(100)).await.unwrap();
    assert!(store.party_values(&centre.scope, &[call.from, call.to]).await.unwrap().is_empty());
    assert_eq!(store.verify_ledger(centre.tenant.partition).await.unwrap().fault, None);
}

#[tokio::test]
async fn ids_start_above_everything_stored_even_when_the_clock_steps_back() {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    // An id of the engine's own mint, far ahead of this store's.
    let ahead = IdMint::new(900, 0).mint::<HandlingId>(at(1_000_000));
    let event =
        Event::HandlingMuted { conversation: ConversationId(5), handling: ahead, agent: centre.agent.id(), on: true };
    store.append(&batch(&centre, epoch, entries(&centre, epoch, 0, at(9), &[event]), vec![])).await.unwrap();
    assert_eq!(store.greatest_id().await.unwrap(), ahead.0);
    store.close().await.unwrap();
    let store = Store::open(config(&dir), Utc(0)).await.unwrap();
    assert!(store.mint::<CustomerId>(Utc(0)).0 > ahead.0);
}

#[tokio::test]
async fn callers_are_told_alike_in_every_spelling_and_not_once_their_key_is_destroyed() {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let first = stored_call(&store, &centre, epoch, at(10), "13800138000").await;
    let second = stored_call(&store, &centre, epoch, at(30), "+86 138 0013 8000").await;
    let other = stored_call(&store, &centre, epoch, at(50), "8001").await;
    let withheld = stored_call(&store, &centre, epoch, at(70), "").await;
    let all = [other.from, withheld.from, second.from, first.from];
    let alike = async |calling: &str| store.parties_alike(&centre.scope, &all, calling).await.unwrap();
    assert_eq!(alike("0086-13800138000").await, [first.from, second.from]);
    assert_eq!(alike("8001").await, [other.from]);
    assert!(alike("13800138001").await.is_empty() && alike("").await.is_empty());
    let mut tx = store.keys.begin().await.unwrap();
    sqlx::query("DELETE FROM party_key").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await.unwrap();
    let store = Store::open(config(&dir), at(100)).await.unwrap();
    assert!(store.parties_alike(&centre.scope, &all, "8001").await.unwrap().is_empty());
}
