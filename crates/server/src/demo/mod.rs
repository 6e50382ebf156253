//! Example data: a small centre a visitor can call at once. Written through the same store functions as everything else.

mod business;
mod farm;
mod flows;
mod manifest;
mod people;
mod phones;

use std::path::Path;

use domain::{TenantId, Utc};
use store::{DatabaseKey, NewTenant, Scope, SiteDraft, Store, TeamDraft};

pub use manifest::write as write_manifest;
pub use people::SignIn;
pub use phones::allow_dialling;

/// The centre's name; a store that has any tenant is left as it is.
const TENANT: &str = "Callisto 演示中心";

/// Fills an empty store; with `farm`, also with that many agents for load runs, told in the file named.
///
/// # Errors
/// When the store or the file cannot be written.
pub async fn seed(
    store: &Store,
    key: &DatabaseKey,
    now: Utc,
    realm: &str,
    farm: Option<(u32, &Path)>,
) -> anyhow::Result<TenantId> {
    if let Some(first) = store.tenants().await?.first() {
        return Ok(first.id);
    }
    let new = NewTenant { name: TENANT.to_owned(), time_zone: "Asia/Shanghai".to_owned(), region: "CN".to_owned() };
    let tenant = store.create_tenant(now, &new).await?;
    let scope = Scope::system(tenant.id);
    let site = SiteDraft::open("深圳总部", new.time_zone.clone());
    let site = store.create_site(&scope, now, &site).await?.id;
    let team = store.create_team(&scope, now, &TeamDraft { site, name: "一班".to_owned() }).await?.id;
    let place = business::Place { site, team };
    let queues = business::queues(store, &scope, now, &place).await?;
    flows::numbers(store, &scope, now, &place, &queues).await?;
    people::create(store, &scope, now, &place, &queues, key).await?;
    phones::create(store, &scope, now, key, realm).await?;
    business::customers(store, &scope, now, &place).await?;
    if let Some((count, told)) = farm {
        let made = farm::create(store, &scope, now, &place, key, (count, realm)).await?;
        farm::write(told, &made)?;
    }
    Ok(tenant.id)
}

/// The sign-ins and the administrator's token, the same at every start.
///
/// # Errors
/// When a secret cannot be derived.
pub fn sign_ins(key: &DatabaseKey) -> anyhow::Result<(Vec<SignIn>, String)> {
    people::sign_ins(key)
}
