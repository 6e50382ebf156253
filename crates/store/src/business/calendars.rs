//! Opening hours: the weekly pattern. What holds on single dates stands in `calendar_exceptions.rs`.

use domain::calendar::{Calendar, CalendarException, DAY_MINUTES, OpenInterval, Tz};
use domain::{CalendarId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::calendar_exceptions::find_exceptions;
use super::flows::find_flows;
use super::rows::{Columns, required};
use super::telephony::find_numbers;
use super::users::same_version;
use super::write::Audit;
use crate::ledger::signed;
use crate::{Scope, Store, StoreError};

/// Intervals in one week.
const INTERVALS_MAX: usize = 7 * 24;

/// Opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarRecord {
    /// As the floor sees them.
    pub calendar: Calendar,
    /// Grows with every change of name, zone or weekly pattern.
    pub version: u64,
}

/// What a caller says about opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDraft {
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Weekly intervals.
    pub weekly: Vec<OpenInterval>,
}

fn weekly_to_text(weekly: &[OpenInterval]) -> String {
    let intervals = weekly.iter().map(|i| json!([i.weekday, i.from_minute, i.to_minute]));
    Value::from_iter(intervals).to_string()
}

fn weekly_from_text(text: &str) -> Result<Vec<OpenInterval>, StoreError> {
    let intervals: Vec<(u8, u16, u16)> =
        serde_json::from_str(text).map_err(|_| StoreError::corrupt("column weekly"))?;
    Ok(intervals
        .into_iter()
        .map(|(weekday, from_minute, to_minute)| OpenInterval { weekday, from_minute, to_minute })
        .collect())
}

fn record(row: &SqliteRow) -> Result<CalendarRecord, StoreError> {
    let calendar = Calendar {
        id: row.id("id")?,
        name: row.text("name")?,
        time_zone: row.text("time_zone")?,
        weekly: weekly_from_text(&row.text("weekly")?)?,
        exceptions: Vec::new(),
    };
    Ok(CalendarRecord { calendar, version: row.count("version")? })
}

fn audited(calendar: &Calendar) -> Value {
    json!({ "name": calendar.name, "time_zone": calendar.time_zone, "weekly": weekly_to_text(&calendar.weekly) })
}

fn drafted(id: CalendarId, draft: &CalendarDraft, exceptions: Vec<CalendarException>) -> Result<Calendar, StoreError> {
    let is_good = |i: &OpenInterval| i.weekday < 7 && i.from_minute < i.to_minute && i.to_minute <= DAY_MINUTES;
    if draft.weekly.len() > INTERVALS_MAX || !draft.weekly.iter().all(is_good) {
        return Err(StoreError::Invalid("weekly"));
    }
    let time_zone = required(&draft.time_zone, 60, "time_zone")?;
    if time_zone.parse::<Tz>().is_err() {
        return Err(StoreError::Invalid("time_zone"));
    }
    Ok(Calendar {
        id,
        name: required(&draft.name, 200, "name")?.to_owned(),
        time_zone: time_zone.to_owned(),
        weekly: draft.weekly.clone(),
        exceptions,
    })
}

