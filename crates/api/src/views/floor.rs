//! The floor and the queues.

use domain::{AgentId, QueueId, Utc, room::PortRole};
use reporting::{AgentState, LiveConversation, LiveFloor, LiveForward, LiveHandling, Presence, Stage};

use super::mask::mask;
use super::me;
use super::trunks::{self, Standings};
use crate::directory::Names;
use crate::json::floor::{AgentRow, FloorState, ForwardedRow, QueueRow, QueueState, SiteRow, WaitingRow};
use crate::port::Health;

/// The moment a view is made at.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// When.
    pub now: Utc,
    /// The last midnight in the tenant's zone.
    pub midnight: Utc,
    /// What works.
    pub health: Health,
}

/// Everything live in the centre.
pub fn build(
    live: &LiveFloor,
    names: &Names,
    moment: Moment,
    standings: &Standings,
    sites: Vec<SiteRow>,
) -> FloorState {
    let settings = &names.settings;
    let mut waiting: Vec<&LiveConversation> =
        live.conversations.values().filter(|c| c.stage == Stage::Waiting && c.visit.is_some()).collect();
    waiting.sort_by_key(|c| c.turn());
    FloorState {
        at_us: moment.now.0,
        ledger_ok: moment.health.ledger_ok,
        draining: moment.health.draining,
        recordings_ok: moment.health.recordings_ok,
        queues: settings.queues.iter().map(|queue| queue_row(live, names, moment, queue)).collect(),
        agents: settings.agents.iter().map(|agent| agent_row(live, names, agent)).collect(),
        flow: count(live.conversations.values().filter(|c| c.stage == Stage::InFlow)),
        forwarded: count(live.conversations.values().filter(|c| c.stage == Stage::Forwarded)),
        forwarded_list: live.forwarded().into_iter().map(|(c, forward)| forwarded_row(names, c, forward)).collect(),
        parked: live.parked().into_iter().map(|(c, transfer)| me::build_parked(names, c, transfer)).collect(),
        waiting: waiting.into_iter().filter_map(|c| waiting_row(names, c)).collect(),
        trunks: standings.iter().filter_map(|(id, standing)| trunks::row(live, names, *id, *standing)).collect(),
        sites,
        outbound_stops: live.stops.iter().map(|(stopped, stop)| trunks::stop(names, *stopped, *stop)).collect(),
    }
}

/// One queue; `None` when the settings have none of that id.
pub fn build_queue(live: &LiveFloor, names: &Names, moment: Moment, id: QueueId) -> Option<QueueState> {
    let queue = names.settings.queues.iter().find(|q| q.id == id)?;
    Some(QueueState {
        row: queue_row(live, names, moment, queue),
        at_us: moment.now.0,
        waiting_list: live.waiting(id).into_iter().filter_map(|c| waiting_row(names, c)).collect(),
    })
}

fn queue_row(live: &LiveFloor, names: &Names, moment: Moment, queue: &domain::settings::Queue) -> QueueRow {
    let today = live.queues.get(&queue.id).map(|figures| figures.since(moment.midnight)).unwrap_or_default();
    let waiting = live.waiting(queue.id);
    let team: Vec<AgentId> =
        names.settings.agents.iter().filter(|a| a.queues.contains(&queue.id)).map(|a| a.id).collect();
    let state = |agent: &AgentId| live.agent_state(*agent).0;
    QueueRow {
        id: queue.id.to_string(),
        name: queue.name.clone(),
        waiting: count(waiting.iter()),
        longest_wait_since_us: live.longest_wait_since(queue.id).map(|at| at.0),
        offered: today.offered,
        answered: today.answered(),
        abandoned: today.abandoned,
        service_level: today.service_level(queue.service_level_target),
        service_level_target_ms: millis(queue.service_level_target),
        agents_signed_in: count(team.iter().filter(|a| presence(live, **a) != Presence::SignedOut)),
        agents_ready: ready_count(live, names, queue.id),
        agents_busy: count(team.iter().filter(|a| is_busy(state(a)))),
    }
}

