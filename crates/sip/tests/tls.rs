//! SIP over TLS: whose certificate is believed, what is shown, and how long a handshake may take.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::{Cause, DeviceId, EndReason, LegId, TrunkId};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use sip::{
    CallSource, CallerId, DeviceAccount, Dial, DialTarget, Ha1, Password, RegisterAt, RegistrationState, SipEvent,
    Target, TlsDoor, TlsPeer, Transport,
};
use support::{Centre, RTP, Raw, SOON, header};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

const DEVICE: DeviceId = DeviceId(100);
const NAME: &str = "carrier.example";

/// A certificate that vouches for itself, good for `NAME`.
struct Identity {
    certificate: CertificateDer<'static>,
    config: Arc<ServerConfig>,
}

fn identity() -> Identity {
    let made = rcgen::generate_simple_self_signed(vec![NAME.to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    Identity { certificate, config: Arc::new(config) }
}

impl Identity {
    fn door(&self) -> TlsDoor {
        let config = self.config.clone();
        TlsDoor::new("127.0.0.1:0".parse().unwrap(), move || config.clone())
    }

    fn peer(&self, name: Option<&str>) -> TlsPeer {
        TlsPeer { name: name.map(str::to_owned), roots: Arc::new(vec![self.certificate.clone()]) }
    }
}

/// A registrar of ours with one account, and no trunk.
async fn registrar(shown: &Identity) -> Centre {
    let door = shown.door();
    let registrar = Centre::with(64, |config| {
        config.trunks.clear();
        config.tls = Some(door);
    })
    .await;
    let ha1 = Ha1::new("100", sip::DEFAULT_REALM, "secret");
    registrar.sip.set_devices(vec![DeviceAccount {
        device: DEVICE,
        username: "100".to_owned(),
        ha1,
        encryption: domain::Encryption::WhenOffered,
        address_ranges: Vec::new(),
        codecs: Vec::new(),
    }]);
    registrar
}

/// A centre whose trunk is that registrar, over TLS.
async fn customer(registrar: &Centre, believes: TlsPeer) -> Centre {
    let server = Target { address: registrar.sip.tls_addr().unwrap(), transport: Transport::Tls };
    Centre::with(64, |config| {
        config.trunks[0].tls = believes;
        config.trunks[0].register = Some(RegisterAt {
            others: Vec::new(),
            server,
            username: "100".to_owned(),
            domain: None,
            realm: None,
            password: Password::new("secret"),
            expires_s: 300,
        });
    })
    .await
}

/// Reads on until the registration stands so.
async fn is_now(centre: &mut Centre, expected: RegistrationState) {
    loop {
        if let SipEvent::RegistrationChanged { registration, .. } = centre.event().await {
            if registration == expected {
                return;
            }
            assert_eq!(registration, RegistrationState::Asking);
        }
    }
}

#[tokio::test]
async fn a_trunk_is_registered_at_and_calls_come_back_over_the_same_connection() {
    let shown = identity();
    let mut registrar = registrar(&shown).await;
    let mut centre = customer(&registrar, shown.peer(Some(NAME))).await;
    is_now(&mut centre, RegistrationState::Registered).await;
    assert_eq!(registrar.event().await, SipEvent::DeviceChanged { device: DEVICE, reachable: true });
    assert_eq!(registrar.sip.contacts().await[0].transport, Transport::Tls);
    // The customer serves no TLS itself: only the connection it opened leads there.
    let target = DialTarget::Device(DEVICE);
    let call = Dial { target, caller: CallerId::default(), local_rtp: RTP.parse().unwrap(), auto_answer: false };
    registrar.sip.dial(LegId(904), call);
    let SipEvent::Arrived { leg, source, .. } = centre.event().await else { panic!("no call") };
    assert_eq!(source, CallSource::Trunk(TrunkId(7)));
    centre.sip.refuse(leg, Cause::Busy);
    assert!(matches!(registrar.event().await, SipEvent::Ended { reason: EndReason::Busy, .. }));
    assert_eq!(registrar.sip.census().await.connections, 1);
    centre.sip.stop().await;
    assert_eq!(registrar.event().await, SipEvent::DeviceChanged { device: DEVICE, reachable: false });
}

#[tokio::test]
async fn nothing_is_said_to_a_trunk_whose_certificate_is_not_believed() {
    let (shown, other) = (identity(), identity());
    for believes in [shown.peer(Some("else.example")), shown.peer(None), other.peer(Some(NAME))] {
        let mut registrar = registrar(&shown).await;
        let mut centre = customer(&registrar, believes).await;
        is_now(&mut centre, RegistrationState::Unreachable { code: None }).await;
        registrar.no_event().await;
        assert_eq!(registrar.sip.guard().await.challenged, 0, "a request came through");
    }
}

#[tokio::test]
async fn a_trunk_over_tls_needs_somebody_who_vouches_for_it() {
    let mut config = sip::SipConfig::new("127.0.0.1:0".parse().unwrap(), "127.0.0.1".parse().unwrap());
    let mut trunk = sip::TrustedTrunk::new(TrunkId(7), vec!["127.0.0.1".parse().unwrap()]);
    trunk.outbound = Some(sip::Outbound::to("127.0.0.1:5061".parse().unwrap(), Transport::Tls));
    config.trunks.push(trunk);
    let (events, _heard) = tokio::sync::mpsc::channel(8);
    let started = sip::SipEndpoint::start(config, Box::new(|| LegId(1)), events).await;
    assert!(matches!(started, Err(sip::SipError::Tls(_))));
}

/// A client that believes the certificate and says what it is told.
struct Wire(TlsStream<TcpStream>);

impl Wire {
    async fn open(centre: &Centre, believes: &Identity) -> Result<Wire, std::io::Error> {
        let mut roots = RootCertStore::empty();
        roots.add(believes.certificate.clone()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let stream = TcpStream::connect(centre.sip.tls_addr().unwrap()).await?;
        let name = ServerName::try_from(NAME).unwrap();
        Ok(Wire(TlsConnector::from(Arc::new(config)).connect(name, stream).await?))
    }

    async fn say(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
        self.0.flush().await.unwrap();
    }

    /// What comes next, as a whole: messages here are smaller than a record.
    async fn hear(&mut self) -> String {
        let mut piece = vec![0; 16_384];
        let length = tokio::time::timeout(SOON, self.0.read(&mut piece)).await.expect("a message").unwrap();
        String::from_utf8_lossy(&piece[..length]).into_owned()
    }
}

/// What a raw peer would send over UDP, over TLS.
async fn over_tls(centre: &Centre, cseq: u32) -> String {
    Raw::new(centre).await.invite(cseq, "tls").replace("SIP/2.0/UDP", "SIP/2.0/TLS")
}

#[tokio::test]
async fn another_certificate_is_shown_without_touching_a_call_that_stands() {
    let (first, second) = (identity(), identity());
    let shown = Arc::new(Mutex::new(first.config.clone()));
    let showing = shown.clone();
    let door = TlsDoor::new("127.0.0.1:0".parse().unwrap(), move || showing.lock().unwrap().clone());
    let mut centre = Centre::with(64, |config| config.tls = Some(door)).await;
    let mut wire = Wire::open(&centre, &first).await.unwrap();
    let invite = over_tls(&centre, 1).await;
    wire.say(&invite).await;
    assert!(wire.hear().await.starts_with("SIP/2.0 100 "));
    let leg = centre.arrival().await;
    centre.sip.answer(leg, RTP.parse().unwrap());
    let ok = wire.hear().await;
    let port = centre.sip.tls_addr().unwrap().port();
    assert!(header(&ok, "Contact").unwrap().ends_with(&format!(":{port};transport=tls>")), "{ok}");
    *shown.lock().unwrap() = second.config.clone();
    assert!(Wire::open(&centre, &first).await.is_err(), "the old certificate is still shown");
    Wire::open(&centre, &second).await.unwrap();
    let ack = invite.split("Content-Type").next().unwrap().replace("INVITE", "ACK").replacen(
        &format!("To: {}", header(&invite, "To").unwrap()),
        &format!("To: {}", header(&ok, "To").unwrap()),
        1,
    );
    wire.say(&format!("{ack}Content-Length: 0\r\n\r\n")).await;
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    centre.sip.release(leg, Cause::Normal);
    assert!(wire.hear().await.starts_with("BYE "));
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn keys_of_sound_stand_in_no_log_at_any_level() {
    const KEY: &str = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    let (log, shown) = (Log::default(), identity());
    let writer = log.clone();
    // A program has one log: what the tests beside this one say stands in it too.
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).init();
    let door = shown.door();
    let mut centre = Centre::with(64, |config| config.tls = Some(door)).await;
    let mut wire = Wire::open(&centre, &shown).await.unwrap();
    let crypto = format!("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}\r\n");
    let raw = Raw::new(&centre).await;
    let body = support::offer(raw.local(), &crypto).replace("RTP/AVP", "RTP/SAVP");
    let invite = raw.request("INVITE", 1, "secret", None, "", &body).replace("SIP/2.0/UDP", "SIP/2.0/TLS");
    wire.say(&invite).await;
    assert!(wire.hear().await.starts_with("SIP/2.0 100 "));
    let event = centre.event().await;
    let SipEvent::Arrived { leg, ref offer, .. } = event else { panic!("no call") };
    assert!(offer.srtp.is_some());
    tracing::debug!(?event, "as a careless line would write it");
    centre.sip.answer(leg, RTP.parse().unwrap());
    let ok = wire.hear().await;
    let ours = ok.split("inline:").nth(1).expect("a key of ours").lines().next().unwrap().to_owned();
    centre.sip.clone().stop().await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("a careless line") && text.contains("SIP has stopped"), "{text}");
    for secret in [KEY, &ours, "inline:"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[tokio::test]
async fn whoever_does_not_finish_the_handshake_is_gone_soon() {
    let shown = identity();
    let door = shown.door();
    let centre = Centre::with(64, |config| {
        config.tls = Some(door);
        config.limits.opening_time_max = Duration::from_millis(200);
        config.limits.connections_per_address_max = 2;
    })
    .await;
    let address = centre.sip.tls_addr().unwrap();
    let mut silent = TcpStream::connect(address).await.unwrap();
    let mut plain = TcpStream::connect(address).await.unwrap();
    // One too many from there.
    let mut third = TcpStream::connect(address).await.unwrap();
    let mut piece = [0; 64];
    let refused = tokio::time::timeout(SOON, third.read(&mut piece)).await.expect("closed");
    assert!(matches!(refused, Ok(0) | Err(_)));
    plain.write_all(over_tls(&centre, 1).await.as_bytes()).await.unwrap();
    for stream in [&mut silent, &mut plain] {
        let closed =
            tokio::time::timeout(SOON, async { while !matches!(stream.read(&mut piece).await, Ok(0) | Err(_)) {} });
        closed.await.expect("closed");
    }
    centre.connections(0).await;
}
