//! Outcomes and reasons for not being ready: lists whose rows are a name in each language, in an order people choose.

use domain::settings::{Disposition, NotReadyReason};
use domain::{DispositionId, NotReadyReasonId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnection;

use super::rows::{Columns, required};
use super::users::same_version;
use super::write::Audit;
use crate::ledger::signed;
use crate::{Scope, Store, StoreError};

/// A row of one of the lists: a [`Disposition`] or a [`NotReadyReason`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRecord<T> {
    /// The row.
    pub code: T,
    /// Grows with every change.
    pub version: u64,
}

/// What a caller says about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeDraft {
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Whether it can be chosen. One that was chosen before keeps its name either way.
    pub active: bool,
    /// Where it is to stand, the first one is 0; beyond the end is the end. `None` leaves it where it stands.
    pub place: Option<usize>,
}

struct CodeList {
    select: &'static str,
    insert: &'static str,
    update: &'static str,
    place: &'static str,
    created: &'static str,
    updated: &'static str,
    missing: StoreError,
}

const DISPOSITIONS: CodeList = CodeList {
    select: "SELECT * FROM disposition WHERE tenant_id = $1 ORDER BY place, id",
    insert: "INSERT INTO disposition (tenant_id, id, name_zh, name_en, place, active, version, created_us, updated_us) \
        VALUES ($1, $2, $3, $4, $5, 1, 1, $6, $6)",
    update: "UPDATE disposition SET name_zh = $1, name_en = $2, active = $3, version = $4, updated_us = $5 \
        WHERE tenant_id = $6 AND id = $7",
    place: "UPDATE disposition SET place = $1 WHERE tenant_id = $2 AND id = $3",
    created: "disposition.created",
    updated: "disposition.updated",
    missing: StoreError::NotFound("disposition"),
};

const NOT_READY_REASONS: CodeList = CodeList {
    select: "SELECT * FROM not_ready_reason WHERE tenant_id = $1 ORDER BY place, id",
    insert: "INSERT INTO not_ready_reason (tenant_id, id, name_zh, name_en, place, active, version, created_us, \
        updated_us) VALUES ($1, $2, $3, $4, $5, 1, 1, $6, $6)",
    update: "UPDATE not_ready_reason SET name_zh = $1, name_en = $2, active = $3, version = $4, updated_us = $5 \
        WHERE tenant_id = $6 AND id = $7",
    place: "UPDATE not_ready_reason SET place = $1 WHERE tenant_id = $2 AND id = $3",
    created: "not_ready_reason.created",
    updated: "not_ready_reason.updated",
    missing: StoreError::NotFound("reason"),
};

/// A row of either list.
#[derive(Clone)]
struct Row {
    id: i64,
    name_zh: String,
    name_en: String,
    active: bool,
    version: u64,
}

impl Row {
    fn audited(&self, place: usize) -> Value {
        json!({ "name_zh": self.name_zh, "name_en": self.name_en, "active": self.active, "place": place })
    }
}

impl From<Row> for CodeRecord<Disposition> {
    fn from(Row { id, name_zh, name_en, active, version }: Row) -> CodeRecord<Disposition> {
        CodeRecord { code: Disposition { id: DispositionId(id), name_zh, name_en, active }, version }
    }
}

impl From<Row> for CodeRecord<NotReadyReason> {
    fn from(Row { id, name_zh, name_en, active, version }: Row) -> CodeRecord<NotReadyReason> {
        CodeRecord { code: NotReadyReason { id: NotReadyReasonId(id), name_zh, name_en, active }, version }
    }
}

async fn find(connection: &mut SqliteConnection, scope: &Scope, list: &CodeList) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query(list.select).bind(scope.tenant.0).fetch_all(connection).await?;
    let read = rows.iter().map(|row| {
        Ok(Row {
            id: row.id("id")?,
            name_zh: row.text("name_zh")?,
            name_en: row.text("name_en")?,
            active: row.count("active")? != 0,
            version: row.count("version")?,
        })
    });
    read.collect()
}

fn typed<T>(rows: Vec<Row>) -> Vec<CodeRecord<T>>
where
    CodeRecord<T>: From<Row>,
{
    rows.into_iter().map(CodeRecord::from).collect()
}

