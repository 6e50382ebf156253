//! What the endpoint reports.

use domain::{EndReason, EndedBy, LegId, TrunkId};

use crate::sdp::MediaOffer;

/// One thing that happened to a leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SipEvent {
    /// A call came in from a trusted trunk. 100 has been sent.
    Arrived {
        /// The new leg.
        leg: LegId,
        /// From which trunk.
        trunk: TrunkId,
        /// User part of the Request-URI.
        called: String,
        /// User part of P-Asserted-Identity or From; empty when withheld.
        calling: String,
        /// The audio the caller offered, reduced to what will be used.
        offer: MediaOffer,
    },
    /// Our 200 was acknowledged.
    Answered {
        /// Which leg.
        leg: LegId,
    },
    /// A renegotiation changed address, codec or direction. It has been answered already.
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
    /// The leg is over. Exactly once for every `Arrived`.
    Ended {
        /// Which leg.
        leg: LegId,
        /// By whom.
        by: EndedBy,
        /// How.
        reason: EndReason,
    },
}

/// What the endpoint holds at one moment; all zero when idle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SipCensus {
    /// Legs that arrived and did not end.
    pub legs: usize,
    /// Dialogs that still need a message from the peer (answered, or our BYE unanswered).
    pub dialogs: usize,
    /// Machines held, lingering ones included: everything with a timer.
    pub transactions: usize,
    /// Events waiting for room in the channel.
    pub events_waiting: usize,
}
