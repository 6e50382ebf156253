//! A supervisor hears an agent's talk, is heard by the agent alone or by everybody, takes the customer over, or ends the call.
//!
//! A supervisor has no handling: the figures know nothing of it. While the recording is paused a supervisor hears nothing either, because
//! what must not be kept must not be overheard (PCI DSS 3.3.1).

use domain::room::PortRole;
use domain::{
    AgentId, Cause, ConversationId, EndReason, EndedBy, Event, HandlingEnd, HandlingId, LegId, Refusal, Supervision,
    SupervisionEnd, SupervisionMode,
};

use super::{Conversation, End, Talk};
use crate::floor::Floor;
use crate::rooms::Ear;

/// A supervisor in a conversation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Supervisor {
    pub agent: AgentId,
    /// Whose talk is heard.
    pub target: AgentId,
    /// The supervisor's leg while it stands in the conversation.
    pub leg: Option<LegId>,
    pub mode: SupervisionMode,
}

impl Conversation {
    pub(crate) fn supervisor(&self, agent: AgentId) -> Option<&Supervisor> {
        self.supervisors.iter().find(|supervisor| supervisor.agent == agent)
    }

    fn supervisor_mut(&mut self, agent: AgentId) -> Option<&mut Supervisor> {
        self.supervisors.iter_mut().find(|supervisor| supervisor.agent == agent)
    }

    /// What supervisors hear, and who hears them.
    pub(crate) fn ears(&self) -> Vec<Ear> {
        let parts = |agent| self.handlings.iter().filter(move |part| part.agent == agent);
        let leg_of = |agent| parts(agent).find_map(|part| self.voice_of(part)).map(|voice| voice.leg);
        let connected = self.supervisors.iter().filter_map(|one| Some((one.leg?, one)));
        connected.map(|(leg, one)| Ear { leg, mode: one.mode, target: leg_of(one.target) }).collect()
    }
}

