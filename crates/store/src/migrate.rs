//! Embedded schema changes: timestamped, one thought each, each with a way back.

use std::path::Path;

use domain::Utc;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Row};

use crate::database::{File, open_writer};
use crate::kill::{KillPoint, reach};
use crate::{DatabaseKey, StoreError};

/// One change of one file's schema.
pub(crate) struct Migration {
    /// `yyyymmddhhmmss`; the order.
    version: i64,
    name: &'static str,
    up: &'static str,
    down: &'static str,
}

macro_rules! migrations {
    ($folder:literal: $($version:literal $name:literal;)+) => {
        &[$(Migration {
            version: $version,
            name: $name,
            up: include_str!(concat!("../migrations/", $folder, "/", $version, "_", $name, ".up.sql")),
            down: include_str!(concat!("../migrations/", $folder, "/", $version, "_", $name, ".down.sql")),
        },)+]
    };
}

const LEDGER: &[Migration] = migrations! { "ledger":
    20250801000100 "ledger";
    20250801000200 "lease";
    20250801000300 "party";
    20250801000400 "greatest_id";
};

const BUSINESS: &[Migration] = migrations! { "business":
    20250801000100 "audit";
    20250801000200 "tenant_site_team";
    20250801000300 "user_account";
    20250801000400 "sign_in";
    20250801000500 "customer";
    20250801000600 "skill_and_code_lists";
    20250801000700 "calendar_flow_number_trunk";
    20250801000800 "queue";
    20250801000900 "conversation_note";
    20250801001000 "integrator_views";
    20251129020100 "queue_recorded";
    20251129030100 "device";
    20251129040100 "task";
    20251129040200 "cursor";
    20251129040300 "queue_waiting_max";
    20251129050100 "calendar_exception";
    20251129050200 "calendar_removed";
    20251129050300 "number_calendar";
    20251129050400 "api_token_permissions";
    20251129050500 "device_encryption";
    20251129060100 "outbound_plan";
    20251130071000 "number_list_entry";
    20251130071100 "screening_policy";
    20251130081000 "site_rules";
    20251130081100 "user_reach";
    20251130082000 "queue_recording_mode";
    20251130082100 "recording_policy";
    20251130083000 "recording_hold";
    20251130083100 "recording_erasure";
    20251130083200 "retention_policy";
    20251130084000 "screening_policy_dead_air";
    20251130085000 "leg_course";
    20251130086100 "supervision_policy";
    20251130087000 "leg_course_began";
    20251130089000 "code_list_place";
    20251130090000 "agent_mobile";
    20251130091000 "number_answer";
    20251130093000 "number_list_area";
    20251130095000 "registration";
    20251130096000 "customer_site";
};

const REPORTS: &[Migration] = migrations! { "reports":
    20250801000100 "cursor";
    20250801000200 "conversation";
    20250801000300 "integrator_views";
    20251129020100 "recording";
    20251130071000 "conversation_vip";
    20251130083300 "recording_missing";
    20251130084100 "conversation_outbound";
};

const KEYS: &[Migration] = migrations! { "keys":
    20250801000100 "party_key";
    20251129010100 "recording_key";
    20251129050500 "audit_anchor";
};

impl File {
    const fn migrations(self) -> &'static [Migration] {
        match self {
            File::Ledger => LEDGER,
            File::Business => BUSINESS,
            File::Reports => REPORTS,
            File::Keys => KEYS,
        }
    }
}

/// One migration that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedMigration {
    /// Name of the file.
    pub file: &'static str,
    /// Timestamp that orders the migrations.
    pub version: i64,
    /// What it is about.
    pub name: &'static str,
}

/// Carries out what is missing.
pub(crate) async fn up(
    dir: &Path,
    file: File,
    key: &DatabaseKey,
    now: Utc,
) -> Result<Vec<AppliedMigration>, StoreError> {
    let mut connection = open_writer(dir, file, key).await?;
    let applied = applied(&mut connection).await?;
    if let Some(version) = applied.iter().find(|v| file.migrations().iter().all(|m| m.version != **v)) {
        return Err(StoreError::NewerSchema { file: file.name().to_owned(), version: *version });
    }
    let mut done = Vec::new();
    for migration in file.migrations().iter().filter(|m| !applied.contains(&m.version)) {
        let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
        reach(KillPoint::MigrationBegun);
        sqlx::raw_sql(migration.up).execute(&mut *tx).await?;
        reach(KillPoint::MigrationWritten);
        sqlx::query("INSERT INTO migration (version, name, applied_us) VALUES ($1, $2, $3)")
            .bind(migration.version)
            .bind(migration.name)
            .bind(now.0)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        reach(KillPoint::MigrationCommitted);
        tracing::debug!(file = file.name(), version = migration.version, name = migration.name, "migrated");
        done.push(AppliedMigration { file: file.name(), version: migration.version, name: migration.name });
    }
    connection.close().await?;
    Ok(done)
}

/// Takes back every migration later than `version`, newest first.
#[cfg_attr(not(test), allow(dead_code, reason = "the way back is an operator's emergency exit, proven by the tests"))]
pub(crate) async fn down(dir: &Path, file: File, key: &DatabaseKey, version: i64) -> Result<(), StoreError> {
    let mut connection = open_writer(dir, file, key).await?;
    let applied = applied(&mut connection).await?;
    for migration in file.migrations().iter().rev().filter(|m| m.version > version && applied.contains(&m.version)) {
        let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::raw_sql(migration.down).execute(&mut *tx).await?;
        sqlx::query("DELETE FROM migration WHERE version = $1").bind(migration.version).execute(&mut *tx).await?;
        tx.commit().await?;
    }
    connection.close().await?;
    Ok(())
}

