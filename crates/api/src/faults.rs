//! Collects every fault of a request, so that the client learns all of them at once.

use std::str::FromStr;
use std::time::Duration;

use domain::outbound::is_emergency_number;

use crate::error::{Answer, RouteError};
use crate::json::problem::{FaultCode, FieldFault};

/// The faults found so far.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldFault>);

impl Faults {
    /// Adds a fault.
    pub fn add(&mut self, field: &str, code: FaultCode) {
        self.add_limit(field, code, None);
    }

    /// Adds a fault with the limit that was passed.
    pub fn add_limit(&mut self, field: &str, code: FaultCode, limit: Option<usize>) {
        let limit = limit.and_then(|limit| i64::try_from(limit).ok());
        self.0.push(FieldFault { field: field.to_owned(), code, limit });
    }

    /// A text without white space around it, of `least` to `most` characters, without control characters.
    pub fn text(&mut self, field: &str, text: &str, least: usize, most: usize) -> String {
        let text = text.trim();
        self.length(field, text.chars().count(), least, most);
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t' && c != '\r') {
            self.add(field, FaultCode::Malformed);
        }
        text.to_owned()
    }

    /// A text that may be missing; an empty one is missing too.
    pub fn optional(&mut self, field: &str, text: Option<&str>, most: usize) -> Option<String> {
        let text = self.text(field, text?, 0, most);
        (!text.is_empty()).then_some(text)
    }

    /// A count within its limits.
    pub fn length(&mut self, field: &str, length: usize, least: usize, most: usize) {
        if length == 0 && least > 0 {
            self.add(field, FaultCode::Missing);
        } else if length < least {
            self.add_limit(field, FaultCode::TooSmall, Some(least));
        } else if length > most {
            self.add_limit(field, FaultCode::TooLarge, Some(most));
        }
    }

    /// Milliseconds within their limits.
    pub fn millis(&mut self, field: &str, millis: i64, least: Duration, most: Duration) -> Duration {
        let duration = Duration::from_millis(u64::try_from(millis).unwrap_or(0));
        let count = |limit: Duration| usize::try_from(limit.as_millis()).ok();
        if millis < 0 || duration < least {
            self.add_limit(field, FaultCode::TooSmall, count(least));
        } else if duration > most {
            self.add_limit(field, FaultCode::TooLarge, count(most));
        }
        duration
    }

    /// A number within its limits.
    pub fn count(&mut self, field: &str, given: i64, (least, most): (u32, u32)) -> u32 {
        if given < i64::from(least) {
            self.add_limit(field, FaultCode::TooSmall, usize::try_from(least).ok());
        } else if given > i64::from(most) {
            self.add_limit(field, FaultCode::TooLarge, usize::try_from(most).ok());
        }
        u32::try_from(given).unwrap_or(most)
    }

    /// A text that follows a pattern.
    pub fn pattern(&mut self, field: &str, text: &str, is_good: impl FnOnce(&str) -> bool) {
        if !text.is_empty() && !is_good(text) {
            self.add(field, FaultCode::Malformed);
        }
    }

    /// A name that can be dialled.
    pub fn no_emergency_number(&mut self, field: &str, name: &str) {
        if is_emergency_number(name) {
            self.add(field, FaultCode::EmergencyNumber);
        }
    }

    /// An id of something that exists.
    pub fn id<T: FromStr>(&mut self, field: &str, text: &str, exists: impl FnOnce(&T) -> bool) -> Option<T> {
        let id = text.parse().ok().filter(|id| exists(id));
        if id.is_none() {
            self.add(field, FaultCode::UnknownReference);
        }
        id
    }

    /// Ids of things that exist, each once, at most `most`.
    pub fn ids<T: FromStr + Ord>(
        &mut self,
        field: &str,
        texts: &[String],
        most: usize,
        exists: impl Fn(&T) -> bool,
    ) -> Vec<T> {
        self.length(field, texts.len(), 0, most);
        let found = texts.iter().enumerate().filter_map(|(n, text)| self.id(&format!("{field}.{n}"), text, &exists));
        let mut ids: Vec<T> = found.collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Adds the faults of a part that stands in a field of its own.
    pub fn within(&mut self, field: &str, inner: Faults) {
        let below = |fault: FieldFault| FieldFault { field: format!("{field}.{}", fault.field), ..fault };
        self.0.extend(inner.0.into_iter().map(below));
    }

    /// Nothing was wrong.
    pub fn none(self) -> Answer<()> {
        if self.0.is_empty() { Ok(()) } else { Err(RouteError::invalid(self.0)) }
    }
}
