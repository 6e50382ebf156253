//! Columns to values, the same way in every subject.

use std::time::Duration;

use domain::Utc;
use serde_json::{Map, Value};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::StoreError;
use crate::ledger::unsigned;

/// Typed access by column name.
pub(crate) trait Columns {
    fn id<T: From<i64>>(&self, column: &'static str) -> Result<T, StoreError>;
    fn maybe_id<T: From<i64>>(&self, column: &'static str) -> Result<Option<T>, StoreError>;
    fn text(&self, column: &'static str) -> Result<String, StoreError>;
    fn maybe_text(&self, column: &'static str) -> Result<Option<String>, StoreError>;
    fn utc(&self, column: &'static str) -> Result<Utc, StoreError>;
    fn maybe_utc(&self, column: &'static str) -> Result<Option<Utc>, StoreError>;
    fn count(&self, column: &'static str) -> Result<u64, StoreError>;
    fn maybe_count(&self, column: &'static str) -> Result<Option<u64>, StoreError>;
    fn millis(&self, column: &'static str) -> Result<Duration, StoreError>;
    /// A code kept by its stable name.
    fn code<T>(&self, column: &'static str, from_name: impl Fn(&str) -> Option<T>) -> Result<T, StoreError>;
    /// A JSON object kept as text.
    fn object(&self, column: &'static str) -> Result<Map<String, Value>, StoreError>;
    /// A list of texts kept as JSON.
    fn texts(&self, column: &'static str) -> Result<Vec<String>, StoreError>;
}

fn damaged(column: &str) -> StoreError {
    StoreError::corrupt(format!("column {column}"))
}

impl Columns for SqliteRow {
    fn id<T: From<i64>>(&self, column: &'static str) -> Result<T, StoreError> {
        Ok(T::from(self.try_get(column)?))
    }

    fn maybe_id<T: From<i64>>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        Ok(self.try_get::<Option<i64>, _>(column)?.map(T::from))
    }

    fn text(&self, column: &'static str) -> Result<String, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn maybe_text(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn utc(&self, column: &'static str) -> Result<Utc, StoreError> {
        Ok(Utc(self.try_get(column)?))
    }

    fn maybe_utc(&self, column: &'static str) -> Result<Option<Utc>, StoreError> {
        Ok(self.try_get::<Option<i64>, _>(column)?.map(Utc))
    }

    fn count(&self, column: &'static str) -> Result<u64, StoreError> {
        unsigned(self.try_get(column)?)
    }

    fn maybe_count(&self, column: &'static str) -> Result<Option<u64>, StoreError> {
        self.try_get::<Option<i64>, _>(column)?.map(unsigned).transpose()
    }

    fn millis(&self, column: &'static str) -> Result<Duration, StoreError> {
        Ok(Duration::from_millis(self.count(column)?))
    }

    fn code<T>(&self, column: &'static str, from_name: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        from_name(&self.text(column)?).ok_or_else(|| damaged(column))
    }

    fn object(&self, column: &'static str) -> Result<Map<String, Value>, StoreError> {
        serde_json::from_str(&self.text(column)?).map_err(|_| damaged(column))
    }

    fn texts(&self, column: &'static str) -> Result<Vec<String>, StoreError> {
        serde_json::from_str(&self.text(column)?).map_err(|_| damaged(column))
    }
}

/// Milliseconds of a duration, for SQL.
pub(crate) fn millis_of(duration: Duration) -> Result<i64, StoreError> {
    i64::try_from(duration.as_millis()).map_err(|_| StoreError::Invalid("a duration too long"))
}

/// A text that must say something and fit its column.
pub(crate) fn required<'a>(text: &'a str, max: usize, what: &'static str) -> Result<&'a str, StoreError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > max { Err(StoreError::Invalid(what)) } else { Ok(text) }
}

/// A text that may be missing; one of white space is missing.
pub(crate) fn optional<'a>(
    text: Option<&'a str>,
    max: usize,
    what: &'static str,
) -> Result<Option<&'a str>, StoreError> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => required(text, max, what).map(Some),
    }
}
