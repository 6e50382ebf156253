//! An emergency number comes before whatever else an agent does: what may be ended for it is ended, and no limit of ours stands in its way.
//!
//! What it does not end: a talk, in which it is asked instead, and an attempt to call somebody, which the agent ends first.

use domain::outbound::OutboundRoute;
use domain::settings::dialled;
use domain::{AgentId, DeviceId, LegId, OfferEnd, PresenceCause, Refusal, SupervisionEnd, TaskId, WrapUpEnd};

use super::{Destination, Way};
use crate::floor::Floor;

impl Way {
    pub(super) fn is_emergency(&self) -> bool {
        self.trunk().is_some() && self.rule.is_none()
    }
}

impl Destination {
    /// How a call to it goes; `None` unless it is a number outside.
    pub(super) fn route(&self) -> Option<OutboundRoute> {
        match self {
            Destination::Outside(way) => way.route(),
            Destination::Agent(_)
            | Destination::Queue(_)
            | Destination::Flow(_)
            | Destination::Loan(_)
            | Destination::Park => None,
        }
    }

    pub(super) fn is_emergency(&self) -> bool {
        match self {
            Destination::Outside(way) => way.is_emergency(),
            Destination::Agent(_)
            | Destination::Queue(_)
            | Destination::Flow(_)
            | Destination::Loan(_)
            | Destination::Park => false,
        }
    }
}

impl Floor {
    /// Whether an emergency number is meant: as it stands in any case, behind a code for a line where nobody of ours is called so.
    pub(crate) fn is_emergency(&self, to: &str) -> bool {
        let Some(to) = dialled(to) else { return false };
        self.tolls.emergency_number(&to).is_some_and(|number| number == to || !self.is_ours(&to))
    }

    fn is_ours(&self, to: &str) -> bool {
        let settings = self.catalog.settings();
        let is_extension = settings.agents.iter().any(|agent| agent.extension == to);
        is_extension || settings.devices.iter().any(|device| device.username == to) || self.catalog.number(to).is_some()
    }

    /// From the desk.
    pub(super) fn dial_emergency(&mut self, agent: AgentId, to: &str, task: Option<TaskId>) -> Result<(), Refusal> {
        if !self.is_signed_in(agent) {
            return Err(Refusal::NotSignedIn);
        }
        if !self.has_phone(agent) {
            return Err(Refusal::NoDevice);
        }
        let way = self.way_dialled(agent, to)?;
        self.make_way(agent)?;
        self.begin_call(agent, way, task, None);
        Ok(())
    }

    /// From any phone of an agent who is in no talk, signed in or not. The agent works with this phone from then on: nothing may come
    /// to them by another while they are on it.
    pub(crate) fn dial_emergency_at_phone(
        &mut self,
        agent: AgentId,
        device: DeviceId,
        to: &str,
        leg: LegId,
    ) -> Result<(), Refusal> {
        if !self.desks.contains_key(&agent) {
            return Err(Refusal::NotAllowed);
        }
        let way = self.way_dialled(agent, to)?;
        self.make_way(agent)?;
        self.use_phone(agent, Some(device))?;
        self.begin_call(agent, way, None, Some(leg));
        Ok(())
    }

    fn way_dialled(&mut self, agent: AgentId, to: &str) -> Result<Way, Refusal> {
        let to = dialled(to).ok_or(Refusal::BadNumber)?;
        self.way_to(agent, to)
    }

    /// Ends what an agent does but does not talk in: a wrap-up, a desk that rings, listening to a colleague.
    fn make_way(&mut self, agent: AgentId) -> Result<(), Refusal> {
        if let Some((id, handling)) = self.live_wrap_up(agent) {
            self.guard.subject = Some(id);
            self.end_wrap_up(id, handling, agent, WrapUpEnd::Finished);
        } else if let Some((id, offer)) = self.live_offer(agent) {
            self.guard.subject = Some(id);
            self.fail_offer(id, offer, OfferEnd::Declined, Some(PresenceCause::OfferDeclined));
        } else if let Some((id, _)) = self.supervision_of(agent) {
            self.guard.subject = Some(id);
            self.end_supervision(id, agent, SupervisionEnd::Stopped);
            self.send_room(id);
        }
        let at_work = self.desks.get(&agent).is_some_and(|desk| desk.work.is_some());
        if at_work { Err(Refusal::WorkInHand) } else { Ok(()) }
    }
}
