//! `callisto migrate`: also done by `serve`; here to see what will happen, or to do it apart.

use std::path::Path;

use store::Store;

/// Brings the databases to the newest schema and says what was done.
pub fn run(path: &Path) -> anyhow::Result<()> {
    let config = super::read_config(path)?;
    let store = super::store_config(&config)?;
    let applied = super::block_on(async move { Ok(Store::migrate(&store, runtime::clock::now().utc).await?) })?;
    if applied.is_empty() {
        super::say("the databases are up to date");
    }
    for migration in applied {
        super::say(&format!("applied {migration:?}"));
    }
    Ok(())
}
