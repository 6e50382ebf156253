//! TCP: which connections there are, who may open more, and which one a message goes over.

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
use connection::{OPEN_TIME_MAX, Terms, serve};
#[cfg(test)]
pub(crate) use framing::{Framed, Framing};

use crate::config::SipLimits;
use crate::hop::{ConnectionId, Hop};

/// Messages that wait to be written to one peer. One that does not read this many is cut off.
const WRITES_MAX: usize = 64;
/// Messages of all connections that wait to be read by the endpoint; beyond it, connections wait.
const NEWS_MAX: usize = 1_024;

struct Connection {
    address: SocketAddr,
    writes: mpsc::Sender<Vec<u8>>,
    is_trusted: Arc<AtomicBool>,
    task: AbortHandle,
    /// When a message came, or else it began.
    heard: Instant,
    /// Opened by us.
    is_ours: bool,
}

/// All connections of an endpoint. When it goes, they write what waits and close.
pub(crate) struct Streams {
    open: HashMap<ConnectionId, Connection>,
    per_address: HashMap<IpAddr, usize>,
    /// Those we opened, by where they lead.
    ours: HashMap<SocketAddr, ConnectionId>,
    given: u64,
    connections_max: usize,
    per_address_max: usize,
    idle_max: Duration,
    message_time_max: Duration,
    news: mpsc::Sender<News>,
}

impl Streams {
    /// Without connections; what they tell comes out of the channel.
    pub(crate) fn new(limits: &SipLimits) -> (Streams, mpsc::Receiver<News>) {
        let (news, told) = mpsc::channel(NEWS_MAX);
        let streams = Streams {
            open: HashMap::new(),
            per_address: HashMap::new(),
            ours: HashMap::new(),
            given: 0,
            connections_max: limits.connections_max,
            per_address_max: limits.connections_per_address_max,
            idle_max: limits.connection_idle_max,
            message_time_max: limits.message_time_max,
            news,
        };
        (streams, told)
    }

    /// Takes a connection that was opened by its far end, or closes it at once. `false`: closed.
    pub(crate) fn accept(&mut self, stream: TcpStream, address: SocketAddr) -> bool {
        let from_there = self.per_address.get(&address.ip().to_canonical()).copied().unwrap_or(0);
        if self.open.len() >= self.connections_max || from_there >= self.per_address_max {
            return false;
        }
        self.begin(address, false, async move { Ok(stream) });
        true
    }

    /// Sends over a connection. `Err`: there is none, and none can be opened.
    pub(crate) fn send(&mut self, hop: Hop, bytes: Vec<u8>) -> Result<(), Hop> {
        let id = match hop {
            Hop::Udp(_) => return Err(hop),
            Hop::Tcp(id, _) => id,
            Hop::Connect(address) => match self.ours.get(&address).copied() {
                Some(id) => id,
                // We choose these ourselves: trunks of the configuration.
                None => self.begin(address, true, TcpStream::connect(address)),
            },
        };
        let Some(connection) = self.open.get(&id) else { return Err(hop) };
        if connection.writes.try_send(bytes).is_err() {
            debug!("a SIP peer does not read its connection; it is closed");
            connection.task.abort();
            return Err(hop);
        }
        Ok(())
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

    /// Closes the connection we opened to this address, if nothing came over it for so long: a firewall that forgot it swallows
    /// what is sent without a word. Gives the ways that led over it; the next message opens another.
    pub(crate) fn drop_deaf(&mut self, address: SocketAddr, time: Duration) -> Vec<Hop> {
        let found = self.ours.get(&address).and_then(|id| Some((*id, self.open.get(id)?)));
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
        let Connection { address, is_ours, .. } = connection;
        if let Some(count) = self.per_address.get_mut(&address.ip().to_canonical()) {
            *count -= 1;
            if *count == 0 {
                self.per_address.remove(&address.ip().to_canonical());
            }
        }
        let mut ways = vec![Hop::Tcp(id, address)];
        if is_ours {
            self.ours.remove(&address);
            ways.push(Hop::Connect(address));
        }
        ways
    }

    /// How many are open.
    pub(crate) fn len(&self) -> usize {
        self.open.len()
    }

    fn begin(
        &mut self,
        address: SocketAddr,
        is_ours: bool,
        opening: impl Future<Output = std::io::Result<TcpStream>> + Send + 'static,
    ) -> ConnectionId {
        self.given += 1;
        let id = ConnectionId(self.given);
        let (writes, taken) = mpsc::channel(WRITES_MAX);
        // Whom we call is trusted by configuration.
        let is_trusted = Arc::new(AtomicBool::new(is_ours));
        let terms = Terms {
            id,
            address,
            is_trusted: is_trusted.clone(),
            idle_max: self.idle_max,
            message_time_max: self.message_time_max,
            news: self.news.clone(),
        };
        let task = tokio::spawn(async move {
            let stream = timeout(OPEN_TIME_MAX, opening).await.map_err(|_| std::io::ErrorKind::TimedOut)??;
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
        *self.per_address.entry(address.ip().to_canonical()).or_default() += 1;
        if is_ours {
            self.ours.insert(address, id);
        }
        self.open.insert(id, Connection { address, writes, is_trusted, task: abort, heard: Instant::now(), is_ours });
        id
    }
}
