//! Lists of numbers: list, put in, change, take out, try a number, block the caller of a conversation.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::outbound::is_emergency_number;
use domain::screening::{Covers, NumberList, ScreenAction, ScreenReason};
use domain::{ConversationId, Direction, ListEntryId, Permission, Utc};
use store::{LISTS_FULL, ListChange, ListDraft, ListQuery, ListRecord, NUMBER_LISTED, Page, StoreError};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::directory::{Names, Wanted};
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::number_list::{
    AreaName, CallerToBlock, NewNumberListEntry, NumberArea, NumberCheck, NumberListChange, NumberListEntry,
    NumberListQuery, NumberToCheck, ScreenOutcome, ScreenReasonCode,
};
use crate::json::problem::{FaultCode, ProblemCode};
use crate::json::{List, Named};
use crate::limits::{BLOCK_DAYS, LIST_NOTE_CHARS_MAX, NUMBER_CHARS_MAX, SEARCH_CHARS_MAX};
use crate::page::{after, limit, page};
use crate::views::mask::mask;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::FloorRead, routes!(list))
        .needs(Permission::FloorRead, routes!(areas))
        .command(Permission::SettingsWrite, routes!(add))
        .needs(Permission::SettingsWrite, routes!(change))
        .needs(Permission::SettingsWrite, routes!(remove))
        .needs(Permission::FloorRead, routes!(check))
        .command(Permission::FloorSupervise, routes!(block_caller))
}

/// Numbers that are blocked, let in, or first, the newest first.
#[utoipa::path(get, path = "/api/v1/number-list", tag = "settings", operation_id = "list_numbers_of_lists",
    params(NumberListQuery), responses((status = 200, body = List<NumberListEntry>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<NumberListQuery>,
) -> Answer<Json<List<NumberListEntry>>> {
    let limit = limit(query.limit.as_deref())?;
    let mut faults = Faults::default();
    let text = faults.optional("q", query.q.as_deref(), SEARCH_CHARS_MAX);
    let wanted = ListQuery {
        areas: text.as_deref().map(|text| areas_named(&app, text)).unwrap_or_default(),
        list: query.list.as_deref().and_then(|name| {
            let list = NumberList::from_name(name);
            faults.pattern("list", name, |_| list.is_some());
            list
        }),
        text,
    };
    faults.none()?;
    let asked = Page { limit: limit + 1, after: after(&app, "number-list", query.cursor.as_deref())? };
    let rows = app.store.list_entries(&caller.scope(), &wanted, asked).await?;
    let names = names(&app, &caller, &rows).await?;
    let unmasked = caller.can(Permission::PersonalDataRead);
    let show = |row| shown(&app, row, &names, unmasked);
    Ok(Json(page(&app, "number-list", limit, rows, |row| row.id.to_string(), show)))
}

/// The paths of the areas that somebody who reads this text on a page may mean.
fn areas_named(app: &App, text: &str) -> Vec<String> {
    let text = text.trim().to_lowercase();
    let is_meant = |name: &AreaName| name.zh.contains(&text) || name.en.to_lowercase().contains(&text);
    app.numbers.areas().iter().filter(|(_, name)| is_meant(name)).map(|(path, _)| path.clone()).collect()
}

/// The areas that entries can name: what the data on numbers knows, countries with their provinces and cities, ordered by value.
#[utoipa::path(get, path = "/api/v1/number-list/areas", tag = "settings", operation_id = "list_number_areas",
    responses((status = 200, body = List<NumberArea>)))]
async fn areas(State(app): State<Arc<App>>, _: Caller) -> Json<List<NumberArea>> {
    let area = |(value, name): (&String, &AreaName)| NumberArea { value: value.clone(), name: name.clone() };
    Json(List { items: app.numbers.areas().iter().map(area).collect(), next_cursor: None })
}

/// Puts a number, all that begin alike, or all of an area, on a list.
#[utoipa::path(post, path = "/api/v1/number-list", tag = "settings", operation_id = "add_number_to_list",
    request_body = NewNumberListEntry, responses((status = 201, body = NumberListEntry)))]
async fn add(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewNumberListEntry>,
) -> Answer<(StatusCode, Json<NumberListEntry>)> {
    let (scope, now) = (caller.scope(), app.clock.now().utc);
    let mut faults = Faults::default();
    let draft = ListDraft {
        list: new.list.into(),
        covers: new.kind.into(),
        value: faults.text("value", &new.value, 1, NUMBER_CHARS_MAX),
        note: faults.optional("note", new.note.as_deref(), LIST_NOTE_CHARS_MAX),
        expires_at: new.expires_at_us.map(|at| expiry(&mut faults, at, now)),
    };
    let spellings = app.store.list_spellings(&scope, draft.covers, &draft.value);
    if !draft.value.is_empty() && spellings.is_none() {
        faults.add("value", FaultCode::Malformed);
    } else if draft.covers == Covers::Area && spellings.is_some() && !app.numbers.areas().contains_key(&draft.value) {
        faults.add("value", FaultCode::UnknownReference);
    }
    if draft.list == NumberList::Block {
        may_be_blocked(&app, &caller, &mut faults, draft.covers, &spellings.unwrap_or_default()).await?;
    }
    faults.none()?;
    let made = app.store.add_list_entry(&scope, now, &draft).await;
    let made = made.map_err(|error| refusal(error, "value"))?;
    super::settings_written(&app, &caller).await;
    Ok((StatusCode::CREATED, Json(show(&app, &caller, made).await?)))
}

