//! Who was kept out, let in, or goes first. Not by which entry of a list: whoever reads the lists would find a withheld number by it.
//! An area is named, for it stands beside every number that is shown; of a withheld one the ledger does not say that it was an area.

use domain::screening::{Covers, ScreenAction, ScreenReason};
use domain::{Event, ListEntryId};

use super::Data;

pub(super) fn screening(data: &mut Data, event: &Event) {
    let Event::Screened { screening, .. } = event else { return };
    let reason = match screening.reason {
        ScreenReason::BlockList(_) => "block_list",
        ScreenReason::AllowList(_) => "allow_list",
        ScreenReason::BlockArea(entry) => {
            area(data, entry);
            "block_area"
        }
        ScreenReason::AllowArea(entry) => {
            area(data, entry);
            "allow_area"
        }
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

/// The name of the area of an entry, while the entry is there and the data on numbers knows the area.
fn area(data: &mut Data, entry: ListEntryId) {
    let entries = &data.names.settings.screening.entries;
    let known = entries.iter().find(|known| known.id == entry && known.covers == Covers::Area);
    let name = known.and_then(|known| data.names.numbers.areas().get(known.spellings.first()?)).cloned();
    if let Some(name) = name {
        data.put("area_zh", name.zh);
        data.put("area_en", name.en);
    }
}
