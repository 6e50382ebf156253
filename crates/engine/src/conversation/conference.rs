//! More than three talk: who is added to a talk, is muted, leaves, and who has the customer then.
//!
//! One agent leads, by having the customer: rings others one after the other, mutes them and lets them go. Whoever comes is first rung or asked by a
//! transfer and is known by its id from then on. When the leader goes, the agent who has been there longest leads; when no agent is left the talk is over,
//! except that one number outside alone keeps the customer, as after a consult.

use domain::input::Consulted;
use domain::{
    AgentId, Cause, ConferenceChange, ConferenceEnd, ConversationId, EndReason, EndedBy, Event, HandlingEnd,
    HandlingId, Refusal, TransferEnd, TransferId,
};

use super::consulting::Manner;
use super::{Asked, Consult, ConsultState, Conversation, CustomerStage, End, Outside, Talk};
use crate::floor::Floor;
use crate::handling::HandlingState;
use crate::limits::TALKERS_MAX;
use crate::rooms::{Scene, Voice};

/// Somebody who takes part beside the customer and whoever leads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    /// By which they came.
    pub transfer: TransferId,
    who: Who,
    /// Whoever leads lets nobody hear them.
    muted: bool,
}

#[derive(Clone, Copy, Debug)]
enum Who {
    Colleague { agent: AgentId, handling: HandlingId },
    Outside(Outside),
}

impl Member {
    pub(crate) fn handling(&self) -> Option<HandlingId> {
        match self.who {
            Who::Colleague { handling, .. } => Some(handling),
            Who::Outside(_) => None,
        }
    }

    pub(super) fn outside(&self) -> Option<Outside> {
        match self.who {
            Who::Colleague { .. } => None,
            Who::Outside(outside) => Some(outside),
        }
    }

    fn of(consult: &Consult) -> Option<Member> {
        let who = match consult.asked {
            Asked::Ringing { .. } => return None,
            Asked::Colleague { colleague: agent, handling } => Who::Colleague { agent, handling },
            Asked::Outside(outside) => Who::Outside(outside),
        };
        Some(Member { transfer: consult.transfer, who, muted: false })
    }
}

impl Conversation {
    /// Who takes part beside the customer and whoever leads, longest first.
    pub(crate) fn members(&self) -> &[Member] {
        self.talk().map_or(&[], |talk| &talk.members)
    }

    /// How somebody takes part in the room, where connected.
    fn voice_of_member(&self, member: &Member) -> Option<Voice> {
        let voice = match member.who {
            Who::Colleague { handling, .. } => self.handling(handling)?.voice(),
            Who::Outside(outside) => outside.voice(),
        };
        voice.map(|voice| Voice { muted: voice.muted || member.muted, ..voice })
    }
}

/// Whether one more may talk.
pub(super) fn can_talk_too(talk: &Talk) -> Result<(), Refusal> {
    // The customer and whoever leads.
    let others = talk.members.len() + usize::from(talk.consult.is_some());
    if others + 2 >= TALKERS_MAX { Err(Refusal::Overload) } else { Ok(()) }
}

impl Floor {
    /// Rings somebody who takes part as soon as they answer. The others talk on.
    pub(crate) fn add_party(&mut self, agent: AgentId, handling: HandlingId, whom: Consulted) -> Result<(), Refusal> {
        let (id, _) = self.own_talk(agent, handling)?;
        self.can_hear(id, agent, handling)?;
        let (_, part) = self.handling_of(agent, handling)?;
        if part.state != HandlingState::Talking {
            return Err(Refusal::WrongState);
        }
        let whom = self.whom(agent, whom)?;
        self.begin_consult(agent, handling, whom, None, Manner::Straight)
    }

