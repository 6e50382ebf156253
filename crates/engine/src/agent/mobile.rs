//! Numbers outside as agents' phones: called through a trunk by leave of the guard, taken by a key.
//!
//! Whoever answers such a number may be a mailbox, a child or the next guest of a hotel. So the answer alone takes nothing: in a room of
//! its own the leg hears what to do, and only the key makes it the agent's leg. Until then it is a phone that has not answered.

use domain::room::{Digits, Hear, Play, Port, PortId, PortRole, Recorder, RoomPlan};
use domain::settings::Mobile;
use domain::{
    AgentId, Cause, Command, ConversationId, DeviceId, DialTarget, EndReason, EndedBy, Event, Key, KeySet, Language,
    LegId, MobileEnd, Refusal, RoomId, TrunkId,
};

use super::{MobileCall, PhoneCall};
use crate::floor::Floor;
use crate::limits::{MOBILE_KEY_WAIT, TAKE_CALL_SOUND};
use crate::outbound::{Asking, Passage, Verdict};
use crate::output::Ignored;
use crate::rooms::speech_keys;
use crate::timers::Timer;

/// The key that takes a call.
const TAKE_CALL_KEY: char = '1';

impl PhoneCall {
    /// The room in which whoever answered is asked for the key.
    fn asked_in(&self) -> Option<RoomId> {
        self.mobile?.asked_in
    }
}

/// How the end of a call to an agent's number outside is told that we let go of.
pub(super) fn end_of_release(up: bool) -> MobileEnd {
    if up { MobileEnd::Over } else { MobileEnd::Withdrawn }
}

