//! Refusals in the audit trail: who, what, which permission. A program that knocks on a closed door a thousand times a
//! minute leaves a few rows and a count, not a thousand.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Mono, Permission, TenantId, UserId};
use store::Scope;
use tokio::sync::watch;

use super::Caller;
use crate::app::App;
use crate::limits::{DENIALS_ACCOUNTS_MAX, DENIALS_AUDITED_MAX, DENIALS_SWEEP_PERIOD, DENIALS_WINDOW};

/// Whose refusals.
type Account = (TenantId, UserId);

/// Refusals by account.
#[derive(Default)]
pub struct Denials(Mutex<HashMap<Account, Window>>);

struct Window {
    since: Mono,
    written: u32,
    left_out: u64,
}

impl Denials {
    /// Whether the next refusal of an account is written by itself; otherwise it is counted.
    fn is_written(&self, account: Account, now: Mono) -> bool {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= DENIALS_ACCOUNTS_MAX && !windows.contains_key(&account) {
            // Accounts are few and sign in first; this many at once are counted by nobody but the log.
            return false;
        }
        let window = windows.entry(account).or_insert(Window { since: now, written: 0, left_out: 0 });
        if window.written < DENIALS_AUDITED_MAX {
            window.written += 1;
            return true;
        }
        window.left_out += 1;
        false
    }

    /// Ends the windows that are over, or all; gives how many refusals of each account were only counted.
    fn end_windows(&self, now: Option<Mono>) -> Vec<(Account, u64)> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut counted = Vec::new();
        windows.retain(|account, window| {
            let goes_on = now.is_some_and(|now| now.since(window.since) < DENIALS_WINDOW);
            if !goes_on && window.left_out > 0 {
                counted.push((*account, window.left_out));
            }
            goes_on
        });
        counted
    }
}

/// Writes a refusal. That it cannot be written never lets anybody in, and is in the log.
pub async fn record(app: &App, caller: &Caller, what: &str, permission: Permission) {
    let now = app.clock.now();
    write_counted(app, Some(now.mono)).await;
    if !app.denials.is_written((caller.tenant, caller.user.id), now.mono) {
        return;
    }
    if let Err(error) = app.store.audit_denial(&caller.scope(), now.utc, what, permission).await {
        tracing::error!(error = &error as &dyn std::error::Error, "a refusal could not be written to the audit trail");
    }
}

/// Writes the counts of windows that are over while the server runs, and of all when it stops.
pub async fn sweep(app: Arc<App>) {
    let mut stopping = app.stopping.clone();
    let mut period = tokio::time::interval(DENIALS_SWEEP_PERIOD);
    loop {
        tokio::select! {
            _ = period.tick() => write_counted(&app, Some(app.clock.now().mono)).await,
            () = stopped(&mut stopping) => return write_counted(&app, None).await,
        }
    }
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // A sender that is gone means the same.
    let _ = stopping.wait_for(|stop| *stop).await;
}

async fn write_counted(app: &App, now: Option<Mono>) {
    for ((tenant, user), count) in app.denials.end_windows(now) {
        let written = app.store.audit_denials_left_out(&Scope::of(tenant, user), app.clock.now().utc, count).await;
        if let Err(error) = written {
            tracing::error!(error = &error as &dyn std::error::Error, count, "counted refusals could not be written");
        }
    }
}
