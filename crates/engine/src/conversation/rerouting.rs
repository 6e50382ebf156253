//! A call whose trunk fails goes on through the next one its rule names: once through each, as long as nobody was rung, and within the time
//! the call may take. Whoever is called fails on every trunk: busy, no answer and a wrong number end it.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::outbound::{MovedLeg, OutboundRoute};
use domain::{AgentId, ClearingCause, Command, ConversationId, DestinationRuleId, EndReason, Event, LegId, TrunkId};

use super::dialling::Heard;
use super::{Asked, Conversation, CustomerStage, Line, Outside, Way};
use crate::agent::{MobileCall, PhoneCall};
use crate::floor::Floor;
use crate::outbound::Asking;

/// How long a trunk that was silent is passed over. Every call that tries it costs its agent some seconds; an outage that is over is noticed
/// after a minute.
const SILENT_REST: Duration = Duration::from_secs(60);

/// What was dialled for whoever is called outside, or was, and how.
#[derive(Clone, Debug)]
pub(crate) struct OutsideCall {
    pub to: String,
    /// On whose behalf.
    agent: AgentId,
    rule: Option<DestinationRuleId>,
    /// Trunks that failed.
    tried: Vec<TrunkId>,
}

impl OutsideCall {
    pub(super) fn new(agent: AgentId, way: &Way) -> OutsideCall {
        OutsideCall { to: way.to.clone(), agent, rule: way.rule, tried: Vec::new() }
    }
}

/// How a call to a carrier came to nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure {
    pub reason: EndReason,
    pub cause: Option<ClearingCause>,
}

impl Failure {
    /// Whether nothing came back at all.
    fn is_silence(self) -> bool {
        self.cause.is_none() && self.reason == EndReason::Unreachable
    }

    /// Whether another trunk may do.
    fn is_of_line(self) -> bool {
        self.is_silence() || self.cause.is_some_and(ClearingCause::is_of_line)
    }
}

impl Floor {
    /// Trunks that no call should take: those that do not work, and those that were silent a moment ago.
    pub(crate) fn trunks_off(&self) -> BTreeSet<TrunkId> {
        let resting = self.resting.iter().filter(|(_, until)| **until > self.now.mono).map(|(trunk, _)| *trunk);
        self.unreachable.iter().copied().chain(resting).collect()
    }

    /// Something came back from a trunk.
    pub(crate) fn trunk_heard(&mut self, trunk: Option<TrunkId>) {
        if let Some(trunk) = trunk {
            self.resting.remove(&trunk);
        }
    }

    /// What the end of a call that nobody was reached by tells of its trunk.
    pub(super) fn note_failure(&mut self, trunk: TrunkId, failure: Failure) {
        if failure.is_silence() {
            self.resting.insert(trunk, self.now.mono + SILENT_REST);
        } else if failure.cause.is_some() {
            self.trunk_heard(Some(trunk));
        }
    }

