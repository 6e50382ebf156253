//! Conversations: everything that begins ends once, in an order that makes sense.

use domain::room::PortRole;
use domain::{AgentId, ConversationId, Event, HandlingId, OfferEnd, RouteReason, Utc};

use super::transfers::Member;
use super::{Conversation, DEADLINE, Due, I1, I2, I5, I6, Model, ORDER, Place, SCREENED, Verdict, Work, hold, later};

impl Model {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the rest is sorted by subject below")]
    pub(super) fn conversation_event(&mut self, id: ConversationId, event: &Event, at: Utc) -> Verdict {
        self.messages.event(id, event);
        match event {
            Event::ConversationStarted { from, .. } => {
                let started = Conversation { from: Some(*from), ..Conversation::default() };
                let before = self.conversations.insert(id, started);
                let fresh = before.is_none() && !self.ended.contains(&id);
                return hold(I6, fresh, || format!("{id} starts twice"));
            }
            Event::ConversationEnded { .. } => return self.ends(id),
            Event::LegRated { leg, .. } => {
                return hold(ORDER, self.unrated.remove(&(id, *leg)), || format!("{event:?}"));
            }
            // What becomes of a recording is told when it is known, however long after.
            Event::RecordingGap { .. }
            | Event::RecordingSealed { .. }
            | Event::RecordingFailed { .. }
            | Event::RecordingErased { .. } => return Ok(()),
            Event::VoicemailLeft { segment, task, recording, length, .. } => {
                let (owed, fresh) = self.messages.write(*task, *recording);
                let live = self.conversations.get(&id).and_then(|conversation| conversation.node);
                let in_its_place = owed || live.is_some_and(|(of, _)| of == *segment);
                let legal = in_its_place && fresh && *length >= engine::MESSAGE_MIN;
                return hold(ORDER, legal, || format!("{event:?}"));
            }
            _ => {}
        }
        if !self.conversations.contains_key(&id) {
            return Err((I6, format!("{event:?} of a conversation that is not live")));
        }
        match event {
            Event::Queued { .. } | Event::LeftQueue { .. } => self.queue_event(id, event, at),
            Event::PlaceKept { .. } | Event::PlaceResumed { .. } => self.kept_event(id, event, at),
            Event::AgentOffered { .. } | Event::OfferEnded { .. } => self.offer_event(id, event, at),
            Event::HandlingStarted { .. }
            | Event::HandlingHeld { .. }
            | Event::HandlingResumed { .. }
            | Event::HandlingMuted { .. }
            | Event::HandlingEnded { .. }
            | Event::WrapUpStarted { .. }
            | Event::WrapUpFinished { .. }
            | Event::HandlingDisposed { .. } => self.handling_event(id, event, at),
            Event::TransferStarted { .. }
            | Event::TransferJoined { .. }
            | Event::TransferEnded { .. }
            | Event::ConferenceChanged { .. } => self.transfer_event(id, event, at),
            Event::Screened { screening, .. } => self.screened(id, *screening),
            Event::LegJoined { leg, .. } if self.barred.contains(leg) => {
                Err((SCREENED, format!("{event:?} of a caller who is kept out")))
            }
            Event::Supervised { agent, what, .. } => self.supervision_event(id, *agent, *what, at),
            _ => self.leg_or_flow_event(id, event),
        }
    }