/// What is wrong with an entry that the lists do not take, said of the field that was asked for.
fn refusal(error: StoreError, field: &'static str) -> RouteError {
    if matches!(error, StoreError::Conflict(NUMBER_LISTED)) {
        RouteError::invalid_field(field, FaultCode::Taken)
    } else if matches!(error, StoreError::Conflict(LISTS_FULL)) {
        RouteError::invalid_field(field, FaultCode::TooMany)
    } else {
        RouteError::from(error)
    }
}

/// Changes a note or an end, or moves an entry to another list.
#[utoipa::path(patch, path = "/api/v1/number-list/{id}", tag = "settings", operation_id = "change_number_of_list",
    params(("id" = String, Path)), request_body = NumberListChange, responses((status = 200, body = NumberListEntry)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<ListEntryId>,
    Body(change): Body<NumberListChange>,
) -> Answer<Json<NumberListEntry>> {
    let (scope, now) = (caller.scope(), app.clock.now().utc);
    let before = app.store.list_entry(&scope, id).await?;
    let mut faults = Faults::default();
    let note = change.note.map(|note| faults.optional("note", note.as_deref(), LIST_NOTE_CHARS_MAX));
    let expires_at = change.expires_at_us.map(|at| at.map(|at| expiry(&mut faults, at, now)));
    let list = change.list.map(NumberList::from);
    if list == Some(NumberList::Block) {
        may_be_blocked(&app, &caller, &mut faults, before.covers, &before.spellings).await?;
    }
    faults.none()?;
    let changed = app.store.change_list_entry(&scope, now, id, &ListChange { list, note, expires_at }).await;
    let after = changed.map_err(|error| refusal(error, "list"))?;
    super::settings_written(&app, &caller).await;
    Ok(Json(show(&app, &caller, after).await?))
}

/// Takes an entry off its list.
#[utoipa::path(delete, path = "/api/v1/number-list/{id}", tag = "settings", operation_id = "remove_number_of_list",
    params(("id" = String, Path)), responses((status = 204)))]
async fn remove(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<ListEntryId>) -> Answer<StatusCode> {
    app.store.delete_list_entry(&caller.scope(), app.clock.now().utc, id).await?;
    super::settings_written(&app, &caller).await;
    Ok(StatusCode::NO_CONTENT)
}

/// What would become of a call from a number at this moment.
#[utoipa::path(post, path = "/api/v1/number-list/check", tag = "settings", operation_id = "check_number",
    request_body = NumberToCheck, responses((status = 200, body = NumberCheck)))]
async fn check(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(wanted): Body<NumberToCheck>,
) -> Answer<Json<NumberCheck>> {
    let mut faults = Faults::default();
    let number = faults.text("number", &wanted.number, 0, NUMBER_CHARS_MAX);
    faults.none()?;
    let scope = caller.scope();
    let normalised = app.store.caller_spelling(&scope, &number).unwrap_or_default();
    let judged = app.floor.screen(caller.tenant, number).await.ok_or(RouteError::of(ProblemCode::Unavailable))?;
    let entry = match judged.entry.or(judged.vip) {
        // Whoever took it out meanwhile leaves nothing to show.
        Some(id) => match app.store.list_entry(&scope, id).await {
            Ok(row) => Some(show(&app, &caller, row).await?),
            Err(StoreError::NotFound(_)) => None,
            Err(error) => return Err(error.into()),
        },
        None => None,
    };
    let outcome = judged.screening.map_or(ScreenOutcome::Accepted, |screening| match screening.action {
        ScreenAction::LetIn => ScreenOutcome::Accepted,
        ScreenAction::Refused => ScreenOutcome::Refused,
        ScreenAction::Diverted(_) => ScreenOutcome::Diverted,
    });
    let reason = judged.screening.and_then(|screening| match screening.reason {
        ScreenReason::BlockList(_) | ScreenReason::BlockArea(_) => Some(ScreenReasonCode::BlockList),
        ScreenReason::Anonymous => Some(ScreenReasonCode::Anonymous),
        ScreenReason::Nuisance => Some(ScreenReasonCode::Nuisance),
        ScreenReason::AllowList(_) | ScreenReason::AllowArea(_) => None,
    });
    let normalised = if caller.can(Permission::PersonalDataRead) { normalised } else { mask(&normalised) };
    Ok(Json(NumberCheck { normalised, entry, outcome, reason, vip: judged.vip.is_some() }))
}