    /// Lets nobody hear somebody, or lets them be heard again. Their own mute is another thing.
    pub(crate) fn mute_party(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        party: TransferId,
        on: bool,
    ) -> Result<(), Refusal> {
        let (id, talk) = self.own_talk(agent, handling)?;
        let third = talk.consult.filter(|third| third.transfer == party && third.state() == ConsultState::Joined);
        if third.is_some_and(|third| third.phone.is_none()) {
            self.conference(id);
        }
        let member = self.member_mut(id, party).ok_or(Refusal::WrongState)?;
        if member.muted == on {
            return Ok(());
        }
        member.muted = on;
        let what = if on { ConferenceChange::Muted } else { ConferenceChange::Unmuted };
        self.emit(Event::ConferenceChanged { conversation: id, transfer: party, by: Some(agent), what });
        self.sound_talk(id);
        Ok(())
    }

    /// Lets somebody go, or stops ringing them.
    pub(crate) fn drop_party(
        &mut self,
        agent: AgentId,
        handling: HandlingId,
        party: TransferId,
    ) -> Result<(), Refusal> {
        let (id, talk) = self.own_talk(agent, handling)?;
        if talk.consult.is_some_and(|consult| consult.transfer == party) {
            return self.drop_consult(agent, handling);
        }
        let member = self.take_member(id, |member| member.transfer == party).ok_or(Refusal::WrongState)?;
        let end = End { by: EndedBy::Agent, reason: EndReason::HungUp };
        self.member_left(id, &member, ConferenceEnd::Dropped, Some(agent));
        self.let_member_go(id, &member, HandlingEnd::ConsultEnded, end);
        self.settle_talk(id);
        Ok(())
    }

    pub(crate) fn is_conference(&self, id: ConversationId) -> bool {
        self.conversations.get(&id).is_some_and(|known| !known.members().is_empty())
    }

    /// Whoever is asked takes part from here on, and somebody else may be asked.
    pub(super) fn conference(&mut self, id: ConversationId) {
        // Whoever leads is there by the first call of their phone.
        self.forget_asking_call(id, EndedBy::Agent, EndReason::HungUp, Some(Cause::Normal));
        let Some(consult) = self.consult_of(id) else { return };
        let Some(member) = Member::of(&consult) else { return };
        self.set_consult(id, None);
        if let Some(CustomerStage::Talking(talk)) = self.conversations.get_mut(&id).map(|known| &mut known.stage) {
            talk.members.push(member);
        }
        let (transfer, end) = (consult.transfer, TransferEnd::Conferenced);
        self.emit(Event::TransferEnded { conversation: id, transfer, end });
    }

    /// Whoever was rung to take part has answered.
    pub(super) fn conference_if_straight(&mut self, id: ConversationId) {
        if self.consult_of(id).is_some_and(|consult| consult.straight && consult.is_answered()) {
            self.conference(id);
        }
    }

    /// Of more than three nobody is a third.
    pub(super) fn conference_if_more(&mut self, id: ConversationId) {
        if self.is_conference(id) {
            self.conference(id);
        }
    }

    /// Whoever leads is gone and asks nobody any more. A colleague who has answered takes part where nobody else could lead.
    fn end_asking(&mut self, id: ConversationId) {
        let Some(consult) = self.consult_of(id) else { return };
        let members = self.conversations.get(&id).map(Conversation::members).unwrap_or_default();
        let has_colleague = members.iter().any(|member| member.handling().is_some());
        if consult.handling().is_some() && !has_colleague {
            self.conference(id);
        } else {
            self.abandon_consult(id, &consult);
        }
    }

