//! Whether memory agrees with the fold of the events, and every index with its primary map.

use std::collections::BTreeSet;

use domain::{ConversationId, SupervisionMode};

use crate::conversation::{Conversation, CustomerStage, Source, Talk};
use crate::floor::Floor;
use crate::handling::HandlingState;
use crate::view::FloorView;

impl FloorView<'_> {
    /// Checks everything; names the first disagreement.
    pub fn check(self) -> Result<(), String> {
        let floor = self.floor();
        if !floor.conversations.keys().eq(floor.records.conversations.keys()) {
            return Err("live conversations differ from the ledger's".to_owned());
        }
        for id in floor.conversations.keys() {
            self.check_conversation(*id)?;
        }
        for agent in floor.desks.keys() {
            self.check_agent(*agent)?;
        }
        let legs = floor.conversations.values().filter(|c| !matches!(c.stage, CustomerStage::Gone(_))).count();
        same("legs", legs, floor.index.legs.len())?;
        let rooms = floor.conversations.values().filter(|conversation| conversation.room.is_some()).count();
        same("rooms", rooms, floor.index.rooms.len())?;
        let handlings = floor.conversations.values().map(|conversation| conversation.handlings.len()).sum();
        same("handlings", handlings, floor.index.handlings.len())?;
        let ringing = floor.conversations.values().filter(|conversation| conversation.offer().is_some()).count();
        same("offers", ringing, floor.index.offers.len())?;
        let waiting = floor.conversations.values().filter(|c| matches!(c.stage, CustomerStage::Waiting(_))).count();
        let from_a_queue =
            |c: &&Conversation| matches!(&c.stage, CustomerStage::Ringing(offer) if offer.source.place().is_some());
        let ringing = floor.conversations.values().filter(from_a_queue).count();
        same("queue visits", waiting + ringing, floor.index.segments.len())?;
        let asking = floor.conversations.values().filter(|c| c.talk().is_some_and(asks_by_phone)).count();
        let rung = floor.desks.values().filter(|desk| desk.call.is_some()).count();
        let heard = |desk: &&crate::agent::Desk| desk.echo.is_some_and(crate::agent::Echo::is_call);
        let heard = floor.desks.values().filter(heard).count();
        same("calls of telephones", asking + rung + heard, floor.index.phones.len())?;
        let echoes = floor.desks.values().filter(|desk| desk.echo.is_some()).count();
        same("agents who hear themselves", echoes, timers(floor, "echo"))?;
        let outside = floor.conversations.values().map(|c| c.outsides().count()).sum();
        same("calls outside", outside, floor.index.outsides.len())?;
        let called = |c: &&Conversation| {
            matches!(c.stage, CustomerStage::Dialling(_)) || c.outsides().any(|outside| !outside.is_up())
        };
        let called = floor.conversations.values().filter(called).count();
        same("calls that are not answered", called, timers(floor, "dial"))?;
        let forwarded =
            |c: &&Conversation| matches!(&c.stage, CustomerStage::Forwarded(known) if known.outside.is_up());
        let forwarded = floor.conversations.values().filter(forwarded).count();
        same("forwarded customers", forwarded, timers(floor, "forward"))?;
        let parked = floor.conversations.values().filter(|c| matches!(c.stage, CustomerStage::Parked(_))).count();
        same("parked customers", parked, timers(floor, "park"))?;
        let back = floor.conversations.values().filter(|c| matches!(c.stage, CustomerStage::Returning(_))).count();
        same("customers who are back", back, timers(floor, "return"))?;
        same("who waits for a sender", back, floor.index.returning.len())?;
        let early = |c: &&Conversation| c.is_unanswered() && !matches!(c.stage, CustomerStage::Arriving);
        let early = floor.conversations.values().filter(early).count();
        same("callers in early media", early, timers(floor, "early_media"))?;
        let paused = |c: &&Conversation| c.room.as_ref().is_some_and(|room| room.keeping.is_paused());
        let paused = floor.conversations.values().filter(paused).count();
        same("paused recordings", paused, timers(floor, "recording_pause"))
    }

    /// Checks one conversation against what the ledger says is open in it. One that is over is fine.
    pub fn check_conversation(self, id: ConversationId) -> Result<(), String> {
        let floor = self.floor();
        let (conversation, record) = match (floor.conversations.get(&id), floor.records.conversations.get(&id)) {
            (Some(conversation), Some(record)) => (conversation, record),
            (None, None) => return Ok(()),
            (Some(_), None) | (None, Some(_)) => return Err(format!("{id}: live here, ended there")),
        };
        let stage = Open::of(floor, conversation);
        let ledger = Open {
            flow: record.flow.map(|(segment, node)| (segment.0, node)),
            queue: record.queue.map(|(segment, _)| segment.0),
            offer: record.offer.map(|(offer, agent)| (offer.0, agent.0)),
            transfer: record.transfer.map(|transfer| transfer.0),
            conference: record.conference.iter().map(|transfer| transfer.0).collect(),
            outbound: record.outbound.map(|(segment, agent)| (segment.0, agent.0)),
            router: true,
            handlings: record.handlings.iter().map(|(id, h)| (id.0, h.wrapping_up, h.held, h.muted)).collect(),
            supervisors: record.supervisors.iter().map(|(agent, mode)| (agent.0, *mode)).collect(),
        };
        if stage == ledger { Ok(()) } else { Err(format!("{id}: {stage:?} differs from the ledger's {ledger:?}")) }
    }

    /// Checks that routing thinks of an agent what the floor thinks.
    pub fn check_agent(self, id: domain::AgentId) -> Result<(), String> {
        let floor = self.floor();
        let told = floor.router.standing(id);
        let is = floor.standing_of(id);
        if told.is_some_and(|told| told != is) {
            return Err(format!("{id}: routing was told {told:?}, the agent stands {is:?}"));
        }
        self.check_telephone(id)?;
        let Some(work) = floor.desks.get(&id).and_then(|desk| desk.work) else { return Ok(()) };
        let busy = floor.conversations.get(&work).is_some_and(|conversation| conversation.involves(id));
        if busy { Ok(()) } else { Err(format!("{id}: busy with {work}, which knows nothing of it")) }
    }
}

