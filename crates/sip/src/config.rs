//! What the endpoint is told at its start, and later of devices.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use domain::{DeviceId, Encryption, EndedBy, TrunkId};
use ipnet::IpNet;

mod inbound;
mod trunk;

use crate::digest::Ha1;
use crate::sdp::Codec;
pub use crate::tls::TlsDoor;
pub(crate) use inbound::rewritten;
pub use inbound::{InboundRewrite, InboundRewrites};
pub use trunk::{GatewayLogin, Outbound, Password, RegisterAt, Target, TlsPeer, Transport, TrustedTrunk};

/// The realm of our challenges unless another is configured.
pub const DEFAULT_REALM: &str = "callisto";

/// Where to listen, whom to trust, how much to take.
#[derive(Clone, Debug)]
pub struct SipConfig {
    /// The address the sockets are bound to; port 0 takes a free one.
    pub bind: SocketAddr,
    /// The address peers see in Contact, Via and session descriptions.
    pub advertised: IpAddr,
    /// The node, named in Contact so that a balancer can bring requests within a dialog back.
    pub node: u16,
    /// Whether TCP is served beside UDP, at the same address and port.
    pub tcp: bool,
    /// Where TLS is served besides, and with which certificate.
    pub tls: Option<TlsDoor>,
    /// The realm of our challenges. Devices' [`Ha1`] are made for it: another realm makes every password wrong.
    pub realm: String,
    /// Whether challenges offer SHA-256 beside MD5. Phones built on libre up to 2.x (baresip 1.0 of Debian 12) give up on any
    /// challenge they do not know, in whatever order it comes.
    pub offers_sha256: bool,
    /// The carriers and their addresses. Everybody else proves who they are or is a stranger.
    pub trunks: Vec<TrustedTrunk>,
    /// Who a telephone of ours is in the books: how its hang-up is reported.
    pub device_side: EndedBy,
    /// Limits.
    pub limits: SipLimits,
    /// When guessing and scanning gets somebody shut out.
    pub guard: GuardLimits,
}

impl SipConfig {
    /// A configuration with TCP, without trunks and with the default limits.
    pub fn new(bind: SocketAddr, advertised: IpAddr) -> SipConfig {
        SipConfig {
            bind,
            advertised,
            node: 0,
            tcp: true,
            tls: None,
            realm: DEFAULT_REALM.to_owned(),
            offers_sha256: true,
            trunks: Vec::new(),
            device_side: EndedBy::Customer,
            limits: SipLimits::default(),
            guard: GuardLimits::default(),
        }
    }
}

/// A telephone that may register and call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceAccount {
    /// Which device.
    pub device: DeviceId,
    /// Its user name: user part of its address of record and of its digest. Unique in the snapshot; the first one counts.
    pub username: String,
    /// Made of user name, [`SipConfig::realm`] and the password.
    pub ha1: Ha1,
    /// Whether its calls are encrypted.
    pub encryption: Encryption,
    /// Where it may register and call from; empty is from anywhere.
    pub address_ranges: Vec<IpNet>,
    /// What it is offered, the best first, and nothing else; empty is whatever it likes best of what we speak.
    pub codecs: Vec<Codec>,
}

/// How much is taken before requests are refused or dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SipLimits {
    /// Legs alive or lingering at once; more INVITEs get 503.
    pub legs_max: usize,
    /// Legs with a codec that has to be coded, those of which nothing is coded at the moment among them.
    ///
    /// Overflow: nothing but G.711 is offered and taken, which costs nothing; who speaks none gets 488.
    pub coded_legs_max: usize,
    /// New calls a second from one trusted address, sustained; more get 503.
    pub invites_per_second: u32,
    /// New calls from one trusted address in one burst.
    pub invites_burst: u32,
    /// Datagrams a second from one trusted address; more are dropped unread.
    pub datagrams_per_second: u32,
    /// Replies a second to all strangers together; more of their requests are dropped unread.
    pub stranger_replies_per_second: u32,
    /// Requests a second from one address that is no trunk's; more are dropped unread. An office of 100 phones behind one
    /// address needs about 10.
    pub requests_per_second: u32,
    /// Contacts of one device; one more takes the place of the one that is closest to its expiry.
    pub contacts_per_device_max: usize,
    /// The shortest registration, in seconds; shorter ones get 423.
    pub expires_min_s: u32,
    /// The longest registration, in seconds; longer ones are cut.
    pub expires_max_s: u32,
    /// How often a contact is asked whether it is there (OPTIONS).
    pub keep_alive: Duration,
    /// Connections at once, TCP and TLS together.
    pub connections_max: usize,
    /// Connections at once from one address.
    pub connections_per_address_max: usize,
    /// How long a connection may stay silent whose far end has proved who it is; calls are longer than that only where nobody proves them by a
    /// session timer. The system asks meanwhile whether the far end is there.
    pub connection_idle_max: Duration,
    /// How long a connection may stay silent whose far end has proved nothing.
    pub stranger_idle_max: Duration,
    /// How long a connection may take until it can be used: of ours to open, of anybody's to agree on TLS.
    pub opening_time_max: Duration,
    /// How long a message may take from its first byte to its last on a connection.
    pub message_time_max: Duration,
}

