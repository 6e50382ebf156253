//! Opening hours, numbers customers dial, and trunks.

use std::net::IpAddr;

use domain::settings::{Calendar, Number, OpenInterval};
use domain::{CalendarId, FlowId, Language, NumberId, SiteId, TrunkId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::rows::{Columns, required};
use super::write::Audit;
use crate::{Scope, Store, StoreError, names};

/// Intervals in one week.
const INTERVALS_MAX: usize = 7 * 24;

/// Addresses of one trunk.
const ADDRESSES_MAX: usize = 256;

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

/// What a caller says about a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberDraft {
    /// Digits as a trunk presents them; unique in the tenant.
    pub number: String,
    /// What it is for.
    pub name: String,
    /// The flow that answers it.
    pub flow: FlowId,
    /// The language callers start in.
    pub language: Language,
    /// Where it belongs.
    pub site: SiteId,
}

/// An IP line to a carrier, trusted by address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trunk {
    /// Its id.
    pub id: TrunkId,
    /// Its name.
    pub name: String,
    /// Where its requests come from.
    pub addresses: Vec<IpAddr>,
    /// Site.
    pub site: Option<SiteId>,
    /// Grows with every change.
    pub version: u64,
}

/// What a caller says about a trunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrunkDraft {
    /// Its name.
    pub name: String,
    /// Where its requests come from.
    pub addresses: Vec<IpAddr>,
    /// Site.
    pub site: Option<SiteId>,
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

fn calendar(row: &SqliteRow) -> Result<Calendar, StoreError> {
    Ok(Calendar {
        id: row.id("id")?,
        name: row.text("name")?,
        time_zone: row.text("time_zone")?,
        weekly: weekly_from_text(&row.text("weekly")?)?,
    })
}

fn calendar_audit(calendar: &Calendar) -> Value {
    json!({ "name": calendar.name, "time_zone": calendar.time_zone, "weekly": weekly_to_text(&calendar.weekly) })
}

fn drafted_calendar(id: CalendarId, draft: &CalendarDraft) -> Result<Calendar, StoreError> {
    let is_good = |i: &OpenInterval| i.weekday < 7 && i.from_minute < i.to_minute && i.to_minute <= 1_440;
    if draft.weekly.len() > INTERVALS_MAX || !draft.weekly.iter().all(is_good) {
        return Err(StoreError::Invalid("weekly"));
    }
    Ok(Calendar {
        id,
        name: required(&draft.name, 200, "name")?.to_owned(),
        time_zone: required(&draft.time_zone, 60, "time_zone")?.to_owned(),
        weekly: draft.weekly.clone(),
    })
}

