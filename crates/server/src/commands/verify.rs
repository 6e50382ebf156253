//! `callisto verify`: whether the ledger, the audit trail and the recordings are what was written. May run beside a server that works.

use std::path::Path;
use std::sync::Arc;

use anyhow::bail;
use store::recordings::{FaultKind, FsDisk, RecordingsReport};
use store::{ChainFault, ChainReport, FsObjectStore, Scope, Store, StoreError, TenantRow};

use crate::config::Config;

/// Says what is in order and what is not, and fails when something is not.
pub fn run(path: &Path) -> anyhow::Result<()> {
    let config = super::read_config(path)?;
    let faults = super::block_on(async {
        let mut faults = Store::verify_files(&super::store_config(&config)?).await;
        if !faults.is_empty() {
            super::say("       the rows and the recordings were not looked at: that needs whole database files");
            return Ok(faults);
        }
        let store = super::open(&config).await?;
        verify(&config, &store, &mut faults).await?;
        store.close().await?;
        Ok(faults)
    })?;
    if faults.is_empty() {
        super::say("nothing was altered, is missing or truncated");
        return Ok(());
    }
    for fault in &faults {
        super::say(&format!("FAULT  {fault}"));
    }
    bail!("{} found; see docs/operations/verify.md", if faults.len() == 1 { "a fault was" } else { "faults were" })
}

/// Everything is looked at, whatever was found before.
async fn verify(config: &Config, store: &Store, faults: &mut Vec<String>) -> anyhow::Result<()> {
    for tenant in store.tenants().await? {
        let ledger = store.verify_ledger(tenant.partition).await;
        chain(&format!("ledger of {}", tenant.partition), "events", ledger, faults);
        let trail = store.verify_audit(&Scope::system(tenant.id)).await;
        chain(&format!("audit trail of {}", name(&tenant)), "changes", trail, faults);
    }
    let objects = FsObjectStore::open(super::objects_dir(config))?;
    let segments = Arc::new(FsDisk::open(super::segments_dir(config))?);
    match store.verify_recordings(&objects, segments).await {
        Ok(report) => recordings(&report, faults),
        Err(error) => faults.push(unreadable("the recordings", &error)),
    }
    Ok(())
}

fn name(tenant: &TenantRow) -> String {
    format!("{} ({})", tenant.id, tenant.name)
}

fn unreadable(what: &str, error: &StoreError) -> String {
    // A page of an encrypted file that was changed does not open: the database says so, not the chain.
    format!("{what} cannot be read: {}", whole_chain(error))
}

fn whole_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!(": {error}"));
        source = error.source();
    }
    text
}

fn chain(what: &str, of: &str, checked: Result<ChainReport, StoreError>, faults: &mut Vec<String>) {
    match checked {
        Ok(ChainReport { good, fault: None }) => super::say(&format!("ok     {what}: {good} {of}, unbroken")),
        Ok(ChainReport { fault: Some(ChainFault::Missing(seq)), .. }) => {
            faults.push(format!("{what}: number {seq} is missing"));
        }
        Ok(ChainReport { fault: Some(ChainFault::Altered(seq)), .. }) => {
            faults.push(format!("{what}: number {seq} was altered"));
        }
        Err(error) => faults.push(unreadable(what, &error)),
    }
}

fn recordings(report: &RecordingsReport, faults: &mut Vec<String>) {
    super::say(&format!(
        "{}recordings: {} sealed and unchanged, {} erased on record, {} being erased, {} not sealed yet ({} chunks)",
        if report.faults.is_empty() { "ok     " } else { "       " },
        report.good,
        report.erased,
        report.erasing,
        report.waiting,
        report.waiting_chunks
    ));
    for fault in &report.faults {
        let how = match fault.kind {
            FaultKind::Altered => "was altered",
            FaultKind::Missing => "is missing",
            FaultKind::Truncated => "is truncated",
            FaultKind::NeverSealed => "was never sealed",
            FaultKind::NotErased => "was erased and is there again",
        };
        faults.push(format!("recording {} {how}: {}", fault.recording, fault.detail));
    }
}
