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
    /// Who hears a conversation, until they have work of their own in it.
    hearing: HashSet<(ConversationId, AgentId)>,
    /// Calls to their numbers outside.
    mobiles: HashSet<LegId>,
}

/// Legs remembered that left. They are rated within moments; of those that had no sound nothing comes.
const LEFT_MAX: usize = 1_000;

impl Discreet {
    /// Knows the legs of supervisors other than `own` in live conversations.
    pub fn from_live(live: &LiveFloor, own: AgentId) -> Discreet {
        let legs = live.conversations.values().flat_map(|known| &known.legs);
        let theirs = legs.filter(|(_, leg)| leg.role == PortRole::Supervisor && leg.agent != Some(own));
        let legs: HashSet<LegId> = theirs.map(|(id, _)| *id).collect();
        let hearing = live.conversations.iter().flat_map(|(id, known)| known.supervisors.keys().map(|who| (*id, *who)));
        let hearing = hearing.filter(|(_, who)| *who != own).collect();
        Discreet { mobiles: legs.clone(), legs, hearing, left: HashSet::new() }
    }

    /// Whether `own` is not to be told of the next event.
    #[allow(clippy::wildcard_enum_match_arm, reason = "the other events are not about supervisors")]
    pub fn hides(&mut self, own: AgentId, event: &Event) -> bool {
        match event {
            Event::Supervised { agent, .. } if *agent == own => false,
            Event::Supervised { conversation, agent, .. } => {
                self.hearing.insert((*conversation, *agent));
                true
            }
            Event::AgentOffered { conversation, agent, .. } | Event::HandlingStarted { conversation, agent, .. } => {
                self.hearing.remove(&(*conversation, *agent));
                false
            }
            Event::MobileCalled { conversation, agent, leg, .. } => {
                let hidden = self.hearing.contains(&(*conversation, *agent));
                if hidden {
                    self.mobiles.insert(*leg);
                }
                hidden
            }
            Event::OutboundRerouted { mobile: Some(moved), .. } => {
                let hidden = self.mobiles.remove(&moved.from);
                if hidden {
                    self.mobiles.insert(moved.to);
                }
                hidden
            }
            Event::MobileEnded { leg, .. } => self.mobiles.remove(leg),
            Event::ConversationEnded { conversation, .. } => {
                self.hearing.retain(|(heard, _)| heard != conversation);
                false
            }
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::event::Supervision;
    use domain::outbound::{MovedLeg, OutboundRoute};
    use domain::*;

    use super::*;

    const CONVERSATION: ConversationId = ConversationId(1);
    const AGENT: AgentId = AgentId(2);
    const SUPERVISOR: AgentId = AgentId(3);

    fn supervised(what: Supervision) -> Event {
        Event::Supervised { conversation: CONVERSATION, agent: SUPERVISOR, what }
    }

    fn route() -> OutboundRoute {
        OutboundRoute { trunk: TrunkId(4), rule: None, passed: vec![] }
    }

    fn called(leg: i64) -> Event {
        let (conversation, agent, device) = (CONVERSATION, SUPERVISOR, DeviceId(5));
        Event::MobileCalled { conversation, agent, device, leg: LegId(leg), route: route() }
    }

    fn over(leg: i64) -> Event {
        let (conversation, agent, device) = (CONVERSATION, SUPERVISOR, DeviceId(5));
        Event::MobileEnded { conversation, agent, device, leg: LegId(leg), end: MobileEnd::Over }
    }

    fn moved(from: i64, to: i64) -> Event {
        let mobile = Some(MovedLeg { from: LegId(from), to: LegId(to) });
        Event::OutboundRerouted { conversation: CONVERSATION, trunk: TrunkId(4), cause: None, route: route(), mobile }
    }

    #[test]
    fn the_number_outside_of_a_supervisor_who_listens_is_not_told_until_they_have_work_of_their_own() {
        let mut discreet = Discreet::default();
        let began = Supervision::Began { target: AGENT, mode: SupervisionMode::Listen };
        let ended = Supervision::Ended { end: SupervisionEnd::Stopped };
        let hidden = [supervised(began), called(7), moved(7, 8), supervised(ended), over(8)];
        for event in hidden {
            assert!(discreet.hides(AGENT, &event), "{event:?}");
        }
        let offered = Event::AgentOffered {
            conversation: CONVERSATION,
            segment: SegmentId(9),
            queue: None,
            offer: OfferId(10),
            agent: SUPERVISOR,
            reason: RouteReason::Assigned,
            eligible: 1,
            idle: Duration::ZERO,
            ring_timeout: Duration::ZERO,
        };
        for event in [offered, called(11), moved(11, 12), over(12)] {
            assert!(!discreet.hides(AGENT, &event), "{event:?}");
        }
    }

    #[test]
    fn whoever_listens_is_told_of_their_own() {
        let mut discreet = Discreet::default();
        let began = Supervision::Began { target: AGENT, mode: SupervisionMode::Listen };
        for event in [supervised(began), called(7), over(7)] {
            assert!(!discreet.hides(SUPERVISOR, &event), "{event:?}");
        }
    }
}