async fn applied(connection: &mut SqliteConnection) -> Result<Vec<i64>, StoreError> {
    sqlx::query(
        "CREATE TABLE IF NOT EXISTS migration \
         (version BIGINT NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL, applied_us BIGINT NOT NULL)",
    )
    .execute(&mut *connection)
    .await?;
    let rows = sqlx::query("SELECT version FROM migration ORDER BY version").fetch_all(connection).await?;
    rows.iter().map(|row| row.try_get(0).map_err(StoreError::from)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn schema(dir: &Path, file: File, key: &DatabaseKey) -> Vec<String> {
        let mut connection = open_writer(dir, file, key).await.unwrap();
        let rows = sqlx::query("SELECT COALESCE(sql, name) FROM sqlite_master ORDER BY name")
            .fetch_all(&mut connection)
            .await
            .unwrap();
        rows.iter().map(|r| r.get(0)).collect()
    }

    /// Every migration alone is taken back and carried out again, and the schema comes out the same.
    #[tokio::test]
    async fn every_migration_goes_up_down_and_up() {
        let dir = tempfile::tempdir().unwrap();
        let key = DatabaseKey::from_bytes([3; 32]);
        for file in File::ALL {
            up(dir.path(), file, &key, Utc(1)).await.unwrap();
            let full = schema(dir.path(), file, &key).await;
            for migration in file.migrations().iter().rev() {
                down(dir.path(), file, &key, migration.version - 1).await.unwrap();
                up(dir.path(), file, &key, Utc(2)).await.unwrap();
                assert_eq!(schema(dir.path(), file, &key).await, full, "{} {}", file.name(), migration.name);
            }
            down(dir.path(), file, &key, 0).await.unwrap();
            let empty = schema(dir.path(), file, &key).await;
            assert!(empty.iter().all(|sql| sql.contains("migration")), "{} keeps {empty:?}", file.name());
        }
    }

    /// The single rule of what may be dialled becomes a plan, and a plan of one rule for everybody a rule again.
    #[tokio::test]
    async fn a_single_rule_becomes_a_plan_and_a_rule_again() {
        const PLAN: i64 = 20251129060100;
        let dir = tempfile::tempdir().unwrap();
        let key = DatabaseKey::from_bytes([3; 32]);
        up(dir.path(), File::Business, &key, Utc(1)).await.unwrap();
        down(dir.path(), File::Business, &key, PLAN - 1).await.unwrap();
        let run = async |sql: &'static str| {
            let mut connection = open_writer(dir.path(), File::Business, &key).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.unwrap();
        };
        let rows = async |sql: &'static str| {
            let mut connection = open_writer(dir.path(), File::Business, &key).await.unwrap();
            let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
            rows.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>()
        };
        run("INSERT INTO tenant VALUES (1, 'a', 'UTC', 'CN', 1, 1, 1, 1, 1), (2, 'b', 'UTC', 'CN', 2, 1, 1, 1, 1)")
            .await;
        run("INSERT INTO trunk (tenant_id, id, name, addresses, version, created_us, updated_us) \
             VALUES (1, 7, 'north', '[]', 1, 1, 1)")
        .await;
        run("INSERT INTO outbound_rule VALUES (1, '[\"021\",\"+86\"]', 7, NULL, 3, 5), (2, '[]', NULL, NULL, 1, 6)")
            .await;
        up(dir.path(), File::Business, &key, Utc(2)).await.unwrap();
        let bodies = rows("SELECT body FROM outbound_plan ORDER BY tenant_id").await;
        let plan = |n: usize| crate::business::outbound_plan_from_text(&bodies[n]).unwrap();
        let prefixes = vec!["021".to_owned(), "+86".to_owned()];
        let mut expected = domain::outbound::OutboundPlan::with_one_rule(prefixes, domain::TrunkId(7), None);
        expected.rules[0].name.clone_from(&plan(0).rules[0].name);
        assert_eq!(plan(0), expected);
        assert_eq!((plan(1).rules, plan(1).trunks), (Vec::new(), Vec::new()));
        down(dir.path(), File::Business, &key, PLAN - 1).await.unwrap();
        let back = "SELECT tenant_id || ' ' || prefixes || ' ' || COALESCE(trunk_id, '-') || ' ' || version FROM outbound_rule";
        assert_eq!(rows(back).await, ["1 [\"021\",\"+86\"] 7 3", "2 [] - 1"]);
    }

    #[tokio::test]
    async fn a_newer_file_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let key = DatabaseKey::from_bytes([3; 32]);
        up(dir.path(), File::Keys, &key, Utc(1)).await.unwrap();
        let mut connection = open_writer(dir.path(), File::Keys, &key).await.unwrap();
        sqlx::query("INSERT INTO migration VALUES (30000101000000, 'later', 1)")
            .execute(&mut connection)
            .await
            .unwrap();
        drop(connection);
        let refused = up(dir.path(), File::Keys, &key, Utc(1)).await;
        assert!(matches!(refused, Err(StoreError::NewerSchema { version: 30000101000000, .. })));
    }

    #[test]
    fn migrations_are_in_order() {
        for file in File::ALL {
            assert!(file.migrations().is_sorted_by_key(|m| m.version));
        }
    }
}
