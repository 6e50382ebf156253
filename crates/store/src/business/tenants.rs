//! Tenants and their teams.

use domain::{PartitionId, SiteId, TeamId, TenantId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteRow;

use super::rows::{Columns, required};
use super::write::Audit;
use crate::store::lock;
use crate::{Scope, Store, StoreError};

/// One isolated centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantRow {
    /// Its id.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// ISO 3166 alpha-2 code of the country whose numbering plan reads numbers without a country code.
    pub region: String,
    /// The partition its queues and agents are decided in.
    pub partition: PartitionId,
    /// Grows with every change of its settings.
    pub settings_version: u64,
}

/// A tenant to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTenant {
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// ISO 3166 alpha-2 code, e.g. `CN`.
    pub region: String,
}

/// People under a leader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Where it sits.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Grows with every change.
    pub version: u64,
}

/// What a caller says about a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamDraft {
    /// Where it sits.
    pub site: SiteId,
    /// Its name.
    pub name: String,
}

fn tenant(row: &SqliteRow) -> Result<TenantRow, StoreError> {
    Ok(TenantRow {
        id: row.id("id")?,
        name: row.text("name")?,
        time_zone: row.text("time_zone")?,
        region: row.text("region")?,
        partition: row.id("partition")?,
        settings_version: row.count("settings_version")?,
    })
}

fn team(row: &SqliteRow) -> Result<Team, StoreError> {
    Ok(Team { id: row.id("id")?, site: row.id("site_id")?, name: row.text("name")?, version: row.count("version")? })
}

impl Store {
    /// Makes a tenant with a partition of its own.
    pub async fn create_tenant(&self, now: Utc, new: &NewTenant) -> Result<TenantRow, StoreError> {
        let created = TenantRow {
            id: self.mint(now),
            name: required(&new.name, 200, "name")?.to_owned(),
            time_zone: required(&new.time_zone, 60, "time_zone")?.to_owned(),
            region: region_code(&new.region)?,
            partition: self.mint(now),
            settings_version: 1,
        };
        let mut change = self.change(&Scope::system(created.id), now).await?;
        sqlx::query(
            "INSERT INTO tenant (id, name, time_zone, region, partition, settings_version, version, created_us, updated_us) \
             VALUES ($1, $2, $3, $4, $5, 1, 1, $6, $6)",
        )
        .bind(created.id.0)
        .bind(created.name.as_str())
        .bind(created.time_zone.as_str())
        .bind(created.region.as_str())
        .bind(created.partition.0)
        .bind(now.0)
        .execute(change.tx())
        .await?;
        let after = json!({ "name": created.name, "time_zone": created.time_zone, "region": created.region });
        change.commit(Audit::of("tenant.created", created.id, Value::Null, after)).await?;
        lock(&self.regions).insert(created.id, created.region.clone());
        Ok(created)
    }

    /// Every tenant, for the start of the node: no person ever sees this list.
    pub async fn tenants(&self) -> Result<Vec<TenantRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM tenant ORDER BY id").fetch_all(self.business.readers()).await?;
        rows.iter().map(tenant).collect()
    }

    /// The tenant of the scope.
    pub async fn tenant(&self, scope: &Scope) -> Result<TenantRow, StoreError> {
        let row = sqlx::query("SELECT * FROM tenant WHERE id = $1")
            .bind(scope.tenant.0)
            .fetch_optional(self.business.readers())
            .await?;
        tenant(&row.ok_or(StoreError::NotFound("tenant"))?)
    }

    /// Makes a team.
    pub async fn create_team(&self, scope: &Scope, now: Utc, draft: &TeamDraft) -> Result<Team, StoreError> {
        let created = Team {
            id: self.mint(now),
            site: draft.site,
            name: required(&draft.name, 200, "name")?.to_owned(),
            version: 1,
        };
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO team (tenant_id, id, site_id, name, version, created_us, updated_us) \
             VALUES ($1, $2, $3, $4, 1, $5, $5)",
        )
        .bind(scope.tenant.0)
        .bind(created.id.0)
        .bind(created.site.0)
        .bind(created.name.as_str())
        .bind(now.0)
        .execute(change.tx())
        .await?;
        let after = json!({ "site_id": created.site.to_string(), "name": created.name });
        change.commit(Audit::of("team.created", created.id, Value::Null, after)).await?;
        Ok(created)
    }

    /// Teams, by name.
    pub async fn teams(&self, scope: &Scope) -> Result<Vec<Team>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM team WHERE tenant_id = $1 AND ($2 IS NULL OR site_id = $2) AND ($3 IS NULL OR id = $3) \
             ORDER BY name, id",
        )
        .bind(scope.tenant.0)
        .bind(scope.site())
        .bind(scope.team())
        .fetch_all(self.business.readers())
        .await?;
        rows.iter().map(team).collect()
    }

    /// Regions are needed with every call, so they are kept in memory; a tenant's never changes.
    pub(crate) async fn load_regions(&self) -> Result<(), StoreError> {
        let tenants = self.tenants().await?;
        lock(&self.regions).extend(tenants.into_iter().map(|tenant| (tenant.id, tenant.region)));
        Ok(())
    }

    /// The region of a tenant; empty, which reads numbers as bare digits, for one that is not stored.
    pub(crate) fn region(&self, tenant: TenantId) -> String {
        lock(&self.regions).get(&tenant).cloned().unwrap_or_default()
    }
}

fn region_code(region: &str) -> Result<String, StoreError> {
    let code = region.trim().to_ascii_uppercase();
    let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    if is_code { Ok(code) } else { Err(StoreError::Invalid("region")) }
}
