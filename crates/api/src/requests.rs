//! Requests answered, counted by class of status.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::StatusCode;

const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// The counts.
#[derive(Debug, Default)]
pub struct Requests([AtomicU64; CLASSES.len()]);

impl Requests {
    /// One more was answered.
    pub fn count(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(count) = self.0.get(class) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Each class and its count.
    pub fn read(&self) -> Vec<(&'static str, u64)> {
        CLASSES.into_iter().zip(self.0.iter().map(|count| count.load(Ordering::Relaxed))).collect()
    }
}
