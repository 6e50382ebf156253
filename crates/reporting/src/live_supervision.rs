//! What supervisors do to the live floor.

use domain::{AgentId, ConversationId, Supervision, Utc};

use crate::live::{LiveFloor, LiveSupervision};

impl LiveFloor {
    pub(crate) fn apply_supervision(&mut self, at: Utc, id: ConversationId, agent: AgentId, what: Supervision) {
        let live = self.agents.entry(agent).or_default();
        match what {
            Supervision::Began { target, mode } => {
                live.supervises = Some(id);
                self.with(id, |c| {
                    c.supervisors.insert(agent, LiveSupervision { target, mode, since: at });
                });
            }
            Supervision::Changed { mode } => self.with(id, |c| {
                if let Some(known) = c.supervisors.get_mut(&agent) {
                    known.mode = mode;
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
