//! Agents who work in a browser, without one: the live connection of the desk, and the audio leg that is set up once and stays, with ICE and
//! DTLS as a browser has them. They take every offer at once. They say nothing, as a browser does that has no call, and what they would
//! hear is not looked at: no figure of sound is made here.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use futures::StreamExt;
use serde_json::{Value, json};
use str0m::change::SdpAnswer;
use str0m::media::{Direction, MediaKind};
use str0m::net::{Protocol, Receive};
use str0m::{Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcConfig};
use tokio::net::UdpSocket;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;

use crate::desks::{Desk, FarmAgent, connect};
use crate::http::request;

/// Agents who set up their phones at the same time.
const OPENING_MAX: usize = 32;
/// From the offer of a phone until it is connected.
const CONNECT_MAX: Duration = Duration::from_secs(15);
/// News that nobody has taken yet; each call has two.
const NEWS_MAX: usize = 65_536;

/// What happened at a desk.
#[derive(Debug)]
pub struct News {
    /// Whose: the place in the list of agents.
    pub desk: usize,
    /// The number of the customer.
    pub number: String,
    /// What.
    pub what: What,
}

/// What can happen.
#[derive(Debug)]
pub enum What {
    /// It rings; the message had arrived then.
    Offered(Instant),
    /// The agent has the call.
    Taken,
    /// The agent could not take it.
    Refused(String),
}

/// Desks with phones that stand until they are dropped.
pub struct Browsers {
    /// How many.
    pub count: usize,
    pub(crate) news: mpsc::Receiver<News>,
    pub(crate) _tasks: JoinSet<()>,
}

/// Signs every agent in at `server` (`host:port`, plain HTTP) and connects the phone; returns when all are ready for calls.
///
/// # Errors
/// When one cannot be signed in, or its phone cannot be connected.
pub async fn open(server: &str, agents: Vec<FarmAgent>) -> io::Result<Browsers> {
    let (tell, news) = mpsc::channel(NEWS_MAX);
    let (count, turns) = (agents.len(), Arc::new(Semaphore::new(OPENING_MAX)));
    let mut opening = JoinSet::new();
    for (desk, agent) in agents.into_iter().enumerate() {
        let (server, tell, turns) = (server.to_owned(), tell.clone(), Arc::clone(&turns));
        opening.spawn(async move {
            let _turn = turns.acquire().await.map_err(io::Error::other)?;
            Browser::open(server, agent.token, desk, tell).await
        });
    }
    let mut tasks = JoinSet::new();
    while let Some(opened) = opening.join_next().await {
        tasks.spawn(opened.map_err(io::Error::other)??.run());
    }
    Ok(Browsers { count, news, _tasks: tasks })
}

struct Browser {
    server: String,
    token: String,
    place: usize,
    tell: mpsc::Sender<News>,
    live: Desk,
    phone: Phone,
    /// The offer that rang last.
    offer: String,
}

impl Browser {
    async fn open(server: String, token: String, place: usize, tell: mpsc::Sender<News>) -> io::Result<Browser> {
        let live = connect(&server, &token).await.map_err(io::Error::other)?;
        let state = |state: &str| json!({ "state": state });
        request(&server, &token, "PUT", "/api/v1/me/agent/state", &state("signed_in")).await?;
        let phone = Phone::open(&server, &token).await?;
        let mut browser = Browser { server, token, place, tell, live, phone, offer: String::new() };
        let connected = timeout(CONNECT_MAX, browser.connect()).await;
        connected.map_err(|_| io::Error::other("no phone connected in time"))??;
        request(&browser.server, &browser.token, "PUT", "/api/v1/me/agent/state", &state("ready")).await?;
        Ok(browser)
    }

    /// Until the desk says that its phone is there.
    async fn connect(&mut self) -> io::Result<()> {
        loop {
            tokio::select! {
                heard = self.live.next() => match heard {
                    Some(Ok(Message::Text(text))) if has_phone(&text) => return Ok(()),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return Err(io::Error::other("the live connection ended")),
                },
                done = self.phone.turn() => done?,
            }
        }
    }

    async fn run(mut self) {
        loop {
            tokio::select! {
                heard = self.live.next() => match heard {
                    Some(Ok(Message::Text(text))) => self.hear(Instant::now(), &text),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return,
                },
                done = self.phone.turn() => if done.is_err() { return },
            }
        }
    }

    fn hear(&mut self, at: Instant, text: &str) {
        let Some((offer, number)) = offered(text).filter(|(offer, _)| *offer != self.offer) else { return };
        self.offer.clone_from(&offer);
        let (tell, desk) = (self.tell.clone(), self.place);
        // Full means that nobody counts any more.
        let _ = tell.try_send(News { desk, number: number.clone(), what: What::Offered(at) });
        let (server, token) = (self.server.clone(), self.token.clone());
        tokio::spawn(async move {
            let path = format!("/api/v1/offers/{offer}/accept");
            let what = match request(&server, &token, "POST", &path, &json!({})).await {
                Ok(_) => What::Taken,
                Err(why) => What::Refused(why.to_string()),
            };
            let _ = tell.try_send(News { desk, number, what });
        });
    }
}

