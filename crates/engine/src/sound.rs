//! How legs sounded: what media tells of it goes into the ledger.

use std::collections::BTreeMap;

use domain::input::Quality;
use domain::{ConversationId, Event, LegId, Mono};

use crate::floor::Floor;
use crate::limits::{RATING_WAIT, UNRATED_MAX};
use crate::output::Ignored;

/// Legs that left a conversation without a word on how they sounded, and since when. Media tells it a moment later, of those whose sound
/// could flow; the others are forgotten.
#[derive(Debug, Default)]
pub(crate) struct Unrated(BTreeMap<(ConversationId, LegId), Mono>);

impl Unrated {
    pub(crate) fn apply(&mut self, event: &Event, at: Mono) {
        let Event::LegLeft { conversation, leg, quality: None, .. } = event else { return };
        self.0.retain(|_, since| at.since(*since) < RATING_WAIT);
        if self.0.len() < UNRATED_MAX {
            self.0.insert((*conversation, *leg), at);
        }
    }

    fn take(&mut self, conversation: ConversationId, leg: LegId, now: Mono) -> bool {
        let since = self.0.remove(&(conversation, leg));
        since.is_some_and(|since| now.since(since) < RATING_WAIT)
    }
}

impl Floor {
    /// The sum of a leg that has left. One whose end came with its sum has said it all; one that is still there only changed rooms.
    pub(crate) fn leg_rated(&mut self, conversation: ConversationId, leg: LegId, quality: Quality) {
        if self.unrated.take(conversation, leg, self.now.mono) {
            self.emit(Event::LegRated { conversation, leg, quality });
        }
    }

    /// The sound of a leg became bad, or good again.
    pub(crate) fn sound_turned(&mut self, conversation: ConversationId, leg: LegId, bad: bool, mos_hundredths: u16) {
        let record = self.records.conversations.get(&conversation);
        if record.is_some_and(|record| record.legs.contains_key(&leg)) {
            self.emit(Event::LegDegraded { conversation, leg, on: bad, mos_hundredths });
        } else {
            self.ignore(Ignored::Late);
        }
    }
}
