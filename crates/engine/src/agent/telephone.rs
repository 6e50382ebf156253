//! SIP phones as agents' devices: rung at the offer, answered and hung up by hand, lost and found again.
//!
//! An agent works with the browser or with one SIP phone; the choice stands in the ledger. A phone is rung for one conversation at a
//! time. A leg the floor has let go is forgotten at once, so whatever still comes from it names an unknown leg: an answer that
//! crossed a withdrawn offer changes nothing, and signalling ends the call it made.

use domain::settings::Device;
use domain::{
    AgentId, Cause, Command, ConversationId, DeviceId, DialTarget, EndReason, EndedBy, Event, HandlingId, LegId,
    OfferEnd, OutboundResult, PresenceCause, Refusal, SupervisionEnd,
};

use super::mobile::{end_of_call, end_of_release};
use super::{Attendance, PhoneCall};
use crate::conversation::CustomerStage;
use crate::floor::Floor;
use crate::output::Ignored;

impl Floor {
    /// The SIP phone an agent works with, where it can be rung.
    pub(super) fn telephone_of(&self, agent: AgentId) -> Option<&Device> {
        let id = self.agent_record(agent).telephone?;
        self.catalog.device(id).filter(|device| device.agent == Some(agent) && self.telephones.contains(&id))
    }

    /// Whether an agent works with a SIP phone.
    pub(crate) fn works_by_telephone(&self, agent: AgentId) -> bool {
        self.agent_record(agent).telephone.is_some()
    }

    /// The nailed-up leg of an agent who works with the browser.
    pub(crate) fn browser_leg(&self, agent: AgentId) -> Option<LegId> {
        self.desks.get(&agent)?.leg.filter(|_| !self.works_by_telephone(agent))
    }

    /// Whether the phone an agent works with, of either kind, could be rung.
    pub(crate) fn has_phone(&self, agent: AgentId) -> bool {
        match self.agent_record(agent).telephone {
            Some(_) => self.telephone_of(agent).is_some() || self.has_mobile(agent),
            None => self.desks.get(&agent).is_some_and(|desk| desk.leg.is_some()),
        }
    }

    pub(crate) fn telephone_changed(&mut self, device: DeviceId, reachable: bool) {
        let changed = if reachable { self.telephones.insert(device) } else { self.telephones.remove(&device) };
        if !changed {
            return self.ignore(Ignored::Duplicate);
        }
        if let Some(agent) = self.catalog.device(device).and_then(|device| device.agent) {
            self.look_at_phone(agent);
        }
    }

    /// New settings may have taken phones away, or given them to somebody else.
    pub(crate) fn look_at_telephones(&mut self) {
        let catalog = &self.catalog;
        self.telephones.retain(|device| catalog.device(*device).is_some());
        let agents: Vec<_> = self.desks.keys().copied().collect();
        for agent in agents {
            let chosen = self.agent_record(agent).telephone;
            if chosen.is_some_and(|id| !self.catalog.is_phone_of(id, agent)) {
                self.emit(Event::AgentTelephoneChanged { agent, device: None });
            }
            self.look_at_phone(agent);
        }
    }

    /// Says so when an agent's phone came or went, and what follows from it. A talk goes on while its leg lives, registered or not.
    pub(super) fn look_at_phone(&mut self, agent: AgentId) {
        let (is, was) = (self.has_phone(agent), self.agent_record(agent).reachable);
        let Some(desk) = self.desks.get(&agent).filter(|_| is != was) else { return };
        self.guard.subject = desk.work;
        self.emit(Event::AgentDeviceChanged { agent, reachable: is });
        self.sync_agent(agent);
        if is {
            self.telephone_back(agent);
        } else {
            self.become_not_ready(agent, None, PresenceCause::DeviceLost);
            if let Some((id, offer)) = self.live_offer(agent) {
                self.fail_offer(id, offer, OfferEnd::DeviceLost, None);
            }
        }
    }

    fn telephone_back(&mut self, agent: AgentId) {
        if self.lost_talk(agent).is_some() {
            return self.rejoin_talk(agent);
        }
        self.phone_is_there(agent);
    }

    /// The phone is no reason any more to think the agent away.
    fn phone_is_there(&mut self, agent: AgentId) {
        let Some(desk) = self.desks.get(&agent) else { return };
        if let Attendance::PhoneGone { since } = desk.attendance {
            let page = desk.page;
            self.set_attendance(agent, if page { Attendance::Here } else { Attendance::PageGone { since } });
            self.sync_agent(agent);
        }
    }

