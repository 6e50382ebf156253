//! Hold: asked for by the agent, or forced by a vanished device.

use domain::{AgentId, ConversationId, EndReason, EndedBy, Event, HandlingId, LegId, Refusal};

use super::{HandlingState, HoldCause};
use crate::floor::Floor;

impl Floor {
    pub(crate) fn hold(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, found) = self.handling_of(agent, handling)?;
        match found.state {
            HandlingState::Talking => {
                let (_, talk) = self.own_talk(agent, handling)?;
                if talk.consult.is_some() {
                    return Err(Refusal::WrongState);
                }
            }
            HandlingState::Held(HoldCause::Asked) => return Ok(()),
            HandlingState::Held(HoldCause::DeviceLost | HoldCause::Consulting) | HandlingState::WrappingUp => {
                return Err(Refusal::WrongState);
            }
        }
        self.change_handling(id, handling, |handling| handling.state = HandlingState::Held(HoldCause::Asked));
        self.emit(Event::HandlingHeld { conversation: id, handling, agent, device_lost: false });
        self.sound_talk(id);
        Ok(())
    }

    pub(crate) fn resume(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, found) = self.handling_of(agent, handling)?;
        match found.state {
            HandlingState::Talking => return Ok(()),
            HandlingState::Held(_) if self.consult_of(id).is_some_and(|consult| !consult.straight) => {
                return Err(Refusal::WrongState);
            }
            HandlingState::Held(_) if found.leg.is_none() => return Err(Refusal::NoDevice),
            HandlingState::Held(_) if self.telephone_holds(agent) => return Err(Refusal::AtPhone),
            HandlingState::Held(_) => {}
            HandlingState::WrappingUp => return Err(Refusal::WrongState),
        }
        self.change_handling(id, handling, |handling| handling.state = HandlingState::Talking);
        self.emit(Event::HandlingResumed { conversation: id, handling, agent, device_back: false });
        self.sound_talk(id);
        Ok(())
    }

    /// The talking or held handling of an agent, if there is one: with the customer, or with the colleague who has the customer.
    pub(crate) fn live_talk(&self, agent: AgentId) -> Option<(ConversationId, HandlingId)> {
        let id = self.desks.get(&agent)?.work?;
        let conversation = self.conversations.get(&id)?;
        let talk = conversation.talk()?;
        let parts = [Some(talk.handling), talk.consult.and_then(|consult| consult.handling())].into_iter().flatten();
        let parts = parts.chain(talk.members.iter().filter_map(|member| member.handling()));
        let mut theirs = parts.filter_map(|part| conversation.handling(part));
        theirs.find(|part| part.agent == agent).map(|part| (id, part.id))
    }

    /// The agent's device is gone in the middle of a talk: music for the customer, unless somebody else is there for them. Whoever comes
    /// back finds the talk.
    pub(crate) fn talk_lost_device(&mut self, id: ConversationId, agent: AgentId, handling: HandlingId) {
        let Some(found) = self.conversations.get(&id).and_then(|conversation| conversation.handling(handling)) else {
            return;
        };
        let (leg, state) = (found.leg, found.state);
        let is_alone = self.consult_of(id).is_none_or(|consult| consult.straight) && !self.is_conference(id);
        let talking = state == HandlingState::Talking && is_alone;
        self.change_handling(id, handling, |handling| {
            handling.leg = None;
            if talking {
                handling.state = HandlingState::Held(HoldCause::DeviceLost);
            }
        });
        if talking {
            self.emit(Event::HandlingHeld { conversation: id, handling, agent, device_lost: true });
        }
        if let Some(leg) = leg {
            self.agent_leg_left(id, leg, EndedBy::Network, EndReason::Unreachable);
        }
        self.sound_talk(id);
    }

    /// The agent has a leg (again, or another one): it takes the place of the one before.
    pub(crate) fn talk_has_device(&mut self, id: ConversationId, agent: AgentId, handling: HandlingId, leg: LegId) {
        let Some(found) = self.conversations.get(&id).and_then(|conversation| conversation.handling(handling)) else {
            return;
        };
        let (before, state) = (found.leg, found.state);
        let back = state == HandlingState::Held(HoldCause::DeviceLost);
        self.change_handling(id, handling, |handling| {
            handling.leg = Some(leg);
            if back {
                handling.state = HandlingState::Talking;
            }
        });
        if let Some(before) = before {
            self.agent_leg_left(id, before, EndedBy::Agent, EndReason::HungUp);
        }
        self.agent_leg_joined(id, agent, leg);
        if back {
            self.emit(Event::HandlingResumed { conversation: id, handling, agent, device_back: true });
        }
        self.sound_talk(id);
    }

    fn agent_leg_left(&mut self, id: ConversationId, leg: LegId, by: EndedBy, reason: EndReason) {
        self.emit(Event::LegLeft { conversation: id, leg, by, reason, quality: None });
    }
}
