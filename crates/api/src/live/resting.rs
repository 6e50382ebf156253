//! A desk at rest: nothing rings, is talked, listened to or parked. What it shows can be told by a glance, and a thousand of them are
//! looked at every second.

use domain::AgentId;
use reporting::{LiveAgent, LiveFloor};

use crate::app::App;
use crate::auth::Caller;
use crate::error::Answer;

/// All that the state of a desk at rest is made from; an equal one gives an equal state.
#[derive(Debug, PartialEq)]
pub struct Resting {
    agent: LiveAgent,
    settings: u64,
    draining: bool,
}

impl Resting {
    /// What the caller's desk is made from; `None` when it is not at rest.
    pub async fn of(app: &App, caller: &Caller, live: &LiveFloor) -> Answer<Option<Resting>> {
        let Some(agent) = at_rest(live, caller.agent()) else { return Ok(None) };
        let settings = app.directory.settings(app, caller.tenant).await?.version;
        Ok(Some(Resting { agent: agent.clone(), settings, draining: app.floor.health().draining }))
    }
}

fn at_rest(live: &LiveFloor, agent: AgentId) -> Option<&LiveAgent> {
    let known = live.agents.get(&agent)?;
    let is_idle = known.offer.is_none() && known.handlings.is_empty() && known.supervises.is_none();
    (is_idle && live.parked.is_empty()).then_some(known)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use domain::{ConversationId, HandlingId, OfferId};

    use super::*;

    #[test]
    fn only_a_desk_with_nothing_on_it_is_at_rest() {
        let agent = AgentId(1);
        let floor = |known: LiveAgent, parked: &[ConversationId]| LiveFloor {
            agents: BTreeMap::from([(agent, known)]),
            parked: BTreeSet::from_iter(parked.iter().copied()),
            ..LiveFloor::default()
        };
        let rests = |known, parked: &[ConversationId]| at_rest(&floor(known, parked), agent).is_some();
        assert!(rests(LiveAgent::default(), &[]));
        assert!(!rests(LiveAgent::default(), &[ConversationId(2)]), "whoever is parked is on every desk");
        assert!(!rests(LiveAgent { offer: Some(OfferId(3)), ..LiveAgent::default() }, &[]));
        assert!(!rests(LiveAgent { handlings: vec![HandlingId(4)], ..LiveAgent::default() }, &[]));
        assert!(!rests(LiveAgent { supervises: Some(ConversationId(5)), ..LiveAgent::default() }, &[]));
        assert!(at_rest(&LiveFloor::default(), agent).is_none());
    }
}
