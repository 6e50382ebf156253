//! An agent calls somebody: the agent's own phone first, then the far side; ringing, answered, or not.

use std::time::Duration;

use domain::outbound::{OutboundRoute, Passed};
use domain::room::PortRole;
use domain::settings::{Number, dialled};
use domain::{
    AgentId, Cause, Channel, ClearingCause, Command, ConversationId, DestinationRuleId, DeviceId, DialTarget,
    Direction, EndReason, Event, HandlingEnd, HandlingId, KnownBy, Language, LegId, Mono, NumberId, OutboundResult,
    PartyId, Refusal, SegmentId, TaskId, TrunkId,
};

use super::rerouting::Failure;
use super::{Conversation, CustomerStage, End, Origin, Talk};
use crate::floor::Floor;
use crate::handling::{Handling, HandlingState};
use crate::limits::{CONVERSATIONS_MAX, DIAL_MAX};
use crate::outbound::{Asking, Passage, Verdict};
use crate::output::Ignored;
use crate::rooms::Scene;
use crate::timers::Timer;

/// Somebody who is being called.
#[derive(Clone, Debug)]
pub(crate) struct Dialling {
    pub segment: SegmentId,
    pub agent: AgentId,
    pub handling: HandlingId,
    pub way: Way,
    pub heard: Heard,
    /// When the far side was called.
    pub called_at: Option<Mono>,
    /// From then to its first ring or sound.
    pub post_dial_delay: Option<Duration>,
}

/// How somebody is called.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// What was dialled, cleaned.
    pub to: String,
    pub target: DialTarget,
    /// The number of ours, for calls outside.
    pub number: Option<Number>,
    /// The colleague behind a phone of ours.
    pub callee: Option<AgentId>,
    /// What the far side is shown.
    pub caller: String,
    /// The number of ours a carrier is told when the far side is shown none.
    pub withheld: Option<String>,
    /// The rule that allows it, for calls outside; an emergency number needs none.
    pub rule: Option<DestinationRuleId>,
    /// Better trunks that could not be taken.
    pub passed: Vec<Passed>,
    /// Trunks that failed.
    pub tried: Vec<TrunkId>,
}

/// What a call has come to whose far side ended it before it answered.
pub(super) fn result_of(reason: EndReason) -> OutboundResult {
    match reason {
        EndReason::Busy => OutboundResult::Busy,
        EndReason::NoAnswer | EndReason::Cancelled => OutboundResult::NoAnswer,
        EndReason::Declined | EndReason::HungUp => OutboundResult::Declined,
        EndReason::InternalFault | EndReason::Overload => OutboundResult::InternalFault,
        EndReason::InvalidNumber | EndReason::UnknownNumber => OutboundResult::InvalidNumber,
        EndReason::Congestion => OutboundResult::Congestion,
        EndReason::Forbidden | EndReason::NoCodec | EndReason::ProtocolError => OutboundResult::Failed,
        EndReason::FlowEnded
        | EndReason::Closed
        | EndReason::Unreachable
        | EndReason::Timeout
        | EndReason::MediaLost
        | EndReason::NodeRestarted
        | EndReason::TrunkFull
        | EndReason::DeadAir
        | EndReason::Screened
        | EndReason::FlowFailed => OutboundResult::Unreachable,
    }
}

/// What the agent hears of the far side before it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    Nothing,
    /// Our ring-back tone.
    Tone,
    /// Whatever the far side sends.
    FarSide,
}

impl Way {
    pub(crate) fn trunk(&self) -> Option<TrunkId> {
        match &self.target {
            DialTarget::Trunk { trunk, .. } => Some(*trunk),
            DialTarget::Device(_) => None,
        }
    }

    pub(crate) fn device(&self) -> Option<DeviceId> {
        match &self.target {
            DialTarget::Device(device) => Some(*device),
            DialTarget::Trunk { .. } => None,
        }
    }

