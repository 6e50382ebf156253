//! How legs sound: every one that leaves without a word on it is rated a moment later, and every seventh is bad for a while.

use domain::input::Quality;
use domain::{ConversationId, Event, Input, LegId};

use crate::Violation;
use crate::agenda::Happening;
use crate::world::{SECOND, World};

/// Ids are of no use to chance: none of it is spent on what decides nothing.
const BAD_EVERY: i64 = 7;

impl World {
    #[allow(clippy::wildcard_enum_match_arm, reason = "only what comes and goes has a sound")]
    pub(crate) fn sound_of(&mut self, event: &Event) {
        match event {
            Event::LegJoined { conversation, leg, .. } if leg.0 % BAD_EVERY == 0 => {
                self.plan(2 * SECOND, Happening::SoundTurns(*conversation, *leg, true));
                self.plan(9 * SECOND, Happening::SoundTurns(*conversation, *leg, false));
            }
            Event::LegLeft { conversation, leg, quality: None, .. } => {
                self.plan(SECOND / 100, Happening::LegIsRated(*conversation, *leg));
            }
            _ => {}
        }
    }

    pub(crate) fn leg_is_rated(&mut self, conversation: ConversationId, leg: LegId) -> Result<(), Violation> {
        let quality = Quality { packets_received: 500, mos_hundredths: Some(437), ..Quality::default() };
        self.feed(Input::LegRated { conversation, leg, quality })
    }

    pub(crate) fn sound_turns(&mut self, conversation: ConversationId, leg: LegId, bad: bool) -> Result<(), Violation> {
        let mos_hundredths = if bad { 287 } else { 402 };
        self.feed(Input::SoundTurned { conversation, leg, bad, mos_hundredths })
    }
}
