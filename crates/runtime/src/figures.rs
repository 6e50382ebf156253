//! What the node knows of itself at one moment, for those who look after it. Counts only: nothing about anybody.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use domain::Mono;
use sip::SipFigures;

use crate::channels::voice::LegCounts;
use crate::channels::voice::set_up::SetUps;
use crate::committer::Backlog;
use crate::media::MediaFigures;
use crate::timings::Timings;

/// How long the media thread and signalling may take to answer before they count as not answering.
pub const ANSWER_MAX: Duration = Duration::from_millis(500);

/// All of it.
#[derive(Clone, Debug)]
pub struct Figures {
    /// What waits for the disk.
    pub backlog: Backlog,
    /// Commits of the ledger.
    pub commits: Timings,
    /// What 99 of 100 commits of the last minute stayed within.
    pub commit_p99: Option<Duration>,
    /// Legs at this moment.
    pub legs: LegCounts,
    /// How long carriers' calls took to come about.
    pub set_ups: SetUps,
    /// Conversations at this moment.
    pub conversations: usize,
    /// How long ago the floor loop looked after its house; it does so five times a second.
    pub floor_seen: Duration,
    /// Packets; `None` when the media thread does not answer.
    pub media: Option<MediaFigures>,
    /// Signalling; `None` when it does not answer.
    pub sip: Option<SipFigures>,
    /// No new calls are taken because the node is about to end.
    pub draining: bool,
}

/// What the floor loop tells of itself without being asked, for readers on any thread.
#[derive(Debug, Default)]
pub struct Pulse {
    telephone: AtomicUsize,
    visitor: AtomicUsize,
    agent: AtomicUsize,
    conversations: AtomicUsize,
    seen: AtomicU64,
    draining: AtomicBool,
    media_deaf: AtomicBool,
    set_ups: Mutex<SetUps>,
}

impl Pulse {
    pub(crate) fn beat(&self, now: Mono, legs: LegCounts, set_ups: SetUps, conversations: usize) {
        self.telephone.store(legs.telephone, Ordering::Relaxed);
        self.visitor.store(legs.visitor, Ordering::Relaxed);
        self.agent.store(legs.agent, Ordering::Relaxed);
        self.conversations.store(conversations, Ordering::Relaxed);
        self.seen.store(now.0, Ordering::Relaxed);
        if let Ok(mut kept) = self.set_ups.lock() {
            *kept = set_ups;
        }
    }

    /// Whether new calls are refused because the node is about to end.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    pub(crate) fn set_draining(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// The media thread does not answer: a call that is taken would be silent.
    pub fn is_media_deaf(&self) -> bool {
        self.media_deaf.load(Ordering::Relaxed)
    }

    pub(crate) fn set_media_deaf(&self, deaf: bool) {
        self.media_deaf.store(deaf, Ordering::Relaxed);
    }

    /// Legs at the last beat.
    pub fn legs(&self) -> LegCounts {
        LegCounts {
            telephone: self.telephone.load(Ordering::Relaxed),
            visitor: self.visitor.load(Ordering::Relaxed),
            agent: self.agent.load(Ordering::Relaxed),
        }
    }

    /// How long carriers' calls took to come about, as of the last beat.
    pub fn set_ups(&self) -> SetUps {
        self.set_ups.lock().map(|kept| *kept).unwrap_or_default()
    }

    /// Conversations at the last beat.
    pub fn conversations(&self) -> usize {
        self.conversations.load(Ordering::Relaxed)
    }

    /// How long ago the last beat was.
    pub fn age(&self, now: Mono) -> Duration {
        now.since(Mono(self.seen.load(Ordering::Relaxed)))
    }
}
