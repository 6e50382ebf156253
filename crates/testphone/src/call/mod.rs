//! One call: what can be asked of it and what it tells.

mod actor;
mod media;
mod referring;
mod renegotiation;
mod signalling;

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

pub(crate) use actor::{Actor, Setup, Start};

use crate::g711::Codec;
use crate::recording::{Heard, Stats};
use crate::sdp::HoldStyle;

/// What the phone sends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sound {
    /// Codec silence, paced like sound.
    Silence,
    /// A sine at about −15 dBov.
    Tone {
        /// Its frequency.
        hz: f64,
    },
}

/// How to call.
#[derive(Clone, Debug, PartialEq)]
pub struct CallPlan {
    /// Request-URI; the host must be an IP address or `localhost`.
    pub to: String,
    /// User part of From.
    pub from: String,
    /// User part of P-Asserted-Identity, if there is to be one.
    pub asserted: Option<String>,
    /// The only codec offered.
    pub codec: Codec,
    /// What is sent from the answer on.
    pub sound: Sound,
    /// Whether the INVITE carries an offer; else the ACK carries the answer.
    pub offers: bool,
    /// How long the ACK is held back.
    pub ack_delay: Duration,
    /// Sends CANCEL in the moment the 200 arrives, before the ACK.
    pub cancel_on_answer: bool,
    /// Whether the BYE that must follow a crossed CANCEL is sent; a broken phone leaves it out.
    pub bye_after_crossing: bool,
    /// How many copies of each message are sent beside the first.
    pub copies: u8,
    /// Whether sound is kept for `listen` and `save_wav`; counters and levels always are.
    pub records: bool,
    /// Whether keys go as tones in the sound; no events are offered then.
    pub keys_as_tones: bool,
    /// More headers of the INVITE.
    pub headers: Vec<(String, String)>,
    /// Of a call that came in: rings until it is answered by hand.
    pub(crate) by_hand: bool,
}

impl CallPlan {
    /// An ordinary PCMA call that sends silence.
    pub fn new(to: &str, from: &str) -> CallPlan {
        CallPlan {
            to: to.to_owned(),
            from: from.to_owned(),
            asserted: None,
            codec: Codec::Pcma,
            sound: Sound::Silence,
            offers: true,
            ack_delay: Duration::ZERO,
            cancel_on_answer: false,
            bye_after_crossing: true,
            copies: 0,
            records: true,
            keys_as_tones: false,
            headers: Vec::new(),
            by_hand: false,
        }
    }
}

/// Something that happened to a call, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct CallEvent {
    /// When.
    pub at: Instant,
    /// What.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// 100.
    Trying,
    /// 180 to 183.
    Ringing {
        /// Which.
        code: u16,
    },
    /// A call that came in rings here.
    Offered {
        /// Value of its From.
        from: String,
        /// Whether it asks to be answered automatically; it then is.
        auto_answer: bool,
    },
    /// 200, and our ACK has gone (or the ACK of the caller came).
    Answered,
    /// A final answer that is none.
    Rejected {
        /// Status code.
        code: u16,
        /// Value of Retry-After.
        retry_after: Option<String>,
    },
    /// BYE, from either side, answered.
    Ended {
        /// Whether the other side hung up.
        by_peer: bool,
        /// Value of the peer's Reason header.
        reason: Option<String>,
    },
    /// No answer to something that needs one.
    Failed {
        /// What.
        why: String,
    },
    /// Our CANCEL was answered.
    CancelAnswered {
        /// Status code.
        code: u16,
    },
    /// Our re-INVITE was accepted.
    Renegotiated {
        /// Direction in the answer.
        direction: String,
        /// Address in the answer.
        remote: String,
    },
    /// Our re-INVITE was refused.
    RenegotiationRefused {
        /// Status code.
        code: u16,
    },
    /// The other side sent a re-INVITE, and we accepted.
    PeerRenegotiated {
        /// Direction in the offer.
        direction: String,
    },
    /// All packets of a digit have gone.
    DigitSent {
        /// Which.
        key: char,
        /// When its first packet went.
        first_packet: Instant,
    },
    /// A key came as an RFC 4733 event; told once, with its end or when that is overdue.
    DigitHeard {
        /// Which.
        key: char,
        /// How long it was pressed, by its last packet.
        length: Duration,
    },
    /// Our REFER was answered.
    ReferAnswered {
        /// Status code.
        code: u16,
    },
    /// What the other side reports about our REFER.
    ReferReport {
        /// Status code of the report; the last one is not 100.
        code: u16,
    },
    /// What happened to the sound after a digit.
    SilenceAfterDigit {
        /// Which.
        key: char,
        /// From its first packet until the silence began; `None` when none came within 5 s.
        after: Option<Duration>,
        /// Whether there was sound when it was sent.
        was_loud: bool,
    },
}

/// What can be asked. Every request is answered, with the reason when it cannot be done.
#[derive(Debug)]
pub(crate) enum Request {
    Digit {
        key: char,
        length: Duration,
        quiet: Duration,
    },
    Sound(Sound),
    /// Sends only a part of the packets from here on.
    Lose {
        percent: u8,
        seed: u64,
    },
    Hold(HoldStyle),
    Resume,
    /// A re-INVITE without a session description.
    Reoffer,
    /// Takes a call that rings.
    Answer,
    /// Refuses a call that rings.
    Reject(u16),
    /// Asks for the call to be moved, to be joined with another one of ours when that is named.
    Refer {
        to: String,
        replaces: Option<String>,
    },
    Bye,
    Cancel,
    CancelOnAnswer,
}

