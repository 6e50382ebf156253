//! Sites and how many calls they take: a call counts for a site with each of its telephones that is in it or rung for it, and with each of its
//! agents who take part by the browser. A call between two of one site goes nowhere else and does not count.
//!
//! A site that is full stops what would be one more call. Nothing that goes on is touched, and an emergency call is never stopped.

use std::collections::{BTreeMap, BTreeSet};

use domain::settings::Site;
use domain::{AgentId, ConversationId, DeviceId, Refusal, SiteId};

use crate::agent::Echo;
use crate::conversation::{CustomerStage, Way};
use crate::floor::Floor;
use crate::handling::HandlingState;

impl Floor {
    /// Calls of each site with elsewhere; a site without any is not there.
    pub(crate) fn site_calls(&self) -> BTreeMap<SiteId, u32> {
        let agents = self.desks.keys().filter_map(|agent| Some((self.call_of(*agent)?, self.place_of(*agent)?)));
        let live = self.conversations.values().filter(|known| !matches!(known.stage, CustomerStage::Gone(_)));
        let called = live.flat_map(|known| {
            let outside = known.outsides().filter_map(|outside| outside.device);
            let phones = known.far_phone.into_iter().chain(outside);
            phones.filter_map(move |device| Some((known.id, self.site_of(device)?)))
        });
        let mut calls: BTreeMap<SiteId, u32> = BTreeMap::new();
        for (id, site) in agents.chain(called) {
            if !self.stays_within(id, site) {
                *calls.entry(site).or_default() += 1;
            }
        }
        let tries = self.desks.iter().filter(|(_, desk)| desk.echo.is_some_and(Echo::is_call));
        for site in tries.filter_map(|(agent, _)| self.place_of(*agent)) {
            *calls.entry(site).or_default() += 1;
        }
        calls
    }

    /// The conversation an agent is on the line for, or rung for.
    fn call_of(&self, agent: AgentId) -> Option<ConversationId> {
        let desk = self.desks.get(&agent)?;
        if self.agent_record(agent).telephone.is_some() {
            return desk.call.map(|call| call.conversation);
        }
        // The browser stays connected and sends nothing while its agent wraps up.
        let (id, _) = desk.work.zip(desk.leg)?;
        let mut parts = self.conversations.get(&id)?.handlings.iter();
        let wraps_up = parts.any(|part| part.agent == agent && part.state == HandlingState::WrappingUp);
        (!wraps_up).then_some(id)
    }

    /// Where an agent is: where their telephone is, and with the browser where they work.
    fn place_of(&self, agent: AgentId) -> Option<SiteId> {
        match self.agent_record(agent).telephone {
            Some(device) => self.site_of(device),
            None => self.catalog.agent(agent).map(|agent| agent.site),
        }
    }

    /// Whether everybody in a conversation is at this one site.
    fn stays_within(&self, id: ConversationId, site: SiteId) -> bool {
        let Some(conversation) = self.conversations.get(&id) else { return false };
        let is_here = |device: Option<DeviceId>| device.is_some_and(|device| self.site_of(device) == Some(site));
        let mut parts = conversation.handlings.iter();
        is_here(conversation.far_phone)
            && parts.all(|part| self.place_of(part.agent) == Some(site))
            && conversation.outsides().all(|outside| is_here(outside.device))
    }

    fn site_of(&self, device: DeviceId) -> Option<SiteId> {
        self.catalog.device(device).map(|device| device.site)
    }

    /// Whether an agent may not be rung, because their site takes no further call.
    pub(crate) fn is_site_full(&self, agent: AgentId) -> bool {
        self.place_of(agent).is_some_and(|site| self.full_sites.contains(&site))
    }

    /// Whether an agent may be rung for one more call.
    pub(crate) fn site_takes(&self, agent: AgentId) -> Result<(), Refusal> {
        if self.is_site_full(agent) { Err(Refusal::SiteFull) } else { Ok(()) }
    }

    /// Whether an agent may call somebody this way.
    pub(crate) fn sites_take(&self, agent: AgentId, way: &Way) -> Result<(), Refusal> {
        let own = self.place_of(agent);
        let far = way.device().and_then(|device| self.site_of(device));
        if own == far {
            return Ok(());
        }
        let is_full = [own, far].into_iter().flatten().any(|site| self.full_sites.contains(&site));
        if is_full { Err(Refusal::SiteFull) } else { Ok(()) }
    }

    /// Whether a phone of ours may be called for a customer who is there.
    pub(crate) fn far_site_takes(&self, way: &Way) -> Result<(), Refusal> {
        let far = way.device().and_then(|device| self.site_of(device));
        if far.is_some_and(|site| self.full_sites.contains(&site)) { Err(Refusal::SiteFull) } else { Ok(()) }
    }

    /// After every step: routing is told of the agents of sites that became full, or are no longer.
    pub(crate) fn watch_sites(&mut self) {
        let sites = &self.catalog.settings().sites;
        // Where nothing is limited nothing is counted.
        let is_limited = sites.iter().any(|site| site.calls_max.is_some());
        let calls = if is_limited { self.site_calls() } else { BTreeMap::new() };
        let is_full = |site: &&Site| {
            let calls = calls.get(&site.id).copied().unwrap_or_default();
            site.calls_max.is_some_and(|limit| calls >= limit)
        };
        let full: BTreeSet<SiteId> = sites.iter().filter(is_full).map(|site| site.id).collect();
        if full == self.full_sites {
            return;
        }
        self.full_sites = full;
        let agents: Vec<AgentId> = self.desks.keys().copied().collect();
        agents.into_iter().for_each(|agent| self.sync_agent(agent));
    }
}
