//! Calls through trunks at this moment, and stops of calls outside, as a fold.

use std::collections::BTreeMap;

use domain::room::PortRole;
use domain::{ConversationId, Event, LegId, OutboundResult, TrunkId, Utc};

use crate::live::{LiveFloor, LiveStop};

/// The calls through trunks that are up: for each conversation its customer, whoever is called outside, and who was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiveLines(BTreeMap<(ConversationId, Part), Line>);

/// Whose call it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Customer,
    /// Being called.
    Outside,
    /// The number outside that an agent works with, called or on the line.
    Mobile(LegId),
    /// On the line.
    Answered(LegId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    trunk: TrunkId,
    is_outbound: bool,
    leg: Option<LegId>,
}

impl LiveLines {
    /// Calls of a trunk that are up: from the carrier, and to it.
    pub fn of(&self, trunk: TrunkId) -> (u32, u32) {
        let of_trunk = || self.0.values().filter(|line| line.trunk == trunk);
        let count = |is_outbound: bool| of_trunk().filter(|line| line.is_outbound == is_outbound).count();
        let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        (size(count(false)), size(count(true)))
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "of all events only these are about lines")]
    pub(crate) fn apply(&mut self, event: &Event) {
        match event {
            Event::OutboundStarted { conversation, route: Some(route), .. } => {
                let line = Line { trunk: route.trunk, is_outbound: true, leg: None };
                self.0.insert((*conversation, Part::Customer), line);
            }
            Event::TransferStarted { conversation, route: Some(route), .. } => {
                let line = Line { trunk: route.trunk, is_outbound: true, leg: None };
                self.0.insert((*conversation, Part::Outside), line);
            }
            Event::MobileCalled { conversation, leg, route, .. } => {
                let line = Line { trunk: route.trunk, is_outbound: true, leg: Some(*leg) };
                self.0.insert((*conversation, Part::Mobile(*leg)), line);
            }
            Event::MobileEnded { conversation, leg, .. } => {
                self.0.remove(&(*conversation, Part::Mobile(*leg)));
            }
            // The call to an agent's own number, which is known already.
            Event::LegJoined { role: PortRole::Agent | PortRole::Supervisor, .. } => {}
            Event::OutboundRerouted { conversation, route, mobile: Some(moved), .. } => {
                if let Some(line) = self.0.remove(&(*conversation, Part::Mobile(moved.from))) {
                    let line = Line { trunk: route.trunk, leg: Some(moved.to), ..line };
                    self.0.insert((*conversation, Part::Mobile(moved.to)), line);
                }
            }
            Event::OutboundRerouted { conversation, trunk, route, mobile: None, .. } => {
                let parts = [Part::Outside, Part::Customer].map(|part| (*conversation, part));
                let is_it = |line: &Line| line.trunk == *trunk && line.is_outbound && line.leg.is_none();
                if let Some(key) = parts.into_iter().find(|key| self.0.get(key).is_some_and(is_it)) {
                    self.0.insert(key, Line { trunk: route.trunk, is_outbound: true, leg: None });
                }
            }
            Event::LegJoined { conversation, leg, role, trunk: Some(trunk), .. } => {
                let is_outbound = *role == PortRole::Outside;
                let found = Line { trunk: *trunk, is_outbound, leg: Some(*leg) };
                if is_outbound {
                    self.0.remove(&(*conversation, Part::Outside));
                    self.0.insert((*conversation, Part::Answered(*leg)), found);
                } else {
                    self.0.entry((*conversation, Part::Customer)).or_insert(found).leg = Some(*leg);
                }
            }
            Event::OutboundEnded { conversation, result, .. } if *result != OutboundResult::Answered => {
                self.0.remove(&(*conversation, Part::Customer));
            }
            // Once it is answered, the call outlives the transfer it was made for.
            Event::TransferEnded { conversation, .. } => {
                self.0.remove(&(*conversation, Part::Outside));
            }
            Event::LegLeft { conversation, leg, .. } => {
                let parts = [Part::Customer, Part::Answered(*leg)].map(|part| (*conversation, part));
                for key in parts {
                    if self.0.get(&key).is_some_and(|line| line.leg == Some(*leg)) {
                        self.0.remove(&key);
                    }
                }
            }
            Event::ConversationEnded { conversation, .. } => {
                self.0.retain(|(of, _), _| of != conversation);
            }
            _ => {}
        }
    }
}

