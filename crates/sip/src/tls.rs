//! TLS around connections: what we show to those who come, and whom we believe where we go.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConfig};
use socket2::{SockRef, TcpKeepalive};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, TlsConnector};
use tracing::warn;

use crate::config::{RegisterAt, SipError, TlsPeer, Transport, TrustedTrunk};
use crate::dscp::Dscp;
use crate::hop::{ConnectionId, Hop};

/// What a connection is read from and written to.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// When a connection on which nothing happens is asked whether its far end is there.
const KEEP_ALIVE: Duration = Duration::from_secs(60);

/// A connection, with TLS or without.
pub(crate) type Wire = Box<dyn Duplex>;

/// Gives the certificate to be shown at this moment.
type Shown = dyn Fn() -> Arc<ServerConfig> + Send + Sync;

/// Where TLS is served, and with what. Each connection asks anew, so that another certificate is shown without a restart and
/// without touching those that are open.
#[derive(Clone)]
pub struct TlsDoor {
    /// Address and port; port 0 takes a free one.
    pub bind: SocketAddr,
    shown: Arc<Shown>,
}

impl TlsDoor {
    /// A door that shows what `shown` gives.
    pub fn new(bind: SocketAddr, shown: impl Fn() -> Arc<ServerConfig> + Send + Sync + 'static) -> TlsDoor {
        TlsDoor { bind, shown: Arc::new(shown) }
    }

    /// The handshake of a connection that was opened towards us. It has no deadline of its own.
    pub(crate) fn accept(&self, stream: TcpStream) -> impl Future<Output = io::Result<Wire>> + Send + 'static {
        let acceptor = TlsAcceptor::from((self.shown)());
        async move {
            ready(&stream)?;
            Ok(Box::new(acceptor.accept(stream).await?) as Wire)
        }
    }
}

impl fmt::Debug for TlsDoor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsDoor").field("bind", &self.bind).finish_non_exhaustive()
    }
}

/// One place that is reached over TLS.
#[derive(Clone)]
struct Peer {
    connector: TlsConnector,
    name: ServerName<'static>,
    /// That its certificate is not believed is told.
    is_told: Arc<AtomicBool>,
}

/// Whom we believe where we go.
#[derive(Default)]
pub(crate) struct Peers {
    by_address: HashMap<SocketAddr, Peer>,
}

impl Peers {
    /// Of all trunks that are reached over TLS.
    ///
    /// # Errors
    /// When the name of one is none, or nobody may vouch for it.
    pub(crate) fn of(trunks: &[TrustedTrunk]) -> Result<Peers, SipError> {
        let mut peers = Peers::default();
        for trunk in trunks {
            let called = trunk.outbound.iter().flat_map(|outbound| outbound.targets.iter().copied());
            let server = trunk.register.iter().flat_map(RegisterAt::servers);
            let secured = called.chain(server).filter(|target| target.transport == Transport::Tls);
            let addresses: Vec<SocketAddr> = secured.map(|target| target.hop().address()).collect();
            if addresses.is_empty() {
                continue;
            }
            let connector = TlsConnector::from(Arc::new(client_config(&trunk.tls)?));
            for address in addresses {
                let name = match &trunk.tls.name {
                    Some(name) => ServerName::try_from(name.clone()).map_err(|e| SipError::Tls(e.to_string()))?,
                    None => ServerName::from(address.ip()),
                };
                let peer = Peer { connector: connector.clone(), name, is_told: Arc::default() };
                peers.by_address.insert(address, peer);
            }
        }
        Ok(peers)
    }

    /// Where the trunk at this host takes connections, if it does.
    pub(crate) fn beside(&self, host: IpAddr) -> Option<SocketAddr> {
        let there = self.by_address.keys().filter(|address| address.ip() == host.to_canonical());
        there.min().copied()
    }

    /// Opens a connection to a trunk; nothing is sent before its certificate is believed.
    pub(crate) fn connect(&self, address: SocketAddr) -> impl Future<Output = io::Result<Wire>> + Send + 'static {
        let peer = self.by_address.get(&address).cloned();
        async move {
            // Ways under TLS are made of the trunks this was made of.
            let peer = peer.ok_or(io::ErrorKind::NotFound)?;
            let stream = TcpStream::connect(address).await?;
            ready(&stream)?;
            match peer.connector.connect(peer.name, stream).await {
                Ok(stream) => {
                    peer.is_told.store(false, Ordering::Relaxed);
                    Ok(Box::new(stream) as Wire)
                }
                Err(error) => {
                    if !peer.is_told.swap(true, Ordering::Relaxed) {
                        warn!(%address, %error, "no TLS with a trunk; nothing is sent there");
                    }
                    Err(error)
                }
            }
        }
    }
}

/// Agrees on TLS with a trunk and hangs up, from a program that is not serving. Waits `patience` for each piece it reads or writes; blocks.
///
/// # Errors
/// `InvalidData` when its certificate is not believed; whatever the system says else.
pub fn ask_tls(address: SocketAddr, peer: &TlsPeer, patience: Duration) -> io::Result<()> {
    let invalid = |error: String| io::Error::new(io::ErrorKind::InvalidInput, error);
    let config = client_config(peer).map_err(|error| invalid(error.to_string()))?;
    let name = match &peer.name {
        Some(name) => ServerName::try_from(name.clone()).map_err(|error| invalid(error.to_string()))?,
        None => ServerName::from(address.ip()),
    };
    let mut stream = std::net::TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    let mut connection = ClientConnection::new(Arc::new(config), name).map_err(io::Error::other)?;
    while connection.is_handshaking() {
        connection.complete_io(&mut stream)?;
    }
    Ok(())
}

fn client_config(peer: &TlsPeer) -> Result<ClientConfig, SipError> {
    let mut roots = RootCertStore::empty();
    // A system's bundle may hold what this library does not take; the rest is good.
    let (taken, _) = roots.add_parsable_certificates(peer.roots.iter().cloned());
    if taken == 0 {
        return Err(SipError::Tls("nobody is named who may vouch for it".to_owned()));
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(|error| SipError::Tls(error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// A connection without TLS.
pub(crate) fn plain(stream: TcpStream) -> io::Result<Wire> {
    ready(&stream)?;
    Ok(Box::new(stream))
}

fn ready(stream: &TcpStream) -> io::Result<()> {
    // A SIP message is one write; waiting for more would only delay it.
    stream.set_nodelay(true)?;
    // A far end that is gone without a word is noticed within minutes, and routers between keep their mapping.
    let keep_alive = TcpKeepalive::new().with_time(KEEP_ALIVE).with_interval(KEEP_ALIVE / 4).with_retries(4);
    SockRef::from(stream).set_tcp_keepalive(&keep_alive)?;
    Dscp::Signalling.mark(stream);
    Ok(())
}

/// The way back over an accepted connection.
pub(crate) fn accepted(is_tls: bool, id: ConnectionId, address: SocketAddr) -> Hop {
    if is_tls { Hop::Tls(id, address) } else { Hop::Tcp(id, address) }
}
