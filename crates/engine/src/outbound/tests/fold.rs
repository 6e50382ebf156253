//! What a restart knows again, and what it does not.

use std::time::Duration;

use domain::outbound::{Alarm, Caps, OutboundPlan, Stopped};
use domain::{AgentId, DestinationRuleId, Event, Mono, Now};

use super::bench::{Bench, plan};
use crate::outbound::{Denial, RAISED_MAX, Verdict};

fn run(bench: &mut Bench, script: &str) {
    for line in script.lines().map(str::trim) {
        if let Some((found, expected)) = bench.line(line) {
            assert_eq!(found, expected, "{line}");
        }
    }
}

/// Another process folds the same events.
fn restarted(before: &Bench) -> Bench {
    let mut after = Bench::new(plan());
    for (event, at) in &before.ledger {
        after.guard.apply_past(event, *at, before.now);
    }
    after.now = before.now;
    after
}

#[test]
fn a_restart_gives_nobody_fresh_minutes_or_a_fresh_day() {
    let mut bench = Bench::new(plan());
    run(&mut bench, "- ann called 95588 x6");
    run(&mut restarted(&bench), "ann asks | 95588 | no: AgentPerMinute");
    run(&mut bench, "- +60s\n- ann transferred 95588 x6\n- +60s");
    let mut after = restarted(&bench);
    run(&mut after, "ann asks | 95588 | no: AgentPerDay");
}

#[test]
fn a_process_that_began_after_the_calls_counts_only_those_of_the_last_minute_by_the_civil_clock() {
    let mut bench = Bench::new(plan());
    run(&mut bench, "- ann called 95588 x5\n- +60s\n- ann called 95588 x1");
    let mut after = Bench::new(plan());
    // All of them lie before the clock began.
    after.now = Now { mono: Mono(0), utc: bench.now.utc };
    for (event, at) in &bench.ledger {
        after.guard.apply_past(event, Now { mono: Mono(0), utc: at.utc }, after.now);
    }
    run(&mut after, "- ann called 95588 x5\nann asks | 95588 | no: AgentPerMinute");
    run(&mut after, "- +60s\nann asks | 95588 | A 95588 as 4003 by bank");
    run(&mut after, "- ann called 95588 x1\nann asks | 95588 | no: AgentPerDay");
}

#[test]
fn alarms_that_nobody_takes_are_bounded() {
    let mut bench = Bench::new(plan());
    for n in 0..=RAISED_MAX {
        for line in 0..4 {
            bench.ask_untold("sue", &format!("+44 20 {n:04} 000{line}"));
        }
        bench.release(Stopped::Agent(AgentId(3)));
    }
    let raised = std::iter::from_fn(|| bench.guard.poll_raised()).count();
    assert_eq!(raised, RAISED_MAX);
}

#[test]
fn trunk_rule_and_talk_of_a_call_are_known_again() {
    let mut bench = Bench::new(plan());
    run(&mut bench, "- ann called 13800138000 x3\n- sue called 00442079460000 x2");
    run(
        &mut restarted(&bench),
        "ann asks | 138 0013 8000 | A 013800138000 as 4001 by mobile past B:PerMinute
        sue asks | +44 20 7946 0000 | no: RulePerMinute uk",
    );
    run(
        &mut bench,
        "- +60s\nsue calls | +44 20 7946 0000 | C 00442079460000 as 4001 by uk\n- answered\n- +10m\n- ended",
    );
    run(&mut restarted(&bench), "sue asks | +44 20 7946 0000 | no: RuleTalk uk");
}

#[test]
fn the_time_a_node_was_down_is_no_talk() {
    let mut bench = Bench::new(plan());
    run(&mut bench, "sue calls | +44 20 7946 0000 | C 00442079460000 as 4001 by uk\n- answered\n- +599s");
    // The last that was heard of the node that crashed.
    bench.event(Event::OutboundReleased { stopped: Stopped::Rule(DestinationRuleId(0)), by: AgentId(9) });
    bench.pass(Duration::from_secs(3_600));
    bench.event(Event::FloorStarted { epoch: 2 });
    run(&mut bench, "- ended\nsue asks | +44 20 7946 0000 | C 00442079460000 as 4001 by uk");
    run(&mut restarted(&bench), "sue asks | +44 20 7946 0000 | C 00442079460000 as 4001 by uk");
    run(
        &mut bench,
        "sue calls | +44 20 7946 0000 | C 00442079460000 as 4001 by uk\n- answered\n- +1s\n- ended
        sue asks | +44 20 7946 0000 | no: RuleTalk uk",
    );
    run(&mut restarted(&bench), "sue asks | +44 20 7946 0000 | no: RuleTalk uk");
}

