//! Erasing: whole or gone, whatever step a kill comes after; nothing is left; holds stand against it.

use domain::recording::ErasureCause;

use super::*;

impl World {
    /// What the owner of the floor does: finishes what was noted and has the ledger say it.
    async fn finish_erasures(&mut self) -> usize {
        let tenant = self.centre.tenant.id;
        let unfinished = self.store.unfinished_erasures(tenant, None).await.unwrap();
        self.recordings.carry_out(&unfinished, at(40)).await.unwrap();
        for erasure in &unfinished {
            if !self.store.is_erasure_told(tenant, erasure).await.unwrap() {
                let Erasure { conversation, recording, cause, .. } = *erasure;
                self.record(&[Event::RecordingErased { conversation, recording, cause }]).await;
            }
            self.store.erasure_told(tenant, erasure.recording).await.unwrap();
        }
        unfinished.len()
    }

    async fn erase(&self, recording: RecordingId, reason: &str) -> Result<(), RecordingError> {
        let (scope, cause) = (self.admin(), ErasureCause::Request);
        self.recordings.erase(&scope, at(30), recording, cause, Some(reason)).await
    }

    fn admin(&self) -> Scope {
        Scope::of(self.centre.tenant.id, self.centre.agent.user.id)
    }
}

fn erased_only() -> RecordingsReport {
    RecordingsReport { erased: 1, ..RecordingsReport::default() }
}

#[tokio::test]
async fn an_erased_recording_is_gone_for_good_and_the_trail_says_who_did_it() {
    let mut world = World::new().await;
    let id = world.small_recording(2).await;
    assert!(matches!(world.erase(id, "asked for").await, Err(RecordingError::StillLive)));
    world.finish(id).await;
    let without = world.erase(id, "  ").await;
    assert!(matches!(without, Err(RecordingError::Unavailable(StoreError::Invalid("reason")))), "{without:?}");
    world.erase(id, "asked for").await.unwrap();
    world.erase(id, "again").await.unwrap();
    assert!(matches!(world.reader(id).await, Err(RecordingError::KeyDestroyed)));
    assert_eq!(world.finish_erasures().await, 1);
    assert_eq!(world.finish_erasures().await, 0);
    assert_eq!(world.verify().await, erased_only());
    let trail = world.store.audit_trail(&world.centre.scope, Page::first(10)).await.unwrap();
    let rows: Vec<_> = trail.iter().filter(|row| row.action == "recording.erased").collect();
    assert_eq!(rows.len(), 1, "only the first time counts");
    assert_eq!((rows[0].object.clone(), rows[0].actor), (id.to_string(), world.admin().user));
    let after = &rows[0].payload.as_ref().unwrap()["after"];
    assert_eq!((&after["cause"], &after["reason"]), (&"request".into(), &"asked for".into()));
}

