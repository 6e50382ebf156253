//! Carriers on real sockets: dead, refusing, challenging, forgetting (RFC 3261 §10, §11, §22; RFC 3263 §4.3).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

mod support;

use std::net::SocketAddr;
use std::time::Duration;

use domain::{Cause, DeviceId, EndReason, EndedBy, LegId, TrunkId};
use sip::{
    CallSource, CallerId, DeviceAccount, Dial, DialTarget, Ha1, Outbound, Password, Progress, Reach, RegisterAt,
    RegistrationState, SipEvent, Target, Transport, TrustedTrunk,
};
use support::{Centre, RTP, header, offer};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, UdpSocket};

const TRUNK: TrunkId = TrunkId(3);
/// Longer than anything here may take, on a busy machine.
const LONG: Duration = Duration::from_secs(20);
/// What a caller may wait because one address is dead.
const FAILOVER_MAX: Duration = Duration::from_secs(4);

/// A carrier that says what it is told.
struct Carrier(UdpSocket);

impl Carrier {
    async fn new() -> Carrier {
        Carrier(UdpSocket::bind("127.0.0.1:0").await.unwrap())
    }

    fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }

    fn target(&self) -> Target {
        Target { address: self.address(), transport: Transport::Udp }
    }

    /// The next request of this method, and where it came from; others are passed over.
    async fn request(&self, method: &str) -> (String, SocketAddr) {
        let mut buffer = vec![0; 65_535];
        loop {
            let received = tokio::time::timeout(LONG, self.0.recv_from(&mut buffer)).await;
            let (length, from) = received.unwrap_or_else(|_| panic!("no {method}")).unwrap();
            let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
            if text.starts_with(&format!("{method} ")) {
                return (text, from);
            }
        }
    }

    /// The next one that is no copy of this one, nor older.
    async fn later(&self, than: &str, method: &str) -> (String, SocketAddr) {
        loop {
            let request = self.request(method).await;
            if cseq(&request.0) > cseq(than) {
                return request;
            }
        }
    }

    async fn answer(&self, request: &(String, SocketAddr), code: u16, more: &str, body: &str) {
        let (text, to) = request;
        let of = |name: &str| format!("{name}: {}\r\n", header(text, name).unwrap());
        let tag = if code > 100 { ";tag=carrier" } else { "" };
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let reply = format!(
            "SIP/2.0 {code} X\r\n{}{}To: {}{tag}\r\n{}{}Contact: <sip:gw@{}>\r\n{more}{kind}Content-Length: {}\r\n\r\n{body}",
            of("Via"),
            of("From"),
            header(text, "To").unwrap(),
            of("Call-ID"),
            of("CSeq"),
            self.address(),
            body.len()
        );
        self.0.send_to(reply.as_bytes(), to).await.unwrap();
    }

    /// Takes a call that is offered.
    async fn take(&self, request: &(String, SocketAddr)) {
        self.answer(request, 200, "", &offer(self.address(), "")).await;
    }
}

fn cseq(request: &str) -> u32 {
    header(request, "CSeq").and_then(|value| value.split(' ').next()).unwrap().parse().unwrap()
}

async fn centre(change: impl FnOnce(&mut TrustedTrunk)) -> Centre {
    Centre::with(64, |config| {
        let mut trunk = TrustedTrunk::new(TRUNK, vec![]);
        change(&mut trunk);
        config.trunks = vec![trunk];
    })
    .await
}

async fn called_at(targets: Vec<Target>) -> Centre {
    centre(|trunk| trunk.outbound = Some(Outbound { targets, login: None, probe: None })).await
}

async fn next(centre: &mut Centre) -> SipEvent {
    loop {
        let event = tokio::time::timeout(LONG, centre.events.recv()).await.expect("an event").expect("an endpoint");
        // A telephone's, and not a carrier's.
        if !matches!(event, SipEvent::BindingsChanged { .. }) {
            return event;
        }
    }
}

/// Answers every such request in this way until something is told.
async fn until_told(centre: &mut Centre, carrier: &Carrier, method: &str, code: u16, more: &str) -> SipEvent {
    loop {
        tokio::select! {
            request = carrier.request(method) => carrier.answer(&request, code, more, "").await,
            event = next(centre) => return event,
        }
    }
}

async fn soon_enough<T>(waited_for: impl Future<Output = T>) -> T {
    tokio::time::timeout(FAILOVER_MAX, waited_for).await.expect("within four seconds")
}

fn dial(centre: &Centre, leg: LegId) {
    let caller = CallerId { number: "4008001234".to_owned(), name: String::new(), withheld: None };
    let target = DialTarget::Trunk { trunk: TRUNK, number: "13900139000".to_owned() };
    centre.sip.dial(leg, Dial { target, caller, local_rtp: RTP.parse().unwrap(), auto_answer: false });
}

/// The call is up, and the floor was told of one leg.
async fn is_answered(centre: &mut Centre, leg: LegId) {
    assert!(matches!(next(centre).await, SipEvent::MediaChanged { leg: of, .. } if of == leg));
    assert_eq!(next(centre).await, SipEvent::Answered { leg });
}

