//! Who should have been offered whom: by looking at everybody.

use std::time::Duration;

use domain::{AgentId, ConversationId, QueueId, SegmentId, Utc};

use super::{Agent, ELIGIBLE, I1, I4, I5, LONGEST_IDLE, Model, Presence, Verdict, hold};

impl Model {
    fn serves(&self, agent: &Agent, queue: QueueId) -> bool {
        let skills = self.queues.get(&queue);
        agent.queues.contains(&queue) && skills.is_some_and(|skills| skills.is_subset(&agent.skills))
    }

    fn is_idle(agent: &Agent) -> bool {
        let available = agent.presence == Presence::Ready && agent.phone.is_some() && agent.absent_since.is_none();
        available && agent.work.is_none()
    }

    /// Judges an offer at the moment it is made; nothing of it has been noted yet.
    pub(super) fn judge_offer(
        &self,
        id: ConversationId,
        agent: AgentId,
        eligible: u32,
        idle: Duration,
        at: Utc,
    ) -> Verdict {
        let Some(place) = self.conversations.get(&id).and_then(|conversation| conversation.place) else {
            return Err((I5, format!("{id} is offered and waits nowhere")));
        };
        let Some(chosen) = self.agents.get(&agent) else {
            return Err((ELIGIBLE, format!("{agent} is nobody")));
        };
        hold(I1, chosen.work.is_none(), || format!("{agent} is offered {id} and has {:?}", chosen.work))?;
        let able = self.serves(chosen, place.queue) && Model::is_idle(chosen);
        hold(ELIGIBLE, able, || format!("{agent} is offered {id}: {chosen:?}"))?;
        self.judge_turn(id, chosen, (place.is_behind, place.enqueued, place.segment), place.queue)?;
        let idle_ones =
            self.agents.iter().filter(|(_, other)| Model::is_idle(other) && self.serves(other, place.queue));
        let order: Vec<(Utc, AgentId)> = idle_ones.map(|(id, other)| (other.idle_since, *id)).collect();
        let longest = order.iter().min().copied();
        hold(LONGEST_IDLE, longest == Some((chosen.idle_since, agent)), || {
            format!("{agent}, idle since {:?}, is offered; {longest:?} is idle longest", chosen.idle_since)
        })?;
        let figures = order.len() as u32 == eligible && at.since(chosen.idle_since) == idle;
        hold(LONGEST_IDLE, figures, || {
            format!("{agent}: {} eligible, the event says {eligible}, {idle:?}", order.len())
        })
    }

    /// Nobody the chosen agent could serve goes before, or has waited longer.
    fn judge_turn(&self, id: ConversationId, chosen: &Agent, own: (bool, Utc, SegmentId), queue: QueueId) -> Verdict {
        for (other, waiting) in &self.waiting {
            if *other != queue && !self.serves(chosen, *other) {
                continue;
            }
            if let Some((is_behind, since, segment, first)) = waiting.first() {
                let turn = own <= (*is_behind, *since, *segment);
                hold(I5, turn, || format!("{id} is offered before {first}, who waits since {since:?} in {other}"))?;
            }
        }
        Ok(())
    }

    pub(super) fn work_is_conserved(&self, at: Utc) -> Verdict {
        for (queue, waiting) in &self.waiting {
            let Some((_, since, _, first)) = waiting.first() else { continue };
            let idle = self.agents.iter().find(|(_, agent)| Model::is_idle(agent) && self.serves(agent, *queue));
            if let Some((agent, _)) = idle {
                let wait = at.since(*since);
                return Err((I4, format!("{first} waits in {queue} for {wait:?} while {agent} is idle and eligible")));
            }
        }
        Ok(())
    }
}
