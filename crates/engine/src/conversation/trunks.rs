//! Trunks that fail and come back, calls from carriers beyond what a trunk carries, and calls that were stopped.

use domain::outbound::Stopped;
use domain::{AgentId, Cause, Command, ConversationId, EndReason, EndedBy, Event, LegId, Refusal, TrunkId};

use crate::floor::Floor;
use crate::outbound::Raised;

impl Floor {
    pub(crate) fn trunk_changed(&mut self, trunk: TrunkId, working: bool) {
        if working {
            self.unreachable.remove(&trunk);
            self.resting.remove(&trunk);
        } else {
            self.unreachable.insert(trunk);
        }
        self.mobiles_stale = true;
    }

    /// Tells a carrier busy whose trunk has no channel left; `true` when it did. Nothing is kept of the call but its conversation in the ledger.
    pub(super) fn is_turned_away(&mut self, id: ConversationId, leg: LegId, trunk: Option<TrunkId>) -> bool {
        let Some((trunk, block)) = trunk.and_then(|trunk| Some((trunk, self.tolls.inbound_block(trunk)?))) else {
            return false;
        };
        self.command(Command::Refuse { leg, cause: Cause::Busy });
        self.emit(Event::TrunkFull { conversation: id, trunk, block });
        let (by, reason) = (EndedBy::System, EndReason::TrunkFull);
        self.emit(Event::ConversationEnded { conversation: id, by, reason });
        true
    }

    /// Writes down the alarms that were just raised.
    pub(crate) fn tell_stops(&mut self, conversation: Option<ConversationId>) {
        while let Some(Raised { stopped, by, stop }) = self.tolls.poll_raised() {
            self.emit(Event::OutboundStopped { conversation, stopped, by, alarm: stop.alarm });
        }
    }

    /// Lets calls go on that an alarm stopped. Neither the agent nor the rule has to be there any more.
    pub(crate) fn release_outbound(&mut self, by: AgentId, stopped: Stopped) -> Result<(), Refusal> {
        if !self.tolls.is_stopped(stopped) {
            return Err(Refusal::WrongState);
        }
        self.emit(Event::OutboundReleased { stopped, by });
        Ok(())
    }
}
