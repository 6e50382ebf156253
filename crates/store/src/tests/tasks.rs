//! Tasks: one for each message, whatever dies in between; one person at a time; every step in the audit trail.

use super::*;

struct Left {
    store: Arc<Store>,
    dir: TempDir,
    centre: Centre,
    epoch: u64,
    call: Call,
    task: TaskId,
}

/// A centre in which one customer has left a message of twelve seconds that is no task yet.
async fn left() -> Left {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let call = stored_call(&store, &centre, epoch, at(10), "13800138000").await;
    let task = left_message(&store, &centre, epoch, &call, 12).await;
    Left { store, dir, centre, epoch, call, task }
}

fn agent(centre: &Centre) -> Scope {
    Scope::of(centre.tenant.id, centre.agent.user.id)
}

async fn colleague(store: &Store, centre: &Centre) -> Scope {
    let draft = user_draft("colleague", Some("1009"), (&centre.site, &centre.team));
    Scope::of(centre.tenant.id, store.create_user(&centre.scope, at(5), &draft, "h").await.unwrap().id)
}

#[tokio::test]
async fn a_message_becomes_one_task_with_all_that_is_known() {
    let Left { store, dir: _dir, centre, call, task, .. } = left().await;
    let mut bell = store.tasks_bell();
    assert_eq!(store.tasks_from_ledger(centre.tenant.partition).await.unwrap(), 1);
    assert!(bell.has_changed().unwrap());
    bell.mark_unchanged();
    let made = store.task(&centre.scope, task).await.unwrap();
    assert_eq!((made.kind, made.state, made.version), (TaskKind::Voicemail, TaskState::Open, 1));
    assert_eq!((made.party, made.customer), (Some(call.from), Some(centre.customer.id)));
    assert_eq!((made.number, made.queue), (Some(centre.number.id), Some(centre.queue.queue.id)));
    assert_eq!((made.site, made.conversation), (Some(centre.site.id), Some(call.conversation)));
    assert_eq!((made.reason, made.length), (Some(VoicemailCause::QueueFull), Some(Duration::from_secs(12))));
    assert_eq!((made.created_at, made.owner), (at(40), None));
    assert!(made.recording.is_some());
    assert_eq!(store.tasks_from_ledger(centre.tenant.partition).await.unwrap(), 0);
    assert!(!bell.has_changed().unwrap());
    let trail = store.audit_trail(&centre.scope, Page::first(1)).await.unwrap();
    assert_eq!((trail[0].action.as_str(), trail[0].object.as_str()), ("task.created", task.to_string().as_str()));
}

/// The process dies between the ledger's commit and the task, or between the task and whatever came next.
#[tokio::test]
async fn a_death_in_between_loses_no_task_and_doubles_none() {
    let Left { store, dir, centre, epoch, call, task } = left().await;
    store.close().await.unwrap();
    let store = Store::open(config(&dir), at(50)).await.unwrap();
    assert_eq!(store.tasks_from_ledger(centre.tenant.partition).await.unwrap(), 1, "left before the death");
    let second = left_message(&store, &centre, epoch, &call, 3).await;
    assert_eq!(store.tasks_from_ledger(centre.tenant.partition).await.unwrap(), 1);
    // Even a place in the ledger that was lost makes nothing twice, and leaves what people did.
    store.step_task(&agent(&centre), at(60), second, None, &TaskStep::Take).await.unwrap();
    let mut burglar = store.business.tamper().await;
    sqlx::query("DELETE FROM cursor").execute(&mut *burglar).await.unwrap();
    burglar.commit().await.unwrap();
    assert_eq!(store.tasks_from_ledger(centre.tenant.partition).await.unwrap(), 0);
    let all = store.tasks(&centre.scope, &TaskFilter::default(), Page::first(9)).await.unwrap();
    assert_eq!(all.iter().map(|task| task.id).collect::<Vec<_>>(), [second, task]);
    assert_eq!(all[0].state, TaskState::Assigned);
    assert_eq!(store.verify_audit(&centre.scope).await.unwrap().fault, None);
}

#[tokio::test]
async fn one_person_has_a_task_at_a_time() {
    let Left { store, dir: _dir, centre, task, .. } = left().await;
    store.tasks_from_ledger(centre.tenant.partition).await.unwrap();
    let (ann, bob) = (agent(&centre), colleague(&store, &centre).await);
    let step = async |who: &Scope, step: TaskStep| store.step_task(who, at(60), task, None, &step).await;
    let close = || TaskStep::Close { result: TaskResult::Reached, note: Some(" called back ".to_owned()) };
    let refused =
        |result: Result<Task, StoreError>| assert!(matches!(result, Err(StoreError::Conflict(_))), "{result:?}");
    refused(step(&ann, TaskStep::Reopen).await);
    let taken = step(&ann, TaskStep::Take).await.unwrap();
    assert_eq!((taken.state, taken.owner, taken.version), (TaskState::Assigned, ann.user, 2));
    assert_eq!(step(&ann, TaskStep::Take).await.unwrap().owner, ann.user, "taking twice is taking");
    refused(step(&bob, TaskStep::Take).await);
    refused(step(&bob, close()).await);
    assert_eq!(step(&bob, TaskStep::Note("rings in the morning".to_owned())).await.unwrap().owner, ann.user);
    let done = step(&ann, close()).await.unwrap();
    assert_eq!((done.state, done.result), (TaskState::Done, Some(TaskResult::Reached)));
    assert_eq!((done.closed_by, done.closed_at), (ann.user, Some(at(60))));
    assert_eq!(done.note.as_deref(), Some("called back"));
    refused(step(&ann, close()).await);
    refused(step(&bob, TaskStep::Take).await);
    let again = step(&bob, TaskStep::Reopen).await.unwrap();
    assert_eq!((again.state, again.owner, again.result), (TaskState::Open, None, None));
    assert_eq!(again.closed_at, None);
    let stale = store.step_task(&bob, at(61), task, Some(1), &TaskStep::Take).await;
    refused(stale);
    let trail = store.audit_trail(&centre.scope, Page::first(20)).await.unwrap();
    let actions = trail.iter().rev().map(|row| row.action.as_str()).filter(|action| action.starts_with("task."));
    let actions: Vec<&str> = actions.collect();
    let expected = ["task.created", "task.taken", "task.taken", "task.note_written", "task.closed", "task.reopened"];
    assert_eq!(actions, expected);
    let long = TaskStep::Note("x".repeat(4_001));
    assert!(matches!(step(&ann, long).await, Err(StoreError::Invalid("note"))));
    let nobody = store.step_task(&centre.scope, at(62), task, None, &TaskStep::Take).await;
    assert!(matches!(nobody, Err(StoreError::Invalid(_))));
}

