//! Opening hours: the weekly pattern, holidays, make-up workdays, closures, and what they come to in a month.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use domain::calendar::{Calendar as Hours, Datelike, Day, DayKind, NaiveDate};
use domain::{CalendarExceptionId, CalendarId, NumberId, Permission, Utc};
use store::CalendarRecord;
use utoipa_axum::routes;

use super::calendar_check as check;
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::calendar::{
    Calendar, CalendarChange, CalendarDay, CalendarDayState, CalendarException, CalendarExceptionWanted, CalendarMonth,
    HoursInterval, HoursStanding, MonthQuery, NewCalendar, NumberCalendar, WeeklyInterval, YEARS,
};
use crate::json::problem::FaultCode;
use crate::json::settings::Number;
use crate::page::{PageQuery, cut};

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SettingsRead, routes!(list))
        .command(Permission::SettingsWrite, routes!(create))
        .needs(Permission::SettingsRead, routes!(read))
        .needs(Permission::SettingsWrite, routes!(change))
        .needs(Permission::SettingsWrite, routes!(remove))
        .needs(Permission::SettingsRead, routes!(month))
        .command(Permission::SettingsWrite, routes!(create_exception))
        .needs(Permission::SettingsWrite, routes!(change_exception))
        .needs(Permission::SettingsWrite, routes!(remove_exception))
        .needs(Permission::SettingsWrite, routes!(set_of_number))
}

/// Opening hours, the oldest first.
#[utoipa::path(get, path = "/api/v1/calendars", tag = "calendars", operation_id = "list_calendars",
    params(PageQuery), responses((status = 200, body = List<Calendar>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Calendar>>> {
    let rows = app.store.calendars(&caller.scope()).await?;
    let now = app.clock.now().utc;
    cut(&app, "calendars", &query, rows, |row| row.calendar.id.to_string(), |row| show(row, now)).map(Json)
}

/// Makes opening hours.
#[utoipa::path(post, path = "/api/v1/calendars", tag = "calendars", operation_id = "create_calendar",
    request_body = NewCalendar,
    responses((status = 201, body = Calendar, headers(("Location" = String, description = "The new one.")))))]
async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewCalendar>,
) -> Answer<(StatusCode, [(HeaderName, String); 1], Json<Calendar>)> {
    let time_zone = match new.time_zone {
        Some(time_zone) => time_zone,
        None => app.directory.tenant(&app.store, caller.tenant).await?.time_zone.clone(),
    };
    let draft = check::calendar(&new.name, &time_zone, &new.weekly)?;
    let now = app.clock.now().utc;
    let made = app.store.create_calendar(&caller.scope(), now, &draft).await?;
    super::settings_written(&app, &caller).await;
    let location = [(header::LOCATION, format!("/api/v1/calendars/{}", made.calendar.id))];
    Ok((StatusCode::CREATED, location, Json(show(made, now))))
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/calendars/{id}", tag = "calendars", operation_id = "get_calendar",
    params(("id" = String, Path)), responses((status = 200, body = Calendar)))]
async fn read(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<CalendarId>) -> Answer<Json<Calendar>> {
    let record = app.store.calendar(&caller.scope(), id).await?;
    Ok(Json(show(record, app.clock.now().utc)))
}

/// Changes name, zone or weekly pattern.
#[utoipa::path(patch, path = "/api/v1/calendars/{id}", tag = "calendars", operation_id = "change_calendar",
    params(("id" = String, Path)), request_body = CalendarChange, responses((status = 200, body = Calendar)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<CalendarId>,
    Body(change): Body<CalendarChange>,
) -> Answer<Json<Calendar>> {
    let before = app.store.calendar(&caller.scope(), id).await?.calendar;
    let weekly = change.weekly.unwrap_or_else(|| weekly(&before));
    let name = change.name.unwrap_or(before.name);
    let draft = check::calendar(&name, &change.time_zone.unwrap_or(before.time_zone), &weekly)?;
    let version = u64::try_from(change.version).unwrap_or(0);
    let now = app.clock.now().utc;
    let after = app.store.update_calendar(&caller.scope(), now, id, version, &draft).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(show(after, now)))
}

/// Takes opening hours out of use. `conflict` while a number or a flow asks them: give those others first.
#[utoipa::path(delete, path = "/api/v1/calendars/{id}", tag = "calendars", operation_id = "remove_calendar",
    params(("id" = String, Path)), responses((status = 204, description = "Gone.")))]
async fn remove(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<CalendarId>) -> Answer<StatusCode> {
    app.store.remove_calendar(&caller.scope(), app.clock.now().utc, id).await?;
    super::settings_written(&app, &caller).await;
    Ok(StatusCode::NO_CONTENT)
}

/// What holds on each date of a month.
#[utoipa::path(get, path = "/api/v1/calendars/{id}/month", tag = "calendars", operation_id = "get_calendar_month",
    params(("id" = String, Path), MonthQuery), responses((status = 200, body = CalendarMonth)))]
