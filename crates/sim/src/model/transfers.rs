//! Transfers: one at a time, out of a talk, to the colleague who was named; nobody but the sender is rung when it fails. In a consult the
//! customer stays with the agent who asked until the colleague has them.

use domain::input::PARK_MAX;
use domain::room::{PortId, PortRole, RoomPlan};
use domain::{
    AgentId, ConferenceChange, ConversationId, Event, HandlingId, LegId, RouteReason, TransferEnd, TransferId,
    TransferKind, TransferTarget, Utc,
};

use super::{Conversation, DEADLINE, Due, I1, I2, I6, Model, ORDER, Verdict, hold, later};

/// A transfer under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Transfer {
    id: TransferId,
    kind: TransferKind,
    /// The colleague, when it is to one.
    to: Option<AgentId>,
    /// It is to somebody outside.
    outside: bool,
}

/// Somebody in a conference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) colleague: Option<(HandlingId, AgentId)>,
    pub(super) outside: Option<LegId>,
}

impl Conversation {
    /// Whether this agent is being asked about the customer.
    pub(super) fn asks(&self, agent: AgentId) -> bool {
        let is_asked = |kind| matches!(kind, TransferKind::Consult | TransferKind::Conference);
        let consult = self.transfer.filter(|transfer| is_asked(transfer.kind));
        self.talk.is_some() && consult.is_some_and(|consult| consult.to == Some(agent))
    }

    /// An agent hands the customer over, or asks somebody.
    fn sends(&mut self, agent: AgentId, target: TransferTarget) {
        self.sender = Some(agent);
        if matches!(target, TransferTarget::Queue(_)) {
            self.queued_by = Some(agent);
        }
    }

    /// Whether somebody is called outside for the customer.
    pub(super) fn calls_outside(&self) -> bool {
        self.transfer.is_some_and(|transfer| transfer.outside)
    }

    /// An agent's part ends; it must have been one.
    pub(super) fn part_ends(&mut self, handling: HandlingId, agent: AgentId) -> bool {
        if self.colleague == Some((handling, agent)) {
            self.colleague = None;
            return true;
        }
        if let Some(member) = self.members.values_mut().find(|member| member.colleague == Some((handling, agent))) {
            member.colleague = None;
            return true;
        }
        // Who leaves a conference says so first.
        if self.leaving.take_if(|leaving| *leaving == (handling, agent)).is_some() {
            return true;
        }
        self.talk.take().is_some_and(|(talk, of, _)| (talk, of) == (handling, agent))
    }
}

