//! One file per node.

pub(super) mod consent;
pub(super) mod enqueue;
pub(super) mod hang_up;
pub(super) mod hours;
pub(super) mod menu;
pub(super) mod play;
pub(super) mod voicemail;
