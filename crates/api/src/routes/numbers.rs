//! Numbers customers dial: list, create, change, remove.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{CalendarId, FlowId, NumberId, Permission};
use store::{NumberDraft, NumberRecord};
use utoipa_axum::routes;

use super::references::References;
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::codes::{AnswerWhen, Language};
use crate::json::problem::{FaultCode, ProblemCode};
use crate::json::settings::{NewNumber, Number, NumberChange};
use crate::limits::{NAME_CHARS_MAX, OWN_NUMBER_CHARS_MAX};
use crate::page::{PageQuery, cut};

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::SettingsRead, routes!(list))
        .command(Permission::SettingsWrite, routes!(create))
        .needs(Permission::SettingsWrite, routes!(change))
        .needs(Permission::SettingsWrite, routes!(remove))
}

/// Numbers customers dial.
#[utoipa::path(get, path = "/api/v1/numbers", tag = "settings", operation_id = "list_numbers",
    params(PageQuery), responses((status = 200, body = List<Number>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> Answer<Json<List<Number>>> {
    let rows = app.store.numbers(&caller.scope()).await?;
    cut(&app, "list_numbers", &query, rows, |row| row.number.id.to_string(), Number::from).map(Json)
}

/// Makes a number: the next call to it is answered by its flow.
#[utoipa::path(post, path = "/api/v1/numbers", tag = "settings", operation_id = "create_number", request_body = NewNumber,
    responses((status = 201, body = Number)))]
async fn create(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(new): Body<NewNumber>,
) -> Answer<(StatusCode, Json<Number>)> {
    let draft = drafted(&app, &caller, new).await?;
    let made = app.store.create_number(&caller.scope(), app.clock.now().utc, &draft).await?;
    super::settings_written(&app, &caller).await;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Changes name, flow, language or when calls are answered; counts from the next call on.
#[utoipa::path(patch, path = "/api/v1/numbers/{id}", tag = "settings", operation_id = "change_number",
    params(("id" = String, Path)), request_body = NumberChange, responses((status = 200, body = Number)))]
async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<NumberId>,
    Body(change): Body<NumberChange>,
) -> Answer<Json<Number>> {
    let NumberRecord { number: before, .. } = app.store.number(&caller.scope(), id).await?;
    let mut faults = Faults::default();
    let name = change.name.map_or(before.name, |name| faults.text("name", &name, 1, NAME_CHARS_MAX));
    let flow = match change.flow_id {
        Some(flow) => flow_of(&app, &caller, &mut faults, &flow).await?.unwrap_or(before.flow),
        None => before.flow,
    };
    faults.none()?;
    let draft = NumberDraft {
        number: before.number,
        name,
        flow,
        language: change.language.map_or(before.language, language),
        calendar: before.calendar,
        site: before.site,
        answer: change.answer.map_or(before.answer, answer_when),
    };
    let version = u64::try_from(change.version).unwrap_or(0);
    let after = app.store.update_number(&caller.scope(), app.clock.now().utc, id, version, &draft).await?;
    super::settings_written(&app, &caller).await;
    Ok(Json(after.into()))
}

/// Takes a number away: calls to it are refused. `in_use` while a call that came in on it is not over, or while the plan of calls outside
/// shows it.
#[utoipa::path(delete, path = "/api/v1/numbers/{id}", tag = "settings", operation_id = "remove_number",
    params(("id" = String, Path)), responses((status = 204, description = "Gone.")))]
async fn remove(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<NumberId>) -> Answer<StatusCode> {
    app.store.number(&caller.scope(), id).await?;
    let live = app.floor.live(caller.tenant);
    if live.is_some_and(|live| live.conversations.values().any(|one| one.number == Some(id))) {
        return Err(RouteError::new(ProblemCode::InUse, "a call of the number is not over"));
    }
    app.store.remove_number(&caller.scope(), app.clock.now().utc, id).await?;
    super::settings_written(&app, &caller).await;
    Ok(StatusCode::NO_CONTENT)
}

async fn drafted(app: &App, caller: &Caller, new: NewNumber) -> Answer<NumberDraft> {
    let mut faults = Faults::default();
    let number = spelled(&new.number);
    faults.length("number", number.chars().count(), 1, OWN_NUMBER_CHARS_MAX);
    faults.pattern("number", &number, is_number);
    faults.no_emergency_number("number", &number);
    let scope = caller.scope();
    if app.store.numbers(&scope).await?.iter().any(|other| other.number.number == number) {
        faults.add("number", FaultCode::Taken);
    }
    let name = faults.text("name", &new.name, 1, NAME_CHARS_MAX);
    let flow = flow_of(app, caller, &mut faults, &new.flow_id).await?;
    let known = app.store.calendars(&scope).await?;
    let is_known = |id: &CalendarId| known.iter().any(|record| record.calendar.id == *id);
    let calendar = new.calendar_id.as_deref().and_then(|text| faults.id("calendar_id", text, is_known));
    let references = References::read(app, caller).await?;
    let (site, _) = references.place(&mut faults, new.site_id.as_deref(), None);
    faults.none()?;
    let flow = flow.ok_or_else(RouteError::not_found)?;
    let answer = new.answer.map(answer_when).unwrap_or_default();
    Ok(NumberDraft { number, name, flow, language: language(new.language), calendar, site, answer })
}

async fn flow_of(app: &App, caller: &Caller, faults: &mut Faults, text: &str) -> Answer<Option<FlowId>> {
    let known = app.store.flows(&caller.scope()).await?;
    Ok(faults.id("flow_id", text, |id: &FlowId| known.iter().any(|flow| flow.id == *id)))
}

fn language(code: Language) -> domain::Language {
    match code {
        Language::Zh => domain::Language::Zh,
        Language::En => domain::Language::En,
    }
}

fn answer_when(code: AnswerWhen) -> domain::settings::AnswerWhen {
    match code {
        AnswerWhen::AtOnce => domain::settings::AnswerWhen::AtOnce,
        AnswerWhen::WithAgent => domain::settings::AnswerWhen::WithAgent,
    }
}

/// As the trunk writes it: people put spaces, brackets and dashes between digits, carriers do not.
fn spelled(typed: &str) -> String {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')' | '.');
    let is_of_digits = typed.chars().all(|c| c.is_ascii_digit() || c == '+' || is_sign(c));
    if is_of_digits { typed.chars().filter(|c| !is_sign(*c)).collect() } else { typed.trim().to_owned() }
}

/// Digits with or without `+`, or the user name of a registration.
fn is_number(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !digits.is_empty()
        && if number.starts_with('+') {
            digits.bytes().all(|b| b.is_ascii_digit())
        } else {
            digits.chars().all(is_name)
        }
}

#[cfg(test)]
mod tests {
    use super::{is_number, spelled};

    #[test]
    fn a_number_is_spelled_as_the_trunk_writes_it() {
        for (typed, number) in [
            (" 400 800 1000 ", "4008001000"),
            ("(0755) 8888-6666", "075588886666"),
            ("+86 755 8888 6666", "+8675588886666"),
            ("line-7.a", "line-7.a"),
        ] {
            assert_eq!(spelled(typed), number);
            assert!(is_number(number), "{number}");
        }
        for typed in ["+", "+86 line", "1 and 2", "400@carrier", "sip:400", "4+00", "四百"] {
            assert!(!is_number(&spelled(typed)), "{typed}");
        }
    }
}
