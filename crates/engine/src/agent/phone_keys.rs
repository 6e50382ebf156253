//! What agents do by the keys of their SIP phones besides hold: keys towards the customer, and moving the call.

use domain::settings::dialled;
use domain::{AgentId, Cause, Command, Key, LegId, Refusal, TransferTarget};

use crate::floor::Floor;

impl Floor {
    /// A key by INFO. From an agent's phone it is meant for the customer, as the desk's keypad; in RTP such keys pass by themselves.
    pub(crate) fn info_key(&mut self, leg: LegId, key: Key) {
        let Some(agent) = self.index.phones.get(&leg).copied() else { return self.digit(leg, key) };
        if let Some((_, handling)) = self.live_talk(agent) {
            // Pressed at a moment without a customer at the other end, it is meant for nobody.
            let _ = self.send_digits(agent, handling, vec![key]);
        }
    }

    /// The phone's own transfer key: a blind transfer, or the end of asking a colleague. Once done the phone is let go, which tells it so.
    pub(crate) fn peer_referred(&mut self, leg: LegId, to: &str, replaces: Option<LegId>) {
        self.guard.moving = Some(leg);
        let result = match (self.index.phones.get(&leg).copied(), replaces) {
            (Some(agent), None) => self.move_call(agent, to),
            (Some(agent), Some(other)) => self.join_calls(agent, leg, other),
            (None, _) => Err(Refusal::NotAllowed),
        };
        self.guard.moving = None;
        if let Err(why) = result {
            self.command(Command::RefuseRefer { leg, why });
        }
    }

    /// Why a phone's call is hung up: as moved, when this step moves it.
    pub(crate) fn cause_of_release(&self, leg: LegId, cause: Cause) -> Cause {
        if self.guard.moving == Some(leg) { Cause::Moved } else { cause }
    }

    fn move_call(&mut self, agent: AgentId, to: &str) -> Result<(), Refusal> {
        let (id, handling) = self.live_talk(agent).ok_or(Refusal::WrongState)?;
        self.guard.subject = Some(id);
        let target = self.target_dialled(to)?;
        // The end of the second call may still be on its way when the phone moves the first.
        let asked = self.consult_of(id).filter(|consult| target == TransferTarget::Agent(consult.colleague));
        if asked.is_some_and(|consult| consult.phone.is_some()) {
            return self.hand_over_consult(agent, handling);
        }
        self.transfer(agent, handling, target, None)
    }

    /// An extension is a colleague, a number of ours leads into its flow; nothing else can be reached this way.
    fn target_dialled(&self, to: &str) -> Result<TransferTarget, Refusal> {
        let to = dialled(to).ok_or(Refusal::BadNumber)?;
        let colleague = self.colleague_at(&to).map(TransferTarget::Agent);
        let flow = self.catalog.number(&to).map(|number| TransferTarget::Flow(number.flow));
        let target = colleague.or(flow);
        target.ok_or(Refusal::NotAllowed)
    }
}
