//! Sites: what a location is called, where its telephones may be, how many calls it takes, with which codecs.

use std::collections::HashMap;

use domain::site::VoiceCodec;
use domain::{SiteId, Utc};
use ipnet::IpNet;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::rows::{Columns, required};
use super::users::same_version;
use super::write::Audit;
use crate::ledger::signed;
use crate::{Reach, Scope, Store, StoreError};

/// Address ranges of one site: a dealer has one line or two, an old works with many networks a dozen.
pub const SITE_RANGES_MAX: usize = 32;

/// A location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Where its telephones register and call from; empty is from anywhere.
    pub address_ranges: Vec<IpNet>,
    /// Calls between its telephones and elsewhere at once; `None` is no limit.
    pub calls_max: Option<u32>,
    /// What its telephones are offered, the best first; at least one.
    pub codecs: Vec<VoiceCodec>,
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
    /// Where its telephones register and call from; empty is from anywhere.
    pub address_ranges: Vec<IpNet>,
    /// Calls between its telephones and elsewhere at once, at least 1; `None` is no limit.
    pub calls_max: Option<u32>,
    /// What its telephones are offered, the best first; at least one, each once.
    pub codecs: Vec<VoiceCodec>,
}

/// How much belongs to a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SiteHoldings {
    /// Telephones.
    pub devices: u64,
    /// People.
    pub users: u64,
    /// Numbers customers dial.
    pub numbers: u64,
}

impl SiteDraft {
    /// A site without rules: telephones from anywhere, no limit, every codec.
    pub fn open(name: impl Into<String>, time_zone: impl Into<String>) -> SiteDraft {
        SiteDraft {
            name: name.into(),
            time_zone: time_zone.into(),
            address_ranges: Vec::new(),
            calls_max: None,
            codecs: VoiceCodec::ALL.to_vec(),
        }
    }
}

fn site(row: &SqliteRow) -> Result<Site, StoreError> {
    Ok(Site {
        id: row.id("id")?,
        name: row.text("name")?,
        time_zone: row.text("time_zone")?,
        address_ranges: ranges(row)?,
        calls_max: row.maybe_count("calls_max")?.and_then(|max| u32::try_from(max).ok()),
        codecs: codecs(row)?,
        version: row.count("version")?,
    })
}

/// The ranges of a row. One that cannot be read must not open the site to everybody.
pub(super) fn ranges(row: &SqliteRow) -> Result<Vec<IpNet>, StoreError> {
    let damaged = |_| StoreError::corrupt("the address ranges of a site");
    row.texts("address_ranges")?.iter().map(|text| text.parse().map_err(damaged)).collect()
}

/// The codecs of a row; one that this program does not know is left out.
pub(super) fn codecs(row: &SqliteRow) -> Result<Vec<VoiceCodec>, StoreError> {
    Ok(row.texts("codecs")?.iter().filter_map(|name| VoiceCodec::from_name(name)).collect())
}

fn ranges_to_text(ranges: &[IpNet]) -> String {
    Value::from_iter(ranges.iter().map(ToString::to_string)).to_string()
}

fn codecs_to_text(codecs: &[VoiceCodec]) -> String {
    Value::from_iter(codecs.iter().map(|codec| codec.name())).to_string()
}

fn audited(site: &Site) -> Value {
    json!({
        "name": site.name, "time_zone": site.time_zone, "calls_max": site.calls_max,
        "address_ranges": site.address_ranges.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "codecs": site.codecs.iter().map(|codec| codec.name()).collect::<Vec<_>>(),
    })
}

fn drafted(id: SiteId, version: u64, draft: &SiteDraft) -> Result<Site, StoreError> {
    let has_twice = |at: usize| draft.codecs.iter().skip(at + 1).any(|codec| *codec == draft.codecs[at]);
    if draft.codecs.is_empty() || (0..draft.codecs.len()).any(has_twice) {
        return Err(StoreError::Invalid("codecs"));
    }
    if draft.address_ranges.len() > SITE_RANGES_MAX {
        return Err(StoreError::Invalid("address_ranges"));
    }
    if draft.calls_max == Some(0) {
        return Err(StoreError::Invalid("calls_max"));
    }
    Ok(Site {
        id,
        name: required(&draft.name, 200, "name")?.to_owned(),
        time_zone: required(&draft.time_zone, 60, "time_zone")?.to_owned(),
        address_ranges: draft.address_ranges.clone(),
        calls_max: draft.calls_max,
        codecs: draft.codecs.clone(),
        version,
    })
}

/// Sites are made and taken away by those who see all of them.
fn whole(scope: &Scope) -> Result<(), StoreError> {
    match scope.reach {
        Reach::Tenant => Ok(()),
        Reach::Site(_) | Reach::Team(_) | Reach::Own => Err(StoreError::NotFound("site")),
    }
}

pub(super) async fn find_sites(connection: &mut SqliteConnection, scope: &Scope) -> Result<Vec<Site>, StoreError> {
    let rows = sqlx::query("SELECT * FROM site WHERE tenant_id = $1 AND ($2 IS NULL OR id = $2) ORDER BY name, id")
        .bind(scope.tenant.0)
        .bind(scope.site())
        .fetch_all(connection)
        .await?;
    rows.iter().map(site).collect()
}

async fn find_site(connection: &mut SqliteConnection, scope: &Scope, id: SiteId) -> Result<Site, StoreError> {
    let known = find_sites(connection, scope).await?;
    known.into_iter().find(|site| site.id == id).ok_or(StoreError::NotFound("site"))
}