    /// The talk of an agent whose leg is gone.
    fn lost_talk(&self, agent: AgentId) -> Option<(ConversationId, HandlingId)> {
        let (id, handling) = self.live_talk(agent)?;
        let found = self.conversations.get(&id)?.handling(handling)?;
        found.leg.is_none().then_some((id, handling))
    }

    /// Brings an agent back into a talk whose leg is gone, by the phone they work with now.
    fn rejoin_talk(&mut self, agent: AgentId) {
        let Some((id, handling)) = self.lost_talk(agent) else { return };
        if self.desks.get(&agent).is_none_or(|desk| desk.call.is_some()) {
            return;
        }
        match self.browser_leg(agent) {
            Some(leg) => {
                self.talk_has_device(id, agent, handling, leg);
                self.phone_is_there(agent);
            }
            None => {
                self.ring_telephone(agent, id, true);
                let call = self.desks.get_mut(&agent).and_then(|desk| desk.call.as_mut());
                call.into_iter().for_each(|call| call.again = true);
            }
        }
    }

    /// Works with another phone from now on. In a talk only when its leg is gone: then it is the way back.
    pub(crate) fn use_phone(&mut self, agent: AgentId, device: Option<DeviceId>) -> Result<(), Refusal> {
        if device.is_some_and(|id| !self.catalog.is_phone_of(id, agent)) {
            return Err(Refusal::UnknownReference);
        }
        if self.agent_record(agent).telephone == device {
            return Ok(());
        }
        let busy = self.desks.get(&agent).is_some_and(|desk| desk.work.is_some());
        if busy && self.live_wrap_up(agent).is_none() && self.lost_talk(agent).is_none() {
            return Err(Refusal::WorkInHand);
        }
        if let Some(device) = device {
            self.may_use_mobile(agent, device)?;
        }
        self.end_echo(agent);
        self.drop_telephone(agent, Cause::Normal);
        self.emit(Event::AgentTelephoneChanged { agent, device });
        self.look_at_phone(agent);
        self.rejoin_talk(agent);
        self.sync_agent(agent);
        Ok(())
    }

    /// Rings the phone an agent works with, of ours or outside; nothing happens for one who works with the browser. A number outside that may
    /// not be called ends at once, so this comes last in whatever a caller does.
    pub(crate) fn ring_telephone(&mut self, agent: AgentId, id: ConversationId, auto_answer: bool) {
        if self.mobile_of(agent).is_some() {
            return self.ring_mobile(agent, id);
        }
        let Some(device) = self.telephone_of(agent).map(|device| device.id) else { return };
        let Some(caller) = self.caller_shown(agent, id) else { return };
        self.drop_telephone(agent, Cause::Normal);
        let leg: LegId = self.mint();
        if let Some(desk) = self.desks.get_mut(&agent) {
            desk.call = Some(PhoneCall::new(leg, id, auto_answer));
        }
        self.index.phones.insert(leg, agent);
        self.command(Command::Dial { leg, target: DialTarget::Device(device), caller, withheld: None, auto_answer });
    }

    /// Who calls, on the phone of an agent: the customer; for a colleague who is asked, whoever asks.
    fn caller_shown(&self, agent: AgentId, id: ConversationId) -> Option<String> {
        let conversation = self.conversations.get(&id)?;
        let asking = conversation.talk().filter(|talk| {
            talk.consult.is_some_and(|consult| consult.colleague() == Some(agent) && !consult.is_answered())
        });
        let asking = asking.and_then(|talk| conversation.handling(talk.handling)).map(|part| part.agent);
        let known = asking.and_then(|asking| self.catalog.settings().agents.iter().find(|one| one.id == asking));
        Some(known.map_or_else(|| conversation.calling.clone(), |known| known.extension.clone()))
    }

    /// Lets go of the agent's SIP phone, ringing or not.
    pub(crate) fn drop_telephone(&mut self, agent: AgentId, cause: Cause) {
        if let Some(call) = self.desks.get_mut(&agent).and_then(|desk| desk.call.take()) {
            self.index.phones.remove(&call.leg);
            self.mobile_over(agent, &call, end_of_release(call.up));
            let cause = self.cause_of_release(call.leg, cause);
            self.command(Command::Release { leg: call.leg, cause });
        }
    }

    /// The phone an agent works with can be asked to answer by itself.
    pub(crate) fn answers_by_itself(&self, agent: AgentId) -> bool {
        self.telephone_of(agent).is_some_and(|device| device.auto_answer)
    }