#[tokio::test]
async fn tasks_that_wait_are_told_oldest_first_and_counted() {
    let Left { store, dir: _dir, centre, epoch, call, task: first } = left().await;
    let second = left_message(&store, &centre, epoch, &call, 5).await;
    let third = left_message(&store, &centre, epoch, &call, 6).await;
    assert_eq!(store.tasks_from_ledger(centre.tenant.partition).await.unwrap(), 3);
    let (ann, bob) = (agent(&centre), colleague(&store, &centre).await);
    store.step_task(&ann, at(60), second, None, &TaskStep::Take).await.unwrap();
    store.step_task(&bob, at(60), third, None, &TaskStep::Take).await.unwrap();
    let listed = async |filter: TaskFilter, page: Page<TaskId>| {
        let tasks = store.tasks(&ann, &filter, page).await.unwrap();
        tasks.into_iter().map(|task| task.id).collect::<Vec<_>>()
    };
    let me = centre.agent.user.id;
    let pending = TaskFilter { done: Some(false), ..TaskFilter::default() };
    let for_me = TaskFilter { owner: Some(TaskOwner::OrNobody(me)), ..pending };
    let mine = TaskFilter { owner: Some(TaskOwner::Only(me)), ..pending };
    assert_eq!(listed(pending, Page::first(2)).await, [first, second]);
    assert_eq!(listed(pending, Page { limit: 2, after: Some(second) }).await, [third]);
    assert_eq!(listed(for_me, Page::first(9)).await, [first, second]);
    assert_eq!(listed(mine, Page::first(9)).await, [second]);
    let counts = store.task_counts(&ann).await.unwrap();
    assert_eq!((counts.open, counts.assigned[&me], counts.assigned.len()), (1, 1, 2));
    let close = TaskStep::Close { result: TaskResult::NothingToDo, note: None };
    store.step_task(&ann, at(61), first, None, &close).await.unwrap();
    let done = TaskFilter { done: Some(true), ..TaskFilter::default() };
    assert_eq!(listed(done, Page::first(9)).await, [first]);
    let callbacks = TaskFilter { kind: Some(TaskKind::Callback), ..TaskFilter::default() };
    assert!(listed(callbacks, Page::first(9)).await.is_empty());
    assert_eq!(listed(TaskFilter::default(), Page { limit: 9, after: Some(third) }).await, [second, first]);
    let elsewhere = ann.reaching(Reach::Site(SiteId(5)));
    assert!(store.tasks(&elsewhere, &TaskFilter::default(), Page::first(9)).await.unwrap().is_empty());
    assert_eq!(store.task_counts(&elsewhere).await.unwrap(), TaskCounts::default());
}

/// The job's place moves over long stretches without a message, so that a start does not read them again.
#[tokio::test]
async fn the_place_in_the_ledger_moves_without_messages_too() {
    let Left { store, dir: _dir, centre, epoch, .. } = left().await;
    store.tasks_from_ledger(centre.tenant.partition).await.unwrap();
    let place = async || {
        let row = sqlx::query_scalar::<_, i64>("SELECT seq FROM cursor WHERE consumer = 'tasks'");
        row.fetch_one(store.business.readers()).await.unwrap()
    };
    let head = store.head(centre.tenant.partition).await.unwrap().seq;
    assert_eq!(place().await, i64::try_from(head).unwrap());
    let quiet = vec![Event::AgentReady { agent: centre.agent.id() }; 1_000];
    store.append(&batch(&centre, epoch, entries(&centre, epoch, head, at(50), &quiet), vec![])).await.unwrap();
    assert_eq!(store.tasks_from_ledger(centre.tenant.partition).await.unwrap(), 0);
    assert_eq!(place().await, i64::try_from(head + 1_000).unwrap());
}

#[tokio::test]
async fn an_open_task_keeps_its_site() {
    let Left { store, dir: _dir, centre, task, .. } = left().await;
    store.tasks_from_ledger(centre.tenant.partition).await.unwrap();
    let east = store.create_site(&centre.scope, at(50), &SiteDraft::open("east", "UTC")).await.unwrap().id;
    for (state, is_free) in [("open", false), ("assigned", false), ("done", true)] {
        let mut tx = store.business.tamper().await;
        let moved = sqlx::query("UPDATE task SET site_id = $1, state = $2 WHERE id = $3");
        moved.bind(east.0).bind(state).bind(task.0).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        let removed = store.remove_site(&centre.scope, at(51), east).await;
        assert_eq!(removed.is_ok(), is_free, "{state}: {removed:?}");
    }
}
