//! Who is told of what. One task for each centre takes the committed batches from the floor and lays each into the boxes of the
//! connections it can matter to: all of those who watch the floor or a queue, and the desks of the agents it is about. The desks of
//! a thousand others sleep on.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{AgentId, ConversationId, Event, LedgerEntry, TenantId};
use reporting::LiveFloor;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::mailbox::Mailbox;
use crate::app::App;
use crate::port::FloorPort;

/// The centres somebody watches.
#[derive(Default)]
pub struct Hub(Mutex<HashMap<TenantId, Arc<Centre>>>);

/// The boxes of one centre.
struct Centre(Mutex<Boxes>);

#[derive(Default)]
struct Boxes {
    /// Up to here everything has been laid into the boxes.
    seq: u64,
    next: u64,
    all: HashMap<u64, Arc<Mailbox>>,
    /// The boxes of an agent's desks.
    desks: HashMap<AgentId, Vec<u64>>,
    /// Those who are told everything.
    wide: HashSet<u64>,
    parts: Parts,
    over: bool,
}

/// Which agents have, or had, a part in a live conversation.
#[derive(Default)]
struct Parts(HashMap<ConversationId, Vec<AgentId>>);

impl Parts {
    fn of(live: &LiveFloor) -> Parts {
        let mut parts = Parts::default();
        live.offers.values().for_each(|offer| parts.add(offer.conversation, offer.agent));
        live.handlings.values().for_each(|handling| parts.add(handling.conversation, handling.agent));
        parts
    }

    fn add(&mut self, conversation: ConversationId, agent: AgentId) {
        let agents = self.0.entry(conversation).or_default();
        if !agents.contains(&agent) {
            agents.push(agent);
        }
    }

    /// Whom an event is about.
    fn concerned(&mut self, event: &Event, mut tell: impl FnMut(AgentId)) {
        let agent = event.agent();
        agent.into_iter().for_each(&mut tell);
        let Some(conversation) = event.conversation() else { return };
        if let Some(agent) = agent {
            self.add(conversation, agent);
        }
        self.0.get(&conversation).into_iter().flatten().for_each(|agent| tell(*agent));
        if let Event::ConversationEnded { .. } = event {
            self.0.remove(&conversation);
        }
    }
}

/// A connection's place in the hub; given back when dropped.
pub struct Seat {
    centre: Arc<Centre>,
    id: u64,
    agent: AgentId,
    /// Where its batches are laid.
    pub mailbox: Arc<Mailbox>,
}

impl Hub {
    /// A place for a desk of `agent`; `None` while the floor is down.
    pub fn enter(&self, app: &App, tenant: TenantId, agent: AgentId) -> Option<Seat> {
        let centre = self.centre(app, tenant)?;
        let mailbox = Arc::new(Mailbox::default());
        let mut boxes = centre.boxes();
        if boxes.over {
            mailbox.close();
        }
        let id = boxes.next;
        boxes.next += 1;
        boxes.all.insert(id, mailbox.clone());
        boxes.desks.entry(agent).or_default().push(id);
        drop(boxes);
        Some(Seat { centre, id, agent, mailbox })
    }

    fn centre(&self, app: &App, tenant: TenantId) -> Option<Arc<Centre>> {
        let mut centres = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(centre) = centres.get(&tenant).filter(|centre| !centre.boxes().over) {
            return Some(centre.clone());
        }
        // First the batches, then the state: what is in both does no harm, what is in neither would be lost.
        let batches = app.floor.subscribe(tenant)?;
        let live = app.floor.live(tenant)?;
        let boxes = Boxes { seq: live.seq, parts: Parts::of(&live), ..Boxes::default() };
        let centre = Arc::new(Centre(Mutex::new(boxes)));
        centres.insert(tenant, centre.clone());
        tokio::spawn(distribute(centre.clone(), tenant, app.floor.clone(), batches));
        Some(centre)
    }
}

async fn distribute(
    centre: Arc<Centre>,
    tenant: TenantId,
    floor: Arc<dyn FloorPort>,
    mut batches: broadcast::Receiver<Arc<[LedgerEntry]>>,
) {
    loop {
        match batches.recv().await {
            Ok(batch) => centre.boxes().lay(tenant, &batch),
            Err(RecvError::Lagged(_)) => centre.boxes().miss(floor.live(tenant).as_deref()),
            Err(RecvError::Closed) => break,
        }
    }
    let mut boxes = centre.boxes();
    boxes.over = true;
    boxes.all.values().for_each(|mailbox| mailbox.close());
}

