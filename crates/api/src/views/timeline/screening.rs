//! Who was kept out, let in, or goes first. Not by which entry of a list: whoever reads the lists would find a withheld number by it.

use domain::Event;
use domain::screening::{ScreenAction, ScreenReason};

use super::Data;

pub(super) fn screening(data: &mut Data, event: &Event) {
    let Event::Screened { screening, .. } = event else { return };
    let reason = match screening.reason {
        ScreenReason::BlockList(_) => "block_list",
        ScreenReason::AllowList(_) => "allow_list",
        ScreenReason::Anonymous => "anonymous",
        ScreenReason::Nuisance => "nuisance",
    };
    data.put("reason", reason);
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