impl Default for SipLimits {
    /// 10,000 legs are ten times what one node's media plane carries; a trunk at 500 calls/s is six times the target load,
    /// and takes about 7 datagrams a call. 25 s keeps the mapping of the meanest router (RFC 4787: 30 s seen).
    fn default() -> SipLimits {
        SipLimits {
            legs_max: 10_000,
            // Of Opus, each takes 40 µs in 20 ms: as many take less than half of the thread that carries all sound.
            coded_legs_max: 200,
            invites_per_second: 500,
            invites_burst: 1_000,
            datagrams_per_second: 20_000,
            stranger_replies_per_second: 50,
            requests_per_second: 50,
            contacts_per_device_max: 4,
            expires_min_s: 60,
            expires_max_s: 3_600,
            keep_alive: Duration::from_secs(25),
            connections_max: 2_048,
            connections_per_address_max: 128,
            connection_idle_max: Duration::from_secs(4 * 3_600),
            stranger_idle_max: Duration::from_secs(60),
            opening_time_max: Duration::from_secs(5),
            message_time_max: Duration::from_secs(10),
        }
    }
}

/// When guessing and scanning gets somebody shut out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardLimits {
    /// Faults of one address within `window` that ban it. A wrong digest, an unknown user, a method nobody uses
    /// unauthenticated: one fault each.
    pub address_faults_max: u32,
    /// Wrong digests for one account within `window` that lock it, wherever they come from.
    pub account_faults_max: u32,
    /// How long faults are remembered.
    pub window: Duration,
    /// The first ban; each further one within a day is twice as long.
    pub ban: Duration,
    /// The longest ban.
    pub ban_max: Duration,
    /// Addresses watched at once; the one heard least recently is forgotten first, banned ones last.
    pub addresses_max: usize,
}

impl Default for GuardLimits {
    /// A phone with a wrong password tries once a minute or so and is locked after a quarter of an hour at most; a scanner
    /// is gone after 20 requests.
    fn default() -> GuardLimits {
        GuardLimits {
            address_faults_max: 20,
            account_faults_max: 10,
            window: Duration::from_secs(600),
            ban: Duration::from_secs(300),
            ban_max: Duration::from_secs(86_400),
            addresses_max: 4_096,
        }
    }
}

/// A call we begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dial {
    /// Whom to call.
    pub target: DialTarget,
    /// Who is shown as calling.
    pub caller: CallerId,
    /// Where we receive RTP; the description names the advertised address and this port.
    pub local_rtp: SocketAddr,
    /// Asks a device to answer by itself (`Call-Info: …;answer-after=0`, `Alert-Info: info=alert-autoanswer`).
    pub auto_answer: bool,
}

/// Whom a call goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialTarget {
    /// Every reachable contact of a device at once; the first to answer has the call.
    Device(DeviceId),
    /// A number, through a trunk.
    Trunk {
        /// Which trunk.
        trunk: TrunkId,
        /// The number, as the carrier wants it: digits, `+`, `*`, `#`; other characters are left out.
        number: String,
    },
}

/// Who is shown as calling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallerId {
    /// The number; empty is anonymous (RFC 3323).
    pub number: String,
    /// The display name; empty shows the number alone.
    pub name: String,
    /// The number a carrier that is trusted is told when none is shown (RFC 3325 §9.1); `None` tells it nothing.
    pub withheld: Option<String>,
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
    /// A trunk is to be reached over TLS and its certificate could not be judged.
    #[error("the certificate of a trunk could not be judged: {0}")]
    Tls(String),
}