#[tokio::test]
async fn a_kill_after_any_step_leaves_a_recording_that_is_whole_or_gone() {
    for steps in 0..=5 {
        let mut world = World::new().await;
        let id = world.small_recording(2).await;
        world.finish(id).await;
        let (scope, conversation) = (world.admin(), world.conversations[&id]);
        if steps >= 1 {
            let cause = ErasureCause::Request;
            assert!(world.recordings.note_erasure(&scope, at(30), id, cause, Some("x")).await.unwrap());
        }
        if steps >= 2 {
            world.store.destroy_recording_key(id, at(30)).await.unwrap();
        }
        if steps >= 3 {
            let name = world.objects_disk.list("").unwrap().remove(0).0;
            world.objects.delete(&ObjectKey::new(&name).unwrap()).await.unwrap();
        }
        if steps >= 4 {
            world.record(&[Event::RecordingErased { conversation, recording: id, cause: ErasureCause::Request }]).await;
        }
        if steps >= 5 {
            world.store.erasure_told(world.centre.tenant.id, id).await.unwrap();
        }
        // Killed here. What was noted is heard by nobody, and is no fault.
        world.segments.lose_power(&mut Dice(steps));
        world.objects_disk.lose_power(&mut Dice(steps));
        world.restart().await;
        let report = world.verify().await;
        assert_eq!(report.faults, [], "after {steps} steps");
        assert_eq!(world.reader(id).await.is_ok(), steps == 0, "after {steps} steps");
        assert_eq!(world.finish_erasures().await, usize::from((1..5).contains(&steps)));
        let report = world.verify().await;
        if steps == 0 {
            assert_eq!((report.good, report.erased), (1, 0));
            whole_wav(&mut world.reader(id).await.unwrap()).await;
        } else {
            assert_eq!(report, erased_only(), "after {steps} steps");
            assert_eq!(world.objects_disk.list("").unwrap(), [], "after {steps} steps");
        }
        let told = world.store.events_of(world.centre.tenant.id, conversation).await.unwrap();
        let facts = told.iter().filter(|entry| matches!(entry.event, Event::RecordingErased { .. })).count();
        assert_eq!(facts, usize::from(steps > 0), "after {steps} steps");
    }
}

/// Every file of the data directory, and what is on the disks of recordings.
#[tokio::test]
async fn nothing_is_left_of_an_erased_recording() {
    let mut world = World::new().await;
    let id = world.small_recording(2).await;
    world.finish(id).await;
    let wrapped = world.wrapped_key(id).await.unwrap();
    assert!(wrapped.len() > 32);
    let log = world._dir.path().join("data/keys.db-wal");
    assert!(std::fs::metadata(&log).unwrap().len() > 0, "the key was written through the log");
    world.erase(id, "x").await.unwrap();
    world.finish_erasures().await;
    assert_eq!(world.wrapped_key(id).await, None);
    assert_eq!(std::fs::metadata(&log).unwrap().len(), 0, "no old page is left in the log");
    let mut writer = world.store.keys.begin().await.unwrap();
    let zeroes = sqlx::query("PRAGMA secure_delete").fetch_one(&mut *writer).await.unwrap();
    assert_eq!(sqlx::Row::get::<i64, _>(&zeroes, 0), 1, "and freed bytes in the file are overwritten");
    drop(writer);
    assert_eq!(world.objects_disk.list("").unwrap(), []);
    // The segment goes with the next sync, once the writer has begun another.
    world.writer.sync().unwrap();
    world.restart().await;
    world.writer.sync().unwrap();
    assert_eq!(world.segments.list("").unwrap(), []);
}

#[tokio::test]
async fn what_comes_back_after_an_erasure_is_named() {
    let mut world = World::new().await;
    let id = world.small_recording(2).await;
    world.finish(id).await;
    let name = ObjectKey::new(&world.objects_disk.list("").unwrap().remove(0).0).unwrap();
    let object = world.objects.get(&name).await.unwrap().unwrap();
    let wrapped = world.wrapped_key(id).await.unwrap();
    world.erase(id, "x").await.unwrap();
    world.finish_erasures().await;
    let fault = async |world: &World| {
        let report = world.verify().await;
        assert_eq!(report.faults.len(), 1, "{report:?}");
        (report.faults[0].kind, report.faults[0].recording)
    };
    world.objects.put(&name, &object).await.unwrap();
    assert_eq!(fault(&world).await, (FaultKind::NotErased, id));
    // A copy of `keys.db` from before was put back.
    let mut tx = world.store.keys.begin().await.unwrap();
    let back = sqlx::query("UPDATE recording_key SET wrapped = $1").bind(wrapped);
    back.execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(fault(&world).await, (FaultKind::NotErased, id));
    assert!(matches!(world.reader(id).await, Err(RecordingError::KeyDestroyed)), "nobody hears it all the same");
    world.erase(id, "again").await.unwrap();
    assert_eq!(world.wrapped_key(id).await, None);
    assert_eq!(world.verify().await, erased_only());
}

