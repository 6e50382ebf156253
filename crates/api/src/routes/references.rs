//! What settings may refer to: everything here is of the caller's own centre, so nothing of another can be named.

use domain::{AgentId, QueueId, SiteId, SkillId, TeamId};
use store::{AgentRecord, Page, QueueRecord, Site, Team};

use crate::app::App;
use crate::auth::Caller;
use crate::error::Answer;
use crate::faults::Faults;
use crate::json::problem::FaultCode;
use crate::limits::PAGE_MAX;

/// The settings of a centre.
pub struct References {
    agents: Vec<AgentRecord>,
    queues: Vec<QueueRecord>,
    skills: Vec<SkillId>,
    sites: Vec<Site>,
    teams: Vec<Team>,
}

impl References {
    /// Reads them.
    pub async fn read(app: &App, caller: &Caller) -> Answer<References> {
        let scope = caller.scope();
        let mut agents: Vec<AgentRecord> = Vec::new();
        loop {
            let asked = Page { limit: PAGE_MAX, after: agents.last().map(AgentRecord::id) };
            let found = app.store.agents(&scope, asked).await?;
            let is_last = found.len() < PAGE_MAX as usize;
            agents.extend(found);
            if is_last {
                break;
            }
        }
        Ok(References {
            agents,
            queues: app.store.queues(&scope).await?,
            skills: app.store.skills(&scope).await?.into_iter().map(|skill| skill.id).collect(),
            sites: app.store.sites(&scope).await?,
            teams: app.store.teams(&scope).await?,
        })
    }

    /// Whether there is such a skill.
    pub fn has_skill(&self, id: SkillId) -> bool {
        self.skills.contains(&id)
    }

    /// Whether there is such an agent.
    pub fn has_agent(&self, id: AgentId) -> bool {
        self.agents.iter().any(|agent| agent.id() == id)
    }

    /// Whether there is such a queue.
    pub fn has_queue(&self, id: QueueId) -> bool {
        self.queues.iter().any(|queue| queue.queue.id == id)
    }

    /// A fault when another queue has the name.
    pub fn queue_name_is_free(&self, faults: &mut Faults, own: Option<QueueId>, name: &str) {
        if self.queues.iter().any(|other| Some(other.queue.id) != own && other.queue.name == name) {
            faults.add("name", FaultCode::Taken);
        }
    }

    /// A fault when another agent has the extension.
    pub fn extension_is_free(&self, faults: &mut Faults, own: Option<AgentId>, extension: &str) {
        let has = |agent: &&AgentRecord| agent.user.extension.as_deref() == Some(extension);
        if self.agents.iter().filter(has).any(|other| Some(other.id()) != own) {
            faults.add("extension", FaultCode::Taken);
        }
    }

    /// Site and team; the head office, which is the oldest site, when none is named, no team when it is empty. A team belongs to its site.
    pub fn place(&self, faults: &mut Faults, site: Option<&str>, team: Option<&str>) -> (SiteId, Option<TeamId>) {
        let first = self.sites.iter().map(|site| site.id).min().unwrap_or(SiteId(0));
        let is_site = |id: &SiteId| self.sites.iter().any(|site| site.id == *id);
        let site = match site {
            Some(text) => faults.id("site_id", text, is_site).unwrap_or(first),
            None => first,
        };
        let is_team = |id: &TeamId| self.teams.iter().any(|team| team.id == *id);
        let team = team.filter(|text| !text.is_empty()).and_then(|text| faults.id("team_id", text, is_team));
        (site, team)
    }
}
