//! Ledger entries as the public sees them: every id and code, and the names that go with them. No number but a masked one, no address.

mod hand_over;
mod outside;
mod progress;
mod recording_rules;
mod screening;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::time::Duration;

use domain::event::FlowExit;
use domain::input::Quality;
use domain::{
    AgentId, CalendarExceptionId, CalendarId, ConversationId, DeviceId, Event, FlowId, LedgerEntry, QueueId, SegmentId,
    Supervision, TransferTarget,
};
use reporting::LiveFloor;
use serde::Serialize;
use serde_json::{Map, Value};

use super::floor::millis;
use super::me::choice_label;
use crate::directory::{Names, Wanted};
use crate::json::codes;
use crate::json::conversation::TimelineEvent;
use crate::json::desk::PhoneKind;

/// Flow visits remembered by one live connection; a busy centre has as many in a few minutes.
const FLOWS_SEEN_MAX: usize = 2_000;

/// The flow each conversation is in, needed because leaving a node does not name the flow again.
#[derive(Debug, Default)]
pub struct FlowsSeen {
    by_segment: HashMap<SegmentId, (FlowId, u32)>,
    by_conversation: HashMap<ConversationId, (FlowId, u32)>,
}

impl FlowsSeen {
    /// Knows the flows of live conversations.
    pub fn from_live(live: &LiveFloor) -> FlowsSeen {
        let last = |c: &reporting::LiveConversation| c.path.last().map(|step| (c.id, (step.flow, step.flow_version)));
        FlowsSeen {
            by_conversation: live.conversations.values().filter_map(last).collect(),
            by_segment: HashMap::new(),
        }
    }

    /// Learns from an entry.
    pub fn see(&mut self, entry: &LedgerEntry) {
        if let Event::FlowNodeEntered { conversation, segment, flow, flow_version, .. } = entry.event {
            self.by_segment.insert(segment, (flow, flow_version));
            self.by_conversation.insert(conversation, (flow, flow_version));
        }
    }

    /// Knows the flow of an entry's conversation, if it is live and its beginning was not seen.
    pub fn recall(&mut self, entry: &LedgerEntry, live: &LiveFloor) {
        let Some(conversation) = entry.event.conversation() else { return };
        if let Entry::Vacant(vacant) = self.by_conversation.entry(conversation)
            && let Some(step) = live.conversations.get(&conversation).and_then(|known| known.path.last())
        {
            vacant.insert((step.flow, step.flow_version));
        }
    }

    /// Forgets conversations that are over, once there are many.
    pub fn prune(&mut self, live: &LiveFloor) {
        if self.by_segment.len() > FLOWS_SEEN_MAX {
            *self = FlowsSeen::from_live(live);
        }
    }

    fn of(&self, conversation: ConversationId, segment: SegmentId) -> Option<(FlowId, u32)> {
        self.by_segment.get(&segment).or_else(|| self.by_conversation.get(&conversation)).copied()
    }
}

/// Adds what an entry needs names for.
#[allow(clippy::wildcard_enum_match_arm, reason = "all other events need names of the settings only")]
pub fn want(wanted: &mut Wanted, flows: &FlowsSeen, entry: &LedgerEntry) {
    wanted.agents.extend(entry.event.agent());
    match &entry.event {
        Event::FlowNodeEntered { flow, flow_version, .. } => drop(wanted.flows.insert((*flow, *flow_version))),
        Event::FlowNodeLeft { conversation, segment, .. } => wanted.flows.extend(flows.of(*conversation, *segment)),
        Event::HoursChecked { exception, .. } => wanted.exceptions.extend(*exception),
        Event::CustomerIdentified { customer, .. } => drop(wanted.customers.insert(*customer)),
        Event::TransferStarted { target: TransferTarget::Agent(to), .. }
        | Event::Supervised { what: Supervision::Began { target: to, .. }, .. } => drop(wanted.agents.insert(*to)),
        Event::TransferStarted { target: TransferTarget::Outside(party), .. } => drop(wanted.parties.insert(*party)),
        Event::OutboundStopped { by, .. } | Event::OutboundReleased { by, .. } => drop(wanted.agents.insert(*by)),
        _ => {}
    }
}

