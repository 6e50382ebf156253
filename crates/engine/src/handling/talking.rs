//! Talk: from the accepted offer to the hang-up of either side.

use domain::input::DIGITS_PER_REQUEST_MAX;
use domain::room::PortRole;
use domain::{
    AgentId, Cause, Command, ConversationId, EndReason, EndedBy, Event, HandlingEnd, HandlingId, Key, LegId,
    OutboundResult, QueueId, Refusal, SegmentId,
};

use super::{Handling, HandlingState};
use crate::conversation::{Asked, ConsultState, Conversation, CustomerStage, End, Member, Origin, Talk};
use crate::floor::Floor;

impl Floor {
    pub(crate) fn begin_talk(
        &mut self,
        id: ConversationId,
        agent: AgentId,
        leg: LegId,
        segment: SegmentId,
        origin: Origin,
    ) {
        self.begin_talk_with(id, agent, leg, segment, origin, Vec::new());
    }

    /// The same in a conference.
    pub(crate) fn begin_talk_with(
        &mut self,
        id: ConversationId,
        agent: AgentId,
        leg: LegId,
        segment: SegmentId,
        origin: Origin,
        members: Vec<Member>,
    ) {
        self.answer_caller(id);
        let queue = origin.queue();
        let handling = self.open_handling(id, agent, leg, segment, queue);
        self.set_stage(id, CustomerStage::Talking(Talk { handling, origin, consult: None, members }));
        if let Some(queue) = queue {
            self.keep_in_talk(id, queue);
        }
        self.sound_talk(id);
    }

    /// An agent has a part in a conversation from here on, with this leg.
    pub(crate) fn open_handling(
        &mut self,
        id: ConversationId,
        agent: AgentId,
        leg: LegId,
        segment: SegmentId,
        queue: Option<QueueId>,
    ) -> HandlingId {
        let handling: HandlingId = self.mint();
        self.index.handlings.insert(handling, id);
        if let Some(conversation) = self.conversations.get_mut(&id) {
            let state = HandlingState::Talking;
            let part = Handling { id: handling, agent, segment, leg: Some(leg), muted: false, state };
            conversation.handlings.push(part);
        }
        self.emit(Event::HandlingStarted { conversation: id, segment, queue, handling, agent });
        self.agent_leg_joined(id, agent, leg);
        handling
    }

    pub(crate) fn agent_leg_joined(&mut self, id: ConversationId, agent: AgentId, leg: LegId) {
        let (role, trunk) = (PortRole::Agent, self.trunk_of_phone(agent, leg));
        self.emit(Event::LegJoined { conversation: id, leg, role, agent: Some(agent), trunk });
    }

    /// The conversation and state of a handling of this agent that is not closed.
    pub(crate) fn handling_of(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
    ) -> Result<(ConversationId, Handling), Refusal> {
        let id = *self.index.handlings.get(&handling).ok_or(Refusal::HandlingOver)?;
        let conversation = self.conversations.get(&id).ok_or(Refusal::HandlingOver)?;
        let found =
            conversation.handling(handling).filter(|found| found.agent == agent).ok_or(Refusal::HandlingOver)?;
        self.guard.subject = Some(id);
        Ok((id, found.clone()))
    }

    pub(crate) fn mute(&mut self, agent: AgentId, handling: HandlingId, on: bool) -> Result<(), Refusal> {
        let (id, found) = self.handling_of(agent, handling)?;
        match found.state {
            HandlingState::Talking | HandlingState::Held(_) => {}
            HandlingState::WrappingUp => return Err(Refusal::WrongState),
        }
        if found.muted == on {
            return Ok(());
        }
        self.change_handling(id, handling, |handling| handling.muted = on);
        self.emit(Event::HandlingMuted { conversation: id, handling, agent, on });
        self.sound_talk(id);
        Ok(())
    }

    /// Presses keys towards the customer, while the customer hears the agent, or towards whoever outside is asked in private. They are
    /// in no event: they may be a card's.
    pub(crate) fn send_digits(&mut self, agent: AgentId, handling: HandlingId, keys: Vec<Key>) -> Result<(), Refusal> {
        let (id, found) = self.handling_of(agent, handling)?;
        let leg = self.hears_keys(id, &found).ok_or(Refusal::WrongState)?;
        if keys.is_empty() || keys.len() > DIGITS_PER_REQUEST_MAX {
            return Err(Refusal::BadNumber);
        }
        self.command(Command::SendDigits { leg, keys });
        Ok(())
    }

