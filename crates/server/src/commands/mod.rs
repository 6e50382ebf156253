//! One file per command of the program.

pub mod doctor;
pub mod init;
pub mod keys;
pub mod migrate;
pub mod numbers;
pub mod serve;
pub mod token;
pub mod user;
pub mod verify;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use store::{DatabaseKey, Store, StoreConfig};

use crate::config::Config;

/// The one node there is until there are several.
const NODE: u16 = 0;

/// A line on standard output; a reader that went away is not an error.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The whole chain of an error on standard error.
pub fn complain(error: &anyhow::Error) {
    let _ = writeln!(std::io::stderr(), "callisto: {error:#}");
}

fn key(config: &Config) -> anyhow::Result<DatabaseKey> {
    key_at(&config.data.key_file)
}

fn key_at(path: &Path) -> anyhow::Result<DatabaseKey> {
    DatabaseKey::from_file(path).with_context(|| {
        let make = "umask 077 && head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \\n'";
        format!("the database key {} cannot be read; make one with: {make} > {}", path.display(), path.display())
    })
}

/// Where prompts, music and sealed recordings are.
fn objects_dir(config: &Config) -> PathBuf {
    config.data.dir.join("objects")
}

/// Where recordings are while they are being made.
fn segments_dir(config: &Config) -> PathBuf {
    config.data.dir.join("recordings")
}

fn store_config(config: &Config) -> anyhow::Result<StoreConfig> {
    Ok(StoreConfig { dir: config.data.dir.clone(), key: key(config)?, node: NODE })
}

async fn open(config: &Config) -> anyhow::Result<Arc<Store>> {
    let now = runtime::clock::now().utc;
    let opened = Store::open(store_config(config)?, now).await;
    opened.with_context(|| format!("the data in {} cannot be opened", config.data.dir.display()))
}

fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

fn read_config(path: &Path) -> anyhow::Result<Config> {
    Config::read(path)
}
