//! Flows: drawings interpreted node by node. One file per node under `nodes/`; the interpreter knows none of them by heart.

mod interpreter;
mod nodes;

use domain::event::FlowExit;
use domain::{Key, KeySet, Mono, QueueId, RecordingId, SegmentId, VoicemailCause};

use crate::catalog::FlowRef;
use crate::conversation::Transfer;
use crate::limits::KEYS_BUFFERED_MAX;

/// Where a caller is in a flow.
#[derive(Clone, Debug)]
pub(crate) struct FlowCursor {
    pub flow: FlowRef,
    pub segment: SegmentId,
    pub node: u16,
    pub step: NodeStep,
    pub keys: KeyBuffer,
    pub lead: Lead,
    /// The agent who lent the customer to the flow, and has them back when it is over.
    pub loan: Option<Box<Transfer>>,
}

/// What led the caller where they are, as far as a message would be explained by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lead {
    pub cause: VoicemailCause,
    /// The queue that did not answer.
    pub queue: Option<QueueId>,
}

impl Lead {
    pub(crate) const START: Lead = Lead { cause: VoicemailCause::Flow, queue: None };

    /// The queue's limit on waiting passed.
    pub(crate) const fn waited(queue: QueueId) -> Lead {
        Lead { cause: VoicemailCause::WaitTimeout, queue: Some(queue) }
    }

    /// The queue took nobody more.
    pub(crate) const fn full(queue: QueueId) -> Lead {
        Lead { cause: VoicemailCause::QueueFull, queue: Some(queue) }
    }

    /// After a node was left: the last branching counts. Which queue was full, its node knows.
    pub(crate) const fn after(self, exit: FlowExit) -> Lead {
        let cause = match exit {
            FlowExit::Full if matches!(self.cause, VoicemailCause::QueueFull) => return self,
            FlowExit::Full => VoicemailCause::QueueFull,
            FlowExit::Closed => VoicemailCause::Closed,
            FlowExit::Choice(_) => VoicemailCause::Key,
            FlowExit::Invalid | FlowExit::Timeout | FlowExit::Open => VoicemailCause::Flow,
            FlowExit::Next
            | FlowExit::Nothing
            | FlowExit::Yes
            | FlowExit::No
            | FlowExit::CustomerLeft
            | FlowExit::Failed
            | FlowExit::NodeRestarted => return self,
        };
        Lead { cause, queue: None }
    }
}

impl Default for Lead {
    fn default() -> Lead {
        Lead::START
    }
}

impl FlowCursor {
    /// On to another node.
    pub(crate) fn go(&mut self, exit: FlowExit, to: u16) {
        self.lead = self.lead.after(exit);
        self.node = to;
    }
}

/// What a node that waits is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeStep {
    /// The end of its play.
    Playing,
    /// A key, while the prompt plays; attempts used so far, from 1.
    MenuPrompt { attempt: u8 },
    /// A key, after the prompt.
    MenuWaiting { attempt: u8 },
    /// The end of the tone before a message.
    MessageTone,
    /// The end of a message.
    Message { recording: RecordingId, since: Mono },
}

/// What a node says when it has been entered or has heard something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Goes on to another node.
    Go { exit: FlowExit, to: u16 },
    /// Waits.
    Stay(NodeStep),
    /// The flow is over; the node has seen to what comes next.
    Over,
}

/// Keys pressed ahead of the menu they are meant for.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeyBuffer(Vec<Key>);

impl KeyBuffer {
    /// Keeps a key; beyond the limit it is dropped.
    pub(crate) fn push(&mut self, key: Key) {
        if self.0.len() < KEYS_BUFFERED_MAX {
            self.0.push(key);
        }
    }

    pub(crate) fn take(&mut self) -> Option<Key> {
        if self.0.is_empty() { None } else { Some(self.0.remove(0)) }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether the next key would stop a play with these keys.
    pub(crate) fn would_stop(&self, stop_on: KeySet) -> bool {
        self.0.first().is_some_and(|key| stop_on.contains(*key))
    }
}
