//! Holidays, make-up workdays and closures of opening hours.

use std::collections::HashMap;

use domain::calendar::{CalendarException, DAY_MINUTES, DayInterval, ExceptionRule, NaiveDate};
use domain::{CalendarExceptionId, CalendarId, Utc};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::calendars::find_calendar;
use super::rows::{Columns, required};
use super::write::Audit;
use crate::{Scope, Store, StoreError};

/// Exceptions of one calendar: a decade of public holidays with room to spare.
const EXCEPTIONS_MAX: usize = 1_000;
/// Intervals of one date.
const INTERVALS_MAX: usize = 24;
/// Dates of one exception.
const DAYS_MAX: i64 = 366;

/// What a caller says about an exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarExceptionDraft {
    /// The holiday, or the reason of a closure.
    pub name: String,
    /// The first date.
    pub first: NaiveDate,
    /// The last date; at most a year after the first.
    pub last: NaiveDate,
    /// What holds.
    pub rule: ExceptionRule,
}

fn rule_name(rule: &ExceptionRule) -> &'static str {
    match rule {
        ExceptionRule::Holiday => "holiday",
        ExceptionRule::MakeUpLike(_) => "make_up_like",
        ExceptionRule::MakeUpOwn(_) => "make_up_own",
        ExceptionRule::Closure(_) => "closure",
    }
}

fn hours_of(rule: &ExceptionRule) -> Value {
    let pair = |interval: &DayInterval| json!([interval.from_minute, interval.to_minute]);
    match rule {
        ExceptionRule::Holiday => Value::Null,
        ExceptionRule::MakeUpLike(weekday) => json!(weekday),
        ExceptionRule::MakeUpOwn(own) => own.iter().map(pair).collect(),
        ExceptionRule::Closure(closed) => pair(closed),
    }
}

fn rule(name: &str, hours: &str) -> Option<ExceptionRule> {
    let interval = |(from_minute, to_minute): (u16, u16)| DayInterval { from_minute, to_minute };
    Some(match name {
        "holiday" => ExceptionRule::Holiday,
        "make_up_like" => ExceptionRule::MakeUpLike(serde_json::from_str(hours).ok()?),
        "make_up_own" => {
            let own: Vec<(u16, u16)> = serde_json::from_str(hours).ok()?;
            ExceptionRule::MakeUpOwn(own.into_iter().map(interval).collect())
        }
        "closure" => ExceptionRule::Closure(interval(serde_json::from_str(hours).ok()?)),
        _ => return None,
    })
}

fn exception(row: &SqliteRow) -> Result<CalendarException, StoreError> {
    let day = |column| {
        let text = row.text(column)?;
        text.parse::<NaiveDate>().map_err(|_| StoreError::corrupt("a date of a calendar"))
    };
    let damaged = || StoreError::corrupt("a rule of a calendar");
    Ok(CalendarException {
        id: row.id("id")?,
        name: row.text("name")?,
        first: day("first_day")?,
        last: day("last_day")?,
        rule: rule(&row.text("rule")?, &row.text("hours")?).ok_or_else(damaged)?,
    })
}

fn audited(calendar: CalendarId, exception: &CalendarException) -> Value {
    json!({
        "calendar_id": calendar.to_string(), "name": exception.name, "first_day": exception.first.to_string(),
        "last_day": exception.last.to_string(), "rule": rule_name(&exception.rule),
        "hours": hours_of(&exception.rule).to_string(),
    })
}

fn drafted(id: CalendarExceptionId, draft: &CalendarExceptionDraft) -> Result<CalendarException, StoreError> {
    let is_good = |i: &DayInterval| i.from_minute < i.to_minute && i.to_minute <= DAY_MINUTES;
    let is_rule = match &draft.rule {
        ExceptionRule::Holiday => true,
        ExceptionRule::MakeUpLike(weekday) => *weekday < 7,
        ExceptionRule::MakeUpOwn(own) => !own.is_empty() && own.len() <= INTERVALS_MAX && own.iter().all(is_good),
        ExceptionRule::Closure(closed) => is_good(closed),
    };
    if !is_rule {
        return Err(StoreError::Invalid("rule"));
    }
    if draft.last < draft.first || (draft.last - draft.first).num_days() >= DAYS_MAX {
        return Err(StoreError::Invalid("last_day"));
    }
    let name = required(&draft.name, 200, "name")?.to_owned();
    Ok(CalendarException { id, name, first: draft.first, last: draft.last, rule: draft.rule.clone() })
}

