//! The questions of the bench. Aims come from a peer measured on a machine of this kind, see `docs/operations/performance.md`.

use std::time::Duration;

use serde_json::Value;

use super::centre::Centre;
use super::farm::{self, Farm, Order};
use super::table::{Figures, short};
use super::{disk, process};
use crate::program;
use crate::say;
use crate::stop::Stop;
use crate::workspace::Workspace;

/// One question.
pub struct Scenario {
    pub name: &'static str,
    pub title: &'static str,
    pub run: fn(&Workspace, &Stop, &mut Figures) -> anyhow::Result<()>,
}

/// All of them, in the order of the table.
pub const ALL: [Scenario; 7] = [
    Scenario { name: "start", title: "start, idle memory, size", run: start },
    Scenario { name: "signalling", title: "calls answered by the flow", run: signalling },
    Scenario { name: "bridged", title: "bridged calls with RTP", run: bridged },
    Scenario { name: "recorded", title: "bridged and recorded calls with RTP", run: recorded },
    Scenario { name: "queue", title: "queue entry to ring, 1,000 agents", run: queue },
    Scenario { name: "free", title: "agent free to next ring, 500 waiting", run: free },
    Scenario { name: "floor", title: "the floor in virtual time", run: floor },
];

/// Peer: 0.36 % of a core for a bridged call; an eighth of it.
const BRIDGED_CPU_MAX: f64 = 0.045;
/// Peer: 0.45 % of a core for a bridged and recorded call, not even encrypted; an eighth of it.
const RECORDED_CPU_MAX: f64 = 0.056;
const RECORDED_RSS_MAX_KB: f64 = 64.0;
/// Of a call through the whole product: a registered agent, the ledger, its row in the lists.
const QUEUE_CPU_MAX_S: f64 = 1.75;
/// From the queue, or from an agent who is free, to the INVITE at a SIP phone.
const RING_P99_MAX_MS: f64 = 10.0;
const IDLE_RSS_MAX_MB: f64 = 80.0;
const START_MAX_S: f64 = 1.0;
const CALLS_UP: [u64; 3] = [50, 200, 400];
const RAMP: u32 = 20;
const MEASURED: Duration = Duration::from_secs(15);
const IDLE: Duration = Duration::from_secs(4);
const AGENTS: usize = 1_000;
const QUEUE_RATE: u32 = 80;
/// Threads that take less of a queue call are not told, CPU s per 1,000.
const SHARE_MIN_S: f64 = 0.05;

fn start(workspace: &Workspace, _stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    // The first start makes the data; what an operator waits for is every later one. Both are told.
    let centre = Centre::start(workspace, 0)?;
    figures.at_most("Start to healthy, fresh example data", centre.ready_after.as_secs_f64(), START_MAX_S, "s");
    let order =
        Order { phones: 0, to: centre.hotline(), calls: 1, rate: 10, hold_ms: 500, rtp: false, together: false };
    let call = Farm::start(workspace, &centre, &order)?.figures()?;
    figures.note("First call: INVITE to 200", format!("{} ms", call["answer_ms"]["max"]));
    std::thread::sleep(Duration::from_secs(5));
    let cpu = process::cpu_percent(centre.pid(), Duration::from_secs(5))?;
    let megabytes = process::rss_kib(centre.pid())? as f64 / 1_024.0;
    figures.at_most("Idle resident memory", megabytes, IDLE_RSS_MAX_MB, "MB");
    figures.note("Idle CPU", format!("{} % of a core", short(cpu)));
    let size = std::fs::metadata(workspace.target.join("release/callisto"))?.len();
    figures.note("Size of the program", format!("{} MB", short(size as f64 / 1_048_576.0)));
    Ok(())
}

fn signalling(workspace: &Workspace, stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    let centre = Centre::start(workspace, 0)?;
    let mut held = 0;
    for rate in [50, 100, 200, 300, 400, 500, 700, 1_000] {
        if stop.is_asked() {
            break;
        }
        let calls = u64::from(rate) * 10;
        let order = Order { phones: 0, to: centre.hotline(), calls, rate, hold_ms: 1_000, rtp: false, together: false };
        let before = process::cpu(centre.pid())?;
        let result = Farm::start(workspace, &centre, &order)?.figures()?;
        let cost = (process::cpu(centre.pid())? - before).as_secs_f64() * 1_000.0 / calls as f64;
        let failed = result["failed"].as_u64().unwrap_or(calls);
        let (again, p99) = (&result["retransmissions"], &result["answer_ms"]["p99"]);
        figures.note(
            format!("{rate} calls/s for 10 s, 1 s each, hearing the greeting"),
            format!("{failed} failed, {again} repeated, 200 after p99 {p99} ms, {} CPU s per 1,000", short(cost)),
        );
        if failed > 0 {
            break;
        }
        held = rate;
    }
    figures.note("Calls a second without failure", format!("{held}"));
    Ok(())
}

fn bridged(workspace: &Workspace, stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    for calls in CALLS_UP {
        talk(workspace, stop, figures, calls, false)?;
    }
    Ok(())
}

fn recorded(workspace: &Workspace, stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    for calls in CALLS_UP {
        talk(workspace, stop, figures, calls, true)?;
    }
    Ok(())
}

