//! The legs and the ways to find them.

use std::collections::{BTreeSet, HashMap};

use domain::{LegId, Mono};

use crate::event::SipCensus;
use crate::leg::LegMachine;

/// One leg with what must be forgotten together with it.
struct Entry {
    machine: LegMachine,
    due: Option<Mono>,
    tag: String,
    origin: String,
    invite: String,
}

/// All legs, lingering ones included.
#[derive(Default)]
pub(super) struct Legs {
    entries: HashMap<LegId, Entry>,
    /// Our tag → leg.
    tags: HashMap<String, LegId>,
    /// Transaction key of the INVITE → leg.
    invites: HashMap<String, LegId>,
    /// Call-ID and From tag → the latest leg.
    origins: HashMap<String, LegId>,
    timers: BTreeSet<(Mono, LegId)>,
}

impl Legs {
    pub(super) fn get(&self, leg: LegId) -> Option<&LegMachine> {
        self.entries.get(&leg).map(|entry| &entry.machine)
    }

    pub(super) fn get_mut(&mut self, leg: LegId) -> Option<&mut LegMachine> {
        self.entries.get_mut(&leg).map(|entry| &mut entry.machine)
    }

    pub(super) fn by_tag(&self, tag: &str) -> Option<LegId> {
        self.tags.get(tag).copied()
    }

    pub(super) fn by_invite(&self, key: &str) -> Option<LegId> {
        self.invites.get(key).copied()
    }

    pub(super) fn by_origin(&self, origin: &str) -> Option<LegId> {
        self.origins.get(origin).copied()
    }

    pub(super) fn ids(&self) -> Vec<LegId> {
        self.entries.keys().copied().collect()
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn add(&mut self, leg: LegId, tag: String, origin: String, machine: LegMachine) {
        let invite = machine.invite_key();
        self.tags.insert(tag.clone(), leg);
        self.invites.insert(invite.clone(), leg);
        self.origins.insert(origin.clone(), leg);
        self.entries.insert(leg, Entry { machine, due: None, tag, origin, invite });
    }

    /// After a turn: sets the leg's timer anew, or forgets the leg.
    pub(super) fn settle(&mut self, leg: LegId) {
        let Some(entry) = self.entries.get_mut(&leg) else { return };
        let next = entry.machine.poll_timeout().map(|(at, _)| at);
        let is_gone = entry.machine.inspect().is_gone;
        if next != entry.due || is_gone {
            if let Some(at) = entry.due {
                self.timers.remove(&(at, leg));
            }
            entry.due = next;
            if let Some(at) = next {
                self.timers.insert((at, leg));
            }
        }
        if is_gone && let Some(entry) = self.entries.remove(&leg) {
            if let Some(at) = entry.due {
                self.timers.remove(&(at, leg));
            }
            self.tags.remove(&entry.tag);
            self.invites.remove(&entry.invite);
            if self.origins.get(&entry.origin) == Some(&leg) {
                self.origins.remove(&entry.origin);
            }
        }
    }

    /// A leg whose timer has come.
    pub(super) fn due(&mut self, now: Mono) -> Option<LegId> {
        let (at, leg) = *self.timers.first()?;
        if at > now {
            return None;
        }
        self.timers.remove(&(at, leg));
        if let Some(entry) = self.entries.get_mut(&leg) {
            entry.due = None;
        }
        Some(leg)
    }

    pub(super) fn next_due(&self) -> Option<Mono> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// Whether nothing is remembered, in any index.
    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        let indexes = [self.tags.len(), self.invites.len(), self.origins.len(), self.timers.len()];
        self.entries.is_empty() && indexes == [0; 4]
    }

    pub(super) fn census(&self) -> SipCensus {
        let mut census = SipCensus { transactions: self.entries.len(), ..SipCensus::default() };
        for entry in self.entries.values() {
            let view = entry.machine.inspect();
            census.legs += usize::from(view.is_live);
            census.dialogs += usize::from(view.has_dialog);
        }
        census
    }
}