    fn ends(&mut self, id: ConversationId) -> Verdict {
        let Some(left) = self.conversations.remove(&id) else {
            return Err((I6, format!("{id} ends and is not live")));
        };
        self.ended.insert(id);
        let closed = left.legs.is_empty() && left.node.is_none() && left.place.is_none() && left.offer.is_none();
        let closed = closed && left.transfer.is_none() && left.members.is_empty() && left.leaving.is_none();
        let done = closed
            && left.talk.is_none()
            && left.colleague.is_none()
            && left.wraps.is_empty()
            && left.supervisors.is_empty();
        hold(I6, done, || format!("{id} ends with something open: {left:?}"))
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the events have already been sorted by subject")]
    fn leg_or_flow_event(&mut self, id: ConversationId, event: &Event) -> Verdict {
        let conversation = self.conversations.entry(id).or_default();
        let legal = match event {
            Event::LegJoined { leg, role: PortRole::Outside, agent, .. } => {
                let one = conversation.outside.replace(*leg).is_none();
                conversation.legs.insert(*leg, *agent).is_none() && one && conversation.calls_outside()
            }
            Event::LegJoined { leg, agent, .. } => conversation.legs.insert(*leg, *agent).is_none(),
            Event::LegLeft { leg, quality, .. } => {
                if quality.is_none() {
                    self.unrated.insert((id, *leg));
                }
                conversation.outside.take_if(|outside| *outside == *leg);
                conversation.members.values_mut().for_each(|member| {
                    member.outside.take_if(|outside| *outside == *leg);
                });
                conversation.legs.remove(leg).is_some()
            }
            Event::LegAnswered { leg, .. }
            | Event::EarlyMediaStarted { leg, .. }
            | Event::PeerHeld { leg, .. }
            | Event::LegDegraded { leg, .. } => conversation.legs.contains_key(leg),
            Event::FlowNodeEntered { segment, node, .. } => {
                let free =
                    conversation.place.is_none() && conversation.talk.is_none() && conversation.outside.is_none();
                conversation.node.replace((*segment, *node)).is_none() && free
            }
            Event::HoursChecked { segment, node, .. } => conversation.node == Some((*segment, *node)),
            Event::FlowNodeLeft { segment, node, .. } => conversation.node.take() == Some((*segment, *node)),
            Event::VipRecognised { .. } => !std::mem::replace(&mut conversation.is_vip, true),
            _ => true,
        };
        hold(ORDER, legal, || format!("{event:?}"))
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the events have already been sorted by subject")]
    fn queue_event(&mut self, id: ConversationId, event: &Event, at: Utc) -> Verdict {
        let conversation = self.conversations.entry(id).or_default();
        match event {
            Event::Queued { segment, queue, front, .. } => {
                let free = conversation.node.is_none()
                    && conversation.talk.is_none()
                    && conversation.offer.is_none()
                    && conversation.outside.is_none();
                let place = match conversation.last.filter(|_| *front) {
                    Some(last) => last,
                    None => Place { queue: *queue, segment: *segment, enqueued: at, is_behind: !conversation.is_vip },
                };
                let same = (place.queue, place.segment) == (*queue, *segment);
                let fresh = *front || self.segments.insert(*segment);
                (conversation.place, conversation.last) = (Some(place), Some(place));
                if !front && !conversation.earlier.is_empty() {
                    self.claims.insert(id);
                }
                self.waiting.entry(*queue).or_default().insert((place.is_behind, place.enqueued, place.segment, id));
                hold(ORDER, free && same && fresh, || format!("{event:?}"))
            }
            Event::LeftQueue { segment, queue, .. } => {
                let was = conversation.place.take();
                let rings = conversation.offer;
                if let Some(place) = was {
                    self.waiting.entry(place.queue).or_default().remove(&(
                        place.is_behind,
                        place.enqueued,
                        place.segment,
                        id,
                    ));
                }
                hold(I1, rings.is_none(), || format!("{id} leaves its queue while {rings:?} still rings"))?;
                let same = was.is_some_and(|place| (place.queue, place.segment) == (*queue, *segment));
                hold(ORDER, same, || format!("{event:?}"))
            }
            _ => Ok(()),
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the events have already been sorted by subject")]
    fn offer_event(&mut self, id: ConversationId, event: &Event, at: Utc) -> Verdict {
        match event {
            Event::AgentOffered { offer, agent, reason, eligible, idle, ring_timeout, .. } => {
                match reason {
                    RouteReason::Transferred
                    | RouteReason::Returned
                    | RouteReason::Consulted
                    | RouteReason::CameBack
                    | RouteReason::PickedUp => self.judge_transfer(id, *agent, *reason)?,
                    RouteReason::Assigned => {
                        let waits = self.conversations.get(&id).is_some_and(|known| known.place.is_some());
                        hold(ORDER, waits, || format!("{id} is given to {agent} and does not wait"))?;
                    }
                    RouteReason::OnlyEligible | RouteReason::LongestIdle if self.replaying => {}
                    RouteReason::OnlyEligible | RouteReason::LongestIdle => {
                        self.judge_offer(id, *agent, *eligible, *idle, at)?;
                    }
                }
                let before = self.work_begins(*agent, Work::Rings(*offer));
                hold(I1, before.is_none(), || format!("{agent} rings and has {before:?}"))?;
                self.set_due(Due::Ring(*offer), later(at, *ring_timeout));
                let conversation = self.conversations.entry(id).or_default();
                if let Some(place) = conversation.place {
                    self.waiting.entry(place.queue).or_default().remove(&(
                        place.is_behind,
                        place.enqueued,
                        place.segment,
                        id,
                    ));
                }
                let one = conversation.offer.replace((*offer, *agent)).is_none();
                hold(I5, one, || format!("{id} rings twice"))
            }
            Event::OfferEnded { offer, agent, end, .. } => {
                let due = self.due_at.get(&Due::Ring(*offer)).copied();
                self.clear_due(Due::Ring(*offer));
                let conversation = self.conversations.entry(id).or_default();
                let same = conversation.offer.take() == Some((*offer, *agent));
                let rang = self.work_ends(*agent, Work::Rings(*offer));
                hold(ORDER, same && rang, || format!("{event:?}"))?;
                let early = *end == OfferEnd::Unanswered && due.is_some_and(|due| at < due);
                hold(DEADLINE, !early, || format!("{event:?} before its time"))
            }
            _ => Ok(()),
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the events have already been sorted by subject")]
    fn handling_event(&mut self, id: ConversationId, event: &Event, at: Utc) -> Verdict {
        let conversation = self.conversations.entry(id).or_default();
        match event {
            Event::HandlingStarted { handling, agent, .. } => {
                if conversation.asks(*agent) {
                    let second = conversation.colleague.replace((*handling, *agent));
                    hold(I2, second.is_none(), || format!("{id}: {agent} is asked beside {second:?}"))?;
                } else {
                    let before = conversation.talk.replace((*handling, *agent, false));
                    hold(I2, before.is_none(), || format!("{id} talks to {agent} and to {before:?}"))?;
                }
                let free = conversation.place.is_none() && conversation.offer.is_none();
                hold(ORDER, free, || format!("{event:?} of a customer who waits"))?;
                let alone = conversation.outside.is_none();
                hold(I2, alone, || format!("{event:?} of a customer who is with {:?}", conversation.outside))?;
                let busy = self.work_begins(*agent, Work::Talks(*handling));
                hold(I1, busy.is_none(), || format!("{agent} talks and has {busy:?}"))
            }
            // Whoever asks a colleague has the customer on hold already when the phone turns out to be away.
            Event::HandlingHeld { handling, agent, device_lost: true, .. }
                if conversation.talk == Some((*handling, *agent, true)) =>
            {
                Ok(())
            }
            Event::HandlingHeld { handling, agent, .. } => self.turns(id, *handling, *agent, false, event),
            Event::HandlingResumed { handling, agent, .. } => self.turns(id, *handling, *agent, true, event),
            Event::HandlingMuted { handling, .. } => {
                let same = conversation.talk.is_some_and(|(talk, ..)| talk == *handling);
                let asked = conversation.colleague.is_some_and(|(asked, _)| asked == *handling);
                let takes_part = |member: &Member| member.colleague.is_some_and(|(asked, _)| asked == *handling);
                let asked = asked || conversation.members.values().any(takes_part);
                hold(ORDER, same || asked, || format!("{event:?}"))
            }
            Event::HandlingEnded { handling, agent, .. } => {
                let same = conversation.part_ends(*handling, *agent);
                let talked = self.work_ends(*agent, Work::Talks(*handling));
                self.idle_from(*agent, at);
                hold(ORDER, same && talked, || format!("{event:?}"))
            }
            Event::WrapUpStarted { handling, agent, limit, .. } => {
                let fresh = conversation.wraps.insert(*handling, *agent).is_none();
                self.set_due(Due::WrapUp(*handling), later(at, *limit));
                let busy = self.work_begins(*agent, Work::WrapsUp(*handling));
                hold(ORDER, fresh, || format!("{event:?} twice"))?;
                hold(I1, busy.is_none(), || format!("{agent} wraps up and has {busy:?}"))
            }
            Event::WrapUpFinished { handling, agent, .. } => {
                let same = conversation.wraps.remove(handling) == Some(*agent);
                self.clear_due(Due::WrapUp(*handling));
                let wrapped = self.work_ends(*agent, Work::WrapsUp(*handling));
                self.idle_from(*agent, at);
                hold(ORDER, same && wrapped, || format!("{event:?}"))
            }
            _ => Ok(()),
        }
    }

    /// Hold and talk take turns.
    fn turns(&mut self, id: ConversationId, handling: HandlingId, agent: AgentId, was: bool, event: &Event) -> Verdict {
        let conversation = self.conversations.entry(id).or_default();
        let legal = conversation.talk == Some((handling, agent, was));
        if let Some(talk) = &mut conversation.talk {
            talk.2 = !was;
        }
        hold(ORDER, legal, || format!("{event:?}"))
    }
}
