//! How many conversations a second a floor can carry when nothing but deciding takes time.

use std::collections::VecDeque;
use std::sync::Arc;

use domain::input::{AgentAction, LegSource};
use domain::{
    AgentId, Command, EndReason, EndedBy, Event, Input, LegId, Mono, Now, PartitionId, RequestId, TenantId, TrunkId,
    Utc,
};
use engine::{Floor, FloorConfig, Output};

use crate::centre;
use crate::random::Random;

/// Virtual time between two things that happen.
const STEP_US: u64 = 500;
/// Node of the flow that puts the caller straight into the first queue.
const STRAIGHT: u16 = 4;

/// A floor with agents that answer at once, and so many talks at a time.
pub struct FloorRate {
    floor: Floor,
    t: u64,
    legs: i64,
    requests: i64,
    talking: VecDeque<LegId>,
    talks_max: usize,
    /// Events so far.
    pub events: u64,
    /// Conversations over.
    pub ended: u64,
    follow: VecDeque<Input>,
}

impl FloorRate {
    /// `agents` signed in and ready; conversations end once `talks_max` are up.
    pub fn new(agents: usize, talks_max: usize) -> FloorRate {
        let mut settings = centre::settings(&mut Random::new(1), agents);
        if let Some(flow) = settings.flows.first_mut() {
            flow.entry = STRAIGHT;
        }
        let now = Now { mono: Mono(1_000_000_000), utc: Utc(1_767_578_400_000_000) };
        let config =
            FloorConfig { partition: PartitionId(1), tenant: TenantId(1), node: 1, epoch: 1, greatest_id: 0, seed: 1 };
        let mut rate = FloorRate {
            floor: Floor::new(config, Arc::new(settings), now),
            t: 0,
            legs: 1_000_000,
            requests: 0,
            talking: VecDeque::new(),
            talks_max,
            events: 0,
            ended: 0,
            follow: VecDeque::new(),
        };
        rate.drain();
        for n in 0..agents {
            let agent = centre::agent_id(n);
            rate.feed(Input::DeviceChanged { agent, leg: Some(LegId(1 + n as i64)) });
            rate.feed(Input::AgentConnected { agent, connected: true });
            rate.ask(agent, AgentAction::SignIn);
            rate.ask(agent, AgentAction::Ready);
        }
        rate
    }

    /// One more caller arrives; the oldest talk ends when there are enough.
    pub fn arrive(&mut self) {
        self.legs += 1;
        let (leg, calling) = (LegId(self.legs), format!("138{:08}", self.legs % 100_000_000));
        self.talking.push_back(leg);
        let source = LegSource::Trunk(TrunkId(1));
        let (called, known) = (centre::NUMBER.to_owned(), calling.clone());
        let area = centre::FAR_AREA.to_owned();
        self.feed(Input::LegArrived { leg, source, called, calling, known, area });
        if self.talking.len() > self.talks_max
            && let Some(leg) = self.talking.pop_front()
        {
            let (by, reason) = (EndedBy::Customer, EndReason::HungUp);
            self.feed(Input::LegEnded { leg, by, reason, cause: None, quality: None });
        }
    }

    fn ask(&mut self, agent: AgentId, action: AgentAction) {
        self.requests += 1;
        self.feed(Input::AgentAsked { request: RequestId(self.requests), agent, action });
    }

    fn feed(&mut self, input: Input) {
        self.follow.push_back(input);
        while let Some(input) = self.follow.pop_front() {
            self.t += STEP_US;
            let now = Now {
                mono: Mono(1_000_000_000 + self.t * 1_000),
                utc: Utc(1_767_578_400_000_000 + i64::try_from(self.t).unwrap_or(i64::MAX)),
            };
            self.floor.handle(now, input);
            self.drain();
        }
    }

    /// The telephone acknowledges, agents accept, and finish at once.
    fn drain(&mut self) {
        while let Some(output) = self.floor.poll_output() {
            match output {
                Output::Command(Command::Answer { leg }) => self.follow.push_back(Input::LegAnswered { leg }),
                Output::Event(event) => {
                    self.events += 1;
                    self.react(&event);
                }
                Output::Command(_) | Output::Party(_) => {}
            }
        }
    }

    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "only four events are answered, whatever others there come to be"
    )]
    fn react(&mut self, event: &Event) {
        let asked = match event {
            Event::AgentOffered { agent, offer, .. } => Some((*agent, AgentAction::Accept { offer: *offer })),
            Event::WrapUpStarted { agent, handling, .. } => {
                Some((*agent, AgentAction::FinishWrapUp { handling: *handling }))
            }
            Event::ConversationEnded { .. } => {
                self.ended += 1;
                None
            }
            _ => None,
        };
        if let Some((agent, action)) = asked {
            self.requests += 1;
            self.follow.push_back(Input::AgentAsked { request: RequestId(self.requests), agent, action });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_conversation_beyond_those_that_talk_has_ended() {
        let mut rate = FloorRate::new(50, 10);
        for _ in 0..200 {
            rate.arrive();
        }
        assert_eq!(rate.ended, 190);
        assert_eq!(rate.floor.inspect().conversation_count(), 10);
    }
}
