//! Pages of lists: `limit` and an opaque `cursor`.

use std::str::FromStr;

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::error::{Answer, RouteError};
use crate::json::List;
use crate::json::problem::{FaultCode, FieldFault};
use crate::limits::{PAGE_DEFAULT, PAGE_MAX};

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Entries on a page, 1–200; 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Reads `limit`.
pub fn limit(given: Option<&str>) -> Answer<u32> {
    let Some(text) = given else { return Ok(PAGE_DEFAULT) };
    let fault = |code, limit| Err(RouteError::invalid(vec![FieldFault { field: "limit".to_owned(), code, limit }]));
    match text.parse::<u32>() {
        Err(_) => fault(FaultCode::Malformed, None),
        Ok(0) => fault(FaultCode::TooSmall, Some(1)),
        Ok(n) if n > PAGE_MAX => fault(FaultCode::TooLarge, Some(i64::from(PAGE_MAX))),
        Ok(n) => Ok(n),
    }
}

/// Reads `cursor`: the key of the last row already seen.
pub fn after<K: FromStr>(app: &App, list: &str, cursor: Option<&str>) -> Answer<Option<K>> {
    let Some(token) = cursor else { return Ok(None) };
    let key = app.seals.open_page_cursor(list, token).and_then(|key| key.parse().ok());
    key.map(Some).ok_or_else(|| RouteError::invalid_field("cursor", FaultCode::Malformed))
}

/// A page of `limit` items out of `rows`, which hold one more when there is a next page.
pub fn page<R, T: ToSchema>(
    app: &App,
    list: &str,
    limit: u32,
    mut rows: Vec<R>,
    key: impl Fn(&R) -> String,
    show: impl FnMut(R) -> T,
) -> List<T> {
    let limit = limit as usize;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next_cursor = rows.last().filter(|_| has_more).map(|last| app.seals.page_cursor(list, &key(last)));
    List { items: rows.into_iter().map(show).collect(), next_cursor }
}

/// A page of a list that is read as a whole.
pub fn cut<R, T: ToSchema>(
    app: &App,
    list: &str,
    query: &PageQuery,
    rows: Vec<R>,
    key: impl Fn(&R) -> String,
    show: impl FnMut(R) -> T,
) -> Answer<List<T>> {
    let limit = limit(query.limit.as_deref())?;
    let after: Option<String> = after(app, list, query.cursor.as_deref())?;
    // A row that was removed meanwhile ends the list: better than beginning anew.
    let seen = match after {
        Some(last) => rows.iter().position(|row| key(row) == last).map_or(rows.len(), |at| at + 1),
        None => 0,
    };
    let rows = rows.into_iter().skip(seen).take(limit as usize + 1).collect();
    Ok(page(app, list, limit, rows, key, show))
}
