//! What agents do by the keys of their SIP phones besides hold: keys towards whoever they talk with, and moving the call.

use domain::settings::dialled;
use domain::{AgentId, Cause, Command, ConversationId, Key, LegId, Refusal};

use crate::conversation::Destination;
use crate::floor::Floor;

/// What a phone moves its call to in order to park the customer; the code that carriers use for it.
pub(crate) const PARK_CODE: &str = "*68";

/// What a phone dials to pick up the customer parked longest; followed by an agent ID, whoever that agent parked.
pub(crate) const PICK_UP_CODE: &str = "*88";

/// Whose parked customer is picked up by dialling this, empty for anybody's; `None` when it is no pick-up code.
pub(super) fn whose_parked(called: &str) -> Option<String> {
    let whose = dialled(called)?.strip_prefix(PICK_UP_CODE)?.to_owned();
    whose.bytes().all(|key| key.is_ascii_digit()).then_some(whose)
}

impl Floor {
    /// A key by INFO. From an agent's phone it is meant for the far side, as the desk's keypad; in RTP such keys pass by themselves.
    pub(crate) fn info_key(&mut self, leg: LegId, key: Key) {
        let Some(agent) = self.index.phones.get(&leg).copied() else { return self.digit(leg, key) };
        if self.is_asked_for_key(agent, leg) {
            return self.telephone_key(agent, leg, key);
        }
        if let Some((_, handling)) = self.live_talk(agent) {
            // Pressed at a moment with nobody outside at the other end, it is meant for nobody.
            let _ = self.send_digits(agent, handling, vec![key]);
        }
    }

    /// The phone's own transfer key: a blind transfer, or the end of asking somebody. Once done the phone is let go, which tells it so.
    pub(crate) fn peer_referred(&mut self, leg: LegId, to: &str, replaces: Option<LegId>) {
        self.guard.moving = Some(leg);
        let result = match (self.index.phones.get(&leg).copied(), replaces) {
            (Some(agent), None) => self.move_call(agent, to),
            (Some(agent), Some(other)) => self.join_calls(agent, leg, other),
            (None, _) => Err(Refusal::NotAllowed),
        };
        self.guard.moving = None;
        if let Err(why) = result {
            self.command(Command::RefuseRefer { leg, why });
        }
    }

    /// Why a phone's call is hung up: as moved, when this step moves it.
    pub(crate) fn cause_of_release(&self, leg: LegId, cause: Cause) -> Cause {
        if self.guard.moving == Some(leg) { Cause::Moved } else { cause }
    }

    fn move_call(&mut self, agent: AgentId, to: &str) -> Result<(), Refusal> {
        let (id, handling) = self.live_talk(agent).ok_or(Refusal::WrongState)?;
        self.guard.subject = Some(id);
        // The end of the second call may still be on its way when the phone moves the first.
        let asks_by_phone = self.consult_of(id).is_some_and(|consult| consult.phone.is_some());
        // Whoever is called outside already is not called again, so nothing has to allow it.
        if asks_by_phone && self.is_asked_outside(id, to) {
            return self.hand_over_consult(agent, handling);
        }
        let to = match dialled(to) {
            Some(code) if code == PARK_CODE => Destination::Park,
            Some(_) | None => self.destination_dialled(agent, to)?,
        };
        if asks_by_phone && self.is_asked(id, &to) {
            return self.hand_over_consult(agent, handling);
        }
        self.transfer_to(agent, handling, to, None)
    }

    fn is_asked_outside(&self, id: ConversationId, to: &str) -> bool {
        let Some(conversation) = self.conversations.get(&id) else { return false };
        let asked = conversation.outside().and(conversation.outside_call.as_ref()).map(|call| call.to.clone());
        asked.is_some() && asked == dialled(to)
    }

    fn is_asked(&self, id: ConversationId, to: &Destination) -> bool {
        match to {
            Destination::Agent(agent) => self.consult_of(id).and_then(|consult| consult.colleague()) == Some(*agent),
            Destination::Outside(_)
            | Destination::Queue(_)
            | Destination::Flow(_)
            | Destination::Loan(_)
            | Destination::Park => false,
        }
    }
}
