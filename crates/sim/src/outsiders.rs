//! People outside who are called for a customer: they answer, are busy, never answer, hang up, lose the network.

use std::collections::BTreeMap;

use domain::input::FailedCommand;
use domain::{Command, DialTarget, EndReason, EndedBy, Input, LegId};

use crate::Violation;
use crate::agenda::Happening;
use crate::world::{SECOND, World};

const MS: u64 = 1_000;

/// Who is being called, or on the line; `true` once we let go of them.
pub(crate) type Outsiders = BTreeMap<LegId, bool>;

/// What somebody outside does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutsideStep {
    Rings,
    Heard,
    Answers,
    Busy,
    HangsUp,
    Holds(bool),
    NetworkDrops,
    FallsSilent,
    /// The call could not be made at all.
    Fails,
    /// We hung up, and signalling says so.
    IsOver,
}

impl World {
    pub(crate) fn outsiders_react(&mut self, command: &Command) {
        match command {
            Command::Dial { leg, target: DialTarget::Trunk { .. }, .. } => {
                self.outsiders.insert(*leg, false);
                self.plan_the_call(*leg);
            }
            Command::Release { leg, .. } => {
                let first = self.outsiders.get_mut(leg).is_some_and(|let_go| !std::mem::replace(let_go, true));
                if first {
                    let after = self.random.between(5 * MS, 400 * MS);
                    self.plan(after, Happening::Outside(*leg, OutsideStep::IsOver));
                }
            }
            Command::Dial { target: DialTarget::Device(_), .. }
            | Command::Proceed { .. }
            | Command::Answer { .. }
            | Command::Refuse { .. }
            | Command::RefuseRefer { .. }
            | Command::SetRoom(_)
            | Command::BeginRecording(_)
            | Command::CloseRoom { .. }
            | Command::SendDigits { .. }
            | Command::ResolveCustomer { .. }
            | Command::RecogniseCaller { .. }
            | Command::RecallCallers { .. }
            | Command::Reply { .. } => {}
        }
    }

    fn plan_the_call(&mut self, leg: LegId) {
        let mut later = |after: u64, step: OutsideStep| self.plan(after, Happening::Outside(leg, step));
        later(300 * MS, OutsideStep::Rings);
        let answer = self.random.between(SECOND, 25 * SECOND);
        let talk = self.random.around(60 * SECOND) + SECOND;
        let (first, then) = match self.random.below(100) {
            0..8 => (Some((answer / 4, OutsideStep::Busy)), None),
            8..11 => (Some((MS, OutsideStep::Fails)), None),
            // Nobody is there.
            11..19 => (None, None),
            19..25 => (Some((answer, OutsideStep::Answers)), Some(OutsideStep::NetworkDrops)),
            25..30 => (Some((answer, OutsideStep::Answers)), Some(OutsideStep::FallsSilent)),
            _ => (Some((answer, OutsideStep::Answers)), Some(OutsideStep::HangsUp)),
        };
        if self.random.percent(30) {
            self.plan(answer / 2, Happening::Outside(leg, OutsideStep::Heard));
            if self.random.percent(20) {
                self.plan(answer / 2 + SECOND, Happening::Outside(leg, OutsideStep::FallsSilent));
            }
        }
        if self.random.percent(10) {
            for (at, on) in [(talk / 3, true), (talk / 2, false)] {
                self.plan(answer + at, Happening::Outside(leg, OutsideStep::Holds(on)));
            }
        }
        if let Some((after, step)) = first {
            self.plan(after, Happening::Outside(leg, step));
        }
        if let Some(step) = then {
            self.plan(answer + talk, Happening::Outside(leg, step));
        }
    }

    pub(crate) fn outside_happens(&mut self, leg: LegId, step: OutsideStep) -> Result<(), Violation> {
        let (by, reason) = match step {
            _ if !self.outsiders.contains_key(&leg) => return Ok(()),
            OutsideStep::Rings => return self.feed(Input::LegProgress { leg, early_media: false }),
            OutsideStep::Heard => {
                self.feed(Input::LegProgress { leg, early_media: true })?;
                return self.feed(Input::SoundHeard { leg });
            }
            OutsideStep::Answers => return self.feed(Input::LegAnswered { leg }),
            OutsideStep::Holds(on) => return self.feed(Input::PeerHold { leg, on }),
            OutsideStep::FallsSilent => return self.feed(Input::MediaLost { leg }),
            OutsideStep::Fails => {
                self.outsiders.remove(&leg);
                return self.feed(Input::CommandFailed { what: FailedCommand::Leg(leg), why: EndReason::Unreachable });
            }
            OutsideStep::Busy => (EndedBy::Network, EndReason::Busy),
            OutsideStep::HangsUp => (EndedBy::Customer, EndReason::HungUp),
            OutsideStep::NetworkDrops => (EndedBy::Network, EndReason::Timeout),
            OutsideStep::IsOver => (EndedBy::System, EndReason::HungUp),
        };
        self.outsiders.remove(&leg);
        self.feed(Input::LegEnded { leg, by, reason, cause: None, quality: None })
    }
}
