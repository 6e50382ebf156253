//! Agents: presence without gaps, one piece of work, absence with a grace.

use std::time::Duration;

use domain::{AgentId, Event, LegId, Utc};

use super::{Agent, Due, HISTORY, Model, Presence, Verdict, Work, hold, later};

/// How long an agent may be away.
const GRACE: Duration = Duration::from_secs(30);

impl Model {
    pub(super) fn phone(&mut self, id: AgentId, leg: Option<LegId>, at: Utc) {
        let Some(agent) = self.agents.get_mut(&id) else { return };
        let had = agent.phone.is_some();
        agent.phone = leg;
        match leg {
            Some(_) => {
                agent.phone_lost = false;
                agent.absent_since = None;
            }
            None if had && agent.presence != Presence::Out => {
                agent.phone_lost = true;
                agent.absent_since = agent.absent_since.or(Some(at));
            }
            None => {}
        }
        self.watch_absence(id);
    }

    pub(super) fn page(&mut self, id: AgentId, open: bool, at: Utc) {
        let Some(agent) = self.agents.get_mut(&id) else { return };
        let had = agent.page;
        agent.page = open;
        if had && !open && agent.presence != Presence::Out {
            agent.absent_since = agent.absent_since.or(Some(at));
        }
        if open && !agent.phone_lost {
            agent.absent_since = None;
        }
        self.watch_absence(id);
    }

    pub(super) fn lost_everything(&mut self, id: AgentId, reachable: bool, at: Utc) {
        let Some(agent) = self.agents.get_mut(&id) else { return };
        let signed_in = agent.presence != Presence::Out;
        (agent.phone, agent.page, agent.phone_lost) = (None, false, reachable && signed_in);
        agent.absent_since = signed_in.then_some(at);
        self.watch_absence(id);
    }

    /// An agent without a phone whose absence is as old as the grace must not be signed in.
    fn watch_absence(&mut self, id: AgentId) {
        let Some(agent) = self.agents.get(&id) else { return };
        match agent.absent_since.filter(|_| agent.phone.is_none()) {
            Some(since) => self.set_due(Due::Absence(id), later(since, GRACE)),
            None => self.clear_due(Due::Absence(id)),
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the events have already been sorted by subject")]
    pub(super) fn agent_event(&mut self, event: &Event, at: Utc) -> Verdict {
        let Some(id) = event.agent() else { return Ok(()) };
        let judged = !self.replaying;
        let agent = self.agents.entry(id).or_default();
        let before = agent.presence;
        let legal = match event {
            Event::AgentSignedIn { .. } => {
                agent.presence = Presence::NotReady;
                agent.phone_lost = false;
                agent.absent_since = if agent.phone.is_some() || agent.page { None } else { Some(at) };
                before == Presence::Out
            }
            Event::AgentReady { .. } => {
                agent.presence = Presence::Ready;
                agent.idle_since = at;
                before == Presence::NotReady && agent.phone.is_some()
            }
            Event::AgentNotReady { .. } => {
                agent.presence = Presence::NotReady;
                before != Presence::Out
            }
            Event::AgentSignedOut { .. } => {
                agent.presence = Presence::Out;
                agent.absent_since = None;
                before != Presence::Out && agent.work.is_none()
            }
            Event::AgentDeviceChanged { reachable, .. } => *reachable == agent.phone.is_some(),
            _ => true,
        };
        let seen = format!("{event:?} to {agent:?}");
        self.watch_absence(id);
        hold(HISTORY, legal || !judged, || seen)
    }

    pub(super) fn work_begins(&mut self, id: AgentId, work: Work) -> Option<Work> {
        self.agents.entry(id).or_default().work.replace(work)
    }

    /// The agent's work ends; it must have been this.
    pub(super) fn work_ends(&mut self, id: AgentId, work: Work) -> bool {
        let agent: &mut Agent = self.agents.entry(id).or_default();
        let was = agent.work.take();
        was == Some(work)
    }

    pub(super) fn idle_from(&mut self, id: AgentId, at: Utc) {
        self.agents.entry(id).or_default().idle_since = at;
    }
}
