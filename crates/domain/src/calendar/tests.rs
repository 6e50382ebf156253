//! Opening hours at their edges: midnight, changes of the clocks, holidays, make-up workdays, closures, leap days.

use chrono::{NaiveDateTime, TimeZone};

use super::*;
use crate::Utc;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn hours(text: &str) -> DayInterval {
    let (from, to) = text.split_once('-').unwrap();
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<u16>().unwrap() * 60 + minute.parse::<u16>().unwrap()
    };
    DayInterval { from_minute: minute(from), to_minute: minute(to) }
}

/// Monday to Friday 09:00–12:00 and 13:30–18:00.
fn office(zone: &str) -> Calendar {
    let day = ["09:00-12:00", "13:30-18:00"].map(hours);
    let weekly = (0..5).flat_map(|weekday| {
        day.map(|part| OpenInterval { weekday, from_minute: part.from_minute, to_minute: part.to_minute })
    });
    Calendar {
        id: CalendarId(1),
        name: "office".to_owned(),
        time_zone: zone.to_owned(),
        weekly: weekly.collect(),
        exceptions: Vec::new(),
    }
}

/// Open on the days, 0 = Monday, within the hours.
fn weekly(zone: &str, days: &[u8], within: &str) -> Calendar {
    let part = hours(within);
    let interval =
        |weekday: &u8| OpenInterval { weekday: *weekday, from_minute: part.from_minute, to_minute: part.to_minute };
    Calendar { weekly: days.iter().map(interval).collect(), ..office(zone) }
}

impl Calendar {
    fn with(mut self, id: i64, first: &str, last: &str, rule: ExceptionRule) -> Calendar {
        let (first, last) = (date(first), date(last));
        let id = CalendarExceptionId(id);
        self.exceptions.push(CalendarException { id, name: format!("exception {}", id.0), first, last, rule });
        self
    }
}

/// A moment as the wall clock of the zone shows it; of two the first.
fn wall(calendar: &Calendar, text: &str) -> Utc {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
    Utc(calendar.zone().unwrap().from_local_datetime(&wall).earliest().unwrap().timestamp_micros())
}

