//! A leg: one device's connection, with what is known of it in both directions.

mod rtp;
mod web;

pub use rtp::RtpParams;
pub(crate) use rtp::{Payload, RtpLeg};
pub(crate) use web::{Epoch, WebIdentity, WebLeg, WebOutput, receive_of, stun_target};

use domain::input::Quality;
use domain::room::{Digits, Listening, SilenceWatch};
use domain::{LegId, Mono, RoomId};

use crate::Stretch;
use crate::codec::{Format, SLOT, SLOT_MS};
use crate::coder::Coder;
use crate::course::{Course, Standing, Turn};
use crate::digits::DigitSender;
use crate::dtmf::KeyReceiver;
use crate::echo::EchoLine;
use crate::feedback::Feedback;
use crate::jitter::JitterBuffer;
use crate::key_tones::KeyEar;
use crate::listening::Listener;
use crate::outlet::{FeedKey, Outlet, PAUSE};
use crate::reception::Reception;
use crate::silence::Hush;
use crate::tap::{LegTap, SourceClock};

/// How the device is connected.
#[derive(Debug)]
pub(crate) enum Device {
    /// Plain RTP on a socket of its own.
    Rtp(Box<RtpLeg>),
    /// A browser on the shared port.
    Web(Box<WebLeg>),
}

/// Somebody who gets a leg's packets as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ear {
    pub(crate) slot: usize,
    pub(crate) translate: bool,
}

/// What a leg is fed with, in a form that costs nothing to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fed {
    Silence,
    /// By packets of another leg, when they come.
    Packets(usize),
    /// By the room's slots: plays and mixes.
    Slots,
}

/// One leg. Its fields are its two directions, so there are more of them than usual.
#[derive(Debug)]
pub(crate) struct Leg {
    pub(crate) id: LegId,
    pub(crate) device: Device,
    /// What travels on it, once that is known.
    pub(crate) format: Option<Format>,
    /// Between the house and a wire that speaks no law.
    pub(crate) coder: Option<Box<Coder>>,
    pub(crate) digits: Digits,
    pub(crate) outlet: Outlet,
    pub(crate) fed: Fed,
    pub(crate) reception: Reception,
    /// What the device says of what it gets.
    pub(crate) feedback: Feedback,
    /// How it sounded, both ways, from interval to interval.
    pub(crate) course: Course,
    /// What was counted before it came into its room.
    before: Quality,
    pub(crate) keys: KeyReceiver,
    /// Listens for keys in its sound, when they are waited for and cannot come in another way.
    pub(crate) key_ear: Option<Box<KeyEar>>,
    /// The keys being sent to it, while there are any.
    pub(crate) digits_out: Option<Box<DigitSender>>,
    /// A telephone event of another leg that keys of ours cut off or kept away.
    cut_event: Option<(FeedKey, u32)>,
    /// Counts the sources the leg had, so that destinations see a change.
    pub(crate) sources: u32,
    /// Who gets its packets, and who hears it in a mix.
    pub(crate) relays: Vec<Ear>,
    pub(crate) mixes: Vec<usize>,
    pub(crate) jitter: Option<Box<JitterBuffer>>,
    /// Half a second of its sound, while it hears itself.
    pub(crate) echo: Option<Box<EchoLine>>,
    /// Listens for silence, when the plan says so.
    pub(crate) hush: Option<Hush>,
    /// Listens for its first sound and for tones, when the plan says so.
    pub(crate) listener: Option<Box<Listener>>,
    /// Where its packets are kept, while they are.
    pub(crate) tap: Option<LegTap>,
}

impl Leg {
    pub(crate) fn new(id: LegId, device: Device, outlet: Outlet) -> Leg {
        Leg {
            id,
            device,
            format: None,
            coder: None,
            digits: Digits::Report,
            outlet,
            fed: Fed::Silence,
            reception: Reception::default(),
            feedback: Feedback::default(),
            course: Course::default(),
            before: Quality::default(),
            keys: KeyReceiver::default(),
            key_ear: None,
            digits_out: None,
            cut_event: None,
            sources: 0,
            relays: Vec::new(),
            mixes: Vec::new(),
            jitter: None,
            echo: None,
            hush: None,
            listener: None,
            tap: None,
        }
    }

