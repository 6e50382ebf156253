//! What the endpoint reports.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use domain::{ClearingCause, DeviceId, EndReason, EndedBy, Key, LegId, TrunkId};

use crate::config::{Target, Transport};
use crate::registrar::Binding;
use crate::sdp::MediaOffer;

/// One thing that happened to a leg, a device or a stranger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SipEvent {
    /// A call came in from a trusted trunk or an authenticated device. 100 has been sent.
    Arrived {
        /// The new leg.
        leg: LegId,
        /// From where.
        source: CallSource,
        /// User part of the Request-URI.
        called: String,
        /// From a trunk: user part of P-Asserted-Identity or From, empty when withheld. From a device: its user name, whatever
        /// it wrote.
        calling: String,
        /// The same, and who withholds their number too, where a trusted trunk tells it (RFC 3325). Never to be shown.
        known: String,
        /// The audio the caller offered, reduced to what will be used.
        offer: MediaOffer,
    },
    /// A call we dialled is being delivered. May come several times; `Early` follows a `MediaChanged`. Of a call that came in: it hears us
    /// before the answer.
    Progress {
        /// Which leg.
        leg: LegId,
        /// How far.
        progress: Progress,
    },
    /// Our 200 was acknowledged, or a call we dialled was answered. A dialled leg's `MediaChanged` comes first.
    Answered {
        /// Which leg.
        leg: LegId,
    },
    /// A renegotiation changed address, codec or direction; or the first description of a call we dialled. It has been
    /// answered already.
    MediaChanged {
        /// Which leg.
        leg: LegId,
        /// The whole of what is in force.
        offer: MediaOffer,
    },
    /// The peer put the call on hold or took it back, in whichever spelling.
    PeerHold {
        /// Which leg.
        leg: LegId,
        /// On hold.
        on: bool,
    },
    /// A key arrived by INFO.
    Digit {
        /// Which leg.
        leg: LegId,
        /// Which key.
        key: Key,
    },
    /// A phone of ours asks for its call to be moved (REFER). Answered by `refuse_refer`, or by the release as moved.
    Referred {
        /// Which leg.
        leg: LegId,
        /// User part of where it is to go.
        to: String,
        /// The phone's other call, which the customer of this one is to take over.
        replaces: Option<LegId>,
    },
    /// The leg is over. Exactly once for every `Arrived` and every `dial`.
    Ended {
        /// Which leg.
        leg: LegId,
        /// By whom.
        by: EndedBy,
        /// How.
        reason: EndReason,
        /// What the network said, of a call we dialled that it refused.
        cause: Option<ClearingCause>,
    },
    /// A device can be reached (a contact is registered and answers), or no longer. Only on change; every device begins
    /// unreachable.
    DeviceChanged {
        /// Which device.
        device: DeviceId,
        /// Whether a call to it would ring somewhere.
        reachable: bool,
    },
    /// What of a device's registrations outlasts the process, the whole of it; to be given to [`crate::SipEndpoint::restore`] after a restart. Only on
    /// change: after each REGISTER that was carried out, and when one expires or is taken away.
    BindingsChanged {
        /// Which device.
        device: DeviceId,
        /// Where it is registered over UDP.
        bindings: Vec<Binding>,
    },
    /// Somebody guessed or scanned and is shut out for a while. Once for every ban.
    Banned {
        /// Who.
        whom: Banned,
        /// For how long.
        lasts: Duration,
    },
    /// A place a trunk is called at answers OPTIONS, or no longer. Only on change.
    TargetChanged {
        /// Whose.
        trunk: TrunkId,
        /// Which.
        target: Target,
        /// How it is there.
        reach: Reach,
    },
    /// We are registered at a carrier, or were refused or heard nothing. Only on change.
    RegistrationChanged {
        /// Which carrier.
        trunk: TrunkId,
        /// How it stands.
        registration: RegistrationState,
    },
    /// A carrier asked for a proof that we cannot give, or did not take the one we gave. Once for each of its addresses.
    ChallengeUnanswered {
        /// Which carrier.
        trunk: TrunkId,
        /// Where.
        target: Target,
        /// Whom it wants a proof for, if that can be read.
        realm: Option<String>,
    },
}

/// Whether a place a trunk is called at is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// It has not answered yet, nor been silent for long.
    Untried,
    /// It answers.
    Up,
    /// It was asked several times and did not answer, or said that it cannot. Calls go there last.
    Down,
}

/// How our registration at a carrier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegistrationState {
    /// Asked for the first time.
    Asking,
    /// Registered.
    Registered,
    /// Refused with this code; tried again later.
    Refused {
        /// Of the refusal.
        code: u16,
    },
    /// Nothing came back, or a fault of the registrar; tried again later.
    Unreachable {
        /// Of the fault; none when nothing came back.
        code: Option<u16>,
    },
}

/// Where a call that came in is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallSource {
    /// A carrier, known by its address.
    Trunk(TrunkId),
    /// A telephone of ours, known by its digest.
    Device(DeviceId),
}

/// How far a call we dialled has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Progress {
    /// 180: it rings.
    Ringing,
    /// 183 (or 180) with a session description: the far side may already be heard.
    Early,
}

/// Who is shut out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Banned {
    /// An address (of IPv6, its /64). Its packets are dropped unread; connections are closed.
    Address(IpAddr),
    /// An account. It is answered as if the password were wrong.
    Account(DeviceId),
}

/// What the endpoint holds at one moment; all zero when idle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SipCensus {
    /// Legs that arrived or were dialled and did not end.
    pub legs: usize,
    /// Dialogs that still need a message from the peer (answered, or our BYE unanswered).
    pub dialogs: usize,
    /// Machines held, lingering ones included: everything with a timer.
    pub transactions: usize,
    /// Events waiting for room in the channel.
    pub events_waiting: usize,
    /// Contacts registered.
    pub contacts: usize,
    /// TCP connections open.
    pub connections: usize,
}

/// One place a device is registered at, for people to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactView {
    /// Which device.
    pub device: DeviceId,
    /// Where its packets come from.
    pub address: SocketAddr,
    /// Over what.
    pub transport: Transport,
    /// What it calls itself (User-Agent), at most 64 printable characters; untrusted text.
    pub user_agent: String,
    /// Time left until the registration expires.
    pub expires_in: Duration,
    /// Whether it answers.
    pub reachable: bool,
}

/// A device that spoke from outside of its address ranges, for people to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedView {
    /// Which device it said to be.
    pub device: DeviceId,
    /// From where.
    pub address: SocketAddr,
    /// How long ago.
    pub ago: Duration,
}

/// What the guard has seen since the start, and whom it shuts out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuardView {
    /// Who is shut out, and for how much longer.
    pub banned: Vec<(Banned, Duration)>,
    /// Requests challenged (401).
    pub challenged: u64,
    /// Digests that were wrong.
    pub failed: u64,
    /// Requests of strangers refused or passed over for other reasons.
    pub refused: u64,
    /// Datagrams and connections dropped unread because their sender is banned or too fast.
    pub dropped: u64,
    /// Bans begun.
    pub bans: u64,
}