fn utc(text: &str) -> Utc {
    Utc(NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ").unwrap().and_utc().timestamp_micros())
}

#[track_caller]
fn check(calendar: &Calendar, at: Utc, open: bool, why: HoursReason, exception: Option<i64>, until: Option<Utc>) {
    let standing = Standing { open, why, exception: exception.map(CalendarExceptionId) };
    assert_eq!(is_open(calendar, at), Some(Verdict { standing, until }));
}

#[track_caller]
fn on_the_wall(calendar: &Calendar, at: &str, expected: (bool, HoursReason, Option<i64>), until: &str) {
    let (open, why, exception) = expected;
    check(calendar, wall(calendar, at), open, why, exception, Some(wall(calendar, until)));
}

const OPEN: (bool, HoursReason, Option<i64>) = (true, HoursReason::Weekly, None);
const SHUT: (bool, HoursReason, Option<i64>) = (false, HoursReason::Weekly, None);

#[test]
fn several_intervals_a_day_and_their_edges() {
    let office = office("Asia/Shanghai");
    // 2026-01-05 is a Monday.
    on_the_wall(&office, "2026-01-05 08:59:59", SHUT, "2026-01-05 09:00:00");
    on_the_wall(&office, "2026-01-05 09:00:00", OPEN, "2026-01-05 12:00:00");
    on_the_wall(&office, "2026-01-05 11:59:59", OPEN, "2026-01-05 12:00:00");
    on_the_wall(&office, "2026-01-05 12:00:00", SHUT, "2026-01-05 13:30:00");
    on_the_wall(&office, "2026-01-05 13:30:00", OPEN, "2026-01-05 18:00:00");
    on_the_wall(&office, "2026-01-05 18:00:00", SHUT, "2026-01-06 09:00:00");
    on_the_wall(&office, "2026-01-09 18:00:00", SHUT, "2026-01-12 09:00:00");
}

#[test]
fn midnight_belongs_to_the_day_that_begins() {
    let friday_night = weekly("Asia/Shanghai", &[4], "20:00-24:00");
    on_the_wall(&friday_night, "2026-01-09 23:59:59", OPEN, "2026-01-10 00:00:00");
    on_the_wall(&friday_night, "2026-01-10 00:00:00", SHUT, "2026-01-16 20:00:00");
    let mut through = friday_night.clone();
    through.weekly.push(OpenInterval { weekday: 5, from_minute: 0, to_minute: 120 });
    on_the_wall(&through, "2026-01-09 23:59:59", OPEN, "2026-01-10 02:00:00");
    on_the_wall(&through, "2026-01-10 00:00:00", OPEN, "2026-01-10 02:00:00");
    let always = weekly("Asia/Shanghai", &[0, 1, 2, 3, 4, 5, 6], "00:00-24:00");
    check(&always, wall(&always, "2026-01-10 00:00:00"), true, HoursReason::Weekly, None, None);
    let never = weekly("Asia/Shanghai", &[], "00:00-24:00");
    check(&never, wall(&never, "2026-01-10 00:00:00"), false, HoursReason::Weekly, None, None);
}

#[test]
fn the_day_is_the_one_of_the_zone() {
    // 23:30 UTC on Sunday is Monday morning in Shanghai and Sunday afternoon in Los Angeles.
    let at = utc("2026-01-04T23:30:00Z");
    assert!(weekly("Asia/Shanghai", &[0], "00:00-24:00").standing(at).unwrap().open);
    assert!(weekly("America/Los_Angeles", &[6], "00:00-24:00").standing(at).unwrap().open);
    assert!(!weekly("Asia/Shanghai", &[6], "00:00-24:00").standing(at).unwrap().open);
    assert_eq!(weekly("Mars/Olympus", &[6], "00:00-24:00").standing(at), None);
    assert_eq!(is_open(&weekly("", &[6], "00:00-24:00"), at), None);
}

#[test]
fn a_holiday_is_closed_from_midnight_to_midnight() {
    let office = office("Asia/Shanghai").with(1, "2026-10-01", "2026-10-07", ExceptionRule::Holiday);
    let holiday = (false, HoursReason::Holiday, Some(1));
    on_the_wall(&office, "2026-09-30 17:59:59", OPEN, "2026-09-30 18:00:00");
    on_the_wall(&office, "2026-09-30 23:59:59", SHUT, "2026-10-08 09:00:00");
    on_the_wall(&office, "2026-10-01 00:00:00", holiday, "2026-10-08 09:00:00");
    on_the_wall(&office, "2026-10-05 10:00:00", holiday, "2026-10-08 09:00:00");
    on_the_wall(&office, "2026-10-07 23:59:59", holiday, "2026-10-08 09:00:00");
    on_the_wall(&office, "2026-10-08 00:00:00", SHUT, "2026-10-08 09:00:00");
    on_the_wall(&office, "2026-10-08 09:00:00", OPEN, "2026-10-08 12:00:00");
}

#[test]
fn a_make_up_workday_has_the_hours_of_a_weekday_or_its_own() {
    let own = ExceptionRule::MakeUpOwn(vec![hours("14:00-16:00"), hours("10:00-11:00")]);
    let office = office("Asia/Shanghai").with(1, "2026-10-10", "2026-10-10", ExceptionRule::MakeUpLike(2)).with(
        2,
        "2026-09-20",
        "2026-09-20",
        own,
    );
    let (in_like, out_like) = ((true, HoursReason::MakeUp, Some(1)), (false, HoursReason::MakeUp, Some(1)));
    on_the_wall(&office, "2026-10-10 08:00:00", out_like, "2026-10-10 09:00:00");
    on_the_wall(&office, "2026-10-10 12:30:00", out_like, "2026-10-10 13:30:00");
    on_the_wall(&office, "2026-10-10 13:30:00", in_like, "2026-10-10 18:00:00");
    on_the_wall(&office, "2026-10-11 13:30:00", SHUT, "2026-10-12 09:00:00");
    let (in_own, out_own) = ((true, HoursReason::MakeUp, Some(2)), (false, HoursReason::MakeUp, Some(2)));
    on_the_wall(&office, "2026-09-20 09:59:59", out_own, "2026-09-20 10:00:00");
    on_the_wall(&office, "2026-09-20 10:00:00", in_own, "2026-09-20 11:00:00");
    on_the_wall(&office, "2026-09-20 15:59:59", in_own, "2026-09-20 16:00:00");
    on_the_wall(&office, "2026-09-20 16:00:00", out_own, "2026-09-21 09:00:00");
}

#[test]
fn a_closure_takes_a_part_out_of_the_hours_and_nothing_else() {
    let office = office("Asia/Shanghai")
        .with(1, "2026-01-05", "2026-01-05", ExceptionRule::Closure(hours("11:00-14:00")))
        .with(2, "2026-01-06", "2026-01-06", ExceptionRule::Closure(hours("00:00-24:00")));
    let closed = (false, HoursReason::Closure, Some(1));
    on_the_wall(&office, "2026-01-05 10:59:59", OPEN, "2026-01-05 11:00:00");
    on_the_wall(&office, "2026-01-05 11:00:00", closed, "2026-01-05 14:00:00");
    on_the_wall(&office, "2026-01-05 12:30:00", SHUT, "2026-01-05 14:00:00");
    on_the_wall(&office, "2026-01-05 13:59:59", closed, "2026-01-05 14:00:00");
    on_the_wall(&office, "2026-01-05 14:00:00", OPEN, "2026-01-05 18:00:00");
    on_the_wall(&office, "2026-01-05 18:00:00", SHUT, "2026-01-07 09:00:00");
    on_the_wall(&office, "2026-01-06 10:00:00", (false, HoursReason::Closure, Some(2)), "2026-01-07 09:00:00");
    on_the_wall(&office, "2026-01-06 20:00:00", SHUT, "2026-01-07 09:00:00");
}

#[test]
fn closure_over_make_up_over_holiday_over_the_week_and_the_later_over_the_earlier() {
    let office = office("Asia/Shanghai")
        .with(1, "2026-10-01", "2026-10-07", ExceptionRule::Holiday)
        .with(2, "2026-10-05", "2026-10-05", ExceptionRule::MakeUpOwn(vec![hours("09:00-17:00")]))
        .with(3, "2026-10-05", "2026-10-05", ExceptionRule::Closure(hours("12:00-13:00")))
        .with(4, "2026-10-06", "2026-10-06", ExceptionRule::Holiday)
        .with(5, "2026-10-05", "2026-10-05", ExceptionRule::Closure(hours("12:30-14:00")));
    on_the_wall(&office, "2026-10-05 11:00:00", (true, HoursReason::MakeUp, Some(2)), "2026-10-05 12:00:00");
    on_the_wall(&office, "2026-10-05 12:00:00", (false, HoursReason::Closure, Some(3)), "2026-10-05 14:00:00");
    on_the_wall(&office, "2026-10-05 12:45:00", (false, HoursReason::Closure, Some(3)), "2026-10-05 14:00:00");
    on_the_wall(&office, "2026-10-05 13:00:00", (false, HoursReason::Closure, Some(5)), "2026-10-05 14:00:00");
    on_the_wall(&office, "2026-10-05 14:00:00", (true, HoursReason::MakeUp, Some(2)), "2026-10-05 17:00:00");
    on_the_wall(&office, "2026-10-06 10:00:00", (false, HoursReason::Holiday, Some(4)), "2026-10-08 09:00:00");
    on_the_wall(&office, "2026-10-04 10:00:00", (false, HoursReason::Holiday, Some(1)), "2026-10-05 09:00:00");
}

#[test]
fn the_clocks_go_forward() {
    // London, 2026-03-29: 01:00 becomes 02:00. Nine o'clock is nine o'clock before and after.
    let london = weekly("Europe/London", &[5, 6, 0], "09:00-17:00");
    check(&london, utc("2026-03-28T09:00:00Z"), true, HoursReason::Weekly, None, Some(utc("2026-03-28T17:00:00Z")));
    check(&london, utc("2026-03-29T07:59:59Z"), false, HoursReason::Weekly, None, Some(utc("2026-03-29T08:00:00Z")));
    check(&london, utc("2026-03-29T08:00:00Z"), true, HoursReason::Weekly, None, Some(utc("2026-03-29T16:00:00Z")));
    // Hours that begin in the hour that is skipped begin when it has been skipped.
    let early = weekly("Europe/London", &[6], "01:30-03:00");
    check(&early, utc("2026-03-29T00:59:59Z"), false, HoursReason::Weekly, None, Some(utc("2026-03-29T01:00:00Z")));
    check(&early, utc("2026-03-29T01:00:00Z"), true, HoursReason::Weekly, None, Some(utc("2026-03-29T02:00:00Z")));
    // Hours that lie wholly in it do not take place.
    let skipped = weekly("Europe/London", &[6], "01:15-01:45");
    check(&skipped, utc("2026-03-28T12:00:00Z"), false, HoursReason::Weekly, None, Some(utc("2026-04-05T00:15:00Z")));
    // Beirut, 2025-03-30: midnight becomes 01:00, the day begins an hour late.
    let beirut = weekly("Asia/Beirut", &[6], "00:00-24:00");
    check(&beirut, utc("2025-03-29T21:59:59Z"), false, HoursReason::Weekly, None, Some(utc("2025-03-29T22:00:00Z")));
    check(&beirut, utc("2025-03-29T22:00:00Z"), true, HoursReason::Weekly, None, Some(utc("2025-03-30T21:00:00Z")));
}

#[test]
fn the_clocks_go_back() {
    // London, 2026-10-25: 02:00 becomes 01:00 again; the hour comes twice and counts twice.
    let twice = weekly("Europe/London", &[6], "01:00-01:30");
    check(&twice, utc("2026-10-24T23:59:59Z"), false, HoursReason::Weekly, None, Some(utc("2026-10-25T00:00:00Z")));
    check(&twice, utc("2026-10-25T00:00:00Z"), true, HoursReason::Weekly, None, Some(utc("2026-10-25T00:30:00Z")));
    check(&twice, utc("2026-10-25T00:30:00Z"), false, HoursReason::Weekly, None, Some(utc("2026-10-25T01:00:00Z")));
    check(&twice, utc("2026-10-25T01:00:00Z"), true, HoursReason::Weekly, None, Some(utc("2026-10-25T01:30:00Z")));
    check(&twice, utc("2026-10-25T01:30:00Z"), false, HoursReason::Weekly, None, Some(utc("2026-11-01T01:00:00Z")));
    // 01:45 to 02:00 ends when the clocks are changed, begins again, and ends for good an hour later.
    let late = weekly("Europe/London", &[6], "01:45-02:00");
    check(&late, utc("2026-10-25T00:45:00Z"), true, HoursReason::Weekly, None, Some(utc("2026-10-25T01:00:00Z")));
    check(&late, utc("2026-10-25T01:45:00Z"), true, HoursReason::Weekly, None, Some(utc("2026-10-25T02:00:00Z")));
    let through = weekly("Europe/London", &[6], "00:00-03:00");
    check(&through, utc("2026-10-24T23:00:00Z"), true, HoursReason::Weekly, None, Some(utc("2026-10-25T03:00:00Z")));
}

#[test]
fn leap_days_and_year_ends_are_dates_like_others() {
    // 2028-02-29 is a Tuesday.
    let office = office("Asia/Shanghai").with(1, "2028-02-29", "2028-02-29", ExceptionRule::Holiday).with(
        2,
        "2026-12-31",
        "2027-01-03",
        ExceptionRule::Holiday,
    );
    on_the_wall(&office, "2028-02-28 18:00:00", SHUT, "2028-03-01 09:00:00");
    on_the_wall(&office, "2028-02-29 10:00:00", (false, HoursReason::Holiday, Some(1)), "2028-03-01 09:00:00");
    on_the_wall(&office, "2027-01-01 00:00:00", (false, HoursReason::Holiday, Some(2)), "2027-01-04 09:00:00");
}

/// The edges that `next_change` looks at are all there are: between two of them nothing changes, minute by minute, over
/// both changes of the clocks.
#[test]
fn until_is_the_first_minute_that_differs() {
    let calendar = weekly("Europe/London", &[4, 5, 6, 0], "01:15-02:45")
        .with(1, "2026-10-25", "2026-10-25", ExceptionRule::Closure(hours("01:20-01:40")))
        .with(2, "2026-03-28", "2026-03-28", ExceptionRule::MakeUpOwn(vec![hours("23:00-24:00")]));
    for start in ["2026-03-27T00:00:00Z", "2026-10-24T00:00:00Z"] {
        let start = utc(start).0;
        let minutes: Vec<Utc> = (0..4 * 1_440).map(|n| Utc(start + n * 60_000_000)).collect();
        let open: Vec<bool> = minutes.iter().map(|at| calendar.standing(*at).unwrap().open).collect();
        for (n, at) in minutes.iter().enumerate().step_by(7) {
            let Some(change) = (n..open.len()).find(|later| open[*later] != open[n]) else { continue };
            assert_eq!(calendar.next_change(*at), Some(minutes[change]), "from {at:?}");
        }
        assert!(open.contains(&true) && open.contains(&false));
    }
}