    /// Nobody hears it and it hears nobody.
    pub(crate) fn detach(&mut self) {
        self.treat_digits(Digits::Report);
        self.feed(Fed::Silence);
        self.relays.clear();
        self.mixes.clear();
        self.jitter = None;
        self.echo = None;
        self.hush = None;
        self.listener = None;
        self.tap = None;
    }

    /// What becomes of its keys. Those that are waited for are sought in the sound of a telephone that agreed on no events for them.
    pub(crate) fn treat_digits(&mut self, digits: Digits) {
        self.digits = digits;
        let has_no_events = match &self.device {
            Device::Rtp(rtp) => rtp.params().is_some_and(|params| params.dtmf_payload_type.is_none()),
            Device::Web(_) => false,
        };
        if digits != Digits::Collect || !has_no_events {
            self.key_ear = None;
        } else if self.key_ear.is_none() {
            self.key_ear = Some(Box::default());
        }
    }

    /// Begins to listen for silence, goes on, or stops.
    pub(crate) fn watch_silence(&mut self, watch: Option<SilenceWatch>) {
        let after = watch.filter(|watch| watch.leg == self.id).map(|watch| watch.after);
        if self.hush.map(|hush| hush.after()) != after {
            self.hush = after.map(Hush::new);
        }
    }

    /// Begins to listen to it, goes on, or stops.
    pub(crate) fn listen(&mut self, listening: Option<Listening>) {
        let wanted = listening.filter(|listening| listening.leg == self.id);
        match (wanted, self.listener.as_mut()) {
            (Some(Listening { tones, .. }), Some(listener)) => listener.go_on(tones),
            (Some(Listening { tones, .. }), None) => self.listener = Some(Box::new(Listener::new(tones))),
            (None, _) => self.listener = None,
        }
    }

    /// It is fed with something, perhaps something else than before.
    pub(crate) fn feed(&mut self, fed: Fed) {
        if self.fed != fed {
            self.fed = fed;
            self.outlet.cut();
        }
    }

    /// What travels on it was agreed on.
    pub(crate) fn set_format(&mut self, format: Format) {
        self.format = Some(format);
        if self.coder.as_ref().map(|coder| coder.wide()) != format.wide {
            self.coder = format.wide.map(|wide| Box::new(Coder::new(wide)));
        }
    }

    /// A timestamp of the wire in the house's time.
    pub(crate) fn house_time(&mut self, timestamp: u32) -> u32 {
        self.coder.as_mut().map_or(timestamp, |coder| coder.house_time(timestamp))
    }

    /// What follows comes from another source.
    pub(crate) fn change_source(&mut self) {
        if let Some(coder) = self.coder.as_mut() {
            coder.forget_source();
        }
        self.sources = self.sources.wrapping_add(1);
        self.reception.change_source();
        self.keys.reset();
        if let Some(ear) = self.key_ear.as_mut() {
            **ear = KeyEar::default();
        }
        if let Some(tap) = self.tap.as_mut() {
            tap.clock = SourceClock::default();
        }
        if let Some(jitter) = self.jitter.as_mut() {
            jitter.change_source();
        }
    }

    /// Somebody hears it in a mix of which the next slot is due at `read_at`.
    pub(crate) fn even_out(&mut self, read_at: Mono) {
        let Quality { packets_received, jitter_us, .. } = self.reception.quality();
        self.jitter.get_or_insert_with(|| Box::new(JitterBuffer::new(read_at, packets_received, jitter_us)));
    }

    pub(crate) fn feed_key(&self, slot: usize) -> FeedKey {
        FeedKey(((slot as u64) << 32) | u64::from(self.sources))
    }

