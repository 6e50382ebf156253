//! Recordings as they are shown, with what people and the policy say of them.

use std::collections::HashMap;

use domain::retention::RetentionPolicy;
use domain::{ConversationId, Permission, QueueId, UserId};
use store::{ConversationRow, Erasure, Hold, RecordingMarks, RecordingRow, RecordingState};

use super::millis;
use crate::app::App;
use crate::auth::Caller;
use crate::directory::{Names, Wanted};
use crate::error::Answer;
use crate::json::Named;
use crate::json::codes::RecordingStateCode;
use crate::json::keeping::{RecordedConversation, RecordingErasure, RecordingHold};
use crate::json::recording::Recording;

/// What is said of the recordings of some conversations.
pub struct Kept {
    marks: RecordingMarks,
    policy: RetentionPolicy,
    queues: HashMap<QueueId, u32>,
    names: Names,
}

impl Kept {
    /// Reads what is said of the recordings of these conversations.
    pub async fn load(app: &App, caller: &Caller, conversations: &[&ConversationRow]) -> Answer<Kept> {
        let scope = caller.scope();
        let ids: Vec<ConversationId> = conversations.iter().map(|row| row.id).collect();
        let marks = app.store.recording_marks(&scope, &ids).await?;
        let agents = conversations.iter().filter_map(|row| row.agent).chain(marks.people().map(Into::into)).collect();
        let names = app.directory.names(app, caller.tenant, Wanted { agents, ..Wanted::default() }).await?;
        let policy = app.store.retention_policy(&scope).await?.policy;
        Ok(Kept { marks, policy, queues: app.store.queue_retention(&scope).await?, names })
    }

    fn person(&self, user: UserId) -> Named {
        Named { id: user.to_string(), name: self.names.agent(user.into()).name }
    }

    fn shown_hold(&self, hold: &Hold) -> RecordingHold {
        RecordingHold { at_us: hold.at.0, by: self.person(hold.by), reason: hold.reason.clone() }
    }

    /// The hold on a whole conversation.
    pub fn conversation_hold(&self, conversation: ConversationId) -> Option<RecordingHold> {
        self.marks.conversation_hold(conversation).map(|hold| self.shown_hold(hold))
    }

    /// A recording of a conversation. `within`: it is one the asking account may hear, its permissions aside.
    pub fn show(&self, row: RecordingRow, of: &ConversationRow, caller: &Caller, within: bool) -> Recording {
        let hold = self.marks.hold(row.conversation, row.id);
        let erasure = self.marks.erasure(row.id);
        // What was noted counts; the ledger says so a moment later.
        let state = if erasure.is_some() { RecordingState::Erased } else { row.state };
        let (is_sealed, is_heard) = match state {
            RecordingState::Live => (false, within),
            RecordingState::Sealed => (true, within),
            RecordingState::Failed | RecordingState::Erased => (false, false),
        };
        // Why something is held or was erased is no business of the agent who took part.
        let tells = caller.can(Permission::RecordingsDownload);
        let queue_days = of.queue.and_then(|queue| self.queues.get(&queue).copied());
        let expires_at = self.policy.expiry(row.started_at, row.tracks, queue_days);
        Recording {
            id: row.id.to_string(),
            conversation_id: row.conversation.to_string(),
            state: RecordingStateCode::from(state),
            tracks: row.tracks.into(),
            started_at_us: row.started_at.0,
            duration_ms: row.duration.map(millis),
            bytes: row.bytes,
            gaps: row.gaps,
            gap_ms: millis(row.gap),
            sha256: row.digest,
            recovered: row.recovered,
            fault: row.fault.map(Into::into),
            expires_at_us: expires_at.filter(|_| is_sealed).map(|at| at.0),
            hold: hold.filter(|_| tells).map(|hold| self.shown_hold(hold)),
            erased: erasure.map(|erasure| self.shown_erasure(erasure, tells)),
            may_play: is_heard && caller.can(Permission::RecordingsPlay),
            may_download: is_heard && is_sealed && caller.can(Permission::RecordingsDownload),
            may_hold: state != RecordingState::Erased && caller.can(Permission::RecordingsHold),
            may_erase: is_sealed && hold.is_none() && caller.can(Permission::RecordingsErase),
        }
    }

    fn shown_erasure(&self, erasure: &Erasure, tells: bool) -> RecordingErasure {
        RecordingErasure {
            at_us: erasure.at.0,
            cause: erasure.cause.into(),
            by: erasure.by.filter(|_| tells).map(|user| self.person(user)),
            reason: erasure.reason.clone().filter(|_| tells),
        }
    }

    /// What a list says of a recording's conversation.
    pub fn conversation(&self, row: &ConversationRow) -> RecordedConversation {
        RecordedConversation {
            id: row.id.to_string(),
            started_at_us: row.started_at.0,
            queue: row.queue.map(|id| self.names.queue(id)),
            agent: row.agent.map(|id| self.names.agent(id)),
        }
    }
}