impl FloorView<'_> {
    /// Every call to a SIP phone is for a conversation that lives and wants it, and reachable in the ledger is reachable here.
    fn check_telephone(self, id: domain::AgentId) -> Result<(), String> {
        let floor = self.floor();
        let Some(desk) = floor.desks.get(&id) else { return Ok(()) };
        if floor.agent_record(id).reachable != floor.has_phone(id) {
            return Err(format!("{id}: the ledger and the floor differ on whether the phone is there"));
        }
        let Some(call) = desk.call else { return Ok(()) };
        let known = floor.index.phones.get(&call.leg) == Some(&id);
        let wanted = floor.conversations.get(&call.conversation).is_some_and(|conversation| conversation.involves(id));
        if known && wanted { Ok(()) } else { Err(format!("{id}: a phone is called for nothing")) }
    }
}

fn timers(floor: &Floor, name: &str) -> usize {
    floor.timers.iter().filter(|(_, timer)| timer.name() == name).count()
}

fn same(what: &str, is: usize, index: usize) -> Result<(), String> {
    if is == index { Ok(()) } else { Err(format!("{is} {what}, {index} in the index")) }
}

fn asks_by_phone(talk: &Talk) -> bool {
    talk.consult.is_some_and(|consult| consult.phone.is_some())
}

/// What is open, from memory or from the ledger.
#[derive(Debug, PartialEq, Eq)]
struct Open {
    flow: Option<(i64, u16)>,
    queue: Option<i64>,
    offer: Option<(i64, i64)>,
    transfer: Option<i64>,
    conference: BTreeSet<i64>,
    outbound: Option<(i64, i64)>,
    /// Whether routing agrees that the customer waits, or does not.
    router: bool,
    handlings: Vec<(i64, bool, bool, bool)>,
    supervisors: Vec<(i64, SupervisionMode)>,
}

impl Open {
    fn of(floor: &Floor, conversation: &Conversation) -> Open {
        let mut open = Open {
            flow: None,
            queue: None,
            offer: conversation.offer().map(|offer| (offer.id.0, offer.agent.0)),
            transfer: None,
            conference: conversation.members().iter().map(|member| member.transfer.0).collect(),
            outbound: None,
            router: true,
            handlings: Vec::new(),
            supervisors: conversation.supervisors.iter().map(|one| (one.agent.0, one.mode)).collect(),
        };
        open.supervisors.sort_unstable();
        match &conversation.stage {
            CustomerStage::InFlow(cursor) => {
                open.flow = Some((cursor.segment.0, cursor.node));
                open.transfer = cursor.loan.as_ref().map(|loan| loan.id.0);
            }
            CustomerStage::Waiting(place) => {
                open.queue = Some(place.segment.0);
                open.router = floor.router.is_waiting(place.segment);
            }
            CustomerStage::Ringing(offer) => {
                match &offer.source {
                    Source::Queue(place) => {
                        open.queue = Some(place.segment.0);
                        open.router = !floor.router.is_waiting(place.segment);
                    }
                    // Once the sender is rung the transfer is over for the ledger.
                    Source::Transfer(transfer) => open.transfer = (!transfer.returning).then_some(transfer.id.0),
                    Source::Consult => {}
                }
            }
            CustomerStage::Parked(transfer) => open.transfer = Some(transfer.id.0),
            CustomerStage::Forwarded(forward) => {
                open.transfer = forward.transfer.as_ref().map(|transfer| transfer.id.0)
            }
            CustomerStage::Dialling(dialling) => open.outbound = Some((dialling.segment.0, dialling.agent.0)),
            CustomerStage::Talking(talk) => open.transfer = talk.consult.map(|consult| consult.transfer.0),
            // The transfer is over for the ledger as soon as the flow is.
            CustomerStage::Returning(_)
            | CustomerStage::Arriving
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => {}
        }
        let mut handlings: Vec<_> = conversation
            .handlings
            .iter()
            .map(|h| {
                let wrapping_up = h.state == HandlingState::WrappingUp;
                let held = matches!(h.state, HandlingState::Held(_));
                (h.id.0, wrapping_up, held, h.muted && !wrapping_up)
            })
            .collect();
        handlings.sort_unstable();
        open.handlings = handlings;
        open
    }
}

impl Conversation {
    fn involves(&self, agent: domain::AgentId) -> bool {
        let rings = self.offer().is_some_and(|offer| offer.agent == agent);
        let takes_part = self.handlings.iter().any(|handling| handling.agent == agent);
        rings || takes_part || self.supervisor(agent).is_some()
    }
}