impl LiveFloor {
    #[allow(clippy::wildcard_enum_match_arm, reason = "`apply` has already sorted the events by subject")]
    pub(crate) fn apply_stops(&mut self, at: Utc, event: &Event) {
        match event {
            Event::OutboundStopped { stopped, by, alarm, .. } => {
                self.stops.entry(*stopped).or_insert(LiveStop { since: at, by: *by, alarm: *alarm });
            }
            Event::OutboundReleased { stopped, .. } => drop(self.stops.remove(stopped)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::outbound::{MovedLeg, OutboundRoute};
    use domain::{
        AgentId, DestinationRuleId, DeviceId, EndReason, EndedBy, HandlingId, MobileEnd, PartyId, SegmentId,
        TransferEnd, TransferId, TransferKind, TransferTarget,
    };

    use super::*;

    const ID: ConversationId = ConversationId(1);
    const AGENT: AgentId = AgentId(2);
    const TRUNK: TrunkId = TrunkId(3);
    const CUSTOMER: LegId = LegId(4);
    const OUTSIDE: LegId = LegId(5);
    const SEGMENT: SegmentId = SegmentId(6);
    const TRANSFER: TransferId = TransferId(7);
    const MOBILE: LegId = LegId(11);
    const NUMBER: DeviceId = DeviceId(12);

    fn route() -> Option<OutboundRoute> {
        Some(OutboundRoute { trunk: TRUNK, rule: Some(DestinationRuleId(8)), passed: Vec::new() })
    }

    fn called() -> Event {
        Event::OutboundStarted {
            conversation: ID,
            segment: SEGMENT,
            agent: AGENT,
            route: route(),
            device: None,
            task: None,
        }
    }

    fn outbound_ended(result: OutboundResult) -> Event {
        Event::OutboundEnded {
            conversation: ID,
            segment: SEGMENT,
            agent: AGENT,
            result,
            by: None,
            post_dial_delay: None,
        }
    }

    fn asked() -> Event {
        Event::TransferStarted {
            conversation: ID,
            transfer: TRANSFER,
            kind: TransferKind::Consult,
            handling: HandlingId(9),
            agent: AGENT,
            target: TransferTarget::Outside(PartyId(10)),
            reason: None,
            route: route(),
        }
    }

    fn transfer_ended(end: TransferEnd) -> Event {
        Event::TransferEnded { conversation: ID, transfer: TRANSFER, end }
    }

    fn mobile_called() -> Event {
        let route = OutboundRoute { trunk: TRUNK, rule: None, passed: Vec::new() };
        Event::MobileCalled { conversation: ID, agent: AGENT, device: NUMBER, leg: MOBILE, route }
    }

    fn mobile_ended() -> Event {
        Event::MobileEnded { conversation: ID, agent: AGENT, device: NUMBER, leg: MOBILE, end: MobileEnd::Over }
    }

    fn joined(leg: LegId, role: PortRole) -> Event {
        Event::LegJoined { conversation: ID, leg, role, agent: None, trunk: Some(TRUNK) }
    }

    fn left(leg: LegId) -> Event {
        let (by, reason) = (EndedBy::Customer, EndReason::HungUp);
        Event::LegLeft { conversation: ID, leg, by, reason, quality: None }
    }

    #[test]
    fn a_call_that_goes_on_through_another_trunk_holds_a_channel_of_that_one() {
        let other = OutboundRoute { trunk: TrunkId(30), rule: Some(DestinationRuleId(8)), passed: Vec::new() };
        let of = |mobile| Event::OutboundRerouted {
            conversation: ID,
            trunk: TRUNK,
            cause: None,
            route: other.clone(),
            mobile,
        };
        let (rerouted, moved) = (|| of(None), || of(Some(MovedLeg { from: MOBILE, to: LegId(31) })));
        let over = || Event::MobileEnded {
            conversation: ID,
            agent: AGENT,
            device: NUMBER,
            leg: LegId(31),
            end: MobileEnd::Over,
        };
        let customer = || joined(CUSTOMER, PortRole::Customer);
        for (name, events, before, after) in [
            ("out", vec![called(), rerouted()], (0, 0), (0, 1)),
            ("out, in vain", vec![called(), rerouted(), outbound_ended(OutboundResult::Busy)], (0, 0), (0, 0)),
            ("asked", vec![customer(), asked(), rerouted()], (1, 0), (0, 1)),
            ("asked, over", vec![customer(), asked(), rerouted(), transfer_ended(TransferEnd::Busy)], (1, 0), (0, 0)),
            ("an agent's mobile", vec![called(), mobile_called(), moved()], (0, 1), (0, 1)),
            ("the mobile, over", vec![called(), mobile_called(), moved(), over()], (0, 1), (0, 0)),
        ] {
            let mut lines = LiveLines::default();
            events.iter().for_each(|event| lines.apply(event));
            assert_eq!((lines.of(TRUNK), lines.of(TrunkId(30))), (before, after), "{name}");
        }
    }

    #[test]
    fn a_call_holds_its_channel_until_it_is_over() {
        let (customer, outside) = (|| joined(CUSTOMER, PortRole::Customer), || joined(OUTSIDE, PortRole::Outside));
        let ended = || Event::ConversationEnded { conversation: ID, by: EndedBy::Customer, reason: EndReason::HungUp };
        let completed = || transfer_ended(TransferEnd::Completed);
        let own = || joined(MOBILE, PortRole::Agent);
        let cases: [(&str, Vec<Event>, (u32, u32)); 14] = [
            ("in", vec![customer()], (1, 0)),
            ("in, left", vec![customer(), left(CUSTOMER)], (0, 0)),
            ("in, another leg left", vec![customer(), left(OUTSIDE)], (1, 0)),
            ("out, rings", vec![called()], (0, 1)),
            ("out, busy", vec![called(), outbound_ended(OutboundResult::Busy)], (0, 0)),
            ("out, answered", vec![called(), customer(), outbound_ended(OutboundResult::Answered)], (0, 1)),
            (
                "out, answered, left",
                vec![called(), customer(), outbound_ended(OutboundResult::Answered), left(CUSTOMER)],
                (0, 0),
            ),
            ("asked, no answer", vec![customer(), asked(), transfer_ended(TransferEnd::NoAnswer)], (1, 0)),
            ("asked, handed over", vec![customer(), asked(), outside(), completed()], (1, 1)),
            ("handed over, left", vec![customer(), asked(), outside(), completed(), left(OUTSIDE)], (1, 0)),
            ("an agent's mobile rings", vec![customer(), mobile_called()], (1, 1)),
            ("it talks", vec![customer(), mobile_called(), own()], (1, 1)),
            ("it is over", vec![customer(), mobile_called(), own(), mobile_ended()], (1, 0)),
            ("the conversation ended", vec![customer(), asked(), outside(), ended()], (0, 0)),
        ];
        for (name, events, expected) in cases {
            let mut lines = LiveLines::default();
            events.iter().for_each(|event| lines.apply(event));
            assert_eq!(lines.of(TRUNK), expected, "{name}");
            assert_eq!(lines.of(TrunkId(99)), (0, 0), "{name}");
        }
    }
}
