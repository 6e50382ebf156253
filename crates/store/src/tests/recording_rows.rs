//! The rows of recordings: one for each that was begun, whatever became of it.

use domain::recording::{Digest, GapCause, Manifest, PauseReason, RecordingFault, Tracks};
use domain::recording_policy::PauseEnd;

use super::*;

#[tokio::test]
async fn every_recording_has_a_row_with_what_became_of_it() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    let call = stored_call(&store, &centre, epoch, at(10), "13800138000").await;
    let conversation = call.conversation;
    let [whole, torn, live]: [RecordingId; 3] = [store.mint(at(40)), store.mint(at(40)), store.mint(at(40))];
    let events = story(conversation, [whole, torn, live]);
    let head = store.head(centre.tenant.partition).await.unwrap().seq;
    let entries = entries(&centre, epoch, head, at(41), &events);
    store.append(&batch(&centre, epoch, entries.clone(), vec![])).await.unwrap();
    store.project(&entries[..4]).await.unwrap();
    store.project(&entries).await.unwrap();

    let row = |id, state, started| row(conversation, id, state, started);
    let expected = vec![
        RecordingRow {
            over_at: Some(at(48)),
            duration: Some(Duration::from_millis(11_500)),
            bytes: Some(96_000),
            chunks: Some(12),
            gaps: 2,
            gap: Duration::from_millis(2_040),
            digest: Some("ab".repeat(32)),
            recovered: true,
            ..row(whole, RecordingState::Sealed, 41)
        },
        RecordingRow {
            over_at: Some(at(49)),
            fault: Some(RecordingFault::Lost),
            ..row(torn, RecordingState::Failed, 46)
        },
        row(live, RecordingState::Live, 47),
    ];
    assert_eq!(store.recordings_of(&centre.scope, conversation).await.unwrap(), expected);
    store.rebuild_reports(centre.tenant.partition).await.unwrap();
    assert_eq!(store.recordings_of(&centre.scope, conversation).await.unwrap(), expected);
    assert_eq!(store.recording(&centre.scope, torn).await.unwrap(), expected[1]);
    // The call's own row is as if nothing had been said.
    let ended = store.conversation(&centre.scope, conversation).await.unwrap().ended_at;
    assert_eq!(ended, Some(at(24)));
}

/// All of it after the end of the conversation.
fn story(conversation: ConversationId, [whole, torn, live]: [RecordingId; 3]) -> Vec<Event> {
    let tracks = Tracks::Heard;
    let started = |recording| Event::RecordingStarted { conversation, recording, tracks };
    let gap = |at, length| Event::RecordingGap {
        conversation,
        recording: whole,
        at: Duration::from_secs(at),
        length: Duration::from_millis(length),
        cause: GapCause::Overflow,
    };
    vec![
        started(whole),
        Event::RecordingPaused { conversation, recording: whole, reason: PauseReason::Other, agent: None, limit: None },
        Event::RecordingResumed { conversation, recording: whole, agent: None, why: PauseEnd::TalkOver },
        gap(1, 40),
        gap(9, 2_000),
        started(torn),
        started(live),
        Event::RecordingSealed {
            conversation,
            recording: whole,
            manifest: Manifest {
                chunks: 12,
                bytes: 96_000,
                duration: Duration::from_millis(11_500),
                gaps: 1,
                digest: Digest([0xAB; 32]),
                recovered: true,
            },
        },
        Event::RecordingFailed { conversation, recording: torn, fault: RecordingFault::Lost },
    ]
}

fn row(conversation: ConversationId, id: RecordingId, state: RecordingState, started: i64) -> RecordingRow {
    let tracks = Tracks::Heard;
    RecordingRow {
        id,
        conversation,
        tracks,
        state,
        started_at: at(started),
        over_at: None,
        duration: None,
        bytes: None,
        chunks: None,
        gaps: 0,
        gap: Duration::ZERO,
        digest: None,
        recovered: false,
        fault: None,
        missing_since: None,
    }
}

/// Whoever cannot see a conversation cannot see its recordings, and hears nothing of them.
#[tokio::test]
async fn recordings_are_within_the_reach_of_their_conversation() {
    let (store, _dir) = open().await;
    let (north, south) = (centre(&store, "north").await, centre(&store, "south").await);
    let epoch = leased(&store, &north).await;
    let call = stored_call(&store, &north, epoch, at(10), "13800138000").await;
    let (conversation, recording) = (call.conversation, store.mint(at(40)));
    let head = store.head(north.tenant.partition).await.unwrap().seq;
    let events = [Event::RecordingStarted { conversation, recording, tracks: Tracks::Heard }];
    let entries = entries(&north, epoch, head, at(41), &events);
    store.append(&batch(&north, epoch, entries.clone(), vec![])).await.unwrap();
    store.project(&entries).await.unwrap();
    let own = |user: UserId| Scope { tenant: north.tenant.id, user: Some(user), reach: Reach::Own };
    assert!(store.recording(&own(north.agent.user.id), recording).await.is_ok());
    for scope in [own(UserId(4_711)), south.scope] {
        assert!(matches!(store.recording(&scope, recording).await, Err(StoreError::NotFound("recording"))));
        assert!(matches!(store.recordings_of(&scope, conversation).await, Err(StoreError::NotFound("conversation"))));
    }
}
