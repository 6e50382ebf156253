//! Where a message came from or goes: an address and what carries it.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use crate::config::{Target, Transport};

/// One connection of this process, TCP or TLS; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ConnectionId(pub(crate) u64);

/// The next step of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Hop {
    /// A datagram to or from this address.
    Udp(SocketAddr),
    /// This connection, whose far end is there. When it is gone, so is the message.
    Tcp(ConnectionId, SocketAddr),
    /// A connection to this address: the one that is open, or a fresh one.
    Connect(SocketAddr),
    /// This connection under TLS, whose far end is there.
    Tls(ConnectionId, SocketAddr),
    /// A connection under TLS to this address, whose certificate is good for the trunk there: the one that is open, or a fresh one.
    ConnectTls(SocketAddr),
}

impl Hop {
    /// The far end.
    pub(crate) fn address(self) -> SocketAddr {
        match self {
            Hop::Udp(address)
            | Hop::Tcp(_, address)
            | Hop::Tls(_, address)
            | Hop::Connect(address)
            | Hop::ConnectTls(address) => address,
        }
    }

    /// The host of the far end, IPv4 in its short form.
    pub(crate) fn ip(self) -> IpAddr {
        self.address().ip().to_canonical()
    }

    /// What carries it.
    pub(crate) fn transport(self) -> Transport {
        match self {
            Hop::Udp(_) => Transport::Udp,
            Hop::Tcp(..) | Hop::Connect(_) => Transport::Tcp,
            Hop::Tls(..) | Hop::ConnectTls(_) => Transport::Tls,
        }
    }

    /// Whether messages arrive by themselves: no copies are sent (RFC 3261 §17.1.1.2).
    pub(crate) fn is_reliable(self) -> bool {
        self.transport() != Transport::Udp
    }

    /// Whether nobody on the way can read it.
    pub(crate) fn is_private(self) -> bool {
        self.transport() == Transport::Tls
    }

    /// The connection it is, if it is one that is open.
    pub(crate) fn connection(self) -> Option<ConnectionId> {
        match self {
            Hop::Tcp(id, _) | Hop::Tls(id, _) => Some(id),
            Hop::Udp(_) | Hop::Connect(_) | Hop::ConnectTls(_) => None,
        }
    }

    /// The same way to another address, for routes and contacts. A connection leads only to its far end.
    pub(crate) fn to(self, address: SocketAddr) -> Hop {
        match self {
            Hop::Udp(_) => Hop::Udp(address),
            Hop::Tcp(..) | Hop::Tls(..) => self,
            Hop::Connect(_) => Hop::Connect(address),
            // A certificate was promised for the trunk's own addresses and no other.
            Hop::ConnectTls(_) => self,
        }
    }
}

impl Target {
    /// The way there. IPv4 in IPv6 form is IPv4: a socket of IPv4 takes nothing else.
    pub(crate) fn hop(self) -> Hop {
        let address = SocketAddr::new(self.address.ip().to_canonical(), self.address.port());
        match self.transport {
            Transport::Udp => Hop::Udp(address),
            Transport::Tcp => Hop::Connect(address),
            Transport::Tls => Hop::ConnectTls(address),
        }
    }
}

impl Transport {
    /// As in Via.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Transport::Udp => "UDP",
            Transport::Tcp => "TCP",
            Transport::Tls => "TLS",
        }
    }
}

/// What a request of ours found out about the way it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lesson {
    /// Nobody answered an INVITE in time.
    Silent,
    /// 503, and how long it asks to be left alone.
    Full { retry_after_s: Option<u32> },
    /// Nothing came back for so long: over a connection, it may be dead.
    Deaf(Duration),
    /// The proof for this realm was taken.
    Proved { realm: String },
    /// A challenge of this realm, as far as it can be read, stays without an answer.
    Unproved { realm: Option<String> },
}
