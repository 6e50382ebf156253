//! What whoever asked is told, and when a cap ends.

use std::time::Duration;

use domain::outbound::{Alarm, Caps, OutboundPlan};
use domain::{AgentId, DestinationRuleId, Refusal, Utc};

use super::bench::{Bench, plan};
use crate::outbound::{Denial, Misspelt, Stop, Verdict};

/// Seconds of the day after ten o'clock.
const TO_MIDNIGHT_S: i64 = 14 * 3_600;

fn run(bench: &mut Bench, script: &str) {
    for line in script.lines().map(str::trim) {
        assert_eq!(bench.line(line), None, "{line}");
    }
}

/// Why `name` is denied `typed`, and the seconds until the cap ends.
fn denied(bench: &mut Bench, name: &str, agent: i64, typed: &str) -> (Denial, Option<i64>) {
    let Verdict::Denied { why, .. } = bench.verdict(name, typed, None) else { panic!("{typed} is allowed") };
    let until = bench.guard.ends(why, Some(AgentId(agent)), bench.now);
    let refusal = bench.guard.refusal(why, Some(AgentId(agent)), bench.now);
    assert_eq!(refusal == Refusal::LimitReached { until: until.unwrap_or_default() }, until.is_some(), "{refusal:?}");
    (why, until.map(|Utc(until)| (until - bench.now.utc.0) / 1_000_000))
}

#[test]
fn a_minute_ends_when_the_call_that_is_one_too_many_is_a_minute_old() {
    let mut bench = Bench::new(plan());
    run(&mut bench, "- ann called 95588 x2\n- +20s\n- ann called 95588 x4\n- +30s");
    assert_eq!(denied(&mut bench, "ann", 1, "95588"), (Denial::AgentPerMinute, Some(10)));
    run(&mut bench, "- +10s\n- ann called 95588 x2\n- +5s");
    assert_eq!(denied(&mut bench, "ann", 1, "95588"), (Denial::AgentPerMinute, Some(15)));
    run(&mut bench, "- +15s\n- ann called 95588 x1");
}

#[test]
fn a_day_ends_at_midnight_where_the_tenant_is() {
    let mut bench = Bench::new(plan());
    run(&mut bench, "- ann called 95588 x6\n- +60s\n- ann called 95588 x6\n- +60s");
    assert_eq!(denied(&mut bench, "ann", 1, "95588"), (Denial::AgentPerDay, Some(TO_MIDNIGHT_S - 120)));
    let mut bench = Bench::new(plan());
    run(&mut bench, "- sue called +442079460000 x2\n- +60s\n- sue called +442079460000 x2\n- +60s");
    let rule = DestinationRuleId(3);
    assert_eq!(denied(&mut bench, "sue", 3, "+442079460000"), (Denial::RulePerDay(rule), Some(TO_MIDNIGHT_S - 120)));
}

#[test]
fn a_day_that_is_ahead_of_a_clock_put_back_ends_at_its_own_midnight() {
    let mut bench = Bench::new(plan());
    run(&mut bench, "- ann called 95588 x6\n- +60s\n- ann called 95588 x6\n- +60s\n- clock -12h");
    assert_eq!(denied(&mut bench, "ann", 1, "95588"), (Denial::AgentPerDay, Some(TO_MIDNIGHT_S - 120 + 12 * 3_600)));
}

#[test]
fn a_midnight_that_is_missing_where_clocks_go_forward_is_the_hour_after_it() {
    let none = Caps { per_minute: None, per_day: Some(0) };
    let mut bench = Bench::new(OutboundPlan { agent_caps: none, ..plan() });
    bench.guard.adopt(OutboundPlan { agent_caps: none, ..plan() }, "Africa/Cairo");
    // 2026-04-23, eight in the evening in Cairo; at the midnight that follows clocks go to one o'clock.
    bench.now.utc = Utc(1_776_967_200_000_000);
    assert_eq!(denied(&mut bench, "ann", 1, "95588"), (Denial::AgentPerDay, Some(4 * 3_600)));
}

#[test]
fn a_cap_that_lets_nobody_call_is_told_as_a_minute_away() {
    let none = Caps { per_minute: Some(0), per_day: None };
    let mut bench = Bench::new(OutboundPlan { agent_caps: none, ..plan() });
    assert_eq!(denied(&mut bench, "ann", 1, "95588"), (Denial::AgentPerMinute, Some(60)));
}

#[test]
fn every_denial_has_its_word() {
    use Refusal::{BadNumber, CallsStopped, LinesBusy, NotAllowed, Overload};
    let (bench, rule) = (Bench::new(plan()), DestinationRuleId(0));
    let stop = Stop { since: Utc(0), alarm: Alarm { distinct: 1, within: Duration::from_secs(60) } };
    let cases = [
        (Denial::Misspelt(Misspelt::FeatureCode), BadNumber),
        (Denial::Misspelt(Misspelt::TooLong), BadNumber),
        (Denial::NoRule, NotAllowed),
        (Denial::NotForAgent, NotAllowed),
        (Denial::DeniedByRule(rule), NotAllowed),
        (Denial::UnknownAgent, NotAllowed),
        (Denial::AgentStopped(stop), CallsStopped),
        (Denial::RuleStopped(rule, stop), CallsStopped),
        (Denial::Uncounted, Overload),
        (Denial::TrunksFull, LinesBusy),
        (Denial::NoTrunk, NotAllowed),
    ];
    for (why, refusal) in cases {
        assert_eq!(bench.guard.refusal(why, None, bench.now), refusal, "{why:?}");
    }
}