    /// The desk's button for an agent with a SIP phone: the phone is asked to answer by itself, or has to be picked up.
    pub(crate) fn accept_by_telephone(&mut self, agent: AgentId, id: ConversationId) -> Result<(), Refusal> {
        if self.mobile_of(agent).is_some() {
            return Err(Refusal::AtPhone);
        }
        let device = self.telephone_of(agent).ok_or(Refusal::NoDevice)?;
        if !device.auto_answer {
            return Err(Refusal::AtPhone);
        }
        let asked = self.desks.get(&agent).and_then(|desk| desk.call).is_some_and(|call| call.auto_answer);
        if !asked {
            self.ring_telephone(agent, id, true);
        }
        Ok(())
    }

    /// The phone keeps the call on hold by its own key: only that key ends it.
    pub(crate) fn telephone_holds(&self, agent: AgentId) -> bool {
        self.desks.get(&agent).and_then(|desk| desk.call).is_some_and(|call| call.holds)
    }

    /// The same of one of the phone's calls.
    fn holds_by_key(&self, agent: AgentId, leg: LegId) -> bool {
        let own = self.desks.get(&agent).and_then(|desk| desk.call).is_some_and(|call| call.leg == leg && call.holds);
        let asking = self.asking_call(agent, leg).and_then(|(id, _)| self.consult_of(id)?.phone);
        own || asking.is_some_and(|phone| phone.holds)
    }

    pub(crate) fn telephone_answered(&mut self, agent: AgentId, leg: LegId) {
        if self.echo_answered(agent, leg) {
            return;
        }
        if let Some((id, _)) = self.asking_call(agent, leg) {
            return self.asking_call_answered(id);
        }
        let call = self.desks.get_mut(&agent).and_then(|desk| desk.call.as_mut());
        let Some(call) = call.filter(|call| call.leg == leg && !call.up) else {
            return self.ignore(Ignored::Duplicate);
        };
        if call.mobile.is_some() {
            return self.ask_for_key(agent);
        }
        self.telephone_taken(agent);
    }

    /// The agent is on the line by the phone that was called.
    pub(super) fn telephone_taken(&mut self, agent: AgentId) {
        let Some(call) = self.desks.get_mut(&agent).and_then(|desk| desk.call.as_mut()) else { return };
        call.up = true;
        let (id, leg) = (call.conversation, call.leg);
        self.guard.subject = Some(id);
        if let Some((id, offer)) = self.live_offer(agent) {
            self.take_offer(id, offer, leg);
        } else if let Some((id, handling)) = self.lost_talk(agent) {
            self.talk_has_device(id, agent, handling, leg);
            self.phone_is_there(agent);
        } else if let Some((id, handling)) = self.live_dial(agent) {
            self.talk_has_device(id, agent, handling, leg);
            self.dial_far(id);
        } else if let Some((id, _)) = self.supervision_of(agent) {
            self.supervisor_has_device(id, agent, leg);
        } else {
            self.drop_telephone(agent, Cause::Normal);
        }
    }

    pub(crate) fn telephone_ended(&mut self, agent: AgentId, leg: LegId, by: EndedBy, reason: EndReason) {
        self.index.phones.remove(&leg);
        if self.echo_hung_up(agent, leg) {
            return;
        }
        if let Some((id, handling)) = self.asking_call(agent, leg) {
            return self.asking_call_ended(id, handling, by, reason);
        }
        let Some(desk) = self.desks.get_mut(&agent) else { return };
        let Some(call) = desk.call.take_if(|call| call.leg == leg) else { return };
        self.mobile_over(agent, &call, end_of_call(&call, reason));
        self.call_over(agent, call, by, reason);
    }

    /// What follows when the call to an agent's phone has ended by itself.
    pub(super) fn call_over(&mut self, agent: AgentId, call: PhoneCall, by: EndedBy, reason: EndReason) {
        self.guard.subject = Some(call.conversation);
        if let Some((id, _)) = self.supervision_of(agent) {
            let hung_up = call.up && matches!(by, EndedBy::Customer | EndedBy::Agent);
            let end = if hung_up { SupervisionEnd::Stopped } else { SupervisionEnd::Unreachable };
            self.end_supervision(id, agent, end);
            return self.send_room(id);
        }
        if !call.up {
            return self.telephone_not_answered(agent, call.rang, reason);
        }
        if let Some((id, handling)) = self.live_talk(agent) {
            match by {
                EndedBy::Customer | EndedBy::Agent => {
                    // The talk is live, so this cannot be refused.
                    let _ = self.hang_up(agent, handling);
                }
                EndedBy::System | EndedBy::Network | EndedBy::Outside => {
                    self.telephone_lost(id, agent, handling);
                    // A phone that came back and is not heard either would come back and back; the grace decides.
                    if !(call.again && reason == EndReason::MediaLost) {
                        self.rejoin_talk(agent);
                    }
                }
            }
        } else if let Some((id, _)) = self.live_dial(agent) {
            self.dial_over(id, OutboundResult::Cancelled, None);
        }
    }

