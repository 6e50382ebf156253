//! The phone as a device of the server: registering, over UDP or one TCP connection, and staying registered.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use crate::digest::{Account, Algorithm, prove};
use crate::message::{Message, Start};
use crate::phone::{Arrivals, Shared, take};

const T1: Duration = Duration::from_millis(500);
/// How long an answer to REGISTER is waited for.
const ANSWER_MAX: Duration = Duration::from_secs(8);
/// Between attempts to come back after the server was gone.
const RETRY: Duration = Duration::from_secs(1);

/// What carries the signalling of a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Datagrams from the phone's port.
    #[default]
    Udp,
    /// One connection, opened by the phone.
    Tcp,
    /// The same with TLS; calls are encrypted wherever the server offers a key.
    Tls,
}

/// Where and as whom to register.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// The server's SIP address.
    pub registrar: SocketAddr,
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
    /// What carries it.
    #[serde(default)]
    pub transport: Transport,
    /// For TLS: PEM file with the certificate the server shows, the only one that is believed.
    #[serde(default)]
    pub tls_ca: Option<PathBuf>,
    /// Which challenge is answered.
    #[serde(default)]
    pub algorithm: Algorithm,
    /// Seconds asked for; it is renewed at half of them.
    #[serde(default = "an_hour")]
    pub expires_s: u32,
}

fn an_hour() -> u32 {
    3_600
}

/// Registers once and gives the time until it must be renewed; `expires_s` of zero unregisters.
pub(crate) async fn register(shared: &Arc<Shared>, to: &Registration, expires_s: u32) -> Result<(), String> {
    let (mailbox, mut answers) = mpsc::unbounded_channel();
    let call_id = format!("{}@testphone", shared.token());
    shared.listen(&call_id, mailbox);
    let result = attempt(shared, to, expires_s, &call_id, &mut answers).await;
    shared.forget(&call_id);
    result
}

async fn attempt(
    shared: &Arc<Shared>,
    to: &Registration,
    expires_s: u32,
    call_id: &str,
    answers: &mut mpsc::UnboundedReceiver<(Message, SocketAddr)>,
) -> Result<(), String> {
    let uri = format!("sip:{}", to.registrar);
    let own = format!("<sip:{}@{}>", to.username, to.registrar);
    let tag = shared.token();
    let account = Account { username: to.username.clone(), password: to.password.clone(), algorithm: to.algorithm };
    let mut refusal: Option<Message> = None;
    for cseq in 1..=2 {
        let request = Message::request("REGISTER", &uri)
            .with("Via", shared.via(&shared.branch()))
            .with("Max-Forwards", "70")
            .with("From", format!("{own};tag={tag}"))
            .with("To", own.clone())
            .with("Call-ID", call_id)
            .with("CSeq", format!("{cseq} REGISTER"))
            .with("Contact", format!("<{}>", shared.contact()))
            .with("Expires", expires_s.to_string())
            .with("User-Agent", "testphone");
        let request = match &refusal {
            Some(refusal) => prove(request, refusal, &uri, &account, &shared.token())
                .ok_or_else(|| "the challenge has none of our algorithms".to_owned())?,
            None => request,
        };
        let answer = ask(shared, &request, to.registrar, answers).await?;
        match &answer.start {
            Start::Response { code: 200..300, .. } => return Ok(()),
            Start::Response { code: 401 | 407, .. } => refusal = Some(answer),
            Start::Response { code, phrase } => return Err(format!("{code} {phrase}")),
            Start::Request { .. } => return Err("a request instead of an answer".to_owned()),
        }
    }
    Err("401 again: the password is refused".to_owned())
}

/// Sends until something comes back.
async fn ask(
    shared: &Arc<Shared>,
    request: &Message,
    to: SocketAddr,
    answers: &mut mpsc::UnboundedReceiver<(Message, SocketAddr)>,
) -> Result<Message, String> {
    let until = Instant::now() + ANSWER_MAX;
    let mut pause = T1;
    while Instant::now() < until {
        shared.send(&request.encode(), to);
        match timeout(pause, answers.recv()).await {
            Ok(Some((answer, _))) if answer.branch() == request.branch() => return Ok(answer),
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(_) => pause *= 2,
        }
    }
    Err("the registrar does not answer".to_owned())
}

/// Stays registered: renews, and comes back when the connection or the server was gone.
pub(crate) async fn stay(shared: Arc<Shared>, to: Registration, arrivals: Arrivals) {
    let half = Duration::from_secs(u64::from(to.expires_s / 2).max(1));
    let mut due = Instant::now() + half;
    loop {
        tokio::time::sleep_until(due.min(Instant::now() + RETRY)).await;
        let is_cut = to.transport != Transport::Udp && !shared.is_connected();
        if !is_cut && Instant::now() < due {
            continue;
        }
        if is_cut && connect(&shared, &to, arrivals.clone()).await.is_err() {
            continue;
        }
        due = Instant::now() + if register(&shared, &to, to.expires_s).await.is_ok() { half } else { RETRY };
    }
}

/// Opens the connection all signalling goes over from then on.
pub(crate) async fn connect(shared: &Arc<Shared>, to: &Registration, arrivals: Arrivals) -> io::Result<()> {
    let stream = TcpStream::connect(to.registrar).await?;
    stream.set_nodelay(true)?;
    match &to.tls_ca {
        Some(ca) if to.transport == Transport::Tls => {
            let name = ServerName::from(to.registrar.ip());
            let secure = TlsConnector::from(trust(ca)?).connect(name, stream).await?;
            converse(shared, secure, to.registrar, arrivals);
        }
        Some(_) | None if to.transport == Transport::Tls => return Err(io::Error::other("tls_ca is missing")),
        Some(_) | None => converse(shared, stream, to.registrar, arrivals),
    }
    Ok(())
}

/// What the phones believe: the certificate in this file and nothing else.
pub(crate) fn trust(file: &Path) -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_file(file).map_err(io::Error::other)?;
    roots.add(certificate).map_err(io::Error::other)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Ok(Arc::new(config.map_err(io::Error::other)?.with_root_certificates(roots).with_no_client_auth()))
}

/// Reads and writes a connection until it is closed.
fn converse<S>(shared: &Arc<Shared>, stream: S, to: SocketAddr, arrivals: Arrivals)
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    let (mut reader, mut writer) = tokio::io::split(stream);
    let (writes, mut taken) = mpsc::unbounded_channel::<Vec<u8>>();
    shared.use_stream(writes);
    tokio::spawn(async move {
        while let Some(bytes) = taken.recv().await {
            if writer.write_all(&bytes).await.is_err() || writer.flush().await.is_err() {
                break;
            }
        }
        // Nobody writes any more: the other side is told.
        let _ = writer.shutdown().await;
    });
    let shared = shared.clone();
    tokio::spawn(async move {
        let mut buffer = Vec::new();
        let mut piece = vec![0; 4_096];
        while let Ok(length @ 1..) = reader.read(&mut piece).await {
            buffer.extend_from_slice(&piece[..length]);
            while let Some(message) = cut(&mut buffer) {
                take(&shared, &message, to, &arrivals).await;
            }
        }
        shared.drop_stream();
    });
}

/// The first whole message of a stream.
pub(crate) fn cut(buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    while buffer.starts_with(b"\r\n") {
        buffer.drain(..2);
    }
    let head = buffer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
    let length: usize =
        text.lines().find_map(|line| line.strip_prefix("content-length:")).map_or(Ok(0), |l| l.trim().parse()).ok()?;
    (buffer.len() >= head + length).then(|| buffer.drain(..head + length).collect())
}
