//! Opening hours as callers meet them: the floor under a clock that is set, each branch by the calendar of the node or of
//! the number.

use chrono::{NaiveDateTime, TimeZone};
use domain::calendar::{Calendar, CalendarException, DayInterval, ExceptionRule, OpenInterval};
use domain::event::FlowExit;
use domain::settings::{FlowNodeKind, HoursOf, Settings};
use domain::{CalendarExceptionId, CalendarId, EndReason, Event, HoursReason, Input, Utc};

use super::script::{World, settings};

/// Weekdays 09:00–12:00 and 13:30–18:00, with one of each exception.
fn office(zone: &str) -> Calendar {
    let parts = [(540, 720), (810, 1_080)];
    let weekly = (0..5)
        .flat_map(|weekday| parts.map(|(from_minute, to_minute)| OpenInterval { weekday, from_minute, to_minute }));
    let closed = DayInterval { from_minute: 600, to_minute: 660 };
    let exceptions = [
        (1, "2026-10-01", "2026-10-07", ExceptionRule::Holiday),
        (2, "2026-10-10", "2026-10-10", ExceptionRule::MakeUpLike(0)),
        (3, "2026-10-11", "2026-10-11", ExceptionRule::MakeUpOwn(vec![DayInterval { from_minute: 0, to_minute: 60 }])),
        (4, "2026-10-12", "2026-10-12", ExceptionRule::Closure(closed)),
        (5, "2028-02-29", "2028-02-29", ExceptionRule::Holiday),
    ];
    let exception = |(id, first, last, rule): (i64, &str, &str, ExceptionRule)| CalendarException {
        id: CalendarExceptionId(id),
        name: format!("exception {id}"),
        first: first.parse().unwrap(),
        last: last.parse().unwrap(),
        rule,
    };
    Calendar {
        id: CalendarId(401),
        name: "office".to_owned(),
        time_zone: zone.to_owned(),
        weekly: weekly.collect(),
        exceptions: exceptions.map(exception).into(),
    }
}

fn with_calendar(calendar: Calendar) -> Settings {
    Settings { calendars: vec![calendar], ..settings() }
}

fn wall(zone: &str, text: &str) -> Utc {
    let zone: chrono_tz::Tz = zone.parse().unwrap();
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
    Utc(zone.from_local_datetime(&wall).earliest().unwrap().timestamp_micros())
}

/// What a caller who rings at the moment meets: the exit, and why.
fn met(world: &mut World, at: Utc, call: &str) -> (FlowExit, HoursReason, Option<i64>) {
    let seen = world.ledger.len();
    assert!(world.now.utc <= at, "time only goes on");
    let pass = u64::try_from(at.0 - world.now.utc.0).unwrap();
    world.pass(std::time::Duration::from_micros(pass));
    world.run(&format!("call {call} 4001\nup {call}\ngone {call}"));
    let events: Vec<&Event> = world.ledger[seen..].iter().map(|entry| &entry.event).collect();
    let checked = events.iter().find_map(|event| {
        let Event::HoursChecked { open, why, exception, .. } = event else { return None };
        Some((*open, *why, exception.map(|id| id.0)))
    });
    let exit = events.iter().find_map(|event| {
        let Event::FlowNodeLeft { node: 0, exit, .. } = event else { return None };
        Some(*exit)
    });
    let ((open, why, exception), exit) = (checked.unwrap(), exit.unwrap());
    assert_eq!(exit, if open { FlowExit::Open } else { FlowExit::Closed }, "the branch is what the event says");
    (exit, why, exception)
}

/// One floor lives through all of it, call by call.
fn live_through(zone: &str, calls: &[(&str, FlowExit, HoursReason, Option<i64>)]) {
    let calls = calls.iter().map(|(at, exit, why, exception)| (wall(zone, at), *at, (*exit, *why, *exception)));
    let mut world: Option<World> = None;
    for (n, (at, text, expected)) in calls.enumerate() {
        let world = world.get_or_insert_with(|| World::at(with_calendar(office(zone)), at));
        assert_eq!(met(world, at, &format!("c{n}")), expected, "{text}");
    }
}

use FlowExit::{Closed, Open};
use HoursReason::{Closure, Holiday, MakeUp, Weekly};

