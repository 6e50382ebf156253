//! The switches of the test hook.

use super::*;

#[tokio::test]
async fn a_stalled_commit_waits_and_then_succeeds() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    store.faults().stall_for(Duration::from_millis(300));
    assert!(store.faults().is_stalled());
    let first = batch(&centre, epoch, entries(&centre, epoch, 0, at(3), &[Event::FloorStarted { epoch }]), vec![]);
    let early = tokio::time::timeout(Duration::from_millis(100), store.append(&first)).await;
    assert!(early.is_err(), "the commit should still wait");
    // The dropped append left nothing behind, and the next one waits for the rest of the stall.
    assert_eq!(store.head(centre.tenant.partition).await.unwrap().seq, 0);
    store.append(&first).await.unwrap();
    assert!(!store.faults().is_stalled());
    assert_eq!(store.head(centre.tenant.partition).await.unwrap().seq, 1);
    // Business records are not held up.
    store.faults().stall_for(Duration::from_secs(60));
    store.create_skill(&centre.scope, at(4), "Other").await.unwrap();
}

#[tokio::test]
async fn a_failed_commit_leaves_nothing_and_the_next_one_succeeds() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let call = call(&store, &centre, at(3));
    let parties = vec![Party { id: call.from, raw: "13800138000".to_owned() }];
    let whole = batch(&centre, epoch, entries(&centre, epoch, 0, at(3), &call.events), parties);
    store.faults().fail_commits(true);
    assert!(matches!(store.append(&whole).await, Err(StoreError::Injected)));
    assert_eq!(store.head(centre.tenant.partition).await.unwrap(), Head::default());
    assert!(store.party_values(&centre.scope, &[call.from]).await.unwrap().is_empty());
    store.faults().fail_commits(false);
    store.append(&whole).await.unwrap();
    assert_eq!(store.party_values(&centre.scope, &[call.from]).await.unwrap().len(), 1);
}
