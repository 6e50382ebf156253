//! Keys of recordings: made before the first chunk, wrapped anew while everything goes on, never two live ones for the same.

use sqlx::Row;

use super::*;

/// How many versions of the tenant's key there are, and under how many of them a recording stands.
async fn versions(world: &World) -> (i64, i64) {
    let count = |sql: &'static str| sqlx::query(sql).fetch_one(world.store.keys.readers());
    let all = count("SELECT COUNT(*) FROM recording_tenant_key").await.unwrap().get(0);
    let used = count("SELECT COUNT(DISTINCT version) FROM recording_key").await.unwrap().get(0);
    (all, used)
}

#[tokio::test]
async fn keys_are_rotated_while_thirty_recordings_are_written_and_a_kill_in_the_middle_harms_none() {
    let mut world = World::new().await;
    let mut ids = Vec::new();
    for _ in 0..30 {
        ids.push(world.begin().await);
    }
    // Older ones, so that a rotation takes several batches.
    let tenant = world.centre.tenant.id;
    for _ in 0..180 {
        let (conversation, recording) = (world.store.mint(at(1)), world.store.mint(at(1)));
        world.store.create_recording(tenant, conversation, recording, at(1)).await.unwrap();
    }
    let sounds: Vec<Vec<u8>> = (0..4).map(|n| tone(n, 8_000)).collect();
    for (second, bytes) in sounds.iter().enumerate() {
        for id in &ids {
            world.writer.append(*id, &sound(0, PortRole::Customer, second as u64 * 8_000, bytes)).unwrap();
        }
        world.writer.sync().unwrap();
        if second == 1 {
            // Killed after the first batch.
            world.store.begin_key_rotation(tenant, at(2)).await.unwrap();
            let (_, rewrapped) = world.store.rewrap_some(tenant).await.unwrap();
            assert!(rewrapped > 0);
            assert_eq!(versions(&world).await, (2, 2));
            ids.push(world.begin().await);
        }
    }
    // In the middle, every recording is readable, whichever version it is under.
    for id in &ids[..30] {
        assert_eq!(side(&whole_wav(&mut world.reader(*id).await.unwrap()).await, 0).len(), 32_000);
    }
    world.restart().await;
    assert_eq!(versions(&world).await, (1, 1), "the start has finished the rotation");
    assert_eq!(world.left.len(), 31);
    for id in &ids[..30] {
        let manifest = world.recordings.seal(*id).await.unwrap();
        world.record_seal(*id, &manifest).await;
        let left = side(&whole_wav(&mut world.reader(*id).await.unwrap()).await, 0);
        assert!((0..4).all(|second| left[second * 8_000..][..8_000] == decoded(&sounds[second])));
    }
    let rotation = world.store.rotate_recording_keys(&world.centre.scope, at(40)).await.unwrap();
    assert_eq!((rotation.version, rotation.rewrapped, rotation.destroyed), (3, 211, 1));
    assert_eq!(versions(&world).await, (1, 1));
    assert_eq!(world.verify().await.good, 30);
    let trail = world.store.audit_trail(&world.centre.scope, Page::first(10)).await.unwrap();
    assert!(trail.iter().any(|row| row.action == "recording_keys.rotated"));
}

#[tokio::test]
async fn a_wrapped_key_opens_in_no_other_place() {
    let mut world = World::new().await;
    let (one, other) = (world.small_recording(1).await, world.small_recording(1).await);
    let mut tx = world.store.keys.begin().await.unwrap();
    sqlx::query("UPDATE recording_key SET wrapped = (SELECT wrapped FROM recording_key WHERE recording_id = $1) WHERE recording_id = $2")
        .bind(one.0)
        .bind(other.0)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(world.reader(one).await.is_ok());
    assert!(matches!(world.reader(other).await, Err(RecordingError::Unavailable(StoreError::Corrupt(_)))));
}

#[tokio::test]
async fn a_recording_gets_one_key_only() {
    let mut world = World::new().await;
    let id = world.begin().await;
    let again = world.store.create_recording(world.centre.tenant.id, ConversationId(1), id, at(5)).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))));
}
