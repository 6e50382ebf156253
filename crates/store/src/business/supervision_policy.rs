//! What agents are told of supervisors in their talks.

use domain::Utc;
use domain::supervision::SupervisionPolicy;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnection;

use super::rows::Columns;
use super::write::Audit;
use crate::{Scope, Store, StoreError};

/// The policy with its version; 0 before anybody has set it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SupervisionPolicyRecord {
    /// What is shown.
    pub policy: SupervisionPolicy,
    /// Grows with every change.
    pub version: u64,
}

fn audited(policy: SupervisionPolicy) -> Value {
    let SupervisionPolicy { listen, whisper, barge } = policy;
    json!({ "visible": { "listen": listen, "whisper": whisper, "barge": barge } })
}

pub(super) async fn find_supervision_policy(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<SupervisionPolicyRecord, StoreError> {
    let row = sqlx::query("SELECT * FROM supervision_policy WHERE tenant_id = $1")
        .bind(scope.tenant.0)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(SupervisionPolicyRecord::default()) };
    let shown = |column| row.count(column).map(|shown| shown != 0);
    let policy = SupervisionPolicy {
        listen: shown("show_listen")?,
        whisper: shown("show_whisper")?,
        barge: shown("show_barge")?,
    };
    Ok(SupervisionPolicyRecord { policy, version: row.count("version")? })
}

impl Store {
    /// What agents are told of supervisors in their talks.
    pub async fn supervision_policy(&self, scope: &Scope) -> Result<SupervisionPolicyRecord, StoreError> {
        find_supervision_policy(&mut *self.business.read().await?, scope).await
    }

    /// Changes it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when `version` is not the one in force.
    pub async fn put_supervision_policy(
        &self,
        scope: &Scope,
        now: Utc,
        version: u64,
        policy: SupervisionPolicy,
    ) -> Result<SupervisionPolicyRecord, StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_supervision_policy(change.tx(), scope).await?;
        if before.version != version {
            return Err(StoreError::Conflict("supervision policy"));
        }
        let sql = if version == 0 {
            "INSERT INTO supervision_policy (show_listen, show_whisper, show_barge, updated_us, version, tenant_id) \
             VALUES ($1, $2, $3, $4, 1, $5)"
        } else {
            "UPDATE supervision_policy SET show_listen = $1, show_whisper = $2, show_barge = $3, updated_us = $4, \
             version = version + 1 WHERE tenant_id = $5"
        };
        sqlx::query(sql)
            .bind(i64::from(policy.listen))
            .bind(i64::from(policy.whisper))
            .bind(i64::from(policy.barge))
            .bind(now.0)
            .bind(scope.tenant.0)
            .execute(change.tx())
            .await?;
        let (was, is) = (audited(before.policy), audited(policy));
        change.commit(Audit::of_setting("supervision_policy.updated", scope.tenant, was, is)).await?;
        Ok(SupervisionPolicyRecord { policy, version: version + 1 })
    }
}
