//! Branches on opening hours, in the calendar's own time zone.

use chrono::{DateTime, Datelike, Timelike};
use chrono_tz::Tz;
use domain::event::FlowExit;
use domain::settings::Calendar;
use domain::{CalendarId, ConversationId, EndReason, Utc};

use crate::floor::Floor;
use crate::flow::{FlowCursor, Turn};

pub(crate) fn enter(
    floor: &mut Floor,
    id: ConversationId,
    cursor: &FlowCursor,
    calendar: CalendarId,
    open: u16,
    closed: u16,
) -> Turn {
    match floor.catalog.calendar(calendar).and_then(|calendar| is_open(calendar, floor.now.utc)) {
        Some(true) => Turn::Go { exit: FlowExit::Open, to: open },
        Some(false) => Turn::Go { exit: FlowExit::Closed, to: closed },
        None => {
            floor.leave_node(id, cursor, FlowExit::Failed);
            floor.give_up_customer(id, EndReason::FlowFailed);
            Turn::Over
        }
    }
}

/// Whether a calendar is open at `at`; `None` when its time zone is unknown or the time is out of range.
pub(crate) fn is_open(calendar: &Calendar, at: Utc) -> Option<bool> {
    let zone: Tz = calendar.time_zone.parse().ok()?;
    let local = DateTime::from_timestamp_micros(at.0)?.with_timezone(&zone);
    let weekday = local.weekday().num_days_from_monday();
    let minute = local.hour() * 60 + local.minute();
    let covers = calendar.weekly.iter().any(|interval| {
        u32::from(interval.weekday) == weekday
            && u32::from(interval.from_minute) <= minute
            && minute < u32::from(interval.to_minute)
    });
    Some(covers)
}
