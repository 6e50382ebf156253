//! Whether the fold the screens live by says what the floor says (I8), conversation by conversation and agent by agent.

use std::collections::BTreeSet;

use domain::{AgentId, ConversationId, Mono, Now, QueueId, Utc};
use engine::{AgentState, ConversationView, FloorView, StageView};
use reporting::live::{self, LiveFloor, Stage};

/// One conversation; one that neither knows is fine.
pub(crate) fn conversation(view: FloorView<'_>, live: &LiveFloor, id: ConversationId, now: Now) -> Result<(), String> {
    view.check_conversation(id)?;
    let (here, there) = match (view.conversation(id), live.conversations.get(&id)) {
        (Some(here), Some(there)) => (here, there),
        (None, None) => return Ok(()),
        (here, there) => return Err(format!("{id}: live {}, folded {}", here.is_some(), there.is_some())),
    };
    let stage = match here.stage {
        StageView::Arriving | StageView::InFlow { .. } => Some(Stage::InFlow),
        StageView::Waiting { .. } | StageView::Ringing { visit: Some(_), .. } => Some(Stage::Waiting),
        StageView::Ringing { visit: None, .. } | StageView::Returning => Some(Stage::Transferring),
        StageView::Parked { .. } => Some(Stage::Parked),
        StageView::Forwarded { answered: false } => Some(Stage::Transferring),
        StageView::Forwarded { answered: true } => Some(Stage::Forwarded),
        StageView::Dialling { .. } | StageView::Talking { .. } => Some(Stage::Talking),
        StageView::Gone => Some(Stage::Gone),
        // Told to go and not gone yet: events name only the end.
        StageView::Leaving => None,
    };
    if stage.is_some_and(|stage| stage != there.stage) {
        return Err(format!("{id}: {:?} here, {:?} folded", here.stage, there.stage));
    }
    place(&here, there, now)?;
    offer(&here, live)?;
    handlings(&here, live)
}

fn place(here: &ConversationView, there: &live::LiveConversation, now: Now) -> Result<(), String> {
    let (queue, segment, enqueued) = match here.stage {
        StageView::Waiting { queue, segment, enqueued } => (queue, segment, enqueued),
        StageView::Ringing { visit: Some(visit), .. } => visit,
        StageView::Ringing { visit: None, .. }
        | StageView::Arriving
        | StageView::InFlow { .. }
        | StageView::Parked { .. }
        | StageView::Returning
        | StageView::Forwarded { .. }
        | StageView::Dialling { .. }
        | StageView::Talking { .. }
        | StageView::Leaving
        | StageView::Gone => return Ok(()),
    };
    let folded = there.visit.map(|visit| (visit.queue, visit.segment, visit.queued_at));
    let own = (queue, segment, civil(enqueued, now));
    if folded == Some(own) { Ok(()) } else { Err(format!("{}: {own:?} here, {folded:?} folded", here.id)) }
}

fn offer(here: &ConversationView, live: &LiveFloor) -> Result<(), String> {
    let StageView::Ringing { offer, agent, visit, .. } = here.stage else { return Ok(()) };
    // Whoever is handed over may come from a queue too; then there is no visit to hold it against.
    let folded = live.offers.get(&offer).map(|offer| (offer.conversation, offer.agent, offer.queue));
    let queue = visit.map(|(queue, ..)| queue).or(folded.and_then(|(.., queue)| queue));
    let own = (here.id, agent, queue);
    if folded == Some(own) { Ok(()) } else { Err(format!("{offer}: {own:?} here, {folded:?} folded")) }
}

fn handlings(here: &ConversationView, live: &LiveFloor) -> Result<(), String> {
    for own in &here.handlings {
        let folded = live.handlings.get(&own.id).map(|handling| (handling.agent, handling.state));
        let state = match own.state {
            AgentState::Held => live::HandlingState::Held,
            AgentState::WrapUp => live::HandlingState::WrapUp,
            AgentState::Talking
            | AgentState::Ringing
            | AgentState::SignedOut
            | AgentState::NotReady
            | AgentState::Ready
            | AgentState::Supervising => live::HandlingState::Talking,
        };
        if folded != Some((own.agent, state)) {
            return Err(format!("{own:?} here, {folded:?} folded"));
        }
    }
    Ok(())
}

/// One agent.
pub(crate) fn agent(view: FloorView<'_>, live: &LiveFloor, id: AgentId) -> Result<(), String> {
    view.check_agent(id)?;
    let Some(here) = view.agent(id) else { return Ok(()) };
    let (state, _) = live.agent_state(id);
    let folded = match state {
        live::AgentState::SignedOut => AgentState::SignedOut,
        live::AgentState::NotReady => AgentState::NotReady,
        live::AgentState::Ready => AgentState::Ready,
        live::AgentState::Ringing => AgentState::Ringing,
        live::AgentState::Talking => AgentState::Talking,
        live::AgentState::Held => AgentState::Held,
        live::AgentState::WrapUp => AgentState::WrapUp,
        live::AgentState::Supervising => AgentState::Supervising,
    };
    let reachable = live.agents.get(&id).is_some_and(|agent| agent.reachable);
    if folded != here.state || reachable != here.leg.is_some() {
        return Err(format!("{here:?} here, {folded:?} reachable {reachable} folded"));
    }
    Ok(())
}

/// Everything, the order of every queue included.
pub(crate) fn everything(view: FloorView<'_>, live: &LiveFloor, queues: &[QueueId], now: Now) -> Result<(), String> {
    view.check()?;
    view.router().check()?;
    let here: Vec<ConversationId> = view.conversations().map(|conversation| conversation.id).collect();
    if !here.iter().eq(live.conversations.keys()) {
        return Err("live conversations differ".to_owned());
    }
    for id in here {
        conversation(view, live, id, now)?;
    }
    for here in view.agents() {
        agent(view, live, here.id)?;
    }
    queues.iter().try_for_each(|queue| order(view, live, *queue))
}

/// Who waits in a queue, in order; a customer for whom a desk rings is in the fold's list only.
pub(crate) fn order(view: FloorView<'_>, live: &LiveFloor, queue: QueueId) -> Result<(), String> {
    let ringing: BTreeSet<ConversationId> = live.offers.values().map(|offer| offer.conversation).collect();
    let folded: Vec<ConversationId> =
        live.waiting(queue).iter().map(|waiting| waiting.id).filter(|id| !ringing.contains(id)).collect();
    let own = view.waiting(queue);
    if folded == own { Ok(()) } else { Err(format!("{queue}: {own:?} wait here, {folded:?} folded")) }
}

fn civil(at: Mono, now: Now) -> Utc {
    Utc(now.utc.0 - i64::try_from(now.mono.since(at).as_micros()).unwrap_or(i64::MAX))
}
