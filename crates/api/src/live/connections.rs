//! How many live connections there are, and news of sessions that ended.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::UserId;
use tokio::sync::broadcast;

use crate::app::App;
use crate::error::{Answer, RouteError};
use crate::json::problem::ProblemCode;
use crate::limits::{LIVE_CONNECTIONS_MAX, LIVE_CONNECTIONS_PER_USER_MAX};

/// One is enough: the news is only that something ended, and a lagging receiver learns just that.
const REVOCATIONS_KEPT: usize = 1;
/// Seconds a refused client should wait.
const RETRY_AFTER_S: u64 = 5;

/// Counts live connections.
pub struct Connections {
    by_user: Mutex<HashMap<UserId, usize>>,
    revocations: broadcast::Sender<()>,
}

impl Default for Connections {
    fn default() -> Connections {
        Connections { by_user: Mutex::default(), revocations: broadcast::Sender::new(REVOCATIONS_KEPT) }
    }
}

impl Connections {
    /// A place for one more connection of `user`.
    pub fn enter(app: &Arc<App>, user: UserId) -> Answer<Place> {
        let mut by_user = app.connections.by_user.lock().unwrap_or_else(PoisonError::into_inner);
        if by_user.values().sum::<usize>() >= LIVE_CONNECTIONS_MAX {
            return Err(RouteError::of(ProblemCode::Overload));
        }
        let own = by_user.entry(user).or_default();
        if *own >= LIVE_CONNECTIONS_PER_USER_MAX {
            return Err(RouteError::rate_limited(RETRY_AFTER_S));
        }
        *own += 1;
        Ok(Place { app: app.clone(), user })
    }

    /// Says that sessions ended or permissions changed: every connection looks whether its own still stands.
    pub fn revoked(&self) {
        // Nobody listening is fine.
        let _ = self.revocations.send(());
    }

    /// News of revocations from now on.
    pub fn revocations(&self) -> broadcast::Receiver<()> {
        self.revocations.subscribe()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.by_user.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }
}

/// The place of one connection, given back when dropped.
pub struct Place {
    app: Arc<App>,
    user: UserId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut by_user = self.app.connections.by_user.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = by_user.get_mut(&self.user) {
            *own -= 1;
            if *own == 0 {
                by_user.remove(&self.user);
            }
        }
    }
}
