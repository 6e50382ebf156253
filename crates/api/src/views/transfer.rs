//! To whom a customer can be handed over at this moment.

use domain::AgentId;
use reporting::{AgentState, LiveFloor};

use super::floor::{count, is_reachable, ready_count};
use crate::directory::Names;
use crate::json::Named;
use crate::json::transfer::{TransferAgent, TransferQueue, TransferTargets};

/// Colleagues of `own`, queues and flows, by name.
pub fn targets(live: &LiveFloor, names: &Names, own: AgentId) -> TransferTargets {
    let settings = &names.settings;
    let colleagues = settings.agents.iter().filter(|agent| agent.id != own);
    let mut agents: Vec<TransferAgent> = colleagues.map(|agent| colleague(live, agent)).collect();
    agents.sort_by(|a, b| a.name.cmp(&b.name));
    let mut queues: Vec<TransferQueue> = settings
        .queues
        .iter()
        .map(|queue| TransferQueue {
            id: queue.id.to_string(),
            name: queue.name.clone(),
            waiting: count(live.waiting(queue.id).into_iter()),
            agents_ready: ready_count(live, names, queue.id),
        })
        .collect();
    queues.sort_by(|a, b| a.name.cmp(&b.name));
    let mut flows: Vec<Named> =
        settings.flows.iter().map(|flow| Named { id: flow.id.to_string(), name: flow.name.clone() }).collect();
    flows.sort_by(|a, b| a.name.cmp(&b.name));
    TransferTargets { agents, queues, flows }
}

fn colleague(live: &LiveFloor, agent: &domain::settings::Agent) -> TransferAgent {
    let (state, _) = live.agent_state(agent.id);
    let is_free = matches!(state, AgentState::Ready | AgentState::NotReady);
    TransferAgent {
        id: agent.id.to_string(),
        name: agent.name.clone(),
        extension: agent.extension.clone(),
        state: state.into(),
        available: is_free && is_reachable(live, agent.id),
    }
}