/// The same of one that ended by itself.
pub(super) fn end_of_call(call: &PhoneCall, reason: EndReason) -> MobileEnd {
    match reason {
        _ if call.up => MobileEnd::Over,
        EndReason::Busy if !call.rang => MobileEnd::Busy,
        EndReason::Busy | EndReason::Declined | EndReason::HungUp | EndReason::Cancelled => MobileEnd::Declined,
        EndReason::NoAnswer => MobileEnd::Unanswered,
        EndReason::InvalidNumber | EndReason::UnknownNumber => MobileEnd::InvalidNumber,
        EndReason::FlowEnded
        | EndReason::Closed
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
        | EndReason::Congestion
        | EndReason::DeadAir
        | EndReason::InternalFault => MobileEnd::Unreachable,
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the guard refuses by these alone")]
fn end_of_refusal(why: Refusal) -> MobileEnd {
    match why {
        Refusal::LimitReached { .. } => MobileEnd::LimitReached,
        Refusal::CallsStopped => MobileEnd::CallsStopped,
        Refusal::LinesBusy | Refusal::Overload => MobileEnd::LinesBusy,
        Refusal::BadNumber => MobileEnd::InvalidNumber,
        _ => MobileEnd::NotAllowed,
    }
}

impl Floor {
    /// The number outside an agent works with.
    pub(crate) fn mobile_of(&self, agent: AgentId) -> Option<&Mobile> {
        let id = self.agent_record(agent).telephone?;
        self.catalog.mobile(id).filter(|mobile| mobile.agent == agent)
    }

    /// Whether the number outside an agent works with could be called.
    pub(super) fn has_mobile(&self, agent: AgentId) -> bool {
        self.mobile_of(agent).is_some_and(|mobile| self.stands(mobile).is_ok_and(|has_trunk| has_trunk))
    }

    /// Whether a number is allowed as long as no cap is reached, and whether a trunk for it works.
    fn stands(&self, mobile: &Mobile) -> Result<bool, Refusal> {
        if self.tolls.is_emergency(&mobile.number) {
            return Err(Refusal::NotAllowed);
        }
        let asking = self.asking_for(mobile);
        self.tolls.stands(asking).map_err(|why| self.tolls.refusal(why, Some(mobile.agent), self.now))
    }

    fn asking_for<'a>(&'a self, mobile: &'a Mobile) -> Asking<'a> {
        Asking {
            agent: self.catalog.agent(mobile.agent),
            typed: &mobile.number,
            dialled: None,
            numbers: &self.catalog.settings().numbers,
            unreachable: &self.unreachable,
        }
    }

    /// Whether an agent may work with this phone: of a number outside the guard says so. One whose trunks do not work may be chosen, as a SIP
    /// phone that is not registered may.
    pub(super) fn may_use_mobile(&self, agent: AgentId, device: DeviceId) -> Result<(), Refusal> {
        let mobile = self.catalog.mobile(device).filter(|mobile| mobile.agent == agent);
        mobile.map_or(Ok(()), |mobile| self.stands(mobile).map(drop))
    }

    /// After every step: numbers outside that came or went because calls were stopped or released, or a trunk failed or came back.
    pub(crate) fn watch_mobiles(&mut self) {
        if !std::mem::take(&mut self.mobiles_stale) || self.catalog.settings().mobiles.is_empty() {
            return;
        }
        let agents: Vec<AgentId> =
            self.desks.keys().copied().filter(|agent| self.mobile_of(*agent).is_some()).collect();
        for agent in agents {
            self.guarded(|floor| floor.look_at_phone(agent));
        }
    }

    /// Calls the number outside an agent works with, if the guard lets it out.
    pub(super) fn ring_mobile(&mut self, agent: AgentId, id: ConversationId) {
        let Some(mobile) = self.mobile_of(agent).cloned() else { return };
        self.drop_telephone(agent, Cause::Normal);
        let (leg, device): (LegId, _) = (self.mint(), mobile.id);
        let way = self.way_to_mobile(&mobile, id);
        let (trunk, rule) = way.as_ref().map_or((None, None), |passage| (Some(passage.trunk), passage.rule));
        let mobile = Some(MobileCall { device, trunk, rule, reached: false, asked_in: None });
        let call = PhoneCall { mobile, ..PhoneCall::new(leg, id, false) };
        let passage = match way {
            Ok(passage) => passage,
            Err(why) => {
                self.mobile_over(agent, &call, end_of_refusal(why));
                return self.call_over(agent, call, EndedBy::System, EndReason::Unreachable);
            }
        };
        if let Some(desk) = self.desks.get_mut(&agent) {
            (desk.call, desk.tried) = (Some(call), Vec::new());
        }
        self.index.phones.insert(leg, agent);
        self.emit(Event::MobileCalled { conversation: id, agent, device, leg, route: passage.route() });
        let numbers = &self.catalog.settings().numbers;
        let ours = |id| numbers.iter().find(|number| Some(number.id) == id).map(|number| number.number.clone());
        let (caller, withheld) = (ours(passage.shown).unwrap_or_default(), ours(passage.withheld));
        let target = DialTarget::Trunk { trunk: passage.trunk, number: passage.sent };
        self.command(Command::Dial { leg, target, caller, withheld, auto_answer: false });
    }

    fn way_to_mobile(&mut self, mobile: &Mobile, id: ConversationId) -> Result<Passage, Refusal> {
        if self.tolls.is_emergency(&mobile.number) {
            return Err(Refusal::NotAllowed);
        }
        let dialled = self.conversations.get(&id).and_then(|known| known.number);
        let off = self.trunks_off();
        let settings = self.catalog.settings();
        let asking = Asking {
            agent: self.catalog.agent(mobile.agent),
            typed: &mobile.number,
            dialled,
            numbers: &settings.numbers,
            unreachable: &off,
        };
        match self.tolls.ask_for_own(asking, self.now) {
            Verdict::Allowed(passage) => Ok(passage),
            Verdict::Denied { why, .. } => Err(self.tolls.refusal(why, Some(mobile.agent), self.now)),
        }
    }

    /// The trunk by which an agent is on the line with this leg.
    pub(crate) fn trunk_of_phone(&self, agent: AgentId, leg: LegId) -> Option<TrunkId> {
        self.desks.get(&agent)?.call.filter(|call| call.leg == leg)?.mobile?.trunk
    }

    /// Something came of the call to an agent's number outside.
    pub(super) fn mobile_reached(&mut self, agent: AgentId) {
        let trunk = self.mobile_call(agent).and_then(|mobile| {
            mobile.reached = true;
            mobile.trunk
        });
        self.trunk_heard(trunk);
    }

    /// Somebody, or a mailbox, answered: they hear what to do, and the key is waited for.
    pub(super) fn ask_for_key(&mut self, agent: AgentId) {
        let Some(call) = self.desks.get(&agent).and_then(|desk| desk.call) else { return };
        if call.asked_in().is_some() {
            return self.ignore(Ignored::Duplicate);
        }
        self.guard.subject = Some(call.conversation);
        self.mobile_reached(agent);
        let room: RoomId = self.mint();
        let said = [Language::Zh, Language::En].map(|language| speech_keys(&[TAKE_CALL_SOUND.to_owned()], language));
        let play = self.new_play(said.concat(), true, KeySet::NONE);
        if let Some(mobile) = self.mobile_call(agent) {
            mobile.asked_in = Some(room);
        }
        self.command(Command::SetRoom(room_of_the_key(room, call.leg, play)));
        let until = self.now.mono + MOBILE_KEY_WAIT;
        self.timers.set(Timer::MobileKey(agent), until);
        // Who picks up at the last moment has the time to press it, too.
        let ring = self.live_offer(agent).map(|(_, offer)| Timer::Ring(offer.id));
        let others = [Timer::Dial(call.conversation), Timer::Grace(agent)];
        for timer in ring.into_iter().chain(others) {
            if self.timers.at(timer).is_some_and(|at| at <= until) {
                self.timers.set(timer, until + MOBILE_KEY_WAIT);
            }
        }
    }

    pub(crate) fn mobile_call(&mut self, agent: AgentId) -> Option<&mut MobileCall> {
        self.desks.get_mut(&agent)?.call.as_mut()?.mobile.as_mut()
    }

    /// Whether a key of this leg is waited for.
    pub(super) fn is_asked_for_key(&self, agent: AgentId, leg: LegId) -> bool {
        let call = self.desks.get(&agent).and_then(|desk| desk.call);
        call.is_some_and(|call| call.leg == leg && call.asked_in().is_some())
    }

    /// A key from an agent's phone. In a talk it goes its way with the sound; only of a number outside one is waited for.
    pub(crate) fn telephone_key(&mut self, agent: AgentId, leg: LegId, key: Key) {
        if !self.is_asked_for_key(agent, leg) || key.as_char() != TAKE_CALL_KEY {
            return self.ignore(Ignored::UnwantedKey);
        }
        self.guard.subject = self.desks.get(&agent).and_then(|desk| desk.call).map(|call| call.conversation);
        self.stop_asking_for_key(agent);
        self.telephone_taken(agent);
    }

    /// Nobody pressed it: a mailbox, or somebody who does not want the call.
    pub(crate) fn mobile_key_missing(&mut self, agent: AgentId) {
        let call = self.desks.get_mut(&agent).and_then(|desk| desk.call.take_if(|call| call.asked_in().is_some()));
        let Some(call) = call else { return self.ignore(Ignored::Late) };
        self.guard.subject = Some(call.conversation);
        self.index.phones.remove(&call.leg);
        self.mobile_over(agent, &call, MobileEnd::NoKey);
        self.command(Command::Release { leg: call.leg, cause: Cause::Normal });
        self.call_over(agent, call, EndedBy::System, EndReason::NoAnswer);
    }

    fn stop_asking_for_key(&mut self, agent: AgentId) {
        self.timers.cancel(Timer::MobileKey(agent));
        if let Some(room) = self.mobile_call(agent).and_then(|mobile| mobile.asked_in.take()) {
            self.command(Command::CloseRoom { room });
        }
    }

    /// Writes down what became of the call to a number outside; nothing of one to a phone of ours. The call is with the desk no more.
    pub(super) fn mobile_over(&mut self, agent: AgentId, call: &PhoneCall, end: MobileEnd) {
        let Some(MobileCall { device, asked_in, .. }) = call.mobile else { return };
        if let Some(room) = asked_in {
            self.timers.cancel(Timer::MobileKey(agent));
            self.command(Command::CloseRoom { room });
        }
        let (conversation, leg) = (call.conversation, call.leg);
        self.emit(Event::MobileEnded { conversation, agent, device, leg, end });
    }
}

/// Nobody is in it but whoever is asked; nothing of it is kept.
fn room_of_the_key(room: RoomId, leg: LegId, play: Play) -> RoomPlan {
    let (own, said) = (PortId::Leg(leg), PortId::Play(play.id));
    RoomPlan {
        room,
        version: 1,
        ports: vec![
            Port { id: own, role: PortRole::Agent, digits: Digits::Collect },
            Port { id: said, role: PortRole::Media, digits: Digits::Report },
        ],
        hears: vec![Hear { from: said, to: own, gain_db: 0.0 }],
        plays: vec![play],
        recorder: Recorder::Off,
        silence: None,
        listening: None,
    }
}