/// An entry as the public sees it.
pub fn show(entry: &LedgerEntry, names: &Names, flows: &FlowsSeen) -> TimelineEvent {
    let mut data = Data { map: Map::new(), names };
    if let Some(conversation) = entry.event.conversation() {
        data.id("conversation_id", conversation);
    }
    conversation(&mut data, &entry.event);
    flow(&mut data, &entry.event, flows);
    queue(&mut data, &entry.event);
    outbound(&mut data, &entry.event);
    handling(&mut data, &entry.event);
    hand_over::transfer(&mut data, &entry.event);
    hand_over::supervision(&mut data, &entry.event);
    outside::stops_and_trunks(&mut data, &entry.event);
    recording_rules::recording(&mut data, &entry.event);
    recording_rules::rules(&mut data, &entry.event);
    screening::screening(&mut data, &entry.event);
    progress::dead_air(&mut data, &entry.event);
    agent(&mut data, &entry.event);
    TimelineEvent { seq: entry.seq, at_us: entry.at.0, kind: (&entry.event).into(), data: data.map }
}

struct Data<'a> {
    map: Map<String, Value>,
    names: &'a Names,
}

impl Data<'_> {
    fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.map.insert(key.to_owned(), value.into());
    }

    fn maybe(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    fn id(&mut self, key: &str, id: impl ToString) {
        self.put(key, id.to_string());
    }

    fn maybe_id(&mut self, key: &str, id: Option<impl ToString>) {
        if let Some(id) = id {
            self.id(key, id);
        }
    }

    fn code(&mut self, key: &str, code: impl Serialize) {
        self.put(key, serde_json::to_value(code).unwrap_or(Value::Null));
    }

    fn ms(&mut self, key: &str, duration: Duration) {
        self.put(key, millis(duration));
    }

    fn agent(&mut self, id: AgentId) {
        let named = self.names.agent(id);
        self.put("agent_id", named.id);
        self.put("agent_name", named.name);
    }

    fn device(&mut self, id: DeviceId) {
        self.id("device_id", id);
        if let Some(device) = self.names.settings.devices.iter().find(|device| device.id == id) {
            self.put("device_name", device.name.clone());
        }
        // The number of one outside is nobody's but the agent's.
        if self.names.settings.mobiles.iter().any(|mobile| mobile.id == id) {
            self.code("device_kind", PhoneKind::Mobile);
        }
    }

    fn queue(&mut self, id: QueueId) {
        let named = self.names.queue(id);
        self.put("queue_id", named.id);
        self.put("queue_name", named.name);
    }

    fn hours(&mut self, calendar: Option<CalendarId>, exception: Option<CalendarExceptionId>) {
        self.maybe_id("calendar_id", calendar);
        let known = self.names.settings.calendars.iter().find(|known| Some(known.id) == calendar);
        if let Some(name) = known.map(|known| known.name.clone()) {
            self.put("calendar_name", name);
        }
        self.maybe_id("exception_id", exception);
        if let Some(name) = exception.and_then(|id| self.names.exceptions.get(&id)).cloned() {
            self.put("exception_name", name);
        }
    }

    fn quality(&mut self, quality: Quality) {
        self.put("packets_received", quality.packets_received);
        self.put("packets_sent", quality.packets_sent);
        self.put("packets_lost", quality.packets_lost);
        self.put("jitter_us", quality.jitter_us);
        self.maybe("round_trip_us", quality.round_trip_us);
        self.maybe("peer_packets_lost", quality.peer_packets_lost);
        self.maybe("peer_jitter_us", quality.peer_jitter_us);
        self.maybe("mos_hundredths", quality.mos_hundredths);
        self.maybe("mos_hundredths_min", quality.mos_hundredths_min);
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
fn conversation(data: &mut Data, event: &Event) {
    match event {
        Event::ConversationStarted { channel, direction, number, from, to, language, site, parent, .. } => {
            data.code("channel", codes::Channel::from(*channel));
            data.code("direction", codes::Direction::from(*direction));
            data.code("language", codes::Language::from(*language));
            data.maybe_id("number_id", *number);
            if let Some(number) = number.and_then(|id| data.names.number(id)) {
                data.put("number", number.number);
                data.put("number_name", number.name);
            }
            data.id("from_id", from);
            data.id("to_id", to);
            data.maybe_id("site_id", *site);
            data.maybe_id("parent_id", *parent);
        }
        Event::CustomerIdentified { customer, .. } => {
            data.id("customer_id", customer);
            if let Some(brief) = data.names.customers.get(customer) {
                data.put("customer_name", brief.name.clone());
            }
        }
        Event::ConversationEnded { by, reason, .. } => {
            data.code("by", codes::EndedBy::from(*by));
            data.code("reason", codes::EndReason::from(*reason));
        }
        Event::LegJoined { leg, role, agent, trunk, .. } => {
            data.id("leg_id", leg);
            data.code("role", codes::LegRole::from(*role));
            if let Some(agent) = agent {
                data.agent(*agent);
            }
            data.maybe_id("trunk_id", *trunk);
        }
        Event::LegAnswered { leg, .. } | Event::EarlyMediaStarted { leg, .. } => data.id("leg_id", leg),
        Event::LegLeft { leg, by, reason, quality, .. } => {
            data.id("leg_id", leg);
            data.code("by", codes::EndedBy::from(*by));
            data.code("reason", codes::EndReason::from(*reason));
            if let Some(quality) = quality {
                data.quality(*quality);
            }
        }
        Event::LegDegraded { leg, on, mos_hundredths, .. } => {
            data.id("leg_id", leg);
            data.put("on", *on);
            data.put("mos_hundredths", *mos_hundredths);
        }
        Event::LegRated { leg, quality, .. } => {
            data.id("leg_id", leg);
            data.quality(*quality);
        }
        Event::PeerHeld { leg, on, .. } => {
            data.id("leg_id", leg);
            data.put("on", *on);
        }
        _ => {}
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
fn flow(data: &mut Data, event: &Event, flows: &FlowsSeen) {
    let (place, segment, node) = match event {
        Event::VoicemailLeft { segment, task, recording, queue, cause, length, .. } => {
            data.id("segment_id", segment);
            data.id("task_id", task);
            data.id("recording_id", recording);
            if let Some(queue) = queue {
                data.queue(*queue);
            }
            data.code("cause", codes::VoicemailCause::from(*cause));
            data.ms("length_ms", *length);
            return;
        }
        Event::FlowNodeEntered { segment, flow, flow_version, node, .. } => {
            (Some((*flow, *flow_version)), segment, *node)
        }
        Event::FlowNodeLeft { conversation, segment, node, exit, .. } => {
            data.code("exit", codes::FlowExitCode::from(*exit));
            if let FlowExit::Choice(choice) = exit {
                data.put("choice", *choice);
            }
            (flows.of(*conversation, *segment), segment, *node)
        }
        Event::HoursChecked { conversation, segment, node, calendar, open, why, exception } => {
            data.hours(*calendar, *exception);
            data.put("open", *open);
            data.code("reason", codes::HoursReasonCode::from(*why));
            (flows.of(*conversation, *segment), segment, *node)
        }
        _ => return,
    };
    data.id("segment_id", segment);
    data.put("node", node);
    let Some((flow, version)) = place else { return };
    data.id("flow_id", flow);
    data.put("flow_version", version);
    let Some(drawn) = data.names.flows.get(&(flow, version)).cloned() else { return };
    if let Some(drawn) = drawn.nodes.get(usize::from(node)) {
        data.put("node_label", drawn.label.clone());
    }
    if let Event::FlowNodeLeft { exit, .. } = event
        && let Some(label) = choice_label(&drawn, node, *exit)
    {
        data.put("choice_label", label);
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
fn queue(data: &mut Data, event: &Event) {
    match event {
        Event::Queued { segment, queue, front, wait, .. } => {
            data.id("segment_id", segment);
            data.queue(*queue);
            data.put("front", *front);
            if let Some(wait) = wait {
                data.code("wait", codes::WaitReason::from(*wait));
            }
        }
        Event::LeftQueue { segment, queue, reason, .. } => {
            data.id("segment_id", segment);
            data.queue(*queue);
            data.code("reason", codes::LeaveReason::from(*reason));
        }
        Event::PlaceKept { segment, queue, keep, .. } => {
            data.id("segment_id", segment);
            data.queue(*queue);
            data.ms("keep_ms", *keep);
        }
        Event::PlaceResumed { segment, queue, before, waited, .. } => {
            data.id("segment_id", segment);
            data.queue(*queue);
            data.id("before_id", before);
            data.ms("waited_ms", *waited);
        }
        Event::AgentOffered { segment, queue, offer, agent, reason, eligible, idle, ring_timeout, .. } => {
            data.id("segment_id", segment);
            queue.iter().for_each(|queue| data.queue(*queue));
            data.id("offer_id", offer);
            data.agent(*agent);
            data.code("reason", codes::RouteReason::from(*reason));
            data.put("eligible", *eligible);
            data.ms("idle_ms", *idle);
            data.ms("ring_timeout_ms", *ring_timeout);
        }
        Event::OfferEnded { offer, agent, end, .. } => {
            data.id("offer_id", offer);
            data.agent(*agent);
            data.code("end", codes::OfferEnd::from(*end));
        }
        _ => {}
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
fn outbound(data: &mut Data, event: &Event) {
    match event {
        Event::OutboundStarted { segment, agent, route, device, task, .. } => {
            data.id("segment_id", segment);
            data.agent(*agent);
            route.iter().for_each(|route| outside::route(data, route));
            data.maybe_id("task_id", *task);
            if let Some(device) = device {
                data.device(*device);
            }
        }
        Event::OutboundRinging { segment, early_media, .. } => {
            data.id("segment_id", segment);
            data.put("early_media", *early_media);
        }
        Event::OutboundRerouted { trunk, cause, route, mobile, .. } => {
            outside::rerouted(data, *trunk, *cause, route);
            data.maybe_id("leg_id", mobile.map(|moved| moved.to));
        }
        Event::OutboundEnded { segment, agent, result, by, post_dial_delay, .. } => {
            data.id("segment_id", segment);
            data.agent(*agent);
            data.code("result", codes::OutboundResult::from(*result));
            by.iter().for_each(|by| progress::known_by(data, *by));
            if let Some(delay) = post_dial_delay {
                data.ms("post_dial_delay_ms", *delay);
            }
        }
        Event::OutboundRecognised { segment, agent, result, by, .. } => {
            data.id("segment_id", segment);
            data.agent(*agent);
            data.code("result", codes::OutboundResult::from(*result));
            progress::known_by(data, *by);
        }
        _ => {}
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
fn handling(data: &mut Data, event: &Event) {
    let (handling, agent) = match event {
        Event::HandlingStarted { segment, queue, handling, agent, .. } => {
            data.id("segment_id", segment);
            if let Some(queue) = queue {
                data.queue(*queue);
            }
            (handling, agent)
        }
        Event::HandlingHeld { handling, agent, device_lost, .. } => {
            data.put("device_lost", *device_lost);
            (handling, agent)
        }
        Event::HandlingResumed { handling, agent, device_back, .. } => {
            data.put("device_back", *device_back);
            (handling, agent)
        }
        Event::HandlingMuted { handling, agent, on, .. } => {
            data.put("on", *on);
            (handling, agent)
        }
        Event::HandlingEnded { handling, agent, end, .. } => {
            data.code("end", codes::HandlingEnd::from(*end));
            (handling, agent)
        }
        Event::WrapUpStarted { handling, agent, limit, .. } => {
            data.ms("limit_ms", *limit);
            (handling, agent)
        }
        Event::WrapUpFinished { handling, agent, end, .. } => {
            data.code("end", codes::WrapUpEnd::from(*end));
            (handling, agent)
        }
        Event::HandlingDisposed { handling, agent, disposition, .. } => {
            data.id("disposition_id", disposition);
            if let Some(known) = data.names.settings.dispositions.iter().find(|d| d.id == *disposition) {
                let (zh, en) = (known.name_zh.clone(), known.name_en.clone());
                data.put("disposition_name_zh", zh);
                data.put("disposition_name_en", en);
            }
            (handling, agent)
        }
        _ => return,
    };
    data.id("handling_id", handling);
    data.agent(*agent);
}

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
fn agent(data: &mut Data, event: &Event) {
    match event {
        Event::AgentSignedIn { agent } | Event::AgentReady { agent } => data.agent(*agent),
        Event::AgentNotReady { agent, reason, cause } => {
            data.agent(*agent);
            data.maybe_id("reason_id", *reason);
            data.code("cause", codes::PresenceCause::from(*cause));
        }
        Event::AgentSignedOut { agent, cause } => {
            data.agent(*agent);
            data.code("cause", codes::PresenceCause::from(*cause));
        }
        Event::AgentDeviceChanged { agent, reachable } => {
            data.agent(*agent);
            data.put("reachable", *reachable);
        }
        Event::AgentTelephoneChanged { agent, device } => {
            data.agent(*agent);
            if let Some(device) = device {
                data.device(*device);
            }
        }
        Event::FloorStarted { epoch } => data.put("epoch", *epoch),
        _ => {}
    }
}
