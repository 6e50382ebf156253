//! The legs and the ways to find them.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use domain::{LegId, Mono};

use crate::event::SipCensus;
use crate::leg::{LegInput, LegMachine, LegOutput, LegView};
use crate::message::{Replaces, Request};
use crate::outgoing::DialledLeg;

/// A leg, whoever began it.
#[derive(Debug)]
pub(super) enum Machine {
    Arrived(Box<LegMachine>),
    Dialled(Box<DialledLeg>),
}

impl Machine {
    pub(super) fn handle(&mut self, now: Mono, input: LegInput<'_>) {
        match self {
            Machine::Arrived(leg) => leg.handle(now, input),
            Machine::Dialled(leg) => leg.handle(now, input),
        }
    }

    pub(super) fn poll_output(&mut self) -> Option<LegOutput> {
        match self {
            Machine::Arrived(leg) => leg.poll_output(),
            Machine::Dialled(leg) => leg.poll_output(),
        }
    }

    fn poll_timeout(&self) -> Option<(Mono, &'static str)> {
        match self {
            Machine::Arrived(leg) => leg.poll_timeout(),
            Machine::Dialled(leg) => leg.poll_timeout(),
        }
    }

    fn inspect(&self) -> LegView {
        match self {
            Machine::Arrived(leg) => leg.inspect(),
            Machine::Dialled(leg) => leg.inspect(),
        }
    }

    /// Whether a request with a To tag belongs here.
    pub(super) fn owns(&self, request: &Request) -> bool {
        match self {
            Machine::Arrived(leg) => leg.owns(request),
            Machine::Dialled(leg) => leg.owns(request),
        }
    }

    /// Whether it is the call that RFC 3891 names so.
    pub(super) fn is_named(&self, name: &Replaces) -> bool {
        match self {
            Machine::Arrived(leg) => leg.is_named(name),
            Machine::Dialled(leg) => leg.is_named(name),
        }
    }

    /// The address the other side speaks from, if there is a dialog.
    pub(super) fn peer_ip(&self) -> Option<IpAddr> {
        match self {
            Machine::Arrived(leg) => Some(leg.peer_ip()),
            Machine::Dialled(leg) => leg.peer_ip(),
        }
    }

    /// Whether the other side speaks over a way that nobody else can read.
    pub(super) fn is_private(&self) -> bool {
        match self {
            Machine::Arrived(leg) => leg.is_private(),
            Machine::Dialled(leg) => leg.is_private(),
        }
    }

    /// CSeq number of the INVITE that came.
    pub(super) fn invite_cseq(&self) -> Option<u32> {
        match self {
            Machine::Arrived(leg) => leg.invite_cseq(),
            Machine::Dialled(_) => None,
        }
    }

    fn invite_key(&self) -> Option<String> {
        match self {
            Machine::Arrived(leg) => leg.invite_key(),
            Machine::Dialled(_) => None,
        }
    }
}

/// One leg with what must be forgotten together with it.
struct Entry {
    machine: Machine,
    due: Option<Mono>,
    tag: String,
    origin: Option<String>,
    invite: Option<String>,
    is_coded: bool,
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
    coded: usize,
}

impl Legs {
    pub(super) fn get(&self, leg: LegId) -> Option<&Machine> {
        self.entries.get(&leg).map(|entry| &entry.machine)
    }

    pub(super) fn get_mut(&mut self, leg: LegId) -> Option<&mut Machine> {
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

    /// Live legs with a codec that has to be coded.
    pub(super) fn coded(&self) -> usize {
        self.coded
    }

    pub(super) fn add(&mut self, leg: LegId, tag: String, origin: Option<String>, machine: Machine) {
        let invite = machine.invite_key();
        self.tags.insert(tag.clone(), leg);
        self.invites.extend(invite.iter().map(|key| (key.clone(), leg)));
        self.origins.extend(origin.iter().map(|origin| (origin.clone(), leg)));
        self.entries.insert(leg, Entry { machine, due: None, tag, origin, invite, is_coded: false });
    }

    /// Legs of calls of ours.
    pub(super) fn calling(&self) -> Vec<LegId> {
        let dialled = self.entries.iter().filter(|(_, entry)| matches!(entry.machine, Machine::Dialled(_)));
        dialled.map(|(leg, _)| *leg).collect()
    }

    /// After a turn: sets the leg's timer anew, or forgets the leg.
    pub(super) fn settle(&mut self, leg: LegId) {
        let Some(entry) = self.entries.get_mut(&leg) else { return };
        let next = entry.machine.poll_timeout().map(|(at, _)| at);
        let view = entry.machine.inspect();
        let is_gone = view.is_gone;
        let was_coded = std::mem::replace(&mut entry.is_coded, view.is_coded);
        self.coded = self.coded + usize::from(view.is_coded) - usize::from(was_coded);
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
            if let Some(invite) = &entry.invite {
                self.invites.remove(invite);
            }
            if let Some(origin) = entry.origin.filter(|origin| self.origins.get(origin) == Some(&leg)) {
                self.origins.remove(&origin);
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