    /// Sends a call to a customer on through the next trunk. Says whether there is one.
    pub(super) fn reroute_dialled(&mut self, id: ConversationId, failure: Failure) -> bool {
        let Some(conversation) = self.conversations.get(&id) else { return false };
        let before = conversation.leg;
        let CustomerStage::Dialling(dialling) = &conversation.stage else { return false };
        let (agent, heard, way) = (dialling.agent, dialling.heard, dialling.way.clone());
        let Some(failed) = way.trunk() else { return false };
        // Whoever rang was reached, however that call ends.
        if heard != Heard::Nothing {
            self.trunk_heard(Some(failed));
            return false;
        }
        self.note_failure(failed, failure);
        if !failure.is_of_line() {
            return false;
        }
        let tried: Vec<TrunkId> = way.tried.iter().copied().chain([failed]).collect();
        let Some(next) = self.next_way(id, agent, (&way.to, way.rule), &tried) else { return false };
        self.tell_rerouted(id, failed, failure, (next.route(), None));
        let leg: LegId = self.mint();
        self.index.legs.remove(&before);
        self.index.legs.insert(leg, id);
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.leg = leg;
            if let CustomerStage::Dialling(dialling) = &mut conversation.stage {
                dialling.way = Way { tried, ..next };
            }
        }
        self.dial_far(id);
        true
    }

    /// Sends a call to somebody outside for a customer on through the next trunk. Says whether there is one.
    pub(super) fn reroute_outside(&mut self, id: ConversationId, outside: Outside, failure: Failure) -> bool {
        let Some(failed) = outside.trunk else { return false };
        // Whoever rang or answered was reached, however that call ends.
        if outside.line != Line::Called {
            self.trunk_heard(Some(failed));
            return false;
        }
        self.note_failure(failed, failure);
        let call = self.conversations.get(&id).and_then(|conversation| conversation.outside_call.clone());
        let Some(mut call) = call.filter(|_| failure.is_of_line()) else { return false };
        call.tried.push(failed);
        let Some(next) = self.next_way(id, call.agent, (&call.to, call.rule), &call.tried) else { return false };
        self.tell_rerouted(id, failed, failure, (next.route(), None));
        let leg: LegId = self.mint();
        self.index.outsides.remove(&outside.leg);
        self.index.outsides.insert(leg, id);
        let trunk = next.trunk();
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.outside_call = Some(call);
            conversation.change_outside(|known| (known.leg, known.trunk) = (leg, trunk));
        }
        let Way { target, caller, withheld, .. } = next;
        self.command(Command::Dial { leg, target, caller, withheld, auto_answer: false });
        true
    }

    /// Sends a call to an agent's number outside on through the next trunk. Says whether there is one.
    pub(super) fn reroute_mobile(&mut self, agent: AgentId, before: LegId, failure: Failure) -> bool {
        let call = self.desks.get(&agent).and_then(|desk| desk.call);
        let Some(call) = call.filter(|call| call.leg == before && !call.up) else { return false };
        let Some((mobile, failed)) = call.mobile.and_then(|mobile| Some((mobile, mobile.trunk?))) else { return false };
        // Whoever rang or answered was reached, however that call ends.
        if mobile.reached {
            self.trunk_heard(Some(failed));
            return false;
        }
        self.note_failure(failed, failure);
        let number = self.mobile_of(agent).filter(|known| known.id == mobile.device).map(|known| known.number.clone());
        let (Some(number), true) = (number, failure.is_of_line()) else { return false };
        let mut tried = self.desks.get(&agent).map(|desk| desk.tried.clone()).unwrap_or_default();
        tried.push(failed);
        let id = call.conversation;
        let Some(next) = self.next_way(id, agent, (&number, mobile.rule), &tried) else { return false };
        self.guard.subject = Some(id);
        let (leg, trunk): (LegId, _) = (self.mint(), next.trunk());
        self.tell_rerouted(id, failed, failure, (next.route(), Some(MovedLeg { from: before, to: leg })));
        self.index.phones.remove(&before);
        self.index.phones.insert(leg, agent);
        if let Some(desk) = self.desks.get_mut(&agent) {
            desk.tried = tried;
            let mobile = Some(MobileCall { trunk, ..mobile });
            desk.call = Some(PhoneCall { leg, mobile, ..call });
        }
        let Way { target, caller, withheld, .. } = next;
        self.command(Command::Dial { leg, target, caller, withheld, auto_answer: false });
        true
    }

    fn tell_rerouted(
        &mut self,
        id: ConversationId,
        trunk: TrunkId,
        failure: Failure,
        (route, mobile): (Option<OutboundRoute>, Option<MovedLeg>),
    ) {
        if let Some(route) = route {
            self.emit(Event::OutboundRerouted { conversation: id, trunk, cause: failure.cause, route, mobile });
        }
    }

    /// The way of the same call through a trunk it did not take yet, by the same rule.
    fn next_way(
        &self,
        id: ConversationId,
        agent: AgentId,
        (to, rule): (&str, Option<DestinationRuleId>),
        tried: &[TrunkId],
    ) -> Option<Way> {
        let settings = self.catalog.settings();
        let asking = Asking {
            agent: settings.agents.iter().find(|other| other.id == agent),
            typed: to,
            dialled: self.conversations.get(&id)?.number,
            numbers: &settings.numbers,
            unreachable: &self.trunks_off(),
        };
        let passage = self.tolls.another(asking, rule, tried, self.now)?;
        Some(self.way_of(passage, to.to_owned()))
    }
}

impl Conversation {
    /// Changes the call to whoever is called outside, and takes no part in a conference.
    pub(super) fn change_outside(&mut self, change: impl FnOnce(&mut Outside)) {
        match &mut self.stage {
            CustomerStage::Forwarded(forward) => change(&mut forward.outside),
            CustomerStage::Talking(talk) => {
                if let Some(Asked::Outside(outside)) = talk.consult.as_mut().map(|consult| &mut consult.asked) {
                    change(outside);
                }
            }
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => {}
        }
    }
}
