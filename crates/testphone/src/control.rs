//! The JSON lines of `testphone run`.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::call::{Call, CallControl, CallEvent, CallPlan, EventKind, Sound};
use crate::clock::Clock;
use crate::g711::Codec;
use crate::phone::{Answering, Phone};
use crate::registration::Registration;
use crate::sdp::HoldStyle;

/// Ids of calls that came in, apart from those the driver chooses.
const INCOMING_IDS_FROM: u64 = 1_000_000;
/// The window of `listen` when none is given.
const WINDOW_MS: u64 = 1_000;

#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
enum Op {
    Call(Box<CallOp>),
    Register(Box<Registration>),
    Unregister {},
    Incoming { mode: IncomingMode, tone_hz: Option<f64> },
    Answer { id: u64, tone_hz: Option<f64> },
    Reject { id: u64, code: Option<u16> },
    Digit { id: u64, key: char, length_ms: Option<u64>, quiet_ms: Option<u64> },
    Tone { id: u64, hz: Option<f64> },
    Lose { id: u64, percent: u8, seed: Option<u64> },
    Listen { id: u64, window_ms: Option<u64>, hz: Option<f64> },
    Hold { id: u64, style: Option<HoldStyle> },
    Resume { id: u64 },
    Reoffer { id: u64 },
    Refer { id: u64, to: String, replaces: Option<u64> },
    Bye { id: u64 },
    Cancel { id: u64 },
    CancelOnAnswer { id: u64 },
    Stats { id: u64 },
    SaveWav { id: u64, path: PathBuf },
    Forget { id: u64 },
    Quit,
}

/// What becomes of calls that come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum IncomingMode {
    Refuse,
    Answer,
    Ring,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CallOp {
    id: u64,
    to: String,
    from: String,
    asserted: Option<String>,
    tone_hz: Option<f64>,
    #[serde(default)]
    codec: Codec,
    #[serde(default)]
    no_offer: bool,
    #[serde(default)]
    ack_delay_ms: u64,
    #[serde(default)]
    cancel_on_answer: bool,
    bye_after_crossing: Option<bool>,
    #[serde(default)]
    copies: u8,
    #[serde(default)]
    keys_as_tones: bool,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

impl CallOp {
    fn plan(self) -> CallPlan {
        let mut plan = CallPlan::new(&self.to, &self.from);
        plan.asserted = self.asserted;
        plan.codec = self.codec;
        plan.sound = sound(self.tone_hz);
        plan.offers = !self.no_offer;
        plan.ack_delay = Duration::from_millis(self.ack_delay_ms);
        plan.cancel_on_answer = self.cancel_on_answer;
        plan.bye_after_crossing = self.bye_after_crossing.unwrap_or(true);
        plan.copies = self.copies;
        plan.keys_as_tones = self.keys_as_tones;
        plan.headers = self.headers.into_iter().collect();
        plan
    }
}

fn sound(hz: Option<f64>) -> Sound {
    hz.map_or(Sound::Silence, |hz| Sound::Tone { hz })
}

/// Runs a phone for a driver on standard input and output, until `quit` or the end of input.
pub async fn control(bind: SocketAddr, answering: Option<Answering>) -> std::io::Result<()> {
    let mut phone = Phone::start(bind, answering).await?;
    let clock = Clock::start();
    let (lines_in, mut lines) = mpsc::channel(64);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if lines_in.blocking_send(line).is_err() {
                break;
            }
        }
    });
    let mut desk = Desk { calls: HashMap::new(), clock };
    desk.say(json!({"event": "ready", "sip": phone.local_addr().to_string()}));
    let mut next_incoming = INCOMING_IDS_FROM;
    loop {
        tokio::select! {
            line = lines.recv() => match line {
                Some(line) if line.trim().is_empty() => {}
                Some(line) => if desk.line(&mut phone, &line).await { break },
                None => break,
            },
            call = phone.incoming() => if let Some(call) = call {
                desk.say(json!({"event": "incoming", "id": next_incoming}));
                desk.add(next_incoming, call);
                next_incoming += 1;
            },
        }
    }
    if phone.unregister().await.is_ok() {
        // The server knows that the phone is gone; it need not find out.
    }
    desk.close(&phone).await;
    Ok(())
}

struct Desk {
    calls: HashMap<u64, CallControl>,
    clock: Clock,
}

impl Desk {
    fn say(&self, value: Value) {
        say(&self.clock, Instant::now(), value);
    }

