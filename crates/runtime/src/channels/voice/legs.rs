//! The legs this node carries: whose they are, and how far their media and their end have come.

use std::collections::HashMap;
use std::time::Duration;

use domain::{AgentId, ClearingCause, EndReason, EndedBy, LegId, Mono, PartitionId};

use super::keys::KeysHeard;
use super::set_up::Way;

/// One leg.
#[derive(Clone, Debug)]
pub(super) struct Leg {
    /// The floor it belongs to.
    pub partition: PartitionId,
    /// What it is.
    pub device: Device,
    /// The end that was seen, while the media plane closes.
    pub ended: Option<(EndedBy, EndReason)>,
    /// What the network said when it refused the call.
    pub cause: Option<ClearingCause>,
    /// Keys that may come a second time.
    pub keys: KeysHeard,
    /// Since when a carrier's call is waited for to come about, and which way it goes.
    waited_for: Option<(Way, Mono)>,
}

/// What a leg is.
#[derive(Clone, Debug)]
pub(super) enum Device {
    /// A call that came in, from a carrier or from a SIP phone.
    Telephone {
        /// What was negotiated.
        params: media::RtpParams,
        /// How far its media is.
        media: TelephoneMedia,
        /// The port it receives at, once it is reserved.
        port: Option<u16>,
        /// The caller is to hear us before the answer.
        is_early: bool,
    },
    /// A call of ours, to a SIP phone or through a trunk.
    Dialled {
        /// What is to be dialled, until a port is reserved for it.
        order: Option<Box<Order>>,
        /// What was negotiated, once it was.
        params: Option<media::RtpParams>,
        /// How far its media is.
        media: TelephoneMedia,
    },
    /// A visitor's browser.
    Visitor {
        /// What it calls.
        number: String,
        /// Connected.
        up: bool,
    },
    /// An agent's browser.
    Agent {
        /// Whose.
        agent: AgentId,
    },
}

/// What is to be dialled.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// Whom.
    pub target: sip::DialTarget,
    /// Who is shown as calling.
    pub caller: sip::CallerId,
    /// Ask a phone to answer by itself.
    pub auto_answer: bool,
}

/// How far a telephone leg's media is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TelephoneMedia {
    /// Nothing is reserved: unanswered calls cost no port.
    None,
    /// A port is being reserved.
    Reserving,
    /// Open.
    Open,
}

/// All of them.
#[derive(Default)]
pub(super) struct Legs {
    legs: HashMap<LegId, Leg>,
    /// The browser each agent works with.
    current: HashMap<(PartitionId, AgentId), LegId>,
}

impl Device {
    /// A call that came in, with nothing reserved.
    pub(super) fn arrived(params: media::RtpParams) -> Device {
        Device::Telephone { params, media: TelephoneMedia::None, port: None, is_early: false }
    }
}

impl Legs {
    pub(super) fn insert(&mut self, id: LegId, partition: PartitionId, device: Device) {
        self.legs.insert(
            id,
            Leg { partition, device, ended: None, cause: None, keys: KeysHeard::default(), waited_for: None },
        );
    }

    /// A carrier's call begins to come about.
    pub(super) fn wait_for(&mut self, id: LegId, way: Way, now: Mono) {
        if let Some(leg) = self.legs.get_mut(&id) {
            leg.waited_for = Some((way, now));
        }
    }

    /// It has come about; how long that took, the first time it is asked.
    pub(super) fn come_about(&mut self, id: LegId, now: Mono) -> Option<(Way, Duration)> {
        let (way, since) = self.legs.get_mut(&id)?.waited_for.take()?;
        Some((way, now.since(since)))
    }

    pub(super) fn get(&self, id: LegId) -> Option<&Leg> {
        self.legs.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: LegId) -> Option<&mut Leg> {
        self.legs.get_mut(&id)
    }

    pub(super) fn remove(&mut self, id: LegId) -> Option<Leg> {
        self.legs.remove(&id)
    }

    /// Makes `leg` the browser `agent` works with; gives the one it replaces.
    pub(super) fn take_over(&mut self, partition: PartitionId, agent: AgentId, leg: LegId) -> Option<LegId> {
        self.current.insert((partition, agent), leg)
    }

    /// Whether `leg` was the browser `agent` works with; if so there is none any more.
    pub(super) fn give_up(&mut self, partition: PartitionId, agent: AgentId, leg: LegId) -> bool {
        let was_current = self.current.get(&(partition, agent)) == Some(&leg);
        if was_current {
            self.current.remove(&(partition, agent));
        }
        was_current
    }

    pub(super) fn ids(&self) -> Vec<LegId> {
        self.legs.keys().copied().collect()
    }

    pub(super) fn count(&self, wanted: impl Fn(&Device) -> bool) -> usize {
        self.legs.values().filter(|leg| wanted(&leg.device)).count()
    }
}