async fn hang_up(centre: &mut Centre, carrier: &Carrier, leg: LegId) {
    centre.sip.release(leg, Cause::Normal);
    let bye = carrier.request("BYE").await;
    carrier.answer(&bye, 200, "", "").await;
    assert_eq!(
        next(centre).await,
        SipEvent::Ended { leg, by: EndedBy::System, reason: EndReason::HungUp, cause: None }
    );
    centre.quiet().await;
}

#[tokio::test]
async fn a_call_goes_round_a_dead_address_within_four_seconds() {
    let (dead, live) = (Carrier::new().await, Carrier::new().await);
    let mut centre = called_at(vec![dead.target(), live.target()]).await;
    let leg = LegId(900);
    dial(&centre, leg);
    let late = dead.request("INVITE").await;
    let invite = soon_enough(live.request("INVITE")).await;
    live.answer(&invite, 180, "", "").await;
    assert_eq!(next(&mut centre).await, SipEvent::Progress { leg, progress: Progress::Ringing });
    live.take(&invite).await;
    is_answered(&mut centre, leg).await;
    // The dead one was only asleep: its answer is acknowledged and hung up, and nobody hears of it.
    dead.take(&late).await;
    dead.request("ACK").await;
    let bye = dead.request("BYE").await;
    dead.answer(&bye, 200, "", "").await;
    hang_up(&mut centre, &live, leg).await;
}

#[tokio::test]
async fn a_call_goes_round_an_address_that_says_503_and_one_that_takes_no_connection() {
    let (full, live) = (Carrier::new().await, Carrier::new().await);
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let refusing = Target { address: closed.local_addr().unwrap(), transport: Transport::Tcp };
    drop(closed);
    let mut centre = called_at(vec![full.target(), refusing, live.target()]).await;
    let leg = LegId(901);
    dial(&centre, leg);
    let invite = full.request("INVITE").await;
    full.answer(&invite, 100, "", "").await;
    full.answer(&invite, 503, "Retry-After: 5\r\n", "").await;
    full.request("ACK").await;
    let invite = soon_enough(live.request("INVITE")).await;
    live.take(&invite).await;
    is_answered(&mut centre, leg).await;
    hang_up(&mut centre, &live, leg).await;
}

#[tokio::test]
async fn a_busy_callee_is_not_called_again_through_another_address() {
    let (first, second) = (Carrier::new().await, Carrier::new().await);
    let mut centre = called_at(vec![first.target(), second.target()]).await;
    let leg = LegId(902);
    dial(&centre, leg);
    let invite = first.request("INVITE").await;
    first.answer(&invite, 486, "", "").await;
    let cause = Some(domain::ClearingCause { status: 486, q850: None });
    assert_eq!(next(&mut centre).await, SipEvent::Ended { leg, by: EndedBy::Customer, reason: EndReason::Busy, cause });
    let mut buffer = [0; 16];
    assert!(second.0.try_recv_from(&mut buffer).is_err());
    centre.quiet().await;
}

#[tokio::test]
async fn an_address_is_told_down_and_up_again() {
    let carrier = Carrier::new().await;
    let target = carrier.target();
    let mut centre = centre(|trunk| {
        let probe = Some(Duration::from_millis(50));
        trunk.outbound = Some(Outbound { targets: vec![target], login: None, probe });
    })
    .await;
    for (code, reach) in [(405, Reach::Up), (503, Reach::Down), (200, Reach::Up)] {
        let told = until_told(&mut centre, &carrier, "OPTIONS", code, "").await;
        assert_eq!(told, SipEvent::TargetChanged { trunk: TRUNK, target, reach });
        let figures = centre.sip.figures().await.unwrap();
        assert_eq!(figures.trunks[0].targets[0].reach, Some(reach));
    }
    centre.sip.stop().await;
}

const CHALLENGE: &str = "WWW-Authenticate: Digest realm=\"ims\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\r\n";

fn account(server: Target) -> RegisterAt {
    let (username, password) = ("8675512345".to_owned(), Password::new("secret"));
    RegisterAt { server, others: Vec::new(), username, domain: None, realm: None, password, expires_s: 300 }
}

async fn is_now(centre: &mut Centre, registration: RegistrationState) {
    assert_eq!(next(centre).await, SipEvent::RegistrationChanged { trunk: TRUNK, registration });
    let figures = centre.sip.figures().await.unwrap();
    assert_eq!(figures.trunks[0].registration, Some(registration));
}

