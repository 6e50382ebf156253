//! Sites on the live floor: whether the telephones of a site answer, and how many calls it has.

use std::collections::BTreeMap;

use domain::room::PortRole;
use domain::{AgentId, DeviceId, Settings, SiteId};
use reporting::{LiveConversation, LiveFloor, LiveLeg};

use super::floor::count;
use crate::json::floor::{SiteLink, SiteRow};
use crate::port::PhoneStanding;

/// Every phone that was ever reachable.
pub type Phones = BTreeMap<DeviceId, PhoneStanding>;

/// The sites; none where there is but one, and its phones may be anywhere.
pub fn rows(live: &LiveFloor, settings: &Settings, phones: &Phones, sites: usize) -> Vec<SiteRow> {
    if sites < 2 && settings.sites.iter().all(|site| !site.is_bounded) {
        return Vec::new();
    }
    let mut shown: Vec<SiteRow> = settings.sites.iter().map(|site| row(live, settings, phones, site)).collect();
    shown.sort_by(|a, b| a.name.cmp(&b.name));
    shown
}

fn row(live: &LiveFloor, settings: &Settings, phones: &Phones, site: &domain::settings::Site) -> SiteRow {
    let theirs = || settings.devices.iter().filter(|device| device.site == site.id);
    let known: Vec<&PhoneStanding> = theirs().filter_map(|device| phones.get(&device.id)).collect();
    let up = known.iter().filter(|phone| phone.reachable);
    let (link, since) = match (up.clone().map(|phone| phone.since).min(), known.iter().map(|phone| phone.since).max()) {
        (Some(first), _) => (SiteLink::Up, Some(first)),
        (None, Some(last)) => (SiteLink::Down, Some(last)),
        (None, None) => (SiteLink::None, None),
    };
    SiteRow {
        id: site.id.to_string(),
        name: site.name.clone(),
        link,
        since_at_us: since.map(|since| since.0),
        registered: count(up),
        devices: count(theirs()),
        calls: live.conversations.values().map(|call| lines_in(live, settings, call, site.id)).sum(),
        calls_max: site.calls_max,
    }
}

/// The telephones of a site, and its agents with a browser, that talk with elsewhere in a conversation.
fn lines_in(live: &LiveFloor, settings: &Settings, call: &LiveConversation, site: SiteId) -> u32 {
    let phone_here = |device: DeviceId| settings.devices.iter().any(|known| known.id == device && known.site == site);
    let works_here = |agent: AgentId| settings.agents.iter().any(|known| known.id == agent && known.site == site);
    let agent_here = |agent: AgentId| match live.agents.get(&agent).and_then(|known| known.telephone) {
        Some(device) => phone_here(device),
        None => works_here(agent),
    };
    let far = call.outbound.and_then(|outbound| outbound.device);
    let is_here = |leg: &LiveLeg| match leg.role {
        PortRole::Customer => far.is_some_and(phone_here),
        PortRole::Agent | PortRole::Supervisor | PortRole::Media | PortRole::Outside => {
            leg.agent.is_some_and(agent_here)
        }
    };
    let legs: Vec<bool> = call.legs.values().map(is_here).collect();
    if far.is_some() && legs.iter().all(|is_here| *is_here) {
        0
    } else {
        count(legs.iter().filter(|is_here| **is_here))
    }
}