    fn add(&mut self, id: u64, mut call: Call) {
        self.calls.insert(id, call.control());
        let clock = self.clock;
        // The task must not hold a handle: forgetting the call hangs it up.
        let Call { ref mut events, .. } = call;
        let mut events = std::mem::replace(events, mpsc::unbounded_channel().1);
        drop(call);
        tokio::spawn(async move {
            while let Some(event) = events.recv().await {
                say(&clock, event.at, describe(&clock, id, &event));
            }
        });
    }

    /// Carries out one line; `true` ends the program.
    async fn line(&mut self, phone: &mut Phone, line: &str) -> bool {
        let op = match serde_json::from_str::<Op>(line) {
            Ok(Op::Quit) => return true,
            Ok(op) => op,
            Err(error) => {
                let parsed = serde_json::from_str::<Value>(line).unwrap_or(Value::Null);
                self.say(json!({"event": "error", "op": parsed["op"], "id": parsed["id"], "error": error.to_string()}));
                return false;
            }
        };
        let (name, id) = op.name();
        match self.carry_out(phone, op).await {
            Ok(mut result) => {
                result["id"] = json!(id);
                if result.get("event").is_none() {
                    result["event"] = json!("ok");
                    result["op"] = json!(name);
                }
                self.say(result);
            }
            Err(error) => self.say(json!({"event": "error", "op": name, "id": id, "error": error})),
        }
        false
    }

    async fn carry_out(&mut self, phone: &mut Phone, op: Op) -> Result<Value, String> {
        let done = json!({});
        match op {
            Op::Quit => {}
            Op::Call(op) => {
                let id = op.id;
                if self.calls.contains_key(&id) {
                    return Err(format!("call {id} exists; forget it first"));
                }
                let call = phone.call(op.plan()).await?;
                self.add(id, call);
            }
            Op::Register(to) => phone.register(*to).await?,
            Op::Unregister {} => phone.unregister().await?,
            Op::Incoming { mode, tone_hz } => phone.set_answering(match mode {
                IncomingMode::Refuse => None,
                IncomingMode::Answer => Some(Answering { sound: sound(tone_hz), by_hand: false }),
                IncomingMode::Ring => Some(Answering { sound: sound(tone_hz), by_hand: true }),
            }),
            Op::Answer { id, tone_hz } => {
                let call = self.find(id)?;
                if tone_hz.is_some() {
                    call.sound(sound(tone_hz)).await?;
                }
                call.answer().await?;
            }
            Op::Reject { id, code } => self.find(id)?.reject(code.unwrap_or(486)).await?,
            Op::Digit { id, key, length_ms, quiet_ms } => {
                let length = Duration::from_millis(length_ms.unwrap_or(160).clamp(40, 8_000));
                let quiet = Duration::from_millis(quiet_ms.unwrap_or(100));
                self.find(id)?.digit(key, length, quiet).await?;
            }
            Op::Tone { id, hz } => self.find(id)?.sound(sound(hz)).await?,
            Op::Lose { id, percent, seed } => self.find(id)?.lose(percent, seed.unwrap_or(1)).await?,
            Op::Listen { id, window_ms, hz } => {
                let window = Duration::from_millis(window_ms.unwrap_or(WINDOW_MS).clamp(20, 60_000));
                let heard = self.find(id)?.listen(window, hz).await?;
                return with_event("heard", serde_json::to_value(heard));
            }
            Op::Hold { id, style } => self.find(id)?.hold(style.unwrap_or_default()).await?,
            Op::Resume { id } => self.find(id)?.resume().await?,
            Op::Reoffer { id } => self.find(id)?.reoffer().await?,
            Op::Refer { id, to, replaces } => {
                let other = replaces.map(|other| self.find(other)).transpose()?;
                self.find(id)?.refer(&to, other).await?;
            }
            Op::Bye { id } => self.find(id)?.bye().await?,
            Op::Cancel { id } => self.find(id)?.cancel().await?,
            Op::CancelOnAnswer { id } => self.find(id)?.cancel_on_answer().await?,
            Op::Stats { id } => {
                let (stats, keys) = self.find(id)?.stats().await?;
                let mut value = with_event("stats", serde_json::to_value(stats))?;
                value["keys"] = json!(keys.into_iter().collect::<String>());
                return Ok(value);
            }
            Op::SaveWav { id, path } => self.find(id)?.save_wav(path).await?,
            Op::Forget { id } => {
                self.find(id)?;
                self.calls.remove(&id);
            }
        }
        Ok(done)
    }

