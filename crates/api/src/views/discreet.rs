//! What agents are not told of supervisors who hear their talks.

use std::collections::HashSet;

use domain::room::PortRole;
use domain::{AgentId, ConversationId, Event, LegId};
use reporting::LiveFloor;

/// Hides the supervisors of others from somebody who does not supervise.
#[derive(Debug, Default)]
pub struct Discreet {
    /// Supervisors' legs in conversations.
    legs: HashSet<LegId>,
    /// Those of them that left; how they sounded is told after it.
    left: HashSet<(ConversationId, LegId)>,
}

/// Legs remembered that left. They are rated within moments; of those that had no sound nothing comes.
const LEFT_MAX: usize = 1_000;

impl Discreet {
    /// Knows the legs of supervisors other than `own` in live conversations.
    pub fn from_live(live: &LiveFloor, own: AgentId) -> Discreet {
        let legs = live.conversations.values().flat_map(|known| &known.legs);
        let theirs = legs.filter(|(_, leg)| leg.role == PortRole::Supervisor && leg.agent != Some(own));
        Discreet { legs: theirs.map(|(id, _)| *id).collect(), left: HashSet::new() }
    }

    /// Whether `own` is not to be told of the next event.
    #[allow(clippy::wildcard_enum_match_arm, reason = "the other events are not about supervisors")]
    pub fn hides(&mut self, own: AgentId, event: &Event) -> bool {
        match event {
            Event::Supervised { agent, .. } => *agent != own,
            Event::LegJoined { role: PortRole::Supervisor, agent, leg, .. } if *agent != Some(own) => {
                self.legs.insert(*leg);
                true
            }
            Event::LegLeft { conversation, leg, .. } => {
                let hidden = self.legs.remove(leg);
                if hidden {
                    if self.left.len() >= LEFT_MAX {
                        self.left.clear();
                    }
                    self.left.insert((*conversation, *leg));
                }
                hidden
            }
            Event::LegDegraded { leg, .. } => self.legs.contains(leg),
            Event::LegRated { conversation, leg, .. } => self.left.remove(&(*conversation, *leg)),
            _ => false,
        }
    }
}
