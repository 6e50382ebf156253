//! Takes the live floor and the names a view needs, and makes the view.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{LocalResult, NaiveTime, TimeZone};
use domain::outbound::Stopped;
use domain::{AgentId, Permission, QueueId, SiteId, TenantId, Utc};
use reporting::{LiveConversation, LiveFloor, Stage};

use super::floor::{self, Moment};
use super::me;
use super::sight::Sight;
use super::sites::{self, Phones};
use super::transfer;
use super::trunks::{Standings, standings};
use crate::app::App;
use crate::auth::Caller;
use crate::directory::Wanted;
use crate::error::{Answer, RouteError};
use crate::json::desk::MeState;
use crate::json::floor::{FloorState, QueueState};
use crate::json::problem::ProblemCode;
use crate::json::transfer::TransferTargets;
use crate::port::Health;

/// Which centre, and of which site, when not of all.
type Seen = (TenantId, Option<SiteId>);

/// The last floor made for each centre, shared by all who watch it.
#[derive(Default)]
pub struct Views {
    floors: Mutex<HashMap<Seen, (FloorKey, Arc<FloorState>)>>,
    /// The last count of tasks of each centre.
    pub(super) tasks: super::task::Counted,
}

impl Views {
    /// Forgets the floor of a centre after names were written.
    pub fn forget(&self, tenant: TenantId) {
        let mut floors = self.floors.lock().unwrap_or_else(PoisonError::into_inner);
        floors.retain(|(kept, _), _| *kept != tenant);
    }
}

/// What a floor was made from; an equal key gives an equal floor but for `at_us`.
#[derive(Clone, PartialEq, Eq)]
struct FloorKey {
    seq: u64,
    settings: u64,
    midnight: Utc,
    health: Health,
    standings: Standings,
    phones: Phones,
}

/// The live floor of a centre.
fn live(app: &App, tenant: TenantId) -> Answer<Arc<LiveFloor>> {
    app.floor.live(tenant).ok_or_else(|| RouteError::of(ProblemCode::Unavailable))
}

/// The caller's desk at this moment.
pub async fn me_now(app: &App, caller: &Caller) -> Answer<MeState> {
    me_of(app, caller, &*live(app, caller.tenant)?).await
}

/// The floor at this moment.
pub async fn floor_now(app: &App, caller: &Caller) -> Answer<FloorState> {
    floor_of(app, caller, &*live(app, caller.tenant)?).await.map(|state| FloorState::clone(&state))
}

/// The caller's desk as `live` has it.
pub async fn me_of(app: &App, caller: &Caller, live: &LiveFloor) -> Answer<MeState> {
    let agent: AgentId = caller.agent();
    let narrow = Sight::of(app, caller).await?.map(|sight| sight.narrow(live));
    let live = narrow.as_ref().unwrap_or(live);
    let mut wanted = Wanted::default();
    if let Some(known) = live.agents.get(&agent) {
        let offered = known.offer.and_then(|id| live.offers.get(&id)).map(|o| o.conversation);
        let handled = known.handlings.iter().filter_map(|id| live.handlings.get(id)).map(|h| h.conversation);
        let heard = live.supervision_of(agent);
        wanted.agents.extend(heard.map(|(_, known)| known.target));
        let heard = heard.map(|(conversation, _)| conversation.id);
        for conversation in handled.chain(offered).chain(heard).filter_map(|id| live.conversations.get(&id)) {
            want_label(&mut wanted, conversation);
            wanted.flows.extend(conversation.path.iter().map(|step| (step.flow, step.flow_version)));
            wanted.contacts.extend(conversation.customer.map(|customer| (conversation.id, customer)));
            for party in conversation.members.iter().chain(&conversation.transfer) {
                wanted.agents.insert(party.agent);
                wanted.agents.extend(party.colleague);
                wanted.parties.extend(party.outside);
            }
            wanted.agents.extend(conversation.supervisors.keys());
            if !conversation.members.is_empty() {
                let parts = live.handlings.values().filter(|part| part.conversation == conversation.id);
                wanted.agents.extend(parts.map(|part| part.agent));
            }
        }
    }
    for (conversation, transfer) in live.parked() {
        want_label(&mut wanted, conversation);
        wanted.agents.insert(transfer.agent);
    }
    let names = app.directory.names(app, caller.tenant, wanted).await?;
    let unmasked = caller.can(Permission::PersonalDataRead);
    let state = me::build(live, &names, agent, app.clock.now().utc, unmasked);
    Ok(MeState { draining: app.floor.health().draining, ..state })
}

