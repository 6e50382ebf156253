//! What holds on one date.

use chrono::{Datelike, NaiveDate};

use super::{Calendar, CalendarException, DayInterval, ExceptionRule};

/// Which rule gave a date its hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// The weekly pattern.
    Weekly,
    /// A holiday.
    Holiday,
    /// A make-up workday.
    MakeUp,
}

/// The hours of one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day<'a> {
    /// By which rule.
    pub kind: DayKind,
    /// The holiday or make-up workday that rules.
    pub ruled_by: Option<&'a CalendarException>,
    /// Closures of the date, in the order they were made.
    pub closures: Vec<&'a CalendarException>,
    /// The hours before closures, in order and apart.
    pub planned: Vec<DayInterval>,
    /// The hours, in order and apart.
    pub open: Vec<DayInterval>,
}

impl Calendar {
    /// The hours of a date.
    pub fn day(&self, date: NaiveDate) -> Day<'_> {
        let (mut holiday, mut make_up, mut closures) = (None, None, Vec::new());
        for exception in self.exceptions.iter().filter(|exception| exception.is_on(date)) {
            let slot = match exception.rule {
                ExceptionRule::Holiday => &mut holiday,
                ExceptionRule::MakeUpLike(_) | ExceptionRule::MakeUpOwn(_) => &mut make_up,
                ExceptionRule::Closure(_) => {
                    closures.push(exception);
                    continue;
                }
            };
            if slot.is_none_or(|known: &CalendarException| known.id < exception.id) {
                *slot = Some(exception);
            }
        }
        closures.sort_by_key(|closure| closure.id);
        let (kind, ruled_by) = match (make_up, holiday) {
            (Some(make_up), _) => (DayKind::MakeUp, Some(make_up)),
            (None, Some(holiday)) => (DayKind::Holiday, Some(holiday)),
            (None, None) => (DayKind::Weekly, None),
        };
        let planned = match ruled_by.map(|exception| &exception.rule) {
            None => self.weekly_of(weekday(date)),
            Some(ExceptionRule::MakeUpLike(day)) => self.weekly_of(*day),
            Some(ExceptionRule::MakeUpOwn(own)) => tidy(own.clone()),
            Some(ExceptionRule::Holiday | ExceptionRule::Closure(_)) => Vec::new(),
        };
        let open = closures.iter().fold(planned.clone(), |open, closure| match closure.rule {
            ExceptionRule::Closure(closed) => without(&open, closed),
            ExceptionRule::Holiday | ExceptionRule::MakeUpLike(_) | ExceptionRule::MakeUpOwn(_) => open,
        });
        Day { kind, ruled_by, closures, planned, open }
    }

    fn weekly_of(&self, weekday: u8) -> Vec<DayInterval> {
        let of_day = self.weekly.iter().filter(|interval| interval.weekday == weekday);
        tidy(of_day.map(|i| DayInterval { from_minute: i.from_minute, to_minute: i.to_minute }).collect())
    }
}

/// 0 = Monday … 6 = Sunday.
pub(super) fn weekday(date: NaiveDate) -> u8 {
    u8::try_from(date.weekday().num_days_from_monday()).unwrap_or(0)
}

/// In order; those that touch become one.
fn tidy(mut intervals: Vec<DayInterval>) -> Vec<DayInterval> {
    intervals.sort_unstable();
    let mut apart: Vec<DayInterval> = Vec::with_capacity(intervals.len());
    for interval in intervals.into_iter().filter(|interval| interval.from_minute < interval.to_minute) {
        match apart.last_mut() {
            Some(last) if interval.from_minute <= last.to_minute => {
                last.to_minute = last.to_minute.max(interval.to_minute)
            }
            Some(_) | None => apart.push(interval),
        }
    }
    apart
}

fn without(open: &[DayInterval], closed: DayInterval) -> Vec<DayInterval> {
    let parts = open.iter().flat_map(|interval| {
        let before = DayInterval { to_minute: interval.to_minute.min(closed.from_minute), ..*interval };
        let after = DayInterval { from_minute: interval.from_minute.max(closed.to_minute), ..*interval };
        [before, after]
    });
    parts.filter(|part| part.from_minute < part.to_minute).collect()
}
