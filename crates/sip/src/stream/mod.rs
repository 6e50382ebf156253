//! TCP and TLS: which connections there are, who may open more, and which one a message goes over.

mod connection;
mod framing;

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout};
use tracing::debug;

pub(crate) use connection::News;
use connection::{Terms, serve};
#[cfg(test)]
pub(crate) use framing::{Framed, Framing};

use crate::config::SipLimits;
use crate::hop::{ConnectionId, Hop};
use crate::tls::{self, Peers, TlsDoor, Wire};

/// Messages that wait to be written to one peer. One that does not read this many is cut off.
const WRITES_MAX: usize = 64;
/// Messages of all connections that wait to be read by the endpoint; beyond it, connections wait.
const NEWS_MAX: usize = 1_024;

struct Connection {
    /// The way back over it.
    way: Hop,
    writes: mpsc::Sender<Vec<u8>>,
    is_trusted: Arc<AtomicBool>,
    task: AbortHandle,
    /// When a message came, or else it began.
    heard: Instant,
    /// The way we opened it by, if we did.
    ours: Option<Hop>,
}

/// All connections of an endpoint. When it goes, they write what waits and close.
pub(crate) struct Streams {
    open: HashMap<ConnectionId, Connection>,
    per_address: HashMap<IpAddr, usize>,
    /// Those we opened, by the way they lead.
    ours: HashMap<Hop, ConnectionId>,
    peers: Peers,
    given: u64,
    connections_max: usize,
    per_address_max: usize,
    idle_max: Duration,
    stranger_idle_max: Duration,
    message_time_max: Duration,
    opening_time_max: Duration,
    news: mpsc::Sender<News>,
}

impl Streams {
    /// Without connections; what they tell comes out of the channel.
    pub(crate) fn new(limits: &SipLimits, peers: Peers) -> (Streams, mpsc::Receiver<News>) {
        let (news, told) = mpsc::channel(NEWS_MAX);
        let streams = Streams {
            open: HashMap::new(),
            per_address: HashMap::new(),
            ours: HashMap::new(),
            peers,
            given: 0,
            connections_max: limits.connections_max,
            per_address_max: limits.connections_per_address_max,
            idle_max: limits.connection_idle_max,
            stranger_idle_max: limits.stranger_idle_max,
            message_time_max: limits.message_time_max,
            opening_time_max: limits.opening_time_max,
            news,
        };
        (streams, told)
    }

    /// Takes a connection that was opened by its far end, through the door of TLS or without, or closes it at once. `false`: closed.
    pub(crate) fn accept(&mut self, stream: TcpStream, address: SocketAddr, door: Option<&TlsDoor>) -> bool {
        let from_there = self.per_address.get(&address.ip().to_canonical()).copied().unwrap_or(0);
        if self.open.len() >= self.connections_max || from_there >= self.per_address_max {
            return false;
        }
        let id = self.next_id();
        let way = tls::accepted(door.is_some(), id, address);
        match door {
            Some(door) => self.begin(id, way, None, door.accept(stream)),
            None => self.begin(id, way, None, async move { tls::plain(stream) }),
        }
        true
    }

    /// Sends over a connection. `Err`: there is none, and none can be opened.
    pub(crate) fn send(&mut self, hop: Hop, bytes: Vec<u8>) -> Result<(), Hop> {
        let id = match hop {
            Hop::Udp(_) => return Err(hop),
            // A carrier that closed its connection is reached by one of ours.
            Hop::Tls(id, address) if !self.open.contains_key(&id) => {
                self.over_ours(Hop::ConnectTls(self.peers.beside(address.ip()).ok_or(hop)?))
            }
            Hop::Tcp(id, _) | Hop::Tls(id, _) => id,
            Hop::Connect(_) | Hop::ConnectTls(_) => self.over_ours(hop),
        };
        let Some(connection) = self.open.get(&id) else { return Err(hop) };
        if connection.writes.try_send(bytes).is_err() {
            debug!("a SIP peer does not read its connection; it is closed");
            connection.task.abort();
            return Err(hop);
        }
        Ok(())
    }

    /// The connection that we opened by this way, or open now.
    fn over_ours(&mut self, way: Hop) -> ConnectionId {
        match self.ours.get(&way).copied() {
            Some(id) => id,
            None => self.open(way),
        }
    }

