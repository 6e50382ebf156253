//! For how long recordings are kept: of a centre, and of single queues.

use std::collections::HashMap;

use domain::retention::{RETENTION_DAYS, RetentionPolicy};
use domain::{QueueId, TenantId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::rows::Columns;
use super::write::Audit;
use crate::{Scope, Store, StoreError};

/// The policy with its version; 0 before anybody has set it, when everything is kept for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RetentionRecord {
    /// For how long what is kept.
    pub policy: RetentionPolicy,
    /// Grows with every change.
    pub version: u64,
}

/// Days as they stand in a column.
pub(super) fn read_days(row: &SqliteRow, column: &'static str) -> Result<Option<u32>, StoreError> {
    Ok(row.maybe_count(column)?.and_then(|days| u32::try_from(days).ok()))
}

/// Days within the limits.
pub(super) fn checked_days(days: Option<u32>, field: &'static str) -> Result<Option<u32>, StoreError> {
    match days {
        Some(days) if !(RETENTION_DAYS.0..=RETENTION_DAYS.1).contains(&days) => Err(StoreError::Invalid(field)),
        days => Ok(days),
    }
}

fn audited(policy: &RetentionPolicy) -> Value {
    json!({ "recordings_days": policy.recordings_days, "messages_days": policy.messages_days })
}

async fn find(connection: &mut SqliteConnection, tenant: TenantId) -> Result<RetentionRecord, StoreError> {
    let row = sqlx::query("SELECT * FROM retention_policy WHERE tenant_id = $1")
        .bind(tenant.0)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(RetentionRecord::default()) };
    let policy = RetentionPolicy {
        recordings_days: read_days(&row, "recordings_days")?,
        messages_days: read_days(&row, "messages_days")?,
    };
    Ok(RetentionRecord { policy, version: row.count("version")? })
}

impl Store {
    /// For how long recordings are kept.
    pub async fn retention_policy(&self, scope: &Scope) -> Result<RetentionRecord, StoreError> {
        find(&mut *self.business.read().await?, scope.tenant).await
    }

    /// Changes it. Floors do not decide by it.
    ///
    /// # Errors
    /// `Conflict` when `version` is not the one in force, `Invalid` beyond 1–3,650 days.
    pub async fn put_retention_policy(
        &self,
        scope: &Scope,
        now: Utc,
        version: u64,
        policy: &RetentionPolicy,
    ) -> Result<RetentionRecord, StoreError> {
        checked_days(policy.recordings_days, "recordings_days")?;
        checked_days(policy.messages_days, "messages_days")?;
        let mut change = self.change(scope, now).await?;
        let before = find(change.tx(), scope.tenant).await?;
        if before.version != version {
            return Err(StoreError::Conflict("retention policy"));
        }
        let sql = if version == 0 {
            "INSERT INTO retention_policy (recordings_days, messages_days, updated_us, version, tenant_id) \
             VALUES ($1, $2, $3, 1, $4)"
        } else {
            "UPDATE retention_policy SET recordings_days = $1, messages_days = $2, updated_us = $3, \
             version = version + 1 WHERE tenant_id = $4"
        };
        sqlx::query(sql)
            .bind(policy.recordings_days.map(i64::from))
            .bind(policy.messages_days.map(i64::from))
            .bind(now.0)
            .bind(scope.tenant.0)
            .execute(change.tx())
            .await?;
        let (was, is) = (audited(&before.policy), audited(policy));
        change.commit(Audit::of("retention_policy.updated", scope.tenant, was, is)).await?;
        Ok(RetentionRecord { policy: *policy, version: version + 1 })
    }

    /// The queues that keep shorter or longer than their centre.
    pub async fn queue_retention(&self, scope: &Scope) -> Result<HashMap<QueueId, u32>, StoreError> {
        let rows =
            sqlx::query("SELECT id, retention_days FROM queue WHERE tenant_id = $1 AND retention_days IS NOT NULL")
                .bind(scope.tenant.0)
                .fetch_all(self.business.readers())
                .await?;
        let days = rows.iter().map(|row| Ok((row.id("id")?, read_days(row, "retention_days")?)));
        let days: Result<Vec<(QueueId, Option<u32>)>, StoreError> = days.collect();
        Ok(days?.into_iter().filter_map(|(queue, days)| Some((queue, days?))).collect())
    }
}
