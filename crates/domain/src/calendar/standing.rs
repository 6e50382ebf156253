//! Whether a calendar is open at a moment, why, and until when.

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;

use super::{Calendar, DayKind, ExceptionRule, HoursReason};
use crate::{CalendarExceptionId, Utc};

/// A change further away than this is not told: beyond a year, hours are changed by people, not by the calendar.
const LOOKED_AHEAD_DAYS: u64 = 400;
/// Most changes come within a week; only then the whole way is looked along.
const LOOKED_FIRST_DAYS: u64 = 8;

/// Whether it is open at a moment, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Open.
    pub open: bool,
    /// Why.
    pub why: HoursReason,
    /// The exception that says so, for every reason but the weekly pattern.
    pub exception: Option<CalendarExceptionId>,
}

/// A standing and how long it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The standing.
    pub standing: Standing,
    /// When it opens or closes next; `None` when that is more than 400 days away.
    pub until: Option<Utc>,
}

/// Whether a calendar is open at `now`, why, and until when; `None` when its zone is unknown or the time out of range.
pub fn is_open(calendar: &Calendar, now: Utc) -> Option<Verdict> {
    Some(Verdict { standing: calendar.standing(now)?, until: calendar.next_change(now) })
}

impl Calendar {
    /// The standing at a moment; `None` when the zone is unknown or the time out of range.
    pub fn standing(&self, at: Utc) -> Option<Standing> {
        self.standing_in(self.zone()?, at)
    }

    /// The next moment after `at` at which it opens or closes.
    pub fn next_change(&self, at: Utc) -> Option<Utc> {
        let zone = self.zone()?;
        let open = self.standing_in(zone, at)?.open;
        [LOOKED_FIRST_DAYS, LOOKED_AHEAD_DAYS].into_iter().find_map(|days| {
            let is_change = |then: &Utc| self.standing_in(zone, *then).is_some_and(|standing| standing.open != open);
            self.edges(zone, at, days)?.into_iter().find(is_change)
        })
    }

    /// The date at a moment; `None` when the zone is unknown or the time out of range.
    pub fn date_at(&self, at: Utc) -> Option<NaiveDate> {
        Some(DateTime::from_timestamp_micros(at.0)?.with_timezone(&self.zone()?).date_naive())
    }

    /// By how much the clocks are put forward on a date, negative for back; `None` when the zone is unknown.
    pub fn clock_shift(&self, date: NaiveDate) -> Option<TimeDelta> {
        let zone = self.zone()?;
        let noon = |date: NaiveDate| {
            let at = zone.offset_from_local_datetime(&date.and_hms_opt(12, 0, 0)?).earliest()?;
            Some(i64::from(at.fix().local_minus_utc()))
        };
        Some(TimeDelta::seconds(noon(date)? - noon(date.pred_opt()?)?))
    }

    fn standing_in(&self, zone: Tz, at: Utc) -> Option<Standing> {
        let local = DateTime::from_timestamp_micros(at.0)?.with_timezone(&zone);
        let minute = u16::try_from(local.hour() * 60 + local.minute()).ok()?;
        let day = self.day(local.date_naive());
        let (why, exception) = match day.kind {
            DayKind::Weekly => (HoursReason::Weekly, None),
            DayKind::Holiday => (HoursReason::Holiday, day.ruled_by),
            DayKind::MakeUp => (HoursReason::MakeUp, day.ruled_by),
        };
        let ruled = |open| Standing { open, why, exception: exception.map(|exception| exception.id) };
        if day.open.iter().any(|interval| interval.covers(minute)) {
            return Some(ruled(true));
        }
        if !day.planned.iter().any(|interval| interval.covers(minute)) {
            return Some(ruled(false));
        }
        let closes = |rule: &ExceptionRule| matches!(rule, ExceptionRule::Closure(closed) if closed.covers(minute));
        let closure = day.closures.iter().find(|closure| closes(&closure.rule)).map(|closure| closure.id);
        Some(Standing { open: false, why: HoursReason::Closure, exception: closure })
    }

    /// Every moment after `at` within `days` at which the standing can change, in order: the edges of the hours of each
    /// date, and the moments at which the clocks are changed.
    fn edges(&self, zone: Tz, at: Utc, days: u64) -> Option<Vec<Utc>> {
        let first = DateTime::from_timestamp_micros(at.0)?.with_timezone(&zone).date_naive().pred_opt()?;
        let mut edges = Vec::new();
        for date in (0..=days + 2).map_while(|n| first.checked_add_days(Days::new(n))) {
            let midnight = date.and_time(NaiveTime::MIN);
            let day = self.day(date);
            let minutes = day.open.iter().flat_map(|interval| [interval.from_minute, interval.to_minute]);
            for minute in minutes {
                let wall = midnight + TimeDelta::minutes(i64::from(minute));
                match zone.from_local_datetime(&wall) {
                    LocalResult::Single(one) => edges.push(Utc(one.timestamp_micros())),
                    LocalResult::Ambiguous(one, two) => {
                        edges.extend([Utc(one.timestamp_micros()), Utc(two.timestamp_micros())]);
                    }
                    // Skipped by the clocks: the moment of the change stands for it.
                    LocalResult::None => {}
                }
            }
            edges.extend(clock_change(zone, date));
        }
        edges.retain(|edge| *edge > at);
        edges.sort_unstable();
        Some(edges)
    }
}

/// The moment within the UTC day at which the clocks of the zone are changed.
fn clock_change(zone: Tz, date: NaiveDate) -> Option<Utc> {
    let offset = |at: NaiveDateTime| zone.offset_from_utc_datetime(&at).fix().local_minus_utc();
    let mut before = date.and_time(NaiveTime::MIN);
    let mut after = date.succ_opt()?.and_time(NaiveTime::MIN);
    let (from, to) = (offset(before), offset(after));
    if from == to {
        return None;
    }
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if offset(middle) == from { before = middle } else { after = middle }
    }
    Some(Utc(after.and_utc().timestamp_micros()))
}
