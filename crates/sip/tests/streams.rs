//! SIP over TCP: framing, limits and slow peers (RFC 3261 §18.3).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

mod support;

use std::net::SocketAddr;
use std::time::Duration;

use domain::Cause;
use sip::{SipConfig, SipEvent};
use support::{Centre, RTP, Raw, SOON, header, tag};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

/// A connection that writes exactly what it is told.
struct Wire {
    stream: tokio::net::TcpStream,
    heard: Vec<u8>,
}

impl Wire {
    async fn from(bind: &str, centre: &Centre) -> Wire {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(bind.parse().unwrap()).unwrap();
        Wire { stream: socket.connect(centre.address()).await.unwrap(), heard: Vec::new() }
    }

    async fn open(centre: &Centre) -> Wire {
        Wire::from("127.0.0.1:0", centre).await
    }

    async fn say(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
    }

    /// The next message, without a body or with a description.
    async fn hear(&mut self) -> String {
        tokio::time::timeout(SOON, async {
            loop {
                let text = String::from_utf8_lossy(&self.heard).into_owned();
                if let Some(head) = text.find("\r\n\r\n") {
                    let length: usize = header(&text[..head], "Content-Length").unwrap().parse().unwrap();
                    if text.len() >= head + 4 + length {
                        self.heard.drain(..head + 4 + length);
                        return text[..head + 4 + length].to_owned();
                    }
                }
                let mut piece = [0; 4_096];
                let length = self.stream.read(&mut piece).await.unwrap();
                assert!(length > 0, "closed after {text:?}");
                self.heard.extend_from_slice(&piece[..length]);
            }
        })
        .await
        .expect("a message")
    }

    /// Waits until the far side closes.
    async fn closed(&mut self) {
        let mut piece = [0; 4_096];
        let closed = tokio::time::timeout(SOON, async {
            while !matches!(self.stream.read(&mut piece).await, Ok(0) | Err(_)) {}
        });
        closed.await.expect("closed");
    }

    fn local(&self) -> SocketAddr {
        self.stream.local_addr().unwrap()
    }
}

async fn quick(change: impl FnOnce(&mut SipConfig)) -> Centre {
    Centre::with(64, |config| {
        config.limits.message_time_max = Duration::from_millis(200);
        config.limits.connection_idle_max = Duration::from_secs(4);
        config.limits.stranger_idle_max = Duration::from_millis(400);
        change(config);
    })
    .await
}

/// What a raw peer would send over UDP, for this connection.
async fn invite(centre: &Centre, wire: &Wire) -> String {
    let raw = Raw::new(centre).await;
    raw.invite(1, "tcp")
        .replace("SIP/2.0/UDP", "SIP/2.0/TCP")
        .replace(&raw.local().to_string(), &wire.local().to_string())
}

#[tokio::test]
async fn a_call_over_a_connection_is_answered_and_ended_over_it_whatever_the_pieces() {
    let mut centre = Centre::start().await;
    let mut wire = Wire::open(&centre).await;
    let invite = invite(&centre, &wire).await;
    for piece in invite.as_bytes().chunks(97) {
        wire.stream.write_all(piece).await.unwrap();
        tokio::task::yield_now().await;
    }
    assert!(wire.hear().await.starts_with("SIP/2.0 100 "));
    let leg = centre.arrival().await;
    centre.sip.answer(leg, RTP.parse().unwrap());
    let ok = wire.hear().await;
    assert!(ok.starts_with("SIP/2.0 200 ") && header(&ok, "Contact").unwrap().ends_with(";transport=tcp>"), "{ok}");
    let ack = invite.split("Content-Type").next().unwrap().replace("INVITE", "ACK").replacen(
        &format!("To: {}", header(&invite, "To").unwrap()),
        &format!("To: {}", header(&ok, "To").unwrap()),
        1,
    );
    // Two messages in one piece, with a keep-alive before them.
    wire.say(&format!(
        "\r\n\r\n{ack}Content-Length: 0\r\n\r\n{}Content-Length: 0\r\n\r\n",
        ack.replace("ACK", "OPTIONS")
    ))
    .await;
    assert_eq!(centre.event().await, SipEvent::Answered { leg });
    let mut pong = [0; 2];
    wire.stream.read_exact(&mut pong).await.unwrap();
    assert_eq!(&pong, b"\r\n");
    assert!(wire.hear().await.starts_with("SIP/2.0 200 "));
    centre.sip.release(leg, Cause::Normal);
    let bye = wire.hear().await;
    assert!(bye.starts_with("BYE ") && bye.contains("Via: SIP/2.0/TCP "), "{bye}");
    assert_eq!(tag(&ok), header(&bye, "From").unwrap().split_once(";tag=").unwrap().1);
}

#[tokio::test]
async fn who_sends_byte_by_byte_or_no_sip_is_cut_off() {
    let centre = quick(|_| {}).await;
    let mut slow = Wire::open(&centre).await;
    let mut noise = Wire::open(&centre).await;
    let mut giant = Wire::open(&centre).await;
    noise.say("GET / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n").await;
    noise.closed().await;
    giant.say(&format!("INVITE sip:x SIP/2.0\r\nX: {}", "y".repeat(20_000))).await;
    giant.closed().await;
    // It would take three seconds for its message and is given a fifth of one.
    let mut written = 0;
    for byte in "OPTIONS sip:h SIP/2.0\r\n".repeat(7).bytes() {
        if slow.stream.write_all(&[byte]).await.is_err() {
            break;
        }
        written += 1;
        support::drip().await;
    }
    assert!(written < 150, "{written} bytes were taken");
    slow.closed().await;
    centre.connections(0).await;
}

#[tokio::test]
async fn connections_are_counted_by_address_and_in_all() {
    let centre = quick(|config| {
        config.limits.connections_per_address_max = 3;
        config.limits.connections_max = 5;
        config.limits.stranger_idle_max = Duration::from_secs(60);
    })
    .await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(Wire::from("127.0.0.2:0", &centre).await);
    }
    Wire::from("127.0.0.2:0", &centre).await.closed().await;
    for _ in 0..2 {
        held.push(Wire::from("127.0.0.3:0", &centre).await);
    }
    Wire::from("127.0.0.4:0", &centre).await.closed().await;
    assert_eq!(centre.sip.census().await.connections, 5);
    held.truncate(1);
    centre.connections(1).await;
    let _again = Wire::from("127.0.0.4:0", &centre).await;
}

#[tokio::test]
async fn a_trunks_connection_outlives_a_strangers() {
    let centre = quick(|_| {}).await;
    let mut trunk = Wire::open(&centre).await;
    let mut stranger = Wire::from("127.0.0.2:0", &centre).await;
    let options = invite(&centre, &trunk).await.split("Content-Type").next().unwrap().replace("INVITE", "OPTIONS");
    let options = format!("{options}Content-Length: 0\r\n\r\n");
    trunk.say(&options).await;
    assert!(trunk.hear().await.starts_with("SIP/2.0 200 "));
    stranger.say(&options).await;
    assert!(stranger.hear().await.starts_with("SIP/2.0 403 "));
    // Who has proved nothing may be silent for a tenth of the time.
    stranger.closed().await;
    trunk.say(&options).await;
    assert!(trunk.hear().await.starts_with("SIP/2.0 200 "));
}
