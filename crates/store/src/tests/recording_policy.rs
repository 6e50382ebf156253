//! What is recorded: the policy, the modes of queues, and what the switch of before became.

use std::time::Duration;

use domain::recording_policy::{RecordingMode, RecordingPolicy, SharePercent};

use super::*;

fn modes() -> [RecordingMode; 4] {
    let share = SharePercent::new(30).unwrap();
    [RecordingMode::OnDemand, RecordingMode::Share(share), RecordingMode::None, RecordingMode::All]
}

#[tokio::test]
async fn the_policy_comes_back_as_it_was_set_and_a_stale_one_is_refused() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    assert_eq!(store.recording_policy(scope).await.unwrap(), RecordingPolicyRecord::default());
    assert_eq!(store.load_settings(scope).await.unwrap().recording, RecordingPolicy::default());
    for (version, outbound) in (0..).zip(modes()) {
        let pause_max = Duration::from_secs(30 + version);
        let policy =
            RecordingPolicy { before_queue: version == 1, outbound, pause_max, consent_required: version != 2 };
        let put = store.put_recording_policy(scope, at(5), version, &policy).await.unwrap();
        assert_eq!(put, RecordingPolicyRecord { policy, version: version + 1 });
        assert_eq!(store.recording_policy(scope).await.unwrap(), put);
        assert_eq!(store.load_settings(scope).await.unwrap().recording, policy);
    }
    let stale = store.put_recording_policy(scope, at(6), 1, &RecordingPolicy::default()).await;
    assert!(matches!(stale, Err(StoreError::Conflict(_))));
}

#[tokio::test]
async fn a_queue_keeps_its_mode() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    let mut record = store.queue(scope, centre.queue.queue.id).await.unwrap();
    for recording in modes() {
        let draft = QueueDraft { recording, ..queue_draft("north queue", &centre.site, &[], &[]) };
        record = store.update_queue(scope, at(7), record.queue.id, record.version, &draft).await.unwrap();
        assert_eq!(store.queue(scope, record.queue.id).await.unwrap().queue.recording, recording);
    }
}
