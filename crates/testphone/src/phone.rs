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
use crate::digest::Account;
use crate::message::{Message, Start as StartLine};
use crate::registration::{Registration, Transport, connect, register, stay};
use crate::srtp::Master;

pub(crate) type Mailbox = mpsc::UnboundedSender<(Message, SocketAddr)>;
/// Where calls that come in are handed out.
pub(crate) type Arrivals = mpsc::UnboundedSender<Call>;

/// What all calls of a phone share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) local: SocketAddr,
    socket: UdpSocket,
    calls: Mutex<HashMap<String, Mailbox>>,
    random: RandomState,
    counter: AtomicU64,
    device: Mutex<Device>,
}

/// What makes the phone a device of a server.
#[derive(Debug, Default)]
struct Device {
    account: Option<Account>,
    over: Transport,
    stream: Option<mpsc::UnboundedSender<Vec<u8>>>,
    answering: Option<Answering>,
}

impl Shared {
    fn device(&self) -> std::sync::MutexGuard<'_, Device> {
        self.device.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The account calls are proved with.
    pub(crate) fn account(&self) -> Option<Account> {
        self.device().account.clone()
    }

    /// The value of a Via.
    pub(crate) fn via(&self, branch: &str) -> String {
        let protocol = match self.device().over {
            Transport::Udp => "UDP",
            Transport::Tcp => "TCP",
            Transport::Tls => "TLS",
        };
        format!("SIP/2.0/{protocol} {};branch={branch};rport", self.local)
    }

    /// Our Contact.
    pub(crate) fn contact(&self) -> String {
        let device = self.device();
        let user = device.account.as_ref().map_or("testphone", |account| account.username.as_str());
        let over = match device.over {
            Transport::Udp => "",
            Transport::Tcp => ";transport=tcp",
            Transport::Tls => ";transport=tls",
        };
        format!("sip:{user}@{}{over}", self.local)
    }

    pub(crate) fn listen(&self, call_id: &str, mailbox: Mailbox) {
        self.mailboxes().insert(call_id.to_owned(), mailbox);
    }

    pub(crate) fn use_stream(&self, stream: mpsc::UnboundedSender<Vec<u8>>) {
        self.device().stream = Some(stream);
    }

    pub(crate) fn drop_stream(&self) {
        self.device().stream = None;
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.device().stream.is_some()
    }

    pub(crate) fn send(&self, bytes: &[u8], to: SocketAddr) {
        let device = self.device();
        if device.over != Transport::Udp {
            if let Some(stream) = &device.stream {
                // A closed connection loses the message; registering opens another.
                let _ = stream.send(bytes.to_vec());
            }
            return;
        }
        drop(device);
        // A full buffer loses the message, as a network would; timers repeat it.
        let _ = self.socket.try_send_to(bytes, to);
    }

    pub(crate) fn random(&self) -> u64 {
        self.random.hash_one(self.counter.fetch_add(1, Ordering::Relaxed))
    }

    /// A key for one call.
    pub(crate) fn master(&self) -> Master {
        let mut bytes = [0; 30];
        for piece in bytes.chunks_mut(8) {
            let length = piece.len();
            piece.copy_from_slice(&self.random().to_be_bytes()[..length]);
        }
        Master(bytes)
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
    /// Rings (180) and waits for [`CallControl::answer`](crate::CallControl::answer) instead of answering at once; a caller that
    /// asks for an automatic answer gets it at once all the same.
    pub by_hand: bool,
}

/// A phone. Dropping it closes its port; calls in progress are abandoned.
#[derive(Debug)]
pub struct Phone {
    shared: Arc<Shared>,
    reader: AbortHandle,
    incoming: mpsc::UnboundedReceiver<Call>,
    arrivals: Arrivals,
    registration: Option<(Registration, AbortHandle)>,
}

impl Phone {
    /// Opens a port; with `answering`, calls that come in are answered at once and handed out by [`Phone::incoming`].
    pub async fn start(bind: SocketAddr, answering: Option<Answering>) -> io::Result<Phone> {
        let socket = UdpSocket::bind(bind).await?;
        // Until the reactor has seen the socket writable, `try_send_to` refuses everything.
        socket.writable().await?;
        let local = socket.local_addr()?;
        let calls = Mutex::new(HashMap::new());
        let device = Mutex::new(Device { answering, ..Device::default() });
        let (random, counter) = (RandomState::new(), AtomicU64::new(0));
        let shared = Arc::new(Shared { local, socket, calls, random, counter, device });
        let (arrivals, incoming) = mpsc::unbounded_channel();
        let reader = tokio::spawn(read(shared.clone(), arrivals.clone())).abort_handle();
        Ok(Phone { shared, reader, incoming, arrivals, registration: None })
    }