/// Offer and number of the customer that a message of the live stream says to ring.
fn offered(text: &str) -> Option<(String, String)> {
    let message: Value = serde_json::from_str(text).ok()?;
    let offer = message["state"]["offers"].as_array()?.first()?;
    Some((offer["id"].as_str()?.to_owned(), offer["conversation"]["from"].as_str()?.to_owned()))
}

/// Whether a message of the live stream says that the phone is connected.
fn has_phone(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|message| message["state"]["agent"]["phone"] == true)
}

/// The phone in the page.
struct Phone {
    rtc: Rtc,
    socket: UdpSocket,
    local: SocketAddr,
    is_connected: bool,
    wake_at: Instant,
    buffer: Vec<u8>,
}

impl Phone {
    async fn open(server: &str, token: &str) -> io::Result<Phone> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let local = socket.local_addr()?;
        let config = RtcConfig::new().set_rtp_mode(true).clear_codecs().enable_pcma(true, false);
        let mut rtc = config.build(Instant::now().into_std());
        rtc.add_local_candidate(Candidate::host(local, "udp").map_err(io::Error::other)?);
        let mut changes = rtc.sdp_api();
        changes.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        let (offer, pending) = changes.apply().ok_or_else(|| io::Error::other("nothing to offer"))?;
        let offer = json!({ "sdp": offer.to_sdp_string() });
        let answer = request(server, token, "POST", "/api/v1/me/phone", &offer).await?;
        let answer =
            SdpAnswer::from_sdp_string(answer["sdp"].as_str().unwrap_or_default()).map_err(io::Error::other)?;
        rtc.sdp_api().accept_answer(pending, answer).map_err(io::Error::other)?;
        Ok(Phone { rtc, socket, local, is_connected: false, wake_at: Instant::now(), buffer: vec![0; 2_048] })
    }

    /// Takes a datagram or waits for the next moment at which something is due. May be given up at any time.
    async fn turn(&mut self) -> io::Result<()> {
        self.wake_at = self.poll()?;
        tokio::select! {
            came = self.socket.recv_from(&mut self.buffer) => {
                let (length, from) = came?;
                let bytes = &self.buffer[..length];
                // RFC 7983 §7: sound, which nobody listens to.
                if self.is_connected && bytes.first().is_some_and(|first| (128..=191).contains(first)) {
                    return Ok(());
                }
                let receive = Receive::new(Protocol::Udp, from, self.local, bytes).map_err(io::Error::other)?;
                let input = Input::Receive(Instant::now().into_std(), receive);
                self.rtc.handle_input(input).map_err(io::Error::other)
            }
            () = sleep_until(self.wake_at) => {
                self.rtc.handle_input(Input::Timeout(Instant::now().into_std())).map_err(io::Error::other)
            }
        }
    }

    /// Sends what is to be sent; gives when to look again.
    fn poll(&mut self) -> io::Result<Instant> {
        loop {
            match self.rtc.poll_output().map_err(io::Error::other)? {
                Output::Timeout(at) => return Ok(Instant::from_std(at)),
                Output::Transmit(transmit) => {
                    // A full buffer loses it, as a network would; ICE and DTLS repeat.
                    let _ = self.socket.try_send_to(&transmit.contents, transmit.destination);
                }
                Output::Event(Event::Connected) => self.is_connected = true,
                Output::Event(Event::IceConnectionStateChange(IceConnectionState::Disconnected)) => {
                    return Err(io::Error::other("the phone lost its connection"));
                }
                Output::Event(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_is_read_from_the_state_of_the_desk() {
        let ringing = r#"{"type":"update","topic":"me","state":{"offers":[{"id":"off_1","conversation":{"from":"13800000001"}}]}}"#;
        assert_eq!(offered(ringing), Some(("off_1".to_owned(), "13800000001".to_owned())));
        for quiet in [r#"{"type":"update","state":{"offers":[]}}"#, r#"{"type":"pong","at_us":1}"#, "{"] {
            assert_eq!(offered(quiet), None);
        }
    }

    #[test]
    fn the_desk_says_when_its_phone_is_there() {
        assert!(has_phone(r#"{"type":"update","state":{"agent":{"phone":true},"offers":[]}}"#));
        assert!(!has_phone(r#"{"type":"update","state":{"agent":{"phone":false},"offers":[]}}"#));
        assert!(!has_phone("{"));
    }
}
