//! Numbers customers dial, and trunks.

use std::net::IpAddr;

use domain::settings::Number;
use domain::{CalendarId, FlowId, Language, NumberId, SiteId, TrunkId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::calendars::known_calendar;
use super::rows::{Columns, required};
use super::write::Audit;
use crate::{Scope, Store, StoreError, names};

/// Addresses of one trunk.
const ADDRESSES_MAX: usize = 256;

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
    /// Its opening hours; `None` is always open.
    pub calendar: Option<CalendarId>,
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

fn number(row: &SqliteRow) -> Result<Number, StoreError> {
    Ok(Number {
        id: row.id("id")?,
        number: row.text("number")?,
        name: row.text("name")?,
        flow: row.id("flow_id")?,
        language: row.code("language", names::language_from_name)?,
        calendar: row.maybe_id("calendar_id")?,
        site: row.id("site_id")?,
    })
}

fn number_audit(number: &Number) -> Value {
    json!({
        "number": number.number, "name": number.name, "flow_id": number.flow.to_string(),
        "language": names::language(number.language),
        "calendar_id": number.calendar.map(|calendar| calendar.to_string()), "site_id": number.site.to_string(),
    })
}

fn drafted_number(id: NumberId, draft: &NumberDraft) -> Result<Number, StoreError> {
    Ok(Number {
        id,
        number: required(&draft.number, 60, "number")?.to_owned(),
        name: required(&draft.name, 200, "name")?.to_owned(),
        flow: draft.flow,
        language: draft.language,
        calendar: draft.calendar,
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
    /// Makes a number.
    pub async fn create_number(&self, scope: &Scope, now: Utc, draft: &NumberDraft) -> Result<Number, StoreError> {
        let created = drafted_number(self.mint(now), draft)?;
        let mut change = self.change(scope, now).await?;
        known_calendar(change.tx(), scope, draft.calendar).await?;
        sqlx::query(
            "INSERT INTO phone_number (tenant_id, id, site_id, number, name, flow_id, language, version, created_us, \
             updated_us, calendar_id) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8, $9)",
        )
        .bind(scope.tenant.0)
        .bind(created.id.0)
        .bind(created.site.0)
        .bind(created.number.as_str())
        .bind(created.name.as_str())
        .bind(created.flow.0)
        .bind(names::language(created.language))
        .bind(now.0)
        .bind(created.calendar.map(|calendar| calendar.0))
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
        known_calendar(change.tx(), scope, draft.calendar).await?;
        let known = find_numbers(change.tx(), scope).await?;
        let before = known.iter().find(|n| n.id == id).ok_or(StoreError::NotFound("number"))?;
        sqlx::query(
            "UPDATE phone_number SET site_id = $1, number = $2, name = $3, flow_id = $4, language = $5, \
             version = version + 1, updated_us = $6, calendar_id = $9 WHERE tenant_id = $7 AND id = $8",
        )
        .bind(after.site.0)
        .bind(after.number.as_str())
        .bind(after.name.as_str())
        .bind(after.flow.0)
        .bind(names::language(after.language))
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .bind(after.calendar.map(|calendar| calendar.0))
        .execute(change.tx())
        .await?;
        let audit = Audit::of_setting("number.updated", id, number_audit(before), number_audit(&after));
        change.commit(audit).await?;
        Ok(after)
    }

    /// Gives a number opening hours, or takes them away.
    pub async fn set_number_calendar(
        &self,
        scope: &Scope,
        now: Utc,
        id: NumberId,
        calendar: Option<CalendarId>,
    ) -> Result<Number, StoreError> {
        let mut change = self.change(scope, now).await?;
        let known = find_numbers(change.tx(), scope).await?;
        let before = known.into_iter().find(|n| n.id == id).ok_or(StoreError::NotFound("number"))?;
        known_calendar(change.tx(), scope, calendar).await?;
        let after = Number { calendar, ..before.clone() };
        sqlx::query(
            "UPDATE phone_number SET calendar_id = $1, version = version + 1, updated_us = $2 \
             WHERE tenant_id = $3 AND id = $4",
        )
        .bind(calendar.map(|calendar| calendar.0))
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        let audit = Audit::of_setting("number.updated", id, number_audit(&before), number_audit(&after));
        change.commit(audit).await?;
        Ok(after)
    }

    /// Gives a number to another site.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when there is no such site.
    pub async fn set_number_site(
        &self,
        scope: &Scope,
        now: Utc,
        id: NumberId,
        site: SiteId,
    ) -> Result<Number, StoreError> {
        let mut change = self.change(scope, now).await?;
        let known = find_numbers(change.tx(), scope).await?;
        let before = known.into_iter().find(|n| n.id == id).ok_or(StoreError::NotFound("number"))?;
        let after = Number { site, ..before.clone() };
        sqlx::query(
            "UPDATE phone_number SET site_id = $1, version = version + 1, updated_us = $2 \
             WHERE tenant_id = $3 AND id = $4",
        )
        .bind(site.0)
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        let audit = Audit::of_setting("number.updated", id, number_audit(&before), number_audit(&after));
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
