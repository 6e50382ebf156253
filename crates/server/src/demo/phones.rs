//! SIP phones of the example centre, and what its agents may dial.

use domain::outbound::OutboundPlan;
use domain::{TenantId, Utc};
use store::{DatabaseKey, DeviceDraft, DeviceLogin, Page, Scope, Store};

use super::people::password;

/// Enough for everybody of the example.
const PEOPLE_MAX: u32 = 100;

/// User name, what people call it, and the agent who works with it.
const PHONES: [(&str, &str, &str); 2] =
    [("desk-8001", "陈晓的话机", "chenxiao"), ("desk-8002", "林静的话机", "linjing")];

/// Numbers of the example that may be dialled: those of the example customers' ranges.
const PREFIXES: [&str; 2] = ["138", "0755"];

/// What one phone registers with.
pub struct Phone {
    pub username: &'static str,
    pub password: String,
    pub agent: &'static str,
}

/// All of them; the passwords are the same at every start.
pub fn phones(key: &DatabaseKey) -> anyhow::Result<Vec<Phone>> {
    let made = PHONES.into_iter().map(|(username, _, agent)| {
        Ok(Phone { username, password: password(key, &format!("phone {username}"))?, agent })
    });
    made.collect()
}

/// Makes the phones of a fresh example.
pub async fn create(store: &Store, scope: &Scope, now: Utc, key: &DatabaseKey, realm: &str) -> anyhow::Result<()> {
    let agents = store.agents(scope, Page::first(PEOPLE_MAX)).await?;
    for ((_, name, _), phone) in PHONES.into_iter().zip(phones(key)?) {
        let Some(agent) = agents.iter().find(|agent| agent.user.username == phone.agent) else { continue };
        let draft = DeviceDraft {
            name: name.to_owned(),
            agent: Some(agent.id()),
            auto_answer: true,
            encryption: domain::Encryption::WhenOffered,
            site: agent.user.site,
        };
        let login = DeviceLogin { username: phone.username, realm, password: &phone.password };
        store.create_device(scope, now, &draft, &login).await?;
    }
    Ok(())
}

/// Lets the example dial through its first trunk, unless somebody has decided what may be dialled.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn allow_dialling(store: &Store, tenant: TenantId, now: Utc) -> anyhow::Result<()> {
    let scope = Scope::system(tenant);
    let Some(trunk) = store.trunks(&scope).await?.first().map(|trunk| trunk.id) else { return Ok(()) };
    if store.outbound_plan(&scope).await?.version == 0 {
        let mut plan = OutboundPlan::with_one_rule(PREFIXES.map(str::to_owned).to_vec(), trunk, None);
        plan.rules.iter_mut().for_each(|rule| rule.name = "示例客户".to_owned());
        store.put_outbound_plan(&scope, now, 0, &plan).await?;
    }
    Ok(())
}
