//! `callisto init`: a commented configuration and a key, for the first start.

use std::io::Write;
use std::net::IpAddr;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use store::DatabaseKey;

use crate::machine;

/// Names of what is written.
const CONFIG: &str = "callisto.toml";
const KEY: &str = "database.key";

/// Where and for which addresses.
#[derive(Args)]
pub struct Init {
    /// Directory of the configuration and the key; made if missing.
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Directory of the data; `data` beside the configuration if not given.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The address others reach this machine by; the one that leads out of it if not given.
    #[arg(long, value_name = "ADDRESS")]
    advertised: Option<IpAddr>,
}

/// Writes both files, never over something that is there.
pub fn run(init: &Init) -> anyhow::Result<()> {
    let dir = std::path::absolute(&init.dir)?;
    let data_dir = std::path::absolute(init.data_dir.clone().unwrap_or_else(|| dir.join("data")))?;
    let (config, key) = (dir.join(CONFIG), dir.join(KEY));
    if key.starts_with(&data_dir) {
        bail!("the data must not lie around the key: choose a --data-dir that does not hold {}", dir.display());
    }
    if config.exists() {
        bail!("{} is there already and stays as it is; remove it first to begin anew", config.display());
    }
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&dir);
    made.with_context(|| format!("{} cannot be made", dir.display()))?;
    if key.exists() {
        super::say(&format!("kept     {}  (it was there)", key.display()));
    } else {
        DatabaseKey::generate()?.create_file(&key)?;
        super::say(&format!("written  {}  (keep a copy elsewhere: without it the data is gone)", key.display()));
    }
    let address = init.advertised.unwrap_or_else(machine::way_out);
    write_new(&config, &text(&data_dir, &key, address)?)?;
    super::say(&format!("written  {}", config.display()));
    let path = quoted_for_shell(&config);
    let url = match address {
        IpAddr::V4(ip) => format!("https://{ip}:8443"),
        IpAddr::V6(ip) => format!("https://[{ip}]:8443"),
    };
    super::say(&format!(
        "\nNext:\n\
         1. callisto doctor --config {path}\n\
         2. callisto user add --config {path} --username admin --name Administrator --role administrator\n\
         3. callisto serve --config {path}    and open {url}\n\
         4. add the number customers dial under Settings → Numbers"
    ));
    Ok(())
}

fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let opened = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o640).open(path);
    let mut file = opened.with_context(|| format!("{} cannot be written", path.display()))?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

fn text(data_dir: &Path, key: &Path, address: IpAddr) -> anyhow::Result<String> {
    let any = match address {
        IpAddr::V4(_) => "0.0.0.0",
        IpAddr::V6(_) => "[::]",
    };
    Ok(format!(
        include_str!("init.toml"),
        data_dir = quoted(data_dir)?,
        key_file = quoted(key)?,
        any = any,
        any_ip = any.trim_matches(['[', ']']),
        address = address,
    ))
}

/// A path as a TOML basic string; JSON's escapes are a part of TOML's.
fn quoted(path: &Path) -> anyhow::Result<String> {
    let text = path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))?;
    Ok(serde_json::to_string(text)?)
}

fn quoted_for_shell(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
    if is_plain { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
