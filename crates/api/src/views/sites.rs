//! Sites on the live floor: whether the telephones of a site answer, and how many calls it has.

use std::collections::BTreeMap;

use domain::room::PortRole;
use domain::{DeviceId, Settings, SiteId};
use reporting::{LiveConversation, LiveFloor};

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
        calls: live.conversations.values().map(|call| phones_in(live, settings, call, site.id)).sum(),
        calls_max: site.calls_max,
    }
}

/// The telephones of a site that talk with elsewhere in a conversation.
fn phones_in(live: &LiveFloor, settings: &Settings, call: &LiveConversation, site: SiteId) -> u32 {
    let at_site = |device: Option<DeviceId>| {
        device.is_some_and(|id| settings.devices.iter().any(|known| known.id == id && known.site == site))
    };
    let far = call.outbound.and_then(|outbound| outbound.device);
    let agents = call
        .legs
        .values()
        .filter(|leg| leg.role != PortRole::Customer)
        .map(|leg| at_site(leg.agent.and_then(|agent| live.agents.get(&agent)).and_then(|agent| agent.telephone)));
    let customer = call.legs.values().filter(|leg| leg.role == PortRole::Customer).map(|_| at_site(far));
    let legs: Vec<bool> = agents.chain(customer).collect();
    if far.is_some() && legs.iter().all(|is_here| *is_here) {
        0
    } else {
        count(legs.iter().filter(|is_here| **is_here))
    }
}
