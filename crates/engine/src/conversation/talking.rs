//! A customer with an agent: the bridge, the far end's hold, and what the room sounds like.

use domain::{ConversationId, Event, KeySet, LegId};

use super::CustomerStage;
use crate::floor::Floor;
use crate::handling::HandlingState;
use crate::output::Ignored;
use crate::rooms::{Scene, music_key};

impl Floor {
    /// Makes the room sound as the talking handling says: bridged, or music to the customer while held.
    pub(crate) fn sound_talk(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get(&id) else { return };
        let CustomerStage::Talking(talk) = &conversation.stage else { return };
        let queue = talk.place.queue;
        let Some(handling) = conversation.handling(talk.handling) else { return };
        let agent_leg = handling.leg;
        let muted = handling.muted;
        let playing = conversation.room.as_ref().and_then(|room| room.scene.held_music().cloned());
        let scene = match handling.state {
            HandlingState::Talking => match agent_leg {
                Some(agent) => Scene::Talk { agent, muted },
                None => Scene::Silence,
            },
            HandlingState::Held(_) => {
                let music = playing.or_else(|| {
                    let key = self.catalog.queue(queue).map(|queue| music_key(&queue.music))?;
                    Some(self.new_play(vec![key], true, KeySet::NONE))
                });
                Scene::Hold { agent: agent_leg, music }
            }
            HandlingState::WrappingUp => return,
        };
        self.set_scene(id, scene);
    }

    pub(crate) fn peer_hold(&mut self, leg: LegId, on: bool) {
        let Some(id) = self.conversation_of_leg(leg) else { return };
        let Some(conversation) = self.conversations.get(&id) else { return };
        match conversation.stage {
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Talking(_) => self.emit(Event::PeerHeld { conversation: id, leg, on }),
            CustomerStage::Leaving(_) | CustomerStage::Gone(_) => self.ignore(Ignored::Late),
        }
    }
}
