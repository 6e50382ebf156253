//! What customers say about being recorded. A refusal holds to the end of the conversation, through every transfer and queue. What was
//! kept before it stays.

use domain::recording_policy::ConsentHow;
use domain::{AgentId, ConversationId, Event, HandlingId, Refusal};

use crate::floor::Floor;

impl Floor {
    /// An agent notes what the customer said in words.
    pub(crate) fn note_consent(&mut self, agent: AgentId, handling: HandlingId, given: bool) -> Result<(), Refusal> {
        let (id, _) = self.own_live_talk(agent, handling)?;
        let keeping = self.keeping_mut(id).ok_or(Refusal::WrongState)?;
        if keeping.rule.is_none() {
            return Err(Refusal::WrongState);
        }
        match (keeping.consent, given) {
            (Some(false), true) => return Err(Refusal::ConsentRefused),
            (Some(before), now) if before == now => return Ok(()),
            (Some(_) | None, _) => {}
        }
        self.consent(id, ConsentHow::Spoken, Some(agent), given);
        self.sound_consent(id);
        Ok(())
    }

    /// Makes the room so that no more and no less is kept than the customer said.
    fn sound_consent(&mut self, id: ConversationId) {
        match self.keeping_mut(id).map(|keeping| (keeping.is_settled(), keeping.waits_for_consent())) {
            Some((false, true)) => self.begin_held_back(id),
            Some((false, false)) => self.send_room(id),
            Some((true, _)) | None => {}
        }
    }

    /// Writes the answer down; it counts from the next plan on.
    pub(crate) fn consent(&mut self, id: ConversationId, how: ConsentHow, agent: Option<AgentId>, given: bool) {
        if !given {
            self.switch_off(id);
        }
        let Some(keeping) = self.keeping_mut(id) else { return };
        keeping.consent = Some(given);
        keeping.is_fresh = given;
        self.emit(match given {
            true => Event::ConsentGiven { conversation: id, how, agent },
            false => Event::ConsentRefused { conversation: id, how, agent },
        });
    }

    /// What the customer said, if anything.
    pub(crate) fn consent_of(&self, id: ConversationId) -> Option<bool> {
        self.conversations.get(&id)?.room.as_ref()?.keeping.consent
    }
}