/// A message to the actor of a call.
#[derive(Debug)]
pub(crate) enum ToCall {
    Do(Request, oneshot::Sender<Result<(), String>>),
    Listen { window: Duration, hz: Option<f64>, reply: oneshot::Sender<Heard> },
    Save(PathBuf, oneshot::Sender<Result<(), String>>),
    Stats(oneshot::Sender<(Stats, Vec<char>)>),
    LastLoud(oneshot::Sender<Option<Instant>>),
    Name(oneshot::Sender<String>),
}

/// A call. Dropping it hangs up.
#[derive(Debug)]
pub struct Call {
    pub(crate) orders: mpsc::UnboundedSender<ToCall>,
    pub(crate) events: mpsc::UnboundedReceiver<CallEvent>,
}

/// The part of a call that gives orders; events stay with [`Call`].
#[derive(Clone, Debug)]
pub struct CallControl {
    orders: mpsc::UnboundedSender<ToCall>,
}

const GONE: &str = "the call is gone";

impl Call {
    /// A handle for orders. The call hangs up when the last handle is gone.
    pub fn control(&self) -> CallControl {
        CallControl { orders: self.orders.clone() }
    }

    /// The next event; `None` after the last.
    pub async fn event(&mut self) -> Option<CallEvent> {
        self.events.recv().await
    }

    /// Waits for an event that satisfies `wanted`; others are passed over. `None` after `limit` or the last event.
    pub async fn wait(&mut self, limit: Duration, wanted: impl Fn(&EventKind) -> bool) -> Option<CallEvent> {
        let until = Instant::now() + limit;
        loop {
            let event = tokio::time::timeout_at(until, self.events.recv()).await.ok().flatten()?;
            if wanted(&event.kind) {
                return Some(event);
            }
        }
    }
}

impl CallControl {
    /// Sends a key as RFC 4733 event. `quiet` is how long the line must be silent afterwards to count as silent.
    pub async fn digit(&self, key: char, length: Duration, quiet: Duration) -> Result<(), String> {
        self.ask(Request::Digit { key, length, quiet }).await
    }

    /// Changes what is sent.
    pub async fn sound(&self, sound: Sound) -> Result<(), String> {
        self.ask(Request::Sound(sound)).await
    }

    /// Loses `percent` of the packets it would send from here on; `seed` chooses which.
    pub async fn lose(&self, percent: u8, seed: u64) -> Result<(), String> {
        self.ask(Request::Lose { percent, seed }).await
    }

    /// Holds by re-INVITE.
    pub async fn hold(&self, style: HoldStyle) -> Result<(), String> {
        self.ask(Request::Hold(style)).await
    }

    /// Takes back by re-INVITE.
    pub async fn resume(&self) -> Result<(), String> {
        self.ask(Request::Resume).await
    }

    /// Re-INVITE without an offer.
    pub async fn reoffer(&self) -> Result<(), String> {
        self.ask(Request::Reoffer).await
    }

    /// Takes a call that came in and rings.
    pub async fn answer(&self) -> Result<(), String> {
        self.ask(Request::Answer).await
    }

    /// Refuses a call that came in and rings, with this status code.
    pub async fn reject(&self, code: u16) -> Result<(), String> {
        self.ask(Request::Reject(code)).await
    }

    /// Asks for the call to be moved (REFER), joined with `other` when there is one (Replaces).
    pub async fn refer(&self, to: &str, other: Option<&CallControl>) -> Result<(), String> {
        let replaces = match other {
            Some(other) => Some(other.name().await?),
            None => None,
        };
        self.ask(Request::Refer { to: to.to_owned(), replaces }).await
    }

    async fn name(&self) -> Result<String, String> {
        let (reply, answer) = oneshot::channel();
        self.tell(ToCall::Name(reply))?;
        answer.await.map_err(|_| GONE.to_owned())
    }

    /// Hangs up an answered call.
    pub async fn bye(&self) -> Result<(), String> {
        self.ask(Request::Bye).await
    }

    /// Gives up an unanswered call.
    pub async fn cancel(&self) -> Result<(), String> {
        self.ask(Request::Cancel).await
    }

    /// Sends CANCEL in the moment the 200 arrives.
    pub async fn cancel_on_answer(&self) -> Result<(), String> {
        self.ask(Request::CancelOnAnswer).await
    }

    /// What was heard in the last `window`, measured at `hz` or at the strongest frequency.
    pub async fn listen(&self, window: Duration, hz: Option<f64>) -> Result<Heard, String> {
        let (reply, answer) = oneshot::channel();
        self.tell(ToCall::Listen { window, hz, reply })?;
        answer.await.map_err(|_| GONE.to_owned())
    }

    /// Writes what was heard to a WAV file.
    pub async fn save_wav(&self, path: PathBuf) -> Result<(), String> {
        let (reply, answer) = oneshot::channel();
        self.tell(ToCall::Save(path, reply))?;
        answer.await.map_err(|_| GONE.to_owned())?
    }

    /// Counters, and the keys received.
    pub async fn stats(&self) -> Result<(Stats, Vec<char>), String> {
        let (reply, answer) = oneshot::channel();
        self.tell(ToCall::Stats(reply))?;
        answer.await.map_err(|_| GONE.to_owned())
    }

    /// When the last packet above the silence level came.
    pub async fn last_loud(&self) -> Result<Option<Instant>, String> {
        let (reply, answer) = oneshot::channel();
        self.tell(ToCall::LastLoud(reply))?;
        answer.await.map_err(|_| GONE.to_owned())
    }

    async fn ask(&self, request: Request) -> Result<(), String> {
        let (reply, answer) = oneshot::channel();
        self.tell(ToCall::Do(request, reply))?;
        answer.await.map_err(|_| GONE.to_owned())?
    }

    fn tell(&self, order: ToCall) -> Result<(), String> {
        self.orders.send(order).map_err(|_| GONE.to_owned())
    }
}
