//! What the endpoint is told at its start.

use std::io;
use std::net::{IpAddr, SocketAddr};

use domain::TrunkId;

/// Where to listen, whom to trust, how much to take.
#[derive(Clone, Debug)]
pub struct SipConfig {
    /// The address the UDP socket is bound to; port 0 takes a free one.
    pub bind: SocketAddr,
    /// The address peers see in Contact, Via and session descriptions.
    pub advertised: IpAddr,
    /// The node, named in Contact so that a balancer can bring requests within a dialog back.
    pub node: u16,
    /// The carriers and their addresses. Everybody else is a stranger.
    pub trunks: Vec<TrustedTrunk>,
    /// Limits.
    pub limits: SipLimits,
}

impl SipConfig {
    /// A configuration without trunks and with the default limits.
    pub fn new(bind: SocketAddr, advertised: IpAddr) -> SipConfig {
        SipConfig { bind, advertised, node: 0, trunks: Vec::new(), limits: SipLimits::default() }
    }
}

/// A carrier known by the addresses its requests come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedTrunk {
    /// Its id.
    pub id: TrunkId,
    /// Source addresses; IPv4 in IPv6 form is the same address.
    pub addresses: Vec<IpAddr>,
}

/// How much is taken before requests are refused or dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SipLimits {
    /// Legs alive or lingering at once; more INVITEs get 503.
    pub legs_max: usize,
    /// New calls a second from one trusted address, sustained; more get 503.
    pub invites_per_second: u32,
    /// New calls from one trusted address in one burst.
    pub invites_burst: u32,
    /// Datagrams a second from one trusted address; more are dropped unread.
    pub datagrams_per_second: u32,
    /// Replies a second to all strangers together; more of their requests are dropped unread.
    pub stranger_replies_per_second: u32,
}

impl Default for SipLimits {
    /// 10,000 legs are ten times what one node's media plane carries; a trunk at 500 calls/s is six times the target load,
    /// and takes about 7 datagrams a call.
    fn default() -> SipLimits {
        SipLimits {
            legs_max: 10_000,
            invites_per_second: 500,
            invites_burst: 1_000,
            datagrams_per_second: 20_000,
            stranger_replies_per_second: 50,
        }
    }
}

/// Why the endpoint could not be started.
#[derive(Debug, thiserror::Error)]
pub enum SipError {
    /// The socket could not be opened or bound.
    #[error("the SIP socket on {address} cannot be opened")]
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}
