//! A floor out of its ledger: the same path for every start.
//!
//! Sign-ins, readiness and reasons come back; legs died with the process, so every conversation that was live ends. Agents are
//! unreachable until their browsers come back, with the grace running from the start.

use std::sync::Arc;

use domain::{Event, LedgerEntry, Mono, Now, Settings};

use crate::agent::Attendance;
use crate::fault::TornOff;
use crate::floor::{Floor, FloorConfig};
use crate::records::{PresenceRecord, Records};

impl Records {
    /// Folds a history as it looks from `now`: the instants of another run are placed on this run's monotonic clock by their
    /// civil distance from now.
    pub fn fold(history: impl IntoIterator<Item = LedgerEntry>, now: Now) -> Records {
        let mut records = Records::default();
        for entry in history {
            let at: Mono = now.mono - now.utc.since(entry.at);
            records.apply(&entry.event, at);
        }
        records
    }
}

impl Floor {
    /// A floor that goes on where its ledger ends. `now.mono` should lie far from zero, or idle times from before the start are cut
    /// off and their order is lost. Its first outputs are `FloorStarted` and the ends of what was live.
    pub fn restore(
        config: FloorConfig,
        settings: Arc<Settings>,
        history: impl IntoIterator<Item = LedgerEntry>,
        now: Now,
    ) -> Floor {
        let mut floor = Floor::empty(config, settings, now);
        floor.take_up(config.epoch, history);
        floor
    }

    /// The same with a seeded fault.
    #[cfg(feature = "defects")]
    #[doc(hidden)]
    pub fn restore_with_defect(
        config: FloorConfig,
        settings: Arc<Settings>,
        history: impl IntoIterator<Item = LedgerEntry>,
        now: Now,
        defect: crate::floor::Defect,
    ) -> Floor {
        let mut floor = Floor::empty(config, settings, now).with_defect(defect);
        floor.take_up(config.epoch, history);
        floor
    }

    fn take_up(&mut self, epoch: u64, history: impl IntoIterator<Item = LedgerEntry>) {
        let (now, tolls, screen) = (self.now, &mut self.tolls, &mut self.screen);
        let counted = history.into_iter().inspect(|entry| {
            let at = Now { mono: now.mono - now.utc.since(entry.at), utc: entry.at };
            tolls.apply_past(&entry.event, at, now);
            screen.apply(&entry.event, entry.at);
        });
        self.records = Records::fold(counted, now);
        self.emit(Event::FloorStarted { epoch });
        #[allow(unused_mut, reason = "a seeded fault changes it")]
        let mut live: Vec<_> = self.records.conversations.keys().copied().collect();
        #[cfg(feature = "defects")]
        if self.has_defect(crate::floor::Defect::RestartForgetsTalk) {
            live.retain(|id| self.records.conversations.get(id).is_none_or(|record| record.handlings.is_empty()));
        }
        for conversation in live {
            self.close_record(conversation, &TornOff::RESTART);
        }
        self.leave_saved_messages();
        self.ask_for_nameless_callers();
        self.restore_agents();
        self.look_at_telephones();
    }

    fn restore_agents(&mut self) {
        let since = self.now.mono;
        let agents: Vec<_> = self.records.agents.iter().map(|(agent, record)| (*agent, *record)).collect();
        for (agent, record) in agents {
            if record.reachable {
                self.emit(Event::AgentDeviceChanged { agent, reachable: false });
            }
            if record.presence == PresenceRecord::SignedOut {
                self.sync_agent(agent);
                continue;
            }
            let known = self.catalog.has_agent(agent);
            self.desks.entry(agent).or_default().removed = !known;
            // A SIP phone registers again within the grace, or its agent is no longer ready.
            // Who had no phone before owes none: an open page is enough to stay signed in.
            let attendance =
                if record.reachable { Attendance::PhoneGone { since } } else { Attendance::PageGone { since } };
            self.set_attendance(agent, attendance);
            self.sync_agent(agent);
            self.retire_if_removed(agent);
        }
    }
}
