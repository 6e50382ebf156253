//! Opening hours. Minutes are counted from local midnight, dates are ISO 8601 (`2026-10-01`).

use domain::HoursReason;
use domain::calendar::{CalendarException as Exception, DayInterval, ExceptionRule, NaiveDate, Standing};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::codes::HoursReasonCode;

/// Opening hours.
#[derive(Debug, Serialize, ToSchema)]
pub struct Calendar {
    /// Calendar id.
    pub id: String,
    /// Name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// The weekly pattern.
    pub weekly: Vec<WeeklyInterval>,
    /// Holidays, make-up workdays and closures, in the order they were made.
    pub exceptions: Vec<CalendarException>,
    /// Whether it is open at this moment.
    pub standing: HoursStanding,
    /// To be handed back with a change.
    pub version: i64,
}

/// Open from `from_minute` to `to_minute` of a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeeklyInterval {
    /// 0 = Monday … 6 = Sunday.
    pub weekday: i64,
    /// 0–1,439.
    pub from_minute: i64,
    /// 1–1,440, after `from_minute`. Hours over midnight are two intervals.
    pub to_minute: i64,
}

/// A part of one day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoursInterval {
    /// 0–1,439.
    pub from_minute: i64,
    /// 1–1,440, after `from_minute`.
    pub to_minute: i64,
}

/// What an exception is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionKind {
    /// Closed all day.
    Holiday,
    /// A workday that is none by the weekly pattern (调休).
    MakeUp,
    /// Closed for a part of a day, or all of it.
    Closure,
}

/// What kind of day a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalendarDayState {
    /// Has hours by the weekly pattern.
    Open,
    /// Has none by the weekly pattern.
    Closed,
    /// A holiday.
    Holiday,
    /// A make-up workday.
    MakeUp,
    /// A closure takes something from its hours.
    Closure,
}

/// Dates on which something else than the weekly pattern holds.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CalendarException {
    /// Exception id.
    pub id: String,
    /// What it is.
    pub kind: ExceptionKind,
    /// The holiday, or the reason of a closure.
    pub name: String,
    /// The first date.
    pub first_day: String,
    /// The last date.
    pub last_day: String,
    /// A make-up workday with the hours of this weekday, 0 = Monday … 6 = Sunday.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like_weekday: Option<i64>,
    /// A make-up workday's own hours; the one interval of a closure.
    pub intervals: Vec<HoursInterval>,
}

/// An exception to be made, or the whole of one to be changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarExceptionWanted {
    /// What it is.
    pub kind: ExceptionKind,
    /// 1–60 characters.
    pub name: String,
    /// The first date.
    pub first_day: String,
    /// The last date; the first when left out. At most 366 dates.
    pub last_day: Option<String>,
    /// For a make-up workday: the hours of this weekday.
    pub like_weekday: Option<i64>,
    /// For a make-up workday without `like_weekday`: its hours. For a closure: exactly one; all day when left out.
    #[serde(default)]
    pub intervals: Vec<HoursInterval>,
}

/// Opening hours to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCalendar {
    /// 1–60 characters.
    pub name: String,
    /// IANA time zone; the centre's when left out.
    pub time_zone: Option<String>,
    /// The weekly pattern.
    #[serde(default)]
    pub weekly: Vec<WeeklyInterval>,
}

/// A change of opening hours; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarChange {
    /// The version the change was made from.
    pub version: i64,
    /// Name.
    pub name: Option<String>,
    /// IANA time zone.
    pub time_zone: Option<String>,
    /// The weekly pattern.
    pub weekly: Option<Vec<WeeklyInterval>>,
}

/// Whether opening hours are open at a moment, why, and until when.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoursStanding {
    /// Open.
    pub open: bool,
    /// Why.
    pub reason: HoursReasonCode,
    /// The holiday, make-up workday or closure that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception_id: Option<String>,
    /// When it opens or closes next; absent when that is more than 400 days away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until_at_us: Option<i64>,
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MonthQuery {
    /// 1970–2200.
    #[param(value_type = i32)]
    pub year: String,
    /// 1–12.
    #[param(value_type = u32)]
    pub month: String,
}

/// What holds on each date of a month.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarMonth {
    /// Year.
    pub year: i32,
    /// 1–12.
    pub month: u32,
    /// The date it is at this moment in the zone of the calendar.
    pub today: String,
    /// Every date, in order.
    pub days: Vec<CalendarDay>,
}

/// What holds on one date.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarDay {
    /// The date.
    pub date: String,
    /// 0 = Monday … 6 = Sunday.
    pub weekday: u32,
    /// What kind of day it is.
    pub state: CalendarDayState,
    /// The hours, after closures.
    pub intervals: Vec<HoursInterval>,
    /// The holiday or make-up workday that rules, then the closures.
    pub exception_ids: Vec<String>,
    /// By how much the clocks are changed on this date; absent on all others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_shift_ms: Option<i64>,
}

/// The opening hours of a number.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberCalendar {
    /// Calendar id; null is always open.
    #[schema(required = true)]
    pub calendar_id: Option<String>,
}

impl From<DayInterval> for HoursInterval {
    fn from(interval: DayInterval) -> HoursInterval {
        HoursInterval { from_minute: interval.from_minute.into(), to_minute: interval.to_minute.into() }
    }
}

impl From<&Exception> for CalendarException {
    fn from(exception: &Exception) -> CalendarException {
        let (kind, like_weekday, intervals) = match &exception.rule {
            ExceptionRule::Holiday => (ExceptionKind::Holiday, None, Vec::new()),
            ExceptionRule::MakeUpLike(weekday) => (ExceptionKind::MakeUp, Some(i64::from(*weekday)), Vec::new()),
            ExceptionRule::MakeUpOwn(own) => (ExceptionKind::MakeUp, None, own.clone()),
            ExceptionRule::Closure(closed) => (ExceptionKind::Closure, None, vec![*closed]),
        };
        CalendarException {
            id: exception.id.to_string(),
            kind,
            name: exception.name.clone(),
            first_day: exception.first.to_string(),
            last_day: exception.last.to_string(),
            like_weekday,
            intervals: intervals.into_iter().map(HoursInterval::from).collect(),
        }
    }
}

impl HoursStanding {
    /// A standing that lasts until a moment.
    pub fn of(standing: Standing, until: Option<domain::Utc>) -> HoursStanding {
        HoursStanding {
            open: standing.open,
            reason: standing.why.into(),
            exception_id: standing.exception.map(|id| id.to_string()),
            until_at_us: until.map(|until| until.0),
        }
    }

    /// Of a calendar that cannot be read: closed.
    pub fn unknown() -> HoursStanding {
        HoursStanding::of(Standing { open: false, why: HoursReason::Weekly, exception: None }, None)
    }
}

/// A date as it stands in JSON.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    if text.len() != 10 {
        return None;
    }
    text.parse().ok().filter(|date| (YEARS.0..=YEARS.1).contains(&domain::calendar::Datelike::year(date)))
}

/// Years a calendar is asked about.
pub const YEARS: (i32, i32) = (1970, 2200);
