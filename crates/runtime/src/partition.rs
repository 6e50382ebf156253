//! One floor with its place in the ledger: numbers its events, holds back what must wait for the commit.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Command, Gate, Input, LedgerEntry, LegId, Mono, Now, PartitionId, Party, Refusal, RequestId, TenantId};
use engine::{Floor, Output};
use reporting::LiveFloor;
use store::kill::{KillPoint, reach};
use tokio::sync::{broadcast, oneshot};

/// Batches a slow subscriber may fall behind before it has to resume from the ledger.
const SUBSCRIBER_BATCHES_MAX: usize = 4_096;

/// What others may look at without asking the loop.
pub struct Window {
    live: Mutex<Arc<LiveFloor>>,
    /// Committed entries, in order.
    pub committed: broadcast::Sender<Arc<[LedgerEntry]>>,
}

impl Window {
    fn new(live: LiveFloor) -> Arc<Window> {
        Arc::new(Window { live: Mutex::new(Arc::new(live)), committed: broadcast::channel(SUBSCRIBER_BATCHES_MAX).0 })
    }

    /// The fold of all committed events.
    pub fn live(&self) -> Arc<LiveFloor> {
        Arc::clone(&self.live.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn publish(&self, entries: Vec<LedgerEntry>) {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        let floor = Arc::make_mut(&mut live);
        for entry in &entries {
            floor.apply(entry);
        }
        drop(live);
        // Nobody listening is not an error.
        let _ = self.committed.send(entries.into());
    }
}

/// The answer a request waits for: the ledger position that holds it, or why not.
pub type Answer = oneshot::Sender<Result<u64, Refusal>>;

/// A floor at work.
pub struct Partition {
    /// Which.
    pub id: PartitionId,
    /// Whose.
    pub tenant: TenantId,
    /// Lease epoch.
    pub epoch: u64,
    /// What others may look at.
    pub window: Arc<Window>,
    floor: Floor,
    seq: u64,
    committed: u64,
    gated: VecDeque<(u64, Command)>,
    answers: HashMap<RequestId, Answer>,
}

/// What one step of a floor leads to.
#[derive(Default)]
pub struct Turn {
    /// New ledger entries, in order.
    pub entries: Vec<LedgerEntry>,
    /// Parties those entries name.
    pub parties: Vec<Party>,
    /// Effects that may leave at once.
    pub commands: Vec<Command>,
}

impl Partition {
    /// A floor whose ledger ends at `seq`, everything before it durable.
    pub fn new(id: PartitionId, tenant: TenantId, epoch: u64, floor: Floor, live: LiveFloor) -> Partition {
        let seq = live.seq;
        Partition {
            id,
            tenant,
            epoch,
            window: Window::new(live),
            floor,
            seq,
            committed: seq,
            gated: VecDeque::new(),
            answers: HashMap::new(),
        }
    }

    /// Registers who waits for the reply to `request`.
    pub fn expect(&mut self, request: RequestId, answer: Answer) {
        self.answers.insert(request, answer);
    }

    /// One thing happened.
    pub fn step(&mut self, now: Now, input: Input) -> Turn {
        self.floor.handle(now, input);
        self.drain(now)
    }

    /// What the floor has to say; to be called once after it was made.
    pub fn drain(&mut self, now: Now) -> Turn {
        let mut turn = Turn::default();
        while let Some(output) = self.floor.poll_output() {
            match output {
                Output::Party(party) => turn.parties.push(party),
                Output::Event(event) => {
                    self.seq += 1;
                    turn.entries.push(LedgerEntry {
                        partition: self.id,
                        seq: self.seq,
                        epoch: self.epoch,
                        tenant: self.tenant,
                        at: now.utc,
                        mono: now.mono,
                        event,
                    });
                }
                Output::Command(command) => self.sort(command, &mut turn.commands),
            }
        }
        turn
    }

    fn sort(&mut self, command: Command, ready: &mut Vec<Command>) {
        if let Command::Release { leg, .. } | Command::Refuse { leg, .. } = &command {
            self.cancel_gated(*leg);
        }
        self.release_before(&command, ready);
        let must_wait = command.gate() == Gate::AfterCommit && self.committed < self.seq;
        if must_wait {
            self.gated.push_back((self.seq, command));
        } else {
            self.ready(command, ready);
        }
    }

    /// What must not be overtaken leaves although its gate is closed.
    fn release_before(&mut self, command: &Command, ready: &mut Vec<Command>) {
        if !self.gated.iter().any(|(_, held)| held.goes_before(command)) {
            return;
        }
        let gated = std::mem::take(&mut self.gated);
        let (first, rest): (VecDeque<_>, VecDeque<_>) =
            gated.into_iter().partition(|(_, held)| held.goes_before(command));
        self.gated = rest;
        first.into_iter().for_each(|(_, held)| self.ready(held, ready));
    }

    /// A release overtakes what waits for the same leg, and cancels it.
    fn cancel_gated(&mut self, leg: LegId) {
        self.gated.retain(|(_, held)| held.leg() != Some(leg));
    }

    fn ready(&mut self, command: Command, ready: &mut Vec<Command>) {
        if let Command::Reply { request, result } = command {
            if let Some(answer) = self.answers.remove(&request) {
                reach(KillPoint::BeforeReply);
                let _ = answer.send(result.map(|()| self.committed));
                reach(KillPoint::Replied);
            }
        } else {
            ready.push(command);
        }
    }

    /// Entries became durable: the world may see them, and what waited for them may leave.
    pub fn committed(&mut self, entries: Vec<LedgerEntry>) -> Vec<Command> {
        if let Some(last) = entries.last() {
            self.committed = self.committed.max(last.seq);
        }
        self.window.publish(entries);
        reach(KillPoint::EntriesPublished);
        let mut ready = Vec::new();
        while let Some((seq, _)) = self.gated.front() {
            if *seq > self.committed {
                break;
            }
            if let Some((_, command)) = self.gated.pop_front() {
                self.ready(command, &mut ready);
            }
        }
        ready
    }

    /// When to step next, if nothing happens.
    pub fn poll_timeout(&self) -> Option<Mono> {
        self.floor.poll_timeout().map(|(at, _)| at)
    }

    /// Effects and requests that wait for the commit.
    pub fn held_back(&self) -> usize {
        self.gated.len() + self.answers.len()
    }

    /// The floor itself, to count what it holds.
    pub fn floor(&self) -> &Floor {
        &self.floor
    }
}
