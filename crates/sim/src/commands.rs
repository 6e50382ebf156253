//! What must hold of commands: every leg is answered or refused once, rooms open and close, every request has one reply.

use std::collections::{BTreeMap, BTreeSet};

use domain::room::{PortId, PortRole, RoomPlan};
use domain::{Command, Input, LegId, RequestId, RoomId};

use crate::model::{I2, Verdict};

pub(crate) const COMMANDS: &str = "commands make sense to the telephone and to media";
pub(crate) const REPLIES: &str = "every request has exactly one reply";

/// What a leg has been told.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    answered: bool,
    refused: bool,
    released: bool,
}

/// What has been asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Commands {
    legs: BTreeMap<LegId, Told>,
    rooms: BTreeMap<RoomId, RoomPlan>,
    room_of: BTreeMap<LegId, RoomId>,
    closed: BTreeSet<RoomId>,
    request: Option<RequestId>,
}

impl Commands {
    pub(crate) fn input(&mut self, input: &Input) -> Verdict {
        self.answered_all()?;
        if let Input::LegArrived { leg, .. } = input {
            self.legs.insert(*leg, Told::default());
        }
        if let Input::LegEnded { leg, .. } = input {
            self.legs.remove(leg);
        }
        if let Input::AgentAsked { request, .. } = input {
            self.request = Some(*request);
        }
        Ok(())
    }

    pub(crate) fn answered_all(&self) -> Verdict {
        match self.request {
            Some(request) => Err((REPLIES, format!("{request} has none"))),
            None => Ok(()),
        }
    }

    pub(crate) fn command(&mut self, command: &Command) -> Verdict {
        let legal = match command {
            Command::Proceed { leg, .. } => self.legs.get(leg).is_some_and(|told| !told.answered && !told.refused),
            // A call of ours is a leg from then on, answered or refused by the other side.
            Command::Dial { leg, .. } => self.legs.insert(*leg, Told { answered: true, ..Told::default() }).is_none(),
            Command::Answer { leg } => self.tell(*leg, |told| {
                let first = !told.answered && !told.refused;
                told.answered = true;
                first
            }),
            Command::Refuse { leg, .. } => self.tell(*leg, |told| {
                let first = !told.answered && !told.refused;
                told.refused = true;
                first
            }),
            Command::Release { leg, .. } => self.tell(*leg, |told| {
                let once = told.answered && !told.released;
                told.released = true;
                once
            }),
            Command::SetRoom(plan) | Command::BeginRecording(plan) => return self.set_room(plan),
            Command::CloseRoom { room } => {
                self.room_of.retain(|_, of| of != room);
                self.closed.insert(*room) && self.rooms.remove(room).is_some()
            }
            Command::SendDigits { leg, .. } | Command::RefuseRefer { leg, .. } => {
                self.legs.get(leg).is_some_and(|told| told.answered && !told.released)
            }
            Command::ResolveCustomer { .. } | Command::RecogniseCaller { .. } | Command::RecallCallers { .. } => true,
            Command::Reply { request, .. } => {
                let asked = self.request.take() == Some(*request);
                return if asked { Ok(()) } else { Err((REPLIES, format!("{request} was not asked"))) };
            }
        };
        if legal { Ok(()) } else { Err((COMMANDS, format!("{command:?}"))) }
    }

    fn tell(&mut self, leg: LegId, tell: impl FnOnce(&mut Told) -> bool) -> bool {
        self.legs.get_mut(&leg).is_some_and(tell)
    }

    fn set_room(&mut self, plan: &RoomPlan) -> Verdict {
        let newer = self.rooms.get(&plan.room).is_none_or(|before| before.version < plan.version);
        let open = !self.closed.contains(&plan.room);
        if !newer || !open {
            return Err((COMMANDS, format!("{plan:?} is not newer than what is in force")));
        }
        if !is_discreet(plan) {
            return Err((I2, format!("{plan:?}")));
        }
        self.room_of.retain(|_, of| *of != plan.room);
        for port in &plan.ports {
            if let PortId::Leg(leg) = port.id
                && let Some(other) = self.room_of.insert(leg, plan.room)
            {
                return Err((I2, format!("{leg} stands in {other} and in {}", plan.room)));
            }
        }
        let known = |id: PortId| plan.ports.iter().any(|port| port.id == id);
        if !plan.hears.iter().all(|hear| known(hear.from) && known(hear.to)) {
            return Err((COMMANDS, format!("{plan:?} connects what is not there")));
        }
        self.rooms.insert(plan.room, plan.clone());
        Ok(())
    }

    /// The process died with its rooms and legs.
    pub(crate) fn crash(&mut self) {
        *self = Commands { closed: std::mem::take(&mut self.closed), ..Commands::default() };
    }

    pub(crate) fn at_the_end(&self) -> Verdict {
        match self.rooms.keys().next() {
            Some(room) => Err((COMMANDS, format!("{room} was never closed"))),
            None => self.answered_all(),
        }
    }
}

/// One customer, and no more beside them than may talk. A customer who hears music is cut off from everybody.
fn is_discreet(plan: &RoomPlan) -> bool {
    let of = |role: PortRole| plan.ports.iter().filter(move |port| port.role == role).map(|port| port.id);
    let customers: Vec<PortId> = of(PortRole::Customer).collect();
    let agents: Vec<PortId> = of(PortRole::Agent).chain(of(PortRole::Outside)).collect();
    let [customer] = customers.as_slice() else { return false };
    let hears_music =
        plan.hears.iter().any(|hear| hear.to == *customer && of(PortRole::Media).any(|play| play == hear.from));
    let meets_agent = plan.hears.iter().any(|hear| {
        (hear.to == *customer && agents.contains(&hear.from)) || (hear.from == *customer && agents.contains(&hear.to))
    });
    agents.len() < engine::TALKERS_MAX && !(hears_music && meets_agent)
}
