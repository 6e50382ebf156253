//! The policy is applied to what exists, holds and queues count, and what is not there is noted.

use domain::retention::RetentionPolicy;

use super::*;

const DAY: i64 = 86_400;

fn days(days: i64) -> Utc {
    at(days * DAY)
}

impl World {
    async fn keep_for(&self, recordings_days: Option<u32>, messages_days: Option<u32>) {
        let version = self.store.retention_policy(&self.centre.scope).await.unwrap().version;
        let policy = RetentionPolicy { recordings_days, messages_days };
        self.store.put_retention_policy(&self.centre.scope, at(50), version, &policy).await.unwrap();
    }

    pub(super) async fn recordings_listed(&self, list: RecordingList) -> Vec<RecordingId> {
        let filter = RecordingFilter { list: Some(list), ..RecordingFilter::default() };
        let rows = self.store.list_recordings(&self.centre.scope, &filter, Page::first(100)).await.unwrap();
        rows.into_iter().map(|(row, _)| row.id).collect()
    }

    async fn erase_due(&self, now: Utc) -> u64 {
        self.recordings.erase_due(self.centre.tenant.id, now).await.unwrap()
    }

    async fn queue_keeps(&mut self, retention_days: Option<u32>) {
        let queue = &self.centre.queue;
        let draft = QueueDraft {
            retention_days,
            ..queue_draft("kept", &self.centre.site, &[self.centre.skill.id], &queue.agents)
        };
        let changed = self.store.update_queue(&self.centre.scope, at(51), queue.queue.id, queue.version, &draft).await;
        self.centre.queue = changed.unwrap();
        assert_eq!(self.store.queue(&self.centre.scope, self.centre.queue.queue.id).await.unwrap(), self.centre.queue);
    }
}

#[tokio::test]
async fn a_shortened_policy_is_applied_to_what_exists_and_a_lengthened_one_keeps_the_rest() {
    let mut world = World::new().await;
    let (talk, message) = (world.listed(Tracks::Heard).await, world.listed(Tracks::Customer).await);
    assert_eq!(world.erase_due(days(9_999)).await, 0, "for ever, until somebody says otherwise");
    world.keep_for(Some(30), Some(7)).await;
    assert_eq!(world.erase_due(days(7)).await, 0, "began a few seconds later");
    assert_eq!(world.erase_due(days(8)).await, 1);
    assert!(matches!(world.reader(message).await, Err(RecordingError::KeyDestroyed)));
    assert!(world.reader(talk).await.is_ok());
    world.keep_for(Some(60), Some(7)).await;
    assert_eq!(world.erase_due(days(31)).await, 0);
    world.keep_for(Some(10), None).await;
    assert_eq!(world.erase_due(days(31)).await, 1);
    assert_eq!(world.erase_due(days(31)).await, 0);
    let marks = world.store.recording_marks(&world.centre.scope, &[world.conversations[&talk]]).await.unwrap();
    let erasure = marks.erasure(talk).unwrap();
    assert_eq!((erasure.cause, erasure.by, &erasure.reason), (ErasureCause::Retention, None, &None));
}

#[tokio::test]
async fn a_queue_keeps_shorter_or_longer_than_its_centre() {
    let mut world = World::new().await;
    let one = world.listed(Tracks::Heard).await;
    world.keep_for(Some(30), None).await;
    world.queue_keeps(Some(90)).await;
    assert_eq!(world.erase_due(days(60)).await, 0);
    world.queue_keeps(None).await;
    let other = world.listed(Tracks::Heard).await;
    world.queue_keeps(Some(2)).await;
    assert_eq!(world.erase_due(days(3)).await, 2);
    for id in [one, other] {
        assert!(world.reader(id).await.is_err());
    }
    for wrong in [0, 3_651] {
        let draft = QueueDraft { retention_days: Some(wrong), ..queue_draft("x", &world.centre.site, &[], &[]) };
        let made = world.store.create_queue(&world.centre.scope, at(1), &draft).await;
        assert!(matches!(made, Err(StoreError::Invalid("retention_days"))));
    }
}

#[tokio::test]
async fn what_is_held_outlives_the_policy_until_the_hold_is_lifted() {
    let mut world = World::new().await;
    let (held, other) = (world.listed(Tracks::Heard).await, world.listed(Tracks::Heard).await);
    world.keep_for(Some(1), None).await;
    let person = Scope::of(world.centre.tenant.id, world.centre.agent.user.id);
    let place = Held::Conversation(world.conversations[&held]);
    world.store.put_hold(&person, at(60), place, "claim").await.unwrap();
    assert_eq!(world.erase_due(days(5)).await, 1);
    assert!(world.reader(held).await.is_ok() && world.reader(other).await.is_err());
    world.store.lift_hold(&person, days(6), place, "settled").await.unwrap();
    assert_eq!(world.erase_due(days(6)).await, 1);
    assert!(world.reader(held).await.is_err());
}

