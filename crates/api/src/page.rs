//! Pages of lists: `limit` and an opaque `cursor`.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::error::{Answer, RouteError};
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