async fn month(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<CalendarId>,
    Params(query): Params<MonthQuery>,
) -> Answer<Json<CalendarMonth>> {
    let mut faults = Faults::default();
    let year = query.year.parse().ok().filter(|year| (YEARS.0..=YEARS.1).contains(year));
    let month = query.month.parse().ok().filter(|month| (1..=12).contains(month));
    for (field, is_read) in [("year", year.is_some()), ("month", month.is_some())] {
        if !is_read {
            faults.add(field, FaultCode::Malformed);
        }
    }
    faults.none()?;
    let first = year.zip(month).and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1));
    let first = first.ok_or_else(RouteError::not_found)?;
    let calendar = app.store.calendar(&caller.scope(), id).await?.calendar;
    let dates = first.iter_days().take_while(|date| date.month() == first.month());
    let today = calendar.date_at(app.clock.now().utc).unwrap_or(first);
    Ok(Json(CalendarMonth {
        year: first.year(),
        month: first.month(),
        today: today.to_string(),
        days: dates.map(|date| show_day(&calendar, date)).collect(),
    }))
}

/// Adds a holiday, a make-up workday or a closure.
#[utoipa::path(post, path = "/api/v1/calendars/{id}/exceptions", tag = "calendars",
    operation_id = "create_calendar_exception", params(("id" = String, Path)), request_body = CalendarExceptionWanted,
    responses((status = 201, body = CalendarException)))]
async fn create_exception(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<CalendarId>,
    Body(wanted): Body<CalendarExceptionWanted>,
) -> Answer<(StatusCode, Json<CalendarException>)> {
    let draft = check::exception(&wanted)?;
    let made = app.store.create_calendar_exception(&caller.scope(), app.clock.now().utc, id, &draft).await?;
    super::settings_written(&app, &caller).await;
    Ok((StatusCode::CREATED, Json((&made).into())))
}

/// Changes one, as a whole.
#[utoipa::path(put, path = "/api/v1/calendar-exceptions/{id}", tag = "calendars",
    operation_id = "change_calendar_exception", params(("id" = String, Path)), request_body = CalendarExceptionWanted,
    responses((status = 200, body = CalendarException)))]
async fn change_exception(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<CalendarExceptionId>,
    Body(wanted): Body<CalendarExceptionWanted>,
) -> Answer<Json<CalendarException>> {
    let draft = check::exception(&wanted)?;
    let (_, after) = app.store.update_calendar_exception(&caller.scope(), app.clock.now().utc, id, &draft).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json((&after).into()))
}

/// Takes one away.
#[utoipa::path(delete, path = "/api/v1/calendar-exceptions/{id}", tag = "calendars",
    operation_id = "remove_calendar_exception", params(("id" = String, Path)),
    responses((status = 204, description = "Gone.")))]
async fn remove_exception(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<CalendarExceptionId>,
) -> Answer<StatusCode> {
    app.store.remove_calendar_exception(&caller.scope(), app.clock.now().utc, id).await?;
    super::settings_written(&app, &caller).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a number opening hours, or takes them away.
#[utoipa::path(put, path = "/api/v1/numbers/{id}/calendar", tag = "settings", operation_id = "set_number_calendar",
    params(("id" = String, Path)), request_body = NumberCalendar, responses((status = 200, body = Number)))]
async fn set_of_number(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<NumberId>,
    Body(wanted): Body<NumberCalendar>,
) -> Answer<Json<Number>> {
    let scope = caller.scope();
    let known = app.store.calendars(&scope).await?;
    let mut faults = Faults::default();
    let is_known = |id: &CalendarId| known.iter().any(|record| record.calendar.id == *id);
    let calendar = wanted.calendar_id.as_deref().and_then(|text| faults.id("calendar_id", text, is_known));
    faults.none()?;
    let number = app.store.set_number_calendar(&scope, app.clock.now().utc, id, calendar).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(number.into()))
}

fn weekly(calendar: &Hours) -> Vec<WeeklyInterval> {
    let shown = calendar.weekly.iter().map(|one| WeeklyInterval {
        weekday: one.weekday.into(),
        from_minute: one.from_minute.into(),
        to_minute: one.to_minute.into(),
    });
    shown.collect()
}

fn show(record: CalendarRecord, now: Utc) -> Calendar {
    let CalendarRecord { calendar, version } = record;
    let verdict = domain::calendar::is_open(&calendar, now);
    Calendar {
        id: calendar.id.to_string(),
        weekly: weekly(&calendar),
        exceptions: calendar.exceptions.iter().map(CalendarException::from).collect(),
        standing: verdict.map_or_else(HoursStanding::unknown, |found| HoursStanding::of(found.standing, found.until)),
        name: calendar.name,
        time_zone: calendar.time_zone,
        version: i64::try_from(version).unwrap_or(i64::MAX),
    }
}

fn show_day(calendar: &Hours, date: NaiveDate) -> CalendarDay {
    let day = calendar.day(date);
    let shift = calendar.clock_shift(date).filter(|shift| !shift.is_zero());
    CalendarDay {
        date: date.to_string(),
        weekday: date.weekday().num_days_from_monday(),
        state: state(&day),
        intervals: day.open.iter().copied().map(HoursInterval::from).collect(),
        exception_ids: day.ruled_by.iter().chain(&day.closures).map(|one| one.id.to_string()).collect(),
        clock_shift_ms: shift.map(|shift| shift.num_milliseconds()),
    }
}

fn state(day: &Day<'_>) -> CalendarDayState {
    if day.open != day.planned {
        return CalendarDayState::Closure;
    }
    match day.kind {
        DayKind::Holiday => CalendarDayState::Holiday,
        DayKind::MakeUp => CalendarDayState::MakeUp,
        DayKind::Weekly if day.open.is_empty() => CalendarDayState::Closed,
        DayKind::Weekly => CalendarDayState::Open,
    }
}