    /// Whether tones and silence of the network end it. A call for help is given up by nobody but the agent.
    pub(super) fn is_listened(&self) -> bool {
        self.trunk().is_some() && !self.is_emergency()
    }

    /// What the ledger keeps of it; `None` for a phone of ours.
    pub(super) fn route(&self) -> Option<OutboundRoute> {
        Some(OutboundRoute { trunk: self.trunk()?, rule: self.rule, passed: self.passed.clone() })
    }
}

impl Floor {
    /// Calls somebody on behalf of an agent who is signed in, has a phone and no live work; `from` is the call by which the phone asked.
    pub(crate) fn dial(
        &mut self,
        agent: AgentId,
        to: &str,
        task: Option<TaskId>,
        from: Option<LegId>,
    ) -> Result<(), Refusal> {
        if from.is_none() && self.is_emergency(to) {
            return self.dial_emergency(agent, to, task);
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
        if self.conversations.len() >= CONVERSATIONS_MAX {
            return Err(Refusal::Overload);
        }
        let to = dialled(to).ok_or(Refusal::BadNumber)?;
        let way = self.way_to(agent, to)?;
        self.sites_take(agent, &way)?;
        self.begin_call(agent, way, task, from);
        Ok(())
    }

    /// Nothing is in the way any more.
    pub(super) fn begin_call(&mut self, agent: AgentId, way: Way, task: Option<TaskId>, from: Option<LegId>) {
        let id: ConversationId = self.mint();
        self.guard.subject = Some(id);
        self.begin_dialling(id, agent, way, task);
        match (from, self.browser_leg(agent)) {
            (Some(leg), _) => self.take_phone_call(agent, id, leg),
            (None, Some(leg)) => {
                if let Some((_, handling)) = self.live_dial(agent) {
                    self.talk_has_device(id, agent, handling, leg);
                }
                self.dial_far(id);
            }
            (None, None) => self.ring_telephone(agent, id, true),
        }
    }

    /// Emergency numbers first, then extensions and phones of ours, then the numbers outside that are allowed.
    pub(super) fn way_to(&mut self, agent: AgentId, to: String) -> Result<Way, Refusal> {
        let known = if self.is_emergency(&to) { None } else { self.way_to_phone(agent, &to)? };
        match known {
            Some(way) => Ok(way),
            None => self.way_outside(agent, to),
        }
    }

    /// The way to an extension or a phone of ours; `None` when nobody of ours is called so.
    fn way_to_phone(&self, agent: AgentId, to: &str) -> Result<Option<Way>, Refusal> {
        let settings = self.catalog.settings();
        let own = settings.agents.iter().find(|other| other.id == agent);
        let caller = own.map(|own| own.extension.clone()).unwrap_or_default();
        let callee = settings.agents.iter().find(|other| other.extension == to).map(|other| other.id);
        if callee.is_none() && !settings.devices.iter().any(|device| device.username == to) {
            return Ok(None);
        }
        let reachable = settings.devices.iter().filter(|device| self.telephones.contains(&device.id));
        let mut theirs = reachable.filter(|device| match callee {
            Some(callee) => device.agent == Some(callee),
            None => device.username == to,
        });
        let device = theirs.next().filter(|device| device.agent != Some(agent));
        let device = device.ok_or(Refusal::CalleeUnavailable)?;
        if device.agent.is_some_and(|callee| self.is_busy(callee)) {
            return Err(Refusal::CalleeUnavailable);
        }
        let (to, target) = (to.to_owned(), DialTarget::Device(device.id));
        let callee = device.agent;
        let (withheld, passed, tried) = (None, Vec::new(), Vec::new());
        Ok(Some(Way { to, target, number: None, callee, caller, withheld, rule: None, passed, tried }))
    }

    /// Whatever the guard lets out, and how.
    fn way_outside(&mut self, agent: AgentId, to: String) -> Result<Way, Refusal> {
        let work = self.desks.get(&agent).and_then(|desk| desk.work);
        let dialled = work.and_then(|id| self.conversations.get(&id)?.number);
        let settings = self.catalog.settings();
        let asking = Asking {
            agent: settings.agents.iter().find(|other| other.id == agent),
            typed: &to,
            dialled,
            numbers: &settings.numbers,
            unreachable: &self.trunks_off(),
        };
        let verdict = self.tolls.ask(asking, self.now);
        self.tell_stops(work);
        match verdict {
            Verdict::Allowed(passage) => Ok(self.way_of(passage, to)),
            Verdict::Denied { why, .. } => Err(self.tolls.refusal(why, Some(agent), self.now)),
        }
    }

    /// How a call goes that the guard lets out.
    pub(super) fn way_of(&self, passage: Passage, to: String) -> Way {
        let Passage { trunk, sent, shown, withheld, rule, passed } = passage;
        let numbers = &self.catalog.settings().numbers;
        let ours = |id: Option<NumberId>| numbers.iter().find(|number| Some(number.id) == id);
        let number = ours(shown).cloned();
        let caller = number.as_ref().map(|number| number.number.clone()).unwrap_or_default();
        let withheld = ours(withheld).map(|number| number.number.clone());
        let target = DialTarget::Trunk { trunk, number: sent };
        Way { to, target, number, callee: None, caller, withheld, rule, passed, tried: Vec::new() }
    }

    fn begin_dialling(&mut self, id: ConversationId, agent: AgentId, way: Way, task: Option<TaskId>) {
        let (segment, handling, leg): (SegmentId, HandlingId, LegId) = (self.mint(), self.mint(), self.mint());
        let to = way.to.clone();
        let language = way.number.as_ref().map_or(Language::Zh, |number| number.language);
        let (from, called): (PartyId, PartyId) = (self.party(&way.caller), self.party(&to));
        let own = self.catalog.settings().agents.iter().find(|own| own.id == agent);
        let site = own.map(|own| own.site);
        let (route, outside) = (way.route(), way.trunk().is_some());
        let device = way.device();
        self.emit(Event::ConversationStarted {
            conversation: id,
            channel: Channel::Voice,
            direction: if outside { Direction::Outbound } else { Direction::Internal },
            number: way.number.as_ref().map(|number| number.id),
            from,
            to: called,
            language,
            site,
            parent: None,
        });
        self.emit(Event::OutboundStarted { conversation: id, segment, agent, route, device, task });
        self.emit(Event::HandlingStarted { conversation: id, segment, queue: None, handling, agent });
        way.callee.into_iter().for_each(|callee| self.end_echo(callee));
        if let Some(callee) = way.callee.and_then(|callee| self.desks.get_mut(&callee)) {
            callee.called_in = Some(id);
        }
        let callee = way.callee;
        let part = Handling { id: handling, agent, segment, leg: None, muted: false, state: HandlingState::Talking };
        let conversation = Conversation {
            id,
            leg,
            has_leg: false,
            calling: to.clone(),
            callee,
            far_phone: device,
            outside_call: None,
            language,
            is_vip: false,
            number: None,
            flow: None,
            stage: CustomerStage::Dialling(Dialling {
                segment,
                agent,
                handling,
                way,
                heard: Heard::Nothing,
                called_at: None,
                post_dial_delay: None,
            }),
            earlier: Vec::new(),
            room: None,
            handlings: vec![part],
            supervisors: Vec::new(),
            progress: None,
            unheard: None,
            early: None,
        };
        self.conversations.insert(id, conversation);
        self.index.legs.insert(leg, id);
        self.index.handlings.insert(handling, id);
        self.occupy(agent, id);
        callee.into_iter().for_each(|callee| self.sync_agent(callee));
        self.open_room(id);
        self.timers.set(Timer::Dial(id), self.now.mono + DIAL_MAX);
        if outside {
            self.command(Command::ResolveCustomer { conversation: id, calling: to });
        }
    }

    fn dialling(&self, id: ConversationId) -> Option<&Dialling> {
        match &self.conversations.get(&id)?.stage {
            CustomerStage::Dialling(dialling) => Some(dialling),
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Talking(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => None,
        }
    }

    /// The agent is on the line: the far side is called.
    pub(crate) fn dial_far(&mut self, id: ConversationId) {
        let Some(way) = self.dialling(id).map(|dialling| dialling.way.clone()) else { return };
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        conversation.has_leg = true;
        let leg = conversation.leg;
        if let CustomerStage::Dialling(dialling) = &mut conversation.stage {
            // One that goes on through another trunk was called when it went through the first.
            dialling.called_at.get_or_insert(self.now.mono);
        }
        let Way { target, caller, withheld, .. } = way;
        self.command(Command::Dial { leg, target, caller, withheld, auto_answer: false });
    }

    pub(crate) fn leg_progress(&mut self, leg: LegId, early_media: bool) {
        if let Some(agent) = self.index.phones.get(&leg).copied() {
            return self.telephone_rings(agent, leg, early_media);
        }
        if let Some((id, outside)) = self.outside_of_leg(leg) {
            return self.outside_progress(id, outside, early_media);
        }
        let Some(id) = self.conversation_of_leg(leg) else { return };
        let Some((segment, before)) = self.dialling(id).map(|dialling| (dialling.segment, dialling.heard)) else {
            return self.early_media_began(id, leg);
        };
        self.trunk_heard(self.dialling(id).and_then(|dialling| dialling.way.trunk()));
        let heard = if early_media { Heard::FarSide } else { Heard::Tone };
        if before == heard || before == Heard::FarSide {
            if !early_media {
                self.rings_after_all(id, leg);
            }
            return self.ignore(Ignored::Duplicate);
        }
        let mut listened = false;
        if let Some(CustomerStage::Dialling(dialling)) = self.conversations.get_mut(&id).map(|known| &mut known.stage) {
            dialling.heard = heard;
            let delay = dialling.called_at.map(|called| self.now.mono.since(called));
            dialling.post_dial_delay = dialling.post_dial_delay.or(delay);
            listened = dialling.way.is_listened();
        }
        if heard == Heard::FarSide && listened {
            self.listen_to_early_media(id, leg);
        }
        self.emit(Event::OutboundRinging { conversation: id, segment, early_media });
        self.sound_talk(id);
    }

    /// What the agent hears while the far side is called.
    pub(crate) fn sound_dialling(&mut self, id: ConversationId) {
        let Some(dialling) = self.dialling(id) else { return };
        let (heard, handling) = (dialling.heard, dialling.handling);
        let Some(conversation) = self.conversations.get(&id) else { return };
        let agent = conversation.handling(handling).and_then(|handling| handling.leg);
        let scene = match (agent, heard) {
            (None, _) | (Some(_), Heard::Nothing) => Scene::Silence,
            (Some(agent), Heard::FarSide) => Scene::Early { agent },
            (Some(agent), Heard::Tone) => {
                let tone = self.ringback(id);
                Scene::Tone { agent, tone }
            }
        };
        self.set_scene(id, scene);
    }

    /// The far side answered.
    pub(crate) fn dial_answered(&mut self, id: ConversationId, leg: LegId) {
        let Some(dialling) = self.dialling(id).cloned() else { return };
        let Dialling { segment, agent, handling, way, called_at, post_dial_delay, .. } = dialling;
        self.timers.cancel(Timer::Dial(id));
        let (role, trunk) = (PortRole::Customer, way.trunk());
        self.trunk_heard(trunk);
        self.emit(Event::LegJoined { conversation: id, leg, role, agent: None, trunk });
        self.emit(Event::LegAnswered { conversation: id, leg });
        // An answer without a ring before it is the first that was heard.
        let post_dial_delay = post_dial_delay.or(called_at.map(|called| self.now.mono.since(called)));
        let (result, by) = (OutboundResult::Answered, None);
        self.emit(Event::OutboundEnded { conversation: id, segment, agent, result, by, post_dial_delay });
        let talk = Talk { handling, origin: Origin::Dialled, consult: None, members: Vec::new() };
        self.set_stage(id, CustomerStage::Talking(talk));
        self.keep_dialled(id);
        if way.is_listened() {
            self.listen_to_answer(id, leg, segment);
        }
        self.sound_talk(id);
    }

    /// The far side ended it before it answered, or the trunk failed: then the next one is tried.
    pub(crate) fn far_side_ended(&mut self, id: ConversationId, reason: EndReason, cause: Option<ClearingCause>) {
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.has_leg = false;
        }
        if self.reroute_dialled(id, Failure { reason, cause }) {
            return;
        }
        let (result, by) = self.weigh(id, (result_of(reason), cause.map(KnownBy::Cause)));
        self.dial_over(id, result, by);
    }

    /// The attempt came to nothing.
    pub(crate) fn dial_over(&mut self, id: ConversationId, result: OutboundResult, by: Option<KnownBy>) {
        let Some(dialling) = self.dialling(id).cloned() else { return };
        let end = self.close_dialling(id, &dialling, result, by);
        self.release_customer(id, end, Cause::Normal);
    }

    /// Writes the end of an attempt and of the agent's part in it; the caller lets go of the far side.
    pub(crate) fn close_dialling(
        &mut self,
        id: ConversationId,
        dialling: &Dialling,
        result: OutboundResult,
        by: Option<KnownBy>,
    ) -> End {
        let Dialling { segment, agent, handling, post_dial_delay, .. } = *dialling;
        self.timers.cancel(Timer::Dial(id));
        self.emit(Event::OutboundEnded { conversation: id, segment, agent, result, by, post_dial_delay });
        let (by, reason) = result.ending().unwrap_or((domain::EndedBy::System, EndReason::InternalFault));
        let (why, talked) = match result {
            OutboundResult::Cancelled => (HandlingEnd::AgentHungUp, true),
            OutboundResult::AgentUnavailable => (HandlingEnd::AgentLost, false),
            OutboundResult::InternalFault => (HandlingEnd::InternalFault, true),
            OutboundResult::NodeRestarted => (HandlingEnd::NodeRestarted, false),
            OutboundResult::Answered
            | OutboundResult::Busy
            | OutboundResult::NoAnswer
            | OutboundResult::Declined
            | OutboundResult::Unreachable
            | OutboundResult::InvalidNumber
            | OutboundResult::Congestion
            | OutboundResult::Failed => (HandlingEnd::NotReached, true),
        };
        let end = End { by, reason };
        self.end_talk(id, handling, why, end);
        if talked {
            self.begin_wrap_up(id, handling, None);
        } else {
            self.close_handling(id, handling, agent);
        }
        end
    }

    pub(crate) fn dial_timed_out(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get(&id) else { return };
        let (has_leg, outside) = (conversation.has_leg, conversation.outside());
        self.guard.subject = Some(id);
        match outside {
            Some(outside) => self.outside_timed_out(id, outside),
            None if has_leg => self.dial_over(id, OutboundResult::NoAnswer, None),
            None => self.dial_over(id, OutboundResult::AgentUnavailable, None),
        }
    }

    /// A colleague's phone that was called is free again.
    pub(crate) fn free_callee(&mut self, id: ConversationId) {
        let Some(callee) = self.conversations.get_mut(&id).and_then(|conversation| conversation.callee.take()) else {
            return;
        };
        if let Some(desk) = self.desks.get_mut(&callee) {
            desk.called_in = None;
        }
        self.sync_agent(callee);
    }
}
