//! Numbers outside that agents work with.

use domain::outbound::is_emergency_number;
use domain::settings::{MOBILES_PER_AGENT_MAX, Mobile, dialled};
use domain::{AgentId, DeviceId, TenantId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::agents::find_agent;
use super::rows::Columns;
use super::write::Audit;
use crate::{Scope, Store, StoreError};

/// What a conflict says when the agent has the number.
pub const MOBILE_TAKEN: &str = "the agent has this number";

/// What a conflict says when the agent has [`MOBILES_PER_AGENT_MAX`].
pub const MOBILES_FULL: &str = "the agent has as many numbers as an agent may";

fn mobile(row: &SqliteRow) -> Result<Mobile, StoreError> {
    Ok(Mobile { id: row.id("id")?, agent: row.id("agent_id")?, number: row.text("number")? })
}

fn audited(mobile: &Mobile) -> Value {
    json!({ "agent_id": mobile.agent.to_string(), "number": mobile.number })
}

/// Those of one agent, or of all, the oldest first.
pub(super) async fn find_mobiles(
    connection: &mut SqliteConnection,
    scope: &Scope,
    agent: Option<AgentId>,
) -> Result<Vec<Mobile>, StoreError> {
    let TenantId(tenant) = scope.tenant;
    let rows = sqlx::query(
        "SELECT m.id, m.agent_id, m.number FROM agent_mobile m \
         JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.agent_id \
         WHERE m.tenant_id = $1 AND ($2 IS NULL OR m.agent_id = $2) AND ($3 IS NULL OR u.site_id = $3) ORDER BY m.id",
    )
    .bind(tenant)
    .bind(agent.map(|agent| agent.0))
    .bind(scope.site())
    .fetch_all(connection)
    .await?;
    rows.iter().map(mobile).collect()
}

impl Store {
    /// Gives an agent a number outside to work with, cleaned of the spelling.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when it cannot be dialled or is an emergency number, [`StoreError::Conflict`] with [`MOBILE_TAKEN`] or
    /// [`MOBILES_FULL`], [`StoreError::NotFound`] without such an agent.
    pub async fn add_mobile(
        &self,
        scope: &Scope,
        now: Utc,
        agent: AgentId,
        number: &str,
    ) -> Result<Mobile, StoreError> {
        let number = dialled(number).filter(|number| !is_emergency_number(number));
        let number = number.ok_or(StoreError::Invalid("number"))?;
        let mut change = self.change(scope, now).await?;
        find_agent(change.tx(), scope, agent).await?;
        let known = find_mobiles(change.tx(), scope, Some(agent)).await?;
        if known.iter().any(|known| known.number == number) {
            return Err(StoreError::Conflict(MOBILE_TAKEN));
        }
        if known.len() >= MOBILES_PER_AGENT_MAX {
            return Err(StoreError::Conflict(MOBILES_FULL));
        }
        let made = Mobile { id: self.mint(now), agent, number };
        sqlx::query(
            "INSERT INTO agent_mobile (tenant_id, id, agent_id, number, created_us) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(scope.tenant.0)
        .bind(made.id.0)
        .bind(agent.0)
        .bind(made.number.as_str())
        .bind(now.0)
        .execute(change.tx())
        .await?;
        change.commit(Audit::of_setting("mobile.added", made.id, Value::Null, audited(&made))).await?;
        Ok(made)
    }

    /// Takes a number outside away from an agent.
    pub async fn delete_mobile(&self, scope: &Scope, now: Utc, agent: AgentId, id: DeviceId) -> Result<(), StoreError> {
        let mut change = self.change(scope, now).await?;
        let known = find_mobiles(change.tx(), scope, Some(agent)).await?;
        let before = known.into_iter().find(|known| known.id == id).ok_or(StoreError::NotFound("mobile"))?;
        sqlx::query("DELETE FROM agent_mobile WHERE tenant_id = $1 AND id = $2")
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        change.commit(Audit::of_setting("mobile.removed", id, audited(&before), Value::Null)).await
    }

    /// The numbers outside an agent may work with, the oldest first.
    pub async fn mobiles(&self, scope: &Scope, agent: AgentId) -> Result<Vec<Mobile>, StoreError> {
        let mut connection = self.business.read().await?;
        find_agent(&mut connection, scope, agent).await?;
        find_mobiles(&mut connection, scope, Some(agent)).await
    }
}
