//! Keys and ends of plays, for a customer in whatever stage.

use domain::{ConversationId, CustomerId, Event, Key, LegId, PlayId, RoomId};

use super::CustomerStage;
use crate::floor::Floor;
use crate::output::Ignored;

impl Floor {
    pub(crate) fn digit(&mut self, leg: LegId, key: Key) {
        let Some(id) = self.conversation_of_leg(leg) else { return };
        #[cfg(any(test, feature = "defects"))]
        assert!(!self.has_defect(crate::floor::Defect::PanicOnKey), "a seeded fault");
        self.caller_heard(id);
        let Some(conversation) = self.conversations.get(&id) else { return };
        match &conversation.stage {
            CustomerStage::InFlow(cursor) => {
                let cursor = cursor.clone();
                self.flow_key(id, cursor, key);
            }
            CustomerStage::Arriving
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Talking(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => self.ignore(Ignored::UnwantedKey),
        }
    }

    pub(crate) fn play_ended(&mut self, room: RoomId, play: PlayId) {
        let Some(id) = self.index.rooms.get(&room).copied() else { return self.ignore(Ignored::UnknownRoom) };
        self.guard.subject = Some(id);
        let Some(conversation) = self.conversations.get(&id) else { return };
        let playing = conversation.room.as_ref().and_then(|room| room.scene.play());
        if playing.is_none_or(|playing| playing.id != play) {
            return self.ignore(Ignored::Late);
        }
        match &conversation.stage {
            CustomerStage::InFlow(cursor) => {
                let cursor = cursor.clone();
                self.flow_play_ended(id, cursor);
            }
            CustomerStage::Waiting(_) | CustomerStage::Ringing(_) => self.queue_play_ended(id),
            // Music that ends by itself is broken music: silence is all that can be done.
            CustomerStage::Arriving
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Talking(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => self.ignore(Ignored::Late),
        }
    }

    pub(crate) fn customer_resolved(&mut self, id: ConversationId, customer: Option<CustomerId>) {
        if !self.conversations.contains_key(&id) {
            return self.ignore(Ignored::UnknownConversation);
        }
        self.guard.subject = Some(id);
        if let Some(customer) = customer {
            self.emit(Event::CustomerIdentified { conversation: id, customer });
        }
    }
}
