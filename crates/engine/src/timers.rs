//! Deadlines with names, in one ordered structure.

use std::collections::{BTreeMap, BTreeSet};

use domain::{AgentId, ConversationId, HandlingId, Mono, OfferId};

/// What a deadline is for. At the same instant they fire in this order, then by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// An offer has rung long enough.
    Ring(OfferId),
    /// After-call work has lasted long enough.
    WrapUp(HandlingId),
    /// An agent's browser has been away long enough.
    Grace(AgentId),
    /// An agent has heard themselves long enough.
    Echo(AgentId),
    /// A caller has thought long enough about a menu.
    Menu(ConversationId),
    /// A customer has waited long enough.
    QueueWait(ConversationId),
    /// Somebody has been called long enough.
    Dial(ConversationId),
    /// A message is long enough.
    Message(ConversationId),
    /// A customer has been parked long enough.
    Park(ConversationId),
    /// A customer has talked to somebody outside long enough.
    Forward(ConversationId),
    /// A customer who came back has waited long enough for the agent who sent them.
    Return(ConversationId),
    /// A recording has been paused long enough.
    Pause(ConversationId),
    /// A tone has been heard long enough, or a call of ours been silent long enough.
    Progress(ConversationId),
    /// Nothing has been heard of a caller for long enough.
    DeadAir(ConversationId),
    /// Whoever answered an agent's number outside has had long enough to press the key.
    MobileKey(AgentId),
    /// A caller has heard us without an answer long enough.
    EarlyMedia(ConversationId),
}

impl Timer {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Timer::Ring(_) => "ring",
            Timer::WrapUp(_) => "wrap_up",
            Timer::Grace(_) => "agent_grace",
            Timer::Echo(_) => "echo",
            Timer::Menu(_) => "menu",
            Timer::QueueWait(_) => "queue_wait",
            Timer::Dial(_) => "dial",
            Timer::Message(_) => "message",
            Timer::Park(_) => "park",
            Timer::Forward(_) => "forward",
            Timer::Return(_) => "return",
            Timer::Pause(_) => "recording_pause",
            Timer::Progress(_) => "progress",
            Timer::DeadAir(_) => "dead_air",
            Timer::MobileKey(_) => "mobile_key",
            Timer::EarlyMedia(_) => "early_media",
        }
    }
}

/// All running deadlines of a floor; at most one per [`Timer`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Timers {
    by_time: BTreeSet<(Mono, Timer)>,
    by_timer: BTreeMap<Timer, Mono>,
}

impl Timers {
    /// Starts a deadline, or moves it.
    pub(crate) fn set(&mut self, timer: Timer, at: Mono) {
        self.cancel(timer);
        self.by_timer.insert(timer, at);
        self.by_time.insert((at, timer));
    }

    pub(crate) fn cancel(&mut self, timer: Timer) {
        if let Some(at) = self.by_timer.remove(&timer) {
            self.by_time.remove(&(at, timer));
        }
    }

    pub(crate) fn at(&self, timer: Timer) -> Option<Mono> {
        self.by_timer.get(&timer).copied()
    }

    pub(crate) fn next(&self) -> Option<(Mono, Timer)> {
        self.by_time.first().copied()
    }

    /// Takes the first deadline at or before `now`.
    pub(crate) fn take_due(&mut self, now: Mono) -> Option<Timer> {
        let (_, timer) = self.next().filter(|(at, _)| *at <= now)?;
        self.cancel(timer);
        Some(timer)
    }

    pub(crate) fn due_count(&self, now: Mono) -> usize {
        self.by_time.iter().take_while(|(at, _)| *at <= now).count()
    }

    pub(crate) fn len(&self) -> usize {
        self.by_timer.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Mono, Timer)> + '_ {
        self.by_time.iter().copied()
    }
}