/// Every table with things that belong to a site. A task that is done holds nobody up.
const BELONGING: [&str; 8] = [
    "SELECT site_id FROM device WHERE tenant_id = $1 AND site_id = $2 LIMIT 1",
    "SELECT site_id FROM phone_number WHERE tenant_id = $1 AND site_id = $2 LIMIT 1",
    "SELECT site_id FROM user_account WHERE tenant_id = $1 AND site_id = $2 LIMIT 1",
    "SELECT site_id FROM team WHERE tenant_id = $1 AND site_id = $2 LIMIT 1",
    "SELECT site_id FROM queue WHERE tenant_id = $1 AND site_id = $2 LIMIT 1",
    "SELECT site_id FROM trunk WHERE tenant_id = $1 AND site_id = $2 LIMIT 1",
    "SELECT site_id FROM customer WHERE tenant_id = $1 AND site_id = $2 LIMIT 1",
    "SELECT site_id FROM task WHERE tenant_id = $1 AND site_id = $2 AND state <> 'done' LIMIT 1",
];

impl Store {
    /// Makes a site.
    pub async fn create_site(&self, scope: &Scope, now: Utc, draft: &SiteDraft) -> Result<Site, StoreError> {
        whole(scope)?;
        let made = drafted(self.mint(now), 1, draft)?;
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO site (tenant_id, id, name, time_zone, address_ranges, calls_max, codecs, version, created_us, \
             updated_us) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8)",
        )
        .bind(scope.tenant.0)
        .bind(made.id.0)
        .bind(made.name.as_str())
        .bind(made.time_zone.as_str())
        .bind(ranges_to_text(&made.address_ranges))
        .bind(made.calls_max.map(i64::from))
        .bind(codecs_to_text(&made.codecs))
        .bind(now.0)
        .execute(change.tx())
        .await?;
        change.commit(Audit::of_setting("site.created", made.id, Value::Null, audited(&made))).await?;
        Ok(made)
    }

    /// Changes a site as a whole; `Conflict` unless `version` is the present one.
    pub async fn update_site(
        &self,
        scope: &Scope,
        now: Utc,
        id: SiteId,
        version: u64,
        draft: &SiteDraft,
    ) -> Result<Site, StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_site(change.tx(), scope, id).await?;
        same_version(before.version, version)?;
        let after = drafted(id, version + 1, draft)?;
        sqlx::query(
            "UPDATE site SET name = $1, time_zone = $2, address_ranges = $3, calls_max = $4, codecs = $5, version = $6, \
             updated_us = $7 WHERE tenant_id = $8 AND id = $9",
        )
        .bind(after.name.as_str())
        .bind(after.time_zone.as_str())
        .bind(ranges_to_text(&after.address_ranges))
        .bind(after.calls_max.map(i64::from))
        .bind(codecs_to_text(&after.codecs))
        .bind(signed(after.version)?)
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        change.commit(Audit::of_setting("site.updated", id, audited(&before), audited(&after))).await?;
        Ok(after)
    }

    /// Takes a site away.
    ///
    /// # Errors
    /// [`StoreError::StillUsed`] while anything belongs to it.
    pub async fn remove_site(&self, scope: &Scope, now: Utc, id: SiteId) -> Result<(), StoreError> {
        whole(scope)?;
        let mut change = self.change(scope, now).await?;
        let before = find_site(change.tx(), scope, id).await?;
        for belonging in BELONGING {
            let found = sqlx::query(belonging).bind(scope.tenant.0).bind(id.0).fetch_optional(change.tx()).await?;
            if found.is_some() {
                return Err(StoreError::StillUsed(
                    "devices, numbers, people, teams, queues or tasks belong to the site",
                ));
            }
        }
        sqlx::query("DELETE FROM site WHERE tenant_id = $1 AND id = $2")
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        change.commit(Audit::of_setting("site.removed", id, audited(&before), Value::Null)).await
    }

    /// One site.
    pub async fn site(&self, scope: &Scope, id: SiteId) -> Result<Site, StoreError> {
        find_site(&mut *self.business.read().await?, scope, id).await
    }

    /// Sites, by name.
    pub async fn sites(&self, scope: &Scope) -> Result<Vec<Site>, StoreError> {
        find_sites(&mut *self.business.read().await?, scope).await
    }

    /// How much belongs to each site; those that hold nothing are left out.
    pub async fn site_holdings(&self, scope: &Scope) -> Result<HashMap<SiteId, SiteHoldings>, StoreError> {
        let rows = sqlx::query(
            "SELECT site_id, SUM(devices) AS devices, SUM(users) AS users, SUM(numbers) AS numbers FROM (\
             SELECT site_id, 1 AS devices, 0 AS users, 0 AS numbers FROM device WHERE tenant_id = $1 \
             UNION ALL SELECT site_id, 0, 1, 0 FROM user_account WHERE tenant_id = $1 \
             UNION ALL SELECT site_id, 0, 0, 1 FROM phone_number WHERE tenant_id = $1) AS held \
             WHERE ($2 IS NULL OR site_id = $2) GROUP BY site_id",
        )
        .bind(scope.tenant.0)
        .bind(scope.site())
        .fetch_all(self.business.readers())
        .await?;
        let held = rows.iter().map(|row| {
            let (devices, users, numbers) = (row.count("devices")?, row.count("users")?, row.count("numbers")?);
            Ok((row.id("site_id")?, SiteHoldings { devices, users, numbers }))
        });
        held.collect()
    }
}
