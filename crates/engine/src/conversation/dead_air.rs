//! A caller of whom nothing is heard: no sound and no key since the answer.
//!
//! ```text
//! in a flow:  after ─▶ the call is ended, or led through another flow
//! in a talk:  after ─▶ the agent is told ─▶ after ─▶ the same
//! ```
//! *Invariants.* Only time in which the caller could be expected to speak counts: answered, in a flow, and in a talk with an agent they hear. The first
//! sound and the first key end the watch for good, in whatever stage they come.

use std::time::Duration;

use domain::event::FlowExit;
use domain::screening::{DeadAirAction, DeadAirRule, DeadAirStep};
use domain::{AgentId, Cause, ConversationId, EndReason, EndedBy, Event, HandlingEnd, LeaveReason, Mono};

use super::leaving::Closing;
use super::{Conversation, CustomerStage, End};
use crate::floor::Floor;
use crate::flow::Lead;
use crate::rooms::Scene;
use crate::timers::Timer;

/// The watch over a caller who has not been heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unheard {
    rule: DeadAirRule,
    /// Time that counted before.
    spent: Duration,
    /// Since when it counts; `None` while it does not.
    since: Option<Mono>,
    /// The agent who was told, and the time before; `None` while nobody was.
    told: Option<(AgentId, Duration)>,
}

impl Unheard {
    pub(crate) fn new(rule: DeadAirRule) -> Unheard {
        Unheard { rule, spent: Duration::ZERO, since: None, told: None }
    }

    /// All that counted so far.
    fn silence(&self, now: Mono) -> Duration {
        let running = self.since.map(|since| now.since(since)).unwrap_or_default();
        self.told.map(|(_, before)| before).unwrap_or_default() + self.spent + running
    }
}

impl Conversation {
    /// Whether the caller could be expected to speak at this moment.
    fn expects_a_word(&self) -> bool {
        let Some(scene) = self.room.as_ref().map(|room| &room.scene).filter(|_| self.early.is_none()) else {
            return false;
        };
        match (&self.stage, scene) {
            // Silence ends a message by a rule of its own.
            (CustomerStage::InFlow(_), Scene::Message { .. }) => false,
            (CustomerStage::InFlow(_), _) => true,
            (CustomerStage::Talking(_), Scene::Talk { muted, .. }) => !muted,
            (CustomerStage::Talking(_), Scene::Conference { agents }) => agents.iter().any(|agent| !agent.muted),
            (_, _) => false,
        }
    }
}

impl Floor {
    /// Lets the time of the watch run, or stand still, as the conversation stands.
    pub(crate) fn time_dead_air(&mut self, id: ConversationId) {
        let now = self.now.mono;
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        let counts = conversation.expects_a_word();
        let Some(unheard) = conversation.unheard.as_mut() else { return };
        match (counts, unheard.since) {
            (true, None) => {
                unheard.since = Some(now);
                let left = unheard.rule.after.saturating_sub(unheard.spent);
                self.timers.set(Timer::DeadAir(id), now + left);
            }
            (false, Some(since)) => {
                unheard.spent += now.since(since);
                unheard.since = None;
                self.timers.cancel(Timer::DeadAir(id));
            }
            (true, Some(_)) | (false, None) => {}
        }
    }

    /// A sound or a key of the caller.
    pub(crate) fn caller_heard(&mut self, id: ConversationId) {
        let now = self.now.mono;
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        let Some(unheard) = conversation.unheard.take() else { return };
        // The plan in force may go on listening: the first sound is told once.
        self.timers.cancel(Timer::DeadAir(id));
        if unheard.told.is_some() {
            let silence = unheard.silence(now);
            self.emit(Event::DeadAirFound { conversation: id, silence, step: DeadAirStep::Over });
        }
    }

    /// Nothing was heard for as long as the rule says.
    pub(crate) fn dead_air_due(&mut self, id: ConversationId) {
        self.guard.subject = Some(id);
        let now = self.now.mono;
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        let agent = conversation.talk().and_then(|talk| conversation.handling(talk.handling)).map(|found| found.agent);
        let Some(unheard) = conversation.unheard.as_mut() else { return };
        let silence = unheard.silence(now);
        // An agent who took the customer over is told, too.
        match agent.filter(|agent| unheard.told.is_none_or(|(told, _)| told != *agent)) {
            Some(agent) => {
                let after = unheard.rule.after;
                (unheard.told, unheard.spent, unheard.since) = (Some((agent, silence)), Duration::ZERO, Some(now));
                self.timers.set(Timer::DeadAir(id), now + after);
                self.emit(Event::DeadAirFound { conversation: id, silence, step: DeadAirStep::Told(agent) });
            }
            None => {
                let action = unheard.rule.action;
                conversation.unheard = None;
                self.end_dead_air(id, silence, action);
            }
        }
    }

    fn end_dead_air(&mut self, id: ConversationId, silence: Duration, action: DeadAirAction) {
        let flow = match action {
            DeadAirAction::Flow(flow) => self.catalog.flow(flow).map(|found| (flow, found)),
            DeadAirAction::End => None,
        };
        let step = flow.as_ref().map_or(DeadAirStep::Ended, |(flow, _)| DeadAirStep::Diverted(*flow));
        self.emit(Event::DeadAirFound { conversation: id, silence, step });
        let end = End { by: EndedBy::System, reason: EndReason::DeadAir };
        let closing = Closing {
            flow: FlowExit::Timeout,
            queue: LeaveReason::TimedOut,
            handling: HandlingEnd::DeadAir,
            keeps_place: false,
            end,
        };
        self.close_stage(id, closing);
        match flow {
            Some((_, flow)) => {
                // The first node may play nothing: whoever was in talk must not stay in the room for it.
                self.end_recording_pause(id);
                self.keep_before_queue(id);
                self.set_scene(id, Scene::Silence);
                self.enter_flow(id, flow, None, Lead::START);
            }
            None => self.release_customer(id, end, Cause::Normal),
        }
    }
}
