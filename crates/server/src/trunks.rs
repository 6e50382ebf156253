//! Carriers: their addresses stand in the configuration, the id their calls are kept under in the store.

use anyhow::Context;
use domain::{TenantId, TrunkId, Utc};
use store::{Scope, Store};

use crate::config::{Register, Trunk};

/// The trunks of the configuration, each with the id its calls are kept under.
///
/// # Errors
/// When the store cannot be written, a trunk names a tenant that does not exist, or a password cannot be read.
pub async fn trusted(
    store: &Store,
    configured: &[Trunk],
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
        trusted.push((owner.id, reached(trunk, id)?));
    }
    Ok(trusted)
}

/// How signalling reaches a trunk.
fn reached(trunk: &Trunk, id: TrunkId) -> anyhow::Result<sip::TrustedTrunk> {
    let transport = if trunk.tcp { sip::Transport::Tcp } else { sip::Transport::Udp };
    let target = |address| sip::Target { address, transport };
    let targets: Vec<sip::Target> = trunk.targets().into_iter().map(target).collect();
    let outbound = (!targets.is_empty()).then(|| sip::Outbound { targets, login: None, probe: trunk.probe() });
    let register = trunk.register.as_ref().map(|register| account(register, target(register.server)));
    let register = register.transpose().with_context(|| format!("trunk {:?} cannot be registered at", trunk.name))?;
    Ok(sip::TrustedTrunk { outbound, register, ..sip::TrustedTrunk::new(id, trunk.addresses.clone()) })
}

fn account(register: &Register, server: sip::Target) -> anyhow::Result<sip::RegisterAt> {
    Ok(sip::RegisterAt {
        server,
        username: register.user.clone(),
        domain: register.domain.clone(),
        realm: register.realm.clone(),
        password: register.password()?,
        expires_s: register.expires_s,
    })
}