#[tokio::test]
async fn a_registration_is_challenged_lost_regained_and_taken_back() {
    let carrier = Carrier::new().await;
    let mut centre = centre(|trunk| trunk.register = Some(account(carrier.target()))).await;
    let first = carrier.request("REGISTER").await;
    assert!(header(&first.0, "Authorization").is_none());
    carrier.answer(&first, 401, CHALLENGE, "").await;
    let proved = carrier.later(&first.0, "REGISTER").await;
    let proof = header(&proved.0, "Authorization").unwrap();
    assert!(proof.starts_with("Digest username=\"8675512345\", realm=\"ims\", nonce=\"n1\""), "{proof}");
    // A second, so that it is refreshed at once.
    carrier.answer(&proved, 200, "Expires: 1\r\n", "").await;
    is_now(&mut centre, RegistrationState::Registered).await;
    let refresh = carrier.later(&proved.0, "REGISTER").await;
    assert_eq!(header(&refresh.0, "Call-ID"), header(&first.0, "Call-ID"));
    carrier.answer(&refresh, 503, "", "").await;
    is_now(&mut centre, RegistrationState::Unreachable { code: Some(503) }).await;
    let again = carrier.later(&refresh.0, "REGISTER").await;
    carrier.answer(&again, 200, "Expires: 300\r\n", "").await;
    is_now(&mut centre, RegistrationState::Registered).await;
    // A call is sent to the registrar and proves itself by the same account.
    let leg = LegId(903);
    dial(&centre, leg);
    let invite = carrier.request("INVITE").await;
    carrier.answer(&invite, 407, &CHALLENGE.replace("WWW-", "Proxy-"), "").await;
    let proved = carrier.later(&invite.0, "INVITE").await;
    assert!(header(&proved.0, "Proxy-Authorization").is_some());
    carrier.take(&proved).await;
    is_answered(&mut centre, leg).await;
    hang_up(&mut centre, &carrier, leg).await;
    let stopping = tokio::spawn(centre.sip.clone().stop());
    let gone = carrier.later(&again.0, "REGISTER").await;
    assert_eq!(header(&gone.0, "Expires"), Some("0"));
    carrier.answer(&gone, 200, "", "").await;
    stopping.await.unwrap();
}

#[tokio::test]
async fn a_wrong_password_is_told_as_refused() {
    let carrier = Carrier::new().await;
    let mut centre = centre(|trunk| trunk.register = Some(account(carrier.target()))).await;
    let told = until_told(&mut centre, &carrier, "REGISTER", 401, CHALLENGE).await;
    let registration = RegistrationState::Refused { code: 401 };
    assert_eq!(told, SipEvent::RegistrationChanged { trunk: TRUNK, registration });
}

#[tokio::test]
async fn a_registrar_that_takes_no_connection_is_told_as_unreachable() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Target { address: closed.local_addr().unwrap(), transport: Transport::Tcp };
    drop(closed);
    let mut centre = centre(|trunk| trunk.register = Some(account(server))).await;
    is_now(&mut centre, RegistrationState::Unreachable { code: None }).await;
}

/// Two of our own endpoints: one is the registrar, the other its customer, who is called where it registered.
#[tokio::test]
async fn our_own_registrar_has_us_over_udp_and_tcp() {
    let device = DeviceId(100);
    for transport in [Transport::Udp, Transport::Tcp] {
        let mut registrar = Centre::with(64, |config| config.trunks.clear()).await;
        let ha1 = Ha1::new("100", sip::DEFAULT_REALM, "secret");
        registrar.sip.set_devices(vec![DeviceAccount {
            device,
            username: "100".to_owned(),
            ha1,
            encryption: domain::Encryption::WhenOffered,
            address_ranges: Vec::new(),
            codecs: Vec::new(),
        }]);
        let server = Target { address: registrar.address(), transport };
        let account = RegisterAt { username: "100".to_owned(), ..account(server) };
        let mut centre = centre(|trunk| trunk.register = Some(account)).await;
        is_now(&mut centre, RegistrationState::Registered).await;
        assert_eq!(next(&mut registrar).await, SipEvent::DeviceChanged { device, reachable: true });
        let (leg, target) = (LegId(904), DialTarget::Device(device));
        let call = Dial { target, caller: CallerId::default(), local_rtp: RTP.parse().unwrap(), auto_answer: false };
        registrar.sip.dial(leg, call);
        let SipEvent::Arrived { leg: here, source, called, .. } = next(&mut centre).await else { panic!("no call") };
        assert_eq!((source, called.as_str()), (CallSource::Trunk(TRUNK), "100"));
        centre.sip.refuse(here, Cause::Busy);
        assert!(matches!(next(&mut registrar).await, SipEvent::Ended { reason: EndReason::Busy, .. }));
        centre.sip.stop().await;
        assert_eq!(next(&mut registrar).await, SipEvent::DeviceChanged { device, reachable: false });
    }
}

/// A firewall that forgot a connection swallows what is sent over it without a word.
#[tokio::test]
async fn a_connection_over_which_nothing_comes_is_closed_and_opened_anew() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = Target { address: listener.local_addr().unwrap(), transport: Transport::Tcp };
    let _centre = centre(|trunk| {
        let probe = Some(Duration::from_millis(20));
        trunk.outbound = Some(Outbound { targets: vec![target], login: None, probe });
    })
    .await;
    let accepted = || async { tokio::time::timeout(LONG, listener.accept()).await.expect("a connection").unwrap().0 };
    let mut deaf = accepted().await;
    let mut fresh = accepted().await;
    let mut buffer = vec![0; 65_535];
    // The first ends after the question that was lost.
    while tokio::time::timeout(LONG, deaf.read(&mut buffer)).await.expect("an end").unwrap() > 0 {}
    assert!(fresh.read(&mut buffer).await.unwrap() > 0);
}
