//! Tenants, their sites and teams.

use domain::{PartitionId, SiteId, TeamId, TenantId, Utc};

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

/// A location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Grows with every change.
    pub version: u64,
}

/// What a caller says about a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteDraft {
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
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

impl Store {
    /// Makes a tenant with a partition of its own.
    pub async fn create_tenant(&self, now: Utc, new: &NewTenant) -> Result<TenantRow, StoreError> {
        let _ = (now, new);
        todo!()
    }

    /// Every tenant, for the start of the node: no person ever sees this list.
    pub async fn tenants(&self) -> Result<Vec<TenantRow>, StoreError> {
        todo!()
    }

    /// The tenant of the scope.
    pub async fn tenant(&self, scope: &Scope) -> Result<TenantRow, StoreError> {
        let _ = scope;
        todo!()
    }

    /// Makes a site.
    pub async fn create_site(&self, scope: &Scope, now: Utc, draft: &SiteDraft) -> Result<Site, StoreError> {
        let _ = (scope, now, draft);
        todo!()
    }

    /// Sites, by name.
    pub async fn sites(&self, scope: &Scope) -> Result<Vec<Site>, StoreError> {
        let _ = scope;
        todo!()
    }

    /// Makes a team.
    pub async fn create_team(&self, scope: &Scope, now: Utc, draft: &TeamDraft) -> Result<Team, StoreError> {
        let _ = (scope, now, draft);
        todo!()
    }

    /// Teams, by name.
    pub async fn teams(&self, scope: &Scope) -> Result<Vec<Team>, StoreError> {
        let _ = scope;
        todo!()
    }

    pub(crate) async fn load_regions(&self) -> Result<(), StoreError> {
        todo!()
    }
}
