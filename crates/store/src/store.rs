//! Opening, closing, and what all subjects share.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{IdMint, TenantId, Utc};
use tokio::sync::watch;

use crate::business::BusinessFile;
use crate::database::{Database, File, prepare_directory};
use crate::faults::Faults;
use crate::keys::PartyKeys;
use crate::kill::{KillPoint, reach};
use crate::ledger::Heads;
use crate::migrate::{self, AppliedMigration};
use crate::reports::Projector;
use crate::{DatabaseKey, StoreError, rekey};

/// How often the log of each file is folded into it.
const CHECKPOINT_INTERVAL: Duration = Duration::from_secs(2);

/// Where the data is and who we are.
#[derive(Clone, Debug)]
pub struct StoreConfig {
    /// The data directory; made if missing.
    pub dir: PathBuf,
    /// The master key; its file lies outside `dir`.
    pub key: DatabaseKey,
    /// The number of this node, 0–1023: part of every id minted here and of every lease.
    pub node: u16,
}

/// The open store of one node. Cheap to share; every function takes `&self`.
#[derive(Debug)]
pub struct Store {
    pub(crate) node: u16,
    pub(crate) ledger: Database,
    pub(crate) business: BusinessFile,
    pub(crate) reports: Database,
    pub(crate) keys: Database,
    pub(crate) heads: tokio::sync::Mutex<Heads>,
    pub(crate) party_keys: PartyKeys,
    pub(crate) projector: Projector,
    pub(crate) tasks_bell: watch::Sender<u64>,
    pub(crate) regions: Mutex<HashMap<TenantId, String>>,
    mint: Mutex<IdMint>,
    faults: Faults,
    checkpointer: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

impl Store {
    /// Opens the four files, brings them to the newest schema and starts the checkpointer. Needs a tokio runtime.
    pub async fn open(config: StoreConfig, now: Utc) -> Result<Arc<Store>, StoreError> {
        Store::migrate(&config, now).await?;
        let StoreConfig { dir, key, node } = config;
        let store = Store {
            node,
            ledger: Database::open(&dir, File::Ledger, &key).await?,
            business: BusinessFile::open(&dir, &key).await?,
            reports: Database::open(&dir, File::Reports, &key).await?,
            keys: Database::open(&dir, File::Keys, &key).await?,
            heads: tokio::sync::Mutex::default(),
            party_keys: PartyKeys::default(),
            projector: Projector::default(),
            tasks_bell: watch::Sender::new(0),
            regions: Mutex::default(),
            mint: Mutex::new(IdMint::new(node, 0)),
            faults: Faults::default(),
            checkpointer: Mutex::default(),
        };
        let greatest = store.greatest_id().await?;
        *lock(&store.mint) = IdMint::new(node, greatest);
        store.load_regions().await?;
        store.seed_audit_anchors(now).await?;
        let store = Arc::new(store);
        let task = tokio::spawn(checkpoint_for_ever(Arc::downgrade(&store)));
        *lock(&store.checkpointer) = Some(task);
        Ok(store)
    }

    /// Brings the four files to the newest schema without opening the store; gives what was done.
    pub async fn migrate(config: &StoreConfig, now: Utc) -> Result<Vec<AppliedMigration>, StoreError> {
        prepare_directory(&config.dir)?;
        rekey::refuse_interrupted(&config.dir)?;
        let mut applied = Vec::new();
        for file in File::ALL {
            applied.extend(migrate::up(&config.dir, file, &config.key, now).await?);
        }
        Ok(applied)
    }

    /// Ends the checkpointer, folds the logs into the files and closes the readers. Call once, last.
    pub async fn close(&self) -> Result<(), StoreError> {
        if let Some(task) = lock(&self.checkpointer).take() {
            task.abort();
        }
        reach(KillPoint::FilesClosing);
        self.ledger.close().await?;
        reach(KillPoint::LedgerClosed);
        self.business.close().await?;
        self.reports.close().await?;
        self.keys.close().await
    }

    /// A new id for a business record; greater than every id stored or minted here before.
    pub fn mint<T: From<i64>>(&self, at: Utc) -> T {
        lock(&self.mint).mint(at)
    }

    /// The number of this node.
    pub fn node(&self) -> u16 {
        self.node
    }

    /// The fault switches of the test hook.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Folds the logs into the files as far as readers allow. Runs by itself every two seconds.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        reach(KillPoint::CheckpointBegun);
        self.ledger.checkpoint().await?;
        reach(KillPoint::CheckpointOfLedgerDone);
        self.business.checkpoint().await?;
        self.reports.checkpoint().await?;
        self.keys.checkpoint().await?;
        reach(KillPoint::CheckpointDone);
        Ok(())
    }
}

async fn checkpoint_for_ever(store: std::sync::Weak<Store>) {
    loop {
        tokio::time::sleep(CHECKPOINT_INTERVAL).await;
        let Some(store) = store.upgrade() else { return };
        if let Err(error) = store.checkpoint().await {
            tracing::warn!(error = &error as &dyn std::error::Error, "checkpoint failed");
        }
    }
}

/// A lock whose holders never leave the value half changed, so that a panic elsewhere does no harm here.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