fn agent_row(live: &LiveFloor, names: &Names, agent: &domain::settings::Agent) -> AgentRow {
    let (state, since) = live.agent_state(agent.id);
    let known = live.agents.get(&agent.id);
    let handling = known.and_then(|a| a.handlings.iter().find_map(|id| live.handlings.get(id)));
    let offer = known.and_then(|a| a.offer).and_then(|id| live.offers.get(&id));
    let (conversation, queue) = match (handling, offer) {
        (Some(handling), _) => (Some(handling.conversation), handling.queue),
        (None, Some(offer)) => (Some(offer.conversation), offer.queue),
        (None, None) => (live.supervision_of(agent.id).map(|(heard, _)| heard.id), None),
    };
    let label = conversation.and_then(|id| live.conversations.get(&id)).map(|c| customer_label(names, c));
    AgentRow {
        id: agent.id.to_string(),
        name: agent.name.clone(),
        extension: agent.extension.clone(),
        state: state.into(),
        since_at_us: since.0,
        reason_id: known.and_then(|a| a.reason).map(|r| r.to_string()),
        phone: is_reachable(live, agent.id),
        phone_kind: names.phone_kind(known.and_then(|agent| agent.telephone)),
        conversation_id: conversation.map(|id| id.to_string()),
        queue_id: queue.map(|id| id.to_string()),
        customer_label: label,
        bad_sound: handling.and_then(|handling| bad_sound(live, handling)),
    }
}

/// The score that a leg of the agent's talk became bad with: their own, or the customer's.
fn bad_sound(live: &LiveFloor, handling: &LiveHandling) -> Option<f64> {
    let legs = live.conversations.get(&handling.conversation)?.legs.values();
    let own = legs.filter(|leg| leg.agent == Some(handling.agent) || leg.role == PortRole::Customer);
    own.filter_map(|leg| leg.bad).min().map(super::quality::score)
}

fn waiting_row(names: &Names, conversation: &LiveConversation) -> Option<WaitingRow> {
    let visit = conversation.visit?;
    Some(WaitingRow {
        conversation_id: conversation.id.to_string(),
        queue_id: visit.queue.to_string(),
        since_at_us: visit.queued_at.0,
        customer_label: customer_label(names, conversation),
    })
}

fn forwarded_row(names: &Names, conversation: &LiveConversation, forward: LiveForward) -> ForwardedRow {
    ForwardedRow {
        conversation_id: conversation.id.to_string(),
        customer_label: customer_label(names, conversation),
        to_label: names.parties.get(&forward.to).map(|party| mask(&party.raw)).unwrap_or_default(),
        by: names.agent(forward.by),
        since_at_us: forward.since.0,
    }
}

pub(super) fn customer_label(names: &Names, conversation: &LiveConversation) -> String {
    let named = conversation.customer.and_then(|id| names.customers.get(&id)).map(|c| c.name.clone());
    named.unwrap_or_else(|| names.parties.get(&conversation.from).map(|party| mask(&party.raw)).unwrap_or_default())
}

/// Agents of a queue who wait for an offer.
pub(super) fn ready_count(live: &LiveFloor, names: &Names, queue: QueueId) -> u32 {
    let team = names.settings.agents.iter().filter(|agent| agent.queues.contains(&queue));
    count(team.filter(|agent| live.agent_state(agent.id).0 == AgentState::Ready && is_reachable(live, agent.id)))
}

fn presence(live: &LiveFloor, agent: AgentId) -> Presence {
    live.agents.get(&agent).map(|a| a.presence).unwrap_or_default()
}

pub(super) fn is_reachable(live: &LiveFloor, agent: AgentId) -> bool {
    live.agents.get(&agent).is_some_and(|a| a.reachable)
}

fn is_busy(state: AgentState) -> bool {
    match state {
        AgentState::Ringing | AgentState::Talking | AgentState::Held | AgentState::WrapUp | AgentState::Supervising => {
            true
        }
        AgentState::SignedOut | AgentState::NotReady | AgentState::Ready => false,
    }
}

pub(super) fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

/// Whole milliseconds.
pub fn millis(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