/// The floor as `live` has it, as far as the caller sees it.
pub async fn floor_of(app: &App, caller: &Caller, live: &LiveFloor) -> Answer<Arc<FloorState>> {
    let tenant = caller.tenant;
    let place = (tenant, caller.site());
    let moment = moment(app, tenant).await?;
    let settings = app.directory.settings(app, tenant).await?;
    let standings = standings(app.floor.as_ref(), &settings.outbound);
    let (settings, midnight, health) = (settings.version, moment.midnight, moment.health);
    let phones = app.floor.phones();
    let key = FloorKey { seq: live.seq, settings, midnight, health, standings, phones };
    let kept = app.views.floors.lock().unwrap_or_else(PoisonError::into_inner).get(&place).cloned();
    if let Some((made_from, state)) = kept
        && made_from == key
    {
        let state = FloorState { at_us: moment.now.0, ..FloorState::clone(&state) };
        return Ok(Arc::new(state));
    }
    let sight = Sight::of(app, caller).await?;
    let narrow = sight.as_ref().map(|sight| sight.narrow(live));
    let live = narrow.as_ref().unwrap_or(live);
    let mut wanted = Wanted::default();
    let shown = live.conversations.values().filter(|c| c.stage != Stage::InFlow);
    shown.for_each(|conversation| want_label(&mut wanted, conversation));
    for (_, forward) in live.forwarded() {
        wanted.parties.insert(forward.to);
        wanted.agents.insert(forward.by);
    }
    wanted.agents.extend(live.parked().into_iter().map(|(_, transfer)| transfer.agent));
    wanted.agents.extend(live.stops.keys().filter_map(|stopped| match stopped {
        Stopped::Agent(agent) => Some(*agent),
        Stopped::Rule(_) => None,
    }));
    let named = wanted.agents.clone();
    let mut names = app.directory.names(app, tenant, wanted).await?;
    let sites = names.settings.sites.len();
    if let Some(sight) = &sight {
        // Somebody of another site may have handed over to this one.
        let agents = names.settings.agents.iter().filter(|agent| named.contains(&agent.id));
        names.people.extend(agents.map(|agent| (agent.id, agent.name.clone())));
        names.settings = sight.narrow_settings(&names.settings);
    }
    // Trunks carry the calls of all sites: whoever sees one is not told of them.
    let none = Standings::new();
    let standings = if sight.is_some() { &none } else { &key.standings };
    let sites = sites::rows(live, &names.settings, &key.phones, sites);
    let state = Arc::new(floor::build(live, &names, moment, standings, sites));
    app.views.floors.lock().unwrap_or_else(PoisonError::into_inner).insert(place, (key, state.clone()));
    Ok(state)
}

/// A queue as `live` has it; `None` when the settings have none of that id, or the caller does not see it.
pub async fn queue_of(app: &App, caller: &Caller, live: &LiveFloor, queue: QueueId) -> Answer<Option<QueueState>> {
    let tenant = caller.tenant;
    let sight = Sight::of(app, caller).await?;
    let narrow = sight.as_ref().map(|sight| sight.narrow(live));
    let live = narrow.as_ref().unwrap_or(live);
    let moment = moment(app, tenant).await?;
    let mut wanted = Wanted::default();
    live.waiting(queue).into_iter().for_each(|conversation| want_label(&mut wanted, conversation));
    let mut names = app.directory.names(app, tenant, wanted).await?;
    if let Some(sight) = &sight {
        names.settings = sight.narrow_settings(&names.settings);
    }
    Ok(floor::build_queue(live, &names, moment, queue))
}

/// To whom the caller could hand a customer over at this moment.
pub async fn transfer_targets(app: &App, caller: &Caller) -> Answer<TransferTargets> {
    let live = live(app, caller.tenant)?;
    let names = app.directory.names(app, caller.tenant, Wanted::default()).await?;
    Ok(transfer::targets(&live, &names, caller.agent()))
}

/// The first number of a centre.
pub async fn first_number(app: &App, tenant: TenantId) -> Answer<String> {
    let settings = app.directory.settings(app, tenant).await?;
    let first = settings.numbers.first().map(|number| number.number.clone());
    first.ok_or_else(|| RouteError::of(ProblemCode::UnknownReference))
}

/// This moment in the centre's day.
pub async fn moment(app: &App, tenant: TenantId) -> Answer<Moment> {
    let zone = app.directory.settings(app, tenant).await?.time_zone.clone();
    let now = app.clock.now().utc;
    Ok(Moment { now, midnight: midnight(now, &zone), health: app.floor.health() })
}

fn want_label(wanted: &mut Wanted, conversation: &LiveConversation) {
    wanted.parties.insert(conversation.from);
    wanted.customers.extend(conversation.customer);
}

/// The last midnight in `zone`; where clocks were moved over midnight, the first moment of the day. An unknown zone is UTC.
fn midnight(now: Utc, zone: &str) -> Utc {
    let zone: chrono_tz::Tz = zone.parse().unwrap_or(chrono_tz::UTC);
    let LocalResult::Single(local) = zone.timestamp_micros(now.0) else { return now };
    let start = local.date_naive().and_time(NaiveTime::MIN);
    let first = (0..=3).find_map(|hour| zone.from_local_datetime(&(start + chrono::TimeDelta::hours(hour))).earliest());
    first.map_or(now, |at| Utc(at.timestamp_micros()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_is_local() {
        let at = |text: &str| Utc(chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_micros());
        let check = |now, zone, expected| assert_eq!(midnight(at(now), zone), at(expected), "{now} {zone}");
        check("2025-09-01T17:00:00Z", "Asia/Shanghai", "2025-09-01T16:00:00Z");
        check("2025-09-01T15:59:59Z", "Asia/Shanghai", "2025-08-31T16:00:00Z");
        check("2025-09-01T15:59:59Z", "UTC", "2025-09-01T00:00:00Z");
        // Beirut moves its clocks forward at midnight: that day begins at 01:00.
        check("2025-03-30T10:00:00Z", "Asia/Beirut", "2025-03-29T22:00:00Z");
        check("2025-09-01T15:59:59Z", "nowhere", "2025-09-01T00:00:00Z");
    }
}
