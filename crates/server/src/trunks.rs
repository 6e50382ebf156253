//! Carriers: their addresses stand in the configuration, the id their calls are kept under in the store.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use domain::{TenantId, TrunkId, Utc};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use store::{Scope, Store};

use crate::config::{InboundRule, Register, Trunk, Wire};

/// Where systems keep those they believe: Debian and its kin, Red Hat and its kin, Alpine.
const SYSTEM_ROOTS: [&str; 3] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

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
            bail!("trunk {:?} belongs to no tenant of this store; name one of them, or add a user first", trunk.name);
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
    let transport = match trunk.wire() {
        Wire::Udp => sip::Transport::Udp,
        Wire::Tcp => sip::Transport::Tcp,
        Wire::Tls => sip::Transport::Tls,
    };
    let target = |address| sip::Target { address, transport };
    let targets: Vec<sip::Target> = trunk.targets().into_iter().map(target).collect();
    let outbound = (!targets.is_empty()).then(|| sip::Outbound { targets, login: None, probe: trunk.probe() });
    let register =
        trunk.register.as_ref().map(|register| account(register, register.servers().into_iter().map(target).collect()));
    let register = register.transpose().with_context(|| format!("trunk {:?} cannot be registered at", trunk.name))?;
    let tls = tls_peer(trunk)?;
    let encryption = trunk.encryption.into();
    let is_trusted_with_identity = trunk.asserted_identity;
    let put = |rules: &[InboundRule]| rules.iter().map(InboundRule::rewrite).collect();
    let inbound = sip::InboundRewrites { called: put(&trunk.inbound_called), caller: put(&trunk.inbound_caller) };
    let codecs = trunk.codecs.iter().flatten().map(|codec| crate::port::codec((*codec).into())).collect();
    Ok(sip::TrustedTrunk {
        outbound,
        register,
        tls,
        encryption,
        is_trusted_with_identity,
        inbound,
        codecs,
        ..sip::TrustedTrunk::new(id, trunk.addresses.clone())
    })
}

/// How a trunk's certificate is judged; of one without TLS nothing is read.
///
/// # Errors
/// When nobody can be found who may vouch for it.
pub fn tls_peer(trunk: &Trunk) -> anyhow::Result<sip::TlsPeer> {
    if trunk.wire() != Wire::Tls {
        return Ok(sip::TlsPeer::default());
    }
    let path = match &trunk.ca_file {
        Some(path) => path.clone(),
        None => system_roots().with_context(|| {
            format!("trunk {:?}: this system has no list of those it believes; name one by ca_file", trunk.name)
        })?,
    };
    Ok(sip::TlsPeer { name: trunk.tls_name.clone(), roots: Arc::new(roots(&path)?) })
}

fn system_roots() -> Option<PathBuf> {
    SYSTEM_ROOTS.iter().map(PathBuf::from).find(|path| path.is_file())
}

fn roots(path: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let roots = read.with_context(|| format!("{} cannot be read as certificates", path.display()))?;
    if roots.is_empty() {
        bail!("{} holds no certificate", path.display());
    }
    Ok(roots)
}

fn account(register: &Register, servers: Vec<sip::Target>) -> anyhow::Result<sip::RegisterAt> {
    let (server, others) = servers.split_first().context("register.server is empty")?;
    Ok(sip::RegisterAt {
        server: *server,
        others: others.to_vec(),
        username: register.user.clone(),
        domain: register.domain.clone(),
        realm: register.realm.clone(),
        password: register.password()?,
        expires_s: register.expires_s,
    })
}
