//! Numbers customers dial, and trunks.

use std::net::IpAddr;

use domain::settings::{AnswerWhen, Number};
use domain::{CalendarId, FlowId, Language, NumberId, SiteId, TrunkId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::calendars::known_calendar;
use super::outbound::find_outbound_plan;
use super::rows::{Columns, required};
use super::users::same_version;
use super::write::{Audit, Change};
use crate::ledger::signed;
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
    /// When its calls are answered.
    pub answer: AnswerWhen,
}

/// A number with its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberRecord {
    /// The number.
    pub number: Number,
    /// Grows with every change.
    pub version: u64,
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
        answer: row.code("answer", names::answer_when_from_name)?,
    })
}

fn number_audit(number: &Number) -> Value {
    json!({
        "number": number.number, "name": number.name, "flow_id": number.flow.to_string(),
        "language": names::language(number.language),
        "calendar_id": number.calendar.map(|calendar| calendar.to_string()), "site_id": number.site.to_string(),
        "answer": names::answer_when(number.answer),
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
        answer: draft.answer,
    })
}

async fn find_records(connection: &mut SqliteConnection, scope: &Scope) -> Result<Vec<NumberRecord>, StoreError> {
    let rows =
        sqlx::query("SELECT * FROM phone_number WHERE tenant_id = $1 AND ($2 IS NULL OR site_id = $2) ORDER BY id")
            .bind(scope.tenant.0)
            .bind(scope.site())
            .fetch_all(connection)
            .await?;
    rows.iter().map(|row| Ok(NumberRecord { number: number(row)?, version: row.count("version")? })).collect()
}

pub(super) async fn find_numbers(connection: &mut SqliteConnection, scope: &Scope) -> Result<Vec<Number>, StoreError> {
    Ok(find_records(connection, scope).await?.into_iter().map(|record| record.number).collect())
}

async fn find_number(
    connection: &mut SqliteConnection,
    scope: &Scope,
    id: NumberId,
) -> Result<NumberRecord, StoreError> {
    let known = find_records(connection, scope).await?;
    known.into_iter().find(|record| record.number.id == id).ok_or(StoreError::NotFound("number"))
}

/// Writes what a number has become, with its audit row.
async fn store_number(
    mut change: Change<'_>,
    scope: &Scope,
    now: Utc,
    before: NumberRecord,
    after: Number,
) -> Result<NumberRecord, StoreError> {
    let version = before.version + 1;
    sqlx::query(
        "UPDATE phone_number SET site_id = $1, number = $2, name = $3, flow_id = $4, language = $5, calendar_id = $6, \
         answer = $7, version = $8, updated_us = $9 WHERE tenant_id = $10 AND id = $11",
    )
    .bind(after.site.0)
    .bind(after.number.as_str())
    .bind(after.name.as_str())
    .bind(after.flow.0)
    .bind(names::language(after.language))
    .bind(after.calendar.map(|calendar| calendar.0))
    .bind(names::answer_when(after.answer))
    .bind(signed(version)?)
    .bind(now.0)
    .bind(scope.tenant.0)
    .bind(after.id.0)
    .execute(change.tx())
    .await?;
    let audit = Audit::of_setting("number.updated", after.id, number_audit(&before.number), number_audit(&after));
    change.commit(audit).await?;
    Ok(NumberRecord { number: after, version })
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
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another number has the digits.
    pub async fn create_number(
        &self,
        scope: &Scope,
        now: Utc,
        draft: &NumberDraft,
    ) -> Result<NumberRecord, StoreError> {
        let created = drafted_number(self.mint(now), draft)?;
        let mut change = self.change(scope, now).await?;
        known_calendar(change.tx(), scope, draft.calendar).await?;
        sqlx::query(
            "INSERT INTO phone_number (tenant_id, id, site_id, number, name, flow_id, language, version, created_us, \
             updated_us, calendar_id, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8, $9, $10)",
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
        .bind(names::answer_when(created.answer))
        .execute(change.tx())
        .await?;
        let audit = Audit::of_setting("number.created", created.id, Value::Null, number_audit(&created));
        change.commit(audit).await?;
        Ok(NumberRecord { number: created, version: 1 })
    }

    /// Changes a number as a whole.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] unless `version` is the present one, or when another number has the digits.
    pub async fn update_number(
        &self,
        scope: &Scope,
        now: Utc,
        id: NumberId,
        version: u64,
        draft: &NumberDraft,
    ) -> Result<NumberRecord, StoreError> {
        let after = drafted_number(id, draft)?;
        let mut change = self.change(scope, now).await?;
        known_calendar(change.tx(), scope, draft.calendar).await?;
        let before = find_number(change.tx(), scope, id).await?;
        same_version(before.version, version)?;
        store_number(change, scope, now, before, after).await
    }

    /// Gives a number opening hours, or takes them away.
    pub async fn set_number_calendar(
        &self,
        scope: &Scope,
        now: Utc,
        id: NumberId,
        calendar: Option<CalendarId>,
    ) -> Result<NumberRecord, StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_number(change.tx(), scope, id).await?;
        known_calendar(change.tx(), scope, calendar).await?;
        let after = Number { calendar, ..before.number.clone() };
        store_number(change, scope, now, before, after).await
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
    ) -> Result<NumberRecord, StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_number(change.tx(), scope, id).await?;
        let after = Number { site, ..before.number.clone() };
        store_number(change, scope, now, before, after).await
    }

    /// Takes a number away: calls to it are for nobody. What happened on it stays.
    ///
    /// # Errors
    /// [`StoreError::StillUsed`] while the plan of calls outside shows it.
    pub async fn remove_number(&self, scope: &Scope, now: Utc, id: NumberId) -> Result<(), StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_number(change.tx(), scope, id).await?.number;
        if find_outbound_plan(change.tx(), scope.tenant).await?.plan.shows(id) {
            return Err(StoreError::StillUsed("the plan of calls outside shows the number"));
        }
        sqlx::query("DELETE FROM phone_number WHERE tenant_id = $1 AND id = $2")
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        change.commit(Audit::of_setting("number.removed", id, number_audit(&before), Value::Null)).await
    }

    /// One number.
    pub async fn number(&self, scope: &Scope, id: NumberId) -> Result<NumberRecord, StoreError> {
        find_number(&mut *self.business.read().await?, scope, id).await
    }

    /// Numbers, oldest first.
    pub async fn numbers(&self, scope: &Scope) -> Result<Vec<NumberRecord>, StoreError> {
        find_records(&mut *self.business.read().await?, scope).await
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
