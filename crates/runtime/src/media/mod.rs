//! The media thread: one plain thread that moves datagrams between sockets and [`media::MediaPlane`].
//!
//! ```text
//!  MediaHandle ──Command──► ring (bounded, eventfd) ──► media thread ──► dispatcher thread ──► the caller's `events`
//!                                                        │  epoll: one RTP and one RTCP socket per telephone leg,
//!                                                        │  one port for all browsers; drained, handled, sent at once
//! ```
//!
//! The thread never waits for anybody: commands are taken as they are, events go through a queue to a thread of their own.
//! Sounds are fetched by whoever hands a plan over. Start with [`MediaHandle`]; the loop is in `thread.rs`.

mod dispatch;
mod ports;
mod ring;
mod thread;
mod watch;

use std::io;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use domain::{Key, LegId, RoomId, RoomPlan};
use tokio::sync::oneshot;

pub use ::media::{
    Codec, Counters, DIGITS_MAX, MediaCensus, MediaError, MediaEvent, QualityFigures, RtpParams,
    SCORE_BOUNDS_HUNDREDTHS, Sounds, Stretch,
};

use ::media::{LoadedPlan, TapPacket};
use ring::{Command, Ring};

/// Where the media thread listens.
#[derive(Clone, Debug)]
pub struct MediaThreadConfig {
    /// The address of all sockets. Unspecified (`0.0.0.0`, `::`): telephone legs listen on every interface, browsers on each advertised address.
    pub bind: IpAddr,
    /// Addresses by which browsers reach us; empty means `bind`.
    pub advertised: Vec<IpAddr>,
    /// UDP ports. The first is the browsers' shared port; telephone legs get the even ones above it, and the odd one after each for RTCP.
    pub rtp_ports: RangeInclusive<u16>,
}

/// Packets since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MediaFigures {
    /// Datagrams that came.
    pub received: u64,
    /// Datagrams that left.
    pub sent: u64,
    /// Datagrams the system would not take.
    pub unsent: u64,
    /// Of those that came, what was dropped and why.
    pub dropped: Counters,
    /// How legs sound.
    pub quality: QualityFigures,
}

/// Takes the sound of one packet for a recording and gives back a buffer.
pub type Keep = Box<dyn FnMut(TapPacket) -> Vec<u8> + Send>;

/// What others may ask of the media thread. Cheap to clone; the thread ends with [`MediaHandle::stop`] or the last handle.
#[derive(Clone)]
pub struct MediaHandle {
    shared: Arc<Shared>,
}

struct Shared {
    ring: Arc<Ring>,
    sounds: Arc<dyn Sounds>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.ring.push(Command::Stop);
    }
}

impl std::fmt::Debug for MediaHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MediaHandle")
    }
}

impl MediaHandle {
    /// Binds the browsers' port and starts the thread. `events` runs on a thread of its own and may take its time. `keep` takes sound for
    /// recordings on the media thread, must not wait, and gives back a buffer to use again.
    pub fn start(
        config: MediaThreadConfig,
        sounds: Arc<dyn Sounds>,
        events: Box<dyn Fn(MediaEvent) + Send>,
        keep: Keep,
    ) -> io::Result<MediaHandle> {
        let events = dispatch::start(events)?;
        let (ring, thread) = thread::start(config, events, keep)?;
        Ok(MediaHandle { shared: Arc::new(Shared { ring, sounds, thread: Mutex::new(Some(thread)) }) })
    }

    /// Binds a port for a telephone leg; gives the RTP port.
    pub async fn reserve_rtp(&self, leg: LegId) -> Result<u16, MediaError> {
        self.ask(|reply| Command::ReserveRtp { leg, reply }).await
    }

    /// Begins the audio of a reserved leg, or changes it after a renegotiation.
    pub fn open_rtp(&self, leg: LegId, params: RtpParams) {
        self.shared.ring.push(Command::OpenRtp { leg, params });
    }

    /// The call of a telephone leg is up; from here on its peer is missed when it sends nothing at all.
    pub fn answered(&self, leg: LegId) {
        self.shared.ring.push(Command::Answered(leg));
    }

    /// Makes a browser leg from its SDP offer; gives the SDP answer.
    pub async fn open_webrtc(&self, leg: LegId, offer: String) -> Result<String, MediaError> {
        self.ask(|reply| Command::OpenWeb { leg, offer, reply }).await
    }

    /// Makes the room so. Asks `Sounds` on the caller's thread for what the plays need.
    pub fn set_room(&self, plan: RoomPlan) {
        let loaded = LoadedPlan::load(plan, &*self.shared.sounds);
        self.shared.ring.push(Command::SetRoom(loaded));
    }

    /// Ends the room: its plays stop, its legs hear silence.
    pub fn close_room(&self, room: RoomId) {
        self.shared.ring.push(Command::CloseRoom(room));
    }

    /// Sends keys to a telephone leg, one after another and after those in waiting, as telephone events or, where none were agreed on,
    /// as tones; meanwhile it hears nothing else. A key takes 180 ms. Nothing comes of it for a browser's leg and for one that is not
    /// there; keys beyond [`DIGITS_MAX`] in waiting, and those to a leg that takes no sound, are dropped and counted in
    /// [`Counters::digits`].
    pub fn send_digits(&self, leg: LegId, keys: Vec<Key>) {
        self.shared.ring.push(Command::SendDigits { leg, keys });
    }

    /// Ends the leg; answered by [`MediaEvent::LegGone`] when there was such a leg.
    pub fn close_leg(&self, leg: LegId) {
        self.shared.ring.push(Command::CloseLeg(leg));
    }

    /// What is there; nothing when the thread has stopped.
    pub async fn census(&self) -> MediaCensus {
        self.ask(|reply| Command::Census { reply }).await.unwrap_or_default()
    }

    /// Packets so far; `None` when the thread has stopped or is asked too much.
    pub async fn figures(&self) -> Option<MediaFigures> {
        self.ask(|reply| Command::Figures { reply }).await.ok()
    }

    /// How legs sounded since each came into its room; nothing of those that are in none, or whose sound cannot flow yet. Meant for the few
    /// legs of one conversation: what is asked is copied on the media thread.
    pub async fn stretches(&self, legs: Vec<LegId>) -> Vec<Stretch> {
        self.ask(|reply| Command::Stretches { legs, reply }).await.unwrap_or_default()
    }

    /// The score of every leg in the last interval that could be rated, hundredths.
    pub async fn scores(&self) -> Vec<(LegId, u16)> {
        self.ask(|reply| Command::Scores { reply }).await.unwrap_or_default()
    }

    /// Ends all legs, which browsers see at once, and waits for the thread.
    pub fn stop(self) {
        self.shared.ring.push(Command::Stop);
        let thread = self.shared.thread.lock().map(|mut thread| thread.take());
        if let Ok(Some(thread)) = thread {
            let _ = thread.join();
        }
    }

    async fn ask<T>(
        &self,
        command: impl FnOnce(oneshot::Sender<Result<T, MediaError>>) -> Command,
    ) -> Result<T, MediaError> {
        let (reply, answer) = oneshot::channel();
        self.shared.ring.push(command(reply));
        // A dropped reply: the thread has stopped.
        answer.await.unwrap_or(Err(MediaError::Stopped))
    }
}

#[cfg(test)]
mod tests;