#[tokio::test]
async fn what_a_first_try_noted_and_did_not_do_is_done_by_the_second() {
    let mut world = World::new().await;
    let id = world.small_recording(2).await;
    world.finish(id).await;
    let cause = ErasureCause::Request;
    assert!(world.recordings.note_erasure(&world.admin(), at(30), id, cause, Some("x")).await.unwrap());
    assert!(world.wrapped_key(id).await.is_some());
    world.erase(id, "again").await.unwrap();
    assert_eq!((world.wrapped_key(id).await, world.objects_disk.list("").unwrap()), (None, vec![]));
    let trail = world.store.audit_trail(&world.centre.scope, Page::first(10)).await.unwrap();
    assert_eq!(trail.iter().filter(|row| row.action == "recording.erased").count(), 1);
    assert_eq!(world.finish_erasures().await, 1);
    assert_eq!(world.verify().await, erased_only());
}

#[tokio::test]
async fn a_key_destroyed_without_a_fact_is_no_erasure() {
    let mut world = World::new().await;
    let id = world.small_recording(2).await;
    world.finish(id).await;
    world.erase(id, "x").await.unwrap();
    // Noted as told, and the ledger does not say it.
    world.store.erasure_told(world.centre.tenant.id, id).await.unwrap();
    assert_eq!(world.verify().await.faults[0].kind, FaultKind::Missing);
}

#[tokio::test]
async fn a_hold_stands_against_erasing_and_is_lifted_by_its_own_place() {
    let mut world = World::new().await;
    let id = world.listed(Tracks::Heard).await;
    let (store, scope, conversation) = (world.store.clone(), world.admin(), world.conversations[&id]);
    let (one, all) = (Held::Recording(id), Held::Conversation(conversation));
    let hold = store.put_hold(&scope, at(30), one, " lawsuit ").await.unwrap();
    assert_eq!(hold, Hold { at: at(30), by: scope.user.unwrap(), reason: "lawsuit".to_owned() });
    assert!(matches!(world.erase(id, "x").await, Err(RecordingError::OnHold)));
    let changed = store.put_hold(&scope, at(31), one, "another").await.unwrap();
    assert_eq!((changed.at, changed.reason.as_str()), (at(30), "another"), "it is the same hold");
    store.put_hold(&scope, at(32), all, "the whole").await.unwrap();
    store.lift_hold(&scope, at(33), one, "over").await.unwrap();
    assert!(matches!(store.lift_hold(&scope, at(33), one, "over").await, Err(StoreError::NotFound("hold"))));
    assert!(matches!(world.erase(id, "x").await, Err(RecordingError::OnHold)), "its conversation is held");
    let marks = store.recording_marks(&scope, &[conversation]).await.unwrap();
    assert_eq!(marks.hold(conversation, id).unwrap().reason, "the whole");
    assert_eq!(marks.hold(conversation, RecordingId(4_711)).unwrap().reason, "the whole", "and what is still to come");
    assert_eq!(world.recordings_listed(RecordingList::Held).await, [id]);
    store.lift_hold(&scope, at(34), all, "over").await.unwrap();
    assert_eq!(world.recordings_listed(RecordingList::Held).await, []);
    world.erase(id, "x").await.unwrap();
    assert!(matches!(store.put_hold(&scope, at(35), one, "late").await, Err(StoreError::Conflict(_))));
    world.finish_erasures().await;
    assert_eq!(world.recordings_listed(RecordingList::State(RecordingState::Erased)).await, [id]);
    let trail = store.audit_trail(&world.centre.scope, Page::first(20)).await.unwrap();
    let actions: Vec<_> = trail.iter().rev().map(|row| row.action.as_str()).collect();
    let told =
        ["recording.held", "recording.held", "conversation.held", "recording.hold_lifted", "conversation.hold_lifted"];
    assert!(actions.windows(5).any(|five| five == told), "{actions:?}");
}
