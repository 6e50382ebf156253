//! Reading and checking the audit trail; it is written by [`super::write`].

use domain::{AuditId, UserId, Utc};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::rows::Columns;
use super::write::{Audit, AuditHead, AuditLink, payload_hash};
use crate::ledger::signed;
use crate::{ChainFault, ChainReport, Page, Scope, Store, StoreError};

/// Rows checked in one go.
const ROWS_AT_ONCE: i64 = 1_000;

/// Which rows of the trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only what this person did.
    pub actor: Option<UserId>,
    /// Only what was done to this public id.
    pub object: Option<String>,
    /// Only this action, or with a dot at the end every action of a subject.
    pub action: Option<String>,
    /// Only at or after this moment.
    pub from: Option<Utc>,
    /// Only before this moment.
    pub until: Option<Utc>,
}

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

/// What is wrong with the end of a chain that is whole up to `good`: rows cut off, or nobody knows where it ends.
fn end_fault(good: u64, anchor: Option<AuditHead>) -> Option<ChainFault> {
    let is_whole = match anchor {
        Some(anchor) => good >= anchor.seq,
        None => good == 0,
    };
    (!is_whole).then_some(ChainFault::Missing(good + 1))
}

impl Store {
    /// The audit trail, newest first, by position.
    pub async fn audit_trail(&self, scope: &Scope, page: Page<u64>) -> Result<Vec<AuditRow>, StoreError> {
        self.audit_search(scope, &AuditFilter::default(), page).await
    }

    /// The rows of the audit trail that pass the filter, newest first.
    pub async fn audit_search(
        &self,
        scope: &Scope,
        filter: &AuditFilter,
        page: Page<u64>,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let subject = filter.action.as_deref().filter(|action| action.ends_with('.'));
        let action = filter.action.as_deref().filter(|action| !action.ends_with('.'));
        let rows = sqlx::query(
            "SELECT a.*, p.payload FROM audit a \
             LEFT JOIN audit_payload p ON p.tenant_id = a.tenant_id AND p.seq = a.seq \
             WHERE a.tenant_id = $1 AND a.seq < $2 AND ($4 IS NULL OR a.actor_id = $4) \
             AND ($5 IS NULL OR a.object_id = $5) AND ($6 IS NULL OR a.action = $6) \
             AND ($7 IS NULL OR SUBSTR(a.action, 1, LENGTH($7)) = $7) AND ($8 IS NULL OR a.at_us >= $8) \
             AND ($9 IS NULL OR a.at_us < $9) ORDER BY a.seq DESC LIMIT $3",
        )
        .bind(scope.tenant.0)
        .bind(page.after.map_or(Ok(i64::MAX), signed)?)
        .bind(page.rows())
        .bind(filter.actor.map(|actor| actor.0))
        .bind(filter.object.as_deref())
        .bind(action)
        .bind(subject)
        .bind(filter.from.map(|from| from.0))
        .bind(filter.until.map(|until| until.0))
        .fetch_all(self.business.readers())
        .await?;
        rows.iter().map(audit_row).collect()
    }

    /// Checks the tenant's chain and every payload that is still there, and that the end is the one that is kept apart.
    pub async fn verify_audit(&self, scope: &Scope) -> Result<ChainReport, StoreError> {
        // Read first: rows written while the check runs then only make the chain longer.
        let anchor = self.audit_anchor(scope.tenant).await?;
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
                return Ok(ChainReport { good, fault: end_fault(good, anchor) });
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
                if anchor.is_some_and(|anchor| anchor.seq == expected && anchor.hash.as_slice() != previous.as_slice())
                {
                    return Ok(ChainReport { good, fault: Some(ChainFault::Altered(expected)) });
                }
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
