//! Skills.

use domain::settings::Skill;
use domain::{SkillId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnection;

use super::rows::{Columns, required};
use super::write::Audit;
use crate::{Scope, Store, StoreError};

pub(super) async fn find_skills(connection: &mut SqliteConnection, scope: &Scope) -> Result<Vec<Skill>, StoreError> {
    let rows = sqlx::query("SELECT id, name FROM skill WHERE tenant_id = $1 ORDER BY name, id")
        .bind(scope.tenant.0)
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(Skill { id: row.id("id")?, name: row.text("name")? })).collect()
}

impl Store {
    /// Makes a skill; its name is unique in the tenant.
    pub async fn create_skill(&self, scope: &Scope, now: Utc, name: &str) -> Result<Skill, StoreError> {
        let skill = Skill { id: self.mint::<SkillId>(now), name: required(name, 200, "name")?.to_owned() };
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO skill (tenant_id, id, name, version, created_us, updated_us) VALUES ($1, $2, $3, 1, $4, $4)",
        )
        .bind(scope.tenant.0)
        .bind(skill.id.0)
        .bind(skill.name.as_str())
        .bind(now.0)
        .execute(change.tx())
        .await?;
        change.commit(Audit::of_setting("skill.created", skill.id, Value::Null, json!({ "name": skill.name }))).await?;
        Ok(skill)
    }

    /// Skills, by name.
    pub async fn skills(&self, scope: &Scope) -> Result<Vec<Skill>, StoreError> {
        find_skills(&mut *self.business.read().await?, scope).await
    }
}
