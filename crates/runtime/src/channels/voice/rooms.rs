//! Rooms media knows of, and whose they are, until media has said all there is to say of them.

use std::collections::HashMap;

use domain::{ConversationId, Input, LegId, PartitionId, PlayId, RoomId, input::Quality, room::PlayEnd};

use super::ForFloor;

#[derive(Clone, Copy, Debug)]
struct Room {
    partition: PartitionId,
    /// `None` for one that the floor has closed again before it could be asked.
    conversation: Option<ConversationId>,
    closed: bool,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Rooms(HashMap<RoomId, Room>);

impl Rooms {
    /// A floor makes a room so.
    pub(crate) fn set(&mut self, id: RoomId, partition: PartitionId, conversation: Option<ConversationId>) {
        let room = self.0.entry(id).or_insert(Room { partition, conversation: None, closed: false });
        room.conversation = room.conversation.or(conversation);
    }

    /// A floor closes it. Media still tells how its legs sounded.
    pub(super) fn close(&mut self, id: RoomId) {
        if let Some(room) = self.0.get_mut(&id) {
            room.closed = true;
        }
    }

    /// Media has said all.
    pub(super) fn forget(&mut self, id: RoomId) {
        self.0.remove(&id);
    }

    /// Whose conversation a room is.
    pub(crate) fn conversation(&self, id: RoomId) -> Option<(PartitionId, ConversationId)> {
        let room = self.0.get(&id)?;
        room.conversation.map(|conversation| (room.partition, conversation))
    }

    pub(super) fn play_ended(&self, room: RoomId, play: PlayId, end: PlayEnd) -> ForFloor {
        let open = self.0.get(&room).filter(|room| !room.closed)?;
        Some((open.partition, Input::PlayEnded { room, play, end }))
    }

    pub(super) fn rated(&self, room: RoomId, leg: LegId, quality: Quality) -> ForFloor {
        let (partition, conversation) = self.conversation(room)?;
        Some((partition, Input::LegRated { conversation, leg, quality }))
    }

    pub(super) fn turned(&self, room: Option<RoomId>, leg: LegId, bad: bool, mos_hundredths: u16) -> ForFloor {
        let (partition, conversation) = self.conversation(room?)?;
        Some((partition, Input::SoundTurned { conversation, leg, bad, mos_hundredths }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: RoomId = RoomId(1);
    const CONVERSATION: ConversationId = ConversationId(2);
    const FLOOR: PartitionId = PartitionId(3);

    #[test]
    fn a_closed_room_has_its_legs_rated_and_no_plays_until_media_has_done_with_it() {
        let mut rooms = Rooms::default();
        rooms.set(ROOM, FLOOR, Some(CONVERSATION));
        // The floor closed it in the step that changed it last, and knows it no more.
        rooms.set(ROOM, FLOOR, None);
        assert!(rooms.play_ended(ROOM, PlayId(4), PlayEnd::Finished).is_some());
        rooms.close(ROOM);
        assert_eq!(rooms.play_ended(ROOM, PlayId(4), PlayEnd::Stopped), None);
        let (leg, quality) = (LegId(5), Quality::default());
        let rated = Input::LegRated { conversation: CONVERSATION, leg, quality };
        assert_eq!(rooms.rated(ROOM, leg, quality), Some((FLOOR, rated)));
        let turned = Input::SoundTurned { conversation: CONVERSATION, leg, bad: true, mos_hundredths: 287 };
        assert_eq!(rooms.turned(Some(ROOM), leg, true, 287), Some((FLOOR, turned)));
        assert_eq!(rooms.turned(None, leg, true, 287), None);
        rooms.forget(ROOM);
        assert_eq!(rooms.rated(ROOM, leg, quality), None);
    }
}