pub(super) async fn find_dispositions(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<Vec<CodeRecord<Disposition>>, StoreError> {
    find(connection, scope, &DISPOSITIONS).await.map(typed)
}

pub(super) async fn find_not_ready_reasons(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<Vec<CodeRecord<NotReadyReason>>, StoreError> {
    find(connection, scope, &NOT_READY_REASONS).await.map(typed)
}

fn place_of(at: usize) -> Result<i64, StoreError> {
    i64::try_from(at).map_err(|_| StoreError::Invalid("place"))
}

impl Store {
    async fn create_code<I>(
        &self,
        scope: &Scope,
        now: Utc,
        list: &CodeList,
        (name_zh, name_en): (&str, &str),
    ) -> Result<Row, StoreError>
    where
        I: From<i64> + ToString,
    {
        let made = Row {
            id: self.mint(now),
            name_zh: required(name_zh, 200, "name_zh")?.to_owned(),
            name_en: required(name_en, 200, "name_en")?.to_owned(),
            active: true,
            version: 1,
        };
        let mut change = self.change(scope, now).await?;
        let last = find(change.tx(), scope, list).await?.len();
        sqlx::query(list.insert)
            .bind(scope.tenant.0)
            .bind(made.id)
            .bind(made.name_zh.as_str())
            .bind(made.name_en.as_str())
            .bind(place_of(last)?)
            .bind(now.0)
            .execute(change.tx())
            .await?;
        change.commit(Audit::of_setting(list.created, I::from(made.id), Value::Null, made.audited(last))).await?;
        Ok(made)
    }

    async fn update_code<I>(
        &self,
        scope: &Scope,
        now: Utc,
        list: CodeList,
        (id, version): (i64, u64),
        draft: &CodeDraft,
    ) -> Result<Row, StoreError>
    where
        I: From<i64> + ToString,
    {
        let mut change = self.change(scope, now).await?;
        let mut rows = find(change.tx(), scope, &list).await?;
        let Some(stood) = rows.iter().position(|row| row.id == id) else { return Err(list.missing) };
        let before = rows.remove(stood);
        same_version(before.version, version)?;
        let after = Row {
            id,
            name_zh: required(&draft.name_zh, 200, "name_zh")?.to_owned(),
            name_en: required(&draft.name_en, 200, "name_en")?.to_owned(),
            active: draft.active,
            version: version + 1,
        };
        let stands = draft.place.unwrap_or(stood).min(rows.len());
        sqlx::query(list.update)
            .bind(after.name_zh.as_str())
            .bind(after.name_en.as_str())
            .bind(after.active)
            .bind(signed(after.version)?)
            .bind(now.0)
            .bind(scope.tenant.0)
            .bind(id)
            .execute(change.tx())
            .await?;
        if stands != stood {
            rows.insert(stands, after.clone());
            for (at, row) in rows.iter().enumerate() {
                let placed = sqlx::query(list.place).bind(place_of(at)?).bind(scope.tenant.0).bind(row.id);
                placed.execute(change.tx()).await?;
            }
        }
        let audit = Audit::of_setting(list.updated, I::from(id), before.audited(stood), after.audited(stands));
        change.commit(audit).await?;
        Ok(after)
    }

    /// Makes an outcome, the last of its list.
    pub async fn create_disposition(
        &self,
        scope: &Scope,
        now: Utc,
        name_zh: &str,
        name_en: &str,
    ) -> Result<CodeRecord<Disposition>, StoreError> {
        Ok(self.create_code::<DispositionId>(scope, now, &DISPOSITIONS, (name_zh, name_en)).await?.into())
    }

    /// Changes an outcome as a whole; `Conflict` unless `version` is the present one.
    pub async fn update_disposition(
        &self,
        scope: &Scope,
        now: Utc,
        id: DispositionId,
        version: u64,
        draft: &CodeDraft,
    ) -> Result<CodeRecord<Disposition>, StoreError> {
        Ok(self.update_code::<DispositionId>(scope, now, DISPOSITIONS, (id.0, version), draft).await?.into())
    }

    /// Outcomes, in their order, those that cannot be chosen among them.
    pub async fn dispositions(&self, scope: &Scope) -> Result<Vec<CodeRecord<Disposition>>, StoreError> {
        find_dispositions(&mut *self.business.read().await?, scope).await
    }

    /// Makes a reason for not being ready, the last of its list.
    pub async fn create_not_ready_reason(
        &self,
        scope: &Scope,
        now: Utc,
        name_zh: &str,
        name_en: &str,
    ) -> Result<CodeRecord<NotReadyReason>, StoreError> {
        Ok(self.create_code::<NotReadyReasonId>(scope, now, &NOT_READY_REASONS, (name_zh, name_en)).await?.into())
    }

    /// Changes a reason for not being ready as a whole; `Conflict` unless `version` is the present one.
    pub async fn update_not_ready_reason(
        &self,
        scope: &Scope,
        now: Utc,
        id: NotReadyReasonId,
        version: u64,
        draft: &CodeDraft,
    ) -> Result<CodeRecord<NotReadyReason>, StoreError> {
        Ok(self.update_code::<NotReadyReasonId>(scope, now, NOT_READY_REASONS, (id.0, version), draft).await?.into())
    }

    /// Reasons for not being ready, in their order, those that cannot be chosen among them.
    pub async fn not_ready_reasons(&self, scope: &Scope) -> Result<Vec<CodeRecord<NotReadyReason>>, StoreError> {
        find_not_ready_reasons(&mut *self.business.read().await?, scope).await
    }
}
