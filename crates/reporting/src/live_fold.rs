//! One match: what each event does to the live floor.

use std::time::Duration;

use domain::{
    AgentId, ConversationId, Direction, Event, LeaveReason, LedgerEntry, OfferEnd, PresenceCause, Utc, event::FlowExit,
    reason::HandlingEnd, recording_policy::RecordingRule, room::PortRole, screening::DeadAirStep,
};

use crate::figures::SHORT_ABANDON;
use crate::live::*;

impl LiveFloor {
    /// Folds one entry. Entries at or below [`LiveFloor::seq`] are ignored, so a resend does no harm.
    pub fn apply(&mut self, entry: &LedgerEntry) {
        if entry.seq <= self.seq {
            return;
        }
        self.seq = entry.seq;
        self.at = entry.at;
        let at = entry.at;
        self.lines.apply(&entry.event);
        match &entry.event {
            Event::ConversationStarted { .. }
            | Event::CustomerIdentified { .. }
            | Event::ConversationEnded { .. }
            | Event::LegJoined { .. }
            | Event::LegAnswered { .. }
            | Event::EarlyMediaStarted { .. }
            | Event::LegLeft { .. }
            | Event::PeerHeld { .. }
            | Event::FlowNodeEntered { .. }
            | Event::FlowNodeLeft { .. }
            | Event::HoursChecked { .. } => self.apply_conversation(at, &entry.event),
            Event::OutboundStarted { .. }
            | Event::OutboundRinging { .. }
            | Event::OutboundRerouted { .. }
            | Event::OutboundEnded { .. }
            | Event::OutboundRecognised { .. } => self.apply_outbound(&entry.event),
            Event::Queued { .. }
            | Event::LeftQueue { .. }
            | Event::PlaceKept { .. }
            | Event::PlaceResumed { .. }
            | Event::AgentOffered { .. }
            | Event::OfferEnded { .. } => self.apply_queue(at, &entry.event),
            Event::HandlingStarted { .. }
            | Event::HandlingHeld { .. }
            | Event::HandlingResumed { .. }
            | Event::HandlingMuted { .. }
            | Event::HandlingEnded { .. }
            | Event::WrapUpStarted { .. }
            | Event::WrapUpFinished { .. }
            | Event::HandlingDisposed { .. } => self.apply_handling(at, &entry.event),
            Event::Supervised { conversation, agent, what } => self.apply_supervision(at, *conversation, *agent, *what),
            Event::TransferStarted { .. }
            | Event::TransferJoined { .. }
            | Event::TransferEnded { .. }
            | Event::ConferenceChanged { .. } => self.apply_transfer(at, &entry.event),
            Event::RecordingStarted { .. }
            | Event::RecordingPaused { .. }
            | Event::RecordingResumed { .. }
            | Event::RecordingGap { .. }
            | Event::RecordingSealed { .. }
            | Event::RecordingFailed { .. }
            | Event::ConsentGiven { .. }
            | Event::ConsentRefused { .. }
            | Event::RecordingSwitched { .. }
            | Event::RecordingRuled { .. } => self.apply_recording(at, &entry.event),
            Event::AgentSignedIn { .. }
            | Event::AgentReady { .. }
            | Event::AgentNotReady { .. }
            | Event::AgentSignedOut { .. }
            | Event::AgentDeviceChanged { .. }
            | Event::AgentTelephoneChanged { .. } => self.apply_agent(at, &entry.event),
            // A message is a task from here on; the live floor has no place for it, nor for what was kept of calls that are over.
            Event::VoicemailLeft { .. } | Event::RecordingErased { .. } => {}
            Event::LegDegraded { .. } | Event::LegRated { .. } => self.apply_sound(&entry.event),
            // Who was kept out is over at once, or goes through a flow like everybody.
            Event::Screened { .. } => {}
            Event::VipRecognised { conversation, .. } => self.with(*conversation, |c| c.is_vip = true),
            Event::DeadAirFound { conversation, step, .. } => {
                self.with(*conversation, |c| c.is_unheard = matches!(step, DeadAirStep::Told(_)));
            }
            Event::OutboundStopped { .. } | Event::OutboundReleased { .. } => self.apply_stops(at, &entry.event),
            // The conversation ends with it; of a call to an agent's own number only the lines know.
            Event::TrunkFull { .. } | Event::MobileCalled { .. } | Event::MobileEnded { .. } => {}
            Event::FloorStarted { .. } => self.agents.values_mut().for_each(|agent| agent.reachable = false),
        }
    }

    pub(crate) fn with(&mut self, id: ConversationId, change: impl FnOnce(&mut LiveConversation)) {
        if let Some(conversation) = self.conversations.get_mut(&id) {
            change(conversation);
        }
    }