/// Puts the caller of a conversation on the block list; nobody needs to see the number for it.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/block-caller", tag = "conversations", operation_id = "block_caller",
    params(("id" = String, Path)), request_body = CallerToBlock, responses((status = 201, body = NumberListEntry)))]
async fn block_caller(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<ConversationId>,
    Body(wanted): Body<CallerToBlock>,
) -> Answer<(StatusCode, Json<NumberListEntry>)> {
    let (scope, now) = (caller.scope(), app.clock.now().utc);
    super::conversations::projected(&app, &caller).await?;
    let row = app.store.conversation(&scope, id).await?;
    if row.direction != Direction::Inbound {
        return Err(RouteError::of(ProblemCode::WrongState));
    }
    let mut faults = Faults::default();
    let note = faults.optional("note", wanted.note.as_deref(), LIST_NOTE_CHARS_MAX);
    let days = wanted.days.map(|days| faults.count("days", days, BLOCK_DAYS));
    let parties = app.store.party_values(&scope, &[row.from]).await?;
    let number = parties.get(&row.from).map(|party| party.raw.clone()).unwrap_or_default();
    let spelling = app.store.caller_spelling(&scope, &number).ok_or(RouteError::of(ProblemCode::BadNumber))?;
    may_be_blocked(&app, &caller, &mut faults, Covers::Number, std::slice::from_ref(&spelling)).await?;
    faults.none()?;
    let expires_at = days.map(|days| Utc(now.0.saturating_add(i64::from(days) * DAY_US)));
    // A caller id may be longer than what an entry holds.
    let value = if number.chars().count() > NUMBER_CHARS_MAX { spelling } else { number };
    let draft = ListDraft { list: NumberList::Block, covers: Covers::Number, value, note, expires_at };
    let made = app.store.add_list_entry(&scope, now, &draft).await?;
    super::settings_written(&app, &caller).await;
    let names = names(&app, &caller, std::slice::from_ref(&made)).await?;
    Ok((StatusCode::CREATED, Json(shown(&app, made, &names, false))))
}

/// A day, µs.
const DAY_US: i64 = 24 * 3_600 * 1_000_000;

/// Nobody means to keep anybody out for longer than that.
const EXPIRY_DAYS_MAX: i64 = 36_525;

/// A moment in the future, µs.
fn expiry(faults: &mut Faults, at: i64, now: Utc) -> Utc {
    if at <= now.0 {
        faults.add("expires_at_us", FaultCode::TooSmall);
    } else if at > now.0.saturating_add(EXPIRY_DAYS_MAX * DAY_US) {
        faults.add("expires_at_us", FaultCode::TooLarge);
    }
    Utc(at)
}

/// Those who help, the centre itself and its whole country are not kept out.
async fn may_be_blocked(
    app: &App,
    caller: &Caller,
    faults: &mut Faults,
    covers: Covers,
    spellings: &[String],
) -> Answer<()> {
    match covers {
        Covers::Number => {}
        Covers::Prefix => return Ok(()),
        Covers::Area => {
            if spellings.contains(&app.store.home_area(&caller.scope())) {
                faults.add("value", FaultCode::OwnCountry);
            }
            return Ok(());
        }
    }
    if spellings.iter().any(|one| is_emergency_number(one)) {
        faults.add("value", FaultCode::EmergencyNumber);
    }
    let scope = caller.scope();
    let own = app.store.numbers(&scope).await?;
    let mut own = own.iter().filter_map(|own| app.store.caller_spelling(&scope, &own.number.number));
    if own.any(|own| spellings.contains(&own)) {
        faults.add("value", FaultCode::OwnNumber);
    }
    Ok(())
}

async fn names(app: &App, caller: &Caller, rows: &[ListRecord]) -> Answer<Names> {
    let people = rows.iter().filter_map(|row| row.created_by).map(Into::into).collect();
    app.directory.names(app, caller.tenant, Wanted { agents: people, ..Wanted::default() }).await
}

async fn show(app: &App, caller: &Caller, row: ListRecord) -> Answer<NumberListEntry> {
    let names = names(app, caller, std::slice::from_ref(&row)).await?;
    Ok(shown(app, row, &names, caller.can(Permission::PersonalDataRead)))
}

fn shown(app: &App, row: ListRecord, names: &Names, unmasked: bool) -> NumberListEntry {
    let is_area = row.covers == Covers::Area;
    NumberListEntry {
        id: row.id.to_string(),
        list: row.list.into(),
        kind: row.covers.into(),
        area: is_area.then(|| app.numbers.areas().get(&row.value).cloned()).flatten(),
        // An area is nobody's.
        value: if unmasked || is_area { row.value } else { mask(&row.value) },
        note: row.note,
        expires_at_us: row.expires_at.map(|at| at.0),
        created_at_us: row.created_at.0,
        created_by: row.created_by.map(|user| Named { id: user.to_string(), name: names.agent(user.into()).name }),
    }
}
