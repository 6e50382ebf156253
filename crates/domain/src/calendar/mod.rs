//! Opening hours: a weekly pattern, and dates on which something else holds.
//!
//! What holds on a date, each line over the ones before it:
//!
//! 1. the weekly pattern of its weekday,
//! 2. a holiday: closed from midnight to midnight,
//! 3. a make-up workday (调休): the hours of a named weekday or its own, even inside a holiday,
//! 4. closures: taken out of whatever is left.
//!
//! Of two holidays, or two make-up workdays, on one date the one made later holds. Hours are wall-clock time of the
//! calendar's zone: 09:00 is 09:00 before and after a change of the clocks, an hour that is skipped is not there, and
//! one that comes twice counts twice.

mod day;
mod standing;
#[cfg(test)]
mod tests;

pub use chrono::{Datelike, NaiveDate, Weekday};
pub use chrono_tz::Tz;
pub use day::{Day, DayKind};
pub use standing::{Standing, Verdict, is_open};

use crate::{CalendarExceptionId, CalendarId};

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 24 * 60;

/// Opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Its id.
    pub id: CalendarId,
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Weekly intervals.
    pub weekly: Vec<OpenInterval>,
    /// Dates on which something else holds.
    pub exceptions: Vec<CalendarException>,
}

/// Open from `from_minute` (inclusive) to `to_minute` (exclusive) of a weekday, local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenInterval {
    /// 0 = Monday … 6 = Sunday.
    pub weekday: u8,
    /// Minutes since local midnight, 0–1439.
    pub from_minute: u16,
    /// Minutes since local midnight, 1–1440.
    pub to_minute: u16,
}

/// A part of one day, from `from_minute` (inclusive) to `to_minute` (exclusive), local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayInterval {
    /// Minutes since local midnight, 0–1439.
    pub from_minute: u16,
    /// Minutes since local midnight, 1–1440.
    pub to_minute: u16,
}

impl DayInterval {
    /// Whether the minute lies inside.
    pub const fn covers(self, minute: u16) -> bool {
        self.from_minute <= minute && minute < self.to_minute
    }
}

/// Dates on which something else than the weekly pattern holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarException {
    /// Its id; later ones are greater.
    pub id: CalendarExceptionId,
    /// What it is called: the holiday, or the reason of a closure.
    pub name: String,
    /// The first date.
    pub first: NaiveDate,
    /// The last date, not before the first.
    pub last: NaiveDate,
    /// What holds on each of them.
    pub rule: ExceptionRule,
}

/// What holds on the dates of an exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExceptionRule {
    /// Closed all day.
    Holiday,
    /// A workday with the hours of this weekday, 0 = Monday … 6 = Sunday.
    MakeUpLike(u8),
    /// A workday with hours of its own.
    MakeUpOwn(Vec<DayInterval>),
    /// Closed within the interval.
    Closure(DayInterval),
}

/// Why a calendar is open or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoursReason {
    /// By the weekly pattern.
    Weekly,
    /// It is a holiday.
    Holiday,
    /// It is a make-up workday, within or outside its hours.
    MakeUp,
    /// A closure falls into the hours.
    Closure,
    /// The number has no opening hours.
    NoCalendar,
}

impl Calendar {
    /// The zone; `None` when the name is none.
    pub fn zone(&self) -> Option<Tz> {
        self.time_zone.parse().ok()
    }
}

impl CalendarException {
    /// Whether it holds on a date.
    pub fn is_on(&self, date: NaiveDate) -> bool {
        self.first <= date && date <= self.last
    }
}