impl Model {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the events have already been sorted by subject")]
    pub(super) fn transfer_event(&mut self, id: ConversationId, event: &Event, at: Utc) -> Verdict {
        let conversation = self.conversations.entry(id).or_default();
        match event {
            Event::TransferStarted { transfer, kind, handling, agent, target, .. } => {
                let talks = conversation.talk.is_some_and(|(talk, of, _)| (talk, of) == (*handling, *agent));
                let to = match target {
                    TransferTarget::Agent(to) => Some(*to),
                    TransferTarget::Queue(_)
                    | TransferTarget::Flow(_)
                    | TransferTarget::Park
                    | TransferTarget::Outside(_) => None,
                };
                let outside = matches!(target, TransferTarget::Outside(_));
                let (kind, new) = (*kind, Transfer { id: *transfer, kind: *kind, to, outside });
                let first = conversation.transfer.replace(new).is_none();
                conversation.sends(*agent, *target);
                let fits = match kind {
                    TransferKind::Blind => *target != TransferTarget::Park,
                    TransferKind::Loan => matches!(target, TransferTarget::Flow(_)),
                    TransferKind::Consult | TransferKind::Conference => to.is_some() || outside,
                    TransferKind::Park => *target == TransferTarget::Park,
                };
                if kind == TransferKind::Park {
                    self.set_due(Due::Park(id), later(at, PARK_MAX));
                }
                hold(ORDER, talks && first && to != Some(*agent) && fits, || format!("{event:?}"))
            }
            Event::TransferJoined { transfer, .. } => {
                let same = conversation.transfer.is_some_and(|was| was.id == *transfer);
                let talk = conversation.talk.is_some_and(|(.., held)| !held);
                let asked = conversation.colleague.is_some() || conversation.outside.is_some();
                hold(ORDER, same && talk && asked, || format!("{event:?}: {conversation:?}"))
            }
            Event::TransferEnded { transfer, end, .. } => {
                let was = conversation.transfer.take();
                let same = was.is_some_and(|was| was.id == *transfer);
                // A colleague takes the customer only by accepting, which ends the offer first.
                let rings = conversation.offer.is_some();
                hold(I6, same && !rings, || format!("{event:?} of {was:?}"))?;
                if *end == TransferEnd::Conferenced {
                    return conferenced(conversation, *transfer, event);
                }
                if was.is_some_and(|was| matches!(was.kind, TransferKind::Consult | TransferKind::Conference)) {
                    return consult_ended(conversation, *end, event);
                }
                if was.is_some_and(|was| was.kind == TransferKind::Park) {
                    let due = self.due_at.get(&Due::Park(id)).copied();
                    self.clear_due(Due::Park(id));
                    let early = *end == TransferEnd::NoAnswer && due.is_none_or(|due| at < due);
                    return hold(DEADLINE, !early, || format!("{event:?} before its time"));
                }
                if was.is_some_and(|was| was.kind == TransferKind::Loan) {
                    let out = conversation.node.is_none() && conversation.place.is_none();
                    return hold(ORDER, out && conversation.talk.is_none(), || format!("{event:?}: {conversation:?}"));
                }
                if was.is_some_and(|was| was.outside) {
                    // A start may find the answer on the disk without what it led to.
                    let torn_off = *end == TransferEnd::NodeRestarted;
                    let there = conversation.outside.is_some() == (*end == TransferEnd::Completed);
                    return hold(ORDER, there || torn_off, || {
                        format!("{event:?} with {:?} outside", conversation.outside)
                    });
                }
                let at_a_desk = was.is_some_and(|was| was.to.is_some());
                hold(ORDER, at_a_desk || !matches!(end, TransferEnd::Declined | TransferEnd::NoAnswer), || {
                    format!("{event:?}, and no desk rang")
                })
            }
            Event::ConferenceChanged { transfer, what, .. } => {
                conference_changed(conversation, *transfer, *what, event)
            }
            _ => Ok(()),
        }
    }

    /// Judges a room: a second agent is in it only while they are asked, or take part in a conference.
    pub(crate) fn judge_room(&self, plan: &RoomPlan) -> Verdict {
        let leg_of = |port: &domain::room::Port| match port.id {
            PortId::Leg(leg) => Some(leg),
            PortId::Play(_) => None,
        };
        let of = |role: PortRole| plan.ports.iter().filter(move |port| port.role == role);
        let (agents, outside) = (of(PortRole::Agent).count(), of(PortRole::Outside).count());
        let customer = plan.ports.iter().find(|port| port.role == PortRole::Customer).and_then(leg_of);
        let conversation =
            self.conversations.values().find(|known| customer.is_some_and(|leg| known.legs.get(&leg) == Some(&None)));
        let asked = conversation.is_some_and(|known| known.colleague.is_some() && known.talk.is_some());
        // In the room before the answer: the agent hears what the far side sends.
        let called = conversation.is_some_and(|known| known.outside.is_some() || known.calls_outside());
        let up = |leg: LegId| {
            conversation.is_some_and(|known| {
                known.outside == Some(leg) || known.members.values().any(|member| member.outside == Some(leg))
            })
        };
        let is_told = |port: &domain::room::Port| {
            !leg_of(port).is_some_and(up) && plan.hears.iter().any(|hear| hear.to == port.id)
        };
        let told = of(PortRole::Outside).any(is_told);
        let members = conversation.map(|known| &known.members);
        let count = |is: fn(&Member) -> bool| members.map_or(0, |all| all.values().filter(|member| is(member)).count());
        let (colleagues, others) =
            (count(|member| member.colleague.is_some()), count(|member| member.outside.is_some()));
        let more = agents <= 1 + usize::from(asked) + colleagues && outside <= usize::from(called) + others;
        let few = (agents <= 1 || asked) && (outside == 0 || (outside == 1 && called && agents <= 1));
        let legal = if colleagues + others > 0 { more } else { few };
        hold(I2, !told, || format!("{plan:?} lets somebody hear who has not answered"))?;
        hold(I2, legal, || format!("{plan:?} of {conversation:?}"))
    }

