//! The log on standard error, and its level while the program runs.

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Registry, reload};

use crate::config;

/// Our own rooms; libraries speak up from `warn` on, whatever our own level.
const OURS: [&str; 7] = ["callisto", "api", "runtime", "sip", "store", "media", "engine"];

/// Changes the level of a running log.
pub struct LogLevel(reload::Handle<EnvFilter, Registry>);

impl LogLevel {
    /// From now on `level`.
    pub fn set(&self, level: &str) {
        if let Err(error) = self.0.reload(filter(level)) {
            tracing::error!(%error, "the log level cannot be changed");
        }
    }
}

/// Begins to write.
pub fn start(config: &config::Log) -> LogLevel {
    let (filter, level) = reload::Layer::new(filter(&config.level));
    let log = tracing_subscriber::registry().with(filter);
    // A line that cannot be written, because the log lies on a full disk, is lost; complaining about it on the same stream would panic.
    let lines = tracing_subscriber::fmt::layer().log_internal_errors(false).with_writer(std::io::stderr);
    if config.json {
        log.with(lines.json()).init()
    } else {
        log.with(lines.with_ansi(false)).init()
    }
    LogLevel(level)
}

fn filter(level: &str) -> EnvFilter {
    EnvFilter::new(OURS.iter().fold("warn".to_owned(), |all, room| format!("{all},{room}={level}")))
}