pub(super) async fn find_calendars(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<Vec<Calendar>, StoreError> {
    let rows = sqlx::query("SELECT * FROM calendar WHERE tenant_id = $1 ORDER BY id")
        .bind(scope.tenant.0)
        .fetch_all(connection)
        .await?;
    rows.iter().map(calendar).collect()
}

fn number(row: &SqliteRow) -> Result<Number, StoreError> {
    Ok(Number {
        id: row.id("id")?,
        number: row.text("number")?,
        name: row.text("name")?,
        flow: row.id("flow_id")?,
        language: row.code("language", names::language_from_name)?,
        site: row.id("site_id")?,
    })
}

fn number_audit(number: &Number) -> Value {
    json!({
        "number": number.number, "name": number.name, "flow_id": number.flow.to_string(),
        "language": names::language(number.language), "site_id": number.site.to_string(),
    })
}

fn drafted_number(id: NumberId, draft: &NumberDraft) -> Result<Number, StoreError> {
    Ok(Number {
        id,
        number: required(&draft.number, 60, "number")?.to_owned(),
        name: required(&draft.name, 200, "name")?.to_owned(),
        flow: draft.flow,
        language: draft.language,
        site: draft.site,
    })
}

pub(super) async fn find_numbers(connection: &mut SqliteConnection, scope: &Scope) -> Result<Vec<Number>, StoreError> {
    let rows =
        sqlx::query("SELECT * FROM phone_number WHERE tenant_id = $1 AND ($2 IS NULL OR site_id = $2) ORDER BY id")
            .bind(scope.tenant.0)
            .bind(scope.site())
            .fetch_all(connection)
            .await?;
    rows.iter().map(number).collect()
}

fn trunk(row: &SqliteRow) -> Result<Trunk, StoreError> {
    let addresses: Result<Vec<IpAddr>, _> = row.texts("addresses")?.iter().map(|text| text.parse()).collect();
    Ok(Trunk {
        id: row.id("id")?,
        name: row.text("name")?,
        addresses: addresses.map_err(|_| StoreError::corrupt("column addresses"))?,
        site: row.maybe_id("site_id")?,
        version: row.count("version")?,
    })
}

impl Store {
    /// Makes opening hours.
    pub async fn create_calendar(
        &self,
        scope: &Scope,
        now: Utc,
        draft: &CalendarDraft,
    ) -> Result<Calendar, StoreError> {
        let created = drafted_calendar(self.mint(now), draft)?;
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO calendar (tenant_id, id, name, time_zone, weekly, version, created_us, updated_us) \
             VALUES ($1, $2, $3, $4, $5, 1, $6, $6)",
        )
        .bind(scope.tenant.0)
        .bind(created.id.0)
        .bind(created.name.as_str())
        .bind(created.time_zone.as_str())
        .bind(weekly_to_text(&created.weekly))
        .bind(now.0)
        .execute(change.tx())
        .await?;
        let audit = Audit::of_setting("calendar.created", created.id, Value::Null, calendar_audit(&created));
        change.commit(audit).await?;
        Ok(created)
    }

    /// Changes opening hours.
    pub async fn update_calendar(
        &self,
        scope: &Scope,
        now: Utc,
        id: CalendarId,
        draft: &CalendarDraft,
    ) -> Result<Calendar, StoreError> {
        let after = drafted_calendar(id, draft)?;
        let mut change = self.change(scope, now).await?;
        let known = find_calendars(change.tx(), scope).await?;
        let before = known.iter().find(|c| c.id == id).ok_or(StoreError::NotFound("calendar"))?;
        sqlx::query(
            "UPDATE calendar SET name = $1, time_zone = $2, weekly = $3, version = version + 1, updated_us = $4 \
             WHERE tenant_id = $5 AND id = $6",
        )
        .bind(after.name.as_str())
        .bind(after.time_zone.as_str())
        .bind(weekly_to_text(&after.weekly))
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        let audit = Audit::of_setting("calendar.updated", id, calendar_audit(before), calendar_audit(&after));
        change.commit(audit).await?;
        Ok(after)
    }

    /// Opening hours, oldest first.
    pub async fn calendars(&self, scope: &Scope) -> Result<Vec<Calendar>, StoreError> {
        find_calendars(&mut *self.business.read().await?, scope).await
    }

    /// Makes a number.
    pub async fn create_number(&self, scope: &Scope, now: Utc, draft: &NumberDraft) -> Result<Number, StoreError> {
        let created = drafted_number(self.mint(now), draft)?;
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO phone_number (tenant_id, id, site_id, number, name, flow_id, language, version, created_us, \
             updated_us) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8)",
        )
        .bind(scope.tenant.0)
        .bind(created.id.0)
        .bind(created.site.0)
        .bind(created.number.as_str())
        .bind(created.name.as_str())
        .bind(created.flow.0)
        .bind(names::language(created.language))
        .bind(now.0)
        .execute(change.tx())
        .await?;
        let audit = Audit::of_setting("number.created", created.id, Value::Null, number_audit(&created));
        change.commit(audit).await?;
        Ok(created)
    }

    /// Changes a number.
    pub async fn update_number(
        &self,
        scope: &Scope,
        now: Utc,
        id: NumberId,
        draft: &NumberDraft,
    ) -> Result<Number, StoreError> {
        let after = drafted_number(id, draft)?;
        let mut change = self.change(scope, now).await?;
        let known = find_numbers(change.tx(), scope).await?;
        let before = known.iter().find(|n| n.id == id).ok_or(StoreError::NotFound("number"))?;
        sqlx::query(
            "UPDATE phone_number SET site_id = $1, number = $2, name = $3, flow_id = $4, language = $5, \
             version = version + 1, updated_us = $6 WHERE tenant_id = $7 AND id = $8",
        )
        .bind(after.site.0)
        .bind(after.number.as_str())
        .bind(after.name.as_str())
        .bind(after.flow.0)
        .bind(names::language(after.language))
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        let audit = Audit::of_setting("number.updated", id, number_audit(before), number_audit(&after));
        change.commit(audit).await?;
        Ok(after)
    }

    /// Numbers, oldest first.
    pub async fn numbers(&self, scope: &Scope) -> Result<Vec<Number>, StoreError> {
        find_numbers(&mut *self.business.read().await?, scope).await
    }

    /// Makes a trunk.
    pub async fn create_trunk(&self, scope: &Scope, now: Utc, draft: &TrunkDraft) -> Result<Trunk, StoreError> {
        if draft.addresses.is_empty() || draft.addresses.len() > ADDRESSES_MAX {
            return Err(StoreError::Invalid("addresses"));
        }
        let created = Trunk {
            id: self.mint(now),
            name: required(&draft.name, 200, "name")?.to_owned(),
            addresses: draft.addresses.clone(),
            site: draft.site,
            version: 1,
        };
        let addresses = Value::from_iter(created.addresses.iter().map(|address| address.to_string()));
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO trunk (tenant_id, id, site_id, name, addresses, version, created_us, updated_us) \
             VALUES ($1, $2, $3, $4, $5, 1, $6, $6)",
        )
        .bind(scope.tenant.0)
        .bind(created.id.0)
        .bind(created.site.map(|site| site.0))
        .bind(created.name.as_str())
        .bind(addresses.to_string())
        .bind(now.0)
        .execute(change.tx())
        .await?;
        let after = json!({ "name": created.name, "addresses": addresses });
        change.commit(Audit::of_setting("trunk.created", created.id, Value::Null, after)).await?;
        Ok(created)
    }

    /// Trunks, oldest first.
    pub async fn trunks(&self, scope: &Scope) -> Result<Vec<Trunk>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM trunk WHERE tenant_id = $1 AND ($2 IS NULL OR site_id IS NULL OR site_id = $2) ORDER BY id",
        )
        .bind(scope.tenant.0)
        .bind(scope.site())
        .fetch_all(self.business.readers())
        .await?;
        rows.iter().map(trunk).collect()
    }
}
