//! Whoever changes, removes or cuts off something is found out, by name.

use super::*;

async fn object_of(world: &World) -> String {
    let mut objects = world.objects_disk.list("").unwrap();
    assert_eq!(objects.len(), 1);
    objects.remove(0).0
}

fn the_fault(report: &RecordingsReport) -> &VerifyFault {
    assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
    &report.faults[0]
}

#[tokio::test]
async fn one_flipped_byte_in_any_chunk_of_a_sealed_recording_is_named() {
    let mut world = World::new().await;
    let id = world.small_recording(4).await;
    world.finish(id).await;
    assert_eq!(world.verify().await, RecordingsReport { good: 1, ..RecordingsReport::default() });
    let name = object_of(&world).await;
    let size = world.objects_disk.size(&name).unwrap().unwrap() as usize;
    let chunk = 44 + 8_000 + 16;
    for place in (0..8 * chunk).step_by(1_009).chain([0, 3, 5, 20, 43, chunk - 1]) {
        world.objects_disk.flip(&name, place);
        let report = world.verify().await;
        let fault = the_fault(&report);
        assert_eq!((fault.kind, fault.recording), (FaultKind::Altered, id));
        let (second, track, inside) = (place / chunk / 2, place / chunk % 2, place % chunk);
        // The header itself says which chunk it is, unless it is the header that was changed.
        if inside >= 44 {
            assert!(
                fault.detail.contains(&format!("chunk {second} of track {track}")),
                "byte {place}: {}",
                fault.detail
            );
        }
        let mut reader = world.reader(id).await.unwrap();
        let heard = reader.wav_range(44 + 32_000 * second as u64, 32_000).await;
        assert!(matches!(heard, Err(RecordingError::Altered(_))), "byte {place}");
        let elsewhere = reader.wav_range(44 + 32_000 * ((second as u64 + 2) % 4), 32_000).await;
        assert!(elsewhere.is_ok(), "the others still play");
        world.objects_disk.flip(&name, place);
    }
    for place in [8 * chunk + 60, size - 20, size - 12, size - 1] {
        world.objects_disk.flip(&name, place);
        assert_eq!(the_fault(&world.verify().await).kind, FaultKind::Altered, "byte {place}");
        assert!(matches!(world.reader(id).await, Err(RecordingError::Altered(_))));
        world.objects_disk.flip(&name, place);
    }
    assert_eq!(world.verify().await.faults, []);
}

#[tokio::test]
async fn a_truncated_a_removed_and_a_foreign_object_are_named() {
    let mut world = World::new().await;
    let id = world.small_recording(2).await;
    world.finish(id).await;
    let name = object_of(&world).await;
    let key = ObjectKey::new(&name).unwrap();
    let whole = world.objects.get(&key).await.unwrap().unwrap();
    world.objects.put(&key, &whole[..whole.len() - 8_100]).await.unwrap();
    assert_eq!(the_fault(&world.verify().await).kind, FaultKind::Truncated);
    assert!(matches!(world.reader(id).await, Err(RecordingError::Truncated(_))));
    world.objects.put(&key, &[whole.as_slice(), b"more"].concat()).await.unwrap();
    assert_eq!(the_fault(&world.verify().await).kind, FaultKind::Altered);
    assert!(matches!(world.reader(id).await, Err(RecordingError::Altered(_))));
    world.objects.delete(&key).await.unwrap();
    assert_eq!(the_fault(&world.verify().await).kind, FaultKind::Missing);
    assert!(matches!(world.reader(id).await, Err(RecordingError::Truncated(_))));
    world.objects.put(&key, &whole).await.unwrap();
    let stranger: RecordingId = world.store.mint(at(9));
    let foreign = ObjectKey::new(&name.replace(&id.to_string(), &stranger.to_string())).unwrap();
    world.objects.put(&foreign, &whole).await.unwrap();
    let report = world.verify().await;
    assert_eq!((the_fault(&report).kind, the_fault(&report).recording), (FaultKind::NeverSealed, stranger));
    assert_eq!(report.good, 1);
}

#[tokio::test]
async fn one_flipped_byte_in_a_live_segment_is_named() {
    let mut world = World::new().await;
    let id = world.small_recording(3).await;
    let report = world.verify().await;
    assert_eq!((report.waiting, report.waiting_chunks, report.faults.len()), (1, 6, 0));
    let name = world.segments.list("").unwrap().remove(0).0;
    // The last chunk may be one that a kill cut short, so it alone is not held against anybody.
    for place in (0..5 * 8_060).step_by(997) {
        world.segments.flip(&name, place);
        let report = world.verify().await;
        let is_named = report.faults.first().is_some_and(|f| f.kind == FaultKind::Altered && f.recording == id);
        assert!(is_named || report.waiting_chunks < 6, "byte {place}: {report:?}");
        world.segments.flip(&name, place);
    }
}

#[tokio::test]
async fn a_key_destroyed_behind_our_back_is_named() {
    let mut world = World::new().await;
    let id = world.small_recording(2).await;
    world.finish(id).await;
    let mut tx = world.store.keys.begin().await.unwrap();
    sqlx::query("UPDATE recording_key SET wrapped = NULL").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let report = world.verify().await;
    assert_eq!((the_fault(&report).kind, the_fault(&report).recording), (FaultKind::Missing, id));
}

#[tokio::test]
async fn a_recording_is_out_of_reach_of_another_tenant_and_team() {
    let mut world = World::new().await;
    let id = world.small_recording(1).await;
    world.finish(id).await;
    let other = centre(&world.store, "south").await;
    let strangers =
        [other.scope, world.centre.scope.reaching(Reach::Own), world.centre.scope.reaching(Reach::Team(other.team.id))];
    for scope in strangers {
        assert!(matches!(world.recordings.reader(&scope, id).await, Err(RecordingError::NotFound)));
        assert!(matches!(
            world.recordings.erase(&scope, at(9), id, ErasureCause::Request, Some("x")).await,
            Err(RecordingError::NotFound)
        ));
        assert!(matches!(
            world.recordings.note_download(&scope, at(9), id, ("wav", false), "x").await,
            Err(RecordingError::NotFound)
        ));
        assert!(matches!(world.recordings.note_play(&scope, at(9), id, true).await, Err(RecordingError::NotFound)));
    }
    world.recordings.note_download(&world.centre.scope, at(9), id, ("wav", false), "x").await.unwrap();
}
