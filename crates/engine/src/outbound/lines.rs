//! The calls through trunks that are up, folded out of events.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::outbound::{MovedLeg, OutboundRoute};
use domain::room::PortRole;
use domain::{ConversationId, DestinationRuleId, Event, LegId, Mono, OutboundResult, TrunkId};

/// Calls of one trunk that are up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChannelUse {
    /// From the carrier.
    pub inbound: u32,
    /// To the carrier.
    pub outbound: u32,
}

/// Which of the calls a conversation may have through trunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Customer,
    /// Being called outside, one at a time.
    Outside,
    /// The number outside that an agent works with, called or on the line.
    Mobile(LegId),
    /// On the line outside.
    Answered(LegId),
}

/// After every other part.
const LAST: Part = Part::Answered(LegId(i64::MAX));

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    trunk: TrunkId,
    is_outbound: bool,
    rule: Option<DestinationRuleId>,
    leg: Option<LegId>,
    answered: Option<Mono>,
}

/// Something an event told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// A call to a carrier was begun.
    Begun { trunk: TrunkId, rule: Option<DestinationRuleId> },
    /// A call by a rule is over.
    Talked { rule: DestinationRuleId, for_: Duration },
}

/// For each conversation there is: its customer, whoever is called outside, those who answered, and agents by numbers outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    lines: BTreeMap<(ConversationId, Part), Line>,
    /// The lines of each trunk that has any, so that nobody counts twenty thousand before every call.
    used: BTreeMap<TrunkId, ChannelUse>,
    /// When the event before was: what is known of when a node that crashed was still there.
    last: Mono,
}