/// The calendars that were not removed, oldest first, each with its exceptions.
pub(super) async fn find_calendars(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<Vec<CalendarRecord>, StoreError> {
    let rows = sqlx::query("SELECT * FROM calendar WHERE tenant_id = $1 AND removed_us IS NULL ORDER BY id")
        .bind(scope.tenant.0)
        .fetch_all(&mut *connection)
        .await?;
    let mut exceptions = find_exceptions(connection, scope).await?;
    let mut records = rows.iter().map(record).collect::<Result<Vec<_>, _>>()?;
    for record in &mut records {
        record.calendar.exceptions = exceptions.remove(&record.calendar.id).unwrap_or_default();
    }
    Ok(records)
}

pub(super) async fn find_calendar(
    connection: &mut SqliteConnection,
    scope: &Scope,
    id: CalendarId,
) -> Result<CalendarRecord, StoreError> {
    let known = find_calendars(connection, scope).await?;
    known.into_iter().find(|record| record.calendar.id == id).ok_or(StoreError::NotFound("calendar"))
}

/// `Invalid` when a calendar is named that does not exist.
pub(super) async fn known_calendar(
    connection: &mut SqliteConnection,
    scope: &Scope,
    calendar: Option<CalendarId>,
) -> Result<(), StoreError> {
    let Some(id) = calendar else { return Ok(()) };
    match find_calendar(connection, scope, id).await {
        Ok(_) => Ok(()),
        Err(StoreError::NotFound(_)) => Err(StoreError::Invalid("calendar_id")),
        Err(error) => Err(error),
    }
}

impl Store {
    /// Makes opening hours.
    pub async fn create_calendar(
        &self,
        scope: &Scope,
        now: Utc,
        draft: &CalendarDraft,
    ) -> Result<CalendarRecord, StoreError> {
        let calendar = drafted(self.mint(now), draft, Vec::new())?;
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO calendar (tenant_id, id, name, time_zone, weekly, version, created_us, updated_us) \
             VALUES ($1, $2, $3, $4, $5, 1, $6, $6)",
        )
        .bind(scope.tenant.0)
        .bind(calendar.id.0)
        .bind(calendar.name.as_str())
        .bind(calendar.time_zone.as_str())
        .bind(weekly_to_text(&calendar.weekly))
        .bind(now.0)
        .execute(change.tx())
        .await?;
        change.commit(Audit::of_setting("calendar.created", calendar.id, Value::Null, audited(&calendar))).await?;
        Ok(CalendarRecord { calendar, version: 1 })
    }

    /// Changes name, zone and weekly pattern; `Conflict` unless `version` is the present one.
    pub async fn update_calendar(
        &self,
        scope: &Scope,
        now: Utc,
        id: CalendarId,
        version: u64,
        draft: &CalendarDraft,
    ) -> Result<CalendarRecord, StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_calendar(change.tx(), scope, id).await?;
        same_version(before.version, version)?;
        let calendar = drafted(id, draft, before.calendar.exceptions.clone())?;
        sqlx::query(
            "UPDATE calendar SET name = $1, time_zone = $2, weekly = $3, version = $4, updated_us = $5 \
             WHERE tenant_id = $6 AND id = $7",
        )
        .bind(calendar.name.as_str())
        .bind(calendar.time_zone.as_str())
        .bind(weekly_to_text(&calendar.weekly))
        .bind(signed(version + 1)?)
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        let audit = Audit::of_setting("calendar.updated", id, audited(&before.calendar), audited(&calendar));
        change.commit(audit).await?;
        Ok(CalendarRecord { calendar, version: version + 1 })
    }

    /// Takes opening hours out of use; `Conflict` while a number or a published flow asks them. Timelines keep the
    /// names of their exceptions.
    pub async fn remove_calendar(&self, scope: &Scope, now: Utc, id: CalendarId) -> Result<(), StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_calendar(change.tx(), scope, id).await?;
        let whole = Scope::system(scope.tenant);
        if find_numbers(change.tx(), &whole).await?.iter().any(|number| number.calendar == Some(id)) {
            return Err(StoreError::Conflict("a number uses these opening hours"));
        }
        if find_flows(change.tx(), &whole).await?.iter().any(|flow| flow.asks_hours_of(id)) {
            return Err(StoreError::Conflict("a flow uses these opening hours"));
        }
        sqlx::query("UPDATE calendar SET removed_us = $1 WHERE tenant_id = $2 AND id = $3")
            .bind(now.0)
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        change.commit(Audit::of_setting("calendar.removed", id, audited(&before.calendar), Value::Null)).await
    }

    /// One of them.
    pub async fn calendar(&self, scope: &Scope, id: CalendarId) -> Result<CalendarRecord, StoreError> {
        find_calendar(&mut *self.business.read().await?, scope, id).await
    }

    /// Opening hours, oldest first.
    pub async fn calendars(&self, scope: &Scope) -> Result<Vec<CalendarRecord>, StoreError> {
        find_calendars(&mut *self.business.read().await?, scope).await
    }
}