    /// The far end has proved who it is: it may be silent longer.
    pub(crate) fn trust(&self, id: ConnectionId) {
        if let Some(connection) = self.open.get(&id) {
            connection.is_trusted.store(true, Ordering::Relaxed);
        }
    }

    /// A message came over it.
    pub(crate) fn heard(&mut self, id: ConnectionId) {
        if let Some(connection) = self.open.get_mut(&id) {
            connection.heard = Instant::now();
        }
    }

    /// Closes the connection we opened by this way, if nothing came over it for so long: a firewall that forgot it swallows
    /// what is sent without a word. Gives the ways that led over it; the next message opens another.
    pub(crate) fn drop_deaf(&mut self, way: Hop, time: Duration) -> Vec<Hop> {
        let found = self.ours.get(&way).and_then(|id| Some((*id, self.open.get(id)?)));
        let Some((id, connection)) = found.filter(|(_, connection)| connection.heard.elapsed() >= time) else {
            return Vec::new();
        };
        debug!("nothing comes over a SIP connection any more; it is closed");
        connection.task.abort();
        self.forget(id)
    }

    /// Closes a connection; `News::Closed` follows.
    pub(crate) fn close(&self, id: ConnectionId) {
        if let Some(connection) = self.open.get(&id) {
            connection.task.abort();
        }
    }

    /// Forgets a connection that told its end; gives the ways that led over it.
    pub(crate) fn forget(&mut self, id: ConnectionId) -> Vec<Hop> {
        let Some(connection) = self.open.remove(&id) else { return Vec::new() };
        let Connection { way, ours, .. } = connection;
        if let Some(count) = self.per_address.get_mut(&way.ip()) {
            *count -= 1;
            if *count == 0 {
                self.per_address.remove(&way.ip());
            }
        }
        if let Some(ours) = ours {
            self.ours.remove(&ours);
        }
        [way].into_iter().chain(ours).collect()
    }

    /// How many are open.
    pub(crate) fn len(&self) -> usize {
        self.open.len()
    }

    fn next_id(&mut self) -> ConnectionId {
        self.given += 1;
        ConnectionId(self.given)
    }

    /// Opens a connection. We choose where to ourselves: trunks of the configuration.
    fn open(&mut self, ours: Hop) -> ConnectionId {
        let (id, address) = (self.next_id(), ours.address());
        let way = tls::accepted(ours.is_private(), id, address);
        if ours.is_private() {
            self.begin(id, way, Some(ours), self.peers.connect(address));
        } else {
            self.begin(id, way, Some(ours), async move { tls::plain(TcpStream::connect(address).await?) });
        }
        id
    }

    fn begin(
        &mut self,
        id: ConnectionId,
        way: Hop,
        ours: Option<Hop>,
        opening: impl Future<Output = std::io::Result<Wire>> + Send + 'static,
    ) {
        let (writes, taken) = mpsc::channel(WRITES_MAX);
        // Whom we call is trusted by configuration.
        let is_trusted = Arc::new(AtomicBool::new(ours.is_some()));
        let terms = Terms {
            way,
            is_trusted: is_trusted.clone(),
            idle_max: self.idle_max,
            stranger_idle_max: self.stranger_idle_max,
            message_time_max: self.message_time_max,
            news: self.news.clone(),
        };
        let opening_time_max = self.opening_time_max;
        let task = tokio::spawn(async move {
            let stream = timeout(opening_time_max, opening).await.map_err(|_| std::io::ErrorKind::TimedOut)??;
            serve(stream, terms, taken).await
        });
        let abort = task.abort_handle();
        let news = self.news.clone();
        tokio::spawn(async move {
            // However it ended, panics and aborts included.
            if let Ok(Err(error)) = task.await {
                debug!(%error, "a SIP connection ended");
            }
            let _ = news.send(News::Closed(id)).await;
        });
        *self.per_address.entry(way.ip()).or_default() += 1;
        self.ours.extend(ours.map(|ours| (ours, id)));
        self.open.insert(id, Connection { way, writes, is_trusted, task: abort, heard: Instant::now(), ours });
    }
}