#[test]
fn every_branch_of_the_calendar_under_the_test_clock() {
    live_through(
        "Asia/Shanghai",
        &[
            ("2026-09-30 08:59:59", Closed, Weekly, None),
            ("2026-09-30 09:00:00", Open, Weekly, None),
            ("2026-09-30 12:00:00", Closed, Weekly, None),
            ("2026-09-30 13:30:00", Open, Weekly, None),
            ("2026-09-30 18:00:00", Closed, Weekly, None),
            ("2026-09-30 23:59:59", Closed, Weekly, None),
            ("2026-10-01 00:00:00", Closed, Holiday, Some(1)),
            ("2026-10-05 10:00:00", Closed, Holiday, Some(1)),
            ("2026-10-07 23:59:59", Closed, Holiday, Some(1)),
            ("2026-10-08 00:00:00", Closed, Weekly, None),
            ("2026-10-08 09:00:00", Open, Weekly, None),
            ("2026-10-10 08:00:00", Closed, MakeUp, Some(2)),
            ("2026-10-10 10:00:00", Open, MakeUp, Some(2)),
            ("2026-10-10 23:59:59", Closed, MakeUp, Some(2)),
            ("2026-10-11 00:00:00", Open, MakeUp, Some(3)),
            ("2026-10-11 01:00:00", Closed, MakeUp, Some(3)),
            ("2026-10-12 09:59:59", Open, Weekly, None),
            ("2026-10-12 10:00:00", Closed, Closure, Some(4)),
            ("2026-10-12 10:59:59", Closed, Closure, Some(4)),
            ("2026-10-12 11:00:00", Open, Weekly, None),
            ("2026-10-12 12:00:00", Closed, Weekly, None),
        ],
    );
}

#[test]
fn leap_days_and_both_changes_of_the_clocks() {
    live_through(
        "Asia/Shanghai",
        &[
            ("2028-02-28 10:00:00", Open, Weekly, None),
            ("2028-02-29 10:00:00", Closed, Holiday, Some(5)),
            ("2028-03-01 10:00:00", Open, Weekly, None),
        ],
    );
    // London: the last Sunday of March and of October. Nine o'clock stays nine o'clock.
    live_through(
        "Europe/London",
        &[
            ("2026-03-27 08:59:59", Closed, Weekly, None),
            ("2026-03-27 09:00:00", Open, Weekly, None),
            ("2026-03-30 08:59:59", Closed, Weekly, None),
            ("2026-03-30 09:00:00", Open, Weekly, None),
            ("2026-10-23 17:59:59", Open, Weekly, None),
            ("2026-10-23 18:00:00", Closed, Weekly, None),
            ("2026-10-26 08:59:59", Closed, Weekly, None),
            ("2026-10-26 09:00:00", Open, Weekly, None),
        ],
    );
}

/// The node of the main flow asks the number's hours.
fn by_number(calendar: Option<CalendarId>) -> Settings {
    let mut settings = with_calendar(office("Asia/Shanghai"));
    settings.numbers[0].calendar = calendar;
    if let FlowNodeKind::Hours { calendar, .. } = &mut settings.flows[0].nodes[0].kind {
        *calendar = HoursOf::Number;
    }
    settings
}

#[test]
fn a_node_may_ask_the_hours_of_the_number() {
    let noon = wall("Asia/Shanghai", "2026-09-30 12:30:00");
    let mut world = World::at(by_number(Some(CalendarId(401))), noon);
    assert_eq!(met(&mut world, noon, "c1"), (Closed, Weekly, None));
    world.input(Input::SettingsChanged(by_number(None).into()));
    assert_eq!(met(&mut world, noon, "c2"), (Open, HoursReason::NoCalendar, None), "none is always open");
}

#[test]
fn hours_that_are_changed_hold_for_the_next_caller() {
    let at = wall("Asia/Shanghai", "2026-09-30 10:00:00");
    let mut world = World::at(by_number(Some(CalendarId(401))), at);
    assert_eq!(met(&mut world, at, "c1"), (Open, Weekly, None));
    let mut closed = by_number(Some(CalendarId(401)));
    let today = "2026-09-30".parse().unwrap();
    closed.calendars[0].exceptions.push(CalendarException {
        id: CalendarExceptionId(9),
        name: "fire drill".to_owned(),
        first: today,
        last: today,
        rule: ExceptionRule::Closure(DayInterval { from_minute: 0, to_minute: 1_440 }),
    });
    world.input(Input::SettingsChanged(closed.into()));
    assert_eq!(met(&mut world, at, "c2"), (Closed, Closure, Some(9)));
    world.input(Input::SettingsChanged(by_number(Some(CalendarId(401))).into()));
    assert_eq!(met(&mut world, at, "c3"), (Open, Weekly, None));
    let ended = world.ledger.iter().filter(|entry| {
        matches!(entry.event, Event::ConversationEnded { reason: EndReason::Closed | EndReason::HungUp, .. })
    });
    assert_eq!(ended.count(), 3);
}
