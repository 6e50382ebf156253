//! The task of one call: one loop over orders, messages, packets and timers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior};

use super::media::{Digit, Media, Progress, Secured};
use super::signalling::{Dialog, Pending};
use super::{CallEvent, CallPlan, EventKind, Request, ToCall};
use crate::message::Message;
use crate::phone::Shared;
use crate::recording::HeardKey;
use crate::rtp::event_of;
use crate::sdp::{HoldStyle, Local, Remote};
use crate::srtp::Crypto;

/// One packet's time.
const PACE: Duration = Duration::from_millis(20);
/// How long silence after a digit is waited for.
const SILENCE_WAIT_MAX: Duration = Duration::from_secs(5);
/// Payload type of our events.
pub(super) const DTMF: u8 = 101;

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// INVITE sent; `true` after a provisional answer.
    Calling { heard: bool },
    /// Theirs, and rings here.
    Ringing,
    /// 200 sent by us, no ACK yet.
    Answering,
    /// Answered.
    Talking,
    /// BYE sent.
    Leaving,
    /// Over; questions about what was heard are still answered.
    Over,
}

/// The digit whose effect is being measured.
#[derive(Debug)]
struct Measure {
    key: char,
    started: Instant,
    quiet: Duration,
    was_loud: bool,
}

/// What an actor starts from.
pub(crate) struct Setup {
    pub(crate) shared: Arc<Shared>,
    pub(crate) plan: CallPlan,
    pub(crate) call_id: String,
    pub(crate) rtp: UdpSocket,
    pub(crate) messages: mpsc::UnboundedReceiver<(Message, SocketAddr)>,
    pub(crate) orders: mpsc::UnboundedReceiver<ToCall>,
    pub(crate) events: mpsc::UnboundedSender<CallEvent>,
}

/// Which side began.
pub(crate) enum Start {
    /// We call this address.
    Out(SocketAddr),
    /// We answer this INVITE.
    In(Message, SocketAddr),
}

/// The task.
pub(crate) struct Actor {
    pub(super) shared: Arc<Shared>,
    pub(super) plan: CallPlan,
    pub(super) state: State,
    pub(super) dialog: Dialog,
    pub(super) media: Media,
    pub(super) local: Local,
    /// Requests that wait for an answer, and our own 200 that waits for an ACK.
    pub(super) pending: Vec<Pending>,
    pub(super) delayed_ack: Option<(Instant, Message)>,
    pub(super) bye_at: Option<Instant>,
    pub(super) wants_cancel: bool,
    pub(super) new_hold: Option<Option<HoldStyle>>,
    messages: mpsc::UnboundedReceiver<(Message, SocketAddr)>,
    orders: mpsc::UnboundedReceiver<ToCall>,
    events: mpsc::UnboundedSender<CallEvent>,
    started: Instant,
    measure: Option<Measure>,
}

impl Actor {
    /// Builds the call; nothing is sent yet.
    pub(crate) fn new(setup: Setup, start: &Start) -> std::io::Result<Actor> {
        let Setup { shared, plan, call_id, rtp, messages, orders, events } = setup;
        let random = shared.random();
        let dtmf = (!plan.keys_as_tones).then_some(DTMF);
        let local = Local { rtp: rtp.local_addr()?, codec: plan.codec, dtmf, version: 1, hold: None };
        let media = Media::new(rtp, plan.codec, dtmf, plan.sound, plan.records, random);
        let dialog = match start {
            Start::Out(to) => Dialog::calling(&shared, &plan, call_id, *to),
            Start::In(invite, from) => Dialog::called(&shared, invite, *from),
        };
        Ok(Actor {
            shared,
            plan,
            state: State::Calling { heard: false },
            dialog,
            media,
            local,
            pending: Vec::new(),
            delayed_ack: None,
            bye_at: None,
            wants_cancel: false,
            new_hold: None,
            messages,
            orders,
            events,
            started: Instant::now(),
            measure: None,
        })
    }

    /// Runs until the call is over and nobody asks any more.
    pub(crate) async fn run(mut self, start: Start) {
        match start {
            Start::Out(_) => self.invite(),
            Start::In(invite, _) => self.offered(invite),
        }
        let mut pace = tokio::time::interval(PACE);
        // After a stall the missed packets follow at once: the stream keeps its pace on average.
        pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut asked = true;
        while asked || self.state != State::Over {
            let deadline = self.deadline();
            let far = Instant::now() + Duration::from_secs(3_600);
            tokio::select! {
                biased;
                order = self.orders.recv(), if asked => match order {
                    Some(order) => self.order(order),
                    None => {
                        asked = false;
                        self.leave();
                    }
                },
                message = self.messages.recv() => match message {
                    Some((message, from)) => self.message(message, from),
                    None => break,
                },
                readable = self.media.socket.readable() => if readable.is_ok() { self.receive(Instant::now()) },
                now = pace.tick() => self.tick(now),
                () = tokio::time::sleep_until(deadline.unwrap_or(far)), if deadline.is_some() => self.timers(Instant::now()),
            }
        }
        self.shared.forget(&self.dialog.call_id);
    }

    /// Nobody holds the call any more: end it in whatever way fits.
    fn leave(&mut self) {
        match self.state {
            State::Calling { .. } => self.cancel(),
            State::Ringing => self.reject(480),
            State::Answering | State::Talking => self.bye(),
            State::Leaving | State::Over => {}
        }
    }

