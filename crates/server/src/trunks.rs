//! Carriers: their addresses stand in the configuration, the id their calls are kept under in the store.

use domain::{TenantId, Utc};
use store::{Scope, Store};

/// The trunks of the configuration, each with the id its calls are kept under.
///
/// # Errors
/// When the store cannot be written, or a trunk names a tenant that does not exist.
pub async fn trusted(
    store: &Store,
    configured: &[crate::config::Trunk],
    now: Utc,
) -> anyhow::Result<Vec<(TenantId, sip::TrustedTrunk)>> {
    let tenants = store.tenants().await?;
    let mut trusted = Vec::new();
    for trunk in configured {
        let owner = match &trunk.tenant {
            Some(name) => tenants.iter().find(|t| &t.name == name),
            None => tenants.first(),
        };
        let Some(owner) = owner else {
            anyhow::bail!(
                "trunk {:?} belongs to no tenant of this store; name one of them, or add a user first",
                trunk.name
            );
        };
        let scope = Scope::system(owner.id);
        let known = store.trunks(&scope).await?.into_iter().find(|t| t.name == trunk.name);
        let id = match known {
            Some(known) => known.id,
            None => {
                let draft =
                    store::TrunkDraft { name: trunk.name.clone(), addresses: trunk.addresses.clone(), site: None };
                store.create_trunk(&scope, now, &draft).await?.id
            }
        };
        trusted.push((owner.id, sip::TrustedTrunk::new(id, trunk.addresses.clone())));
    }
    Ok(trusted)
}
