//! Sites: list, create, read, change, remove, and which one a number belongs to.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use domain::calendar::Tz;
use domain::site::VoiceCodec;
use domain::{NumberId, Permission, SiteId};
use ipnet::{IpNet, Ipv4Net};
use store::{SITE_RANGES_MAX, SiteDraft, SiteHoldings};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::Answer;
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::problem::FaultCode;
use crate::json::settings::Number;
use crate::json::site::{NumberSite, Site, SiteWanted};
use crate::limits::{NAME_CHARS_MAX, SITE_CALLS, TIME_ZONE_CHARS_MAX};
use crate::page::{PageQuery, cut};

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SettingsRead, routes!(list))
        .command(Permission::SettingsWrite, routes!(create))
        .needs(Permission::SettingsRead, routes!(read))
        .needs(Permission::SettingsWrite, routes!(change))
        .needs(Permission::SettingsWrite, routes!(remove))
        .needs(Permission::SettingsWrite, routes!(set_of_number))
}

/// Sites, by name.
#[utoipa::path(get, path = "/api/v1/sites", tag = "sites", operation_id = "list_sites",
    params(PageQuery), responses((status = 200, body = List<Site>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Site>>> {
    let rows = app.store.sites(&caller.scope()).await?;
    let held = app.store.site_holdings(&caller.scope()).await?;
    let held = |id: SiteId| held.get(&id).copied().unwrap_or_default();
    cut(&app, "list_sites", &query, rows, |row| row.id.to_string(), |row| show(held(row.id), row)).map(Json)
}

/// Makes a site.
#[utoipa::path(post, path = "/api/v1/sites", tag = "sites", operation_id = "create_site", request_body = SiteWanted,
    responses((status = 201, body = Site, headers(("Location" = String, description = "The new one.")))))]
async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<SiteWanted>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<Site>)> {
    let draft = check(&app, &caller, None, wanted).await?;
    let made = app.store.create_site(&caller.scope(), app.clock.now().utc, &draft).await?;
    super::settings_written(&app, &caller).await;
    let location = [(header::LOCATION, format!("/api/v1/sites/{}", made.id))];
    Ok((StatusCode::CREATED, location, Json(show(SiteHoldings::default(), made))))
}

/// One site.
#[utoipa::path(get, path = "/api/v1/sites/{id}", tag = "sites", operation_id = "get_site",
    params(("id" = String, Path)), responses((status = 200, body = Site)))]
async fn read(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<SiteId>) -> Answer<Json<Site>> {
    let site = app.store.site(&caller.scope(), id).await?;
    shown(&app, &caller, site).await
}

/// Changes a site as a whole. Phones whose address is not within it any more lose their registration at once.
#[utoipa::path(put, path = "/api/v1/sites/{id}", tag = "sites", operation_id = "change_site",
    params(("id" = String, Path)), request_body = SiteWanted, responses((status = 200, body = Site)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<SiteId>,
    Body(wanted): Body<SiteWanted>,
) -> Answer<Json<Site>> {
    let scope = caller.scope();
    app.store.site(&scope, id).await?;
    let version = u64::try_from(wanted.version).unwrap_or(0);
    let draft = check(&app, &caller, Some(id), wanted).await?;
    let after = app.store.update_site(&scope, app.clock.now().utc, id, version, &draft).await?;
    super::settings_written(&app, &caller).await;
    shown(&app, &caller, after).await
}

/// Takes a site away. `in_use` while phones, numbers, people, teams or queues belong to it.
#[utoipa::path(delete, path = "/api/v1/sites/{id}", tag = "sites", operation_id = "remove_site",
    params(("id" = String, Path)), responses((status = 204, description = "Gone.")))]
async fn remove(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<SiteId>) -> Answer<StatusCode> {
    app.store.remove_site(&caller.scope(), app.clock.now().utc, id).await?;
    super::settings_written(&app, &caller).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a number to a site: conversations that begin with it belong there.
#[utoipa::path(put, path = "/api/v1/numbers/{id}/site", tag = "sites", operation_id = "set_number_site",
    params(("id" = String, Path)), request_body = NumberSite, responses((status = 200, body = Number)))]
async fn set_of_number(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<NumberId>,
    Body(wanted): Body<NumberSite>,
) -> Answer<Json<Number>> {
    let scope = caller.scope();
    let known = app.store.sites(&scope).await?;
    let mut faults = Faults::default();
    let site = faults.id("site_id", &wanted.site_id, |id: &SiteId| known.iter().any(|site| site.id == *id));
    faults.none()?;
    let site = site.ok_or_else(crate::error::RouteError::not_found)?;
    let number = app.store.set_number_site(&scope, app.clock.now().utc, id, site).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(number.into()))
}

