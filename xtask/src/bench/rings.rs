//! From a customer who waits, or an agent who is free, to the ring.

use std::time::Duration;

use serde_json::Value;

use super::centre::Centre;
use super::farm::{Farm, Order};
use super::table::{Figures, short};
use super::{disk, process};
use crate::stop::Stop;
use crate::workspace::Workspace;

/// Of a call through the whole product: a registered agent, the ledger, its row in the lists.
const QUEUE_CPU_MAX_S: f64 = 1.75;
/// From the queue, or from an agent who is free, to the INVITE at a SIP phone.
const RING_P99_MAX_MS: f64 = 10.0;
/// A browser rings once the offer is durable, so that the disk of this run stands in its aim: twice the 99th percentile of making something
/// durable, and this.
const BROWSER_P99_BEYOND_DISK_MS: f64 = 10.0;
const AGENTS: usize = 1_000;
const RATE: u32 = 80;
const CALLS: u64 = 30 * RATE as u64;
/// With so many calls at a time there are always agents free.
const SHORT_HOLD_MS: u64 = 5_000;
/// A thousand agents can take 71 calls a second that last so long: from the thirteenth second on somebody waits whenever one is free.
const LONG_HOLD_MS: u64 = 14_000;
/// Threads that take less of a queue call are not told, CPU s per 1,000.
const SHARE_MIN_S: f64 = 0.05;

pub fn queue(workspace: &Workspace, _stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    let centre = Centre::start(workspace, AGENTS)?;
    disk_before(&centre, figures, "queue")?;
    let to = centre.straight();
    let order = Order { phones: AGENTS, to, calls: CALLS, rate: RATE, hold_ms: SHORT_HOLD_MS, ..Order::default() };
    let mut farm = Farm::start(workspace, &centre, &order)?;
    let _desks = centre.ready(workspace, AGENTS)?;
    let (before, threads_before) = (process::cpu(centre.pid())?, process::cpu_by_thread(centre.pid())?);
    farm.go()?;
    let result = farm.figures()?;
    let a_thousand = |time: Duration| time.as_secs_f64() * 1_000.0 / CALLS as f64;
    let cost = a_thousand(process::cpu(centre.pid())? - before);
    let mut shares = Vec::new();
    for (name, time) in process::cpu_by_thread(centre.pid())? {
        let share = a_thousand(time.saturating_sub(threads_before.get(&name).copied().unwrap_or_default()));
        shares.extend((share >= SHARE_MIN_S).then(|| format!("{name} {}", short(share))));
    }
    let what = format!("Queue entry to ring, {AGENTS} agents with SIP phones, {RATE} calls/s");
    rings(figures, &what, &result["ring_ms"], RING_P99_MAX_MS);
    whole(figures, &what, &result);
    figures.at_most("CPU s per 1,000 queue calls", cost, QUEUE_CPU_MAX_S, "s");
    figures.note("CPU s per 1,000 queue calls, by thread", shares.join(", "));
    Ok(())
}

pub fn browser(workspace: &Workspace, _stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    let centre = Centre::start(workspace, AGENTS)?;
    let to = centre.straight();
    let order = Order { browsers: AGENTS, to, calls: CALLS, rate: RATE, hold_ms: SHORT_HOLD_MS, ..Order::default() };
    let mut farm = Farm::start(workspace, &centre, &order)?;
    let disk = disk_before(&centre, figures, "browsers")?;
    farm.go()?;
    let result = farm.figures()?;
    let what = format!("Queue entry to ring, {AGENTS} agents in browsers, {RATE} calls/s");
    rings(figures, &what, &result["desk_ring_ms"], browser_limit_ms(disk));
    whole(figures, &what, &result);
    Ok(())
}

/// Half of the agents have SIP phones and half work in browsers.
pub fn free(workspace: &Workspace, _stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    let centre = Centre::start(workspace, AGENTS)?;
    let (phones, browsers) = (AGENTS / 2, AGENTS / 2);
    let (to, calls, hold_ms) = (centre.straight(), CALLS, LONG_HOLD_MS);
    let order = Order { phones, browsers, to, calls, rate: RATE, hold_ms, ..Order::default() };
    let mut farm = Farm::start(workspace, &centre, &order)?;
    let _desks = centre.ready(workspace, phones)?;
    let disk = disk_before(&centre, figures, "free")?;
    farm.go()?;
    let result = farm.figures()?;
    let what = format!("Agent free to next ring, {AGENTS} agents, {RATE} calls/s, customers waiting");
    rings(figures, &format!("{what}: SIP phones"), &result["free_to_ring_ms"], RING_P99_MAX_MS);
    rings(figures, &format!("{what}: browsers"), &result["desk_free_to_ring_ms"], browser_limit_ms(disk));
    whole(figures, &what, &result);
    Ok(())
}

/// How long the disk takes just before; the 99th percentile.
fn disk_before(centre: &Centre, figures: &mut Figures, before: &str) -> anyhow::Result<Duration> {
    let (p50, p99) = disk::sync_times(centre.folder())?;
    let times = format!("p50 {} ms, p99 {} ms", short(ms(p50)), short(ms(p99)));
    figures.note(format!("Disk before `{before}`: 4 KiB made durable"), times);
    Ok(p99)
}

fn browser_limit_ms(disk: Duration) -> f64 {
    2.0 * ms(disk) + BROWSER_P99_BEYOND_DISK_MS
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn rings(figures: &mut Figures, what: &str, times: &Value, limit_ms: f64) {
    let (count, p50, p95, max) = (&times["count"], &times["p50"], &times["p95"], &times["max"]);
    figures.note(what, format!("{count} rings: p50 {p50} ms, p95 {p95} ms, at most {max} ms"));
    let p99 = times["p99"].as_f64().filter(|_| count.as_u64() > Some(0)).unwrap_or(f64::INFINITY);
    figures.at_most(format!("{what}: p99"), p99, limit_ms, "ms");
}

/// Whether every call was taken, and whether anything was lost before a program could take it.
fn whole(figures: &mut Figures, what: &str, result: &Value) {
    figures.none(format!("{what}: failed"), result["failed"].as_u64().unwrap_or(CALLS), CALLS);
    let (there, here) = (&result["dropped_there"], &result["dropped_here"]);
    let again = &result["retransmissions"];
    figures.note(
        format!("{what}: SIP that was lost"),
        format!(
            "the kernel dropped {there} at the server and {here} at the load; the load sent {again} requests again"
        ),
    );
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_ring_at_all_is_no_success() {
        let mut figures = Figures::of_this_machine();
        rings(&mut figures, "a", &json!({ "count": 3, "p50": 1.0, "p95": 2.0, "p99": 3.0, "max": 3.0 }), 10.0);
        assert!(figures.all_reached());
        rings(&mut figures, "b", &json!({ "count": 0, "p50": 0.0, "p95": 0.0, "p99": 0.0, "max": 0.0 }), 10.0);
        assert!(!figures.all_reached());
    }

    #[test]
    fn the_aim_of_a_browser_moves_with_the_disk() {
        assert_eq!(browser_limit_ms(Duration::from_micros(1_500)), 13.0);
    }
}