impl Floor {
    /// Begins to hear the talk of an agent, or takes part in it in another way.
    pub(crate) fn supervise(
        &mut self,
        agent: AgentId,
        target: AgentId,
        conversation: ConversationId,
        mode: SupervisionMode,
    ) -> Result<(), Refusal> {
        let (id, _) = self.live_talk(target).filter(|(id, _)| *id == conversation).ok_or(Refusal::WrongState)?;
        self.guard.subject = Some(id);
        if let Some(known) = self.supervision_of(agent).filter(|(of, known)| *of == id && known.target == target) {
            self.change_supervision(agent, known.1, id, mode);
            return Ok(());
        }
        self.can_supervise(agent, target)?;
        self.emit(Event::Supervised { conversation: id, agent, what: Supervision::Began { target, mode } });
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.supervisors.push(Supervisor { agent, target, leg: None, mode });
        }
        self.occupy(agent, id);
        match self.browser_leg(agent) {
            Some(leg) => self.supervisor_has_device(id, agent, leg),
            None => self.ring_telephone(agent, id, true),
        }
        Ok(())
    }

    fn can_supervise(&self, agent: AgentId, target: AgentId) -> Result<(), Refusal> {
        if agent == target {
            return Err(Refusal::UnknownReference);
        }
        if !self.is_signed_in(agent) {
            return Err(Refusal::NotSignedIn);
        }
        if self.is_busy(agent) {
            return Err(Refusal::WorkInHand);
        }
        if !self.has_phone(agent) {
            return Err(Refusal::NoDevice);
        }
        self.site_takes(agent)
    }

    fn change_supervision(&mut self, agent: AgentId, known: Supervisor, id: ConversationId, mode: SupervisionMode) {
        if known.mode == mode {
            return;
        }
        if let Some(supervisor) = self.conversations.get_mut(&id).and_then(|known| known.supervisor_mut(agent)) {
            supervisor.mode = mode;
        }
        self.emit(Event::Supervised { conversation: id, agent, what: Supervision::Changed { mode } });
        self.send_room(id);
    }

    pub(crate) fn stop_supervising(&mut self, agent: AgentId) -> Result<(), Refusal> {
        let (id, _) = self.supervision_of(agent).ok_or(Refusal::WrongState)?;
        self.guard.subject = Some(id);
        self.end_supervision(id, agent, SupervisionEnd::Stopped);
        self.send_room(id);
        Ok(())
    }

    /// Where an agent supervises.
    pub(crate) fn supervision_of(&self, agent: AgentId) -> Option<(ConversationId, Supervisor)> {
        let id = self.desks.get(&agent)?.work?;
        self.conversations.get(&id)?.supervisor(agent).map(|known| (id, *known))
    }

    /// The supervisor has a leg (again, or another one).
    pub(crate) fn supervisor_has_device(&mut self, id: ConversationId, agent: AgentId, leg: LegId) {
        self.supervisor_left(id, agent, EndedBy::Agent, EndReason::HungUp);
        if let Some(supervisor) = self.conversations.get_mut(&id).and_then(|known| known.supervisor_mut(agent)) {
            supervisor.leg = Some(leg);
        }
        let (role, trunk) = (PortRole::Supervisor, self.trunk_of_phone(agent, leg));
        self.emit(Event::LegJoined { conversation: id, leg, role, agent: Some(agent), trunk });
        self.send_room(id);
    }

    pub(crate) fn supervisor_lost_device(&mut self, id: ConversationId, agent: AgentId) {
        self.supervisor_left(id, agent, EndedBy::Network, EndReason::Unreachable);
        self.send_room(id);
    }

    fn supervisor_left(&mut self, id: ConversationId, agent: AgentId, by: EndedBy, reason: EndReason) {
        let supervisor = self.conversations.get_mut(&id).and_then(|known| known.supervisor_mut(agent));
        if let Some(leg) = supervisor.and_then(|supervisor| supervisor.leg.take()) {
            if let Some(room) = self.conversations.get_mut(&id).and_then(|known| known.room.as_mut()) {
                room.left = true;
            }
            self.emit(Event::LegLeft { conversation: id, leg, by, reason, quality: None });
        }
    }

    /// The supervisor is out; the caller tells the room.
    pub(crate) fn end_supervision(&mut self, id: ConversationId, agent: AgentId, end: SupervisionEnd) {
        if self.conversations.get(&id).is_none_or(|known| known.supervisor(agent).is_none()) {
            return;
        }
        let (by, reason) = match end {
            SupervisionEnd::Unreachable => (EndedBy::Network, EndReason::Unreachable),
            SupervisionEnd::Stopped
            | SupervisionEnd::TalkOver
            | SupervisionEnd::TookOver
            | SupervisionEnd::Failed
            | SupervisionEnd::NodeRestarted => (EndedBy::Agent, EndReason::HungUp),
        };
        self.supervisor_left(id, agent, by, reason);
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.supervisors.retain(|other| other.agent != agent);
        }
        self.emit(Event::Supervised { conversation: id, agent, what: Supervision::Ended { end } });
        if end != SupervisionEnd::TookOver {
            self.drop_telephone(agent, Cause::Normal);
            self.free_agent(agent);
        }
    }

    /// The part of an agent is over, and with it whatever was heard of it.
    pub(crate) fn end_supervisions_of(&mut self, id: ConversationId, target: AgentId) {
        let known = self.conversations.get(&id).map(|known| known.supervisors.clone()).unwrap_or_default();
        for supervisor in known.iter().filter(|supervisor| supervisor.target == target) {
            self.end_supervision(id, supervisor.agent, SupervisionEnd::TalkOver);
        }
    }

    /// Takes the customer of an agent over. The supervisor's own phone has to be there.
    pub(crate) fn take_over(
        &mut self,
        agent: AgentId,
        target: AgentId,
        conversation: ConversationId,
    ) -> Result<(), Refusal> {
        let (id, handling, talk) = self.talk_of(target, conversation)?;
        let heard = self.supervision_of(agent).filter(|(of, _)| *of == id);
        if heard.is_none() {
            self.can_supervise(agent, target)?;
        }
        if self.telephone_holds(agent) {
            return Err(Refusal::AtPhone);
        }
        let leg = heard.and_then(|(_, known)| known.leg).or(self.browser_leg(agent)).ok_or(Refusal::AtPhone)?;
        self.end_supervision(id, agent, SupervisionEnd::TookOver);
        self.occupy(agent, id);
        if let Some(consult) = &talk.consult {
            self.abandon_consult(id, consult);
        }
        let (queue, end) = (talk.origin.queue(), End { by: EndedBy::System, reason: EndReason::HungUp });
        self.end_talk(id, handling, HandlingEnd::TakenOver, end);
        self.end_recording_pause(id);
        let segment = self.mint();
        self.begin_talk_with(id, agent, leg, segment, talk.origin, talk.members);
        self.begin_wrap_up(id, handling, queue);
        Ok(())
    }

    /// Ends the call of an agent, and with it the customer's.
    pub(crate) fn release_call(
        &mut self,
        agent: AgentId,
        target: AgentId,
        conversation: ConversationId,
    ) -> Result<(), Refusal> {
        if agent == target {
            return Err(Refusal::UnknownReference);
        }
        let (id, handling, talk) = self.talk_of(target, conversation)?;
        if let Some(consult) = &talk.consult {
            self.abandon_consult(id, consult);
        }
        let end = End { by: EndedBy::System, reason: EndReason::HungUp };
        self.end_conference(id, HandlingEnd::Released, end);
        self.end_talk(id, handling, HandlingEnd::Released, end);
        self.release_customer(id, end, Cause::Normal);
        self.begin_wrap_up(id, handling, talk.origin.queue());
        Ok(())
    }

    /// The talk of an agent who has this customer.
    fn talk_of(
        &mut self,
        target: AgentId,
        conversation: ConversationId,
    ) -> Result<(ConversationId, HandlingId, Talk), Refusal> {
        let live = self.live_talk(target).filter(|(id, _)| *id == conversation);
        let (id, handling) = live.ok_or(Refusal::WrongState)?;
        self.guard.subject = Some(id);
        let talk = self.conversations.get(&id).and_then(Conversation::talk);
        let own = talk.filter(|talk| talk.handling == handling).cloned();
        own.map(|talk| (id, handling, talk)).ok_or(Refusal::WrongState)
    }
}
