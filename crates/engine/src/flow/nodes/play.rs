//! Plays sounds, then goes on. A key of `stop_on` stops it and is kept for the menu that follows.

use domain::event::FlowExit;
use domain::{ConversationId, Key, KeySet};

use crate::floor::Floor;
use crate::flow::{FlowCursor, NodeStep, Turn};
use crate::output::Ignored;
use crate::rooms::speech_keys;

pub(crate) fn enter(
    floor: &mut Floor,
    id: ConversationId,
    cursor: &FlowCursor,
    sounds: &[String],
    stop_on: KeySet,
    next: u16,
) -> Turn {
    // Whoever has typed ahead has heard enough.
    if sounds.is_empty() || cursor.keys.would_stop(stop_on) {
        return Turn::Go { exit: FlowExit::Next, to: next };
    }
    let sounds = speech_keys(sounds, floor.language_of(id));
    floor.play(id, sounds, false, stop_on);
    Turn::Stay(NodeStep::Playing)
}

/// Media has stopped the play by itself; that report may come before or after the key.
pub(crate) fn key(floor: &mut Floor, cursor: &mut FlowCursor, stop_on: KeySet, next: u16, key: Key) -> Turn {
    if !stop_on.contains(key) {
        floor.ignore(Ignored::UnwantedKey);
        return Turn::Stay(cursor.step);
    }
    cursor.keys.push(key);
    Turn::Go { exit: FlowExit::Next, to: next }
}
