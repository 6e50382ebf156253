//! Sites on the live floor: whether the telephones of a site answer, and how many calls it has.

use std::collections::BTreeMap;

use domain::room::PortRole;
use domain::settings::Site;
use domain::{AgentId, ConversationId, DeviceId, Settings, SiteId};
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
    let mut rung = Rung::new();
    for offer in live.offers.values() {
        rung.entry(offer.conversation).or_default().push(offer.agent);
    }
    let row = |site| row(live, settings, phones, &rung, site);
    let mut shown: Vec<SiteRow> = settings.sites.iter().map(row).collect();
    shown.sort_by(|a, b| a.name.cmp(&b.name));
    shown
}

/// Whom desks ring for.
type Rung = BTreeMap<ConversationId, Vec<AgentId>>;

fn row(live: &LiveFloor, settings: &Settings, phones: &Phones, rung: &Rung, site: &Site) -> SiteRow {
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
        calls: live.conversations.values().map(|call| lines_in(live, settings, call, rung, site.id)).sum(),
        calls_max: site.calls_max,
    }
}

/// The telephones of a site, and its agents with a browser, that talk with elsewhere in a conversation or ring for it: what the limit of a
/// site counts, but for a telephone that rings in a transfer, which no event names.
fn lines_in(live: &LiveFloor, settings: &Settings, call: &LiveConversation, rung: &Rung, site: SiteId) -> u32 {
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
    let is_in = |agent: AgentId| call.legs.values().any(|leg| leg.agent == Some(agent));
    let offered = rung.get(&call.id).into_iter().flatten().filter(|agent| !is_in(**agent));
    let is_up = call.legs.values().any(|leg| leg.role == PortRole::Customer);
    let called = far.filter(|_| !is_up && call.outbound.is_some_and(|outbound| outbound.result.is_none()));
    let ringing = offered.map(|agent| agent_here(*agent)).chain(called.map(phone_here));
    let lines: Vec<bool> = call.legs.values().map(is_here).chain(ringing).collect();
    if far.is_some() && lines.iter().all(|is_here| *is_here) {
        0
    } else {
        count(lines.iter().filter(|is_here| **is_here))
    }
}