    /// Judges whom a customer who is handed over is offered to.
    pub(super) fn judge_transfer(&self, id: ConversationId, agent: AgentId, reason: RouteReason) -> Verdict {
        let Some(conversation) = self.conversations.get(&id) else { return Ok(()) };
        let asked = conversation.transfer.filter(|transfer| transfer.to == Some(agent)).map(|transfer| transfer.kind);
        let meant = match reason {
            RouteReason::Returned | RouteReason::CameBack => {
                // Out of a queue to whoever put them there, who need not be the last who tried to hand them on.
                let senders = [conversation.sender, conversation.queued_by];
                conversation.transfer.is_none() && senders.contains(&Some(agent))
            }
            RouteReason::Consulted => {
                matches!(asked, Some(TransferKind::Consult | TransferKind::Conference))
            }
            RouteReason::PickedUp => conversation.transfer.is_some_and(|known| known.kind == TransferKind::Park),
            RouteReason::Transferred | RouteReason::OnlyEligible | RouteReason::LongestIdle | RouteReason::Assigned => {
                asked == Some(TransferKind::Blind)
            }
        };
        let alone = match reason {
            // Whoever takes part at once is rung while the others talk.
            RouteReason::Consulted if asked == Some(TransferKind::Conference) => conversation.talk.is_some(),
            // The customer hears music while it rings.
            RouteReason::Consulted => conversation.talk.is_some_and(|(.., held)| held),
            RouteReason::Returned
            | RouteReason::CameBack
            | RouteReason::Transferred
            | RouteReason::PickedUp
            | RouteReason::Assigned
            | RouteReason::OnlyEligible
            | RouteReason::LongestIdle => conversation.talk.is_none(),
        };
        let free = alone
            && conversation.outside.is_none()
            && conversation.colleague.is_none()
            && conversation.place.is_none()
            && conversation.node.is_none();
        hold(ORDER, meant && free, || format!("{id} is handed to {agent}: {conversation:?}"))?;
        let work = self.agents.get(&agent).and_then(|agent| agent.work);
        hold(I1, work.is_none(), || format!("{agent} is handed {id} and has {work:?}"))
    }
}

/// One agent at most has the customer when a consult is over: whoever was asked exactly when they took over.
fn consult_ended(conversation: &mut Conversation, end: TransferEnd, event: &Event) -> Verdict {
    let takes_over = matches!(end, TransferEnd::Completed | TransferEnd::AgentLost);
    let colleague = conversation.colleague.take();
    // What is torn off is closed in another order.
    let torn_off = matches!(end, TransferEnd::Failed | TransferEnd::NodeRestarted);
    let outside = conversation.outside.is_some() && !torn_off;
    let legal = (colleague.is_some() || outside) == takes_over && (conversation.talk.is_none() || !takes_over);
    if let Some((handling, agent)) = colleague {
        conversation.talk = Some((handling, agent, false));
    }
    hold(ORDER, legal, || format!("{event:?} with {colleague:?} at {:?}", conversation.talk))
}

/// Whoever was asked or rung takes part from here on.
fn conferenced(conversation: &mut Conversation, transfer: TransferId, event: &Event) -> Verdict {
    let member = Member { colleague: conversation.colleague.take(), outside: conversation.outside.take() };
    let one = member.colleague.is_some() != member.outside.is_some();
    conversation.members.insert(transfer, member);
    let few = conversation.members.len() + 2 <= engine::TALKERS_MAX;
    hold(ORDER, one && few, || format!("{event:?} of {member:?}: {conversation:?}"))
}

fn conference_changed(
    conversation: &mut Conversation,
    transfer: TransferId,
    what: ConferenceChange,
    event: &Event,
) -> Verdict {
    let known = conversation.members.get(&transfer).copied();
    let legal = match what {
        ConferenceChange::Muted | ConferenceChange::Unmuted => true,
        ConferenceChange::Left { .. } => {
            conversation.members.remove(&transfer);
            conversation.leaving = known.and_then(|member| member.colleague);
            true
        }
        ConferenceChange::Leads => {
            conversation.members.remove(&transfer);
            let alone = conversation.talk.is_none();
            let talk = known.and_then(|member| member.colleague);
            conversation.talk = talk.map(|(handling, agent)| (handling, agent, false));
            conversation.outside = known.and_then(|member| member.outside);
            alone && (talk.is_some() || conversation.members.is_empty())
        }
    };
    hold(ORDER, known.is_some() && legal, || format!("{event:?}: {conversation:?}"))
}
