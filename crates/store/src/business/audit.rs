//! Reading and checking the audit trail; it is written by [`super::write`].

use domain::{AuditId, UserId, Utc};

use crate::{ChainReport, Page, Scope, Store, StoreError};

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
    pub payload: Option<serde_json::Value>,
}

impl Store {
    /// The audit trail, newest first, by position.
    pub async fn audit_trail(&self, scope: &Scope, page: Page<u64>) -> Result<Vec<AuditRow>, StoreError> {
        let _ = (scope, page);
        todo!()
    }

    /// Checks the tenant's chain and every payload that is still there.
    pub async fn verify_audit(&self, scope: &Scope) -> Result<ChainReport, StoreError> {
        let _ = scope;
        todo!()
    }

    /// Erases what the audit rows of one object say about it (a person's right); the chain stays whole.
    pub async fn erase_audit_payload(&self, scope: &Scope, now: domain::Utc, object: &str) -> Result<u64, StoreError> {
        let _ = (scope, now, object);
        todo!()
    }
}
