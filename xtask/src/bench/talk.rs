//! Calls in which people talk: what they cost, and whether everything arrives, in time.

use std::time::Duration;

use serde_json::{Value, json};

use super::centre::Centre;
use super::farm::{self, Farm, Order};
use super::process;
use super::table::{Figures, short};
use crate::stop::Stop;
use crate::workspace::Workspace;

/// Peer: 0.36 % of a core for a bridged call; an eighth of it.
const BRIDGED_CPU_MAX: f64 = 0.045;
/// Peer: 0.45 % of a core for a bridged and recorded call, not even encrypted; an eighth of it.
const RECORDED_CPU_MAX: f64 = 0.056;
const RECORDED_RSS_MAX_KB: f64 = 64.0;
const RELAYED_DELAY_MAX_MS: f64 = 2.0;
const MIXED_DELAY_MAX_MS: f64 = 25.0;
const CALLS_UP: [u64; 3] = [50, 200, 400];
const MIXED_CALLS: usize = 100;
const RAMP: u32 = 40;
const MEASURED: Duration = Duration::from_secs(15);
const IDLE: Duration = Duration::from_secs(4);
const SETTLING: Duration = Duration::from_secs(3);
/// From the last answer until calls end, beyond what is measured.
const MARGIN_MS: u64 = 6_000;
/// In which the supervisors of all calls join, too.
const JOINING_MS: u64 = 20_000;
const UP_MAX: Duration = Duration::from_secs(60);

pub fn bridged(workspace: &Workspace, stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    CALLS_UP.into_iter().try_for_each(|calls| relayed(workspace, stop, figures, calls, false))
}

pub fn recorded(workspace: &Workspace, stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    CALLS_UP.into_iter().try_for_each(|calls| relayed(workspace, stop, figures, calls, true))
}

fn relayed(
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
    let hold_ms = u64::try_from(MEASURED.as_millis())? + MARGIN_MS;
    let to = centre.straight();
    let order = Order { phones, to, calls, rate: RAMP, hold_ms, rtp: true, together: true, ..Order::default() };
    let mut farm = Farm::start(workspace, &centre, &order)?;
    let _desks = centre.ready(workspace, phones)?;
    std::thread::sleep(Duration::from_secs(2));
    // A signed-in agent costs something too, but not a call.
    let idle = process::cpu_percent(centre.pid(), IDLE)?;
    let before = process::rss_kib(centre.pid())?;
    farm.go()?;
    centre.wait_for_legs(2 * calls, UP_MAX)?;
    std::thread::sleep(SETTLING);
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
    let count = |name: &str| result[name].as_u64().unwrap_or_default();
    figures.none(format!("{calls} calls {kind}: failed"), count("failed"), count("offered"));
    figures.none(format!("{calls} calls {kind}: packets lost"), count("rtp_lost"), count("rtp_sent"));
    delay(figures, &format!("{calls} calls {kind}"), &result, "rtp_delay_ms", RELAYED_DELAY_MAX_MS);
    Ok(())
}

/// Each caller talks with an agent and a supervisor who barged in, so that three legs hear a mix of two.
pub fn mixed(workspace: &Workspace, _stop: &Stop, figures: &mut Figures) -> anyhow::Result<()> {
    let (phones, calls) = (2 * MIXED_CALLS, MIXED_CALLS as u64);
    let centre = Centre::start(workspace, phones)?;
    centre.record(false)?;
    let agents = promote(&centre)?;
    let hold_ms = u64::try_from(MEASURED.as_millis())? + MARGIN_MS + JOINING_MS;
    let order = Order {
        phones,
        supervisors: MIXED_CALLS,
        to: centre.straight(),
        calls,
        rate: RAMP,
        hold_ms,
        rtp: true,
        together: true,
        ..Order::default()
    };
    let mut farm = Farm::start(workspace, &centre, &order)?;
    let _desks = centre.ready_but(workspace, MIXED_CALLS, MIXED_CALLS)?;
    std::thread::sleep(Duration::from_secs(2));
    let idle = process::cpu_percent(centre.pid(), IDLE)?;
    farm.go()?;
    centre.wait_for_legs(2 * calls, UP_MAX)?;
    for (at, agent) in agents.iter().enumerate() {
        let state = centre.as_agent(at, "GET", "/api/v1/me/state", None)?;
        let talk = json!({ "conversation_id": state["handlings"][0]["conversation"]["id"], "mode": "barge" });
        centre.as_agent(at + MIXED_CALLS, "POST", &format!("/api/v1/agents/{agent}/supervise"), Some(&talk))?;
    }
    centre.wait_for_legs(3 * calls, UP_MAX)?;
    std::thread::sleep(SETTLING);
    let cpu = (process::cpu_percent(centre.pid(), MEASURED)? - idle) / calls as f64;
    let result = farm.figures()?;
    let what = format!("{calls} calls of three voices, mixed");
    figures.note(format!("{what}: CPU a call"), format!("{} % of a core", short(cpu)));
    let count = |name: &str| result[name].as_u64().unwrap_or_default();
    figures.none(format!("{what}: failed"), count("failed"), count("offered"));
    let expected = count("bursts_expected");
    figures.none(format!("{what}: bursts not heard"), expected - expected.min(count("bursts_heard")), expected);
    delay(figures, &what, &result, "burst_delay_ms", MIXED_DELAY_MAX_MS);
    Ok(())
}

/// Makes supervisors of the second half of the agents; gives the ids of the first.
fn promote(centre: &Centre) -> anyhow::Result<Vec<String>> {
    let id = |at: usize| -> anyhow::Result<String> {
        let me = centre.as_agent(at, "GET", "/api/v1/me", None)?;
        Ok(me["user"]["agent_id"].as_str().unwrap_or_default().to_owned())
    };
    for at in MIXED_CALLS..2 * MIXED_CALLS {
        let path = format!("/api/v1/agents/{}", id(at)?);
        let agent = centre.api("GET", &path, None)?;
        let change = json!({ "version": agent["version"], "role": "supervisor" });
        centre.api("PATCH", &path, Some(&change))?;
    }
    (0..MIXED_CALLS).map(id).collect()
}

fn delay(figures: &mut Figures, what: &str, result: &Value, name: &str, limit_ms: f64) {
    let (times, late) = (&result[name], result["rtp_late_ms_max"].as_f64().unwrap_or(f64::INFINITY));
    figures.note(
        format!("{what}: added one-way delay, p50"),
        format!("{} ms, at most {} ms; the load sent up to {} ms late", times["p50"], times["max"], short(late)),
    );
    let p99 = times["p99"].as_f64().unwrap_or(f64::MAX);
    figures.at_most(format!("{what}: added one-way delay, p99"), p99, limit_ms, "ms");
}