impl Lines {
    pub(super) fn apply(&mut self, event: &Event, at: Mono) -> Option<Told> {
        let told = self.fold(event, at);
        self.last = at;
        told
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "of all events only these are about lines")]
    fn fold(&mut self, event: &Event, at: Mono) -> Option<Told> {
        match *event {
            Event::OutboundStarted { conversation, route: Some(ref route), .. } => {
                Some(self.begin(conversation, Part::Customer, route))
            }
            Event::TransferStarted { conversation, route: Some(ref route), .. } => {
                Some(self.begin(conversation, Part::Outside, route))
            }
            Event::MobileCalled { conversation, leg, ref route, .. } => {
                let told = self.begin(conversation, Part::Mobile(leg), route);
                self.lines.entry((conversation, Part::Mobile(leg))).and_modify(|line| line.leg = Some(leg));
                Some(told)
            }
            Event::MobileEnded { conversation, leg, .. } => self.end((conversation, Part::Mobile(leg)), at),
            // Talk begins with the key, not with the answer.
            Event::LegJoined {
                conversation,
                leg,
                role: PortRole::Agent | PortRole::Supervisor,
                trunk: Some(_),
                ..
            } => {
                let line = self.lines.get_mut(&(conversation, Part::Mobile(leg)))?;
                line.answered = line.answered.or(Some(at));
                None
            }
            Event::OutboundRerouted { conversation, trunk, ref route, mobile, .. } => {
                Some(self.reroute(conversation, trunk, route, mobile))
            }
            Event::LegJoined { conversation, leg, role, trunk: Some(trunk), .. } => {
                self.joined(conversation, leg, role, trunk)
            }
            Event::LegAnswered { conversation, leg } => {
                let line = self.of_conversation(conversation).find(|line| line.leg == Some(leg))?;
                line.answered = Some(at);
                None
            }
            Event::OutboundEnded { conversation, result, .. } if result != OutboundResult::Answered => {
                self.end((conversation, Part::Customer), at)
            }
            // Once it is answered, the call outlives the transfer it was made for.
            Event::TransferEnded { conversation, .. } => self.end((conversation, Part::Outside), at),
            Event::LegLeft { conversation, leg, .. } => {
                let parts = [Part::Customer, Part::Mobile(leg), Part::Answered(leg)].map(|part| (conversation, part));
                let left = |key: &(ConversationId, Part)| self.lines.get(key).is_some_and(|line| line.leg == Some(leg));
                let key = parts.into_iter().find(left)?;
                self.end(key, at)
            }
            // Every leg has left by then.
            Event::ConversationEnded { conversation, .. } => {
                let parts =
                    self.lines.range((conversation, Part::Customer)..=(conversation, LAST)).map(|(key, _)| *key);
                for key in parts.collect::<Vec<_>>() {
                    self.remove(&key);
                }
                None
            }
            // The calls that were up ended with the node that carried them.
            Event::FloorStarted { .. } => {
                let down = at.since(self.last);
                for answered in self.lines.values_mut().filter_map(|line| line.answered.as_mut()) {
                    *answered = *answered + down;
                }
                None
            }
            _ => None,
        }
    }

    /// Calls of a trunk that are up.
    pub(super) fn channels(&self, trunk: TrunkId) -> ChannelUse {
        self.used.get(&trunk).copied().unwrap_or_default()
    }

    /// How long the calls of a rule that are up have been talked in.
    pub(super) fn talking(&self, rule: DestinationRuleId, now: Mono) -> Duration {
        let of_rule = self.lines.values().filter(|line| line.rule == Some(rule));
        of_rule
            .filter_map(|line| line.answered)
            .map(|since| now.since(since))
            .fold(Duration::ZERO, |sum, talk| sum.saturating_add(talk))
    }

    fn begin(&mut self, conversation: ConversationId, part: Part, route: &OutboundRoute) -> Told {
        let (trunk, rule) = (route.trunk, route.rule);
        let line = Line { trunk, is_outbound: true, rule, leg: None, answered: None };
        self.insert((conversation, part), line);
        Told::Begun { trunk, rule }
    }

    /// The call is the same for its rule, and another one for the trunk.
    fn reroute(
        &mut self,
        conversation: ConversationId,
        failed: TrunkId,
        route: &OutboundRoute,
        mobile: Option<MovedLeg>,
    ) -> Told {
        let told = Told::Begun { trunk: route.trunk, rule: None };
        if let Some(MovedLeg { from, to }) = mobile {
            if let Some(line) = self.remove(&(conversation, Part::Mobile(from))) {
                let line = Line { trunk: route.trunk, leg: Some(to), ..line };
                self.insert((conversation, Part::Mobile(to)), line);
            }
            return told;
        }
        let parts = [Part::Outside, Part::Customer].map(|part| (conversation, part));
        let is_it = |key: &(ConversationId, Part)| {
            self.lines.get(key).is_some_and(|line| line.trunk == failed && line.leg.is_none() && line.is_outbound)
        };
        if let Some(key) = parts.into_iter().find(is_it)
            && let Some(line) = self.remove(&key)
        {
            self.insert(key, Line { trunk: route.trunk, ..line });
        }
        told
    }

    /// A leg that nobody began is a customer who called, or, out of an old ledger, somebody outside whose trunk is told by the answer alone.
    fn joined(&mut self, conversation: ConversationId, leg: LegId, role: PortRole, trunk: TrunkId) -> Option<Told> {
        let is_outbound = role == PortRole::Outside;
        let (called, part) = match is_outbound {
            true => (Part::Outside, Part::Answered(leg)),
            false => (Part::Customer, Part::Customer),
        };
        if let Some(line) = self.remove(&(conversation, called)) {
            self.insert((conversation, part), Line { leg: Some(leg), ..line });
            return None;
        }
        let line = Line { trunk, is_outbound, rule: None, leg: Some(leg), answered: None };
        self.insert((conversation, part), line);
        is_outbound.then_some(Told::Begun { trunk, rule: None })
    }

    fn of_conversation(&mut self, conversation: ConversationId) -> impl Iterator<Item = &mut Line> {
        self.lines.range_mut((conversation, Part::Customer)..=(conversation, LAST)).map(|(_, line)| line)
    }

    fn end(&mut self, key: (ConversationId, Part), at: Mono) -> Option<Told> {
        let line = self.remove(&key)?;
        Some(Told::Talked { rule: line.rule?, for_: at.since(line.answered?) })
    }

    fn insert(&mut self, key: (ConversationId, Part), line: Line) {
        self.remove(&key);
        let used = self.used.entry(line.trunk).or_default();
        let count = used.way(line.is_outbound);
        *count = count.saturating_add(1);
        self.lines.insert(key, line);
    }

    fn remove(&mut self, key: &(ConversationId, Part)) -> Option<Line> {
        let line = self.lines.remove(key)?;
        if let Some(used) = self.used.get_mut(&line.trunk) {
            let count = used.way(line.is_outbound);
            *count = count.saturating_sub(1);
            if *used == ChannelUse::default() {
                self.used.remove(&line.trunk);
            }
        }
        Some(line)
    }
}

impl ChannelUse {
    fn way(&mut self, is_outbound: bool) -> &mut u32 {
        if is_outbound { &mut self.outbound } else { &mut self.inbound }
    }
}
