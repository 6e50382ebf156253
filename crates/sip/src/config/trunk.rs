//! A carrier: where its calls come from, how it is called, and where we register with it.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use domain::{Encryption, TrunkId};
use rustls::pki_types::CertificateDer;

use super::inbound::InboundRewrites;
use crate::digest::Ha1;
use crate::sdp::Codec;

/// What carries a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Transport {
    /// Datagrams.
    #[default]
    Udp,
    /// A stream.
    Tcp,
    /// A stream under TLS.
    Tls,
}

/// A carrier known by the addresses its requests come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedTrunk {
    /// Its id.
    pub id: TrunkId,
    /// Source addresses; IPv4 in IPv6 form is the same address. Those it is called and registered at are trusted besides.
    pub addresses: Vec<IpAddr>,
    /// Where calls to it are sent; without it to where we register, else to port 5060 of the first address, over UDP.
    pub outbound: Option<Outbound>,
    /// Where we register, if it wants that.
    pub register: Option<RegisterAt>,
    /// How its certificate is judged, where it is reached over TLS.
    pub tls: TlsPeer,
    /// Whether its calls are encrypted.
    pub encryption: Encryption,
    /// Whether it is told the number of a caller who withholds it from whoever is called (RFC 3325 §9.1).
    pub is_trusted_with_identity: bool,
    /// What is done to the numbers of its calls before anybody else sees them.
    pub inbound: InboundRewrites,
    /// What may be spoken with it, the best first; without any, G.711 as it likes best, and another codec only where it offers no G.711.
    pub codecs: Vec<Codec>,
}

impl TrustedTrunk {
    /// A trunk that is called at its first address.
    pub fn new(id: TrunkId, addresses: Vec<IpAddr>) -> TrustedTrunk {
        TrustedTrunk {
            id,
            addresses,
            outbound: None,
            register: None,
            tls: TlsPeer::default(),
            encryption: Encryption::default(),
            is_trusted_with_identity: true,
            inbound: InboundRewrites::default(),
            codecs: Vec::new(),
        }
    }
}

/// One place a carrier is reached at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Target {
    /// Where.
    pub address: SocketAddr,
    /// Over what.
    pub transport: Transport,
}

/// How a carrier is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbound {
    /// Where to, the best first. The next is tried when one is silent for two seconds, says no more than 100 for ten or says that
    /// it cannot (5xx); those that do not answer OPTIONS or failed a moment ago are tried last.
    pub targets: Vec<Target>,
    /// What answers its challenges; without it the account of `TrustedTrunk::register` does, and without both a challenge ends
    /// the call.
    pub login: Option<GatewayLogin>,
    /// How often each target is asked whether it is there (OPTIONS); never, if not given.
    pub probe: Option<Duration>,
}

impl Outbound {
    /// To one place, without credentials and without asking.
    pub fn to(address: SocketAddr, transport: Transport) -> Outbound {
        Outbound { targets: vec![Target { address, transport }], login: None, probe: None }
    }
}

/// Credentials for one gateway. They are given to nobody but `Outbound::targets`, and only for exactly this realm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayLogin {
    /// User name.
    pub username: String,
    /// The gateway's realm, to the letter.
    pub realm: String,
    /// Made of user name, that realm and the password.
    pub ha1: Ha1,
}

/// An account at a carrier that wants us to register (RFC 3261 §10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterAt {
    /// The registrar.
    pub server: Target,
    /// More of them, the best first: the next one is asked when one is silent or says that it cannot (408, 5xx).
    pub others: Vec<Target>,
    /// The account: user part of the address of record, of our Contact, and of the digest.
    pub username: String,
    /// Host part of the address of record; the registrar's address, if not given.
    pub domain: Option<String>,
    /// The realm its challenges must name, those of calls included; without it the first one it names counts once it took a
    /// proof for it, and calls learn theirs in the same way.
    pub realm: Option<String>,
    /// The password.
    pub password: Password,
    /// The time asked for, in seconds; the registrar may give less, or ask for more.
    pub expires_s: u32,
}

impl RegisterAt {
    /// Every registrar, the best first.
    pub fn servers(&self) -> impl Iterator<Item = Target> + '_ {
        std::iter::once(self.server).chain(self.others.iter().copied())
    }
}

/// A password in clear. It is shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Of this text.
    pub fn new(text: &str) -> Password {
        Password(text.to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// How the certificate of a carrier that is reached over TLS is judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsPeer {
    /// The name or address its certificate must be good for; the address that is called, if not given.
    pub name: Option<String>,
    /// Those who may vouch for it. With none, nobody is believed.
    pub roots: Arc<Vec<CertificateDer<'static>>>,
}
