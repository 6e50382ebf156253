//! HTTPS over real sockets: which certificate is shown, when it changes, and what becomes of plain HTTP.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::Utc;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use tokio::sync::watch;

use super::house::*;
use super::service::{fixture, given, open};
use crate::tls::{TlsConfig, certificate_facts};
use crate::{ApiConfig, Listening};

/// Longest wait for a server that was told to stop.
const STOPPED_MAX: Duration = Duration::from_secs(20);

/// 2027-01-15, when the given certificate is good.
const IN_2027: Utc = Utc(1_800_000_000_000_000);

type Tls = StreamOwned<ClientConnection, TcpStream>;

/// What the caller takes for the time.
#[derive(Debug)]
struct At(Utc);

impl TimeProvider for At {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_micros(self.0.0.try_into().unwrap())))
    }
}

/// A connection to `localhost` at a moment, that trusts `certificate` and nothing else.
fn dial(address: SocketAddr, certificate: &Path, now: Utc) -> Result<Tls, std::io::Error> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(certificate).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_details(provider, Arc::new(At(now)))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let mut tls = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    let mut tcp = TcpStream::connect(address)?;
    while tls.is_handshaking() {
        tls.complete_io(&mut tcp)?;
    }
    Ok(StreamOwned::new(tls, tcp))
}

/// One answer of a connection that stays open: up to the end of its body, which health never has longer than this.
fn health_of(stream: &mut Tls) -> String {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = String::new();
    let mut piece = [0; 4_096];
    while !answer.contains("}") {
        let read = stream.read(&mut piece).unwrap();
        assert_ne!(read, 0, "the connection was cut after {answer}");
        answer.push_str(&String::from_utf8_lossy(&piece[..read]));
    }
    answer
}

fn ask_plain(address: SocketAddr, request: &str) -> String {
    let mut tcp = TcpStream::connect(address).unwrap();
    write!(tcp, "{request} HTTP/1.1\r\nHost: cc.lan\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    let _ = tcp.read_to_string(&mut answer);
    answer
}

async fn stopped(stop: watch::Sender<bool>, served: tokio::task::JoinHandle<Result<(), crate::ServeError>>) {
    stop.send(true).unwrap();
    tokio::time::timeout(STOPPED_MAX, served).await.unwrap().unwrap().unwrap();
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test]
async fn with_a_certificate_it_speaks_tls_and_stops_in_order() {
    let house = House::build().await;
    let (listening, stop) = open(&house, given("localhost.pem")).unwrap();
    let address = listening.address().unwrap();
    let served = tokio::spawn(listening.run());
    let answer = blocking(move || health_of(&mut dial(address, &fixture("localhost.pem"), IN_2027).unwrap())).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("strict-transport-security: max-age=31536000\r\n"), "{answer}");
    stopped(stop, served).await;
    assert!(TcpStream::connect(address).is_err());
}

/// A server with a certificate of its own making.
struct Own {
    house: House,
    dir: tempfile::TempDir,
}

impl Own {
    async fn build() -> Own {
        Own { house: House::build().await, dir: tempfile::tempdir().unwrap() }
    }

    fn open(&self, names: &[&str], redirect: bool) -> (Listening, watch::Sender<bool>) {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let tls = TlsConfig::Generated { dir: self.dir.path().to_owned(), names };
        let redirect_bind = redirect.then(|| SocketAddr::from(([127, 0, 0, 1], 0)));
        let config = ApiConfig { tls, redirect_bind, ..config() };
        let (stop, stopping) = watch::channel(false);
        let House { app, store, floor, clock, .. } = &self.house;
        let recordings = app.recordings.clone();
        (Listening::open(config, store.clone(), recordings, floor.clone(), clock.clone(), stopping).unwrap(), stop)
    }

    fn certificate(&self) -> PathBuf {
        self.dir.path().join("certificate.pem")
    }
}

#[tokio::test]
async fn without_one_it_makes_its_own_and_promises_nothing_for_ever() {
    let own = Own::build().await;
    let (listening, stop) = own.open(&["localhost"], false);
    let address = listening.address().unwrap();
    let shown = listening.certificates().unwrap().facts();
    assert_eq!(shown, certificate_facts(&own.certificate()).unwrap());
    assert_eq!(shown.fingerprint().len(), 32 * 3 - 1);
    let served = tokio::spawn(listening.run());
    let certificate = own.certificate();
    let answer = blocking(move || health_of(&mut dial(address, &certificate, MORNING).unwrap())).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(!answer.contains("strict-transport-security"), "{answer}");
    stopped(stop, served).await;
}

