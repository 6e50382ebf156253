//! What transfers do to the live floor.

use domain::{Event, TransferEnd, TransferKind, TransferTarget};

use crate::live::{LiveFloor, LiveTransfer, Stage};

impl LiveFloor {
    #[allow(clippy::wildcard_enum_match_arm, reason = "`apply` has already sorted the events by subject")]
    pub(crate) fn apply_transfer(&mut self, event: &Event) {
        match event {
            Event::TransferStarted { conversation, kind, handling, agent, target, reason, .. } => {
                let colleague = match target {
                    TransferTarget::Agent(colleague) => Some(*colleague),
                    TransferTarget::Queue(_) | TransferTarget::Flow(_) => None,
                };
                let (kind, agent, handling, reason) = (*kind, *agent, *handling, *reason);
                let live = LiveTransfer { kind, agent, handling, colleague, answered: None, joined: false, reason };
                self.with(*conversation, |c| {
                    if kind == TransferKind::Blind {
                        c.stage = Stage::Transferring;
                    }
                    c.transfer = Some(live);
                });
            }
            Event::TransferJoined { conversation, .. } => self.with(*conversation, |c| {
                c.transfer.iter_mut().for_each(|transfer| transfer.joined = true);
            }),
            Event::TransferEnded { conversation, end, .. } => {
                let Some(over) = self.conversations.get_mut(conversation).and_then(|c| c.transfer.take()) else {
                    return;
                };
                if matches!(end, TransferEnd::Completed | TransferEnd::AgentLost) {
                    self.take_over(&over);
                }
            }
            _ => {}
        }
    }

    /// The customer of a consult is the colleague's now, and so is the queue the customer came from.
    fn take_over(&mut self, over: &LiveTransfer) {
        let queue = self.handlings.get(&over.handling).and_then(|handling| handling.queue);
        if let Some(handling) = over.answered.and_then(|answered| self.handlings.get_mut(&answered)) {
            handling.queue = queue;
        }
    }
}