    /// Somebody of a conference hangs up. Says whether that was all.
    pub(crate) fn hang_up_in_conference(&mut self, id: ConversationId, talk: &Talk, handling: HandlingId) -> bool {
        let end = End { by: EndedBy::Agent, reason: EndReason::HungUp };
        if let Some(member) = self.take_member(id, |member| member.handling() == Some(handling)) {
            self.member_left(id, &member, ConferenceEnd::HungUp, None);
            self.let_member_go(id, &member, HandlingEnd::AgentHungUp, end);
            self.settle_talk(id);
            return true;
        }
        if talk.handling != handling || talk.members.is_empty() {
            return false;
        }
        let agent = self.conversations.get(&id).and_then(|known| Some(known.handling(handling)?.agent));
        self.end_asking(id);
        let Some(next) = self.next_to_lead(id) else {
            self.end_conference(id, HandlingEnd::AgentHungUp, end);
            self.end_talk(id, handling, HandlingEnd::AgentHungUp, end);
            self.release_customer(id, end, Cause::Normal);
            self.begin_wrap_up(id, handling, talk.origin.queue());
            return true;
        };
        self.end_talk(id, handling, HandlingEnd::Transferred, end);
        self.lead(id, &next, agent);
        self.begin_wrap_up(id, handling, talk.origin.queue());
        true
    }

    /// An agent of a conference is lost, and their handling ended. Says whether the customer is in good hands.
    pub(super) fn conference_lost_agent(&mut self, id: ConversationId, handling: HandlingId, agent: AgentId) -> bool {
        if let Some(member) = self.take_member(id, |member| member.handling() == Some(handling)) {
            self.member_left(id, &member, ConferenceEnd::Unreachable, None);
            self.close_handling(id, handling, agent);
            self.settle_talk(id);
            return true;
        }
        let leads = self.conversations.get(&id).and_then(Conversation::talk).is_some_and(|t| t.handling == handling);
        if !leads || !self.is_conference(id) {
            return false;
        }
        self.end_asking(id);
        let Some(next) = self.next_to_lead(id) else {
            let end = End { by: EndedBy::Network, reason: EndReason::Unreachable };
            self.end_conference(id, HandlingEnd::AgentLost, end);
            return false;
        };
        self.lead(id, &next, None);
        self.close_handling(id, handling, agent);
        true
    }

    /// Somebody outside is gone. Says whether they were in a conference.
    pub(super) fn conference_lost_outside(&mut self, id: ConversationId, outside: Outside, end: End) -> bool {
        let theirs = |member: &Member| member.outside().is_some_and(|known| known.leg == outside.leg);
        let Some(member) = self.take_member(id, theirs) else { return false };
        let why = match end.by {
            EndedBy::Network | EndedBy::System => ConferenceEnd::Unreachable,
            EndedBy::Customer | EndedBy::Agent | EndedBy::Outside => ConferenceEnd::HungUp,
        };
        self.member_left(id, &member, why, None);
        self.settle_talk(id);
        true
    }

    /// The talk is over for everybody who was added; agents wrap up like the one who leads.
    pub(crate) fn end_conference(&mut self, id: ConversationId, handling_end: HandlingEnd, end: End) {
        let queue = self.conversations.get(&id).and_then(|known| known.talk()?.origin.queue());
        while let Some(member) = self.take_member(id, |_| true) {
            self.member_left(id, &member, ConferenceEnd::TalkOver, None);
            match member.who {
                Who::Colleague { handling, .. } => {
                    self.end_talk(id, handling, handling_end, end);
                    self.begin_wrap_up(id, handling, queue);
                }
                Who::Outside(outside) => self.hang_up_outside(id, outside, end),
            }
        }
    }

    /// Who has the customer when whoever leads is gone: the agent who has been there longest, or the one number outside that is there alone.
    fn next_to_lead(&self, id: ConversationId) -> Option<Member> {
        let members = self.conversations.get(&id)?.members();
        let colleague = members.iter().find(|member| member.handling().is_some());
        colleague
            .or(match members {
                [only] => Some(only),
                _ => None,
            })
            .copied()
    }

