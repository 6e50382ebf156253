//! Whether agents are there: browser phones and pages come and go, and a grace period decides what that means.
//!
//! The absence begins with the first sign of it, page or phone. When the grace is over and there is no phone, the agent is signed
//! out and a customer in talk goes back to the front of the queue. A living phone is never cut because only the page is gone.
//! Of an agent with a SIP phone the page is the sign, and the phone only while its leg in a talk is gone: an open page without its phone
//! makes the agent not ready, and nobody is signed out for it.
//! While a sign of absence stands the agent is offered nothing: a dead browser cannot ring.

use domain::{
    AgentId, Cause, ConversationId, EndReason, EndedBy, Event, HandlingEnd, LegId, OfferEnd, OutboundResult,
    PresenceCause, SupervisionEnd, WrapUpEnd,
};

use super::Attendance;
use crate::conversation::{CustomerStage, End, Origin, Place};
use crate::floor::Floor;
use crate::limits::AGENT_GRACE;
use crate::output::Ignored;
use crate::rooms::Scene;
use crate::timers::Timer;

impl Floor {
    pub(crate) fn device_changed(&mut self, agent: AgentId, leg: Option<LegId>) {
        let Some(desk) = self.desks.get_mut(&agent) else { return self.ignore(Ignored::UnknownAgent) };
        let before = std::mem::replace(&mut desk.leg, leg);
        if desk.echo.is_some_and(|echo| !echo.is_call()) {
            self.end_echo(agent);
        }
        let Some(desk) = self.desks.get(&agent) else { return };
        self.guard.subject = desk.work;
        if self.works_by_telephone(agent) {
            // The browser is no phone to somebody who works with another.
            return;
        }
        match (before, leg) {
            (None, None) => self.ignore(Ignored::Duplicate),
            (Some(before), Some(leg)) if before == leg => self.ignore(Ignored::Duplicate),
            (_, Some(leg)) => {
                if before.is_none() {
                    self.emit(Event::AgentDeviceChanged { agent, reachable: true });
                }
                self.set_attendance(agent, Attendance::Here);
                if let Some((id, handling)) = self.live_part(agent) {
                    self.talk_has_device(id, agent, handling, leg);
                } else if let Some((id, _)) = self.supervision_of(agent) {
                    self.supervisor_has_device(id, agent, leg);
                }
                self.sync_agent(agent);
            }
            (Some(_), None) => {
                self.emit(Event::AgentDeviceChanged { agent, reachable: false });
                self.phone_gone(agent);
            }
        }
    }

    fn phone_gone(&mut self, agent: AgentId) {
        let attendance = self.desks.get(&agent).map(|desk| desk.attendance).unwrap_or_default();
        let since = attendance.since().unwrap_or(self.now.mono);
        if self.is_signed_in(agent) {
            self.set_attendance(agent, Attendance::PhoneGone { since });
        }
        // Unreachable first, or the returning customer would be offered to the same agent.
        self.sync_agent(agent);
        if let Some((id, handling)) = self.live_talk(agent) {
            self.talk_lost_device(id, agent, handling);
        } else if let Some((id, offer)) = self.live_offer(agent) {
            self.fail_offer(id, offer, OfferEnd::DeviceLost, None);
        } else if let Some((id, _)) = self.live_dial(agent) {
            self.dial_over(id, OutboundResult::Cancelled, None);
        } else if let Some((id, _)) = self.supervision_of(agent) {
            self.supervisor_lost_device(id, agent);
        }
        if self.is_signed_in(agent) && since + AGENT_GRACE <= self.now.mono {
            self.grace_over(agent);
        }
    }

    pub(crate) fn agent_connected(&mut self, agent: AgentId, connected: bool) {
        let Some(desk) = self.desks.get_mut(&agent) else { return self.ignore(Ignored::UnknownAgent) };
        if desk.page == connected {
            return self.ignore(Ignored::Duplicate);
        }
        desk.page = connected;
        let next = match (desk.attendance, connected) {
            (Attendance::Here, false) => Attendance::PageGone { since: self.now.mono },
            (Attendance::PageGone { .. }, true) => Attendance::Here,
            (before, _) => before,
        };
        if self.is_signed_in(agent) {
            self.set_attendance(agent, next);
            self.sync_agent(agent);
        }
    }

