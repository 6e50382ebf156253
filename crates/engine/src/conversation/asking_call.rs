//! The second call of a SIP phone whose agent asks somebody by it: it takes the place of the first in the room while it lasts.

use domain::input::TransferTo;
use domain::room::PortRole;
use domain::{AgentId, Cause, Command, ConversationId, EndReason, EndedBy, Event, HandlingId, Refusal};

use super::{Asked, AskingCall, Consult, ConsultState, Conversation};
use crate::floor::Floor;
use crate::handling::{Handling, HandlingState, HoldCause};
use crate::rooms::Voice;

impl AskingCall {
    pub(super) fn is_heard(&self) -> bool {
        self.up && !self.holds
    }
}

impl Conversation {
    /// How an agent takes part in the room, where connected: by the call that asks, while there is one.
    pub(crate) fn voice_of(&self, part: &Handling) -> Option<Voice> {
        let talk = self.talk().filter(|talk| talk.handling == part.id);
        match talk.and_then(|talk| talk.consult?.phone).filter(AskingCall::is_heard) {
            Some(phone) => Some(Voice { muted: part.muted, ..Voice::of(phone.leg, PortRole::Agent) }),
            None => part.voice(),
        }
    }

    /// How whoever is asked takes part in the room, where heard.
    pub(super) fn voice_of_asked(&self, consult: &Consult) -> Option<Voice> {
        match consult.asked {
            Asked::Ringing { .. } => None,
            Asked::Colleague { handling, .. } => self.handling(handling)?.voice(),
            Asked::Outside(outside) => outside.voice(),
        }
    }
}

impl Floor {
    pub(crate) fn asking_call_answered(&mut self, id: ConversationId) {
        self.guard.subject = Some(id);
        let Some(consult) = self.consult_of(id) else { return };
        let Some(phone) = consult.phone.filter(|phone| !phone.up) else { return };
        let asking = self.conversations.get(&id).and_then(|known| Some(known.handling(known.talk()?.handling)?.agent));
        let Some(agent) = asking else { return };
        self.set_consult(id, Some(Consult { phone: Some(AskingCall { up: true, ..phone }), ..consult }));
        self.agent_leg_joined(id, agent, phone.leg);
        self.sound_talk(id);
    }

    /// The phone holds its second call by its own key, or takes it back.
    pub(crate) fn hold_asking_call(&mut self, id: ConversationId, on: bool) {
        let Some(consult) = self.consult_of(id) else { return };
        let Some(phone) = consult.phone else { return };
        self.set_consult(id, Some(Consult { phone: Some(AskingCall { holds: on, ..phone }), ..consult }));
        self.sound_talk(id);
    }

    /// The phone holds the customer's call by its own key while it asks, or goes back to the customer.
    pub(crate) fn hold_while_asking(&mut self, id: ConversationId, handling: HandlingId, on: bool) {
        let known = self.conversations.get(&id);
        let Some(part) = known.and_then(|known| known.handling(handling)).cloned() else { return };
        let (conversation, agent) = (id, part.agent);
        let asks = self.consult_of(id).is_some_and(|consult| consult.state() != ConsultState::Joined);
        match part.state {
            HandlingState::Held(HoldCause::Consulting) if !on && asks => {
                self.change_handling(id, handling, |part| part.state = HandlingState::Talking);
                self.emit(Event::HandlingResumed { conversation, handling, agent, device_back: false });
            }
            HandlingState::Talking if on && asks => {
                self.change_handling(id, handling, |part| part.state = HandlingState::Held(HoldCause::Consulting));
                self.emit(Event::HandlingHeld { conversation, handling, agent, device_lost: false });
            }
            HandlingState::Talking | HandlingState::Held(_) | HandlingState::WrappingUp => {}
        }
        self.sound_talk(id);
    }

    /// Whether an agent is on the line by a call that asks somebody.
    pub(crate) fn asks_by_phone(&self, agent: AgentId) -> bool {
        let talk = self.live_talk(agent);
        talk.and_then(|(id, _)| self.consult_of(id)?.phone).is_some_and(|phone| phone.up)
    }

    /// Forgets the second call, if there is one; with a cause it is hung up.
    pub(crate) fn forget_asking_call(
        &mut self,
        id: ConversationId,
        by: EndedBy,
        reason: EndReason,
        cause: Option<Cause>,
    ) {
        let Some(consult) = self.consult_of(id) else { return };
        let Some(phone) = consult.phone else { return };
        self.set_consult(id, Some(Consult { phone: None, ..consult }));
        self.index.phones.remove(&phone.leg);
        if phone.up {
            self.emit(Event::LegLeft { conversation: id, leg: phone.leg, by, reason, quality: None });
        }
        if let Some(cause) = cause {
            let cause = self.cause_of_release(phone.leg, cause);
            self.command(Command::Release { leg: phone.leg, cause });
        }
    }

    /// The phone's second call is over. In private that is how whoever is asked is let go; of three the agent is still there by the first.
    pub(crate) fn stop_asking(&mut self, id: ConversationId, handling: HandlingId) {
        let Some(consult) = self.consult_of(id) else { return };
        let agent = self.conversations.get(&id).and_then(|known| Some(known.handling(handling)?.agent));
        match (consult.state(), agent) {
            (ConsultState::Ringing | ConsultState::Private, Some(agent)) => {
                // The consult is there, so this cannot be refused.
                let _ = self.drop_consult(agent, handling);
            }
            (ConsultState::Joined, _) | (_, None) => self.sound_talk(id),
        }
    }

    /// Leaves the customer with whoever is asked; a colleague who has not answered is rung on without being asked first.
    pub(crate) fn hand_over_consult(&mut self, agent: AgentId, handling: HandlingId) -> Result<(), Refusal> {
        let (_, talk) = self.own_talk(agent, handling)?;
        let consult = talk.consult.ok_or(Refusal::WrongState)?;
        if consult.is_answered() {
            return self.complete_consult(agent, handling);
        }
        let colleague = consult.colleague().ok_or(Refusal::WrongState)?;
        // Nothing is taken back before it is sure that something comes of it.
        if !self.catalog.has_agent(colleague) || !self.could_be_rung(colleague) {
            return Err(Refusal::CalleeUnavailable);
        }
        self.drop_consult(agent, handling)?;
        self.transfer(agent, handling, TransferTo::Agent(colleague), None)
    }
}
