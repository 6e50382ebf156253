//! Reading and checking the audit trail; it is written by [`super::write`].

use domain::{AuditId, UserId, Utc};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::rows::Columns;
use super::write::{Audit, AuditLink, payload_hash};
use crate::ledger::signed;
use crate::{ChainFault, ChainReport, Page, Scope, Store, StoreError};

/// Rows checked in one go.
const ROWS_AT_ONCE: i64 = 1_000;

/// One change of a business record.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRow {
    /// Position in the tenant's chain, from 1.
    pub seq: u64,
    /// Its id.
    pub id: AuditId,
    /// When.
    pub at: Utc,
    /// Who; `None` is Callisto itself or an operator at the command line.
    pub actor: Option<UserId>,
    /// What was done, e.g. `queue.updated`.
    pub action: String,
    /// To what: a public id.
    pub object: String,
    /// The record before and after; `None` once erased.
    pub payload: Option<Value>,
}

fn audit_row(row: &SqliteRow) -> Result<AuditRow, StoreError> {
    let payload = row.maybe_text("payload")?.map(|text| serde_json::from_str(&text)).transpose();
    Ok(AuditRow {
        seq: row.count("seq")?,
        id: row.id("id")?,
        at: row.utc("at_us")?,
        actor: row.maybe_id("actor_id")?,
        action: row.text("action")?,
        object: row.text("object_id")?,
        payload: payload.map_err(|_| StoreError::corrupt("an audit payload"))?,
    })
}

/// Whether a row follows the one with hash `previous`, and says what its payload says.
fn is_good(row: &SqliteRow, previous: &[u8]) -> Result<bool, StoreError> {
    let (action, object) = (row.text("action")?, row.text("object_id")?);
    let stored: Vec<u8> = row.try_get("payload_hash")?;
    let Ok(payload_hash_stored) = <[u8; 32]>::try_from(stored) else { return Ok(false) };
    let link = AuditLink {
        seq: row.count("seq")?,
        at: row.utc("at_us")?,
        actor: row.try_get("actor_id")?,
        action: &action,
        object: &object,
        payload_hash: payload_hash_stored,
    };
    let hash: Vec<u8> = row.try_get("hash")?;
    if link.hash(previous).as_slice() != hash.as_slice() {
        return Ok(false);
    }
    let (salt, payload) = (row.try_get::<Option<Vec<u8>>, _>("salt")?, row.maybe_text("payload")?);
    Ok(match (salt, payload) {
        (Some(salt), Some(payload)) => payload_hash(&salt, &payload) == payload_hash_stored,
        _ => true,
    })
}

impl Store {
    /// The audit trail, newest first, by position.
    pub async fn audit_trail(&self, scope: &Scope, page: Page<u64>) -> Result<Vec<AuditRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT a.*, p.payload FROM audit a \
             LEFT JOIN audit_payload p ON p.tenant_id = a.tenant_id AND p.seq = a.seq \
             WHERE a.tenant_id = $1 AND a.seq < $2 ORDER BY a.seq DESC LIMIT $3",
        )
        .bind(scope.tenant.0)
        .bind(page.after.map_or(Ok(i64::MAX), signed)?)
        .bind(page.rows())
        .fetch_all(self.business.readers())
        .await?;
        rows.iter().map(audit_row).collect()
    }

    /// Checks the tenant's chain and every payload that is still there.
    pub async fn verify_audit(&self, scope: &Scope) -> Result<ChainReport, StoreError> {
        let mut previous = vec![0; 32];
        let mut good = 0u64;
        loop {
            let rows = sqlx::query(
                "SELECT a.*, p.salt, p.payload FROM audit a \
                 LEFT JOIN audit_payload p ON p.tenant_id = a.tenant_id AND p.seq = a.seq \
                 WHERE a.tenant_id = $1 AND a.seq > $2 ORDER BY a.seq LIMIT $3",
            )
            .bind(scope.tenant.0)
            .bind(signed(good)?)
            .bind(ROWS_AT_ONCE)
            .fetch_all(self.business.readers())
            .await?;
            if rows.is_empty() {
                return Ok(ChainReport { good, fault: None });
            }
            for row in rows {
                let expected = good + 1;
                if row.count("seq")? != expected {
                    return Ok(ChainReport { good, fault: Some(ChainFault::Missing(expected)) });
                }
                if !is_good(&row, &previous)? {
                    return Ok(ChainReport { good, fault: Some(ChainFault::Altered(expected)) });
                }
                previous = row.try_get("hash")?;
                good = expected;
            }
        }
    }

    /// Erases what the audit rows of one object say about it (a person's right); the chain stays whole. Gives how many.
    pub async fn erase_audit_payload(&self, scope: &Scope, now: Utc, object: &str) -> Result<u64, StoreError> {
        let mut change = self.change(scope, now).await?;
        let erased = sqlx::query(
            "DELETE FROM audit_payload WHERE tenant_id = $1 \
             AND seq IN (SELECT seq FROM audit WHERE tenant_id = $1 AND object_id = $2)",
        )
        .bind(scope.tenant.0)
        .bind(object)
        .execute(change.tx())
        .await?
        .rows_affected();
        change.commit(Audit::of("audit.payload_erased", object, Value::Null, json!({ "rows": erased }))).await?;
        Ok(erased)
    }
}
