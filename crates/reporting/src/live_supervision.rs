//! What supervisors do to the live floor.

use domain::{AgentId, ConversationId, Supervision, TransferKind, Utc};

use crate::live::{HandlingState, LiveConversation, LiveFloor, LiveSupervision};

/// Why supervisors hear nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The recording is paused.
    Paused,
    /// The customer is on hold, no colleague is asked meanwhile, and nobody else takes part.
    Held,
}

impl LiveFloor {
    /// Why supervisors of a conversation hear nothing at this moment; `None` while they hear somebody.
    pub fn silence_of(&self, conversation: &LiveConversation) -> Option<Silence> {
        if conversation.recording.is_some_and(|recording| recording.paused.is_some()) {
            return Some(Silence::Paused);
        }
        let asked = conversation.transfer.is_some_and(|transfer| transfer.kind == TransferKind::Consult);
        let mut parts = self.handlings.values().filter(|handling| handling.conversation == conversation.id);
        let held = parts.any(|handling| handling.state == HandlingState::Held);
        let others = !conversation.members.is_empty();
        (held && !asked && !others).then_some(Silence::Held)
    }

    pub(crate) fn apply_supervision(&mut self, at: Utc, id: ConversationId, agent: AgentId, what: Supervision) {
        let live = self.agents.entry(agent).or_default();
        match what {
            Supervision::Began { target, mode } => {
                live.supervises = Some(id);
                self.with(id, |c| {
                    c.supervisors.insert(agent, LiveSupervision { target, mode, since: at, mode_since: at });
                });
            }
            Supervision::Changed { mode } => self.with(id, |c| {
                if let Some(known) = c.supervisors.get_mut(&agent) {
                    (known.mode, known.mode_since) = (mode, at);
                }
            }),
            Supervision::Ended { end: _ } => {
                live.supervises = None;
                live.free_since = at;
                self.with(id, |c| {
                    c.supervisors.remove(&agent);
                });
            }
        }
    }
}