#[tokio::test]
async fn a_new_certificate_is_shown_to_new_connections_and_open_ones_live_on() {
    let own = Own::build().await;
    let (listening, stop) = own.open(&["localhost"], false);
    let address = listening.address().unwrap();
    let keeper = listening.certificates().unwrap();
    let served = tokio::spawn(listening.run());
    let first = own.certificate();
    let old = own.dir.path().join("old.pem");
    std::fs::copy(&first, &old).unwrap();
    let trusted = old.clone();
    let mut before = blocking(move || dial(address, &trusted, MORNING).unwrap()).await;

    // Nearly over: the next look renews it.
    let later = Utc(MORNING.0 + 380 * 86_400_000_000);
    keeper.refresh(later);
    assert_ne!(keeper.facts(), certificate_facts(&old).unwrap());
    let certificate = own.certificate();
    let (answer, refused, new) = blocking(move || {
        let answer = health_of(&mut before);
        let refused = dial(address, &old, MORNING).is_err();
        (answer, refused, health_of(&mut dial(address, &certificate, later).unwrap()))
    })
    .await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(refused, "the old certificate is still shown");
    assert!(new.starts_with("HTTP/1.1 200 OK\r\n"), "{new}");
    stopped(stop, served).await;
}

#[tokio::test]
async fn given_files_are_read_again_and_bad_ones_leave_the_old_in_use() {
    let own = Own::build().await;
    let (_made, _stop) = own.open(&["localhost"], false);
    let dir = tempfile::tempdir().unwrap();
    let (certificate, key) = (dir.path().join("c.pem"), dir.path().join("k.pem"));
    std::fs::copy(fixture("localhost.pem"), &certificate).unwrap();
    std::fs::copy(fixture("localhost.key"), &key).unwrap();
    let source = TlsConfig::Given { certificate: certificate.clone(), key: key.clone() };
    let keeper = crate::tls::Keeper::open(source, MORNING).unwrap().unwrap();
    let first = keeper.facts();

    // Half of a change: the certificate is new and the key is not.
    std::fs::copy(own.certificate(), &certificate).unwrap();
    keeper.refresh(MORNING);
    assert!(keeper.is_stuck());
    assert_eq!(keeper.facts(), first);
    std::fs::copy(own.dir.path().join("key.pem"), &key).unwrap();
    keeper.refresh(MORNING);
    assert!(!keeper.is_stuck());
    assert_eq!(keeper.facts(), certificate_facts(&own.certificate()).unwrap());
    std::fs::remove_file(&certificate).unwrap();
    keeper.refresh(MORNING);
    assert!(keeper.is_stuck());
}

#[tokio::test]
async fn plain_http_is_sent_to_https_on_both_ports_and_secrets_are_turned_away() {
    let own = Own::build().await;
    let (listening, stop) = own.open(&["localhost"], true);
    let (address, redirect) = (listening.address().unwrap(), listening.redirect_address().unwrap());
    let served = tokio::spawn(listening.run());
    let answers = blocking(move || {
        [address, redirect]
            .map(|at| ["GET /desk?x=1", "POST /api/v1/session", "GET /healthz"].map(|request| ask_plain(at, request)))
    })
    .await;
    let place = format!("location: https://cc.lan:{}/desk?x=1\r\n", address.port());
    for [page, secret, health] in answers {
        assert!(page.starts_with("HTTP/1.1 307") && page.contains(&place), "{page}");
        assert!(secret.starts_with("HTTP/1.1 400") && secret.contains("HTTPS only"), "{secret}");
        assert!(health.starts_with("HTTP/1.1 200"), "{health}");
    }
    stopped(stop, served).await;
}

#[tokio::test]
async fn tls_below_1_2_is_refused() {
    let own = Own::build().await;
    let (listening, stop) = own.open(&["localhost"], false);
    let address = listening.address().unwrap();
    let served = tokio::spawn(listening.run());
    // A ClientHello of TLS 1.1 with one suite of its time, written by hand (RFC 4346 §7.4.1.2).
    let answer = blocking(move || {
        let mut body = vec![3, 2];
        body.extend([7; 32]);
        body.extend([0, 0, 2, 0xc0, 0x13, 1, 0]);
        let length = u8::try_from(body.len()).unwrap();
        let mut hello = vec![22, 3, 1, 0, length + 4, 1, 0, 0, length];
        hello.extend(body);
        let mut tcp = TcpStream::connect(address).unwrap();
        tcp.write_all(&hello).unwrap();
        let mut answer = Vec::new();
        let _ = tcp.read_to_end(&mut answer);
        answer
    })
    .await;
    // RFC 8446 §6: an alert record, fatal; 70 is protocol_version, 40 handshake_failure.
    assert_eq!(answer.first(), Some(&21), "{answer:?}");
    assert!(matches!(answer.get(5..7), Some([2, 70 | 40])), "{answer:?}");
    stopped(stop, served).await;
}
