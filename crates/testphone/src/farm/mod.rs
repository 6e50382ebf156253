//! A farm: many callers and many SIP phones in one process on two threads, for the bench and the capacity run.
//!
//! The telephone of [`crate::Phone`] keeps a task and a socket for each call and measures sound; that is right for a story and too much
//! for a load. Here one thread speaks SIP for everybody over one socket, another sends and receives all RTP over two, and sound is
//! not analysed: each packet carries where it comes from and when it left, so that loss and delay are exact. A mix leaves nothing of such
//! packets; voices of calls that are mixed send marked bursts instead.

mod bursts;
mod caller;
mod desk;
mod device;
mod drops;
mod figures;
mod mixes;
mod secure;
mod signalling;
mod sink;
mod streams;

use std::net::SocketAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use figures::{Quantiles, quantiles};
pub use signalling::run;

/// A SIP phone of the farm.
#[derive(Clone, Debug, Deserialize)]
pub struct DeviceAccount {
    /// User part of its address.
    pub username: String,
    /// Its secret.
    pub password: String,
    /// The realm it registers in.
    pub realm: String,
}

/// What the farm does.
#[derive(Clone, Debug)]
pub struct FarmPlan {
    /// Where signalling is bound; RTP takes two free ports of the same address.
    pub bind: SocketAddr,
    /// The server.
    pub target: SocketAddr,
    /// Phones that register and answer.
    pub devices: Vec<DeviceAccount>,
    /// How long a phone rings before it answers.
    pub ring: Duration,
    /// The number that is called.
    pub to: String,
    /// The first calling number; each call takes the next.
    pub from_base: u64,
    /// Calls in all.
    pub calls: u64,
    /// Calls a second. With phones, the driver says when: see [`run`].
    pub rate: f64,
    /// How long a call lasts from its answer; a call that waits for an agent hangs up this long after the agent is heard, or
    /// `patience` after its answer.
    pub hold: Duration,
    /// How long a caller waits for an agent.
    pub patience: Duration,
    /// Whether callers and phones send RTP.
    pub rtp: bool,
    /// So many of the phones, the last ones, are those of supervisors, who join calls of others; then all send bursts.
    pub supervisors: usize,
    /// Phones that are encrypted, when there are any.
    pub secure: Option<SecurePlan>,
    /// Calls are not ended by the farm before all of them are up; then all last `hold` together.
    pub together: bool,
}

/// Phones that speak SIP over TLS, with a connection each, and SRTP wherever a key is offered.
#[derive(Clone, Debug)]
pub struct SecurePlan {
    /// The server's address for TLS.
    pub target: SocketAddr,
    /// PEM file with the certificate it shows, the only one that is believed.
    pub ca: std::path::PathBuf,
    /// How many: the first of the list.
    pub phones: usize,
}

/// What came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FarmSummary {
    /// Phones registered.
    pub registered: u64,
    /// Calls begun.
    pub offered: u64,
    /// Calls answered by the server.
    pub answered: u64,
    /// Calls that failed: refused, unanswered, or cut off before their end.
    pub failed: u64,
    /// What failed, and how often.
    pub failures: std::collections::BTreeMap<String, u64>,
    /// Calls that reached a phone of the farm.
    pub bridged: u64,
    /// INVITE to 200, milliseconds.
    pub answer_ms: Quantiles,
    /// From our ACK, when the caller may enter the queue, to the INVITE at a phone, milliseconds.
    pub ring_ms: Quantiles,
    /// From the end of a phone's call to its next INVITE, milliseconds; only where callers were waiting meanwhile.
    pub free_to_ring_ms: Quantiles,
    /// From our ACK to the offer at the desk of an agent in a browser, milliseconds.
    pub desk_ring_ms: Quantiles,
    /// From our BYE to the next offer at the desk of the agent who had the call, milliseconds; only where callers were waiting meanwhile.
    pub desk_free_to_ring_ms: Quantiles,
    /// Requests sent again because no answer came in time.
    pub retransmissions: u64,
    /// Datagrams the kernel dropped at the socket of our signalling, for want of room; `None` where it does not say.
    pub dropped_here: Option<u64>,
    /// The same at the server's socket, when it is in the same network namespace.
    pub dropped_there: Option<u64>,
    /// Packets sent by callers and phones while their call was bridged.
    pub rtp_sent: u64,
    /// Of those, received at the other end.
    pub rtp_received: u64,
    /// Of those, not received.
    pub rtp_lost: u64,
    /// One way through the server, milliseconds.
    pub rtp_delay_ms: Quantiles,
    /// Bursts that were to be heard, once for each who listens.
    pub bursts_expected: u64,
    /// Of those, heard whole.
    pub bursts_heard: u64,
    /// From the packet of a burst until its first sample arrived, milliseconds.
    pub burst_delay_ms: Quantiles,
    /// How late the farm itself sent a packet at most, milliseconds.
    pub rtp_late_ms_max: f64,
    /// Phones whose TLS connection stood to the end.
    pub secure_phones: u64,
    /// SRTP packets that were opened with the key of their call.
    pub srtp_opened: u64,
    /// Packets that came where SRTP was agreed and could not be opened.
    pub srtp_refused: u64,
    /// One way through the server for calls that are encrypted at the phone, both directions, milliseconds.
    pub srtp_delay_ms: Quantiles,
    /// The greatest number of calls up at once.
    pub concurrent_max: u64,
    /// From the first INVITE to the last BYE.
    pub seconds: f64,
}
