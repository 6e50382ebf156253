//! One place a device is registered at.

use std::time::Duration;

use domain::{DeviceId, Mono};

use crate::event::ContactView;
use crate::hop::Hop;
use crate::probing::Probing;

/// The longest text of a User-Agent that is kept.
const USER_AGENT_MAX: usize = 64;

/// A binding with its keep-alive.
#[derive(Debug)]
pub(super) struct Contact {
    /// Names it within the process.
    pub(super) serial: u64,
    /// Whose it is.
    pub(super) device: DeviceId,
    /// As the device wrote it: the Request-URI of calls to it.
    pub(super) uri: String,
    /// `+sip.instance` (RFC 5626), if given.
    pub(super) instance: Option<String>,
    /// Where its packets really come from and so where ours go: behind NAT the URI leads nowhere.
    pub(super) hop: Hop,
    pub(super) call_id: String,
    pub(super) cseq: u32,
    pub(super) expires_at: Mono,
    pub(super) user_agent: String,
    pub(super) probing: Probing,
    /// Whether the last probe was answered.
    pub(super) answers: bool,
    /// Counts probes, so that each has its own branch.
    pub(super) probes: u32,
}

impl Contact {
    pub(super) fn is_reachable(&self) -> bool {
        self.answers
    }

    /// When something is to be done about it.
    pub(super) fn due(&self) -> Mono {
        self.probing.deadline().min(self.expires_at)
    }

    pub(super) fn view(&self, now: Mono) -> ContactView {
        ContactView {
            device: self.device,
            address: self.hop.address(),
            transport: self.hop.transport(),
            user_agent: self.user_agent.clone(),
            expires_in: self.expires_at.since(now),
            reachable: self.is_reachable(),
        }
    }
}

/// What a device calls itself, harmless to show.
pub(super) fn printable(user_agent: &str) -> String {
    user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_MAX).collect()
}

/// How long an OPTIONS may go unanswered: five copies over UDP.
pub(super) const PROBE_TIME: Duration = Duration::from_secs(8);
