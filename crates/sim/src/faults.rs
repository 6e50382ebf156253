//! What fails outside: a carrier drops all its calls at once, and whoever lost the line dials again.

use domain::{Command, ConversationId, EndReason, EndedBy, Input, LegId, PartyId};

use crate::agenda::Happening;
use crate::world::{SECOND, World};
use crate::{Scale, Violation};

const MS: u64 = 1_000;

impl World {
    pub(crate) fn plan_the_faults(&mut self) {
        if self.scale.faults {
            let first = self.random.around(150 * SECOND);
            self.plan(first, Happening::CarrierFails);
        }
    }

    pub(crate) fn carrier_fails(&mut self) -> Result<(), Violation> {
        self.watch.count("a carrier failed");
        let next = self.random.around(200 * SECOND);
        self.plan(next, Happening::CarrierFails);
        let legs: Vec<LegId> = self.callers.keys().copied().collect();
        for leg in legs {
            if self.random.percent(70) {
                // Half of it is seen in signalling, half only as silence.
                if self.random.percent(50) {
                    self.leg_ends(leg, EndedBy::Network, EndReason::Timeout)?;
                } else {
                    self.lost_the_line(leg);
                    self.feed(Input::MediaLost { leg })?;
                }
            }
        }
        Ok(())
    }

    /// Two of three dial again, most within the time their place is kept.
    pub(crate) fn lost_the_line(&mut self, leg: LegId) {
        let number = self.callers.get(&leg).and_then(|caller| caller.number);
        if let (true, Some(number)) = (self.scale.faults, number)
            && self.random.percent(66)
        {
            let most = if self.random.percent(80) { 60 * SECOND } else { 400 * SECOND };
            let after = self.random.between(SECOND, most);
            self.plan(after, Happening::CallerDialsAgain(number));
        }
    }

    /// Everybody on the line when the node dies.
    pub(crate) fn everybody_lost_the_line(&mut self) {
        let legs: Vec<LegId> = self.callers.keys().copied().collect();
        for leg in legs {
            self.lost_the_line(leg);
        }
        self.recognised.clear();
    }

    /// The look-up of a caller among those whose place is kept. Where nobody dials again nobody is found; now and then it is never answered.
    pub(crate) fn look_up(&mut self, command: Command) {
        let Command::RecogniseCaller { conversation, calling, among } = command else { return };
        let alike = |party: &PartyId| self.watch.numbers.get(party) == Some(&calling);
        let parties: Vec<PartyId> = among.into_iter().filter(alike).collect();
        if self.scale.faults && self.random.percent(95) {
            self.recognised.insert(conversation, parties);
            let slow = self.random.percent(20);
            let after = self.random.between(2 * MS, if slow { 20 * SECOND } else { 50 * MS });
            self.plan(after, Happening::CallerKnown(conversation));
        }
    }

    pub(crate) fn caller_known(&mut self, conversation: ConversationId) -> Result<(), Violation> {
        match self.recognised.remove(&conversation) {
            Some(parties) => self.feed(Input::CallerRecognised { conversation, parties }),
            None => Ok(()),
        }
    }
}

impl Scale {
    /// How long an agent is left in peace, µs.
    pub(crate) fn incident_mean(&self) -> u64 {
        if self.faults { 150 * SECOND } else { 400 * SECOND }
    }
}
