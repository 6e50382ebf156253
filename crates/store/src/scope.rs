//! On whose behalf a question is asked, and how far the answer may reach.

use domain::{SiteId, TeamId, TenantId, UserId};

/// Goes with every question and every change. Nothing outside `tenant` is ever read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Whose data.
    pub tenant: TenantId,
    /// Who asks; `None` is Callisto itself or an operator at the command line.
    pub user: Option<UserId>,
    /// How far within the tenant.
    pub reach: Reach,
}

/// How far a person sees within the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everything.
    Tenant,
    /// Records of one site, and those that belong to no site.
    Site(SiteId),
    /// Records of one team, and those that belong to no team.
    Team(TeamId),
    /// Own conversations only; settings as for the whole tenant.
    Own,
}

impl Scope {
    /// Callisto itself, for the whole tenant.
    pub const fn system(tenant: TenantId) -> Scope {
        Scope { tenant, user: None, reach: Reach::Tenant }
    }

    /// A person, for the whole tenant.
    pub const fn of(tenant: TenantId, user: UserId) -> Scope {
        Scope { tenant, user: Some(user), reach: Reach::Tenant }
    }

    /// The same person with another reach.
    pub const fn reaching(self, reach: Reach) -> Scope {
        Scope { reach, ..self }
    }

    pub(crate) fn site(&self) -> Option<i64> {
        match self.reach {
            Reach::Site(site) => Some(site.0),
            Reach::Tenant | Reach::Team(_) | Reach::Own => None,
        }
    }

    pub(crate) fn team(&self) -> Option<i64> {
        match self.reach {
            Reach::Team(team) => Some(team.0),
            Reach::Tenant | Reach::Site(_) | Reach::Own => None,
        }
    }

    /// The agent whose own conversations are meant; a reach of `Own` without a person sees nothing (-1).
    pub(crate) fn own(&self) -> Option<i64> {
        match self.reach {
            Reach::Own => Some(self.user.map_or(-1, |user| user.0)),
            Reach::Tenant | Reach::Site(_) | Reach::Team(_) => None,
        }
    }
}

/// The greatest page any list gives.
pub const PAGE_MAX: u32 = 200;

/// One page of a list ordered by `K`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page<K> {
    /// At most this many rows; cut to [`PAGE_MAX`] + 1, so that a caller can ask for one more to learn whether there is more.
    pub limit: u32,
    /// The key of the last row already seen.
    pub after: Option<K>,
}

impl<K> Page<K> {
    /// The first `limit` rows.
    pub const fn first(limit: u32) -> Page<K> {
        Page { limit, after: None }
    }

    pub(crate) fn rows(&self) -> i64 {
        i64::from(self.limit.clamp(1, PAGE_MAX + 1))
    }
}
