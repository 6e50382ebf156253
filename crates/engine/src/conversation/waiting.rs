//! A customer in a queue: joining, coming back to the front, music, and the end of patience of the queue itself.

use domain::{Cause, ConversationId, EndReason, EndedBy, Event, KeySet, LeaveReason, QueueId, SegmentId, WaitReason};
use routing::WorkItem;

use super::{Back, CustomerStage, End, Offer, Place, Source};
use crate::floor::Floor;
use crate::flow::Lead;
use crate::limits::WAITING_PER_QUEUE_MAX;
use crate::rooms::{Scene, music_key, speech_keys};
use crate::timers::Timer;

/// Why a customer cannot join a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CannotJoin {
    /// There is no such queue.
    NoSuchQueue,
    /// As many wait as may.
    Full,
}

impl Floor {
    pub(crate) fn can_join_queue(&self, queue: QueueId) -> Result<(), CannotJoin> {
        if !self.router.has_queue(queue) {
            Err(CannotJoin::NoSuchQueue)
        } else if self.router.waiting_count(queue) >= self.waiting_max(queue) {
            Err(CannotJoin::Full)
        } else {
            Ok(())
        }
    }

    fn waiting_max(&self, queue: QueueId) -> usize {
        let own = self.catalog.queue(queue).and_then(|queue| queue.waiting_max);
        own.and_then(|max| usize::try_from(max).ok())
            .map_or(WAITING_PER_QUEUE_MAX, |max| max.min(WAITING_PER_QUEUE_MAX))
    }

    /// Lets a customer wait. `can_join_queue` has been asked.
    pub(crate) fn join_queue(&mut self, id: ConversationId, queue: QueueId, back: Back) {
        let Some(settings) = self.catalog.queue(queue).cloned() else { return };
        let segment: SegmentId = self.mint();
        let wait_until = settings.wait_max.map(|limit| self.now.mono + limit);
        let place = Place { segment, queue, enqueued: self.now.mono, wait_until, back };
        let kept = self.kept_place_of(id, queue);
        let place = kept.map_or(place.clone(), |(_, kept)| place.resume(kept));
        self.keep_in_queue(id, queue);
        if settings.entry_sounds.is_empty() {
            self.play_queue_music(id, queue);
        } else {
            let sounds = speech_keys(&settings.entry_sounds, self.language_of(id));
            self.play(id, sounds, false, KeySet::NONE);
        }
        self.wait(id, place, false);
        if let Some((before, kept)) = kept {
            self.emit_place_resumed(id, segment, before, kept);
        }
    }

    /// Puts a customer back where they were before an offer or a talk that came to nothing. The place keeps its enqueue time,
    /// which puts it in front of everybody who came later.
    pub(crate) fn return_to_front(&mut self, id: ConversationId, place: Place) {
        if !self.router.has_queue(place.queue) {
            let queued =
                Event::Queued { conversation: id, segment: place.segment, queue: place.queue, front: true, wait: None };
            self.emit(queued);
            self.set_stage(id, CustomerStage::Waiting(place));
            return self.fail_customer(id, EndReason::FlowFailed);
        }
        self.wait(id, place, true);
    }

    fn wait(&mut self, id: ConversationId, place: Place, front: bool) {
        let (segment, queue) = (place.segment, place.queue);
        self.line_up(id, &place);
        let wait: Option<WaitReason> = self.router.wait_reason(segment);
        self.set_stage(id, CustomerStage::Waiting(place));
        self.emit(Event::Queued { conversation: id, segment, queue, front, wait });
    }

    /// Puts a place into the order of service.
    pub(super) fn line_up(&mut self, id: ConversationId, place: &Place) {
        let Place { segment, queue, enqueued, wait_until, ref back } = *place;
        let priority = self.conversations.get(&id).map_or(0, |conversation| u8::from(conversation.is_vip));
        self.router.enqueue(WorkItem { id: segment, queue, priority, enqueued, skills: Vec::new() });
        self.index.segments.insert(segment, id);
        if let Some(until) = wait_until {
            self.timers.set(Timer::QueueWait(id), until);
        }
        if let Back::Sender(_) = back {
            self.index.sent.insert(id);
            self.index.sent_seen = None;
        }
    }

    /// Takes a place out of the routing indexes; the customer is in no queue afterwards.
    pub(crate) fn give_up_place(&mut self, id: ConversationId, place: &Place, reason: LeaveReason) {
        self.router.withdraw(place.segment);
        self.index.segments.remove(&place.segment);
        self.timers.cancel(Timer::QueueWait(id));
        self.emit(Event::LeftQueue { conversation: id, segment: place.segment, queue: place.queue, reason });
    }

    pub(crate) fn queue_play_ended(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get(&id) else { return };
        let queue = match &conversation.stage {
            CustomerStage::Waiting(place) => place.queue,
            CustomerStage::Ringing(Offer { source: Source::Queue(place), .. }) => place.queue,
            // Music repeats; when it ends all the same its sound is broken.
            CustomerStage::Ringing(Offer { source: Source::Transfer(_) | Source::Consult, .. }) => return,
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Talking(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => return,
        };
        // Music repeats; when it ends all the same its sound is broken, and playing it again would spin.
        let is_entry = conversation.room.as_ref().and_then(|room| room.scene.play()).is_some_and(|play| !play.repeat);
        if is_entry {
            self.play_queue_music(id, queue);
        }
    }

    pub(crate) fn play_queue_music(&mut self, id: ConversationId, queue: QueueId) {
        match self.catalog.queue(queue).map(|queue| music_key(&queue.music)) {
            Some(music) => self.play(id, vec![music], true, KeySet::NONE),
            None => self.set_scene(id, Scene::Silence),
        }
    }

    pub(crate) fn queue_wait_over(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.get(&id) else { return };
        let CustomerStage::Waiting(place) = &conversation.stage else { return };
        let place = place.clone();
        self.guard.subject = Some(id);
        self.give_up_place(id, &place, LeaveReason::TimedOut);
        match place.back {
            Back::Flow(back) => self.enter_flow(id, back.flow, Some(back.node), Lead::waited(place.queue)),
            Back::Sender(sent) => self.back_to_sender(id, sent),
        }
    }

    /// A full queue is our limit, not the caller's fault.
    pub(crate) fn refuse_waiting(&mut self, id: ConversationId, why: CannotJoin) {
        match why {
            CannotJoin::NoSuchQueue => self.give_up_customer(id, EndReason::FlowFailed),
            CannotJoin::Full => {
                self.release_customer(id, End { by: EndedBy::System, reason: EndReason::Overload }, Cause::Overload);
            }
        }
    }
}