    /// The phone rings. A phone that is busy does not, though its carrier may say so in a sentence.
    pub(crate) fn telephone_rings(&mut self, agent: AgentId, leg: LegId, early_media: bool) {
        let call = self.desks.get_mut(&agent).and_then(|desk| desk.call.as_mut());
        let Some(call) = call.filter(|call| call.leg == leg) else { return };
        call.rang |= call.mobile.is_none() || !early_media;
        self.mobile_reached(agent);
    }

    fn telephone_not_answered(&mut self, agent: AgentId, rang: bool, reason: EndReason) {
        if let Some((id, offer)) = self.live_offer(agent) {
            let (end, cause) = match reason {
                // Many phones send "busy" for their decline key; only one that never rang is busy.
                EndReason::Busy if !rang => (OfferEnd::Busy, PresenceCause::PhoneBusy),
                EndReason::Declined | EndReason::Busy | EndReason::HungUp | EndReason::Cancelled => {
                    (OfferEnd::Declined, PresenceCause::OfferDeclined)
                }
                EndReason::NoAnswer => (OfferEnd::Unanswered, PresenceCause::OfferUnanswered),
                EndReason::FlowEnded
                | EndReason::Closed
                | EndReason::UnknownNumber
                | EndReason::Forbidden
                | EndReason::NoCodec
                | EndReason::Overload
                | EndReason::Unreachable
                | EndReason::Timeout
                | EndReason::MediaLost
                | EndReason::NodeRestarted
                | EndReason::ProtocolError
                | EndReason::FlowFailed
                | EndReason::TrunkFull
                | EndReason::Screened
                | EndReason::InvalidNumber
                | EndReason::Congestion
                | EndReason::DeadAir
                | EndReason::InternalFault => (OfferEnd::DeviceLost, PresenceCause::DeviceLost),
            };
            self.fail_offer(id, offer, end, Some(cause));
        } else if let Some((id, _)) = self.live_dial(agent) {
            // A phone that called by itself is not unavailable when it gives up.
            let gave_up = reason == EndReason::Cancelled;
            self.dial_over(
                id,
                if gave_up { OutboundResult::Cancelled } else { OutboundResult::AgentUnavailable },
                None,
            );
        }
    }

    /// The phone died in the middle of a talk: music for the customer, and the grace runs.
    fn telephone_lost(&mut self, id: ConversationId, agent: AgentId, handling: HandlingId) {
        let since = self.desks.get(&agent).and_then(|desk| desk.attendance.since()).unwrap_or(self.now.mono);
        self.talk_lost_device(id, agent, handling);
        self.set_attendance(agent, Attendance::PhoneGone { since });
        self.sync_agent(agent);
    }

    /// No audio comes from the phone any more. A call the phone itself holds may be silent.
    pub(crate) fn telephone_silent(&mut self, agent: AgentId, leg: LegId) {
        if self.holds_by_key(agent, leg) {
            return self.ignore(Ignored::Late);
        }
        self.command(Command::Release { leg, cause: Cause::Normal });
        self.telephone_ended(agent, leg, EndedBy::Network, EndReason::MediaLost);
    }

    /// The phone's own hold key is the agent's hold. Between its two calls it chooses with whom the agent talks.
    pub(crate) fn telephone_hold(&mut self, agent: AgentId, leg: LegId, on: bool) {
        if let Some((id, _)) = self.asking_call(agent, leg) {
            return self.hold_asking_call(id, on);
        }
        let call = self.desks.get_mut(&agent).and_then(|desk| desk.call.as_mut());
        let Some(call) = call.filter(|call| call.leg == leg) else { return };
        call.holds = on;
        let Some((id, handling)) = self.live_talk(agent) else { return };
        if self.consult_of(id).is_some_and(|consult| consult.phone.is_some()) {
            return self.hold_while_asking(id, handling, on);
        }
        // A talk that cannot be held at this moment stays as it is.
        let _ = if on { self.hold(agent, handling) } else { self.resume(agent, handling) };
        self.sound_talk(id);
    }

    /// The talk whose customer an agent is being connected to, or the attempt to.
    pub(crate) fn live_part(&self, agent: AgentId) -> Option<(ConversationId, HandlingId)> {
        self.live_talk(agent).or_else(|| self.live_dial(agent))
    }

    /// The attempt to call somebody that an agent is in.
    pub(crate) fn live_dial(&self, agent: AgentId) -> Option<(ConversationId, HandlingId)> {
        let id = self.desks.get(&agent)?.work?;
        let CustomerStage::Dialling(dialling) = &self.conversations.get(&id)?.stage else { return None };
        (dialling.agent == agent).then_some((id, dialling.handling))
    }
}
