//! New settings: flows in progress keep the drawing they were entered with, queues and agents change at once.

use std::sync::Arc;

use domain::{EndReason, Settings};

use crate::catalog::Catalog;
use crate::floor::Floor;
use crate::output::Ignored;

impl Floor {
    pub(crate) fn settings_changed(&mut self, settings: Arc<Settings>) {
        if settings.tenant != self.catalog.settings().tenant {
            return self.ignore(Ignored::ForeignSettings);
        }
        if settings.version < self.catalog.settings().version {
            return self.ignore(Ignored::OldSettings);
        }
        self.catalog = Catalog::new(settings);
        let orphans = self.adopt_settings();
        for segment in orphans {
            if let Some(id) = self.index.segments.get(&segment).copied() {
                self.fail_customer(id, EndReason::FlowFailed);
            }
        }
        self.look_at_telephones();
        let agents: Vec<_> = self.desks.keys().copied().collect();
        for agent in agents {
            let removed = !self.catalog.has_agent(agent);
            if let Some(desk) = self.desks.get_mut(&agent) {
                desk.removed = removed;
            }
            self.sync_agent(agent);
            self.retire_if_removed(agent);
        }
    }
}