fn talk(
    workspace: &Workspace,
    stop: &Stop,
    figures: &mut Figures,
    calls: u64,
    is_recorded: bool,
) -> anyhow::Result<()> {
    if stop.is_asked() {
        return Ok(());
    }
    let phones = usize::try_from(calls)?;
    let bare = farm::bare_relay(workspace, calls)?;
    let centre = Centre::start(workspace, phones)?;
    centre.record(is_recorded)?;
    let hold_ms = u64::try_from(MEASURED.as_millis())? + 8_000;
    let to = centre.straight();
    let order = Order { phones, to, calls, rate: RAMP, hold_ms, rtp: true, together: true };
    let mut farm = Farm::start(workspace, &centre, &order)?;
    let _desks = centre.ready(workspace, phones)?;
    std::thread::sleep(Duration::from_secs(2));
    // A signed-in agent costs something too, but not a call.
    let idle = process::cpu_percent(centre.pid(), IDLE)?;
    let before = process::rss_kib(centre.pid())?;
    farm.go()?;
    centre.wait_for_legs(2 * calls, Duration::from_secs(60))?;
    std::thread::sleep(Duration::from_secs(3));
    let cpu = (process::cpu_percent(centre.pid(), MEASURED)? - idle) / calls as f64;
    let memory = (process::rss_kib(centre.pid())?.saturating_sub(before)) as f64 / calls as f64;
    let result = farm.figures()?;
    let kind = if is_recorded { "bridged and recorded" } else { "bridged" };
    let limit = if is_recorded { RECORDED_CPU_MAX } else { BRIDGED_CPU_MAX };
    figures.at_most(format!("{calls} calls {kind}: CPU a call"), cpu, limit, "% of a core");
    let (bare, times) = (short(bare), short(cpu / bare));
    figures.note(
        format!("{calls} calls through a bare relay: CPU a call"),
        format!("{bare} % of a core; {kind}: {times} times as much"),
    );
    if is_recorded {
        figures.at_most(format!("{calls} calls {kind}: memory a call"), memory, RECORDED_RSS_MAX_KB, "KB");
    } else {
        figures.note(format!("{calls} calls {kind}: memory a call"), format!("{} KB", short(memory)));
    }
    figures.note(format!("{calls} calls {kind}: packets"), packets(&result));
    Ok(())
}

fn packets(result: &Value) -> String {
    let delay = &result["rtp_delay_ms"];
    format!(
        "{} failed calls; {} of {} packets lost; one way p50 {} ms, p99 {} ms",
        result["failed"], result["rtp_lost"], result["rtp_sent"], delay["p50"], delay["p99"]
    )
}

fn queue(workspace: &Workspace, _stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    let centre = Centre::start(workspace, AGENTS)?;
    let (p50, p99) = disk::sync_times(centre.folder())?;
    let calls = u64::from(QUEUE_RATE) * 30;
    let to = centre.straight();
    let order = Order { phones: AGENTS, to, calls, rate: QUEUE_RATE, hold_ms: 5_000, rtp: false, together: false };
    let mut farm = Farm::start(workspace, &centre, &order)?;
    let _desks = centre.ready(workspace, AGENTS)?;
    let (before, threads_before) = (process::cpu(centre.pid())?, process::cpu_by_thread(centre.pid())?);
    farm.go()?;
    let result = farm.figures()?;
    let a_thousand = |time: Duration| time.as_secs_f64() * 1_000.0 / calls as f64;
    let cost = a_thousand(process::cpu(centre.pid())? - before);
    let mut shares = Vec::new();
    for (name, time) in process::cpu_by_thread(centre.pid())? {
        let share = a_thousand(time.saturating_sub(threads_before.get(&name).copied().unwrap_or_default()));
        shares.extend((share >= SHARE_MIN_S).then(|| format!("{name} {}", short(share))));
    }
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    figures.note("Disk: 4 KiB made durable", format!("p50 {} ms, p99 {} ms", short(ms(p50)), short(ms(p99))));
    let ring = &result["ring_ms"];
    figures.note(
        format!("Queue entry to ring, {AGENTS} agents, {QUEUE_RATE} calls/s: p50"),
        format!("{} ms; {} of {calls} calls failed", ring["p50"], result["failed"]),
    );
    let what = format!("Queue entry to ring, {AGENTS} agents, {QUEUE_RATE} calls/s: p99");
    figures.at_most(what, ring["p99"].as_f64().unwrap_or(f64::MAX), RING_P99_MAX_MS, "ms");
    figures.at_most("CPU s per 1,000 queue calls", cost, QUEUE_CPU_MAX_S, "s");
    figures.note("CPU s per 1,000 queue calls, by thread", shares.join(", "));
    Ok(())
}

fn free(workspace: &Workspace, _stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    const PHONES: usize = 200;
    let centre = Centre::start(workspace, PHONES)?;
    let to = centre.straight();
    let order = Order { phones: PHONES, to, calls: 700, rate: 100, hold_ms: 8_000, rtp: false, together: false };
    let mut farm = Farm::start(workspace, &centre, &order)?;
    let _desks = centre.ready(workspace, PHONES)?;
    farm.go()?;
    let result = farm.figures()?;
    let times = &result["free_to_ring_ms"];
    figures.note(
        "Agent free to next ring, 200 agents, 500 waiting",
        format!("p50 {} ms, p95 {} ms; {} failed", times["p50"], times["p95"], result["failed"]),
    );
    let p99 = times["p99"].as_f64().unwrap_or(f64::MAX);
    figures.at_most("Agent free to next ring, 200 agents, 500 waiting: p99", p99, RING_P99_MAX_MS, "ms");
    Ok(())
}

fn floor(workspace: &Workspace, _stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    let mut command = std::process::Command::new(workspace.target.join("release/floor-rate"));
    let Some(text) = program::output_of(&mut command) else { anyhow::bail!("floor-rate failed") };
    for line in text.lines() {
        let (what, value) = line.split_once(": ").unwrap_or((line, ""));
        figures.note(what, value);
    }
    say::line(format_args!(""));
    Ok(())
}