#[test]
fn a_stop_and_its_release_outlive_a_restart() {
    let mut bench = Bench::new(plan());
    for n in 1..5 {
        bench.verdict("sue", &format!("+44 20 7946 000{n}"), None);
    }
    let mut after = restarted(&bench);
    assert_eq!(after.guard.stops().collect::<Vec<_>>(), bench.guard.stops().collect::<Vec<_>>());
    run(&mut after, "sue asks | 95588 | no: AgentStopped");
    run(&mut bench, "- release sue");
    run(&mut restarted(&bench), "sue asks | 95588 | A 95588 as 4003 by bank");
}

#[test]
fn a_released_agent_begins_with_no_number_called() {
    let mut bench = Bench::new(plan());
    let dial = |bench: &mut Bench, n: u32| bench.verdict("sue", &format!("+44 20 7946 000{n}"), None);
    for n in 1..5 {
        dial(&mut bench, n);
    }
    bench.release(Stopped::Agent(AgentId(3)));
    for n in 5..8 {
        assert!(matches!(dial(&mut bench, n), Verdict::Allowed(_)), "{n}");
    }
    assert!(matches!(dial(&mut bench, 8), Verdict::Denied { why: Denial::AgentStopped(_), .. }));
    assert_eq!(bench.raised.len(), 2);
}

#[test]
fn an_alarm_is_told_once_with_whose_call_it_was() {
    let mut bench = Bench::new(plan());
    for n in 1..7 {
        bench.verdict("sue", &format!("+44 20 7946 000{n}"), None);
    }
    assert_eq!(bench.raised, [(Stopped::Agent(AgentId(3)), AgentId(3))]);
    let stops: Vec<_> = bench.guard.stops().collect();
    let [(_, stop)] = stops.as_slice() else { panic!("{stops:?}") };
    assert_eq!((stop.since, stop.alarm.distinct), (bench.now.utc, 3));
}

#[test]
fn what_is_refused_by_a_cap_counts_for_the_alarm() {
    let mut bench = Bench::new(plan());
    run(&mut bench, "- sue called 00442079460001 x2");
    run(
        &mut bench,
        "sue tries | +44 20 7946 0002 | no: RulePerMinute uk
        sue tries | +44 20 7946 0003 | no: RulePerMinute uk
        sue tries | +44 20 7946 0004 | no: AgentStopped",
    );
}

#[test]
fn new_settings_keep_what_was_counted_and_stopped() {
    let mut bench = Bench::new(plan());
    run(&mut bench, "- ann called 95588 x6");
    let looser = Caps { per_minute: Some(7), per_day: None };
    bench.guard.adopt(OutboundPlan { agent_caps: looser, ..plan() }, "Asia/Shanghai");
    run(&mut bench, "- ann called 95588 x1\nann asks | 95588 | no: AgentPerMinute");
}

#[test]
fn a_cap_of_nothing_allows_nothing_and_no_cap_everything() {
    let none = Caps { per_minute: Some(0), per_day: None };
    let mut bench = Bench::new(OutboundPlan { agent_caps: none, ..plan() });
    assert_eq!(
        bench.verdict("ann", "95588", None),
        Verdict::Denied { why: Denial::AgentPerMinute, passed: Vec::new() }
    );
    let mut bench = Bench::new(OutboundPlan { agent_caps: Caps::default(), ..plan() });
    run(&mut bench, "- ann called 95588 x100\nann asks | 95588 | A 95588 as 4003 by bank");
    let alarm = Some(Alarm { distinct: 0, within: Duration::from_secs(1) });
    let mut bench = Bench::new(OutboundPlan { agent_alarm: alarm, ..plan() });
    run(&mut bench, "sue tries | +44 20 7946 0000 | no: AgentStopped");
}