    /// Whoever led has no part any more; the pause of the recording was theirs.
    fn lead(&mut self, id: ConversationId, next: &Member, by: Option<AgentId>) {
        self.take_member(id, |member| member.transfer == next.transfer);
        let what = ConferenceChange::Leads;
        self.emit(Event::ConferenceChanged { conversation: id, transfer: next.transfer, by, what });
        self.end_recording_pause(id);
        match next.who {
            Who::Outside(outside) => self.leave_to_outside(id, outside),
            Who::Colleague { handling, .. } => {
                if let Some(CustomerStage::Talking(talk)) =
                    self.conversations.get_mut(&id).map(|known| &mut known.stage)
                {
                    talk.handling = handling;
                }
                self.settle_talk(id);
            }
        }
    }

    /// Somebody came or went: whoever leads may be alone with the customer.
    fn settle_talk(&mut self, id: ConversationId) {
        let asks = self.consult_of(id).is_some_and(|consult| !consult.straight);
        if self.is_conference(id) || asks { self.sound_talk(id) } else { self.alone_with_customer(id) }
    }

    fn member_left(&mut self, id: ConversationId, member: &Member, end: ConferenceEnd, by: Option<AgentId>) {
        let what = ConferenceChange::Left { end };
        self.emit(Event::ConferenceChanged { conversation: id, transfer: member.transfer, by, what });
    }

    /// Ends the part of somebody who goes before the talk is over: those who stay write it down.
    fn let_member_go(&mut self, id: ConversationId, member: &Member, handling_end: HandlingEnd, end: End) {
        match member.who {
            Who::Colleague { agent, handling } => {
                self.end_talk(id, handling, handling_end, end);
                self.close_handling(id, handling, agent);
            }
            Who::Outside(outside) => self.hang_up_outside(id, outside, end),
        }
    }

    fn member_mut(&mut self, id: ConversationId, transfer: TransferId) -> Option<&mut Member> {
        let CustomerStage::Talking(talk) = &mut self.conversations.get_mut(&id)?.stage else { return None };
        talk.members.iter_mut().find(|member| member.transfer == transfer)
    }

    fn take_member(&mut self, id: ConversationId, which: impl Fn(&Member) -> bool) -> Option<Member> {
        let CustomerStage::Talking(talk) = &mut self.conversations.get_mut(&id)?.stage else { return None };
        let at = talk.members.iter().position(which)?;
        Some(talk.members.remove(at))
    }

    /// How a conference sounds; `None` when nobody who was added is heard at this moment. Whoever leads steps aside to ask somebody in
    /// private, or to be alone, and the others go on.
    pub(super) fn scene_of_conference(&mut self, id: ConversationId) -> Option<Scene> {
        let conversation = self.conversations.get(&id)?;
        let talk = conversation.talk()?;
        let holds = |member: &&Member| match member.who {
            // What a phone plays into a call it holds is not for the others.
            Who::Colleague { agent, .. } => self.telephone_holds(agent),
            Who::Outside(_) => false,
        };
        let heard = talk.members.iter().filter(|member| !holds(member));
        let mut circle: Vec<Voice> = heard.filter_map(|member| conversation.voice_of_member(member)).collect();
        if circle.is_empty() {
            return None;
        }
        let part = conversation.handling(talk.handling)?;
        let consult = talk.consult.filter(|consult| !consult.straight);
        let own = conversation.voice_of(part);
        let mut aside: Vec<Voice> = Vec::new();
        let steps_aside = matches!(part.state, HandlingState::Held(_)) || self.telephone_holds(part.agent);
        match consult.filter(|_| steps_aside) {
            Some(consult) => {
                aside.extend(own.into_iter().chain(conversation.voice_of_asked(&consult)));
                let rings = consult.rings() && own.is_some();
                let tone = rings.then(|| self.ringback(id));
                Some(Scene::Meeting { circle, aside, tone })
            }
            None => {
                if steps_aside {
                    aside.extend(own)
                } else {
                    circle.extend(own)
                }
                Some(Scene::Meeting { circle, aside, tone: None })
            }
        }
    }
}