    /// Makes the phone a device: registers, stays registered, and proves its calls. All signalling then goes to the registrar.
    pub async fn register(&mut self, to: Registration) -> Result<(), String> {
        let account = Account { username: to.username.clone(), password: to.password.clone(), algorithm: to.algorithm };
        self.stop_registering();
        {
            let mut device = self.shared.device();
            device.account = Some(account);
            device.over = to.transport;
        }
        if to.transport != Transport::Udp {
            let opened = connect(&self.shared, &to, self.arrivals.clone()).await;
            opened.map_err(|error| format!("no connection: {error}"))?;
        }
        register(&self.shared, &to, to.expires_s).await?;
        let task = tokio::spawn(stay(self.shared.clone(), to.clone(), self.arrivals.clone()));
        self.registration = Some((to, task.abort_handle()));
        Ok(())
    }

    /// Takes the registration back.
    pub async fn unregister(&mut self) -> Result<(), String> {
        let (to, task) = self.registration.take().ok_or_else(|| "the phone is not registered".to_owned())?;
        task.abort();
        register(&self.shared, &to, 0).await
    }

    /// Forgets the registration without telling the server, as a phone that lost its power.
    pub fn stop_registering(&mut self) {
        if let Some((_, task)) = self.registration.take() {
            task.abort();
        }
        self.shared.drop_stream();
    }

    /// How calls that come in from then on are treated; `None` refuses them (480).
    pub fn set_answering(&self, answering: Option<Answering>) {
        self.shared.device().answering = answering;
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

    /// The next call that came in and was answered, or rings.
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
        self.stop_registering();
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

async fn read(shared: Arc<Shared>, arrivals: Arrivals) {
    let mut buffer = vec![0; 65_535];
    loop {
        // An error here is the echo of an earlier send to a closed port.
        let Ok((length, from)) = shared.socket.recv_from(&mut buffer).await else { continue };
        take(&shared, &buffer[..length], from, &arrivals).await;
    }
}

/// One message that came in.
pub(crate) async fn take(shared: &Arc<Shared>, bytes: &[u8], from: SocketAddr, arrivals: &Arrivals) {
    let Some(message) = Message::parse(bytes) else { return };
    let call_id = message.header("Call-ID").unwrap_or_default().to_owned();
    let mailbox = shared.mailboxes().get(&call_id).cloned();
    match (mailbox, &message.start) {
        (Some(mailbox), _) => {
            let _ = mailbox.send((message, from));
        }
        (None, StartLine::Response { .. }) => {}
        (None, StartLine::Request { method, .. }) => {
            let answering = shared.device().answering;
            match (method.as_str(), answering) {
                ("INVITE", Some(Answering { sound, by_hand })) => {
                    let plan = CallPlan { sound, by_hand, ..CallPlan::new("sip:self", "self") };
                    if let Ok(call) = start_call(shared, plan, Start::In(message, from)).await {
                        let _ = arrivals.send(call);
                    }
                }
                ("ACK", _) => {}
                ("OPTIONS", _) => reply(shared, &message, 200, "OK", from),
                ("INVITE", None) => reply(shared, &message, 480, "Temporarily Unavailable", from),
                _ => reply(shared, &message, 481, "Call Does Not Exist", from),
            }
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
