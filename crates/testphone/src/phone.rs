//! A phone: one UDP port for signalling and any number of calls.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use crate::call::{Actor, Call, CallPlan, Setup, Sound, Start};
use crate::message::{Message, Start as StartLine};

type Mailbox = mpsc::UnboundedSender<(Message, SocketAddr)>;

/// What all calls of a phone share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) local: SocketAddr,
    socket: UdpSocket,
    calls: Mutex<HashMap<String, Mailbox>>,
    random: RandomState,
    counter: AtomicU64,
}

impl Shared {
    pub(crate) fn send(&self, bytes: &[u8], to: SocketAddr) {
        // A full buffer loses the message, as a network would; timers repeat it.
        let _ = self.socket.try_send_to(bytes, to);
    }

    pub(crate) fn random(&self) -> u64 {
        self.random.hash_one(self.counter.fetch_add(1, Ordering::Relaxed))
    }

    pub(crate) fn token(&self) -> String {
        format!("{:016x}", self.random())
    }

    pub(crate) fn branch(&self) -> String {
        format!("z9hG4bK{}", self.token())
    }

    pub(crate) fn forget(&self, call_id: &str) {
        self.mailboxes().remove(call_id);
    }

    fn mailboxes(&self) -> std::sync::MutexGuard<'_, HashMap<String, Mailbox>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a phone treats calls that come in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answering {
    /// What is sent from the answer on.
    pub sound: Sound,
}

/// A phone. Dropping it closes its port; calls in progress are abandoned.
#[derive(Debug)]
pub struct Phone {
    shared: Arc<Shared>,
    reader: AbortHandle,
    incoming: mpsc::UnboundedReceiver<Call>,
}

impl Phone {
    /// Opens a port; with `answering`, calls that come in are answered at once and handed out by [`Phone::incoming`].
    pub async fn start(bind: SocketAddr, answering: Option<Answering>) -> io::Result<Phone> {
        let socket = UdpSocket::bind(bind).await?;
        // Until the reactor has seen the socket writable, `try_send_to` refuses everything.
        socket.writable().await?;
        let local = socket.local_addr()?;
        let calls = Mutex::new(HashMap::new());
        let shared = Arc::new(Shared { local, socket, calls, random: RandomState::new(), counter: AtomicU64::new(0) });
        let (arrivals, incoming) = mpsc::unbounded_channel();
        let reader = tokio::spawn(read(shared.clone(), answering, arrivals)).abort_handle();
        Ok(Phone { shared, reader, incoming })
    }

    /// The address of its signalling.
    pub fn local_addr(&self) -> SocketAddr {
        self.shared.local
    }

    /// Begins a call.
    pub async fn call(&self, plan: CallPlan) -> Result<Call, String> {
        let to = address_of(&plan.to).ok_or_else(|| format!("{:?} is not sip:USER@IP:PORT", plan.to))?;
        start_call(&self.shared, plan, Start::Out(to)).await.map_err(|error| format!("no RTP port: {error}"))
    }

    /// The next call that came in and was answered.
    pub async fn incoming(&mut self) -> Option<Call> {
        self.incoming.recv().await
    }

    /// Calls whose task still runs.
    pub fn calls(&self) -> usize {
        self.shared.mailboxes().len()
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

async fn start_call(shared: &Arc<Shared>, plan: CallPlan, start: Start) -> io::Result<Call> {
    let rtp = UdpSocket::bind(SocketAddr::new(shared.local.ip(), 0)).await?;
    rtp.writable().await?;
    let call_id = match &start {
        Start::Out(_) => format!("{}@testphone", shared.token()),
        Start::In(invite, _) => invite.header("Call-ID").unwrap_or_default().to_owned(),
    };
    let (mailbox, messages) = mpsc::unbounded_channel();
    let (orders, taken) = mpsc::unbounded_channel();
    let (told, events) = mpsc::unbounded_channel();
    shared.mailboxes().insert(call_id.clone(), mailbox);
    let setup = Setup { shared: shared.clone(), plan, call_id, rtp, messages, orders: taken, events: told };
    let actor = Actor::new(setup, &start)?;
    tokio::spawn(actor.run(start));
    Ok(Call { orders, events })
}

async fn read(shared: Arc<Shared>, answering: Option<Answering>, arrivals: mpsc::UnboundedSender<Call>) {
    let mut buffer = vec![0; 65_535];
    loop {
        // An error here is the echo of an earlier send to a closed port.
        let Ok((length, from)) = shared.socket.recv_from(&mut buffer).await else { continue };
        let Some(message) = Message::parse(&buffer[..length]) else { continue };
        let call_id = message.header("Call-ID").unwrap_or_default().to_owned();
        let mailbox = shared.mailboxes().get(&call_id).cloned();
        match (mailbox, &message.start) {
            (Some(mailbox), _) => {
                let _ = mailbox.send((message, from));
            }
            (None, StartLine::Response { .. }) => {}
            (None, StartLine::Request { method, .. }) => match (method.as_str(), answering) {
                ("INVITE", Some(Answering { sound })) => {
                    let plan = CallPlan { sound, ..CallPlan::new("sip:self", "self") };
                    if let Ok(call) = start_call(&shared, plan, Start::In(message, from)).await {
                        let _ = arrivals.send(call);
                    }
                }
                ("ACK", _) => {}
                ("OPTIONS", _) => reply(&shared, &message, 200, "OK", from),
                ("INVITE", None) => reply(&shared, &message, 480, "Temporarily Unavailable", from),
                _ => reply(&shared, &message, 481, "Call Does Not Exist", from),
            },
        }
    }
}

fn reply(shared: &Shared, request: &Message, code: u16, phrase: &str, from: SocketAddr) {
    let reply = Message::response_to(request, code, phrase, &shared.token());
    shared.send(&reply.encode(), from);
}

/// The address of a SIP URI whose host is an IP address or `localhost`.
pub(crate) fn address_of(uri: &str) -> Option<SocketAddr> {
    let rest = uri.strip_prefix("sip:")?;
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = host.split([';', '?']).next()?;
    if let Ok(address) = host.parse() {
        return Some(address);
    }
    let (name, port) = host.rsplit_once(':').unwrap_or((host, "5060"));
    let ip = if name == "localhost" { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { host.parse().or(name.parse()).ok()? };
    Some(SocketAddr::new(ip, port.parse().ok()?))
}
