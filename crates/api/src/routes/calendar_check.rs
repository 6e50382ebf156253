//! What opening hours must be: every fault names its field, so that the form can say it beside the hours it belongs to.

use domain::calendar::{DAY_MINUTES, DayInterval, ExceptionRule, OpenInterval, Tz};
use store::{CalendarDraft, CalendarExceptionDraft};

use crate::error::Answer;
use crate::faults::Faults;
use crate::json::calendar::{CalendarExceptionWanted, ExceptionKind, HoursInterval, WeeklyInterval, read_date};
use crate::json::problem::FaultCode;
use crate::limits::{
    EXCEPTION_DAYS_MAX, HOURS_INTERVALS_MAX, HOURS_INTERVALS_PER_DAY_MAX, NAME_CHARS_MAX, TIME_ZONE_CHARS_MAX,
};

/// From midnight to midnight.
const ALL_DAY: DayInterval = DayInterval { from_minute: 0, to_minute: DAY_MINUTES };

/// Name, zone and weekly pattern.
pub fn calendar(name: &str, time_zone: &str, weekly: &[WeeklyInterval]) -> Answer<CalendarDraft> {
    let mut faults = Faults::default();
    let name = faults.text("name", name, 1, NAME_CHARS_MAX);
    let time_zone = faults.text("time_zone", time_zone, 1, TIME_ZONE_CHARS_MAX);
    if !time_zone.is_empty() && time_zone.parse::<Tz>().is_err() {
        faults.add("time_zone", FaultCode::UnknownTimeZone);
    }
    faults.length("weekly", weekly.len(), 0, HOURS_INTERVALS_MAX);
    let mut read: Vec<OpenInterval> = Vec::new();
    for (n, given) in weekly.iter().enumerate() {
        let field = format!("weekly.{n}");
        let weekday = weekday(&mut faults, &format!("{field}.weekday"), given.weekday);
        let part = interval(&mut faults, &field, given.from_minute, given.to_minute);
        let (Some(weekday), Some(part)) = (weekday, part) else { continue };
        let overlaps = |one: &OpenInterval| {
            one.weekday == weekday && part.from_minute < one.to_minute && one.from_minute < part.to_minute
        };
        if read.iter().any(overlaps) {
            faults.add(&field, FaultCode::Overlapping);
        }
        read.push(OpenInterval { weekday, from_minute: part.from_minute, to_minute: part.to_minute });
    }
    faults.none()?;
    read.sort_by_key(|one| (one.weekday, one.from_minute));
    Ok(CalendarDraft { name, time_zone, weekly: read })
}

/// A holiday, a make-up workday or a closure.
pub fn exception(wanted: &CalendarExceptionWanted) -> Answer<CalendarExceptionDraft> {
    let mut faults = Faults::default();
    let name = faults.text("name", &wanted.name, 1, NAME_CHARS_MAX);
    let first = read_date(&wanted.first_day);
    let last = read_date(wanted.last_day.as_deref().unwrap_or(&wanted.first_day));
    for (field, date) in [("first_day", first), ("last_day", last)] {
        if date.is_none() {
            faults.add(field, FaultCode::Malformed);
        }
    }
    if let (Some(first), Some(last)) = (first, last) {
        if last < first {
            faults.add("last_day", FaultCode::EndsTooEarly);
        } else if (last - first).num_days() >= EXCEPTION_DAYS_MAX {
            faults.add_limit("last_day", FaultCode::TooLarge, usize::try_from(EXCEPTION_DAYS_MAX).ok());
        }
    }
    let rule = rule(&mut faults, wanted);
    faults.none()?;
    match (first, last, rule) {
        (Some(first), Some(last), Some(rule)) => Ok(CalendarExceptionDraft { name, first, last, rule }),
        _ => Err(crate::error::RouteError::invalid_field("", FaultCode::Malformed)),
    }
}

fn rule(faults: &mut Faults, wanted: &CalendarExceptionWanted) -> Option<ExceptionRule> {
    let own = intervals(faults, &wanted.intervals);
    match wanted.kind {
        ExceptionKind::Holiday => Some(ExceptionRule::Holiday),
        ExceptionKind::MakeUp => match wanted.like_weekday {
            Some(day) => weekday(faults, "like_weekday", day).map(ExceptionRule::MakeUpLike),
            None => {
                faults.length("intervals", own.len(), 1, HOURS_INTERVALS_PER_DAY_MAX);
                Some(ExceptionRule::MakeUpOwn(own))
            }
        },
        ExceptionKind::Closure => {
            faults.length("intervals", own.len(), 0, 1);
            Some(ExceptionRule::Closure(own.first().copied().unwrap_or(ALL_DAY)))
        }
    }
}

fn intervals(faults: &mut Faults, given: &[HoursInterval]) -> Vec<DayInterval> {
    faults.length("intervals", given.len(), 0, HOURS_INTERVALS_PER_DAY_MAX);
    let mut read: Vec<DayInterval> = Vec::new();
    for (n, one) in given.iter().enumerate() {
        let field = format!("intervals.{n}");
        let Some(part) = interval(faults, &field, one.from_minute, one.to_minute) else { continue };
        if read.iter().any(|other| part.from_minute < other.to_minute && other.from_minute < part.to_minute) {
            faults.add(&field, FaultCode::Overlapping);
        }
        read.push(part);
    }
    read.sort_unstable();
    read
}

fn interval(faults: &mut Faults, field: &str, from: i64, to: i64) -> Option<DayInterval> {
    let minute = |minute: i64| u16::try_from(minute).ok().filter(|minute| *minute <= DAY_MINUTES);
    let (Some(from_minute), Some(to_minute)) = (minute(from), minute(to)) else {
        faults.add(field, FaultCode::Malformed);
        return None;
    };
    if to_minute <= from_minute {
        faults.add(field, FaultCode::EndsTooEarly);
        return None;
    }
    Some(DayInterval { from_minute, to_minute })
}

fn weekday(faults: &mut Faults, field: &str, weekday: i64) -> Option<u8> {
    let read = u8::try_from(weekday).ok().filter(|weekday| *weekday < 7);
    if read.is_none() {
        faults.add(field, FaultCode::Malformed);
    }
    read
}
