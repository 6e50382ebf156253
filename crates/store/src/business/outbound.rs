//! What may be called outside: one plan of each tenant.

use std::collections::BTreeSet;

use domain::outbound::{DestinationRule, OutboundPlan, OutboundTrunk, Says, ShownNumber};
use domain::{DestinationRuleId, TenantId, TrunkId, Utc};
use serde_json::Value;
use sqlx::sqlite::SqliteConnection;

use super::outbound_codec::{from_text, to_text};
use super::rows::{Columns, required};
use super::write::Audit;
use crate::{Scope, Store, StoreError};

/// Rules of one plan: more is no list anybody can read.
const RULES_MAX: usize = 200;
/// Beginnings of one rule, and characters of one.
const PREFIXES_MAX: usize = 200;
const PREFIX_CHARS_MAX: usize = 24;

/// The plan with its version; the version is 0 while nobody ever set one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboundPlanRecord {
    /// The plan. Trunks it does not name stand behind those it does, without any cap.
    pub plan: OutboundPlan,
    /// Grows with every change.
    pub version: u64,
}

pub(super) async fn find_outbound_plan(
    connection: &mut SqliteConnection,
    tenant: TenantId,
) -> Result<OutboundPlanRecord, StoreError> {
    let kept = find_kept(connection, tenant).await?;
    let OutboundPlanRecord { mut plan, version } = kept;
    let rows = sqlx::query("SELECT id, name FROM trunk WHERE tenant_id = $1 ORDER BY id")
        .bind(tenant.0)
        .fetch_all(connection)
        .await?;
    for row in &rows {
        let (id, name): (TrunkId, String) = (row.id("id")?, row.text("name")?);
        match plan.trunks.iter_mut().find(|trunk| trunk.trunk == id) {
            Some(known) => known.name = name,
            None => plan.trunks.push(OutboundTrunk::plain(id, name)),
        }
    }
    Ok(OutboundPlanRecord { plan, version })
}

async fn find_kept(connection: &mut SqliteConnection, tenant: TenantId) -> Result<OutboundPlanRecord, StoreError> {
    let row = sqlx::query("SELECT * FROM outbound_plan WHERE tenant_id = $1")
        .bind(tenant.0)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(OutboundPlanRecord::default()) };
    Ok(OutboundPlanRecord { plan: from_text(&row.text("body")?)?, version: row.count("version")? })
}

/// What a plan points at, by table and id.
fn named(plan: &OutboundPlan) -> BTreeSet<(&'static str, i64)> {
    let mut found = BTreeSet::new();
    found.extend(plan.number.map(|id| ("phone_number", id.0)));
    found.extend(plan.trunks.iter().map(|trunk| ("trunk", trunk.trunk.0)));
    for rule in &plan.rules {
        found.extend(rule.whom.teams.iter().map(|id| ("team", id.0)));
        found.extend(rule.whom.agents.iter().map(|id| ("user_account", id.0)));
        if let Says::Allow(allowance) = &rule.says {
            found.extend(allowance.trunks.iter().map(|id| ("trunk", id.0)));
            if let ShownNumber::Fixed(number) = allowance.shown {
                found.insert(("phone_number", number.0));
            }
        }
    }
    found
}

async fn is_there(
    connection: &mut SqliteConnection,
    tenant: TenantId,
    (table, id): (&'static str, i64),
) -> Result<bool, StoreError> {
    let sql = match table {
        "trunk" => "SELECT 1 FROM trunk WHERE tenant_id = $1 AND id = $2",
        "team" => "SELECT 1 FROM team WHERE tenant_id = $1 AND id = $2",
        "user_account" => "SELECT 1 FROM user_account WHERE tenant_id = $1 AND id = $2",
        _ => "SELECT 1 FROM phone_number WHERE tenant_id = $1 AND id = $2",
    };
    let found = sqlx::query(sql).bind(tenant.0).bind(id).fetch_optional(connection).await?;
    Ok(found.is_some())
}

fn drafted(rule: &DestinationRule) -> Result<(), StoreError> {
    let is_prefix = |text: &String| {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let is_number = text == "+" || !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        text.len() <= PREFIX_CHARS_MAX && is_number
    };
    required(&rule.name, 100, "name")?;
    if rule.prefixes.is_empty() || rule.prefixes.len() > PREFIXES_MAX || !rule.prefixes.iter().all(is_prefix) {
        return Err(StoreError::Invalid("prefixes"));
    }
    Ok(())
}

impl Store {
    /// What may be called outside.
    pub async fn outbound_plan(&self, scope: &Scope) -> Result<OutboundPlanRecord, StoreError> {
        find_outbound_plan(&mut *self.business.read().await?, scope.tenant).await
    }

    /// Puts a plan in the place of the one before. Rules whose id is 0 get one; names of trunks are not kept. A plan keeps whether codes may stand before
    /// a number, and may go on naming what is not there any more.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when `version` is not the one in force; [`StoreError::NotFound`] when it names something new that is not there.
    pub async fn put_outbound_plan(
        &self,
        scope: &Scope,
        now: Utc,
        version: u64,
        plan: &OutboundPlan,
    ) -> Result<OutboundPlanRecord, StoreError> {
        if plan.rules.len() > RULES_MAX {
            return Err(StoreError::Invalid("rules"));
        }
        plan.rules.iter().try_for_each(drafted)?;
        let mut change = self.change(scope, now).await?;
        let before = find_kept(change.tx(), scope.tenant).await?;
        if before.version != version {
            return Err(StoreError::Conflict("outbound plan"));
        }
        let known = named(&before.plan);
        for one in named(plan) {
            if !known.contains(&one) && !is_there(change.tx(), scope.tenant, one).await? {
                return Err(StoreError::NotFound("what the plan names"));
            }
        }
        let mut kept = plan.clone();
        kept.home.clone_from(&before.plan.home);
        for rule in kept.rules.iter_mut().filter(|rule| rule.id == DestinationRuleId(0)) {
            rule.id = self.mint(now);
        }
        let (was, is) = (to_text(&before.plan), to_text(&kept));
        let sql = if version == 0 {
            "INSERT INTO outbound_plan (body, updated_us, version, tenant_id) VALUES ($1, $2, 1, $3)"
        } else {
            "UPDATE outbound_plan SET body = $1, updated_us = $2, version = version + 1 WHERE tenant_id = $3"
        };
        sqlx::query(sql).bind(is.as_str()).bind(now.0).bind(scope.tenant.0).execute(change.tx()).await?;
        let after = find_outbound_plan(change.tx(), scope.tenant).await?;
        let json = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
        let was = if version == 0 { Value::Null } else { json(&was) };
        change.commit(Audit::of_setting("outbound_plan.updated", scope.tenant, was, json(&is))).await?;
        Ok(after)
    }
}