#[tokio::test]
async fn the_policy_comes_back_as_it_was_set_and_a_stale_one_is_refused() {
    let world = World::new().await;
    let (store, scope) = (&world.store, &world.centre.scope);
    let settings = store.load_settings(scope).await.unwrap().version;
    assert_eq!(store.retention_policy(scope).await.unwrap(), RetentionRecord::default());
    world.keep_for(Some(1), Some(3_650)).await;
    let policy = RetentionPolicy { recordings_days: Some(1), messages_days: Some(3_650) };
    assert_eq!(store.retention_policy(scope).await.unwrap(), RetentionRecord { policy, version: 1 });
    let stale = store.put_retention_policy(scope, at(5), 0, &policy).await;
    assert!(matches!(stale, Err(StoreError::Conflict(_))));
    for days in [0, 3_651] {
        let wrong = RetentionPolicy { messages_days: Some(days), ..policy };
        let refused = store.put_retention_policy(scope, at(5), 1, &wrong).await;
        assert!(matches!(refused, Err(StoreError::Invalid("messages_days"))));
    }
    world.keep_for(None, None).await;
    assert_eq!(store.retention_policy(scope).await.unwrap().policy, RetentionPolicy::default());
    assert_eq!(store.load_settings(scope).await.unwrap().version, settings, "no floor decides by it");
}

#[tokio::test]
async fn what_is_gone_or_too_short_or_has_no_end_is_noted_as_missing() {
    let mut world = World::new().await;
    let (whole, gone, short) =
        (world.listed(Tracks::Heard).await, world.listed(Tracks::Heard).await, world.listed(Tracks::Heard).await);
    let call = stored_call(&world.store, &world.centre, world.epoch, at(3), "13800138000").await;
    let endless = world.begin_in(call.conversation).await;
    let begun = Event::RecordingStarted { conversation: call.conversation, recording: endless, tracks: Tracks::Heard };
    world.record(&[begun]).await;
    let tenant = world.centre.tenant.id;
    let look = async |world: &World, now| world.recordings.look_for_missing(tenant, now).await.unwrap();
    assert_eq!(look(&world, at(100)).await, 0);
    let name_of = |world: &World, id: RecordingId| {
        let names = world.objects_disk.list("").unwrap();
        ObjectKey::new(&names.into_iter().find(|(name, _)| name.contains(&id.to_string())).unwrap().0).unwrap()
    };
    let (gone_name, short_name) = (name_of(&world, gone), name_of(&world, short));
    let object = world.objects.get(&short_name).await.unwrap().unwrap();
    world.objects.delete(&gone_name).await.unwrap();
    world.objects.put(&short_name, &object[..object.len() - 1]).await.unwrap();
    assert_eq!(look(&world, at(200)).await, 2);
    assert_eq!(world.recordings_listed(RecordingList::Missing).await, [short, gone]);
    assert_eq!(look(&world, days(2)).await, 3, "a day after its conversation it must have had an end");
    // Put back from a copy.
    world.objects.put(&short_name, &object).await.unwrap();
    assert_eq!(look(&world, days(2)).await, 2);
    assert_eq!(world.recordings_listed(RecordingList::Missing).await, [endless, gone]);
    // What was erased is not missing, however far the erasure has come.
    let scope = world.centre.scope;
    world.recordings.erase(&scope, days(2), whole, ErasureCause::Request, Some("x")).await.unwrap();
    assert_eq!(look(&world, days(2)).await, 2);
}

#[tokio::test]
async fn the_list_has_pages_moments_and_kinds() {
    let mut world = World::new().await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(world.listed(Tracks::Heard).await);
    }
    ids.reverse();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let filter = RecordingFilter::default();
        let page = Page { limit: 2, after };
        let rows = world.store.list_recordings(&world.centre.scope, &filter, page).await.unwrap();
        let Some((last, of)) = rows.last() else { break };
        assert_eq!(of.id, last.conversation);
        after = Some(RecordingPlace { started_at: last.started_at, id: last.id });
        seen.extend(rows.iter().map(|(row, _)| row.id));
    }
    assert_eq!(seen, ids);
    let began = world.store.recording(&world.centre.scope, ids[0]).await.unwrap().started_at;
    let within = |from, until| RecordingFilter { from: Some(from), until: Some(until), list: None };
    let count = async |filter: RecordingFilter| {
        world.store.list_recordings(&world.centre.scope, &filter, Page::first(9)).await.unwrap().len()
    };
    assert_eq!(count(within(began, Utc(began.0 + 1))).await, 5);
    assert_eq!(count(within(Utc(began.0 + 1), Utc(i64::MAX))).await, 0);
    assert_eq!(count(within(Utc(0), began)).await, 0);
    assert_eq!(world.recordings_listed(RecordingList::State(RecordingState::Failed)).await, []);
    let other = centre(&world.store, "south").await;
    let theirs = world.store.list_recordings(&other.scope, &RecordingFilter::default(), Page::first(9)).await;
    assert_eq!(theirs.unwrap(), []);
}