impl Centre {
    fn boxes(&self) -> MutexGuard<'_, Boxes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Boxes {
    /// Batches were lost: everybody reads from the ledger, and who has a part in what is looked up anew.
    fn miss(&mut self, live: Option<&LiveFloor>) {
        self.parts.0.extend(live.map(|live| Parts::of(live).0).unwrap_or_default());
        self.all.values().for_each(|mailbox| mailbox.miss());
    }

    fn lay(&mut self, tenant: TenantId, batch: &Arc<[LedgerEntry]>) {
        let Boxes { all, desks, wide, parts, .. } = self;
        let mut ids: BTreeSet<u64> = wide.iter().copied().collect();
        // A partition can hold several centres.
        for entry in batch.iter().filter(|entry| entry.tenant == tenant) {
            parts.concerned(&entry.event, |agent| ids.extend(desks.get(&agent).into_iter().flatten()));
        }
        ids.iter().filter_map(|id| all.get(id)).for_each(|mailbox| mailbox.put(batch.clone()));
        self.seq = batch.last().map_or(self.seq, |last| last.seq);
    }
}

impl Seat {
    /// Whether to be told everything from now on.
    pub fn widen(&self, everything: bool) {
        let mut boxes = self.centre.boxes();
        if everything {
            boxes.wide.insert(self.id);
        } else {
            boxes.wide.remove(&self.id);
        }
    }

    /// What has been laid into the box, and up to where in the ledger that is all there is for this connection; `None` while a gap
    /// has to be read from the ledger first.
    pub fn take(&self) -> Option<(VecDeque<Arc<[LedgerEntry]>>, u64)> {
        let boxes = self.centre.boxes();
        Some((self.mailbox.take()?, boxes.seq))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut boxes = self.centre.boxes();
        boxes.all.remove(&self.id);
        boxes.wide.remove(&self.id);
        if let Some(own) = boxes.desks.get_mut(&self.agent) {
            own.retain(|id| *id != self.id);
            if own.is_empty() {
                boxes.desks.remove(&self.agent);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{EndReason, EndedBy, HandlingId, LegId, Mono, PartitionId, Utc};

    use super::*;

    const CENTRE: TenantId = TenantId(1);
    const ANN: AgentId = AgentId(11);
    const BOB: AgentId = AgentId(12);
    const CALL: ConversationId = ConversationId(21);

    fn entry(seq: u64, tenant: TenantId, event: Event) -> LedgerEntry {
        LedgerEntry { partition: PartitionId(1), seq, epoch: 1, tenant, at: Utc(0), mono: Mono(0), event }
    }

    /// Who is rung for an event: the first box is Ann's, the second Bob's, the third watches all.
    fn rung(boxes: &mut Boxes, seq: u64, tenant: TenantId, event: Event) -> [bool; 3] {
        boxes.lay(tenant, &vec![entry(seq, CENTRE, event)].into());
        [0, 1, 2].map(|id| !boxes.all[&id].take().unwrap().is_empty())
    }

    fn boxes() -> Boxes {
        let mut boxes = Boxes { wide: HashSet::from([2]), ..Boxes::default() };
        boxes.desks = HashMap::from([(ANN, vec![0]), (BOB, vec![1])]);
        boxes.all = (0..3).map(|id| (id, Arc::default())).collect();
        boxes
    }

    #[test]
    fn a_batch_reaches_the_desks_it_is_about_and_those_who_watch_everything() {
        let mut boxes = boxes();
        let leg = LegId(31);
        let held =
            |agent| Event::HandlingHeld { conversation: CALL, handling: HandlingId(41), agent, device_lost: false };
        let ended = Event::ConversationEnded { conversation: CALL, by: EndedBy::Customer, reason: EndReason::HungUp };
        assert_eq!(rung(&mut boxes, 1, CENTRE, Event::AgentReady { agent: BOB }), [false, true, true]);
        assert_eq!(rung(&mut boxes, 2, CENTRE, Event::LegAnswered { conversation: CALL, leg }), [false, false, true]);
        assert_eq!(rung(&mut boxes, 3, CENTRE, held(ANN)), [true, false, true]);
        // Ann has a part in it from now on, Bob too after his.
        assert_eq!(rung(&mut boxes, 4, CENTRE, Event::LegAnswered { conversation: CALL, leg }), [true, false, true]);
        assert_eq!(rung(&mut boxes, 5, CENTRE, held(BOB)), [true, true, true]);
        assert_eq!(rung(&mut boxes, 6, CENTRE, ended), [true, true, true]);
        assert_eq!(rung(&mut boxes, 7, CENTRE, Event::LegAnswered { conversation: CALL, leg }), [false, false, true]);
        assert_eq!(boxes.seq, 7);
        // Of another centre on the same partition nobody hears but those who watch everything, who look for themselves.
        assert_eq!(rung(&mut boxes, 8, TenantId(2), held(ANN)), [false, false, true]);
    }
}