    fn find(&self, id: u64) -> Result<&CallControl, String> {
        self.calls.get(&id).ok_or_else(|| format!("there is no call {id}"))
    }

    /// Hangs up what is left and gives the BYEs a moment.
    async fn close(&mut self, phone: &Phone) {
        self.calls.clear();
        let until = Instant::now() + Duration::from_secs(1);
        while phone.calls() > 0 && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Op {
    fn name(&self) -> (&'static str, u64) {
        match self {
            Op::Call(op) => ("call", op.id),
            Op::Register(_) => ("register", 0),
            Op::Unregister {} => ("unregister", 0),
            Op::Incoming { .. } => ("incoming", 0),
            Op::Answer { id, .. } => ("answer", *id),
            Op::Reject { id, .. } => ("reject", *id),
            Op::Digit { id, .. } => ("digit", *id),
            Op::Tone { id, .. } => ("tone", *id),
            Op::Lose { id, .. } => ("lose", *id),
            Op::Listen { id, .. } => ("listen", *id),
            Op::Hold { id, .. } => ("hold", *id),
            Op::Resume { id } => ("resume", *id),
            Op::Reoffer { id } => ("reoffer", *id),
            Op::Refer { id, .. } => ("refer", *id),
            Op::Bye { id } => ("bye", *id),
            Op::Cancel { id } => ("cancel", *id),
            Op::CancelOnAnswer { id } => ("cancel_on_answer", *id),
            Op::Stats { id } => ("stats", *id),
            Op::SaveWav { id, .. } => ("save_wav", *id),
            Op::Forget { id } => ("forget", *id),
            Op::Quit => ("quit", 0),
        }
    }
}

fn with_event(name: &str, value: serde_json::Result<Value>) -> Result<Value, String> {
    let mut value = value.map_err(|error| error.to_string())?;
    value["event"] = json!(name);
    Ok(value)
}

fn describe(clock: &Clock, id: u64, event: &CallEvent) -> Value {
    let mut value = match &event.kind {
        EventKind::Trying => json!({"event": "trying"}),
        EventKind::Ringing { code } => json!({"event": "ringing", "code": code}),
        EventKind::Offered { from, auto_answer } => {
            json!({"event": "offered", "from": from, "auto_answer": auto_answer})
        }
        EventKind::Answered => json!({"event": "answered"}),
        EventKind::Rejected { code, retry_after } => {
            json!({"event": "rejected", "code": code, "retry_after": retry_after})
        }
        EventKind::Ended { by_peer, reason } => {
            json!({"event": "ended", "by": if *by_peer { "peer" } else { "self" }, "reason": reason})
        }
        EventKind::Failed { why } => json!({"event": "failed", "error": why}),
        EventKind::CancelAnswered { code } => json!({"event": "cancel_answered", "code": code}),
        EventKind::Renegotiated { direction, remote } => {
            json!({"event": "renegotiated", "direction": direction, "remote": remote})
        }
        EventKind::RenegotiationRefused { code } => json!({"event": "renegotiation_refused", "code": code}),
        EventKind::PeerRenegotiated { direction } => json!({"event": "peer_renegotiated", "direction": direction}),
        EventKind::DigitSent { key, first_packet } => {
            json!({"event": "digit_sent", "key": key, "first_packet_at_ms": clock.ms(*first_packet)})
        }
        EventKind::DigitHeard { key, length } => {
            let ms = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
            json!({"event": "digit_heard", "key": key, "length_ms": ms})
        }
        EventKind::ReferAnswered { code } => json!({"event": "refer_answered", "code": code}),
        EventKind::ReferReport { code } => json!({"event": "refer_report", "code": code}),
        EventKind::SilenceAfterDigit { key, after, was_loud } => {
            let ms = after.map(|after| u64::try_from(after.as_millis()).unwrap_or(u64::MAX));
            json!({"event": "silence_after_digit", "key": key, "ms": ms, "was_loud": was_loud})
        }
    };
    value["id"] = json!(id);
    value
}

fn say(clock: &Clock, at: Instant, mut value: Value) {
    value["at_ms"] = json!(clock.ms(at));
    let mut out = std::io::stdout().lock();
    // When the driver is gone, the end of its input ends the program.
    let _ = writeln!(out, "{value}");
    let _ = out.flush();
}
