//! Short lists people choose from: skills, outcomes, reasons for not being ready.

use domain::Utc;
use domain::settings::{Disposition, NotReadyReason, Skill};

use crate::{Scope, Store, StoreError};

impl Store {
    /// Makes a skill; its name is unique in the tenant.
    pub async fn create_skill(&self, scope: &Scope, now: Utc, name: &str) -> Result<Skill, StoreError> {
        let _ = (scope, now, name);
        todo!()
    }

    /// Skills, by name.
    pub async fn skills(&self, scope: &Scope) -> Result<Vec<Skill>, StoreError> {
        let _ = scope;
        todo!()
    }

    /// Makes an outcome.
    pub async fn create_disposition(
        &self,
        scope: &Scope,
        now: Utc,
        name_zh: &str,
        name_en: &str,
    ) -> Result<Disposition, StoreError> {
        let _ = (scope, now, name_zh, name_en);
        todo!()
    }

    /// Outcomes, oldest first.
    pub async fn dispositions(&self, scope: &Scope) -> Result<Vec<Disposition>, StoreError> {
        let _ = scope;
        todo!()
    }

    /// Makes a reason for not being ready.
    pub async fn create_not_ready_reason(
        &self,
        scope: &Scope,
        now: Utc,
        name_zh: &str,
        name_en: &str,
    ) -> Result<NotReadyReason, StoreError> {
        let _ = (scope, now, name_zh, name_en);
        todo!()
    }

    /// Reasons for not being ready, oldest first.
    pub async fn not_ready_reasons(&self, scope: &Scope) -> Result<Vec<NotReadyReason>, StoreError> {
        let _ = scope;
        todo!()
    }
}
