//! A centre in miniature around the endpoint, and a raw UDP peer that says exactly what it is told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]
#![allow(dead_code, reason = "every test file takes what it needs")]

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domain::{LegId, TrunkId};
use sip::{SipCensus, SipConfig, SipEndpoint, SipEvent, TrustedTrunk};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;

/// How long anything on loopback may take, on a busy machine.
pub const SOON: Duration = Duration::from_secs(5);
/// The port our test legs claim to receive RTP on; nobody listens there.
pub const RTP: &str = "127.0.0.1:40000";

/// An endpoint that trusts 127.0.0.1, with its events.
pub struct Centre {
    pub sip: SipEndpoint,
    pub events: mpsc::Receiver<SipEvent>,
}

impl Centre {
    pub async fn start() -> Centre {
        Centre::with(1_024, |_| {}).await
    }

    pub async fn with(channel: usize, change: impl FnOnce(&mut SipConfig)) -> Centre {
        let mut config = SipConfig::new("127.0.0.1:0".parse().unwrap(), "127.0.0.1".parse().unwrap());
        config.trunks.push(TrustedTrunk::new(TrunkId(7), vec!["127.0.0.1".parse().unwrap()]));
        change(&mut config);
        let (sender, events) = mpsc::channel(channel);
        let next = AtomicI64::new(1);
        let mint = Box::new(move || LegId(next.fetch_add(1, Ordering::Relaxed)));
        Centre { sip: SipEndpoint::start(config, mint, sender).await.unwrap(), events }
    }

    pub fn address(&self) -> SocketAddr {
        self.sip.local_addr()
    }

    pub fn uri(&self, number: &str) -> String {
        format!("sip:{number}@{}", self.address())
    }

    pub async fn event(&mut self) -> SipEvent {
        loop {
            let event = tokio::time::timeout(SOON, self.events.recv()).await.expect("an event").expect("an endpoint");
            // What is to be kept is looked at where it is about that.
            if !matches!(event, SipEvent::BindingsChanged { .. }) {
                return event;
            }
        }
    }

    /// The next event must be an arrival.
    pub async fn arrival(&mut self) -> LegId {
        let event = self.event().await;
        let SipEvent::Arrived { leg, .. } = event else { panic!("expected an arrival, got {event:?}") };
        leg
    }

    /// Waits until only lingering machines are left.
    pub async fn quiet(&self) -> SipCensus {
        for _ in 0..500 {
            let census = self.sip.census().await;
            if census.legs == 0 && census.dialogs == 0 {
                return census;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("not quiet: {:?}", self.sip.census().await);
    }

    /// Waits until at most so many connections are open.
    pub async fn connections(&self, count: usize) {
        for _ in 0..500 {
            if self.sip.census().await.connections <= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("still {:?}", self.sip.census().await);
    }

    /// No event within a moment.
    pub async fn no_event(&mut self) {
        let event = tokio::time::timeout(Duration::from_millis(150), self.events.recv()).await;
        assert!(event.is_err(), "unexpected {event:?}");
    }
}

/// The pause of a peer that sends byte by byte.
pub async fn drip() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

/// A peer that writes its own messages.
pub struct Raw {
    socket: UdpSocket,
    to: SocketAddr,
    pub call_id: String,
}

impl Raw {
    pub async fn new(centre: &Centre) -> Raw {
        Raw::from("127.0.0.1:0", centre).await
    }

    pub async fn from(bind: &str, centre: &Centre) -> Raw {
        let socket = UdpSocket::bind(bind).await.unwrap();
        let call_id = format!("raw-{}", socket.local_addr().unwrap().port());
        Raw { socket, to: centre.address(), call_id }
    }

    pub fn local(&self) -> SocketAddr {
        self.socket.local_addr().unwrap()
    }

    /// A request with the usual headers; `more` are whole lines, `to_tag` makes it one within the dialog.
    pub fn request(
        &self,
        method: &str,
        cseq: u32,
        branch: &str,
        to_tag: Option<&str>,
        more: &str,
        body: &str,
    ) -> String {
        let (local, to, call_id) = (self.local(), self.to, &self.call_id);
        let tag = to_tag.map(|tag| format!(";tag={tag}")).unwrap_or_default();
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        format!(
            "{method} sip:4008001234@{to} SIP/2.0\r\nVia: SIP/2.0/UDP {local};branch=z9hG4bK{branch};rport\r\n\
             Max-Forwards: 70\r\nFrom: <sip:13800138000@{local}>;tag=peer\r\nTo: <sip:4008001234@{to}>{tag}\r\n\
             Call-ID: {call_id}\r\nCSeq: {cseq} {method}\r\nContact: <sip:peer@{local}>\r\n{more}{kind}\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    pub fn invite(&self, cseq: u32, branch: &str) -> String {
        self.request("INVITE", cseq, branch, None, "", &offer(self.local(), ""))
    }

    pub async fn send(&self, message: &str) {
        self.socket.send_to(message.as_bytes(), self.to).await.unwrap();
    }

    pub async fn send_bytes(&self, message: &[u8]) {
        self.socket.send_to(message, self.to).await.unwrap();
    }

    /// The next message.
    pub async fn receive(&self) -> String {
        self.receive_within(SOON).await.expect("a message")
    }

    pub async fn receive_within(&self, limit: Duration) -> Option<String> {
        let mut buffer = vec![0; 65_535];
        let got = tokio::time::timeout(limit, self.socket.recv_from(&mut buffer)).await.ok()?;
        Some(String::from_utf8_lossy(&buffer[..got.unwrap().0]).into_owned())
    }

    /// Reads on until a message begins like this; copies of others are passed over.
    pub async fn expect(&self, start: &str) -> String {
        let mut seen = Vec::new();
        loop {
            match self.receive_within(SOON).await {
                Some(message) if message.starts_with(start) => return message,
                Some(message) => seen.push(message.lines().next().unwrap_or_default().to_owned()),
                None => panic!("no {start:?}, only {seen:?}"),
            }
        }
    }

    pub async fn silence(&self) {
        let message = self.receive_within(Duration::from_millis(150)).await;
        assert!(message.is_none(), "unexpected {message:?}");
    }

    /// Calls, is answered, acknowledges; gives the leg and our tag.
    pub async fn establish(&self, centre: &mut Centre) -> (LegId, String) {
        self.send(&self.invite(1, "first")).await;
        let leg = centre.arrival().await;
        centre.sip.answer(leg, RTP.parse().unwrap());
        let ok = self.expect("SIP/2.0 200").await;
        let tag = tag(&ok);
        self.send(&self.request("ACK", 1, "ack1", Some(&tag), "", "")).await;
        assert_eq!(centre.event().await, SipEvent::Answered { leg });
        (leg, tag)
    }
}

/// An offer at this address with these lines at its end.
pub fn offer(at: SocketAddr, lines: &str) -> String {
    let (ip, port) = (at.ip(), at.port());
    format!(
        "v=0\r\no=- 1 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 101\r\n\
         a=rtpmap:101 telephone-event/8000\r\n{lines}"
    )
}

/// One header of a message.
pub fn header<'a>(message: &'a str, name: &str) -> Option<&'a str> {
    message.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// The To tag of a message.
pub fn tag(message: &str) -> String {
    header(message, "To").and_then(|to| to.split_once(";tag=")).expect("a tag").1.to_owned()
}