    fn order(&mut self, order: ToCall) {
        let now = Instant::now();
        // A question about what was heard includes what waits in the socket.
        self.receive(now);
        match order {
            ToCall::Do(request, reply) => {
                let done = self.carry_out(request);
                let _ = reply.send(done);
            }
            ToCall::Listen { window, hz, reply } => {
                answer(reply, self.media.recording.heard(now, self.started, window, hz))
            }
            ToCall::Save(path, reply) => {
                let saved = self.media.recording.save_wav(&path);
                answer(reply, saved.map_err(|error| format!("{} cannot be written: {error}", path.display())));
            }
            ToCall::Name(reply) => answer(reply, self.name()),
            ToCall::LastLoud(reply) => answer(reply, self.media.recording.last_loud()),
            ToCall::Stats(reply) => {
                let recording = &self.media.recording;
                answer(reply, (recording.stats(self.media.sent), recording.keys().to_vec()));
            }
        }
    }

    fn carry_out(&mut self, request: Request) -> Result<(), String> {
        let talks = self.state == State::Talking;
        match request {
            Request::Sound(sound) => {
                self.media.sound = sound;
                Ok(())
            }
            Request::Cancel => match self.state {
                State::Calling { .. } => {
                    self.cancel();
                    Ok(())
                }
                State::Ringing | State::Answering | State::Talking | State::Leaving | State::Over => {
                    Err("the call is answered, over, or not ours".to_owned())
                }
            },
            Request::Answer | Request::Reject(_) if self.state != State::Ringing => {
                Err("the call does not ring here".to_owned())
            }
            Request::Answer => {
                self.answer();
                Ok(())
            }
            Request::Reject(code) => {
                self.reject(code);
                Ok(())
            }
            Request::CancelOnAnswer => {
                self.plan.cancel_on_answer = true;
                if matches!(self.state, State::Calling { .. }) {
                    Ok(())
                } else {
                    Err("the call is answered or over".to_owned())
                }
            }
            _ if !talks => Err("the call is not answered".to_owned()),
            Request::Digit { key, length, quiet } => {
                let event = event_of(key).ok_or_else(|| format!("{key:?} is not a key of a telephone"))?;
                self.media.queue(Digit { key, event, length, quiet });
                Ok(())
            }
            Request::Hold(style) => self.renegotiate(Some(Some(style))),
            Request::Lose { percent, seed } => {
                self.media.lose(percent, seed);
                Ok(())
            }
            Request::Resume => self.renegotiate(Some(None)),
            Request::Reoffer => self.renegotiate(None),
            Request::Refer { to, replaces } => {
                self.refer(&to, replaces.as_deref());
                Ok(())
            }
            Request::Bye => {
                self.bye();
                Ok(())
            }
        }
    }

    fn receive(&mut self, now: Instant) {
        self.media.receive(now);
        self.tell_keys(now);
    }

    fn tell_keys(&mut self, now: Instant) {
        while let Some(HeardKey { key, length }) = self.media.recording.heard_key(now) {
            self.tell(EventKind::DigitHeard { key, length });
        }
    }

    fn tick(&mut self, now: Instant) {
        self.tell_keys(now);
        match self.media.tick(now) {
            Some(Progress::DigitStarted(digit)) => {
                let was_loud = self.media.recording.silent_since(now, self.started).is_none();
                self.measure = Some(Measure { key: digit.key, started: now, quiet: digit.quiet, was_loud });
            }
            Some(Progress::DigitDone { key, first_packet }) => self.tell(EventKind::DigitSent { key, first_packet }),
            None => {}
        }
        let Some(measure) = &self.measure else { return };
        let silent = self.media.recording.silent_since(now, self.started);
        let long_enough = silent.filter(|since| now.saturating_duration_since(*since) >= measure.quiet);
        let after = long_enough.map(|since| since.saturating_duration_since(measure.started));
        if after.is_some() || now.saturating_duration_since(measure.started) > SILENCE_WAIT_MAX {
            let (key, was_loud) = (measure.key, measure.was_loud);
            self.measure = None;
            self.tell(EventKind::SilenceAfterDigit { key, after, was_loud });
        }
    }

    /// Our description, with the key of an encrypted call.
    pub(super) fn description(&self, local: &Local) -> String {
        match &self.media.secured {
            Some(secured) => secured.ours.seal_description(&local.write()),
            None => local.write(),
        }
    }

    /// The key of the other side; the first one is answered with ours, named as theirs is (RFC 4568 §5.1.2).
    pub(super) fn take_key(&mut self, description: &str) {
        let Some(theirs) = Crypto::read(description) else { return };
        match &mut self.media.secured {
            Some(secured) => secured.renew(theirs),
            None => {
                let ours = Crypto { tag: theirs.tag, master: self.shared.master() };
                self.media.secured = Some(Secured::new(ours, theirs));
            }
        }
    }

    /// What the other side said about its sound.
    pub(super) fn apply(&mut self, remote: &Remote) {
        self.media.remote = Some(remote.rtp);
        self.media.codec = remote.codec;
        self.media.dtmf = self.local.dtmf.map(|own| remote.dtmf.unwrap_or(own));
        let they_receive = matches!(remote.direction.as_str(), "sendrecv" | "recvonly");
        let we_send = !matches!(self.local.hold, Some(HoldStyle::Inactive | HoldStyle::Recvonly));
        self.media.sends = they_receive && we_send;
    }

    pub(super) fn tell(&self, kind: EventKind) {
        // Nobody may be listening for the end of a dropped call.
        let _ = self.events.send(CallEvent { at: Instant::now(), kind });
    }
}

fn answer<T>(reply: oneshot::Sender<T>, value: T) {
    // The asker may have gone.
    let _ = reply.send(value);
}