    fn begin_conversation(&mut self, at: Utc, event: &Event) {
        let Event::ConversationStarted { conversation, channel, direction, number, from, to, language, site, .. } =
            event
        else {
            return;
        };
        let live = LiveConversation {
            id: *conversation,
            channel: *channel,
            direction: *direction,
            started_at: at,
            number: *number,
            site: *site,
            from: if *direction == Direction::Inbound { *from } else { *to },
            language: *language,
            customer: None,
            is_vip: false,
            is_unheard: false,
            stage: Stage::InFlow,
            path: Vec::new(),
            visit: None,
            recording: None,
            rule: RecordingRule::ORDINARY,
            consent: None,
            outbound: None,
            transfer: None,
            forward: None,
            members: Vec::new(),
            legs: Default::default(),
            supervisors: Default::default(),
        };
        self.conversations.insert(*conversation, live);
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "`apply` has already sorted the events by subject")]
    fn apply_conversation(&mut self, at: Utc, event: &Event) {
        match event {
            Event::ConversationStarted { .. } => self.begin_conversation(at, event),
            Event::CustomerIdentified { conversation, customer } => {
                self.with(*conversation, |c| c.customer = Some(*customer));
            }
            Event::ConversationEnded { conversation, .. } => {
                self.conversations.remove(conversation);
                self.handlings.retain(|_, h| h.conversation != *conversation);
            }
            Event::LegJoined { conversation, leg, role, agent, .. } => {
                let live = LiveLeg { role: *role, agent: *agent, held_by_peer: false, bad: None };
                self.with(*conversation, |c| {
                    if let Some(transfer) = c.transfer.as_mut() {
                        transfer.leg_joined(*leg, *role);
                    }
                    c.legs.insert(*leg, live);
                });
            }
            Event::LegLeft { conversation, leg, .. } => self.with(*conversation, |c| {
                let left = c.legs.remove(leg);
                if left.is_some_and(|l| l.role == PortRole::Customer) {
                    c.stage = Stage::Gone;
                }
            }),
            Event::PeerHeld { conversation, leg, on } => self.with(*conversation, |c| {
                if let Some(live) = c.legs.get_mut(leg) {
                    live.held_by_peer = *on;
                }
            }),
            Event::FlowNodeEntered { conversation, flow, flow_version, node, .. } => {
                let step = PathStep { flow: *flow, flow_version: *flow_version, node: *node, exit: None };
                self.with(*conversation, |c| {
                    c.stage = Stage::InFlow;
                    c.path.push(step);
                });
            }
            Event::FlowNodeLeft { conversation, exit, .. } => self.with(*conversation, |c| {
                if let Some(step) = c.path.last_mut() {
                    step.exit = Some(*exit);
                }
                if *exit == FlowExit::CustomerLeft {
                    c.stage = Stage::Gone;
                }
            }),
            _ => {}
        }
    }

    /// What a leg sounded like in sum is told when it has left, and is none of the live floor's.
    fn apply_sound(&mut self, event: &Event) {
        let Event::LegDegraded { conversation, leg, on, mos_hundredths } = event else { return };
        self.with(*conversation, |c| {
            if let Some(live) = c.legs.get_mut(leg) {
                live.bad = on.then_some(*mos_hundredths);
            }
        });
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "`apply` has already sorted the events by subject")]
    fn apply_outbound(&mut self, event: &Event) {
        match event {
            Event::OutboundStarted { conversation, device, .. } => {
                let outbound = LiveOutbound { device: *device, ..LiveOutbound::default() };
                self.with(*conversation, |c| c.outbound = Some(outbound));
            }
            Event::OutboundRinging { conversation, .. } => {
                self.with(*conversation, |c| c.outbound.get_or_insert_default().ringing = true);
            }
            Event::OutboundRecognised { conversation, result, by, .. } => self.with(*conversation, |c| {
                let outbound = c.outbound.get_or_insert_default();
                (outbound.result, outbound.by) = (Some(*result), Some(*by));
            }),
            Event::OutboundEnded { conversation, result, by, .. } => self.with(*conversation, |c| {
                let outbound = c.outbound.get_or_insert_default();
                (outbound.result, outbound.by) = (Some(*result), *by);
                if result.ending().is_some() {
                    c.stage = Stage::Gone;
                }
            }),
            _ => {}
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "`apply` has already sorted the events by subject")]
    fn apply_queue(&mut self, at: Utc, event: &Event) {
        match event {
            Event::Queued { conversation, segment, queue, wait, .. } => {
                let Some(live) = self.conversations.get_mut(conversation) else { return };
                live.stage = Stage::Waiting;
                match &mut live.visit {
                    Some(visit) if visit.segment == *segment => {
                        visit.waiting_since = at;
                        visit.left_at = None;
                        visit.wait = *wait;
                    }
                    visit => {
                        *visit = Some(QueueVisit {
                            queue: *queue,
                            segment: *segment,
                            queued_at: at,
                            waiting_since: at,
                            answered_at: None,
                            left_at: None,
                            wait: *wait,
                        });
                        self.queues.entry(*queue).or_default().bucket(at).offered += 1;
                    }
                }
            }
            Event::LeftQueue { conversation, queue, reason, .. } => {
                self.leave_queue(at, *conversation, *queue, *reason)
            }
            Event::PlaceKept { conversation, keep, .. } => self.keep_visit(at, *conversation, *keep),
            Event::PlaceResumed { conversation, before, .. } => self.resume_visit(*conversation, *before),
            Event::AgentOffered { conversation, queue, offer, agent, reason, eligible, idle, ring_timeout, .. } => {
                let live = LiveOffer {
                    id: *offer,
                    conversation: *conversation,
                    queue: *queue,
                    agent: *agent,
                    offered_at: at,
                    ring_timeout: *ring_timeout,
                    reason: *reason,
                    eligible: *eligible,
                    idle: *idle,
                };
                self.offers.insert(*offer, live);
                self.agents.entry(*agent).or_default().offer = Some(*offer);
                self.park_rings(*conversation, true);
            }
            Event::OfferEnded { conversation, offer, agent, end } => {
                self.offers.remove(offer);
                let live = self.agents.entry(*agent).or_default();
                live.offer = None;
                if *end != OfferEnd::Accepted {
                    live.free_since = at;
                    self.park_rings(*conversation, false);
                }
            }
            _ => {}
        }
    }

    fn leave_queue(&mut self, at: Utc, id: ConversationId, queue: domain::QueueId, reason: LeaveReason) {
        let Some(visit) = self.conversations.get_mut(&id).and_then(|c| c.visit.as_mut()) else { return };
        visit.left_at = Some(at);
        let queued_at = visit.queued_at;
        let wait = at.since(queued_at);
        // A customer who lost an agent and is answered again counts as one answer, at the first one's wait.
        let first_answer = visit.answered_at.is_none();
        let bucket = self.queues.entry(queue).or_default().bucket(queued_at);
        match reason {
            LeaveReason::Answered if first_answer => {
                visit.answered_at = Some(at);
                let second = u32::try_from(wait.as_micros().div_ceil(1_000_000)).unwrap_or(u32::MAX);
                *bucket.answered_by_second.entry(second).or_default() += 1;
                bucket.answered_wait += wait;
                bucket.wait_max = bucket.wait_max.max(wait);
            }
            LeaveReason::Abandoned if first_answer => {
                bucket.abandoned += 1;
                bucket.abandoned_short += u32::from(wait < SHORT_ABANDON);
                bucket.wait_max = bucket.wait_max.max(wait);
            }
            LeaveReason::TimedOut | LeaveReason::Unserved if first_answer => bucket.flowed_out += 1,
            LeaveReason::Failed if first_answer => bucket.failed += 1,
            LeaveReason::Answered
            | LeaveReason::Abandoned
            | LeaveReason::TimedOut
            | LeaveReason::Unserved
            | LeaveReason::Failed => {}
        }
        // The flow says next where they are, or nobody but the agent who handed them over has them back.
        if matches!(reason, LeaveReason::TimedOut | LeaveReason::Unserved) {
            self.with(id, |c| c.stage = Stage::Transferring);
        }
    }

    fn keep_visit(&mut self, at: Utc, id: ConversationId, keep: Duration) {
        self.kept.retain(|_, kept| kept.until > at);
        let Some(visit) = self.conversations.get(&id).and_then(|c| c.visit) else { return };
        let until = Utc(at.0 + i64::try_from(keep.as_micros()).unwrap_or(i64::MAX / 2));
        self.kept.insert(id, KeptVisit { visit, until });
    }

    /// Two visits become one: the customer was offered once, and the loss did not happen to the figures.
    fn resume_visit(&mut self, id: ConversationId, before: ConversationId) {
        let Some(KeptVisit { visit: earlier, .. }) = self.kept.remove(&before) else { return };
        let Some(visit) = self.conversations.get_mut(&id).and_then(|c| c.visit.as_mut()) else { return };
        let (queue, counted_at) = (visit.queue, visit.queued_at);
        visit.queued_at = earlier.queued_at;
        visit.answered_at = earlier.answered_at;
        let figures = self.queues.entry(queue).or_default();
        let offered = &mut figures.bucket(counted_at).offered;
        *offered = offered.saturating_sub(1);
        if earlier.answered_at.is_none() {
            let failed = &mut figures.bucket(earlier.queued_at).failed;
            *failed = failed.saturating_sub(1);
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "`apply` has already sorted the events by subject")]
    fn apply_handling(&mut self, at: Utc, event: &Event) {
        match event {
            Event::HandlingStarted { conversation, queue, handling, agent, .. } => {
                let live = LiveHandling {
                    id: *handling,
                    conversation: *conversation,
                    agent: *agent,
                    queue: *queue,
                    state: HandlingState::Talking,
                    muted: false,
                    device_lost: false,
                    started_at: at,
                    state_since: at,
                    wrap_up_until: None,
                    disposition: None,
                };
                self.handlings.insert(*handling, live);
                self.agents.entry(*agent).or_default().handlings.push(*handling);
                self.with(*conversation, |c| {
                    c.stage = Stage::Talking;
                    if let Some(asked) = c.transfer.as_mut().filter(|asked| asked.colleague == Some(*agent)) {
                        asked.answered = Some(*handling);
                    }
                });
            }
            Event::HandlingHeld { handling, device_lost, .. } => self.handling(*handling, |h| {
                h.device_lost |= device_lost;
                h.enter(HandlingState::Held, at);
            }),
            Event::HandlingResumed { handling, device_back, .. } => self.handling(*handling, |h| {
                h.device_lost &= !device_back;
                h.enter(HandlingState::Talking, at);
            }),
            Event::HandlingMuted { handling, on, .. } => self.handling(*handling, |h| h.muted = *on),
            Event::HandlingEnded { conversation, handling, agent, end } => {
                self.handling(*handling, |h| h.enter(HandlingState::Closed, at));
                self.free(*agent, *handling, at);
                if *end == HandlingEnd::CustomerHungUp {
                    self.with(*conversation, |c| c.stage = Stage::Gone);
                }
            }
            Event::WrapUpStarted { handling, agent, limit, .. } => {
                let until = Utc(at.0 + i64::try_from(limit.as_micros()).unwrap_or(i64::MAX / 2));
                self.handling(*handling, |h| {
                    h.wrap_up_until = Some(until);
                    h.enter(HandlingState::WrapUp, at);
                });
                self.agents.entry(*agent).or_default().handlings.push(*handling);
            }
            Event::WrapUpFinished { handling, agent, .. } => {
                self.handling(*handling, |h| {
                    h.wrap_up_until = None;
                    h.enter(HandlingState::Closed, at);
                });
                self.free(*agent, *handling, at);
            }
            Event::HandlingDisposed { handling, disposition, .. } => {
                self.handling(*handling, |h| h.disposition = Some(*disposition));
            }
            _ => {}
        }
    }

    fn handling(&mut self, id: domain::HandlingId, change: impl FnOnce(&mut LiveHandling)) {
        if let Some(handling) = self.handlings.get_mut(&id) {
            change(handling);
        }
    }

    fn free(&mut self, agent: AgentId, handling: domain::HandlingId, at: Utc) {
        let live = self.agents.entry(agent).or_default();
        live.handlings.retain(|h| *h != handling);
        live.free_since = at;
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "`apply` has already sorted the events by subject")]
    fn apply_agent(&mut self, at: Utc, event: &Event) {
        match event {
            Event::AgentSignedIn { agent } => self.presence(*agent, at, Presence::NotReady, None),
            Event::AgentReady { agent } => self.presence(*agent, at, Presence::Ready, None),
            Event::AgentNotReady { agent, reason, cause } => {
                self.presence(*agent, at, Presence::NotReady, Some(*cause));
                self.agents.entry(*agent).or_default().reason = *reason;
            }
            Event::AgentSignedOut { agent, cause } => self.presence(*agent, at, Presence::SignedOut, Some(*cause)),
            Event::AgentDeviceChanged { agent, reachable } => {
                self.agents.entry(*agent).or_default().reachable = *reachable;
            }
            Event::AgentTelephoneChanged { agent, device } => {
                self.agents.entry(*agent).or_default().telephone = *device;
            }
            _ => {}
        }
    }

    fn presence(&mut self, agent: AgentId, at: Utc, presence: Presence, cause: Option<PresenceCause>) {
        let live = self.agents.entry(agent).or_default();
        live.presence = presence;
        live.presence_since = at;
        live.cause = cause;
        live.reason = None;
    }
}

impl LiveHandling {
    fn enter(&mut self, state: HandlingState, at: Utc) {
        self.state = state;
        self.state_since = at;
    }
}

#[cfg(test)]
#[path = "live_fold_tests.rs"]
mod tests;