    /// What its audio was like so far.
    pub(crate) fn quality(&self) -> Quality {
        let heard = self.feedback.heard();
        let (mos_hundredths, mos_hundredths_min) = self.course.scores();
        Quality {
            packets_sent: self.outlet.sent().0,
            round_trip_us: self.feedback.round_trip_mean_us(),
            peer_packets_lost: heard.map(|heard| heard.lost),
            peer_jitter_us: heard.map(|heard| heard.jitter_us),
            mos_hundredths,
            mos_hundredths_min,
            ..self.reception.quality()
        }
    }

    /// It comes into a room: what follows is a stretch of its own.
    pub(crate) fn begin_stretch(&mut self, now: Mono) {
        self.before = self.quality();
        self.course.begin_afresh(now);
    }

    /// How it was since it came into `room`; `None` when no sound could flow.
    pub(crate) fn stretch(&self, room: RoomId) -> Option<Stretch> {
        let began = self.course.since()?;
        let (all, before) = (self.quality(), self.before);
        let (mos_hundredths, mos_hundredths_min) = self.course.scores_here();
        let (samples, interval) = self.course.samples();
        let since = |lost: u64| lost.saturating_sub(before.peer_packets_lost.unwrap_or(0));
        let quality = Quality {
            packets_received: all.packets_received.saturating_sub(before.packets_received),
            packets_sent: all.packets_sent.saturating_sub(before.packets_sent),
            packets_lost: all.packets_lost.saturating_sub(before.packets_lost),
            peer_packets_lost: all.peer_packets_lost.map(since),
            mos_hundredths,
            mos_hundredths_min,
            ..all
        };
        Some(Stretch { leg: self.id, room, began, interval, samples: samples.to_vec(), quality })
    }

    /// Ends an interval of its course.
    pub(crate) fn turn(&mut self, now: Mono) -> Turn {
        let counted = self.reception.quality();
        let standing = Standing {
            received: counted.packets_received,
            lost: counted.packets_lost,
            gaps: self.reception.gaps(),
            jitter_us: counted.jitter_us,
            heard: self.feedback.heard(),
            round_trip_us: self.feedback.round_trip_us(),
            packet_ms: self.format.map_or(SLOT_MS, |format| format.ptime_ms),
        };
        self.course.turn(now, standing)
    }

    /// When it is to get silence, unless something is sent to it before; `None` until something was.
    pub(crate) fn silence_due(&self) -> Option<Mono> {
        let filling = matches!(self.fed, Fed::Packets(_)) && self.outlet.is_own_run();
        // A source that pauses is given the time in which it could come back unnoticed.
        let patience = if self.fed == Fed::Silence || filling { SLOT } else { PAUSE };
        self.outlet.last_at().map(|at| at + patience)
    }

    /// Whether a key is being sent to it at `at`, so that it hears nothing else.
    pub(crate) fn is_keyed(&self, at: Mono) -> bool {
        self.digits_out.as_ref().is_some_and(|sender| sender.holds(at))
    }

    /// Whether a telephone event of another leg is kept from it: two people's keys would get mixed up, and the rest of an event
    /// would be taken for another press.
    pub(crate) fn refuses_event(&mut self, feed: FeedKey, timestamp: u32) -> bool {
        let event = Some((feed, timestamp));
        if self.digits_out.is_some() {
            self.cut_event = event;
        }
        self.cut_event == event
    }

    /// Whether its packets have to be decoded: somebody listens to it, keeps it or gets it in another codec.
    pub(crate) fn is_decoded(&self) -> bool {
        let is_listened_to = self.hush.is_some() || self.listener.is_some() || self.key_ear.is_some();
        is_listened_to || self.tap.is_some() || self.jitter.is_some() || self.relays.iter().any(|ear| ear.translate)
    }

    /// Whether anything may be sent to it.
    pub(crate) fn takes_sound(&self) -> bool {
        match &self.device {
            Device::Rtp(rtp) => rtp.sends(),
            Device::Web(web) => web.is_connected(),
        }
    }
}
