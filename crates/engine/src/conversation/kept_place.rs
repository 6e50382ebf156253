//! The place of a customer whose line was lost, kept for a redial.
//!
//! The number is in no event, so the floor asks which of the kept parties stand for the caller's number. The answer may come before
//! the caller has joined the queue, while they wait, or while a desk rings.

use domain::{Command, ConversationId, Event, PartyId, QueueId, SegmentId};

use super::{CustomerStage, Offer, Place, Source};
use crate::floor::Floor;
use crate::limits::{PLACE_KEPT, PLACES_KEPT_MAX};
use crate::output::Ignored;
use crate::records::KeptPlace;

impl Place {
    /// The same place with the beginning of an earlier one. The limit on waiting is a fresh one, as after a lost agent.
    pub(super) fn resume(self, kept: KeptPlace) -> Place {
        Place { enqueued: kept.enqueued, ..self }
    }
}

impl Floor {
    /// Keeps the place a customer has just been torn out of.
    pub(crate) fn keep_place(&mut self, id: ConversationId, segment: SegmentId, queue: QueueId) {
        let now = self.now.mono;
        if self.records.kept.values().filter(|place| place.until > now).count() < PLACES_KEPT_MAX {
            self.emit(Event::PlaceKept { conversation: id, segment, queue, keep: PLACE_KEPT });
        }
    }

    /// Asks whether a caller is one of those whose place is kept.
    pub(super) fn ask_for_kept_places(&mut self, id: ConversationId, calling: &str) {
        let kept = self.records.kept.values().filter(|place| place.until > self.now.mono);
        let among: Vec<PartyId> = kept.map(|place| place.party).collect();
        if !among.is_empty() {
            self.command(Command::RecogniseCaller { conversation: id, calling: calling.to_owned(), among });
        }
    }

    pub(crate) fn caller_recognised(&mut self, id: ConversationId, parties: &[PartyId]) {
        let Some(conversation) = self.conversations.get_mut(&id) else {
            return self.ignore(Ignored::UnknownConversation);
        };
        self.guard.subject = Some(id);
        conversation.earlier = parties.to_vec();
        match conversation.stage.clone() {
            CustomerStage::Arriving | CustomerStage::InFlow(_) => {}
            CustomerStage::Waiting(place) => self.move_up(id, place),
            CustomerStage::Ringing(Offer { source: Source::Queue(place), id: offer, agent }) => {
                let Some((before, kept)) = self.kept_place_of(id, place.queue) else { return };
                let segment = place.segment;
                self.set_stage(id, CustomerStage::Ringing(place.resume(kept).offer(offer, agent)));
                self.emit_place_resumed(id, segment, before, kept);
            }
            CustomerStage::Ringing(Offer { source: Source::Transfer(_) | Source::Consult, .. })
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Talking(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => self.ignore(Ignored::Late),
        }
    }

    fn move_up(&mut self, id: ConversationId, place: Place) {
        let Some((before, kept)) = self.kept_place_of(id, place.queue) else { return };
        let segment = place.segment;
        let place = place.resume(kept);
        self.router.withdraw(segment);
        self.line_up(id, &place);
        self.set_stage(id, CustomerStage::Waiting(place));
        self.emit_place_resumed(id, segment, before, kept);
    }

    /// The longest-waiting place in this queue that was kept for the caller.
    pub(super) fn kept_place_of(&self, id: ConversationId, queue: QueueId) -> Option<(ConversationId, KeptPlace)> {
        let earlier = &self.conversations.get(&id)?.earlier;
        let kept =
            self.records.kept.iter().filter(|(_, place)| {
                place.queue == queue && place.until > self.now.mono && earlier.contains(&place.party)
            });
        #[cfg(feature = "defects")]
        let kept = kept.filter(|_| !self.has_defect(crate::floor::Defect::KeptPlaceForgotten));
        kept.map(|(before, place)| (*before, *place)).min_by_key(|(before, place)| (place.enqueued, *before))
    }

    pub(super) fn emit_place_resumed(
        &mut self,
        id: ConversationId,
        segment: SegmentId,
        before: ConversationId,
        kept: KeptPlace,
    ) {
        let waited = self.now.mono.since(kept.enqueued);
        self.emit(Event::PlaceResumed { conversation: id, segment, queue: kept.queue, before, waited });
    }
}
