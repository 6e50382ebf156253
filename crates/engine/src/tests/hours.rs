//! Opening hours at their edges, in the calendar's zone, across a change of summer time.

use chrono::{TimeZone, Utc as Civil};
use domain::settings::{Calendar, OpenInterval};
use domain::{CalendarId, Utc};

use crate::flow::is_open;

fn calendar(zone: &str, weekday: u8, from_minute: u16, to_minute: u16) -> Calendar {
    let weekly = vec![OpenInterval { weekday, from_minute, to_minute }];
    Calendar { id: CalendarId(1), name: "office".to_owned(), time_zone: zone.to_owned(), weekly }
}

fn check(calendar: &Calendar, utc: (i32, u32, u32, u32, u32, u32), open: Option<bool>) {
    let (year, month, day, hour, minute, second) = utc;
    let at = Civil.with_ymd_and_hms(year, month, day, hour, minute, second).unwrap();
    assert_eq!(is_open(calendar, Utc(at.timestamp_micros())), open, "{utc:?}");
}

#[test]
fn the_first_minute_is_in_and_the_last_is_out() {
    let monday = calendar("Asia/Shanghai", 0, 540, 1080);
    check(&monday, (2026, 1, 5, 0, 59, 59), Some(false));
    check(&monday, (2026, 1, 5, 1, 0, 0), Some(true));
    check(&monday, (2026, 1, 5, 9, 59, 59), Some(true));
    check(&monday, (2026, 1, 5, 10, 0, 0), Some(false));
}

#[test]
fn the_weekday_is_the_one_of_the_zone() {
    // 23:30 UTC on Sunday is Monday morning in Shanghai.
    check(&calendar("Asia/Shanghai", 0, 0, 1440), (2026, 1, 4, 23, 30, 0), Some(true));
    check(&calendar("Asia/Shanghai", 6, 0, 1440), (2026, 1, 4, 23, 30, 0), Some(false));
}

#[test]
fn summer_time_moves_the_hours() {
    let london = calendar("Europe/London", 0, 540, 1020);
    check(&london, (2026, 3, 23, 9, 0, 0), Some(true));
    check(&london, (2026, 3, 30, 8, 0, 0), Some(true));
    check(&london, (2026, 3, 23, 8, 0, 0), Some(false));
}

#[test]
fn an_unknown_zone_is_no_answer() {
    check(&calendar("Nowhere", 0, 0, 1440), (2026, 1, 5, 0, 0, 0), None);
}
