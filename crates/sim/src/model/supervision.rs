//! Supervision: one at a time for each supervisor, only of somebody who talks; whoever does not barge in is not heard by the customer.

use domain::room::{PortId, PortRole, RoomPlan};
use domain::{AgentId, ConversationId, Supervision, SupervisionMode, Utc};

use super::{I1, I2, I6, Model, ORDER, Verdict, Work, hold};

impl Model {
    pub(super) fn supervision_event(
        &mut self,
        id: ConversationId,
        agent: AgentId,
        what: Supervision,
        at: Utc,
    ) -> Verdict {
        let conversation = self.conversations.entry(id).or_default();
        match what {
            Supervision::Began { target, mode } => {
                let talks = conversation.talk.is_some_and(|(_, of, _)| of == target);
                let asked = conversation.colleague.is_some_and(|(_, of)| of == target);
                let asked = asked
                    || conversation.members.values().any(|member| member.colleague.is_some_and(|(_, of)| of == target));
                let first = conversation.supervisors.insert(agent, mode).is_none();
                let busy = self.work_begins(agent, Work::Supervises(id));
                hold(ORDER, first && (talks || asked), || format!("{agent} supervises {target}, who does not talk"))?;
                hold(I1, busy.is_none(), || format!("{agent} supervises and has {busy:?}"))
            }
            Supervision::Changed { mode } => {
                let before = conversation.supervisors.insert(agent, mode);
                hold(ORDER, before.is_some_and(|before| before != mode), || format!("{agent}: {before:?}, {mode:?}"))
            }
            Supervision::Ended { .. } => {
                let was = conversation.supervisors.remove(&agent).is_some();
                let supervised = self.work_ends(agent, Work::Supervises(id));
                self.idle_from(agent, at);
                hold(I6, was && supervised, || format!("{agent} supervises no more, and did not"))
            }
        }
    }

    /// Judges whom a customer hears: a supervisor only who has barged in.
    pub(crate) fn judge_ears(&self, plan: &RoomPlan) -> Verdict {
        let role_of = |id: PortId| plan.ports.iter().find(|port| port.id == id).map(|port| port.role);
        for hear in plan.hears.iter().filter(|hear| role_of(hear.to) == Some(PortRole::Customer)) {
            let (PortId::Leg(leg), Some(PortRole::Supervisor)) = (hear.from, role_of(hear.from)) else { continue };
            let barged = self.conversations.values().any(|known| {
                let who = known.legs.get(&leg).copied().flatten();
                who.and_then(|who| known.supervisors.get(&who)) == Some(&SupervisionMode::Barge)
            });
            hold(I2, barged, || format!("the customer hears {leg} in {plan:?}"))?;
        }
        Ok(())
    }
}
