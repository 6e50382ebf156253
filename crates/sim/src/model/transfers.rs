//! Transfers: one at a time, out of a talk, to the colleague who was named; nobody but the sender is rung when it fails.

use domain::{AgentId, ConversationId, Event, RouteReason, TransferEnd, TransferId, TransferTarget};

use super::{I1, I6, Model, ORDER, Verdict, hold};

/// A transfer under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Transfer {
    id: TransferId,
    /// The colleague, when it is to one.
    to: Option<AgentId>,
}

impl Model {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the events have already been sorted by subject")]
    pub(super) fn transfer_event(&mut self, id: ConversationId, event: &Event) -> Verdict {
        let conversation = self.conversations.entry(id).or_default();
        match event {
            Event::TransferStarted { transfer, handling, agent, target, .. } => {
                let talks = conversation.talk.is_some_and(|(talk, of, _)| (talk, of) == (*handling, *agent));
                let to = match target {
                    TransferTarget::Agent(to) => Some(*to),
                    TransferTarget::Queue(_) | TransferTarget::Flow(_) => None,
                };
                let first = conversation.transfer.replace(Transfer { id: *transfer, to }).is_none();
                conversation.sender = Some(*agent);
                hold(ORDER, talks && first && to != Some(*agent), || format!("{event:?}"))
            }
            Event::TransferEnded { transfer, end, .. } => {
                let was = conversation.transfer.take();
                let same = was.is_some_and(|was| was.id == *transfer);
                // A colleague takes the customer only by accepting, which ends the offer first.
                let rings = conversation.offer.is_some();
                hold(I6, same && !rings, || format!("{event:?} of {was:?}"))?;
                let at_a_desk = was.is_some_and(|was| was.to.is_some());
                hold(ORDER, at_a_desk || !matches!(end, TransferEnd::Declined | TransferEnd::NoAnswer), || {
                    format!("{event:?}, and no desk rang")
                })
            }
            _ => Ok(()),
        }
    }

    /// Judges whom a customer who is handed over is offered to.
    pub(super) fn judge_transfer(&self, id: ConversationId, agent: AgentId, reason: RouteReason) -> Verdict {
        let Some(conversation) = self.conversations.get(&id) else { return Ok(()) };
        let meant = match reason {
            RouteReason::Returned => conversation.transfer.is_none() && conversation.sender == Some(agent),
            RouteReason::Transferred | RouteReason::OnlyEligible | RouteReason::LongestIdle => {
                conversation.transfer.is_some_and(|transfer| transfer.to == Some(agent))
            }
        };
        let free = conversation.talk.is_none() && conversation.place.is_none() && conversation.node.is_none();
        hold(ORDER, meant && free, || format!("{id} is handed to {agent}: {conversation:?}"))?;
        let work = self.agents.get(&agent).and_then(|agent| agent.work);
        hold(I1, work.is_none(), || format!("{agent} is handed {id} and has {work:?}"))
    }
}