    pub(crate) fn set_attendance(&mut self, agent: AgentId, attendance: Attendance) {
        let Some(desk) = self.desks.get_mut(&agent) else { return };
        desk.attendance = attendance;
        match attendance.since() {
            Some(since) => self.timers.set(Timer::Grace(agent), since + AGENT_GRACE),
            None => self.timers.cancel(Timer::Grace(agent)),
        }
    }

    pub(crate) fn live_offer(&self, agent: AgentId) -> Option<(ConversationId, crate::conversation::Offer)> {
        let id = self.desks.get(&agent)?.work?;
        let offer = self.conversations.get(&id)?.offer()?;
        (offer.agent == agent).then_some((id, offer))
    }

    /// The grace is over: without a phone the agent is gone.
    pub(crate) fn grace_over(&mut self, agent: AgentId) {
        let Some(desk) = self.desks.get(&agent) else { return };
        let by_telephone = self.works_by_telephone(agent);
        let is_heard = match by_telephone {
            true => desk.call.is_some_and(|call| call.up) || self.asks_by_phone(agent),
            false => desk.leg.is_some(),
        };
        if is_heard || desk.attendance == Attendance::Here {
            return;
        }
        let stays = by_telephone && desk.page;
        self.guard.subject = desk.work;
        if let Some((id, handling)) = self.live_wrap_up(agent).filter(|_| !stays) {
            self.end_wrap_up(id, handling, agent, WrapUpEnd::SignedOut);
        }
        let talk = self.live_talk(agent);
        if let Some((id, handling)) = talk {
            let end = End { by: EndedBy::Network, reason: EndReason::Unreachable };
            self.end_talk(id, handling, HandlingEnd::AgentLost, end);
        }
        if let Some((id, _)) = self.live_dial(agent) {
            self.dial_over(id, OutboundResult::Cancelled, None);
        }
        if let Some((id, _)) = self.supervision_of(agent) {
            self.end_supervision(id, agent, SupervisionEnd::Unreachable);
            self.send_room(id);
        }
        if stays {
            self.become_not_ready(agent, None, PresenceCause::DeviceLost);
            self.set_attendance(agent, Attendance::Here);
            self.sync_agent(agent);
        } else {
            self.signed_out(agent, PresenceCause::GraceExpired);
        }
        if let Some((id, handling)) = talk {
            self.customer_lost_agent(id, handling, agent);
        }
    }

    /// An agent who stayed away through the whole talk is signed out when it is over.
    pub(crate) fn leave_if_overdue(&mut self, agent: AgentId) {
        let since = self.desks.get(&agent).and_then(|desk| desk.attendance.since());
        if self.works_by_telephone(agent) && since.is_some_and(|since| since + AGENT_GRACE <= self.now.mono) {
            self.grace_over(agent);
        }
    }

    /// The customer of a lost agent goes back to the front of the queue they came from, with a fresh limit on waiting: the one before
    /// was spent on reaching somebody.
    fn customer_lost_agent(&mut self, id: ConversationId, handling: domain::HandlingId, agent: AgentId) {
        if self.consult_lost_agent(id, handling, agent) {
            return;
        }
        let Some(conversation) = self.conversations.get(&id) else { return };
        let CustomerStage::Talking(talk) = &conversation.stage else { return };
        let Origin::Queue(place) = talk.origin.clone() else {
            let end = End { by: EndedBy::Network, reason: EndReason::Unreachable };
            self.release_customer(id, end, Cause::Normal);
            return self.close_handling(id, handling, agent);
        };
        self.end_recording_pause(id);
        self.back_to_queue(id, place);
        self.close_handling(id, handling, agent);
    }

    /// A customer who was with an agent waits again, in front of everybody who came later.
    pub(crate) fn back_to_queue(&mut self, id: ConversationId, mut place: Place) {
        let queue = place.queue;
        let limit = self.catalog.queue(queue).and_then(|queue| queue.wait_max);
        place.wait_until = limit.map(|limit| self.now.mono + limit);
        self.keep_in_queue(id, queue);
        let Some(conversation) = self.conversations.get(&id) else { return };
        match conversation.room.as_ref().and_then(|room| room.scene.held_music()).cloned() {
            Some(music) => self.set_scene(id, Scene::Playing(music)),
            None => self.play_queue_music(id, queue),
        }
        self.return_to_front(id, place);
    }
}
