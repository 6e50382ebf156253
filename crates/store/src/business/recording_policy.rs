//! What is recorded outside queues, and on which conditions; and how a mode of recording stands in columns.

use std::time::Duration;

use domain::Utc;
use domain::recording_policy::{RecordingMode, RecordingPolicy, SharePercent};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::rows::Columns;
use super::write::Audit;
use crate::{Scope, Store, StoreError};

/// The policy with its version; 0 before anybody has set it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordingPolicyRecord {
    /// What is recorded.
    pub policy: RecordingPolicy,
    /// Grows with every change.
    pub version: u64,
}

/// Name and share of a mode, as two columns keep them.
pub(super) const fn mode_columns(mode: RecordingMode) -> (&'static str, Option<u8>) {
    match mode {
        RecordingMode::All => ("all", None),
        RecordingMode::None => ("none", None),
        RecordingMode::Share(share) => ("share", Some(share.get())),
        RecordingMode::OnDemand => ("on_demand", None),
    }
}

pub(super) fn mode_of(row: &SqliteRow, mode: &'static str, share: &'static str) -> Result<RecordingMode, StoreError> {
    let damaged = || StoreError::corrupt("a mode of recording");
    Ok(match row.text(mode)?.as_str() {
        "all" => RecordingMode::All,
        "none" => RecordingMode::None,
        "on_demand" => RecordingMode::OnDemand,
        "share" => {
            let percent = row.maybe_count(share)?.and_then(|percent| u8::try_from(percent).ok());
            RecordingMode::Share(percent.and_then(SharePercent::new).ok_or_else(damaged)?)
        }
        _ => return Err(damaged()),
    })
}

pub(super) fn mode_audited(mode: RecordingMode) -> Value {
    let (mode, share_percent) = mode_columns(mode);
    json!({ "mode": mode, "share_percent": share_percent })
}

fn audited(policy: &RecordingPolicy) -> Value {
    let RecordingPolicy { before_queue, outbound, pause_max, consent_required } = *policy;
    json!({
        "before_queue": before_queue, "outbound": mode_audited(outbound), "pause_max_s": pause_max.as_secs(),
        "consent_required": consent_required,
    })
}

pub(super) async fn find_recording_policy(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<RecordingPolicyRecord, StoreError> {
    let row = sqlx::query("SELECT * FROM recording_policy WHERE tenant_id = $1")
        .bind(scope.tenant.0)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(RecordingPolicyRecord::default()) };
    let policy = RecordingPolicy {
        before_queue: row.count("before_queue")? != 0,
        outbound: mode_of(&row, "outbound_mode", "outbound_share")?,
        pause_max: Duration::from_secs(row.count("pause_max_s")?),
        consent_required: row.count("consent_required")? != 0,
    };
    Ok(RecordingPolicyRecord { policy, version: row.count("version")? })
}

impl Store {
    /// What is recorded outside queues, and on which conditions.
    pub async fn recording_policy(&self, scope: &Scope) -> Result<RecordingPolicyRecord, StoreError> {
        find_recording_policy(&mut *self.business.read().await?, scope).await
    }

    /// Changes it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when `version` is not the one in force.
    pub async fn put_recording_policy(
        &self,
        scope: &Scope,
        now: Utc,
        version: u64,
        policy: &RecordingPolicy,
    ) -> Result<RecordingPolicyRecord, StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_recording_policy(change.tx(), scope).await?;
        if before.version != version {
            return Err(StoreError::Conflict("recording policy"));
        }
        let sql = if version == 0 {
            "INSERT INTO recording_policy (before_queue, outbound_mode, outbound_share, pause_max_s, consent_required, \
             updated_us, version, tenant_id) VALUES ($1, $2, $3, $4, $5, $6, 1, $7)"
        } else {
            "UPDATE recording_policy SET before_queue = $1, outbound_mode = $2, outbound_share = $3, pause_max_s = $4, \
             consent_required = $5, updated_us = $6, version = version + 1 WHERE tenant_id = $7"
        };
        let (mode, share) = mode_columns(policy.outbound);
        sqlx::query(sql)
            .bind(i64::from(policy.before_queue))
            .bind(mode)
            .bind(share.map(i64::from))
            .bind(i64::try_from(policy.pause_max.as_secs()).unwrap_or(i64::MAX))
            .bind(i64::from(policy.consent_required))
            .bind(now.0)
            .bind(scope.tenant.0)
            .execute(change.tx())
            .await?;
        let (was, is) = (audited(&before.policy), audited(policy));
        change.commit(Audit::of_setting("recording_policy.updated", scope.tenant, was, is)).await?;
        Ok(RecordingPolicyRecord { policy: *policy, version: version + 1 })
    }
}