    /// Who outside hears an agent at this moment.
    fn hears_keys(&self, id: ConversationId, part: &Handling) -> Option<LegId> {
        let conversation = self.conversations.get(&id)?;
        let customer = Some(conversation.leg);
        let is_member = conversation.members().iter().any(|member| member.handling() == Some(part.id));
        // Whoever is rung to take part keeps nobody from the customer, nor does whom the leader of a conference asks the others in it.
        let consult = self.consult_of(id).filter(|consult| !consult.straight && !is_member);
        match (part.state, consult.map(|consult| consult.state())) {
            (HandlingState::Talking, None | Some(ConsultState::Joined)) => customer,
            (HandlingState::Held(_), Some(ConsultState::Private)) => match consult?.asked {
                Asked::Outside(outside) => Some(outside.leg),
                Asked::Ringing { .. } | Asked::Colleague { .. } => None,
            },
            (HandlingState::Talking | HandlingState::Held(_) | HandlingState::WrappingUp, _) => None,
        }
    }

    pub(crate) fn hang_up(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (id, found) = self.handling_of(agent, handling)?;
        if self.live_dial(agent) == Some((id, handling)) {
            self.dial_over(id, OutboundResult::Cancelled, None);
            return Ok(());
        }
        let Some(talk) = self.conversations.get(&id).and_then(Conversation::talk).cloned() else {
            return Err(Refusal::WrongState);
        };
        if self.hang_up_in_conference(id, &talk, handling) {
            return Ok(());
        }
        match talk.consult {
            Some(consult) if consult.handling() == Some(handling) => {
                self.colleague_hung_up(id, &consult);
                return Ok(());
            }
            Some(consult) if consult.is_answered() && talk.handling == handling => {
                self.leave_to_asked(id, handling);
                return Ok(());
            }
            Some(_) | None => {}
        }
        if talk.handling != handling || found.state == HandlingState::WrappingUp {
            return Err(Refusal::WrongState);
        }
        if let Some(consult) = &talk.consult {
            self.abandon_consult(id, consult);
        }
        let queue = talk.origin.queue();
        let end = End { by: EndedBy::Agent, reason: EndReason::HungUp };
        self.end_talk(id, handling, HandlingEnd::AgentHungUp, end);
        self.release_customer(id, end, Cause::Normal);
        self.begin_wrap_up(id, handling, queue);
        Ok(())
    }

    /// Talk is over; the handling is not closed yet. The agent's nailed-up leg leaves the conversation and lives on, a SIP phone is
    /// hung up.
    pub(crate) fn end_talk(&mut self, id: ConversationId, handling: HandlingId, end: HandlingEnd, why: End) {
        let Some(found) = self.conversations.get(&id).and_then(|conversation| conversation.handling(handling)) else {
            return;
        };
        let (agent, leg) = (found.agent, found.leg);
        self.change_handling(id, handling, |handling| {
            handling.leg = None;
            handling.state = HandlingState::WrappingUp;
        });
        self.emit(Event::HandlingEnded { conversation: id, handling, agent, end });
        self.sync_agent(agent);
        if let Some(leg) = leg {
            let End { by, reason } = why;
            self.emit(Event::LegLeft { conversation: id, leg, by, reason, quality: None });
        }
        self.drop_telephone(agent, Cause::Normal);
        self.end_supervisions_of(id, agent);
    }

    pub(crate) fn change_handling(
        &mut self,
        id: ConversationId,
        handling: HandlingId,
        change: impl FnOnce(&mut Handling),
    ) {
        let conversation = self.conversations.get_mut(&id);
        if let Some(found) = conversation.and_then(|conversation| conversation.handling_mut(handling)) {
            change(found);
        }
    }

    /// Forgets a handling whose agent has nothing more to do in it.
    pub(crate) fn close_handling(&mut self, id: ConversationId, handling: HandlingId, agent: AgentId) {
        self.index.handlings.remove(&handling);
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.handlings.retain(|other| other.id != handling);
        }
        self.free_agent(agent);
        self.end_if_over(id);
    }
}
