//! What agents are told of supervisors in their talks.

use crate::SupervisionMode;

/// In which modes agents see who supervises them. What is hidden is told to nobody but those who supervise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SupervisionPolicy {
    /// Who listens is shown.
    pub listen: bool,
    /// Who whispers is shown.
    pub whisper: bool,
    /// Who has barged in is shown.
    pub barge: bool,
}

impl Default for SupervisionPolicy {
    /// Whoever is heard is shown, whoever only listens is not.
    fn default() -> SupervisionPolicy {
        SupervisionPolicy { listen: false, whisper: true, barge: true }
    }
}

impl SupervisionPolicy {
    /// Whether agents see a supervisor in this mode.
    pub const fn shows(self, mode: SupervisionMode) -> bool {
        match mode {
            SupervisionMode::Listen => self.listen,
            SupervisionMode::Whisper => self.whisper,
            SupervisionMode::Barge => self.barge,
        }
    }
}
