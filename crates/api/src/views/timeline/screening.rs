//! Who was kept out, let in, or goes first.

use domain::Event;
use domain::screening::{ScreenAction, ScreenReason};

use super::Data;

#[allow(clippy::wildcard_enum_match_arm, reason = "each function shows the events of its subject; a test shows all")]
pub(super) fn screening(data: &mut Data, event: &Event) {
    match event {
        Event::Screened { screening, .. } => {
            let (reason, entry) = match screening.reason {
                ScreenReason::BlockList(entry) => ("block_list", Some(entry)),
                ScreenReason::AllowList(entry) => ("allow_list", Some(entry)),
                ScreenReason::Anonymous => ("anonymous", None),
                ScreenReason::Nuisance => ("nuisance", None),
            };
            data.put("reason", reason);
            data.maybe_id("entry_id", entry);
            match screening.action {
                ScreenAction::Refused => data.put("action", "refused"),
                ScreenAction::LetIn => data.put("action", "accepted"),
                ScreenAction::Diverted(flow) => {
                    data.put("action", "diverted");
                    data.id("flow_id", flow);
                    if let Some(known) = data.names.settings.flows.iter().find(|known| known.id == flow) {
                        data.put("flow_name", known.name.clone());
                    }
                }
            }
        }
        Event::VipRecognised { entry, .. } => data.id("entry_id", entry),
        _ => {}
    }
}
