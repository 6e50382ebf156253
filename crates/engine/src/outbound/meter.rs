//! How many calls were begun in the last minute and today.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use domain::outbound::Caps;
use domain::{Mono, Now, Utc};

/// The window of a cap by the minute.
pub(super) const MINUTE: Duration = Duration::from_secs(60);

/// Beginnings of calls that one meter remembers: a cap by the minute that is greater counts to here. Twice what a whole node can set up.
pub const CALLS_PER_MINUTE_COUNTED_MAX: usize = 6_000;

/// Meters of one kind: more agents than conversations there can be do not call. Beyond: those who did nothing today are forgotten, and
/// when nobody did nothing, whoever is new may not call.
pub const METERS_MAX: usize = crate::limits::CONVERSATIONS_MAX;

/// How far a clock may be put back and still be the same clock. By less, the day goes on; by more, the clock was wrong before, and the day begins anew.
const CLOCK_BACK_MAX: TimeDelta = TimeDelta::days(1);

/// The date of a moment where the tenant is.
pub(super) fn date(zone: Tz, at: Utc) -> NaiveDate {
    DateTime::from_timestamp_micros(at.0).unwrap_or_default().with_timezone(&zone).date_naive()
}

/// A day that only goes forward, and what was counted on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Today<T> {
    date: NaiveDate,
    value: T,
}

impl<T: Copy + Default> Today<T> {
    pub(super) fn on(&self, today: NaiveDate) -> T {
        if self.is(today) { self.value } else { T::default() }
    }

    pub(super) fn date(&self) -> NaiveDate {
        self.date
    }

    pub(super) fn change(&mut self, today: NaiveDate, change: impl FnOnce(T) -> T) {
        if !self.is(today) {
            *self = Today { date: today, value: T::default() };
        }
        self.value = change(self.value);
    }

    /// A clock put back gives nobody a fresh day.
    fn is(&self, today: NaiveDate) -> bool {
        let back = self.date.signed_duration_since(today);
        (TimeDelta::zero()..=CLOCK_BACK_MAX).contains(&back)
    }
}

/// Whether a call can still matter to the minute. The monotonic clock of a process that has just begun cannot tell: it may have begun after the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    Fresh,
    Old,
}

/// Calls of one agent, trunk or rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meter {
    begun: VecDeque<Mono>,
    today: Today<u32>,
}

impl Meter {
    fn count(&mut self, now: Mono, today: NaiveDate, age: Age) {
        self.today.change(today, |count| count.saturating_add(1));
        if age == Age::Old {
            return;
        }
        self.begun.retain(|at| now.since(*at) < MINUTE);
        if self.begun.len() >= CALLS_PER_MINUTE_COUNTED_MAX {
            self.begun.pop_front();
        }
        self.begun.push_back(now);
    }

    fn in_minute(&self, now: Mono) -> usize {
        self.begun.iter().filter(|at| now.since(**at) < MINUTE).count()
    }

    /// How long until fewer than `cap` calls lie within the minute; `None` when that many do not, or none may.
    fn free_in(&self, now: Mono, cap: usize) -> Option<Duration> {
        let fresh = || self.begun.iter().filter(|at| now.since(**at) < MINUTE);
        let beyond = fresh().count().checked_sub(cap)?;
        let leaves = fresh().nth(beyond)?;
        Some(MINUTE.saturating_sub(now.since(*leaves)))
    }

    fn is_idle(&self, now: Mono, today: NaiveDate) -> bool {
        self.in_minute(now) == 0 && self.today.on(today) == 0
    }
}

/// Which cap is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    Minute,
    Day,
}

/// The meters of agents, of trunks or of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meters<K: Ord>(BTreeMap<K, Meter>);

impl<K: Ord> Default for Meters<K> {
    fn default() -> Meters<K> {
        Meters(BTreeMap::new())
    }
}

impl<K: Ord + Copy> Meters<K> {
    pub(super) fn count(&mut self, key: K, now: Now, zone: Tz, age: Age) {
        self.make_room(key, now, zone);
        if self.has_room_for(key) {
            self.0.entry(key).or_default().count(now.mono, date(zone, now.utc), age);
        }
    }

    pub(super) fn make_room(&mut self, key: K, now: Now, zone: Tz) {
        if !self.has_room_for(key) {
            let today = date(zone, now.utc);
            self.0.retain(|_, meter| !meter.is_idle(now.mono, today));
        }
    }

    /// Whether a call of theirs would be counted.
    pub(super) fn has_room_for(&self, key: K) -> bool {
        self.0.len() < METERS_MAX || self.0.contains_key(&key)
    }

    /// How long until a cap by the minute lets the next call begin.
    pub(super) fn free_in(&self, key: K, caps: Caps, now: Now) -> Option<Duration> {
        let cap = usize::try_from(caps.per_minute?).unwrap_or(usize::MAX).min(CALLS_PER_MINUTE_COUNTED_MAX);
        self.0.get(&key)?.free_in(now.mono, cap)
    }

    /// The day that is counted.
    pub(super) fn date(&self, key: K) -> Option<NaiveDate> {
        Some(self.0.get(&key)?.today.date())
    }

    pub(super) fn reached(&self, key: K, caps: Caps, now: Now, zone: Tz) -> Option<Reached> {
        let (minute, today) = match self.0.get(&key) {
            Some(meter) => (meter.in_minute(now.mono), meter.today.on(date(zone, now.utc))),
            None => (0, 0),
        };
        let minute_max = caps.per_minute.map(|cap| usize::try_from(cap).unwrap_or(usize::MAX));
        if minute_max.is_some_and(|cap| minute >= cap.min(CALLS_PER_MINUTE_COUNTED_MAX)) {
            Some(Reached::Minute)
        } else if caps.per_day.is_some_and(|cap| today >= cap) {
            Some(Reached::Day)
        } else {
            None
        }
    }
}
