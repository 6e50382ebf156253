//! What was committed that somebody should look at at once is said in the log; ids only, nothing about a person.

use domain::outbound::Stopped;
use domain::{Event, LedgerEntry};
use tracing::{info, warn};

/// Says so when calls outside were stopped, or let go on.
pub fn tell(entries: &[LedgerEntry]) {
    for entry in entries {
        if let Event::OutboundStopped { stopped, alarm, .. } = &entry.event {
            let (what, id) = named(*stopped);
            let (distinct, within_s) = (alarm.distinct, alarm.within.as_secs());
            warn!(what, id, distinct, within_s, "calls outside are stopped until somebody releases them");
        }
        if let Event::OutboundReleased { stopped, .. } = &entry.event {
            let (what, id) = named(*stopped);
            info!(what, id, "stopped calls outside were released");
        }
    }
}

fn named(stopped: Stopped) -> (&'static str, String) {
    match stopped {
        Stopped::Agent(agent) => ("agent", agent.to_string()),
        Stopped::Rule(rule) => ("rule", rule.to_string()),
    }
}