async fn check(app: &App, caller: &Caller, own: Option<SiteId>, wanted: SiteWanted) -> Answer<SiteDraft> {
    let mut faults = Faults::default();
    let name = faults.text("name", &wanted.name, 1, NAME_CHARS_MAX);
    let others = app.store.sites(&caller.scope()).await?;
    if others.iter().any(|other| Some(other.id) != own && other.name == name) {
        faults.add("name", FaultCode::Taken);
    }
    let time_zone = match wanted.time_zone {
        Some(time_zone) => time_zone,
        None => app.directory.tenant(&app.store, caller.tenant).await?.time_zone.clone(),
    };
    let time_zone = faults.text("time_zone", &time_zone, 1, TIME_ZONE_CHARS_MAX);
    if !time_zone.is_empty() && time_zone.parse::<Tz>().is_err() {
        faults.add("time_zone", FaultCode::UnknownTimeZone);
    }
    let address_ranges = ranges(&mut faults, &wanted.address_ranges);
    let calls_max = wanted.calls_max.map(|calls| faults.count("calls_max", calls, SITE_CALLS));
    let codecs = codecs(&mut faults, wanted.codecs);
    faults.none().map(|()| SiteDraft { name, time_zone, address_ranges, calls_max, codecs })
}

/// Each as the network it means: the bits of a host are left out, a single address is a network of one.
fn ranges(faults: &mut Faults, given: &[String]) -> Vec<IpNet> {
    faults.length("address_ranges", given.len(), 0, SITE_RANGES_MAX);
    let mut read: Vec<IpNet> = Vec::new();
    for (n, text) in given.iter().enumerate().take(SITE_RANGES_MAX) {
        let field = format!("address_ranges.{n}");
        match range(text.trim()) {
            None => faults.add(&field, FaultCode::Malformed),
            Some(range) if read.contains(&range) => faults.add(&field, FaultCode::Taken),
            Some(range) => read.push(range),
        }
    }
    read
}

fn range(text: &str) -> Option<IpNet> {
    let single = || text.parse::<IpAddr>().ok().map(IpNet::from);
    text.parse::<IpNet>().ok().or_else(single).map(|range| unmapped(range).trunc())
}

/// A range of IPv4 written as IPv6 is the range of IPv4: telephones are compared by the address they have.
fn unmapped(range: IpNet) -> IpNet {
    let IpNet::V6(v6) = range else { return range };
    let parts = v6.addr().to_ipv4_mapped().zip(v6.prefix_len().checked_sub(96));
    parts.and_then(|(address, length)| Ipv4Net::new(address, length).ok()).map_or(range, IpNet::V4)
}

fn codecs(faults: &mut Faults, given: Option<Vec<String>>) -> Vec<VoiceCodec> {
    let Some(given) = given else { return VoiceCodec::ALL.to_vec() };
    faults.length("codecs", given.len(), 1, VoiceCodec::ALL.len());
    let mut read: Vec<VoiceCodec> = Vec::new();
    for (n, name) in given.iter().enumerate().take(VoiceCodec::ALL.len()) {
        let field = format!("codecs.{n}");
        match VoiceCodec::from_name(name) {
            None => faults.add(&field, FaultCode::Malformed),
            Some(codec) if read.contains(&codec) => faults.add(&field, FaultCode::Taken),
            Some(codec) => read.push(codec),
        }
    }
    read
}

async fn shown(app: &App, caller: &Caller, site: store::Site) -> Answer<Json<Site>> {
    let held = app.store.site_holdings(&caller.scope()).await?;
    Ok(Json(show(held.get(&site.id).copied().unwrap_or_default(), site)))
}

fn show(held: SiteHoldings, site: store::Site) -> Site {
    Site {
        id: site.id.to_string(),
        name: site.name,
        time_zone: site.time_zone,
        address_ranges: site.address_ranges.iter().map(ToString::to_string).collect(),
        calls_max: site.calls_max,
        codecs: site.codecs.into_iter().map(Into::into).collect(),
        devices: held.devices,
        users: held.users,
        numbers: held.numbers,
        version: i64::try_from(site.version).unwrap_or(i64::MAX),
    }
}
