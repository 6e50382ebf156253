//! Places of customers whose line was lost, and who has a claim to them.

use domain::{ConversationId, Event, PartyId, Utc};

use super::{KEPT, Model, Place, Verdict, hold, later};

/// A place that waits for its customer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    place: Place,
    party: Option<PartyId>,
    until: Utc,
}

impl Model {
    pub(super) fn recognised(&mut self, id: ConversationId, parties: &[PartyId]) {
        let Some(conversation) = self.conversations.get_mut(&id) else { return };
        conversation.earlier = parties.to_vec();
        if conversation.place.is_some() {
            self.claims.insert(id);
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the events have already been sorted by subject")]
    pub(super) fn kept_event(&mut self, id: ConversationId, event: &Event, at: Utc) -> Verdict {
        match event {
            Event::PlaceKept { segment, queue, keep, .. } => {
                let conversation = self.conversations.entry(id).or_default();
                let last = conversation.last.filter(|last| (last.segment, last.queue) == (*segment, *queue));
                let Some(place) = last.filter(|_| conversation.place.is_none()) else {
                    return Err((KEPT, format!("{event:?} of a place that was not just left")));
                };
                let kept = Kept { place, party: conversation.from, until: later(at, *keep) };
                self.kept.insert(id, kept);
                Ok(())
            }
            Event::PlaceResumed { segment, queue, before, waited, .. } => {
                let Some(kept) = self.kept.remove(before) else {
                    return Err((KEPT, format!("{event:?} of a place that is not kept")));
                };
                self.claims.remove(&id);
                let conversation = self.conversations.entry(id).or_default();
                let Some(own) = conversation.place.filter(|own| own.segment == *segment) else {
                    return Err((KEPT, format!("{event:?} of a customer who does not wait there")));
                };
                let place = Place { enqueued: kept.place.enqueued, ..own };
                (conversation.place, conversation.last) = (Some(place), Some(place));
                if conversation.offer.is_none() {
                    let waiting = self.waiting.entry(own.queue).or_default();
                    waiting.remove(&(own.is_behind, own.enqueued, own.segment, id));
                    waiting.insert((place.is_behind, place.enqueued, place.segment, id));
                }
                let right = kept.until > at && kept.place.queue == *queue && at.since(place.enqueued) == *waited;
                hold(KEPT, right || self.replaying, || format!("{event:?}, kept was {kept:?}"))
            }
            _ => Ok(()),
        }
    }

    /// Nobody was left without a place that is kept for them.
    pub(super) fn claims_are_met(&mut self, at: Utc) -> Verdict {
        for id in std::mem::take(&mut self.claims) {
            let Some(conversation) = self.conversations.get(&id) else { continue };
            let Some(own) = conversation.place else { continue };
            let open = self.kept.iter().find(|(_, kept)| {
                let mine = kept.party.is_some_and(|party| conversation.earlier.contains(&party));
                mine && kept.place.queue == own.queue && kept.until > at
            });
            hold(KEPT, open.is_none(), || format!("{id} waits from the beginning although {open:?} is kept"))?;
        }
        Ok(())
    }
}
