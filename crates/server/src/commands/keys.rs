//! `callisto rekey` and `callisto rotate-keys`.

use std::path::Path;

use anyhow::{Context, bail};
use store::{DatabaseKey, Rekeyed, Scope, StoreError};

/// Gives the database files the key in another key file. Callisto must be stopped.
pub fn rekey(path: &Path, new_key_file: &Path) -> anyhow::Result<()> {
    let config = super::read_config(path)?;
    let (old_file, dir) = (&config.data.key_file, &config.data.dir);
    if std::path::absolute(new_key_file)?.starts_with(std::path::absolute(dir)?) {
        bail!("{} lies inside {}; a copy of the data would carry its key", new_key_file.display(), dir.display());
    }
    let old = super::key_at(old_file)?;
    let new = super::key_at(new_key_file)?;
    if same(&old, &new)? {
        bail!("{} and {} hold the same key", old_file.display(), new_key_file.display());
    }
    let done = super::block_on(async {
        store::rekey(dir, &old, &new).await.with_context(|| format!("the key of {} was not changed", dir.display()))
    })?;
    match done {
        Rekeyed::Done => super::say("all database files have the new key"),
        Rekeyed::Finished => super::say("the interrupted change was finished; all database files have the new key"),
        Rekeyed::Already => super::say("all database files have the new key already"),
    }
    super::say(&format!("write data.key_file = {:?} into {} before the next start,", new_key_file, path.display()));
    super::say(&format!("and keep {} only as long as you keep backups made before today", old_file.display()));
    Ok(())
}

fn same(one: &DatabaseKey, other: &DatabaseKey) -> Result<bool, StoreError> {
    Ok(one.secret_for("comparison")? == other.secret_for("comparison")?)
}

/// Makes a new version of every tenant's recording key and wraps the keys of all recordings anew. Callisto may go on.
pub fn rotate(path: &Path) -> anyhow::Result<()> {
    let config = super::read_config(path)?;
    super::block_on(async {
        let store = super::open(&config).await?;
        for tenant in store.tenants().await? {
            let now = runtime::clock::now().utc;
            let rotation = store.rotate_recording_keys(&Scope::system(tenant.id), now).await?;
            super::say(&format!(
                "{} ({}): recording keys are under version {}; {} wrapped again, {} old versions destroyed",
                tenant.id, tenant.name, rotation.version, rotation.rewrapped, rotation.destroyed
            ));
        }
        Ok(store.close().await?)
    })
}
