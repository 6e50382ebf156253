//! A customer with an agent: the bridge, the far end's hold, and what the room sounds like.

use domain::{AgentId, ConversationId, Event, KeySet, LegId, QueueId};

use super::CustomerStage;
use crate::floor::Floor;
use crate::handling::HandlingState;
use crate::output::Ignored;
use crate::rooms::{Scene, music_key};

impl Floor {
    /// Makes the room sound as the talking handling says: bridged, or music to the customer while held.
    pub(crate) fn sound_talk(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get(&id) else { return };
        if let CustomerStage::Dialling(_) = &conversation.stage {
            return self.sound_dialling(id);
        }
        let CustomerStage::Talking(talk) = &conversation.stage else { return };
        let queue = talk.origin.queue();
        let Some(handling) = conversation.handling(talk.handling) else { return };
        let (agent, agent_leg) = (handling.agent, handling.leg);
        let muted = handling.muted;
        let playing = conversation.room.as_ref().and_then(|room| room.scene.held_music().cloned());
        let scene = match handling.state {
            HandlingState::Talking => match agent_leg {
                Some(agent) => Scene::Talk { agent, muted },
                None => Scene::Silence,
            },
            HandlingState::Held(_) => {
                let music = playing.or_else(|| {
                    let music = self.hold_music(queue, agent)?;
                    Some(self.new_play(vec![music_key(&music)], true, KeySet::NONE))
                });
                Scene::Hold { agent: agent_leg, music }
            }
            HandlingState::WrappingUp => return,
        };
        self.set_scene(id, scene);
    }

    /// The music of the queue the customer came from; without one, that of a queue the agent serves.
    pub(crate) fn hold_music(&self, queue: Option<QueueId>, agent: AgentId) -> Option<String> {
        let settings = self.catalog.settings();
        let own = settings.agents.iter().find(|own| own.id == agent).and_then(|own| own.queues.first().copied());
        let found = queue.or(own).and_then(|queue| self.catalog.queue(queue)).or_else(|| settings.queues.first());
        found.map(|queue| queue.music.clone())
    }

    pub(crate) fn peer_hold(&mut self, leg: LegId, on: bool) {
        if let Some(agent) = self.index.phones.get(&leg).copied() {
            return self.telephone_hold(agent, on);
        }
        let Some(id) = self.conversation_of_leg(leg) else { return };
        let Some(conversation) = self.conversations.get(&id) else { return };
        match conversation.stage {
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Talking(_) => self.emit(Event::PeerHeld { conversation: id, leg, on }),
            CustomerStage::Leaving(_) | CustomerStage::Gone(_) => self.ignore(Ignored::Late),
        }
    }
}
