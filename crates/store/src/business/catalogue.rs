//! Short lists people choose from: skills, outcomes, reasons for not being ready.

use domain::settings::{Disposition, NotReadyReason, Skill};
use domain::{DispositionId, NotReadyReasonId, SkillId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnection;

use super::rows::{Columns, required};
use super::write::Audit;
use crate::{Scope, Store, StoreError};

/// One of the lists whose rows are a name in each language.
struct CodeList {
    select: &'static str,
    insert: &'static str,
    created: &'static str,
}

const DISPOSITIONS: CodeList = CodeList {
    select: "SELECT id, name_zh, name_en FROM disposition WHERE tenant_id = $1 ORDER BY id",
    insert: "INSERT INTO disposition (tenant_id, id, name_zh, name_en, version, created_us, updated_us) \
        VALUES ($1, $2, $3, $4, 1, $5, $5)",
    created: "disposition.created",
};

const NOT_READY_REASONS: CodeList = CodeList {
    select: "SELECT id, name_zh, name_en FROM not_ready_reason WHERE tenant_id = $1 ORDER BY id",
    insert: "INSERT INTO not_ready_reason (tenant_id, id, name_zh, name_en, version, created_us, updated_us) \
        VALUES ($1, $2, $3, $4, 1, $5, $5)",
    created: "not_ready_reason.created",
};

async fn codes(
    connection: &mut SqliteConnection,
    scope: &Scope,
    list: &CodeList,
) -> Result<Vec<(i64, String, String)>, StoreError> {
    let rows = sqlx::query(list.select).bind(scope.tenant.0).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.id("id")?, row.text("name_zh")?, row.text("name_en")?))).collect()
}

pub(super) async fn find_skills(connection: &mut SqliteConnection, scope: &Scope) -> Result<Vec<Skill>, StoreError> {
    let rows = sqlx::query("SELECT id, name FROM skill WHERE tenant_id = $1 ORDER BY name, id")
        .bind(scope.tenant.0)
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(Skill { id: row.id("id")?, name: row.text("name")? })).collect()
}

pub(super) async fn find_dispositions(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<Vec<Disposition>, StoreError> {
    let codes = codes(connection, scope, &DISPOSITIONS).await?;
    Ok(codes
        .into_iter()
        .map(|(id, name_zh, name_en)| Disposition { id: DispositionId(id), name_zh, name_en })
        .collect())
}

pub(super) async fn find_not_ready_reasons(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<Vec<NotReadyReason>, StoreError> {
    let codes = codes(connection, scope, &NOT_READY_REASONS).await?;
    Ok(codes
        .into_iter()
        .map(|(id, name_zh, name_en)| NotReadyReason { id: NotReadyReasonId(id), name_zh, name_en })
        .collect())
}

impl Store {
    async fn create_code<T>(
        &self,
        scope: &Scope,
        now: Utc,
        list: &CodeList,
        names: (&str, &str),
    ) -> Result<(T, String, String), StoreError>
    where
        T: From<i64> + ToString,
    {
        let raw: i64 = self.mint(now);
        let (name_zh, name_en) = (required(names.0, 200, "name_zh")?, required(names.1, 200, "name_en")?);
        let mut change = self.change(scope, now).await?;
        sqlx::query(list.insert)
            .bind(scope.tenant.0)
            .bind(raw)
            .bind(name_zh)
            .bind(name_en)
            .bind(now.0)
            .execute(change.tx())
            .await?;
        let after = json!({ "name_zh": name_zh, "name_en": name_en });
        change.commit(Audit::of_setting(list.created, T::from(raw), Value::Null, after)).await?;
        Ok((T::from(raw), name_zh.to_owned(), name_en.to_owned()))
    }

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

    /// Makes an outcome.
    pub async fn create_disposition(
        &self,
        scope: &Scope,
        now: Utc,
        name_zh: &str,
        name_en: &str,
    ) -> Result<Disposition, StoreError> {
        let (id, name_zh, name_en) = self.create_code(scope, now, &DISPOSITIONS, (name_zh, name_en)).await?;
        Ok(Disposition { id, name_zh, name_en })
    }

    /// Outcomes, oldest first.
    pub async fn dispositions(&self, scope: &Scope) -> Result<Vec<Disposition>, StoreError> {
        find_dispositions(&mut *self.business.read().await?, scope).await
    }

    /// Makes a reason for not being ready.
    pub async fn create_not_ready_reason(
        &self,
        scope: &Scope,
        now: Utc,
        name_zh: &str,
        name_en: &str,
    ) -> Result<NotReadyReason, StoreError> {
        let (id, name_zh, name_en) = self.create_code(scope, now, &NOT_READY_REASONS, (name_zh, name_en)).await?;
        Ok(NotReadyReason { id, name_zh, name_en })
    }

    /// Reasons for not being ready, oldest first.
    pub async fn not_ready_reasons(&self, scope: &Scope) -> Result<Vec<NotReadyReason>, StoreError> {
        find_not_ready_reasons(&mut *self.business.read().await?, scope).await
    }
}
