//! What is done about callers nobody wants.

use std::time::Duration;

use domain::screening::{DeadAirAction, DeadAirRule, Diversion, NuisanceRule, ScreeningPolicy};
use domain::{FlowId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnection;

use super::rows::Columns;
use super::write::Audit;
use crate::{Scope, Store, StoreError};

/// The policy with its version; 0 before anybody has set it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScreeningRecord {
    /// What is done.
    pub policy: ScreeningPolicy,
    /// Grows with every change.
    pub version: u64,
}

fn diversion(flow: Option<FlowId>) -> Diversion {
    flow.map_or(Diversion::Refuse, Diversion::Flow)
}

const fn flow_of(diversion: Diversion) -> Option<i64> {
    match diversion {
        Diversion::Refuse => None,
        Diversion::Flow(flow) => Some(flow.0),
    }
}

const fn flow_of_dead_air(action: DeadAirAction) -> Option<i64> {
    match action {
        DeadAirAction::End => None,
        DeadAirAction::Flow(flow) => Some(flow.0),
    }
}

const fn action_name(anonymous: Option<Diversion>) -> &'static str {
    match anonymous {
        None => "accept",
        Some(Diversion::Refuse) => "refuse",
        Some(Diversion::Flow(_)) => "flow",
    }
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

fn audited(policy: &ScreeningPolicy) -> Value {
    let named = |diversion: Diversion| match diversion {
        Diversion::Refuse => json!({ "action": "refuse" }),
        Diversion::Flow(flow) => json!({ "action": "flow", "flow_id": flow.to_string() }),
    };
    let NuisanceRule { on, calls, within, shorter_than, lasts, action } = policy.nuisance;
    let dead_air = match policy.dead_air.action {
        DeadAirAction::End => json!({ "action": "end" }),
        DeadAirAction::Flow(flow) => json!({ "action": "flow", "flow_id": flow.to_string() }),
    };
    json!({
        "block": named(policy.block),
        "anonymous": policy.anonymous.map_or_else(|| json!({ "action": "accept" }), named),
        "nuisance": {
            "on": on, "calls": calls, "within_s": seconds(within), "shorter_than_s": seconds(shorter_than),
            "lasts_s": seconds(lasts), "what": named(action),
        },
        "dead_air": { "on": policy.dead_air.on, "after_s": seconds(policy.dead_air.after), "what": dead_air },
    })
}

async fn known_flow(connection: &mut SqliteConnection, scope: &Scope, diversion: Diversion) -> Result<(), StoreError> {
    let Some(flow) = flow_of(diversion) else { return Ok(()) };
    let row = sqlx::query("SELECT id FROM flow WHERE tenant_id = $1 AND id = $2")
        .bind(scope.tenant.0)
        .bind(flow)
        .fetch_optional(connection)
        .await?;
    row.map(|_| ()).ok_or(StoreError::NotFound("flow"))
}

pub(super) async fn find_policy(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<ScreeningRecord, StoreError> {
    let row = sqlx::query("SELECT * FROM screening_policy WHERE tenant_id = $1")
        .bind(scope.tenant.0)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(ScreeningRecord::default()) };
    let anonymous = match row.text("anonymous_action")?.as_str() {
        "accept" => None,
        _ => Some(diversion(row.maybe_id("anonymous_flow_id")?)),
    };
    let seconds = |column| row.count(column).map(Duration::from_secs);
    let nuisance = NuisanceRule {
        on: row.count("nuisance_on")? != 0,
        calls: u32::try_from(row.count("nuisance_calls")?).unwrap_or(u32::MAX),
        within: seconds("nuisance_within_s")?,
        shorter_than: seconds("nuisance_shorter_than_s")?,
        lasts: seconds("nuisance_lasts_s")?,
        action: diversion(row.maybe_id("nuisance_flow_id")?),
    };
    let dead_air = DeadAirRule {
        on: row.count("dead_air_on")? != 0,
        after: seconds("dead_air_after_s")?,
        action: row.maybe_id("dead_air_flow_id")?.map_or(DeadAirAction::End, DeadAirAction::Flow),
    };
    let policy = ScreeningPolicy { block: diversion(row.maybe_id("block_flow_id")?), anonymous, nuisance, dead_air };
    Ok(ScreeningRecord { policy, version: row.count("version")? })
}

impl Store {
    /// What is done about callers nobody wants.
    pub async fn screening_policy(&self, scope: &Scope) -> Result<ScreeningRecord, StoreError> {
        find_policy(&mut *self.business.read().await?, scope).await
    }

    /// Changes it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when `version` is not the one in force.
    pub async fn put_screening_policy(
        &self,
        scope: &Scope,
        now: Utc,
        version: u64,
        policy: &ScreeningPolicy,
    ) -> Result<ScreeningRecord, StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_policy(change.tx(), scope).await?;
        if before.version != version {
            return Err(StoreError::Conflict("screening policy"));
        }
        let dead_air = match policy.dead_air.action {
            DeadAirAction::End => None,
            DeadAirAction::Flow(flow) => Some(Diversion::Flow(flow)),
        };
        let flows = [Some(policy.block), policy.anonymous, Some(policy.nuisance.action), dead_air];
        for flow in flows.into_iter().flatten() {
            known_flow(change.tx(), scope, flow).await?;
        }
        let sql = if version == 0 {
            "INSERT INTO screening_policy (block_flow_id, anonymous_action, anonymous_flow_id, nuisance_on, nuisance_calls, \
             nuisance_within_s, nuisance_shorter_than_s, nuisance_lasts_s, nuisance_flow_id, \
             dead_air_on, dead_air_after_s, dead_air_flow_id, updated_us, version, tenant_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14)"
        } else {
            "UPDATE screening_policy SET block_flow_id = $1, anonymous_action = $2, anonymous_flow_id = $3, \
             nuisance_on = $4, nuisance_calls = $5, nuisance_within_s = $6, nuisance_shorter_than_s = $7, \
             nuisance_lasts_s = $8, nuisance_flow_id = $9, dead_air_on = $10, dead_air_after_s = $11, dead_air_flow_id = $12, \
             updated_us = $13, version = version + 1 WHERE tenant_id = $14"
        };
        let nuisance = policy.nuisance;
        sqlx::query(sql)
            .bind(flow_of(policy.block))
            .bind(action_name(policy.anonymous))
            .bind(policy.anonymous.and_then(flow_of))
            .bind(i64::from(nuisance.on))
            .bind(i64::from(nuisance.calls))
            .bind(seconds(nuisance.within))
            .bind(seconds(nuisance.shorter_than))
            .bind(seconds(nuisance.lasts))
            .bind(flow_of(nuisance.action))
            .bind(i64::from(policy.dead_air.on))
            .bind(seconds(policy.dead_air.after))
            .bind(flow_of_dead_air(policy.dead_air.action))
            .bind(now.0)
            .bind(scope.tenant.0)
            .execute(change.tx())
            .await?;
        let (was, is) = (audited(&before.policy), audited(policy));
        change.commit(Audit::of_setting("screening_policy.updated", scope.tenant, was, is)).await?;
        Ok(ScreeningRecord { policy: *policy, version: version + 1 })
    }
}
