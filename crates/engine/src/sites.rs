//! Sites and how many calls they take: a call counts for a site with each of its telephones that is in it or rung for it. A call between two
//! telephones of one site goes nowhere else and does not count.
//!
//! A site that is full stops what would be one more call. Nothing that goes on is touched, and an emergency call is never stopped.

use std::collections::BTreeSet;

use domain::settings::Site;
use domain::{AgentId, ConversationId, DeviceId, DialTarget, Refusal, SiteId};

use crate::conversation::{CustomerStage, Way};
use crate::floor::Floor;

impl Floor {
    /// Calls of each of the site's telephones with elsewhere.
    pub(crate) fn site_calls(&self, site: SiteId) -> u32 {
        let at_site = |device: Option<DeviceId>| device.is_some_and(|device| self.site_of(device) == Some(site));
        let rung = self.desks.iter().filter(|(agent, desk)| {
            let is_counted = desk.call.is_some_and(|call| !self.stays_within(call.conversation, site));
            is_counted && at_site(self.agent_record(**agent).telephone)
        });
        let called = self.conversations.values().filter(|conversation| {
            let is_called = !matches!(conversation.stage, CustomerStage::Gone(_));
            is_called && at_site(conversation.far_phone) && !self.stays_within(conversation.id, site)
        });
        u32::try_from(rung.count() + called.count()).unwrap_or(u32::MAX)
    }

    /// Whether everybody in a conversation has a telephone of this one site.
    fn stays_within(&self, id: ConversationId, site: SiteId) -> bool {
        let Some(conversation) = self.conversations.get(&id) else { return false };
        let is_here = |device: Option<DeviceId>| device.is_some_and(|device| self.site_of(device) == Some(site));
        let mut parts = conversation.handlings.iter();
        is_here(conversation.far_phone) && parts.all(|part| is_here(self.agent_record(part.agent).telephone))
    }

    fn site_of(&self, device: DeviceId) -> Option<SiteId> {
        self.catalog.device(device).map(|device| device.site)
    }

    fn is_full(&self, site: SiteId) -> bool {
        let limit = self.catalog.site(site).and_then(|site| site.calls_max);
        limit.is_some_and(|limit| self.site_calls(site) >= limit)
    }

    /// Whether an agent's telephone may not be rung, because its site takes no further call.
    pub(crate) fn is_site_full(&self, agent: AgentId) -> bool {
        let phone = self.agent_record(agent).telephone;
        phone.and_then(|device| self.site_of(device)).is_some_and(|site| self.full_sites.contains(&site))
    }

    /// Whether an agent's telephone may be rung for one more call.
    pub(crate) fn site_takes(&self, agent: AgentId) -> Result<(), Refusal> {
        if self.is_site_full(agent) { Err(Refusal::SiteFull) } else { Ok(()) }
    }

    /// Whether an agent may call somebody this way.
    pub(crate) fn sites_take(&self, agent: AgentId, way: &Way) -> Result<(), Refusal> {
        let own = self.agent_record(agent).telephone.and_then(|device| self.site_of(device));
        let far = match &way.target {
            DialTarget::Device(device) => self.site_of(*device),
            DialTarget::Trunk { .. } => None,
        };
        if own == far {
            return Ok(());
        }
        let is_full = [own, far].into_iter().flatten().any(|site| self.full_sites.contains(&site));
        if is_full { Err(Refusal::SiteFull) } else { Ok(()) }
    }

    /// After every step: routing is told of the agents of sites that became full, or are no longer.
    pub(crate) fn watch_sites(&mut self) {
        let limited = self.catalog.settings().sites.iter().filter(|site| site.calls_max.is_some());
        let full: BTreeSet<SiteId> = limited.map(|site: &Site| site.id).filter(|site| self.is_full(*site)).collect();
        if full == self.full_sites {
            return;
        }
        self.full_sites = full;
        let agents: Vec<AgentId> = self.desks.keys().copied().collect();
        agents.into_iter().for_each(|agent| self.sync_agent(agent));
    }
}
