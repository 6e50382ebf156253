//! Calls an agent begins at the SIP phone they work with. Without a talk somebody is called; in a talk somebody is asked, as by the desk,
//! and the phone has two calls: the customer's, which its own key holds, and the one it asks by.

use domain::{AgentId, Cause, Command, ConversationId, DeviceId, EndReason, EndedBy, HandlingId, LegId, Refusal};

use super::PhoneCall;
use super::phone_keys::whose_parked;
use crate::floor::Floor;

impl Floor {
    /// A phone of ours calls. Refused, and forgotten, when nothing comes of it.
    pub(crate) fn phone_called(&mut self, leg: LegId, device: DeviceId, called: &str) {
        if let Err(why) = self.begin_at_phone(leg, device, called) {
            self.command(Command::Refuse { leg, cause: cause_of(why) });
        }
    }

    fn begin_at_phone(&mut self, leg: LegId, device: DeviceId, called: &str) -> Result<(), Refusal> {
        let agent = self.catalog.device(device).and_then(|device| device.agent).ok_or(Refusal::NotAllowed)?;
        let live_talk = self.live_talk(agent);
        if live_talk.is_none() && self.is_emergency(called) {
            return self.dial_emergency_at_phone(agent, device, called, leg);
        }
        if self.agent_record(agent).telephone != Some(device) {
            return Err(Refusal::NotAllowed);
        }
        match (whose_parked(called), live_talk) {
            (Some(_), Some(_)) => Err(Refusal::WorkInHand),
            (Some(whose), None) => self.pick_up_at_phone(agent, &whose, leg),
            (None, Some((id, handling))) => {
                self.guard.subject = Some(id);
                self.consult_by_phone(agent, handling, called, leg)
            }
            (None, None) => self.dial(agent, called, None, Some(leg)),
        }
    }

    /// The colleague with this extension, or whose phone has this user name.
    pub(crate) fn colleague_at(&self, dialled: &str) -> Option<AgentId> {
        let settings = self.catalog.settings();
        let colleague = settings.agents.iter().find(|other| other.extension == dialled).map(|other| other.id);
        let phone = settings.devices.iter().find(|device| device.username == dialled);
        colleague.or_else(|| phone?.agent)
    }

    /// The phone called us for this conversation; nothing has to ring.
    pub(crate) fn take_phone_call(&mut self, agent: AgentId, id: ConversationId, leg: LegId) {
        if let Some(desk) = self.desks.get_mut(&agent) {
            desk.call = Some(PhoneCall::new(leg, id, true));
        }
        self.index.phones.insert(leg, agent);
        self.command(Command::Answer { leg });
    }

    /// The phone's second call, by which its agent asks somebody: where, and in which handling.
    pub(super) fn asking_call(&self, agent: AgentId, leg: LegId) -> Option<(ConversationId, HandlingId)> {
        let (id, handling) = self.live_talk(agent)?;
        (self.consult_of(id)?.phone?.leg == leg).then_some((id, handling))
    }

    /// The second call is over: with it whoever is asked goes, unless all three talk.
    pub(super) fn asking_call_ended(&mut self, id: ConversationId, handling: HandlingId, by: EndedBy, why: EndReason) {
        self.guard.subject = Some(id);
        self.forget_asking_call(id, by, why, None);
        self.stop_asking(id, handling);
    }

    /// The phone joins its two calls: the customer is with whoever was asked, or goes on ringing with a colleague who has not answered.
    pub(super) fn join_calls(&mut self, agent: AgentId, leg: LegId, other: LegId) -> Result<(), Refusal> {
        let own = self.desks.get(&agent).and_then(|desk| desk.call).map(|call| call.leg);
        let pair = [leg, other];
        let (id, handling) =
            pair.into_iter().find_map(|leg| self.asking_call(agent, leg)).ok_or(Refusal::WrongState)?;
        if !own.is_some_and(|own| pair.contains(&own)) {
            return Err(Refusal::WrongState);
        }
        self.guard.subject = Some(id);
        self.hand_over_consult(agent, handling)
    }
}

/// What a phone is told whose call leads to nothing.
fn cause_of(why: Refusal) -> Cause {
    match why {
        Refusal::BadNumber | Refusal::UnknownReference => Cause::UnknownNumber,
        Refusal::CalleeUnavailable | Refusal::QueueUnserved => Cause::Unavailable,
        Refusal::WorkInHand | Refusal::WrongState => Cause::Busy,
        Refusal::Overload
        | Refusal::QueueFull
        | Refusal::LinesBusy
        | Refusal::SiteFull
        | Refusal::LimitReached { .. } => Cause::Overload,
        Refusal::NotAllowed
        | Refusal::CallsStopped
        | Refusal::NotSignedIn
        | Refusal::NoDevice
        | Refusal::OfferOver
        | Refusal::HandlingOver
        | Refusal::RecordingRuled
        | Refusal::ConsentMissing
        | Refusal::ConsentRefused
        | Refusal::AtPhone => Cause::Forbidden,
    }
}
