//! Many calls at a steady rate.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior};

use crate::call::{Call, CallPlan, EventKind, Sound};
use crate::g711::Codec;
use crate::phone::Phone;

/// How long any answer of the server is waited for.
const ANSWER_MAX: Duration = Duration::from_secs(35);
/// Within how long before the hang-up sound must have been heard in the queue.
const AUDIBLE: Duration = Duration::from_secs(2);
/// The shortest digit that every gateway takes, twice over.
const DIGIT_LENGTH: Duration = Duration::from_millis(100);

/// What to do.
#[derive(Clone, Debug)]
pub struct LoadPlan {
    /// Where to bind.
    pub bind: SocketAddr,
    /// The server.
    pub target: SocketAddr,
    /// The number called.
    pub to: String,
    /// The first calling number; each call takes the next.
    pub from_base: u64,
    /// Calls a second.
    pub rate: f64,
    /// Calls in all.
    pub calls: u64,
    /// The key that every other call presses; none and every call hangs up in the menu.
    pub half_digit: Option<char>,
    /// Time in the menu before the digit or the hang-up.
    pub menu_hold: Duration,
    /// Time in the queue before the hang-up.
    pub queue_hold: Duration,
    /// Codec.
    pub codec: Codec,
    /// What each call sends.
    pub sound: Sound,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Calls begun.
    pub offered: u64,
    /// Calls answered.
    pub answered: u64,
    /// Calls of which anything failed.
    pub failed: u64,
    /// Calls that pressed the digit.
    pub queued: u64,
    /// Final answers to INVITE.
    pub by_code: BTreeMap<u16, u64>,
    /// What failed, and how often.
    pub failures: BTreeMap<String, u64>,
    /// Packets sent and received.
    pub rtp_sent: u64,
    /// Packets received.
    pub rtp_received: u64,
    /// Packets the sequence says were lost.
    pub rtp_lost: u64,
    /// INVITE to ACK, median.
    pub p50_answer_ms: f64,
    /// INVITE to ACK, 99th percentile.
    pub p99_answer_ms: f64,
    /// Time from the first INVITE to the last BYE.
    pub seconds: f64,
}

#[derive(Debug, Default)]
struct Outcome {
    code: Option<u16>,
    answer: Option<Duration>,
    queued: bool,
    failure: Option<String>,
    sent: u64,
    received: u64,
    lost: u64,
}

/// Makes the calls and waits for the last.
pub async fn load(plan: LoadPlan) -> std::io::Result<Summary> {
    let phone = Phone::start(plan.bind, None).await?;
    let (outcomes, mut done) = mpsc::unbounded_channel();
    let start = Instant::now();
    let mut pace = tokio::time::interval(Duration::from_secs_f64(1.0 / plan.rate.max(0.01)));
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for number in 0..plan.calls {
        pace.tick().await;
        let to = format!("sip:{}@{}", plan.to, plan.target);
        let mut call_plan = CallPlan::new(&to, &(plan.from_base + number).to_string());
        call_plan.codec = plan.codec;
        call_plan.sound = plan.sound;
        call_plan.records = false;
        let digit = plan.half_digit.filter(|_| number % 2 == 1);
        let (outcomes, holds) = (outcomes.clone(), (plan.menu_hold, plan.queue_hold));
        let begun = Instant::now();
        match phone.call(call_plan).await {
            Ok(call) => {
                tokio::spawn(async move {
                    let _ = outcomes.send(one_call(call, begun, digit, holds).await);
                });
            }
            Err(why) => {
                let _ = outcomes.send(Outcome { failure: Some(why), ..Outcome::default() });
            }
        }
    }
    drop(outcomes);
    let mut summary = Summary::default();
    let mut answers = Vec::new();
    while let Some(outcome) = done.recv().await {
        summary.add(&outcome);
        answers.extend(outcome.answer);
    }
    answers.sort_unstable();
    summary.p50_answer_ms = percentile(&answers, 50);
    summary.p99_answer_ms = percentile(&answers, 99);
    summary.seconds = start.elapsed().as_secs_f64();
    Ok(summary)
}

impl Summary {
    fn add(&mut self, outcome: &Outcome) {
        self.offered += 1;
        self.answered += u64::from(outcome.answer.is_some());
        self.queued += u64::from(outcome.queued);
        self.rtp_sent += outcome.sent;
        self.rtp_received += outcome.received;
        self.rtp_lost += outcome.lost;
        if let Some(code) = outcome.code {
            *self.by_code.entry(code).or_default() += 1;
        }
        if let Some(failure) = &outcome.failure {
            self.failed += 1;
            *self.failures.entry(failure.clone()).or_default() += 1;
        }
    }
}

fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(0.0, |d| (d.as_secs_f64() * 10_000.0).round() / 10.0)
}

async fn one_call(mut call: Call, begun: Instant, digit: Option<char>, holds: (Duration, Duration)) -> Outcome {
    let mut outcome = Outcome::default();
    outcome.failure = walk(&mut call, begun, digit, holds, &mut outcome).await.err();
    if let Ok((stats, _)) = call.control().stats().await {
        (outcome.sent, outcome.received, outcome.lost) = (stats.sent, stats.received, stats.lost);
    }
    outcome
}

async fn walk(
    call: &mut Call,
    begun: Instant,
    digit: Option<char>,
    (menu_hold, queue_hold): (Duration, Duration),
    outcome: &mut Outcome,
) -> Result<(), String> {
    let is_final =
        |kind: &EventKind| matches!(kind, EventKind::Answered | EventKind::Rejected { .. } | EventKind::Failed { .. });
    let answer = call.wait(ANSWER_MAX, is_final).await.ok_or("no answer")?;
    if let EventKind::Rejected { code, .. } = answer.kind {
        outcome.code = Some(code);
        return Err(format!("rejected with {code}"));
    }
    if let EventKind::Failed { why } = answer.kind {
        return Err(why);
    }
    outcome.code = Some(200);
    outcome.answer = Some(answer.at.saturating_duration_since(begun));
    stay(call, menu_hold).await?;
    audible(call, "menu").await?;
    if let Some(key) = digit {
        call.control().digit(key, DIGIT_LENGTH, Duration::from_millis(100)).await?;
        outcome.queued = true;
        stay(call, queue_hold).await?;
        audible(call, "queue").await?;
    }
    call.control().bye().await?;
    let ended = call.wait(ANSWER_MAX, |kind| matches!(kind, EventKind::Ended { .. } | EventKind::Failed { .. })).await;
    match ended.map(|event| event.kind) {
        Some(EventKind::Ended { .. }) => Ok(()),
        Some(EventKind::Failed { why }) => Err(why),
        Some(_) | None => Err("BYE was not answered".to_owned()),
    }
}

/// Lets time pass; a call that ends meanwhile has failed.
async fn stay(call: &mut Call, time: Duration) -> Result<(), String> {
    let ended = call.wait(time, |kind| matches!(kind, EventKind::Ended { .. } | EventKind::Failed { .. })).await;
    match ended.map(|event| event.kind) {
        None => Ok(()),
        Some(EventKind::Failed { why }) => Err(why),
        Some(_) => Err("the server hung up".to_owned()),
    }
}

async fn audible(call: &Call, place: &str) -> Result<(), String> {
    let loud = call.control().last_loud().await?;
    let recent = loud.is_some_and(|at| at.elapsed() < AUDIBLE);
    if recent { Ok(()) } else { Err(format!("nothing was heard in the {place}")) }
}