/// The exceptions that were not removed, by calendar, oldest first.
pub(super) async fn find_exceptions(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<HashMap<CalendarId, Vec<CalendarException>>, StoreError> {
    let rows = sqlx::query("SELECT * FROM calendar_exception WHERE tenant_id = $1 AND removed_us IS NULL ORDER BY id")
        .bind(scope.tenant.0)
        .fetch_all(connection)
        .await?;
    let mut found: HashMap<CalendarId, Vec<CalendarException>> = HashMap::new();
    for row in &rows {
        found.entry(row.id("calendar_id")?).or_default().push(exception(row)?);
    }
    Ok(found)
}

async fn find_exception(
    connection: &mut SqliteConnection,
    scope: &Scope,
    id: CalendarExceptionId,
) -> Result<(CalendarId, CalendarException), StoreError> {
    let row = sqlx::query("SELECT * FROM calendar_exception WHERE tenant_id = $1 AND id = $2 AND removed_us IS NULL")
        .bind(scope.tenant.0)
        .bind(id.0)
        .fetch_optional(connection)
        .await?
        .ok_or(StoreError::NotFound("exception"))?;
    Ok((row.id("calendar_id")?, exception(&row)?))
}

impl Store {
    /// Adds a holiday, a make-up workday or a closure to opening hours.
    pub async fn create_calendar_exception(
        &self,
        scope: &Scope,
        now: Utc,
        calendar: CalendarId,
        draft: &CalendarExceptionDraft,
    ) -> Result<CalendarException, StoreError> {
        let mut change = self.change(scope, now).await?;
        let known = find_calendar(change.tx(), scope, calendar).await?;
        if known.calendar.exceptions.len() >= EXCEPTIONS_MAX {
            return Err(StoreError::Invalid("a calendar has at most 1,000 exceptions"));
        }
        let created = drafted(self.mint(now), draft)?;
        sqlx::query(
            "INSERT INTO calendar_exception (tenant_id, id, calendar_id, rule, name, first_day, last_day, hours, \
             created_us, updated_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        )
        .bind(scope.tenant.0)
        .bind(created.id.0)
        .bind(calendar.0)
        .bind(rule_name(&created.rule))
        .bind(created.name.as_str())
        .bind(created.first.to_string())
        .bind(created.last.to_string())
        .bind(hours_of(&created.rule).to_string())
        .bind(now.0)
        .execute(change.tx())
        .await?;
        let after = audited(calendar, &created);
        change.commit(Audit::of_setting("calendar_exception.created", created.id, Value::Null, after)).await?;
        Ok(created)
    }

    /// Changes one; gives its calendar too.
    pub async fn update_calendar_exception(
        &self,
        scope: &Scope,
        now: Utc,
        id: CalendarExceptionId,
        draft: &CalendarExceptionDraft,
    ) -> Result<(CalendarId, CalendarException), StoreError> {
        let mut change = self.change(scope, now).await?;
        let (calendar, before) = find_exception(change.tx(), scope, id).await?;
        let after = drafted(id, draft)?;
        sqlx::query(
            "UPDATE calendar_exception SET rule = $1, name = $2, first_day = $3, last_day = $4, hours = $5, \
             updated_us = $6 WHERE tenant_id = $7 AND id = $8",
        )
        .bind(rule_name(&after.rule))
        .bind(after.name.as_str())
        .bind(after.first.to_string())
        .bind(after.last.to_string())
        .bind(hours_of(&after.rule).to_string())
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        let (old, new) = (audited(calendar, &before), audited(calendar, &after));
        change.commit(Audit::of_setting("calendar_exception.updated", id, old, new)).await?;
        Ok((calendar, after))
    }

    /// Takes one away; its name stays for the timelines that tell of it.
    pub async fn remove_calendar_exception(
        &self,
        scope: &Scope,
        now: Utc,
        id: CalendarExceptionId,
    ) -> Result<(), StoreError> {
        let mut change = self.change(scope, now).await?;
        let (calendar, before) = find_exception(change.tx(), scope, id).await?;
        sqlx::query("UPDATE calendar_exception SET removed_us = $1 WHERE tenant_id = $2 AND id = $3")
            .bind(now.0)
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        let old = audited(calendar, &before);
        change.commit(Audit::of_setting("calendar_exception.removed", id, old, Value::Null)).await
    }

    /// What an exception is or was called; `None` when there never was one.
    pub async fn calendar_exception_name(
        &self,
        scope: &Scope,
        id: CalendarExceptionId,
    ) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT name FROM calendar_exception WHERE tenant_id = $1 AND id = $2")
            .bind(scope.tenant.0)
            .bind(id.0)
            .fetch_optional(self.business.readers())
            .await?;
        Ok(row.map(|row| row.try_get("name")).transpose()?)
    }
}
